//! Passages: the places of a document that a hit shows, and all places that match.

use std::ops::Range;

use koplamp_model::{Page, Passage, SenseMark};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Query;
use crate::matches::Matcher;

/// Characters of a passage, about: as much as three lines of a result list hold.
const LENGTH: usize = 250;
/// Characters that the matches of one passage may span, so that room is left around them.
const SPAN: usize = 180;
/// Characters looked through for the beginning of a sentence.
const BACK: usize = 110;
/// Characters before the first match when no sentence begins there.
const BEFORE: usize = 60;
/// A "word" may be a megabyte of encoded bytes: more than this is not highlighted.
const MAX_HIGHLIGHT: usize = 400;

/// A place in a document that matches: characters `start..end` of the page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Highlight {
    /// The page, from 1.
    pub page: u32,
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

/// Every place of a document that the query matches, in reading order; places that overlap are one. `senses` are the terms of the glossary in each page, or
/// none where the query has no senses in it.
pub fn find_all(query: &Query, pages: &[Page], senses: &[Vec<SenseMark>]) -> Vec<Highlight> {
    let mut finder = Finder::new(query);
    let mut places = Vec::new();
    for (page, senses) in with_senses(pages, senses) {
        let marks = finder.marks(&page.text, senses);
        let joined = joined(marks.iter().map(|mark| mark.chars.clone()));
        places.extend(joined.map(|(start, end)| Highlight { page: page.number, start, end }));
    }
    places
}

/// Finds the passages of one document after another for the same query.
pub(crate) struct Finder {
    matcher: Matcher,
}

/// A match, with its place in characters as well.
struct Mark {
    bytes: Range<usize>,
    chars: Range<usize>,
    leaf: usize,
    weight: f32,
}

/// Matches that stand together on a page.
struct Group {
    page: usize,
    marks: Range<usize>,
    score: f32,
}

/// A stretch of a page in bytes and in characters.
#[derive(Clone)]
struct Stretch {
    bytes: Range<usize>,
    chars: Range<usize>,
}

impl Finder {
    pub fn new(query: &Query) -> Self {
        Self { matcher: Matcher::new(query) }
    }

    fn marks(&mut self, text: &str, senses: &[SenseMark]) -> Vec<Mark> {
        let mut marks = Vec::new();
        let (mut byte, mut char) = (0, 0);
        for found in self.matcher.matches(text, senses) {
            char += text[byte..found.bytes.start].chars().count();
            byte = found.bytes.start;
            let mut bytes = found.bytes;
            if let Some((cut, _)) = text[bytes.clone()].char_indices().nth(MAX_HIGHLIGHT) {
                bytes.end = bytes.start + cut;
            }
            let chars = char..char + text[bytes.clone()].chars().count();
            marks.push(Mark { bytes, chars, leaf: found.leaf, weight: found.weight });
        }
        marks
    }

    /// The best passages of a document, at most `most`, the best first: those in which most of what was asked stands
    /// together, what is rare in the document before what is frequent, the earlier before the later. When nothing matches,
    /// its beginning.
    pub fn passages(&mut self, pages: &[Page], senses: &[Vec<SenseMark>], most: usize) -> Vec<Passage> {
        let marks: Vec<Vec<Mark>> =
            with_senses(pages, senses).map(|(page, senses)| self.marks(&page.text, senses)).collect();
        let mut frequency = vec![0_f32; self.matcher.leaves];
        for mark in marks.iter().flatten() {
            if let Some(count) = frequency.get_mut(mark.leaf) {
                *count += 1.0;
            }
        }
        let rarity: Vec<f32> = frequency.iter().map(|&count| 1.0 / (1.0 + count.max(1.0).ln())).collect();
        let mut groups: Vec<Group> = Vec::new();
        for (page, marks) in marks.iter().enumerate() {
            group(page, marks, &rarity, &mut groups);
        }
        groups.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut chosen: Vec<(usize, Stretch)> = Vec::new();
        for group in &groups {
            if chosen.len() >= most {
                break;
            }
            let (Some(page), Some(marks)) = (pages.get(group.page), marks[group.page].get(group.marks.clone())) else {
                continue;
            };
            let Some(core) = around(marks) else { continue };
            let known = |(page, stretch): &(usize, Stretch)| {
                *page == group.page && stretch.bytes.start <= core.bytes.start && core.bytes.end <= stretch.bytes.end
            };
            if !chosen.iter().any(known) {
                merge(&mut chosen, group.page, widened(&page.text, core));
            }
        }
        if chosen.is_empty() {
            return beginning(pages).into_iter().collect();
        }
        chosen.into_iter().filter_map(|(page, stretch)| passage(pages.get(page)?, marks.get(page)?, &stretch)).collect()
    }
}

