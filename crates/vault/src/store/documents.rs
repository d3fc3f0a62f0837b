//! Documents, what was read from them, and their pages.

use koplamp_model::{BlobId, Document, DocumentId, Failure, Identifier, Kind, Labels, Page, Reason};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::VaultError;

/// What a reader made of a document's bytes: a projection of the blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What the bytes are.
    pub kind: Kind,
    /// The title that the document gives itself.
    pub title: Option<String>,
    /// The author that it names.
    pub author: Option<String>,
    /// The date that it gives itself, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Its text.
    pub pages: Vec<Page>,
    /// Identifiers found in it, each with its page.
    pub identifiers: Vec<(u32, Identifier)>,
    /// Why it was not read, or not wholly.
    pub failure: Option<Failure>,
}

impl Reading {
    /// Of a document that was not read.
    pub fn failed(failure: Failure) -> Self {
        Self {
            kind: Kind::Unknown,
            title: None,
            author: None,
            date: None,
            pages: Vec::new(),
            identifiers: Vec::new(),
            failure: Some(failure),
        }
    }
}

/// Which documents to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentFilter {
    /// All that are in the case.
    All,
    /// Those that were not read, or not wholly.
    Failed,
}

const COLUMNS: &str = "document.id, parent, path, given_title, organisation, source, purpose, marking, handling, size, sha256,
    imported_at, reading.kind, reading.title, reading.date, reading.pages, reading.failure_reason, reading.failure_message";
const FROM: &str = "FROM document LEFT JOIN reading ON reading.document = document.id";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Document> {
    let path: String = row.get("path")?;
    let given: Option<String> = row.get("given_title")?;
    let own: Option<String> = row.get("title")?;
    let reason: Option<String> = row.get("failure_reason")?;
    Ok(Document {
        id: DocumentId::from_bytes(row.get("id")?),
        parent: row.get::<_, Option<[u8; 16]>>("parent")?.map(DocumentId::from_bytes),
        title: given.or(own).unwrap_or_else(|| Document::file_name(&path).to_owned()),
        path,
        kind: Kind::from_code(&row.get::<_, Option<String>>("kind")?.unwrap_or_default()),
        size: row.get::<_, i64>("size")?.unsigned_abs(),
        sha256: row.get("sha256")?,
        labels: labels_from_row(row)?,
        date: row.get("date")?,
        pages: row.get::<_, Option<u32>>("pages")?.unwrap_or(0),
        imported_at: row.get::<_, i64>("imported_at")?.unsigned_abs(),
        failure: match reason {
            Some(reason) => Some(Failure {
                reason: reason_from_code(reason),
                message: row.get::<_, Option<String>>("failure_message")?.unwrap_or_default(),
            }),
            None => None,
        },
    })
}

fn labels_from_row(row: &Row<'_>) -> rusqlite::Result<Labels> {
    Ok(Labels {
        organisation: row.get("organisation")?,
        source: row.get("source")?,
        purpose: row.get("purpose")?,
        marking: row.get("marking")?,
        handling: row.get("handling")?,
    })
}

/// A document, unless it was removed.
pub(crate) fn find(connection: &Connection, document: DocumentId) -> Result<Option<Document>, VaultError> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE document.id = ?1 AND removed = 0");
    Ok(connection.prepare_cached(&sql)?.query_row([document.as_bytes()], from_row).optional()?)
}

/// Documents in the order in which they came in.
pub(crate) fn list(
    connection: &Connection,
    filter: DocumentFilter,
    limit: u32,
    offset: u32,
) -> Result<(u32, Vec<Document>), VaultError> {
    let only = match filter {
        DocumentFilter::All => "",
        DocumentFilter::Failed => "AND reading.failure_reason IS NOT NULL",
    };
    let total = connection
        .prepare_cached(&format!("SELECT count(*) {FROM} WHERE removed = 0 {only}"))?
        .query_row([], |row| row.get(0))?;
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE removed = 0 {only} ORDER BY imported_at, document.id LIMIT ?1 OFFSET ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![limit, offset], from_row)?;
    Ok((total, rows.collect::<Result<_, _>>()?))
}

