//! Small glossaries for tests, written in a few lines.

#![allow(dead_code, reason = "each test file uses some of it")]

use koplamp_model::{
    Compound, Concept, ConceptAt, ConceptId, ConceptMapping, ConceptMappingId, ConceptStatus, Glossary, Justification,
    Relation, Review, ReviewVerdict, Scheme, SchemeId, Term, TermKind, Words,
};

pub fn nl(text: &str) -> Words {
    Words { text: text.into(), language: Some("nl".into()) }
}

/// The concept of this name: `politie/aangifte`.
pub fn id(name: &str) -> ConceptId {
    ConceptId::of(&[name.as_bytes()])
}

pub fn scheme(organisation: &str) -> Scheme {
    Scheme {
        id: SchemeId::of(&[organisation.as_bytes()]),
        iri: format!("https://example.org/{organisation}"),
        organisation: organisation.into(),
        title: vec![nl(&format!("Begrippen van {organisation}"))],
        version: None,
        other: String::new(),
    }
}

/// A concept by its name, `organisation/word`, with that word as its preferred term.
pub fn concept(glossary: &mut Glossary, name: &str, hints: &[&str]) -> ConceptId {
    let (organisation, word) = name.split_once('/').expect("organisation/word");
    let word = word.split('#').next().expect("a word");
    if !glossary.schemes.iter().any(|known| known.organisation == organisation) {
        glossary.schemes.push(scheme(organisation));
    }
    glossary.concepts.push(Concept {
        id: id(name),
        scheme: SchemeId::of(&[organisation.as_bytes()]),
        iri: format!("https://example.org/{name}"),
        version: 1,
        definitions: Vec::new(),
        sources: vec![nl("Wetboek")],
        scope_notes: Vec::new(),
        examples: Vec::new(),
        notes: Vec::new(),
        notation: None,
        status: ConceptStatus::Proposed,
        owner: None,
        valid_from: None,
        valid_to: None,
        broader: Vec::new(),
        narrower: Vec::new(),
        related: Vec::new(),
        hints: hints.iter().map(|hint| (*hint).to_owned()).collect(),
        used_by: Vec::new(),
        default_for: Vec::new(),
        other: String::new(),
    });
    term(glossary, name, word, TermKind::Preferred);
    id(name)
}

pub fn term(glossary: &mut Glossary, name: &str, form: &str, kind: TermKind) {
    let (concept, form) = (id(name), nl(form));
    glossary.terms.push(Term {
        id: Term::id_of(concept, kind, &form),
        concept,
        form,
        kind,
        register: None,
        region: None,
        source: None,
        iri: None,
        other: String::new(),
    });
}

/// A mapping between concepts by their names; of [`Relation::NoEquivalent`] the other side is an organisation.
pub fn mapping(from: &str, relation: Relation, to: &[&str]) -> ConceptMapping {
    let at = |name: &str| ConceptAt { concept: id(name), version: 1 };
    let to_organisation = to.first().and_then(|name| name.split('/').next()).unwrap_or_default().to_owned();
    let none = relation == Relation::NoEquivalent;
    ConceptMapping {
        id: ConceptMappingId::random(),
        from: at(from),
        relation,
        to: if none { Vec::new() } else { to.iter().map(|name| at(name)).collect() },
        compound: (to.len() > 1).then_some(Compound::And),
        from_organisation: from.split('/').next().unwrap_or_default().to_owned(),
        to_organisation,
        difference: if relation == Relation::NearlySame { vec![nl("een verschil")] } else { Vec::new() },
        consequence: vec![nl("een gevolg")],
        justification: Justification::Expert,
        proposed_by: "politie".into(),
        proposer: None,
        valid_from: None,
        valid_to: None,
        other: String::new(),
    }
}

pub fn review(mapping: &ConceptMapping, organisation: &str, verdict: ReviewVerdict, versions: &[u32]) -> Review {
    Review {
        mapping: mapping.id,
        organisation: organisation.into(),
        verdict,
        reason: String::new(),
        reviewer: None,
        person: "J. Jansen".into(),
        versions: versions.to_vec(),
    }
}

/// The same, as the judgement of somebody with a name.
pub fn review_by(mapping: &ConceptMapping, organisation: &str, reviewer: Option<&str>, versions: &[u32]) -> Review {
    let accepted = review(mapping, organisation, ReviewVerdict::Accept, versions);
    Review { reviewer: reviewer.map(str::to_owned), ..accepted }
}

/// Puts a mapping in, and has both sides agree to it.
pub fn agree(glossary: &mut Glossary, mapping: ConceptMapping, organisations: [&str; 2]) {
    let versions = vec![1; 1 + mapping.to.len()];
    for organisation in organisations {
        glossary.reviews.push(review(&mapping, organisation, ReviewVerdict::Accept, &versions));
    }
    glossary.mappings.push(mapping);
}
