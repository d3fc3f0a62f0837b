//! How many of the identifiers in labelled text are found, and how much of what is found is one.
//!
//! The tables are printed by `cargo test -p koplamp-intake --test identifiers -- --nocapture`.

#![allow(clippy::print_stdout, reason = "the tables are the report of what is recognised how well")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use koplamp_intake::identifiers::find;
use koplamp_model::{Identifier, IdentifierKind};
use serde::Deserialize;

/// From this confidence on a find is counted as one.
const SURE: u8 = 50;

/// Kinds whose check digits leave little to chance must be at least this good; the others nearly so.
const FLOOR_CHECKED: f64 = 0.95;
const FLOOR: f64 = 0.90;
const CHECKED: [IdentifierKind; 8] = [
    IdentifierKind::Iban,
    IdentifierKind::Bsn,
    IdentifierKind::Rsin,
    IdentifierKind::VatId,
    IdentifierKind::Container,
    IdentifierKind::Imo,
    IdentifierKind::Crypto,
    IdentifierKind::Imei,
];

#[derive(Deserialize)]
struct Labelled {
    sentence: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    found: Vec<String>,
    #[serde(default)]
    low: Vec<String>,
}

#[derive(Default, Clone, Copy)]
struct Score {
    labelled: usize,
    right: usize,
    wrong: usize,
    low: usize,
}

impl Score {
    fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        ratio(self.right, self.labelled)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Kind and normal form, as the labels have them.
fn label(found: &Identifier) -> String {
    format!("{} {}", found.kind.code(), found.normal)
}

fn kind(label: &str) -> IdentifierKind {
    let code = label.split(' ').next().unwrap_or_default();
    IdentifierKind::from_code(code).unwrap_or_else(|| panic!("no kind: {label}"))
}

/// The places and values are those of the text, in order and apart.
fn check_places(text: &str, found: &[Identifier]) {
    let characters: Vec<char> = text.chars().collect();
    let mut passed = 0;
    for found in found {
        let place = characters[found.start as usize..found.end as usize].iter().collect::<String>();
        assert_eq!(place, found.value, "in {text:?}");
        assert!(passed <= found.start && found.confidence <= 100, "in {text:?}");
        passed = found.end;
    }
}

fn print(title: &str, scores: &BTreeMap<IdentifierKind, Score>) {
    println!(
        "\n{title}\n{:<10} {:>8} {:>6} {:>6} {:>6} {:>10} {:>7}",
        "kind", "labelled", "right", "wrong", "low", "precision", "recall"
    );
    for (kind, score) in scores {
        println!(
            "{:<10} {:>8} {:>6} {:>6} {:>6} {:>10.3} {:>7.3}",
            kind.code(),
            score.labelled,
            score.right,
            score.wrong,
            score.low,
            score.precision(),
            score.recall()
        );
    }
}

#[test]
fn labelled_sentences() {
    let labelled: Labelled = toml::from_str(include_str!("identifiers/labelled.toml")).expect("the labels are read");
    assert!(labelled.sentence.len() >= 150);
    let mut scores: BTreeMap<IdentifierKind, Score> =
        IdentifierKind::ALL.into_iter().map(|kind| (kind, Score::default())).collect();
    let mut complaints = Vec::new();
    for sentence in &labelled.sentence {
        let found = find(&sentence.text);
        check_places(&sentence.text, &found);
        let mut missing: Vec<&String> = sentence.found.iter().collect();
        for label in &sentence.found {
            scores.entry(kind(label)).or_default().labelled += 1;
        }
        for found in &found {
            let score = scores.entry(found.kind).or_default();
            let label = label(found);
            if found.confidence < SURE {
                score.low += 1;
                if !sentence.low.contains(&label) {
                    complaints.push(format!("low: {label} ({}) in {:?}", found.confidence, sentence.text));
                }
            } else if let Some(at) = missing.iter().position(|expected| **expected == label) {
                missing.remove(at);
                score.right += 1;
            } else {
                score.wrong += 1;
                complaints.push(format!("wrong: {label} ({}) in {:?}", found.confidence, sentence.text));
            }
        }
        complaints.extend(missing.iter().map(|label| format!("missing: {label} in {:?}", sentence.text)));
    }
    print("Labelled sentences", &scores);
    complaints.iter().for_each(|complaint| println!("{complaint}"));
    for (kind, score) in &scores {
        let floor = if CHECKED.contains(kind) { FLOOR_CHECKED } else { FLOOR };
        assert!(score.labelled >= 4, "too few labels of {}", kind.code());
        assert!(score.precision() >= floor, "{}: precision {:.3}", kind.code(), score.precision());
        assert!(score.recall() >= floor, "{}: recall {:.3}", kind.code(), score.recall());
    }
    let unlabelled = complaints.iter().filter(|complaint| complaint.starts_with("low")).count();
    assert!(unlabelled <= 5, "{unlabelled} finds of low confidence that nobody labelled");
}

#[derive(Deserialize)]
struct Answers {
    identifier: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    id: String,
    r#type: String,
    value: String,
    written: Vec<String>,
    files: Vec<String>,
}

impl Answer {
    /// The kind and the normal form of this answer, if its kind is one that is recognised.
    fn expected(&self) -> Option<(IdentifierKind, String)> {
        let plain = |separator: char| self.value.replace(separator, "");
        Some(match self.r#type.as_str() {
            "bsn" => (IdentifierKind::Bsn, self.value.clone()),
            "rsin" => (IdentifierKind::Rsin, self.value.clone()),
            "btw-id" => (IdentifierKind::VatId, self.value.clone()),
            "kvk" => (IdentifierKind::Kvk, self.value.clone()),
            "iban" => (IdentifierKind::Iban, self.value.clone()),
            "container" => (IdentifierKind::Container, self.value.clone()),
            "imo" => (IdentifierKind::Imo, self.value.clone()),
            "btc" | "eth" => (IdentifierKind::Crypto, self.value.clone()),
            "telefoon" => (IdentifierKind::Phone, format!("+31{}", self.value.strip_prefix('0')?)),
            "kenteken" => (IdentifierKind::Plate, plain('-')),
            "e-mail" => (IdentifierKind::Email, self.value.clone()),
            // Numbers that are not (yet) recognised: no kind of ours.
            "eori" | "mrn" | "paspoort" | "aktenummer" | "zegel" => return None,
            other => panic!("{}: a type that nobody has thought about: {other}", self.id),
        })
    }
}

