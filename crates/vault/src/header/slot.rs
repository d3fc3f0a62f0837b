//! Slots: ways to the workspace key. Each wraps it under a key of its own, bound to the workspace and to all that the slot says.

use koplamp_model::WorkspaceId;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::hex_bytes::HexBytes;
use super::{KdfParameters, UnlockError};
use crate::device_secret::DeviceSecret;
use crate::key::{Key, SEAL_OVERHEAD};
use crate::memory::KEY_LENGTH;
use crate::recovery_key::RecoveryKey;

const PASSPHRASE: &[u8] = b"koplamp/slot/passphrase/v1\0";
const RECOVERY: &[u8] = b"koplamp/slot/recovery/v1\0";
const DEVICE_CHECK: &[u8] = b"koplamp/device-check/v1\0";

type WrappedKey = HexBytes<{ KEY_LENGTH + SEAL_OVERHEAD }>;

#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Slot {
    Passphrase(PassphraseSlot),
    Recovery(RecoverySlot),
}

/// Passphrase and device secret together.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct PassphraseSlot {
    id: HexBytes<16>,
    /// The function's name, for the reader of the file.
    kdf: Argon2id,
    pub(super) parameters: KdfParameters,
    salt: HexBytes<16>,
    /// Tells a wrong device secret from a wrong passphrase. It gives nothing away: the secret is 256 random bits, not to be guessed.
    device_check: HexBytes<16>,
    wrapped_key: WrappedKey,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Argon2id {
    Argon2id,
}

/// The recovery key.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct RecoverySlot {
    id: HexBytes<16>,
    wrapped_key: WrappedKey,
}

impl PassphraseSlot {
    pub(super) fn new(
        workspace: WorkspaceId,
        workspace_key: &Key,
        passphrase: &str,
        device_secret: &DeviceSecret,
        parameters: KdfParameters,
    ) -> Result<Self, UnlockError> {
        let id = HexBytes::random();
        let mut slot = Self {
            id,
            kdf: Argon2id::Argon2id,
            parameters,
            salt: HexBytes::random(),
            device_check: device_check(device_secret, &id),
            wrapped_key: HexBytes([0; _]),
        };
        let kek = slot.key_encryption_key(passphrase, device_secret)?;
        slot.wrapped_key = wrap(&kek, &slot.binding(workspace), workspace_key);
        Ok(slot)
    }

    pub(super) fn accepts(&self, device_secret: &DeviceSecret) -> bool {
        device_check(device_secret, &self.id) == self.device_check
    }

    pub(super) fn open(
        &self,
        workspace: WorkspaceId,
        passphrase: &str,
        device_secret: &DeviceSecret,
    ) -> Result<Key, UnlockError> {
        if !self.accepts(device_secret) {
            return Err(UnlockError::WrongDeviceSecret);
        }
        let kek = self.key_encryption_key(passphrase, device_secret)?;
        unwrap(&kek, &self.binding(workspace), &self.wrapped_key).ok_or(UnlockError::WrongPassphrase)
    }

    fn key_encryption_key(&self, passphrase: &str, device_secret: &DeviceSecret) -> Result<Key, UnlockError> {
        let stretched = self.parameters.stretch(passphrase, &self.salt.0)?;
        let secrets = [&stretched[..], device_secret.key().expose()];
        Ok(Key::derive_from(&[], &secrets, &[PASSPHRASE, &self.id.0]))
    }

    fn binding(&self, workspace: WorkspaceId) -> Vec<u8> {
        let parameters = self.parameters.to_bytes();
        [PASSPHRASE, workspace.as_bytes(), &self.id.0, &parameters, &self.salt.0, &self.device_check.0].concat()
    }
}

impl RecoverySlot {
    pub(super) fn new(workspace: WorkspaceId, workspace_key: &Key, recovery_key: &RecoveryKey) -> Self {
        let mut slot = Self { id: HexBytes::random(), wrapped_key: HexBytes([0; _]) };
        slot.wrapped_key = wrap(&slot.key_encryption_key(recovery_key), &slot.binding(workspace), workspace_key);
        slot
    }

    pub(super) fn open(&self, workspace: WorkspaceId, recovery_key: &RecoveryKey) -> Result<Key, UnlockError> {
        let kek = self.key_encryption_key(recovery_key);
        unwrap(&kek, &self.binding(workspace), &self.wrapped_key).ok_or(UnlockError::WrongRecoveryKey)
    }

    fn key_encryption_key(&self, recovery_key: &RecoveryKey) -> Key {
        Key::derive_from(&[], &[recovery_key.key().expose()], &[RECOVERY, &self.id.0])
    }

    fn binding(&self, workspace: WorkspaceId) -> Vec<u8> {
        [RECOVERY, workspace.as_bytes(), &self.id.0].concat()
    }
}

fn device_check(device_secret: &DeviceSecret, slot: &HexBytes<16>) -> HexBytes<16> {
    let check = Key::derive_from(&[], &[device_secret.key().expose()], &[DEVICE_CHECK, &slot.0]);
    HexBytes(std::array::from_fn(|place| check.expose()[place]))
}

fn wrap(kek: &Key, binding: &[u8], workspace_key: &Key) -> WrappedKey {
    let mut wrapped = HexBytes([0; _]);
    wrapped.0.copy_from_slice(&kek.seal(binding, workspace_key.expose()));
    wrapped
}

fn unwrap(kek: &Key, binding: &[u8], wrapped: &WrappedKey) -> Option<Key> {
    let key: Zeroizing<Vec<u8>> = kek.open(binding, &wrapped.0).ok()?;
    Some(Key::from_bytes(key.as_slice().try_into().ok()?))
}
