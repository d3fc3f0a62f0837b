//! The side that asked, and believes nothing.

use std::io::{self, BufRead, BufReader, Read as _};

use koplamp_model::{GlossaryRecord, RejectedRow, RowRefusal};
use thiserror::Error;

use super::believe::{self, Believed};
use super::{MAX_PART, Part};
use crate::{Limits, Read};

/// Characters of a reason that are kept.
const MAX_REASON: usize = 1_000;

/// The file cannot be read: the words of a [`crate::GlossaryError`], in one line and at most 1,000 characters.
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

/// Takes the answer to its end.
///
/// Every part is bounded before it counts, and what reading promises is checked again: ids follow from names, names are names, a term's
/// concept and a concept's scheme are there, what is kept of the file is statements. Whether it is what the file says, only the file can
/// tell.
///
/// # Errors
///
/// The answer is cut short, too large, or breaks a rule. Within: the file was refused.
pub fn receive(pipe: impl io::Read, limits: &Limits) -> Result<Result<Read, Refused>, Disbelief> {
    let mut pipe = BufReader::with_capacity(1 << 16, pipe);
    let mut read = Read::default();
    let mut believed = Believed::default();
    let mut line = Vec::new();
    let mut count = 0;
    loop {
        line.clear();
        pipe.by_ref().take(MAX_PART as u64).read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            let what = if line.len() == MAX_PART { "a part is too long" } else { "it ends too early" };
            return Err(Disbelief::Malformed(what));
        }
        count += 1;
        if count > limits.statements.saturating_mul(4) {
            return Err(Disbelief::Malformed("too many parts"));
        }
        let part = serde_json::from_slice(&line).map_err(|_| Disbelief::Malformed("a part cannot be read"))?;
        let end = match part {
            Part::Record(record) => {
                believed.check(&record, limits).map_err(Disbelief::Malformed)?;
                match record {
                    GlossaryRecord::Scheme(scheme) => read.glossary.schemes.push(scheme),
                    GlossaryRecord::Concept(concept) => read.glossary.concepts.push(concept),
                    GlossaryRecord::Term(term) => read.glossary.terms.push(term),
                    GlossaryRecord::Mapping(mapping) => read.glossary.mappings.push(mapping),
                }
                continue;
            }
            Part::Violation(violation) => {
                believe::violation(&violation, limits).map_err(Disbelief::Malformed)?;
                read.violations.push(violation);
                continue;
            }
            Part::Rejected(RejectedRow { line, mut why, .. }) => {
                // The sentence is made here; only a cell's words are the file's.
                if let Some(cell) = why.cell_mut() {
                    *cell = one_line(cell).chars().take(RowRefusal::SHOWN).collect();
                }
                read.rejected.push(RejectedRow::new(line, why));
                continue;
            }
            Part::End => {
                believed.whole(&read.glossary).map_err(Disbelief::Malformed)?;
                Ok(())
            }
            Part::Refused(reason) => Err(Refused(one_line(&reason))),
        };
        if !pipe.fill_buf()?.is_empty() {
            return Err(Disbelief::Malformed("it goes on after its end"));
        }
        return Ok(end.map(|()| read));
    }
}

/// A reason that can be shown on one line.
fn one_line(reason: &str) -> String {
    reason.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_REASON).collect()
}
