//! Ids: 128 random bits, written as 32 hexadecimal digits.
//!
//! Random and never time-ordered: an id that carries its time tells a receiver when, and in what volume, things were made.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// A 128-bit random id of the kind `K`; ids of different kinds do not mix.
pub struct Id<K> {
    bytes: [u8; 16],
    kind: PhantomData<fn() -> K>,
}

/// Text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not an id: 32 hexadecimal digits are expected")]
pub struct IdError(pub String);

impl<K> Id<K> {
    /// A new id from the operating system's random source.
    pub fn random() -> Self {
        Self::from_bytes(rand::random())
    }

    /// The id made of these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self { bytes, kind: PhantomData }
    }

    /// The id that follows from these parts: the first 16 bytes of a SHA-256 over each with its length in front. For what has to get the
    /// same id when it is met again; it tells nothing of the parts to somebody who cannot guess them.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest.finalize()).for_each(|(byte, made)| *byte = made);
        Self::from_bytes(bytes)
    }

    /// The 16 bytes of the id.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.bytes
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bytes.cmp(&other.bytes)
    }
}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.bytes))
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<K> FromStr for Id<K> {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| IdError(text.chars().take(40).collect()))?;
        Ok(Self::from_bytes(bytes))
    }
}
impl<K> TryFrom<&[u8]> for Id<K> {
    type Error = IdError;

    fn try_from(bytes: &[u8]) -> Result<Self, IdError> {
        let bytes = bytes.try_into().map_err(|_| IdError(format!("{} bytes", bytes.len())))?;
        Ok(Self::from_bytes(bytes))
    }
}
impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

macro_rules! kinds_of_id {
    ($($(#[$doc:meta])* $name:ident = $kind:ident;)*) => {$(
        #[doc(hidden)]
        pub enum $kind {}
        $(#[$doc])*
        pub type $name = Id<$kind>;
    )*};
}

kinds_of_id! {
    /// A workspace: one folder, one set of keys.
    WorkspaceId = WorkspaceKind;
    /// A case within a workspace.
    CaseId = CaseKind;
    /// One incarnation of a device: made anew when a workspace is created, or restored from a copy.
    DeviceId = DeviceKind;
    /// A stream of the log: one device incarnation in one compartment.
    StreamId = StreamKind;
    /// A group of operations that apply together or not at all.
    TransactionId = TransactionKind;
    /// The key of one operation's payload; destroying the key destroys the payload.
    PayloadKeyId = PayloadKeyKind;
    /// A document.
    DocumentId = DocumentKind;
    /// An encrypted file that holds a document's original bytes.
    BlobId = BlobKind;
    /// A saved search.
    SavedSearchId = SavedSearchKind;
    /// An entity, or a link: a link is an entity with two ends.
    EntityId = EntityKind;
    /// A statement.
    StatementId = StatementKind;
    /// A judgement that entities are one.
    MergeId = MergeKind;
    /// An identifier that was found and waits for a judgement.
    SuggestionId = SuggestionKind;
    /// A chart.
    ChartId = ChartKind;
    /// A style sheet.
    StyleSheetId = StyleSheetKind;
    /// A saved mapping of a table's columns.
    MappingId = MappingKind;
    /// A scheme: the concepts of one organisation.
    SchemeId = SchemeKind;
    /// A concept: a meaning at one organisation.
    ConceptId = ConceptKind;
    /// A term: a word in an organisation's use.
    TermId = TermKind;
    /// A mapping between concepts of two organisations.
    ConceptMappingId = ConceptMappingKind;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text() {
        let id = DocumentId::random();
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in ["", "zz", "0123", "00112233445566778899aabbccddeef", "éé112233445566778899aabbccddeeff"] {
            assert!(text.parse::<DocumentId>().is_err(), "{text:?} is not 32 hexadecimal digits");
        }
    }
}
