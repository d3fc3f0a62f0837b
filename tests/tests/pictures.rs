//! Pictures of every screen with the demo case, at both sizes, light and dark. They are for people to look at; the test is that every
//! screen can be reached, and that nothing is wider than the window. With `KOPLAMP_PICTURES` those of the guide are kept in that folder.

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::demo::demo;
use koplamp_tests::window::{Key, Start, Window};

fn pictures(window: &Window, name: &str) {
    for (width, height) in [(1280, 800), (1920, 1080)] {
        window.set_size(width, height);
        for theme in ["light", "dark"] {
            window.set_theme(theme);
            window.screenshot(&format!("{name}-{width}-{theme}"));
        }
        let too_wide = window.script("return document.documentElement.scrollWidth > innerWidth", &[]);
        assert_eq!(too_wide, false, "{name} fits in {width} pixels");
    }
    window.set_size(1280, 800);
    window.set_theme("light");
}

#[test]
fn every_screen_of_the_demo_case() {
    let case = Case::new();
    for delivery in &demo().case.deliveries {
        let folder = demo().file(delivery.folder.to_str().unwrap());
        let labels =
            ["--organisation", &delivery.organisation, "--source", &delivery.source, "--purpose", &delivery.purpose];
        case.json("import", &[&[folder.to_str().unwrap()], &labels[..], &["--marking", &delivery.marking]].concat());
    }
    let script = demo().statements();
    case.json("record", &[script.to_str().unwrap(), "--merges", "--chart", "Grijsmonde"]);
    case.json("searches", &["--save", "Makelaars", "Kloosterziel OR Vaalmeer"]);
    let waiting = case.write("nieuw/aanvulling.txt", "Een aanvulling op het dossier.");
    let window = Start::new(&case, "demo").variable("KOPLAMP_HOME", case.at("")).argument(&waiting).window();
    pictures(&window, "1-start");
    window.click("create-workspace");
    window.by_test_id("create-name");
    pictures(&window, "2-create");
    window.click("start-workspace");
    window.open(PASSPHRASE);
    window.by_test_id("import-start");
    pictures_of_sheet(&window, "3-import");
    window.press(&[Key::Escape]);
    window.gone("import-start");
    pictures(&window, "4-search-empty");
    assert!(window.search("\"contante storting\" OR Kloosterziel") > 10);
    window.set_size(1280, 800);
    window.guide_picture("search-light");
    assert!(window.search("Kloosterziel OR Vaalmeer") > 15);
    pictures(&window, "5-hits");
    window.open_first_hit();
    pictures(&window, "6-hit-open");
    assert!(window.search("aangifte soort:pdf") > 1);
    window.open_first_hit();
    window.guide_picture("document-light");
    window.click("room-documents");
    window.click("document-row");
    pictures(&window, "7-documents");
    window.click("room-failures");
    pictures(&window, "8-failures");
    window.click("room-entities");
    window.by_test_id("entity-row");
    pictures(&window, "11-entities");
    window.click("room-review");
    window.by_test_id("suggestion");
    pictures(&window, "12-review");
    window.guide_picture("review-light");
    window.click("room-chart");
    window.chart_at_rest();
    pictures(&window, "13-chart");
    window.click("chart-brokers");
    window.click("chart-brokers-start");
    window.click("chart-broker");
    window.by_test_id("entity-page");
    window.chart_at_rest();
    pictures(&window, "14-brokers");
    window.chart_at_rest();
    window.guide_picture("chart-light");
    window.click("room-log");
    window.by_test_id("log-entry");
    pictures(&window, "9-log");
    window.guide_picture("log-light");
    window.press(&[Key::Control, Key::Char('k')]);
    window.by_test_id("palette-input");
    pictures_of_sheet(&window, "10-palette");
}

/// The themes are switched from under the sheet, where a mouse could not reach.
fn pictures_of_sheet(window: &Window, name: &str) {
    for (width, height) in [(1280, 800), (1920, 1080)] {
        window.set_size(width, height);
        for theme in ["light", "dark"] {
            window.script("document.documentElement.dataset.theme = arguments[0]", &[theme.into()]);
            window.screenshot(&format!("{name}-{width}-{theme}"));
        }
    }
    window.set_size(1280, 800);
    window.script("document.documentElement.dataset.theme = 'light'", &[]);
}
