//! The lexicon: a glossary made ready for finding its words in texts.
//!
//! A word of a text is one of the glossary when their stems are the same by the rules of the term's language, so inflections count. A compound is
//! a word of its own, as it is for the search: `belastingaangifte` is marked when a glossary has it as a term, and never as an
//! `aangifte`. Of several terms at one place the longest stands: `aangifte omzetbelasting`, not `aangifte`.

mod evidence;
mod longer;
mod symbols;
mod text;
mod tree;

use std::collections::HashMap;

use koplamp_model::{ConceptId, Glossary, Kind, TermKind};

use evidence::Evidence;
pub(crate) use evidence::Hit;
use longer::Longer;
use symbols::Symbols;
use text::{Memories, Token};
use tree::Tree;

/// A glossary made ready for texts: made once, asked by many threads.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub(crate) concepts: Vec<Meaning>,
    numbers: HashMap<ConceptId, u32>,
    symbols: Symbols,
    tree: Tree,
    /// By node: the concepts that a term which ends there can mean, best use first.
    terms: Vec<Box<[u32]>>,
    longer: Longer,
    evidence: Evidence,
    memories: Memories,
}

/// A concept as far as the choice between senses asks.
#[derive(Debug)]
pub(crate) struct Meaning {
    pub concept: ConceptId,
    pub organisation: Box<str>,
    /// The organisations that mean this too.
    pub used_by: Box<[Box<str>]>,
    /// The organisations whose documents mean this of all that its terms can mean.
    pub default_for: Box<[Box<str>]>,
}

impl Meaning {
    /// Whether an organisation means this.
    pub fn is_used_by(&self, organisation: &str) -> bool {
        *self.organisation == *organisation || self.used_by.iter().any(|code| **code == *organisation)
    }

    /// Whether it is what an organisation means when nothing else is said.
    pub fn is_default_for(&self, organisation: &str) -> bool {
        self.default_for.iter().any(|code| **code == *organisation)
    }
}

/// A term in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// Its place in bytes.
    pub bytes: (usize, usize),
    /// Its first word's number in the text, and that of the word after it.
    pub words: (usize, usize),
    pub sentence: u32,
    /// The concepts that it can mean, by their number in the lexicon.
    pub senses: Vec<u32>,
}

impl Lexicon {
    /// The lexicon of this glossary.
    pub fn new(glossary: &Glossary) -> Self {
        let known = crate::Concepts::new(glossary);
        let mut lexicon = Self::default();
        for concept in &glossary.concepts {
            let organisation = known.organisation(concept.id).unwrap_or_default().into();
            let number = u32::try_from(lexicon.concepts.len()).unwrap_or(u32::MAX);
            if lexicon.numbers.insert(concept.id, number).is_none() {
                let codes = |codes: &[String]| codes.iter().map(|code| code.as_str().into()).collect();
                lexicon.concepts.push(Meaning {
                    concept: concept.id,
                    organisation,
                    used_by: codes(&concept.used_by),
                    default_for: codes(&concept.default_for),
                });
            }
        }
        let mut terms: HashMap<u32, Vec<(TermKind, u32)>> = HashMap::new();
        for term in &glossary.terms {
            let Some(number) = lexicon.numbers.get(&term.concept).copied() else { continue };
            for pattern in lexicon.symbols.patterns(&term.form) {
                if let Some(node) = lexicon.tree.add(&pattern) {
                    terms.entry(node).or_default().push((term.kind, number));
                }
                lexicon.longer.add(pattern, number, &term.form.text);
            }
        }
        lexicon.evidence = Evidence::new(glossary, &lexicon.numbers, &mut lexicon.symbols, &mut lexicon.tree);
        lexicon.terms = vec![Box::default(); lexicon.tree.len()];
        for (node, mut senses) in terms {
            senses.sort_unstable();
            let mut once: Vec<u32> = Vec::new();
            for (_, sense) in senses {
                if !once.contains(&sense) {
                    once.push(sense);
                }
            }
            if let Some(slot) = lexicon.terms.get_mut(node as usize) {
                *slot = once.into();
            }
        }
        lexicon
    }

