use koplamp_model::{Glossary, GlossaryRecord, Relation};
use proptest::prelude::*;

use super::*;
use crate::{Limits, Read, read};

const TURTLE: &[u8] = b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n\
    @prefix : <http://example.org/> .\n:s a skos:ConceptScheme ; dct:title \"S\"@nl .\n:t a skos:ConceptScheme ; dct:title \"T\"@nl .\n\
    :a a skos:Concept ; skos:inScheme :s ; skos:prefLabel \"a\"@nl ; dct:source [ dct:title \"wet\"@nl ] ; :p :q .\n\
    :b a skos:Concept ; skos:inScheme :t ; skos:prefLabel \"b\"@nl ; skos:definition \"een b\"@nl ; skos:closeMatch :a .\n";

fn answer(format: Format, file: &[u8], limits: &Limits) -> Vec<u8> {
    let request = serde_json::to_vec(&Request::new(format, "om")).expect("it is plain");
    let mut answer = Vec::new();
    perform(&request, file.to_vec(), limits, &mut answer).expect("a vector takes all");
    answer
}

fn received(answer: &[u8]) -> Result<Result<Read, Refused>, Disbelief> {
    receive(answer, &Limits::default())
}

fn here(format: Format, file: &[u8]) -> Read {
    read(format, file, "om", &Limits::default(), &mut |_| true).expect("read")
}

/// The lines of an answer that gives this glossary.
fn given(glossary: Glossary) -> Vec<u8> {
    let Glossary { schemes, concepts, terms, mappings, .. } = glossary;
    let schemes = schemes.into_iter().map(GlossaryRecord::Scheme);
    let concepts = concepts.into_iter().map(GlossaryRecord::Concept);
    let terms = terms.into_iter().map(GlossaryRecord::Term);
    let mappings = mappings.into_iter().map(GlossaryRecord::Mapping);
    let records = schemes.chain(concepts).chain(terms).chain(mappings);
    let parts = records.map(Part::Record).chain([Part::End]);
    parts.flat_map(|part| [serde_json::to_vec(&part).expect("plain"), b"\n".to_vec()].concat()).collect()
}

#[test]
fn the_process_adds_nothing() {
    let limits = Limits::default();
    let table = b"term;definitie\na;een a\n;geen\n";
    for (format, file) in [(Format::Turtle, TURTLE), (Format::Csv, table)] {
        let there = received(&answer(format, file, &limits)).expect("believed").expect("read");
        assert_eq!(there, here(format, file));
    }
    assert_eq!(here(Format::Turtle, TURTLE).glossary.mappings.len(), 1);
    assert!(!here(Format::Turtle, TURTLE).violations.is_empty());
}

#[test]
fn a_refusal_keeps_its_words() {
    let limits = Limits::default();
    for (format, file) in [
        (Format::Turtle, b":a :b\n".as_slice()),
        (Format::RdfXml, b"<!DOCTYPE x>\n<a/>"),
        (Format::JsonLd, b"{\"@context\": \"https://example.org/c\"}"),
        (Format::Csv, b"naam\nx\n"),
    ] {
        let here = read(format, file, "om", &limits, &mut |_| true).expect_err("refused").to_string();
        let there = received(&answer(format, file, &limits)).expect("believed").expect_err("refused");
        assert_eq!(there.to_string(), here);
    }
    let mut other = Vec::new();
    perform(b"{}", Vec::new(), &limits, &mut other).expect("a vector takes all");
    let refused = received(&other).expect("believed").expect_err("refused");
    assert!(refused.to_string().contains("another version"), "{refused}");
}

#[test]
fn lies_are_not_believed() {
    let sound = here(Format::Turtle, TURTLE).glossary;
    assert_eq!(received(&given(sound.clone())).expect("believed").expect("read").glossary, sound);
    type Change = fn(&mut Glossary);
    let changes: [Change; 14] = [
        |glossary| glossary.concepts[1] = glossary.concepts[0].clone(),
        |glossary| glossary.concepts[0].iri = "http://example.org/c".into(),
        |glossary| glossary.concepts[0].version = 0,
        |glossary| glossary.concepts[0].broader = vec!["geen naam".into()],
        |glossary| glossary.concepts[0].other.push_str("\n<a> <b> ."),
        |glossary| glossary.concepts[0].other.push_str("\n# gewoon commentaar"),
        |glossary| glossary.concepts[0].owner = Some("x".repeat(400_001)),
        |glossary| glossary.concepts[0].owner = Some("x\0".into()),
        |glossary| drop(glossary.schemes.remove(0)),
        |glossary| glossary.schemes[0].iri = "s".into(),
        |glossary| glossary.terms[0].form.text = "ander".into(),
        |glossary| drop(glossary.concepts.remove(0)),
        |glossary| glossary.mappings[0].to.clear(),
        |glossary| glossary.mappings[0].relation = Relation::NoEquivalent,
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut lie = sound.clone();
        change(&mut lie);
        assert!(matches!(received(&given(lie)), Err(Disbelief::Malformed(_))), "lie {number}");
    }
    let few = Limits { statements: 1, ..Limits::default() };
    assert!(receive(given(sound).as_slice(), &few).is_err(), "more than the limits allow");
}

#[test]
fn cut_or_lengthened_answers_are_refused() {
    let bytes = answer(Format::Turtle, TURTLE, &Limits::default());
    for length in 0..bytes.len() {
        assert!(received(&bytes[..length]).is_err(), "cut at {length}");
    }
    for more in ["x", "\n", "\"end\"\n"] {
        assert!(received(&[bytes.as_slice(), more.as_bytes()].concat()).is_err(), "{more:?}");
    }
    assert!(matches!(received(&vec![b' '; MAX_PART + 1]), Err(Disbelief::Malformed("a part is too long"))));
}

proptest! {
    /// Whatever comes, it is refused or can be written; the seed of a failure is printed by the test runner.
    #[test]
    fn changed_bytes_do_no_harm(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = answer(Format::Turtle, TURTLE, &Limits::default());
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(Ok(read)) = received(&bytes) {
            let _ = crate::write(Format::Turtle, &read.glossary, None);
        }
    }
}
