//! Keys: 256 random bits each, from which other keys are derived and with which small things are sealed.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::{constant_time, hkdf, hmac, rand};
use zeroize::Zeroizing;

use crate::memory::{KEY_LENGTH, KeyMemory};

/// Bytes that [`Key::seal`] adds: the nonce in front and the tag behind.
pub const SEAL_OVERHEAD: usize = NONCE_LEN + TAG_LENGTH;

/// Bytes of an AES-GCM tag.
pub(crate) const TAG_LENGTH: usize = 16;

/// Bytes that do not open: another key, other associated data, or not the bytes that were sealed. Which of these cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the sealed bytes do not open: they are damaged, or sealed with another key or for another place")]
pub struct OpenError;

/// A 256-bit key. Lives in memory that is wiped when dropped and kept out of swap and core dumps; cannot be cloned, printed or serialised.
pub struct Key(KeyMemory);

impl Key {
    /// A new key from the operating system's random source.
    pub fn random() -> Self {
        let mut memory = KeyMemory::new();
        fill_random(&mut *memory);
        Self(memory)
    }

    /// The key made of these bytes; the caller wipes its own copy.
    pub fn from_bytes(bytes: &[u8; KEY_LENGTH]) -> Self {
        let mut memory = KeyMemory::new();
        memory.copy_from_slice(bytes);
        Self(memory)
    }

    /// The key's bytes, for a library that needs them. A copy of them has to be wiped.
    pub fn expose(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }

    /// The key for one purpose, named by `context`, as `"koplamp/store/v1"`: HKDF-SHA256 (RFC 5869) with the context as info.
    /// Keys of different contexts tell nothing about each other nor about this key.
    pub fn derive(&self, context: &str) -> Key {
        Key::derive_from(&[], &[&self.0[..]], &[context.as_bytes()])
    }

    /// HKDF-SHA256 of the secrets one after another, with this salt; the info is the parts one after another.
    pub(crate) fn derive_from(salt: &[u8], secrets: &[&[u8]], info: &[&[u8]]) -> Key {
        let mut memory = KeyMemory::new();
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, salt);
        let extracted = match secrets {
            [secret] => salt.extract(secret),
            many => salt.extract(&Zeroizing::new(many.concat())),
        };
        extracted
            .expand(info, KeyLength)
            .and_then(|okm| okm.fill(&mut *memory))
            // HKDF-SHA256 gives up to 8,160 bytes, and the buffer has the length asked for.
            .expect("32 bytes of HKDF output are within its limit");
        Self(memory)
    }

    /// HMAC-SHA256 over the parts one after another. Use a key derived for this purpose, and parts that cannot run into each other.
    pub(crate) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &self.0[..]));
        parts.iter().for_each(|part| context.update(part));
        let mut mac = [0; 32];
        mac.copy_from_slice(context.sign().as_ref());
        mac
    }

    /// Seals `plaintext` with AES-256-GCM under a random 96-bit nonce, which is put in front. `aad` is authenticated, not kept:
    /// name in it the place that the sealed bytes belong to.
    ///
    /// Random nonces are safe for up to 2^32 messages a key (NIST SP 800-38D, 8.3). What is sealed more often takes a key for each
    /// message ([`Key::seal_once`]).
    pub fn seal(&self, aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        fill_random(&mut nonce);
        let mut sealed = Vec::with_capacity(plaintext.len() + SEAL_OVERHEAD);
        sealed.extend_from_slice(&nonce);
        self.seal_onto(&mut sealed, nonce, aad, plaintext);
        sealed
    }

    /// Opens what [`Key::seal`] made with the same `aad`.
    ///
    /// # Errors
    /// [`OpenError`] when the bytes are not authentic.
    pub fn open(&self, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(OpenError)?;
        self.open_with(*nonce, aad, sealed)
    }

    /// Seals `plaintext` under a new key that is used for nothing else, and gives both. The payload goes when its key is destroyed.
    pub fn seal_once(aad: &[u8], plaintext: &[u8]) -> (Key, Vec<u8>) {
        let key = Key::random();
        let sealed = key.seal_single(aad, plaintext);
        (key, sealed)
    }

    /// Seals the one and only message of this key, which is what makes a fixed nonce sound. [`Key::open_once`] opens it.
    pub(crate) fn seal_single(&self, aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
        let mut sealed = Vec::with_capacity(plaintext.len() + TAG_LENGTH);
        self.seal_onto(&mut sealed, [0; NONCE_LEN], aad, plaintext);
        sealed
    }

    /// Opens what [`Key::seal_once`] made with the same `aad`; `self` is the key that it gave.
    ///
    /// # Errors
    /// [`OpenError`] when the bytes are not authentic.
    pub fn open_once(&self, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        self.open_with([0; NONCE_LEN], aad, sealed)
    }

    /// The key, ready for AES-256-GCM. Its schedule lies outside the locked memory, and is wiped by the library when dropped.
    pub(crate) fn cipher(&self) -> LessSafeKey {
        let key = UnboundKey::new(&AES_256_GCM, &self.0[..]).expect("an AES-256 key has 32 bytes");
        LessSafeKey::new(key)
    }

    fn seal_onto(&self, sealed: &mut Vec<u8>, nonce: [u8; NONCE_LEN], aad: &[u8], plaintext: &[u8]) {
        let start = sealed.len();
        sealed.resize(start + plaintext.len() + TAG_LENGTH, 0);
        let (ciphertext, tag) = sealed[start..].split_at_mut(plaintext.len());
        self.cipher()
            .seal_out_of_place_scatter(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(aad),
                plaintext,
                ciphertext,
                &[],
                tag,
            )
            .expect("AES-GCM seals up to 64 GiB, and a slice of memory is shorter");
    }

    fn open_with(&self, nonce: [u8; NONCE_LEN], aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (ciphertext, tag) = sealed.split_last_chunk::<TAG_LENGTH>().ok_or(OpenError)?;
        let mut plaintext = Zeroizing::new(vec![0; ciphertext.len()]);
        self.cipher()
            .open_separate_gather(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(aad),
                ciphertext,
                tag,
                plaintext.as_mut_slice(),
            )
            .map_err(|_| OpenError)?;
        Ok(plaintext)
    }
}

