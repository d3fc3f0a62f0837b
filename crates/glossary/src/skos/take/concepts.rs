//! Concepts.

use std::collections::{BTreeMap, HashMap};

use koplamp_model::{Concept, ConceptId, ConceptStatus, GlossaryId, Scheme};
use oxrdf::{NamedNodeRef, NamedOrBlankNode, Term};

use super::super::graph::{Graph, Said};
use super::super::vocabulary::{
    BROADER, COLLECTION, CONCEPT, CONTEXT, Coded, DEFAULT_FOR, DEFINITION, DEPRECATED, EDITORIAL_NOTE, EXAMPLE,
    HAS_TOP_CONCEPT, HINT, IN_SCHEME, NARROWER, NOTATION, ORDERED_COLLECTION, OWNER, RELATED, SCHEME, SCOPE_NOTE,
    SOURCE, STATUS, TOP_CONCEPT_OF, USED_BY, VALID_FROM, VALID_TO, VERSION, XL_LABEL,
};
use super::schemes::of_none;
use super::sources::rendered;
use super::{Taken, key, text, words};

pub(super) fn take(graph: &Graph, organisation: &str, schemes: &mut BTreeMap<String, Scheme>, taken: &mut Taken) {
    let mut tops: HashMap<&str, &str> = HashMap::new();
    for (subject, said) in graph.iter() {
        let NamedOrBlankNode::NamedNode(scheme) = subject else { continue };
        for (predicate, object) in said {
            if let Term::NamedNode(concept) = object
                && predicate.as_ref() == HAS_TOP_CONCEPT
            {
                tops.entry(concept.as_str()).or_insert(scheme.as_str());
            }
        }
    }
    let only = (schemes.len() == 1).then(|| schemes.keys().next().cloned()).flatten();
    for (subject, said) in graph.iter() {
        let NamedOrBlankNode::NamedNode(name) = subject else { continue };
        let (iri, key) = (name.as_str(), key(name.as_str()));
        if !is_concept(graph, &key, said) {
            continue;
        }
        let named = |predicate| graph.names(&key, predicate).next().map(|name| name.as_str().to_owned());
        let scheme = named(IN_SCHEME)
            .or_else(|| named(TOP_CONCEPT_OF))
            .or_else(|| tops.get(iri).map(|scheme| (*scheme).to_owned()))
            .or_else(|| only.clone());
        let scheme = match scheme.and_then(|scheme| schemes.get(&scheme)) {
            Some(scheme) => scheme.id,
            None => {
                let none = of_none(organisation);
                schemes.entry(none.iri.clone()).or_insert(none).id
            }
        };
        let id = ConceptId::of(&[b"concept", iri.as_bytes()]);
        taken.owners.insert(key.clone(), GlossaryId::Concept(id));
        for hint in graph.names(&key, HINT) {
            taken.owners.entry(hint.to_string()).or_insert(GlossaryId::Concept(id));
        }
        taken.glossary.concepts.push(concept(graph, &key, iri, id, scheme));
    }
}

/// Whether a subject is a concept: because the file says so, or because it does what only concepts do.
fn is_concept(graph: &Graph, key: &str, said: &[Said]) -> bool {
    if graph.is_a(key, CONCEPT) {
        return true;
    }
    let does = [IN_SCHEME, TOP_CONCEPT_OF, BROADER, NARROWER];
    let does = said.iter().any(|(predicate, _)| does.contains(&predicate.as_ref()));
    let other = [COLLECTION, ORDERED_COLLECTION, SCHEME, XL_LABEL];
    does && !other.iter().any(|kind| graph.is_a(key, *kind))
}

fn concept(graph: &Graph, key: &str, iri: &str, id: ConceptId, scheme: koplamp_model::SchemeId) -> Concept {
    let text = |predicate| text(graph, key, predicate);
    let words = |predicate| words(graph, key, predicate);
    let names = |predicate| graph.names(key, predicate).map(|name| name.as_str().to_owned()).collect();
    let deprecated = text(DEPRECATED).is_some_and(|said| matches!(said.as_str(), "true" | "1"));
    let status = text(STATUS).and_then(|code| ConceptStatus::from_code(&code));
    let mut sources = Vec::new();
    for source in graph.objects(key, SOURCE).filter_map(|object| rendered(graph, object)) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    Concept {
        id,
        scheme,
        iri: iri.to_owned(),
        version: text(VERSION).and_then(|version| version.parse().ok()).filter(|version| *version > 0).unwrap_or(1),
        definitions: words(DEFINITION),
        sources,
        scope_notes: words(SCOPE_NOTE),
        examples: words(EXAMPLE),
        notes: words(EDITORIAL_NOTE),
        notation: text(NOTATION),
        status: if deprecated { ConceptStatus::Deprecated } else { status.unwrap_or(ConceptStatus::Proposed) },
        owner: text(OWNER),
        valid_from: text(VALID_FROM),
        valid_to: text(VALID_TO),
        broader: names(BROADER),
        narrower: names(NARROWER),
        related: names(RELATED),
        hints: hinted(graph, key, CONTEXT),
        used_by: graph.objects(key, USED_BY).filter_map(super::literal).map(|code| code.value().to_owned()).collect(),
        default_for: hinted(graph, key, DEFAULT_FOR),
        other: String::new(),
    }
}

/// What is said of a concept or of its hints: the words that speak for it, or the organisations whose default it is.
pub(in crate::skos) fn hinted(graph: &Graph, key: &str, predicate: NamedNodeRef<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |subject: &str| {
        for literal in graph.objects(subject, predicate).filter_map(super::literal) {
            if !found.iter().any(|known| known == literal.value()) {
                found.push(literal.value().to_owned());
            }
        }
    };
    add(key);
    for hint in graph.objects(key, HINT) {
        if !matches!(hint, Term::Literal(_)) {
            add(&hint.to_string());
        }
    }
    found.sort_unstable();
    found
}
