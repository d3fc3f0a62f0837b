//! The second factor: where the device secret is kept, and in what state the system's keychain is.

use std::path::{Path, PathBuf};

use koplamp_model::WorkspaceId;
use koplamp_vault::{DeviceSecret, Header, KeychainState, Vault, VaultError, keychain as system};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::WorkspaceError;

/// Shortest passphrase, in characters (NIST SP 800-63B, 3.1.1). The device secret is what a thief of the folder lacks; this is what a
/// thief of both has to guess.
pub const SHORTEST_PASSPHRASE: usize = 8;

/// Where the device secret is kept. Never one for lack of the other: the user says which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceSecretSource {
    /// In the system's keychain.
    Keychain,
    /// In a file, on a stick for instance.
    File(PathBuf),
}

/// The keychain's state with regard to a workspace, for the opening screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, rename = "Keychain")]
pub struct KeychainView {
    /// The state.
    pub state: KeychainState,
    /// Whether a device-secret file was named on the command line.
    pub file: bool,
}

/// The keychain's state with regard to the workspace in `folder`; without one, whether there is a keychain that a new workspace can use.
///
/// # Errors
/// When there is no workspace, or its header is damaged.
pub fn keychain(folder: Option<&Path>) -> Result<KeychainState, WorkspaceError> {
    let Some(folder) = folder else { return Ok(system::state()) };
    let header = Vault::header(folder)?;
    Ok(system::look_up(&header).0)
}

pub(crate) fn check_passphrase(passphrase: &str) -> Result<(), WorkspaceError> {
    if passphrase.chars().count() < SHORTEST_PASSPHRASE {
        return Err(WorkspaceError::WeakPassphrase(SHORTEST_PASSPHRASE));
    }
    Ok(())
}

/// The secret of an existing workspace.
pub(crate) fn find_secret(source: &DeviceSecretSource, header: &Header) -> Result<DeviceSecret, WorkspaceError> {
    match source {
        DeviceSecretSource::File(path) => Ok(DeviceSecret::read_file(path).map_err(VaultError::from)?),
        DeviceSecretSource::Keychain => match system::look_up(header) {
            (KeychainState::Ok, Some(secret)) => Ok(secret),
            (state, _) => Err(WorkspaceError::Keychain(state)),
        },
    }
}

/// A secret for a workspace that gets one: the one in the file if it is there, else a new one.
pub(crate) fn new_secret(source: &DeviceSecretSource) -> Result<DeviceSecret, WorkspaceError> {
    match source {
        DeviceSecretSource::File(path) => Ok(DeviceSecret::read_or_create_file(path).map_err(VaultError::from)?),
        DeviceSecretSource::Keychain => Ok(DeviceSecret::random()),
    }
}

/// Puts a new secret where it is looked for; a file has it already.
pub(crate) fn keep_secret(
    source: &DeviceSecretSource,
    workspace: WorkspaceId,
    secret: &DeviceSecret,
) -> Result<(), WorkspaceError> {
    match source {
        DeviceSecretSource::File(_) => Ok(()),
        DeviceSecretSource::Keychain => system::store(workspace, secret).map_err(WorkspaceError::Keychain),
    }
}
