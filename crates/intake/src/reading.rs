//! What comes out of a document.

use koplamp_model::{Failure, Identifier, Kind, Page, Reason};

/// A document that was read, wholly or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What its bytes are.
    pub kind: Kind,
    /// The title that it gives itself.
    pub title: Option<String>,
    /// The author that it names.
    pub author: Option<String>,
    /// The date that it gives itself, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Its text, numbered from 1 without gaps.
    pub pages: Vec<Page>,
    /// The identifiers found on each page: as many lists as pages, each in the order of the text and without overlaps.
    pub identifiers: Vec<Vec<Identifier>>,
    /// Whether identifiers were left out because there are more than [`crate::identifiers::MAX_IDENTIFIERS`].
    pub identifiers_cut: bool,
    /// Documents inside it, one level deep; they are read by feeding them in again.
    pub attachments: Vec<Attachment>,
    /// Why it was not read wholly, when it was not.
    pub failure: Option<Failure>,
}

impl Reading {
    /// A reading of this kind with this text in it and nothing else.
    pub(crate) fn of_pages(kind: Kind, pages: Vec<Page>) -> Self {
        Self {
            kind,
            title: None,
            author: None,
            date: None,
            identifiers: vec![Vec::new(); pages.len()],
            pages,
            identifiers_cut: false,
            attachments: Vec::new(),
            failure: None,
        }
    }

    /// Whether any page holds a character that can be seen.
    pub fn has_text(&self) -> bool {
        self.pages.iter().any(|page| page.text.chars().any(|c| !c.is_whitespace()))
    }
}

/// A document inside a document: an attachment of a mail, a member of an archive.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name within the parent, with `/` between folders. For display only: it is no path on any disk, and holds no `..`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

// The bytes are a document's: they would flood a log and do not belong in one.
impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attachment").field("name", &self.name).field("size", &self.bytes.len()).finish()
    }
}

/// A document that could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", failure.message)]
pub struct Unread {
    /// What its bytes are, [`Kind::Unknown`] when that could not be told.
    pub kind: Kind,
    /// Why it was not read.
    pub failure: Failure,
}

impl Unread {
    /// A document of this kind that was not read, and why.
    pub fn new(kind: Kind, failure: Failure) -> Self {
        Self { kind, failure }
    }
}

/// A failure with this reason and message.
pub(crate) fn failure(reason: Reason, message: impl Into<String>) -> Failure {
    Failure { reason, message: message.into() }
}