/// The body of each source by the file that is rendered from it.
fn sources() -> BTreeMap<String, String> {
    fn walk(folder: &Path, sources: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).expect("a folder of the demo case") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, sources);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source");
            let (front, body) =
                text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).expect("front matter");
            let front: toml::Table = toml::from_str(front).expect("front matter in TOML");
            sources.insert(front["file"].as_str().expect("a file").to_owned(), body.to_owned());
        }
    }
    let mut found = BTreeMap::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../resources/demo-case/documents"), &mut found);
    found
}

#[test]
fn the_demo_case() {
    let answers =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../resources/demo-case/answers.toml"));
    let answers: Answers = toml::from_str(&answers.expect("the answer key")).expect("the answer key in TOML");
    let found: BTreeMap<String, (String, Vec<Identifier>)> = sources()
        .into_iter()
        .map(|(file, text)| {
            let found = find(&text);
            check_places(&text, &found);
            (file, (text, found))
        })
        .collect();
    let mut scores: BTreeMap<IdentifierKind, Score> = BTreeMap::new();
    let mut key: BTreeMap<IdentifierKind, Vec<String>> = BTreeMap::new();
    let mut complaints = Vec::new();
    for (answer, kind, normal) in
        answers.identifier.iter().filter_map(|answer| answer.expected().map(|(kind, normal)| (answer, kind, normal)))
    {
        key.entry(kind).or_default().push(normal.clone());
        for file in &answer.files {
            let (text, found) = found.get(file).unwrap_or_else(|| panic!("no source of {file}"));
            if !answer.written.iter().any(|written| text.contains(written.as_str())) {
                continue;
            }
            let score = scores.entry(kind).or_default();
            score.labelled += 1;
            match found
                .iter()
                .filter(|found| found.kind == kind && found.normal == normal)
                .max_by_key(|found| found.confidence)
            {
                Some(found) => {
                    score.right += 1;
                    score.low += usize::from(found.confidence < SURE);
                }
                None => complaints.push(format!("missing: {} {normal} in {file}", kind.code())),
            }
        }
    }
    // What is found beside the key: the key names the case's identifiers, and documents hold more plates and days than those.
    for (file, (_, found)) in &found {
        for found in found.iter().filter(|found| found.confidence >= SURE) {
            if key.get(&found.kind).is_some_and(|key| !key.contains(&found.normal)) {
                scores.entry(found.kind).or_default().wrong += 1;
                complaints.push(format!(
                    "beside the key: {} {} ({}) in {file}",
                    found.kind.code(),
                    found.value,
                    found.confidence
                ));
            }
        }
    }
    print("Demo case: a label is an identifier of the key in a document; `wrong` is what is beside the key", &scores);
    complaints.iter().for_each(|complaint| println!("{complaint}"));
    assert_eq!(scores.len(), 11, "kinds of the key");
    for (kind, score) in scores {
        assert!((score.recall() - 1.0).abs() < f64::EPSILON, "{}: recall {:.3}", kind.code(), score.recall());
    }
}
