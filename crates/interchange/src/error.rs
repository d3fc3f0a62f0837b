//! What goes wrong with a whole file.

use thiserror::Error;

use crate::Format;

/// Why a file could not be read or written. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InterchangeError {
    /// The file is larger than the limit.
    #[error("the file has {found} bytes, and at most {limit} are read: split it")]
    TooLarge {
        /// Its bytes.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// There is more of something than the limit allows.
    #[error("line {line}: more than {limit} {what}: split the file")]
    TooMany {
        /// The line where the limit is passed, from 1.
        line: u64,
        /// `nodes`, `links`, `elements within each other`.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The file is not well-formed.
    #[error("line {line}, column {column}: {reason}: have the file written again by the program that it comes from")]
    Malformed {
        /// The line, from 1.
        line: u64,
        /// The column in characters, from 1.
        column: u64,
        /// What is wrong.
        reason: String,
    },
    /// The file declares a document type, by which entities could be made to grow without end.
    #[error(
        "line {line}: the file declares a document type (<!DOCTYPE ...>), which is refused: take that declaration out"
    )]
    DocumentType {
        /// The line, from 1.
        line: u64,
    },
    /// The file has another format than was said.
    #[error("line {line}: this is not {format}: {reason}; choose the format that it has")]
    OtherFormat {
        /// The line, from 1.
        line: u64,
        /// The format that was said.
        format: &'static str,
        /// What there is instead.
        reason: String,
    },
    /// A workbook cannot be read.
    #[error(
        "the workbook cannot be read: {reason}; open it in a spreadsheet program and save it again, or save it as CSV"
    )]
    Workbook {
        /// What is wrong.
        reason: String,
    },
    /// A mapping speaks of what the table or the mapping does not have.
    #[error("the mapping names the {what} '{name}', and there is none: choose the mapping again for this table")]
    Mapping {
        /// `column`, `entity`.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// The format is read but not written.
    #[error("{} is only read: choose GraphML, GEXF, CSV or FollowTheMoney", .format.name())]
    OnlyRead {
        /// The format.
        format: Format,
    },
    /// The watch stopped it.
    #[error("reading was stopped")]
    Stopped,
    /// A value could not be written.
    #[error("the file could not be written: {reason}")]
    Write {
        /// Why.
        reason: String,
    },
}
