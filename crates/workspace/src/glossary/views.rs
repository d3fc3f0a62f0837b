//! The glossary as it is shown: concepts with their terms and mappings.

use std::collections::{BTreeSet, HashMap};

use koplamp_glossary::{Entry, Meanings};
use koplamp_language::fold;
use koplamp_model::{
    Concept, ConceptId, ConceptMapping, ConceptMappingId, Glossary, LabelError, LogEntry, MappingStatus, Review,
    Scheme, Term,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Workspace, WorkspaceError};

/// The language of the work: concepts are called by their terms in it, where they have one.
const LANGUAGE: &str = "nl";

/// A concept with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConceptView {
    /// The concept.
    pub concept: Concept,
    /// Code of the organisation whose it is.
    pub organisation: String,
    /// The word that it goes by.
    pub label: String,
    /// Its terms, the preferred ones first.
    pub terms: Vec<Term>,
    /// The mappings that it is in, on either side.
    pub mappings: Vec<MappingView>,
}

/// A mapping with what its sides are called, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MappingView {
    /// The mapping.
    pub mapping: ConceptMapping,
    /// Where it stands.
    pub status: MappingStatus,
    /// Code of the organisation that it starts from.
    pub from_organisation: String,
    /// The word that the concept there goes by.
    pub from_label: String,
    /// The words that the concepts on the other side go by, in their order.
    pub to_labels: Vec<String>,
    /// Names on the web of the concepts that are not here yet: it waits for the files that have them, and nobody can answer it before.
    pub missing: Vec<String>,
    /// The last word of each organisation.
    pub reviews: Vec<Review>,
}

/// What a word means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LookUp {
    /// The word as it was asked.
    pub word: String,
    /// Its senses: those of the organisation that asks first, then by organisation.
    pub senses: Vec<Entry>,
}

/// Concepts of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConceptList {
    /// How many there are.
    pub total: u32,
    /// Those that were asked for, by the word that they go by.
    pub concepts: Vec<ConceptView>,
    /// The schemes, by organisation.
    pub schemes: Vec<Scheme>,
}

/// Two concepts that would be the same if every mapping of a chain of "the same" held. It is offered, and never kept by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OfferView {
    /// The one.
    #[ts(type = "string")]
    pub from: ConceptId,
    /// Code of the organisation whose it is.
    pub from_organisation: String,
    /// The word that it goes by.
    pub from_label: String,
    /// The other.
    #[ts(type = "string")]
    pub to: ConceptId,
    /// Code of the organisation whose it is.
    pub to_organisation: String,
    /// The word that it goes by.
    pub to_label: String,
    /// The agreed mappings that lead from the one to the other.
    #[ts(type = "string[]")]
    pub through: Vec<ConceptMappingId>,
}

/// Shows concepts and mappings.
pub(super) struct Shown<'g> {
    glossary: &'g Glossary,
    pub(super) meanings: Meanings<'g>,
    statuses: HashMap<ConceptMappingId, MappingStatus>,
}

impl<'g> Shown<'g> {
    pub(super) fn new(glossary: &'g Glossary) -> Self {
        Self { glossary, meanings: Meanings::new(glossary), statuses: koplamp_glossary::statuses(glossary) }
    }

    pub(super) fn label(&self, concept: ConceptId) -> String {
        self.meanings.called(concept, LANGUAGE).to_owned()
    }

    fn concept(&self, id: ConceptId) -> Option<ConceptView> {
        let concept = self.meanings.concept(id)?.clone();
        let mine = self.glossary.mappings.iter().filter(|mapping| touches(mapping, id));
        Some(ConceptView {
            concept,
            organisation: self.meanings.organisation(id).to_owned(),
            label: self.label(id),
            terms: self.meanings.terms(id).iter().map(|term| (*term).clone()).collect(),
            mappings: mine.map(|mapping| self.mapping(mapping)).collect(),
        })
    }

