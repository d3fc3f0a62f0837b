//! A workspace's folder in memory: to put it back, change it, and compare it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// The files of a folder, by their path in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// Path in the folder, and content.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Snapshot {
    /// The files of a folder as they are now.
    pub fn of(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        for entry in WalkDir::new(folder) {
            let entry = entry.expect("the folder can be read");
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(folder).expect("it lies in the folder").to_owned();
                files.insert(name, fs::read(entry.path()).expect("the file can be read"));
            }
        }
        Self { files }
    }

    /// Makes a folder hold these files and no others.
    pub fn put(&self, folder: &Path) {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => panic!("{}: {error}", folder.display()),
            _ => {}
        }
        fs::create_dir_all(folder).expect("a folder can be made");
        for (name, bytes) in &self.files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder can be made");
            fs::write(path, bytes).expect("a file can be written");
        }
    }

    /// The names of files that differ from the other's, or that only one has.
    pub fn changed(&self, other: &Self) -> Vec<PathBuf> {
        let names = self.files.keys().chain(other.files.keys());
        let mut changed: Vec<_> =
            names.filter(|name| self.files.get(*name) != other.files.get(*name)).cloned().collect();
        changed.sort();
        changed.dedup();
        changed
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
