//! Acts: the log's transactions in one line each, and the stacks of undo and redo that follow from them.

use koplamp_model::{Act, ActKind, Audit, LogEntry, Operation, StreamId, TransactionId, Verdict};
use rusqlite::{Connection, Row, params};

use super::projection::subject;
use crate::VaultError;
use crate::log::Record;

/// Adds an operation to the row of its act, and keeps what would take it back.
pub(super) fn record(connection: &Connection, record: &Record, inverse: Option<&Operation>) -> Result<(), VaultError> {
    let payload = &record.payload;
    let (kind, target) = kind_of(&payload.operation);
    let at = match &payload.operation {
        Operation::Audited(Audit::OpenFailed { at_millis, .. }) => *at_millis,
        _ => record.stamp.millis(),
    };
    connection
        .prepare_cached(
            "INSERT INTO act (id, position, kind, count, subject, at, person, stream, sequence, target)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (id) DO UPDATE SET
                 count = count + CASE WHEN kind = excluded.kind OR target IS NOT NULL THEN excluded.count ELSE 0 END,
                 subject = CASE WHEN count = 0 THEN excluded.subject
                                WHEN kind <> excluded.kind AND target IS NULL THEN subject ELSE NULL END",
        )?
        .execute(params![
            payload.act.as_bytes(),
            record.position,
            kind_code(kind),
            // The line that says 'undone' counts what it takes back, not itself.
            if target.is_none() { weight(&payload.operation) } else { 0 },
            subject(connection, told(&payload.operation, inverse))?,
            i64::try_from(at).unwrap_or(i64::MAX),
            // Who tried and failed nobody knows; the log has it from the person who opened next.
            if kind == ActKind::OpenFailed { "" } else { payload.person.as_str() },
            record.stream.as_bytes(),
            i64::try_from(record.sequence).unwrap_or(i64::MAX),
            target.map(|target| *target.as_bytes()),
        ])?;
    if let Some(inverse) = inverse {
        let operation = serde_json::to_string(inverse).map_err(|error| VaultError::Internal(error.to_string()))?;
        connection
            .prepare_cached("INSERT INTO inverse (act, position, operation) VALUES (?1, ?2, ?3)")?
            .execute(params![payload.act.as_bytes(), record.position, operation])?;
    }
    Ok(())
}

/// The operation that a line takes its subject from: what is dropped from the glossary, and a style sheet that is dropped, has its name only
/// in what brings it back.
fn told<'o>(operation: &'o Operation, inverse: Option<&'o Operation>) -> &'o Operation {
    match (operation, inverse) {
        (Operation::GlossaryChanged { set, .. }, Some(inverse)) if set.is_empty() => inverse,
        (Operation::StyleSheetDropped { .. }, Some(inverse)) => inverse,
        _ => operation,
    }
}

