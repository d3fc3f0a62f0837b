//! Failed attempts to open a workspace, kept until someone succeeds.
//!
//! They happen when no key is there, and still have to reach the log. So each is sealed to a public key in the header, whose private
//! half is derived from the workspace key: an ephemeral X25519 key agrees with it, and HKDF of the shared secret gives a key for this
//! one record. Records have one size. Nobody reads them without the workspace key; but whoever can write to the folder can add and
//! remove some: they are a hint, not a proof.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use aws_lc_rs::agreement::{PrivateKey, UnparsedPublicKey, X25519, agree};

use crate::header::Header;
use crate::key::{Key, TAG_LENGTH};
use crate::{VaultError, durable};

const CONTEXT: &[u8] = b"koplamp/attempt/v1\0";
const PUBLIC: usize = 32;
const REASON: usize = 24;
const RECORD: usize = PUBLIC + 8 + REASON + TAG_LENGTH;

/// When the file has as many records (800 kB), the next attempt takes the place of the last one.
const MOST: u64 = 10_000;

/// The public key that attempts are sealed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AttemptsKey([u8; PUBLIC]);

/// A failed attempt to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attempt {
    at_millis: u64,
    reason: String,
}

impl Attempt {
    /// When, by the device's clock: milliseconds since 1970 (UTC). 0 when the record does not open.
    pub(crate) fn at_millis(&self) -> u64 {
        self.at_millis
    }

    /// The reason that was given, or "unreadable".
    pub(crate) fn reason(&self) -> String {
        self.reason.clone()
    }
}

impl AttemptsKey {
    /// The public half of the key that belongs to this workspace key.
    pub(crate) fn of(workspace_key: &Key) -> Self {
        Self(public_half(&private_half(workspace_key)))
    }

    pub(crate) const fn from_bytes(bytes: [u8; PUBLIC]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; PUBLIC] {
        &self.0
    }
}

/// Adds a failed attempt to the file at `path`; `reason` is kept up to 24 bytes.
pub(crate) fn record(path: &Path, header: &Header, reason: &str, at_millis: u64) -> Result<(), VaultError> {
    let record = seal(header.attempts_key(), reason, at_millis)
        .ok_or_else(|| VaultError::Internal("a failed attempt could not be sealed".into()))?;
    append(path, &record).map_err(|source| VaultError::io("write", path, source))
}

/// All attempts in the file at `path`, oldest first. Call [`clear`] once they are in the log.
pub(crate) fn take(path: &Path, workspace_key: &Key) -> Result<Vec<Attempt>, VaultError> {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(MOST * RECORD as u64).read_to_end(&mut bytes)) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(VaultError::io("read", path, error)),
    }
    let private = private_half(workspace_key);
    let public = AttemptsKey(public_half(&private));
    let unreadable = || Attempt { at_millis: 0, reason: "unreadable".to_owned() };
    // Half a record, from a crash or a change of the file, counts as one that does not open.
    Ok(bytes.chunks(RECORD).map(|record| open(&private, public, record).unwrap_or_else(unreadable)).collect())
}

/// Forgets the attempts in the file at `path`, durably.
pub(crate) fn clear(path: &Path) -> Result<(), VaultError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => {
            removed.and_then(|()| durable::sync_parent(path)).map_err(|source| VaultError::io("remove", path, source))
        }
    }
}

fn append(path: &Path, record: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    // Two programs may fail at the same moment. The lock goes with the file.
    file.lock()?;
    // What a crash left of a record is written over.
    let records = (file.metadata()?.len() / RECORD as u64).min(MOST - 1);
    file.seek(SeekFrom::Start(records * RECORD as u64))?;
    file.write_all(record)?;
    file.sync_all()
}

fn seal(recipient: AttemptsKey, reason: &str, at_millis: u64) -> Option<Vec<u8>> {
    let ephemeral = PrivateKey::generate(&X25519).ok()?;
    let public = public_half(&ephemeral);
    let key = agreed_key(&ephemeral, &recipient.0, &public, &recipient.0)?;
    let mut plain = [0; 8 + REASON];
    plain[..8].copy_from_slice(&at_millis.to_le_bytes());
    for (place, byte) in plain[8..].iter_mut().zip(reason.bytes()) {
        *place = byte;
    }
    Some([&public[..], &key.seal_single(&[], &plain)].concat())
}

fn open(private: &PrivateKey, recipient: AttemptsKey, record: &[u8]) -> Option<Attempt> {
    let (ephemeral, sealed) = record.split_first_chunk::<PUBLIC>()?;
    let key = agreed_key(private, ephemeral, ephemeral, &recipient.0)?;
    let plain = key.open_once(&[], sealed).ok()?;
    let (at_millis, reason) = plain.split_first_chunk::<8>()?;
    let reason: Vec<u8> = reason.iter().copied().take_while(|byte| *byte != 0).collect();
    Some(Attempt { at_millis: u64::from_le_bytes(*at_millis), reason: String::from_utf8_lossy(&reason).into_owned() })
}

