//! The use cases of Koplamp: one method an act of the user. It composes the rooms and adds nothing of its own.
//!
//! Synchronous and thread-safe. Long work takes a [`Job`], which carries progress one way and pause and cancel the other. This crate
//! knows no window, no command line and no format; it opens no file for writing, because only the vault does.

mod codes;
mod documents;
mod error;
mod health;
mod import;
mod index;
mod job;
mod keys;
mod report;
mod search;
mod workspace;

pub use codes::codes;
pub use error::{ErrorCode, WorkspaceError};
pub use import::{ImportRequest, Selected, select};
pub use job::{Job, JobId};
pub use keys::{DeviceSecretSource, KeychainView, SHORTEST_PASSPHRASE, keychain};
pub use report::{
    DocumentList, DocumentView, FailedFile, Found, Health, Hit, ImportProgress, ImportReport, ImportedDocument,
    LogPage, Notice, Summary,
};
pub use workspace::{Created, NewWorkspace, Unlock, Workspace, lock_requested, request_lock};

pub use koplamp_intake::Worker;
pub use koplamp_search::{Facets, Filters};
pub use koplamp_vault::{DocumentFilter, KdfParameters, KeychainState, harden_process};
