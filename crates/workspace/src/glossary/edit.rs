//! Concepts and their terms, by hand.

use std::collections::BTreeSet;

use koplamp_model::{
    Change, Concept, ConceptId, ConceptStatus, GlossaryId, GlossaryRecord, Operation, Scheme, SchemeId, Term, TermKind,
    Words,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::mapping::{day, said, text, withdrawn};
use super::views::touches;
use crate::statements::invalid;
use crate::{Workspace, WorkspaceError};

/// A term as somebody writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TermDraft {
    /// The word, or several.
    pub form: Words,
    /// How it is used.
    pub kind: TermKind,
    /// Where it is said.
    pub register: Option<String>,
    /// In which region.
    pub region: Option<String>,
    /// Where the use is attested.
    pub source: Option<String>,
}

/// A concept as somebody writes it, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConceptDraft {
    /// Of a concept that is there: which.
    #[ts(type = "string | null")]
    pub concept: Option<ConceptId>,
    /// Of a new one: code of the organisation whose it is.
    pub organisation: String,
    /// Its terms: at least one is preferred, and at most one a language.
    pub terms: Vec<TermDraft>,
    /// What it means: at least one.
    pub definitions: Vec<Words>,
    /// Where that comes from.
    pub sources: Vec<Words>,
    /// How it is used, and how not.
    pub scope_notes: Vec<Words>,
    /// Uses of it.
    pub examples: Vec<Words>,
    /// Notes for the next editor.
    pub notes: Vec<Words>,
    /// Its code in the scheme.
    pub notation: Option<String>,
    /// How far its owner stands behind it.
    pub status: ConceptStatus,
    /// Who answers for it.
    pub owner: Option<String>,
    /// From when it holds.
    pub valid_from: Option<String>,
    /// Until when it holds.
    pub valid_to: Option<String>,
    /// Words that, standing near, speak for this meaning.
    pub hints: Vec<String>,
}

impl Workspace {
    /// Keeps a concept with its terms: a new one, or what one that is there now says. A changed meaning raises its version, which puts its
    /// mappings to "recheck".
    ///
    /// # Errors
    /// When it has no definition, no preferred term or several in one language, or is not there.
    pub fn set_concept(&self, draft: &ConceptDraft) -> Result<(ConceptId, Change), WorkspaceError> {
        let ready = self.glossary()?;
        let glossary = &ready.glossary;
        let (scheme, before) = match draft.concept {
            Some(id) => {
                let before = glossary.concepts.iter().find(|concept| concept.id == id);
                let before = before.ok_or_else(|| WorkspaceError::NoSuchConcept(id.to_string()))?;
                (glossary.schemes.iter().find(|scheme| scheme.id == before.scheme).cloned(), Some(before))
            }
            None => (Some(self.own_scheme(&draft.organisation)?), None),
        };
        let scheme = scheme.ok_or_else(|| invalid("concept", "its scheme is gone; import the scheme again"))?;
        let iri =
            before.map_or_else(|| format!("urn:koplamp:concept:{}", ConceptId::random()), |before| before.iri.clone());
        let mut concept = Concept {
            id: before.map_or_else(|| ConceptId::of(&[b"concept", iri.as_bytes()]), |before| before.id),
            scheme: scheme.id,
            iri,
            version: 1,
            definitions: said("definitions", &draft.definitions)?,
            sources: said("sources", &draft.sources)?,
            scope_notes: said("scope_notes", &draft.scope_notes)?,
            examples: said("examples", &draft.examples)?,
            notes: said("notes", &draft.notes)?,
            notation: one("notation", draft.notation.as_deref())?,
            status: draft.status,
            owner: one("owner", draft.owner.as_deref())?,
            valid_from: day("valid_from", draft.valid_from.as_deref())?,
            valid_to: day("valid_to", draft.valid_to.as_deref())?,
            broader: before.map(|before| before.broader.clone()).unwrap_or_default(),
            narrower: before.map(|before| before.narrower.clone()).unwrap_or_default(),
            related: before.map(|before| before.related.clone()).unwrap_or_default(),
            hints: draft.hints.iter().map(|hint| hint.trim().to_owned()).filter(|hint| !hint.is_empty()).collect(),
            used_by: before.map(|before| before.used_by.clone()).unwrap_or_default(),
            default_for: before.map(|before| before.default_for.clone()).unwrap_or_default(),
            other: before.map(|before| before.other.clone()).unwrap_or_default(),
        };
        if concept.definitions.is_empty() {
            return Err(invalid("definitions", "a concept says what it means: write a definition"));
        }
        concept.version = version_after(before, &concept);
        let terms = terms(&concept, &draft.terms, &glossary.terms)?;
        let kept: BTreeSet<_> = terms.iter().map(|term| term.id).collect();
        let gone = glossary.terms.iter().filter(|term| term.concept == concept.id && !kept.contains(&term.id));
        let dropped = gone.map(|term| GlossaryId::Term(term.id)).collect();
        let id = concept.id;
        let mut set = Vec::new();
        if !glossary.schemes.iter().any(|known| known.id == scheme.id) {
            set.push(GlossaryRecord::Scheme(scheme.clone()));
        }
        set.push(GlossaryRecord::Concept(concept));
        set.extend(terms.into_iter().map(GlossaryRecord::Term));
        let operation = Operation::GlossaryChanged { organisation: scheme.organisation, set, dropped };
        Ok((id, self.change(vec![operation])?))
    }

