//! Things dragged onto the chart in the real window with the real mouse: from search, from documents, from the review queue and from the entities.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::demo::{demo, import};
use koplamp_tests::network::{Item, network};
use koplamp_tests::window::{Start, Window};
use serde_json::{Value, json};

/// The hand, and what has come onto the chart so far.
struct Hand<'a> {
    window: &'a Window,
    there: BTreeSet<String>,
    drags: usize,
}

#[test]
fn what_is_dragged_onto_the_chart_stands_where_it_was_let_go() {
    let case = Case::new();
    import(&case);
    case.json("record", &[demo().statements().to_str().unwrap()]);
    let network = network(&case);
    let window = Start::new(&case, "onto-chart").argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    window.invoke("make_chart", json!({ "name": "Grijsmonde", "entities": [] })).expect("a chart is made");
    let mut hand = Hand { window: &window, there: BTreeSet::new(), drags: 0 };
    let read = said(&network);

    window.click("room-entities");
    assert_eq!(hand.drags("[data-testid=entity-row][draggable=true]", "entity"), 1, "an entity comes alone");
    window.click("room-review");
    let suggestion = hand.one_that_says("suggestion", &read);
    assert!(
        hand.drags(&suggestion, "suggestion") > 0,
        "a suggestion brings what is known of it, or what its document says"
    );
    window.click("room-documents");
    let row = hand.one_that_says("document-row", &read);
    assert!(hand.drags(&row, "document") > 0, "a document brings what it says");
    assert!(window.search("Pekelhof") > 1);
    let hit = hand.one_that_says("hit", &read);
    assert!(hand.drags(&format!("{hit} .title"), "hit") > 0, "a hit brings what its document says");
}

/// What documents say: the entities, by document.
fn said(network: &BTreeMap<String, Item>) -> BTreeMap<String, BTreeSet<String>> {
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, item) in network.iter().filter(|(_, item)| item.ends.is_none()) {
        for passage in &item.passages {
            said.entry(passage.document.clone()).or_default().insert(id.clone());
        }
    }
    said
}

impl Hand<'_> {
    /// The first row of this kind on screen that is about an entity which is not on the chart yet, or whose document says something of one.
    fn one_that_says(&self, kind: &str, said: &BTreeMap<String, BTreeSet<String>>) -> String {
        let fresh = said.iter().filter(|(_, entities)| !entities.is_subset(&self.there));
        let there = |entity: &&String| !self.there.contains(*entity);
        let fresh = fresh.flat_map(|(document, entities)| entities.iter().filter(there).chain([document]));
        let fresh: Vec<Value> = fresh.map(|id| Value::from(id.as_str())).collect();
        let mut before = None;
        let found = self.window.wait_for("a row whose document says something", || {
            let found = self.window.script(
                "const [kind, fresh] = arguments;
                 // A list measures its rows before it shows them.
                 const shown = (row) => getComputedStyle(row).visibility === 'visible' && row.getBoundingClientRect().top > 100
                     && row.getBoundingClientRect().bottom < innerHeight - 60;
                 const rows = [...document.querySelectorAll(`[data-testid=${kind}]`)];
                 const ids = rows.filter(shown).map((row) => row.dataset.entity ?? row.dataset.document);
                 const found = ids.find((id) => fresh.includes(id));
                 // It may stand further down.
                 let list = rows[0];
                 while (list && !(list.scrollHeight > list.clientHeight && /auto|scroll/.test(getComputedStyle(list).overflowY))) {
                     list = list.parentElement;
                 }
                 if (!found && ids.length > 0) list?.scrollBy(0, list.clientHeight / 2);
                 return found",
                &[kind.into(), fresh.clone().into()],
            );
            let found = found.as_str().map(str::to_owned);
            // The list is at rest when it says the same twice.
            std::mem::replace(&mut before, found.clone()).filter(|before| Some(before) == found.as_ref())
        });
        format!("[data-testid={kind}]:is([data-document=\"{found}\"], [data-entity=\"{found}\"])")
    }

    /// Drags what this selector names over the rail to the chart and lets go of it there. How many entities came; they stand where it let go.
    fn drags(&mut self, selector: &str, name: &str) -> usize {
        let (window, desktop) = (self.window, self.window.desktop());
        let from = window.middle_of(selector);
        desktop.grasp(from);
        let rail = window.middle_of("[data-testid=room-chart]");
        desktop.glide(from, rail);
        let canvas = window.middle_of("[data-testid=chart-canvas]");
        // Each a little further, so that nothing comes to lie on what is there.
        let to = (canvas.0 - 260 + 140 * i16::try_from(self.drags).expect("few drags"), canvas.1 + 40);
        self.drags += 1;
        desktop.glide(rail, to);
        window.screenshot(&format!("{name}-held"));
        desktop.let_go(to);
        let nodes = window.wait_for("new entities on the chart", || {
            let chart = window.script(
                "const canvas = document.querySelector('[data-testid=chart-canvas]');
                 const chart = canvas?.koplampChart;
                 const { left, top } = canvas.getBoundingClientRect();
                 return chart?.settled ? chart.nodes.map(({ id, x, y }) => [id, x + left, y + top]) : []",
                &[],
            );
            let fresh = |node: &Value| !self.there.contains(node[0].as_str().expect("an id"));
            let nodes: Vec<Value> = chart.as_array()?.iter().filter(|node| fresh(node)).cloned().collect();
            (!nodes.is_empty()).then_some(nodes)
        });
        window.screenshot(name);
        let away = |node: &Value| {
            let [x, y] = [1, 2].map(|at| node[at].as_f64().expect("a place"));
            (x - f64::from(to.0)).hypot(y - f64::from(to.1))
        };
        let nearest = nodes.iter().map(away).fold(f64::INFINITY, f64::min);
        assert!(nearest < 60.0, "{name}: the nearest stands {nearest} pixels from where it was let go");
        self.there.extend(nodes.iter().filter_map(|node| node[0].as_str()).map(str::to_owned));
        nodes.len()
    }
}
