//! What was chosen for the case as a whole, and saved mappings of tables.

use koplamp_model::{Mapping, MappingId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::VaultError;

const GRADING: &str = "grading";

/// The code of the grading scheme, where one was chosen.
pub(crate) fn grading(connection: &Connection) -> Result<Option<String>, VaultError> {
    let sql = "SELECT value FROM choice WHERE name = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([GRADING], |row| row.get(0)).optional()?)
}

/// Chooses the grading scheme; an empty code takes the choice back.
pub(super) fn choose_grading(connection: &Connection, scheme: &str) -> Result<(), VaultError> {
    if scheme.is_empty() {
        connection.prepare_cached("DELETE FROM choice WHERE name = ?1")?.execute([GRADING])?;
    } else {
        let sql = "INSERT OR REPLACE INTO choice (name, value) VALUES (?1, ?2)";
        connection.prepare_cached(sql)?.execute([GRADING, scheme])?;
    }
    Ok(())
}

pub(super) fn save_mapping(
    connection: &Connection,
    mapping: MappingId,
    name: &str,
    columns: &Mapping,
) -> Result<(), VaultError> {
    let columns = serde_json::to_string(columns).map_err(|error| VaultError::Internal(error.to_string()))?;
    let sql = "INSERT INTO mapping (id, name, columns) VALUES (?1, ?2, ?3)
               ON CONFLICT (id) DO UPDATE SET name = excluded.name, columns = excluded.columns";
    connection.prepare_cached(sql)?.execute(params![mapping.as_bytes(), name, columns])?;
    Ok(())
}

pub(super) fn drop_mapping(connection: &Connection, mapping: MappingId) -> Result<(), VaultError> {
    connection.prepare_cached("DELETE FROM mapping WHERE id = ?1")?.execute([mapping.as_bytes()])?;
    Ok(())
}

/// Saved mappings by name.
pub(crate) fn mappings(connection: &Connection) -> Result<Vec<(MappingId, String, Mapping)>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT id, name, columns FROM mapping ORDER BY name, id")?;
    let rows = statement
        .query_map([], |row| Ok((MappingId::from_bytes(row.get(0)?), row.get(1)?, row.get::<_, String>(2)?)))?;
    rows.map(|row| {
        let (id, name, columns) = row?;
        let columns = serde_json::from_str(&columns).map_err(|error| VaultError::StoreDamaged(error.to_string()))?;
        Ok((id, name, columns))
    })
    .collect()
}

pub(super) fn mapping(connection: &Connection, mapping: MappingId) -> Result<Option<(String, Mapping)>, VaultError> {
    Ok(mappings(connection)?.into_iter().find(|(id, ..)| *id == mapping).map(|(_, name, columns)| (name, columns)))
}
