//! Which files an import is about: folders are walked, in the order of their names.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::WorkspaceError;

/// A file to take in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// Where it lies now.
    pub file: PathBuf,
    /// The path under which it is kept: from the chosen folder's own name on, with `/`, so that nothing tells where on this computer it lay.
    pub path: String,
}

/// The files that these paths name; a folder stands for all files below it. Symbolic links are not followed: they lead out of what was chosen.
///
/// # Errors
/// When a path that was named does not exist. What cannot be read inside a folder is found out when it is read.
pub fn select(paths: &[PathBuf]) -> Result<Vec<Selected>, WorkspaceError> {
    let mut selected = Vec::new();
    for path in paths {
        let root = path.canonicalize().map_err(|source| WorkspaceError::Io {
            action: "find",
            path: path.display().to_string(),
            source,
        })?;
        let above = root.parent().unwrap_or(Path::new("")).to_owned();
        for entry in WalkDir::new(&root).sort_by_file_name() {
            let file = match entry {
                Ok(entry) if entry.file_type().is_file() => entry.into_path(),
                Ok(_) => continue,
                // A folder that cannot be entered: reading it as a file fails and puts it on the list.
                Err(error) => match error.path() {
                    Some(path) => path.to_owned(),
                    None => continue,
                },
            };
            let path = relative(&above, &file);
            selected.push(Selected { file, path });
        }
    }
    Ok(selected)
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

    #[test]
    fn a_path_that_is_not_there_is_named() {
        let error = select(&[PathBuf::from("/nowhere/at/all")]).unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
    }
}
