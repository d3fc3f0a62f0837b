//! The text of a document, and places in it.
//!
//! All offsets count Unicode scalar values ("characters") within one page, from 0, the end exclusive: bytes would tie them to
//! an encoding, and UTF-16 units to one language of the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A page of a document's text: a page of a PDF, a sheet of a workbook, a part of a mail. A kind without pages has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Page {
    /// From 1, without gaps.
    pub number: u32,
    /// What the document itself calls the page, where it does: a sheet's name, a printed page number.
    pub label: Option<String>,
    /// The text; lines end with `\n`.
    pub text: String,
}

/// A passage: what a hit shows and what evidence rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Passage {
    /// The page, from 1.
    pub page: u32,
    /// First character of the passage in the page's text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The characters `start..end` of the page's text, unchanged.
    pub quote: String,
    /// What matched: `[start, end]` pairs in the page's text (not in the quote), in order, within the passage.
    pub highlights: Vec<(u32, u32)>,
}