impl PartialEq for Key {
    /// In constant time.
    fn eq(&self, other: &Self) -> bool {
        constant_time::verify_slices_are_equal(&self.0[..], &other.0[..]).is_ok()
    }
}

impl Eq for Key {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

struct KeyLength;

impl hkdf::KeyType for KeyLength {
    fn len(&self) -> usize {
        KEY_LENGTH
    }
}

/// Fills `bytes` from the operating system's random source.
///
/// # Panics
/// When the system has no randomness to give: nothing can be kept safely then.
pub(crate) fn fill_random(bytes: &mut [u8]) {
    rand::fill(bytes).expect("the operating system's random source works");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn derivation_is_that_of_rfc_5869() {
        // RFC 5869, appendix A.1, cut to 32 bytes of output.
        let salt: Vec<u8> = (0..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf";
        let key = Key::derive_from(&salt, &[&[0x0b; 22]], &[&info]);
        assert_eq!(hex::encode(key.expose()), expected);
        let in_parts = Key::derive_from(&salt, &[&[0x0b; 20], &[0x0b; 2]], &[&info[..3], &info[3..]]);
        assert!(in_parts == key);
    }

    #[test]
    fn codes_are_those_of_rfc_4231() {
        // RFC 4231, test case 6 needs a longer key; test case 2's key padded with zeros to the block size is the same HMAC key.
        let mut bytes = [0; KEY_LENGTH];
        bytes[..4].copy_from_slice(b"Jefe");
        let mac = Key::from_bytes(&bytes).mac(&[b"what do ya want ", b"for nothing?"]);
        assert_eq!(hex::encode(mac), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn contexts_give_different_keys() {
        let key = Key::random();
        assert!(key.derive("koplamp/store/v1") == key.derive("koplamp/store/v1"));
        assert!(key.derive("koplamp/store/v1") != key.derive("koplamp/blobs/v1"));
        assert!(key.derive("koplamp/store/v1") != Key::random().derive("koplamp/store/v1"));
        assert!(key.derive("") != key);
    }

    #[test]
    fn a_key_does_not_show() {
        let key = Key::from_bytes(&[0xab; KEY_LENGTH]);
        assert_eq!(format!("{key:?} {key:#?}"), "Key(..) Key(..)");
    }

    #[test]
    fn sealing_twice_gives_different_bytes() {
        let key = Key::random();
        assert_ne!(key.seal(b"", b"text"), key.seal(b"", b"text"));
        assert_ne!(Key::seal_once(b"", b"text").1, Key::seal_once(b"", b"text").1);
    }

    proptest! {
        #[test]
        fn sealed_bytes_open_unchanged_only(
            plaintext in prop::collection::vec(any::<u8>(), 0..200),
            aad in prop::collection::vec(any::<u8>(), 0..20),
            place in any::<prop::sample::Index>(),
            change in 1..=255u8,
        ) {
            let key = Key::random();
            let mut sealed = key.seal(&aad, &plaintext);
            prop_assert_eq!(sealed.len(), plaintext.len() + SEAL_OVERHEAD);
            prop_assert_eq!(&*key.open(&aad, &sealed).unwrap(), &plaintext);
            prop_assert!(key.open(b"other place", &sealed).is_err());
            prop_assert!(Key::random().open(&aad, &sealed).is_err());
            prop_assert!(key.open(&aad, &sealed[..place.index(sealed.len())]).is_err());
            let at = place.index(sealed.len());
            sealed[at] ^= change;
            prop_assert!(key.open(&aad, &sealed).is_err());

            let (key, mut sealed) = Key::seal_once(&aad, &plaintext);
            prop_assert_eq!(&*key.open_once(&aad, &sealed).unwrap(), &plaintext);
            prop_assert!(key.open_once(b"other place", &sealed).is_err());
            let at = place.index(sealed.len());
            sealed[at] ^= change;
            prop_assert!(key.open_once(&aad, &sealed).is_err());
        }
    }
}
