use std::fs;

use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::*;

const PASSPHRASE: &str = "zes koude kikkers";

struct Made {
    header: Header,
    key: Key,
    recovery_key: RecoveryKey,
    secret: DeviceSecret,
}

fn made() -> Made {
    let secret = DeviceSecret::random();
    let (header, key, recovery_key) = Header::create(PASSPHRASE, &secret, KdfParameters::weak_for_tests()).unwrap();
    Made { header, key, recovery_key, secret }
}

/// The text with a right checksum over changed fields, as an attacker without a key can make it.
fn mended(text: &str, from: &str, to: &str) -> String {
    let changed = text.replacen(from, to, 1);
    assert_ne!(changed, text, "'{from}' is in the text");
    let (body, rest) = changed.split_once("  \"mac\": \"").unwrap();
    let mut mac = [0; 32];
    hex::decode_to_slice(&rest[..64], &mut mac).unwrap();
    text::whole(body, &mac)
}

#[test]
fn both_ways_lead_to_the_key() {
    let Made { header, key, recovery_key, secret } = made();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("header");
    header.write(&path).unwrap();
    let read = Header::read(&path).unwrap();
    assert_eq!(read.workspace(), header.workspace());
    assert!(read.unlock_with_passphrase(PASSPHRASE, &secret).unwrap() == key);
    assert!(read.unlock_with_recovery_key(&recovery_key).unwrap() == key);
    let digest = aws_lc_rs::digest::digest(&digest::SHA256, &fs::read(&path).unwrap());
    assert_eq!(read.digest(), digest.as_ref());
    assert_eq!(header.digest(), read.digest());
}

#[test]
fn the_recommended_parameters_work() {
    let secret = DeviceSecret::random();
    let (header, key, _) = Header::create(PASSPHRASE, &secret, KdfParameters::RECOMMENDED).unwrap();
    assert!(header.unlock_with_passphrase(PASSPHRASE, &secret).unwrap() == key);
}

#[test]
fn what_is_wrong_is_told() {
    let Made { header, secret, .. } = made();
    let unlock = |passphrase, secret| header.unlock_with_passphrase(passphrase, secret).err();
    for passphrase in ["zes koude kikker", "Zes koude kikkers", "zes koude kikkers ", ""] {
        assert_eq!(unlock(passphrase, &secret), Some(UnlockError::WrongPassphrase), "{passphrase:?}");
    }
    let other = DeviceSecret::random();
    assert_eq!(unlock(PASSPHRASE, &other), Some(UnlockError::WrongDeviceSecret));
    assert_eq!(unlock("wrong", &other), Some(UnlockError::WrongDeviceSecret));
    assert!(header.accepts_device_secret(&secret) && !header.accepts_device_secret(&other));
    let stranger = made();
    assert_eq!(header.unlock_with_recovery_key(&stranger.recovery_key).err(), Some(UnlockError::WrongRecoveryKey));
    assert!(matches!(Header::create("", &secret, KdfParameters::weak_for_tests()), Err(HeaderError::EmptyPassphrase)));
}

#[test]
fn a_new_passphrase_wraps_the_same_key() {
    let Made { mut header, key, recovery_key, secret } = made();
    let (old, new_secret) = (header.clone(), DeviceSecret::random());
    header.set_passphrase(&key, "nieuw", &new_secret).unwrap();
    assert_eq!(header.generation(), old.generation() + 1);
    assert_ne!(header.digest(), old.digest());
    assert!(header.unlock_with_passphrase("nieuw", &new_secret).unwrap() == key);
    assert_eq!(header.unlock_with_passphrase("nieuw", &secret).err(), Some(UnlockError::WrongDeviceSecret));
    assert_eq!(header.unlock_with_passphrase(PASSPHRASE, &new_secret).err(), Some(UnlockError::WrongPassphrase));
    assert!(header.unlock_with_recovery_key(&recovery_key).unwrap() == key);
    assert!(Header::parse(&header.to_text()).unwrap().unlock_with_passphrase("nieuw", &new_secret).unwrap() == key);

    let before = header.digest();
    assert!(matches!(header.set_passphrase(&Key::random(), "x", &secret), Err(HeaderError::ForeignKey)));
    assert!(matches!(header.set_passphrase(&key, "", &secret), Err(HeaderError::EmptyPassphrase)));
    assert_eq!(header.digest(), before, "a refused change changes nothing");
}

