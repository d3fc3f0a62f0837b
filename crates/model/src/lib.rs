//! What things are in Koplamp: ids, labels, documents, passages, operations.
//!
//! Every room stands on this crate, and what two rooms share is a type here. It stands on nothing: it reads no file, asks no
//! clock, and knows neither database nor window.

mod act;
mod codes;
mod document;
mod failure;
mod hlc;
mod id;
mod kind;
mod labels;
mod operation;
mod text;

pub use act::{Act, ActKind, BrokenEntry, Change, LogCheck, LogEntry};
pub use codes::{Code, CodeList, Codes};
pub use document::{Document, SavedSearch};
pub use failure::{Failure, Reason};
pub use hlc::{Clock, Timestamp};
pub use id::{
    BlobId, CaseId, DeviceId, DocumentId, Id, IdError, PayloadKeyId, SavedSearchId, StreamId, TransactionId,
    WorkspaceId,
};
pub use kind::Kind;
pub use labels::{LabelError, Labels};
pub use operation::{Audit, Import, Operation};
pub use text::{Page, Passage};
