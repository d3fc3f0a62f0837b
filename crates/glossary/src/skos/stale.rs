//! What was kept of a file and does not hold any more, because the record has been changed since.

use std::collections::{HashMap, HashSet};

use koplamp_model::{Concept, ConceptId, ConceptMapping, Glossary, GlossaryId, Relation, Term};
use oxrdf::{NamedOrBlankNode, Term as Object, Triple};

use super::graph::Graph;
use super::take::{key, mapping_id, rendered, sources_are};
use super::vocabulary::{CONTEXT, DEFAULT_FOR, HINT, LABELS, PROPOSED_BY, SOURCE, STATUS, relation};

/// Tells what does not hold any more.
pub(super) struct Stale<'a> {
    kept: &'a Graph,
    concepts: HashMap<GlossaryId, &'a Concept>,
    hints: HashMap<GlossaryId, HashSet<&'a str>>,
    defaults: HashMap<GlossaryId, HashSet<&'a str>>,
    terms: HashMap<GlossaryId, &'a Term>,
    mappings: HashMap<GlossaryId, &'a ConceptMapping>,
}

impl<'a> Stale<'a> {
    pub fn new(glossary: &'a Glossary, kept: &'a Graph) -> Self {
        let id = |concept: &Concept| GlossaryId::Concept(concept.id);
        let hints = |concept: &'a Concept| concept.hints.iter().map(String::as_str).collect();
        let defaults = |concept: &'a Concept| concept.default_for.iter().map(String::as_str).collect();
        Self {
            kept,
            concepts: glossary.concepts.iter().map(|concept| (id(concept), concept)).collect(),
            hints: glossary.concepts.iter().map(|concept| (id(concept), hints(concept))).collect(),
            defaults: glossary.concepts.iter().map(|concept| (id(concept), defaults(concept))).collect(),
            terms: glossary.terms.iter().map(|term| (GlossaryId::Term(term.id), term)).collect(),
            mappings: glossary.mappings.iter().map(|at| (GlossaryId::Mapping(at.id), at)).collect(),
        }
    }

    /// Whether a statement that is kept with a record says what the record does not say any more. What is said of something that only
    /// hangs from the record, a note or a source, the record never said.
    pub fn is_stale(&self, record: GlossaryId, triple: &Triple) -> bool {
        let predicate = triple.predicate.as_ref();
        if !self.is_of(record, &triple.subject) {
            return false;
        }
        match record {
            GlossaryId::Concept(_) if predicate == SOURCE && !self.is_concept(record, &triple.subject) => false,
            GlossaryId::Concept(_) if predicate == SOURCE => {
                let source = rendered(self.kept, &triple.object);
                let concept = self.concepts.get(&record);
                source.zip(concept).is_some_and(|(source, concept)| !concept.sources.contains(&source))
            }
            GlossaryId::Concept(_) if predicate == CONTEXT => match &triple.object {
                Object::Literal(hint) => self.hints.get(&record).is_some_and(|hints| !hints.contains(hint.value())),
                _ => false,
            },
            GlossaryId::Concept(_) if predicate == DEFAULT_FOR => match &triple.object {
                Object::Literal(code) => self.defaults.get(&record).is_some_and(|codes| !codes.contains(code.value())),
                _ => false,
            },
            GlossaryId::Term(_) if predicate == SOURCE => self
                .terms
                .get(&record)
                .is_some_and(|term| !sources_are(self.kept, &triple.subject.to_string(), term.source.as_deref())),
            GlossaryId::Mapping(_) if predicate == PROPOSED_BY => match &triple.object {
                Object::Literal(code) => self.mappings.get(&record).is_some_and(|at| at.proposed_by != code.value()),
                _ => false,
            },
            GlossaryId::Mapping(_) if predicate == STATUS => true,
            GlossaryId::Mapping(_) => {
                let said = relation(predicate).filter(|said| *said != Relation::NoEquivalent);
                let mapping = self.mappings.get(&record);
                said.zip(mapping)
                    .is_some_and(|(said, mapping)| said != mapping.relation && crate::inverse(said) != mapping.relation)
            }
            _ => false,
        }
    }

    /// Whether a subject is the record itself: a concept or one of its hints, a label, a mapping or a concept at an end of it.
    fn is_of(&self, record: GlossaryId, subject: &NamedOrBlankNode) -> bool {
        let node = subject.to_string();
        let leads = |from: &str, predicate| self.kept.objects(from, predicate).any(|object| object.to_string() == node);
        match record {
            GlossaryId::Concept(_) => {
                let concept = self.concepts.get(&record);
                self.is_concept(record, subject) || concept.is_some_and(|concept| leads(&key(&concept.iri), HINT))
            }
            GlossaryId::Term(_) => self.terms.get(&record).is_some_and(|term| {
                let named = term.iri.as_deref().map(key).is_some_and(|iri| iri == node);
                let concept = self.concepts.get(&GlossaryId::Concept(term.concept));
                let of = |concept: &&Concept| LABELS.iter().any(|(_, _, own)| leads(&key(&concept.iri), *own));
                named || concept.is_some_and(of)
            }),
            GlossaryId::Mapping(id) => {
                let NamedOrBlankNode::NamedNode(name) = subject else { return mapping_id(&node) == id };
                let concept = ConceptId::of(&[b"concept", name.as_str().as_bytes()]);
                let end =
                    |at: &&ConceptMapping| at.from.concept == concept || at.to.iter().any(|to| to.concept == concept);
                mapping_id(&node) == id || self.mappings.get(&record).is_some_and(end)
            }
            GlossaryId::Scheme(_) => true,
        }
    }

    /// Whether a subject is this concept.
    fn is_concept(&self, record: GlossaryId, subject: &NamedOrBlankNode) -> bool {
        let NamedOrBlankNode::NamedNode(name) = subject else { return false };
        self.concepts.get(&record).is_some_and(|concept| concept.iri == name.as_str())
    }
}