/// The pages, each with the terms of the glossary in it.
fn with_senses<'a>(
    pages: &'a [Page],
    senses: &'a [Vec<SenseMark>],
) -> impl Iterator<Item = (&'a Page, &'a [SenseMark])> {
    pages.iter().zip(senses.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..])))
}

/// For every match of a page, the group of those that begin with it and fit into one passage.
fn group(page: usize, marks: &[Mark], rarity: &[f32], groups: &mut Vec<Group>) {
    let mut best = vec![0_f32; rarity.len()];
    for (first, mark) in marks.iter().enumerate() {
        let fits = |other: &&Mark| other.chars.end.saturating_sub(mark.chars.start) <= SPAN;
        let length = 1 + marks.iter().skip(first + 1).take_while(fits).count();
        let members = &marks[first..first + length];
        best.fill(0.0);
        for member in members {
            if let (Some(best), Some(rarity)) = (best.get_mut(member.leaf), rarity.get(member.leaf)) {
                *best = best.max(member.weight * rarity);
            }
        }
        // What is asked for counts most, how often little: a list of one word over and over is no better passage.
        let score = best.iter().sum::<f32>() + 0.05 * (members.len().min(10) as f32);
        groups.push(Group { page, marks: first..first + length, score });
    }
}

fn around(marks: &[Mark]) -> Option<Stretch> {
    let first = marks.first()?;
    let last = marks.iter().max_by_key(|mark| mark.bytes.end)?;
    Some(Stretch { bytes: first.bytes.start..last.bytes.end, chars: first.chars.start..last.chars.end })
}

/// Adds a stretch to those chosen. Where it touches others on its page they become one, unless that would be too long: then it
/// is left out, since most of it is shown already.
fn merge(chosen: &mut Vec<(usize, Stretch)>, page: usize, stretch: Stretch) {
    let touches = |(other, old): &(usize, Stretch)| {
        *other == page && old.bytes.start < stretch.bytes.end && stretch.bytes.start < old.bytes.end
    };
    let Some(first) = chosen.iter().position(touches) else { return chosen.push((page, stretch)) };
    let hull = |a: &Range<usize>, b: &Range<usize>| a.start.min(b.start)..a.end.max(b.end);
    let union = chosen.iter().filter(|old| touches(old)).fold(stretch.clone(), |union, (_, old)| Stretch {
        bytes: hull(&union.bytes, &old.bytes),
        chars: hull(&union.chars, &old.chars),
    });
    if union.chars.len() <= 2 * LENGTH {
        let mut place = 0..;
        chosen.retain(|old| place.next() == Some(first) || !touches(old));
        if let Some(old) = chosen.get_mut(first) {
            *old = (page, union);
        }
    }
}

/// The stretch with text around it, cut where a sentence or at least a word begins and ends.
fn widened(text: &str, core: Stretch) -> Stretch {
    let room = LENGTH.saturating_sub(core.chars.len());
    let before = back(&text[..core.bytes.start], room);
    let after = ahead(&text[core.bytes.end..], room.saturating_sub(before.1).max(BEFORE));
    Stretch {
        bytes: core.bytes.start - before.0..core.bytes.end + after.0,
        chars: core.chars.start - before.1..core.chars.end + after.1,
    }
}

const fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Whether the text ends with an initial, whose full stop ends no sentence: `M. Kloosterziel`, `J.P. Coen`.
fn ends_initial(text: &str) -> bool {
    let mut from_end = text.chars().rev();
    from_end.next() == Some('.')
        && from_end.next().is_some_and(char::is_uppercase)
        && from_end.next().is_none_or(|c| c.is_whitespace() || c == '.' || c == '(')
}

/// How far to go back from the end of `text`: bytes and characters.
fn back(text: &str, room: usize) -> (usize, usize) {
    let mut word = (0, 0);
    let mut seen_space = None;
    for (count, (at, c)) in text.char_indices().rev().enumerate() {
        if count > BACK || count > room {
            return word;
        }
        let gone = (text.len() - at, count + 1);
        if let Some((before, spaces)) = seen_space {
            // A sentence begins after a full stop and a space, or after an empty line.
            if (ends_sentence(c) && !ends_initial(&text[..=at]) && spaces >= 1)
                || (c == '\n' && spaces >= 1 && text[at + 1..].starts_with('\n'))
            {
                return before;
            }
        }
        if c.is_whitespace() {
            let (start, spaces) = seen_space.unwrap_or(((gone.0 - c.len_utf8(), gone.1 - 1), 0));
            seen_space = Some((start, spaces + 1));
            if start.1 <= BEFORE {
                word = start;
            }
        } else {
            seen_space = None;
        }
    }
    // The page begins here; white space at its beginning is left out.
    let blank = text.len() - text.trim_start().len();
    (text.len() - blank, text[blank..].chars().count())
}

/// How far to go on from the beginning of `text`: bytes and characters.
fn ahead(text: &str, room: usize) -> (usize, usize) {
    let mut word = (0, 0);
    let mut sentence = None;
    let mut previous = ' ';
    for (count, (at, c)) in text.char_indices().enumerate() {
        if c.is_whitespace() && !previous.is_whitespace() {
            word = (at, count);
            if ends_sentence(previous) && !ends_initial(&text[..at]) && count * 2 >= room {
                sentence = Some(word);
            }
        }
        if count > room {
            return sentence.unwrap_or(word);
        }
        previous = c;
    }
    let kept = text.trim_end();
    (kept.len(), kept.chars().count())
}

fn passage(page: &Page, marks: &[Mark], stretch: &Stretch) -> Option<Passage> {
    let inside =
        marks.iter().filter(|mark| stretch.bytes.start <= mark.bytes.start && mark.bytes.end <= stretch.bytes.end);
    Some(Passage {
        page: page.number,
        start: u32::try_from(stretch.chars.start).ok()?,
        end: u32::try_from(stretch.chars.end).ok()?,
        quote: page.text.get(stretch.bytes.clone())?.to_owned(),
        highlights: joined(inside.map(|mark| mark.chars.clone())).collect(),
    })
}

/// Ranges in order, with those that overlap made one.
fn joined(ranges: impl Iterator<Item = Range<usize>>) -> impl Iterator<Item = (u32, u32)> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    joined.into_iter().map(move |range| (number(range.start), number(range.end)))
}

/// The beginning of the first page that has text.
fn beginning(pages: &[Page]) -> Option<Passage> {
    let page = pages.iter().find(|page| !page.text.trim().is_empty())?;
    let blank = page.text.len() - page.text.trim_start().len();
    let start = page.text[..blank].chars().count();
    let mut length = ahead(&page.text[blank..], LENGTH);
    if length.0 == 0 {
        length = page.text[blank..].char_indices().nth(LENGTH).map_or(length, |(at, _)| (at, LENGTH));
    }
    let stretch = Stretch { bytes: blank..blank + length.0, chars: start..start + length.1 };
    passage(page, &[], &stretch)
}
