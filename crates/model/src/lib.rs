//! What things are in Koplamp: ids, labels, documents, passages, operations.
//!
//! Every room stands on this crate, and what two rooms share is a type here. It stands on nothing: it reads no file, asks no
//! clock, and knows neither database nor window.

mod act;
mod chart;
mod codes;
mod document;
mod exchange;
mod failure;
mod hlc;
mod id;
mod kind;
mod labels;
mod network;
mod operation;
mod scene;
mod schema;
mod statement;
mod suggestion;
mod text;

pub use act::{Act, ActKind, BrokenEntry, Change, LogCheck, LogEntry};
pub use chart::{Chart, ChartFilter, ChartNote, ChartSettings, Group, Parallel, Placement, SavedFilter, StyleRule};
pub use codes::{Code, CodeList, Codes};
pub use document::{Document, SavedSearch};
pub use exchange::{
    Draft, DraftValue, Exchange, MappedEntity, MappedLink, MappedProperty, Mapping, Position, Rejected, Reversal,
};
pub use failure::{Failure, Reason};
pub use hlc::{Clock, Timestamp};
pub use id::{
    BlobId, CaseId, ChartId, DeviceId, DocumentId, EntityId, Id, IdError, MappingId, MergeId, PayloadKeyId,
    SavedSearchId, StatementId, StreamId, SuggestionId, TransactionId, WorkspaceId,
};
pub use kind::Kind;
pub use labels::{LabelError, Labels};
pub use network::{Link, Network, Node};
pub use operation::{Audit, Import, Operation};
pub use scene::{LegendEntry, Scene, SceneFrame, SceneLink, SceneNode, SceneNote};
pub use schema::{Ends, EntityType, Property, PropertyKind, Schema, Shape, TYPE};
pub use statement::{
    Entity, Evidence, Fact, GradeCode, GradingList, GradingScheme, Recording, Standing, Statement, Value,
};
pub use suggestion::{Identifier, IdentifierKind, Suggestion, Verdict};
pub use text::{Page, Passage};
