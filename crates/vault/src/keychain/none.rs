//! Systems whose keychain the program does not use yet: there is none, and the user is told so.

use koplamp_model::WorkspaceId;

use super::{Entry, KeychainState};

pub(super) fn entries(_: WorkspaceId) -> Result<Vec<Entry>, KeychainState> {
    Err(KeychainState::Absent)
}

pub(super) fn keep(_: WorkspaceId, _: &str) -> Result<(), KeychainState> {
    Err(KeychainState::Absent)
}

pub(super) fn forget(_: WorkspaceId) -> Result<(), KeychainState> {
    Err(KeychainState::Absent)
}
