//! What is known of each meaning: its terms, and how it is tied to meanings of other organisations, seen from its side.

use std::collections::{BTreeSet, HashMap};

use koplamp_model::{
    Compound, Concept, ConceptId, ConceptMapping, ConceptMappingId, Glossary, MappingStatus, Relation, Term, TermKind,
    Words,
};

use crate::{Concepts, inverse, statuses};

/// A glossary, to be asked for meanings.
#[derive(Debug)]
pub struct Meanings<'g> {
    concepts: Concepts<'g>,
    by_iri: HashMap<&'g str, ConceptId>,
    terms: HashMap<ConceptId, Vec<&'g Term>>,
    mappings: HashMap<ConceptId, Vec<&'g ConceptMapping>>,
    statuses: HashMap<ConceptMappingId, MappingStatus>,
    day: Option<String>,
}

/// A mapping seen from one of its concepts.
#[derive(Debug, Clone, Copy)]
pub struct Tie<'g> {
    /// The mapping.
    pub mapping: &'g ConceptMapping,
    /// Where it stands.
    pub status: MappingStatus,
    /// What the other is, seen from this side: of the whole that this is a part of, wider (*or*) or narrower (*and*).
    pub relation: Relation,
    /// Whether this is the side that the mapping starts from.
    pub forth: bool,
}

impl<'g> Tie<'g> {
    /// The concepts on the other side.
    pub fn others(&self) -> impl Iterator<Item = ConceptId> + use<'g> {
        let back = (!self.forth).then_some(self.mapping.from.concept);
        let forth = if self.forth { self.mapping.to.as_slice() } else { &[] };
        back.into_iter().chain(forth.iter().map(|end| end.concept))
    }

    /// How several on the other side go together.
    pub fn compound(&self) -> Option<Compound> {
        self.mapping.compound.filter(|_| self.forth)
    }
}

impl<'g> Meanings<'g> {
    /// Those of this glossary.
    pub fn new(glossary: &'g Glossary) -> Self {
        let mut terms: HashMap<ConceptId, Vec<&Term>> = HashMap::new();
        for term in &glossary.terms {
            terms.entry(term.concept).or_default().push(term);
        }
        for of_one in terms.values_mut() {
            of_one.sort_by_key(|term| term.kind);
        }
        let mut mappings: HashMap<ConceptId, Vec<&ConceptMapping>> = HashMap::new();
        for mapping in &glossary.mappings {
            for end in std::iter::once(&mapping.from).chain(&mapping.to) {
                mappings.entry(end.concept).or_default().push(mapping);
            }
        }
        let by_iri = glossary.concepts.iter().map(|concept| (concept.iri.as_str(), concept.id)).collect();
        Self { concepts: Concepts::new(glossary), by_iri, terms, mappings, statuses: statuses(glossary), day: None }
    }

    /// Those of this glossary on a day, `YYYY-MM-DD`: mappings that do not hold on it tie nothing.
    pub fn on(glossary: &'g Glossary, day: &str) -> Self {
        Self { day: Some(day.to_owned()), ..Self::new(glossary) }
    }

    /// The concept of this id.
    pub fn concept(&self, concept: ConceptId) -> Option<&'g Concept> {
        self.concepts.get(concept)
    }

    /// Code of the organisation whose concept it is; empty when its scheme is not there.
    pub fn organisation(&self, concept: ConceptId) -> &'g str {
        self.concepts.organisation(concept).unwrap_or_default()
    }

    /// Whether an organisation means this: it is its own, or it uses it without one of its own.
    pub fn uses(&self, organisation: &str, concept: ConceptId) -> bool {
        self.concepts.uses(organisation, concept)
    }

    /// The terms of a concept, the preferred first.
    pub fn terms(&self, concept: ConceptId) -> &[&'g Term] {
        self.terms.get(&concept).map_or(&[], Vec::as_slice)
    }

    /// What a concept is called in a language: its preferred term in it, else any that is not hidden; its notation or IRI when it has none.
    pub fn called(&self, concept: ConceptId, language: &str) -> &'g str {
        let shown = |term: &&&Term| term.kind != TermKind::Hidden;
        let in_language = |term: &&&Term| term.form.language.as_deref().is_some_and(|tag| tag.starts_with(language));
        let terms = self.terms(concept);
        let preferred = |term: &&&Term| term.kind == TermKind::Preferred;
        let term = (terms.iter().filter(preferred).find(in_language))
            .or_else(|| terms.iter().find(preferred))
            .or_else(|| terms.iter().filter(shown).find(in_language))
            .or_else(|| terms.iter().find(shown));
        match (term, self.concept(concept)) {
            (Some(term), _) => &term.form.text,
            (None, Some(known)) => known.notation.as_deref().unwrap_or(&known.iri),
            (None, None) => "",
        }
    }

    /// What a concept is a kind of, by its owner's glossary: all wider concepts, near and far.
    pub fn wider(&self, concept: ConceptId) -> BTreeSet<ConceptId> {
        let mut wider = BTreeSet::new();
        let mut next = vec![concept];
        while let Some(known) = next.pop().and_then(|concept| self.concept(concept)) {
            // A concept that is there already is not gone through again: a circle ends.
            let above = known.broader.iter().filter_map(|iri| self.by_iri.get(iri.as_str()));
            next.extend(above.filter(|above| wider.insert(**above)));
        }
        wider
    }

    /// Of the same said in several languages, what is in this one; else the first.
    pub fn in_language<'w>(&self, said: &'w [Words], language: &str) -> Option<&'w str> {
        let is = |words: &&Words| words.language.as_deref().is_some_and(|tag| tag.starts_with(language));
        said.iter().find(is).or_else(|| said.first()).map(|words| words.text.as_str())
    }

    /// How a concept is tied to others, in the order of the mappings; of those of a day, by the mappings that hold then.
    /// A mapping that waits for a concept that is not here is no tie yet.
    pub fn ties(&self, concept: ConceptId) -> Vec<Tie<'g>> {
        let seen = |mapping: &&'g ConceptMapping| {
            let forth = mapping.from.concept == concept;
            let relation = match (forth, mapping.compound, mapping.relation) {
                (true, ..) => mapping.relation,
                (false, None, relation) => inverse(relation),
                (false, Some(Compound::And), Relation::Same | Relation::NearlySame) => Relation::Narrower,
                (false, Some(Compound::Or), Relation::Same | Relation::NearlySame) => Relation::Wider,
                (false, Some(_), _) => Relation::Related,
            };
            let status = self.statuses.get(&mapping.id).copied().unwrap_or(MappingStatus::Proposed);
            Tie { mapping, status, relation, forth }
        };
        let holds = |mapping: &&&'g ConceptMapping| self.day.as_ref().is_none_or(|day| mapping.holds_on(day));
        let here = |tie: &Tie| tie.others().all(|other| self.concepts.get(other).is_some());
        self.mappings.get(&concept).into_iter().flatten().filter(holds).map(seen).filter(here).collect()
    }
}
