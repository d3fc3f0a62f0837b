//! Tables in, and mappings out as a table.

mod common;

use common::{glossary, seed_files};
use koplamp_glossary::{Format, GlossaryError, Limits, Read, read, write};
use koplamp_model::{ConceptStatus, RowRefusal, TermKind};

fn take(bytes: &[u8]) -> Result<Read, GlossaryError> {
    read(Format::Csv, bytes, "douane", &Limits::default(), &mut |_| true)
}

#[test]
fn a_dutch_table_becomes_concepts() {
    let table = "\u{feff}Code;Term;Synoniemen;Jargon;Definitie;Bron;Status;Geldig vanaf;Ruimer;Contextwoorden;Kleur\n\
        A1;aangifte;douaneaangifte | invoeraangifte;AC4;\"Handeling waarmee iemand; goederen aangeeft\";DWU art. 5(12), https://eur-lex.europa.eu/x;vastgesteld;01-05-2016;;zending|container;rood\n\
        \n\
        A2;summiere aangifte;;ENS;Aangifte vooraf;;;;A1;;\n";
    let read = take(table.as_bytes()).expect("read");
    assert_eq!(read.rejected, []);
    assert_eq!(read.violations, [], "an example of how it should be");
    let [first, second] = read.glossary.concepts.as_slice() else { panic!("{:?}", read.glossary) };
    assert_eq!(first.iri, "urn:koplamp:glossary:douane:A1");
    assert_eq!((first.status, first.valid_from.as_deref()), (ConceptStatus::Accepted, Some("2016-05-01")));
    assert_eq!(first.definitions[0].text, "Handeling waarmee iemand; goederen aangeeft");
    assert_eq!(first.hints, ["container", "zending"]);
    assert_eq!(second.broader, std::slice::from_ref(&first.iri));
    let terms: Vec<(&str, TermKind)> = read
        .glossary
        .terms
        .iter()
        .filter(|term| term.concept == first.id)
        .map(|term| (term.form.text.as_str(), term.kind))
        .collect();
    assert_eq!(
        terms,
        [
            ("aangifte", TermKind::Preferred),
            ("douaneaangifte", TermKind::Alternative),
            ("invoeraangifte", TermKind::Alternative),
            ("AC4", TermKind::Jargon),
        ]
    );
    // It goes out and comes in again as the same.
    let turtle = write(Format::Turtle, &read.glossary, None).expect("written");
    let mut again = glossary(Format::Turtle, &turtle);
    again.concepts.iter_mut().for_each(|concept| concept.other.clear());
    again.terms.iter_mut().for_each(|term| term.other.clear());
    let sorted = |mut terms: Vec<koplamp_model::Term>| {
        terms.sort_by_key(|term| term.id);
        terms
    };
    assert_eq!(again.concepts, read.glossary.concepts);
    assert_eq!(sorted(again.terms), sorted(read.glossary.terms));
}

#[test]
fn english_headers_commas_and_old_encodings_are_understood() {
    let read = take(b"preferred term,definition,language\nd\xe9clarant,one who declares,EN\n").expect("read");
    assert_eq!(read.glossary.terms[0].form.text, "déclarant");
    assert_eq!(read.glossary.terms[0].form.language.as_deref(), Some("en"));
}

#[test]
fn rows_that_cannot_be_are_left_out_with_their_line() {
    let table = "term;definitie;code;status;geldig tot;taal;verwant;iri\n\
        a;een a;1;;;;;\n\
        ;geen term;2;;;;;\n\
        b;een b;1;;;;;\n\
        c;een c;3;misschien;;;;\n\
        d;een d;4;;31 mei;;;\n\
        e;een e;5;;;Nederlands;;\n\
        f;een f;6;;;;zoiets;\n\
        g;een g;;;;;;geen naam\n\
        h;;7;;;;;\n";
    let read = take(table.as_bytes()).expect("read");
    let lines: Vec<u64> = read.rejected.iter().map(|rejected| rejected.line).collect();
    assert_eq!(lines, [3, 4, 5, 6, 7, 9, 8], "{:?}", read.rejected);
    assert_eq!(read.glossary.concepts.len(), 3, "a, f and h");
    assert!(read.rejected[1].reason.contains("line 2 has the same concept"), "{}", read.rejected[1].reason);
    let why: Vec<RowRefusal> = read.rejected.iter().map(|rejected| rejected.why.clone()).collect();
    let cell = |cell: &str| cell.to_owned();
    assert_eq!(
        why,
        [
            RowRefusal::NoTerm,
            RowRefusal::Double { first: 2 },
            RowRefusal::NoStatus { cell: cell("misschien") },
            RowRefusal::NoDay { cell: cell("31 mei") },
            RowRefusal::NoLanguage { cell: cell("Nederlands") },
            RowRefusal::NoName { cell: cell("geen naam") },
            RowRefusal::Nothing { cell: cell("zoiets") },
        ]
    );
    let [violation] = read.violations.as_slice() else { panic!("{:?}", read.violations) };
    assert_eq!((violation.rule.as_str(), violation.line), ("definition-missing", Some(10)));
}

