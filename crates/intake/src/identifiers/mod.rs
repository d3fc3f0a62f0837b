//! Identifiers found in text: account numbers, plates, addresses, ships, sums, days.
//!
//! At every place where a word or a sign begins, each recogniser is asked once. It looks a bounded way ahead, so the time is linear in
//! the text, whatever the text is. Where two finds overlap, the surer one stays, then the longer one.
//!
//! # Confidence
//! What the figure rests on, of 100:
//!
//! | From | Meaning |
//! |---|---|
//! | 95 | a check digit that is right where the form leaves little to chance, or a form that nothing else has |
//! | 80 | a weaker form or check, with a word that names it; or a form that is mostly right |
//! | 50 | the form alone, which other things have now and then |
//! | below 50 | a form or a one-digit check that chance gives often: to be shown only when asked for |

mod amount;
mod bank;
mod crypto;
mod day;
mod digits;
mod dutch;
mod internet;
mod phone;
mod plate;
mod serial;
mod text;

use std::collections::BTreeMap;

use koplamp_model::{Identifier, IdentifierKind, Page};

use text::Text;

/// Identifiers that are kept of one document.
pub const MAX_IDENTIFIERS: usize = 20_000;
/// Characters that an identifier has at most, as it stands in the text.
pub const MAX_LENGTH: usize = 500;

/// What a recogniser has seen.
struct Candidate {
    kind: IdentifierKind,
    start: usize,
    end: usize,
    confidence: u8,
    normal: Normal,
}

/// How the normal form comes about.
enum Normal {
    /// It is this.
    Is(String),
    /// It follows from the characters in the text, which may be outside ASCII.
    Of(fn(&str) -> String),
}

type Recogniser = fn(&Text, usize) -> Option<Candidate>;

/// Those that are asked where a letter stands, a digit, or a sign; none sees more than it could accept.
const AT_LETTERS: [Recogniser; 11] = [
    bank::iban,
    dutch::vat,
    plate::plate,
    internet::url,
    internet::ipv6,
    serial::container,
    serial::ship,
    serial::vehicle,
    crypto::wallet,
    amount::amount,
    day::day,
];
const AT_DIGITS: [Recogniser; 13] = [
    dutch::person_or_entity,
    dutch::trade_register,
    dutch::vat,
    plate::plate,
    phone::phone,
    internet::ipv4,
    internet::ipv6,
    serial::ship,
    serial::device,
    serial::vehicle,
    crypto::wallet,
    amount::amount,
    day::day,
];
const AT_SIGNS: [Recogniser; 4] = [phone::phone, internet::mail, internet::ipv6, amount::amount];

fn recognisers(first: u8) -> &'static [Recogniser] {
    match first {
        b'A'..=b'Z' | b'a'..=b'z' => &AT_LETTERS,
        b'0'..=b'9' => &AT_DIGITS,
        _ => &AT_SIGNS,
    }
}

/// The identifiers in a text, in the order in which they stand there; no two overlap. `start` and `end` count characters (Unicode scalar
/// values), and a value has at most [`MAX_LENGTH`] of them.
///
/// Every kind has its source in the docstring of its recogniser in this folder.
pub fn find(text: &str) -> Vec<Identifier> {
    let folded = Text::new(text);
    let mut candidates: Vec<Candidate> = (0..folded.len())
        .filter(|place| folded.can_start(*place))
        .flat_map(|place| recognisers(folded.at(place)).iter().map(move |recogniser| (recogniser, place)))
        .filter_map(|(recogniser, place)| recogniser(&folded, place))
        .filter(|candidate| candidate.start < candidate.end && candidate.end - candidate.start <= MAX_LENGTH)
        .collect();
    candidates
        .sort_by_key(|found| (std::cmp::Reverse((found.confidence, found.end - found.start)), found.start, found.kind));
    let mut kept: BTreeMap<usize, Candidate> = BTreeMap::new();
    for candidate in candidates {
        if kept.range(..candidate.end).next_back().is_none_or(|(_, before)| before.end <= candidate.start) {
            kept.insert(candidate.start, candidate);
        }
    }
    with_values(text, kept.into_values())
}

/// The finds with the characters that they stand on, in one walk through the text.
fn with_values(text: &str, candidates: impl Iterator<Item = Candidate>) -> Vec<Identifier> {
    let mut walk = Walk::new(text);
    candidates
        .filter_map(|found| {
            let (start, end) = (u32::try_from(found.start).ok()?, u32::try_from(found.end).ok()?);
            let value = walk.slice(start, end)?.to_owned();
            let normal = match found.normal {
                Normal::Is(normal) => normal,
                Normal::Of(normalise) => normalise(&value),
            };
            Some(Identifier { kind: found.kind, start, end, value, normal, confidence: found.confidence })
        })
        .collect()
}

/// Slices of a text by its characters, each after the one before.
pub(crate) struct Walk<'a> {
    rest: &'a str,
    passed: u32,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { rest: text, passed: 0 }
    }

    /// The characters from `start` to `end`; nothing when that is empty, overlaps the slice before, or lies outside the text.
    pub(crate) fn slice(&mut self, start: u32, end: u32) -> Option<&'a str> {
        let skip = start.checked_sub(self.passed)?;
        let length = end.checked_sub(start).filter(|length| *length > 0)?;
        self.take(skip)?;
        self.take(length)
    }

    fn take(&mut self, characters: u32) -> Option<&'a str> {
        let count = usize::try_from(characters).ok()?;
        let (at, missing) = match self.rest.char_indices().nth(count) {
            Some((at, _)) => (at, false),
            None => (self.rest.len(), self.rest.chars().count() < count),
        };
        if missing {
            return None;
        }
        let (taken, rest) = self.rest.split_at_checked(at)?;
        self.rest = rest;
        self.passed = self.passed.checked_add(characters)?;
        Some(taken)
    }
}

/// The identifiers of each page of a document, and whether some were left out because there are more than [`MAX_IDENTIFIERS`].
pub(crate) fn of_pages(pages: &[Page]) -> (Vec<Vec<Identifier>>, bool) {
    let (mut room, mut cut) = (MAX_IDENTIFIERS, false);
    let found = pages
        .iter()
        .map(|page| {
            // What is full stays full; the rest is not even looked at.
            if cut {
                return Vec::new();
            }
            let mut found = find(&page.text);
            cut = found.len() > room;
            found.truncate(room);
            room -= found.len();
            found
        })
        .collect();
    (found, cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_goes_forward_only() {
        let mut walk = Walk::new("één twee");
        assert_eq!(walk.slice(0, 3), Some("één"));
        assert_eq!(walk.slice(2, 4), None, "overlaps");
        assert_eq!(walk.slice(4, 8), Some("twee"));
        assert_eq!(walk.slice(8, 9), None, "outside");
        assert_eq!(Walk::new("a").slice(1, 1), None, "empty");
        assert_eq!(Walk::new("a").slice(u32::MAX, u32::MAX), None);
        assert_eq!(Walk::new("a").slice(0, u32::MAX), None);
    }

    #[test]
    fn a_document_gives_a_bounded_number() {
        let page = |text: String| Page { number: 1, label: None, text };
        let many = page("1-1-2025\n".repeat(MAX_IDENTIFIERS - 1));
        let two = page("1-1-2025\n2-1-2025\n".to_owned());
        let (found, cut) = of_pages(&[many, two.clone(), two]);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [MAX_IDENTIFIERS - 1, 1, 0]);
        assert!(cut);
    }
}
