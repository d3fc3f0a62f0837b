//! Why a row of a table of terms was left out: a closed list, each with what it is about, so that a window says it in its own words.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

/// Why a row, or a part of it, was left out, and what to do. Displayed it is a sentence in English, for programs and the command line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, Error)]
#[serde(tag = "code", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
#[allow(missing_docs, reason = "the sentences say what the fields are")]
pub enum RowRefusal {
    #[error("a cell has more than {limit} characters")]
    CellTooLong { limit: u32 },
    #[error("'{cell}' is no language: write nl, en, …")]
    NoLanguage { cell: String },
    #[error("there is no term")]
    NoTerm,
    #[error("'{cell}' is no name on the web: write it in full, or leave the cell empty")]
    NoName { cell: String },
    #[error("line {first} has the same concept already: give each its own code (column 'code'), or take one out")]
    Double { first: u32 },
    #[error("'{cell}' is no status: write voorgesteld, vastgesteld or vervallen")]
    NoStatus { cell: String },
    #[error("'{cell}' is no day: write it as 2025-12-31")]
    NoDay { cell: String },
    #[error("'{cell}' stands for several rows: refer to it by its code; the rest of the row is kept")]
    Several { cell: String },
    #[error("'{cell}' is no term or code of this table; the rest of the row is kept")]
    Nothing { cell: String },
}

impl RowRefusal {
    /// Most characters of a cell that it shows.
    pub const SHOWN: usize = 80;

    /// The words of the file in it.
    pub fn cell_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::NoLanguage { cell }
            | Self::NoName { cell }
            | Self::NoStatus { cell }
            | Self::NoDay { cell }
            | Self::Several { cell }
            | Self::Nothing { cell } => Some(cell),
            Self::CellTooLong { .. } | Self::NoTerm | Self::Double { .. } => None,
        }
    }
}

/// A row of a table of terms that was left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RejectedRow {
    /// The row, from 1.
    #[ts(type = "number")]
    pub line: u64,
    /// Why, and what to do, in English.
    pub reason: String,
    /// The same, for whoever says it otherwise.
    pub why: RowRefusal,
}

impl RejectedRow {
    /// The row of this line, left out for this.
    pub fn new(line: u64, why: RowRefusal) -> Self {
        Self { line, reason: why.to_string(), why }
    }
}
