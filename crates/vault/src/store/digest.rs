//! The state digest: one number for everything that the projections hold, to tell whether two states are equal.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use crate::VaultError;

/// All projections, each in an order of its own content. `unindexed` is left out: it says what the search index lacks, not what is
/// known; and `portrait`, which is made when it is asked for.
const PROJECTIONS: &[(&str, &str)] = &[
    ("document", "SELECT * FROM document ORDER BY id"),
    ("saved_search", "SELECT * FROM saved_search ORDER BY id"),
    ("act", "SELECT * FROM act ORDER BY id"),
    ("inverse", "SELECT * FROM inverse ORDER BY act, position"),
    ("reading", "SELECT * FROM reading ORDER BY document"),
    ("page", "SELECT document, number, label, text FROM page ORDER BY document, number"),
    ("statement", "SELECT * FROM statement ORDER BY id"),
    ("merge", "SELECT * FROM merge ORDER BY id"),
    ("merge_member", "SELECT * FROM merge_member ORDER BY merge, place"),
    ("canonical", "SELECT * FROM canonical ORDER BY entity"),
    ("distinction", "SELECT * FROM distinction ORDER BY one, other"),
    ("suggestion", "SELECT * FROM suggestion ORDER BY id"),
    ("judgement", "SELECT * FROM judgement ORDER BY suggestion"),
    ("ignored_value", "SELECT * FROM ignored_value ORDER BY kind, normal"),
    ("chart", "SELECT * FROM chart ORDER BY id"),
    ("chart_item", "SELECT * FROM chart_item ORDER BY chart, entity"),
    ("mapping", "SELECT * FROM mapping ORDER BY id"),
    ("choice", "SELECT * FROM choice ORDER BY name"),
    ("style_sheet", "SELECT * FROM style_sheet ORDER BY id"),
    ("scheme", "SELECT * FROM scheme ORDER BY id"),
    ("concept", "SELECT * FROM concept ORDER BY id"),
    ("term", "SELECT * FROM term ORDER BY id"),
    ("concept_mapping", "SELECT * FROM concept_mapping ORDER BY id"),
    ("review", "SELECT * FROM review ORDER BY mapping, organisation"),
    ("fixed_sense", "SELECT * FROM fixed_sense ORDER BY document, page, begins, ends"),
];

/// What a person sees of them: the case as it is, not how it came to be.
const STATE: &[(&str, &str)] = &[
    ("document", "SELECT * FROM document WHERE removed = 0 ORDER BY id"),
    ("saved_search", "SELECT * FROM saved_search ORDER BY id"),
    (
        "reading",
        "SELECT reading.* FROM reading JOIN document ON document.id = reading.document
         WHERE document.removed = 0 ORDER BY reading.document",
    ),
    (
        "page",
        "SELECT page.document, page.number, page.label, page.text FROM page JOIN document ON document.id = page.document
         WHERE document.removed = 0 ORDER BY page.document, page.number",
    ),
    ("statement", "SELECT * FROM statement WHERE removed = 0 ORDER BY id"),
    ("merge", "SELECT * FROM merge WHERE removed = 0 ORDER BY id"),
    (
        "merge_member",
        "SELECT merge_member.* FROM merge_member JOIN merge ON merge.id = merge_member.merge
         WHERE merge.removed = 0 ORDER BY merge_member.merge, merge_member.place",
    ),
    ("canonical", "SELECT * FROM canonical ORDER BY entity"),
    ("distinction", "SELECT * FROM distinction ORDER BY one, other"),
    (
        "suggestion",
        "SELECT suggestion.* FROM suggestion JOIN document ON document.id = suggestion.document
         WHERE document.removed = 0 ORDER BY suggestion.id",
    ),
    ("judgement", "SELECT * FROM judgement ORDER BY suggestion"),
    ("ignored_value", "SELECT * FROM ignored_value ORDER BY kind, normal"),
    ("chart", "SELECT * FROM chart WHERE removed = 0 ORDER BY id"),
    (
        "chart_item",
        "SELECT chart_item.* FROM chart_item JOIN chart ON chart.id = chart_item.chart
         WHERE chart.removed = 0 ORDER BY chart_item.chart, chart_item.entity",
    ),
    ("mapping", "SELECT * FROM mapping ORDER BY id"),
    ("choice", "SELECT * FROM choice ORDER BY name"),
    ("style_sheet", "SELECT * FROM style_sheet ORDER BY id"),
    ("scheme", "SELECT * FROM scheme ORDER BY id"),
    ("concept", "SELECT * FROM concept ORDER BY id"),
    ("term", "SELECT * FROM term ORDER BY id"),
    ("concept_mapping", "SELECT * FROM concept_mapping ORDER BY id"),
    (
        "review",
        "SELECT review.* FROM review JOIN concept_mapping ON concept_mapping.id = review.mapping
         ORDER BY review.mapping, review.organisation",
    ),
    (
        "fixed_sense",
        "SELECT fixed_sense.* FROM fixed_sense JOIN document ON document.id = fixed_sense.document
         WHERE document.removed = 0 ORDER BY fixed_sense.document, page, begins, ends",
    ),
];

/// SHA-256 over the case as a person sees it, in hexadecimal: undoing an act gives the digest from before it.
pub(crate) fn state_digest(connection: &Connection) -> Result<String, VaultError> {
    digest(connection, STATE)
}

/// SHA-256 over all rows of all projections, in hexadecimal: a rebuild gives the same.
pub(crate) fn projection_digest(connection: &Connection) -> Result<String, VaultError> {
    digest(connection, PROJECTIONS)
}

/// Every value goes in with its type and length in front.
fn digest(connection: &Connection, tables: &[(&str, &str)]) -> Result<String, VaultError> {
    let mut digest = Sha256::new();
    for (name, sql) in tables {
        digest.update((name.len() as u64).to_be_bytes());
        digest.update(name);
        let mut statement = connection.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Null => digest.update([0]),
                    ValueRef::Integer(value) => {
                        digest.update([1]);
                        digest.update(value.to_be_bytes());
                    }
                    ValueRef::Real(value) => {
                        digest.update([2]);
                        digest.update(value.to_bits().to_be_bytes());
                    }
                    ValueRef::Text(bytes) => value(&mut digest, 3, bytes),
                    ValueRef::Blob(bytes) => value(&mut digest, 4, bytes),
                }
            }
        }
    }
    Ok(hex::encode(digest.finalize()))
}

fn value(digest: &mut Sha256, kind: u8, bytes: &[u8]) {
    digest.update([kind]);
    digest.update((bytes.len() as u64).to_be_bytes());
    digest.update(bytes);
}
