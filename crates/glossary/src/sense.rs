//! The sense of a word where it stands.
//!
//! A person's word first. Then the words around it: each speaks for the meanings that name it as a hint (`lexicon/evidence.rs`), the louder the nearer,
//! and half as loud from the next sentence. Against them stands the meaning that the organisation whose document it is gives the word: what
//! speaks for another must outweigh it clearly, or the organisation's stands. Without any of these the only meaning there is; else one of
//! several, and that is said. Where the words around settle a sense at one place, other occurrences of the word on the page that nothing
//! settles have it too (one sense a discourse: Gale, Church and Yarowsky 1992); so has one that points back at it (`die controle`), before the organisation's use.

use std::collections::HashMap;
use std::ops::Range;

use koplamp_model::{ConceptId, Kind, Sense, SenseBasis, SenseMark};

use crate::Lexicon;
use crate::lexicon::{Hit, Occurrence};

/// What the organisation's own use weighs: a hint two words away.
const OWN: f32 = 0.8;
/// What it weighs where the organisation also has another meaning of the word, which is its default.
const OTHER_OWN: f32 = 0.4;
/// By how much the best must be ahead for the words around to settle it.
const AHEAD: f32 = 0.15;
/// Words on each side that are looked at.
const WINDOW: usize = 40;
/// At this many words further away a hint counts half.
const HALF: f32 = 8.0;
/// What is left of a hint for each end of a sentence between.
const ACROSS: f32 = 0.5;
/// So many words are given as the reason.
const REASONS: usize = 4;

/// Words that say that a thing was named before. `dat` is not among them: it mostly begins a clause.
const POINTING_BACK: [&str; 9] =
    ["die", "deze", "dit", "dezelfde", "hetzelfde", "genoemde", "voornoemde", "bedoelde", "betreffende"];
/// What is pointed at stands in the same sentence or so many before it.
const SENTENCES_BACK: u32 = 2;

/// A meaning that a person chose for the word at these characters of the page.
pub type Fixed = (Range<u32>, ConceptId);

/// What speaks for a meaning.
#[derive(Debug, Default, Clone)]
struct Score {
    number: u32,
    /// What the organisation's use says for it.
    own: f32,
    around: f32,
    /// Strength and place in bytes of each form that speaks for it, once.
    heard: Vec<(u32, f32, (usize, usize))>,
}

impl Score {
    fn total(&self) -> f32 {
        self.around + self.own
    }

    fn hear(&mut self, hit: &Hit, loudness: f32) {
        match self.heard.iter_mut().find(|(node, ..)| *node == hit.node) {
            Some(before) if before.1 >= loudness => {}
            Some(before) => *before = (hit.node, loudness, hit.bytes),
            None => self.heard.push((hit.node, loudness, hit.bytes)),
        }
    }
}

/// An occurrence with its sense, before the page as a whole is looked at.
struct Chosen {
    occurrence: Occurrence,
    number: u32,
    basis: SenseBasis,
    because: Vec<String>,
}

impl Lexicon {
    /// The terms in a page's text, in order, each with its sense: `organisation` is the code of the one whose document it is, `kind` what the
    /// document is, `fixed` what persons chose on this page.
    pub fn marks(&self, text: &str, organisation: &str, kind: Kind, fixed: &[Fixed]) -> Vec<SenseMark> {
        let (occurrences, hits) = self.terms_and_evidence(text, kind);
        let mut chosen: Vec<Chosen> = occurrences
            .into_iter()
            .map(|occurrence| {
                let (number, basis, because) = self.choose(text, &occurrence, &hits, organisation);
                Chosen { occurrence, number, basis, because }
            })
            .collect();
        point_back(text, &mut chosen);
        settle_by_page(&mut chosen);
        let mut characters = Characters { text, byte: 0, character: 0 };
        let marks = chosen.into_iter().filter_map(|chosen| {
            let (start, end) = chosen.occurrence.bytes;
            let (start, end) = (characters.at(start), characters.at(end));
            let concept = self.concepts.get(chosen.number as usize)?.concept;
            let sense = Sense { concept, basis: chosen.basis, because: chosen.because };
            Some(SenseMark { start, end, sense, ambiguous: chosen.occurrence.senses.len() > 1 })
        });
        self.with_fixed(marks.collect(), fixed)
    }

