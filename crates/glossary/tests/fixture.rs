//! How often the sense of a word is right, and what that gives a search: on passages whose sense was decided by hand.
//!
//! The tables are printed by `cargo test -p koplamp-glossary --test fixture -- --nocapture`.

#![allow(clippy::print_stdout, reason = "the tables are the report of how well senses are told apart")]

mod demo;

use std::collections::{BTreeMap, BTreeSet};

use demo::{Document, by_slug, documents, seed, slug, text};
use koplamp_glossary::{Asked, Lexicon, Meanings, expand};
use koplamp_model::{ConceptId, Glossary, Kind, Relation, SenseBasis, SenseMark, SenseMode};
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    passage: Vec<Passage>,
}

/// A passage of `tests/data/glossary/passages.toml`.
#[derive(Deserialize)]
struct Passage {
    file: String,
    word: String,
    form: String,
    sense: String,
    hard: bool,
    quote: String,
}

#[derive(Deserialize)]
struct Answers {
    ambiguous: Vec<Ambiguous>,
}

#[derive(Deserialize)]
struct Ambiguous {
    word: String,
    sense: String,
    file: String,
    texts: Vec<String>,
}

#[derive(Deserialize)]
struct Senses {
    sense: Vec<SenseOf>,
}

#[derive(Deserialize)]
struct SenseOf {
    word: String,
    sense: String,
    concept: String,
}

/// A place in a document whose sense is known.
struct Judged {
    file: String,
    /// In characters of the document's text.
    at: (u32, u32),
    /// The word as a dictionary has it; none of a term that has one sense only.
    word: Option<String>,
    sense: ConceptId,
}

struct Case {
    glossary: Glossary,
    documents: BTreeMap<String, Document>,
    marks: BTreeMap<String, Vec<SenseMark>>,
    lexicon: Lexicon,
}

impl Case {
    fn new() -> Self {
        let (glossary, documents) = (seed(), documents());
        let lexicon = Lexicon::new(&glossary);
        let marks = documents
            .iter()
            .map(|(file, known)| (file.clone(), lexicon.marks(&known.body, &known.organisation, Kind::Md, &[])))
            .collect();
        Self { glossary, documents, marks, lexicon }
    }

    fn tell_wrong(&self, right: u32, judged: &Judged, sense: &str, quote: &str) {
        if right == 0 {
            let of = |mark: &SenseMark| (slug(&self.glossary, mark.sense.concept).to_owned(), mark.sense.clone());
            println!("{} is {sense}, not {:?}: {quote:?}", judged.file, self.mark(&judged.file, judged.at).map(of));
        }
    }

    fn mark(&self, file: &str, at: (u32, u32)) -> Option<&SenseMark> {
        self.marks[file].iter().find(|mark| mark.start < at.1 && at.0 < mark.end)
    }
}

fn characters(text: &str, byte: usize) -> u32 {
    u32::try_from(text[..byte].chars().count()).expect("a short text")
}

/// The place of a word in a passage of a document.
fn place(body: &str, quote: &str, form: &str) -> (u32, u32) {
    let passage = body.find(quote).unwrap_or_else(|| panic!("{quote:?} is not in its document"));
    let whole = |(at, _): &(usize, &str)| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(quote[..*at].chars().next_back()) && !letter(quote[at + form.len()..].chars().next())
    };
    let (at, _) = quote.match_indices(form).find(whole).unwrap_or_else(|| panic!("no {form:?} in {quote:?}"));
    let start = characters(body, passage + at);
    (start, start + u32::try_from(form.chars().count()).expect("a short word"))
}

fn fixture(case: &Case) -> Vec<(Judged, Passage)> {
    let fixture: Fixture = toml::from_str(&text("tests/data/glossary/passages.toml")).expect("the fixture");
    let judged = |passage: Passage| {
        let at = place(&case.documents[&passage.file].body, &passage.quote, &passage.form);
        let sense = by_slug(&case.glossary, &passage.sense).id;
        (Judged { file: passage.file.clone(), at, word: Some(passage.word.clone()), sense }, passage)
    };
    fixture.passage.into_iter().map(judged).collect()
}

#[derive(Default, Clone, Copy)]
struct Right {
    all: u32,
    right: u32,
    by_default: u32,
}

impl Right {
    fn add(&mut self, right: u32, by_default: u32) {
        *self = Self { all: self.all + 1, right: self.right + right, by_default: self.by_default + by_default };
    }
}

