//! Files that an earlier build wrote must open for ever. A new format gets files of its own beside these; these are never made anew.
//! When they were made, they were also read by another implementation (Python's `cryptography` and `argon2-cffi`), written after the
//! descriptions of the formats.

use std::path::{Path, PathBuf};

use koplamp_model::BlobId;
use koplamp_vault::{Blobs, DeviceSecret, Header, Key, RecoveryKey, SealedFolder};

fn formats() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

/// The key of the folders: bytes 0 to 31.
fn folder_key() -> Key {
    Key::from_bytes(&std::array::from_fn(|place| place as u8))
}

#[test]
fn the_header_of_version_1_opens_both_ways() {
    let header = Header::read(&formats().join("header-1")).unwrap();
    let secret = DeviceSecret::read_file(&formats().join("device-secret-1")).unwrap();
    let typed = "570QC-9VTDT-F2521-HHGCW-VVW7F-02ENK-ENEMC-ZQG4P-24B16-7PY8H-N5JW2-47J5X-J7DGR";
    let recovery_key = RecoveryKey::parse(typed).unwrap();
    assert_eq!(recovery_key.to_text().as_str(), typed);
    // Sealed with the workspace key when the header was made.
    let sealed = "f9bc2269f22b76d212466340b398ecc1b0d09926d84d1113c9d14cbdcc3dfa147d361fbf3e8dbb2ecb5588f5af8ee7ea49e53b6fad58ebb28f";
    let sealed = hex::decode(sealed).unwrap();
    let keys = [
        header.unlock_with_passphrase("zes koude kikkers, één slöt", &secret).unwrap(),
        header.unlock_with_recovery_key(&recovery_key).unwrap(),
    ];
    for key in keys {
        assert_eq!(key.open(b"golden", &sealed).unwrap().as_slice(), b"opened with the workspace key");
    }
}

#[test]
fn sealed_files_of_version_1_open() {
    let folder = SealedFolder::open(&formats().join("sealed-1"), &folder_key()).unwrap();
    let counted: Vec<u8> = (0..20_000).map(|place| (place * 7 % 251) as u8).collect();
    // "flushed" was made readable after 10,000 bytes, and then written on.
    for (name, content) in [("empty", &[][..]), ("two pages", &counted[..16_384]), ("flushed", &counted)] {
        let file = folder.read(name).unwrap();
        assert!(*file.read_range(0..file.len()).unwrap() == *content, "{name}");
    }
    assert!(folder.verify(["empty", "two pages", "flushed"]).is_empty());
}

#[test]
fn a_blob_of_version_1_opens() {
    let blobs = Blobs::open(&formats().join("blobs-1"), &folder_key()).unwrap();
    assert_eq!(*blobs.get(BlobId::from_bytes([7; 16])).unwrap(), *b"An original, as it came in.\n");
}
