//! The words of a text that the glossary knows something of, in one pass.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use koplamp_language::words;
use koplamp_model::Kind;

use super::symbols::{Keys, NONE, Symbols};

/// So many different words are remembered; words of a language repeat, and finding stems costs more than all the rest.
const REMEMBERED: usize = 100_000;

/// A word of the text that has a symbol.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub bytes: (usize, usize),
    /// Its number in the text, and how many numbers it takes.
    pub position: usize,
    pub parts: usize,
    /// The sentence it is in, from 0.
    pub sentence: u32,
    pub keys: Keys,
    /// The symbols of its parts, when it is a compound.
    pub compound: Box<[u32]>,
}

#[derive(Debug, Clone)]
struct Known {
    keys: Keys,
    compound: Box<[u32]>,
}

/// What was found of words before. Each reading takes one and puts it back, so that threads do not wait for each other.
#[derive(Debug, Default)]
pub(super) struct Memories(Mutex<Vec<HashMap<Box<str>, Option<Known>>>>);

impl Memories {
    /// The tokens of a text, in the order of their positions.
    pub(super) fn tokens(&self, symbols: &Symbols, text: &str, kind: Kind) -> Vec<Token> {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let mut tokens = Vec::new();
        let (mut sentence, mut end, mut last) = (0, 0, "");
        for word in words(text) {
            if word.bytes.start >= end {
                let gap = text.get(end..word.bytes.start).unwrap_or_default();
                sentence += u32::from(divides(last, gap, word.raw, kind));
                end = word.bytes.end;
                last = word.raw;
            }
            let known = match memory.get(word.raw) {
                Some(known) => known.clone(),
                None => {
                    let known = look(symbols, word.raw);
                    if memory.len() >= REMEMBERED {
                        memory.clear();
                    }
                    memory.insert(word.raw.into(), known.clone());
                    known
                }
            };
            if let Some(Known { keys, compound }) = known {
                let bytes = (word.bytes.start, word.bytes.end);
                tokens.push(Token { bytes, position: word.position, parts: word.parts, sentence, keys, compound });
            }
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
        tokens
    }
}

fn look(symbols: &Symbols, raw: &str) -> Option<Known> {
    let known = Known { keys: symbols.keys(raw), compound: symbols.parts(raw) };
    (known.keys.iter().any(|key| *key != NONE) || !known.compound.is_empty()).then_some(known)
}

/// Whether a sentence ends between two words. A full stop after a short word ends one only before a capital (`art. 27`), a line of a
/// table always does, and so do an empty line and the mark of a list, a heading or a table row.
fn divides(before: &str, gap: &str, after: &str, kind: Kind) -> bool {
    if gap.len() < 2 && !gap.starts_with('\n') {
        return false;
    }
    let mut lines = gap.split('\n');
    let first = lines.next().unwrap_or_default();
    let mut broken = lines.clone().count() > 0;
    if broken && kind != Kind::Csv {
        broken = lines.any(|line| !line.trim().is_empty()) || gap.matches('\n').count() > 1;
    }
    let stops = first.contains(['.', '!', '?', '…']);
    let capital = after.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    broken || (stops && capital && (before.chars().count() > 3 || !first.trim_end().ends_with('.')))
}
