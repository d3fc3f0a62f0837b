//! What the workspace knows of itself, by name.

use rusqlite::{Connection, OptionalExtension, params};

use crate::VaultError;

const CANARY: &[u8] = b"koplamp canary: this row decrypts";

/// The names of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// A row that tells whether decrypting gives what was encrypted.
    Canary,
    /// The workspace's id, as in the header.
    Workspace,
    /// This device incarnation's id.
    Device,
    /// Its signing key.
    SigningKey,
    /// Who works in the workspace.
    Person,
    /// Commits so far; the witness outside the database knows it, too.
    Counter,
    /// SHA-256 of the header that belongs to this database.
    HeaderDigest,
    /// SHA-256 of the header that is about to be written.
    HeaderPending,
    /// Nonce of the search index's last confirmed commit.
    IndexCommit,
    /// Nonce of the commit that was being made.
    IndexPending,
    /// Number of files of the import that goes on, or that was broken off.
    Importing,
    /// The act by which another program's file comes in, and what that file is called: as long as it goes on, or until it is taken back.
    Exchanging,
    /// What the person prefers of the window: language, theme, widths. The web view's own storage is never on disk.
    Preferences,
}

impl Setting {
    const fn name(self) -> &'static str {
        match self {
            Self::Canary => "canary",
            Self::Workspace => "workspace",
            Self::Device => "device",
            Self::SigningKey => "signing_key",
            Self::Person => "person",
            Self::Counter => "counter",
            Self::HeaderDigest => "header_digest",
            Self::HeaderPending => "header_pending",
            Self::IndexCommit => "index_commit",
            Self::IndexPending => "index_pending",
            Self::Importing => "importing",
            Self::Exchanging => "exchanging",
            Self::Preferences => "preferences",
        }
    }

    pub(crate) fn get(self, connection: &Connection) -> Result<Option<Vec<u8>>, VaultError> {
        let sql = "SELECT value FROM setting WHERE name = ?1";
        Ok(connection.prepare_cached(sql)?.query_row([self.name()], |row| row.get(0)).optional()?)
    }

    /// The value, where every workspace has one.
    pub(crate) fn need(self, connection: &Connection) -> Result<Vec<u8>, VaultError> {
        self.get(connection)?.ok_or_else(|| VaultError::StoreDamaged(format!("the setting '{}' is gone", self.name())))
    }

    pub(crate) fn set(self, connection: &Connection, value: &[u8]) -> Result<(), VaultError> {
        let sql =
            "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        connection.prepare_cached(sql)?.execute(params![self.name(), value])?;
        Ok(())
    }

    pub(crate) fn clear(self, connection: &Connection) -> Result<(), VaultError> {
        connection.execute("DELETE FROM setting WHERE name = ?1", [self.name()])?;
        Ok(())
    }
}

/// Commits so far.
pub(crate) fn counter(connection: &Connection) -> Result<u64, VaultError> {
    let bytes = Setting::Counter.get(connection)?.unwrap_or_default();
    Ok(bytes.try_into().map(u64::from_be_bytes).unwrap_or(0))
}

/// Raises the number of commits; part of every transaction that writes.
pub(crate) fn raise_counter(connection: &Connection) -> Result<u64, VaultError> {
    let raised = counter(connection)? + 1;
    Setting::Counter.set(connection, &raised.to_be_bytes())?;
    Ok(raised)
}

pub(super) fn plant_canary(connection: &Connection) -> Result<(), VaultError> {
    Setting::Canary.set(connection, CANARY)
}

pub(super) fn check_canary(connection: &Connection) -> Result<(), VaultError> {
    let row = Setting::Canary.get(connection).map_err(|error| VaultError::StoreDamaged(error.to_string()))?;
    if row.as_deref() == Some(CANARY) {
        Ok(())
    } else {
        Err(VaultError::StoreDamaged("the canary row does not read as it was written".into()))
    }
}