fn table_of(table: &BTreeMap<String, Right>) {
    println!("{:<16}{:>5}{:>9}{:>13}", "word", "", "right", "by default");
    for (row, count) in table {
        let share = |part: u32| 100.0 * f64::from(part) / f64::from(count.all.max(1));
        println!("{row:<16}{:>5}{:>8.0}%{:>12.0}%", count.all, share(count.right), share(count.by_default));
    }
}

/// What the organisation's default alone would say.
fn default(case: &Case, judged: &Judged) -> Option<ConceptId> {
    let organisation = &case.documents[&judged.file].organisation;
    let senses = case.lexicon.senses(judged.word.as_deref()?);
    let known = |sense: &ConceptId| case.glossary.concepts.iter().find(|known| known.id == *sense);
    senses.into_iter().find(|sense| known(sense).is_some_and(|known| known.default_for.contains(organisation)))
}

#[test]
fn senses_of_the_fixture() {
    let case = Case::new();
    let mut table: BTreeMap<String, Right> = BTreeMap::new();
    let mut sure = Right::default();
    for (judged, passage) in fixture(&case) {
        let mark = case.mark(&judged.file, judged.at);
        let chosen = mark.map(|mark| mark.sense.concept);
        let right = u32::from(chosen == Some(judged.sense));
        let by_default = u32::from(default(&case, &judged) == Some(judged.sense));
        if mark.is_some_and(|mark| mark.sense.basis != SenseBasis::Unsure) {
            sure.add(right, by_default);
        }
        let rows = [passage.word.as_str(), "~ together", if passage.hard { "~ hard" } else { "~ plain" }];
        for row in rows {
            table.entry(row.to_owned()).or_default().add(right, by_default);
        }
        case.tell_wrong(right, &judged, &passage.sense, &passage.quote);
    }
    table.insert("~ when sure".to_owned(), sure);
    table_of(&table);
    let together = table["~ together"];
    assert!(together.all >= 60 && together.right > together.by_default);
}

/// The answer key of the demo case, which was made before the glossary. Phrases that the glossary has as terms of their own are left out.
#[test]
fn senses_of_the_answer_key() {
    let case = Case::new();
    let answers: Answers = toml::from_str(&text("resources/demo-case/answers.toml")).expect("the answer key");
    let senses: Senses = toml::from_str(&text("resources/glossary/senses.toml")).expect("the senses");
    let mut table: BTreeMap<String, Right> = BTreeMap::new();
    for answer in &answers.ambiguous {
        let of = |sense: &&SenseOf| sense.word == answer.word && sense.sense == answer.sense;
        let Some(sense) = senses.sense.iter().find(of) else { continue };
        let sense = case.glossary.concepts.iter().find(|known| known.iri == sense.concept).expect("a concept").id;
        let Some(known) = case.documents.get(&answer.file) else { continue };
        for quote in answer.texts.iter().filter(|quote| known.body.contains(quote.as_str())) {
            let is_word = |word: &koplamp_language::Word| word.raw.to_lowercase().starts_with(&answer.word);
            let Some(word) = koplamp_language::words(quote).find(is_word) else { continue };
            let at = place(&known.body, quote, word.raw);
            let judged = Judged { file: answer.file.clone(), at, word: Some(answer.word.clone()), sense };
            let mark = case.mark(&judged.file, judged.at);
            if mark.is_some_and(|mark| (mark.start, mark.end) != at) {
                continue;
            }
            let right = u32::from(mark.is_some_and(|mark| mark.sense.concept == sense));
            let by_default = u32::from(default(&case, &judged) == Some(sense));
            for row in [answer.word.as_str(), "~ together"] {
                table.entry(row.to_owned()).or_default().add(right, by_default);
            }
            case.tell_wrong(right, &judged, &answer.sense, quote);
        }
    }
    table_of(&table);
    let together = table["~ together"];
    assert!(together.all >= 150 && together.right > together.by_default);
}

#[derive(Default, Clone, Copy)]
struct Found {
    relevant: u32,
    found: u32,
    right: u32,
}

impl Found {
    fn precision(&self) -> f64 {
        f64::from(self.right) / f64::from(self.found.max(1))
    }

    fn recall(&self) -> f64 {
        f64::from(self.right) / f64::from(self.relevant.max(1))
    }

    fn add(&mut self, relevant: bool, found: bool) {
        self.relevant += u32::from(relevant);
        self.found += u32::from(found);
        self.right += u32::from(relevant && found);
    }
}

