//! The side that asked, and believes nothing.
//!
//! Every part is bounded before it counts, and what a reader promises is checked again: keys are unique, every key that one names is
//! another's, texts are as long as the limits allow, positions are numbers. That keeps what comes after from breaking; whether it is
//! what the file says, only the file can tell.

use std::collections::HashSet;
use std::io::{self, BufRead, BufReader, Read};

use koplamp_model::{Draft, DraftValue, Exchange, Mapping, Rejected};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::{MAX_CELL, MAX_PART, Part, SHOWN, Trial, Tried};
use crate::Limits;
use crate::encoding::QUOTE;
use crate::gather::words;
use crate::table::COLUMNS;

/// Characters of a reason.
const MAX_REASON: usize = 1_000;

/// The file cannot be read: the words of an [`crate::InterchangeError`], in one line and at most 1,000 characters.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Refused(String);

/// Why an answer was not believed.
#[derive(Debug, Error)]
pub enum Disbelief {
    /// The pipe broke.
    #[error("it broke off: {0}")]
    Io(#[from] io::Error),
    /// The answer is not one that [`super::perform`] gives.
    #[error("{0}")]
    Malformed(&'static str),
}

/// Takes the answer to [`super::What::Read`] and [`super::What::Map`], to its end.
///
/// # Errors
///
/// The answer is cut short, too large, or breaks a rule. Within: the file was refused.
pub fn receive(pipe: impl Read, limits: &Limits) -> Result<Result<Exchange, Refused>, Disbelief> {
    let mut drafts = Vec::new();
    let end = receive_each(pipe, limits, |draft| drafts.push(draft))?;
    Ok(end.map(|(rejected, merged)| Exchange { drafts, rejected, merged }))
}

/// As [`receive`], but hands each draft to `take` as it comes, so that not all of them have to be held. They count only when the end comes
/// back: what was rejected, and how many records were taken together with another.
///
/// # Errors
///
/// As [`receive`]; then, and when the file was refused, what `take` was given has to be forgotten.
pub fn receive_each(
    pipe: impl Read,
    limits: &Limits,
    mut take: impl FnMut(Draft),
) -> Result<Result<(Vec<Rejected>, u64), Refused>, Disbelief> {
    let (mut keys, mut rejected) = (Keys::default(), Vec::new());
    let end = parts(pipe, |part| match part {
        Part::Draft(draft) => {
            check(&draft, limits)?;
            keys.check(&draft)?;
            if keys.there.len() as u64 > limits.nodes.saturating_add(limits.links) {
                return Err(Disbelief::Malformed("too many drafts"));
            }
            take(draft);
            Ok(None)
        }
        Part::Rejected(one) => reject(&mut rejected, one, limits).map(|()| None),
        Part::End(merged) => Ok(Some(Ok(merged))),
        Part::Refused(reason) => Ok(Some(Err(Refused(one_line(&reason))))),
        Part::Tried(_) => Err(Disbelief::Malformed("a trial that nobody asked for")),
    })?;
    match end {
        Ok(merged) => {
            keys.check_end()?;
            Ok(Ok((rejected, merged)))
        }
        Err(refused) => Ok(Err(refused)),
    }
}

/// Takes the answer to [`super::What::Try`], to its end. `given` is the mapping that was asked about, which the answer has no say in.
///
/// # Errors
///
/// As [`receive`].
pub fn receive_trial(
    pipe: impl Read,
    given: Option<&Mapping>,
    limits: &Limits,
) -> Result<Result<Trial, Refused>, Disbelief> {
    let mut rejected = Vec::new();
    let end = parts(pipe, |part| match part {
        Part::Rejected(one) => reject(&mut rejected, one, limits).map(|()| None),
        Part::Tried(tried) => Ok(Some(Ok(tried))),
        Part::Refused(reason) => Ok(Some(Err(Refused(one_line(&reason))))),
        Part::Draft(_) | Part::End(_) => Err(Disbelief::Malformed("drafts that nobody asked for")),
    })?;
    let tried = match end {
        Ok(tried) => tried,
        Err(refused) => return Ok(Err(refused)),
    };
    let Tried { columns, rows, total, mapping, entities, links } = tried;
    let shown = rows.len() <= SHOWN
        && rows.len() as u64 <= total
        // Of a row of text that does not fit its table, all cells are shown.
        && rows.iter().flatten().all(|cell| !is_long(cell, MAX_CELL));
    let mut names = HashSet::new();
    let named = columns.len() <= COLUMNS && columns.iter().all(|name| !name.is_empty() && names.insert(name.as_str()));
    if !shown || !named {
        return Err(Disbelief::Malformed("columns or rows that no table has"));
    }
    let mapping = match given {
        Some(given) => given.clone(),
        None if speaks_of(&mapping, &names, limits) => mapping,
        None => return Err(Disbelief::Malformed("a mapping of what the table does not have")),
    };
    Ok(Ok(Trial { columns, rows, total, mapping, entities, links, rejected }))
}

/// The parts one after the other, until `take` knows the end, which nothing may follow.
fn parts<T>(pipe: impl Read, mut take: impl FnMut(Part) -> Result<Option<T>, Disbelief>) -> Result<T, Disbelief> {
    let mut pipe = BufReader::with_capacity(1 << 16, pipe);
    let mut line = Vec::new();
    loop {
        line.clear();
        pipe.by_ref().take(MAX_PART as u64).read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            let what = if line.len() == MAX_PART { "a part is too long" } else { "it ends too early" };
            return Err(Disbelief::Malformed(what));
        }
        let part = serde_json::from_slice(&line).map_err(|_| Disbelief::Malformed("a part cannot be read"))?;
        if let Some(end) = take(part)? {
            let nothing_follows = pipe.fill_buf()?.is_empty();
            return if nothing_follows { Ok(end) } else { Err(Disbelief::Malformed("it goes on after its end")) };
        }
    }
}

/// What holds of one draft by itself.
fn check(draft: &Draft, limits: &Limits) -> Result<(), Disbelief> {
    let long = |text: &str| is_long(text, limits.value);
    if draft.key.is_empty() || long(&draft.key) || long(&draft.kind) {
        return Err(Disbelief::Malformed("a draft without a key, or with one that is too long"));
    }
    let values = |values: &[DraftValue]| values.iter().any(|value| long(words(value)));
    if is_long(&draft.quote, QUOTE) || draft.properties.iter().any(|(name, said)| long(name) || values(said)) {
        return Err(Disbelief::Malformed("a value or quote that is too long"));
    }
    if draft.position.is_some_and(|at| !at.x.is_finite() || !at.y.is_finite()) {
        return Err(Disbelief::Malformed("a position that is no number"));
    }
    Ok(())
}

/// What holds of all drafts together: no two have the same key, and a key that one names is another's. Keys are held by half of their
/// SHA-256, so that a file with a million of them, each of any length, is checked in little memory.
#[derive(Default)]
struct Keys {
    there: HashSet<[u8; 16]>,
    /// Named, and not there yet.
    named: HashSet<[u8; 16]>,
}

impl Keys {
    fn check(&mut self, draft: &Draft) -> Result<(), Disbelief> {
        let own = half(&draft.key);
        if !self.there.insert(own) {
            return Err(Disbelief::Malformed("two drafts of the same key"));
        }
        self.named.remove(&own);
        for value in draft.properties.values().flatten() {
            if let DraftValue::Key(key) = value {
                let key = half(key);
                if !self.there.contains(&key) {
                    self.named.insert(key);
                }
            }
        }
        Ok(())
    }

