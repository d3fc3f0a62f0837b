//! Looking for planted words in files as they lie on disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use memchr::memmem::Finder;
use walkdir::WalkDir;

/// Planted words, in the encodings in which text is kept in memory and on disk.
pub struct Canary {
    finders: Vec<(String, Finder<'static>)>,
}

/// A planted word that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The word and its encoding.
    pub what: String,
    /// The file that holds it, or whose name does.
    pub file: PathBuf,
}

impl Canary {
    /// These words in UTF-8 and in UTF-16 of both byte orders. They are looked for whatever the case of their letters.
    pub fn new(words: &[&str]) -> Self {
        let mut finders = Vec::new();
        for word in words {
            let word = word.to_lowercase();
            let little = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for (encoding, bytes) in [("UTF-8", word.clone().into_bytes()), ("UTF-16LE", little), ("UTF-16BE", big)] {
                finders.push((format!("{word} ({encoding})"), Finder::new(&bytes).into_owned()));
            }
        }
        Self { finders }
    }

    /// What of them these bytes hold.
    pub fn within(&self, bytes: &[u8]) -> Vec<String> {
        let lower = bytes.to_ascii_lowercase();
        let found = self.finders.iter().filter(|(_, finder)| finder.find(&lower).is_some());
        found.map(|(what, _)| what.clone()).collect()
    }

    /// Looks through all files below a folder that were changed since then, and through all names. Gives the leaks, and the number of
    /// files looked through.
    pub fn below(&self, folder: &Path, since: SystemTime) -> (Vec<Leak>, usize) {
        let (mut leaks, mut files) = (Vec::new(), 0);
        // What cannot be entered or vanishes meanwhile belongs to somebody else: the programs under test run as this user.
        for entry in WalkDir::new(folder).into_iter().flatten() {
            let path = entry.path();
            let mut found = self.within(entry.file_name().as_encoded_bytes());
            let changed = entry.metadata().ok().and_then(|data| data.modified().ok()).is_some_and(|at| at >= since);
            if entry.file_type().is_file()
                && changed
                && let Ok(bytes) = fs::read(path)
            {
                files += 1;
                found.extend(self.within(&bytes));
            }
            leaks.extend(found.into_iter().map(|what| Leak { what, file: path.to_owned() }));
        }
        (leaks, files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_every_encoding_and_case_and_in_names() {
        let folder = tempfile::tempdir().unwrap();
        let canary = Canary::new(&["Kraaienzwavel"]);
        fs::write(folder.path().join("a"), "xx KRAAIENZWAVEL").unwrap();
        let wide: Vec<u8> = "kraaienzwavel".encode_utf16().flat_map(u16::to_be_bytes).collect();
        fs::write(folder.path().join("b"), wide).unwrap();
        fs::write(folder.path().join("c"), "kraaien zwavel").unwrap();
        fs::create_dir(folder.path().join("kraaienzwavel.d")).unwrap();
        let (leaks, files) = canary.below(folder.path(), SystemTime::UNIX_EPOCH);
        let mut names: Vec<_> = leaks.iter().map(|leak| leak.file.file_name().unwrap().to_owned()).collect();
        names.sort();
        assert_eq!((names, files), (vec!["a".into(), "b".into(), "kraaienzwavel.d".into()], 3));
    }
}
