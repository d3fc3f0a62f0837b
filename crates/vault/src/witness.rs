//! The witness: a small sealed file beside the database that remembers how far the database was.
//!
//! SQLCipher tells a damaged page from a whole one, but not today's database from last week's, nor a write-ahead log that was cut short.
//! After each commit the witness is written anew with the number of commits and the heads of all streams. A database with fewer commits
//! than its witness saw is an old copy. One with more is a crash between the two writes, or an old witness: both harmless.
//! Putting back database and witness together is not noticed by them; the search index notices that, as long as it is not put back, too.

use std::collections::BTreeMap;
use std::path::Path;

use koplamp_model::{StreamId, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::log::Heads;
use crate::{Key, VaultError, durable};

const FILE: &str = "witness";
const CONTEXT: &str = "koplamp/witness/v1";

/// What the witness saw last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Seen {
    pub(crate) counter: u64,
    pub(crate) heads: Heads,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    counter: u64,
    heads: BTreeMap<StreamId, (u64, String)>,
}

/// Writes and reads the witness of one workspace.
pub(crate) struct Witness {
    path: std::path::PathBuf,
    key: Key,
    place: Vec<u8>,
}

impl Witness {
    pub(crate) fn new(folder: &Path, workspace: WorkspaceId, workspace_key: &Key) -> Self {
        let place = [CONTEXT.as_bytes(), workspace.as_bytes()].concat();
        Self { path: folder.join(FILE), key: workspace_key.derive(CONTEXT), place }
    }

    pub(crate) fn write(&self, seen: &Seen) -> Result<(), VaultError> {
        let heads = seen.heads.iter().map(|(id, (length, head))| (*id, (*length, hex::encode(head)))).collect();
        let stored = serde_json::to_vec(&Stored { counter: seen.counter, heads })
            .map_err(|error| VaultError::Internal(error.to_string()))?;
        durable::write_atomically(&self.path, &self.key.seal(&self.place, &stored))
            .map_err(|source| VaultError::io("note that the act was kept in", &self.path, source))
    }

    /// What it saw, or why it cannot be trusted. It is replaced in one step, so a crash never makes it disappear.
    pub(crate) fn read(&self) -> Result<Seen, VaultError> {
        let doubt = |detail: &str| VaultError::RolledBack { part: "the file 'witness'", detail: detail.to_owned() };
        let sealed = match std::fs::read(&self.path) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(doubt("it is gone")),
            Err(error) => return Err(VaultError::io("read", &self.path, error)),
        };
        let plain = self.key.open(&self.place, &sealed).map_err(|_| doubt("it is damaged"))?;
        let stored: Stored = serde_json::from_slice(&plain).map_err(|_| doubt("it cannot be read"))?;
        let mut heads = Heads::new();
        for (id, (length, digits)) in stored.heads {
            let mut head = [0; 32];
            hex::decode_to_slice(&digits, &mut head).map_err(|_| doubt("it cannot be read"))?;
            heads.insert(id, (length, head));
        }
        Ok(Seen { counter: stored.counter, heads })
    }
}
