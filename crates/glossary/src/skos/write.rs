//! A glossary to bytes.

use std::collections::{HashMap, HashSet};

use koplamp_model::{ConceptId, Glossary, GlossaryId, Relation};
use oxjsonld::JsonLdSerializer;
use oxrdf::vocab::rdf;
use oxrdf::{GraphNameRef, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use oxttl::TurtleSerializer;

use super::graph::Graph;
use super::rest::{Line, lines};
use super::say::Say;
use super::stale::Stale;
use super::vocabulary::{CONCEPT, MAPPING, PREFIXES, SCHEME, XL_LABEL, relation};
use crate::exclusion::inverse;
use crate::{Format, GlossaryError};

/// Writes a glossary, or what one organisation has in it: its schemes, and the mappings from and to their concepts.
pub(super) fn write(format: Format, glossary: &Glossary, organisation: Option<&str>) -> Result<Vec<u8>, GlossaryError> {
    let triples: Vec<Triple> = in_order(statements(glossary, organisation)?).into_iter().map(well_tagged).collect();
    let failed = |error: &dyn std::fmt::Display| GlossaryError::Write {
        subject: format.name().to_owned(),
        reason: error.to_string(),
    };
    match format {
        Format::Turtle => {
            let mut serializer = TurtleSerializer::new();
            for (prefix, iri) in PREFIXES {
                serializer = serializer.with_prefix(prefix, iri).map_err(|error| failed(&error))?;
            }
            let mut writer = serializer.for_writer(Vec::new());
            for triple in &triples {
                writer.serialize_triple(triple).map_err(|error| failed(&error))?;
            }
            writer.finish().map_err(|error| failed(&error))
        }
        Format::JsonLd => {
            let mut serializer = JsonLdSerializer::new();
            for (prefix, iri) in PREFIXES.into_iter().filter(|(prefix, _)| !is_scheme(&triples, prefix)) {
                serializer = serializer.with_prefix(prefix, iri).map_err(|error| failed(&error))?;
            }
            let mut writer = serializer.for_writer(Vec::new());
            for triple in &triples {
                let quad = triple.as_ref().in_graph(GraphNameRef::DefaultGraph);
                writer.serialize_quad(quad).map_err(|error| failed(&error))?;
            }
            writer.finish().map_err(|error| failed(&error))
        }
        Format::RdfXml | Format::Csv | Format::Sssom => Err(GlossaryError::OnlyRead { format }),
    }
}

/// All statements of a glossary, or of what one organisation has in it.
pub(super) fn statements(glossary: &Glossary, organisation: Option<&str>) -> Result<HashSet<Triple>, GlossaryError> {
    let mut kept = Graph::default();
    let chosen = chosen(glossary, organisation);
    let mut said: Vec<(GlossaryId, Triple)> = Vec::new();
    let mut not: HashSet<Triple> = HashSet::new();
    for (record, other) in others(glossary) {
        for line in lines(other) {
            let broken = |line: String| GlossaryError::Write {
                subject: line.chars().take(200).collect(),
                reason: "it is no statement".to_owned(),
            };
            match line.map_err(broken)? {
                Line::Said(triple) => {
                    kept.insert(triple.clone(), 0);
                    said.push((record, triple));
                }
                Line::Not(triple) if chosen.contains(&record) => drop(not.insert(triple)),
                Line::Not(_) => {}
            }
        }
    }
    let kept = kept.sorted();
    let stale = Stale::new(glossary, &kept);
    let now = Say::new(glossary, &kept).only(&chosen).all()?.into_iter().filter(|(record, _)| chosen.contains(record));
    let mut all: HashSet<Triple> = now.flat_map(|(_, triples)| triples).collect();
    // By what something else is said now than when the file was read: then what the file said in its place does not hold any more.
    let mut changed: HashSet<(NamedOrBlankNode, NamedNode)> = HashSet::new();
    for triple in not {
        if !all.remove(&triple) {
            changed.insert((triple.subject, triple.predicate));
        }
    }
    let mut beside = Vec::new();
    let mapped = Mapped::of(glossary);
    for (record, triple) in said {
        if !chosen.contains(&record) {
            beside.push(triple);
        } else if !changed.contains(&(triple.subject.clone(), triple.predicate.clone()))
            && !stale.is_stale(record, &triple)
            && !mapped.contradicts(&triple)
        {
            all.insert(triple);
        }
    }
    describe(&mut all, beside, glossary);
    Ok(all)
}

/// How pairs of concepts are mapped. What a file said of such a pair otherwise was left out when both concepts were here: two relations of one
/// pair exclude each other.
struct Mapped<'a>(HashMap<[&'a str; 2], Vec<Relation>>);

