//! Broken and hostile files: refused with their line, within bounds, without a panic.

mod common;

use common::{files, graph_of, isomorphic, seed_files};
use koplamp_glossary::{Format, GlossaryError, Limits, Read, read, write};
use proptest::prelude::*;

const PREFIXES: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
    @prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n\
    @prefix g: <https://koplamp.example/ns/glossary#> .\n@prefix : <http://example.org/> .\n";

fn take(format: Format, bytes: &[u8]) -> Result<Read, GlossaryError> {
    read(format, bytes, "politie", &Limits::default(), &mut |_| true)
}

fn refused(format: Format, bytes: impl AsRef<[u8]>) -> GlossaryError {
    take(format, bytes.as_ref()).expect_err("refused")
}

#[test]
fn a_broken_file_is_refused_with_its_line() {
    let rdf = "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\">\n";
    let concept = "<skos:Concept rdf:about=\"http://example.org/a\">\n<skos:prefLabel xml:lang=\"nl\">a";
    for (format, file, line) in [
        (Format::Turtle, format!("{PREFIXES}:a a skos:Concept ;\n  skos:prefLabel \"a\"@nl ;\n  nothing .\n"), 8),
        (Format::Turtle, format!("{PREFIXES}:a a skos:Concept ;\n  skos:prefLabel \"a\n"), 7),
        (Format::Turtle, format!("{PREFIXES}:a a skos:Concept ; skos:prefLabel \"a\"@nl"), 6),
        (Format::JsonLd, "{\"@context\": {},\n \"@id\": \"http://example.org/a\",\n \"@type\" \"b\"}".to_owned(), 3),
        (Format::JsonLd, "{\"@context\": {},\n \"@graph\": [".to_owned(), 2),
        (Format::JsonLd, "{\n \"@context\": {\"@vocab\": 7},\n \"a\": \"b\"}".to_owned(), 3),
        (Format::RdfXml, format!("{rdf}{concept}"), 4),
        (Format::RdfXml, format!("{rdf}{concept}</skos:prefLabel></rdf:RDF>"), 4),
        (Format::RdfXml, format!("{rdf}<x:a/></rdf:RDF>"), 3),
    ] {
        match refused(format, &file) {
            GlossaryError::Malformed { line: found, reason } => {
                assert_eq!(found, line, "{}: {reason}\n{file}", format.name());
            }
            other => panic!("{}: {other:?}", format.name()),
        }
    }
    let mut bytes = format!("{PREFIXES}:a a skos:Concept .\n").into_bytes();
    bytes.push(0xff);
    assert!(matches!(refused(Format::Turtle, &bytes), GlossaryError::Malformed { line: 7, .. }));
}

#[test]
fn rdf_xml_is_read_in_the_encoding_that_it_says() {
    let file = |encoding: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
             xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\">\n<skos:Concept rdf:about=\"http://example.org/a\">\n\
             <skos:prefLabel xml:lang=\"nl\">déclarant</skos:prefLabel></skos:Concept>\n</rdf:RDF>"
        )
    };
    let latin: Vec<u8> = file("ISO-8859-1").chars().map(|c| u8::try_from(u32::from(c)).expect("in Latin-1")).collect();
    let wide = |first: u16, bytes: fn(u16) -> [u8; 2]| {
        let text = file("UTF-16");
        std::iter::once(first).chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
    };
    for (name, bytes) in [
        ("UTF-8", file("UTF-8").into_bytes()),
        ("UTF-8 with its mark", [b"\xef\xbb\xbf".as_slice(), file("ISO-8859-1").as_bytes()].concat()),
        ("ISO-8859-1", latin.clone()),
        ("UTF-16, the little end first", wide(0xfeff, u16::to_le_bytes)),
        ("UTF-16, the big end first", wide(0xfeff, u16::to_be_bytes)),
    ] {
        let read = take(Format::RdfXml, &bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read.glossary.terms[0].form.text, "déclarant", "{name}");
    }
    let broken = String::from_utf8_lossy(&latin).replace("</rdf:RDF>", "<rdf:RDF>").replace('\u{fffd}', "e");
    assert!(
        matches!(refused(Format::RdfXml, broken), GlossaryError::Malformed { line: 5, .. }),
        "lines stay where they were"
    );
    let odd = [wide(0xfeff, u16::to_le_bytes), vec![0x00, 0xd8, 0x20, 0x00]].concat();
    assert!(matches!(refused(Format::RdfXml, odd), GlossaryError::Malformed { line: 5, .. }), "half a character");
}

