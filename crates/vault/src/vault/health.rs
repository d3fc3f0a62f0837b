//! Examining a workspace, and making its projections anew.

use koplamp_model::BlobId;
use sha2::{Digest, Sha256};

use super::Vault;
use crate::store::{Applied, Reading, apply, clear_projections, digest, documents};
use crate::{VaultError, WipedBytes, log};

impl Vault {
    /// SHA-256 over the case as a person sees it: equal states have equal digests, and undoing gives back the one from before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn state_digest(&self) -> Result<String, VaultError> {
        self.store.read(digest::state_digest)
    }

    /// Examines database, log and originals, and says what is wrong, each with what to do.
    ///
    /// # Errors
    /// When the examination itself cannot go on.
    pub fn examine(&self) -> Result<Vec<String>, VaultError> {
        let mut problems = self.store.examine()?;
        if let Some(broken) = self.verify_log()?.broken {
            problems.push(format!("log, stream {}, entry {}: {}", broken.stream, broken.sequence, broken.message));
        }
        for (document, path, blob, sha256) in self.store.read(documents::blobs)? {
            let found = self.blobs.get(blob).map(|bytes| hex::encode(Sha256::digest(&*bytes)));
            match found {
                Ok(found) if found == sha256 => {}
                Ok(_) => {
                    problems.push(format!(
                        "document {document} ({path}): its original is not the one that came in. Import the file again"
                    ));
                }
                Err(error) => problems.push(format!("document {document} ({path}): {error}. Import the file again")),
            }
        }
        Ok(problems)
    }

    /// Removes blobs that no operation names: what an import that was killed had put away but not yet confirmed. Gives their number.
    /// Nothing may be importing meanwhile.
    ///
    /// # Errors
    /// When the database or the folder cannot be read.
    pub fn sweep(&self) -> Result<usize, VaultError> {
        let named = self.store.read(documents::blobs)?;
        Ok(self.blobs.retain(named.into_iter().map(|(_, _, blob, _)| blob))?)
    }

    /// Makes all projections anew from the log and the originals, and keeps them. Gives the digest of all projections before and after.
    ///
    /// `read` reads the original of a document again, given its path. Where the original is gone or damaged (see [`Vault::examine`]), what was
    /// read from it before is kept.
    ///
    /// # Errors
    /// When the log cannot be read: then nothing has changed.
    pub fn rebuild(
        &self,
        mut read: impl FnMut(&str, &WipedBytes) -> Result<Reading, VaultError>,
    ) -> Result<(String, String), VaultError> {
        self.note(|connection| {
            let before = digest::projection_digest(connection)?;
            let mut kept = Vec::new();
            for (document, _, blob, sha256) in documents::blobs(connection)? {
                if self.intact(blob, &sha256).is_none()
                    && let Some(reading) = documents::reading(connection, document)?
                {
                    kept.push((document, reading));
                }
            }
            clear_projections(connection)?;
            let mut applied = Applied::default();
            log::records(connection, |record| apply(connection, &record, &mut applied))?;
            for (document, path, blob, sha256) in documents::blobs(connection)? {
                if let Some(bytes) = self.intact(blob, &sha256) {
                    documents::keep_reading(connection, document, &read(&path, &bytes)?)?;
                }
            }
            for (document, reading) in &kept {
                documents::keep_reading(connection, *document, reading)?;
            }
            Ok((before, digest::projection_digest(connection)?))
        })
    }

    /// The bytes of a blob, when they are there and those that came in.
    fn intact(&self, blob: BlobId, sha256: &str) -> Option<WipedBytes> {
        self.blobs.get(blob).ok().filter(|bytes| hex::encode(Sha256::digest(&**bytes)) == sha256)
    }
}
