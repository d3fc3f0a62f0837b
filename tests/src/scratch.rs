//! Temporary folders. Not in the system's temporary folder: that is one of the places where leaks are looked for.

use std::path::Path;

use tempfile::{Builder, TempDir};

use crate::programs;

/// A new folder below cargo's output, removed when dropped.
pub fn folder() -> TempDir {
    let below = programs::target().join("tmp");
    std::fs::create_dir_all(&below).expect("cargo's output can be written");
    within(&below)
}

/// A new folder in memory where there is one: tests that write thousands of workspaces need no disk.
pub fn in_memory() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { within(memory) } else { folder() }
}

fn within(folder: &Path) -> TempDir {
    Builder::new().prefix("koplamp-test-").tempdir_in(folder).expect("a temporary folder can be made")
}