#[test]
fn nothing_is_fetched() {
    for context in ["\"https://example.org/context.jsonld\"", "{\"@import\": \"https://example.org/context.jsonld\"}"] {
        let file = format!("{{\n\"@context\": {context},\n\"@id\": \"http://example.org/a\"}}");
        let refused = refused(Format::JsonLd, file);
        assert!(matches!(refused, GlossaryError::RemoteContext { line: 2 | 3 }), "{refused:?}");
    }
}

#[test]
fn entities_are_refused() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n\
        <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">&b;</rdf:RDF>";
    assert_eq!(refused(Format::RdfXml, bomb), GlossaryError::DocumentType { line: 2 });
    let late = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<!DOCTYPE x>\n</rdf:RDF>";
    assert_eq!(refused(Format::RdfXml, late), GlossaryError::DocumentType { line: 2 });
}

#[test]
fn nesting_has_a_bound() {
    let many = 1_000_000;
    let deep = "{\"http://example.org/p\":".repeat(many);
    let brackets = format!("{PREFIXES}:a :b {}", "[ :c ".repeat(many));
    let lists = format!("{PREFIXES}:a :b {}", "(".repeat(many));
    let open = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:e=\"http://example.org/\">";
    let elements = format!("{open}{}", "<e:a><e:b>".repeat(many));
    for (format, file) in
        [(Format::JsonLd, deep), (Format::Turtle, brackets), (Format::Turtle, lists), (Format::RdfXml, elements)]
    {
        let refused = refused(format, file);
        assert!(matches!(refused, GlossaryError::TooMany { limit: 100, .. }), "{refused:?}");
    }
    // What only looks like brackets is none.
    let text = "[({".repeat(500);
    let file = format!(
        "{PREFIXES}# {text}\n:a a skos:Concept ; skos:definition \"{text}\"@nl , '''{text}'{text}'''@en , '' .\n"
    );
    assert!(take(Format::Turtle, file.as_bytes()).is_ok());
}

#[test]
fn size_has_a_bound() {
    let long = format!("{PREFIXES}:a a skos:Concept ;\n skos:definition \"{}\"@nl .\n", "x".repeat(100_001));
    let refused_long = refused(Format::Turtle, long);
    assert!(matches!(refused_long, GlossaryError::TooMany { line: 7, limit: 100_000, .. }), "{refused_long:?}");
    // More than a parser takes into its own room.
    let huge = format!("{PREFIXES}:a a skos:Concept ;\n skos:definition \"{}\"@nl .\n", "x".repeat(40 << 20));
    assert!(matches!(refused(Format::Turtle, huge), GlossaryError::Malformed { .. } | GlossaryError::TooMany { .. }));
    let file = format!("{PREFIXES}:a a skos:Concept ; skos:prefLabel \"a\"@nl ; skos:definition \"a\"@nl .\n");
    let of = |limits: Limits| read(Format::Turtle, file.as_bytes(), "politie", &limits, &mut |_| true);
    let few = of(Limits { statements: 2, ..Limits::default() }).expect_err("refused");
    assert_eq!(few, GlossaryError::TooMany { line: 6, what: "statements", limit: 2 });
    let small = of(Limits { bytes: 10, ..Limits::default() }).expect_err("refused");
    assert_eq!(small, GlossaryError::TooLarge { found: file.len() as u64, limit: 10 });
    let many: String = (0..3_000).map(|n| format!(":c{n} a skos:Concept .\n")).collect();
    let stopped =
        read(Format::Turtle, format!("{PREFIXES}{many}").as_bytes(), "x", &Limits::default(), &mut |n| n < 2_000);
    assert_eq!(stopped, Err(GlossaryError::Stopped));
}