    pub(super) fn mapping(&self, mapping: &ConceptMapping) -> MappingView {
        let reviews = self.glossary.reviews.iter().filter(|review| review.mapping == mapping.id);
        let gone = |concept: ConceptId| self.meanings.concept(concept).is_none();
        let ends = || std::iter::once(&mapping.from).chain(&mapping.to).map(|end| end.concept);
        let names = if ends().any(gone) { koplamp_glossary::names_of_ends(mapping) } else { HashMap::new() };
        let name = |concept: ConceptId| names.get(&concept).cloned().unwrap_or_else(|| concept.to_string());
        let label = |concept: ConceptId| if gone(concept) { name(concept) } else { self.label(concept) };
        let owner = self.meanings.organisation(mapping.from.concept);
        MappingView {
            status: self.statuses.get(&mapping.id).copied().unwrap_or(MappingStatus::Recheck),
            from_organisation: if owner.is_empty() { &mapping.from_organisation } else { owner }.to_owned(),
            from_label: label(mapping.from.concept),
            to_labels: mapping.to.iter().map(|to| label(to.concept)).collect(),
            missing: ends().filter(|concept| gone(*concept)).map(name).collect(),
            reviews: reviews.cloned().collect(),
            mapping: mapping.clone(),
        }
    }
}

/// Whether a concept stands on either side of a mapping.
pub(super) fn touches(mapping: &ConceptMapping, concept: ConceptId) -> bool {
    mapping.from.concept == concept || mapping.to.iter().any(|to| to.concept == concept)
}

impl Workspace {
    /// Code of the organisation through whose eyes words are read: this one, or without one the workspace's own.
    ///
    /// # Errors
    /// When nobody knows the organisation.
    pub fn lens(&self, organisation: Option<&str>) -> Result<String, WorkspaceError> {
        match organisation {
            Some(code) => self.known_organisation(code),
            None => Ok(self.vault().organisation().to_owned()),
        }
    }

    /// Code of an organisation that the code list has, whose words are in the glossary, whose documents are in the case, or whose workspace this is.
    /// What is asked of another would be answered with nothing, as if there were nothing.
    ///
    /// # Errors
    /// When nobody knows it; the error names those there are.
    pub(crate) fn known_organisation(&self, text: &str) -> Result<String, WorkspaceError> {
        let code = crate::codes().organisation(text)?;
        let ready = self.glossary()?;
        let listed = crate::codes().organisations.codes.iter().map(|known| known.code.as_str());
        let own = std::iter::once(self.vault().organisation());
        let speaking = ready.glossary.schemes.iter().map(|scheme| scheme.organisation.as_str());
        let delivering = self.vault().organisations()?;
        let delivering = delivering.iter().map(String::as_str);
        let known: BTreeSet<&str> =
            listed.chain(own).chain(speaking).chain(delivering).filter(|code| !code.is_empty()).collect();
        if known.contains(code.as_str()) {
            return Ok(code);
        }
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        Err(LabelError::Unknown { list: "organisation", code: text.trim().to_owned(), known }.into())
    }

    /// What a word, or several that are one term, means at each organisation. Inflections count.
    ///
    /// # Errors
    /// When the database cannot be read, or `lens` is no organisation.
    pub fn look_up(&self, word: &str, lens: Option<&str>) -> Result<LookUp, WorkspaceError> {
        let lens = self.lens(lens)?;
        let ready = self.glossary()?;
        let meanings = Meanings::new(&ready.glossary);
        let senses = koplamp_glossary::look_up(&ready.lexicon, &meanings, word, Some(&lens));
        Ok(LookUp { word: word.to_owned(), senses })
    }

