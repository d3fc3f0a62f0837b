//! The vault's folder as tantivy sees it.
//!
//! Tantivy asks for ranges of files, the same ones again and again, and reads posting lists and columns whole. So what is kept
//! in memory are the decrypted ranges as they were asked for (short ones with their neighbours), and they are handed out without
//! copying; keeping pages and copying them together costs up to thirty times as much for a query that reads whole columns.

use std::collections::HashMap;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use koplamp_vault::{LockError, SealedError, SealedFile, SealedFolder, SealedWriter};
use lru::LruCache;
use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError as TantivyLockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, TerminatingWrite, WatchCallback,
    WatchCallbackList, WatchHandle, WritePtr,
};

/// The file whose replacement is a commit; who watches the directory waits for it.
const META: &str = "meta.json";

/// Ranges shorter than this are read with what lies around them. Two pages of the vault: half as many waits for a cold disk as
/// with one, and still little that nobody asked for.
const BLOCK: usize = 16 << 10;

/// Bytes that the book-keeping of a kept range takes, about: many ranges are of a few bytes.
const OVERHEAD: usize = 160;

/// An encrypted tantivy directory. Clones are the same directory.
#[derive(Clone)]
pub struct SealedDirectory {
    shared: Arc<Shared>,
}

struct Shared {
    folder: SealedFolder,
    ranges: Arc<Ranges>,
    /// The files that somebody reads. Asked for again they are the same, and so are the ranges kept of them.
    open: Mutex<HashMap<PathBuf, Weak<Handle>>>,
    watchers: WatchCallbackList,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl SealedDirectory {
    /// Memory for decrypted ranges that serves an index of up to about 500,000 documents.
    pub const MEMORY: usize = 128 << 20;

    /// The directory in a folder, with at most `memory` bytes of decrypted ranges kept.
    pub fn new(folder: SealedFolder, memory: usize) -> Self {
        let ranges = Arc::new(Ranges::new(memory));
        let shared = Shared { folder, ranges, open: Mutex::default(), watchers: WatchCallbackList::default() };
        Self { shared: Arc::new(shared) }
    }

    /// Reads and checks every page of these files, without keeping any of it. Gives what is wrong.
    pub(crate) fn verify(&self, paths: &[PathBuf]) -> Vec<SealedError> {
        let names: Vec<String> = paths.iter().map(|path| name_of(path)).collect();
        self.shared.folder.verify(names.iter().map(String::as_str))
    }

    /// What tells whether anything still holds the directory, its keys, or what it decrypted.
    #[cfg(test)]
    pub(crate) fn holders(&self) -> impl Fn() -> usize + use<> {
        let (shared, ranges) = (Arc::downgrade(&self.shared), Arc::downgrade(&self.shared.ranges));
        move || shared.strong_count() + ranges.strong_count()
    }
}

impl fmt::Debug for SealedDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedDirectory")
    }
}

fn name_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn read_error(path: &Path, error: SealedError) -> OpenReadError {
    match error {
        SealedError::NotFound { .. } => OpenReadError::FileDoesNotExist(path.to_owned()),
        error => OpenReadError::wrap_io_error(error.into(), path.to_owned()),
    }
}

