use std::cell::RefCell;
use std::fs::File;
use std::io;
use std::ops::Range;

use super::format::{self, FileCipher, HEADER, Header, HeaderFault, PAGE, SEALED_PAGE, TRAILER, Trailer};
use super::{Damage, SealedError};
use crate::key::{Key, TAG_LENGTH};
use crate::memory::{WipedBuffer, WipedBytes};

/// Pages that are read in one call: 1 MiB, which keeps a disk busy and fits the processor's cache.
const RUN: u64 = 128;

thread_local! {
    /// Ciphertext of the run being opened; kept because asking the system for a megabyte costs more than most reads.
    static CIPHERTEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// An encrypted file, open for reading from any thread. Its header, length and name have been checked; a page is checked when read.
pub struct SealedFile {
    file: File,
    name: String,
    cipher: FileCipher,
    trailer: Trailer,
    fingerprint: [u8; HEADER + TRAILER],
}

impl SealedFile {
    pub(super) fn open(file: File, name: &str, folder_key: &Key) -> Result<Self, SealedError> {
        let failed = |source| SealedError::io(name, "read", source);
        let damaged = |what| SealedError::damaged(name, what);
        let size = file.metadata().map_err(failed)?.len();
        let end = size.checked_sub(TRAILER as u64).filter(|end| *end >= HEADER as u64);
        let end = end.ok_or_else(|| damaged(Damage::Length))?;

        let mut header: Header = [0; HEADER];
        read_exact_at(&file, &mut header, 0).map_err(failed)?;
        format::check_header(&header).map_err(|fault| match fault {
            HeaderFault::NotSealed => damaged(Damage::Header),
            HeaderFault::Version(version) => SealedError::UnsupportedVersion { name: name.to_owned(), version },
        })?;
        let cipher = FileCipher::new(folder_key, &header, name);
        let mut trailer = [0; TRAILER];
        read_exact_at(&file, &mut trailer, end).map_err(failed)?;
        let mut fingerprint = [0; HEADER + TRAILER];
        fingerprint[..HEADER].copy_from_slice(&header);
        fingerprint[HEADER..].copy_from_slice(&trailer);
        let trailer = cipher.open_trailer(&trailer).map_err(|_| damaged(Damage::Trailer))?;
        if trailer.file_size() != Some(size) {
            return Err(damaged(Damage::Length));
        }
        Ok(Self { file, name: name.to_owned(), cipher, trailer, fingerprint })
    }

    /// Bytes of plaintext.
    pub fn len(&self) -> u64 {
        self.trailer.length
    }

    /// Whether the file holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What distinguishes this write of this file from any other, ever: its header (with the salt) and its authenticated trailer.
    pub(super) fn fingerprint(&self) -> &[u8] {
        &self.fingerprint
    }

    /// The plaintext of a range of bytes. Only authentic bytes are given.
    ///
    /// # Errors
    /// [`SealedError::OutOfRange`], [`SealedError::Damaged`], or [`SealedError::Io`].
    pub fn read_range(&self, range: Range<u64>) -> Result<WipedBytes, SealedError> {
        let out_of_range = || SealedError::OutOfRange {
            name: self.name.clone(),
            start: range.start,
            end: range.end,
            length: self.len(),
        };
        if range.end > self.len() {
            return Err(out_of_range());
        }
        let length = range.end.checked_sub(range.start).and_then(|length| usize::try_from(length).ok());
        let mut plaintext = WipedBuffer::new(length.ok_or_else(out_of_range)?);
        self.fill(range.start, &mut plaintext)?;
        Ok(plaintext.into())
    }

    /// Reads and checks every page.
    ///
    /// # Errors
    /// The first page that is not what was written, or the system's reason why it cannot be read.
    pub fn verify(&self) -> Result<(), SealedError> {
        let mut plaintext = WipedBuffer::new(self.len().min(RUN * PAGE as u64) as usize);
        let mut start = 0;
        while start < self.len() {
            let length = (self.len() - start).min(plaintext.len() as u64) as usize;
            self.fill(start, &mut plaintext[..length])?;
            start += length as u64;
        }
        Ok(())
    }

    /// Fills `plaintext` with the bytes from `start` on, all of which the file has.
    fn fill(&self, mut start: u64, mut plaintext: &mut [u8]) -> Result<(), SealedError> {
        CIPHERTEXT.with_borrow_mut(|ciphertext| {
            while !plaintext.is_empty() {
                let first = start / PAGE as u64;
                let end = (start + plaintext.len() as u64).min((first + RUN) * PAGE as u64);
                let (run, rest) = std::mem::take(&mut plaintext).split_at_mut((end - start) as usize);
                self.fill_run(start, run, ciphertext)?;
                plaintext = rest;
                start = end;
            }
            Ok(())
        })
    }

    /// As `fill`, for bytes within [`RUN`] pages: one read, then each page is opened into its place.
    fn fill_run(&self, start: u64, mut plaintext: &mut [u8], ciphertext: &mut Vec<u8>) -> Result<(), SealedError> {
        let first = start / PAGE as u64;
        let last = (start + plaintext.len() as u64 - 1) / PAGE as u64;
        let size = (last - first) as usize * SEALED_PAGE + self.trailer.page(last).1 + TAG_LENGTH;
        if ciphertext.len() < size {
            ciphertext.resize(size, 0);
        }
        let ciphertext = &mut ciphertext[..size];
        read_exact_at(&self.file, ciphertext, HEADER as u64 + first * SEALED_PAGE as u64)
            .map_err(|source| SealedError::io(&self.name, "read", source))?;

        let mut skip = (start % PAGE as u64) as usize;
        for (index, sealed) in (first..).zip(ciphertext.chunks(SEALED_PAGE)) {
            let (page, length) = self.trailer.page(index);
            let (part, rest) = plaintext.split_at_mut(plaintext.len().min(length - skip));
            let opened = if part.len() == length {
                self.cipher.open_page(page, sealed, part)
            } else {
                let mut whole = WipedPage([0; PAGE]);
                let whole = &mut whole.0[..length];
                self.cipher.open_page(page, sealed, whole).map(|()| part.copy_from_slice(&whole[skip..][..part.len()]))
            };
            opened.map_err(|_| SealedError::damaged(&self.name, Damage::Page(index)))?;
            plaintext = rest;
            skip = 0;
        }
        Ok(())
    }
}

/// A page of which only a part was asked for.
struct WipedPage([u8; PAGE]);

impl Drop for WipedPage {
    fn drop(&mut self) {
        crate::memory::wipe(&mut self.0);
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, offset)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => {
                bytes = &mut bytes[count..];
                offset += count as u64;
            }
        }
    }
    Ok(())
}
