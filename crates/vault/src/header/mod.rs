//! The header: the one file of a workspace in the clear.
//!
//! It says how the workspace key is wrapped, and nothing else: no name, no person, no count of anything. The chain of keys is
//!
//! ```text
//! passphrase -- Argon2id --> P \
//!                               HKDF(P || D) --> KEK of the slot -- AES-256-GCM --> workspace key -- HKDF, named --> all other keys
//! device secret ---------> D   /
//! recovery key ------------------- HKDF ------> KEK of the slot -- AES-256-GCM --> workspace key
//! ```
//!
//! Changing a passphrase wraps the same workspace key anew; nothing is encrypted again. Damage is told from a wrong passphrase by a
//! plain checksum; a change by someone without the key (who can mend the checksum) by a MAC under the workspace key.

mod error;
mod hex_bytes;
mod kdf;
mod slot;
mod text;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use aws_lc_rs::{constant_time, digest};
use koplamp_model::WorkspaceId;
use serde::{Deserialize, Serialize};

pub use error::{HeaderError, UnlockError};
pub use kdf::{KdfLimits, KdfParameters};

use crate::attempts::AttemptsKey;
use crate::device_secret::DeviceSecret;
use crate::durable;
use crate::key::Key;
use crate::recovery_key::RecoveryKey;
use hex_bytes::HexBytes;
use slot::{PassphraseSlot, RecoverySlot, Slot};

const FORMAT: &str = "koplamp workspace";
const VERSION: u32 = 1;

/// A header has about 1.5 kB; what is larger is another file.
const LARGEST: u64 = 64 * 1024;

/// The header of a workspace: its ways in.
#[derive(Clone)]
pub struct Header {
    fields: Fields,
    mac: [u8; 32],
}

#[derive(Clone, Serialize, Deserialize)]
struct Fields {
    format: String,
    version: u32,
    workspace: WorkspaceId,
    generation: u64,
    attempts_key: HexBytes<32>,
    slots: Vec<Slot>,
}

impl Header {
    /// The header of a new workspace, not yet on disk, with the workspace key that it wraps and the recovery key to print.
    ///
    /// # Errors
    /// [`HeaderError::EmptyPassphrase`], or [`HeaderError::OutOfMemory`].
    pub fn create(
        passphrase: &str,
        device_secret: &DeviceSecret,
        parameters: KdfParameters,
    ) -> Result<(Self, Key, RecoveryKey), HeaderError> {
        let workspace = WorkspaceId::random();
        let key = Key::random();
        let recovery_key = RecoveryKey::random();
        let fields = Fields {
            format: FORMAT.to_owned(),
            version: VERSION,
            workspace,
            generation: 1,
            attempts_key: HexBytes(*AttemptsKey::of(&key).as_bytes()),
            slots: vec![
                Slot::Passphrase(passphrase_slot(workspace, &key, passphrase, device_secret, parameters)?),
                Slot::Recovery(RecoverySlot::new(workspace, &key, &recovery_key)),
            ],
        };
        let mac = mac(&fields, &key);
        Ok((Self { fields, mac }, key, recovery_key))
    }

    /// Reads a header, and checks that it is as it was written, as far as that can be told without a key.
    ///
    /// # Errors
    /// [`HeaderError::Damaged`], [`HeaderError::UnsupportedVersion`], or [`HeaderError::Io`].
    pub fn read(path: &Path) -> Result<Self, HeaderError> {
        let failed = |source| HeaderError::Io { action: "read", path: path.to_owned(), source };
        let mut bytes = Vec::new();
        File::open(path).and_then(|file| file.take(LARGEST).read_to_end(&mut bytes)).map_err(failed)?;
        let text = str::from_utf8(&bytes).map_err(|_| HeaderError::Damaged)?;
        Self::parse(text)
    }