impl<'a> Mapped<'a> {
    fn of(glossary: &'a Glossary) -> Self {
        let names: HashMap<ConceptId, &str> =
            glossary.concepts.iter().map(|concept| (concept.id, concept.iri.as_str())).collect();
        let mut pairs: HashMap<[&str; 2], Vec<Relation>> = HashMap::new();
        for mapping in &glossary.mappings {
            let [to] = mapping.to.as_slice() else { continue };
            let (Some(from), Some(to)) = (names.get(&mapping.from.concept), names.get(&to.concept)) else { continue };
            pairs.entry([from, to]).or_default().push(mapping.relation);
            pairs.entry([to, from]).or_default().push(inverse(mapping.relation));
        }
        Self(pairs)
    }

    /// Whether a statement relates two of them as their mapping does not.
    fn contradicts(&self, triple: &Triple) -> bool {
        match (&triple.subject, &triple.object) {
            (NamedOrBlankNode::NamedNode(from), Term::NamedNode(to)) => relation(triple.predicate.as_ref())
                .zip(self.0.get(&[from.as_str(), to.as_str()]))
                .is_some_and(|(said, stand)| !stand.contains(&said)),
            _ => false,
        }
    }
}

/// The records, each with what is kept with it.
fn others(glossary: &Glossary) -> impl Iterator<Item = (GlossaryId, &str)> {
    let schemes = glossary.schemes.iter().map(|scheme| (GlossaryId::Scheme(scheme.id), scheme.other.as_str()));
    let concepts = glossary.concepts.iter().map(|concept| (GlossaryId::Concept(concept.id), concept.other.as_str()));
    let terms = glossary.terms.iter().map(|term| (GlossaryId::Term(term.id), term.other.as_str()));
    let mappings = glossary.mappings.iter().map(|mapping| (GlossaryId::Mapping(mapping.id), mapping.other.as_str()));
    schemes.chain(concepts).chain(terms).chain(mappings)
}

/// The records that are to be written.
fn chosen(glossary: &Glossary, organisation: Option<&str>) -> HashSet<GlossaryId> {
    let whole = organisation.is_none();
    let schemes: HashSet<_> = glossary
        .schemes
        .iter()
        .filter(|scheme| organisation.is_none_or(|code| scheme.organisation == code))
        .map(|scheme| scheme.id)
        .collect();
    let concepts: HashSet<_> = glossary
        .concepts
        .iter()
        .filter(|concept| whole || schemes.contains(&concept.scheme))
        .map(|concept| concept.id)
        .collect();
    let terms = glossary.terms.iter().filter(|term| whole || concepts.contains(&term.concept));
    let mappings = glossary.mappings.iter().filter(|mapping| {
        whole || std::iter::once(&mapping.from).chain(&mapping.to).any(|end| concepts.contains(&end.concept))
    });
    let mut chosen: HashSet<GlossaryId> = terms.map(|term| GlossaryId::Term(term.id)).collect();
    chosen.extend(mappings.map(|mapping| GlossaryId::Mapping(mapping.id)));
    chosen.extend(schemes.into_iter().map(GlossaryId::Scheme));
    chosen.extend(concepts.into_iter().map(GlossaryId::Concept));
    chosen
}

