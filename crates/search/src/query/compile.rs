//! From a query to what tantivy runs.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DfaWrapper, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery,
    Occur, PhraseQuery, Query as TantivyQuery, RangeQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field as IndexField, IndexRecordOption};
use tantivy::{Searcher, Term};
use tantivy_fst::{Automaton, Regex};

use super::field::Shape;
use super::{Days, Field, Form, Leaf, Node, Weighted};
use crate::schema::Fields;
use crate::senses::sense_words;
use koplamp_language::{Stems, fold, words};

type Compiled = Box<dyn TantivyQuery>;

/// How much more a word counts in a title than in the text.
const TITLE: f32 = 2.0;
/// How much more a word counts as it was typed than by a stem.
const TYPED: f32 = 2.0;
/// What the weaker of several ways to match one word adds to the strongest.
const TIE: f32 = 0.1;
/// A pattern that stands for more words than this is matched without ranking by word.
const MAX_EXPANDED: usize = 128;

/// Compiles a query for an index. What it matches does not depend on `searcher`, only how patterns are ranked.
pub(crate) fn compile(node: &Node, fields: &Fields, searcher: &Searcher) -> tantivy::Result<Compiled> {
    Compiler { fields, searcher }.node(node)
}

struct Compiler<'a> {
    fields: &'a Fields,
    searcher: &'a Searcher,
}

impl Compiler<'_> {
    fn node(&self, node: &Node) -> tantivy::Result<Compiled> {
        Ok(match node {
            Node::All => Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)),
            Node::Not(_) => self.all_of(std::slice::from_ref(node))?,
            Node::And(nodes) => self.all_of(nodes)?,
            Node::Or(nodes) => Box::new(BooleanQuery::union(self.nodes(nodes)?)),
            Node::Leaf(leaf) => self.leaf(leaf)?,
        })
    }

    fn nodes(&self, nodes: &[Node]) -> tantivy::Result<Vec<Compiled>> {
        nodes.iter().map(|node| self.node(node)).collect()
    }

    fn all_of(&self, nodes: &[Node]) -> tantivy::Result<Compiled> {
        let mut clauses = Vec::with_capacity(nodes.len() + 1);
        for node in nodes {
            clauses.push(match node {
                Node::Not(node) => (Occur::MustNot, self.node(node)?),
                node => (Occur::Must, self.node(node)?),
            });
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, self.node(&Node::All)?));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn leaf(&self, leaf: &Leaf) -> tantivy::Result<Compiled> {
        match &leaf.form {
            Form::Days(days) => return Ok(self.days(*days)),
            Form::Senses(senses) => return Ok(self.senses(senses)),
            _ => {}
        }
        let ways = match leaf.field {
            Some(field) if field.shape() == Shape::Code => {
                let matched = self.code(&leaf.form, self.fields.exact(field))?;
                return Ok(Box::new(ConstScoreQuery::new(matched, 0.0)));
            }
            Some(field) => self.text(&leaf.form, field, 1.0)?,
            None => {
                let mut ways = self.text(&leaf.form, Field::Title, TITLE)?;
                ways.extend(self.text(&leaf.form, Field::Body, 1.0)?);
                ways
            }
        };
        Ok(best_of(ways))
    }

    fn days(&self, days: Days) -> Compiled {
        let term = |day: u32| Bound::Included(Term::from_field_u64(self.fields.day, u64::from(day)));
        let from = term(days.from.unwrap_or(0));
        let range = RangeQuery::new(from, days.to.map_or(Bound::Unbounded, term));
        Box::new(ConstScoreQuery::new(Box::new(range), 0.0))
    }

    fn senses(&self, senses: &[Weighted]) -> Compiled {
        let ways = senses.iter().flat_map(|sense| {
            let weight = TYPED * (sense.weight as f32) / 1000.0;
            sense_words(&sense.terms).map(move |word| boosted(term(self.fields.sense, &word), weight))
        });
        best_of(ways.collect())
    }

    fn code(&self, form: &Form, field: IndexField) -> tantivy::Result<Compiled> {
        Ok(match form {
            Form::Phrase(text) | Form::Word(text) | Form::Elsewhere(text, _) => {
                Box::new(TermQuery::new(Term::from_field_text(field, &fold(text)), IndexRecordOption::Basic))
            }
            form => match Pattern::of(form)? {
                Some(pattern) => pattern.matching(field),
                None => Box::new(EmptyQuery),
            },
        })
    }

    /// The ways in which a text field can match.
    fn text(&self, form: &Form, field: Field, boost: f32) -> tantivy::Result<Vec<Compiled>> {
        let exact = self.fields.exact(field);
        Ok(match form {
            Form::Word(text) | Form::Elsewhere(text, _) => self.word(text, field, boost),
            Form::Phrase(text) => phrase(exact, text).map(|query| boosted(query, boost * TYPED)).into_iter().collect(),
            Form::Near(one, other, between) => {
                vec![
                    boosted(near(exact, one, other, *between), boost * TYPED),
                    boosted(near(exact, other, one, *between), boost * TYPED),
                ]
            }
            form => match Pattern::of(form)? {
                Some(pattern) => vec![boosted(self.expanded(&pattern, exact)?, boost)],
                None => Vec::new(),
            },
        })
    }

    fn word(&self, text: &str, field: Field, boost: f32) -> Vec<Compiled> {
        let exact = self.fields.exact(field);
        let mut ways: Vec<Compiled> =
            phrase(exact, text).map(|query| boosted(query, boost * TYPED)).into_iter().collect();
        // Of tied parts the first word is the joined one; it is the whole text when all parts are its own.
        let Some(first) = words(text).next() else { return ways };
        if words(text).filter(|word| word.parts == 1).count() != first.parts {
            return ways;
        }
        if first.parts > 1 {
            ways.push(boosted(term(exact, &fold(first.raw)), boost * TYPED));
        }
        if let (Some(field), Some(stems)) = (self.fields.stem(field), Stems::of(first.raw)) {
            ways.extend(stems.iter().map(|stem| boosted(term(field, stem), boost)));
        }
        ways
    }

    /// The words of the index that a pattern stands for, each ranked by its own frequency; when they are too many, all with
    /// one rank. Either way the same documents match.
    fn expanded(&self, pattern: &Pattern, field: IndexField) -> tantivy::Result<Compiled> {
        let mut found = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            pattern.each_word(index.terms(), |word| {
                found.insert(word.to_vec());
                found.len() <= MAX_EXPANDED
            })?;
            if found.len() > MAX_EXPANDED {
                return Ok(pattern.matching(field));
            }
        }
        let terms = found.iter().filter_map(|word| std::str::from_utf8(word).ok()).map(|word| term(field, word));
        Ok(best_of(terms.collect()))
    }
}