    fn choose(
        &self,
        text: &str,
        occurrence: &Occurrence,
        hits: &[Hit],
        organisation: &str,
    ) -> (u32, SenseBasis, Vec<String>) {
        let known = |number: u32| self.concepts.get(number as usize);
        let used = |number: u32| known(number).is_some_and(|known| known.is_used_by(organisation));
        let default = |number: u32| known(number).is_some_and(|known| known.is_default_for(organisation));
        if let [only] = occurrence.senses.as_slice() {
            return (*only, if used(*only) { SenseBasis::Organisation } else { SenseBasis::Only }, Vec::new());
        }
        let defaults = occurrence.senses.iter().filter(|number| default(**number)).count();
        let own = |number: u32| match (defaults, default(number), used(number)) {
            (_, true, _) | (0, _, true) => OWN,
            (_, false, true) => OTHER_OWN,
            (_, false, false) => 0.0,
        };
        let score = |number: &u32| Score { number: *number, own: own(*number), ..Score::default() };
        let mut scores: Vec<Score> = occurrence.senses.iter().map(score).collect();
        self.listen(&mut scores, occurrence, hits, organisation);
        for score in &mut scores {
            score.around = score.heard.iter().map(|(_, loudness, _)| loudness).sum();
        }
        // Sorting is stable: between equals the better use of the term stays first.
        scores.sort_by(|a, b| b.total().total_cmp(&a.total()));
        let ahead = match scores.as_slice() {
            [best, next, ..] => best.total() - next.total(),
            _ => 0.0,
        };
        // What the organisation means when nothing else is said: its default, or its only meaning.
        let mut owned = scores.iter().filter(|score| score.own >= OWN);
        let owned = owned.next().filter(|_| owned.next().is_none());
        let choice = |score: &Score, basis| (score.number, basis, reasons(text, score));
        let heard_most = |best: &Score| scores.iter().skip(1).all(|other| other.around < best.around);
        match (scores.first(), owned) {
            (Some(best), _) if ahead >= AHEAD && heard_most(best) => choice(best, SenseBasis::Context),
            // The words around and the organisation's use together settle it too, where it has several meanings of the word.
            (Some(best), _) if ahead >= AHEAD && best.own > 0.0 => choice(best, SenseBasis::Organisation),
            (_, Some(own)) => (own.number, SenseBasis::Organisation, Vec::new()),
            (Some(best), None) => choice(best, SenseBasis::Unsure),
            (None, None) => (0, SenseBasis::Unsure, Vec::new()),
        }
    }

    /// Hears what the hits around an occurrence say for each of its meanings.
    fn listen(&self, scores: &mut [Score], occurrence: &Occurrence, hits: &[Hit], author: &str) {
        let (first, end) = occurrence.words;
        let from = hits.partition_point(|hit| hit.words.0 + WINDOW < first);
        for hit in hits.iter().skip(from).take_while(|hit| hit.words.0 < end + WINDOW) {
            let distance = match hit.words {
                (_, before) if before <= first => first - before,
                (after, _) if after >= end => after - end,
                // A phrase that the word is part of: `mijn zaak`.
                (from, to) if from <= first && end <= to && to - from > end - first => 0,
                _ => continue,
            };
            let sentences = i32::try_from(hit.sentence.abs_diff(occurrence.sentence)).unwrap_or(i32::MAX);
            let near = HALF / (HALF + f32::from(u16::try_from(distance).unwrap_or(u16::MAX)));
            let loudness = near * ACROSS.powi(sentences);
            let strengths: Vec<f32> = scores.iter().map(|score| self.strength(hit, score.number, author)).collect();
            // What speaks for all of them alike says nothing.
            let all = strengths.iter().copied().fold(f32::INFINITY, f32::min);
            for (score, strength) in scores.iter_mut().zip(strengths) {
                if strength > all {
                    score.hear(hit, (strength - all) * loudness);
                }
            }
        }
    }

