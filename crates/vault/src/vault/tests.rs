//! The vault as a whole: acts, undo, the log and what is noticed of an old copy. Damage on disk is tried by the thousand in `tests/`.

mod glossary;
mod leave;

use std::fs;
use std::path::Path;

use koplamp_model::{BlobId, Document, DocumentId, Import, Kind, Labels, Operation, Page, SavedSearch, SavedSearchId};
use rusqlite::params;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{New, Vault, Way};
use crate::store::DocumentFilter;
use crate::{DeviceSecret, Header, KdfParameters, Reading, UnlockError, VaultError, WipedBytes};

const PASSPHRASE: &str = "vier woorden op een rij";

struct Place {
    folder: TempDir,
    secret: DeviceSecret,
}

impl Place {
    fn new() -> (Self, Vault) {
        let place = Self { folder: tempfile::tempdir().unwrap(), secret: DeviceSecret::random() };
        let (header, key, _) = Header::create(PASSPHRASE, &place.secret, KdfParameters::weak_for_tests()).unwrap();
        let new = New { name: "Zaak", organisation: "politie", person: "Jan" };
        let vault = Vault::create(&place.path(), header, key, &new).unwrap();
        (place, vault)
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("zaak.koplamp")
    }

    fn open(&self) -> Result<Vault, VaultError> {
        Vault::open(&self.path(), &Way::Passphrase(PASSPHRASE, &self.secret), false)
    }
}

fn labels() -> Labels {
    Labels {
        organisation: "douane".into(),
        source: "proef".into(),
        purpose: "wpg-8".into(),
        marking: Some("tlp:amber".into()),
        handling: None,
    }
}

fn import(vault: &Vault, text: &str) -> DocumentId {
    let document = DocumentId::random();
    let import = Import {
        document,
        parent: None,
        blob: Some(vault.blobs().put(text.as_bytes()).unwrap()),
        sha256: hex::encode(Sha256::digest(text)),
        size: text.len() as u64,
        path: format!("map/{document}.txt"),
        labels: labels(),
        failure: None,
    };
    vault.act(None, vec![Operation::DocumentImported(import)], &[(document, reading(text))]).unwrap();
    document
}

fn reading(text: &str) -> Reading {
    let pages = vec![Page { number: 1, label: None, text: text.to_owned() }];
    Reading { kind: Kind::Txt, title: None, author: None, date: None, pages, identifiers: Vec::new(), failure: None }
}

fn reread(_: &str, bytes: &WipedBytes) -> Result<Reading, VaultError> {
    Ok(reading(&String::from_utf8_lossy(bytes)))
}

fn all(vault: &Vault) -> Vec<Document> {
    vault.documents(DocumentFilter::All, 100, 0).unwrap().1
}

#[test]
fn what_was_kept_is_there_after_opening_again() {
    let (place, vault) = Place::new();
    let document = import(&vault, "een tekst");
    drop(vault);
    let vault = place.open().unwrap();
    assert_eq!((vault.name(), vault.organisation(), vault.person().as_str()), ("Zaak", "politie", "Jan"));
    assert_eq!(&*vault.original(document).unwrap(), b"een tekst");
    assert_eq!(vault.pages(document, 1, 9).unwrap()[0].text, "een tekst");
}

#[test]
fn a_wrong_passphrase_changes_nothing_and_reaches_the_log() {
    let (place, vault) = Place::new();
    drop(vault);
    let wrong = Vault::open(&place.path(), &Way::Passphrase("iets anders", &place.secret), false);
    assert!(matches!(wrong, Err(VaultError::Unlock(UnlockError::WrongPassphrase))));
    let vault = place.open().unwrap();
    assert_eq!(vault.failed_attempts(), 1);
    let kinds: Vec<_> = vault.log(None, 10).unwrap().0.into_iter().map(|entry| entry.act.kind).collect();
    assert!(kinds.contains(&koplamp_model::ActKind::OpenFailed), "{kinds:?}");
    drop(vault);
    assert_eq!(place.open().unwrap().failed_attempts(), 0, "an attempt is told once");
}

#[test]
fn a_second_program_is_kept_out() {
    let (place, _vault) = Place::new();
    assert!(matches!(place.open(), Err(VaultError::Busy(_))));
}

