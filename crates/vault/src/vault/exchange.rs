//! A long act that is done whole or not at all: another program's file comes in by it, in many transactions.
//!
//! That it goes on is noted, so that the next opening finds what a crash left of it, and takes that back.

use koplamp_model::{Change, Operation, TransactionId};

use super::Vault;
use crate::VaultError;
use crate::store::{Setting, acts};

impl Vault {
    /// Begins an act by which a file of this name comes in. Until [`Vault::end_exchange`] it counts as broken off when the workspace is opened.
    ///
    /// # Errors
    /// When the database does not take it.
    pub fn begin_exchange(&self, name: &str) -> Result<TransactionId, VaultError> {
        let act = TransactionId::random();
        let noted = [act.as_bytes().as_slice(), name.as_bytes()].concat();
        self.note(|connection| Setting::Exchanging.set(connection, &noted))?;
        Ok(act)
    }

    /// Says that the act that was begun has come to its end.
    ///
    /// # Errors
    /// When the database does not take it.
    pub fn end_exchange(&self) -> Result<(), VaultError> {
        self.note(|connection| Setting::Exchanging.clear(connection))
    }

    /// The act that was begun and has not come to its end, and the name of its file.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn noted_exchange(&self) -> Result<Option<(TransactionId, String)>, VaultError> {
        let noted = self.store.read(|connection| Setting::Exchanging.get(connection))?;
        Ok(noted.and_then(|bytes| {
            let (act, name) = bytes.split_first_chunk()?;
            Some((TransactionId::from_bytes(*act), String::from_utf8_lossy(name).into_owned()))
        }))
    }

    /// Takes back for good what there is of an act that was begun, and ends it. None when there is nothing of it.
    ///
    /// # Errors
    /// As [`Vault::act`].
    pub fn abandon(&self, act: TransactionId) -> Result<Option<Change>, VaultError> {
        let inverse = self.store.read(|connection| match acts::is_abandoned(connection, act)? {
            true => Ok(Vec::new()),
            false => acts::inverse_of(connection, act),
        })?;
        if inverse.is_empty() {
            self.end_exchange()?;
            return Ok(None);
        }
        let mut operations = vec![Operation::Abandoned { act }];
        operations.extend(inverse);
        self.act_and(None, operations, &[], |connection| Setting::Exchanging.clear(connection)).map(Some)
    }
}
