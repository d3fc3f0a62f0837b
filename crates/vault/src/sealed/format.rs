//! The format of a sealed file.
//!
//! ```text
//! header   64 bytes   "KOPLAMP\0", version, algorithm, log2 of the page size, 21 zero bytes, 32 random bytes of salt
//! pages               8,192 bytes of ciphertext (the last page: what is left) and a 16-byte tag, each
//! trailer  28 bytes   length of the plaintext (u64), number of the seal (u32), tag
//! ```
//!
//! Numbers are little-endian. The key of the file is HKDF-SHA256 of the folder's file key with the salt, over the first half of
//! the header and the logical name: every write of a file has a key of its own, and a file under another name, or with a changed
//! header, does not open. A page's nonce is its index, so pages cannot change places; the trailer authenticates the length, so a
//! file cannot be cut short or grown. A file is written once, front to back, but can be made readable before it is complete (a
//! *seal*): each seal writes an incomplete last page and the trailer under the seal's number, so no nonce is ever used twice.

use aws_lc_rs::aead::{Aad, LessSafeKey, NONCE_LEN, Nonce};

use crate::key::{Key, OpenError, TAG_LENGTH, fill_random};

pub(super) const HEADER: usize = 64;
pub(super) const TRAILER: usize = 8 + 4 + TAG_LENGTH;
pub(super) const PAGE: usize = 1 << LOG2_PAGE;
/// A full page as it lies in the file.
pub(super) const SEALED_PAGE: usize = PAGE + TAG_LENGTH;
pub(super) const VERSION: u8 = 1;

const MAGIC: &[u8; 8] = b"KOPLAMP\0";
const AES_256_GCM: u8 = 1;
const LOG2_PAGE: u8 = 13;
const CONTEXT: &[u8] = b"koplamp/sealed-file/v1\0";

pub(super) type Header = [u8; HEADER];

/// A header with a new salt.
pub(super) fn new_header() -> Header {
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(MAGIC);
    header[8..11].copy_from_slice(&[VERSION, AES_256_GCM, LOG2_PAGE]);
    fill_random(&mut header[32..]);
    header
}

/// Why a header is not one of this version.
pub(super) enum HeaderFault {
    NotSealed,
    Version(u8),
}

pub(super) fn check_header(header: &Header) -> Result<(), HeaderFault> {
    if header[..8] != MAGIC[..] {
        return Err(HeaderFault::NotSealed);
    }
    match header[8..11] {
        [VERSION, AES_256_GCM, LOG2_PAGE] => Ok(()),
        [VERSION, ..] => Err(HeaderFault::NotSealed),
        [version, ..] => Err(HeaderFault::Version(version)),
        [] => Err(HeaderFault::NotSealed),
    }
}

/// What a nonce is for; the first four bytes of it.
#[derive(Clone, Copy)]
enum Domain {
    /// A full page; the counter is its index.
    FullPage = 0,
    /// An incomplete last page; the counter is the number of the seal.
    LastPage = 1,
    /// The trailer; the counter is the number of the seal.
    Trailer = 2,
}

/// The cipher of one write of one file.
pub(super) struct FileCipher(LessSafeKey);

impl FileCipher {
    pub(super) fn new(folder_key: &Key, header: &Header, name: &str) -> Self {
        let (head, salt) = header.split_at(HEADER / 2);
        Self(Key::derive_from(salt, &[folder_key.expose()], &[CONTEXT, head, name.as_bytes()]).cipher())
    }

    /// Seals a page of the writer onto `out`: a full one by its index, an incomplete one by the number of the seal.
    pub(super) fn seal_page(&self, page: PageNumber, plaintext: &[u8], out: &mut Vec<u8>) {
        let start = out.len();
        out.resize(start + plaintext.len() + TAG_LENGTH, 0);
        let (ciphertext, tag) = out[start..].split_at_mut(plaintext.len());
        self.0
            .seal_out_of_place_scatter(page.nonce(), Aad::empty(), plaintext, ciphertext, &[], tag)
            .expect("a page is far below the limit of AES-GCM");
    }

