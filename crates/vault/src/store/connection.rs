//! Opening connections: key, proof of the key, pragmas with their reasons. Nobody else opens one.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::{Key, VaultError};

/// How every SQLite file that is not encrypted begins.
const PLAIN_MAGIC: &[u8; 16] = b"SQLite format 3\0";

pub(super) fn create(path: &Path, key: &Key) -> Result<Connection, VaultError> {
    // Made here, readable by its owner only: SQLite would make it readable by all, and its companions take after it.
    crate::durable::create_private(path).map_err(|source| VaultError::io("make", path, source))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    unlock(&connection, key)?;
    configure_writer(&connection)?;
    Ok(connection)
}

pub(super) fn open(path: &Path, key: &Key) -> Result<Connection, VaultError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    unlock(&connection, key)?;
    prove_key(&connection)?;
    configure_writer(&connection)?;
    Ok(connection)
}

pub(super) fn open_reader(path: &Path, key: &Key) -> Result<Connection, VaultError> {
    // Read-write, because a reader of a write-ahead log has to map its shared memory; query_only forbids the rest.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    unlock(&connection, key)?;
    prove_key(&connection)?;
    // SQLCipher decrypts a page each time it is not cached: the default of 2 MB costs four to eight times.
    connection.execute_batch("PRAGMA cache_size = -32768; PRAGMA query_only = ON; PRAGMA busy_timeout = 10000;")?;
    Ok(connection)
}

/// A raw key: Argon2id has done its work outside, so SQLCipher derives nothing from it.
fn unlock(connection: &Connection, key: &Key) -> Result<(), VaultError> {
    let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", Zeroizing::new(hex::encode(key.expose())).as_str()));
    connection.query_row(&pragma, [], |_| Ok(())).or_else(|error| match error {
        rusqlite::Error::QueryReturnedNoRows => Ok(()),
        // The error of a failed statement may quote it, and this one holds the key.
        _ => Err(VaultError::Internal("SQLCipher did not take the key".into())),
    })
}

/// Reading the first page is what proves the key: `PRAGMA key` itself never fails. The header has proved the workspace key already, so a
/// page that does not open is a damaged page.
fn prove_key(connection: &Connection) -> Result<(), VaultError> {
    connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .map_err(|error| VaultError::StoreDamaged(error.to_string()))
}

fn configure_writer(connection: &Connection) -> Result<(), VaultError> {
    connection.execute_batch(
        "-- Readers never wait for the writer, and a commit is one append.
         PRAGMA journal_mode = WAL;
         -- A commit is on the disk before anybody is told that it happened.
         PRAGMA synchronous = FULL;
         -- Sorting and temporary tables never touch the disk.
         PRAGMA temp_store = MEMORY;
         -- What is deleted is overwritten: a destroyed payload key must not linger in a free page.
         PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = ON;
         -- A schema that somebody tampered with runs nothing.
         PRAGMA trusted_schema = OFF;
         -- See open_reader.
         PRAGMA cache_size = -65536;
         PRAGMA busy_timeout = 10000;",
    )?;
    Ok(())
}

/// The start-up self-test: a build without encryption, or a file that was replaced by a plain one, must never go unnoticed.
pub(super) fn prove_encrypted(path: &Path) -> Result<(), VaultError> {
    let mut first = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut first));
    match read {
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            return Err(VaultError::StoreDamaged("the file is cut short".into()));
        }
        Err(error) => return Err(VaultError::io("read", path, error)),
        Ok(()) => {}
    }
    let opens_without_key = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|connection| connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())))
        .is_ok();
    if &first == PLAIN_MAGIC || opens_without_key {
        return Err(VaultError::NotEncrypted(path.to_owned()));
    }
    Ok(())
}

/// Runs `work` in one transaction, and believes what it read only when no page of it was damaged.
pub(super) fn read_whole<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, VaultError>,
) -> Result<T, VaultError> {
    let transaction = connection.unchecked_transaction()?;
    let result = work(&transaction);
    // Damage is the reason of whatever else went wrong.
    prove_undamaged(&transaction)?;
    transaction.commit()?;
    result
}

/// Whether every page that this connection ever read was authentic. Asked before anything that was read leaves the store, and before
/// anything is committed that may rest on it.
///
/// SQLCipher hands out zeros for a page whose code does not match, and remembers the error. Where the page was the last one that a row
/// needed (the end of a long text), the row comes out all the same, and the statement succeeds.
pub(super) fn prove_undamaged(connection: &Connection) -> Result<(), VaultError> {
    // The pragma is answered when it is prepared: a cached statement would give an old answer.
    let status: String = connection.query_row("PRAGMA cipher_status", [], |row| row.get(0))?;
    if status == "1" {
        return Ok(());
    }
    Err(VaultError::StoreDamaged("a page is not the one that was written".into()))
}

pub(super) fn examine(connection: &Connection) -> Result<Vec<String>, VaultError> {
    let mut found = Vec::new();
    for pragma in ["PRAGMA cipher_integrity_check", "PRAGMA quick_check"] {
        let mut statement = connection.prepare(pragma)?;
        let mut rows = statement.query([])?;
        loop {
            match rows.next() {
                Ok(None) => break,
                Ok(Some(row)) => {
                    let line: String = row.get(0)?;
                    if line != "ok" {
                        found.push(format!("database: {line}"));
                    }
                }
                Err(error) => {
                    found.push(format!("database: {error}"));
                    break;
                }
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_database_is_refused_and_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE t(x); INSERT INTO t VALUES (1);").unwrap();
        assert!(matches!(prove_encrypted(&path), Err(VaultError::NotEncrypted(_))));
    }

    #[test]
    fn sqlcipher_is_what_is_linked() {
        let version: String =
            Connection::open_in_memory().unwrap().query_row("PRAGMA cipher_version", [], |row| row.get(0)).unwrap();
        assert!(version.starts_with('4'), "SQLCipher 4 is expected, found {version:?}");
    }
}