/// Attachments and members of a document, those not removed.
pub(crate) fn children(connection: &Connection, parent: DocumentId) -> Result<Vec<Document>, VaultError> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE parent = ?1 AND removed = 0 ORDER BY path, document.id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([parent.as_bytes()], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Pages `from..=to` of a document.
pub(crate) fn pages(
    connection: &Connection,
    document: DocumentId,
    from: u32,
    to: u32,
) -> Result<Vec<Page>, VaultError> {
    let sql = "SELECT number, label, text FROM page WHERE document = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![document.as_bytes(), from, to], |row| {
        Ok(Page { number: row.get(0)?, label: row.get(1)?, text: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The blob of a document, removed or not, with the SHA-256 that its bytes must have. None when the file could not be taken in.
pub(crate) fn blob(connection: &Connection, document: DocumentId) -> Result<Option<(BlobId, String)>, VaultError> {
    let sql = "SELECT blob, sha256 FROM document WHERE id = ?1";
    let row: Option<(Option<[u8; 16]>, String)> = connection
        .prepare_cached(sql)?
        .query_row([document.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (blob, sha256) = row.ok_or(VaultError::NoSuchDocument(document))?;
    Ok(blob.map(|blob| (BlobId::from_bytes(blob), sha256)))
}

/// Every document that was taken in, removed ones among them, with its path, blob and SHA-256: what a rebuild reads again.
pub(crate) fn blobs(connection: &Connection) -> Result<Vec<(DocumentId, String, BlobId, String)>, VaultError> {
    let mut statement =
        connection.prepare("SELECT id, path, blob, sha256 FROM document WHERE blob IS NOT NULL ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok((DocumentId::from_bytes(row.get(0)?), row.get(1)?, BlobId::from_bytes(row.get(2)?), row.get(3)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A document of the case with these bytes, organisation and path that no other document holds. Without bytes: one that could not be taken
/// in from there.
pub(crate) fn same_file(
    connection: &Connection,
    sha256: &str,
    organisation: &str,
    path: &str,
) -> Result<Option<DocumentId>, VaultError> {
    let sql = "SELECT id FROM document
               WHERE sha256 = ?1 AND organisation = ?2 AND path = ?3 AND parent IS NULL AND removed = 0 LIMIT 1";
    let id = connection.prepare_cached(sql)?.query_row([sha256, organisation, path], |row| row.get(0)).optional()?;
    Ok(id.map(DocumentId::from_bytes))
}

/// The document with these bytes, organisation and path that was removed last.
pub(crate) fn removed_file(
    connection: &Connection,
    sha256: &str,
    organisation: &str,
    path: &str,
) -> Result<Option<DocumentId>, VaultError> {
    let sql = "SELECT id FROM document
               WHERE sha256 = ?1 AND organisation = ?2 AND path = ?3 AND parent IS NULL AND removed = 1
               ORDER BY imported_at DESC, id LIMIT 1";
    let id = connection.prepare_cached(sql)?.query_row([sha256, organisation, path], |row| row.get(0)).optional()?;
    Ok(id.map(DocumentId::from_bytes))
}

pub(crate) fn labels(connection: &Connection, document: DocumentId) -> Result<Option<Labels>, VaultError> {
    let sql = "SELECT organisation, source, purpose, marking, handling FROM document WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([document.as_bytes()], labels_from_row).optional()?)
}

pub(super) fn given_title(connection: &Connection, document: DocumentId) -> Result<Option<String>, VaultError> {
    let sql = "SELECT given_title FROM document WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([document.as_bytes()], |row| row.get(0)).optional()?.flatten())
}

/// What is kept of a document's reading.
pub(crate) fn reading(connection: &Connection, document: DocumentId) -> Result<Option<Reading>, VaultError> {
    let sql = "SELECT kind, title, author, date, failure_reason, failure_message FROM reading WHERE document = ?1";
    let pages = pages(connection, document, 1, u32::MAX)?;
    let identifiers = super::suggestions::of_document(connection, document)?;
    let read = |row: &Row<'_>| {
        let reason: Option<String> = row.get(4)?;
        let message: Option<String> = row.get(5)?;
        let failure =
            reason.map(|reason| Failure { reason: reason_from_code(reason), message: message.unwrap_or_default() });
        Ok(Reading {
            kind: Kind::from_code(&row.get::<_, String>(0)?),
            title: row.get(1)?,
            author: row.get(2)?,
            date: row.get(3)?,
            pages,
            identifiers,
            failure,
        })
    };
    Ok(connection.prepare_cached(sql)?.query_row([document.as_bytes()], read).optional()?)
}

fn reason_from_code(code: String) -> Reason {
    serde_json::from_value(serde_json::Value::String(code)).unwrap_or(Reason::Damaged)
}

/// What the log calls a document: a person's title, else its file name.
pub(super) fn name(connection: &Connection, document: DocumentId) -> Result<Option<String>, VaultError> {
    let sql = "SELECT given_title, path FROM document WHERE id = ?1";
    let row = connection
        .prepare_cached(sql)?
        .query_row([document.as_bytes()], |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    Ok(row.map(|(given, path)| given.unwrap_or_else(|| Document::file_name(&path).to_owned())))
}

/// Keeps what a reader made of a document, in place of what was kept before.
pub(crate) fn keep_reading(connection: &Connection, document: DocumentId, reading: &Reading) -> Result<(), VaultError> {
    connection.prepare_cached("DELETE FROM page WHERE document = ?1")?.execute([document.as_bytes()])?;
    let failure = reading.failure.as_ref();
    let reason = failure.and_then(|failure| match serde_json::to_value(failure.reason) {
        Ok(serde_json::Value::String(code)) => Some(code),
        _ => None,
    });
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO reading (document, kind, title, author, date, pages, failure_reason, failure_message)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            document.as_bytes(),
            reading.kind.code(),
            reading.title,
            reading.author,
            reading.date,
            u32::try_from(reading.pages.len()).unwrap_or(u32::MAX),
            reason,
            failure.map(|failure| failure.message.as_str()),
        ])?;
    let mut insert =
        connection.prepare_cached("INSERT INTO page (document, number, label, text) VALUES (?1, ?2, ?3, ?4)")?;
    for page in &reading.pages {
        insert.execute(params![document.as_bytes(), page.number, page.label, page.text])?;
    }
    super::suggestions::keep(connection, document, &reading.identifiers)?;
    mark_unindexed(connection, document)
}

pub(crate) fn mark_unindexed(connection: &Connection, document: DocumentId) -> Result<(), VaultError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO unindexed (document, mark)
             VALUES (?1, (SELECT coalesce(max(mark), 0) + 1 FROM unindexed))",
        )?
        .execute([document.as_bytes()])?;
    Ok(())
}

/// Documents that the index does not show as they are, the oldest first, each with the mark of its last change.
pub(crate) fn unindexed(connection: &Connection, limit: u32) -> Result<Vec<(DocumentId, i64)>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT document, mark FROM unindexed ORDER BY mark LIMIT ?1")?;
    let rows = statement.query_map([limit], |row| Ok((DocumentId::from_bytes(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes documents off the list, unless they changed again after their mark was read.
pub(crate) fn mark_indexed(connection: &Connection, documents: &[(DocumentId, i64)]) -> Result<(), VaultError> {
    let mut delete = connection.prepare_cached("DELETE FROM unindexed WHERE document = ?1 AND mark = ?2")?;
    for (document, mark) in documents {
        delete.execute(params![document.as_bytes(), mark])?;
    }
    Ok(())
}

/// After the index was thrown away: everything waits to be indexed again.
pub(crate) fn mark_all_unindexed(connection: &Connection) -> Result<(), VaultError> {
    connection.execute_batch(
        "DELETE FROM unindexed;
         INSERT INTO unindexed (document, mark) SELECT id, row_number() OVER () FROM document WHERE removed = 0;",
    )?;
    Ok(())
}

/// The organisations whose documents are in the case.
pub(crate) fn organisations(connection: &Connection) -> Result<Vec<String>, VaultError> {
    let sql = "SELECT DISTINCT organisation FROM document WHERE removed = 0 ORDER BY organisation";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The markings in use in the case.
pub(crate) fn markings(connection: &Connection) -> Result<Vec<String>, VaultError> {
    let sql = "SELECT DISTINCT marking FROM document WHERE removed = 0 AND marking IS NOT NULL ORDER BY marking";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