    /// The marks with what persons chose: that stands, also where the glossary no longer has the term.
    fn with_fixed(&self, mut marks: Vec<SenseMark>, fixed: &[Fixed]) -> Vec<SenseMark> {
        for (range, concept) in
            fixed.iter().filter(|(range, concept)| !range.is_empty() && self.number(*concept).is_some())
        {
            let over = |mark: &SenseMark| mark.start < range.end && range.start < mark.end;
            let ambiguous = marks.iter().any(|mark| over(mark) && mark.ambiguous);
            marks.retain(|mark| !over(mark));
            let sense = Sense { concept: *concept, basis: SenseBasis::Person, because: Vec::new() };
            let at = marks.partition_point(|mark| mark.start < range.start);
            marks.insert(at, SenseMark { start: range.start, end: range.end, sense, ambiguous });
        }
        marks
    }
}

/// The words that speak for a meaning as they stand in the text, the loudest first.
fn reasons(text: &str, score: &Score) -> Vec<String> {
    let mut heard = score.heard.clone();
    heard.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut reasons: Vec<String> = Vec::new();
    for (start, end) in heard.into_iter().map(|(_, _, bytes)| bytes) {
        let said = text.get(start..end).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        if !said.is_empty() && !reasons.contains(&said) && reasons.len() < REASONS {
            reasons.push(said);
        }
    }
    reasons
}

/// Gives a word after one that points back (`van die controle`) the sense that the words around settled where the same word was said just before.
fn point_back(text: &str, chosen: &mut [Chosen]) {
    for at in 1..chosen.len() {
        let Some((before, Some(here))) =
            chosen.split_at_mut_checked(at).map(|(before, from)| (before, from.first_mut()))
        else {
            continue;
        };
        let several = here.occurrence.senses.len() > 1 && here.basis != SenseBasis::Context;
        let start = text.get(..here.occurrence.bytes.0).unwrap_or_default();
        let last = start.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if !several || !POINTING_BACK.contains(&last.to_lowercase().as_str()) {
            continue;
        }
        let same = |one: &&Chosen| one.occurrence.senses == here.occurrence.senses;
        let near = |one: &&Chosen| here.occurrence.sentence.abs_diff(one.occurrence.sentence) <= SENTENCES_BACK;
        let said = before.iter().rev().find(same).filter(near).filter(|one| one.basis == SenseBasis::Context);
        if let Some(said) = said {
            (here.number, here.basis, here.because) = (said.number, SenseBasis::Context, said.because.clone());
        }
    }
}

/// Gives occurrences that nothing settles the sense that the same word has elsewhere on the page, where that is one.
fn settle_by_page(chosen: &mut [Chosen]) {
    // By what a word can mean: where its sense is settled, unless that differs from place to place.
    let mut settled: HashMap<Vec<u32>, Option<usize>> = HashMap::new();
    for (at, by_context) in chosen.iter().enumerate().filter(|(_, chosen)| chosen.basis == SenseBasis::Context) {
        let one = settled.entry(by_context.occurrence.senses.clone()).or_insert(Some(at));
        let same = one.and_then(|one| chosen.get(one)).is_some_and(|one| one.number == by_context.number);
        *one = one.filter(|_| same);
    }
    for at in 0..chosen.len() {
        let unsure = chosen.get(at).filter(|chosen| chosen.basis == SenseBasis::Unsure);
        let one = unsure.and_then(|unsure| settled.get(&unsure.occurrence.senses).copied().flatten());
        let Some((number, because)) = one.and_then(|one| chosen.get(one)).map(|one| (one.number, one.because.clone()))
        else {
            continue;
        };
        if let Some(unsure) = chosen.get_mut(at) {
            unsure.number = number;
            unsure.basis = SenseBasis::Context;
            unsure.because = because;
        }
    }
}

/// Counts characters up to places that only go forward.
struct Characters<'t> {
    text: &'t str,
    byte: usize,
    character: u32,
}

impl Characters<'_> {
    fn at(&mut self, byte: usize) -> u32 {
        let passed = self.text.get(self.byte..byte).unwrap_or_default().chars().count();
        self.character = self.character.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        self.byte = self.byte.max(byte);
        self.character
    }
}
