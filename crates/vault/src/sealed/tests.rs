use std::fs;
use std::io::Write;
use std::path::PathBuf;

use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use tempfile::TempDir;

use super::format::{HEADER, PAGE, SEALED_PAGE, TRAILER};
use super::*;

struct Fixture {
    folder: SealedFolder,
    key: Key,
    temporary: TempDir,
}

fn fixture() -> Fixture {
    let temporary = tempfile::tempdir().unwrap();
    let key = Key::random();
    let folder = SealedFolder::open(temporary.path(), &key).unwrap();
    Fixture { folder, key, temporary }
}

impl Fixture {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.physical(name)
    }

    fn whole(&self, name: &str) -> Result<Vec<u8>, SealedError> {
        let file = self.folder.read(name)?;
        Ok(file.read_range(0..file.len())?.to_vec())
    }
}

fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut bytes = vec![0; length];
    StdRng::seed_from_u64(seed).fill_bytes(&mut bytes);
    bytes
}

/// A seed for a test, printed where the test fails.
fn seeded() -> StdRng {
    let seed = rand::random();
    println!("seed {seed}");
    StdRng::seed_from_u64(seed)
}

#[test]
fn every_length_around_page_borders_survives() {
    let fixture = fixture();
    for length in [0, 1, 15, 16, 17, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, 33 * PAGE, 33 * PAGE + 5, 130 * PAGE + 1] {
        let bytes = noise(length, length as u64);
        let name = format!("file {length}");
        fixture.folder.replace(&name, &bytes).unwrap();
        assert_eq!(fixture.whole(&name).unwrap(), bytes, "{length} bytes");
        let size = HEADER + length + 16 * length.div_ceil(PAGE) + TRAILER;
        assert_eq!(fs::metadata(fixture.path(&name)).unwrap().len(), size as u64);
    }
}

#[test]
fn ranges_equal_those_of_the_plain_bytes() {
    let fixture = fixture();
    let bytes = noise(300 * PAGE + 77, 1);
    fixture.folder.replace("file", &bytes).unwrap();
    let file = fixture.folder.read("file").unwrap();
    let mut random = seeded();
    for _ in 0..2_000 {
        let start = random.random_range(0..=bytes.len());
        let longest = if random.random_bool(0.1) { bytes.len() } else { 3 * PAGE };
        let end = random.random_range(start..=bytes.len().min(start + longest));
        let read = file.read_range(start as u64..end as u64).unwrap();
        assert!(*read == bytes[start..end], "bytes {start} to {end}");
    }
}

#[test]
fn ranges_outside_the_file_are_refused() {
    let fixture = fixture();
    fixture.folder.replace("file", b"seven..").unwrap();
    let file = fixture.folder.read("file").unwrap();
    #[allow(clippy::reversed_empty_ranges)]
    for range in [0..8, 7..8, 8..9, 5..4, 0..u64::MAX, u64::MAX..0, u64::MAX - 1..u64::MAX] {
        assert!(matches!(file.read_range(range.clone()), Err(SealedError::OutOfRange { .. })), "{range:?}");
    }
    assert!(file.read_range(7..7).unwrap().is_empty());
}

#[test]
fn a_file_is_readable_after_each_flush_and_from_the_beginning() {
    let fixture = fixture();
    let mut writer = fixture.folder.create("file").unwrap();
    assert!(matches!(fixture.folder.create("file"), Err(SealedError::AlreadyExists { .. })));
    assert_eq!(fixture.whole("file").unwrap(), b"");
    let mut random = seeded();
    let mut written = Vec::new();
    for round in 0..60 {
        let piece = noise(random.random_range(0..2 * PAGE), round);
        writer.write_all(&piece).unwrap();
        written.extend_from_slice(&piece);
        if random.random_bool(0.5) {
            writer.flush().unwrap();
            assert!(fixture.whole("file").unwrap() == written, "after {} bytes", written.len());
        }
    }
    writer.finish().unwrap();
    assert!(fixture.whole("file").unwrap() == written);
}

