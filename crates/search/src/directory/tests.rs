//! The contract that tantivy expects of a directory, checked on its own two directories and on ours side by side.
//!
//! The checks follow those that tantivy runs on its directories (`src/directory/tests.rs` there), and add what it relies on
//! without checking.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use koplamp_vault::{Key, SealedFolder};
use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{Directory, Lock, MmapDirectory, RamDirectory, TerminatingWrite, WatchCallback};

use super::SealedDirectory;

const FILE: &str = "some_file";

fn sealed(folder: &Path, memory: usize) -> SealedDirectory {
    SealedDirectory::new(SealedFolder::open(folder, &Key::from_bytes(&[7; 32])).unwrap(), memory)
}

/// Runs a check on all three, and on ours also with no memory to keep anything in.
fn on_each(check: impl Fn(&dyn Directory)) {
    check(&RamDirectory::create());
    let plain = tempfile::tempdir().unwrap();
    check(&MmapDirectory::open(plain.path()).unwrap());
    for memory in [SealedDirectory::MEMORY, 1_000, 0] {
        let folder = tempfile::tempdir().unwrap();
        check(&sealed(folder.path(), memory));
    }
}

fn write(directory: &dyn Directory, path: &Path, bytes: &[u8]) {
    let mut file = directory.open_write(path).unwrap();
    file.write_all(bytes).unwrap();
    file.terminate().unwrap();
}

fn read(directory: &dyn Directory, path: &Path) -> Vec<u8> {
    directory.open_read(path).unwrap().read_bytes().unwrap().as_slice().to_vec()
}

#[test]
fn what_was_written_is_read() {
    on_each(|directory| {
        let path = Path::new(FILE);
        let mut file = directory.open_write(path).unwrap();
        file.write_all(&[4]).unwrap();
        file.write_all(&[3]).unwrap();
        file.write_all(&[7, 3, 5]).unwrap();
        file.terminate().unwrap();
        assert_eq!(read(directory, path), [4, 3, 7, 3, 5]);
        directory.delete(path).unwrap();
        assert!(!directory.exists(path).unwrap());
    });
}

#[test]
fn a_file_is_written_once() {
    on_each(|directory| {
        let path = Path::new(FILE);
        let writer = directory.open_write(path).unwrap();
        assert!(matches!(directory.open_write(path), Err(OpenWriteError::FileAlreadyExists(_))));
        writer.terminate().unwrap();
        assert!(directory.exists(path).unwrap());
        assert!(matches!(directory.open_write(path), Err(OpenWriteError::FileAlreadyExists(_))));
        directory.delete(path).unwrap();
        write(directory, path, b"anew");
        assert_eq!(read(directory, path), b"anew");
    });
}

#[test]
fn opening_for_writing_makes_the_file() {
    on_each(|directory| {
        let path = Path::new(FILE);
        assert!(matches!(directory.open_read(path), Err(OpenReadError::FileDoesNotExist(_))));
        let file = directory.open_write(path).unwrap();
        assert!(directory.exists(path).unwrap());
        file.terminate().unwrap();
        assert!(read(directory, path).is_empty());
        directory.delete(path).unwrap();
    });
}

#[test]
fn who_reads_a_file_keeps_it_when_it_is_deleted() {
    on_each(|directory| {
        let path = Path::new(FILE);
        assert!(directory.open_read(path).is_err());
        write(directory, path, &[1, 2, 3, 4]);
        let file = directory.open_read(path).unwrap();
        let bytes = file.read_bytes().unwrap();
        directory.delete(path).unwrap();
        assert_eq!(bytes.as_slice(), [1, 2, 3, 4]);
        assert_eq!(file.slice(1..3).read_bytes().unwrap().as_slice(), [2, 3]);
        assert!(matches!(directory.delete(Path::new("another")), Err(DeleteError::FileDoesNotExist(_))));
        drop((file, bytes));
        assert!(directory.open_read(path).is_err());
        assert!(directory.delete(path).is_err());
    });
}

