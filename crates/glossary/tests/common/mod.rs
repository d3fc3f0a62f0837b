//! Files to read, and graphs to compare, made by the parsers alone.
#![allow(dead_code, reason = "not every test uses all of it")]

pub mod broken;

use std::fs;
use std::path::{Path, PathBuf};

use koplamp_glossary::{Format, Limits, read};
use koplamp_model::Glossary;
use oxrdf::graph::CanonicalizationAlgorithm;
use oxrdf::{Graph, Triple};

/// The top folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("crates/glossary lies two below").to_owned()
}

/// The files of a folder with this ending, with their names, in order.
pub fn files(folder: &str, ending: &str) -> Vec<(String, Vec<u8>)> {
    let folder = repository().join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("listed").path())
        .filter(|path| path.extension().is_some_and(|known| known == ending))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} has no .{ending}", folder.display());
    let name = |path: &Path| path.file_name().expect("a file").to_string_lossy().into_owned();
    files.into_iter().map(|path| (name(&path), fs::read(&path).expect("readable"))).collect()
}

/// The files of the seed.
pub fn seed_files() -> Vec<(String, Vec<u8>)> {
    files("resources/glossary", "ttl")
}

/// The glossary of a file, of the police where it does not say whose.
#[track_caller]
pub fn glossary(format: Format, bytes: &[u8]) -> Glossary {
    read(format, bytes, "politie", &Limits::default(), &mut |_| true).expect("read").glossary
}

/// The graph of a file, by the parser alone.
#[track_caller]
pub fn graph_of(format: Format, bytes: &[u8]) -> Graph {
    match format {
        Format::Turtle => oxttl::TurtleParser::new().for_slice(bytes).collect::<Result<_, _>>().expect("Turtle"),
        Format::RdfXml => oxrdfxml::RdfXmlParser::new().for_slice(bytes).collect::<Result<_, _>>().expect("RDF/XML"),
        Format::JsonLd => oxjsonld::JsonLdParser::new()
            .for_slice(bytes)
            .map(|quad| quad.map(|quad| Triple::new(quad.subject, quad.predicate, quad.object)))
            .collect::<Result<_, _>>()
            .expect("JSON-LD"),
        other => panic!("{} is no graph", other.name()),
    }
}

/// Whether two graphs say the same, whatever their blank nodes are called.
pub fn isomorphic(one: &Graph, other: &Graph) -> bool {
    let canonical = |graph: &Graph| {
        let mut graph = graph.clone();
        graph.canonicalize(CanonicalizationAlgorithm::Unstable);
        graph
    };
    one.len() == other.len() && canonical(one) == canonical(other)
}
