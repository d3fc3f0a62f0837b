//! Everything that Koplamp keeps at rest: keys, encrypted files, the database, the operation log.
//!
//! Every byte that Koplamp writes to disk passes through here, encrypted and authenticated, but for one small header that holds no secret.
//! This crate knows no kind of document, no query, no window. The lower half (keys, header, sealed files, blobs) knows no database;
//! the upper half (store, log, witness) knows no cipher; [`Vault`] composes them.

mod attempts;
mod blob;
mod device_secret;
mod durable;
mod error;
mod header;
mod key;
pub mod keychain;
mod log;
mod memory;
mod padding;
mod recovery_key;
mod sealed;
mod store;
mod vault;
mod witness;

pub use blob::Blobs;
pub use device_secret::{DeviceSecret, DeviceSecretError};
pub use error::VaultError;
pub use header::{Header, HeaderError, KdfLimits, KdfParameters, UnlockError};
pub use key::{Key, OpenError, SEAL_OVERHEAD};
pub use keychain::KeychainState;
pub use memory::{KEY_LENGTH, MemoryError, WipedBytes, harden_process, keys_are_locked};
pub use recovery_key::{RecoveryKey, RecoveryKeyError};
pub use sealed::{Damage, Lock, LockError, SealedError, SealedFile, SealedFolder, SealedWriter};
pub use store::{DocumentFilter, Fate, Merge, Reading};
pub use vault::{New, Vault, Way, is_workspace, lock_requested, request_lock};