#[test]
fn a_new_file_is_not_taken_for_the_old_one_of_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let directory = sealed(folder.path(), SealedDirectory::MEMORY);
    let path = Path::new(FILE);
    let mut writer = directory.open_write(path).unwrap();
    writer.write_all(&[1, 2, 3, 4]).unwrap();
    writer.flush().unwrap();
    let begun = directory.open_read(path).unwrap();
    assert_eq!(begun.read_bytes().unwrap().as_slice(), [1, 2, 3, 4]);
    writer.write_all(&[5]).unwrap();
    writer.terminate().unwrap();
    assert_eq!(read(&directory, path), [1, 2, 3, 4, 5], "not what was there when it was first opened");
    let old = directory.open_read(path).unwrap();
    directory.delete(path).unwrap();
    assert!(directory.open_read(path).is_err());
    write(&directory, path, &[5, 6]);
    assert_eq!(read(&directory, path), [5, 6]);
    assert_eq!(old.read_bytes().unwrap().as_slice(), [1, 2, 3, 4, 5]);
}

#[test]
fn ranges_are_the_bytes_that_were_written() {
    let bytes: Vec<u8> = (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    on_each(|directory| {
        let path = Path::new(FILE);
        write(directory, path, &bytes);
        let file = directory.open_read(path).unwrap();
        assert_eq!(file.len(), bytes.len());
        for (start, end) in
            [(0, 0), (0, 1), (8191, 8193), (8192, 16384), (1, 99_999), (99_999, 100_000), (100_000, 100_000)]
        {
            for _ in 0..2 {
                let read = file.slice(start..end).read_bytes().unwrap();
                assert_eq!(read.as_slice(), &bytes[start..end], "{start}..{end}");
            }
        }
    });
}

#[test]
fn a_file_is_replaced_at_once() {
    on_each(|directory| {
        let path = Path::new("meta.json");
        assert!(matches!(directory.atomic_read(path), Err(OpenReadError::FileDoesNotExist(_))));
        directory.atomic_write(path, b"one").unwrap();
        assert_eq!(read(directory, path), b"one");
        directory.atomic_write(path, b"the other").unwrap();
        assert_eq!(directory.atomic_read(path).unwrap(), b"the other");
        assert_eq!(read(directory, path), b"the other");
        directory.sync_directory().unwrap();
    });
}

#[test]
fn who_watches_is_told_of_every_commit() {
    on_each(|directory| {
        let counter = Arc::new(AtomicUsize::default());
        let counted = counter.clone();
        let handle = directory.watch(WatchCallback::new(move || {
            counted.fetch_add(1, Ordering::SeqCst);
        }));
        let (sender, receiver) = mpsc::channel();
        let sender = std::sync::Mutex::new(sender);
        let _listening = directory.watch(WatchCallback::new(move || {
            sender.lock().unwrap().send(()).ok();
        }));
        for round in 0_u8..4 {
            // Other content each time: the memory-mapped directory compares checksums.
            directory.atomic_write(Path::new("meta.json"), &[round]).unwrap();
            receiver.recv_timeout(Duration::from_secs(20)).unwrap();
        }
        assert!(counter.load(Ordering::SeqCst) >= 3, "callbacks run side by side, so one may still be on its way");
        drop(handle);
        directory.atomic_write(Path::new("meta.json"), b"last").unwrap();
        receiver.recv_timeout(Duration::from_secs(20)).unwrap();
    });
}

fn lock(name: &str, is_blocking: bool) -> Lock {
    Lock { filepath: PathBuf::from(name), is_blocking }
}

#[test]
fn a_lock_is_held_by_one() {
    on_each(|directory| {
        let held = directory.acquire_lock(&lock("a.lock", false)).unwrap();
        let other = directory.acquire_lock(&lock("b.lock", false)).unwrap();
        assert!(matches!(directory.acquire_lock(&lock("a.lock", false)), Err(LockError::LockBusy)));
        drop((held, other));
        assert!(directory.acquire_lock(&lock("a.lock", false)).is_ok());
    });
}

#[test]
fn who_waits_for_a_lock_gets_it() {
    on_each(|directory| {
        let held = directory.acquire_lock(&lock("a.lock", true)).unwrap();
        let clone = directory.box_clone();
        let (started, starts) = mpsc::channel();
        let waiting = std::thread::spawn(move || {
            started.send(()).unwrap();
            clone.acquire_lock(&lock("a.lock", true)).is_ok()
        });
        starts.recv().unwrap();
        assert!(directory.acquire_lock(&lock("a.lock", false)).is_err());
        drop(held);
        assert!(waiting.join().unwrap());
    });
}

#[test]
fn a_lock_of_a_program_that_died_does_not_stay() {
    let folder = tempfile::tempdir().unwrap();
    std::mem::drop(sealed(folder.path(), 0).acquire_lock(&lock("a.lock", false)).unwrap());
    // The file of the lock is still there, as after a crash; only the lock on it counts.
    assert!(std::fs::read_dir(folder.path()).unwrap().count() > 0);
    assert!(sealed(folder.path(), 0).acquire_lock(&lock("a.lock", false)).is_ok());
}

#[test]
fn memory_for_ranges_is_bounded_and_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let directory = sealed(folder.path(), 50_000);
    let path = Path::new(FILE);
    write(&directory, path, &vec![1; 1_000_000]);
    let file = directory.open_read(path).unwrap();
    for start in 0..900 {
        file.slice(start * 1_000..start * 1_000 + 800).read_bytes().unwrap();
    }
    let kept = || {
        let kept = super::locked(&directory.shared.ranges.kept);
        let counted: usize = kept.ranges.iter().map(|(_, bytes)| bytes.len() + super::OVERHEAD).sum();
        assert_eq!(kept.bytes, counted);
        kept.bytes
    };
    assert!((40_000..=50_000).contains(&kept()), "{}", kept());
    drop(file);
    assert_eq!(kept(), 0, "a file that nobody reads leaves nothing behind");
}

