//! Statements, and the entities that they are about.

use koplamp_model::{
    DocumentId, EntityId, Evidence, Fact, Operation, Recording, Standing, Statement, StatementId, Value,
};
use rusqlite::{Connection, Row, params};

use crate::VaultError;
use crate::log::Record;

const COLUMNS: &str =
    "id, entity, property, text, object, document, page, begins, ends, quote, valid_from, valid_to, organisation,
    purpose, marking, grade, recorded, person";

/// Keeps the facts of a recording.
pub(super) fn insert(connection: &Connection, recording: &Recording, record: &Record) -> Result<(), VaultError> {
    let Recording { standing, facts } = recording;
    let mut insert = connection.prepare_cached(
        "INSERT INTO statement (id, entity, property, text, object, document, page, begins, ends, quote, valid_from, valid_to,
             organisation, purpose, marking, grade, recorded, position, person)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?;
    for fact in facts {
        let (text, object) = match &fact.value {
            Value::Text(text) => (Some(text), None),
            Value::Entity(entity) => (None, Some(*entity.as_bytes())),
        };
        let evidence = fact.evidence.as_ref();
        insert.execute(params![
            fact.id.as_bytes(),
            fact.entity.as_bytes(),
            fact.property,
            text,
            object,
            evidence.map(|evidence| *evidence.document.as_bytes()),
            evidence.map(|evidence| evidence.page),
            evidence.map(|evidence| evidence.start),
            evidence.map(|evidence| evidence.end),
            evidence.map(|evidence| evidence.quote.as_str()),
            fact.valid_from,
            fact.valid_to,
            standing.organisation,
            standing.purpose,
            standing.marking,
            standing.grade,
            i64::try_from(record.stamp.millis()).unwrap_or(i64::MAX),
            record.position,
            record.payload.person,
        ])?;
    }
    Ok(())
}

/// Withdraws statements (true) or brings them back (false). Gives the entities that they are about.
pub(super) fn set_removed(
    connection: &Connection,
    statements: &[StatementId],
    removed: bool,
) -> Result<Vec<EntityId>, VaultError> {
    let sql = "UPDATE statement SET removed = ?2 WHERE id = ?1 RETURNING entity";
    let mut update = connection.prepare_cached(sql)?;
    let mut entities = Vec::new();
    for statement in statements {
        let mut rows = update.query(params![statement.as_bytes(), removed])?;
        let row = rows.next()?.ok_or(VaultError::NoSuchStatement(*statement))?;
        entities.push(EntityId::from_bytes(row.get(0)?));
    }
    entities.sort_unstable();
    entities.dedup();
    Ok(entities)
}

/// The opposite of withdrawing these (`removed`) or bringing them back: only of those that it would change.
pub(super) fn opposite(
    connection: &Connection,
    organisation: &str,
    statements: &[StatementId],
    removed: bool,
) -> Result<Option<Operation>, VaultError> {
    let mut find = connection.prepare_cached("SELECT 1 FROM statement WHERE id = ?1 AND removed <> ?2")?;
    let mut changed = Vec::new();
    for statement in statements {
        if find.exists(params![statement.as_bytes(), removed])? {
            changed.push(*statement);
        }
    }
    let organisation = organisation.to_owned();
    Ok(match (changed.is_empty(), removed) {
        (true, _) => None,
        (false, true) => Some(Operation::StatementsRestored { organisation, statements: changed }),
        (false, false) => Some(Operation::StatementsWithdrawn { organisation, statements: changed }),
    })
}

/// Hands every statement of the case to `take`, in the order in which they were recorded.
pub(crate) fn each(connection: &Connection, mut take: impl FnMut(Statement)) -> Result<(), VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM statement WHERE removed = 0 ORDER BY position, id");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(from_row(row)?);
    }
    Ok(())
}

