use std::io;
use std::path::PathBuf;

/// A header that could not be read, written, or changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderError {
    /// The file is not what was written.
    #[error("the header of the workspace is damaged; put a copy of it back")]
    Damaged,
    /// The file was written by a newer version of the program.
    #[error(
        "the header of the workspace has format version {version}, which this version of the program does not know"
    )]
    UnsupportedVersion {
        /// The version found.
        version: u32,
    },
    /// A passphrase that is none.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// A change was asked for with the key of another workspace.
    #[error("the key is not that of this workspace")]
    ForeignKey,
    /// There is not enough memory to make a key of the passphrase.
    #[error("there is not enough free memory to make a key of the passphrase")]
    OutOfMemory,
    /// The system refused.
    #[error("the header {path} could not be {action}: {source}")]
    Io {
        /// What was tried: "read" or "written".
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

/// Why a workspace was not unlocked. Nothing on disk has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnlockError {
    /// The device secret is right, the passphrase is not.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The device secret is not the one that the passphrase was set with.
    #[error(
        "the device secret is not the one that this workspace was locked with; use that device or stick, or the recovery key"
    )]
    WrongDeviceSecret,
    /// The recovery key is well-formed, but of another workspace, or was replaced.
    #[error("the recovery key is not, or no longer, one of this workspace")]
    WrongRecoveryKey,
    /// The header has no such way in.
    #[error("the workspace cannot be opened in this way: its header has no such slot")]
    NoSuchSlot,
    /// The key is right, but someone without it has changed the header.
    #[error("the header of the workspace was changed by someone without its key; put a copy of it back")]
    Tampered,
    /// There is not enough memory to make a key of the passphrase.
    #[error("there is not enough free memory to make a key of the passphrase")]
    OutOfMemory,
}

impl UnlockError {
    /// A short name that does not change, for logs and for the window's texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongPassphrase => "wrong_passphrase",
            Self::WrongDeviceSecret => "wrong_device_secret",
            Self::WrongRecoveryKey => "wrong_recovery_key",
            Self::NoSuchSlot => "no_such_slot",
            Self::Tampered => "tampered",
            Self::OutOfMemory => "out_of_memory",
        }
    }
}