fn kind_of(operation: &Operation) -> (ActKind, Option<TransactionId>) {
    let kind = match operation {
        Operation::WorkspaceCreated { .. } => ActKind::WorkspaceCreated,
        Operation::DocumentImported(_) => ActKind::DocumentsImported,
        Operation::DocumentLabelled { .. } => ActKind::DocumentsLabelled,
        Operation::DocumentRenamed { .. } => ActKind::DocumentRenamed,
        Operation::DocumentRemoved { .. } => ActKind::DocumentsRemoved,
        Operation::DocumentRestored { .. } => ActKind::DocumentsRestored,
        Operation::SearchSaved(_) => ActKind::SearchSaved,
        Operation::SearchDropped { .. } => ActKind::SearchDropped,
        Operation::Recorded(_) => ActKind::FactsRecorded,
        Operation::StatementsWithdrawn { .. } => ActKind::StatementsWithdrawn,
        Operation::StatementsRestored { .. } => ActKind::StatementsRestored,
        Operation::EntitiesMerged { .. } | Operation::MergeRestored { .. } => ActKind::EntitiesMerged,
        Operation::MergeWithdrawn { .. } => ActKind::MergeWithdrawn,
        Operation::EntitiesDistinguished { .. } => ActKind::EntitiesDistinguished,
        Operation::SuggestionJudged { verdict: Some(Verdict::Accepted { .. }), .. } => ActKind::SuggestionsAccepted,
        Operation::SuggestionJudged { .. } => ActKind::SuggestionsRejected,
        Operation::ValueIgnored { .. } => ActKind::ValueIgnored,
        Operation::ChartSet { .. } => ActKind::ChartSet,
        Operation::ChartDropped { .. } => ActKind::ChartDropped,
        Operation::ChartPlaced { .. } => ActKind::ChartPlaced,
        Operation::MappingSaved { .. } => ActKind::MappingSaved,
        Operation::MappingDropped { .. } => ActKind::MappingDropped,
        Operation::GradingChosen { .. } => ActKind::GradingChosen,
        Operation::StyleSheetSet { .. } => ActKind::StyleSheetSet,
        Operation::StyleSheetDropped { .. } => ActKind::StyleSheetDropped,
        Operation::StyleSheetChosen { .. } => ActKind::StyleSheetChosen,
        Operation::GlossaryChanged { .. } => ActKind::GlossaryChanged,
        Operation::MappingReviewed { .. } => ActKind::MappingReviewed,
        Operation::SenseFixed { .. } => ActKind::SenseFixed,
        Operation::Audited(Audit::EntityConsulted { .. }) => ActKind::EntityConsulted,
        Operation::Audited(Audit::Combined { .. }) => ActKind::Combined,
        Operation::Audited(Audit::Disclosed { .. }) => ActKind::Disclosed,
        Operation::Undone { act } => return (ActKind::Undone, Some(*act)),
        Operation::Redone { act } => return (ActKind::Redone, Some(*act)),
        Operation::Abandoned { act } => return (ActKind::Abandoned, Some(*act)),
        Operation::Audited(Audit::Opened { .. }) => ActKind::Opened,
        Operation::Audited(Audit::OpenFailed { .. }) => ActKind::OpenFailed,
        Operation::Audited(Audit::Searched { .. }) => ActKind::Searched,
        Operation::Audited(Audit::Consulted { .. }) => ActKind::Consulted,
        Operation::Audited(Audit::Exported { .. }) => ActKind::Exported,
        Operation::Audited(Audit::KeysChanged { .. }) => ActKind::KeysChanged,
        Operation::Audited(Audit::Locked { .. }) => ActKind::Locked,
        Operation::Unknown => ActKind::Unknown,
    };
    (kind, None)
}

/// To how many things an operation is done.
fn weight(operation: &Operation) -> i64 {
    let things = match operation {
        Operation::Recorded(recording) => recording.facts.len(),
        Operation::StatementsWithdrawn { statements, .. } | Operation::StatementsRestored { statements, .. } => {
            statements.len()
        }
        Operation::EntitiesMerged { entities, .. } => entities.len(),
        Operation::ChartPlaced { placed, taken, .. } => placed.len() + taken.len(),
        Operation::GlossaryChanged { set, dropped, .. } => set.len() + dropped.len(),
        _ => 1,
    };
    i64::try_from(things).unwrap_or(i64::MAX)
}

/// The code of a kind in the table: the one that it has in JSON.
fn kind_code(kind: ActKind) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(code)) => code,
        _ => "unknown".into(),
    }
}

fn kind_from_code(code: String) -> ActKind {
    serde_json::from_value(serde_json::Value::String(code)).unwrap_or(ActKind::Unknown)
}

/// Acts that can be undone and redone, the last one on top. A pure reading of the log: it survives a restart because the log does.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct UndoStack {
    undo: Vec<TransactionId>,
    redo: Vec<TransactionId>,
}

