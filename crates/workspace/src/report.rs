//! What acts report back: the state of a workspace, the course of an import, the hits of a search, its health.

use koplamp_model::{Act, Document, DocumentId, Folded, Kind, LogEntry, Passage, Reason, TermExpansion};
use koplamp_search::Facets;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What stands at the edges of the window: name, counts, what can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Summary {
    /// The workspace's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Code of the organisation that works in it.
    pub organisation: String,
    /// Who works in it.
    pub person: String,
    /// Its folder.
    pub path: String,
    /// Documents in the case.
    pub documents: u32,
    /// Documents among them that were not read, or not wholly.
    pub failures: u32,
    /// The strictest marking among the documents; the banner shows it.
    pub marking: Option<String>,
    /// What undo would take back.
    pub undo: Option<Act>,
    /// What redo would do again.
    pub redo: Option<Act>,
    /// Things the user must know since opening: an index rebuilt, failed attempts to open.
    pub notices: Vec<Notice>,
}

/// Something that the user is told once after opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "notice", rename_all = "snake_case")]
#[ts(export)]
pub enum Notice {
    /// The search index was not usable and has been made anew.
    IndexRebuilt {
        /// Why.
        reason: String,
    },
    /// Somebody tried to open the workspace and failed.
    FailedAttempts {
        /// How often since the last time it was open.
        count: u32,
    },
    /// The last import was broken off: by a crash, or because the workspace was locked.
    ImportInterrupted {
        /// Files that it was about.
        total: u32,
    },
    /// The import of another program's file was broken off, and what there was of it has been taken back.
    ExchangeInterrupted {
        /// What the file is called.
        name: String,
    },
}

/// How far an import is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImportProgress {
    /// Files done, of whatever outcome.
    pub done: u32,
    /// Files found so far.
    pub total: u32,
    /// Files among them that were not read.
    pub failed: u32,
    /// Files a second over the last few seconds.
    pub rate: f64,
    /// Seconds left at this rate; none as long as it cannot be told.
    pub seconds_left: Option<f64>,
    /// Name of the file being read.
    pub current: String,
    /// Whether it is paused.
    pub paused: bool,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImportReport {
    /// Documents taken in, attachments and members among them.
    pub imported: u32,
    /// Files that were there already: same bytes, same organisation, same path.
    pub unchanged: u32,
    /// Files among them that are marked more strictly now, as this import asks.
    pub raised: u32,
    /// Files among them that were marked more strictly than this import asks, and stay so.
    pub stricter: Vec<KeptMarking>,
    /// Files that were not read, or not wholly.
    pub failed: Vec<FailedFile>,
    /// The documents taken in.
    pub documents: Vec<ImportedDocument>,
    /// Whether it was cancelled before the end; what was taken in before stays.
    pub cancelled: bool,
}

/// A document that was there already under a stricter marking than it was delivered with now. Labelling it is what lowers that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KeptMarking {
    /// The document.
    #[ts(type = "string")]
    pub document: DocumentId,
    /// Its path.
    pub path: String,
    /// Code of the marking that it keeps.
    pub marking: String,
}

/// A document taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImportedDocument {
    /// Its id.
    #[ts(type = "string")]
    pub id: DocumentId,
    /// Path of the file; of an attachment, the parent's path, `/`, and its name.
    pub path: String,
    /// What its bytes are.
    pub kind: Kind,
}

/// A line of the failure list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FailedFile {
    /// The document, where its bytes were taken in all the same.
    #[ts(type = "string | null")]
    pub document: Option<DocumentId>,
    /// Path of the file.
    pub path: String,
    /// Why.
    pub reason: Reason,
    /// What went wrong.
    pub message: String,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Found {
    /// Documents that match.
    #[ts(type = "number")]
    pub total: u64,
    /// The best of them.
    pub hits: Vec<Hit>,
    /// Counts by organisation, kind and year, where asked for.
    pub facets: Option<Facets>,
    /// What was looked for beside the words as typed, and what was switched off.
    pub expansions: Vec<TermExpansion>,
    /// Senses whose hits were put aside, with their number; none where a search puts nothing aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub folded: Option<Vec<Folded>>,
}

/// A document that matches, with the passages that do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Hit {
    /// The document.
    #[ts(type = "string")]
    pub document: DocumentId,
    /// Path under which it was imported.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Code of its organisation.
    pub organisation: String,
    /// Code of its marking.
    pub marking: Option<String>,
    /// Its kind.
    pub kind: Kind,
    /// Its own date, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Relevance (BM25): higher is better, comparable within one search only.
    pub score: f32,
    /// Where it matches.
    pub passages: Vec<Passage>,
}

/// The result of an examination of the whole workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Health {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// SHA-256 over the case as a person sees it, in hexadecimal: equal states have equal digests.
    pub state_digest: String,
    /// What is wrong, each with what to do.
    pub problems: Vec<String>,
}

/// Documents of the case, some of them, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DocumentList {
    /// How many there are in all.
    pub total: u32,
    /// Those asked for.
    pub documents: Vec<Document>,
}

/// A document as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DocumentView {
    /// The document.
    pub document: Document,
    /// The document that it is an attachment or member of.
    pub parent: Option<Document>,
    /// Its attachments or members.
    pub children: Vec<Document>,
    /// Everything in it that the query matches, in reading order.
    pub matches: Vec<Passage>,
}

/// Lines of the log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LogPage {
    /// The lines.
    pub entries: Vec<LogEntry>,
    /// Where to go on; none at the beginning of the log.
    #[ts(type = "number | null")]
    pub next: Option<u64>,
}