impl Directory for SealedDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let mut open = locked(&self.shared.open);
        if let Some(handle) = open.get(path).and_then(Weak::upgrade) {
            return Ok(handle);
        }
        let file = self.shared.folder.read(&name_of(path)).map_err(|error| read_error(path, error))?;
        let length = usize::try_from(file.len()).map_err(|error| {
            OpenReadError::wrap_io_error(io::Error::new(io::ErrorKind::FileTooLarge, error), path.to_owned())
        })?;
        let handle = Arc::new(Handle { file, length, number: next_number(), ranges: self.shared.ranges.clone() });
        open.retain(|_, handle| handle.strong_count() > 0);
        open.insert(path.to_owned(), Arc::downgrade(&handle));
        Ok(handle)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.shared.forget(path);
        self.shared.folder.delete(&name_of(path)).map_err(|error| match error {
            SealedError::NotFound { .. } => DeleteError::FileDoesNotExist(path.to_owned()),
            error => DeleteError::IoError { io_error: Arc::new(error.into()), filepath: path.to_owned() },
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.shared.folder.exists(&name_of(path)).map_err(|error| read_error(path, error))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let writer = self.shared.folder.create(&name_of(path)).map_err(|error| match error {
            SealedError::AlreadyExists { .. } => OpenWriteError::FileAlreadyExists(path.to_owned()),
            error => OpenWriteError::wrap_io_error(error.into(), path.to_owned()),
        })?;
        let writer = Writer { writer: Some(writer), path: path.to_owned(), shared: self.shared.clone() };
        Ok(io::BufWriter::new(Box::new(writer)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let read = |name: &str| {
            let file = self.shared.folder.read(name)?;
            file.read_range(0..file.len())
        };
        read(&name_of(path)).map(|bytes| bytes.to_vec()).map_err(|error| read_error(path, error))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.shared.folder.replace(&name_of(path), data)?;
        self.shared.forget(path);
        if path == Path::new(META) {
            drop(self.shared.watchers.broadcast());
        }
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(self.shared.folder.sync()?)
    }

    /// By a lock of the operating system, which ends with the process. Tantivy's own way, a file that is there, would refuse to
    /// open the index for ever after a crash.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, TantivyLockError> {
        let name = name_of(&lock.filepath);
        let folder = &self.shared.folder;
        let held = if lock.is_blocking { folder.wait_for_lock(&name) } else { folder.lock(&name) };
        match held {
            Ok(held) => Ok(DirectoryLock::from(Box::new(held))),
            Err(LockError::Busy { .. }) => Err(TantivyLockError::LockBusy),
            Err(error) => Err(TantivyLockError::wrap_io_error(io::Error::other(error))),
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(self.shared.watchers.subscribe(callback))
    }
}

impl Shared {
    /// From now on the path is another file. Who reads the old one keeps it.
    fn forget(&self, path: &Path) {
        locked(&self.open).remove(path);
    }
}

struct Writer {
    writer: Option<SealedWriter>,
    path: PathBuf,
    shared: Arc<Shared>,
}

impl Writer {
    fn writer(&mut self) -> io::Result<&mut SealedWriter> {
        self.writer.as_mut().ok_or_else(|| io::Error::other("written to after its end"))
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer()?.write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer()?.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer()?.flush()?;
        self.shared.forget(&self.path);
        Ok(())
    }
}

impl TerminatingWrite for Writer {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        if let Some(writer) = self.writer.take() {
            writer.finish()?;
        }
        self.shared.forget(&self.path);
        Ok(())
    }
}

/// An open file. Its bytes stay readable when the file is deleted or replaced.
struct Handle {
    file: SealedFile,
    length: usize,
    number: u64,
    ranges: Arc<Ranges>,
}

fn next_number() -> u64 {
    static NUMBERS: AtomicU64 = AtomicU64::new(0);
    NUMBERS.fetch_add(1, Ordering::Relaxed)
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({} bytes)", self.length)
    }
}

impl HasLen for Handle {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Handle {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.is_empty() && range.end <= self.length {
            return Ok(OwnedBytes::empty());
        }
        // Short ranges lie close together: the whole blocks around one are kept and serve its neighbours.
        let kept = if range.len() < BLOCK && range.end <= self.length {
            range.start / BLOCK * BLOCK..range.end.next_multiple_of(BLOCK).min(self.length)
        } else {
            range.clone()
        };
        let key = (self.number, kept.start, kept.end);
        let bytes = match self.ranges.get(&key) {
            Some(bytes) => bytes,
            None => {
                let bytes = OwnedBytes::new(self.file.read_range(kept.start as u64..kept.end as u64)?);
                self.ranges.keep(key, bytes.clone());
                bytes
            }
        };
        Ok(if kept == range { bytes } else { bytes.slice(range.start - kept.start..range.end - kept.start) })
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.ranges.drop_file(self.number);
    }
}

/// Number of the file, first byte, byte after the last.
type Key = (u64, usize, usize);

/// Decrypted ranges, those used last; wiped when they go.
struct Ranges {
    memory: usize,
    kept: Mutex<Kept>,
}

struct Kept {
    ranges: LruCache<Key, OwnedBytes>,
    bytes: usize,
}

impl Ranges {
    fn new(memory: usize) -> Self {
        Self { memory, kept: Mutex::new(Kept { ranges: LruCache::unbounded(), bytes: 0 }) }
    }

    fn get(&self, key: &Key) -> Option<OwnedBytes> {
        locked(&self.kept).ranges.get(key).cloned()
    }

    fn keep(&self, key: Key, bytes: OwnedBytes) {
        let size = bytes.len() + OVERHEAD;
        // One range must not drive out all others.
        if size > self.memory / 2 {
            return;
        }
        let mut dropped = Vec::new();
        let mut kept = locked(&self.kept);
        kept.bytes += size;
        if let Some(old) = kept.ranges.put(key, bytes) {
            kept.bytes -= old.len() + OVERHEAD;
            dropped.push(old);
        }
        while kept.bytes > self.memory {
            let Some((_, old)) = kept.ranges.pop_lru() else { break };
            kept.bytes -= old.len() + OVERHEAD;
            dropped.push(old);
        }
        // Wiping takes time that nobody else should wait for.
        drop(kept);
        drop(dropped);
    }

    fn drop_file(&self, number: u64) {
        let mut dropped = Vec::new();
        let mut kept = locked(&self.kept);
        let keys: Vec<Key> = kept.ranges.iter().map(|(key, _)| *key).filter(|key| key.0 == number).collect();
        for key in keys {
            if let Some(old) = kept.ranges.pop(&key) {
                kept.bytes -= old.len() + OVERHEAD;
                dropped.push(old);
            }
        }
        drop(kept);
        drop(dropped);
    }
}

#[cfg(test)]
mod tests;
