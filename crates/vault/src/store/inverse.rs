//! The opposite of each operation, noted while it is applied: undoing an act is a new act made of those.

use koplamp_model::{MappingId, Operation};
use rusqlite::Connection;

use super::{charts, choices, documents, glossary, merges, searches, statements, styles, suggestions};
use crate::VaultError;

/// The operation that takes this one back, given the state before it.
pub(super) fn inverse(connection: &Connection, operation: &Operation) -> Result<Option<Operation>, VaultError> {
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
        Operation::Recorded(recording) => Some(Operation::StatementsWithdrawn {
            organisation: recording.standing.organisation.clone(),
            statements: recording.facts.iter().map(|fact| fact.id).collect(),
        }),
        Operation::StatementsWithdrawn { organisation, statements } => {
            statements::opposite(connection, organisation, statements, true)?
        }
        Operation::StatementsRestored { organisation, statements } => {
            statements::opposite(connection, organisation, statements, false)?
        }
        Operation::EntitiesMerged { merge, .. } => Some(Operation::MergeWithdrawn { merge: *merge }),
        Operation::MergeWithdrawn { merge } => {
            (merges::in_force(connection, *merge)? == Some(true)).then_some(Operation::MergeRestored { merge: *merge })
        }
        Operation::MergeRestored { merge } => (merges::in_force(connection, *merge)? == Some(false))
            .then_some(Operation::MergeWithdrawn { merge: *merge }),
        Operation::EntitiesDistinguished { one, other, .. } => Some(Operation::EntitiesDistinguished {
            one: *one,
            other: *other,
            distinct: merges::are_distinct(connection, *one, *other)?,
        }),
        Operation::SuggestionJudged { suggestion, document, .. } => Some(Operation::SuggestionJudged {
            suggestion: *suggestion,
            document: *document,
            verdict: suggestions::verdict(connection, *suggestion)?,
        }),
        Operation::ValueIgnored { identifier, normal, .. } => Some(Operation::ValueIgnored {
            identifier: *identifier,
            normal: normal.clone(),
            ignored: suggestions::is_ignored(connection, *identifier, normal)?,
        }),
        Operation::ChartSet { chart, .. } => {
            let before = charts::as_it_is(connection, *chart)?;
            Some(before.unwrap_or(Operation::ChartDropped { chart: *chart }))
        }
        Operation::ChartDropped { chart } => charts::as_it_is(connection, *chart)?,
        Operation::ChartPlaced { chart, placed, taken } => {
            Some(charts::placed_before(connection, *chart, placed, taken)?)
        }
        Operation::MappingSaved { mapping, .. } => {
            Some(saved_mapping(connection, *mapping)?.unwrap_or(Operation::MappingDropped { mapping: *mapping }))
        }
        Operation::MappingDropped { mapping } => saved_mapping(connection, *mapping)?,
        Operation::GradingChosen { .. } => {
            Some(Operation::GradingChosen { scheme: choices::grading(connection)?.unwrap_or_default() })
        }
        Operation::StyleSheetSet { sheet } => Some(styles::as_it_is(connection, sheet)?),
        Operation::StyleSheetDropped { sheet, .. } => {
            styles::find(connection, *sheet)?.map(|sheet| Operation::StyleSheetSet { sheet })
        }
        Operation::StyleSheetChosen { .. } => Some(Operation::StyleSheetChosen { sheet: styles::chosen(connection)? }),
        Operation::GlossaryChanged { organisation, set, dropped } => {
            Some(glossary::before(connection, organisation, set, dropped)?)
        }
        Operation::MappingReviewed { mapping, organisation, .. } => Some(Operation::MappingReviewed {
            mapping: *mapping,
            organisation: organisation.clone(),
            review: glossary::review_of(connection, *mapping, organisation)?,
        }),
        Operation::SenseFixed { document, page, start, end, quote, .. } => Some(Operation::SenseFixed {
            document: *document,
            page: *page,
            start: *start,
            end: *end,
            quote: quote.clone(),
            concept: glossary::fixed_at(connection, *document, (*page, *start, *end))?,
        }),
        Operation::WorkspaceCreated { .. }
        | Operation::Undone { .. }
        | Operation::Redone { .. }
        | Operation::Abandoned { .. }
        | Operation::Audited(_)
        | Operation::Unknown => None,
    })
}

fn saved_mapping(connection: &Connection, mapping: MappingId) -> Result<Option<Operation>, VaultError> {
    let found = choices::mapping(connection, mapping)?;
    Ok(found.map(|(name, columns)| Operation::MappingSaved { mapping, name, columns }))
}
