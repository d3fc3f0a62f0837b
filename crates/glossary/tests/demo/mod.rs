//! The seed, and the documents of the demo case.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use koplamp_glossary::{Format, Limits, read};
use koplamp_model::{ConceptId, Glossary};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The whole seed as one glossary.
pub fn seed() -> Glossary {
    let mut turtle = String::new();
    for name in ["belastingdienst", "douane", "fiod", "kmar", "om", "politie", "mappings"] {
        turtle.push_str(&text(&format!("resources/glossary/{name}.ttl")));
    }
    let read = read(Format::Turtle, turtle.as_bytes(), "politie", &Limits::default(), &mut |_| true).expect("the seed");
    read.glossary
}

/// A document of the demo case.
pub struct Document {
    pub organisation: String,
    pub body: String,
}

/// The documents by the name that `answers.toml` and the fixture give them.
pub fn documents() -> BTreeMap<String, Document> {
    let mut documents = BTreeMap::new();
    let folder = root().join("resources/demo-case/documents");
    for organisation in fs::read_dir(folder).expect("documents").map(|entry| entry.expect("a folder").path()) {
        for path in fs::read_dir(&organisation).expect("a folder").map(|entry| entry.expect("a document").path()) {
            let source = fs::read_to_string(&path).expect("a document");
            let parts = source.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
            let (front, body) = parts.expect("front matter");
            let front: toml::Table = toml::from_str(front).expect("front matter in TOML");
            let file = front["file"].as_str().expect("a file").to_owned();
            let organisation = front["organisation"].as_str().expect("an organisation").to_owned();
            documents.insert(file, Document { organisation, body: body.to_owned() });
        }
    }
    documents
}

/// The concept whose address ends so.
pub fn by_slug<'g>(glossary: &'g Glossary, slug: &str) -> &'g koplamp_model::Concept {
    let ends = |iri: &str| iri.rsplit('/').next() == Some(slug);
    glossary.concepts.iter().find(|concept| ends(&concept.iri)).unwrap_or_else(|| panic!("no concept {slug}"))
}

/// The last part of a concept's address.
pub fn slug(glossary: &Glossary, concept: ConceptId) -> &str {
    let known = glossary.concepts.iter().find(|known| known.id == concept).expect("a concept");
    known.iri.rsplit('/').next().unwrap_or_default()
}
