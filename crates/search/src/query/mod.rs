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
mod runs;

use std::ops::Range;

use koplamp_model::ConceptId;
use serde::{Deserialize, Serialize};

pub(crate) use compile::{Pattern, compile};
pub use date::Days;
pub(crate) use date::day_number;
pub use error::{QueryError, QueryErrorCode};
pub use field::Field;

/// A query that has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(crate) root: Node,
    /// As it was typed.
    text: String,
}

impl Query {
    /// Reads a query as a person typed it. Never panics, whatever the text.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parser::parse(text).map(|root| Self { root, text: text.to_owned() })
    }

    /// The plain words that are looked for in title and text, folded: those that a glossary may have a say in. Words that stand one after the other
    /// with nothing between are together, because they may be one term. Quoted words, patterns, words of a field and words under a `NOT`
    /// mean what they say.
    pub fn runs(&self) -> Vec<Vec<String>> {
        runs::of(&self.root, &self.text)
    }

    /// The query with words looked for by their senses instead. Of several choices that begin at one word the longest counts.
    #[must_use]
    pub fn with_senses(mut self, choices: &[SenseChoice]) -> Self {
        runs::join(&mut self.root, &self.text, choices);
        self.root.choose(choices);
        self
    }

    /// The query with these choices, in documents in which each of them holds, wherever in the query its word stands.
    #[must_use]
    pub fn holding(self, choices: &[SenseChoice]) -> Self {
        let mut joined = self.root.clone();
        runs::join(&mut joined, &self.text, choices);
        let mut all = vec![self.clone().with_senses(choices).root];
        for choice in choices {
            if let Some(typed) = joined.word(&choice.word) {
                let holds = choice.node(Node::Leaf(typed.clone()), typed.at.clone());
                // Twice not: it narrows, and makes no hit better.
                all.push(Node::Not(Box::new(Node::Not(Box::new(holds)))));
            }
        }
        Self { root: Node::And(all), text: self.text }
    }

    /// The documents that match this and not the other.
    #[must_use]
    pub fn except(self, other: Self) -> Self {
        Self { root: Node::And(vec![self.root, Node::Not(Box::new(other.root))]), text: self.text }
    }
}

/// What a word of a query is looked for as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenseChoice {
    /// The word, as [`Query::runs`] gives it, or several of them with a space between.
    pub word: String,
    /// What is looked for instead of it.
    pub stand: SenseStand,
}

/// What stands for a word of a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SenseStand {
    /// Any of these; nothing when there is none.
    Any(Vec<SenseAlternative>),
    /// The word as typed, and any of these beside it.
    Beside(Vec<SenseAlternative>),
    /// The word as typed, but for documents in which it has a sense that is put aside and none of those that are kept.
    Aside {
        /// Senses that are put aside.
        aside: Vec<SenseTerms>,
        /// Senses that are kept.
        kept: Vec<SenseTerms>,
    },
    /// The word as typed, in documents that have this sense and none of the others.
    Only {
        /// The sense.
        sense: SenseTerms,
        /// The others.
        without: Vec<SenseTerms>,
    },
}

/// One of the things that a word is looked for as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenseAlternative {
    /// How much it counts, in thousandths.
    pub weight: u32,
    /// A document must have all of them.
    pub all: Vec<SenseTerms>,
}

/// Terms in one of their senses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenseTerms {
    /// The sense.
    pub concept: ConceptId,
    /// Only these terms, inflected too; none is every term of the sense.
    pub terms: Option<Vec<String>>,
}

impl SenseChoice {
    /// What is looked for instead of `typed`.
    fn node(&self, typed: Node, at: Range<usize>) -> Node {
        match &self.stand {
            SenseStand::Any(any) => any_of(any, &at),
            SenseStand::Beside(any) => Node::Or(vec![typed, any_of(any, &at)]),
            SenseStand::Aside { aside, kept } => {
                let only_aside = Node::And(vec![full(aside, &at), Node::Not(Box::new(full(kept, &at)))]);
                Node::And(vec![elsewhere(typed, aside), Node::Not(Box::new(only_aside))])
            }
            SenseStand::Only { sense, without } => {
                let sense = full(std::slice::from_ref(sense), &at);
                // Twice not: what is marked are the places of the sense, not all of the word.
                let has_word = Node::Not(Box::new(Node::Not(Box::new(typed))));
                Node::And(vec![sense, has_word, Node::Not(Box::new(full(without, &at)))])
            }
        }
    }
}

/// Any of these. What stands alone is one leaf, so that a passage is not better for saying it in more ways.
fn any_of(any: &[SenseAlternative], at: &Range<usize>) -> Node {
    let weighted = |terms: &SenseTerms, weight| Weighted { terms: terms.clone(), weight };
    let mut alone = Vec::new();
    let mut ways = Vec::new();
    for alternative in any {
        match alternative.all.as_slice() {
            [only] => alone.push(weighted(only, alternative.weight)),
            all => {
                ways.push(Node::And(
                    all.iter().map(|terms| leaf(vec![weighted(terms, alternative.weight)], at)).collect(),
                ));
            }
        }
    }
    if ways.is_empty() {
        return leaf(alone, at);
    }
    if !alone.is_empty() {
        ways.push(leaf(alone, at));
    }
    Node::Or(ways)
}

/// A word as typed, marked where it does not have one of these senses.
fn elsewhere(typed: Node, aside: &[SenseTerms]) -> Node {
    match typed {
        Node::Leaf(Leaf { field, form: Form::Word(word), at }) => {
            Node::Leaf(Leaf { field, form: Form::Elsewhere(word, aside.to_vec()), at })
        }
        other => other,
    }
}

/// Any of these senses at full weight.
fn full(senses: &[SenseTerms], at: &Range<usize>) -> Node {
    leaf(senses.iter().map(|terms| Weighted { terms: terms.clone(), weight: 1000 }).collect(), at)
}

fn leaf(weighted: Vec<Weighted>, at: &Range<usize>) -> Node {
    Node::Leaf(Leaf { field: None, form: Form::Senses(weighted), at: at.clone() })
}

/// Terms in a sense, with their weight among the other ways to say a word of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Weighted {
    pub terms: SenseTerms,
    pub weight: u32,
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
    /// A word and its inflections; the places where it has one of these senses are not meant.
    Elsewhere(String, Vec<SenseTerms>),
    /// Terms in a sense, as the documents' marks tell.
    Senses(Vec<Weighted>),
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
    fn choose(&mut self, choices: &[SenseChoice]) {
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes.iter_mut().for_each(|node| node.choose(choices)),
            Self::Leaf(Leaf { field: None, form: Form::Word(word), at }) => {
                let (word, at) = (runs::key(word), at.clone());
                if let Some(choice) = choices.iter().find(|choice| choice.word == word) {
                    *self = choice.node(self.clone(), at);
                }
            }
            Self::Leaf(_) | Self::Not(_) | Self::All => {}
        }
    }

    /// The first place at which this word is looked for, and no `NOT` stands over it.
    fn word(&self, word: &str) -> Option<&Leaf> {
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().find_map(|node| node.word(word)),
            Self::Leaf(leaf) => match &leaf.form {
                Form::Word(typed) if leaf.field.is_none() && runs::key(typed) == word => Some(leaf),
                _ => None,
            },
            Self::Not(_) | Self::All => None,
        }
    }

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