/// The key of one record, from the secret that the two keys share and both public halves.
fn agreed_key(
    mine: &PrivateKey,
    theirs: &[u8; PUBLIC],
    ephemeral: &[u8; PUBLIC],
    recipient: &[u8; PUBLIC],
) -> Option<Key> {
    agree(mine, UnparsedPublicKey::new(&X25519, theirs), (), |shared| {
        Ok(Key::derive_from(&[], &[shared], &[CONTEXT, ephemeral, recipient]))
    })
    .ok()
}

fn private_half(workspace_key: &Key) -> PrivateKey {
    let key = workspace_key.derive("koplamp/attempts/v1");
    PrivateKey::from_private_key(&X25519, key.expose()).expect("any 32 bytes are an X25519 private key")
}

fn public_half(private: &PrivateKey) -> [u8; PUBLIC] {
    let public = private.compute_public_key().expect("an X25519 private key has a public half");
    let mut bytes = [0; PUBLIC];
    bytes.copy_from_slice(public.as_ref());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device_secret::DeviceSecret;
    use crate::header::KdfParameters;
    use proptest::prelude::*;

    fn header() -> (Header, Key) {
        let (header, key, _) =
            Header::create("passphrase", &DeviceSecret::random(), KdfParameters::weak_for_tests()).unwrap();
        (header, key)
    }

    #[test]
    fn attempts_come_back_in_order_and_go_when_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("attempts");
        let (header, key) = header();
        assert_eq!(take(&path, &key).unwrap(), []);
        clear(&path).unwrap();
        for (at, reason) in
            [(1, "wrong_passphrase"), (u64::MAX, "wrong_device_secret"), (3, "a reason that is far too long")]
        {
            record(&path, &header, reason, at).unwrap();
        }
        let taken = take(&path, &key).unwrap();
        let taken: Vec<_> = taken.iter().map(|attempt| (attempt.at_millis(), attempt.reason())).collect();
        assert_eq!(
            taken,
            [
                (1, "wrong_passphrase".to_owned()),
                (u64::MAX, "wrong_device_secret".to_owned()),
                (3, "a reason that is far too".to_owned())
            ]
        );
        assert_eq!(fs::metadata(&path).unwrap().len(), 3 * RECORD as u64);
        clear(&path).unwrap();
        assert_eq!(take(&path, &key).unwrap(), []);
    }

    #[test]
    fn nothing_shows_and_another_key_reads_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("attempts");
        let (header, _) = header();
        record(&path, &header, "wrong_passphrase", 1).unwrap();
        record(&path, &header, "wrong_passphrase", 1).unwrap();
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(5).any(|window| window == b"wrong"));
        assert_ne!(bytes[..RECORD], bytes[RECORD..]);
        let taken = take(&path, &Key::random()).unwrap();
        assert!(taken.iter().all(|attempt| attempt.reason() == "unreadable" && attempt.at_millis() == 0));
    }

    #[test]
    fn half_a_record_is_told_and_then_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("attempts");
        let (header, key) = header();
        record(&path, &header, "one", 1).unwrap();
        record(&path, &header, "two", 2).unwrap();
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..RECORD + 20]).unwrap();
        assert_eq!(take(&path, &key).unwrap()[1].reason(), "unreadable");
        record(&path, &header, "three", 3).unwrap();
        let reasons: Vec<String> = take(&path, &key).unwrap().iter().map(Attempt::reason).collect();
        assert_eq!(reasons, ["one", "three"]);
    }

    #[test]
    fn the_file_stops_growing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("attempts");
        let (header, key) = header();
        fs::write(&path, vec![0; MOST as usize * RECORD]).unwrap();
        record(&path, &header, "newest", 9).unwrap();
        record(&path, &header, "newer still", 10).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), MOST * RECORD as u64);
        let taken = take(&path, &key).unwrap();
        assert_eq!(taken.len() as u64, MOST);
        assert_eq!(taken.last().unwrap().reason(), "newer still");
    }

    proptest! {
        #[test]
        fn a_changed_record_does_not_open(place in 0..RECORD, change in 1..=255u8) {
            let (header, key) = header();
            let mut record = seal(header.attempts_key(), "wrong_passphrase", 5).unwrap();
            let (private, public) = (private_half(&key), header.attempts_key());
            prop_assert_eq!(open(&private, public, &record).unwrap().at_millis, 5);
            record[place] ^= change;
            // X25519 ignores the topmost bit of a public key, so the record's key must depend on its bytes.
            prop_assert_eq!(open(&private, public, &record), None);
        }
    }
}
