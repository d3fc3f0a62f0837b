//! Terms of the glossary in a document's text, as words of the index: one for the sense, and one for the sense said with this term, so that both
//! can be looked up as fast as a word.

use std::ops::Range;

use koplamp_language::{Stems, Word, fold, words};
use koplamp_model::{ConceptId, SenseMark};

use crate::query::SenseTerms;

/// Where the terms of the glossary stand in a document, and in which sense.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Senses {
    /// In the title.
    pub title: Vec<SenseMark>,
    /// In the pages, in their order.
    pub pages: Vec<Vec<SenseMark>>,
}

/// The marks with their places in bytes, in the order in which they begin. A mark that does not lie within the text is left out.
pub(crate) fn placed<'m>(text: &str, marks: &'m [SenseMark]) -> Vec<(&'m SenseMark, Range<usize>)> {
    let mut marks: Vec<&SenseMark> = marks.iter().collect();
    marks.sort_by_key(|mark| mark.start);
    let mut placed = Vec::with_capacity(marks.len());
    let (mut byte, mut char) = (0, 0);
    for mark in marks {
        let Some(start) = forward(text, byte, mark.start.saturating_sub(char)) else { break };
        (byte, char) = (start, mark.start);
        if let Some(end) = forward(text, start, mark.end.saturating_sub(mark.start)) {
            placed.push((mark, start..end));
        }
    }
    placed
}

/// The place so many characters after a place; none beyond the text.
fn forward(text: &str, from: usize, characters: u32) -> Option<usize> {
    let rest = text.get(from..)?;
    let ends = rest.char_indices().map(|(at, _)| at).chain(std::iter::once(rest.len()));
    ends.into_iter().nth(characters as usize).map(|at| from + at)
}

/// The words of the index for a term in a text.
pub(crate) fn mark_words(mark: &SenseMark, text: &str) -> impl Iterator<Item = String> {
    let concept = mark.sense.concept;
    std::iter::once(concept.to_string()).chain(keys(text).map(move |key| in_sense(concept, &key)))
}

/// The words of the index by which terms in a sense are found.
pub(crate) fn sense_words(wanted: &SenseTerms) -> impl Iterator<Item = String> {
    let concept = wanted.concept;
    let whole = wanted.terms.is_none().then(|| concept.to_string());
    let terms = wanted.terms.iter().flatten();
    whole.into_iter().chain(terms.flat_map(move |term| keys(term).map(move |key| in_sense(concept, &key))))
}

/// Whether a term in a text is one of those wanted.
pub(crate) fn is_wanted(wanted: &SenseTerms, mark: &SenseMark, text: &str) -> bool {
    wanted.concept == mark.sense.concept
        && wanted
            .terms
            .as_ref()
            .is_none_or(|terms| keys(text).any(|key| terms.iter().any(|term| keys(term).any(|wanted| wanted == key))))
}

fn in_sense(concept: ConceptId, key: &str) -> String {
    format!("{concept}{key}")
}

/// What the inflections of a term have in common: its stems by the Dutch rules and, where they differ, by the English ones.
fn keys(term: &str) -> impl Iterator<Item = String> {
    let by = |choose: &dyn Fn(Stems) -> String| -> String {
        let stem = |word: Word<'_>| Stems::of(word.raw).map_or_else(|| fold(word.raw), choose);
        words(term).filter(|word| word.parts == 1).map(stem).collect()
    };
    let dutch = by(&|stems| stems.dutch);
    let english = by(&|stems| stems.english.unwrap_or(stems.dutch));
    let english = (english != dutch).then_some(english);
    std::iter::once(dutch).chain(english)
}
