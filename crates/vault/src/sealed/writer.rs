use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

use super::SealedError;
use super::format::{FileCipher, Header, PAGE, PageNumber, SEALED_PAGE, TRAILER, Trailer};
use crate::memory::wipe;

/// Pages that go to the system in one call: 256 KiB.
const BATCH: usize = 32;

/// Writes an encrypted file, once, front to back.
///
/// `flush` makes what was written so far readable (not durable); [`SealedWriter::finish`] makes it durable. What is dropped without
/// either holds what it held at the last `flush`, or reads as damaged.
pub struct SealedWriter {
    file: File,
    name: String,
    cipher: FileCipher,
    /// Plaintext of the page that is not full yet.
    page: Vec<u8>,
    /// Sealed pages that the file does not have yet.
    sealed: Vec<u8>,
    full_pages: u64,
    seal: u32,
    /// Whether the file lacks bytes that were written here.
    behind: bool,
    /// Set when a write broke off: where the file ends is not known then.
    failed: bool,
}

impl SealedWriter {
    /// A writer into an empty file.
    pub(super) fn new(file: File, name: &str, header: &Header, cipher: FileCipher) -> Self {
        let mut sealed = Vec::with_capacity(BATCH * SEALED_PAGE + TRAILER);
        sealed.extend_from_slice(header);
        let page = Vec::with_capacity(PAGE);
        Self { file, name: name.to_owned(), cipher, page, sealed, full_pages: 0, seal: 0, behind: true, failed: false }
    }

    /// Completes the file and makes its bytes durable. Its name is durable after [`super::SealedFolder::sync`].
    ///
    /// # Errors
    /// [`SealedError::Io`]; the file is then incomplete and to be deleted.
    pub fn finish(mut self) -> Result<(), SealedError> {
        self.complete()
            .and_then(|()| self.file.sync_data())
            .map_err(|source| SealedError::io(&self.name, "written", source))
    }

    /// Everything written so far goes to the file, with a trailer; the place to write on is kept.
    pub(super) fn complete(&mut self) -> io::Result<()> {
        if !self.behind {
            return Ok(());
        }
        self.send_batch()?;
        self.seal = self.seal.checked_add(1).ok_or_else(|| io::Error::other("flushed too often"))?;
        let length = self.full_pages * PAGE as u64 + self.page.len() as u64;
        if !self.page.is_empty() {
            self.cipher.seal_page(PageNumber::Last { seal: self.seal }, &self.page, &mut self.sealed);
        }
        self.cipher.seal_trailer(Trailer { length, seal: self.seal }, &mut self.sealed);
        let end = self.sealed.len() as i64;
        self.send_batch()?;
        self.guarded(|file| file.seek(SeekFrom::Current(-end)).map(drop))?;
        self.behind = false;
        Ok(())
    }

    fn seal_full_page(&mut self, plaintext: &[u8]) -> io::Result<()> {
        self.cipher.seal_page(PageNumber::Full { index: self.full_pages }, plaintext, &mut self.sealed);
        self.full_pages += 1;
        if self.sealed.len() >= BATCH * SEALED_PAGE { self.send_batch() } else { Ok(()) }
    }

    fn send_batch(&mut self) -> io::Result<()> {
        let sealed = std::mem::take(&mut self.sealed);
        let sent = self.guarded(|file| file.write_all(&sealed));
        self.sealed = sealed;
        self.sealed.clear();
        sent
    }

    fn guarded(&mut self, act: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
        if self.failed {
            return Err(io::Error::other("an earlier write to this file failed"));
        }
        let done = act(&mut self.file);
        self.failed = done.is_err();
        done
    }
}

impl Write for SealedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.behind = true;
        if !self.page.is_empty() {
            let (fits, rest) = bytes.split_at(bytes.len().min(PAGE - self.page.len()));
            self.page.extend_from_slice(fits);
            bytes = rest;
            if self.page.len() < PAGE {
                return Ok(());
            }
            let page = std::mem::take(&mut self.page);
            let sealed = self.seal_full_page(&page);
            self.page = page;
            self.page.clear();
            sealed?;
        }
        let (pages, rest) = bytes.as_chunks::<PAGE>();
        for page in pages {
            self.seal_full_page(page)?;
        }
        self.page.extend_from_slice(rest);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.complete()
    }
}

impl Drop for SealedWriter {
    fn drop(&mut self) {
        self.page.resize(PAGE, 0);
        wipe(&mut self.page);
    }
}
