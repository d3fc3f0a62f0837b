//! The acts that the log records.
//!
//! An operation is what a person did, not what a machine derived from it: the text of a page is a projection. The state is the
//! fold of all operations in order; undoing is a transaction of its own, made of the opposite operations.

use serde::{Deserialize, Serialize};

use crate::{
    BlobId, ChartId, ChartSettings, ConceptId, ConceptMappingId, DocumentId, EntityId, Failure, GlossaryId,
    GlossaryRecord, IdentifierKind, Labels, Mapping, MappingId, MergeId, Placement, Recording, Review, SavedSearch,
    SavedSearchId, StatementId, StyleSheet, StyleSheetId, SuggestionId, TransactionId, Verdict,
};

/// One act of a person. Serialised with its kind as a tag; kinds of a newer version stay readable as [`Operation::Unknown`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Operation {
    /// The workspace was made.
    WorkspaceCreated {
        /// Its name.
        name: String,
        /// Code of the organisation that made it.
        organisation: String,
        /// Who made it.
        person: String,
    },
    /// A document came in.
    DocumentImported(Import),
    /// A document got other labels.
    DocumentLabelled {
        /// Which.
        document: DocumentId,
        /// The new labels, whole.
        labels: Labels,
    },
    /// A document got a title from a person; none gives it back the one it has of itself.
    DocumentRenamed {
        /// Which.
        document: DocumentId,
        /// The new title.
        title: Option<String>,
    },
    /// A document left the case. Its bytes stay until they are destroyed, which is another act.
    DocumentRemoved {
        /// Which.
        document: DocumentId,
    },
    /// A removed document came back.
    DocumentRestored {
        /// Which.
        document: DocumentId,
    },
    /// A search was kept.
    SearchSaved(SavedSearch),
    /// A kept search was dropped.
    SearchDropped {
        /// Which.
        search: SavedSearchId,
    },
    /// Facts were stated.
    Recorded(Recording),
    /// Statements were withdrawn: they are no longer part of the case.
    StatementsWithdrawn {
        /// Code of the organisation whose statements they are.
        organisation: String,
        /// Which.
        statements: Vec<StatementId>,
    },
    /// Withdrawn statements came back.
    StatementsRestored {
        /// Code of the organisation whose statements they are.
        organisation: String,
        /// Which.
        statements: Vec<StatementId>,
    },
    /// Entities were judged to be one. Nothing of them is rewritten, so that the judgement can be withdrawn exactly.
    EntitiesMerged {
        /// The judgement.
        merge: MergeId,
        /// The entities; the first is the one whose id stands for all.
        entities: Vec<EntityId>,
        /// Why, in the person's words or the words of the explanation.
        reason: String,
    },
    /// A judgement that entities are one was withdrawn.
    MergeWithdrawn {
        /// Which.
        merge: MergeId,
    },
    /// A withdrawn judgement that entities are one came back.
    MergeRestored {
        /// Which.
        merge: MergeId,
    },
    /// Two entities were judged not to be one (true), or that judgement was withdrawn (false).
    EntitiesDistinguished {
        /// One.
        one: EntityId,
        /// The other.
        other: EntityId,
        /// Whether they are distinct.
        distinct: bool,
    },
    /// A suggestion was judged; none takes the judgement back.
    SuggestionJudged {
        /// Which.
        suggestion: SuggestionId,
        /// The document that it was found in.
        document: DocumentId,
        /// What was said of it.
        verdict: Option<Verdict>,
    },
    /// A value is never suggested again, wherever it stands (true), or it is again (false).
    ValueIgnored {
        /// Of which kind.
        identifier: IdentifierKind,
        /// In its normal form.
        normal: String,
        /// Whether it is ignored.
        ignored: bool,
    },
    /// A chart was made, renamed, or shown differently.
    ChartSet {
        /// Which.
        chart: ChartId,
        /// What it is called.
        name: String,
        /// Of a snapshot: the chart that it shows as it was.
        snapshot_of: Option<ChartId>,
        /// How it is shown, whole.
        settings: Box<ChartSettings>,
    },
    /// A chart was dropped. What stood where on it stays, for the undoing.
    ChartDropped {
        /// Which.
        chart: ChartId,
    },
    /// Entities were put on a chart or moved, and others taken off it.
    ChartPlaced {
        /// Which.
        chart: ChartId,
        /// What stands where now.
        placed: Vec<Placement>,
        /// What is no longer on it.
        taken: Vec<EntityId>,
    },
    /// The way in which a table's columns become entities and links was kept.
    MappingSaved {
        /// Which.
        mapping: MappingId,
        /// What it is called.
        name: String,
        /// The mapping.
        columns: Mapping,
    },
    /// A saved mapping was dropped.
    MappingDropped {
        /// Which.
        mapping: MappingId,
    },
    /// The scheme by which sources and information are graded was chosen.
    GradingChosen {
        /// Its code.
        scheme: String,
    },
    /// A style sheet was made, or says something else now.
    StyleSheetSet {
        /// The sheet, whole.
        sheet: StyleSheet,
    },
    /// A style sheet was dropped.
    StyleSheetDropped {
        /// Which.
        sheet: StyleSheetId,
        /// Code of the organisation whose it is.
        organisation: String,
    },
    /// The style sheet of charts that name none was chosen; none takes the choice back.
    StyleSheetChosen {
        /// Which.
        sheet: Option<StyleSheetId>,
    },
    /// Records of the glossary were set, whole, and others dropped.
    GlossaryChanged {
        /// Code of the organisation whose glossary it is.
        organisation: String,
        /// What stands now.
        set: Vec<GlossaryRecord>,
        /// What is gone.
        dropped: Vec<GlossaryId>,
    },
    /// An organisation said what it thinks of a mapping; none takes it back.
    MappingReviewed {
        /// Which.
        mapping: ConceptMappingId,
        /// Code of the organisation that speaks.
        organisation: String,
        /// What it says.
        review: Option<Review>,
    },
    /// A person said which sense a word has where it stands; none takes it back.
    SenseFixed {
        /// The document.
        document: DocumentId,
        /// The page, from 1.
        page: u32,
        /// First character of the word in the page's text.
        start: u32,
        /// One past the last character.
        end: u32,
        /// The word as it stands there.
        quote: String,
        /// The sense.
        concept: Option<ConceptId>,
    },
    /// This act takes back another. The operations that do it follow in the same transaction.
    Undone {
        /// The act taken back.
        act: TransactionId,
    },
    /// This act does again what an undo took back.
    Redone {
        /// The act done again (the original one, not the undo).
        act: TransactionId,
    },
    /// This act takes back, for good, a long one that was broken off: what is half done is not offered to be done again. The operations
    /// that take it back follow in the same transaction.
    Abandoned {
        /// The act taken back.
        act: TransactionId,
    },
    /// Somebody opened, searched, read or exported: kept for the auditor, changes no state.
    Audited(Audit),
    /// A kind that this version does not know: kept and passed on.
    #[serde(other)]
    Unknown,
}