    /// Whether a file says that it is a header, of any version, whole or damaged.
    pub(crate) fn is_one(path: &Path) -> bool {
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(LARGEST).read_to_end(&mut bytes));
        read.is_ok() && String::from_utf8_lossy(&bytes).contains(FORMAT)
    }

    fn parse(text: &str) -> Result<Self, HeaderError> {
        let (fields, mac) = text::parse(text)?;
        let header = Self { fields, mac };
        // One text for one header: no field is passed over, none stands twice, and the digest is that of the file.
        let bearable = header.passphrase_slots().all(|slot| slot.parameters.are_bearable());
        if header.to_text() != text || !bearable { Err(HeaderError::Damaged) } else { Ok(header) }
    }

    /// Writes the header in the place of the one at `path`, if any; durable when this returns.
    ///
    /// # Errors
    /// [`HeaderError::Io`]; what was there is there still.
    pub fn write(&self, path: &Path) -> Result<(), HeaderError> {
        durable::write_atomically(path, self.to_text().as_bytes()).map_err(|source| HeaderError::Io {
            action: "written",
            path: path.to_owned(),
            source,
        })
    }

    /// The workspace that this is the header of.
    pub fn workspace(&self) -> WorkspaceId {
        self.fields.workspace
    }

    /// Raised with each change.
    pub fn generation(&self) -> u64 {
        self.fields.generation
    }

    /// The key that failed attempts to open are sealed to.
    pub(crate) fn attempts_key(&self) -> AttemptsKey {
        AttemptsKey::from_bytes(self.fields.attempts_key.0)
    }

    /// SHA-256 of the file, for what has to know which header belongs to it.
    pub fn digest(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest::digest(&digest::SHA256, self.to_text().as_bytes()).as_ref());
        bytes
    }

    /// Whether the passphrase was set with this device secret.
    pub fn accepts_device_secret(&self, device_secret: &DeviceSecret) -> bool {
        self.passphrase_slots().any(|slot| slot.accepts(device_secret))
    }

    /// The workspace key, by passphrase and device secret.
    ///
    /// # Errors
    /// [`UnlockError`]: which of the two is wrong, or that the header was tampered with.
    pub fn unlock_with_passphrase(&self, passphrase: &str, device_secret: &DeviceSecret) -> Result<Key, UnlockError> {
        let mut slots = self.passphrase_slots();
        let slot = slots.next().ok_or(UnlockError::NoSuchSlot)?;
        self.checked(slot.open(self.fields.workspace, passphrase, device_secret)?)
    }

    /// The workspace key, by the recovery key.
    ///
    /// # Errors
    /// [`UnlockError::WrongRecoveryKey`], or that the header was tampered with.
    pub fn unlock_with_recovery_key(&self, recovery_key: &RecoveryKey) -> Result<Key, UnlockError> {
        let mut slots = self.fields.slots.iter().filter_map(|slot| match slot {
            Slot::Recovery(slot) => Some(slot),
            Slot::Passphrase(_) => None,
        });
        let slot = slots.next().ok_or(UnlockError::NoSuchSlot)?;
        self.checked(slot.open(self.fields.workspace, recovery_key)?)
    }

    /// Sets passphrase and device secret anew, with the parameters that there were. The old ones open no more once this is written.
    ///
    /// # Errors
    /// [`HeaderError::ForeignKey`], [`HeaderError::EmptyPassphrase`], or [`HeaderError::OutOfMemory`]; the header is then as it was.
    pub fn set_passphrase(
        &mut self,
        workspace_key: &Key,
        passphrase: &str,
        device_secret: &DeviceSecret,
    ) -> Result<(), HeaderError> {
        let parameters = self.passphrase_slots().next().map_or(KdfParameters::RECOMMENDED, |slot| slot.parameters);
        let workspace = self.fields.workspace;
        self.change(workspace_key, |slots| {
            let slot = passphrase_slot(workspace, workspace_key, passphrase, device_secret, parameters)?;
            slots.retain(|slot| !matches!(slot, Slot::Passphrase(_)));
            slots.insert(0, Slot::Passphrase(slot));
            Ok(())
        })
    }

    /// Makes a new recovery key. The old one opens no more once this is written.
    ///
    /// # Errors
    /// [`HeaderError::ForeignKey`]; the header is then as it was.
    pub fn set_recovery_key(&mut self, workspace_key: &Key) -> Result<RecoveryKey, HeaderError> {
        let recovery_key = RecoveryKey::random();
        let workspace = self.fields.workspace;
        self.change(workspace_key, |slots| {
            slots.retain(|slot| !matches!(slot, Slot::Recovery(_)));
            slots.push(Slot::Recovery(RecoverySlot::new(workspace, workspace_key, &recovery_key)));
            Ok(())
        })?;
        Ok(recovery_key)
    }

    fn change(
        &mut self,
        workspace_key: &Key,
        change: impl FnOnce(&mut Vec<Slot>) -> Result<(), HeaderError>,
    ) -> Result<(), HeaderError> {
        if !self.is_authentic(workspace_key) {
            return Err(HeaderError::ForeignKey);
        }
        let mut fields = self.fields.clone();
        change(&mut fields.slots)?;
        fields.generation = fields.generation.saturating_add(1);
        self.mac = mac(&fields, workspace_key);
        self.fields = fields;
        Ok(())
    }

    fn checked(&self, key: Key) -> Result<Key, UnlockError> {
        if self.is_authentic(&key) { Ok(key) } else { Err(UnlockError::Tampered) }
    }

    fn is_authentic(&self, key: &Key) -> bool {
        constant_time::verify_slices_are_equal(&mac(&self.fields, key), &self.mac).is_ok()
    }

    fn passphrase_slots(&self) -> impl Iterator<Item = &PassphraseSlot> {
        self.fields.slots.iter().filter_map(|slot| match slot {
            Slot::Passphrase(slot) => Some(slot),
            Slot::Recovery(_) => None,
        })
    }

    fn to_text(&self) -> String {
        text::whole(&text::body(&self.fields), &self.mac)
    }
}

fn mac(fields: &Fields, key: &Key) -> [u8; 32] {
    key.derive("koplamp/header/v1").mac(&[text::body(fields).as_bytes()])
}

fn passphrase_slot(
    workspace: WorkspaceId,
    key: &Key,
    passphrase: &str,
    device_secret: &DeviceSecret,
    parameters: KdfParameters,
) -> Result<PassphraseSlot, HeaderError> {
    if passphrase.is_empty() {
        return Err(HeaderError::EmptyPassphrase);
    }
    // Nothing but memory can fail where there is no key to be wrong.
    PassphraseSlot::new(workspace, key, passphrase, device_secret, parameters).map_err(|_| HeaderError::OutOfMemory)
}

#[cfg(test)]
mod tests;