    /// What a word, or several that are one term, can mean; nothing when no glossary has it as a term.
    pub fn senses(&self, word: &str) -> Vec<ConceptId> {
        let tokens = self.memories.tokens(&self.symbols, word, Kind::Txt);
        let all = koplamp_language::words(word).map(|word| word.position + 1).max().unwrap_or(0);
        match self.terms_in(&tokens).as_slice() {
            [only] if only.words == (0, all) => self.ids(&only.senses),
            _ => Vec::new(),
        }
    }

    /// The terms of more words that hold this word, or these words one after the other, each with its concept.
    pub(crate) fn longer(&self, word: &str) -> Vec<(ConceptId, &str)> {
        let tokens = self.memories.tokens(&self.symbols, word, Kind::Txt);
        let found = self.longer.holding(&tokens);
        let concept = |number: u32| self.concepts.get(number as usize).map(|known| known.concept);
        found.into_iter().filter_map(|(number, form)| Some((concept(number)?, form))).collect()
    }

    /// The concepts with these numbers.
    pub(crate) fn ids(&self, numbers: &[u32]) -> Vec<ConceptId> {
        numbers.iter().filter_map(|number| self.concepts.get(*number as usize)).map(|known| known.concept).collect()
    }

    /// The number of a concept.
    pub(crate) fn number(&self, concept: ConceptId) -> Option<u32> {
        self.numbers.get(&concept).copied()
    }

    /// The terms in a text.
    pub(crate) fn terms(&self, text: &str, kind: Kind) -> Vec<Occurrence> {
        self.terms_in(&self.memories.tokens(&self.symbols, text, kind))
    }

    /// The terms in a text, and the words that speak for a meaning.
    pub(crate) fn terms_and_evidence(&self, text: &str, kind: Kind) -> (Vec<Occurrence>, Vec<Hit>) {
        let tokens = self.memories.tokens(&self.symbols, text, kind);
        (self.terms_in(&tokens), self.evidence.hits(&tokens, &self.tree))
    }

    /// How strongly a hit speaks for a concept in a document of the organisation `author`.
    pub(crate) fn strength(&self, hit: &Hit, number: u32, author: &str) -> f32 {
        self.concepts
            .get(number as usize)
            .map_or(0.0, |known| self.evidence.strength(hit, number, &known.organisation, author))
    }

    fn terms_in(&self, tokens: &[Token]) -> Vec<Occurrence> {
        let mut found: Vec<Occurrence> = Vec::new();
        for at in 0..tokens.len() {
            let Some(first) = tokens.get(at) else { break };
            if found.last().is_some_and(|last| first.position < last.words.1 && first.position != last.words.0) {
                continue;
            }
            self.tree.walk(tokens, at, &mut |node, end| {
                let senses = self.terms.get(node as usize).map_or(&[][..], |senses| senses);
                let Some(last) = tokens.get(end).filter(|_| !senses.is_empty()) else { return };
                let words = (first.position, last.position + last.parts);
                match found.last_mut().filter(|before| before.words.0 == words.0) {
                    Some(before) if before.words.1 > words.1 => {}
                    Some(before) if before.words.1 == words.1 => {
                        before.senses.extend(
                            senses.iter().filter(|sense| !before.senses.contains(sense)).copied().collect::<Vec<_>>(),
                        );
                    }
                    shorter => {
                        let occurrence = Occurrence {
                            bytes: (first.bytes.0, last.bytes.1),
                            words,
                            sentence: first.sentence,
                            senses: senses.to_vec(),
                        };
                        match shorter {
                            Some(before) => *before = occurrence,
                            None => found.push(occurrence),
                        }
                    }
                }
            });
        }
        found
    }
}
