//! The glossary in the vault: records, reviews and fixed senses as acts.

use koplamp_model::{
    Concept, ConceptId, ConceptStatus, Glossary, GlossaryId, GlossaryRecord, Scheme, SchemeId, Term, TermKind, Words,
};

use super::*;

/// A review as it was written before it said whose judgement it is.
const OLDER: &str = r#"{"kind":"mapping_reviewed","mapping":"00112233445566778899aabbccddeeff","organisation":"douane",
    "review":{"mapping":"00112233445566778899aabbccddeeff","organisation":"douane","verdict":"accept","reason":"Klopt",
    "person":"J. Jansen","versions":[1,1]}}"#;

/// A concept of an organisation, with one term for it.
fn concept(organisation: &str, word: &str, meaning: &str) -> Vec<GlossaryRecord> {
    let words = |text: &str| Words { text: text.into(), language: Some("nl".into()) };
    let iri = format!("urn:proef:{organisation}:{word}");
    let scheme = SchemeId::of(&[organisation.as_bytes()]);
    let id = ConceptId::of(&[iri.as_bytes()]);
    vec![
        GlossaryRecord::Scheme(Scheme {
            id: scheme,
            iri: format!("urn:proef:{organisation}"),
            organisation: organisation.into(),
            title: Vec::new(),
            version: None,
            other: String::new(),
        }),
        GlossaryRecord::Concept(Concept {
            id,
            scheme,
            iri,
            version: 1,
            definitions: vec![words(meaning)],
            sources: Vec::new(),
            scope_notes: Vec::new(),
            examples: Vec::new(),
            notes: Vec::new(),
            notation: None,
            status: ConceptStatus::Proposed,
            owner: None,
            valid_from: None,
            valid_to: None,
            broader: Vec::new(),
            narrower: Vec::new(),
            related: Vec::new(),
            hints: Vec::new(),
            used_by: Vec::new(),
            default_for: Vec::new(),
            other: String::new(),
        }),
        GlossaryRecord::Term(Term {
            id: Term::id_of(id, TermKind::Preferred, &words(word)),
            concept: id,
            form: words(word),
            kind: TermKind::Preferred,
            register: None,
            region: None,
            source: None,
            iri: None,
            other: String::new(),
        }),
    ]
}

fn change(organisation: &str, set: Vec<GlossaryRecord>, dropped: Vec<GlossaryId>) -> Vec<Operation> {
    vec![Operation::GlossaryChanged { organisation: organisation.into(), set, dropped }]
}

#[test]
fn records_of_the_glossary_are_set_and_dropped_and_come_back() {
    let (_place, vault) = Place::new();
    let (empty, records) =
        (vault.state_digest().unwrap(), concept("douane", "aangifte", "Een verklaring over goederen"));
    let made = vault.act(None, change("douane", records.clone(), Vec::new()), &[]).unwrap();
    assert!(made.glossary && made.documents.is_empty());
    assert_eq!((made.act.subject.as_deref(), made.act.count), (Some("aangifte"), 3));
    assert_eq!(vault.log(None, 1).unwrap().0[0].compartment, "douane", "it is in the stream of whose words they are");
    let full = vault.state_digest().unwrap();

    let dropped = vault.act(None, change("douane", Vec::new(), vec![records[1].id(), records[2].id()]), &[]).unwrap();
    assert_eq!(dropped.act.subject.as_deref(), Some("aangifte"), "what is gone keeps its name in the log");
    let left = vault.glossary().unwrap();
    assert_eq!((left.schemes.len(), left.concepts.len(), left.terms.len()), (1, 0, 0));
    vault.undo().unwrap().unwrap();
    assert_eq!(vault.state_digest().unwrap(), full);
    vault.undo().unwrap().unwrap();
    assert_eq!(vault.state_digest().unwrap(), empty);
    assert_eq!(vault.glossary().unwrap(), Glossary::default());
}