    /// The acts that made or changed a concept, or a term of it, newest first; of one that is gone, too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn concept_history(&self, concept: ConceptId) -> Result<Vec<LogEntry>, WorkspaceError> {
        Ok(self.vault().concept_history(concept)?)
    }

    /// A concept.
    ///
    /// # Errors
    /// [`WorkspaceError::NoSuchConcept`].
    pub fn concept(&self, concept: ConceptId) -> Result<ConceptView, WorkspaceError> {
        let ready = self.glossary()?;
        let view = Shown::new(&ready.glossary).concept(concept);
        view.ok_or_else(|| WorkspaceError::NoSuchConcept(concept.to_string()))
    }

    /// Concepts by the word that they go by: all, or those of one organisation, or those with these letters in a term.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn concepts(
        &self,
        text: Option<&str>,
        organisation: Option<&str>,
        limit: u32,
        offset: u32,
    ) -> Result<ConceptList, WorkspaceError> {
        let ready = self.glossary()?;
        let shown = Shown::new(&ready.glossary);
        let text = text.map(|text| fold(text.trim()));
        let mut found = BTreeSet::new();
        for concept in &ready.glossary.concepts {
            let own = shown.meanings.organisation(concept.id);
            let here = organisation.is_none_or(|organisation| organisation == own);
            let terms = shown.meanings.terms(concept.id);
            let has = |text: &String| terms.iter().any(|term| fold(&term.form.text).contains(text));
            if here && text.as_ref().is_none_or(has) {
                found.insert((fold(&shown.label(concept.id)), own, concept.id));
            }
        }
        let mut schemes = ready.glossary.schemes.clone();
        schemes.sort_by(|one, other| (&one.organisation, &one.iri).cmp(&(&other.organisation, &other.iri)));
        Ok(ConceptList {
            total: u32::try_from(found.len()).unwrap_or(u32::MAX),
            concepts: found
                .into_iter()
                .skip(offset as usize)
                .take(limit as usize)
                .filter_map(|(.., id)| shown.concept(id))
                .collect(),
            schemes,
        })
    }

    /// What follows from chains of agreed mappings that say "the same": for a person to propose, or not.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn offered_mappings(&self) -> Result<Vec<OfferView>, WorkspaceError> {
        let ready = self.glossary()?;
        let shown = Shown::new(&ready.glossary);
        let view = |offer: koplamp_glossary::Offer| OfferView {
            from: offer.from,
            from_organisation: shown.meanings.organisation(offer.from).to_owned(),
            from_label: shown.label(offer.from),
            to: offer.to,
            to_organisation: shown.meanings.organisation(offer.to).to_owned(),
            to_label: shown.label(offer.to),
            through: offer.through,
        };
        Ok(koplamp_glossary::offered(&ready.glossary, &crate::days::today()).into_iter().map(view).collect())
    }

    /// A mapping.
    ///
    /// # Errors
    /// [`WorkspaceError::NoSuchMapping`].
    pub fn concept_mapping(&self, mapping: ConceptMappingId) -> Result<MappingView, WorkspaceError> {
        let ready = self.glossary()?;
        let found = ready.glossary.mappings.iter().find(|known| known.id == mapping);
        let found = found.ok_or_else(|| WorkspaceError::NoSuchMapping(mapping.to_string()))?;
        Ok(Shown::new(&ready.glossary).mapping(found))
    }

    /// Mappings, those first that wait for somebody: all, or those that stand so.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn concept_mappings(&self, status: Option<MappingStatus>) -> Result<Vec<MappingView>, WorkspaceError> {
        use MappingStatus::{Agreed, Disputed, Proposed, Recheck};
        let ready = self.glossary()?;
        let shown = Shown::new(&ready.glossary);
        let mut views: Vec<MappingView> =
            ready.glossary.mappings.iter().map(|mapping| shown.mapping(mapping)).collect();
        views.retain(|view| status.is_none_or(|status| view.status == status));
        let rank = |view: &MappingView| match view.status {
            Recheck => 0,
            Disputed => 1,
            Proposed => 2,
            Agreed => 3,
        };
        views
            .sort_by_cached_key(|view| (!view.missing.is_empty(), rank(view), fold(&view.from_label), view.mapping.id));
        Ok(views)
    }
}
