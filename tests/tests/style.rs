//! Style sheets by the command line and in the window: handed over as a file, chosen for a chart or for all, drawn on paper, taken back.

use std::path::Path;

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::files;
use koplamp_tests::pixels::Pixels;
use koplamp_tests::window::{Key, Start};
use serde_json::{Value, json};

const FTM: &str = r#"{"id":"p1","schema":"Person","properties":{"name":["Ada Vuurtoren"]}}
{"id":"c1","schema":"Company","properties":{"name":["Baken B.V."]}}
{"id":"d1","schema":"Directorship","properties":{"director":["p1"],"organization":["c1"]}}
"#;

const SHEET: &str = r##"{ "koplamp": "style sheet", "version": 1, "name": "Huisstijl OM", "organisation": "om",
  "types": [
    { "type": "Person", "colour": "#d62728", "shape": "square", "icon": "car" },
    { "type": "Company", "colour": "#2ca02c", "icon": "made-later" },
    { "type": "Directorship", "colour": 6, "line": "dashed", "width": 200 },
    { "type": "Luchtschip", "colour": "#fff8c0" }
  ] }"##;

/// A case with a chart of a person, a company and a link.
fn charted() -> Case {
    let case = Case::new();
    let file = case.write("in.ftm.json", FTM);
    let labels = ["--organisation", "fiod", "--source", "Proef", "--purpose", "awr-toezicht", "--format", "ftm"];
    let import = ["import", file.to_str().unwrap(), "--chart", "Kaart"];
    case.json("interchange", &[&import[..], &labels[..]].concat());
    case
}

fn drawn(case: &Case, name: &str) -> String {
    let file = case.at(name);
    case.run("briefing", &["--chart", "Kaart", "--to", file.to_str().unwrap()]).done();
    std::fs::read_to_string(file).unwrap()
}

/// What is drawn of the first node of a type.
fn node<'s>(svg: &'s str, kind: &str) -> &'s str {
    let from = svg.split(&format!("data-kind=\"{kind}\" data-place")).nth(1).expect("it is drawn");
    from.split("</text>").next().unwrap()
}

/// What is drawn of the first link of a type.
fn link<'s>(svg: &'s str, kind: &str) -> &'s str {
    let from = svg.split(&format!("data-kind=\"{kind}\" data-source")).nth(1).expect("it is drawn");
    from.split("</g>").next().unwrap()
}

fn legend<'s>(svg: &'s str, kind: &str) -> &'s str {
    svg.split(&format!("data-legend=\"{kind}\"")).nth(1).expect("it is in the legend").split("</text>").next().unwrap()
}

