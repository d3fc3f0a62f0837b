//! Identifiers that were found in the pages and wait for a judgement, and the judgements.

use koplamp_model::{DocumentId, EntityId, Identifier, IdentifierKind, Suggestion, SuggestionId, Verdict};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::VaultError;

const COLUMNS: &str =
    "suggestion.id, suggestion.kind, suggestion.value, suggestion.normal, suggestion.document, suggestion.page,
    suggestion.begins, suggestion.ends, suggestion.confidence";
/// Those of documents of the case that nobody has judged, in the order of reading.
const WAITING: &str = "FROM suggestion JOIN document ON document.id = suggestion.document AND document.removed = 0
    WHERE NOT EXISTS (SELECT 1 FROM judgement WHERE judgement.suggestion = suggestion.id)
      AND NOT EXISTS (SELECT 1 FROM ignored_value
                      WHERE ignored_value.kind = suggestion.kind AND ignored_value.normal = suggestion.normal)";

/// Keeps what was found in a document, in place of what was kept before.
pub(super) fn keep(
    connection: &Connection,
    document: DocumentId,
    found: &[(u32, Identifier)],
) -> Result<(), VaultError> {
    connection.prepare_cached("DELETE FROM suggestion WHERE document = ?1")?.execute([document.as_bytes()])?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO suggestion (id, document, page, begins, ends, kind, value, normal, confidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (page, identifier) in found {
        let Identifier { kind, start, end, value, normal, confidence } = identifier;
        insert.execute(params![
            id(document, *page, identifier).as_bytes(),
            document.as_bytes(),
            page,
            start,
            end,
            kind.code(),
            value,
            normal,
            confidence,
        ])?;
    }
    Ok(())
}

/// The same find has the same id after a rebuild: judgements are kept by it.
fn id(document: DocumentId, page: u32, found: &Identifier) -> SuggestionId {
    SuggestionId::of(&[
        document.as_bytes(),
        &page.to_be_bytes(),
        &found.start.to_be_bytes(),
        &found.end.to_be_bytes(),
        found.kind.code().as_bytes(),
    ])
}

/// What was found in a document, with its page.
pub(super) fn of_document(connection: &Connection, document: DocumentId) -> Result<Vec<(u32, Identifier)>, VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM suggestion WHERE document = ?1 ORDER BY page, begins, ends, kind");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([document.as_bytes()], from_row)?;
    let mut found = Vec::new();
    for suggestion in rows.filter_map(Result::transpose) {
        let Suggestion { kind, value, normal, page, start, end, confidence, .. } = suggestion?;
        found.push((page, Identifier { kind, start, end, value, normal, confidence }));
    }
    Ok(found)
}

/// Those that wait, `limit` of them from `offset`, and how many wait in all.
pub(crate) fn waiting(
    connection: &Connection,
    kind: Option<IdentifierKind>,
    limit: u32,
    offset: u32,
) -> Result<(u32, Vec<Suggestion>), VaultError> {
    let only = if kind.is_some() { "AND suggestion.kind = ?1" } else { "AND ?1 IS NULL" };
    let code = kind.map(IdentifierKind::code);
    let total =
        connection.prepare_cached(&format!("SELECT count(*) {WAITING} {only}"))?.query_row([code], |row| row.get(0))?;
    let sql = format!(
        "SELECT {COLUMNS} {WAITING} {only}
         ORDER BY document.imported_at, document.id, suggestion.page, suggestion.begins, suggestion.ends LIMIT ?2 OFFSET ?3"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![code, limit, offset], from_row)?;
    Ok((total, rows.filter_map(Result::transpose).collect::<Result<_, _>>()?))
}

/// How many wait of each kind.
pub(crate) fn counts(connection: &Connection) -> Result<Vec<(IdentifierKind, u32)>, VaultError> {
    let sql = format!("SELECT suggestion.kind, count(*) {WAITING} GROUP BY suggestion.kind");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut counts = Vec::new();
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    for row in rows {
        let (kind, count) = row?;
        counts.extend(IdentifierKind::from_code(&kind).map(|kind| (kind, count)));
    }
    counts.sort_unstable();
    Ok(counts)
}

/// A suggestion, judged or not.
pub(crate) fn find(connection: &Connection, suggestion: SuggestionId) -> Result<Option<Suggestion>, VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM suggestion WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([suggestion.as_bytes()], from_row).optional()?.flatten())
}

