//! A concept by itself: its definition, its terms, its notes, its scheme.

use std::collections::{BTreeMap, HashMap};

use oxrdf::{NamedOrBlankNode, Term};

use super::super::graph::Graph;
use super::super::vocabulary::{
    ALTERNATIVE, CHANGE_NOTE, COMMENT, CONCEPT, DEFINITION, EDITORIAL_NOTE, HIDDEN, HISTORY_NOTE, IN_SCHEME, NOTATION,
    PREFERRED, SCHEME, SCOPE_NOTE, SOURCE,
};
use super::{Report, called, node, of_type, rules, shown};

pub(super) fn check(graph: &Graph, report: &mut Report<'_>) {
    // Terms and codes, by the scheme, with the first concept that has them.
    let mut preferred: HashMap<(String, String), String> = HashMap::new();
    let mut notations: HashMap<(String, String), String> = HashMap::new();
    for (subject, key) in of_type(graph, CONCEPT) {
        let name = called(graph, &key);
        if let NamedOrBlankNode::BlankNode(_) = subject {
            let definition = graph.texts(&key, DEFINITION).next().map(|text| text.value()).unwrap_or_default();
            report.add(&rules::CONCEPT_BLANK, &key, vec![definition.chars().take(60).collect()]);
        }
        definition(graph, &key, &name, report);
        terms(graph, &key, &name, report);
        notes(graph, &key, &name, report);
        schemes(graph, &key, &name, report);
        for scheme in graph.names(&key, IN_SCHEME) {
            for label in graph.objects(&key, PREFERRED) {
                let at = (scheme.as_str().to_owned(), label.to_string());
                if let Some(other) = preferred.get(&at).filter(|other| **other != key) {
                    report.add(&rules::PREFERRED_SHARED, &key, vec![name.clone(), shown(other)]);
                } else {
                    preferred.insert(at, key.clone());
                }
            }
            for notation in graph.texts(&key, NOTATION) {
                let at = (scheme.as_str().to_owned(), notation.to_string());
                if let Some(other) = notations.get(&at).filter(|other| **other != key) {
                    let parameters = vec![name.clone(), notation.value().to_owned(), called(graph, other)];
                    report.add(&rules::NOTATION_SHARED, &key, parameters);
                } else {
                    notations.insert(at, key.clone());
                }
            }
        }
    }
}

fn definition(graph: &Graph, key: &str, name: &str, report: &mut Report<'_>) {
    let mut definitions = graph.objects(key, DEFINITION).peekable();
    if definitions.peek().is_none() {
        report.add(&rules::DEFINITION_MISSING, key, vec![name.to_owned()]);
    }
    for definition in definitions {
        match definition {
            Term::Literal(text) if text.language().is_some() => {}
            Term::Literal(_) => report.add(&rules::DEFINITION_LANGUAGE, key, vec![name.to_owned()]),
            _ => report.add(&rules::DEFINITION_NODE, key, vec![name.to_owned()]),
        }
    }
}

fn terms(graph: &Graph, key: &str, name: &str, report: &mut Report<'_>) {
    let mut languages: BTreeMap<&str, u32> = BTreeMap::new();
    let labels = |predicate| graph.objects(key, predicate);
    if labels(PREFERRED).next().is_none() {
        report.add(&rules::PREFERRED_MISSING, key, vec![name.to_owned()]);
    }
    for language in graph.texts(key, PREFERRED).filter_map(|label| label.language()) {
        *languages.entry(language).or_default() += 1;
    }
    for (language, _) in languages.into_iter().filter(|(_, count)| *count > 1) {
        report.add(&rules::PREFERRED_TWICE, key, vec![name.to_owned(), language.to_owned()]);
    }
    for label in [PREFERRED, ALTERNATIVE, HIDDEN].into_iter().flat_map(|predicate| graph.texts(key, predicate)) {
        if label.language().is_none() {
            report.add(&rules::LABEL_LANGUAGE, key, vec![label.value().to_owned()]);
        }
    }
    for (one, other) in [(PREFERRED, ALTERNATIVE), (PREFERRED, HIDDEN), (ALTERNATIVE, HIDDEN)] {
        let others: std::collections::HashSet<&Term> = labels(other).collect();
        for label in graph.texts(key, one).filter(|label| others.contains(&Term::Literal((*label).clone()))) {
            report.add(&rules::LABEL_CLASH, key, vec![label.value().to_owned()]);
        }
    }
}

fn notes(graph: &Graph, key: &str, name: &str, report: &mut Report<'_>) {
    // An example may be without a language.
    for predicate in [SCOPE_NOTE, CHANGE_NOTE, EDITORIAL_NOTE, HISTORY_NOTE, COMMENT] {
        if graph.texts(key, predicate).any(|note| note.language().is_none()) {
            report.add(&rules::NOTE_LANGUAGE, key, vec![name.to_owned()]);
        }
    }
    if graph.texts(key, SOURCE).next().is_some() {
        report.add(&rules::SOURCE_TEXT, key, vec![name.to_owned()]);
    }
}

fn schemes(graph: &Graph, key: &str, name: &str, report: &mut Report<'_>) {
    let mut schemes = graph.objects(key, IN_SCHEME).peekable();
    if schemes.peek().is_none() {
        report.add(&rules::SCHEME_MISSING, key, vec![name.to_owned()]);
    }
    for scheme in schemes {
        let there = node(scheme).is_some_and(|scheme| graph.is_a(&scheme, SCHEME));
        if !there || !matches!(scheme, Term::NamedNode(_)) {
            report.add(&rules::SCHEME_UNKNOWN, key, vec![name.to_owned(), shown(&scheme.to_string())]);
        }
    }
}
