//! The payload of an operation: JSON, padded and encrypted under a key of its own.

use std::collections::BTreeMap;

use koplamp_model::{Operation, StreamId, TransactionId};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{Key, VaultError, padding};

/// What an operation says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// The act that the operation belongs to, named by the act's first transaction: a long import is many transactions and one act.
    pub(crate) act: TransactionId,
    /// Who did it.
    pub(crate) person: String,
    /// What the author had seen: the length of each stream that was known. An overwrite that knew is told from one that did not.
    pub(crate) base: BTreeMap<StreamId, u64>,
    /// What was done.
    pub(crate) operation: Operation,
}

impl Payload {
    /// The payload encrypted under a fresh key, and that key. `place` is authenticated with it.
    pub(crate) fn seal(&self, place: &[u8]) -> Result<(Key, Vec<u8>), VaultError> {
        let json = Zeroizing::new(serde_json::to_vec(self).map_err(|error| VaultError::Internal(error.to_string()))?);
        // JSON may be followed by white space: the padding needs no length of its own.
        let mut padded = Zeroizing::new(vec![b' '; padding::padded_length(json.len().max(256))]);
        padded[..json.len()].copy_from_slice(&json);
        Ok(Key::seal_once(place, &padded))
    }

    /// The payload that these bytes hold, or why it cannot be had.
    pub(crate) fn open(key: &Key, place: &[u8], sealed: &[u8]) -> Result<Self, String> {
        let plain = key.open_once(place, sealed).map_err(|_| "its payload does not decrypt".to_owned())?;
        serde_json::from_slice(&plain).map_err(|error| format!("its payload cannot be read: {error}"))
    }
}

/// What a payload is bound to: the place in its stream.
pub(crate) fn place(stream: StreamId, sequence: u64) -> Vec<u8> {
    [b"koplamp/payload/v1\0".as_slice(), stream.as_bytes(), &sequence.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_of_a_newer_version_is_kept_as_unknown() {
        let json = r#"{"act":"00000000000000000000000000000001","person":"p","base":{},"operation":{"kind":"teleported","to":"x"}}"#;
        let payload: Payload = serde_json::from_str(json).unwrap();
        assert_eq!(payload.operation, Operation::Unknown);
    }

    #[test]
    fn a_payload_opens_in_its_place_only() {
        let payload = Payload {
            act: TransactionId::from_bytes([1; 16]),
            person: "p".into(),
            base: BTreeMap::new(),
            operation: Operation::Unknown,
        };
        let stream = StreamId::from_bytes([2; 16]);
        let (key, sealed) = payload.seal(&place(stream, 3)).unwrap();
        assert_eq!(Payload::open(&key, &place(stream, 3), &sealed), Ok(payload));
        assert!(Payload::open(&key, &place(stream, 4), &sealed).is_err(), "moved to another place in the stream");
    }
}
