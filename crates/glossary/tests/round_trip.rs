//! What is read comes out as the same graph, whatever it holds.

mod common;

use common::{files, glossary, graph_of, isomorphic, seed_files};
use koplamp_glossary::{Format, write};

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
