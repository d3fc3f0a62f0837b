//! From one file to the documents in it: the file itself and, level by level, what it carries along.

use koplamp_intake::{ReadError, Worker};
use koplamp_model::{DocumentId, Failure, Import, Kind, Labels, Reason};
use koplamp_vault::{Reading, Vault};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::Selected;
use crate::{FailedFile, WorkspaceError};

/// Levels of documents within documents: a mail in a ZIP in a mail is three.
const MAX_DEPTH: usize = 8;
/// Documents that one file may bring.
const MAX_DOCUMENTS: usize = 10_000;
/// Bytes that one file may bring, all its attachments together.
const MAX_BYTES: usize = 2 << 30;
/// A larger file is not read into memory at all.
const MAX_FILE: u64 = 1 << 30;

/// A document ready to be kept: its bytes are in the vault already, if they could be had.
pub(super) struct Prepared {
    pub(super) import: Import,
    pub(super) reading: Reading,
    /// The document that stood for this file when it could not be had.
    pub(super) replaces: Option<DocumentId>,
}

/// What became of a file.
pub(super) enum Outcome {
    Prepared(Vec<Prepared>),
    /// The document is there already.
    Unchanged(DocumentId),
    Unreadable(FailedFile),
    Cancelled,
}

/// Reads a file and all that is in it.
pub(super) fn prepare(
    vault: &Vault,
    worker: &Worker,
    file: &Selected,
    labels: &Labels,
    cancelled: &dyn Fn() -> bool,
) -> Result<Outcome, WorkspaceError> {
    let not_had = vault.same_file("", &labels.organisation, &file.path)?;
    let bytes = match bytes(file) {
        Ok(bytes) => bytes,
        Err(Failure { reason, message }) if not_had.is_some() => {
            return Ok(Outcome::Unreadable(FailedFile { document: not_had, path: file.path.clone(), reason, message }));
        }
        Err(failure) => return Ok(Outcome::Prepared(vec![not_taken_in(file, labels, failure)])),
    };
    let sha256 = hex::encode(Sha256::digest(&*bytes));
    if let Some(document) = vault.same_file(&sha256, &labels.organisation, &file.path)? {
        return match put_back(vault, worker, document, &bytes, cancelled) {
            Ok(()) => Ok(Outcome::Unchanged(document)),
            Err(Stopped::Cancelled) => Ok(Outcome::Cancelled),
            Err(Stopped::Failed(error)) => Err(error),
        };
    }
    let mut family = Family { vault, worker, labels, cancelled, prepared: Vec::new(), bytes: 0 };
    match family.add(None, file.path.clone(), &bytes, Some(sha256), 0) {
        Ok(()) => {
            if let Some(first) = family.prepared.first_mut() {
                first.replaces = not_had;
            }
            Ok(Outcome::Prepared(family.prepared))
        }
        Err(Stopped::Cancelled) => Ok(Outcome::Cancelled),
        Err(Stopped::Failed(error)) => Err(error),
    }
}

/// The bytes of a file, or why they cannot be had.
fn bytes(file: &Selected) -> Result<Zeroizing<Vec<u8>>, Failure> {
    if let Some(failure) = &file.refused {
        return Err(failure.clone());
    }
    let unreadable = |error: std::io::Error| Failure { reason: Reason::Unreadable, message: error.to_string() };
    let size = std::fs::metadata(&file.file).map_err(unreadable)?.len();
    if size > MAX_FILE {
        let message = format!("The file has {} MB; at most {} are taken in.", size >> 20, MAX_FILE >> 20);
        return Err(Failure { reason: Reason::TooLarge, message });
    }
    std::fs::read(&file.file).map(Zeroizing::new).map_err(unreadable)
}

/// A file of which only this is known: that it was there, and could not be taken in.
fn not_taken_in(file: &Selected, labels: &Labels, failure: Failure) -> Prepared {
    let import = Import {
        document: DocumentId::random(),
        parent: None,
        blob: None,
        sha256: String::new(),
        size: std::fs::metadata(&file.file).map_or(0, |found| found.len()),
        path: file.path.clone(),
        labels: labels.clone(),
        failure: Some(failure.clone()),
    };
    Prepared { import, reading: Reading::failed(failure), replaces: None }
}