    fn check_end(&self) -> Result<(), Disbelief> {
        if self.named.is_empty() { Ok(()) } else { Err(Disbelief::Malformed("a key that no draft has")) }
    }
}

fn half(key: &str) -> [u8; 16] {
    let mut half = [0; 16];
    half.iter_mut().zip(Sha256::digest(key)).for_each(|(to, from)| *to = from);
    half
}

/// Whether a mapping names columns that there are, and its words are of a bearable length.
fn speaks_of(mapping: &Mapping, columns: &HashSet<&str>, limits: &Limits) -> bool {
    let there = |name: &String| columns.contains(name.as_str());
    let short = |name: &String| !is_long(name, limits.value);
    let entities = mapping.entities.iter().all(|entity| {
        let properties = entity.properties.iter().all(|said| there(&said.column) && short(&said.property));
        properties && entity.key.iter().all(there) && short(&entity.name) && short(&entity.kind)
    });
    let links = mapping.links.iter().all(|link| {
        let reversed =
            link.reversed.iter().all(|reversed| there(&reversed.column) && reversed.values.iter().all(short));
        let properties = link.properties.iter().all(|said| there(&said.column) && short(&said.property));
        reversed
            && properties
            && link.key.iter().all(there)
            && [&link.kind, &link.source, &link.target].into_iter().all(short)
    });
    entities && links
}

/// Takes what was rejected.
fn reject(all: &mut Vec<Rejected>, rejected: Rejected, limits: &Limits) -> Result<(), Disbelief> {
    if all.len() as u64 >= limits.nodes.saturating_add(limits.links) {
        return Err(Disbelief::Malformed("too many records that were left out"));
    }
    // Its sentence is ours; its words are the file's, of which the readers keep a little.
    let rejected = Rejected::new(rejected.line, rejected.why);
    if is_long(&rejected.reason, MAX_REASON) {
        return Err(Disbelief::Malformed("a reason that is too long"));
    }
    all.push(rejected);
    Ok(())
}

fn is_long(text: &str, most: usize) -> bool {
    text.len() > most && text.chars().count() > most
}

/// A reason that can be shown on one line.
fn one_line(reason: &str) -> String {
    reason.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_REASON).collect()
}
