//! The chart in the real window: what is drawn equals what is written, brokers and paths lead to their passages, and acts are taken back.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::demo::{demo, import};
use koplamp_tests::pixels::{Outline, Pixels};
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
    let drawn = ["kaart.svg", "kaart.png"].map(|name| {
        let file = case.at(name);
        case.run("briefing", &["--chart", "Grijsmonde", "--to", file.to_str().unwrap()]).done();
        std::fs::read(&file).unwrap()
    });
    let svg = std::str::from_utf8(&drawn[0]).unwrap();
    let paper = written(svg);
    let window = Start::new(&case, "chart").argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    window.click("room-chart");
    let screen = window.chart_at_rest();
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

    same_pixels(&window, svg, &drawn[1]);
    window.set_size(1280, 800);

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

/// The border of every node, measured in sixteen directions in the pixels of the written PNG and of the screen, runs within a pixel of the
/// same place. Where a node should be in either is said by the SVG and by the window. The screen is looked at in nine parts, three times as
/// large as the whole chart would be, so that borders are wide enough to be measured.
fn same_pixels(window: &Window, svg: &str, png: &[u8]) {
    /// Pixels of the PNG in one of the chart at scale 1.
    const WRITTEN: f64 = 2.0;
    const DIRECTIONS: u8 = 16;
    let png = Pixels::of_png(png);
    window.set_theme("light");
    window.set_size(1920, 1080);
    let beside = ["chart-timeline", "inspector-switch"];
    beside.iter().for_each(|what| window.click(what));
    // Nothing lies over the chart.
    window.press(&[Key::Char('y')]);
    window.gone("chart-legend");
    let chart = svg.split("id=\"chart\" transform=\"translate(").nth(1).unwrap().split(')').next().unwrap();
    let moved: Vec<f64> = chart.split(' ').map(|number| number.parse().unwrap()).collect();
    let (places, mut compared, mut measured) = (written(svg), BTreeSet::new(), 0);
    for part in 0..9 {
        let (screen, [left, top, width, height]) = zoomed(window, f64::from(part % 3) / 2.0, f64::from(part / 3) / 2.0);
        let picture = window.screenshot(&format!("chart-large-{part}"));
        let shown = Pixels::of_png(&std::fs::read(picture).unwrap());
        let scale = number(&screen["scale"]);
        for node in screen["nodes"].as_array().unwrap() {
            let id = node["id"].as_str().unwrap();
            let (colour, thickness) = border(svg, id);
            if colour == [0, 0, 0] {
                // The icon inside is as dark.
                continue;
            }
            let [x, y, radius] = places[id];
            let middle = ((x + moved[0]) * WRITTEN, (y + moved[1]) * WRITTEN);
            let on_paper = Outline { middle, radius: radius * WRITTEN, width: thickness * WRITTEN, colour };
            let (x, y, radius) = (number(&node["x"]), number(&node["y"]), number(&node["radius"]));
            let air = radius + 5.0;
            if x < air || y < air || x > width - air || y > height - air {
                // Not wholly in this part.
                continue;
            }
            let on_screen = Outline { middle: (left + x, top + y), radius, width: thickness * scale, colour };
            let mut found = 0;
            for direction in 0..DIRECTIONS {
                let direction = f64::from(direction) * std::f64::consts::TAU / f64::from(DIRECTIONS);
                let reach = 4.0 * WRITTEN / scale;
                let one = png.border(&on_paper, direction, reach).map(|away| away / WRITTEN * scale);
                let Some((one, other)) = one.zip(shown.border(&on_screen, direction, 4.0)) else { continue };
                let off = (one - other).abs();
                assert!(
                    off < 1.0,
                    "{id} in part {part}, at {direction:.2}: {one} pixels away on paper, {other} on screen"
                );
                found += 1;
            }
            if found >= 5 {
                compared.insert(id.to_owned());
            }
            measured += found;
        }
    }
    window.press(&[Key::Char('y')]);
    beside.iter().for_each(|what| window.click(what));
    println!("{} of {} nodes, {measured} places of their borders", compared.len(), places.len());
    assert!(compared.len() * 10 >= places.len() * 8, "{} nodes are too few to say anything", compared.len());
}

/// The chart three times as large as when it is seen whole, enlarged from a place of the surface (from 0 to 1 across and down); with where
/// the surface is in the window, and its size.
fn zoomed(window: &Window, across: f64, down: f64) -> (Value, [f64; 4]) {
    window.click("chart-fit");
    window.chart_at_rest();
    let surface = window.script(
        "const [across, down] = arguments;
         const canvas = document.querySelector('[data-testid=chart-canvas]');
         const { left, top, width, height } = canvas.getBoundingClientRect();
         const at = { clientX: left + across * width, clientY: top + down * height };
         // Two turns of the wheel, each by the square root of three.
         for (const _ of [1, 2]) canvas.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: -Math.log(3) / 2 / 0.0016 }));
         return [left, top, width, height]",
        &[across.into(), down.into()],
    );
    (window.chart_at_rest(), [0, 1, 2, 3].map(|part| number(&surface[part])))
}

/// Colour and width of a node's border in the written chart.
fn border(svg: &str, id: &str) -> ([u8; 3], f64) {
    let node = svg.split(&format!("data-entity=\"{id}\"")).nth(1).unwrap();
    let colour = node.split("stroke=\"#").nth(1).unwrap();
    let width = node.split("stroke-width=\"").nth(1).unwrap().split('"').next().unwrap();
    ([0, 2, 4].map(|at| u8::from_str_radix(&colour[at..at + 2], 16).unwrap()), width.parse().unwrap())
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
    let there = count(&window.chart_at_rest());
    let chart = window.invoke("charts", serde_json::json!({})).unwrap()[0]["id"].clone();
    let view =
        window.invoke("chart_view", serde_json::json!({ "chart": chart, "language": "nl", "brush": null })).unwrap();
    let one = view["scene"]["nodes"][0]["id"].clone();
    let taken = serde_json::json!({ "chart": chart, "placed": [], "taken": [one] });
    window.invoke("place_on_chart", taken).unwrap();
    window.wait_for("the entity to go", || (count(&window.chart_at_rest()) == there - 1).then_some(()));
    assert_ne!(digest(), before);
    window.press(&[Key::Control, Key::Char('z')]);
    window.wait_for("the entity to come back", || (count(&window.chart_at_rest()) == there).then_some(()));
    assert_eq!(digest(), before, "the case is as it was");
}
