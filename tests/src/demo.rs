//! The demo case, rendered once a test program, and its answer key.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use koplamp_demo_case::{Answers, DemoCase, Rendered};

use crate::programs;

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

impl Demo {
    /// The folder of the rendered files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A rendered file.
    pub fn file(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }
}
