//! Names for nodes without one, which follow from where they hang and what they say.
//!
//! A parser counts blank nodes, or draws lots; then the same file would be another glossary each time, and two files would mix theirs.
//! Here a node is named by the record that it hangs from, the way there, and a digest of what is said of it. It takes time in
//! proportion to the statements, whatever they are; nodes that a digest cannot tell apart are numbered.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use koplamp_model::TermId;
use oxrdf::{NamedOrBlankNode, Term};

use super::graph::{Graph, Said};

/// How often digests take in the digests of the nodes behind them.
const ROUNDS: usize = 3;

/// A graph whose blank nodes have such names.
pub(super) struct Rooted {
    pub graph: Graph,
    /// The named subject that a blank node hangs from, as N-Triples write both.
    pub roots: HashMap<String, String>,
}

/// Names the blank nodes of a graph; `salt` keeps those that hang from nothing apart from those of other files.
pub(super) fn name(graph: Graph, salt: &str) -> Rooted {
    let digests = digests(&graph);
    let mut names: HashMap<String, String> = HashMap::new();
    let mut roots = HashMap::new();

    // From named subjects on, in an order that follows from the names.
    let mut queue: VecDeque<(String, String, Option<String>)> = VecDeque::new();
    for (subject, _) in graph.iter() {
        if let NamedOrBlankNode::NamedNode(_) = subject {
            let subject = subject.to_string();
            queue.push_back((subject.clone(), subject.clone(), Some(subject)));
        }
    }
    let mut loose = loose(&graph, &digests).into_iter();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    loop {
        while let Some((key, parent, root)) = queue.pop_front() {
            for (predicate, blank, ordinal) in children(graph.of(&key), &digests) {
                if names.contains_key(blank) {
                    continue;
                }
                let name = name_of(&parent, predicate, known(&digests, blank), ordinal);
                if let Some(root) = &root {
                    roots.insert(format!("_:{name}"), root.clone());
                }
                queue.push_back((format!("_:{blank}"), name.clone(), root.clone()));
                names.insert(blank.to_owned(), name);
            }
        }
        // Then those that nothing with a name leads to.
        let Some(blank) = loose.next() else { break };
        if names.contains_key(&blank) {
            continue;
        }
        let digest = known(&digests, &blank);
        let count = counts.entry(digest).or_default();
        let name = name_of(salt, "", digest, *count);
        *count += 1;
        queue.push_back((format!("_:{blank}"), name.clone(), None));
        names.insert(blank, name);
    }
    let graph = graph.renamed(|blank| names.get(blank).cloned().unwrap_or_else(|| name_of(salt, blank, "", 0)));
    Rooted { graph, roots }
}

/// The name of a blank node: where it hangs (a name as N-Triples write it, or that of a blank node), by what, what is said of it, and the
/// how manieth of those alike.
pub(super) fn name_of(parent: &str, predicate: &str, digest: &str, ordinal: usize) -> String {
    let ordinal = (ordinal as u64).to_be_bytes();
    format!("b{}", TermId::of(&[b"blank", parent.as_bytes(), predicate.as_bytes(), digest.as_bytes(), &ordinal]))
}

/// A digest of what is said of a node; `behind` tells what stands for another blank node.
pub(super) fn digest_of(said: &[Said], behind: impl Fn(&str) -> String) -> String {
    let mut lines: Vec<String> = said
        .iter()
        .map(|(predicate, object)| match object {
            Term::BlankNode(blank) => format!("{predicate} _:{}", behind(blank.as_str())),
            object => format!("{predicate} {object}"),
        })
        .collect();
    lines.sort_unstable();
    lines.dedup();
    let parts: Vec<&[u8]> = lines.iter().map(String::as_bytes).collect();
    TermId::of(&parts).to_string()
}

/// The digests of all blank nodes that something is said of.
fn digests(graph: &Graph) -> HashMap<String, String> {
    let blanks: Vec<(&str, &[Said])> = graph
        .iter()
        .filter_map(|(subject, said)| match subject {
            NamedOrBlankNode::BlankNode(blank) => Some((blank.as_str(), said)),
            NamedOrBlankNode::NamedNode(_) => None,
        })
        .collect();
    let mut digests: HashMap<String, String> = HashMap::new();
    for round in 0..ROUNDS {
        let next: HashMap<String, String> = blanks
            .iter()
            // What leads to no other blank node has said all in the first round.
            .filter(|(_, said)| round == 0 || said.iter().any(|(_, object)| matches!(object, Term::BlankNode(_))))
            .map(|(blank, said)| {
                let behind = |other: &str| digests.get(other).cloned().unwrap_or_default();
                ((*blank).to_owned(), digest_of(said, behind))
            })
            .collect();
        digests.extend(next);
    }
    digests
}

/// The digest of a blank node; that of one of which nothing is said is empty.
fn known<'a>(digests: &'a HashMap<String, String>, blank: &str) -> &'a str {
    digests.get(blank).map(String::as_str).unwrap_or_default()
}

/// The blank nodes that a subject leads to: by which predicate, and the how manieth of those alike.
fn children<'a>(
    said: &'a [Said],
    digests: &'a HashMap<String, String>,
) -> impl Iterator<Item = (&'a str, &'a str, usize)> {
    let mut children: Vec<(&str, &str, &str)> = said
        .iter()
        .filter_map(|(predicate, object)| match object {
            Term::BlankNode(blank) => Some((predicate.as_str(), known(digests, blank.as_str()), blank.as_str())),
            _ => None,
        })
        .collect();
    children.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    children.into_iter().map(move |(predicate, digest, blank)| {
        let count = counts.entry((predicate, digest)).or_default();
        *count += 1;
        (predicate, blank, *count - 1)
    })
}

/// The blank subjects, first those that nothing leads to, each lot in the order of their digests.
fn loose(graph: &Graph, digests: &HashMap<String, String>) -> Vec<String> {
    let mut led_to: HashSet<&str> = HashSet::new();
    for (_, said) in graph.iter() {
        led_to.extend(said.iter().filter_map(|(_, object)| match object {
            Term::BlankNode(blank) => Some(blank.as_str()),
            _ => None,
        }));
    }
    let mut loose: Vec<(bool, &str, &str)> = digests
        .iter()
        .map(|(blank, digest)| (led_to.contains(blank.as_str()), digest.as_str(), blank.as_str()))
        .collect();
    loose.sort_unstable();
    loose.into_iter().map(|(_, _, blank)| blank.to_owned()).collect()
}