/// All places in the case where a value stands and waits.
pub(crate) fn same_value(
    connection: &Connection,
    kind: IdentifierKind,
    normal: &str,
) -> Result<Vec<Suggestion>, VaultError> {
    let sql = format!(
        "SELECT {COLUMNS} {WAITING} AND suggestion.kind = ?1 AND suggestion.normal = ?2 ORDER BY suggestion.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([kind.code(), normal], from_row)?;
    Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
}

/// In how many documents of the case a value stands, by organisation.
pub(crate) fn spread(
    connection: &Connection,
    kind: IdentifierKind,
    normal: &str,
) -> Result<Vec<(String, u32)>, VaultError> {
    let sql = "SELECT document.organisation, count(DISTINCT document.id) FROM suggestion
               JOIN document ON document.id = suggestion.document AND document.removed = 0
               WHERE suggestion.kind = ?1 AND suggestion.normal = ?2
               GROUP BY document.organisation ORDER BY document.organisation";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([kind.code(), normal], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn judge(
    connection: &Connection,
    suggestion: SuggestionId,
    verdict: Option<Verdict>,
) -> Result<(), VaultError> {
    let entity = match verdict {
        None => {
            connection
                .prepare_cached("DELETE FROM judgement WHERE suggestion = ?1")?
                .execute([suggestion.as_bytes()])?;
            return Ok(());
        }
        Some(Verdict::Accepted { entity }) => Some(*entity.as_bytes()),
        Some(Verdict::Rejected) => None,
    };
    connection
        .prepare_cached("INSERT OR REPLACE INTO judgement (suggestion, entity) VALUES (?1, ?2)")?
        .execute(params![suggestion.as_bytes(), entity])?;
    Ok(())
}

pub(crate) fn verdict(connection: &Connection, suggestion: SuggestionId) -> Result<Option<Verdict>, VaultError> {
    let sql = "SELECT entity FROM judgement WHERE suggestion = ?1";
    let row: Option<Option<[u8; 16]>> =
        connection.prepare_cached(sql)?.query_row([suggestion.as_bytes()], |row| row.get(0)).optional()?;
    Ok(row.map(|entity| match entity {
        Some(entity) => Verdict::Accepted { entity: EntityId::from_bytes(entity) },
        None => Verdict::Rejected,
    }))
}

pub(super) fn ignore(
    connection: &Connection,
    kind: IdentifierKind,
    normal: &str,
    ignored: bool,
) -> Result<(), VaultError> {
    let sql = if ignored {
        "INSERT OR IGNORE INTO ignored_value (kind, normal) VALUES (?1, ?2)"
    } else {
        "DELETE FROM ignored_value WHERE kind = ?1 AND normal = ?2"
    };
    connection.prepare_cached(sql)?.execute([kind.code(), normal])?;
    Ok(())
}

pub(super) fn is_ignored(connection: &Connection, kind: IdentifierKind, normal: &str) -> Result<bool, VaultError> {
    let sql = "SELECT 1 FROM ignored_value WHERE kind = ?1 AND normal = ?2";
    Ok(connection.prepare_cached(sql)?.exists([kind.code(), normal])?)
}

/// None for a kind of a newer version.
fn from_row(row: &Row<'_>) -> rusqlite::Result<Option<Suggestion>> {
    let Some(kind) = IdentifierKind::from_code(&row.get::<_, String>("kind")?) else { return Ok(None) };
    Ok(Some(Suggestion {
        id: SuggestionId::from_bytes(row.get("id")?),
        kind,
        value: row.get("value")?,
        normal: row.get("normal")?,
        document: DocumentId::from_bytes(row.get("document")?),
        page: row.get("page")?,
        start: row.get("begins")?,
        end: row.get("ends")?,
        confidence: row.get("confidence")?,
    }))
}