#[test]
fn a_day_that_is_not_on_the_calendar_is_refused() {
    let row = |day: &str| take(format!("term;definitie;geldig vanaf\na;een a;{day}\n").as_bytes()).expect("read");
    for day in ["2024-02-30", "2023-02-29", "31-04-2024", "2024-13-01", "2024-00", "2024-01-00"] {
        let read = row(day);
        assert_eq!((read.glossary.concepts.len(), read.rejected.len()), (0, 1), "{day}");
        assert!(read.rejected[0].reason.contains(day), "{}", read.rejected[0].reason);
    }
    for (day, known) in
        [("2024-02-29", "2024-02-29"), ("29/02/2024", "2024-02-29"), ("2024-12", "2024-12"), ("2024", "2024")]
    {
        assert_eq!(row(day).glossary.concepts[0].valid_from.as_deref(), Some(known));
    }
}

#[test]
fn a_table_that_is_none_is_refused() {
    assert!(matches!(take(b"naam;kleur\na;b\n"), Err(GlossaryError::Column { line: 1, what: "term", .. })));
    assert!(matches!(take(b"\n\nterm;kleur\na;b\n"), Err(GlossaryError::Column { line: 3, what: "definition", .. })));
    assert!(matches!(take(b""), Err(GlossaryError::Nothing { format: Format::Csv })));
    assert!(matches!(take(b"term;definitie\na;\"b\nc;d\n"), Err(GlossaryError::Malformed { line: 2, .. })));
    assert!(matches!(take(b"term;definitie\na;b\0\n"), Err(GlossaryError::Malformed { line: 2, .. })));
}

#[test]
fn mappings_go_out_as_sssom() {
    let whole: Vec<u8> = seed_files().into_iter().flat_map(|(_, bytes)| bytes).collect();
    let seed = glossary(Format::Turtle, &whole);
    let table = String::from_utf8(write(Format::Sssom, &seed, None).expect("written")).expect("text");
    let (header, rows): (Vec<&str>, Vec<&str>) = table.lines().partition(|line| line.starts_with('#'));
    assert!(header.contains(&"#  politie: \"https://koplamp.example/glossary/politie/\""), "{header:?}");
    assert_eq!(rows.len(), 1 + seed.mappings.len());
    let columns: Vec<&str> = rows[0].split('\t').collect();
    let cell = |row: &str, column: &str| {
        let at = columns.iter().position(|known| *known == column).expect("a column");
        row.split('\t').nth(at).expect("a cell").to_owned()
    };
    assert!(rows.iter().all(|row| row.split('\t').count() == columns.len()));
    let find = |from: &str, to: &str| {
        rows.iter().find(|row| cell(row, "subject_id") == from && cell(row, "object_id") == to).expect("a row")
    };
    let friend = find("politie:aangifte-strafbaar-feit", "belastingdienst:aangifte-belasting");
    assert_eq!(
        (cell(friend, "predicate_id"), cell(friend, "predicate_modifier")),
        ("skos:exactMatch".into(), "Not".into())
    );
    assert_eq!(
        (cell(friend, "subject_label"), cell(friend, "object_label")),
        ("aangifte".into(), "belastingaangifte".into())
    );
    assert!(
        cell(friend, "comment").contains("getuige") && cell(friend, "other").starts_with("status=proposed|basis=law")
    );
    let none = find("politie:stuurploeg", "sssom:NoTermFound");
    assert_eq!(cell(none, "object_source"), "glossary:belastingdienst");
    let compound = rows
        .iter()
        .find(|row| cell(row, "subject_id") == "fiod:signaal-fiod" && !cell(row, "object_type").is_empty())
        .expect("a row");
    assert_eq!(cell(compound, "object_id"), "(politie:aangifte-strafbaar-feit OR politie:melding-anoniem)");

    let own = String::from_utf8(write(Format::Sssom, &seed, Some("kmar")).expect("written")).expect("text");
    let own = own.lines().filter(|line| !line.starts_with('#')).count();
    assert!((2..rows.len()).contains(&own), "{own}");
}
