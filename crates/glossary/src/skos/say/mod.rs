//! What a glossary says, as statements: the way back.

mod concepts;
mod mappings;
mod sources;
mod terms;

use std::collections::{BTreeMap, HashMap, HashSet};

use koplamp_model::{
    ConceptAt, ConceptId, ConceptMapping, ConceptMappingId, Glossary, GlossaryId, MappingStatus, Scheme, SchemeId,
    Words,
};
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

pub(super) use mappings::MADE;
pub(crate) use mappings::{mapping_name, status_code};

use super::graph::Graph;
use super::take::{key, mapping_nodes};
use super::vocabulary::{ORGANISATION, SCHEME, TITLE, VERSION_INFO};
use crate::{Concepts, GlossaryError};

/// A glossary that is put into statements, beside what is kept of the files that it came from.
pub(super) struct Say<'a> {
    glossary: &'a Glossary,
    kept: &'a Graph,
    concepts: HashMap<ConceptId, &'a str>,
    schemes: HashMap<SchemeId, &'a str>,
    /// Whose the concepts are, and who uses them.
    sides: Concepts<'a>,
    nodes: BTreeMap<ConceptMappingId, &'a NamedOrBlankNode>,
    statuses: HashMap<ConceptMappingId, MappingStatus>,
    /// The records that are written, when it is not all of them.
    only: Option<&'a HashSet<GlossaryId>>,
}

impl<'a> Say<'a> {
    /// `kept` has the statements of the file that was read, or those in the records' `other`: names of nodes are taken from it, and what it
    /// says in other words is not said again.
    pub fn new(glossary: &'a Glossary, kept: &'a Graph) -> Self {
        Self {
            glossary,
            kept,
            sides: Concepts::new(glossary),
            concepts: glossary.concepts.iter().map(|concept| (concept.id, concept.iri.as_str())).collect(),
            schemes: glossary.schemes.iter().map(|scheme| (scheme.id, scheme.iri.as_str())).collect(),
            nodes: mapping_nodes(kept),
            statuses: crate::statuses(glossary),
            only: None,
        }
    }

    /// The same, of a file that has only these records: what the others would tell is said of the mappings.
    pub fn only(mut self, records: &'a HashSet<GlossaryId>) -> Self {
        self.only = Some(records);
        self
    }

    /// Whether a concept, or a scheme, is in the file.
    fn in_file(&self, record: GlossaryId) -> bool {
        let known = match record {
            GlossaryId::Concept(concept) => self.concepts.contains_key(&concept),
            GlossaryId::Scheme(scheme) => self.schemes.contains_key(&scheme),
            GlossaryId::Term(_) | GlossaryId::Mapping(_) => true,
        };
        known && self.only.is_none_or(|only| only.contains(&record))
    }

    /// The statements of all records, each with its record.
    pub fn all(&self) -> Result<Vec<(GlossaryId, Vec<Triple>)>, GlossaryError> {
        let mut all = Vec::new();
        for scheme in &self.glossary.schemes {
            all.push((GlossaryId::Scheme(scheme.id), self.scheme(scheme)?));
        }
        for concept in &self.glossary.concepts {
            all.push((GlossaryId::Concept(concept.id), self.concept(concept)?));
        }
        for term in &self.glossary.terms {
            all.push((GlossaryId::Term(term.id), self.term(term)?));
        }
        for mapping in &self.glossary.mappings {
            all.push((GlossaryId::Mapping(mapping.id), self.mapping(mapping)?));
        }
        Ok(all)
    }

    /// The statements of a scheme.
    pub fn scheme(&self, scheme: &Scheme) -> Result<Vec<Triple>, GlossaryError> {
        let mut out = Out::of(name(&scheme.iri)?);
        out.kind(SCHEME);
        out.words(TITLE, &scheme.title)?;
        out.text(VERSION_INFO, scheme.version.as_deref());
        out.text(ORGANISATION, Some(&scheme.organisation));
        Ok(out.said)
    }

    /// Where a mapping stands; one of concepts that are not here is as new.
    fn status(&self, mapping: &ConceptMapping) -> MappingStatus {
        let here =
            std::iter::once(&mapping.from).chain(&mapping.to).all(|end| self.concepts.contains_key(&end.concept));
        self.statuses.get(&mapping.id).copied().filter(|_| here).unwrap_or(MappingStatus::Proposed)
    }
}

/// A name, if it can be one.
fn name(iri: &str) -> Result<NamedNode, GlossaryError> {
    NamedNode::new(iri).map_err(|error| GlossaryError::Write { subject: iri.to_owned(), reason: error.to_string() })
}

/// What stands in the place of a parent in the name of a blank node.
fn parent(node: &NamedOrBlankNode) -> String {
    match node {
        NamedOrBlankNode::NamedNode(node) => key(node.as_str()),
        NamedOrBlankNode::BlankNode(node) => node.as_str().to_owned(),
    }
}

/// The text of words.
fn literal(words: &Words) -> Result<Literal, GlossaryError> {
    match &words.language {
        None => Ok(Literal::new_simple_literal(&words.text)),
        Some(language) => Literal::new_language_tagged_literal(&words.text, language).map_err(|error| {
            let reason = format!("'{language}' is no language: {error}");
            GlossaryError::Write { subject: words.text.clone(), reason }
        }),
    }
}

/// A day, month or year as what it is; anything else as text.
fn day(text: &str) -> Literal {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let kind = match shape.as_str() {
        "0000-00-00" => xsd::DATE,
        "0000-00" => xsd::G_YEAR_MONTH,
        "0000" => xsd::G_YEAR,
        _ => return Literal::new_simple_literal(text),
    };
    Literal::new_typed_literal(text, kind)
}

/// The statements of one subject.
struct Out {
    subject: NamedOrBlankNode,
    said: Vec<Triple>,
}

impl Out {
    fn of(subject: impl Into<NamedOrBlankNode>) -> Self {
        Self { subject: subject.into(), said: Vec::new() }
    }

    fn add(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.said.push(Triple::new(self.subject.clone(), predicate, object));
    }

    fn kind(&mut self, kind: NamedNodeRef<'_>) {
        self.add(rdf::TYPE, kind.into_owned());
    }

    fn words(&mut self, predicate: NamedNodeRef<'_>, words: &[Words]) -> Result<(), GlossaryError> {
        for words in words {
            self.add(predicate, literal(words)?);
        }
        Ok(())
    }

    fn text(&mut self, predicate: NamedNodeRef<'_>, text: Option<&str>) {
        if let Some(text) = text {
            self.add(predicate, Literal::new_simple_literal(text));
        }
    }

    fn day(&mut self, predicate: NamedNodeRef<'_>, text: Option<&str>) {
        if let Some(text) = text {
            self.add(predicate, day(text));
        }
    }

    /// A version; one that nobody said is not made up.
    fn version(&mut self, predicate: NamedNodeRef<'_>, number: u32) {
        if number == ConceptAt::UNSAID {
            return;
        }
        self.add(predicate, Literal::new_typed_literal(number.to_string(), xsd::INTEGER));
    }
}
