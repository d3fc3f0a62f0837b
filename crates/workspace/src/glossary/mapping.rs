//! Mappings: proposed by one organisation, answered by both.

use koplamp_glossary::{Concepts, may_add};
use koplamp_language::fold;
use koplamp_model::{
    Change, Compound, ConceptAt, ConceptId, ConceptMapping, ConceptMappingId, GlossaryId, GlossaryRecord,
    Justification, Operation, Relation, Review, ReviewVerdict, Words,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::views::Shown;
use crate::statements::invalid;
use crate::{Workspace, WorkspaceError};

/// Longest text of a difference, a consequence or a reason, in characters.
const MAX_TEXT: usize = 4_000;

/// A mapping as somebody proposes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MappingDraft {
    /// Of a mapping that is there and is said anew: which. What it relates stays as it is; it waits for both sides again.
    #[ts(type = "string | null")]
    pub mapping: Option<ConceptMappingId>,
    /// The concept that it starts from.
    #[ts(type = "string")]
    pub from: ConceptId,
    /// How it relates to the other.
    pub relation: Relation,
    /// The concept on the other side; several of a compound equivalent; none of "no equivalent".
    #[ts(type = "string[]")]
    pub to: Vec<ConceptId>,
    /// How several go together.
    pub compound: Option<Compound>,
    /// Code of the organisation on the other side: of "no equivalent" the one that has none; else one that has or uses the concepts. Without
    /// one it follows from them: it is the one that means them all.
    pub to_organisation: Option<String>,
    /// What differs; must be said of "nearly the same".
    pub difference: Vec<Words>,
    /// What goes wrong when somebody takes the one for the other.
    pub consequence: Vec<Words>,
    /// What it rests on.
    pub justification: Justification,
    /// Code of the organisation that proposes it; none is that of the workspace.
    pub proposed_by: Option<String>,
    /// From when it holds: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[serde(default)]
    pub valid_from: Option<String>,
    /// Until when it holds.
    pub valid_to: Option<String>,
}

impl Workspace {
    /// Proposes a mapping, or says one that is there anew. It is agreed only when both sides have said yes.
    ///
    /// # Errors
    /// When a concept is not there, what must be said is not, or another mapping excludes this one.
    pub fn propose_mapping(&self, draft: &MappingDraft) -> Result<(ConceptMappingId, Change), WorkspaceError> {
        let ready = self.glossary()?;
        let shown = Shown::new(&ready.glossary);
        let at = |concept: ConceptId| match shown.meanings.concept(concept) {
            Some(known) => Ok(ConceptAt { concept, version: known.version }),
            None => Err(WorkspaceError::NoSuchConcept(concept.to_string())),
        };
        let from = at(draft.from)?;
        let to = draft.to.iter().map(|to| at(*to)).collect::<Result<Vec<_>, _>>()?;
        let concepts = Concepts::new(&ready.glossary);
        let to_organisation = match (&draft.to_organisation, concepts.organisation_of_all(&draft.to)) {
            (Some(code), _) => crate::codes().organisation(code)?,
            (None, Some(code)) => code.to_owned(),
            (None, None) => return Err(invalid("to", "name a concept, or the organisation that has none")),
        };
        if let Some(before) = draft.mapping {
            let there = ready.glossary.mappings.iter().find(|mapping| mapping.id == before);
            let there = there.ok_or_else(|| WorkspaceError::NoSuchMapping(before.to_string()))?;
            let ends = |mapping: &ConceptMapping| mapping.to.iter().map(|to| to.concept).collect::<Vec<_>>();
            if there.from.concept != draft.from || ends(there) != draft.to {
                return Err(invalid("mapping", "it relates other concepts; propose a new one, and drop this one"));
            }
        }
        let proposed_by = self.lens(draft.proposed_by.as_deref())?;
        let mapping = ConceptMapping {
            id: draft.mapping.unwrap_or_else(ConceptMappingId::random),
            from,
            relation: draft.relation,
            to,
            compound: draft.compound,
            from_organisation: shown.meanings.organisation(draft.from).to_owned(),
            to_organisation,
            difference: said("difference", &draft.difference)?,
            consequence: said("consequence", &draft.consequence)?,
            justification: draft.justification,
            proposer: self.speaks_for(&proposed_by).then(|| self.vault().person()),
            proposed_by,
            valid_from: day("valid_from", draft.valid_from.as_deref())?,
            valid_to: day("valid_to", draft.valid_to.as_deref())?,
            other: String::new(),
        };
        may_add(&mapping, &ready.glossary.mappings, &concepts)?;
        let id = mapping.id;
        // What was said of it before was said of other words.
        let mut operations = withdrawn(&ready.glossary.reviews, id);
        operations.push(Operation::GlossaryChanged {
            organisation: self.vault().organisation().to_owned(),
            set: vec![GlossaryRecord::Mapping(mapping)],
            dropped: Vec::new(),
        });
        Ok((id, self.change(operations)?))
    }

