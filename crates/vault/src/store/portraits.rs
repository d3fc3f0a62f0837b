//! Portraits: small pictures made of picture documents. As texts of pages they follow from the original, and are made again when they are gone.

use koplamp_model::DocumentId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::VaultError;

/// The portrait that was made of a document.
pub(crate) fn find(connection: &Connection, document: DocumentId) -> Result<Option<Vec<u8>>, VaultError> {
    let sql = "SELECT picture FROM portrait WHERE document = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([document.as_bytes()], |row| row.get(0)).optional()?)
}

pub(crate) fn keep(connection: &Connection, document: DocumentId, picture: &[u8]) -> Result<(), VaultError> {
    let sql = "INSERT OR REPLACE INTO portrait (document, picture) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![document.as_bytes(), picture])?;
    Ok(())
}
