//! Why a file could not be read, or not wholly.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The reason, from a closed list: the window has a text and an advice for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Reason {
    /// Needs a password that we do not have.
    Encrypted,
    /// The bytes are not what the kind demands.
    Damaged,
    /// A kind that cannot be read (yet).
    Unsupported,
    /// Larger than intake takes, or it expands to more.
    TooLarge,
    /// Zero bytes.
    Empty,
    /// Read, but it holds no text (a scan, a picture).
    NoText,
    /// The reader needed more time than it gets.
    Timeout,
    /// The reader needed more memory than it gets.
    Memory,
    /// The reader died.
    Crashed,
    /// The operating system would not give us the file.
    Unreadable,
}

/// A file that was not read, or not wholly: a line of the failure list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Failure {
    /// Why.
    pub reason: Reason,
    /// What went wrong, for a person, in English; holds no text of the document.
    pub message: String,
}