/// Terms of one sense only, wherever they stand: their sense is known without looking. Found letter by letter, not by the lexicon.
fn certain(case: &Case) -> Vec<Judged> {
    let fold = koplamp_language::fold;
    let mut senses: BTreeMap<String, BTreeSet<ConceptId>> = BTreeMap::new();
    for term in &case.glossary.terms {
        senses.entry(fold(&term.form.text)).or_default().insert(term.concept);
    }
    let mut certain = Vec::new();
    for (file, known) in &case.documents {
        for word in koplamp_language::words(&known.body).filter(|word| word.parts == 1) {
            let one = senses.get(&fold(word.raw)).filter(|senses| senses.len() == 1).and_then(|senses| senses.first());
            if let Some(sense) = one.filter(|_| word.raw.chars().any(char::is_lowercase) && word.raw.len() > 3) {
                let at = (characters(&known.body, word.bytes.start), characters(&known.body, word.bytes.end));
                certain.push(Judged { file: file.clone(), at, word: None, sense: *sense });
            }
        }
    }
    certain
}

/// For each word of the fixture and each organisation that means something by it: who looks for that meaning wants the passages that have it, and
/// those that have what others call the same, nearly the same or narrower, under whatever word. Nothing of the seed is agreed, so
/// proposed mappings count.
#[test]
fn what_a_search_finds() {
    let case = Case::new();
    let meanings = Meanings::new(&case.glossary);
    let mut judged: Vec<Judged> = fixture(&case).into_iter().map(|(judged, _)| judged).collect();
    let words: BTreeSet<String> = judged.iter().filter_map(|judged| judged.word.clone()).collect();
    judged.extend(certain(&case));
    let organisations: BTreeSet<&str> = case.documents.values().map(|known| known.organisation.as_str()).collect();
    let modes = ["plain", "strict", "bridge", "with related"];
    let mut table: BTreeMap<String, [Found; 4]> = BTreeMap::new();
    for word in &words {
        for lens in &organisations {
            let senses = case.lexicon.senses(word);
            let own: BTreeSet<ConceptId> = senses.into_iter().filter(|sense| meanings.uses(lens, *sense)).collect();
            if !judged.iter().any(|judged| judged.word.as_ref() == Some(word) && own.contains(&judged.sense)) {
                continue;
            }
            let alike = |relation| matches!(relation, Relation::Same | Relation::NearlySame | Relation::Narrower);
            let mut wanted = own.clone();
            let ties = own.iter().flat_map(|concept| meanings.ties(*concept));
            wanted.extend(
                ties.filter(|tie| alike(tie.relation) && tie.compound().is_none()).flat_map(|tie| tie.others()),
            );
            let reached = |mode, with_related| {
                let off = BTreeSet::new();
                let asked = Asked { word, quoted: false, lens, mode, with_proposed: true, with_related, off: &off };
                let any = expand(&case.lexicon, &meanings, &asked).any;
                any.into_iter().flat_map(|way| way.all).map(|part| part.concept).collect::<BTreeSet<_>>()
            };
            let (strict, bridge) = (reached(SenseMode::Strict, false), reached(SenseMode::Bridge, false));
            let related = reached(SenseMode::Bridge, true);
            for judged in &judged {
                let mark = case.mark(&judged.file, judged.at).map(|mark| mark.sense.concept);
                let plain = judged.word.as_ref() == Some(word);
                let found = [
                    plain,
                    mark.is_some_and(|mark| strict.contains(&mark)),
                    mark.is_some_and(|mark| bridge.contains(&mark)),
                    mark.is_some_and(|mark| related.contains(&mark)),
                ];
                for row in [word.as_str(), "~ together"] {
                    let counts = table.entry(row.to_owned()).or_default();
                    for (count, found) in counts.iter_mut().zip(found) {
                        count.add(wanted.contains(&judged.sense), found);
                    }
                }
            }
        }
    }
    println!("{:<16}{}", "precision/recall", modes.map(|mode| format!("{mode:>16}")).concat());
    for (row, counts) in &table {
        let cell = |found: &Found| format!("{:>9.2} / {:.2}", found.precision(), found.recall());
        println!("{row:<16}{}", counts.each_ref().map(cell).concat());
    }
    for (word, [plain, strict, bridge, _]) in &table {
        assert!(strict.precision() >= plain.precision(), "{word}: strict must not find more that is wrong");
        assert!(bridge.recall() >= strict.recall(), "{word}: bridge must not lose what strict finds");
    }
    let [plain, strict, bridge, related] = table["~ together"];
    assert!(strict.precision() > plain.precision(), "strict must raise precision");
    assert!(bridge.recall() > plain.recall(), "bridge must raise recall");
    assert!(
        bridge.precision() > related.precision() && bridge.recall() >= related.recall(),
        "what is only related costs precision and gives nothing that was wanted: it waits until it is asked for"
    );
}
