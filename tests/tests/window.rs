//! The real application in a virtual display, through WebDriver.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::leaks::Canary;
use koplamp_tests::window::{Key, Start};
use koplamp_tests::{files, scratch, seed};

/// Three documents; `bestelbus` is in two of them, and three times in one.
fn sources(case: &Case) -> Vec<PathBuf> {
    let filler = "Er gebeurde verder niets bijzonders op de kade.\n".repeat(60);
    let text = format!(
        "{filler}Om vier uur kwam een grijze bestelbus.\n{filler}De bestelbus vertrok.\n{filler}Geen bestelbus meer.\n"
    );
    vec![
        case.write("bronnen/nachtrapport.txt", text),
        case.write("bronnen/proces-verbaal.pdf", files::pdf(&["Eerste blad.", "De bestelbus stond bij de loods."])),
        case.write("bronnen/boodschap.txt", "Melk, brood en een krant."),
    ]
}

#[test]
fn the_main_path_from_a_new_workspace_to_the_highlighted_sentence() {
    let case = Case::empty();
    let mut start = Start::new(&case, "main-path");
    for file in sources(&case) {
        start = start.argument(file);
    }
    let window = start.window();
    window.set_size(1280, 800);

    let key = window.create("Nachtploeg", "politie", "A. de Tester", PASSPHRASE);
    assert!(key.len() > 30, "a recovery key is shown");
    assert!(case.device_secret_file().exists(), "the device secret is in the file that was named");
    window.screenshot("recovery-key");
    window.click("recovery-key-confirm");
    assert_eq!(window.take_in("politie", "BVH", "wpg-8"), 3, "the files named on the command line wait to be taken in");
    window.screenshot("import-report");
    window.click("import-report-close");
    window.wait_for("count of documents", || window.text("counts").contains('3').then_some(()));
    assert_eq!(window.search("bestelbus"), 2, "what came in can be found at once");

    window.lock();
    window.unlock("dit is de verkeerde zin");
    window.element("[data-code=wrong_passphrase]");
    assert!(!window.has("room-search"), "a wrong passphrase opens nothing");
    window.screenshot("wrong-passphrase");
    window.open(PASSPHRASE);

    assert_eq!(window.search("bestelbus"), 2);
    window.screenshot("hits");
    window.click_on("[data-testid=hit]:has(.path[title=\"nachtrapport.txt\"]) [data-testid=hit-passage]");
    assert_eq!(window.current_match(), "bestelbus");
    assert_eq!(window.attribute("match-count", "data-count").as_deref(), Some("3"));
    let place = |window: &koplamp_tests::window::Window| window.text("match-count");
    let first = place(&window);
    window.screenshot("highlighted");
    window.click("match-next");
    window.wait_for("next match", || (place(&window) != first).then_some(()));
    assert_eq!(window.current_match(), "bestelbus");
    window.click("match-previous");
    window.wait_for("previous match", || (place(&window) == first).then_some(()));

    window.click("room-documents");
    window.click_on("[data-testid=document-row]:has([title=\"nachtrapport.txt\"])");
    window.click("remove-documents");
    window.wait_for("two rows", || (window.count("[data-testid=document-row][data-document]") == 2).then_some(()));
    window.screenshot("removed");
    window.click("toast-undo");
    window.wait_for("three rows", || (window.count("[data-testid=document-row][data-document]") == 3).then_some(()));
    assert_eq!(window.search("bestelbus"), 2, "what came back is found again");
    window.click("undo");
    window.wait_for("empty case", || (window.text("counts").contains('0')).then_some(()));
    window.click("redo");
    window.wait_for("full case", || (window.text("counts").contains('3')).then_some(()));

    window.lock();
    let page = window.page();
    for word in ["bestelbus", "nachtrapport", "proces-verbaal", "boodschap", "A. de Tester"] {
        assert!(!page.contains(word), "nothing of the case is in the page when it is locked: {word}");
    }
    let kept = window.script("return JSON.stringify([{...localStorage}, {...sessionStorage}])", &[]).to_string();
    assert!(!kept.contains("bestelbus") && !kept.contains("Nachtploeg"), "nor in the page's storage: {kept}");
}

