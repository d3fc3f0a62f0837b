//! Mappings as plain statements of SKOS.

use std::collections::BTreeMap;

use oxrdf::NamedNodeRef;

use super::super::graph::Graph;
use super::super::vocabulary::{CONCEPT, IN_SCHEME, relation};
use super::{Report, called, node, rules};
use koplamp_model::Relation;

pub(super) fn check(graph: &Graph, report: &mut Report<'_>) {
    let mut unknown: BTreeMap<String, u64> = BTreeMap::new();
    for (subject, said) in graph.iter() {
        let key = subject.to_string();
        let mut by_object: BTreeMap<String, NamedNodeRef<'_>> = BTreeMap::new();
        for (predicate, object) in said {
            let predicate = predicate.as_ref();
            let of_skos = relation(predicate)
                .is_some_and(|relation| !matches!(relation, Relation::FalseFriend | Relation::NoEquivalent));
            let Some(object) = node(object).filter(|_| of_skos) else { continue };
            if !graph.is_a(&object, CONCEPT) {
                let name = object.trim_matches(['<', '>']);
                let space = name.rfind(['#', '/']).and_then(|at| name.get(..=at)).unwrap_or(name);
                *unknown.entry(space.chars().take(200).collect()).or_default() += 1;
            } else if graph.names(&key, IN_SCHEME).any(|scheme| graph.names(&object, IN_SCHEME).any(|o| o == scheme)) {
                let parameters = vec![called(graph, &key), called(graph, &object)];
                report.add(&rules::MATCH_WITHIN_SCHEME, &key, parameters);
            }
            if by_object.insert(object.clone(), predicate).is_some_and(|other| other != predicate) {
                report.add(&rules::MATCH_EXCLUSIVE, &key, vec![called(graph, &key), called(graph, &object)]);
            }
        }
    }
    for (space, count) in unknown {
        report.add(&rules::MATCH_UNKNOWN, &space, vec![count.to_string(), space.clone()]);
    }
}
