//! What is read comes out as the same graph, whatever it holds.

mod common;

use common::broken::{PREFIXES, SOUND};
use common::{files, glossary, graph_of, isomorphic, seed_files};
use koplamp_glossary::{Format, write};
use koplamp_model::{Review, ReviewVerdict};
use oxrdf::{NamedNodeRef, TermRef};

#[test]
fn every_file_of_the_seed_comes_out_as_the_same_graph() {
    for (name, bytes) in seed_files() {
        check(&name, Format::Turtle, &bytes);
    }
}

#[test]
fn the_whole_seed_comes_out_as_the_same_graph() {
    let whole: Vec<u8> = seed_files().into_iter().flat_map(|(_, bytes)| bytes).collect();
    check("the whole seed", Format::Turtle, &whole);
}

#[test]
fn files_of_other_makers_come_out_as_the_same_graphs() {
    for (ending, format) in [("ttl", Format::Turtle), ("rdf", Format::RdfXml), ("jsonld", Format::JsonLd)] {
        for (name, bytes) in files("tests/data/glossary/public", ending) {
            check(&name, format, &bytes);
        }
    }
}

#[test]
fn what_is_said_of_a_note_or_a_source_is_not_lost() {
    for (name, more) in [
        ("a scope note", ":a skos:scopeNote [ :value \"N\"@nl ; dct:source \"boek\" ; dct:creator \"ik\" ] ."),
        ("a definition", ":a skos:definition [ :value \"D\"@nl ; dct:source \"boek\" ; g:context \"boek\" ] ."),
        ("a source", ":a dct:source [ dct:title \"wet\"@nl ; dct:source \"blad\" ] ."),
        (
            "an example",
            ":a skos:example [ :value \"V\"@nl ; g:defaultFor \"fiod\" ; dct:source [ dct:title \"b\" ] ] .",
        ),
        (
            "a label",
            ":a skosxl:altLabel [ a skosxl:Label ; skosxl:literalForm \"c\"@nl ; :note [ dct:source \"boek\" ] ] .",
        ),
        (
            "a mapping",
            ":m a sssom:Mapping ; owl:annotatedSource :a ; owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget :x ;\n\
             g:difference \"d\"@nl ; :note [ g:proposedBy \"fiod\" ; g:status \"oud\" ; skos:exactMatch :y ] .",
        ),
    ] {
        check(name, Format::Turtle, format!("{PREFIXES}{SOUND}{more}\n").as_bytes());
    }
}

#[test]
fn where_a_mapping_stands_is_not_for_a_file_to_say() {
    let tie = ":m a sssom:Mapping ; owl:annotatedSource :a ; owl:annotatedProperty skos:relatedMatch ; owl:annotatedTarget :x .";
    let status = NamedNodeRef::new("https://koplamp.example/ns/glossary#status").expect("a name");
    let mapping = NamedNodeRef::new("http://example.org/m").expect("a name");
    for planted in ["agreed", "proposed", "Agreed", "zeker"] {
        let file = format!("{PREFIXES}{SOUND}{tie}\n:m g:status \"{planted}\" .\n");
        let mut read = glossary(Format::Turtle, file.as_bytes());
        let mut says = |accepted: &[&str], expected: &str| {
            let mapping_id = read.mappings[0].id;
            read.reviews = accepted
                .iter()
                .map(|organisation| Review {
                    mapping: mapping_id,
                    organisation: (*organisation).into(),
                    verdict: ReviewVerdict::Accept,
                    reason: String::new(),
                    reviewer: None,
                    person: "J. Jansen".into(),
                    versions: vec![1, 1],
                })
                .collect();
            for format in [Format::Turtle, Format::JsonLd] {
                let graph = graph_of(format, &write(format, &read, None).expect("written"));
                let said: Vec<_> = graph
                    .objects_for_subject_predicate(mapping, status)
                    .map(|said| match said {
                        TermRef::Literal(literal) => literal.value().to_owned(),
                        other => other.to_string(),
                    })
                    .collect();
                assert_eq!(said, [expected], "{planted}, accepted by {accepted:?}");
            }
        };
        says(&[], "proposed");
        says(&["politie", "douane"], "agreed");
    }
    // What the file does not say is not added, as long as nobody has said a word.
    check("no status", Format::Turtle, format!("{PREFIXES}{SOUND}{tie}\n").as_bytes());
}

#[test]
fn languages_are_written_as_they_are_registered() {
    let labels = r#":a skos:altLabel "b"@nl-BE , "c"@zh-Hant-TW , "d"@de-CH-1901 , "e"@en-x-ab-abcd , "f"@FY ."#;
    let read = glossary(Format::Turtle, format!("{PREFIXES}{SOUND}{labels}\n").as_bytes());
    for (format, before, after) in [(Format::Turtle, "\"@", ""), (Format::JsonLd, "\"@language\":\"", "\"")] {
        let written = String::from_utf8(write(format, &read, None).expect("written")).expect("text");
        for tag in ["nl-BE", "zh-Hant-TW", "de-CH-1901", "en-x-ab-abcd", "fy", "nl"] {
            assert!(written.contains(&format!("{before}{tag}{after}")), "{tag} in {}: {written}", format.name());
        }
    }
}

/// Reads a file, writes it both ways, and compares graphs; reads what was written, and compares glossaries.
#[track_caller]
fn check(name: &str, format: Format, bytes: &[u8]) {
    let first = glossary(format, bytes);
    let graph = graph_of(format, bytes);
    for out in [Format::Turtle, Format::JsonLd] {
        let written = write(out, &first, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(isomorphic(&graph, &graph_of(out, &written)), "{name} as {}", out.name());
        assert_eq!(glossary(out, &written), first, "{name} as {}", out.name());
    }
}
