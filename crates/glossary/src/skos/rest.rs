//! What the model has no place for: kept with the record that it is about, so that it is written again.
//!
//! A record's `other` has a line a statement. Behind `# ` stand those that would be written and that the file did not make; so what is
//! written is, statement for statement, what was read.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use koplamp_model::{ConceptId, ConceptMapping, Glossary, GlossaryId, Scheme, SchemeId};
use oxrdf::{NamedOrBlankNode, Term, Triple};

use super::graph::Graph;
use super::say::Say;
use super::take::{Taken, key, mapping_id, of_none};
use super::vocabulary::{IN_SCHEME, LABELS, OBJECT_SOURCE, RELATIONS, SCHEME, STATUS};
use crate::GlossaryError;

/// What stands before a statement that was not made.
const NOT: &str = "# ";

/// A line of a record's `other`.
pub(super) enum Line {
    /// The file said it.
    Said(Triple),
    /// The file did not say it.
    Not(Triple),
}

/// The lines of a record.
///
/// # Errors
///
/// A line that is no statement, with it.
pub(super) fn lines(other: &str) -> impl Iterator<Item = Result<Line, String>> {
    other.lines().filter(|line| !line.is_empty()).map(|line| {
        let not = line.strip_prefix(NOT);
        let text = not.unwrap_or(line).trim_end();
        let triple = Triple::from_str(text.strip_suffix('.').unwrap_or(text)).map_err(|_| line.to_owned())?;
        Ok(if not.is_some() { Line::Not(triple) } else { Line::Said(triple) })
    })
}

/// The scheme in which a mapping's file says that there is no equivalent.
pub(crate) fn object_source(other: &str) -> Option<String> {
    lines(other).filter_map(Result::ok).find_map(|line| match line {
        Line::Said(Triple { predicate, object: Term::NamedNode(scheme), .. })
            if predicate.as_ref() == OBJECT_SOURCE =>
        {
            Some(scheme.into_string())
        }
        _ => None,
    })
}

/// The names of the concepts that a mapping is between, as far as its file gives them: of one that is not here, only the file has it.
pub(crate) fn names_of_ends(mapping: &ConceptMapping) -> HashMap<ConceptId, String> {
    let ends: HashSet<ConceptId> = std::iter::once(&mapping.from).chain(&mapping.to).map(|end| end.concept).collect();
    let named = lines(&mapping.other).filter_map(Result::ok).filter_map(|line| match line {
        Line::Said(Triple { object: Term::NamedNode(name), .. }) => {
            Some((ConceptId::of(&[b"concept", name.as_str().as_bytes()]), name.into_string()))
        }
        _ => None,
    });
    named.filter(|(concept, _)| ends.contains(concept)).collect()
}

/// Whether the file of a scheme only names it, and does not describe it: it did not say that it is one.
pub(crate) fn is_only_named(scheme: &Scheme) -> bool {
    lines(&scheme.other).filter_map(Result::ok).any(|line| match line {
        Line::Not(Triple { predicate, object: Term::NamedNode(kind), .. }) => {
            predicate.as_ref() == oxrdf::vocab::rdf::TYPE && kind.as_ref() == SCHEME
        }
        _ => false,
    })
}

/// The schemes that a concept's file puts it in beside the one that it is of.
pub(crate) fn in_schemes(other: &str) -> Vec<String> {
    let said = lines(other).filter_map(Result::ok).filter_map(|line| match line {
        Line::Said(Triple { predicate, object: Term::NamedNode(scheme), .. }) if predicate.as_ref() == IN_SCHEME => {
            Some(scheme.into_string())
        }
        _ => None,
    });
    said.collect()
}

