//! What leaves goes to a plain file outside every workspace, whole, and never over a file that nobody said may go.

use std::fs;
use std::path::{Path, PathBuf};

use koplamp_model::Audit;

use super::{Place, Vault};
use crate::VaultError;

fn leave(vault: &Vault, target: &Path, overwrite: bool) -> Result<(), VaultError> {
    let audit = Audit::Disclosed { format: "ftm".into(), chart: None, entities: 1 };
    vault.export(audit, &[(target, b"in the clear")], overwrite)
}

fn lines(vault: &Vault) -> usize {
    vault.log(None, 100).unwrap().0.len()
}

/// Every file of a workspace that never changes by reading, with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // The database's index of its write-ahead log is written by readers too.
        if path.to_string_lossy().ends_with("-shm") {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}

#[test]
fn nothing_leaves_into_a_workspace_by_whatever_name() {
    let (place, vault) = Place::new();
    let (other, closed) = Place::new();
    drop(closed);
    let folder = place.path();
    let outside = place.folder.path().join("elders");
    fs::create_dir(&outside).unwrap();
    let mut targets = vec![
        folder.join("header"),
        folder.join("nieuw.ftm"),
        folder.join("blobs/../header"),
        outside.join("../zaak.koplamp/header"),
        folder.join("blobs/nieuw.ftm"),
        other.path().join("header"),
        other.path().join("nieuw.ftm"),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&folder, outside.join("map")).unwrap();
        targets.push(outside.join("map/header"));
        targets.push(outside.join("map/nieuw.ftm"));
    }
    let (before, others, logged) = (files(&folder), files(&other.path()), lines(&vault));
    for target in targets {
        let refused = leave(&vault, &target, true);
        assert!(matches!(refused, Err(VaultError::TargetInWorkspace(_))), "{}: {refused:?}", target.display());
    }
    assert!((files(&folder), files(&other.path())) == (before, others), "no file of a workspace was touched");
    assert_eq!(lines(&vault), logged, "what did not leave is not in the log as if it had");
    // One whose header is damaged is a workspace still.
    fs::write(other.path().join("header"), "kapot").unwrap();
    let refused = leave(&vault, &other.path().join("nieuw.ftm"), false);
    assert!(matches!(refused, Err(VaultError::TargetInWorkspace(_))), "{refused:?}");
    drop(vault);
    place.open().unwrap();
}

#[test]
#[cfg(unix)]
fn nothing_leaves_through_a_link_or_a_second_name() {
    let (place, vault) = Place::new();
    let header = place.path().join("header");
    let before = fs::read(&header).unwrap();
    let [symbolic, hard, dangling] = ["zacht.ftm", "hard.ftm", "leeg.ftm"].map(|name| place.folder.path().join(name));
    std::os::unix::fs::symlink(&header, &symbolic).unwrap();
    fs::hard_link(&header, &hard).unwrap();
    std::os::unix::fs::symlink(place.path().join("nieuw"), &dangling).unwrap();
    for target in [&symbolic, &hard, &dangling, &place.folder.path().to_owned()] {
        let refused = leave(&vault, target, true);
        assert!(matches!(refused, Err(VaultError::TargetNotPlain(_))), "{}: {refused:?}", target.display());
    }
    assert_eq!(fs::read(&header).unwrap(), before);
    assert!(!place.path().join("nieuw").exists());
}

#[test]
fn a_file_is_replaced_only_when_somebody_said_so_and_none_without_the_other() {
    let (place, vault) = Place::new();
    let [file, beside] = ["uit.csv", "uit-entities.csv"].map(|name| place.folder.path().join(name));
    leave(&vault, &file, false).unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"in the clear");
    fs::write(&file, "mijn werk").unwrap();
    let logged = lines(&vault);
    assert!(matches!(leave(&vault, &file, false), Err(VaultError::TargetExists(_))));
    let audit = || Audit::Disclosed { format: "csv".into(), chart: None, entities: 1 };
    let both: [(&Path, &[u8]); 2] = [(&beside, b"entities"), (&file, b"links")];
    assert!(matches!(vault.export(audit(), &both, false), Err(VaultError::TargetExists(_))));
    assert!(!beside.exists(), "all of them, or none");
    assert_eq!(fs::read(&file).unwrap(), b"mijn werk");
    assert_eq!(lines(&vault), logged);
    vault.export(audit(), &both, true).unwrap();
    assert_eq!((fs::read(&file).unwrap(), fs::read(&beside).unwrap()), (b"links".to_vec(), b"entities".to_vec()));
    let left = fs::read_dir(place.folder.path()).unwrap().count();
    assert_eq!(left, 3, "the workspace and two files: no temporary name stays");
}

#[test]
fn a_folder_that_only_has_a_file_called_header_is_no_workspace() {
    let (place, vault) = Place::new();
    let folder = place.folder.path().join("web");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("header"), "<h1>").unwrap();
    leave(&vault, &folder.join("uit.ftm"), false).unwrap();
}
