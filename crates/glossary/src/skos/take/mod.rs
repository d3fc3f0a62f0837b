//! What the statements of a file mean: schemes, concepts, terms and mappings.

mod concepts;
mod mappings;
mod schemes;
mod sources;
mod terms;

use std::collections::HashMap;

use koplamp_model::{ConceptMappingId, Glossary, GlossaryId, Violation, Words};
use oxrdf::{Literal, NamedNodeRef, Term};

pub(super) use concepts::hinted;
pub(super) use mappings::{mapping_id, mapping_nodes, matched};
pub(super) use schemes::of_none;
pub(super) use sources::{PAGE_BEFORE, rendered};
pub(super) use terms::sources_are;

use super::graph::Graph;

/// A glossary that was taken from statements, and what of the statements is whose.
pub(super) struct Taken {
    pub glossary: Glossary,
    /// Named and blank subjects, as N-Triples write them, with the record that each is, or belongs to.
    pub owners: HashMap<String, GlossaryId>,
    /// Mappings that are nothing but a statement of SKOS: subject, predicate, object.
    pub plain: HashMap<(String, String, String), ConceptMappingId>,
    pub violations: Vec<Violation>,
}

/// Takes a glossary from statements; `organisation` is the one whose words those are that do not say.
pub(super) fn take(graph: &Graph, organisation: &str) -> Taken {
    let mut taken =
        Taken { glossary: Glossary::default(), owners: HashMap::new(), plain: HashMap::new(), violations: Vec::new() };
    let mut schemes = schemes::take(graph, organisation);
    concepts::take(graph, organisation, &mut schemes, &mut taken);
    for scheme in schemes.into_values() {
        taken.owners.entry(key(&scheme.iri)).or_insert(GlossaryId::Scheme(scheme.id));
        taken.glossary.schemes.push(scheme);
    }
    terms::take(graph, &mut taken);
    mappings::take(graph, organisation, &mut taken);
    taken
}

/// A name as N-Triples write it.
pub(super) fn key(iri: &str) -> String {
    format!("<{iri}>")
}

/// The words of a text.
pub(super) fn words_of(literal: &Literal) -> Words {
    Words { text: literal.value().to_owned(), language: literal.language().map(str::to_owned) }
}

/// The words of a subject by a predicate, each once.
pub(super) fn words(graph: &Graph, subject: &str, predicate: NamedNodeRef<'_>) -> Vec<Words> {
    let mut words: Vec<Words> = Vec::new();
    for literal in graph.objects(subject, predicate).filter_map(literal) {
        let said = words_of(literal);
        if !words.contains(&said) {
            words.push(said);
        }
    }
    words
}

/// The first text of a subject by a predicate.
pub(super) fn text(graph: &Graph, subject: &str, predicate: NamedNodeRef<'_>) -> Option<String> {
    graph.objects(subject, predicate).find_map(literal).map(|literal| literal.value().to_owned())
}

fn literal(object: &Term) -> Option<&Literal> {
    match object {
        Term::Literal(literal) => Some(literal),
        _ => None,
    }
}