#[test]
fn flushes_never_use_a_nonce_twice() {
    // The same plaintext at the same place in two seals of one file must not give the same ciphertext, nor one that differs in
    // the changed byte only, as a repeated nonce in counter mode would.
    let fixture = fixture();
    let mut writer = fixture.folder.create("file").unwrap();
    writer.write_all(&[7; 100]).unwrap();
    writer.flush().unwrap();
    let first = fs::read(fixture.path("file")).unwrap();
    writer.write_all(&[8]).unwrap();
    writer.flush().unwrap();
    let second = fs::read(fixture.path("file")).unwrap();
    let page = HEADER..HEADER + 100;
    let equal = first[page.clone()].iter().zip(&second[page]).filter(|(a, b)| a == b).count();
    assert!(equal < 20, "{equal} of 100 bytes of ciphertext are equal");
    assert_eq!(first[..HEADER], second[..HEADER]);
}

#[test]
fn a_writer_that_is_dropped_leaves_no_wrong_bytes() {
    let fixture = fixture();
    let mut writer = fixture.folder.create("file").unwrap();
    writer.write_all(&noise(40 * PAGE, 3)).unwrap();
    drop(writer);
    assert!(matches!(fixture.whole("file"), Err(SealedError::Damaged { .. })));
}

#[test]
fn every_flipped_bit_is_noticed() {
    let fixture = fixture();
    for length in [0, 5, 300] {
        fixture.folder.replace("file", &noise(length, 9)).unwrap();
        let path = fixture.path("file");
        let good = fs::read(&path).unwrap();
        for bit in 0..8 * good.len() {
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            fs::write(&path, &bad).unwrap();
            assert!(fixture.whole("file").is_err(), "bit {bit} of a file of {length} bytes");
            assert_eq!(fixture.folder.verify(["file"]).len(), 1);
        }
    }
}

#[test]
fn cutting_growing_and_exchanging_are_noticed() {
    let fixture = fixture();
    let bytes = noise(5 * PAGE + 100, 4);
    fixture.folder.replace("file", &bytes).unwrap();
    fixture.folder.replace("other", &noise(5 * PAGE + 100, 5)).unwrap();
    let path = fixture.path("file");
    let good = fs::read(&path).unwrap();
    let other = fs::read(fixture.path("other")).unwrap();
    let attempt = |bad: &[u8]| {
        fs::write(&path, bad).unwrap();
        match fixture.whole("file") {
            Err(SealedError::Damaged { what, .. }) => what,
            result => panic!("gives {:?}", result.map(|bytes| bytes.len())),
        }
    };
    for size in [0, 1, HEADER, HEADER + TRAILER - 1, HEADER + TRAILER, good.len() - SEALED_PAGE, good.len() - 1] {
        attempt(&good[..size]);
    }
    // Cut by a page, with the true trailer put at the end again.
    let mut cut = good[..good.len() - TRAILER - SEALED_PAGE].to_vec();
    cut.extend_from_slice(&good[good.len() - TRAILER..]);
    assert_eq!(attempt(&cut), Damage::Length);
    attempt(&[&good[..], b"\0"].concat());
    attempt(&[&good[..], &good[HEADER..]].concat());

    let page = |index: usize| HEADER + index * SEALED_PAGE..HEADER + (index + 1) * SEALED_PAGE;
    let mut swapped = good.clone();
    swapped[page(1)].copy_from_slice(&good[page(3)]);
    swapped[page(3)].copy_from_slice(&good[page(1)]);
    assert_eq!(attempt(&swapped), Damage::Page(1));

    let mut foreign = good.clone();
    foreign[page(2)].copy_from_slice(&other[page(2)]);
    assert_eq!(attempt(&foreign), Damage::Page(2));
    assert_eq!(attempt(&other), Damage::Trailer);
    fs::write(&path, &good).unwrap();
    assert_eq!(fixture.whole("file").unwrap(), bytes);
}

#[test]
fn an_older_write_of_a_page_does_not_fit_a_newer_one() {
    let fixture = fixture();
    fixture.folder.replace("file", &noise(3 * PAGE, 1)).unwrap();
    let old = fs::read(fixture.path("file")).unwrap();
    fixture.folder.replace("file", &noise(3 * PAGE, 2)).unwrap();
    let mut mixed = fs::read(fixture.path("file")).unwrap();
    mixed[HEADER..HEADER + SEALED_PAGE].copy_from_slice(&old[HEADER..HEADER + SEALED_PAGE]);
    fs::write(fixture.path("file"), mixed).unwrap();
    assert!(matches!(fixture.whole("file"), Err(SealedError::Damaged { what: Damage::Page(0), .. })));
}

