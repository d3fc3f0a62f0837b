//! Which files an import is about: folders are walked, in the order of their names.

use std::collections::HashSet;
use std::fs::FileType;
use std::path::{Path, PathBuf};

use koplamp_model::{Failure, Reason};
use walkdir::WalkDir;

use crate::WorkspaceError;

/// A file to take in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// Where it lies now.
    pub file: PathBuf,
    /// The path under which it is kept: from the chosen folder's own name on, with `/`, so that nothing tells where on this computer it lay.
    pub path: String,
    /// Why it is not even tried, where that is plain: it is told like any other file that cannot be read.
    pub refused: Option<Failure>,
}

/// The files that these paths name, each once; a folder stands for all files below it. Symbolic links within it are not followed: they
/// lead out of what was chosen. Workspaces are not entered: what they hold is their own.
///
/// # Errors
/// When a path that was named does not exist. What cannot be read inside a folder is found out when it is read.
pub fn select(paths: &[PathBuf]) -> Result<Vec<Selected>, WorkspaceError> {
    let mut selected = Vec::new();
    let mut seen = HashSet::new();
    for path in paths {
        let root = path.canonicalize().map_err(|source| WorkspaceError::Io {
            action: "find",
            path: path.display().to_string(),
            source,
        })?;
        let above = root.parent().unwrap_or(Path::new("")).to_owned();
        let mut entries = WalkDir::new(&root).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let (file, refused) = match entry {
                Ok(entry) if is_workspace(entry.path()) => {
                    entries.skip_current_dir();
                    let message = "It is a workspace of Koplamp. Open it to see what it holds.".to_owned();
                    (entry.into_path(), Some(Failure { reason: Reason::Unsupported, message }))
                }
                Ok(entry) if entry.file_type().is_dir() => continue,
                Ok(entry) => {
                    let refused = not_plain(entry.file_type());
                    (entry.into_path(), refused)
                }
                // A folder that cannot be entered.
                Err(error) => match error.path() {
                    Some(path) => {
                        let failure = Failure { reason: Reason::Unreadable, message: format!("{error}.") };
                        (path.to_owned(), Some(failure))
                    }
                    None => continue,
                },
            };
            if seen.insert(file.clone()) {
                let path = relative(&above, &file);
                selected.push(Selected { file, path, refused });
            }
        }
    }
    Ok(selected)
}

fn is_workspace(folder: &Path) -> bool {
    folder.join("header").is_file() && folder.join("store.db").is_file()
}

/// Why something that is no folder is no plain file either. To read a pipe or a device may never end.
fn not_plain(kind: FileType) -> Option<Failure> {
    let what = match kind {
        kind if kind.is_file() => return None,
        kind if kind.is_symlink() => "It is a symbolic link; what it points to is taken in by choosing that.",
        _ => "It is no file but a pipe, a socket or a device.",
    };
    Some(Failure { reason: Reason::Unreadable, message: what.to_owned() })
}

fn relative(above: &Path, file: &Path) -> String {
    let parts: Vec<_> = file
        .strip_prefix(above)
        .unwrap_or(file)
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_its_files_in_order_and_keeps_its_own_name_only() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("zaak");
        std::fs::create_dir_all(folder.join("b")).unwrap();
        for name in ["c.txt", "a.txt", "b/d.txt"] {
            std::fs::write(folder.join(name), "x").unwrap();
        }
        let paths: Vec<String> = select(&[folder]).unwrap().into_iter().map(|selected| selected.path).collect();
        assert_eq!(paths, ["zaak/a.txt", "zaak/b/d.txt", "zaak/c.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_pipes_and_workspaces_are_named_and_not_read() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("zaak");
        std::fs::create_dir_all(folder.join("oud.koplamp/blobs")).unwrap();
        for name in ["a.txt", "oud.koplamp/header", "oud.koplamp/store.db", "oud.koplamp/blobs/x"] {
            std::fs::write(folder.join(name), "x").unwrap();
        }
        std::os::unix::fs::symlink("/etc/passwd", folder.join("link.txt")).unwrap();
        std::os::unix::net::UnixListener::bind(folder.join("socket")).unwrap();
        let found: Vec<(String, Option<Reason>)> =
            select(&[folder.clone(), folder.join("a.txt"), folder.join("../zaak")])
                .unwrap()
                .into_iter()
                .map(|selected| (selected.path, selected.refused.map(|failure| failure.reason)))
                .collect();
        let expected = [
            ("zaak/a.txt", None),
            ("zaak/link.txt", Some(Reason::Unreadable)),
            ("zaak/oud.koplamp", Some(Reason::Unsupported)),
            ("zaak/socket", Some(Reason::Unreadable)),
        ];
        assert_eq!(found, expected.map(|(path, reason)| (path.to_owned(), reason)));
    }

    #[test]
    fn a_path_that_is_not_there_is_named() {
        let error = select(&[PathBuf::from("/nowhere/at/all")]).unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
    }
}
