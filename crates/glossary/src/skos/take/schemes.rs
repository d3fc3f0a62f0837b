//! Schemes: those that a file has, and those that it speaks of.

use std::collections::BTreeMap;

use koplamp_model::{Scheme, SchemeId};
use oxrdf::{NamedOrBlankNode, Term};

use super::super::graph::Graph;
use super::super::vocabulary::{
    HAS_TOP_CONCEPT, IN_SCHEME, LABEL, OLD_TITLE, ORGANISATION, PREFERRED, SCHEME, TITLE, TOP_CONCEPT_OF, VERSION_INFO,
};
use super::{key, text, words};

/// The schemes of a file by their names.
pub(super) fn take(graph: &Graph, organisation: &str) -> BTreeMap<String, Scheme> {
    let mut schemes = BTreeMap::new();
    for (subject, said) in graph.iter() {
        for (predicate, object) in said {
            let predicate = predicate.as_ref();
            if let Term::NamedNode(object) = object
                && (predicate == IN_SCHEME || predicate == TOP_CONCEPT_OF)
            {
                schemes
                    .entry(object.as_str().to_owned())
                    .or_insert_with(|| scheme(graph, object.as_str(), organisation));
            }
        }
        let NamedOrBlankNode::NamedNode(name) = subject else { continue };
        let has_top = said.iter().any(|(predicate, _)| predicate.as_ref() == HAS_TOP_CONCEPT);
        if has_top || graph.is_a(&subject.to_string(), SCHEME) {
            schemes.entry(name.as_str().to_owned()).or_insert_with(|| scheme(graph, name.as_str(), organisation));
        }
    }
    schemes
}

/// The scheme of the concepts that are in none.
pub(in crate::skos) fn of_none(organisation: &str) -> Scheme {
    // What cannot stand in a name is written by its bytes.
    let code: String = organisation
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    scheme(&Graph::default(), &format!("urn:koplamp:scheme:{code}"), organisation)
}

fn scheme(graph: &Graph, iri: &str, organisation: &str) -> Scheme {
    let key = key(iri);
    let titles = [TITLE, PREFERRED, LABEL, OLD_TITLE].into_iter().map(|predicate| words(graph, &key, predicate));
    Scheme {
        id: SchemeId::of(&[b"scheme", iri.as_bytes()]),
        iri: iri.to_owned(),
        organisation: text(graph, &key, ORGANISATION).unwrap_or_else(|| organisation.to_owned()),
        title: titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default(),
        version: text(graph, &key, VERSION_INFO),
        other: String::new(),
    }
}
