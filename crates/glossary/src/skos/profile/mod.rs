//! The rules of the Dutch profile for concepts: NL-SBB 1.0.0, "Standaard voor het beschrijven van begrippen" (Geonovum, 2024,
//! <https://docs.geostandaarden.nl/nl-sbb/nl-sbb/>), as its shapes (skos-ap-nl) and its chapter 4 have them.
//!
//! What the shapes call a violation is mandatory, what they call a warning is not; what they call information is left out. In one place we
//! are milder, and say so: a mapping to a concept of another file is a remark here, as each organisation publishes its own.

mod collections;
mod concepts;
mod hierarchy;
mod matches;
mod rules;

use std::collections::BTreeMap;

use koplamp_model::Violation;
use oxrdf::{NamedOrBlankNode, Term};

pub use rules::{RULES, Rule};

use super::graph::Graph;
use super::take::key;
use super::vocabulary::PREFERRED;

/// Remarks by one rule that are given; more are counted.
const MOST: usize = 1_000;

/// What in a file breaks a rule, in the order of the rules' weight and of the names.
pub(super) fn check(graph: &Graph) -> Vec<Violation> {
    let mut report = Report { graph, found: BTreeMap::new() };
    concepts::check(graph, &mut report);
    collections::check(graph, &mut report);
    hierarchy::check(graph, &mut report);
    matches::check(graph, &mut report);
    report.end()
}

/// Wider concepts that lead in a circle.
pub(super) fn circles(graph: &Graph) -> Vec<Violation> {
    let mut report = Report { graph, found: BTreeMap::new() };
    hierarchy::circles_of(graph, &mut report);
    report.end()
}

/// What was found so far.
struct Report<'a> {
    graph: &'a Graph,
    /// By weight and code: what is given, and how many are not.
    found: BTreeMap<(bool, &'static str), (Vec<Violation>, u64)>,
}

impl Report<'_> {
    /// A rule that a subject (as N-Triples write it) breaks.
    fn add(&mut self, rule: &Rule, subject: &str, parameters: Vec<String>) {
        // The mandatory ones first.
        let (given, left_out) = self.found.entry((!rule.mandatory, rule.code)).or_default();
        if given.len() >= MOST {
            *left_out += 1;
            return;
        }
        given.push(Violation {
            subject: subject.trim_matches(['<', '>']).to_owned(),
            rule: rule.code.to_owned(),
            mandatory: rule.mandatory,
            message: rule.say(&parameters),
            parameters,
            line: self.graph.line(subject),
        });
    }

    fn end(self) -> Vec<Violation> {
        let mut all = Vec::new();
        for ((lenient, code), (mut given, left_out)) in self.found {
            given.sort_by(|a, b| (&a.subject, &a.parameters).cmp(&(&b.subject, &b.parameters)));
            given.dedup();
            all.append(&mut given);
            if left_out > 0 {
                let parameters = vec![left_out.to_string(), code.to_owned()];
                all.push(Violation {
                    subject: String::new(),
                    rule: rules::MORE.code.to_owned(),
                    mandatory: !lenient,
                    message: rules::MORE.say(&parameters),
                    parameters,
                    line: None,
                });
            }
        }
        all
    }
}

/// The subjects that are of a type.
fn of_type<'a>(
    graph: &'a Graph,
    kind: oxrdf::NamedNodeRef<'a>,
) -> impl Iterator<Item = (&'a NamedOrBlankNode, String)> {
    graph.iter().map(|(subject, _)| (subject, subject.to_string())).filter(move |(_, key)| graph.is_a(key, kind))
}

/// What people call something: its preferred term in Dutch, or else the first, or else the end of its name.
fn called(graph: &Graph, subject: &str) -> String {
    let mut labels = graph.texts(subject, PREFERRED);
    let dutch = graph.texts(subject, PREFERRED).find(|label| label.language() == Some("nl"));
    if let Some(label) = dutch.or_else(|| labels.next()) {
        return label.value().chars().take(100).collect();
    }
    let name = subject.trim_matches(['<', '>']);
    let end = name.rsplit(['#', '/']).find(|part| !part.is_empty()).unwrap_or(name);
    end.chars().take(100).collect()
}

/// The key of an object that is a node.
fn node(object: &Term) -> Option<String> {
    match object {
        Term::NamedNode(name) => Some(key(name.as_str())),
        Term::BlankNode(_) => Some(object.to_string()),
        Term::Literal(_) => None,
    }
}

/// The name of a node as it is shown.
fn shown(key: &str) -> String {
    key.trim_matches(['<', '>']).chars().take(200).collect()
}
