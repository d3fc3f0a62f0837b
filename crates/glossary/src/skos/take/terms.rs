//! Terms: labels of SKOS, and labels of their own of SKOS-XL. The same word for the same concept is one term, whether it stands there in one
//! way or in both.

use std::collections::HashSet;

use koplamp_model::{ConceptId, GlossaryId, Term, TermKind};
use oxrdf::Term as Object;

use super::super::graph::Graph;
use super::super::vocabulary::{Coded, LABEL_KIND, LABELS, LITERAL_FORM, REGION, REGISTER, SOURCE, of_kind};
use super::sources::rendered;
use super::{Taken, key, text, words};

/// What stands between several sources of one label.
const BETWEEN: &str = "; ";

pub(super) fn take(graph: &Graph, taken: &mut Taken) {
    for concept in &taken.glossary.concepts {
        let key = key(&concept.iri);
        let first = taken.glossary.terms.len();
        let mut known = HashSet::new();
        for (kind, _, predicate) in LABELS {
            for node in graph.objects(&key, predicate) {
                let Some(term) = of_own(graph, concept.id, kind, node) else { continue };
                if known.insert(term.id) {
                    taken.owners.entry(node.to_string()).or_insert(GlossaryId::Term(term.id));
                    taken.glossary.terms.push(term);
                }
            }
        }
        for (kind, predicate, _) in LABELS {
            for form in words(graph, &key, predicate) {
                let of_concept = taken.glossary.terms.get(first..).unwrap_or_default();
                let there = of_concept.iter().any(|term| of_kind(term.kind).0 == predicate && term.form == form);
                if !there && !form.text.trim().is_empty() {
                    let id = Term::id_of(concept.id, kind, &form);
                    taken.glossary.terms.push(Term {
                        id,
                        concept: concept.id,
                        form,
                        kind,
                        register: None,
                        region: None,
                        source: None,
                        iri: None,
                        other: String::new(),
                    });
                }
            }
        }
    }
}

/// The term of a label of its own.
fn of_own(graph: &Graph, concept: ConceptId, kind: TermKind, node: &Object) -> Option<Term> {
    let iri = match node {
        Object::NamedNode(name) => Some(name.as_str().to_owned()),
        Object::BlankNode(_) => None,
        Object::Literal(_) => return None,
    };
    let key = node.to_string();
    let form = words(graph, &key, LITERAL_FORM).into_iter().next().filter(|form| !form.text.trim().is_empty())?;
    // A kind that SKOS does not know, but that is of this kind to SKOS.
    let finer = text(graph, &key, LABEL_KIND).and_then(|code| TermKind::from_code(&code));
    let kind = finer.filter(|finer| of_kind(*finer) == of_kind(kind)).unwrap_or(kind);
    Some(Term {
        id: Term::id_of(concept, kind, &form),
        concept,
        form,
        kind,
        register: text(graph, &key, REGISTER),
        region: text(graph, &key, REGION),
        source: sources(graph, &key),
        iri,
        other: String::new(),
    })
}

/// The sources of a label in one text.
fn sources(graph: &Graph, key: &str) -> Option<String> {
    let mut all: Vec<String> =
        graph.objects(key, SOURCE).filter_map(|source| rendered(graph, source)).map(|words| words.text).collect();
    all.sort_unstable();
    all.dedup();
    (!all.is_empty()).then(|| all.join(BETWEEN))
}

/// Whether the sources that a graph gives of a label are these.
pub(in crate::skos) fn sources_are(graph: &Graph, key: &str, source: Option<&str>) -> bool {
    sources(graph, key).as_deref() == source
}
