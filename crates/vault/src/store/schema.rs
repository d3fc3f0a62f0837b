//! The tables, as numbered migrations that are only ever appended to. The version is raised in the transaction that migrates.

use rusqlite::Connection;

use crate::VaultError;

const MIGRATIONS: &[&str] =
    &[include_str!("migrations/1.sql"), include_str!("migrations/2.sql"), include_str!("migrations/3.sql")];

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_the_first_version_keeps_what_it_holds() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(MIGRATIONS[0]).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        let insert = "INSERT INTO document (id, blob, sha256, size, path, organisation, source, purpose, imported_at)
                      VALUES (?1, ?2, 's', 1, 'p', 'om', 'x', 'wpg-8', 7)";
        connection.execute(insert, (b"one", b"blob")).unwrap();
        assert!(connection.execute(insert, (b"two", None::<Vec<u8>>)).is_err(), "the first version had to have one");
        migrate(&mut connection).unwrap();
        let kept =
            connection.query_row("SELECT blob, imported_at FROM document", [], |row| Ok((row.get(0)?, row.get(1)?)));
        assert_eq!(kept, Ok((b"blob".to_vec(), 7)));
        connection.execute(insert, (b"two", None::<Vec<u8>>)).unwrap();
        migrate(&mut connection).unwrap();
    }
}
