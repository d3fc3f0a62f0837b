//! Walks the main path in the real window, where nobody looks, and keeps pictures of it:
//! `walk WORKSPACE PASSPHRASE_FILE DEVICE_SECRET_FILE QUERY FOLDER`. One line on standard output for each step.

use std::path::PathBuf;
use std::process::ExitCode;

use koplamp_tests::Case;
use koplamp_tests::window::{Start, Window};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Ok([workspace, passphrase, secret, query, folder]) = <[String; 5]>::try_from(arguments) else {
        eprintln!("usage: walk WORKSPACE PASSPHRASE_FILE DEVICE_SECRET_FILE QUERY FOLDER");
        return ExitCode::from(2);
    };
    let passphrase = match std::fs::read_to_string(&passphrase) {
        Ok(text) => text.lines().next().unwrap_or_default().to_owned(),
        Err(error) => {
            eprintln!("walk: {passphrase}: {error}");
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
    window.lock();
    println!("locked; pictures are in {}", folder.display());
    ExitCode::SUCCESS
}

/// A picture in light and in dark; the window is light afterwards.
fn picture(window: &Window, folder: &std::path::Path, name: &str) {
    for theme in ["dark", "light"] {
        window.set_theme(theme);
        window.screenshot_in(folder, &format!("{name}-{theme}"));
    }
}

/// The application runs in another folder.
fn whole(path: &str) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.into())
}