#[test]
fn names_that_are_not_whole_are_refused() {
    let rdf = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\">\n\
        <skos:Concept rdf:about=\"#a\"/></rdf:RDF>";
    let json = "{\"@id\": \"a\", \"@type\": \"http://www.w3.org/2004/02/skos/core#Concept\"}";
    let turtle = format!("{PREFIXES}<a> a skos:Concept .\n");
    for (format, file, name) in
        [(Format::Turtle, turtle.as_str(), "a"), (Format::RdfXml, rdf, "#a"), (Format::JsonLd, json, "a")]
    {
        match refused(format, file) {
            GlossaryError::NoBase { name: found, .. } => assert_eq!(found, name, "{}", format.name()),
            other => panic!("{}: {other:?}", format.name()),
        }
    }
    let based = format!("@base <http://example.org/> .\n{turtle}");
    assert_eq!(take(Format::Turtle, based.as_bytes()).expect("read").glossary.concepts[0].iri, "http://example.org/a");
}

#[test]
fn what_is_no_glossary_is_refused() {
    assert_eq!(refused(Format::Turtle, ""), GlossaryError::Nothing { format: Format::Turtle });
    let other = "<http://example.org/a> <http://example.org/b> <http://example.org/c> .";
    assert_eq!(refused(Format::Turtle, other), GlossaryError::Nothing { format: Format::Turtle });
    assert_eq!(refused(Format::Sssom, ""), GlossaryError::OnlyWritten { format: Format::Sssom });
}

#[test]
fn circles_are_told_and_not_followed() {
    let chain: String =
        (0..20_000).map(|n| format!(":c{n} a skos:Concept ; skos:broader :c{} .\n", (n + 1) % 20_000)).collect();
    let read = take(Format::Turtle, format!("{PREFIXES}{chain}").as_bytes()).expect("read");
    let told: Vec<_> = read.violations.iter().filter(|violation| violation.rule == "wider-cycle").collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].message.chars().count() < 300, "{}", told[0].message);
    // Each with each: ninety thousand steps, half of which lead back.
    let all: String = (0..300)
        .map(|n| {
            format!(
                ":c{n} a skos:Concept ; skos:broader {} .\n",
                (0..300).map(|m| format!(":c{m}")).collect::<Vec<_>>().join(",")
            )
        })
        .collect();
    let read = take(Format::Turtle, format!("{PREFIXES}{all}").as_bytes()).expect("read");
    assert!(read.violations.iter().any(|violation| violation.rule == "wider-cycle"));
    let own = format!("{PREFIXES}:a a skos:Concept ; skos:narrower :a .\n");
    let read = take(Format::Turtle, own.as_bytes()).expect("read");
    assert!(read.violations.iter().any(|violation| violation.rule == "wider-cycle"));
}

#[test]
fn a_million_blank_nodes_are_read() {
    let mut file = format!("{PREFIXES}:a a skos:Concept");
    (0..500_000).for_each(|n| file.push_str(&format!(" ; :p _:b{n}")));
    file.push_str(" .\n");
    (0..500_000).for_each(|n| file.push_str(&format!("_:c{n} :q 1 .\n")));
    let read = take(Format::Turtle, file.as_bytes()).expect("read");
    let lines = |other: &str| other.lines().filter(|line| !line.starts_with('#')).count();
    assert_eq!(lines(&read.glossary.concepts[0].other), 500_000);
    assert_eq!(lines(&read.glossary.schemes[0].other), 500_000);
}

#[test]
fn blank_nodes_in_a_ring_come_out_as_a_ring() {
    let many = 2_000;
    let mut file = format!("{PREFIXES}:a a skos:Concept .\n");
    // Nothing but their number tells these apart.
    (0..many).for_each(|n| file.push_str(&format!("_:b{n} :q _:b{} .\n", (n + 1) % many)));
    let read = take(Format::Turtle, file.as_bytes()).expect("read");
    let written = write(Format::Turtle, &read.glossary, None).expect("written");
    let graph = graph_of(Format::Turtle, &written);
    assert_eq!(graph.len(), many + 1);
    let start = graph.iter().find(|triple| triple.subject.is_blank_node()).expect("there").subject.into_owned();
    let mut seen = std::collections::HashSet::new();
    let mut at = start.clone();
    while seen.insert(at.clone()) {
        let next = graph.triples_for_subject(&at).next().expect("a next").object.into_owned();
        at = next.try_into().expect("a node");
    }
    assert_eq!((seen.len(), at), (many, start), "one ring");
}