#[test]
fn an_older_copy_shows_in_the_anchor() {
    let fixture = fixture();
    let anchor = || fixture.folder.anchor(["file", "other"]).unwrap();
    fixture.folder.replace("file", b"one").unwrap();
    fixture.folder.replace("other", b"same").unwrap();
    let old = fs::read(fixture.path("file")).unwrap();
    let old_anchor = anchor();
    fixture.folder.replace("file", b"two").unwrap();
    let new_anchor = anchor();
    assert_ne!(old_anchor, new_anchor);
    assert_eq!(fixture.folder.anchor(["other", "file"]).unwrap(), new_anchor, "the order of the names does not count");
    fs::write(fixture.path("file"), old).unwrap();
    assert_eq!(fixture.whole("file").unwrap(), b"one", "an older copy is authentic");
    assert_eq!(anchor(), old_anchor);
}

#[test]
fn another_key_finds_nothing_and_a_renamed_file_does_not_open() {
    let fixture = fixture();
    fixture.folder.replace("file", b"content").unwrap();
    let stranger = SealedFolder::open(fixture.temporary.path(), &Key::random()).unwrap();
    assert!(matches!(stranger.read("file"), Err(SealedError::NotFound { .. })));
    fs::copy(fixture.path("file"), stranger.physical("file")).unwrap();
    assert!(matches!(stranger.read("file"), Err(SealedError::Damaged { what: Damage::Trailer, .. })));

    fs::rename(fixture.path("file"), fixture.path("renamed")).unwrap();
    assert!(matches!(fixture.folder.read("file"), Err(SealedError::NotFound { .. })));
    assert!(matches!(fixture.folder.read("renamed"), Err(SealedError::Damaged { what: Damage::Trailer, .. })));
}

#[test]
fn a_newer_format_is_named() {
    let fixture = fixture();
    fixture.folder.replace("file", b"content").unwrap();
    let mut bytes = fs::read(fixture.path("file")).unwrap();
    bytes[8] = 2;
    fs::write(fixture.path("file"), bytes).unwrap();
    assert!(matches!(fixture.folder.read("file"), Err(SealedError::UnsupportedVersion { version: 2, .. })));
}

#[test]
fn neither_names_nor_contents_show() {
    let fixture = fixture();
    let word = b"Havenbaron-Zoutkamp";
    let name = "Havenbaron-Zoutkamp.txt";
    let mut writer = fixture.folder.create(name).unwrap();
    for _ in 0..2_000 {
        writer.write_all(word).unwrap();
    }
    writer.finish().unwrap();
    let _lock = fixture.folder.lock(name).unwrap();
    for entry in fs::read_dir(fixture.temporary.path()).unwrap() {
        let entry = entry.unwrap();
        assert!(!entry.file_name().to_string_lossy().contains("Haven"));
        let bytes = fs::read(entry.path()).unwrap();
        assert!(!bytes.windows(word.len()).any(|window| window == word));
    }
}

#[test]
fn random_damage_gives_an_error_or_the_right_bytes() {
    let fixture = fixture();
    let mut random = seeded();
    let plain: Vec<Vec<u8>> = (0..3).map(|number| noise(number * 6 * PAGE + 1234, number as u64)).collect();
    let names = ["a", "b", "c"];
    for (name, bytes) in names.iter().zip(&plain) {
        fixture.folder.replace(name, bytes).unwrap();
    }
    let good: Vec<Vec<u8>> = names.iter().map(|name| fs::read(fixture.path(name)).unwrap()).collect();
    let (mut errors, mut right) = (0, 0);
    for _ in 0..1_500 {
        let target = random.random_range(0..names.len());
        let mut bad = good[target].clone();
        match random.random_range(0..6) {
            0 => {
                let place = random.random_range(0..bad.len());
                bad[place] ^= random.random_range(1..=255u8);
            }
            1 => bad.truncate(random.random_range(0..bad.len())),
            2 => bad.extend(noise(random.random_range(1..2 * PAGE), random.random())),
            3 => bad = good[random.random_range(0..names.len())].clone(),
            4 => {
                let place = random.random_range(0..bad.len());
                let length = random.random_range(0..bad.len() - place);
                bad[place..place + length].fill(0);
            }
            _ => {
                let place = random.random_range(0..bad.len());
                let from = random.random_range(0..bad.len());
                let length = random.random_range(0..bad.len() - place.max(from));
                bad.copy_within(from..from + length, place);
            }
        }
        fs::write(fixture.path(names[target]), &bad).unwrap();
        let unchanged = bad == good[target];
        assert_eq!(fixture.folder.verify([names[target]]).is_empty(), unchanged, "verify sees all damage");
        let plain = &plain[target];
        let start = random.random_range(0..plain.len());
        let end = random.random_range(start..plain.len());
        match fixture.folder.read(names[target]).and_then(|file| file.read_range(start as u64..end as u64)) {
            Ok(read) => {
                assert!(*read == plain[start..end], "wrong bytes");
                right += 1;
            }
            Err(_) => errors += 1,
        }
        fs::write(fixture.path(names[target]), &good[target]).unwrap();
    }
    println!("{errors} errors, {right} right");
    assert!(errors > 500, "the damage was real: {errors} errors");
}

