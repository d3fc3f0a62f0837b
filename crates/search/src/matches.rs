//! What of a query matches where in a page: the same words, forms and patterns that the index matched.

use std::collections::HashMap;
use std::ops::Range;

use crate::Query;
use crate::query::{Field, Form, Pattern, SenseTerms, Weighted};
use crate::senses::{is_wanted, placed};
use koplamp_language::{Stems, Word, fold, words};
use koplamp_model::SenseMark;

/// A place in a page where a leaf of the query matches.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Match {
    /// The place, in bytes.
    pub bytes: Range<usize>,
    /// Which leaf.
    pub leaf: usize,
    /// How much it says: a phrase more than a word, a word as typed more than an inflection.
    pub weight: f32,
}

const PHRASE: f32 = 3.0;
const TYPED: f32 = 2.0;
const OTHER: f32 = 1.0;

/// Finds the matches of a query in one page after another. What it learned of a word serves all later pages.
pub(crate) struct Matcher {
    tests: Vec<(usize, Test)>,
    sequences: Vec<Sequence>,
    senses: Vec<(usize, Vec<Weighted>)>,
    /// The senses that the word of a leaf is not meant in.
    elsewhere: Vec<(usize, Vec<SenseTerms>)>,
    /// The number of leaves that look at a text; the leaves are numbered from 0.
    pub leaves: usize,
    known: HashMap<Box<str>, Box<[Role]>>,
}

/// A test that one word passes alone.
enum Test {
    Typed(String),
    Inflected(String, Option<Stems>),
    Pattern(Pattern),
}

/// Words that match together.
struct Sequence {
    leaf: usize,
    /// The words, and their places relative to each other.
    words: Vec<(usize, String)>,
    /// For a proximity search, how many words may stand between.
    between: Option<usize>,
}

/// What a word is to the query.
#[derive(Debug, Clone, Copy)]
enum Role {
    Match { leaf: usize, weight: f32 },
    Part { sequence: usize, part: usize },
}

/// Where a part of a sequence stands.
#[derive(Debug, Clone)]
struct Occurrence {
    position: usize,
    bytes: Range<usize>,
}

/// More distinct words than this are looked at anew each time.
const MAX_KNOWN: usize = 200_000;

impl Matcher {
    /// A matcher of what the query looks for in texts; leaves of other fields and those under a `NOT` match nothing.
    pub fn new(query: &Query) -> Self {
        let mut matcher = Self {
            tests: Vec::new(),
            sequences: Vec::new(),
            senses: Vec::new(),
            elsewhere: Vec::new(),
            leaves: 0,
            known: HashMap::new(),
        };
        for leaf in query.root.positive_leaves() {
            if matches!(leaf.field, None | Some(Field::Body)) {
                matcher.add(&leaf.form);
                matcher.leaves += 1;
            }
        }
        matcher
    }

    fn add(&mut self, form: &Form) {
        let leaf = self.leaves;
        match form {
            Form::Elsewhere(text, senses) => {
                self.elsewhere.push((leaf, senses.clone()));
                self.add(&Form::Word(text.clone()));
            }
            Form::Word(text) => {
                let Some(first) = words(text).next() else { return };
                let parts = words(text).filter(|word| word.parts == 1).count();
                if parts > 1 {
                    self.add_phrase(text);
                }
                if parts == first.parts {
                    self.tests.push((leaf, Test::Inflected(fold(first.raw), Stems::of(first.raw))));
                }
            }
            Form::Phrase(text) => self.add_phrase(text),
            Form::Near(one, other, between) => self.sequences.push(Sequence {
                leaf,
                words: vec![(0, one.clone()), (1, other.clone())],
                between: Some(*between as usize),
            }),
            // A pattern that cannot be built made the search fail before.
            Form::Wildcard(_) | Form::Fuzzy(..) => {
                self.tests.extend(Pattern::of(form).ok().flatten().map(|pattern| (leaf, Test::Pattern(pattern))));
            }
            Form::Senses(senses) => self.senses.push((leaf, senses.clone())),
            Form::Days(_) => {}
        }
    }

    fn add_phrase(&mut self, text: &str) {
        let leaf = self.leaves;
        let parts = words(text).filter(|word| word.parts == 1).map(|word| (word.position, fold(word.raw)));
        let mut parts: Vec<(usize, String)> = parts.filter(|(_, word)| !word.is_empty()).collect();
        if parts.len() == 1 {
            self.tests.extend(parts.pop().map(|(_, word)| (leaf, Test::Typed(word))));
        } else if let Some(&(first, _)) = parts.first() {
            parts.iter_mut().for_each(|(at, _)| *at -= first);
            self.sequences.push(Sequence { leaf, words: parts, between: None });
        }
    }

