use koplamp_model::{DraftValue, Exchange, Position, Schema};
use proptest::prelude::*;

use super::*;
use crate::{Limits, TableKind, map, propose, read, read_table};

const FTM: &[u8] = br#"{"id":"p1","schema":"Person","properties":{"name":["Ada"]}}
{"id":"p1","schema":"Person","properties":{"nationality":["nl"]}}
{"id":"c1","schema":"Company","properties":{"name":["Baken"]}}
{"id":"d1","schema":"Directorship","properties":{"director":["p1"],"organization":["c1"]}}
{"id":"d2","schema":"Directorship","properties":{"director":["p1"],"organization":["c9"]}}
"#;
const TABLE: &[u8] = b"Datum;Rekening;Tegenrekening;Naam tegenpartij;Bedrag;Af Bij;Omschrijving\n\
    01-03-2025;NL50KOPL0063005808;NL22KOPL0000000001;Partij;10,00;Af;een\n\
    02-03-2025;NL50KOPL0063005808;NL22KOPL0000000002;Ander;11,00;Bij;twee\n\
    31-02-2025;NL50KOPL0063005808;NL22KOPL0000000001;Partij;10,00;Af;geen dag\n";

fn schema() -> &'static Schema {
    Schema::built_in()
}

fn answer(what: What, file: &[u8], limits: &Limits) -> Vec<u8> {
    let request = serde_json::to_vec(&Request { schema: schema().version.clone(), what }).expect("it is plain");
    let mut answer = Vec::new();
    perform(&request, file.to_vec(), schema(), limits, &mut answer).expect("a vector takes all");
    answer
}

fn received(answer: &[u8]) -> Result<Result<Exchange, Refused>, Disbelief> {
    receive(answer, &Limits::default())
}

fn table() -> crate::Table {
    read_table(TABLE, TableKind::Csv, &Limits::default(), &mut |_| true).expect("a table")
}

/// The lines of an answer that gives these drafts.
fn given(drafts: Vec<Draft>) -> Vec<u8> {
    let parts = drafts.into_iter().map(Part::Draft).chain([Part::End(0)]);
    parts.flat_map(|part| [serde_json::to_vec(&part).expect("plain"), b"\n".to_vec()].concat()).collect()
}

#[test]
fn the_process_adds_nothing() {
    let limits = Limits::default();
    let here = read(Format::Ftm, FTM, schema(), &limits, &mut |_| true).expect("read");
    assert_eq!((here.drafts.len(), here.merged, here.rejected.len()), (3, 1, 1));
    assert_eq!(received(&answer(What::Read(Format::Ftm), FTM, &limits)).expect("believed").expect("read"), here);

    let (table, guessed) = (table(), propose(&table(), schema()));
    let here = map(&table, &guessed, schema(), &limits, &mut |_| true).expect("mapped");
    assert_eq!((here.drafts.len(), here.rejected.len()), (5, 1));
    assert_eq!(received(&answer(What::Map(guessed.clone()), TABLE, &limits)).expect("believed").expect("read"), here);

    for asked in [None, Some(guessed.clone())] {
        let tried = answer(What::Try(asked.clone()), TABLE, &limits);
        let tried = receive_trial(tried.as_slice(), asked.as_ref(), &limits).expect("believed").expect("read");
        assert_eq!((tried.total, tried.entities, tried.links), (3, 3, 2));
        assert_eq!(
            (tried.columns.as_slice(), &tried.mapping, &tried.rejected),
            (table.columns(), &guessed, &here.rejected)
        );
        let rows: Vec<Vec<&str>> = table.rows().map(|row| row.cells().collect()).collect();
        assert_eq!(tried.rows, rows);
    }
}

#[test]
fn a_refusal_keeps_its_words() {
    let limits = Limits::default();
    for (format, file) in [
        (Format::Ftm, b"{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{}}\n{\"id\":".as_slice()),
        (Format::GraphMl, b"<!DOCTYPE x>\n<graphml/>"),
        (Format::Csv, b"naam;plaats\nx;y\n"),
    ] {
        let here = read(format, file, schema(), &limits, &mut |_| true).expect_err("refused").to_string();
        let there = received(&answer(What::Read(format), file, &limits)).expect("believed").expect_err("refused");
        assert_eq!(there.to_string(), here);
    }
    let few = Limits { nodes: 1, ..Limits::default() };
    let refused = received(&answer(What::Read(Format::Ftm), FTM, &few)).expect("believed").expect_err("refused");
    assert!(refused.to_string().contains("more than 1 nodes"), "{refused}");
    let mapping = Mapping { entities: Vec::new(), links: Vec::new() };
    let other = Request { schema: "1999-01-01".into(), what: What::Try(Some(mapping)) };
    for request in [serde_json::to_vec(&other).expect("plain"), b"{}".to_vec(), Vec::new()] {
        let mut answer = Vec::new();
        perform(&request, Vec::new(), schema(), &limits, &mut answer).expect("a vector takes all");
        let refused = receive_trial(answer.as_slice(), None, &limits).expect("believed").expect_err("refused");
        assert!(refused.to_string().contains("another version"), "{refused}");
    }
}

#[test]
fn a_refusal_is_one_line_of_a_bearable_length() {
    let said = serde_json::to_vec(&Part::Refused(format!("een\ntwee\u{1b}[31m{}", "x".repeat(5_000)))).expect("plain");
    let refused = received(&[said, b"\n".to_vec()].concat()).expect("believed").expect_err("refused").to_string();
    assert!(refused.starts_with("een twee [31m") && refused.chars().count() == 1_000, "{refused}");
}

