//! The kinds of document that intake tells apart.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a document is, as its bytes show (not its name's ending).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Kind {
    /// Plain text in any encoding.
    Txt,
    /// Markdown.
    Md,
    /// A web page.
    Html,
    /// Portable Document Format.
    Pdf,
    /// Word (Office Open XML).
    Docx,
    /// A mail message (RFC 5322).
    Eml,
    /// A table as text.
    Csv,
    /// A ZIP archive.
    Zip,
    /// A picture.
    Image,
    /// Not recognised, or not read yet.
    Unknown,
}

impl Kind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Pdf,
        Self::Docx,
        Self::Eml,
        Self::Html,
        Self::Txt,
        Self::Md,
        Self::Csv,
        Self::Zip,
        Self::Image,
        Self::Unknown,
    ];

    /// The code under which the kind is stored and searched.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Txt => "txt",
            Self::Md => "md",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Eml => "eml",
            Self::Csv => "csv",
            Self::Zip => "zip",
            Self::Image => "image",
            Self::Unknown => "unknown",
        }
    }

    /// The kind of this code; a code that is not known is [`Kind::Unknown`].
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.code() == code).unwrap_or(Self::Unknown)
    }
}
