//! Code lists: organisations, purposes, markings. They differ by organisation and by year, so they are data with a version.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One code and its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Code {
    /// What is stored and searched.
    pub code: String,
    /// Dutch name.
    pub nl: String,
    /// English name.
    pub en: String,
    /// Rank of a marking: a higher one is stricter. 0 where the list has no order.
    #[serde(default)]
    pub rank: u8,
}

/// A list of codes with the version that stands in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CodeList {
    /// The date of the list, `YYYY-MM-DD`.
    pub version: String,
    /// The codes, in the order in which they are shown.
    pub codes: Vec<Code>,
}

impl CodeList {
    /// Whether the list has this code.
    pub fn contains(&self, code: &str) -> bool {
        self.codes.iter().any(|entry| entry.code == code)
    }
}

/// The code lists of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Codes {
    /// The organisations of the partnership.
    pub organisations: CodeList,
    /// What material may be used for.
    pub purposes: CodeList,
    /// How far material may travel.
    pub markings: CodeList,
}

impl Codes {
    /// The code of the organisation that this text is, or names.
    ///
    /// # Errors
    /// When it is empty, or cannot be a code.
    pub fn organisation(&self, text: &str) -> Result<String, crate::LabelError> {
        crate::labels::code("organisation", text, &self.organisations)
    }
}