#[test]
fn a_lock_keeps_others_out_until_dropped() {
    let fixture = fixture();
    let lock = fixture.folder.lock("writer").unwrap();
    assert!(matches!(fixture.folder.lock("writer"), Err(LockError::Busy { name }) if name == "writer"));
    let again = SealedFolder::open(fixture.temporary.path(), &fixture.key).unwrap();
    assert!(matches!(again.lock("writer"), Err(LockError::Busy { .. })));
    let other = fixture.folder.lock("other").unwrap();
    assert!(!fixture.folder.exists("writer").unwrap(), "a lock is no file");
    drop(lock);
    drop(again.lock("writer").unwrap());
    drop(other);
    drop(fixture.folder.wait_for_lock("writer").unwrap());
}

#[test]
fn deleting_leaves_open_files_readable_and_others_alone() {
    let fixture = fixture();
    fixture.folder.replace("file", b"content").unwrap();
    fixture.folder.replace("other", b"other").unwrap();
    let open = fixture.folder.read("file").unwrap();
    fixture.folder.delete("file").unwrap();
    assert!(!fixture.folder.exists("file").unwrap());
    assert!(matches!(fixture.folder.delete("file"), Err(SealedError::NotFound { .. })));
    assert!(matches!(fixture.folder.read("file"), Err(SealedError::NotFound { .. })));
    #[cfg(unix)]
    assert_eq!(*open.read_range(0..7).unwrap(), *b"content");
    assert_eq!(fixture.whole("other").unwrap(), b"other");
    fixture.folder.sync().unwrap();
}

#[test]
fn what_a_crash_left_is_removed_at_opening() {
    let fixture = fixture();
    fixture.folder.replace("file", b"content").unwrap();
    fs::write(fixture.temporary.path().join("00112233445566778899aabbccddeeff.0011223344556677.tmp"), b"half").unwrap();
    drop(SealedFolder::open(fixture.temporary.path(), &fixture.key).unwrap());
    assert_eq!(fs::read_dir(fixture.temporary.path()).unwrap().count(), 1);
    assert_eq!(fixture.whole("file").unwrap(), b"content");
}

#[test]
fn many_threads_read_one_file() {
    let fixture = fixture();
    let bytes = noise(64 * PAGE, 8);
    fixture.folder.replace("file", &bytes).unwrap();
    let file = fixture.folder.read("file").unwrap();
    let (file, bytes) = (&file, &bytes);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                let mut random = StdRng::seed_from_u64(thread);
                for _ in 0..300 {
                    let start = random.random_range(0..bytes.len());
                    let end = random.random_range(start..bytes.len());
                    assert!(*file.read_range(start as u64..end as u64).unwrap() == bytes[start..end]);
                }
            });
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pieces_of_any_size_make_the_same_file(sizes in prop::collection::vec((0..20_000usize, any::<bool>()), 0..12)) {
        let fixture = fixture();
        let mut writer = fixture.folder.create("file").unwrap();
        let mut written = Vec::new();
        for (number, (size, flush)) in sizes.into_iter().enumerate() {
            let piece = noise(size, number as u64);
            writer.write_all(&piece).unwrap();
            written.extend_from_slice(&piece);
            if flush {
                writer.flush().unwrap();
            }
        }
        writer.finish().unwrap();
        prop_assert!(fixture.whole("file").unwrap() == written);
        prop_assert!(fixture.folder.verify(["file"]).is_empty());
    }
}