/// What the stacks need to know of a transaction that can be undone.
pub(crate) struct Noted {
    kind: ActKind,
    target: Option<TransactionId>,
}

impl Noted {
    /// None when there is nothing in it to undo.
    pub(crate) fn of(operations: &[Operation]) -> Option<Self> {
        let undoable = operations.iter().any(|operation| {
            !matches!(operation, Operation::WorkspaceCreated { .. } | Operation::Audited(_) | Operation::Unknown)
        });
        let (kind, target) = kind_of(operations.first().filter(|_| undoable)?);
        Some(Self { kind, target })
    }
}

impl UndoStack {
    pub(crate) fn load(connection: &Connection) -> Result<Self, VaultError> {
        let mut stack = Self::default();
        let mut statement = connection.prepare(
            "SELECT id, kind, target FROM act
             WHERE kind IN ('undone', 'redone', 'abandoned') OR EXISTS (SELECT 1 FROM inverse WHERE inverse.act = act.id)
             ORDER BY position",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let target: Option<[u8; 16]> = row.get(2)?;
            let (id, kind) = (TransactionId::from_bytes(row.get(0)?), kind_from_code(row.get(1)?));
            stack.push(id, kind, target.map(TransactionId::from_bytes));
        }
        Ok(stack)
    }

    fn push(&mut self, act: TransactionId, kind: ActKind, target: Option<TransactionId>) {
        match (kind, target) {
            (ActKind::Undone, Some(target)) => {
                self.undo.retain(|act| *act != target);
                self.redo.push(target);
            }
            (ActKind::Redone, Some(target)) => {
                self.redo.retain(|act| *act != target);
                self.undo.push(target);
            }
            (ActKind::Abandoned, Some(target)) => {
                self.undo.retain(|act| *act != target);
                self.redo.retain(|act| *act != target);
            }
            // The batches of one import are one act, whatever else is done meanwhile.
            _ if self.undo.contains(&act) => {}
            _ => {
                self.undo.push(act);
                self.redo.clear();
            }
        }
    }

    /// Takes note of an act that just happened.
    pub(crate) fn note(&mut self, act: TransactionId, noted: Option<Noted>) {
        if let Some(Noted { kind, target }) = noted {
            self.push(act, kind, target);
        }
    }

    /// The act that undo takes back.
    pub fn undo(&self) -> Option<TransactionId> {
        self.undo.last().copied()
    }

    /// The act that redo does again.
    pub fn redo(&self) -> Option<TransactionId> {
        self.redo.last().copied()
    }
}

/// What takes an act back, in the order to apply it.
pub(crate) fn inverse_of(connection: &Connection, act: TransactionId) -> Result<Vec<Operation>, VaultError> {
    let mut statement =
        connection.prepare_cached("SELECT operation FROM inverse WHERE act = ?1 ORDER BY position DESC")?;
    let rows = statement.query_map([act.as_bytes()], |row| row.get::<_, String>(0))?;
    rows.map(|row| serde_json::from_str(&row?).map_err(|error| VaultError::StoreDamaged(error.to_string()))).collect()
}

/// Whether an act was taken back for good.
pub(crate) fn is_abandoned(connection: &Connection, act: TransactionId) -> Result<bool, VaultError> {
    let sql = "SELECT 1 FROM act WHERE kind = 'abandoned' AND target = ?1";
    Ok(connection.prepare_cached(sql)?.exists([act.as_bytes()])?)
}

/// The undo that took this act back last: doing its inverse does the act again.
pub(crate) fn last_undo_of(connection: &Connection, act: TransactionId) -> Result<Option<TransactionId>, VaultError> {
    use rusqlite::OptionalExtension;
    let sql = "SELECT id FROM act WHERE kind = 'undone' AND target = ?1 ORDER BY position DESC LIMIT 1";
    let id = connection.prepare_cached(sql)?.query_row([act.as_bytes()], |row| row.get(0)).optional()?;
    Ok(id.map(TransactionId::from_bytes))
}

