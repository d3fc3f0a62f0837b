//! Writing files so that a crash leaves the old one or the new one, never half of one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const TEMPORARY: &str = "tmp";

/// A new file under a temporary name that takes the place of `target` when committed, and disappears otherwise.
///
/// It is locked while it is written, so that [`remove_leftovers`] can tell it from what a crash left behind.
pub(crate) struct Replacement {
    file: File,
    temporary: PathBuf,
    target: PathBuf,
    committed: bool,
}

impl Replacement {
    /// Begins a file in the folder of `target`, readable by its owner only.
    pub(crate) fn begin(target: &Path) -> io::Result<Self> {
        let mut random = [0; 8];
        crate::key::fill_random(&mut random);
        let mut name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_os_string();
        name.push(format!(".{}.{TEMPORARY}", hex::encode(random)));
        let temporary = target.with_file_name(name);
        let file = create_private(&temporary)?;
        let replacement = Self { file, temporary, target: target.to_owned(), committed: false };
        replacement.file.lock()?;
        Ok(replacement)
    }

    /// The file to write to.
    pub(crate) fn file(&self) -> &File {
        &self.file
    }

    /// Makes the file durable and puts it in the place of the target.
    pub(crate) fn commit(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.temporary, &self.target)?;
        self.committed = true;
        sync_parent(&self.target)
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if !self.committed {
            // Where this fails the file stays behind, sealed, until `remove_leftovers` takes it.
            drop(fs::remove_file(&self.temporary));
        }
    }
}

/// Puts `bytes` in the file `path`, durably: after a crash it holds the old bytes or the new ones.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let replacement = Replacement::begin(path)?;
    replacement.file().write_all(bytes)?;
    replacement.commit()
}

/// Creates a file that must not exist, readable and writable by its owner only.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Creates a folder (and those above it) if it is not there; a new one is its owner's only.
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes the names in a folder durable: files created, renamed and removed.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    // Windows has no such call: NTFS journals names by itself.
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Makes the name of a file durable.
pub(crate) fn sync_parent(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => sync_folder(folder),
        _ => sync_folder(Path::new(".")),
    }
}

/// Removes temporary files in `folder` that nobody is writing any more.
pub(crate) fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == TEMPORARY) {
            match File::open(&path) {
                Ok(file) if file.try_lock().is_ok() => fs::remove_file(&path)?,
                Ok(_) => {}
                // Renamed or removed by its writer meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write_atomically(&path, b"one").unwrap();
        write_atomically(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn an_abandoned_replacement_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write_atomically(&path, b"one").unwrap();
        let replacement = Replacement::begin(&path).unwrap();
        replacement.file().write_all(b"tw").unwrap();
        drop(replacement);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn leftovers_go_and_what_is_being_written_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(folder.path().join("file.0011223344556677.tmp"), b"cut short").unwrap();
        let replacement = Replacement::begin(&path).unwrap();
        replacement.file().write_all(b"new").unwrap();
        remove_leftovers(folder.path()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        replacement.commit().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }
}
