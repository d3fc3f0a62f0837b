//! The glossary: schemes, concepts, terms, mappings and what organisations say of them; and the senses that persons fixed in documents.

use koplamp_model::{
    ConceptId, ConceptMapping, ConceptMappingId, DocumentId, FixedSense, Glossary, GlossaryId, GlossaryRecord,
    Operation, Review, TermKind,
};
use rusqlite::{Connection, OptionalExtension, Params, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::VaultError;

/// Sets records and drops others, and notes the words whose senses may have changed with them.
pub(super) fn change(
    connection: &Connection,
    set: &[GlossaryRecord],
    dropped: &[GlossaryId],
) -> Result<(), VaultError> {
    for record in set {
        if current(connection, record.id())?.as_ref() != Some(record) {
            note_words(connection, record.id())?;
            keep(connection, record)?;
            note_words(connection, record.id())?;
        }
    }
    for id in dropped {
        note_words(connection, *id)?;
        let sql = format!("DELETE FROM {} WHERE id = ?1", table(*id));
        connection.prepare_cached(&sql)?.execute([bytes(*id)])?;
    }
    Ok(())
}

/// The change that gives back what stands now, of all that this one would touch.
pub(super) fn before(
    connection: &Connection,
    organisation: &str,
    set: &[GlossaryRecord],
    dropped: &[GlossaryId],
) -> Result<Operation, VaultError> {
    let (mut back, mut off) = (Vec::new(), Vec::new());
    for id in set.iter().map(GlossaryRecord::id).chain(dropped.iter().copied()) {
        match current(connection, id)? {
            Some(record) => back.push(record),
            None => off.push(id),
        }
    }
    Ok(Operation::GlossaryChanged { organisation: organisation.to_owned(), set: back, dropped: off })
}

fn keep(connection: &Connection, record: &GlossaryRecord) -> Result<(), VaultError> {
    match record {
        GlossaryRecord::Scheme(scheme) => connection
            .prepare_cached("INSERT OR REPLACE INTO scheme (id, record) VALUES (?1, ?2)")?
            .execute(params![scheme.id.as_bytes(), json(scheme)?])?,
        GlossaryRecord::Concept(concept) => connection
            .prepare_cached("INSERT OR REPLACE INTO concept (id, scheme, record) VALUES (?1, ?2, ?3)")?
            .execute(params![concept.id.as_bytes(), concept.scheme.as_bytes(), json(concept)?])?,
        GlossaryRecord::Term(term) => connection
            .prepare_cached(
                "INSERT OR REPLACE INTO term (id, concept, form, preferred, record) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                term.id.as_bytes(),
                term.concept.as_bytes(),
                term.form.text,
                term.kind == TermKind::Preferred,
                json(term)?
            ])?,
        GlossaryRecord::Mapping(mapping) => connection
            .prepare_cached("INSERT OR REPLACE INTO concept_mapping (id, record) VALUES (?1, ?2)")?
            .execute(params![mapping.id.as_bytes(), json(mapping)?])?,
    };
    Ok(())
}

const fn table(id: GlossaryId) -> &'static str {
    match id {
        GlossaryId::Scheme(_) => "scheme",
        GlossaryId::Concept(_) => "concept",
        GlossaryId::Term(_) => "term",
        GlossaryId::Mapping(_) => "concept_mapping",
    }
}

const fn bytes(id: GlossaryId) -> [u8; 16] {
    match id {
        GlossaryId::Scheme(id) => *id.as_bytes(),
        GlossaryId::Concept(id) => *id.as_bytes(),
        GlossaryId::Term(id) => *id.as_bytes(),
        GlossaryId::Mapping(id) => *id.as_bytes(),
    }
}

/// A record as it stands.
fn current(connection: &Connection, id: GlossaryId) -> Result<Option<GlossaryRecord>, VaultError> {
    let sql = format!("SELECT record FROM {} WHERE id = ?1", table(id));
    let found: Option<String> = connection.prepare_cached(&sql)?.query_row([bytes(id)], |row| row.get(0)).optional()?;
    let Some(record) = found else { return Ok(None) };
    Ok(Some(match id {
        GlossaryId::Scheme(_) => GlossaryRecord::Scheme(read(&record)?),
        GlossaryId::Concept(_) => GlossaryRecord::Concept(read(&record)?),
        GlossaryId::Term(_) => GlossaryRecord::Term(read(&record)?),
        GlossaryId::Mapping(_) => GlossaryRecord::Mapping(read(&record)?),
    }))
}