/// A document that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The new document.
    pub document: DocumentId,
    /// The document that it is an attachment or member of.
    pub parent: Option<DocumentId>,
    /// Where its original bytes lie. None when the file could not be taken in; then `failure` says why.
    pub blob: Option<BlobId>,
    /// SHA-256 of the original, in hexadecimal: binds the blob to the log. Empty when there is none.
    pub sha256: String,
    /// Size of the original in bytes.
    pub size: u64,
    /// The path under which it was imported; of an attachment, the parent's path, `/`, and its name.
    pub path: String,
    /// Its labels.
    pub labels: Labels,
    /// Why the file could not be taken in: too large, not readable, no plain file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// The acts that Directive (EU) 2016/680, article 25, wants logged; collection and alteration are the other operations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Audit {
    /// The workspace was opened.
    Opened {
        /// By which slot: `passphrase` or `recovery`.
        slot: String,
    },
    /// An attempt to open failed.
    OpenFailed {
        /// When: milliseconds since 1970 (UTC).
        at_millis: u64,
        /// Which check failed.
        reason: String,
    },
    /// A search was run.
    Searched {
        /// The query as typed.
        query: String,
        /// What it was narrowed to, as `field:value`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        filters: Vec<String>,
        /// Through whose eyes its words were read, and what was looked for beside them or put aside: a line each, of codes with tabs between. First the
        /// mode (`strict`, `bridge`, `warn`), the organisation, and `proposed` where that counts too; then `also`, `off`, `aside` or `unfolded` with the
        /// word, the term, its organisation and the number of documents.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        senses: Vec<String>,
        /// Number of documents found.
        total: u64,
    },
    /// A document was opened and read.
    Consulted {
        /// Which.
        document: DocumentId,
    },
    /// A document's original left the workspace.
    Exported {
        /// Which.
        document: DocumentId,
    },
    /// The statements of an entity were read.
    EntityConsulted {
        /// Which.
        entity: EntityId,
    },
    /// Data of several entities was brought together: a measure, a search for paths, a search for matches.
    Combined {
        /// What was done: `measures`, `paths`, `key_players`, `matches`.
        what: String,
        /// Over how many entities.
        entities: u64,
    },
    /// Entities or a chart left the workspace.
    Disclosed {
        /// In which form: `ftm`, `graphml`, `svg`.
        format: String,
        /// The chart, where it was one.
        chart: Option<ChartId>,
        /// How many entities and links.
        entities: u64,
    },
    /// A way in was changed: passphrase set anew, or recovery key used.
    KeysChanged {
        /// What was done.
        what: String,
    },
    /// The workspace was locked.
    Locked {
        /// `hand`, `idle` or `end`.
        cause: String,
    },
}