/// Adds what other records' files say of the things that the statements speak of, and that are no records: documents, mostly.
fn describe(all: &mut HashSet<Triple>, beside: Vec<Triple>, glossary: &Glossary) {
    let records: HashSet<&str> = glossary
        .schemes
        .iter()
        .map(|scheme| scheme.iri.as_str())
        .chain(glossary.concepts.iter().map(|concept| concept.iri.as_str()))
        .chain(glossary.terms.iter().filter_map(|term| term.iri.as_deref()))
        .collect();
    let mut by_subject: HashMap<String, Vec<Triple>> = HashMap::new();
    for triple in beside {
        let record = matches!(&triple.subject, NamedOrBlankNode::NamedNode(name) if records.contains(name.as_str()));
        if !record {
            by_subject.entry(triple.subject.to_string()).or_default().push(triple);
        }
    }
    let mut wanted: Vec<String> =
        if by_subject.is_empty() { Vec::new() } else { all.iter().map(|triple| triple.object.to_string()).collect() };
    while let Some(subject) = wanted.pop() {
        for triple in by_subject.remove(&subject).unwrap_or_default() {
            wanted.push(triple.object.to_string());
            all.insert(triple);
        }
    }
}

/// The statements in the order in which they are best read: schemes, concepts, labels, mappings, the rest; each with its kind first.
fn in_order(triples: HashSet<Triple>) -> Vec<Triple> {
    let kinds = [SCHEME, CONCEPT, XL_LABEL, MAPPING];
    let mut ranks: HashMap<NamedOrBlankNode, usize> = HashMap::new();
    for triple in &triples {
        if let Term::NamedNode(kind) = &triple.object
            && triple.predicate.as_ref() == rdf::TYPE
            && let Some(rank) = kinds.iter().position(|known| *known == kind.as_ref())
        {
            let known = ranks.entry(triple.subject.clone()).or_insert(rank);
            *known = rank.min(*known);
        }
    }
    let mut triples: Vec<Triple> = triples.into_iter().collect();
    triples.sort_by_cached_key(|triple| {
        let rank = ranks.get(&triple.subject).copied().unwrap_or(kinds.len());
        let first = triple.predicate.as_ref() != rdf::TYPE;
        (rank, triple.subject.to_string(), first, triple.predicate.to_string(), triple.object.to_string())
    });
    triples
}

/// A statement with the tag of its text's language written as RFC 5646 (2.1.1) wants it. Case makes no difference, so parsers put it aside;
/// but not every program knows that.
fn well_tagged(triple: Triple) -> Triple {
    let Term::Literal(literal) = &triple.object else { return triple };
    let Some(tag) = literal.language() else { return triple };
    let mut single = false;
    let parts: Vec<String> = tag
        .split('-')
        .enumerate()
        .map(|(at, part)| {
            let plain = at == 0 || single;
            single |= part.len() == 1;
            match part.len() {
                2 if !plain => part.to_ascii_uppercase(),
                4 if !plain && part.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    let (first, rest) = part.split_at(1);
                    first.to_ascii_uppercase() + rest
                }
                _ => part.to_owned(),
            }
        })
        .collect();
    let object = Literal::new_language_tagged_literal_unchecked(literal.value(), parts.join("-"));
    Triple::new(triple.subject, triple.predicate, object)
}

/// Whether a prefix would be taken for the beginning of a name that is there.
fn is_scheme(triples: &[Triple], prefix: &str) -> bool {
    let begins = |iri: &str| iri.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(':'));
    triples.iter().any(|triple| {
        let subject = matches!(&triple.subject, NamedOrBlankNode::NamedNode(name) if begins(name.as_str()));
        let object = match &triple.object {
            Term::NamedNode(name) => begins(name.as_str()),
            Term::Literal(literal) => begins(literal.datatype().as_str()),
            Term::BlankNode(_) => false,
        };
        subject || object || begins(triple.predicate.as_str())
    })
}
