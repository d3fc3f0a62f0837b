//! Glossaries in the real worker process: what it answers, and what a hostile file can do, which is nothing.

use std::path::Path;

use koplamp_glossary::task::{Refused, Request, receive};
use koplamp_glossary::{Format, Read, read};
use koplamp_intake::{Limits, TaskError, Worker};

fn taken(format: Format, file: &[u8]) -> Result<Result<Read, Refused>, TaskError> {
    let worker = Worker::at(env!("CARGO_BIN_EXE_koplamp-worker"), Limits::of_tables());
    let request = serde_json::to_vec(&Request::new(format, "om")).expect("it is plain");
    let receive = |pipe: &mut dyn std::io::Read| receive(pipe, &koplamp_glossary::Limits::default());
    worker.run("glossary", &request, file, receive, &|| false)
}

#[test]
fn reads_what_the_reader_reads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../resources/glossary");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "ttl"));
    files.sort();
    let bytes: Vec<u8> = files.into_iter().flat_map(|path| std::fs::read(path).unwrap()).collect();
    let here = read(Format::Turtle, &bytes, "om", &koplamp_glossary::Limits::default(), &mut |_| true).unwrap();
    assert!(here.glossary.concepts.len() > 100);
    let there = taken(Format::Turtle, &bytes).unwrap().unwrap();
    assert!(there == here, "the process adds nothing and loses nothing");
}

#[test]
fn a_bad_file_is_refused_with_its_line() {
    let deep = format!("<a> <b> {}", "[ <c> ".repeat(1_000_000));
    for (format, file, said) in [
        (Format::Turtle, "@prefix a: <http://example.org/> .\na:b a:c\n", "line 3"),
        (Format::Turtle, deep.as_str(), "line 1"),
        (Format::JsonLd, "{\n\"@context\": \"https://example.org/context\"}", "line 2"),
        (Format::RdfXml, "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aa\">]>\n<x/>", "line 2"),
        (Format::Csv, "naam;kleur\nx;y\n", "line 1"),
    ] {
        let refused = taken(format, file.as_bytes()).unwrap().expect_err("refused").to_string();
        assert!(refused.contains(said), "{refused}");
    }
}
