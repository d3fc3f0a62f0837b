//! Blobs: the original bytes of documents and other large things, each in an encrypted file under a random id.
//!
//! What a sealed file holds: the length of the content (u64, little-endian), the content, and zeros up to a padded size, so that
//! the size on disk does not identify a known document.

use std::io::{self, Read, Write};
use std::path::Path;

use koplamp_model::BlobId;

use crate::key::Key;
use crate::memory::WipedBytes;
use crate::padding::padded_length;
use crate::sealed::{Damage, SealedError, SealedFolder};

const LENGTH_FIELD: usize = 8;

/// The smallest size of what is sealed: with header, tag and trailer the file fills a disk block of 4 KiB. A Padmé size itself.
const SMALLEST: usize = 3_968;

/// The folder of blobs.
pub struct Blobs {
    folder: SealedFolder,
}

impl Blobs {
    /// The blobs in the folder at `path`, made if it is not there; `key` is of this folder alone.
    ///
    /// # Errors
    /// As [`SealedFolder::open`].
    pub fn open(path: &Path, key: &Key) -> Result<Self, SealedError> {
        Ok(Self { folder: SealedFolder::open(path, key)? })
    }

    /// Keeps `content` under a new id; durable when this returns.
    ///
    /// # Errors
    /// [`SealedError::Io`]; nothing is kept then.
    pub fn put(&self, content: &[u8]) -> Result<BlobId, SealedError> {
        let id = BlobId::random();
        self.put_with_id(id, content)?;
        Ok(id)
    }

    /// Keeps `content` under `id`, in the place of what was there; durable when this returns.
    ///
    /// # Errors
    /// [`SealedError::Io`]; what was there is there still.
    pub fn put_with_id(&self, id: BlobId, content: &[u8]) -> Result<(), SealedError> {
        self.folder.replace_with(&id.to_string(), |writer| {
            let used = LENGTH_FIELD + content.len();
            let padding = padded_length(used.max(SMALLEST)) - used;
            writer.write_all(&(content.len() as u64).to_le_bytes())?;
            writer.write_all(content)?;
            io::copy(&mut io::repeat(0).take(padding as u64), writer).map(drop)
        })
    }

    /// The content of a blob, wiped from memory when dropped.
    ///
    /// # Errors
    /// [`SealedError::NotFound`], [`SealedError::Damaged`], [`SealedError::UnsupportedVersion`], or [`SealedError::Io`].
    pub fn get(&self, id: BlobId) -> Result<WipedBytes, SealedError> {
        let name = id.to_string();
        let file = self.folder.read(&name)?;
        let malformed = || SealedError::damaged(&name, Damage::Content);
        let start = LENGTH_FIELD as u64;
        let field = file.read_range(0..start.min(file.len()))?;
        let length = u64::from_le_bytes((*field).try_into().map_err(|_| malformed())?);
        let end = length.checked_add(start).filter(|end| *end <= file.len()).ok_or_else(malformed)?;
        file.read_range(start..end)
    }

    /// Whether there is a blob of this id, whatever its state.
    ///
    /// # Errors
    /// [`SealedError::Io`].
    pub fn exists(&self, id: BlobId) -> Result<bool, SealedError> {
        self.folder.exists(&id.to_string())
    }

    /// Deletes a blob, durably. What the disk keeps of it is ciphertext; destroying it for good is a matter of keys.
    ///
    /// # Errors
    /// [`SealedError::NotFound`] or [`SealedError::Io`].
    pub fn delete(&self, id: BlobId) -> Result<(), SealedError> {
        self.folder.delete(&id.to_string())?;
        self.folder.sync()
    }

    /// Deletes all blobs but the `known` ones, as those that an import left which broke off, and says how many.
    ///
    /// # Errors
    /// [`SealedError::Io`]; some may be deleted then.
    pub fn retain(&self, known: impl IntoIterator<Item = BlobId>) -> Result<usize, SealedError> {
        let names: Vec<String> = known.into_iter().map(|id| id.to_string()).collect();
        let deleted = self.folder.retain(names.iter().map(String::as_str))?;
        self.folder.sync()?;
        Ok(deleted)
    }

