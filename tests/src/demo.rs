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
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../resources/demo-case/statements.json")
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
