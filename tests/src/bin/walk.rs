//! Walks the main path in the real window, where nobody looks, and keeps pictures of it:
//! `walk WORKSPACE PASSPHRASE_FILE DEVICE_SECRET_FILE QUERY ENTITIES_FILE FOLDER`. One line on standard output for each step. The file of
//! entities is what `koplamp record` answered: their ids by the names of the file of statements.

use std::path::PathBuf;
use std::process::ExitCode;

use koplamp_tests::Case;
use koplamp_tests::demo::merges;
use koplamp_tests::window::{Start, Window};
use serde_json::Value;

/// An identifier on which two organisations each have a fact: the key of the demo case calls it J01.
const JOIN: &str = "+31600471283";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Ok([workspace, passphrase, secret, query, entities, folder]) = <[String; 6]>::try_from(arguments) else {
        eprintln!("usage: walk WORKSPACE PASSPHRASE_FILE DEVICE_SECRET_FILE QUERY ENTITIES_FILE FOLDER");
        return ExitCode::from(2);
    };
    let passphrase = match std::fs::read_to_string(&passphrase) {
        Ok(text) => text.lines().next().unwrap_or_default().to_owned(),
        Err(error) => {
            eprintln!("walk: {passphrase}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let entities: Value = match std::fs::read(&entities).map(|bytes| serde_json::from_slice(&bytes)) {
        Ok(Ok(entities)) => entities,
        Ok(Err(error)) => {
            eprintln!("walk: {entities}: {error}");
            return ExitCode::FAILURE;
        }
        Err(error) => {
            eprintln!("walk: {entities}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let surroundings = Case::empty();
    let window =
        Start::new(&surroundings, "walk").device_secret_file(whole(&secret)).argument(whole(&workspace)).window();
    let folder = whole(&folder);
    window.set_size(1280, 800);
    picture(&window, &folder, "1-start");
    println!("started: the window asks for the passphrase of {workspace}");
    window.open(&passphrase);
    picture(&window, &folder, "2-open");
    println!("opened: {}", window.text("counts").replace('\n', ", "));
    let hits = window.search(&query);
    picture(&window, &folder, "3-search");
    println!("searched for {query}: {hits} documents");
    if hits == 0 {
        eprintln!("walk: nothing is found, so there is no hit to open");
        return ExitCode::FAILURE;
    }
    let highlighted = window.open_first_hit();
    picture(&window, &folder, "4-hit");
    println!("opened the first hit: '{highlighted}' is highlighted, {}", window.text("match-count"));
    window.set_size(1920, 1080);
    window.screenshot_in(&folder, "5-large-light");
    window.set_size(1280, 800);
    join(&window, &folder);
    brokers(&window, &entities, &folder);
    window.lock();
    println!("locked; pictures are in {}", folder.display());
    ExitCode::SUCCESS
}

/// On the chart: what stands between two organisations, and the path over it with its passages.
fn join(window: &Window, folder: &std::path::Path) {
    window.click("room-chart");
    let chart = window.chart_at_rest();
    let count = |what: &str| chart[what].as_array().map_or(0, Vec::len);
    picture(window, folder, "6-chart");
    println!("the chart: {} entities, {} lines between them", count("nodes"), count("links"));
    window.measure_bridging();
    let found = window.script(
        "const row = [...document.querySelectorAll('[data-testid=chart-measures-row]')].find((row) => row.querySelector('.label').title === arguments[0]);
         return row && row.dataset.entity",
        &[JOIN.into()],
    );
    let entity = found.as_str().unwrap_or_else(|| panic!("{JOIN} is among the first between organisations"));
    let between = window.choose_measured(entity).join(", ");
    let ends = window.script(
        "const others = [...document.querySelectorAll('[data-testid=link-other]')];
         return [others[0], others.findLast((other) => other.dataset.entity !== others[0].dataset.entity)].map((other) => [other.dataset.entity, other.textContent.trim()])",
        &[],
    );
    let end = |place: usize| (ends[place][0].as_str().unwrap_or_default(), ends[place][1].as_str().unwrap_or_default());
    let paths = window.find_paths(end(0), end(1));
    window.click("chart-path");
    window.click("chart-passage");
    let quote = window.current_match();
    picture(window, folder, "7-join");
    println!("a join: {JOIN} stands between {between}; {paths} path from {} to {} leads over it", end(0).1, end(1).1);
    println!("its passage: '{quote}' is highlighted");
    window.click("document-close");
}

/// What the joins show to be one is judged to be one; then who holds the chart together.
fn brokers(window: &Window, entities: &Value, folder: &std::path::Path) {
    let merges = merges();
    for (names, reason) in &merges {
        let ids: Vec<&str> = names.iter().filter_map(|name| entities[name].as_str()).collect();
        window.judge_one(&ids, reason);
    }
    window.click("chart-table");
    println!("judged {} times that entities are one, each with its reason", merges.len());
    let ranked = window.rank_brokers();
    window.click("chart-broker");
    let reason = window.text("chart-broker-reason");
    picture(window, folder, "8-brokers");
    println!("brokers: 1 {}, 2 {}", ranked[0], ranked[1]);
    println!("the first because: {reason}");
}

/// A picture in light and in dark; the window is light afterwards.
fn picture(window: &Window, folder: &std::path::Path, name: &str) {
    for theme in ["dark", "light"] {
        window.set_theme(theme);
        window.point_away();
        window.screenshot_in(folder, &format!("{name}-{theme}"));
    }
}

/// The application runs in another folder.
fn whole(path: &str) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.into())
}
