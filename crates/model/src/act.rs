//! What a person did, as the window and the command line show it: for undo, redo and the log view.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ChartId, DocumentId, EntityId, TransactionId};

/// The kinds of act; the window has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ActKind {
    /// The workspace was made.
    WorkspaceCreated,
    /// Documents came in.
    DocumentsImported,
    /// Documents got other labels.
    DocumentsLabelled,
    /// A document was renamed.
    DocumentRenamed,
    /// Documents were removed.
    DocumentsRemoved,
    /// Documents came back.
    DocumentsRestored,
    /// A search was kept.
    SearchSaved,
    /// A kept search was dropped.
    SearchDropped,
    /// Facts were stated.
    FactsRecorded,
    /// Statements were withdrawn.
    StatementsWithdrawn,
    /// Withdrawn statements came back.
    StatementsRestored,
    /// Entities were judged to be one.
    EntitiesMerged,
    /// A judgement that entities are one was withdrawn.
    MergeWithdrawn,
    /// Entities were judged not to be one.
    EntitiesDistinguished,
    /// Suggestions were accepted.
    SuggestionsAccepted,
    /// Suggestions were rejected.
    SuggestionsRejected,
    /// A value is never suggested again.
    ValueIgnored,
    /// A chart was made, renamed, or shown differently.
    ChartSet,
    /// A chart was dropped.
    ChartDropped,
    /// Entities were put on a chart, moved, or taken off it.
    ChartPlaced,
    /// A mapping of a table was kept.
    MappingSaved,
    /// A mapping of a table was dropped.
    MappingDropped,
    /// The grading scheme was chosen.
    GradingChosen,
    /// A style sheet was made or changed.
    StyleSheetSet,
    /// A style sheet was dropped.
    StyleSheetDropped,
    /// The style sheet of the workspace was chosen.
    StyleSheetChosen,
    /// Records of the glossary were set or dropped.
    GlossaryChanged,
    /// An organisation said what it thinks of a mapping between concepts.
    MappingReviewed,
    /// A person said which sense a word has where it stands.
    SenseFixed,
    /// An act was undone.
    Undone,
    /// An act was redone.
    Redone,
    /// A long act that was broken off was taken back, for good.
    Abandoned,
    /// The workspace was opened.
    Opened,
    /// An attempt to open it failed.
    OpenFailed,
    /// A search was run.
    Searched,
    /// A document was read.
    Consulted,
    /// An original left the workspace.
    Exported,
    /// The statements of an entity were read.
    EntityConsulted,
    /// Data of several entities was brought together.
    Combined,
    /// Entities or a chart left the workspace.
    Disclosed,
    /// Passphrase or recovery key changed.
    KeysChanged,
    /// The workspace was locked.
    Locked,
    /// An act of a newer version.
    Unknown,
}

/// One act in one line: one transaction of the log, or the several that a long act (an import) is kept in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Act {
    /// The act's first transaction, which names the act.
    #[ts(type = "string")]
    pub transaction: TransactionId,
    /// What was done.
    pub kind: ActKind,
    /// To how many things.
    pub count: u32,
    /// To what, where it is one thing: a title, a query, a name.
    pub subject: Option<String>,
    /// When: milliseconds since 1970 (UTC), as the device's clock claimed.
    #[ts(type = "number")]
    pub at: u64,
}

/// What an act changed, so that a window refreshes what it shows and never guesses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Change {
    /// The act.
    pub act: Act,
    /// The documents that changed, came or went.
    #[ts(type = "string[]")]
    pub documents: Vec<DocumentId>,
    /// Whether the saved searches changed.
    pub searches: bool,
    /// The entities of which something was stated, withdrawn or judged.
    #[ts(type = "string[]")]
    pub entities: Vec<EntityId>,
    /// The charts that changed, came or went.
    #[ts(type = "string[]")]
    pub charts: Vec<ChartId>,
    /// Whether the suggestions changed.
    pub suggestions: bool,
    /// Whether the style sheets, or which of them is chosen, changed.
    pub styles: bool,
    /// Whether the glossary, or a sense that a person fixed, changed.
    pub glossary: bool,
}

/// A line of the log view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LogEntry {
    /// The act.
    pub act: Act,
    /// Who, as the workspace knows the person.
    pub person: String,
    /// The compartment: an organisation's code, or `audit`.
    pub compartment: String,
    /// The stream.
    pub stream: String,
    /// Sequence number of the transaction's first operation in its stream.
    #[ts(type = "number")]
    pub sequence: u64,
    /// The signature's first eight hexadecimal digits.
    pub signature: String,
}

/// The result of checking the whole log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LogCheck {
    /// Whether every entry is as it was written.
    pub ok: bool,
    /// Entries checked.
    #[ts(type = "number")]
    pub entries: u64,
    /// The first broken entry, and what is wrong with it.
    pub broken: Option<BrokenEntry>,
}

/// An entry of the log that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BrokenEntry {
    /// The stream.
    pub stream: String,
    /// Its sequence number.
    #[ts(type = "number")]
    pub sequence: u64,
    /// What is wrong.
    pub message: String,
}
