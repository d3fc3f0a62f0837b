//! The index in the vault's folder: it answers as one in memory does, survives a restart, and never answers wrongly.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use koplamp_search::{Index, IndexError, Opened, SearchError};
use proptest::prelude::*;
use proptest::sample::select;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use support::{Doc, corpus, folder, fresh, in_memory, numbers, options, put_all, ready, request, search};

fn open(path: &Path) -> Opened {
    Index::open_sealed(folder(path), options()).unwrap()
}

/// Makes an index of documents in a folder and closes it.
fn make(path: &Path, docs: &[Doc]) {
    let index = fresh(open(path));
    put_all(&index, docs);
    index.commit("nonce").unwrap();
    index.close().unwrap();
}

#[test]
fn an_index_is_there_again_with_its_nonce() {
    let path = tempfile::tempdir().unwrap();
    let docs = corpus();
    let index = fresh(open(path.path()));
    assert_eq!(index.commit_nonce(), None);
    put_all(&index, &docs);
    assert_eq!(index.documents(), 0, "not before the commit");
    index.commit("one").unwrap();
    assert_eq!((index.documents(), index.commit_nonce().as_deref()), (8, Some("one")));
    index.verify().unwrap();
    index.close().unwrap();

    let (index, commit, documents) = ready(open(path.path()));
    assert_eq!((commit.as_str(), documents), ("one", 8));
    index.remove(docs[0].id()).unwrap();
    let mut changed = docs[1].clone();
    changed.title = "Beschikking".into();
    put_all(&index, &[changed]);
    index.rollback().unwrap();
    index.commit("two").unwrap();
    assert_eq!(
        numbers(&search(&index, &docs, &request("aanslag")).unwrap()),
        [2, 8],
        "what was rolled back is not there"
    );
    index.remove(docs[0].id()).unwrap();
    let mut changed = docs[1].clone();
    changed.title = "Beschikking".into();
    put_all(&index, &[changed]);
    index.commit("three").unwrap();
    assert_eq!(index.documents(), 7, "one removed, one replaced");
    assert_eq!(numbers(&search(&index, &docs, &request("titel:beschikking")).unwrap()), [2]);
    index.verify().unwrap();
    index.close().unwrap();
    let (index, commit, documents) = ready(open(path.path()));
    assert_eq!((commit.as_str(), documents), ("three", 7));
    assert_eq!(numbers(&search(&index, &docs, &request("kenteken OR container")).unwrap()), [3]);
}

#[test]
fn an_index_that_was_never_committed_is_fresh() {
    let path = tempfile::tempdir().unwrap();
    let index = fresh(open(path.path()));
    put_all(&index, &corpus());
    index.close().unwrap();
    fresh(open(path.path())).close().unwrap();
}

#[test]
fn only_one_program_writes() {
    let path = tempfile::tempdir().unwrap();
    make(path.path(), &corpus());
    let (one, ..) = ready(open(path.path()));
    one.remove(corpus()[0].id()).unwrap();
    let (other, ..) = ready(open(path.path()));
    assert!(matches!(other.remove(corpus()[0].id()), Err(IndexError::Busy)));
}

#[test]
fn nothing_in_the_folder_can_be_read() {
    let path = tempfile::tempdir().unwrap();
    make(path.path(), &corpus());
    let mut files = 0;
    for entry in fs::read_dir(path.path()).unwrap() {
        let entry = entry.unwrap();
        let bytes = fs::read(entry.path()).unwrap();
        files += 1;
        for word in ["container", "verwulft", "politie", "title_stem", "segment", "tantivy", "meta.json"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} in {:?}", entry.path());
            assert!(!entry.file_name().to_string_lossy().contains(word));
        }
    }
    assert!(files > 6);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_answers_are_those_of_an_index_in_memory(
        pieces in prop::collection::vec(
            select(vec!["container", "geld", "koerier", "=de", "\"de vries\"", "be*", "keorier~2", "NOT kade", "titel:tip",
                "date:2024", "soort:pdf", "(a OR", ")", "OR", "rekening", "\"geld koerier\"~9", "organisatie:politie"]), 1..5),
    ) {
        thread_local! {
            static BOTH: (tempfile::TempDir, Index, Index) = {
                let path = tempfile::tempdir().unwrap();
                make(path.path(), &corpus());
                let sealed = ready(open(path.path())).0;
                (path, sealed, in_memory(&corpus()))
            };
        }
        let mut asked = request(&pieces.join(" "));
        asked.facets = true;
        BOTH.with(|(_, sealed, plain)| {
            let docs = corpus();
            match (search(sealed, &docs, &asked), search(plain, &docs, &asked)) {
                (Ok(sealed), Ok(plain)) => assert_eq!(sealed, plain),
                (Err(SearchError::Query(sealed)), Err(SearchError::Query(plain))) => assert_eq!(sealed, plain),
                (sealed, plain) => panic!("{sealed:?} {plain:?}"),
            }
        });
    }
}

fn files(path: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_none());
    files.sort();
    files
}

const ASKED: [&str; 8] = [
    "container",
    "koerier geld",
    "\"de vries\"",
    "belasting*",
    "date:2024",
    "w1*1",
    "keorier~1",
    "organisatie:politie OR soort:pdf",
];