/// Notes the words that a record, as it stands, gives senses to.
fn note_words(connection: &Connection, id: GlossaryId) -> Result<(), VaultError> {
    let condition = match id {
        GlossaryId::Scheme(_) => "concept IN (SELECT id FROM concept WHERE scheme = ?1)",
        GlossaryId::Concept(_) => "concept = ?1",
        GlossaryId::Term(_) => "id = ?1",
        // A mapping says nothing of what a word means where it stands.
        GlossaryId::Mapping(_) => return Ok(()),
    };
    let sql = format!(
        "INSERT OR REPLACE INTO changed_word (word, mark)
         SELECT DISTINCT form, (SELECT coalesce(max(mark), 0) + 1 FROM changed_word) FROM term WHERE {condition}"
    );
    connection.prepare_cached(&sql)?.execute([bytes(id)])?;
    Ok(())
}

/// Words whose senses changed since the index was last told, each with the mark of its last change.
pub(crate) fn changed_words(connection: &Connection) -> Result<Vec<(String, i64)>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT word, mark FROM changed_word ORDER BY word")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes words off the list, unless they changed again after their mark was read.
pub(crate) fn forget_words(connection: &Connection, words: &[(String, i64)]) -> Result<(), VaultError> {
    let mut delete = connection.prepare_cached("DELETE FROM changed_word WHERE word = ?1 AND mark = ?2")?;
    for (word, mark) in words {
        delete.execute(params![word, mark])?;
    }
    Ok(())
}

/// Keeps what an organisation says of a mapping; none forgets it.
pub(super) fn review(
    connection: &Connection,
    mapping: ConceptMappingId,
    organisation: &str,
    review: Option<&Review>,
) -> Result<(), VaultError> {
    match review {
        Some(review) => connection
            .prepare_cached("INSERT OR REPLACE INTO review (mapping, organisation, record) VALUES (?1, ?2, ?3)")?
            .execute(params![mapping.as_bytes(), organisation, json(review)?])?,
        None => connection
            .prepare_cached("DELETE FROM review WHERE mapping = ?1 AND organisation = ?2")?
            .execute(params![mapping.as_bytes(), organisation])?,
    };
    Ok(())
}

/// What an organisation says of a mapping.
pub(super) fn review_of(
    connection: &Connection,
    mapping: ConceptMappingId,
    organisation: &str,
) -> Result<Option<Review>, VaultError> {
    let sql = "SELECT record FROM review WHERE mapping = ?1 AND organisation = ?2";
    let found: Option<String> = connection
        .prepare_cached(sql)?
        .query_row(params![mapping.as_bytes(), organisation], |row| row.get(0))
        .optional()?;
    found.as_deref().map(read).transpose()
}