#[test]
fn a_sheet_is_handed_over_chosen_drawn_and_taken_back() {
    let case = charted();
    let (before, plain) = (case.digest(), drawn(&case, "kaal.svg"));
    assert!(!plain.contains("#d62728"));
    let file = case.write("huisstijl.json", SHEET);
    let report = case.json("style", &["import", file.to_str().unwrap()]);
    assert_eq!((report["replaced"].as_bool(), report["change"].is_null()), (Some(false), false), "{report}");
    assert_eq!(report["view"]["unknown_types"], json!(["Luchtschip"]), "kept, but named");
    assert_eq!(report["view"]["unknown_icons"], json!(["made-later"]));
    let concerns = report["view"]["concerns"].as_array().unwrap();
    let alike = concerns.iter().find(|concern| concern["of"] == "alike").expect("red and green are told of");
    assert_eq!(
        (&alike["one"], &alike["other"], &alike["to"]),
        (&json!("Person"), &json!("Company"), &json!(["deutan"]))
    );
    let faint = concerns.iter().find(|concern| concern["of"] == "faint").expect("what is faint is told of");
    assert_eq!((&faint["type"], &faint["on"]), (&json!("Luchtschip"), &json!("light")));
    assert_eq!(drawn(&case, "kaal-2.svg"), plain, "a sheet that nobody chose changes nothing");

    case.run("style", &["use", "Huisstijl OM", "--chart", "Kaart"]).done();
    let svg = drawn(&case, "gekleed.svg");
    let person = node(&svg, "Person");
    assert!(person.contains("stroke=\"#d62728\"") && person.contains("<polygon"), "{person}");
    let icon = |svg: &str, kind: &str| node(svg, kind).split("translate").nth(1).unwrap().to_owned();
    assert_ne!(icon(&svg, "Person"), icon(&plain, "Person"), "another icon");
    assert!(node(&svg, "Company").contains("stroke=\"#2ca02c\""));
    assert!(icon(&svg, "Company").contains("<path"), "an icon that this program lacks leaves the type's own");
    let line = link(&svg, "Directorship");
    for part in ["stroke=\"#d55e00\"", "stroke-width=\"3\"", "stroke-dasharray=\"14 5\""] {
        assert!(line.contains(part), "{part}: {line}");
        assert!(legend(&svg, "Directorship").contains(part), "{part} is in the legend");
    }
    assert!(legend(&svg, "Person").contains("stroke=\"#d62728\""));
    assert!(!svg.contains("data-legend=\"Luchtschip\""), "the legend is of what is in use");
    for ending in ["pdf", "png"] {
        let file = case.at(format!("gekleed.{ending}"));
        case.run("briefing", &["--chart", "Kaart", "--to", file.to_str().unwrap()]).done();
        assert!(std::fs::metadata(file).unwrap().len() > 1_000);
    }

    case.run::<&str>("undo", &[]).done();
    assert_eq!(drawn(&case, "terug.svg"), plain);
    case.run("style", &["use", "Huisstijl OM"]).done();
    assert_eq!(drawn(&case, "allen.svg"), svg, "a chart that names none uses the workspace's");
    let list = case.json("style", &["list"]);
    assert_eq!((&list[0]["chosen"], &list[0]["charts"]), (&json!(true), &json!([])));
    case.run("style", &["use", "--none", "--chart", "Kaart"]).done();
    assert_eq!(drawn(&case, "geen.svg"), plain);
    case.run("style", &["use", "--workspace", "--chart", "Kaart"]).done();
    assert_eq!(drawn(&case, "weer.svg"), svg);

    let dressed = case.digest();
    case.run("style", &["drop", "Huisstijl OM"]).done();
    assert_eq!(drawn(&case, "weg.svg"), plain);
    case.run::<&str>("undo", &[]).done();
    assert_eq!((case.digest(), drawn(&case, "hersteld.svg")), (dressed, svg));
    let rebuilt = case.json("doctor", &["--rebuild"]);
    assert_eq!(rebuilt["ok"], true, "a rebuild from the log gives the same: {rebuilt}");
    // Drop and its undoing are passed over; use, use, use and the import are taken back.
    for _ in 0..4 {
        case.run::<&str>("undo", &[]).done();
    }
    assert_eq!(case.digest(), before);
    let log = case.run::<&str>("log", &[]).done().text();
    assert!(log.contains("Huisstijl OM"), "{log}");
}

#[test]
fn an_organisation_hands_its_sheet_to_another_workspace() {
    let case = charted();
    let file = case.write("huisstijl.json", SHEET);
    case.json("style", &["import", file.to_str().unwrap()]);
    let out = case.at("uit.json");
    case.json("style", &["export", "Huisstijl OM", out.to_str().unwrap()]);
    let read = |path: &Path| serde_json::from_slice::<Value>(&std::fs::read(path).unwrap()).unwrap();
    let (sent, given) = (read(&out), read(&file));
    assert_eq!((&sent["name"], &sent["organisation"]), (&given["name"], &given["organisation"]));
    assert_eq!(sent["types"].as_array().unwrap().len(), 4);

    let other = Case::new();
    other.json("style", &["import", out.to_str().unwrap()]);
    let digest = other.digest();
    let again = other.json("style", &["import", out.to_str().unwrap()]);
    assert!(again["change"].is_null() && again["replaced"] == true, "the same again changes nothing: {again}");
    assert_eq!(other.digest(), digest);
    let changed = other.write("nieuw.json", SHEET.replace("#d62728", "#112233"));
    other.json("style", &["import", changed.to_str().unwrap()]);
    let list = other.json("style", &["list"]);
    assert_eq!(list.as_array().unwrap().len(), 1, "a newer sheet takes the place of the older: {list}");
    assert_eq!(list[0]["sheet"]["types"][0]["colour"], "#112233");
    other.run::<&str>("undo", &[]).done();
    assert_eq!(other.digest(), digest);
}