#[test]
fn a_record_too_long_for_the_pipe_is_refused_with_its_line() {
    // Two values of 40 MB each, where the limits would allow it.
    let long = "x".repeat(40 << 20);
    let file = format!("{{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"{long}\",\"{long}y\"]}}}}");
    let limits = Limits { value: 100 << 20, ..Limits::default() };
    let refused = received(&answer(What::Read(Format::Ftm), file.as_bytes(), &limits)).expect("believed");
    let refused = refused.expect_err("refused").to_string();
    assert!(refused.starts_with("line 1: more than") && refused.contains("bytes of one record"), "{refused}");
}

#[test]
fn lies_are_not_believed() {
    let draft = |key: &str| Draft {
        key: key.into(),
        kind: "Person".into(),
        properties: [("name".to_owned(), vec![DraftValue::Text("Ada".into())])].into(),
        line: 1,
        quote: "Ada".into(),
        position: Some(Position { x: 1.0, y: -1.0 }),
    };
    let sound = vec![draft("a"), draft("b")];
    assert_eq!(received(&given(sound.clone())).expect("believed").expect("read").drafts, sound);
    type Change = fn(&mut Vec<Draft>);
    let changes: [Change; 9] = [
        |drafts| drafts[1].key = "a".into(),
        |drafts| drafts[1].key = String::new(),
        |drafts| drafts[1].key = "k".repeat(100_001),
        |drafts| drafts[1].kind = "k".repeat(100_001),
        |drafts| drafts[1].quote = "q".repeat(501),
        |drafts| drop(drafts[1].properties.insert("name".into(), vec![DraftValue::Text("v".repeat(100_001))])),
        |drafts| drop(drafts[1].properties.insert("p".repeat(100_001), Vec::new())),
        |drafts| drop(drafts[1].properties.insert("owner".into(), vec![DraftValue::Key("c".into())])),
        // JSON has no such number; it becomes a null.
        |drafts| drafts[1].position = Some(Position { x: f64::INFINITY, y: 0.0 }),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut lie = sound.clone();
        change(&mut lie);
        assert!(matches!(received(&given(lie)), Err(Disbelief::Malformed(_))), "lie {number}");
    }
    let few = Limits { nodes: 1, links: 0, ..Limits::default() };
    assert!(receive(given(sound.clone()).as_slice(), &few).is_err(), "more than the limits allow");
    let huge = String::from_utf8(given(sound)).expect("JSON").replace("-1.0", "-1e999");
    assert!(received(huge.as_bytes()).is_err(), "an endless number");
}

#[test]
fn lies_of_a_trial_are_not_believed() {
    let guessed = propose(&table(), schema());
    let tried = || Tried {
        columns: table().columns().to_vec(),
        rows: vec![vec!["x".into()]; 3],
        total: 3,
        mapping: guessed.clone(),
        entities: 3,
        links: 2,
    };
    let receive = |tried, given| {
        let line = [serde_json::to_vec(&Part::Tried(tried)).expect("plain"), b"\n".to_vec()].concat();
        receive_trial(line.as_slice(), given, &Limits::default())
    };
    assert!(receive(tried(), None).is_ok());
    type Change = fn(&mut Tried);
    let changes: [Change; 7] = [
        |tried| tried.columns = (0..1_025).map(|n| n.to_string()).collect(),
        |tried| tried.columns[1] = tried.columns[0].clone(),
        |tried| tried.columns[1] = String::new(),
        |tried| tried.rows = vec![Vec::new(); 9],
        |tried| tried.total = 2,
        |tried| tried.rows[0][0] = "x".repeat(1_001),
        |tried| tried.mapping.links[0].properties[0].column = "nergens".into(),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut lie = tried();
        change(&mut lie);
        assert!(receive(lie, None).is_err(), "lie {number}");
    }
    let mut lie = tried();
    lie.mapping = Mapping::default();
    let kept = receive(lie, Some(&guessed)).expect("believed").expect("read");
    assert_eq!(kept.mapping, guessed, "what was asked stands, whatever the answer says");
}

#[test]
fn cut_or_lengthened_answers_are_refused() {
    let bytes = answer(What::Read(Format::Ftm), FTM, &Limits::default());
    for length in 0..bytes.len() {
        assert!(received(&bytes[..length]).is_err(), "cut at {length}");
    }
    for more in ["x", "\n", "{\"end\":0}\n"] {
        assert!(received(&[bytes.as_slice(), more.as_bytes()].concat()).is_err(), "{more:?}");
    }
    let tried = answer(What::Try(None), TABLE, &Limits::default());
    assert!(received(&tried).is_err(), "an answer to another question");
    assert!(receive_trial(bytes.as_slice(), None, &Limits::default()).is_err(), "an answer to another question");
    assert!(matches!(received(&vec![b' '; MAX_PART + 1]), Err(Disbelief::Malformed("a part is too long"))));
}

proptest! {
    /// Whatever comes, it is refused or obeys the rules; the seed of a failure is printed by the test runner.
    #[test]
    fn changed_bytes_do_no_harm(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = answer(What::Read(Format::Ftm), FTM, &Limits::default());
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(Ok(exchange)) = received(&bytes) {
            let keys: std::collections::BTreeSet<&str> = exchange.drafts.iter().map(|draft| draft.key.as_str()).collect();
            prop_assert_eq!(keys.len(), exchange.drafts.len());
            for value in exchange.drafts.iter().flat_map(|draft| draft.properties.values().flatten()) {
                prop_assert!(!matches!(value, DraftValue::Key(key) if !keys.contains(key.as_str())));
            }
        }
    }
}
