//! The vault of one open workspace: keys, database, log, blobs, and the folder of the search index.

mod act;
mod exchange;
mod glossary;
mod health;
mod leave;
mod lock;
mod open;
mod read;
mod statements;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use koplamp_model::{Operation, WorkspaceId};
use rusqlite::Connection;

use crate::log::Author;
use crate::store::{self, Setting, Store, UndoStack};
use crate::witness::{Seen, Witness};
use crate::{Blobs, Header, Key, SealedFolder, VaultError};

pub use leave::is_workspace;
pub use lock::{lock_requested, request_lock};
pub use open::{New, Way};

const HEADER: &str = "header";
const ATTEMPTS: &str = "attempts";
const BLOBS: &str = "blobs";
const INDEX: &str = "index";

/// An open workspace at rest. Everything that Koplamp writes to disk goes through it.
///
/// It is thread-safe: reading never waits for writing. Dropping it forgets the keys.
pub struct Vault {
    folder: PathBuf,
    header: Mutex<Header>,
    key: Key,
    store: Store,
    blobs: Blobs,
    witness: Witness,
    author: Mutex<Author>,
    undo: Mutex<UndoStack>,
    organisation: String,
    name: String,
    failed_attempts: u32,
    // The last field: the lock is given back when everything else is closed.
    _lock: std::fs::File,
}

impl Vault {
    /// The workspace's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The workspace's id.
    pub fn id(&self) -> WorkspaceId {
        locked(&self.header).workspace()
    }

    /// The workspace's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Code of the organisation that works in it.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// Who works in it.
    pub fn person(&self) -> String {
        locked(&self.author).person.clone()
    }

    /// How often somebody tried to open the workspace and failed, since it was open last.
    pub fn failed_attempts(&self) -> u32 {
        self.failed_attempts
    }

    /// The originals.
    pub fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// The encrypted folder of the search index.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn index_folder(&self) -> Result<SealedFolder, VaultError> {
        Ok(SealedFolder::open(&self.folder.join(INDEX), &self.key.derive("koplamp/index/v1"))?)
    }

    /// Throws the search index away: it is a cache, and every document waits to be indexed again.
    ///
    /// # Errors
    /// When a file cannot be removed, or the database does not take it.
    pub fn discard_index(&self) -> Result<(), VaultError> {
        let folder = self.folder.join(INDEX);
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(VaultError::io("remove", &folder, error));
            }
            _ => {}
        }
        self.note(|connection| {
            Setting::IndexCommit.clear(connection)?;
            Setting::IndexPending.clear(connection)?;
            store::documents::mark_all_unindexed(connection)
        })
    }

    /// Runs `work` in a transaction that counts: the witness knows of it when this returns.
    fn commit<T>(&self, work: impl FnOnce(&Connection) -> Result<T, VaultError>) -> Result<T, VaultError> {
        let mut writer = self.store.writer();
        let (result, seen) = store::write(&mut writer, |connection| {
            let result = work(connection)?;
            let counter = store::raise_counter(connection)?;
            Ok((result, Seen { counter, heads: crate::log::heads(connection)? }))
        })?;
        // Still under the writer's lock: an older note never overwrites a newer one.
        self.witness.write(&seen)?;
        Ok(result)
    }

    /// Runs `work` in a transaction that loses nothing when it is lost: bookkeeping of caches.
    fn note<T>(&self, work: impl FnOnce(&Connection) -> Result<T, VaultError>) -> Result<T, VaultError> {
        self.store.write(work)
    }

    /// The compartment whose stream an operation goes into: the organisation whose data it touches; of a review that of its author, who
    /// need not be of the organisation that it was entered for.
    fn compartment(&self, connection: &Connection, operation: &Operation) -> Result<String, VaultError> {
        let document = match operation {
            Operation::Audited(_) => return Ok("audit".into()),
            Operation::DocumentImported(import) => return Ok(import.labels.organisation.clone()),
            Operation::DocumentLabelled { labels, .. } => return Ok(labels.organisation.clone()),
            Operation::Recorded(recording) => return Ok(recording.standing.organisation.clone()),
            Operation::StatementsWithdrawn { organisation, .. }
            | Operation::StatementsRestored { organisation, .. } => {
                return Ok(organisation.clone());
            }
            Operation::StyleSheetSet { sheet } => return Ok(sheet.organisation.clone()),
            Operation::GlossaryChanged { organisation, .. } | Operation::StyleSheetDropped { organisation, .. } => {
                return Ok(organisation.clone());
            }
            Operation::SuggestionJudged { document, .. }
            | Operation::SenseFixed { document, .. }
            | Operation::DocumentRenamed { document, .. }
            | Operation::DocumentRemoved { document }
            | Operation::DocumentRestored { document } => *document,
            _ => return Ok(self.organisation.clone()),
        };
        let labels = store::documents::labels(connection, document)?;
        Ok(labels.ok_or(VaultError::NoSuchDocument(document))?.organisation)
    }

    fn stack(&self) -> MutexGuard<'_, UndoStack> {
        locked(&self.undo)
    }
}

/// A poisoned lock is taken all the same: what it guards is replaced whole, never half.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The device's clock, in milliseconds since 1970 (UTC); 0 when it stands before that.
fn now_millis() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(0)
}
