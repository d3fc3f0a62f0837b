//! Why a record of another program's file was left out: a closed list, each with what it is about, so that a window says it in its own words.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

/// Why a record, or one value of it, was left out. Words of the file in it are at most 80 characters each. Displayed it is a sentence in
/// English, for programs and the command line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, Error)]
#[serde(tag = "code", rename_all = "snake_case")]
#[ts(export)]
#[allow(missing_docs, reason = "the sentences say what the fields are")]
pub enum Refusal {
    #[error("{found} cells, and there are {columns} columns")]
    Cells { found: u32, columns: u32 },
    #[error("column '{column}': '{cell}' is not a date")]
    NotADate { column: String, cell: String },
    #[error("column '{column}': '{cell}' is not an amount")]
    NotAnAmount { column: String, cell: String },
    #[error("column '{column}': '{cell}' is not a number")]
    NotANumber { column: String, cell: String },
    #[error("column '{column}': '{cell}' is a time without its date")]
    TimeWithoutDate { column: String, cell: String },
    #[error("the key of the {kind} is empty")]
    NoKey { kind: String },
    #[error("the {kind} has no beginning: '{columns}' of the {entity} is empty")]
    NoBeginning { kind: String, columns: String, entity: String },
    #[error("the {kind} has no end: '{columns}' of the {entity} is empty")]
    NoEnd { kind: String, columns: String, entity: String },
    #[error("'{key}' joins others here than on row {row}")]
    JoinsOthers { key: String, row: u32 },
    #[error("a cell of more than {limit} characters")]
    CellTooLong { limit: u32 },
    #[error("'{key}' has more than {limit} values")]
    TooManyValues { key: String, limit: u32 },
    #[error("its id or type has more than {limit} characters")]
    IdTooLong { limit: u32 },
    #[error("'{property}' of '{key}' has a value of more than {limit} characters")]
    ValueTooLong { property: String, key: String, limit: u32 },
    #[error("'{key}' is there already (line {first})")]
    Double { key: String, first: u32 },
    #[error("link '{id}' from '{from}' to '{to}' is there already")]
    DoubleLink { id: String, from: String, to: String },
    #[error("link from '{from}' to '{to}': there is no '{missing}'")]
    NoSuchEnd { from: String, to: String, missing: String },
    #[error("link '{key}': there is no '{missing}'")]
    NoSuchEndOf { key: String, missing: String },
    #[error("{property} of '{key}' left out: there is no '{missing}'")]
    NoSuchEntity { property: String, key: String, missing: String },
    #[error("node '{key}' stands at ({x}, {y}), which is no place")]
    NoPlace { key: String, x: String, y: String },
    #[error("'{key}' has the weight '{cell}', which is not a number")]
    Weight { key: String, cell: String },
    #[error("{property} of '{key}' left out: '{cell}' is not a number")]
    ValueNotANumber { property: String, key: String, cell: String },
    #[error("{property} of '{key}' left out: '{cell}' is not a date")]
    ValueNotADate { property: String, key: String, cell: String },
    #[error("a value of {property} of '{key}' left out: it is neither words nor a number")]
    ValueNotWords { property: String, key: String },
    #[error("an entity without id")]
    EntityWithoutId,
    #[error("a link without source or target")]
    LinkWithoutEnds,
    #[error("a hyperedge, which joins any number of nodes, has no place in a chart")]
    Hyperedge,
    #[error("this is not an entity: a JSON object with id, schema and properties")]
    NotAnEntity,
    #[error("entity '{key}' has no schema")]
    NoSchema { key: String },
    #[error("the properties of '{key}' are not an object")]
    PropertiesNotAnObject { key: String },
    #[error("'{key}' is a {kind} here and a {other} on line {first}, and neither is a kind of the other")]
    OtherKind { key: String, kind: String, other: String, first: u32 },
    #[error(
        "'{key}' is a {kind} here and was a {other} in what this source said before, and neither is a kind of the other"
    )]
    KnownAs { key: String, kind: String, other: String },
    #[error("'{key}' ends ({to}) before it begins ({from})")]
    PeriodBackward { key: String, from: String, to: String },
    #[error("link '{key}' joins the link '{end}': a link joins entities")]
    LinkEnd { key: String, end: String },
}

/// A record that was left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Rejected {
    /// The line or row, from 1.
    #[ts(type = "number")]
    pub line: u64,
    /// What is wrong with it, in English.
    pub reason: String,
    /// The same, for whoever says it otherwise.
    pub why: Refusal,
}

impl Rejected {
    /// The record of this line, left out for this.
    pub fn new(line: u64, why: Refusal) -> Self {
        Self { line, reason: why.to_string(), why }
    }
}