/// Keeps the sense of a word where it stands; none forgets it.
pub(super) fn fix(
    connection: &Connection,
    document: DocumentId,
    (page, start, end): (u32, u32, u32),
    quote: &str,
    concept: Option<ConceptId>,
) -> Result<(), VaultError> {
    match concept {
        Some(concept) => connection
            .prepare_cached(
                "INSERT OR REPLACE INTO fixed_sense (document, page, begins, ends, quote, concept)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![document.as_bytes(), page, start, end, quote, concept.as_bytes()])?,
        None => connection
            .prepare_cached("DELETE FROM fixed_sense WHERE document = ?1 AND page = ?2 AND begins = ?3 AND ends = ?4")?
            .execute(params![document.as_bytes(), page, start, end])?,
    };
    Ok(())
}

/// The sense that a person fixed at a place.
pub(super) fn fixed_at(
    connection: &Connection,
    document: DocumentId,
    (page, start, end): (u32, u32, u32),
) -> Result<Option<ConceptId>, VaultError> {
    let sql = "SELECT concept FROM fixed_sense WHERE document = ?1 AND page = ?2 AND begins = ?3 AND ends = ?4";
    let place = params![document.as_bytes(), page, start, end];
    Ok(connection.prepare_cached(sql)?.query_row(place, |row| Ok(ConceptId::from_bytes(row.get(0)?))).optional()?)
}

/// The senses that persons fixed in a document, in reading order.
pub(crate) fn fixed_senses(connection: &Connection, document: DocumentId) -> Result<Vec<FixedSense>, VaultError> {
    let sql =
        "SELECT page, begins, ends, quote, concept FROM fixed_sense WHERE document = ?1 ORDER BY page, begins, ends";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([document.as_bytes()], |row| {
        Ok(FixedSense {
            page: row.get(0)?,
            start: row.get(1)?,
            end: row.get(2)?,
            quote: row.get(3)?,
            concept: ConceptId::from_bytes(row.get(4)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All of the glossary, in an order of its own ids.
pub(crate) fn whole(connection: &Connection) -> Result<Glossary, VaultError> {
    Ok(Glossary {
        schemes: all(connection, "SELECT record FROM scheme ORDER BY id", [])?,
        concepts: all(connection, "SELECT record FROM concept ORDER BY id", [])?,
        terms: all(connection, "SELECT record FROM term ORDER BY concept, id", [])?,
        mappings: all(connection, "SELECT record FROM concept_mapping ORDER BY id", [])?,
        reviews: all(
            connection,
            "SELECT review.record FROM review JOIN concept_mapping ON concept_mapping.id = review.mapping
             ORDER BY review.mapping, review.organisation",
            [],
        )?,
    })
}

fn all<T: DeserializeOwned>(connection: &Connection, sql: &str, parameters: impl Params) -> Result<Vec<T>, VaultError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(parameters, |row| row.get::<_, String>(0))?;
    rows.map(|row| read(&row?)).collect()
}

/// What the log calls a change: the one concept, else the one word, the one mapping or the one scheme that it is about.
pub(super) fn subject(connection: &Connection, records: &[GlossaryRecord]) -> Result<Option<String>, VaultError> {
    let own = |concept: ConceptId| {
        let terms = records.iter().filter_map(|record| match record {
            GlossaryRecord::Term(term) if term.concept == concept => Some(term),
            _ => None,
        });
        terms.min_by_key(|term| term.kind).map(|term| term.form.text.clone())
    };
    let (mut concepts, mut terms, mut mappings, mut schemes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for record in records {
        match record {
            GlossaryRecord::Concept(concept) => concepts.push(concept.id),
            GlossaryRecord::Term(term) => terms.push(term.form.text.clone()),
            GlossaryRecord::Mapping(mapping) => mappings.push(mapping),
            GlossaryRecord::Scheme(scheme) => schemes.extend(scheme.title.first().map(|title| title.text.clone())),
        }
    }
    match (concepts.as_slice(), terms.as_slice(), mappings.as_slice(), schemes.as_slice()) {
        ([concept], ..) => own(*concept).map_or_else(|| called(connection, *concept), |name| Ok(Some(name))),
        ([], [term], ..) => Ok(Some(term.clone())),
        ([], [], [mapping], _) => mapping_called(connection, mapping),
        ([], [], [], [scheme]) => Ok(Some(scheme.clone())),
        _ => Ok(None),
    }
}

/// What the log calls a mapping: the words at its two sides.
pub(super) fn mapping_name(connection: &Connection, id: ConceptMappingId) -> Result<Option<String>, VaultError> {
    match current(connection, GlossaryId::Mapping(id))? {
        Some(GlossaryRecord::Mapping(mapping)) => mapping_called(connection, &mapping),
        _ => Ok(None),
    }
}

fn mapping_called(connection: &Connection, mapping: &ConceptMapping) -> Result<Option<String>, VaultError> {
    let from = called(connection, mapping.from.concept)?.unwrap_or_default();
    let mut to = Vec::new();
    for part in &mapping.to {
        to.extend(called(connection, part.concept)?);
    }
    let to = if to.is_empty() { mapping.to_organisation.clone() } else { to.join(", ") };
    Ok(Some(format!("{from} – {to}")))
}

/// The word that a concept goes by.
fn called(connection: &Connection, concept: ConceptId) -> Result<Option<String>, VaultError> {
    let sql = "SELECT form FROM term WHERE concept = ?1 ORDER BY preferred DESC, form LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([concept.as_bytes()], |row| row.get(0)).optional()?)
}

fn json(record: &impl Serialize) -> Result<String, VaultError> {
    serde_json::to_string(record).map_err(|error| VaultError::Internal(error.to_string()))
}

fn read<T: DeserializeOwned>(record: &str) -> Result<T, VaultError> {
    serde_json::from_str(record).map_err(|error| VaultError::StoreDamaged(error.to_string()))
}
