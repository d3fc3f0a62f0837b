//! What can go wrong at rest.

use std::io;
use std::path::{Path, PathBuf};

use koplamp_model::{ChartId, DocumentId, EntityId, MergeId, StatementId, StyleSheetId, SuggestionId};

/// Why the vault did not do what was asked. Holds no secret and no text of a document.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// There is no workspace at this path.
    #[error("there is no workspace at {0}: no file 'header' is in it")]
    NotFound(PathBuf),
    /// Something is already there.
    #[error("{0} exists already; a new workspace needs a folder of its own")]
    Exists(PathBuf),
    /// Another program has it open.
    #[error("the workspace {0} is open elsewhere; close or lock it there first")]
    Busy(PathBuf),
    /// The way in was refused, or the header is not right.
    #[error(transparent)]
    Header(#[from] crate::HeaderError),
    /// The key does not open the header.
    #[error(transparent)]
    Unlock(#[from] crate::UnlockError),
    /// The second factor could not be had.
    #[error(transparent)]
    DeviceSecret(#[from] crate::DeviceSecretError),
    /// An encrypted file is not right.
    #[error(transparent)]
    Sealed(#[from] crate::SealedError),
    /// The database is not right.
    #[error("the database store.db is damaged: {0}. Put back a copy of the whole workspace folder")]
    StoreDamaged(String),
    /// The database is not encrypted: refused, whatever is in it.
    #[error("{0} is not encrypted; it is not a database that Koplamp made, and it is not opened")]
    NotEncrypted(PathBuf),
    /// Made by a newer version.
    #[error(
        "the workspace was written by a newer version (format {found}, this version knows {known}); install that version"
    )]
    NewerVersion {
        /// Version found.
        found: u32,
        /// Newest version known.
        known: u32,
    },
    /// One part of the workspace is older than another.
    #[error(
        "{part} is older than the rest of the workspace: {detail}. Somebody may have put back an old copy of one file. \
         Put back a copy of the whole folder, or open with --accept-older-copy to go on from what is there (it will be logged)"
    )]
    RolledBack {
        /// Which part.
        part: &'static str,
        /// How it was noticed.
        detail: String,
    },
    /// An entry of the log is not as it was written.
    #[error("the log is damaged at stream {stream}, entry {sequence}: {message}")]
    Log {
        /// The stream.
        stream: String,
        /// The entry's sequence number.
        sequence: u64,
        /// What is wrong.
        message: String,
    },
    /// There is no such document in the case.
    #[error("there is no document {0} in this case")]
    NoSuchDocument(DocumentId),
    /// The file was too large, not readable, or no plain file: only that it was there is known.
    #[error("document {0} has no original: its file could not be taken in; 'documents --failed' says why")]
    NotTakenIn(DocumentId),
    /// There is no such entity in the case.
    #[error("there is no entity {0} in this case")]
    NoSuchEntity(EntityId),
    /// There is no such statement in the case.
    #[error("there is no statement {0} in this case")]
    NoSuchStatement(StatementId),
    /// There is no such judgement that entities are one.
    #[error("there is no merge {0} in this case")]
    NoSuchMerge(MergeId),
    /// There is no such suggestion.
    #[error("there is no suggestion {0} in this case")]
    NoSuchSuggestion(SuggestionId),
    /// There is no such chart in the case.
    #[error("there is no chart {0} in this case")]
    NoSuchChart(ChartId),
    /// There is no such style sheet in the case.
    #[error("there is no style sheet {0} in this case")]
    NoSuchStyleSheet(StyleSheetId),
    /// What leaves would land in a workspace.
    #[error("{0} lies in the folder of a workspace: what leaves it in the clear goes elsewhere; nothing was written")]
    TargetInWorkspace(PathBuf),
    /// What leaves would go through a link, or into something that is no file.
    #[error(
        "{0} is a link, a folder or a device, or a file with a second name: name a plain file; nothing was written"
    )]
    TargetNotPlain(PathBuf),
    /// What leaves would take the place of a file.
    #[error("{0} is there already, and was left as it is; choose another name, or overwrite it with --overwrite")]
    TargetExists(PathBuf),
    /// A file could not be read or written.
    #[error("could not {action} {path}: {source}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A mistake of ours.
    #[error("internal error: {0}")]
    Internal(String),
}

impl VaultError {
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), source }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DiskFull, NotADatabase, SystemIoFailure};
        match error.sqlite_error_code() {
            // SQLCipher reports a page whose code does not match as one of these.
            Some(NotADatabase | DatabaseCorrupt | SystemIoFailure) => Self::StoreDamaged(error.to_string()),
            Some(DiskFull) => Self::Io {
                action: "write",
                path: PathBuf::from(crate::store::FILE),
                source: io::Error::new(io::ErrorKind::StorageFull, "the disk is full"),
            },
            Some(DatabaseBusy) => Self::Busy(PathBuf::from(crate::store::FILE)),
            _ => Self::Internal(format!("database: {error}")),
        }
    }
}