/// The statements of these entities, in the order in which they were recorded.
pub(crate) fn of(connection: &Connection, entities: &[EntityId]) -> Result<Vec<Statement>, VaultError> {
    let sql = format!("SELECT {COLUMNS}, position FROM statement WHERE entity = ?1 AND removed = 0");
    let mut find = connection.prepare_cached(&sql)?;
    let mut found: Vec<(i64, Statement)> = Vec::new();
    for entity in entities {
        let rows = find.query_map([entity.as_bytes()], |row| Ok((row.get("position")?, from_row(row)?)))?;
        for row in rows {
            found.push(row?);
        }
    }
    found.sort_by_key(|(position, statement)| (*position, statement.fact.id));
    Ok(found.into_iter().map(|(_, statement)| statement).collect())
}

/// The statements that rest on a passage of this document.
pub(crate) fn in_document(connection: &Connection, document: DocumentId) -> Result<Vec<Statement>, VaultError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM statement WHERE document = ?1 AND removed = 0 ORDER BY page, begins, position, id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([document.as_bytes()], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A statement, withdrawn or not, and whether it is.
pub(crate) fn find(connection: &Connection, id: StatementId) -> Result<Option<(Statement, bool)>, VaultError> {
    use rusqlite::OptionalExtension;
    let sql = format!("SELECT {COLUMNS}, removed FROM statement WHERE id = ?1");
    let read = |row: &Row<'_>| Ok((from_row(row)?, row.get("removed")?));
    Ok(connection.prepare_cached(&sql)?.query_row([id.as_bytes()], read).optional()?)
}

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was never made.
    Unknown,
    /// It is part of the case.
    Stands,
    /// It was withdrawn. It rests on a passage of this document, where it rests on one.
    Withdrawn(Option<DocumentId>),
}

/// What became of each of these.
pub(crate) fn fates(connection: &Connection, ids: &[StatementId]) -> Result<Vec<Fate>, VaultError> {
    use rusqlite::OptionalExtension;
    let mut find = connection.prepare_cached("SELECT removed, document FROM statement WHERE id = ?1")?;
    let read = |row: &Row<'_>| {
        let document: Option<[u8; 16]> = row.get(1)?;
        Ok(match row.get(0)? {
            true => Fate::Withdrawn(document.map(DocumentId::from_bytes)),
            false => Fate::Stands,
        })
    };
    ids.iter().map(|id| Ok(find.query_row([id.as_bytes()], read).optional()?.unwrap_or(Fate::Unknown))).collect()
}

/// The ids of the entities that have a statement: how many there are.
pub(crate) fn count_entities(connection: &Connection) -> Result<u32, VaultError> {
    let sql = "SELECT count(DISTINCT coalesce((SELECT stands FROM canonical WHERE canonical.entity = statement.entity), entity))
               FROM statement WHERE removed = 0";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Statement> {
    let value = match row.get::<_, Option<[u8; 16]>>("object")? {
        Some(object) => Value::Entity(EntityId::from_bytes(object)),
        None => Value::Text(row.get::<_, Option<String>>("text")?.unwrap_or_default()),
    };
    let evidence = match row.get::<_, Option<[u8; 16]>>("document")? {
        Some(document) => Some(Evidence {
            document: DocumentId::from_bytes(document),
            page: row.get::<_, Option<u32>>("page")?.unwrap_or(1),
            start: row.get::<_, Option<u32>>("begins")?.unwrap_or(0),
            end: row.get::<_, Option<u32>>("ends")?.unwrap_or(0),
            quote: row.get::<_, Option<String>>("quote")?.unwrap_or_default(),
        }),
        None => None,
    };
    Ok(Statement {
        fact: Fact {
            id: StatementId::from_bytes(row.get("id")?),
            entity: EntityId::from_bytes(row.get("entity")?),
            property: row.get("property")?,
            value,
            evidence,
            valid_from: row.get("valid_from")?,
            valid_to: row.get("valid_to")?,
        },
        standing: Standing {
            organisation: row.get("organisation")?,
            purpose: row.get("purpose")?,
            marking: row.get("marking")?,
            grade: row.get("grade")?,
        },
        recorded: row.get::<_, i64>("recorded")?.unsigned_abs(),
        by: row.get("person")?,
    })
}
