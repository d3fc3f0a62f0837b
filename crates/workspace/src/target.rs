//! Where what leaves goes.

use std::path::Path;

/// A file outside every workspace that something is written to, in the clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'a> {
    /// The file.
    pub path: &'a Path,
    /// Whether a file that is there already may go: without it, nothing is written.
    pub overwrite: bool,
}

impl<'a> Target<'a> {
    /// A file that is not there yet.
    pub const fn new(path: &'a Path) -> Self {
        Self { path, overwrite: false }
    }

    /// What a dialog for saving gave, which has asked whether a file that is there may go.
    pub fn asked(path: &'a Path) -> Self {
        Self { path, overwrite: path.exists() }
    }
}