fn term(field: IndexField, word: &str) -> Compiled {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

fn boosted(query: Compiled, boost: f32) -> Compiled {
    if boost == 1.0 { query } else { Box::new(BoostQuery::new(query, boost)) }
}

fn best_of(mut ways: Vec<Compiled>) -> Compiled {
    match ways.len() {
        0 => Box::new(EmptyQuery),
        1 => ways.remove(0),
        _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE)),
    }
}

/// The words of a text next to each other; one word is that word. None when the text has no word.
fn phrase(field: IndexField, text: &str) -> Option<Compiled> {
    let parts = words(text).filter(|word| word.parts == 1).map(|word| (word.position, fold(word.raw)));
    let mut terms: Vec<(usize, Term)> = parts
        .filter(|(_, word)| !word.is_empty())
        .map(|(at, word)| (at, Term::from_field_text(field, &word)))
        .collect();
    match terms.len() {
        0 => None,
        1 => terms.pop().map(|(_, only)| Box::new(TermQuery::new(only, IndexRecordOption::WithFreqs)) as Compiled),
        _ => Some(Box::new(PhraseQuery::new_with_offset(terms))),
    }
}

/// `other` after `one` with at most so many words between. Tantivy counts a reversed pair as two further apart, so the
/// caller asks for both orders.
fn near(field: IndexField, one: &str, other: &str, between: u32) -> Compiled {
    let mut query = PhraseQuery::new(vec![Term::from_field_text(field, one), Term::from_field_text(field, other)]);
    query.set_slop(between);
    Box::new(query)
}

/// What stands for many words: the same automaton walks the dictionary of the index and, for passages, the words of a page.
pub(crate) enum Pattern {
    /// `*` and `?`.
    Wildcard(Arc<Regex>),
    /// A word with letters that differ.
    Fuzzy(String, u8, DfaWrapper),
}

impl Pattern {
    /// The pattern of a form; none when it stands for itself.
    pub fn of(form: &Form) -> tantivy::Result<Option<Self>> {
        Ok(match form {
            Form::Wildcard(pattern) => {
                // The pattern holds letters, digits, `*` and `?` only, so nothing in it needs escaping.
                let regex = Regex::new(&pattern.replace('*', ".*").replace('?', "."));
                let regex = regex.map_err(|error| tantivy::TantivyError::InvalidArgument(error.to_string()))?;
                Some(Self::Wildcard(Arc::new(regex)))
            }
            Form::Fuzzy(word, distance) => {
                let any_field = Term::from_field_text(IndexField::from_field_id(0), word);
                let automaton = FuzzyTermQuery::new(any_field, *distance, true).automaton()?;
                Some(Self::Fuzzy(word.clone(), *distance, automaton))
            }
            _ => None,
        })
    }

    /// Whether the pattern stands for this word.
    pub fn matches(&self, word: &str) -> bool {
        match self {
            Self::Wildcard(regex) => accepts(&**regex, word),
            Self::Fuzzy(_, _, automaton) => accepts(automaton, word),
        }
    }

    /// Every document with a word that the pattern stands for, all with the same rank.
    fn matching(&self, field: IndexField) -> Compiled {
        match self {
            Self::Wildcard(regex) => Box::new(RegexQuery::from_regex(regex.clone(), field)),
            Self::Fuzzy(word, distance, _) => {
                Box::new(FuzzyTermQuery::new(Term::from_field_text(field, word), *distance, true))
            }
        }
    }

    fn each_word(
        &self,
        dictionary: &tantivy::termdict::TermDictionary,
        sink: impl FnMut(&[u8]) -> bool,
    ) -> std::io::Result<()> {
        match self {
            Self::Wildcard(regex) => each_word(dictionary, &**regex, sink),
            Self::Fuzzy(_, _, automaton) => each_word(dictionary, automaton, sink),
        }
    }
}

fn each_word<A: Automaton>(
    dictionary: &tantivy::termdict::TermDictionary,
    automaton: A,
    mut sink: impl FnMut(&[u8]) -> bool,
) -> std::io::Result<()>
where
    A::State: Clone,
{
    let mut words = dictionary.search(automaton).into_stream()?;
    while words.advance() && sink(words.key()) {}
    Ok(())
}

fn accepts<A: Automaton>(automaton: &A, word: &str) -> bool {
    let mut state = automaton.start();
    for byte in word.bytes() {
        if !automaton.can_match(&state) {
            return false;
        }
        state = automaton.accept(&state, byte);
    }
    automaton.is_match(&state)
}