#[test]
fn undo_gives_back_the_digest_from_before_and_survives_a_restart() {
    let (place, vault) = Place::new();
    let empty = vault.state_digest().unwrap();
    let document = import(&vault, "a");
    let search = SavedSearch { id: SavedSearchId::random(), name: "n".into(), query: "q".into() };
    let relabelled = Labels { organisation: "om".into(), ..labels() };
    let acts = [
        Operation::DocumentRenamed { document, title: Some("Eerste".into()) },
        Operation::DocumentRenamed { document, title: Some("Tweede".into()) },
        Operation::DocumentLabelled { document, labels: relabelled },
        Operation::SearchSaved(search.clone()),
        Operation::SearchDropped { search: search.id },
        Operation::DocumentRemoved { document },
    ];
    let mut digests = vec![empty, vault.state_digest().unwrap()];
    for act in acts {
        vault.act(None, vec![act], &[]).unwrap();
        digests.push(vault.state_digest().unwrap());
    }
    drop(vault);
    let vault = place.open().unwrap();
    for digest in digests.iter().rev().skip(1) {
        vault.undo().unwrap().expect("something to undo");
        assert_eq!(&vault.state_digest().unwrap(), digest);
    }
    assert!(vault.undo().unwrap().is_none());
    drop(vault);
    let vault = place.open().unwrap();
    for digest in digests.iter().skip(1) {
        vault.redo().unwrap().expect("something to redo");
        assert_eq!(&vault.state_digest().unwrap(), digest);
    }
    assert!(vault.redo().unwrap().is_none());
    let (before, after) = vault.rebuild(reread).unwrap();
    assert_eq!(before, after, "a rebuild gives what was kept");
    assert!(vault.verify_log().unwrap().ok);
}

#[test]
fn a_new_act_ends_what_can_be_redone() {
    let (_place, vault) = Place::new();
    let document = import(&vault, "a");
    vault.act(None, vec![Operation::DocumentRemoved { document }], &[]).unwrap();
    vault.undo().unwrap();
    vault.act(None, vec![Operation::DocumentRenamed { document, title: Some("t".into()) }], &[]).unwrap();
    assert!(vault.redo().unwrap().is_none());
}

#[test]
fn an_import_in_batches_is_one_act() {
    let (_place, vault) = Place::new();
    let (mut act, mut documents) = (None, Vec::new());
    for text in ["a", "b", "c"] {
        let document = DocumentId::random();
        documents.push(document);
        let import = Import {
            document,
            parent: None,
            blob: Some(BlobId::random()),
            sha256: hex::encode(Sha256::digest(text)),
            size: 1,
            path: text.into(),
            labels: labels(),
            failure: None,
        };
        let change = vault.act(act, vec![Operation::DocumentImported(import)], &[(document, reading(text))]).unwrap();
        act = Some(change.act.transaction);
    }
    let (undo, _) = vault.undoable().unwrap();
    assert_eq!(undo.unwrap().count, 3);
    vault.undo().unwrap();
    assert!(all(&vault).is_empty());
    vault.redo().unwrap();
    assert_eq!(all(&vault).len(), 3);
}

/// Does something to the log's table, as somebody with the key could, and gives what the verifier says.
fn after(change: &str) -> koplamp_model::LogCheck {
    let (_place, vault) = Place::new();
    for text in ["a", "b", "c", "d"] {
        import(&vault, text);
    }
    assert!(vault.verify_log().unwrap().ok);
    let stream: Vec<u8> = vault
        .store
        .read(|connection| {
            Ok(connection.query_row("SELECT id FROM stream WHERE compartment = 'douane'", [], |row| row.get(0))?)
        })
        .unwrap();
    // Statements that name no stream take no parameter.
    let parameters = if change.contains("?1") { vec![stream] } else { vec![] };
    vault.store.writer().execute(change, rusqlite::params_from_iter(parameters)).unwrap();
    vault.verify_log().unwrap()
}

#[test]
fn the_verifier_names_the_line_that_was_tampered_with() {
    let cases = [
        ("DELETE FROM operation WHERE stream = ?1 AND sequence = 1", 1, "removed from the middle"),
        ("DELETE FROM operation WHERE stream = ?1 AND sequence = 3", 3, "cut off at the end"),
        (
            "UPDATE operation SET payload = zeroblob(length(payload)) WHERE stream = ?1 AND sequence = 2",
            2,
            "payload changed",
        ),
        (
            "UPDATE operation SET header = zeroblob(length(header)) WHERE stream = ?1 AND sequence = 0",
            0,
            "header changed",
        ),
        ("UPDATE operation SET sequence = 9 WHERE stream = ?1 AND sequence = 1", 1, "moved"),
        (
            "UPDATE operation SET header = (SELECT header FROM operation WHERE stream = ?1 AND sequence = 2) WHERE stream = ?1 AND sequence = 1",
            1,
            "copied over",
        ),
    ];
    for (change, sequence, because) in cases {
        let check = after(change);
        let broken = check.broken.unwrap_or_else(|| panic!("{because}: not noticed"));
        assert_eq!(broken.sequence, sequence, "{because}: {}", broken.message);
    }
}

