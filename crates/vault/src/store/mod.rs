//! The database: SQLCipher with a raw key, one writer and many readers.
//!
//! SQL text stands in this folder and in `log/` only. Everything outside the log's own tables is a projection: it can be dropped and
//! made again from the log and the blobs.

pub(crate) mod acts;
pub(crate) mod charts;
pub(crate) mod choices;
mod connection;
pub(crate) mod digest;
pub(crate) mod documents;
pub(crate) mod glossary;
mod inverse;
pub(crate) mod merges;
pub(crate) mod portraits;
mod projection;
mod schema;
pub(crate) mod searches;
mod setting;
pub(crate) mod statements;
pub(crate) mod styles;
pub(crate) mod suggestions;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use crate::{Key, VaultError};

pub use acts::UndoStack;
pub use documents::{DocumentFilter, Reading};
pub use merges::Merge;
pub(crate) use projection::{Applied, apply, clear_projections};
pub(crate) use setting::{Setting, counter, raise_counter};
pub use statements::Fate;

/// The file's name within the workspace folder.
pub(crate) const FILE: &str = "store.db";

/// The open database.
pub(crate) struct Store {
    path: PathBuf,
    key: Key,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Store {
    /// Makes the database; fails when the file is there already.
    pub(crate) fn create(path: &Path, key: Key) -> Result<Self, VaultError> {
        if path.exists() {
            return Err(VaultError::Exists(path.to_owned()));
        }
        let mut writer = connection::create(path, &key)?;
        schema::migrate(&mut writer)?;
        setting::plant_canary(&writer)?;
        crate::durable::sync_parent(path).map_err(|source| VaultError::io("make durable", path, source))?;
        Ok(Self::new(path, key, writer))
    }

    /// Opens the database, after proving that it is encrypted, that it does not open without the key, and that it does with it.
    pub(crate) fn open(path: &Path, key: Key) -> Result<Self, VaultError> {
        connection::prove_encrypted(path)?;
        let mut writer = connection::open(path, &key)?;
        setting::check_canary(&writer)?;
        connection::prove_undamaged(&writer)?;
        schema::migrate(&mut writer)?;
        Ok(Self::new(path, key, writer))
    }

    fn new(path: &Path, key: Key, writer: Connection) -> Self {
        Self { path: path.to_owned(), key, writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) }
    }

    /// The one connection that writes. A thread that panicked while it held it has rolled back: the lock is still good.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `work` in a transaction of the writer. All of it is kept, or nothing; nothing when it rested on a damaged page.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Connection) -> Result<T, VaultError>) -> Result<T, VaultError> {
        write(&mut self.writer(), work)
    }

    /// Runs `work` on a connection that only reads; it sees what was committed when it began and waits for no writer.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, VaultError>) -> Result<T, VaultError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => connection::open_reader(&self.path, &self.key)?,
        };
        let result = connection::read_whole(&reader, work)?;
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        Ok(result)
    }

    /// SQLCipher's own check of every page's authentication code, then SQLite's of the structure. What it finds, in words.
    pub(crate) fn examine(&self) -> Result<Vec<String>, VaultError> {
        self.read(connection::examine)
    }

    /// Empties the write-ahead log into the database, so that a copy of the folder is whole without it.
    pub(crate) fn checkpoint(&self) -> Result<(), VaultError> {
        Ok(self.writer().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }
}

/// Runs `work` in a transaction of a writer that the caller holds.
pub(crate) fn write<T>(
    writer: &mut Connection,
    work: impl FnOnce(&Connection) -> Result<T, VaultError>,
) -> Result<T, VaultError> {
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let result = work(&transaction);
    connection::prove_undamaged(&transaction)?;
    let result = result?;
    transaction.commit()?;
    Ok(result)
}