    /// Drops a mapping, with what was said of it.
    ///
    /// # Errors
    /// [`WorkspaceError::NoSuchMapping`].
    pub fn drop_concept_mapping(&self, mapping: ConceptMappingId) -> Result<Change, WorkspaceError> {
        let ready = self.glossary()?;
        let there = ready.glossary.mappings.iter().find(|there| there.id == mapping);
        if there.is_none() {
            return Err(WorkspaceError::NoSuchMapping(mapping.to_string()));
        }
        let mut operations = withdrawn(&ready.glossary.reviews, mapping);
        operations.push(Operation::GlossaryChanged {
            organisation: self.vault().organisation().to_owned(),
            set: Vec::new(),
            dropped: vec![GlossaryId::Mapping(mapping)],
        });
        self.change(operations)
    }

    /// Keeps what an organisation says of a mapping, on the concepts as they stand now; none takes its word back.
    ///
    /// For the workspace's own organisation it is the judgement of who works in it. For another it is entered: `reviewer` is the name of
    /// whose judgement it is, none is somebody whom nobody named.
    ///
    /// # Errors
    /// When the mapping is not there, the organisation is on neither side, or the reviewer is named for whom somebody else speaks.
    pub fn review_mapping(
        &self,
        mapping: ConceptMappingId,
        organisation: &str,
        verdict: Option<ReviewVerdict>,
        reviewer: Option<&str>,
        reason: &str,
    ) -> Result<Change, WorkspaceError> {
        let organisation = crate::codes().organisation(organisation)?;
        let ready = self.glossary()?;
        let shown = Shown::new(&ready.glossary);
        let there = ready.glossary.mappings.iter().find(|there| there.id == mapping);
        let there = there.ok_or_else(|| WorkspaceError::NoSuchMapping(mapping.to_string()))?;
        if let Some(name) = shown.mapping(there).missing.first() {
            let message = format!("the concept {name} is not here yet; import the file of its organisation first");
            return Err(invalid("mapping", &message));
        }
        let from = shown.meanings.organisation(there.from.concept);
        if organisation != from && organisation != there.to_organisation {
            let message =
                format!("'{organisation}' is on neither side; {from} and {} answer this one", there.to_organisation);
            return Err(invalid("organisation", &message));
        }
        let reason = text("reason", reason)?;
        let person = self.vault().person();
        let reviewer = reviewer.map(|name| text("reviewer", name)).transpose()?.filter(|name| !name.is_empty());
        let reviewer = match reviewer {
            Some(name) if self.speaks_for(&organisation) && fold(&name) != fold(&person) => {
                let message = format!("for '{organisation}' {person} speaks, who works here; leave the reviewer out");
                return Err(invalid("reviewer", &message));
            }
            _ if self.speaks_for(&organisation) => Some(person.clone()),
            named => named,
        };
        let ends = std::iter::once(&there.from).chain(&there.to);
        let versions = ends
            .map(|end| match shown.meanings.concept(end.concept) {
                Some(known) => Ok(known.version),
                None => Err(WorkspaceError::NoSuchConcept(end.concept.to_string())),
            })
            .collect::<Result<_, _>>()?;
        let review = verdict.map(|verdict| Review {
            mapping,
            organisation: organisation.clone(),
            verdict,
            reason,
            reviewer,
            person,
            versions,
        });
        self.change(vec![Operation::MappingReviewed { mapping, organisation, review }])
    }

    /// Whether it is the organisation of who works in this workspace.
    fn speaks_for(&self, organisation: &str) -> bool {
        self.vault().organisation() == organisation
    }
}

/// The acts that take back what was said of a mapping.
pub(super) fn withdrawn(reviews: &[Review], mapping: ConceptMappingId) -> Vec<Operation> {
    let of = reviews.iter().filter(|review| review.mapping == mapping);
    of.map(|review| Operation::MappingReviewed { mapping, organisation: review.organisation.clone(), review: None })
        .collect()
}

/// Words without what surrounds them; empty ones are left out.
pub(super) fn said(field: &'static str, words: &[Words]) -> Result<Vec<Words>, WorkspaceError> {
    let mut said = Vec::new();
    for words in words {
        let text = text(field, &words.text)?;
        if !text.is_empty() {
            said.push(Words { text, language: words.language.clone() });
        }
    }
    Ok(said)
}

pub(super) fn text(field: &'static str, text: &str) -> Result<String, WorkspaceError> {
    let text = text.trim();
    if text.chars().count() > MAX_TEXT {
        return Err(invalid(field, &format!("at most {MAX_TEXT} characters")));
    }
    Ok(text.to_owned())
}

/// A day, a month or a year, where one is given.
pub(super) fn day(field: &'static str, day: Option<&str>) -> Result<Option<String>, WorkspaceError> {
    match day.map(str::trim).filter(|day| !day.is_empty()) {
        Some(day) if crate::days::days(day).is_some() => Ok(Some(day.to_owned())),
        Some(day) => Err(invalid(field, &format!("'{day}' is no day; YYYY-MM-DD, YYYY-MM or YYYY is expected"))),
        None => Ok(None),
    }
}
