//! Terms of several words, by each of their words: in `summiere aangifte` there stands an `aangifte`.

use std::collections::HashMap;

use super::symbols::{NONE, Pattern};
use super::text::Token;

/// The terms of several words.
#[derive(Debug, Default)]
pub(super) struct Longer {
    terms: Vec<Term>,
    /// By symbol: the places in the list of the terms that it is in.
    by_symbol: HashMap<u32, Vec<u32>>,
}

#[derive(Debug)]
struct Term {
    pattern: Pattern,
    /// Its concept's number in the lexicon.
    concept: u32,
    form: Box<str>,
}

impl Longer {
    /// Adds a pattern of a term; one of a single word is none.
    pub(super) fn add(&mut self, pattern: Pattern, concept: u32, form: &str) {
        let Ok(place) = u32::try_from(self.terms.len()) else { return };
        if pattern.len() < 2 {
            return;
        }
        for symbol in &pattern {
            let places = self.by_symbol.entry(*symbol).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        self.terms.push(Term { pattern, concept, form: form.into() });
    }

    /// The terms that hold these words one after the other and more, each once: its concept's number, and the term.
    pub(super) fn holding(&self, words: &[Token]) -> Vec<(u32, &str)> {
        let Some(first) = words.first() else { return Vec::new() };
        let is = |symbol: u32, word: &Token| symbol != NONE && word.keys.contains(&symbol);
        let holds = |term: &Term| {
            term.pattern.len() > words.len()
                && term
                    .pattern
                    .windows(words.len())
                    .any(|part| part.iter().zip(words).all(|(symbol, word)| is(*symbol, word)))
        };
        let mut found = Vec::new();
        let places = first.keys.iter().filter_map(|symbol| self.by_symbol.get(symbol)).flatten();
        for term in places.filter_map(|place| self.terms.get(*place as usize)) {
            let one = (term.concept, &*term.form);
            if holds(term) && !found.contains(&one) {
                found.push(one);
            }
        }
        found
    }
}
