//! Reading what the vault keeps.

use koplamp_model::{Document, DocumentId, Labels, LogCheck, LogEntry, Page, SavedSearch};
use sha2::{Digest, Sha256};

use super::Vault;
use crate::store::{DocumentFilter, Setting, acts, documents, portraits, searches};
use crate::{VaultError, WipedBytes};

impl Vault {
    /// A document of the case.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`] when it is not there or was removed.
    pub fn document(&self, document: DocumentId) -> Result<Document, VaultError> {
        self.store.read(|connection| documents::find(connection, document))?.ok_or(VaultError::NoSuchDocument(document))
    }

    /// The labels of a document, also of one that was removed: what rests on it is still bound by them. None when there never was one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn labels(&self, document: DocumentId) -> Result<Option<Labels>, VaultError> {
        self.store.read(|connection| documents::labels(connection, document))
    }

    /// Documents in the order in which they came in, and how many there are in all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn documents(
        &self,
        filter: DocumentFilter,
        limit: u32,
        offset: u32,
    ) -> Result<(u32, Vec<Document>), VaultError> {
        self.store.read(|connection| documents::list(connection, filter, limit, offset))
    }

    /// Attachments and members of a document.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn children(&self, parent: DocumentId) -> Result<Vec<Document>, VaultError> {
        self.store.read(|connection| documents::children(connection, parent))
    }

    /// Pages `from..=to` of a document, from 1.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn pages(&self, document: DocumentId, from: u32, to: u32) -> Result<Vec<Page>, VaultError> {
        self.store.read(|connection| documents::pages(connection, document, from, to))
    }

    /// The bytes of a document as they came in, checked against the log.
    ///
    /// # Errors
    /// When the document is not there, or its bytes are not those that the log names.
    pub fn original(&self, document: DocumentId) -> Result<WipedBytes, VaultError> {
        let found = self.store.read(|connection| documents::blob(connection, document))?;
        let (blob, sha256) = found.ok_or(VaultError::NotTakenIn(document))?;
        let bytes = self.blobs.get(blob)?;
        if hex::encode(Sha256::digest(&*bytes)) != sha256 {
            return Err(VaultError::StoreDamaged(format!(
                "the original of document {document} is not the one that came in"
            )));
        }
        Ok(bytes)
    }

    /// Puts the bytes of a document back when they are gone or damaged: those that came in, or nothing happens. Whether they were put back.
    ///
    /// # Errors
    /// When the document is not there, or the disk does not take them.
    pub fn put_back(&self, document: DocumentId, bytes: &[u8]) -> Result<bool, VaultError> {
        let Some((blob, sha256)) = self.store.read(|connection| documents::blob(connection, document))? else {
            return Ok(false);
        };
        if self.original(document).is_ok() || hex::encode(Sha256::digest(bytes)) != sha256 {
            return Ok(false);
        }
        self.blobs.put_with_id(blob, bytes)?;
        Ok(true)
    }

    /// A document of the case that came in from this path for this organisation with these bytes; with an empty digest, one that could
    /// not be taken in from there.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn same_file(&self, sha256: &str, organisation: &str, path: &str) -> Result<Option<DocumentId>, VaultError> {
        self.store.read(|connection| documents::same_file(connection, sha256, organisation, path))
    }

    /// As [`Vault::same_file`], of a document that was removed: the last of them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn removed_file(&self, sha256: &str, organisation: &str, path: &str) -> Result<Option<DocumentId>, VaultError> {
        self.store.read(|connection| documents::removed_file(connection, sha256, organisation, path))
    }

    /// Codes of the organisations whose documents are in the case.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn organisations(&self) -> Result<Vec<String>, VaultError> {
        self.store.read(documents::organisations)
    }

    /// The markings in use in the case.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn markings(&self) -> Result<Vec<String>, VaultError> {
        self.store.read(documents::markings)
    }

    /// Saved searches by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>, VaultError> {
        self.store.read(searches::list)
    }

    /// Lines of the log, newest first: `limit` of them from before `before` (a place that an earlier call gave), and where to go on.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn log(&self, before: Option<u64>, limit: u32) -> Result<(Vec<LogEntry>, Option<u64>), VaultError> {
        self.store.read(|connection| acts::list(connection, before, limit))
    }

    /// Checks every entry of the log, and names the first that is not as it was written.
    ///
    /// # Errors
    /// When the database or the witness cannot be read.
    pub fn verify_log(&self) -> Result<LogCheck, VaultError> {
        // The witness first: it is never ahead of a database that is read after it.
        let seen = self.witness.read()?;
        self.store.read(|connection| crate::log::verify(connection, &seen.heads))
    }

    /// The portrait that was made of a picture document, if one was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn portrait(&self, document: DocumentId) -> Result<Option<Vec<u8>>, VaultError> {
        self.store.read(|connection| portraits::find(connection, document))
    }

    /// Keeps the portrait of a picture document. No act: it follows from the original.
    ///
    /// # Errors
    /// When the database does not take it.
    pub fn keep_portrait(&self, document: DocumentId, picture: &[u8]) -> Result<(), VaultError> {
        self.note(|connection| portraits::keep(connection, document, picture))
    }

    /// What the person prefers of the window, as the window wrote it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn preferences(&self) -> Result<Option<String>, VaultError> {
        let kept = self.store.read(|connection| Setting::Preferences.get(connection))?;
        Ok(kept.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Keeps what the person prefers of the window. No act: it says nothing of the case.
    ///
    /// # Errors
    /// When the database does not take it.
    pub fn keep_preferences(&self, preferences: &str) -> Result<(), VaultError> {
        self.note(|connection| Setting::Preferences.set(connection, preferences.as_bytes()))
    }

    /// Remembers that an import of so many files goes on; none when it has come to its end.
    ///
    /// # Errors
    /// When the database does not take it.
    pub fn note_import(&self, files: Option<u32>) -> Result<(), VaultError> {
        self.note(|connection| match files {
            Some(files) => Setting::Importing.set(connection, &files.to_be_bytes()),
            None => Setting::Importing.clear(connection),
        })
    }

    /// Number of files of an import that has not come to its end.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn noted_import(&self) -> Result<Option<u32>, VaultError> {
        let noted = self.store.read(|connection| Setting::Importing.get(connection))?;
        Ok(noted.and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes))
    }

    /// Documents that the search index does not show as they are, with the mark to hand to [`Vault::confirm_index`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unindexed(&self, limit: u32) -> Result<Vec<(DocumentId, i64)>, VaultError> {
        self.store.read(|connection| documents::unindexed(connection, limit))
    }

    /// The nonces that the index's commit may carry: the last confirmed one, and the one that was being made.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn index_commits(&self) -> Result<Vec<String>, VaultError> {
        self.store.read(|connection| {
            let nonces = [Setting::IndexCommit.get(connection)?, Setting::IndexPending.get(connection)?];
            Ok(nonces.into_iter().flatten().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect())
        })
    }

    /// Says that the index is about to be committed with this nonce.
    ///
    /// # Errors
    /// When the database does not take it.
    pub fn begin_index(&self, nonce: &str) -> Result<(), VaultError> {
        self.note(|connection| Setting::IndexPending.set(connection, nonce.as_bytes()))
    }

    /// Says that the index was committed with this nonce and shows these documents as they are.
    ///
    /// # Errors
    /// When the database does not take it.
    pub fn confirm_index(&self, nonce: &str, shown: &[(DocumentId, i64)]) -> Result<(), VaultError> {
        self.note(|connection| {
            Setting::IndexCommit.set(connection, nonce.as_bytes())?;
            Setting::IndexPending.clear(connection)?;
            documents::mark_indexed(connection, shown)
        })
    }
}
