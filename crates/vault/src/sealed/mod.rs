//! A folder of encrypted files whose names do not show.
//!
//! The format is described in `format.rs`. What does show: how many files there are, how large, and when they were written. What
//! this cannot see: an older, authentic copy of a file put back under its own name; keep an [`SealedFolder::anchor`] elsewhere.

mod error;
mod format;
mod reader;
mod writer;

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use aws_lc_rs::digest;

pub use error::{Damage, SealedError};
pub use reader::SealedFile;
pub use writer::SealedWriter;

use crate::durable::{self, Replacement};
use crate::key::Key;

/// A folder of encrypted files with hidden names. To be used by one program at a time: hold a lock for as long.
pub struct SealedFolder {
    path: PathBuf,
    file_key: Key,
    name_key: Key,
    lock_key: Key,
}

/// A lock that was not obtained.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// Someone else holds it.
    #[error("'{name}' is in use by another program, or by another part of this one")]
    Busy {
        /// What was to be locked.
        name: String,
    },
    /// The system refused.
    #[error("'{name}' could not be locked: {source}")]
    Io {
        /// What was to be locked.
        name: String,
        /// The system's reason.
        source: io::Error,
    },
}

/// Holds a lock until dropped. The system releases it when the process ends, however that comes.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl SealedFolder {
    /// The folder at `path`, made if it is not there; `key` is of this folder alone. What a crash left half-written is removed.
    ///
    /// Whether it is the right key shows only when a file is read: with another one no file is found.
    ///
    /// # Errors
    /// [`SealedError::Io`] when the folder cannot be made or listed.
    pub fn open(path: &Path, key: &Key) -> Result<Self, SealedError> {
        durable::create_private_folder(path)
            .and_then(|()| durable::remove_leftovers(path))
            .map_err(|source| SealedError::io(&path.to_string_lossy(), "opened", source))?;
        Ok(Self {
            path: path.to_owned(),
            file_key: key.derive("koplamp/sealed/files/v1"),
            name_key: key.derive("koplamp/sealed/names/v1"),
            lock_key: key.derive("koplamp/sealed/locks/v1"),
        })
    }

    /// Begins a file that must not exist. It reads as empty until the writer flushes or finishes.
    ///
    /// # Errors
    /// [`SealedError::AlreadyExists`], or [`SealedError::Io`].
    pub fn create(&self, name: &str) -> Result<SealedWriter, SealedError> {
        let failed = |source| SealedError::io(name, "created", source);
        let mut writer = self.writer(durable::create_private(&self.physical(name)).map_err(failed)?, name);
        writer.complete().map_err(failed)?;
        Ok(writer)
    }

    /// Puts `bytes` in the file `name`, new or not. After a crash it holds the old bytes or the new ones; durable when this returns.
    ///
    /// # Errors
    /// [`SealedError::Io`]; the file is then as it was.
    pub fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), SealedError> {
        self.replace_with(name, |writer| writer.write_all(bytes))
    }

    pub(crate) fn replace_with(
        &self,
        name: &str,
        write: impl FnOnce(&mut SealedWriter) -> io::Result<()>,
    ) -> Result<(), SealedError> {
        let replace = || {
            let replacement = Replacement::begin(&self.physical(name))?;
            let mut writer = self.writer(replacement.file().try_clone()?, name);
            write(&mut writer)?;
            writer.complete()?;
            drop(writer);
            replacement.commit()
        };
        replace().map_err(|source| SealedError::io(name, "written", source))
    }

    fn writer(&self, file: File, name: &str) -> SealedWriter {
        let header = format::new_header();
        let cipher = format::FileCipher::new(&self.file_key, &header, name);
        SealedWriter::new(file, name, &header, cipher)
    }

    /// Opens a file for reading, and checks its name, key and length. It stays readable when the file is deleted or replaced.
    ///
    /// # Errors
    /// [`SealedError::NotFound`], [`SealedError::Damaged`], [`SealedError::UnsupportedVersion`], or [`SealedError::Io`].
    pub fn read(&self, name: &str) -> Result<SealedFile, SealedError> {
        let file = File::open(self.physical(name)).map_err(|source| SealedError::io(name, "opened", source))?;
        SealedFile::open(file, name, &self.file_key)
    }

    /// Whether there is a file of this name, whatever its state.
    ///
    /// # Errors
    /// [`SealedError::Io`] when the folder cannot be read.
    pub fn exists(&self, name: &str) -> Result<bool, SealedError> {
        self.physical(name).try_exists().map_err(|source| SealedError::io(name, "looked for", source))
    }

    /// Deletes a file; durable after [`SealedFolder::sync`].
    ///
    /// # Errors
    /// [`SealedError::NotFound`] or [`SealedError::Io`].
    pub fn delete(&self, name: &str) -> Result<(), SealedError> {
        fs::remove_file(self.physical(name)).map_err(|source| SealedError::io(name, "deleted", source))
    }

    /// Makes durable which files there are.
    ///
    /// # Errors
    /// [`SealedError::Io`].
    pub fn sync(&self) -> Result<(), SealedError> {
        durable::sync_folder(&self.path)
            .map_err(|source| SealedError::io(&self.path.to_string_lossy(), "made durable", source))
    }

    /// Takes the lock `name`, which has nothing to do with a file of that name.
    ///
    /// # Errors
    /// [`LockError::Busy`] when another process, or this one, holds it; [`LockError::Io`].
    pub fn lock(&self, name: &str) -> Result<Lock, LockError> {
        let file = self.lock_file(name)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockError::Busy { name: name.to_owned() }),
            Err(TryLockError::Error(source)) => Err(LockError::Io { name: name.to_owned(), source }),
        }
    }

    /// As [`SealedFolder::lock`], but waits until the lock is free.
    ///
    /// # Errors
    /// [`LockError::Io`].
    pub fn wait_for_lock(&self, name: &str) -> Result<Lock, LockError> {
        let file = self.lock_file(name)?;
        file.lock().map_err(|source| LockError::Io { name: name.to_owned(), source })?;
        Ok(Lock { _file: file })
    }

    fn lock_file(&self, name: &str) -> Result<File, LockError> {
        // Never deleted: a lock on a file that has lost its name would not keep the next one out.
        let path = self.path.join(hidden(&self.lock_key, name)).with_extension("lock");
        OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(|source| LockError::Io { name: name.to_owned(), source })
    }

    /// Reads and checks every page of these files. Gives what is wrong, at most one problem a file.
    pub fn verify<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Vec<SealedError> {
        names.into_iter().filter_map(|name| self.read(name).and_then(|file| file.verify()).err()).collect()
    }

    /// What these files are now: it differs after any new write of one of them, hence also when an older copy is put back. Keep
    /// it where such a copy would show, and compare.
    ///
    /// # Errors
    /// As [`SealedFolder::read`], for the first file that does not open.
    pub fn anchor<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Result<[u8; 32], SealedError> {
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_unstable();
        let mut context = digest::Context::new(&digest::SHA256);
        for name in names {
            context.update(&(name.len() as u64).to_le_bytes());
            context.update(name.as_bytes());
            context.update(self.read(name)?.fingerprint());
        }
        let mut anchor = [0; 32];
        anchor.copy_from_slice(context.finish().as_ref());
        Ok(anchor)
    }

    /// Deletes all files but those named, and says how many. Locks, and what is not a sealed file's name, stay.
    pub(crate) fn retain<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Result<usize, SealedError> {
        let known: HashSet<String> = names.into_iter().map(|name| hidden(&self.name_key, name)).collect();
        let failed = |source| SealedError::io(&self.path.to_string_lossy(), "tidied", source);
        let mut deleted = 0;
        for entry in fs::read_dir(&self.path).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            let is_orphan = |name: &str| is_hidden_name(name) && !known.contains(name);
            if name.to_str().is_some_and(is_orphan) {
                fs::remove_file(self.path.join(name)).map_err(failed)?;
                deleted += 1;
            }
        }
        Ok(deleted)
    }

    pub(crate) fn physical(&self, name: &str) -> PathBuf {
        self.path.join(hidden(&self.name_key, name))
    }
}

/// The name on disk: 128 bits of HMAC-SHA256, in hexadecimal.
fn hidden(key: &Key, name: &str) -> String {
    let mut name = hex::encode(key.mac(&[name.as_bytes()]));
    name.truncate(32);
    name
}

fn is_hidden_name(name: &str) -> bool {
    name.len() == 32 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests;
