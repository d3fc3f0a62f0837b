//! SKOS and SKOS-XL (W3C, 2009) in Turtle, JSON-LD and RDF/XML.
//!
//! What is read is a graph of statements. What the model has a place for is taken from it; all else is kept beside the record that it is
//! about, so that what is written is the same graph. Names of blank nodes follow from the graph: the same statements are the same glossary,
//! in whichever format, and however often they are read.

mod blank;
mod depth;
mod encoding;
mod graph;
mod lines;
mod parse;
mod profile;
mod rest;
mod say;
mod stale;
mod take;
mod vocabulary;
mod write;

use std::collections::HashMap;

use koplamp_model::{ConceptId, ConceptMapping, Glossary, TermKind, Violation};
use oxrdf::{Literal, NamedNode, Triple};

pub use profile::{RULES, Rule};
pub(crate) use rest::{in_schemes, is_only_named, names_of_ends, object_source};
pub(crate) use say::{mapping_name, status_code};
pub(crate) use vocabulary::Coded;

use crate::{Format, GlossaryError, Limits, Read, Watch};

/// Reads a file; what does not say whose words it has is the organisation's.
pub(crate) fn read(
    format: Format,
    bytes: &[u8],
    organisation: &str,
    limits: &Limits,
    watch: Watch<'_>,
) -> Result<Read, GlossaryError> {
    let parsed = parse::parse(format, bytes, limits, watch)?;
    let blank::Rooted { graph, roots } = blank::name(parsed.graph, organisation);
    let mut taken = take::take(&graph, organisation);
    if taken.glossary.concepts.is_empty() && taken.glossary.mappings.is_empty() {
        return Err(GlossaryError::Nothing { format });
    }
    rest::keep(&graph, &roots, organisation, &mut taken)?;
    let mut violations = taken.violations;
    violations.extend(profile::check(&graph));
    if parsed.named_graphs {
        violations.push(Violation {
            subject: String::new(),
            rule: "named-graph".to_owned(),
            mandatory: false,
            message: "The file divides what it says over several graphs: all of it is read as one.".to_owned(),
            parameters: Vec::new(),
            line: None,
        });
    }
    Ok(Read { glossary: taken.glossary, violations, rejected: Vec::new() })
}

/// Writes a glossary, or what one organisation has in it.
pub(crate) fn write(format: Format, glossary: &Glossary, organisation: Option<&str>) -> Result<Vec<u8>, GlossaryError> {
    write::write(format, glossary, organisation)
}

/// What in a glossary breaks a rule of the profile.
pub(crate) fn check(glossary: &Glossary) -> Result<Vec<Violation>, GlossaryError> {
    let mut graph = graph::Graph::default();
    for triple in write::statements(glossary, None)? {
        graph.insert(triple, 0);
    }
    let mut violations = profile::check(&graph.sorted());
    violations.iter_mut().for_each(|violation| violation.line = None);
    Ok(violations)
}

/// Wider concepts that lead in a circle, whichever files the steps come from.
pub(crate) fn circles(glossary: &Glossary) -> Vec<Violation> {
    let mut graph = graph::Graph::default();
    let iris: HashMap<ConceptId, NamedNode> =
        glossary.concepts.iter().filter_map(|concept| Some((concept.id, NamedNode::new(&concept.iri).ok()?))).collect();
    for concept in &glossary.concepts {
        let Some(name) = iris.get(&concept.id) else { continue };
        let steps = [(vocabulary::BROADER, &concept.broader), (vocabulary::NARROWER, &concept.narrower)];
        for (predicate, others) in steps {
            for other in others.iter().filter_map(|iri| NamedNode::new(iri).ok()) {
                graph.insert(Triple::new(name.clone(), predicate, other), 0);
            }
        }
    }
    for term in glossary.terms.iter().filter(|term| term.kind == TermKind::Preferred) {
        let Some(name) = iris.get(&term.concept) else { continue };
        let language = term.form.language.as_deref().unwrap_or("und");
        if let Ok(form) = Literal::new_language_tagged_literal(&term.form.text, language) {
            graph.insert(Triple::new(name.clone(), vocabulary::PREFERRED, form), 0);
        }
    }
    let mut circles = profile::circles(&graph.sorted());
    circles.iter_mut().for_each(|violation| violation.line = None);
    circles
}

/// The mappings of statements that stayed with concepts until the other one was here.
pub(crate) fn matched(glossary: &Glossary) -> Vec<ConceptMapping> {
    take::matched(glossary)
}

/// Whether these are lines as a record's `other` has them.
pub(crate) fn is_other(other: &str) -> bool {
    rest::lines(other).all(|line| line.is_ok())
}

/// Whether a text can be a name.
pub(crate) fn is_name(iri: &str) -> bool {
    oxrdf::NamedNode::new(iri).is_ok()
}
