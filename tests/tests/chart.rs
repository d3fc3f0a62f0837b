//! The chart in the real window: what is drawn equals what is written, brokers and paths lead to their passages, and acts are taken back.

use std::collections::BTreeMap;

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::demo::{demo, import};
use koplamp_tests::window::{Key, Start, Window};
use serde_json::Value;

/// The demo case with its statements, on the chart Grijsmonde; what was judged to be one is one.
fn recorded() -> Case {
    let case = Case::new();
    import(&case);
    let script = demo().statements();
    case.json("record", &[script.to_str().unwrap(), "--merges", "--chart", "Grijsmonde"]);
    case
}

/// The chart as it is drawn, once it has come to rest.
fn drawn(window: &Window) -> Value {
    window.wait_for("chart at rest", || {
        let chart = window.script(
            "const canvas = document.querySelector('[data-testid=chart-canvas]');
             const chart = canvas && canvas.koplampChart;
             return chart && chart.settled && chart.nodes.length > 0 ? JSON.parse(JSON.stringify(chart)) : null",
            &[],
        );
        (!chart.is_null()).then_some(chart)
    })
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("a number is expected: {value}"))
}

/// Centre and radius of each node of a written chart, by entity.
fn written(svg: &str) -> BTreeMap<String, [f64; 3]> {
    let mut nodes = BTreeMap::new();
    for part in svg.split("data-entity=\"").skip(1) {
        let id = part.split('"').next().unwrap().to_owned();
        let place = part.split("data-place=\"").nth(1).unwrap().split('"').next().unwrap();
        let numbers: Vec<f64> = place.split(' ').map(|number| number.parse().unwrap()).collect();
        nodes.insert(id, [numbers[0], numbers[1], numbers[2]]);
    }
    nodes
}

#[test]
fn the_chart_on_screen_is_the_one_on_paper_and_leads_to_its_passages() {
    let case = recorded();
    let file = case.at("kaart.svg");
    case.run("briefing", &["--chart", "Grijsmonde", "--to", file.to_str().unwrap()]).done();
    let paper = written(&std::fs::read_to_string(&file).unwrap());
    let window = Start::new(&case, "chart").argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    window.click("room-chart");
    let screen = drawn(&window);
    window.screenshot("chart");
    let nodes = screen["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), paper.len(), "everything on paper is on screen");
    let (scale, dx, dy) = (number(&screen["scale"]), number(&screen["dx"]), number(&screen["dy"]));
    for node in nodes {
        let [x, y, radius] = paper[node["id"].as_str().unwrap()];
        let at = |value: &Value, from: f64| (number(value) - from) / scale;
        let off = [at(&node["x"], dx) - x, at(&node["y"], dy) - y, number(&node["radius"]) / scale - radius];
        assert!(off.iter().all(|off| off.abs() < 1.0), "{node} is off by {off:?} pixels at scale {scale}");
    }

    // Who holds it together, and why.
    window.click("chart-brokers");
    window.click("chart-brokers-start");
    window.by_test_id("chart-broker");
    window.screenshot("brokers");
    let first = window.text("chart-broker");
    assert!(first.contains("Kloosterziel") || first.contains("Vaalmeer"), "{first}");
    assert!(!window.text("chart-broker-reason").is_empty(), "a rank has its reasons");
    window.click("chart-broker");
    window.by_test_id("entity-page");
    window.screenshot("broker");
    window.click("passage");
    let quote = window.current_match();
    assert!(!quote.trim().is_empty(), "the passage opens, highlighted");
    window.screenshot("passage");
}

#[test]
fn an_act_on_the_chart_is_taken_back() {
    let case = recorded();
    let window = Start::new(&case, "chart-undo").argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    let digest = || window.invoke("doctor", serde_json::json!({})).unwrap()["state_digest"].clone();
    let before = digest();
    window.click("room-chart");
    let count = |chart: &Value| chart["nodes"].as_array().unwrap().len();
    let there = count(&drawn(&window));
    let chart = window.invoke("charts", serde_json::json!({})).unwrap()[0]["id"].clone();
    let view =
        window.invoke("chart_view", serde_json::json!({ "chart": chart, "language": "nl", "brush": null })).unwrap();
    let one = view["scene"]["nodes"][0]["id"].clone();
    let taken = serde_json::json!({ "chart": chart, "placed": [], "taken": [one] });
    window.invoke("place_on_chart", taken).unwrap();
    window.wait_for("the entity to go", || (count(&drawn(&window)) == there - 1).then_some(()));
    assert_ne!(digest(), before);
    window.press(&[Key::Control, Key::Char('z')]);
    window.wait_for("the entity to come back", || (count(&drawn(&window)) == there).then_some(()));
    assert_eq!(digest(), before, "the case is as it was");
}