/// The line of one act.
pub(crate) fn find(connection: &Connection, act: TransactionId) -> Result<Option<Act>, VaultError> {
    use rusqlite::OptionalExtension;
    let sql = "SELECT id, kind, count, subject, at FROM act WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([act.as_bytes()], act_from_row).optional()?)
}

fn act_from_row(row: &Row<'_>) -> rusqlite::Result<Act> {
    Ok(Act {
        transaction: TransactionId::from_bytes(row.get("id")?),
        kind: kind_from_code(row.get("kind")?),
        count: row.get("count")?,
        subject: row.get("subject")?,
        at: row.get::<_, i64>("at")?.unsigned_abs(),
    })
}

/// Lines of the log view, newest first: `limit` of them from before the position `before`, and where to go on.
pub(crate) fn list(
    connection: &Connection,
    before: Option<u64>,
    limit: u32,
) -> Result<(Vec<LogEntry>, Option<u64>), VaultError> {
    let mut statement = connection.prepare_cached(
        "SELECT act.id, act.position, act.kind, act.count, act.subject, act.at, act.person, act.stream, act.sequence,
                stream.compartment, operation.header
         FROM act JOIN stream ON stream.id = act.stream JOIN operation ON operation.position = act.position
         WHERE act.position < ?1 ORDER BY act.position DESC LIMIT ?2",
    )?;
    let before = before.and_then(|position| i64::try_from(position).ok()).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![before, limit])?;
    let (mut entries, mut next) = (Vec::new(), None);
    while let Some(row) = rows.next()? {
        entries.push(entry_from_row(row)?);
        next = Some(row.get::<_, i64>("position")?.unsigned_abs());
    }
    let whole = entries.len() < limit as usize;
    Ok((entries, if whole { None } else { next }))
}

fn entry_from_row(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    let header: Vec<u8> = row.get("header")?;
    Ok(LogEntry {
        act: act_from_row(row)?,
        person: row.get("person")?,
        compartment: row.get("compartment")?,
        stream: StreamId::from_bytes(row.get("stream")?).to_string(),
        sequence: row.get::<_, i64>("sequence")?.unsigned_abs(),
        signature: crate::log::signature_prefix(&header),
    })
}

/// The acts that set or dropped records of the glossary in which this id stands, newest first: their opposites name it.
pub(crate) fn of_glossary(connection: &Connection, id: &str) -> Result<Vec<LogEntry>, VaultError> {
    let mut statement = connection.prepare_cached(
        "SELECT act.id, act.position, act.kind, act.count, act.subject, act.at, act.person, act.stream, act.sequence,
                stream.compartment, operation.header
         FROM act JOIN stream ON stream.id = act.stream JOIN operation ON operation.position = act.position
         WHERE act.id IN (SELECT act FROM inverse WHERE operation ->> '$.kind' = 'glossary_changed'
                          AND instr(operation, '\"' || ?1 || '\"') > 0)
         ORDER BY act.position DESC",
    )?;
    let rows = statement.query_map([id], entry_from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Name and organisation of the workspace, from its first act.
pub(crate) fn about(connection: &Connection) -> Result<(String, String), VaultError> {
    let mut statement = connection.prepare(
        "SELECT act.subject, stream.compartment FROM act JOIN stream ON stream.id = act.stream
         WHERE act.kind = 'workspace_created' ORDER BY act.position LIMIT 1",
    )?;
    let found = statement.query_row([], |row| Ok((row.get::<_, Option<String>>(0)?, row.get(1)?)));
    match found {
        Ok((name, organisation)) => Ok((name.unwrap_or_default(), organisation)),
        Err(rusqlite::Error::QueryReturnedNoRows) => Err(VaultError::StoreDamaged("the log has no beginning".into())),
        Err(error) => Err(error.into()),
    }
}
