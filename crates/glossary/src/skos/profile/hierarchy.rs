//! Wider, narrower and related concepts.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::super::graph::Graph;
use super::super::vocabulary::{
    BROADER, CONCEPT, HAS_TOP_CONCEPT, IN_SCHEME, ISO_RELATIONS, NARROWER, RELATED, TOP_CONCEPT_OF,
};
use super::{Report, called, node, rules, shown};

/// Steps of a circle that are told.
const STEPS: usize = 12;
/// Circles that are looked at: each costs its length.
const MOST: usize = 1_000;

pub(super) fn check(graph: &Graph, report: &mut Report<'_>) {
    let mut topmost: BTreeSet<String> = BTreeSet::new();
    for (subject, said) in graph.iter() {
        let key = subject.to_string();
        let mut related = Vec::new();
        let mut other = HashSet::new();
        let mut does = false;
        for (predicate, object) in said {
            let predicate = predicate.as_ref();
            let Some(object) = node(object) else { continue };
            does |= [BROADER, NARROWER, RELATED, IN_SCHEME].contains(&predicate);
            if predicate == TOP_CONCEPT_OF {
                topmost.insert(key.clone());
                continue;
            } else if predicate == HAS_TOP_CONCEPT {
                topmost.insert(object);
                continue;
            } else if predicate == BROADER || predicate == NARROWER {
                other.insert(object.clone());
            } else if predicate == RELATED {
                related.push(object.clone());
            } else if !ISO_RELATIONS.contains(&predicate.as_str()) {
                continue;
            }
            if !graph.is_a(&object, CONCEPT) {
                let finer = ISO_RELATIONS.contains(&predicate.as_str());
                let rule = if finer { &rules::FINER_UNKNOWN } else { &rules::RELATION_UNKNOWN };
                report.add(rule, &key, vec![called(graph, &key), shown(&object)]);
            }
        }
        for clash in related.into_iter().filter(|object| other.contains(object)) {
            report.add(&rules::RELATED_AND_WIDER, &key, vec![called(graph, &key), called(graph, &clash)]);
        }
        // Labels and collections may be in a scheme too; they say what they are.
        if does && !graph.is_a(&key, CONCEPT) && graph.objects(&key, oxrdf::vocab::rdf::TYPE).next().is_none() {
            report.add(&rules::CONCEPT_UNTYPED, &key, vec![called(graph, &key)]);
        }
    }
    for key in topmost.iter().filter(|key| graph.objects(key, BROADER).next().is_some()) {
        report.add(&rules::TOP_WITH_WIDER, key, vec![called(graph, key)]);
    }
    circles_of(graph, report);
}

/// Reports where wider concepts lead in a circle.
pub(super) fn circles_of(graph: &Graph, report: &mut Report<'_>) {
    let mut wider: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (subject, said) in graph.iter() {
        for (predicate, object) in said {
            let Some(object) = node(object) else { continue };
            if predicate.as_ref() == BROADER {
                wider.entry(subject.to_string()).or_default().insert(object);
            } else if predicate.as_ref() == NARROWER {
                wider.entry(object).or_default().insert(subject.to_string());
            }
        }
    }
    for circle in circles(&wider) {
        let mut names: Vec<String> = circle.iter().take(STEPS).map(|key| called(graph, key)).collect();
        if circle.len() > STEPS {
            names.push("…".to_owned());
        }
        names.extend(circle.first().map(|key| called(graph, key)));
        if let Some(first) = circle.first() {
            report.add(&rules::WIDER_CYCLE, first, vec![names.join(" > ")]);
        }
    }
}

/// Circles in a graph, each concept in at most one: found by going each step once.
fn circles(wider: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<&str>> {
    let mut circles = Vec::new();
    let mut done: HashSet<&str> = HashSet::new();
    let mut told: HashSet<&str> = HashSet::new();
    let mut looked_at = 0;
    for start in wider.keys() {
        if done.contains(start.as_str()) {
            continue;
        }
        // The way from the start, each place with the steps that are still to be gone from there.
        let mut way: Vec<(&str, std::collections::btree_set::Iter<'_, String>)> = Vec::new();
        let mut on_way: HashSet<&str> = HashSet::new();
        let mut next = Some(start.as_str());
        loop {
            if let Some(place) = next.take() {
                done.insert(place);
                on_way.insert(place);
                static NONE: BTreeSet<String> = BTreeSet::new();
                way.push((place, wider.get(place).unwrap_or(&NONE).iter()));
            }
            let Some((place, steps)) = way.last_mut() else { break };
            match steps.next() {
                None => {
                    on_way.remove(place);
                    way.pop();
                }
                Some(step) if on_way.contains(step.as_str()) => {
                    if looked_at == MOST || told.contains(step.as_str()) {
                        continue;
                    }
                    looked_at += 1;
                    let circle: Vec<&str> =
                        way.iter().map(|(place, _)| *place).skip_while(|place| *place != step.as_str()).collect();
                    if !circle.iter().any(|place| told.contains(place)) {
                        told.extend(&circle);
                        circles.push(circle);
                    }
                }
                Some(step) if done.contains(step.as_str()) => {}
                Some(step) => next = Some(step.as_str()),
            }
        }
    }
    circles
}