    /// Opens a page; `sealed` is its ciphertext and tag, `plaintext` as long as the ciphertext.
    pub(super) fn open_page(&self, page: PageNumber, sealed: &[u8], plaintext: &mut [u8]) -> Result<(), OpenError> {
        let (ciphertext, tag) = sealed.split_last_chunk::<TAG_LENGTH>().ok_or(OpenError)?;
        self.0.open_separate_gather(page.nonce(), Aad::empty(), ciphertext, tag, plaintext).map_err(|_| OpenError)
    }

    pub(super) fn seal_trailer(&self, trailer: Trailer, out: &mut Vec<u8>) {
        let fields = trailer.fields();
        let tag = self
            .0
            .seal_in_place_separate_tag(nonce(Domain::Trailer, trailer.seal.into()), Aad::from(fields), &mut [])
            .expect("an empty message is within the limit of AES-GCM");
        out.extend_from_slice(&fields);
        out.extend_from_slice(tag.as_ref());
    }

    pub(super) fn open_trailer(&self, bytes: &[u8; TRAILER]) -> Result<Trailer, OpenError> {
        let [l0, l1, l2, l3, l4, l5, l6, l7, s0, s1, s2, s3, tag @ ..] = *bytes;
        let trailer = Trailer {
            length: u64::from_le_bytes([l0, l1, l2, l3, l4, l5, l6, l7]),
            seal: u32::from_le_bytes([s0, s1, s2, s3]),
        };
        let nonce = nonce(Domain::Trailer, trailer.seal.into());
        self.0.open_separate_gather(nonce, Aad::from(trailer.fields()), &[], &tag, &mut []).map_err(|_| OpenError)?;
        Ok(trailer)
    }
}

/// Which page, as its nonce says it.
#[derive(Clone, Copy)]
pub(super) enum PageNumber {
    Full { index: u64 },
    Last { seal: u32 },
}

impl PageNumber {
    fn nonce(self) -> Nonce {
        match self {
            PageNumber::Full { index } => nonce(Domain::FullPage, index),
            PageNumber::Last { seal } => nonce(Domain::LastPage, seal.into()),
        }
    }
}

fn nonce(domain: Domain, counter: u64) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[..4].copy_from_slice(&(domain as u32).to_le_bytes());
    bytes[4..].copy_from_slice(&counter.to_le_bytes());
    Nonce::assume_unique_for_key(bytes)
}

/// The end of a sealed file.
#[derive(Clone, Copy)]
pub(super) struct Trailer {
    /// Bytes of plaintext.
    pub(super) length: u64,
    /// How often the file had been sealed.
    pub(super) seal: u32,
}

impl Trailer {
    fn fields(self) -> [u8; 12] {
        let mut fields = [0; 12];
        fields[..8].copy_from_slice(&self.length.to_le_bytes());
        fields[8..].copy_from_slice(&self.seal.to_le_bytes());
        fields
    }

    /// Bytes of the whole file. None for a length that no file can have.
    pub(super) fn file_size(self) -> Option<u64> {
        let tags = self.length.div_ceil(PAGE as u64).checked_mul(TAG_LENGTH as u64)?;
        self.length.checked_add(tags)?.checked_add((HEADER + TRAILER) as u64)
    }

    /// The number of the page at `index`, and its bytes of plaintext. Past the end it has none.
    pub(super) fn page(self, index: u64) -> (PageNumber, usize) {
        let left = self.length.saturating_sub(index.saturating_mul(PAGE as u64));
        match usize::try_from(left) {
            Ok(left) if left < PAGE => (PageNumber::Last { seal: self.seal }, left),
            _ => (PageNumber::Full { index }, PAGE),
        }
    }
}