#[test]
fn the_window_leaves_nothing_of_the_case_outside_the_workspace() {
    let (_, mut rng) = koplamp_tests::seed::generator("window-canary");
    let (word, name) = (seed::word(&mut rng, 14), seed::word(&mut rng, 14));
    let canary = Canary::new(&[&word[..11], &name[..11]]);
    let case = Case::new();
    let began = SystemTime::now() - Duration::from_secs(2);
    let source = scratch::folder();
    let file = source.path().join(format!("{name}.txt"));
    std::fs::write(&file, format!("De melder noemde {word}.")).unwrap();
    let window = Start::new(&case, "leaks").argument(case.workspace()).argument(&file).window();
    window.open(PASSPHRASE);
    window.take_in("politie", "BVH", "wpg-8");
    assert_eq!(window.search(&word), 1);
    window.open_first_hit();
    window.set_theme("dark");
    let look = |when: &str| {
        for place in [case.at(""), "/tmp".into(), "/var/tmp".into(), "/dev/shm".into()] {
            let (leaks, _) = canary.below(&place, began);
            assert!(leaks.is_empty(), "{when}: {leaks:?}");
        }
    };
    look("while the window is open");
    window.lock();
    look("when it is locked");
    drop(window);
    look("when it is closed");
    assert_eq!(std::fs::read_dir(case.temporary()).unwrap().count(), 0, "no temporary file is left");
}

#[test]
fn a_workspace_locks_when_the_command_line_asks_for_it() {
    let case = Case::new();
    let window = Start::new(&case, "lock").argument(case.workspace()).window();
    window.open(PASSPHRASE);
    let locked = koplamp_tests::case::run(case.bare::<&str>("lock", &[]).arg("--json")).done().json();
    assert_eq!(locked["was_open"], true);
    window.by_test_id("passphrase");
    assert_eq!(case.documents().len(), 0, "and can be opened elsewhere");
    let log = case.json::<&str>("log", &[]);
    assert!(log["entries"].as_array().unwrap().iter().any(|entry| entry["act"]["kind"] == "locked"));
}

#[test]
fn a_workspace_locks_when_nobody_does_anything() {
    let case = Case::new();
    case.import(&[&case.write("melding.txt", "Een melding over het Lichtschip.")]);
    let window = Start::new(&case, "idle").variable("KOPLAMP_IDLE_SECONDS", "6").argument(case.workspace()).window();
    window.open(PASSPHRASE);
    assert_eq!(window.search("lichtschip"), 1);
    window.by_test_id("passphrase");
    window.screenshot("locked");
    assert!(!window.page().contains("Lichtschip"), "nothing of the case stays on screen");
    assert_eq!(window.invoke("saved_searches", serde_json::json!({})).unwrap_err()["code"], "locked");
    let log = case.json::<&str>("log", &[]);
    let cause = log["entries"].as_array().unwrap().iter().find(|entry| entry["act"]["kind"] == "locked").unwrap();
    assert_eq!(cause["act"]["subject"], "idle", "and the log says why");
}

#[test]
fn the_language_and_the_theme_change_at_once_and_by_keyboard() {
    let case = Case::new();
    case.import(&[&case.write("melding.txt", "Een melding.")]);
    let window = Start::new(&case, "language").argument(case.workspace()).window();
    window.set_size(1280, 800);
    let dutch = window.text("unlock");
    window.click("language-switch");
    let english = window.wait_for("English", || Some(window.text("unlock")).filter(|text| *text != dutch));
    assert_eq!(window.script("return document.documentElement.lang", &[]), "en");
    assert_eq!((dutch.as_str(), english.as_str()), ("Openen", "Open"));
    window.screenshot("start-english");
    window.open(PASSPHRASE);
    window.screenshot("open-english");
    for theme in ["dark", "contrast", "light"] {
        window.set_theme(theme);
        assert_eq!(window.script("return document.documentElement.dataset.theme", &[]), theme);
    }
    window.press(&[Key::Control, Key::Char('k')]);
    window.by_test_id("palette-input");
    assert!(window.count("[data-testid=palette-action]") > 10, "the palette has the actions");
    window.screenshot("palette-english");
    window.press(&[Key::Escape]);
    window.gone("palette-input");
}

#[test]
fn a_malformed_query_says_where() {
    let case = Case::new();
    case.import(&[&case.write("melding.txt", "Een melding.")]);
    let window = Start::new(&case, "query").argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    window.type_into("search-query", "melding AND (grijs");
    window.click("search-submit");
    window.element("[data-code=query]");
    let selected = window.script("const field = document.querySelector('[data-testid=search-query]'); return [field.selectionStart, field.selectionEnd]", &[]);
    assert_eq!(selected, serde_json::json!([12, 13]), "the place is selected");
    window.screenshot("malformed");
    assert_eq!(window.search("niets"), 0);
    window.screenshot("nothing-found");
}
