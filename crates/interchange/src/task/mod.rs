//! Reading as a task of another process: what it is asked, and what it answers.
//!
//! A file of another program is hostile until proven otherwise, so it is read where no keys are: [`perform`] runs in that process, and
//! [`receive`] and [`receive_trial`] take its answer as if the file had written it. What starts the process is no matter of this
//! crate; to it, a process is an argument (a [`Request`] as JSON), the bytes of the file, and a pipe.
//!
//! The answer is JSON, a [`Part`] a line, so that neither side holds the text of a million drafts. The last part says how it ended.

mod pack;
mod perform;
mod receive;

use koplamp_model::{Draft, Mapping, Rejected};
use serde::{Deserialize, Serialize};

pub use pack::Pack;
pub use perform::perform;
pub use receive::{Disbelief, Refused, receive, receive_each, receive_trial};

use crate::Format;

/// What the process is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The version of the schema that the asking side has; with another one nothing is read.
    pub schema: String,
    /// What to do with the file.
    pub what: What,
}

/// What can be done with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum What {
    /// To read it as a file of this format.
    Read(Format),
    /// To read it as a table, and make drafts of it by a mapping. A workbook is known by its first bytes.
    Map(Mapping),
    /// To read it as a table, and tell what a mapping would make of it; without a mapping, one is guessed.
    Try(Option<Mapping>),
}

/// What a table would become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The columns.
    pub columns: Vec<String>,
    /// The first rows (8 at most), the first 1,000 characters of each cell.
    pub rows: Vec<Vec<String>>,
    /// How many rows there are.
    pub total: u64,
    /// The mapping that was tried.
    pub mapping: Mapping,
    /// How many entities it gives.
    pub entities: u64,
    /// How many links it gives.
    pub links: u64,
    /// Rows that would be left out, and why.
    pub rejected: Vec<Rejected>,
}

/// Bytes of a part.
const MAX_PART: usize = 64 << 20;
/// Rows that a trial shows.
const SHOWN: usize = 8;
/// Characters of a cell that a trial shows.
const MAX_CELL: usize = 1_000;

/// A line of the answer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Part {
    Draft(Draft),
    Rejected(Rejected),
    /// All drafts were given; how many records were taken together with another.
    End(u64),
    /// The trial is done.
    Tried(Tried),
    /// The file cannot be read; what was given before does not count.
    Refused(String),
}

/// A trial, but for what was rejected.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tried {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    total: u64,
    mapping: Mapping,
    entities: u64,
    links: u64,
}

#[cfg(test)]
mod tests;