#[test]
fn only_words_whose_senses_may_differ_wait_for_the_index() {
    let (_place, vault) = Place::new();
    let waiting = || -> Vec<String> {
        let words = vault.changed_words().unwrap();
        vault.note_senses(&words, &[]).unwrap();
        words.into_iter().map(|(word, _)| word).collect()
    };
    let [one, other] = [concept("om", "zaak", "Een strafzaak"), concept("om", "dossier", "De stukken")];
    vault.act(None, change("om", [one.clone(), other].concat(), Vec::new()), &[]).unwrap();
    assert_eq!(waiting(), ["dossier", "zaak"]);
    assert_eq!(waiting(), [""; 0], "the index was told");
    vault.act(None, change("om", one.clone(), Vec::new()), &[]).unwrap();
    assert_eq!(waiting(), [""; 0], "the same again changes nothing");
    vault.act(None, change("om", concept("om", "zaak", "Iets anders"), Vec::new()), &[]).unwrap();
    assert_eq!(waiting(), ["zaak"]);
    vault.act(None, change("om", Vec::new(), vec![one[2].id()]), &[]).unwrap();
    let seen = vault.changed_words().unwrap();
    vault.undo().unwrap().unwrap();
    vault.note_senses(&seen, &[]).unwrap();
    assert_eq!(waiting(), ["zaak"], "what changed again after it was read still waits");
}

#[test]
fn a_fixed_sense_goes_with_its_document_and_has_it_indexed_again() {
    let (_place, vault) = Place::new();
    let document = import(&vault, "De aangifte is gedaan.");
    let records = concept("douane", "aangifte", "Een verklaring over goederen");
    let GlossaryId::Concept(sense) = records[1].id() else { panic!("the second record is the concept") };
    vault.act(None, change("douane", records, Vec::new()), &[]).unwrap();
    let indexed = vault.unindexed(10).unwrap();
    vault.confirm_index("n", &indexed).unwrap();
    let before = vault.state_digest().unwrap();
    let fixed = |concept| {
        let quote = "aangifte".to_owned();
        vec![Operation::SenseFixed { document, page: 1, start: 3, end: 11, quote, concept }]
    };
    let change = vault.act(None, fixed(Some(sense)), &[]).unwrap();
    assert_eq!((change.documents, change.act.subject.as_deref()), (vec![document], Some("aangifte")));
    assert_eq!(vault.unindexed(10).unwrap().len(), 1);
    assert_eq!(vault.log(None, 1).unwrap().0[0].compartment, "douane", "it is of the document's organisation");
    let there = vault.fixed_senses(document).unwrap();
    assert_eq!((there.len(), there[0].concept, there[0].start), (1, sense, 3));
    vault.act(None, fixed(None), &[]).unwrap();
    assert_eq!(vault.state_digest().unwrap(), before);
    vault.undo().unwrap().unwrap();
    assert_eq!(vault.fixed_senses(document).unwrap(), there);
    vault.undo().unwrap().unwrap();
    assert_eq!(vault.state_digest().unwrap(), before);
}

#[test]
fn a_review_is_in_the_stream_of_its_author_and_an_older_one_is_still_understood() {
    let (_place, vault) = Place::new();
    let older: Operation = serde_json::from_str(OLDER).unwrap();
    let Operation::MappingReviewed { review: Some(review), .. } = &older else { panic!("{older:?}") };
    assert_eq!((review.reviewer.as_deref(), review.person.as_str()), (None, "J. Jansen"));
    assert_eq!(serde_json::to_value(&older).unwrap(), serde_json::from_str::<serde_json::Value>(OLDER).unwrap());
    vault.act(None, vec![older], &[]).unwrap();
    let entry = &vault.log(None, 1).unwrap().0[0];
    assert_eq!(entry.compartment, vault.organisation(), "entered for another organisation, by one of our own");
    let (before, after) = vault.rebuild(reread).unwrap();
    assert_eq!(before, after);
}