#[test]
fn a_new_recovery_key_replaces_the_old_one() {
    let Made { mut header, key, recovery_key, secret } = made();
    let new = header.set_recovery_key(&key).unwrap();
    assert!(header.unlock_with_recovery_key(&new).unwrap() == key);
    assert_eq!(header.unlock_with_recovery_key(&recovery_key).err(), Some(UnlockError::WrongRecoveryKey));
    assert!(header.unlock_with_passphrase(PASSPHRASE, &secret).unwrap() == key);
    assert!(matches!(header.set_recovery_key(&Key::random()), Err(HeaderError::ForeignKey)));
}

#[test]
fn every_changed_byte_is_told_as_damage() {
    let Made { header, .. } = made();
    let good = header.to_text().into_bytes();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("header");
    for place in 0..good.len() {
        for change in [1, 0x20, 0x80, 0xff] {
            let mut bad = good.clone();
            bad[place] ^= change;
            fs::write(&path, &bad).unwrap();
            assert!(matches!(Header::read(&path), Err(HeaderError::Damaged)), "byte {place} changed by {change:#x}");
        }
    }
    for length in 0..good.len() {
        fs::write(&path, &good[..length]).unwrap();
        assert!(matches!(Header::read(&path), Err(HeaderError::Damaged)), "cut to {length} bytes");
    }
    fs::write(&path, [&good[..], b"\n"].concat()).unwrap();
    assert!(matches!(Header::read(&path), Err(HeaderError::Damaged)));
    fs::write(&path, vec![b' '; 1_000_000]).unwrap();
    assert!(matches!(Header::read(&path), Err(HeaderError::Damaged)));
    fs::remove_file(&path).unwrap();
    assert!(matches!(Header::read(&path), Err(HeaderError::Io { .. })));
}

#[test]
fn a_change_with_a_mended_checksum_never_opens() {
    let Made { header, recovery_key, secret, .. } = made();
    let text = header.to_text();
    let digits = |name: &str| {
        let start = text.find(&format!("\"{name}\": \"")).unwrap() + name.len() + 5;
        text[start..start + 32].to_owned()
    };
    let other = "0".repeat(32);
    let changes = [
        (digits("workspace"), other.clone()),
        (digits("attempts_key"), other.clone()),
        (digits("id"), other.clone()),
        (digits("salt"), other.clone()),
        (digits("device_check"), other.clone()),
        (digits("wrapped_key"), other),
        ("\"generation\": 1".to_owned(), "\"generation\": 2".to_owned()),
        ("\"passes\": 1".to_owned(), "\"passes\": 2".to_owned()),
        ("\"memory_kib\": 64".to_owned(), "\"memory_kib\": 65".to_owned()),
    ];
    for (from, to) in changes {
        let changed = Header::parse(&mended(&text, &from, &to)).expect("the checksum is right");
        assert!(changed.unlock_with_passphrase(PASSPHRASE, &secret).is_err(), "{from} -> {to}");
        // The passphrase slot is not what the recovery key depends on; the MAC is.
        assert!(changed.unlock_with_recovery_key(&recovery_key).is_err(), "{from} -> {to}");
    }
    let raised = Header::parse(&mended(&text, "\"generation\": 1", "\"generation\": 2")).unwrap();
    assert_eq!(raised.unlock_with_passphrase(PASSPHRASE, &secret).err(), Some(UnlockError::Tampered));
}