/// Gives each record what is left of the file.
///
/// # Errors
///
/// When a record cannot be written.
pub(super) fn keep(
    graph: &Graph,
    roots: &HashMap<String, String>,
    organisation: &str,
    taken: &mut Taken,
) -> Result<(), GlossaryError> {
    let mut said: HashMap<Triple, GlossaryId> = HashMap::new();
    for (record, triples) in Say::new(&taken.glossary, graph).all()? {
        said.extend(triples.into_iter().map(|triple| (triple, record)));
    }
    let referred = referred(graph, taken);
    let mut stated: HashSet<String> = HashSet::new();
    let mut kept: Vec<(Option<GlossaryId>, Triple)> = Vec::new();
    for (subject, list) in graph.iter() {
        let subject_key = subject.to_string();
        let root = roots.get(&subject_key).unwrap_or(&subject_key);
        let whose = [&subject_key, root].into_iter().find_map(|key| taken.owners.get(key)).copied();
        let whose = whose.or_else(|| referred.get(root.as_str()).map(|scheme| GlossaryId::Scheme(*scheme)));
        for (predicate, object) in list {
            // Where a mapping stands follows from what each side said of it: the word of a file is not kept, and ours stands in its place.
            if predicate.as_ref() == STATUS && is_mapping(taken, &subject_key) {
                stated.insert(subject_key.clone());
                continue;
            }
            let triple = Triple::new(subject.clone(), predicate.clone(), object.clone());
            if said.remove(&triple).is_none() {
                let of_object = of_object(taken, roots, &subject_key, &triple);
                kept.push((of_object.or(whose), triple));
            }
        }
    }
    // What is about nothing that we know stands with the first scheme.
    let nobodys = kept.iter().any(|(whose, _)| whose.is_none());
    if nobodys && taken.glossary.schemes.is_empty() {
        let scheme = of_none(organisation);
        let id = GlossaryId::Scheme(scheme.id);
        let triples = Say::new(&Glossary::default(), graph).scheme(&scheme)?;
        said.extend(triples.into_iter().map(|triple| (triple, id)));
        taken.glossary.schemes.push(scheme);
    }
    let first = taken.glossary.schemes.first().map(|scheme| GlossaryId::Scheme(scheme.id));
    let mut others: HashMap<GlossaryId, Vec<String>> = HashMap::new();
    for (whose, triple) in kept {
        if let Some(whose) = whose.or(first) {
            others.entry(whose).or_default().push(format!("{triple} ."));
        }
    }
    for (triple, whose) in said {
        if triple.predicate.as_ref() == STATUS && stated.contains(&triple.subject.to_string()) {
            continue;
        }
        others.entry(whose).or_default().push(format!("{NOT}{triple} ."));
    }
    give(&mut taken.glossary, others);
    Ok(())
}

/// Whether a subject is a mapping itself, not something that belongs to one.
fn is_mapping(taken: &Taken, subject: &str) -> bool {
    taken.owners.get(subject) == Some(&GlossaryId::Mapping(mapping_id(subject)))
}

fn give(glossary: &mut Glossary, mut others: HashMap<GlossaryId, Vec<String>>) {
    let mut other = |id| {
        let mut lines = others.remove(&id).unwrap_or_default();
        lines.sort_unstable();
        lines.join("\n")
    };
    glossary.schemes.iter_mut().for_each(|scheme| scheme.other = other(GlossaryId::Scheme(scheme.id)));
    glossary.concepts.iter_mut().for_each(|concept| concept.other = other(GlossaryId::Concept(concept.id)));
    glossary.terms.iter_mut().for_each(|term| term.other = other(GlossaryId::Term(term.id)));
    glossary.mappings.iter_mut().for_each(|mapping| mapping.other = other(GlossaryId::Mapping(mapping.id)));
}

/// The record of a statement whose subject is a concept, but which is about its object: a label, or a mapping.
fn of_object(taken: &Taken, roots: &HashMap<String, String>, subject: &str, triple: &Triple) -> Option<GlossaryId> {
    let predicate = triple.predicate.as_ref();
    if LABELS.iter().any(|(_, _, own)| *own == predicate) {
        return taken.owners.get(&triple.object.to_string()).copied();
    }
    let relation = RELATIONS.iter().any(|(_, known)| *known == predicate);
    if relation && !roots.contains_key(subject) {
        let statement = (subject.to_owned(), predicate.as_str().to_owned(), triple.object.to_string());
        return taken.plain.get(&statement).map(|id| GlossaryId::Mapping(*id));
    }
    None
}

/// Named subjects that are no record, with the scheme of the first record that speaks of them.
fn referred(graph: &Graph, taken: &Taken) -> HashMap<String, SchemeId> {
    let schemes: HashMap<GlossaryId, SchemeId> = taken
        .glossary
        .concepts
        .iter()
        .map(|concept| (GlossaryId::Concept(concept.id), concept.scheme))
        .chain(taken.glossary.schemes.iter().map(|scheme| (GlossaryId::Scheme(scheme.id), scheme.id)))
        .collect();
    let concept_of: HashMap<GlossaryId, GlossaryId> = taken
        .glossary
        .terms
        .iter()
        .map(|term| (GlossaryId::Term(term.id), GlossaryId::Concept(term.concept)))
        .chain(
            taken
                .glossary
                .mappings
                .iter()
                .map(|mapping| (GlossaryId::Mapping(mapping.id), GlossaryId::Concept(mapping.from.concept))),
        )
        .collect();
    let mut referred = HashMap::new();
    for (subject, said) in graph.iter() {
        let NamedOrBlankNode::NamedNode(name) = subject else { continue };
        let Some(owner) = taken.owners.get(&key(name.as_str())) else { continue };
        let Some(scheme) = schemes.get(concept_of.get(owner).unwrap_or(owner)) else { continue };
        for (_, object) in said {
            if let Term::NamedNode(object) = object {
                let object = object.to_string();
                if !taken.owners.contains_key(&object) && !graph.of(&object).is_empty() {
                    referred.entry(object).or_insert(*scheme);
                }
            }
        }
    }
    referred
}
