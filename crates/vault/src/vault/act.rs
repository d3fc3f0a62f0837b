//! Acts: what a person does, as one transaction of the log and the projections.

use koplamp_model::{Act, Audit, Change, DocumentId, Operation, TransactionId};
use rusqlite::Connection;

use super::{Vault, locked, now_millis};
use crate::VaultError;
use crate::log;
use crate::store::{Applied, Reading, acts, apply, documents};

impl Vault {
    /// Does something: appends `operations` to the log, applies them, and keeps what readers made of new documents. All of it, or nothing.
    ///
    /// `act` names an act that these operations go on with, or begin: a long import is many transactions and one act. None begins a new one.
    ///
    /// # Errors
    /// When an operation names a document that is not there, or the disk does not take it: then nothing has changed.
    pub fn act(
        &self,
        act: Option<TransactionId>,
        operations: Vec<Operation>,
        readings: &[(DocumentId, Reading)],
    ) -> Result<Change, VaultError> {
        self.act_and(act, operations, readings, |_| Ok(()))
    }

    /// As [`Vault::act`], with bookkeeping in the same transaction.
    pub(super) fn act_and(
        &self,
        act: Option<TransactionId>,
        operations: Vec<Operation>,
        readings: &[(DocumentId, Reading)],
        also: impl FnOnce(&Connection) -> Result<(), VaultError>,
    ) -> Result<Change, VaultError> {
        let act = act.unwrap_or_else(TransactionId::random);
        let noted = acts::Noted::of(&operations);
        let change = self.commit(|connection| {
            let mut applied = Applied::default();
            let mut in_compartments = Vec::with_capacity(operations.len());
            for operation in operations {
                in_compartments.push((self.compartment(connection, &operation)?, operation));
            }
            // An act is named by its first transaction.
            let begins = acts::find(connection, act)?.is_none();
            let transaction = if begins { act } else { TransactionId::random() };
            let author = &mut locked(&self.author);
            for record in log::append(connection, author, now_millis(), act, transaction, in_compartments)? {
                apply(connection, &record, &mut applied)?;
            }
            for (document, reading) in readings {
                documents::keep_reading(connection, *document, reading)?;
            }
            also(connection)?;
            let line =
                acts::find(connection, act)?.ok_or_else(|| VaultError::Internal("an act without a line".into()))?;
            applied.entities.sort_unstable();
            applied.entities.dedup();
            applied.charts.dedup();
            Ok(Change {
                act: line,
                documents: applied.documents,
                searches: applied.searches,
                entities: applied.entities,
                charts: applied.charts,
                suggestions: applied.suggestions || !readings.is_empty(),
                styles: applied.styles,
                glossary: applied.glossary,
            })
        })?;
        self.stack().note(act, noted);
        Ok(change)
    }

    /// Keeps an act that changes nothing, for the auditor.
    ///
    /// # Errors
    /// When the disk does not take it; the act must then not be done.
    pub fn audit(&self, audit: Audit) -> Result<(), VaultError> {
        self.act(None, vec![Operation::Audited(audit)], &[]).map(drop)
    }

    /// The acts that undo and redo would be about.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn undoable(&self) -> Result<(Option<Act>, Option<Act>), VaultError> {
        let (undo, redo) = {
            let stack = self.stack();
            (stack.undo(), stack.redo())
        };
        self.store.read(|connection| {
            let line = |act: Option<TransactionId>| act.map_or(Ok(None), |act| acts::find(connection, act));
            Ok((line(undo)?, line(redo)?))
        })
    }

    /// Takes the last act back. None when there is nothing to take back.
    ///
    /// # Errors
    /// As [`Vault::act`].
    pub fn undo(&self) -> Result<Option<Change>, VaultError> {
        let Some(target) = self.stack().undo() else { return Ok(None) };
        let mut operations = vec![Operation::Undone { act: target }];
        operations.extend(self.store.read(|connection| acts::inverse_of(connection, target))?);
        self.act(None, operations, &[]).map(Some)
    }

    /// Does again what the last undo took back. None when there is nothing.
    ///
    /// # Errors
    /// As [`Vault::act`].
    pub fn redo(&self) -> Result<Option<Change>, VaultError> {
        let Some(target) = self.stack().redo() else { return Ok(None) };
        let inverse = self.store.read(|connection| match acts::last_undo_of(connection, target)? {
            Some(undone) => acts::inverse_of(connection, undone),
            None => Err(VaultError::Internal("a redo without its undo".into())),
        })?;
        let mut operations = vec![Operation::Redone { act: target }];
        operations.extend(inverse);
        self.act(None, operations, &[]).map(Some)
    }
}