    /// Drops a concept, with its terms and the mappings that it is in.
    ///
    /// # Errors
    /// [`WorkspaceError::NoSuchConcept`].
    pub fn drop_concept(&self, concept: ConceptId) -> Result<Change, WorkspaceError> {
        let ready = self.glossary()?;
        let glossary = &ready.glossary;
        let there = glossary.concepts.iter().find(|there| there.id == concept);
        let there = there.ok_or_else(|| WorkspaceError::NoSuchConcept(concept.to_string()))?;
        let scheme = glossary.schemes.iter().find(|scheme| scheme.id == there.scheme);
        let organisation =
            scheme.map_or_else(|| self.vault().organisation().to_owned(), |scheme| scheme.organisation.clone());
        let mut operations = Vec::new();
        for mapping in glossary.mappings.iter().filter(|mapping| touches(mapping, concept)) {
            operations.extend(withdrawn(&glossary.reviews, mapping.id));
            operations.push(Operation::GlossaryChanged {
                organisation: mapping.proposed_by.clone(),
                set: Vec::new(),
                dropped: vec![GlossaryId::Mapping(mapping.id)],
            });
        }
        let terms = glossary.terms.iter().filter(|term| term.concept == concept);
        let mut dropped: Vec<GlossaryId> = terms.map(|term| GlossaryId::Term(term.id)).collect();
        dropped.push(GlossaryId::Concept(concept));
        operations.push(Operation::GlossaryChanged { organisation, set: Vec::new(), dropped });
        // The line of the log is about the concept, not about what goes with it.
        operations.rotate_right(1);
        self.change(operations)
    }

    /// The scheme in which an organisation's new concepts are kept: the first that it has, else the one of concepts that no scheme has.
    fn own_scheme(&self, organisation: &str) -> Result<Scheme, WorkspaceError> {
        let organisation = crate::codes().organisation(organisation)?;
        let ready = self.glossary()?;
        let own = ready.glossary.schemes.iter().filter(|scheme| scheme.organisation == organisation);
        if let Some(first) = own.min_by(|one, other| one.iri.cmp(&other.iri)) {
            return Ok(first.clone());
        }
        let iri = format!("urn:koplamp:scheme:{organisation}");
        Ok(Scheme {
            id: SchemeId::of(&[b"scheme", iri.as_bytes()]),
            iri,
            title: vec![Words { text: organisation.clone(), language: None }],
            organisation,
            version: None,
            other: String::new(),
        })
    }
}

/// The version that a concept gets in the place of another: one more when its meaning is another, and never less.
pub(super) fn version_after(before: Option<&Concept>, concept: &Concept) -> u32 {
    let Some(before) = before else { return concept.version.max(1) };
    let meaning =
        |concept: &Concept| (concept.definitions.clone(), concept.scope_notes.clone(), concept.sources.clone());
    if meaning(before) == meaning(concept) {
        before.version.max(concept.version)
    } else {
        concept.version.max(before.version.saturating_add(1))
    }
}

/// The terms of a concept. What a file said of one that is there and has no place in a draft stays with it.
fn terms(concept: &Concept, drafts: &[TermDraft], known: &[Term]) -> Result<Vec<Term>, WorkspaceError> {
    let mut terms: Vec<Term> = Vec::new();
    for draft in drafts {
        let form = Words { text: text("terms", &draft.form.text)?, language: draft.form.language.clone() };
        if form.text.is_empty() {
            return Err(invalid("terms", "a term is a word, or several; take the empty one out"));
        }
        let id = Term::id_of(concept.id, draft.kind, &form);
        let before = known.iter().find(|term| term.id == id);
        if terms.iter().any(|term| term.id == id) {
            continue;
        }
        terms.push(Term {
            id,
            concept: concept.id,
            form,
            kind: draft.kind,
            register: one("terms", draft.register.as_deref())?,
            region: one("terms", draft.region.as_deref())?,
            source: one("terms", draft.source.as_deref())?,
            iri: before.and_then(|term| term.iri.clone()),
            other: before.map(|term| term.other.clone()).unwrap_or_default(),
        });
    }
    let preferred: Vec<_> = terms.iter().filter(|term| term.kind == TermKind::Preferred).collect();
    let languages: BTreeSet<_> = preferred.iter().map(|term| term.form.language.clone()).collect();
    if preferred.is_empty() {
        return Err(invalid("terms", "a concept goes by a word: make one of its terms the preferred one"));
    }
    if languages.len() < preferred.len() {
        return Err(invalid("terms", "a concept has one preferred term in each language; make the others alternative"));
    }
    Ok(terms)
}

fn one(field: &'static str, given: Option<&str>) -> Result<Option<String>, WorkspaceError> {
    let given = given.map(|given| text(field, given)).transpose()?;
    Ok(given.filter(|given| !given.is_empty()))
}
