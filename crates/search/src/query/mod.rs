//! The query language: what can be asked, and how it is written.
//!
//! ```text
//! aangifte rotterdam            both words, inflected too          AND, EN, &&, + or a space
//! aangifte OR melding           either                             OR, OF, ||
//! aangifte NOT douane           without                            NOT, NIET, ! or -
//! (aangifte OR melding) 2024    grouped
//! "valse factuur"               these words next to each other, as typed
//! "geld koerier"~5              at most 5 words between them, in either order
//! =aangifte                     this form only
//! belasting*  b?nk              any ending, any letter
//! jansen~  jansen~2             one or two letters different
//! title:notulen                 in the title; also body, path, organisation, kind, source, purpose, marking, date
//! date:2024-01..2024-06         from January to June; also date:>2024-05-03, date:<=2023, date:2024, date:..2024
//! ```
//!
//! Fields have a Dutch name as well. `NOT` binds before `AND`, `AND` before `OR`.

mod compile;
mod date;
mod error;
mod field;
mod lexer;
mod parser;

use std::ops::Range;

pub(crate) use compile::{Pattern, compile};
pub use date::Days;
pub(crate) use date::day_number;
pub use error::{QueryError, QueryErrorCode};
pub use field::Field;

/// A query that has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(crate) root: Node,
}

impl Query {
    /// Reads a query as a person typed it. Never panics, whatever the text.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parser::parse(text).map(|root| Self { root })
    }
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// All of these.
    And(Vec<Node>),
    /// At least one of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// Every document.
    All,
    /// Something to look for.
    Leaf(Leaf),
}

/// Something to look for, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    /// Where; none is title and body.
    pub field: Option<Field>,
    /// What.
    pub form: Form,
    /// Its place in the query, in characters.
    pub at: Range<usize>,
}

/// What a leaf looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// A word and its inflections.
    Word(String),
    /// Words next to each other, as typed; one word is that word as typed.
    Phrase(String),
    /// Two words with at most so many others between them, in either order.
    Near(String, String, u32),
    /// A word with `*` and `?` in it, folded.
    Wildcard(String),
    /// A word of which so many letters may differ, folded.
    Fuzzy(String, u8),
    /// A span of days.
    Days(Days),
}

impl Node {
    /// The leaves that a hit was found by, those under a `NOT` left out.
    pub fn positive_leaves(&self) -> Vec<&Leaf> {
        fn walk<'n>(node: &'n Node, leaves: &mut Vec<&'n Leaf>) {
            match node {
                Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| walk(node, leaves)),
                Node::Leaf(leaf) => leaves.push(leaf),
                Node::Not(_) | Node::All => {}
            }
        }
        let mut leaves = Vec::new();
        walk(self, &mut leaves);
        leaves
    }
}

#[cfg(test)]
mod tests;
