//! What can go wrong between the sources and the rendered files.

use std::{io, path::PathBuf};

/// The result of everything that this package does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the case could not be loaded or rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A rendered file cannot be written.
    #[error("{}: cannot be written: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A source says something that it may not say.
    #[error("{}:{line}: {message}", path.display())]
    Source {
        /// The source.
        path: PathBuf,
        /// Its line, counted from 1.
        line: usize,
        /// What is wrong and what to write instead.
        message: String,
    },
    /// A document is well formed, but cannot be made into a file of its kind.
    #[error("{file}: cannot be rendered: {message}")]
    Render {
        /// The `file` value of the document.
        file: String,
        /// What is wrong.
        message: String,
    },
}