    /// The matches in a page, in the order in which they begin. `marks` are the terms of the glossary in it.
    pub fn matches(&mut self, text: &str, marks: &[SenseMark]) -> Vec<Match> {
        let mut found = self.in_sense(text, marks);
        let order = |place: &Match| (place.bytes.start, place.bytes.end, place.leaf);
        found.sort_by_key(order);
        if self.tests.is_empty() && self.sequences.is_empty() {
            return found;
        }
        let mut parts: Vec<Vec<Vec<Occurrence>>> =
            self.sequences.iter().map(|sequence| vec![Vec::new(); sequence.words.len()]).collect();
        for word in words(text) {
            let bytes = word.bytes.clone();
            let position = word.position;
            self.with_roles(&word, |role| match role {
                Role::Match { leaf, weight } => found.push(Match { bytes: bytes.clone(), leaf, weight }),
                Role::Part { sequence, part } => {
                    if let Some(places) = parts.get_mut(sequence).and_then(|parts| parts.get_mut(part)) {
                        places.push(Occurrence { position, bytes: bytes.clone() });
                    }
                }
            });
        }
        for (sequence, parts) in self.sequences.iter().zip(&parts) {
            sequence.matches(parts, &mut found);
        }
        self.leave_out(text, marks, &mut found);
        found.sort_by_key(order);
        found
    }

    /// Leaves out what stands in a sense that is not meant.
    fn leave_out(&self, text: &str, marks: &[SenseMark], found: &mut Vec<Match>) {
        if self.elsewhere.is_empty() || marks.is_empty() {
            return;
        }
        let placed = placed(text, marks);
        for (leaf, senses) in &self.elsewhere {
            let other: Vec<&Range<usize>> = (placed.iter())
                .filter(|(mark, bytes)| senses.iter().any(|sense| is_wanted(sense, mark, &text[bytes.clone()])))
                .map(|(_, bytes)| bytes)
                .collect();
            let over = |one: &Range<usize>, place: &Match| one.start < place.bytes.end && place.bytes.start < one.end;
            found.retain(|place| place.leaf != *leaf || !other.iter().any(|one| over(one, place)));
        }
    }

    /// The marks that are what a sense leaf looks for.
    fn in_sense(&self, text: &str, marks: &[SenseMark]) -> Vec<Match> {
        if self.senses.is_empty() || marks.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (mark, bytes) in placed(text, marks) {
            for (leaf, senses) in &self.senses {
                if senses.iter().any(|sense| is_wanted(&sense.terms, mark, &text[bytes.clone()])) {
                    found.push(Match { bytes: bytes.clone(), leaf: *leaf, weight: TYPED });
                }
            }
        }
        found
    }

    fn with_roles(&mut self, word: &Word<'_>, mut act: impl FnMut(Role)) {
        if let Some(roles) = self.known.get(word.raw) {
            roles.iter().for_each(|&role| act(role));
            return;
        }
        let roles = self.roles(word.raw);
        roles.iter().for_each(|&role| act(role));
        if self.known.len() < MAX_KNOWN {
            self.known.insert(word.raw.into(), roles.into());
        }
    }

    fn roles(&self, raw: &str) -> Vec<Role> {
        let folded = fold(raw);
        if folded.is_empty() {
            return Vec::new();
        }
        let mut stems = None;
        let mut roles = Vec::new();
        for (leaf, test) in &self.tests {
            let weight = match test {
                Test::Typed(word) => (*word == folded).then_some(TYPED),
                Test::Inflected(word, _) if *word == folded => Some(TYPED),
                Test::Inflected(_, None) => None,
                Test::Inflected(_, Some(theirs)) => {
                    let ours: &Option<Stems> = stems.get_or_insert_with(|| Stems::of(raw));
                    ours.as_ref().is_some_and(|ours| ours.meet(theirs)).then_some(OTHER)
                }
                Test::Pattern(pattern) => pattern.matches(&folded).then_some(OTHER),
            };
            roles.extend(weight.map(|weight| Role::Match { leaf: *leaf, weight }));
        }
        for (number, sequence) in self.sequences.iter().enumerate() {
            for (part, (_, word)) in sequence.words.iter().enumerate() {
                if *word == folded {
                    roles.push(Role::Part { sequence: number, part });
                }
            }
        }
        roles
    }
}

impl Sequence {
    fn matches(&self, parts: &[Vec<Occurrence>], found: &mut Vec<Match>) {
        let Some((first, rest)) = parts.split_first() else { return };
        for start in first {
            let span = match self.between {
                None => self.follow(start, rest),
                Some(between) => rest.first().and_then(|other| near(start, other, between)),
            };
            found.extend(span.map(|bytes| Match { bytes, leaf: self.leaf, weight: PHRASE }));
        }
    }

    /// The span of the phrase that begins with this word.
    fn follow(&self, start: &Occurrence, rest: &[Vec<Occurrence>]) -> Option<Range<usize>> {
        let mut span = start.bytes.clone();
        for ((offset, _), places) in self.words.iter().skip(1).zip(rest) {
            let at = places.binary_search_by_key(&(start.position + offset), |place| place.position).ok()?;
            span.end = span.end.max(places.get(at)?.bytes.end);
        }
        Some(span)
    }
}

/// The span to the nearest of the other word's places that has at most so many words between.
fn near(start: &Occurrence, others: &[Occurrence], between: usize) -> Option<Range<usize>> {
    let after = others.partition_point(|place| place.position < start.position);
    let around = others.get(after.saturating_sub(1)..(after + 1).min(others.len()))?;
    let nearest = around.iter().min_by_key(|place| place.position.abs_diff(start.position))?;
    let distance = nearest.position.abs_diff(start.position);
    // Two words at one place are a joined word and its first part; tantivy counts them as one word apart.
    let reached = distance <= between + 1 && (distance > 0 || between > 0);
    reached.then(|| start.bytes.start.min(nearest.bytes.start)..start.bytes.end.max(nearest.bytes.end))
}