#[test]
fn damage_is_an_error_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let directory = sealed(folder.path(), 0);
    write(&directory, Path::new(FILE), &[1; 100]);
    let physical = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&physical).unwrap();
    bytes[70] ^= 1;
    std::fs::write(&physical, &bytes).unwrap();
    let error = directory.open_read(Path::new(FILE)).unwrap().read_bytes().unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert!(error.to_string().contains("page 0"), "{error}");
    bytes.truncate(80);
    std::fs::write(&physical, &bytes).unwrap();
    assert!(matches!(directory.open_read(Path::new(FILE)), Err(OpenReadError::IoError { .. })));
}

#[test]
fn a_closed_index_leaves_nothing_in_memory() {
    use koplamp_model::{DocumentId, Kind, Labels, Page};

    let folder = tempfile::tempdir().unwrap();
    let directory = sealed(folder.path(), SealedDirectory::MEMORY);
    let holders = directory.holders();
    let crate::Opened::Fresh(index) = crate::Index::open(directory, crate::Options::default()).unwrap() else {
        panic!("a new index")
    };
    let labels = Labels {
        organisation: "OM".into(),
        source: "bron".into(),
        purpose: "rik".into(),
        marking: None,
        handling: None,
    };
    let pages = [Page { number: 1, label: None, text: "De koerier bracht het geld.".into() }];
    for round in 0_u8..12 {
        let senses = crate::Senses::default();
        let entry = crate::Entry {
            id: DocumentId::from_bytes([round; 16]),
            title: "tip",
            path: "tip.txt",
            kind: Kind::Txt,
            labels: &labels,
            date: None,
            pages: &pages,
            senses: &senses,
        };
        index.put(&entry).unwrap();
        index.commit("nonce").unwrap();
    }
    let request = crate::Request {
        query: "geld".into(),
        filters: Default::default(),
        limit: 20,
        offset: 0,
        facets: true,
        senses: Vec::new(),
        except: None,
    };
    let found = index
        .search(&request, &|_| Ok::<_, io::Error>(crate::Text { pages: pages.to_vec(), senses: Vec::new() }))
        .unwrap();
    assert_eq!(found.total, 12);
    assert!(holders() > 0);
    index.close().unwrap();
    assert_eq!(holders(), 0, "keys and plaintext are wiped when a workspace is locked");
}