#[test]
fn blank_nodes_of_two_files_stay_apart() {
    let one = format!("{PREFIXES}:a a skos:Concept ; dct:source [ dct:title \"x\"@nl ; :q [ :r 1 ] ] .\n");
    let other = one.replace(":a a", ":b a");
    let mut both = take(Format::Turtle, one.as_bytes()).expect("read").glossary;
    let second = take(Format::Turtle, other.as_bytes()).expect("read").glossary;
    both.concepts.extend(second.concepts);
    let written = write(Format::Turtle, &both, None).expect("written");
    let together = format!("{one}{other}");
    let (found, wanted) = (graph_of(Format::Turtle, &written), graph_of(Format::Turtle, together.as_bytes()));
    assert!(isomorphic(&found, &wanted), "{}", String::from_utf8_lossy(&written));
}

/// A graph without what it says of where things stand: of a mapping that is worked out, and never taken from a file.
fn without_standing(graph: &oxrdf::Graph) -> oxrdf::Graph {
    let status = "https://koplamp.example/ns/glossary#status";
    graph.iter().filter(|triple| triple.predicate.as_str() != status).collect()
}

/// A file of each format that has something of everything.
fn samples() -> Vec<(Format, Vec<u8>)> {
    let small = |bytes: Vec<u8>, most: usize| bytes.into_iter().take(most).collect::<Vec<u8>>();
    let seed = seed_files().into_iter().find(|(name, _)| name == "mappings.ttl").expect("there").1;
    vec![
        (Format::Turtle, small(seed, 6_000)),
        (Format::RdfXml, files("tests/data/glossary/public", "rdf").remove(1).1),
        (Format::JsonLd, small(files("tests/data/glossary/public", "jsonld").remove(0).1, 6_000)),
        (Format::Csv, b"term;definitie;bron\naangifte;\"een | twee\";Sv 161\n".to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever bytes come, they are refused or read; the seed of a failure is printed by the test runner.
    #[test]
    fn random_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for format in Format::ALL {
            let _ = take(format, &bytes);
        }
    }

    /// Files in which something was changed are refused, or read and written again as the same graph.
    #[test]
    fn changed_files_do_no_harm(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..3, any::<u8>()), 1..8),
    ) {
        const MARKS: &[u8] = b"<>\"'[](){}.;,@^_:#\\/& \n0aZ\xc3\x00";
        for (format, mut bytes) in samples() {
            for (at, how, byte) in &changes {
                let at = at.index(bytes.len().max(1)).min(bytes.len());
                let mark = MARKS[usize::from(*byte) % MARKS.len()];
                match how {
                    0 if at < bytes.len() => bytes[at] = mark,
                    1 if at < bytes.len() => drop(bytes.remove(at)),
                    _ => bytes.insert(at, mark),
                }
            }
            if let Ok(read) = take(format, &bytes) {
                let written = write(Format::Turtle, &read.glossary, None).expect("what was read can be written");
                if format == Format::Turtle {
                    let [was, is] = [&bytes, &written].map(|turtle| without_standing(&graph_of(format, turtle)));
                    prop_assert!(isomorphic(&was, &is));
                }
                let again = take(Format::Turtle, &written).expect("what was written can be read").glossary;
                if format == Format::Csv {
                    // What the table has in a cell, the file has in several statements.
                    let twice = write(Format::Turtle, &again, None).expect("what was read can be written");
                    prop_assert_eq!(String::from_utf8(twice), String::from_utf8(written));
                } else {
                    prop_assert_eq!(again, read.glossary);
                }
            }
        }
    }
}
