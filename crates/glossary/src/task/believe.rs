//! What holds of a record that reading gives.

use std::collections::HashSet;

use koplamp_model::{
    Concept, ConceptId, ConceptMapping, Glossary, GlossaryId, GlossaryRecord, Relation, Scheme, SchemeId, Term,
    Violation, Words,
};

use crate::Limits;
use crate::skos::{is_name, is_other};

/// Values of one field of a record.
const MOST: usize = 100_000;

/// The records that were seen so far.
#[derive(Default)]
pub(super) struct Believed {
    seen: HashSet<GlossaryId>,
}

impl Believed {
    /// What holds of a record by itself, and that there is one of it.
    pub fn check(&mut self, record: &GlossaryRecord, limits: &Limits) -> Result<(), &'static str> {
        if !self.seen.insert(record.id()) {
            return Err("two records of the same id");
        }
        match record {
            GlossaryRecord::Scheme(scheme) => of_scheme(scheme, limits),
            GlossaryRecord::Concept(concept) => of_concept(concept, limits),
            GlossaryRecord::Term(term) => of_term(term, limits),
            GlossaryRecord::Mapping(mapping) => of_mapping(mapping, limits),
        }
    }

    /// What holds of all records together.
    pub fn whole(&self, glossary: &Glossary) -> Result<(), &'static str> {
        let schemes = glossary.concepts.iter().all(|at| self.seen.contains(&GlossaryId::Scheme(at.scheme)));
        let concepts = glossary.terms.iter().all(|at| self.seen.contains(&GlossaryId::Concept(at.concept)));
        if schemes && concepts { Ok(()) } else { Err("a concept without its scheme, or a term without its concept") }
    }
}

fn is_long(text: &str, limits: &Limits) -> bool {
    // Several sources of a label are put into one text.
    text.len() > limits.value.saturating_mul(4) && limits.is_long(text)
}

fn texts<'a>(texts: impl IntoIterator<Item = &'a str>, limits: &Limits) -> Result<(), &'static str> {
    let mut count = 0;
    for text in texts {
        count += 1;
        if is_long(text, limits) || text.contains('\0') {
            return Err("a text that is too long, or has a NUL");
        }
    }
    if count > MOST { Err("more texts than a record has") } else { Ok(()) }
}

fn words(words: &[&[Words]], limits: &Limits) -> Result<(), &'static str> {
    let all = words.iter().copied().flatten();
    texts(all.flat_map(|words| std::iter::once(words.text.as_str()).chain(words.language.as_deref())), limits)
}

fn names<'a>(names: impl IntoIterator<Item = &'a String>) -> Result<(), &'static str> {
    if names.into_iter().all(|name| is_name(name)) { Ok(()) } else { Err("a name that is none") }
}

fn other(other: &str) -> Result<(), &'static str> {
    if is_other(other) { Ok(()) } else { Err("lines of a file that are no statements") }
}

fn of_scheme(scheme: &Scheme, limits: &Limits) -> Result<(), &'static str> {
    if scheme.id != SchemeId::of(&[b"scheme", scheme.iri.as_bytes()]) {
        return Err("a scheme whose id does not follow from its name");
    }
    names([&scheme.iri])?;
    words(&[&scheme.title], limits)?;
    texts([Some(scheme.organisation.as_str()), scheme.version.as_deref()].into_iter().flatten(), limits)?;
    other(&scheme.other)
}

fn of_concept(concept: &Concept, limits: &Limits) -> Result<(), &'static str> {
    if concept.id != ConceptId::of(&[b"concept", concept.iri.as_bytes()]) || concept.version == 0 {
        return Err("a concept whose id does not follow from its name, or without a version");
    }
    names([&concept.iri].into_iter().chain(&concept.broader).chain(&concept.narrower).chain(&concept.related))?;
    let all = [&concept.definitions, &concept.sources, &concept.scope_notes, &concept.examples, &concept.notes];
    words(&all.map(Vec::as_slice), limits)?;
    let single = [&concept.notation, &concept.owner, &concept.valid_from, &concept.valid_to];
    texts(single.into_iter().flatten().chain(&concept.hints).map(String::as_str), limits)?;
    other(&concept.other)
}

fn of_term(term: &Term, limits: &Limits) -> Result<(), &'static str> {
    if term.id != Term::id_of(term.concept, term.kind, &term.form) {
        return Err("a term whose id does not follow from it");
    }
    names(&term.iri)?;
    words(&[std::slice::from_ref(&term.form)], limits)?;
    texts([&term.register, &term.region, &term.source].into_iter().flatten().map(String::as_str), limits)?;
    other(&term.other)
}

fn of_mapping(mapping: &ConceptMapping, limits: &Limits) -> Result<(), &'static str> {
    if mapping.to.is_empty() != (mapping.relation == Relation::NoEquivalent) || mapping.to.len() > MOST {
        return Err("a mapping to nothing, or to too much");
    }
    words(&[&mapping.difference, &mapping.consequence], limits)?;
    let days = [mapping.valid_from.as_ref(), mapping.valid_to.as_ref()];
    let codes = [Some(&mapping.to_organisation), Some(&mapping.proposed_by)].into_iter().chain(days);
    texts(codes.into_iter().flatten().map(String::as_str), limits)?;
    other(&mapping.other)
}

/// What holds of a broken rule.
pub(super) fn violation(violation: &Violation, limits: &Limits) -> Result<(), &'static str> {
    let own = [&violation.subject, &violation.rule, &violation.message];
    texts(own.into_iter().chain(&violation.parameters).map(String::as_str), limits)
}
