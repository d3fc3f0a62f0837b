//! Documents and saved searches as the projections hold them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{DocumentId, Failure, Kind, Labels, SavedSearchId};

/// A document: what the log says of it, and what was read from its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Document {
    /// Its id.
    #[ts(type = "string")]
    pub id: DocumentId,
    /// The document that it is an attachment or member of.
    #[ts(type = "string | null")]
    pub parent: Option<DocumentId>,
    /// The path under which it was imported; of an attachment, the parent's path, `/`, and its name.
    pub path: String,
    /// What a person called it, else the title that it gives itself, else its file name.
    pub title: String,
    /// What its bytes are.
    pub kind: Kind,
    /// Size of the original in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// SHA-256 of the original, in hexadecimal. Empty when the file could not be taken in.
    pub sha256: String,
    /// Its labels.
    pub labels: Labels,
    /// The date that the document gives itself, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Number of pages of text.
    pub pages: u32,
    /// When it was imported: milliseconds since 1970 (UTC).
    #[ts(type = "number")]
    pub imported_at: u64,
    /// Why it was not read, or not wholly.
    pub failure: Option<Failure>,
}

/// A search that somebody kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SavedSearch {
    /// Its id.
    #[ts(type = "string")]
    pub id: SavedSearchId,
    /// What it is called.
    pub name: String,
    /// The query, in the query language.
    pub query: String,
}

impl Document {
    /// The last part of a path, whichever way its slashes lean: what a document is called when nobody named it.
    pub fn file_name(path: &str) -> &str {
        path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path)
    }
}
