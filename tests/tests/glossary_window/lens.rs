//! The lens: the same chart and the same search in another organisation's words.

use std::collections::BTreeSet;

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::window::{Key, Start, Window};
use serde_json::{Value, json};

use crate::demo_with_glossary;

const ORGANISATIONS: [&str; 3] = ["politie", "belastingdienst", "douane"];

#[test]
fn the_lens_relabels_the_chart_and_reads_the_search_anew() {
    let case = Case::new();
    demo_with_glossary(&case);
    let asked = |mode: &'static str, lens: &'static str| {
        case.json("search", &["aangifte", "--limit", "500", "--sense", mode, "--lens", lens])
    };
    let expected = ORGANISATIONS.map(|lens| (lens, ["warn", "strict"].map(|mode| (mode, asked(mode, lens)))));

    let window = Start::new(&case, "lens").argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    chart(&window);
    search(&window, &expected);
}

/// What a business is called: by the schema where the organisation says the same, by its own term where it has one.
fn chart(window: &Window) {
    window.click("room-chart");
    window.chart_at_rest();
    let own = called(window);
    // What types are called where no organisation has a word.
    let schema = window.invoke("schema", json!({})).unwrap();
    let types = schema["types"].as_array().unwrap().iter();
    let names: BTreeSet<String> = types
        .flat_map(|kind| ["nl", "nl_plural"].map(|name| kind[name].as_str().unwrap_or_default().to_owned()))
        .collect();
    assert!(own.0.contains("Bedrijven") && own.1.contains("Bedrijf"), "the police have no word of their own: {own:?}");
    window.pictures("chart-politie");

    window.look_through("belastingdienst");
    // *Onderneming* is what this administration calls a business: the concept's preferred term in the built-in glossary.
    let tax = window.wait_for("the chart in the words of the tax administration", || {
        let tax = called(window);
        (tax != own).then_some(tax)
    });
    for (what, before, now, word) in [("legend", &own.0, &tax.0, "Bedrijven"), ("table", &own.1, &tax.1, "Bedrijf")] {
        assert!(!now.contains(word) && now.contains("Onderneming"), "{what}: {now:?}");
        assert!(before.intersection(now).count() > 10, "{what}: what the glossary says nothing of stays as it is");
        for new in now.difference(before) {
            let schema = names.contains(new);
            let senses = window.invoke("look_up", json!({ "word": new, "lens": "belastingdienst" })).unwrap();
            let own = |one: &Value| {
                one["organisation"] == "belastingdienst" || one["used_by"].to_string().contains("belastingdienst")
            };
            let said = senses["senses"].as_array().unwrap().iter().any(own);
            assert!(said || schema, "{what}: {new} is neither of this administration nor of the schema");
        }
    }
    window.pictures("chart-belastingdienst");

    window.look_through("politie");
    window.wait_for("the chart in the words of the police", || (called(window) == own).then_some(()));
}

/// The names of types in the legend and in the table beside the chart.
fn called(window: &Window) -> (BTreeSet<String>, BTreeSet<String>) {
    if window.attribute("chart-legend-fold", "aria-expanded").as_deref() == Some("false") {
        window.click("chart-legend-fold");
    }
    window.element("[data-testid=chart-legend] .entry");
    let legend = window.texts("[data-testid=chart-legend] .entry .name").into_iter().collect();
    window.click("chart-table");
    window.element("[data-testid=chart-table-entities-row]");
    let types = window.texts("[data-testid=chart-table-entities-row] .kind .words").into_iter().collect();
    window.click("chart-table");
    window.gone("chart-table-entities");
    (legend, types)
}

/// The same query finds what the organisation means by it, looks for its terms, and puts aside what others mean.
fn search(window: &Window, expected: &[(&str, [(&str, Value); 2])]) {
    window.search("aangifte");
    let mut seen = BTreeSet::new();
    for (lens, answers) in expected {
        window.look_through(lens);
        for (mode, answer) in answers {
            window.click_on(&format!("[data-testid=sense-mode][data-mode={mode}]"));
            let total = answer["total"].as_u64().unwrap();
            window.wait_for(&format!("{total} hits, {mode} through the eyes of {lens}"), || {
                (window.hits() as u64 == total && folded(window) == put_aside(answer) && chips(window) == terms(answer))
                    .then_some(())
            });
            seen.insert((total, chips(window), folded(window)));
        }
        window.pictures(&format!("search-{lens}"));
    }
    assert_eq!(seen.len(), expected.len() * 2, "each organisation and each way finds something else: {seen:#?}");
    // A chip is pressed, and that term is looked for no more.
    window.look_through("belastingdienst");
    let hits = window.hits();
    let chip = window.wait_for("a chip with hits", || {
        let chip = window.script(
            "return [...document.querySelectorAll('[data-testid=expansion]')].find(({ dataset }) => Number(dataset.hits) > 0)?.dataset.term ?? null",
            &[],
        );
        chip.as_str().map(str::to_owned)
    });
    window.click_on(&format!("[data-testid=expansion][data-term=\"{chip}\"]"));
    window.element(&format!("[data-testid=expansion][data-term=\"{chip}\"][data-off=true]"));
    window.wait_for("fewer hits, or as many", || (window.hits() <= hits).then_some(()));
    window.press(&[Key::Escape]);
}

/// The chips: term, organisation, hits.
fn chips(window: &Window) -> BTreeSet<(String, String, u64)> {
    let chips = window.script(
        "return [...document.querySelectorAll('[data-testid=expansion]')].map(({ dataset }) => [dataset.term, dataset.organisation, Number(dataset.hits)])",
        &[],
    );
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    chips.as_array().unwrap().iter().map(|one| (text(&one[0]), text(&one[1]), one[2].as_u64().unwrap())).collect()
}

fn terms(answer: &Value) -> BTreeSet<(String, String, u64)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = answer["expansions"].as_array().unwrap().iter();
    all.map(|one| (text(&one["term"]), text(&one["organisation"]), one["hits"].as_u64().unwrap())).collect()
}

/// What was put aside: whose sense, and how many.
fn folded(window: &Window) -> BTreeSet<(String, String, u64)> {
    let folded = window.script(
        "return [...document.querySelectorAll('[data-testid=folded]')].map(({ dataset }) => [dataset.organisation, dataset.sense, Number(dataset.hits)])",
        &[],
    );
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    folded.as_array().unwrap().iter().map(|one| (text(&one[0]), text(&one[1]), one[2].as_u64().unwrap())).collect()
}

fn put_aside(answer: &Value) -> BTreeSet<(String, String, u64)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    // Only a warning puts aside.
    let all = answer["folded"].as_array().into_iter().flatten();
    all.map(|one| (text(&one["organisation"]), text(&one["sense"]), one["hits"].as_u64().unwrap())).collect()
}
