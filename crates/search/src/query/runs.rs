//! Plain words of a query that stand one after the other: they may be one term.

use koplamp_language::fold;

use super::{Form, Leaf, Node, SenseChoice};

/// A word as choices name it, or several: folded, with a space between.
pub(super) fn key(text: &str) -> String {
    text.split_whitespace().map(fold).collect::<Vec<_>>().join(" ")
}

/// The runs of plain words, folded, in the order of the query.
pub(super) fn of(root: &Node, text: &str) -> Vec<Vec<String>> {
    let mut runs = Vec::new();
    walk(root, text, &mut runs);
    runs
}

fn walk(node: &Node, text: &str, runs: &mut Vec<Vec<String>>) {
    match node {
        Node::And(nodes) => {
            let mut rest = nodes.as_slice();
            while let Some((first, others)) = rest.split_first() {
                let length = run(rest, text);
                if length == 0 {
                    walk(first, text, runs);
                    rest = others;
                } else {
                    let (words, after) = rest.split_at(length);
                    runs.push(words.iter().filter_map(plain).map(|(word, _)| fold(word)).collect());
                    rest = after;
                }
            }
        }
        Node::Or(nodes) => nodes.iter().for_each(|node| walk(node, text, runs)),
        Node::Leaf(_) => runs.extend(plain(node).map(|(word, _)| vec![fold(word)])),
        Node::Not(_) | Node::All => {}
    }
}

/// Makes one leaf of words that are one term by these choices, the longest first.
pub(super) fn join(node: &mut Node, text: &str, choices: &[SenseChoice]) {
    match node {
        Node::And(nodes) => {
            let mut at = 0;
            while at < nodes.len() {
                let rest = nodes.get(at..).unwrap_or_default();
                let longest = (2..=run(rest, text)).rev().find_map(|length| {
                    let together = joined(rest.get(..length)?)?;
                    let Form::Word(word) = &together.form else { return None };
                    let wanted = key(word);
                    choices.iter().any(|choice| choice.word == wanted).then_some((length, together))
                });
                if let Some((length, together)) = longest {
                    drop(nodes.splice(at..at + length, [Node::Leaf(together)]));
                } else if let Some(node) = nodes.get_mut(at) {
                    join(node, text, choices);
                }
                at += 1;
            }
        }
        Node::Or(nodes) => nodes.iter_mut().for_each(|node| join(node, text, choices)),
        Node::Leaf(_) | Node::Not(_) | Node::All => {}
    }
}

/// How many of the first of these nodes are plain words with nothing between them.
fn run(nodes: &[Node], text: &str) -> usize {
    let mut length = 0;
    let mut end = None;
    for (_, at) in nodes.iter().map_while(plain) {
        let between = |end: usize| at.start.checked_sub(end).map(|gap| text.chars().skip(end).take(gap));
        if end.is_some_and(|end| !between(end).is_some_and(|mut gap| gap.all(char::is_whitespace))) {
            break;
        }
        end = Some(at.end);
        length += 1;
    }
    length
}

fn plain(node: &Node) -> Option<(&str, &std::ops::Range<usize>)> {
    match node {
        Node::Leaf(Leaf { field: None, form: Form::Word(word), at }) => Some((word, at)),
        _ => None,
    }
}

fn joined(nodes: &[Node]) -> Option<Leaf> {
    let words: Vec<_> = nodes.iter().filter_map(plain).collect();
    let at = words.first()?.1.start..words.last()?.1.end;
    let word = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" ");
    Some(Leaf { field: None, form: Form::Word(word), at })
}