#[test]
fn an_end_cut_off_with_its_count_is_noticed_by_the_witness() {
    let (_place, vault) = Place::new();
    import(&vault, "a");
    import(&vault, "b");
    let writer = vault.store.writer();
    writer
        .execute_batch(
            "DELETE FROM operation WHERE sequence = 1 AND stream = (SELECT id FROM stream WHERE compartment = 'douane');
             UPDATE stream SET length = 1 WHERE compartment = 'douane';",
        )
        .unwrap();
    drop(writer);
    assert!(!vault.verify_log().unwrap().ok);
}

#[test]
fn a_payload_whose_key_was_destroyed_does_not_break_the_chain() {
    let (_place, vault) = Place::new();
    import(&vault, "a");
    vault
        .store
        .writer()
        .execute("DELETE FROM payload_key WHERE id IN (SELECT id FROM payload_key LIMIT ?1)", params![1])
        .unwrap();
    assert!(vault.verify_log().unwrap().ok);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn an_old_copy_of_one_file_is_noticed_and_can_be_gone_on_from() {
    for file in ["store.db", "header"] {
        let (place, vault) = Place::new();
        import(&vault, "a");
        vault.close("end").unwrap();
        drop(vault);
        let old = place.folder.path().join("old");
        copy(&place.path(), &old);

        let vault = place.open().unwrap();
        import(&vault, "b");
        vault.set_passphrase(PASSPHRASE, &place.secret, "again").unwrap();
        vault.close("end").unwrap();
        drop(vault);
        fs::copy(old.join(file), place.path().join(file)).unwrap();

        assert!(matches!(place.open(), Err(VaultError::RolledBack { .. })), "an old {file} opens");
        let way = Way::Passphrase(PASSPHRASE, &place.secret);
        let vault = Vault::open(&place.path(), &way, true).unwrap();
        import(&vault, "c");
        let check = vault.verify_log().unwrap();
        assert!(check.ok, "{file}: {:?}", check.broken);
        drop(vault);
        assert!(place.open().is_ok(), "gone on from an old {file}, it opens as ever");
    }
}

#[test]
fn a_lost_write_ahead_log_is_noticed() {
    let (place, vault) = Place::new();
    vault.close("end").unwrap();
    import(&vault, "a");
    let copied = place.folder.path().join("copied");
    copy(&place.path(), &copied);
    drop(vault);
    fs::remove_file(copied.join("store.db-wal")).unwrap();
    let way = Way::Passphrase(PASSPHRASE, &place.secret);
    assert!(matches!(Vault::open(&copied, &way, false), Err(VaultError::RolledBack { .. })));
}

#[test]
fn an_act_on_a_document_that_is_not_there_changes_nothing() {
    let (_place, vault) = Place::new();
    let document = import(&vault, "a");
    let before = vault.state_digest().unwrap();
    let gone = DocumentId::random();
    let operations =
        vec![Operation::DocumentRemoved { document }, Operation::DocumentRenamed { document: gone, title: None }];
    assert!(matches!(vault.act(None, operations, &[]), Err(VaultError::NoSuchDocument(id)) if id == gone));
    assert_eq!(vault.state_digest().unwrap(), before);
    assert!(vault.verify_log().unwrap().ok);
}

#[test]
fn a_replaced_original_is_not_given_out() {
    let (_place, vault) = Place::new();
    let document = import(&vault, "echt");
    let (blob, _) =
        vault.store.read(|connection| crate::store::documents::blob(connection, document)).unwrap().unwrap();
    vault.blobs().put_with_id(blob, b"vals").unwrap();
    assert!(matches!(vault.original(document), Err(VaultError::StoreDamaged(_))));
    assert!(!vault.examine().unwrap().is_empty());
}

#[test]
fn a_damaged_end_of_a_long_text_is_an_error_and_no_zeros() {
    let (place, vault) = Place::new();
    let text = "een lange regel tekst. ".repeat(20_000);
    let document = import(&vault, &text);
    vault.close("end").unwrap();
    drop(vault);
    let store = place.path().join("store.db");
    let whole = fs::read(&store).unwrap();
    let witness = fs::read(place.path().join("witness")).unwrap();
    let mut noticed = 0;
    // One byte in each page of the database in turn: the text is right, or it is not given out.
    for page in (1..whole.len() / 4096).rev().take(120) {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 100] ^= 1;
        fs::write(&store, bytes).unwrap();
        match place.open().and_then(|vault| vault.pages(document, 1, 9)) {
            Ok(pages) => assert!(pages.len() == 1 && pages[0].text == text, "page {page} gave a wrong text"),
            Err(error) => {
                assert!(matches!(error, VaultError::StoreDamaged(_)), "page {page}: {error}");
                noticed += 1;
            }
        }
        for companion in ["store.db-wal", "store.db-shm"] {
            drop(fs::remove_file(place.path().join(companion)));
        }
        fs::write(place.path().join("witness"), &witness).unwrap();
    }
    assert!(noticed > 50, "most of the last pages hold the text, {noticed} were noticed");
}
