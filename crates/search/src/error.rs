//! What can go wrong with the index and with a search.

use std::io;

use koplamp_model::DocumentId;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};

use crate::QueryError;

/// Why the index did not do what was asked. It is a cache: after [`IndexError::Damaged`], throw it away and rebuild it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum IndexError {
    /// A file of the index is missing, was changed, or does not fit the others.
    #[error("the search index is damaged ({0}); rebuild it")]
    Damaged(String),
    /// Another process writes to this index.
    #[error("another program has this workspace's search index open; close it first")]
    Busy,
    /// The operating system refused: no space left, no permission.
    #[error(
        "the search index cannot be read or written ({0}); free space or check the permissions of the workspace's folder"
    )]
    Io(String),
}

impl From<TantivyError> for IndexError {
    fn from(error: TantivyError) -> Self {
        let io = match &error {
            TantivyError::LockFailure(LockError::LockBusy, _) => return Self::Busy,
            TantivyError::LockFailure(LockError::IoError(io), _)
            | TantivyError::IoError(io)
            | TantivyError::OpenReadError(OpenReadError::IoError { io_error: io, .. })
            | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: io, .. }) => Some(io.kind()),
            _ => None,
        };
        match io {
            Some(kind) if is_the_systems(kind) => Self::Io(error.to_string()),
            _ => Self::Damaged(error.to_string()),
        }
    }
}

impl From<io::Error> for IndexError {
    fn from(error: io::Error) -> Self {
        if is_the_systems(error.kind()) { Self::Io(error.to_string()) } else { Self::Damaged(error.to_string()) }
    }
}

/// Whether an error tells of the machine rather than of the bytes that were read.
const fn is_the_systems(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::PermissionDenied
            | io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::OutOfMemory
            | io::ErrorKind::ResourceBusy
            | io::ErrorKind::Interrupted
    )
}

/// Why a search gave no result.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The query cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The text of a hit could not be had.
    #[error("the text of document {document} cannot be read: {source}")]
    Text {
        /// Which.
        document: DocumentId,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        Self::Index(error.into())
    }
}