#[test]
fn hostile_headers_are_refused_before_they_cost_anything() {
    let Made { header, .. } = made();
    let text = header.to_text();
    for (from, to) in [
        ("\"memory_kib\": 64", "\"memory_kib\": 4294967295"),
        ("\"memory_kib\": 64", "\"memory_kib\": 7"),
        ("\"passes\": 1", "\"passes\": 4294967295"),
        ("\"passes\": 1", "\"passes\": 0"),
        ("\"lanes\": 1", "\"lanes\": 16777215"),
        ("\"generation\": 1", "\"generation\": -1"),
        ("\"generation\": 1", "\"generation\":  1"),
        ("\"generation\": 1", "\"generation\": 1, \"generation\": 1"),
        ("\"generation\": 1", "\"more\": 1, \"generation\": 1"),
        ("\"kdf\": \"argon2id\"", "\"kdf\": \"none\""),
        ("\"kind\": \"recovery\"", "\"kind\": \"escrow\""),
        ("\"format\": \"koplamp workspace\"", "\"format\": \"koplamp\""),
        ("\"slots\": [", "\"slots\": [[[[[["),
    ] {
        let result = Header::parse(&mended(&text, from, to));
        assert!(matches!(result, Err(HeaderError::Damaged)), "{from} -> {to}");
    }
    let newer = Header::parse(&mended(&text, "\"version\": 1", "\"version\": 2"));
    assert!(matches!(newer, Err(HeaderError::UnsupportedVersion { version: 2 })));
    let newer = mended(&text, "\"version\": 1", "\"version\": 2");
    let newer = Header::parse(&mended(&newer, "\"slots\"", "\"ways\""));
    assert!(matches!(newer, Err(HeaderError::UnsupportedVersion { version: 2 })), "whatever else it has");
}

#[test]
fn a_slot_of_another_workspace_does_not_open() {
    let (one, two) = (made(), made());
    let mut mixed = one.header.clone();
    mixed.fields.slots = two.header.fields.slots.clone();
    assert_eq!(mixed.unlock_with_passphrase(PASSPHRASE, &two.secret).err(), Some(UnlockError::WrongPassphrase));
    assert_eq!(mixed.unlock_with_recovery_key(&two.recovery_key).err(), Some(UnlockError::WrongRecoveryKey));
    mixed.fields.slots.clear();
    let mixed = Header::parse(&mixed.to_text()).unwrap();
    assert_eq!(mixed.unlock_with_passphrase(PASSPHRASE, &two.secret).err(), Some(UnlockError::NoSuchSlot));
    assert_eq!(mixed.unlock_with_recovery_key(&two.recovery_key).err(), Some(UnlockError::NoSuchSlot));
}

#[test]
fn the_checksum_can_be_checked_with_other_tools() {
    // `head -n -2 header | sha256sum`, as the format's description promises.
    let Made { header, .. } = made();
    let text = header.to_text();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let sum = aws_lc_rs::digest::digest(&digest::SHA256, lines[..lines.len() - 2].concat().as_bytes());
    assert_eq!(lines[lines.len() - 2], format!("  \"checksum\": \"{}\"\n", hex::encode(sum)));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let names: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(names, ["format", "version", "workspace", "generation", "attempts_key", "slots", "mac", "checksum"]);
}

#[test]
fn random_damage_never_opens_wrongly() {
    let Made { header, key, secret, .. } = made();
    let good = header.to_text();
    let seed = rand::random();
    println!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    for _ in 0..1_000 {
        let mut bad = good.clone().into_bytes();
        for _ in 0..random.random_range(1..4) {
            let (from, to) = (random.random_range(0..bad.len()), random.random_range(0..bad.len()));
            match random.random_range(0..3) {
                0 => bad[from] = random.random(),
                1 => bad.swap(from, to),
                _ => bad.truncate(from.max(1)),
            }
        }
        let Ok(text) = str::from_utf8(&bad) else { continue };
        match Header::parse(text) {
            Ok(read) => assert!(text == good && read.unlock_with_passphrase(PASSPHRASE, &secret).unwrap() == key),
            Err(error) => assert!(matches!(error, HeaderError::Damaged), "{error}"),
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(garbage in "\\PC{0,300}") {
        prop_assert!(Header::parse(&garbage).is_err());
        let framed = text::whole(&format!("{{\n  {garbage},\n"), &[0; 32]);
        prop_assert!(Header::parse(&framed).is_err());
    }
}
