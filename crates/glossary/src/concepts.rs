//! Concepts by their id, each with the organisation whose it is.

use std::collections::HashMap;

use koplamp_model::{Concept, ConceptId, Glossary, SchemeId};

/// The concepts of a glossary, to be looked up.
#[derive(Debug, Default)]
pub struct Concepts<'g> {
    by_id: HashMap<ConceptId, (&'g Concept, &'g str)>,
}

impl<'g> Concepts<'g> {
    /// Those of this glossary. A concept whose scheme is not there belongs to nobody: its organisation is empty.
    pub fn new(glossary: &'g Glossary) -> Self {
        let schemes: HashMap<SchemeId, &str> =
            glossary.schemes.iter().map(|scheme| (scheme.id, scheme.organisation.as_str())).collect();
        let organisation = |concept: &Concept| schemes.get(&concept.scheme).copied().unwrap_or_default();
        let by_id = glossary.concepts.iter().map(|concept| (concept.id, (concept, organisation(concept)))).collect();
        Self { by_id }
    }

    /// The concept of this id.
    pub fn get(&self, concept: ConceptId) -> Option<&'g Concept> {
        self.by_id.get(&concept).map(|(concept, _)| *concept)
    }

    /// Whether an organisation means this: it is its own, or it uses it without one of its own.
    pub fn uses(&self, organisation: &str, concept: ConceptId) -> bool {
        self.by_id.get(&concept).is_some_and(|(concept, owner)| {
            *owner == organisation || concept.used_by.iter().any(|code| code == organisation)
        })
    }

    /// Code of the organisation that means all of these: one whose one of them is and that uses the others, else one that uses all, else the
    /// one whose the first is. None when nobody has the first.
    pub fn organisation_of_all(&self, concepts: &[ConceptId]) -> Option<&'g str> {
        let owners = concepts.iter().filter_map(|concept| self.organisation(*concept));
        let users =
            concepts.first().and_then(|first| self.get(*first)).map_or(&[][..], |first| first.used_by.as_slice());
        let mut codes = owners.chain(users.iter().map(String::as_str));
        let all = codes.find(|code| concepts.iter().all(|concept| self.uses(code, *concept)));
        all.or_else(|| concepts.first().and_then(|first| self.organisation(*first)))
    }

    /// Code of the organisation whose concept it is.
    pub fn organisation(&self, concept: ConceptId) -> Option<&'g str> {
        self.by_id.get(&concept).map(|(_, organisation)| *organisation).filter(|code| !code.is_empty())
    }
}