    /// Reads and checks these blobs. Gives what is wrong, at most one problem a blob.
    pub fn verify(&self, ids: impl IntoIterator<Item = BlobId>) -> Vec<SealedError> {
        ids.into_iter().flat_map(|id| self.folder.verify([id.to_string().as_str()])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::fs;

    fn blobs() -> (tempfile::TempDir, Key, Blobs) {
        let folder = tempfile::tempdir().unwrap();
        let key = Key::random();
        let blobs = Blobs::open(folder.path(), &key).unwrap();
        (folder, key, blobs)
    }

    #[test]
    fn content_of_any_length_survives() {
        let (folder, key, blobs) = blobs();
        let contents: Vec<Vec<u8>> = [0, 1, 3_960, 3_961, 8_184, 8_185, 100_000].map(|length| vec![7; length]).into();
        let ids: Vec<BlobId> = contents.iter().map(|content| blobs.put(content).unwrap()).collect();
        let again = Blobs::open(folder.path(), &key).unwrap();
        for (id, content) in ids.iter().zip(&contents) {
            assert_eq!(*again.get(*id).unwrap(), **content);
            assert!(again.exists(*id).unwrap());
        }
        assert!(again.verify(ids).is_empty());
    }

    #[test]
    fn sizes_on_disk_are_padded() {
        let (folder, _key, blobs) = blobs();
        for length in 0..200 {
            blobs.put(&vec![1; length * 20]).unwrap();
            blobs.put(&vec![1; 1_000_000 + length * 50]).unwrap();
        }
        let size = |entry: io::Result<fs::DirEntry>| entry.unwrap().metadata().unwrap().len();
        let sizes: HashSet<u64> = fs::read_dir(folder.path()).unwrap().map(size).collect();
        assert!(sizes.len() <= 4, "400 lengths show as {sizes:?}");
        assert!(sizes.contains(&4_076), "a small blob fits a disk block: {sizes:?}");
    }

    #[test]
    fn a_blob_is_replaced_and_deleted() {
        let (_folder, _key, blobs) = blobs();
        let id = blobs.put(b"one").unwrap();
        blobs.put_with_id(id, b"two").unwrap();
        assert_eq!(*blobs.get(id).unwrap(), *b"two");
        blobs.delete(id).unwrap();
        assert!(matches!(blobs.get(id), Err(SealedError::NotFound { .. })));
        assert!(matches!(blobs.delete(id), Err(SealedError::NotFound { .. })));
    }

    #[test]
    fn orphans_go_and_the_known_stay() {
        let (folder, _key, blobs) = blobs();
        let kept: Vec<BlobId> = (0..5).map(|number| blobs.put(&[number]).unwrap()).collect();
        let orphan = blobs.put(b"orphan").unwrap();
        fs::write(folder.path().join("a note of the user.txt"), b"").unwrap();
        assert_eq!(blobs.retain(kept.iter().copied()).unwrap(), 1);
        assert!(!blobs.exists(orphan).unwrap());
        for (number, id) in kept.into_iter().enumerate() {
            assert_eq!(*blobs.get(id).unwrap(), [number as u8]);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 6);
    }

    #[test]
    fn an_authentic_file_that_is_no_blob_is_damaged() {
        let (_folder, _key, blobs) = blobs();
        for content in [&b"short"[..], &[0xff; 100], &101u64.to_le_bytes()] {
            let id = BlobId::random();
            blobs.folder.replace(&id.to_string(), content).unwrap();
            assert!(matches!(blobs.get(id), Err(SealedError::Damaged { what: Damage::Content, .. })));
        }
    }

    #[test]
    fn two_blobs_cannot_change_places() {
        let (_folder, _key, blobs) = blobs();
        let (one, two) = (blobs.put(b"one").unwrap(), blobs.put(b"two").unwrap());
        let path = |id: BlobId| blobs.folder.physical(&id.to_string());
        fs::rename(path(one), path(two)).unwrap();
        assert!(matches!(blobs.get(two), Err(SealedError::Damaged { .. })));
        assert!(matches!(blobs.get(one), Err(SealedError::NotFound { .. })));
    }
}
