//! The statements of a file, by what they are about.

use std::collections::{BTreeMap, HashMap};

use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

/// A statement without its subject.
pub(super) type Said = (NamedNode, Term);

/// The statements of a file. Two readings of the same statements, in whatever order, are equal.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// By the name of a subject as N-Triples write it.
    subjects: BTreeMap<String, (NamedOrBlankNode, Vec<Said>)>,
    /// The first line of each subject.
    lines: HashMap<String, u64>,
}

impl Graph {
    /// Takes a statement that was found on a line.
    pub fn insert(&mut self, triple: Triple, line: u64) {
        let key = triple.subject.to_string();
        if let NamedOrBlankNode::NamedNode(_) = &triple.subject {
            self.lines.entry(key.clone()).or_insert(line);
        }
        let (_, said) = self.subjects.entry(key).or_insert_with(|| (triple.subject, Vec::new()));
        said.push((triple.predicate, triple.object));
    }

    /// The same with the statements of each subject in an order that follows from them, and each once.
    pub fn sorted(mut self) -> Self {
        for (_, said) in self.subjects.values_mut() {
            said.sort_by_cached_key(|(predicate, object)| (predicate.clone(), object.to_string()));
            said.dedup();
        }
        self
    }

    /// The same with other names for its blank nodes.
    pub fn renamed(self, rename: impl Fn(&str) -> String) -> Self {
        let mut renamed = Self { subjects: BTreeMap::new(), lines: self.lines };
        for (subject, said) in self.subjects.into_values() {
            let subject = match subject {
                NamedOrBlankNode::BlankNode(blank) => NamedOrBlankNode::BlankNode(named(&rename(blank.as_str()))),
                subject @ NamedOrBlankNode::NamedNode(_) => subject,
            };
            let said = said.into_iter().map(|(predicate, object)| match object {
                Term::BlankNode(blank) => (predicate, Term::BlankNode(named(&rename(blank.as_str())))),
                object => (predicate, object),
            });
            renamed.subjects.insert(subject.to_string(), (subject, said.collect()));
        }
        renamed.sorted()
    }

    /// All subjects with what is said of them, in an order that follows from their names.
    pub fn iter(&self) -> impl Iterator<Item = (&NamedOrBlankNode, &[Said])> {
        self.subjects.values().map(|(subject, said)| (subject, said.as_slice()))
    }

    /// What is said of a subject.
    pub fn of(&self, subject: &str) -> &[Said] {
        self.subjects.get(subject).map(|(_, said)| said.as_slice()).unwrap_or_default()
    }

    /// The objects of a subject by a predicate.
    pub fn objects<'a>(
        &'a self,
        subject: &str,
        predicate: NamedNodeRef<'a>,
    ) -> impl Iterator<Item = &'a Term> + use<'a> {
        self.of(subject).iter().filter(move |(known, _)| known.as_ref() == predicate).map(|(_, object)| object)
    }

    /// The texts of a subject by a predicate.
    pub fn texts<'a>(
        &'a self,
        subject: &str,
        predicate: NamedNodeRef<'a>,
    ) -> impl Iterator<Item = &'a Literal> + use<'a> {
        self.objects(subject, predicate).filter_map(|object| match object {
            Term::Literal(literal) => Some(literal),
            _ => None,
        })
    }

    /// The names of a subject by a predicate.
    pub fn names<'a>(
        &'a self,
        subject: &str,
        predicate: NamedNodeRef<'a>,
    ) -> impl Iterator<Item = &'a NamedNode> + use<'a> {
        self.objects(subject, predicate).filter_map(|object| match object {
            Term::NamedNode(name) => Some(name),
            _ => None,
        })
    }

    /// Whether a subject is of a type.
    pub fn is_a(&self, subject: &str, kind: NamedNodeRef<'_>) -> bool {
        self.objects(subject, oxrdf::vocab::rdf::TYPE)
            .any(|object| matches!(object, Term::NamedNode(name) if name.as_ref() == kind))
    }

    /// The first line of a subject.
    pub fn line(&self, subject: &str) -> Option<u64> {
        self.lines.get(subject).copied()
    }
}

/// A blank node of this name.
pub(super) fn named(name: &str) -> oxrdf::BlankNode {
    oxrdf::BlankNode::new_unchecked(name)
}