/// Every change to the files of an index gives an error, or the right answer where the damage was not touched; and the check of
/// all files always finds it.
#[test]
fn a_tampered_index_never_answers_wrongly() {
    let seed: u64 = rand::random();
    println!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    // Enough text that files have pages which only some queries read.
    let mut docs = corpus();
    docs.extend((50..250).map(|number| {
        let words: Vec<String> = (0..250).map(|_| format!("w{}", random.random_range(0..20_000))).collect();
        Doc::new(number, "Bijlage", koplamp_model::Kind::Csv, "FIOD", "2020-01-01", &[&words.join(" ")])
    }));
    let original = tempfile::tempdir().unwrap();
    make(original.path(), &docs);
    let older: Vec<(PathBuf, Vec<u8>)> =
        files(original.path()).into_iter().map(|path| (path.clone(), fs::read(&path).unwrap())).collect();
    // A second commit with a removal, so that every kind of file is there.
    let (index, ..) = ready(open(original.path()));
    index.remove(docs[4].id()).unwrap();
    index.commit("second").unwrap();
    let right: Vec<_> = ASKED.iter().map(|query| search(&index, &docs, &request(query)).unwrap()).collect();
    index.close().unwrap();
    let current: Vec<(PathBuf, Vec<u8>)> =
        files(original.path()).into_iter().map(|path| (path.clone(), fs::read(&path).unwrap())).collect();

    let (mut unusable, mut errors, mut correct, mut found) = (0, 0, 0, 0);
    for trial in 0..400 {
        for (path, bytes) in &current {
            if fs::read(path).unwrap() != *bytes {
                fs::write(path, bytes).unwrap();
            }
        }
        let (path, bytes) = current.choose(&mut random).unwrap();
        let mut changed = bytes.clone();
        let at = random.random_range(0..bytes.len());
        let mut rolled_back = false;
        match trial % 5 {
            0 | 1 => changed[at] ^= 1 << random.random_range(0..8),
            2 => changed.truncate(at),
            3 => {
                let other = current.choose(&mut random).unwrap();
                fs::write(&other.0, bytes).unwrap();
                changed.clone_from(&other.1);
            }
            _ => match older.iter().find(|(old, _)| old == path) {
                Some((_, old)) => {
                    changed.clone_from(old);
                    rolled_back = true;
                }
                None => changed.extend_from_slice(&[0; 100]),
            },
        }
        fs::write(path, &changed).unwrap();
        let harmless = current.iter().all(|(path, bytes)| fs::read(path).unwrap() == *bytes);
        match Index::open_sealed(folder(original.path()), options()) {
            Ok(Opened::Ready { index, commit, .. }) => {
                let mut wrong = false;
                for (query, right) in ASKED.iter().zip(&right) {
                    match search(&index, &docs, &request(query)) {
                        Ok(answer) if answer == *right => correct += 1,
                        Ok(_) => wrong = true,
                        Err(SearchError::Index(IndexError::Damaged(_))) => errors += 1,
                        Err(error) => panic!("trial {trial}: {error}"),
                    }
                }
                // An older index that is authentic shows by its nonce, and only by it.
                if commit != "second" {
                    assert!(rolled_back, "trial {trial}");
                    found += 1;
                } else {
                    assert!(!wrong, "trial {trial}: a wrong answer");
                    let verified = index.verify();
                    // The list of files to tidy up has no nonce; an older one answers no query.
                    assert!(verified.is_err() || harmless || rolled_back, "trial {trial}");
                    found += usize::from(verified.is_err());
                }
                index.close().unwrap();
            }
            Ok(Opened::Unusable(_)) => unusable += 1,
            // Without the file that lists the others, the index is a new one, and everything is indexed again.
            Ok(Opened::Fresh(_)) => panic!("trial {trial}: an index of which a file was changed is not new"),
            Err(error) => panic!("trial {trial}: {error}"),
        }
    }
    println!("unusable {unusable}, errors {errors}, correct {correct}, found by the check {found}");
    assert!(unusable > 0 && errors > 0 && correct > 0 && found > 0);
}

#[test]
fn readers_read_the_last_commit_while_another_is_written() {
    let path = tempfile::tempdir().unwrap();
    let docs = corpus();
    make(path.path(), &docs);
    let (index, ..) = ready(open(path.path()));
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut searches = 0_u32;
                    while !done.load(Ordering::Relaxed) || searches == 0 {
                        // Documents 1 to 4 are never touched; 5 to 8 come and go together.
                        let still = search(&index, &docs, &request("container OR invoices OR date:2024-01")).unwrap();
                        assert!([1, 2, 3, 4].iter().all(|number| numbers(&still).contains(number)));
                        let moving = search(&index, &docs, &request("koerier OR afschrift OR notulen")).unwrap();
                        assert!([0, 4].contains(&moving.total), "half of a commit: {:?}", numbers(&moving));
                        searches += 1;
                    }
                    searches
                })
            })
            .collect();
        for round in 0..30 {
            for doc in &docs[4..] {
                index.remove(doc.id()).unwrap();
            }
            if round % 2 == 1 {
                put_all(&index, &docs[4..]);
            }
            index.commit(&format!("round {round}")).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        for reader in readers {
            assert!(reader.join().unwrap() > 0);
        }
    });
    index.verify().unwrap();
    index.close().unwrap();
    assert_eq!(ready(open(path.path())).1, "round 29");
}
