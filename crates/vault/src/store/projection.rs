//! The fold: how each operation changes the projections. The same function serves an act that just happened and a rebuild of
//! everything from the log, which is why the two cannot differ.

use koplamp_model::{
    ChartId, Document, DocumentId, EntityId, Fact, Import, Labels, Operation, SavedSearch, SavedSearchId, TYPE, Value,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::inverse::inverse;
use super::{Reading, acts, charts, choices, documents, glossary, merges, searches, statements, styles, suggestions};
use crate::VaultError;
use crate::log::Record;

/// What applying changed.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    pub(crate) documents: Vec<DocumentId>,
    pub(crate) searches: bool,
    pub(crate) entities: Vec<EntityId>,
    pub(crate) charts: Vec<ChartId>,
    pub(crate) suggestions: bool,
    pub(crate) styles: bool,
    pub(crate) glossary: bool,
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
        Operation::Recorded(recording) => {
            statements::insert(connection, recording, record)?;
            applied.entities.extend(recording.facts.iter().map(|fact| fact.entity));
        }
        Operation::StatementsWithdrawn { statements, .. } => {
            applied.entities.extend(statements::set_removed(connection, statements, true)?);
        }
        Operation::StatementsRestored { statements, .. } => {
            applied.entities.extend(statements::set_removed(connection, statements, false)?);
        }
        Operation::EntitiesMerged { merge, entities, reason } => {
            applied.entities.extend(merges::insert(connection, *merge, entities, reason, record.position)?);
        }
        Operation::MergeWithdrawn { merge } => {
            applied.entities.extend(merges::set_removed(connection, *merge, true)?);
        }
        Operation::MergeRestored { merge } => {
            applied.entities.extend(merges::set_removed(connection, *merge, false)?);
        }
        Operation::EntitiesDistinguished { one, other, distinct } => {
            merges::distinguish(connection, *one, *other, *distinct)?;
            applied.entities.extend([*one, *other]);
        }
        Operation::SuggestionJudged { suggestion, verdict, .. } => {
            suggestions::judge(connection, *suggestion, *verdict)?;
            applied.suggestions = true;
        }
        Operation::ValueIgnored { identifier, normal, ignored } => {
            suggestions::ignore(connection, *identifier, normal, *ignored)?;
            applied.suggestions = true;
        }
        Operation::ChartSet { chart, name, snapshot_of, settings } => {
            charts::set(connection, *chart, name, *snapshot_of, settings, record.stamp.millis())?;
            applied.charts.push(*chart);
        }
        Operation::ChartDropped { chart } => {
            charts::drop(connection, *chart)?;
            applied.charts.push(*chart);
        }
        Operation::ChartPlaced { chart, placed, taken } => {
            charts::place(connection, *chart, placed, taken)?;
            applied.charts.push(*chart);
        }
        Operation::MappingSaved { mapping, name, columns } => {
            choices::save_mapping(connection, *mapping, name, columns)?;
        }
        Operation::MappingDropped { mapping } => choices::drop_mapping(connection, *mapping)?,
        Operation::GradingChosen { scheme } => choices::choose_grading(connection, scheme)?,
        Operation::StyleSheetSet { sheet } => {
            styles::set(connection, sheet)?;
            applied.styles = true;
        }
        Operation::StyleSheetDropped { sheet, .. } => {
            styles::drop(connection, *sheet)?;
            applied.styles = true;
        }
        Operation::StyleSheetChosen { sheet } => {
            styles::choose(connection, *sheet)?;
            applied.styles = true;
        }
        Operation::GlossaryChanged { set, dropped, .. } => {
            glossary::change(connection, set, dropped)?;
            applied.glossary = true;
        }
        Operation::MappingReviewed { mapping, organisation, review } => {
            glossary::review(connection, *mapping, organisation, review.as_ref())?;
            applied.glossary = true;
        }
        Operation::SenseFixed { document, page, start, end, quote, concept } => {
            glossary::fix(connection, *document, (*page, *start, *end), quote, *concept)?;
            applied.glossary = true;
        }
        Operation::WorkspaceCreated { .. }
        | Operation::Undone { .. }
        | Operation::Redone { .. }
        | Operation::Abandoned { .. }
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
        | Operation::DocumentRestored { document }
        | Operation::SenseFixed { document, .. } => Some(*document),
        _ => None,
    }
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
         DELETE FROM page; DELETE FROM unindexed; DELETE FROM statement; DELETE FROM merge; DELETE FROM merge_member;
         DELETE FROM canonical; DELETE FROM distinction; DELETE FROM suggestion; DELETE FROM judgement;
         DELETE FROM ignored_value; DELETE FROM chart; DELETE FROM chart_item; DELETE FROM mapping; DELETE FROM choice;
         DELETE FROM style_sheet; DELETE FROM portrait;
         DELETE FROM scheme; DELETE FROM concept; DELETE FROM term; DELETE FROM concept_mapping; DELETE FROM review;
         DELETE FROM fixed_sense; DELETE FROM changed_word;",
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
        Operation::Audited(Audit::Searched { query, filters, senses, .. }) => {
            // What was typed is one line, so that it cannot be taken for what was looked for beside it.
            let asked = std::iter::once(query).chain(filters).flat_map(|text| text.split_whitespace());
            let asked = asked.collect::<Vec<_>>().join(" ");
            Some(
                std::iter::once(asked.as_str()).chain(senses.iter().map(String::as_str)).collect::<Vec<_>>().join("\n"),
            )
        }
        Operation::Audited(Audit::Opened { slot }) => Some(slot.clone()),
        Operation::Audited(Audit::OpenFailed { reason, .. }) => Some(reason.clone()),
        Operation::Audited(Audit::KeysChanged { what }) => Some(what.clone()),
        Operation::Audited(Audit::Locked { cause }) => Some(cause.clone()),
        Operation::Recorded(recording) => called(&recording.facts),
        Operation::EntitiesMerged { reason, .. } => Some(reason.clone()),
        Operation::ValueIgnored { normal, .. } => Some(normal.clone()),
        Operation::ChartSet { name, .. } | Operation::MappingSaved { name, .. } => Some(name.clone()),
        Operation::ChartDropped { chart } | Operation::ChartPlaced { chart, .. } => charts::name(connection, *chart)?,
        Operation::GradingChosen { scheme } => Some(scheme.clone()),
        Operation::StyleSheetSet { sheet } => Some(sheet.name.clone()),
        Operation::StyleSheetDropped { sheet, .. } | Operation::StyleSheetChosen { sheet: Some(sheet) } => {
            styles::name(connection, *sheet)?
        }
        Operation::GlossaryChanged { set, .. } => glossary::subject(connection, set)?,
        Operation::MappingReviewed { mapping, .. } => glossary::mapping_name(connection, *mapping)?,
        Operation::SenseFixed { quote, .. } => Some(quote.clone()),
        Operation::Audited(Audit::Combined { what, .. }) => Some(what.clone()),
        Operation::Audited(Audit::Disclosed { format, .. }) => Some(format.clone()),
        Operation::Undone { .. }
        | Operation::Redone { .. }
        | Operation::Abandoned { .. }
        | Operation::Unknown
        | Operation::StatementsWithdrawn { .. }
        | Operation::StatementsRestored { .. }
        | Operation::MergeWithdrawn { .. }
        | Operation::MergeRestored { .. }
        | Operation::EntitiesDistinguished { .. }
        | Operation::SuggestionJudged { .. }
        | Operation::MappingDropped { .. }
        | Operation::StyleSheetChosen { sheet: None }
        | Operation::Audited(Audit::EntityConsulted { .. }) => None,
    })
}

/// What facts say first of something: its name, else whatever else is said in words.
fn called(facts: &[Fact]) -> Option<String> {
    let words = |fact: &Fact| match &fact.value {
        Value::Text(text) if fact.property != TYPE => Some(text.clone()),
        _ => None,
    };
    let named = facts.iter().find(|fact| fact.property == "name").and_then(words);
    named.or_else(|| facts.iter().find_map(words))
}

/// A dropped search has no row any more when its line is written, so its name is looked up where it was saved.
fn search_name(connection: &Connection, search: SavedSearchId) -> Result<Option<String>, VaultError> {
    let sql = "SELECT operation ->> '$.name' FROM inverse
               WHERE operation ->> '$.kind' = 'search_saved' AND operation ->> '$.id' = ?1 ORDER BY position DESC LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([search.to_string()], |row| row.get(0)).optional()?.flatten())
}
