//! The fold: how each operation changes the projections. The same function serves an act that just happened and a rebuild of
//! everything from the log, which is why the two cannot differ.

use koplamp_model::{Document, DocumentId, Import, Labels, Operation, SavedSearch, SavedSearchId};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Reading, acts, documents, searches};
use crate::VaultError;
use crate::log::Record;

/// What applying changed.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    pub(crate) documents: Vec<DocumentId>,
    pub(crate) searches: bool,
}

/// Applies one operation of the log to the projections.
pub(crate) fn apply(connection: &Connection, record: &Record, applied: &mut Applied) -> Result<(), VaultError> {
    let operation = &record.payload.operation;
    let inverse = inverse(connection, operation)?;
    match operation {
        Operation::DocumentImported(import) => insert_document(connection, import, record.stamp.millis())?,
        Operation::DocumentLabelled { document, labels } => set_labels(connection, *document, labels)?,
        Operation::DocumentRenamed { document, title } => {
            update(connection, "UPDATE document SET given_title = ?2 WHERE id = ?1", *document, title.as_deref())?;
        }
        Operation::DocumentRemoved { document } => {
            update(connection, "UPDATE document SET removed = ?2 WHERE id = ?1", *document, 1)?;
        }
        Operation::DocumentRestored { document } => {
            update(connection, "UPDATE document SET removed = ?2 WHERE id = ?1", *document, 0)?;
        }
        Operation::SearchSaved(search) => searches::save(connection, search)?,
        Operation::SearchDropped { search } => searches::drop(connection, *search)?,
        Operation::WorkspaceCreated { .. }
        | Operation::Undone { .. }
        | Operation::Redone { .. }
        | Operation::Audited(_)
        | Operation::Unknown => {}
    }
    if let Some(document) = document_of(operation) {
        documents::mark_unindexed(connection, document)?;
        applied.documents.push(document);
    }
    applied.searches |= matches!(operation, Operation::SearchSaved(_) | Operation::SearchDropped { .. });
    acts::record(connection, record, inverse.as_ref())
}

fn document_of(operation: &Operation) -> Option<DocumentId> {
    match operation {
        Operation::DocumentImported(import) => Some(import.document),
        Operation::DocumentLabelled { document, .. }
        | Operation::DocumentRenamed { document, .. }
        | Operation::DocumentRemoved { document }
        | Operation::DocumentRestored { document } => Some(*document),
        _ => None,
    }
}

/// The operation that takes this one back, given the state before it.
fn inverse(connection: &Connection, operation: &Operation) -> Result<Option<Operation>, VaultError> {
    Ok(match operation {
        Operation::DocumentImported(import) => Some(Operation::DocumentRemoved { document: import.document }),
        Operation::DocumentLabelled { document, .. } => documents::labels(connection, *document)?
            .map(|labels| Operation::DocumentLabelled { document: *document, labels }),
        Operation::DocumentRenamed { document, .. } => {
            let title = documents::given_title(connection, *document)?;
            Some(Operation::DocumentRenamed { document: *document, title })
        }
        Operation::DocumentRemoved { document } => Some(Operation::DocumentRestored { document: *document }),
        Operation::DocumentRestored { document } => Some(Operation::DocumentRemoved { document: *document }),
        Operation::SearchSaved(search) => Some(match searches::find(connection, search.id)? {
            Some(before) => Operation::SearchSaved(before),
            None => Operation::SearchDropped { search: search.id },
        }),
        Operation::SearchDropped { search } => searches::find(connection, *search)?.map(Operation::SearchSaved),
        Operation::WorkspaceCreated { .. }
        | Operation::Undone { .. }
        | Operation::Redone { .. }
        | Operation::Audited(_)
        | Operation::Unknown => None,
    })
}

