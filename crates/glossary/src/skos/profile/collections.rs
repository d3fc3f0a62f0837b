//! Schemes and collections, and what cannot be two things.

use super::super::graph::Graph;
use super::super::vocabulary::{
    COLLECTION, CONCEPT, HAS_TOP_CONCEPT, MEMBER, PREFERRED, SCHEME, TITLE, TOP_CONCEPT_OF,
};
use super::{Report, called, node, of_type, rules, shown};

pub(super) fn check(graph: &Graph, report: &mut Report<'_>) {
    for (_, key) in of_type(graph, SCHEME) {
        let mut titles = graph.objects(&key, TITLE).peekable();
        if titles.peek().is_none() {
            report.add(&rules::SCHEME_TITLE, &key, vec![shown(&key)]);
        }
        if graph.texts(&key, TITLE).any(|title| title.language().is_none()) {
            report.add(&rules::SCHEME_TITLE_LANGUAGE, &key, vec![shown(&key)]);
        }
        if graph.is_a(&key, CONCEPT) {
            report.add(&rules::CONCEPT_AND_SCHEME, &key, vec![called(graph, &key)]);
        }
        if graph.is_a(&key, COLLECTION) {
            report.add(&rules::SCHEME_AND_COLLECTION, &key, vec![called(graph, &key)]);
        }
    }
    for (_, key) in of_type(graph, COLLECTION) {
        if graph.objects(&key, PREFERRED).next().is_none() {
            report.add(&rules::COLLECTION_LABEL, &key, vec![shown(&key)]);
        }
        if graph.is_a(&key, CONCEPT) {
            report.add(&rules::CONCEPT_AND_COLLECTION, &key, vec![called(graph, &key)]);
        }
        for member in graph.objects(&key, MEMBER) {
            let there =
                node(member).is_some_and(|member| graph.is_a(&member, CONCEPT) || graph.is_a(&member, COLLECTION));
            if !there {
                report.add(&rules::COLLECTION_MEMBER, &key, vec![called(graph, &key), shown(&member.to_string())]);
            }
        }
    }
    for (subject, said) in graph.iter() {
        for (predicate, object) in said {
            let kind = match predicate.as_ref() {
                predicate if predicate == HAS_TOP_CONCEPT => CONCEPT,
                predicate if predicate == TOP_CONCEPT_OF => SCHEME,
                _ => continue,
            };
            if !node(object).is_some_and(|object| graph.is_a(&object, kind)) {
                let key = subject.to_string();
                report.add(&rules::TOP_UNKNOWN, &key, vec![shown(&key), shown(&object.to_string())]);
            }
        }
    }
}
