//! What a type or a link is called at an organisation: the lens on labels.
//!
//! A type of the entity schema is tied to a concept by its name (`Person`) as the concept's notation, or by its label as one of the concept's terms:
//! `Zaak` is what a glossary calls a *zaak*. If the organisation has such a concept itself, its preferred term is the label; else the
//! preferred term of what is mapped as the same, or nearly, at the organisation.
//!
//! A property (`birthDate`) is tied by its name as a notation alone: its label is a common word that a glossary may have for something else.

use std::collections::{BTreeSet, HashMap};

use koplamp_model::{ConceptId, Glossary, MappingStatus, Relation, TermKind};

use crate::Concepts;
use crate::meanings::Meanings;

/// The labels in one organisation's words.
#[derive(Debug)]
pub struct Lens<'g> {
    meanings: Meanings<'g>,
    organisation: String,
    by_word: HashMap<String, Vec<ConceptId>>,
    by_notation: HashMap<String, Vec<ConceptId>>,
}

impl<'g> Lens<'g> {
    /// The lens of the organisation with this code, by the mappings that hold on `day` (`YYYY-MM-DD`).
    pub fn new(glossary: &'g Glossary, organisation: &str, day: &str) -> Self {
        let known = Concepts::new(glossary);
        let mut by_word: HashMap<String, Vec<ConceptId>> = HashMap::new();
        let shown = |kind| matches!(kind, TermKind::Preferred | TermKind::Alternative);
        for term in glossary.terms.iter().filter(|term| shown(term.kind) && known.get(term.concept).is_some()) {
            by_word.entry(key(&term.form.text)).or_default().push(term.concept);
        }
        let mut by_notation: HashMap<String, Vec<ConceptId>> = HashMap::new();
        for concept in &glossary.concepts {
            if let Some(notation) = &concept.notation {
                by_word.entry(key(notation)).or_default().push(concept.id);
                by_notation.entry(key(notation)).or_default().push(concept.id);
            }
        }
        Self { meanings: Meanings::on(glossary, day), organisation: organisation.to_owned(), by_word, by_notation }
    }

    /// What the organisation calls the type of this `name` whose label is `label`, in a language (`nl`, `en`); none when its words are not known, when
    /// it says what the label says, or when it could be two things.
    pub fn label(&self, name: &str, label: &str, language: &str) -> Option<&'g str> {
        let by_name = self.concepts(name);
        self.of(if by_name.is_empty() { self.concepts(label) } else { by_name }, label, language)
    }

    /// The same of a property.
    pub fn property(&self, name: &str, label: &str, language: &str) -> Option<&'g str> {
        self.of(self.by_notation.get(&key(name)).map_or(&[], Vec::as_slice), label, language)
    }

    /// What the organisation calls one of these concepts; none when it says what the label says.
    fn of(&self, concepts: &[ConceptId], label: &str, language: &str) -> Option<&'g str> {
        let own = concepts.iter().filter(|concept| self.is_own(**concept)).copied();
        let own: BTreeSet<ConceptId> = own.collect();
        let called = self.only(&own, language).or_else(|| {
            let reached = |relation: Relation, agreed: bool| {
                let found = concepts
                    .iter()
                    .flat_map(|concept| self.meanings.ties(*concept))
                    .filter(|tie| tie.relation == relation && tie.compound().is_none())
                    .filter(|tie| tie.mapping.compound.is_none())
                    .filter(|tie| tie.status == if agreed { MappingStatus::Agreed } else { MappingStatus::Proposed })
                    .flat_map(|tie| tie.others())
                    .filter(|other| self.is_own(*other));
                found.collect::<BTreeSet<ConceptId>>()
            };
            // The best that there is decides, also when it says nothing.
            let ways = [
                (Relation::Same, true),
                (Relation::NearlySame, true),
                (Relation::Same, false),
                (Relation::NearlySame, false),
            ];
            let best =
                ways.into_iter().map(|(relation, agreed)| reached(relation, agreed)).find(|found| !found.is_empty());
            best.and_then(|found| self.only(&found, language))
        })?;
        (key(called) != key(label)).then_some(called)
    }

    fn concepts(&self, word: &str) -> &[ConceptId] {
        self.by_word.get(&key(word)).map_or(&[], Vec::as_slice)
    }

    fn is_own(&self, concept: ConceptId) -> bool {
        self.meanings.uses(&self.organisation, concept)
    }

    fn only(&self, concepts: &BTreeSet<ConceptId>, language: &str) -> Option<&'g str> {
        let called: BTreeSet<&str> = concepts.iter().map(|concept| self.meanings.called(*concept, language)).collect();
        let mut called = called.into_iter().filter(|word| !word.is_empty());
        called.next().filter(|_| called.next().is_none())
    }
}

/// A word as it is compared: case and accents away; of several words, one space between.
fn key(text: &str) -> String {
    text.split_whitespace().map(koplamp_language::fold).collect::<Vec<_>>().join(" ")
}
