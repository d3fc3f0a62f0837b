//! The tables, as numbered migrations that are only ever appended to. The version is raised in the transaction that migrates.

use rusqlite::Connection;

use crate::VaultError;

const MIGRATIONS: &[&str] = &[include_str!("migrations/1.sql")];

/// Brings the tables to this version. A file of a newer version is refused: writing to what one does not understand loses data.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), VaultError> {
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if version > known {
        return Err(VaultError::NewerVersion { found: version, known });
    }
    for (migration, raised) in MIGRATIONS.iter().zip(1_u32..).skip(version as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", raised)?;
        transaction.commit()?;
    }
    Ok(())
}
