//! What things are in Koplamp: ids, labels, documents, passages, operations.
//!
//! Every room stands on this crate, and what two rooms share is a type here. It stands on nothing: it reads no file, asks no
//! clock, and knows neither database nor window.

mod act;
mod chart;
mod codes;
mod digits;
mod document;
mod exchange;
mod failure;
mod glossary;
mod hlc;
mod id;
mod kind;
mod labels;
mod network;
mod operation;
mod refusal;
mod scene;
mod schema;
mod statement;
mod style;
mod suggestion;
mod text;

pub use act::{Act, ActKind, BrokenEntry, Change, LogCheck, LogEntry};
pub use chart::{
    Chart, ChartFilter, ChartNote, ChartSettings, EntityFlag, Group, Parallel, Placement, SavedFilter, StyleRule,
};
pub use codes::{Code, CodeList, Codes};
pub use digits::modulo_97;
pub use document::{Document, SavedSearch};
pub use exchange::{
    Draft, DraftValue, Exchange, MappedEntity, MappedLink, MappedProperty, Mapping, Position, Reversal,
};
pub use failure::{Failure, Reason};
pub use glossary::{
    Because, Compound, Concept, ConceptAt, ConceptMapping, ConceptStatus, FixedSense, Folded, FoldedWhy, Glossary,
    GlossaryId, GlossaryRecord, Justification, MappingStatus, RejectedRow, Relation, Review, ReviewVerdict, RowRefusal,
    Scheme, Sense, SenseBasis, SenseMark, SenseMode, Term, TermExpansion, TermKind, Violation, Words,
};
pub use hlc::{Clock, Timestamp};
pub use id::{
    BlobId, CaseId, ChartId, ConceptId, ConceptMappingId, DeviceId, DocumentId, EntityId, Id, IdError, MappingId,
    MergeId, PayloadKeyId, SavedSearchId, SchemeId, StatementId, StreamId, StyleSheetId, SuggestionId, TermId,
    TransactionId, WorkspaceId,
};
pub use kind::Kind;
pub use labels::{LabelError, Labels};
pub use network::{Link, Network, Node};
pub use operation::{Audit, Import, Operation};
pub use refusal::{Refusal, Rejected};
pub use scene::{LegendEntry, Scene, SceneFlag, SceneFrame, SceneLink, SceneNode, SceneNote};
pub use schema::{Ends, EntityType, Flag, PHOTO, Property, PropertyKind, Schema, Shape, TYPE};
pub use statement::{
    Entity, Evidence, Fact, GradeCode, GradingList, GradingScheme, Recording, Standing, Statement, Value,
};
pub use style::{
    LAST_PLACE, Line, MAX_SHEET_NAME, MAX_STYLES, Paint, Rgb, SheetChoice, StyleError, StyleSheet, TypeStyle, WIDTHS,
};
pub use suggestion::{Identifier, IdentifierKind, Suggestion, Verdict};
pub use text::{Page, Passage};
