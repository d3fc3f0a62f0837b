//! Saved searches.

use koplamp_model::{SavedSearch, SavedSearchId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::VaultError;

pub(super) fn save(connection: &Connection, search: &SavedSearch) -> Result<(), VaultError> {
    let sql = "INSERT INTO saved_search (id, name, query) VALUES (?1, ?2, ?3)
               ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query";
    connection.prepare_cached(sql)?.execute(params![search.id.as_bytes(), search.name, search.query])?;
    Ok(())
}

pub(super) fn drop(connection: &Connection, search: SavedSearchId) -> Result<(), VaultError> {
    connection.prepare_cached("DELETE FROM saved_search WHERE id = ?1")?.execute([search.as_bytes()])?;
    Ok(())
}

pub(super) fn find(connection: &Connection, search: SavedSearchId) -> Result<Option<SavedSearch>, VaultError> {
    let sql = "SELECT id, name, query FROM saved_search WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([search.as_bytes()], from_row).optional()?)
}

pub(crate) fn list(connection: &Connection) -> Result<Vec<SavedSearch>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT id, name, query FROM saved_search ORDER BY name, id")?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<SavedSearch> {
    Ok(SavedSearch { id: SavedSearchId::from_bytes(row.get(0)?), name: row.get(1)?, query: row.get(2)? })
}
