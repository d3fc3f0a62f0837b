//! Symbols: what a word of a text and a word of the glossary have in common, as numbers.

use std::collections::HashMap;

use koplamp_language::{Stems, Word, fold, words};
use koplamp_model::Words;

/// How a word of the glossary is compared with a word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    /// Folded: what is not inflected, because there is a digit in it.
    Exact,
    /// By the Dutch stem.
    Dutch,
    /// By the English stem.
    English,
    /// Letter by letter, capitals too: `OM` is not `om`.
    Capitals,
}

/// Short words in capitals are abbreviations, up to so many letters.
const LONGEST_ABBREVIATION: usize = 3;
/// Parts of compounds are looked for that are at least so long: shorter ones are in every other word by chance.
const SHORTEST_PART: usize = 5;
/// What is left of the compound is at least so long: less is an inflection.
const SHORTEST_REST: usize = 3;

/// A form of the glossary as the symbols that a text must have one after the other.
pub(super) type Pattern = Vec<u32>;

/// A place for each rule's symbol.
pub(super) type Keys = [u32; 4];

/// No symbol.
pub(super) const NONE: u32 = 0;

/// The numbers of all symbols of the glossary, from 1.
#[derive(Debug, Default)]
pub(super) struct Symbols {
    numbers: [HashMap<Box<str>, u32>; 4],
    /// Folded forms that can be the first part of a compound, and the symbol of the whole form.
    heads: HashMap<Box<str>, u32>,
    /// Dutch stems that can be its last part.
    tails: HashMap<Box<str>, u32>,
    count: u32,
}

impl Symbols {
    /// The patterns that find this form. An inflection is one by the rules of the form's language; by both when nobody said which it is.
    /// A word with a hyphen is found written as one word too.
    pub(super) fn patterns(&mut self, form: &Words) -> Vec<Pattern> {
        let language = form.language.as_deref().unwrap_or_default();
        let rules: &[Rule] = match language.get(..2) {
            Some("nl") => &[Rule::Dutch],
            Some("en") => &[Rule::English],
            _ => &[Rule::Dutch, Rule::English],
        };
        let all: Vec<Word> = words(&form.text).collect();
        let apart: Vec<&Word> = all.iter().filter(|word| word.parts == 1).collect();
        let mut joined: Vec<&Word> = Vec::new();
        for word in &all {
            if joined.last().is_none_or(|last| word.position >= last.position + last.parts) {
                joined.push(word);
            }
        }
        let mut patterns = Vec::new();
        for rule in rules {
            for variant in [&apart, &joined] {
                let pattern: Pattern = variant.iter().filter_map(|word| self.add(word.raw, *rule)).collect();
                if !pattern.is_empty() && !patterns.contains(&pattern) {
                    patterns.push(pattern);
                }
            }
        }
        patterns
    }

    /// Has this form, if it is one word, be found as a part of compounds as well: `belasting` in `omzetbelasting` and `belastingdienst`.
    pub(super) fn in_compounds(&mut self, form: &str) {
        let folded = fold(form);
        if form.contains(|c: char| !c.is_alphabetic()) || folded.len() < SHORTEST_PART {
            return;
        }
        let Some(symbol) = self.add(form, Rule::Dutch) else { return };
        if let Some(stems) = Stems::of(form)
            && stems.dutch.len() >= SHORTEST_PART
        {
            self.tails.insert(stems.dutch.into(), symbol);
        }
        self.heads.insert(folded.into(), symbol);
    }

    fn add(&mut self, raw: &str, rule: Rule) -> Option<u32> {
        let (rule, text) = match Stems::of(raw) {
            Some(_) if is_abbreviation(raw) => (Rule::Capitals, raw.to_owned()),
            Some(stems) if rule == Rule::English => (rule, stems.english.unwrap_or(stems.dutch)),
            Some(stems) => (rule, stems.dutch),
            None => (Rule::Exact, fold(raw)),
        };
        if text.is_empty() {
            return None;
        }
        let next = self.count + 1;
        let number = *self.numbers[rule as usize].entry(text.into()).or_insert(next);
        self.count = self.count.max(number);
        Some(number)
    }

    /// The symbols that a word of a text has.
    pub(super) fn keys(&self, raw: &str) -> Keys {
        let find = |rule: Rule, text: &str| self.numbers[rule as usize].get(text).copied().unwrap_or(NONE);
        let Some(stems) = Stems::of(raw) else {
            return [find(Rule::Exact, &fold(raw)), NONE, NONE, NONE];
        };
        let english = stems.english.as_deref().unwrap_or(&stems.dutch);
        let capitals = if is_abbreviation(raw) { find(Rule::Capitals, raw) } else { NONE };
        [NONE, find(Rule::Dutch, &stems.dutch), find(Rule::English, english), capitals]
    }

    /// The symbols of the parts that this word is made of, as far as they may stand in compounds.
    pub(super) fn parts(&self, raw: &str) -> Box<[u32]> {
        let mut parts = Vec::new();
        let folded = fold(raw);
        if folded.len() < SHORTEST_PART + SHORTEST_REST {
            return parts.into();
        }
        let stem = Stems::of(raw).map(|stems| stems.dutch).unwrap_or_default();
        for at in SHORTEST_REST..folded.len() {
            if at >= SHORTEST_PART && folded.len() - at >= SHORTEST_REST {
                parts.extend(folded.get(..at).and_then(|head| self.heads.get(head)));
            }
            if at + SHORTEST_PART <= stem.len() {
                parts.extend(stem.get(at..).and_then(|tail| self.tails.get(tail)));
            }
        }
        parts.sort_unstable();
        parts.dedup();
        parts.into()
    }
}

/// Whether a word as it stands is an abbreviation that could be taken for another word: `OM`, `KVK`.
fn is_abbreviation(raw: &str) -> bool {
    raw.len() <= LONGEST_ABBREVIATION && raw.len() > 1 && raw.chars().all(|c| c.is_ascii_uppercase())
}