/// Puts back what the vault lost of a document that is there already, and of all that it carried along.
fn put_back(
    vault: &Vault,
    worker: &Worker,
    document: DocumentId,
    bytes: &[u8],
    cancelled: &dyn Fn() -> bool,
) -> Result<(), Stopped> {
    vault.put_back(document, bytes)?;
    let children = vault.children(document)?;
    if children.iter().all(|child| vault.original(child.id).is_ok()) {
        return Ok(());
    }
    let path = vault.document(document)?.path;
    let attachments = match worker.read(&path, bytes, cancelled) {
        Ok(read) => read.attachments,
        Err(ReadError::Unread(_)) => Vec::new(),
        Err(ReadError::Cancelled) => return Err(Stopped::Cancelled),
        Err(ReadError::Worker(error)) => return Err(error.into()),
    };
    for attachment in attachments {
        let attached = Zeroizing::new(attachment.bytes);
        let sha256 = hex::encode(Sha256::digest(&*attached));
        for child in children.iter().filter(|child| child.sha256 == sha256) {
            put_back(vault, worker, child.id, &attached, cancelled)?;
        }
    }
    Ok(())
}

enum Stopped {
    Cancelled,
    Failed(WorkspaceError),
}

impl<E: Into<WorkspaceError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// A document and its descendants.
struct Family<'a> {
    vault: &'a Vault,
    worker: &'a Worker,
    labels: &'a Labels,
    cancelled: &'a dyn Fn() -> bool,
    prepared: Vec<Prepared>,
    bytes: usize,
}

impl Family<'_> {
    fn add(
        &mut self,
        parent: Option<DocumentId>,
        path: String,
        bytes: &[u8],
        sha256: Option<String>,
        depth: usize,
    ) -> Result<(), Stopped> {
        self.bytes = self.bytes.saturating_add(bytes.len());
        let document = DocumentId::random();
        let (reading, attachments) = match self.worker.read(&path, bytes, self.cancelled) {
            Ok(mut read) => {
                let attachments = std::mem::take(&mut read.attachments);
                (reading(read), attachments)
            }
            Err(ReadError::Unread(unread)) => (failed(unread.kind, unread.failure), Vec::new()),
            Err(ReadError::Cancelled) => return Err(Stopped::Cancelled),
            Err(ReadError::Worker(error)) => return Err(error.into()),
        };
        let import = Import {
            document,
            parent,
            blob: Some(self.vault.blobs().put(bytes).map_err(koplamp_vault::VaultError::from)?),
            sha256: sha256.unwrap_or_else(|| hex::encode(Sha256::digest(bytes))),
            size: bytes.len() as u64,
            path: path.clone(),
            labels: self.labels.clone(),
            failure: None,
        };
        let place = self.prepared.len();
        self.prepared.push(Prepared { import, reading, replaces: None });
        let mut left_out = 0;
        for attachment in attachments {
            let bytes = Zeroizing::new(attachment.bytes);
            let too_much = depth + 1 >= MAX_DEPTH
                || self.prepared.len() >= MAX_DOCUMENTS
                || self.bytes.saturating_add(bytes.len()) > MAX_BYTES;
            if too_much {
                left_out += 1;
                continue;
            }
            self.add(Some(document), format!("{path}/{}", attachment.name), &bytes, None, depth + 1)?;
        }
        if left_out > 0
            && let Some(prepared) = self.prepared.get_mut(place)
            && prepared.reading.failure.is_none()
        {
            let message = format!("{left_out} documents in it were left out: too many, too large, or too deep.");
            prepared.reading.failure = Some(Failure { reason: Reason::TooLarge, message });
        }
        Ok(())
    }
}

/// What a worker read, as the vault keeps it.
pub(crate) fn reading(read: koplamp_intake::Reading) -> Reading {
    let koplamp_intake::Reading { kind, title, author, date, pages, identifiers, identifiers_cut, failure, .. } = read;
    let numbers: Vec<u32> = pages.iter().map(|page| page.number).collect();
    let identifiers = numbers.into_iter().zip(identifiers);
    let identifiers = identifiers.flat_map(|(page, found)| found.into_iter().map(move |found| (page, found))).collect();
    let cut = || {
        let message = "It holds more identifiers than are suggested: the rest is found by searching only.".to_owned();
        identifiers_cut.then_some(Failure { reason: Reason::TooLarge, message })
    };
    let failure = failure.or_else(cut);
    Reading { kind, title, author, date, pages, identifiers, failure }
}

/// A document that was not read.
pub(crate) fn failed(kind: Kind, failure: Failure) -> Reading {
    Reading { kind, ..Reading::failed(failure) }
}
