//! The header of an operation: a fixed row of bytes, so that what is signed and hashed is never encoded twice.
//!
//! | bytes | field |
//! |---|---|
//! | 1 | format, 1 |
//! | 16 | stream |
//! | 8 | sequence number in the stream, from 0, big-endian |
//! | 32 | SHA-256 of the previous header of the stream; zeros for the first |
//! | 8 | hybrid logical clock, big-endian |
//! | 16 | transaction |
//! | 4 | operations in the transaction, big-endian |
//! | 32 | SHA-256 of the encrypted payload |
//! | 4 | its length in bytes, after padding, big-endian |
//! | 16 | payload key |
//! | 16 | label set; zeros when the operation is under none |
//! | 64 | Ed25519 signature (RFC 8032) over the domain and all of the above |

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use koplamp_model::{PayloadKeyId, StreamId, Timestamp, TransactionId};
use sha2::{Digest, Sha256};

/// Sets these signatures apart from every other kind that the same key makes.
const DOMAIN: &[u8] = b"koplamp/operation/v1\0";
const FORMAT: u8 = 1;
const SIGNED: usize = 1 + 16 + 8 + 32 + 8 + 16 + 4 + 32 + 4 + 16 + 16;
const LENGTH: usize = SIGNED + 64;

/// The fields of a header. See the module for their encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) stream: StreamId,
    pub(crate) sequence: u64,
    pub(crate) previous: [u8; 32],
    pub(crate) stamp: Timestamp,
    pub(crate) transaction: TransactionId,
    pub(crate) transaction_size: u32,
    pub(crate) payload_hash: [u8; 32],
    pub(crate) payload_length: u32,
    pub(crate) payload_key: PayloadKeyId,
    pub(crate) label_set: [u8; 16],
}

impl Header {
    /// The bytes, signed.
    pub(crate) fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.push(FORMAT);
        bytes.extend_from_slice(self.stream.as_bytes());
        bytes.extend_from_slice(&self.sequence.to_be_bytes());
        bytes.extend_from_slice(&self.previous);
        bytes.extend_from_slice(&self.stamp.0.to_be_bytes());
        bytes.extend_from_slice(self.transaction.as_bytes());
        bytes.extend_from_slice(&self.transaction_size.to_be_bytes());
        bytes.extend_from_slice(&self.payload_hash);
        bytes.extend_from_slice(&self.payload_length.to_be_bytes());
        bytes.extend_from_slice(self.payload_key.as_bytes());
        bytes.extend_from_slice(&self.label_set);
        let signature = key.sign(&[DOMAIN, &bytes].concat());
        bytes.extend_from_slice(&signature.to_bytes());
        bytes
    }

    /// The fields of these bytes; none when they are not a header.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != LENGTH {
            return None;
        }
        let mut rest = bytes;
        let [format] = take(&mut rest)?;
        if format != FORMAT {
            return None;
        }
        Some(Self {
            stream: StreamId::from_bytes(take(&mut rest)?),
            sequence: u64::from_be_bytes(take(&mut rest)?),
            previous: take(&mut rest)?,
            stamp: Timestamp(u64::from_be_bytes(take(&mut rest)?)),
            transaction: TransactionId::from_bytes(take(&mut rest)?),
            transaction_size: u32::from_be_bytes(take(&mut rest)?),
            payload_hash: take(&mut rest)?,
            payload_length: u32::from_be_bytes(take(&mut rest)?),
            payload_key: PayloadKeyId::from_bytes(take(&mut rest)?),
            label_set: take(&mut rest)?,
        })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*first)
}

/// Whether these header bytes carry a good signature of this key. Strict: one signature, one encoding.
pub(crate) fn signature_holds(bytes: &[u8], key: &VerifyingKey) -> bool {
    match bytes.split_last_chunk::<64>() {
        Some((signed, signature)) => {
            key.verify_strict(&[DOMAIN, signed].concat(), &Signature::from_bytes(signature)).is_ok()
        }
        None => false,
    }
}

/// What the next header of the stream calls `previous`.
pub(crate) fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The first eight hexadecimal digits of the signature, for a line of the log view.
pub(crate) fn signature_prefix(bytes: &[u8]) -> String {
    bytes.get(SIGNED..SIGNED + 4).map(hex::encode).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn example() -> Header {
        Header {
            stream: StreamId::from_bytes([1; 16]),
            sequence: 7,
            previous: [2; 32],
            stamp: Timestamp(3),
            transaction: TransactionId::from_bytes([4; 16]),
            transaction_size: 5,
            payload_hash: [6; 32],
            payload_length: 512,
            payload_key: PayloadKeyId::from_bytes([8; 16]),
            label_set: [9; 16],
        }
    }

    #[test]
    fn a_header_survives_its_bytes_and_its_signature_holds() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let bytes = example().sign(&key);
        assert_eq!(Header::parse(&bytes), Some(example()));
        assert!(signature_holds(&bytes, &key.verifying_key()));
    }

    #[test]
    fn every_flipped_bit_breaks_the_signature() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let bytes = example().sign(&key);
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(!signature_holds(&flipped, &key.verifying_key()), "bit {bit} is not covered");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = Header::parse(&bytes);
            let _ = signature_prefix(&bytes);
        }
    }
}