fn insert_document(connection: &Connection, import: &Import, at: u64) -> Result<(), VaultError> {
    let labels = &import.labels;
    connection
        .prepare_cached(
            "INSERT INTO document (id, parent, blob, sha256, size, path, organisation, source, purpose, marking, handling, imported_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            import.document.as_bytes(),
            import.parent.map(|parent| *parent.as_bytes()),
            import.blob.map(|blob| *blob.as_bytes()),
            import.sha256,
            i64::try_from(import.size).unwrap_or(i64::MAX),
            import.path,
            labels.organisation,
            labels.source,
            labels.purpose,
            labels.marking,
            labels.handling,
            i64::try_from(at).unwrap_or(i64::MAX),
        ])?;
    match &import.failure {
        Some(failure) => documents::keep_reading(connection, import.document, &Reading::failed(failure.clone())),
        None => Ok(()),
    }
}

fn set_labels(connection: &Connection, document: DocumentId, labels: &Labels) -> Result<(), VaultError> {
    let sql =
        "UPDATE document SET organisation = ?2, source = ?3, purpose = ?4, marking = ?5, handling = ?6 WHERE id = ?1";
    let Labels { organisation, source, purpose, marking, handling } = labels;
    let changed = connection.prepare_cached(sql)?.execute(params![
        document.as_bytes(),
        organisation,
        source,
        purpose,
        marking,
        handling
    ])?;
    found(changed, document)
}

fn update(
    connection: &Connection,
    sql: &str,
    document: DocumentId,
    value: impl rusqlite::ToSql,
) -> Result<(), VaultError> {
    let changed = connection.prepare_cached(sql)?.execute(params![document.as_bytes(), value])?;
    found(changed, document)
}

fn found(changed: usize, document: DocumentId) -> Result<(), VaultError> {
    if changed == 0 { Err(VaultError::NoSuchDocument(document)) } else { Ok(()) }
}

/// Drops everything that can be made again from the log and the blobs.
pub(crate) fn clear_projections(connection: &Connection) -> Result<(), VaultError> {
    connection.execute_batch(
        "DELETE FROM document; DELETE FROM saved_search; DELETE FROM act; DELETE FROM inverse; DELETE FROM reading;
         DELETE FROM page; DELETE FROM unindexed;",
    )?;
    Ok(())
}

/// The name of an operation's object for a line of the log view: only from the log, so that a rebuild gives the same.
pub(super) fn subject(connection: &Connection, operation: &Operation) -> Result<Option<String>, VaultError> {
    use koplamp_model::Audit;
    Ok(match operation {
        Operation::WorkspaceCreated { name, .. } => Some(name.clone()),
        Operation::DocumentImported(import) => Some(Document::file_name(&import.path).to_owned()),
        Operation::DocumentRenamed { title: Some(title), .. } => Some(title.clone()),
        Operation::SearchSaved(SavedSearch { name, .. }) => Some(name.clone()),
        Operation::SearchDropped { search } => search_name(connection, *search)?,
        Operation::DocumentLabelled { document, .. }
        | Operation::DocumentRenamed { document, .. }
        | Operation::DocumentRemoved { document }
        | Operation::DocumentRestored { document }
        | Operation::Audited(Audit::Consulted { document } | Audit::Exported { document }) => {
            documents::name(connection, *document)?
        }
        Operation::Audited(Audit::Searched { query, filters, .. }) => {
            Some(std::iter::once(query).chain(filters).map(String::as_str).collect::<Vec<_>>().join(" "))
        }
        Operation::Audited(Audit::Opened { slot }) => Some(slot.clone()),
        Operation::Audited(Audit::OpenFailed { reason, .. }) => Some(reason.clone()),
        Operation::Audited(Audit::KeysChanged { what }) => Some(what.clone()),
        Operation::Audited(Audit::Locked { cause }) => Some(cause.clone()),
        Operation::Undone { .. } | Operation::Redone { .. } | Operation::Unknown => None,
    })
}

/// A dropped search has no row any more when its line is written, so its name is looked up where it was saved.
fn search_name(connection: &Connection, search: SavedSearchId) -> Result<Option<String>, VaultError> {
    let sql = "SELECT operation ->> '$.name' FROM inverse
               WHERE operation ->> '$.kind' = 'search_saved' AND operation ->> '$.id' = ?1 ORDER BY position DESC LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([search.to_string()], |row| row.get(0)).optional()?.flatten())
}
