//! The tables, as numbered migrations that are only ever appended to. The version is raised in the transaction that migrates.

use rusqlite::Connection;

use crate::VaultError;

const MIGRATIONS: &[&str] = &[
    include_str!("migrations/1.sql"),
    include_str!("migrations/2.sql"),
    include_str!("migrations/3.sql"),
    include_str!("migrations/4.sql"),
    include_str!("migrations/5.sql"),
    include_str!("migrations/6.sql"),
];

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

    #[test]
    fn statements_of_the_third_version_are_kept() {
        let mut connection = Connection::open_in_memory().unwrap();
        for migration in &MIGRATIONS[..3] {
            connection.execute_batch(migration).unwrap();
        }
        connection.pragma_update(None, "user_version", 3).unwrap();
        for (id, position) in [(b"later", 2), (b"early", 1)] {
            let insert = "INSERT INTO statement (id, entity, property, text, organisation, purpose, recorded, position, person, removed)
                          VALUES (?1, 'e', 'name', 'Ada', 'om', 'wpg-8', 7, ?2, 'p', 1)";
            connection.execute(insert, (id.as_slice(), position)).unwrap_err();
            let insert = insert.replace("'e'", "x'65'");
            connection.execute(&insert, (id.as_slice(), position)).unwrap();
        }
        let all = |connection: &Connection| {
            let mut select = connection.prepare("SELECT * FROM statement ORDER BY id").unwrap();
            let columns = select.column_count();
            let rows = select.query_map([], |row| {
                (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<Result<Vec<_>, _>>()
            });
            rows.unwrap().collect::<Result<Vec<_>, _>>().unwrap()
        };
        let before = all(&connection);
        migrate(&mut connection).unwrap();
        assert_eq!(all(&connection), before, "each column has its value, in the order in which digests read them");
        let first: Vec<u8> = connection.query_row("SELECT id FROM statement LIMIT 1", [], |row| row.get(0)).unwrap();
        assert_eq!(first, b"early", "they stand in the order in which they were recorded");
    }
}
