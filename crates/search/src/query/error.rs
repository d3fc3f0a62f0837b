//! What is wrong with a query, where, and how to mend it.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is wrong, from a closed list: the window has a text in the user's language for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum QueryErrorCode {
    /// Nothing was asked.
    Empty,
    /// Longer than a query may be.
    TooLong,
    /// More parentheses within parentheses, or more words, than are read.
    TooDeep,
    /// A quotation mark without its other half.
    UnclosedQuote,
    /// An opening parenthesis without its other half.
    UnclosedParenthesis,
    /// A closing parenthesis that was never opened.
    UnopenedParenthesis,
    /// Parentheses with nothing in them.
    EmptyParentheses,
    /// An operator with nothing before it.
    NothingBefore,
    /// An operator with nothing after it.
    NothingAfter,
    /// A field that does not exist.
    UnknownField,
    /// A field without a value.
    NoValue,
    /// A date that cannot be read, or does not exist.
    BadDate,
    /// A range that ends before it begins.
    ReversedRange,
    /// A form of search that the field does not have.
    NotForField,
    /// Neither a letter nor a digit.
    NoWord,
    /// A wildcard where it cannot stand.
    BadWildcard,
    /// A number after `~` that cannot be, or `~` where it cannot stand.
    BadTilde,
    /// Something that the query language does not have.
    NotSupported,
}

/// A query that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, TS)]
#[error("{message} (at character {})", .at.start + 1)]
#[ts(export)]
pub struct QueryError {
    /// What is wrong.
    pub code: QueryErrorCode,
    /// What is wrong and how to mend it, in English.
    pub message: String,
    /// The place in the query: characters (Unicode scalar values) from 0, the end exclusive.
    #[ts(type = "{ start: number, end: number }")]
    pub at: Range<usize>,
    /// The part of the query that it is about.
    pub subject: String,
    /// What may have been meant.
    pub suggestions: Vec<String>,
}
