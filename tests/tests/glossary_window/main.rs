//! The same language, in the real window: the card of a word, the lens, where organisations meet, and a mapping that two sides come to agree on.

mod agreement;
mod card;
mod lens;
mod meetings;

use koplamp_tests::Case;
use koplamp_tests::demo::{demo, import};
use serde_json::Value;

/// The demo case with its statements on a chart, before anybody has put anything together, and with the built-in glossary.
fn demo_with_glossary(case: &Case) {
    import(case);
    case.json("record", &[demo().statements().to_str().unwrap(), "--chart", "Grijsmonde"]);
    case.json("glossary", &["seed"]);
}

/// The texts of a list of words in a language.
fn words(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect()
}