#[test]
fn a_file_that_is_no_sheet_is_refused_and_leaves_nothing() {
    let case = Case::new();
    let digest = case.digest();
    let long = format!("{SHEET}{}", " ".repeat(2 << 20));
    for (name, text, said) in [
        ("leeg.json", String::new(), "line 1"),
        ("kleur.json", SHEET.replace("#d62728", "rood"), "'rood' is no colour"),
        ("vorm.json", SHEET.replace("square", "star"), "star"),
        ("dik.json", SHEET.replace("200", "20000"), "25 to 400"),
        ("dubbel.json", SHEET.replace("Luchtschip", "Person"), "twice"),
        ("later.json", SHEET.replace("\"version\": 1", "\"version\": 9"), "newer Koplamp"),
        ("anders.json", "{\"a\":1}".into(), "line 1"),
        ("lang.json", long, "bytes"),
        ("diep.json", "[".repeat(200_000), "line 1"),
    ] {
        let file = case.write(name, text);
        let ran = case.run("style", &["import", file.to_str().unwrap()]).refused(1);
        assert!(ran.err.contains(said), "{name}: {}", ran.err);
    }
    assert_eq!(case.digest(), digest);
    let ran = case.run("style", &["use", "Geen"]).refused(1);
    assert!(ran.err.contains("there are: none"), "{}", ran.err);
}

#[test]
fn a_sheet_is_made_in_the_window_and_seen_on_the_chart() {
    let case = charted();
    let picture = case.write("portret.png", files::png(600, 800));
    case.import(&[&picture]);
    case.json("photo", &["Ada Vuurtoren", &case.id("portret.png")]);
    let window = Start::new(&case, "style").argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    window.click("room-chart");
    window.chart_at_rest();
    window.open_panel("style");
    window.click("chart-sheet-new");
    window.by_test_id("chart-sheet-edit");
    let chart = window.invoke("charts", json!({})).unwrap()[0]["id"].clone();
    let person = || {
        let view = window.invoke("chart_view", json!({ "chart": chart, "language": "nl", "brush": null })).unwrap();
        let nodes = view["scene"]["nodes"].as_array().unwrap().clone();
        nodes.into_iter().find(|node| node["kind"] == "Person").unwrap()
    };
    let before = person();
    let choose = |list: &str, value: &str| {
        window.click(list);
        window.click_on(&format!("[role=option][data-value=\"{value}\"]"));
    };
    window.click_on("[data-testid=chart-sheet-type][data-type=Person]");
    choose("chart-sheet-colour", "6");
    window.wait_for("the colour", || (person()["colour"] == 6).then_some(()));
    choose("chart-sheet-shape", "hexagon");
    window.wait_for("the shape", || (person()["shape"] == "hexagon").then_some(()));
    choose("chart-sheet-icon", "ship");
    window.wait_for("the icon", || (person()["icon"] == "ship").then_some(()));
    window.click_on("[data-testid=chart-sheet-type][data-type=Directorship]");
    choose("chart-sheet-line", "dotted");
    choose("chart-sheet-width", "300");
    // A yellow that is hardly seen on white: it is said, and done.
    window.click_on("[data-testid=chart-sheet-type][data-type=Company]");
    choose("chart-sheet-colour", "4");
    window.by_test_id("chart-sheet-concern");
    window.chart_at_rest();
    for theme in ["light", "dark"] {
        window.set_theme(theme);
        window.chart_at_rest();
        window.screenshot(&format!("style-{theme}"));
    }
    window.set_size(1920, 1080);
    window.chart_at_rest();
    window.screenshot("style-large");

    // The photo is in the node: its middle has the colour of the face. It is on the page of the entity, too.
    let ada = before["id"].as_str().unwrap();
    window.wait_for("the photo", || {
        let shown = window.chart_at_rest();
        let node = shown["nodes"].as_array()?.iter().find(|node| node["id"] == ada)?.clone();
        let corner = window.script(
            "const { left, top } = document.querySelector('[data-testid=chart-canvas]').getBoundingClientRect();
             return [left, top]",
            &[],
        );
        let at = |part: &str, from: usize| node[part].as_f64().zip(corner[from].as_f64()).map(|(on, from)| on + from);
        let picture = Pixels::of_png(&std::fs::read(window.screenshot("style-photo")).unwrap());
        let seen = picture.colour(at("x", 0)?, at("y", 1)?)?;
        seen.iter().zip([224.0, 172.0, 105.0]).all(|(seen, face)| (seen - face).abs() < 16.0).then_some(())
    });
    window.choose_in_table(&[ada]);
    window.by_test_id("portrait-shown");
    window.screenshot("style-page");
    // One change after the other is taken back: yellow, width, line, icon, shape, colour.
    window.click("room-chart");
    for _ in 0..6 {
        window.invoke("undo", json!({})).unwrap();
    }
    window.press(&[Key::Escape]);
    assert_eq!(person(), before, "the chart is as it was");
}
