//! Reading as a task of another process: what it is asked, and what it answers.
//!
//! A file is hostile until proven otherwise, so it is read where no keys are: [`perform`] runs in that process, and [`receive`] takes its
//! answer as if the file had written it. What starts the process is no matter of this crate; to it, a process is an argument (a
//! [`Request`] as JSON), the bytes of the file, and a pipe.
//!
//! The answer is JSON, a part a line. The last part says how it ended.

mod believe;
mod perform;
mod receive;

use koplamp_model::{GlossaryRecord, RejectedRow, Violation};
use serde::{Deserialize, Serialize};

pub use perform::perform;
pub use receive::{Disbelief, Refused, receive};

use crate::Format;

/// The form of request and answer: both sides must have the same.
const VERSION: u32 = 1;
/// Bytes of a part.
const MAX_PART: usize = 64 << 20;

/// What the process is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    version: u32,
    format: Format,
    organisation: String,
}

impl Request {
    /// To read a file of this format, with the words of this organisation where it does not say whose they are.
    pub fn new(format: Format, organisation: &str) -> Self {
        Self { version: VERSION, format, organisation: organisation.to_owned() }
    }
}

/// A line of the answer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
#[allow(clippy::large_enum_variant, reason = "nearly all parts are records, and each is taken apart at once")]
enum Part {
    Record(GlossaryRecord),
    Violation(Violation),
    Rejected(RejectedRow),
    /// All was given.
    End,
    /// The file cannot be read; what was given before does not count.
    Refused(String),
}

#[cfg(test)]
mod tests;
