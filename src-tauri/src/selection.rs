//! Files that a person chose or dropped, kept here: the web view knows them by a token only.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use koplamp_model::DocumentId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names that the web view is shown.
const NAMES: usize = 20;

/// What the web view knows of chosen files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct Selection {
    /// Hands the files to an import.
    pub token: String,
    /// Number of files chosen.
    pub files: u32,
    /// Number of folders chosen.
    pub folders: u32,
    /// Names of the first twenty.
    pub names: Vec<String>,
}

/// The selections that wait for an import.
#[derive(Default)]
pub(crate) struct Selections {
    waiting: Mutex<HashMap<String, Vec<PathBuf>>>,
}

impl Selections {
    /// Keeps these paths; none when there are none.
    pub(crate) fn keep(&self, paths: Vec<PathBuf>) -> Option<Selection> {
        if paths.is_empty() {
            return None;
        }
        let folders = paths.iter().filter(|path| path.is_dir()).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let name = |path: &PathBuf| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let selection = Selection {
            token: DocumentId::random().to_string(),
            files: count(paths.len() - folders),
            folders: count(folders),
            names: paths.iter().take(NAMES).map(name).collect(),
        };
        self.waiting().insert(selection.token.clone(), paths);
        Some(selection)
    }

    /// The paths of a token, which is used up by it.
    pub(crate) fn take(&self, token: &str) -> Option<Vec<PathBuf>> {
        self.waiting().remove(token)
    }

    /// The paths of a token, which goes on waiting: a table is tried before it is taken in.
    pub(crate) fn look(&self, token: &str) -> Option<Vec<PathBuf>> {
        self.waiting().get(token).cloned()
    }

    /// Forgets all of them.
    pub(crate) fn clear(&self) {
        self.waiting().clear();
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<String, Vec<PathBuf>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_once() {
        let selections = Selections::default();
        let selection = selections.keep(vec!["/a/b.txt".into()]).unwrap();
        assert_eq!((selection.files, selection.names), (1, vec!["b.txt".to_owned()]));
        assert_eq!(selections.take(&selection.token), Some(vec![PathBuf::from("/a/b.txt")]));
        assert_eq!(selections.take(&selection.token), None);
        assert_eq!(selections.take("../../etc/passwd"), None);
    }
}
