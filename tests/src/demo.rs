//! The demo case, rendered once a test program, and its answer key.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use koplamp_demo_case::{Answers, DemoCase, Rendered};
use serde_json::Value;

use crate::{Case, programs};

/// The demo case as files.
pub struct Demo {
    folder: PathBuf,
    /// The case.
    pub case: DemoCase,
    /// The files that were written.
    pub rendered: Vec<Rendered>,
    /// The answer key.
    pub answers: Answers,
    // Held as long as this program runs: another one would render over what this one reads.
    _lock: File,
}

/// The demo case, rendered at the first call.
pub fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../resources/demo-case");
        let folder = programs::target().join("tmp/demo-case");
        std::fs::create_dir_all(&folder).expect("cargo's output can be written");
        let lock = File::create(folder.with_extension("lock")).expect("cargo's output can be written");
        lock.lock().expect("a file can be locked");
        std::fs::remove_dir_all(&folder).expect("what an earlier run rendered can be removed");
        let case = koplamp_demo_case::load(&sources).expect("the demo case fits together");
        let rendered = koplamp_demo_case::render(&case, &folder).expect("the demo case can be rendered");
        let answers = koplamp_demo_case::answers(&sources).expect("the answer key can be read");
        Demo { folder, case, rendered, answers, _lock: lock }
    })
}

fn statements() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../resources/demo-case/statements.json")
}

/// The judgements of the demo case's analysts on which entities are one: the entities by the names that the file of statements gives them,
/// the first standing for all, with the reason.
pub fn merges() -> Vec<(Vec<String>, String)> {
    let text = std::fs::read_to_string(statements()).expect("the statements can be read");
    let script: Value = serde_json::from_str(&text).expect("the statements are JSON");
    let words = |value: &Value| value.as_str().expect("words").to_owned();
    let merges = script["merges"].as_array().expect("a list of judgements");
    let entities = |merge: &Value| merge["entities"].as_array().expect("entities").iter().map(words).collect();
    merges.iter().map(|merge| (entities(merge), words(&merge["reason"]))).collect()
}

/// Takes the demo case in as its organisations deliver it: one import for each. The reports by organisation.
pub fn import(case: &Case) -> BTreeMap<String, Value> {
    let mut reports = BTreeMap::new();
    for delivery in &demo().case.deliveries {
        let folder = demo().file(delivery.folder.to_str().expect("folders have plain names"));
        let report = case.json(
            "import",
            &[
                folder.to_str().expect("the target folder has a plain name"),
                "--organisation",
                &delivery.organisation,
                "--source",
                &delivery.source,
                "--purpose",
                &delivery.purpose,
                "--marking",
                &delivery.marking,
            ],
        );
        reports.insert(delivery.organisation.clone(), report);
    }
    reports
}

impl Demo {
    /// The file of statements that the analysts of the demo case took out of its documents.
    pub fn statements(&self) -> PathBuf {
        statements()
    }

    /// The `file` in the key of a document with this path: that of an attachment or member is named after itself.
    pub fn source_of(&self, path: &str) -> String {
        let sources = &self.case.documents;
        if let Some(source) = sources.iter().find(|source| source.file == path) {
            return source.file.clone();
        }
        let own = path.rsplit('/').next().unwrap_or_default();
        let organisation = path.split('/').next().unwrap_or_default();
        let mut of = sources.iter().filter(|source| source.organisation == organisation);
        let source = of.find(|source| source.file.ends_with(&format!("/{own}")));
        source.map_or_else(|| path.to_owned(), |source| source.file.clone())
    }

    /// The folder of the rendered files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A rendered file.
    pub fn file(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }
}
