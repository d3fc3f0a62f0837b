//! Examining a workspace, and making it anew from its log and its originals.

use koplamp_intake::{ReadError, Worker, WorkerError};
use koplamp_model::LogCheck;
use koplamp_vault::VaultError;

use crate::import::{failed, reading};
use crate::{Health, LogPage, Workspace, WorkspaceError};

impl Workspace {
    /// SHA-256 over the case as a person sees it, in hexadecimal, without examining whether it is undamaged.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn state_digest(&self) -> Result<String, WorkspaceError> {
        Ok(self.vault().state_digest()?)
    }

    /// Examines everything: database, log, originals, index.
    ///
    /// # Errors
    /// When the examination itself cannot go on, or an import is going on.
    pub fn examine(&self) -> Result<Health, WorkspaceError> {
        let _alone = self.alone()?;
        let mut problems = self.vault().examine()?;
        self.vault().sweep()?;
        if let Err(error) = self.indexer().verify() {
            self.indexer().rebuild(self.vault(), error.to_string())?;
            problems.push(format!("{error}. It has been made again from the database"));
        }
        Ok(Health { ok: problems.is_empty(), state_digest: self.vault().state_digest()?, problems })
    }

    /// Makes all projections and the index anew, and compares: what the log and the originals say must be what was kept.
    ///
    /// # Errors
    /// As [`Workspace::examine`]; when the log or an original cannot be read, nothing has changed.
    pub fn rebuild(&self, worker: &Worker) -> Result<Health, WorkspaceError> {
        let mut health = self.examine()?;
        let _alone = self.alone()?;
        let mut missing: Option<WorkerError> = None;
        let rebuilt = self.vault().rebuild(|path, bytes| match worker.read(path, bytes, &|| false) {
            Ok(read) => Ok(reading(read)),
            Err(ReadError::Unread(unread)) => Ok(failed(unread.kind, unread.failure)),
            Err(ReadError::Cancelled) => Err(VaultError::Internal("nobody cancels a rebuild".into())),
            Err(ReadError::Worker(error)) => {
                let message = error.to_string();
                missing = Some(error);
                Err(VaultError::Internal(message))
            }
        });
        let (before, after) = match (rebuilt, missing) {
            (_, Some(error)) => return Err(error.into()),
            (rebuilt, None) => rebuilt?,
        };
        if before != after {
            health.problems.push(format!(
                "the state kept was not the one that log and originals give ({before} against {after}); it is now"
            ));
        }
        self.indexer().rebuild(self.vault(), "asked for".into())?;
        Ok(Health {
            ok: health.problems.is_empty(),
            state_digest: self.vault().state_digest()?,
            problems: health.problems,
        })
    }

    /// Reads all of the search index and checks it; a damaged one is made again, and a notice tells so. For a thread in the background
    /// after opening: a damaged page is otherwise seen only when it is read.
    ///
    /// # Errors
    /// When making it again fails.
    pub fn verify_index(&self) -> Result<(), WorkspaceError> {
        match self.indexer().verify() {
            Err(error) => self.indexer().rebuild(self.vault(), error.to_string()),
            Ok(()) => Ok(()),
        }
    }

    /// Lines of the log, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn log(&self, before: Option<u64>, limit: u32) -> Result<LogPage, WorkspaceError> {
        let (entries, next) = self.vault().log(before, limit)?;
        Ok(LogPage { entries, next })
    }

    /// Checks every entry of the log.
    ///
    /// # Errors
    /// When the database or the witness cannot be read.
    pub fn verify_log(&self) -> Result<LogCheck, WorkspaceError> {
        Ok(self.vault().verify_log()?)
    }
}
