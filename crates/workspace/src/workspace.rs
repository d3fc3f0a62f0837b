//! A workspace, made or opened.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use koplamp_model::{Audit, Change, DocumentId, EntityId, Operation};
use koplamp_vault::{Header, KdfParameters, New, RecoveryKey, Vault, Way};
use zeroize::Zeroizing;

use crate::glossary::{Kept, Ready};
use crate::index::Indexer;
use crate::keys::{self, DeviceSecretSource};
use crate::known::Known;
use crate::{Notice, Summary, WorkspaceError};

/// Of more entities than this, everything is read anew when it is asked for next: that is quicker than one by one.
const MOST_TOUCHED: usize = 5_000;
/// Most bytes of the window's preferences.
const MAX_PREFERENCES: usize = 16 * 1024;

/// An open workspace. Dropping it forgets its keys.
pub struct Workspace {
    indexer: Indexer,
    vault: Vault,
    /// Held by what must have the originals for itself: an import, an examination.
    importing: Mutex<()>,
    /// Documents that were consulted since it was opened: the log says so of each.
    consulted: Mutex<HashSet<DocumentId>>,
    /// Number of files of an import that was broken off before.
    interrupted: Option<u32>,
    /// Another program's file whose import was broken off before, and has been taken back.
    broken_off: Option<String>,
    /// What is known, once it was asked for.
    known: Mutex<Option<Known>>,
    /// The glossary, once it was asked for.
    glossary: Arc<Kept>,
}

/// What a new workspace is made of.
pub struct NewWorkspace<'a> {
    /// Its name.
    pub name: &'a str,
    /// Code of the organisation that works in it.
    pub organisation: &'a str,
    /// Who works in it.
    pub person: &'a str,
    /// The passphrase.
    pub passphrase: &'a str,
    /// Where the device secret is kept.
    pub device_secret: &'a DeviceSecretSource,
}

/// A workspace that was just made, with the key to print.
pub struct Created {
    /// The workspace, open.
    pub workspace: Workspace,
    /// The recovery key. It is shown once and kept nowhere.
    pub recovery_key: Zeroizing<String>,
}

/// What opens a workspace.
pub struct Unlock<'a> {
    /// The passphrase.
    pub passphrase: &'a str,
    /// Where the device secret is kept.
    pub device_secret: &'a DeviceSecretSource,
    /// Go on although one part of the workspace is older than another; it is logged.
    pub accept_older_copy: bool,
}

impl Workspace {
    /// Makes a workspace in `folder`, which must not exist or be empty.
    ///
    /// # Errors
    /// When a field is empty, the passphrase too short, the folder not empty, or there is no place for the device secret.
    pub fn create(folder: &Path, new: &NewWorkspace<'_>) -> Result<Created, WorkspaceError> {
        Self::create_with(folder, new, KdfParameters::RECOMMENDED)
    }

    /// As [`Workspace::create`], with other parameters for Argon2id: tests open workspaces by the thousand.
    ///
    /// # Errors
    /// As [`Workspace::create`].
    pub fn create_with(
        folder: &Path,
        new: &NewWorkspace<'_>,
        parameters: KdfParameters,
    ) -> Result<Created, WorkspaceError> {
        let (name, person) = (new.name.trim(), new.person.trim());
        for (field, value) in [("name", name), ("person", person)] {
            if value.is_empty() {
                return Err(WorkspaceError::Invalid { field, message: "must not be empty".into() });
            }
        }
        let organisation = crate::codes().organisation(new.organisation)?;
        keys::check_passphrase(new.passphrase)?;
        let secret = keys::new_secret(new.device_secret)?;
        let (header, key, recovery_key) =
            Header::create(new.passphrase, &secret, parameters).map_err(koplamp_vault::VaultError::from)?;
        keys::keep_secret(new.device_secret, header.workspace(), &secret)?;
        let about = New { name, organisation: &organisation, person };
        let vault = Vault::create(folder, header, key, &about)?;
        Ok(Created { workspace: Self::assemble(vault)?, recovery_key: recovery_key.to_text() })
    }

    /// Opens the workspace in `folder`.
    ///
    /// # Errors
    /// A wrong passphrase, a keychain that does not give the secret, a workspace open elsewhere, damage: nothing is changed.
    pub fn open(folder: &Path, unlock: &Unlock<'_>) -> Result<Self, WorkspaceError> {
        let header = Vault::header(folder)?;
        let secret = keys::find_secret(unlock.device_secret, &header)?;
        let way = Way::Passphrase(unlock.passphrase, &secret);
        Self::assemble(Vault::open(folder, &way, unlock.accept_older_copy)?)
    }

    /// Opens the workspace in `folder` by its recovery key, and sets passphrase and device secret anew.
    ///
    /// # Errors
    /// A recovery key that is mistyped or of another workspace; and as [`Workspace::open`].
    pub fn recover(folder: &Path, recovery_key: &str, unlock: &Unlock<'_>) -> Result<Self, WorkspaceError> {
        keys::check_passphrase(unlock.passphrase)?;
        let header = Vault::header(folder)?;
        let recovery_key = RecoveryKey::parse(recovery_key)?;
        let vault = Vault::open(folder, &Way::RecoveryKey(&recovery_key), unlock.accept_older_copy)?;
        let secret = keys::new_secret(unlock.device_secret)?;
        keys::keep_secret(unlock.device_secret, header.workspace(), &secret)?;
        vault.set_passphrase(unlock.passphrase, &secret, "passphrase and device secret set with the recovery key")?;
        Self::assemble(vault)
    }

    /// Sets another passphrase. Nothing is encrypted again.
    ///
    /// # Errors
    /// When the old passphrase is wrong, or the new one too short.
    pub fn change_passphrase(
        &self,
        old: &str,
        new: &str,
        device_secret: &DeviceSecretSource,
    ) -> Result<(), WorkspaceError> {
        keys::check_passphrase(new)?;
        let header = Vault::header(self.vault.folder())?;
        let secret = keys::find_secret(device_secret, &header)?;
        header.unlock_with_passphrase(old, &secret).map_err(koplamp_vault::VaultError::from)?;
        Ok(self.vault.set_passphrase(new, &secret, "passphrase set")?)
    }

    fn assemble(vault: Vault) -> Result<Self, WorkspaceError> {
        let interrupted = vault.noted_import()?;
        // It is told once.
        if interrupted.is_some() {
            vault.note_import(None)?;
        }
        let broken_off = vault.noted_exchange()?;
        if let Some((act, _)) = &broken_off {
            vault.abandon(*act)?;
        }
        let consulted = Mutex::default();
        let glossary = Arc::new(Kept::default());
        Ok(Self {
            indexer: Indexer::open(&vault, Arc::clone(&glossary))?,
            vault,
            broken_off: broken_off.map(|(_, name)| name),
            importing: Mutex::new(()),
            consulted,
            interrupted,
            known: Mutex::new(None),
            glossary,
        })
    }

    /// What stands at the edges of the window.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn summary(&self) -> Result<Summary, WorkspaceError> {
        use koplamp_vault::DocumentFilter::{All, Failed};
        let (undo, redo) = self.vault.undoable()?;
        let mut notices = self.indexer.notices();
        if self.vault.failed_attempts() > 0 {
            notices.push(Notice::FailedAttempts { count: self.vault.failed_attempts() });
        }
        notices.extend(self.interrupted.map(|total| Notice::ImportInterrupted { total }));
        notices.extend(self.broken_off.clone().map(|name| Notice::ExchangeInterrupted { name }));
        Ok(Summary {
            id: self.vault.id().to_string(),
            name: self.vault.name().to_owned(),
            organisation: self.vault.organisation().to_owned(),
            person: self.vault.person(),
            path: self.vault.folder().display().to_string(),
            documents: self.vault.documents(All, 0, 0)?.0,
            failures: self.vault.documents(Failed, 0, 0)?.0,
            marking: crate::codes::strictest(self.vault.markings()?),
            undo,
            redo,
            notices,
        })
    }

    /// The workspace's folder.
    pub fn folder(&self) -> &Path {
        self.vault.folder()
    }

    /// What the person prefers of the window, as the window wrote it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn preferences(&self) -> Result<Option<String>, WorkspaceError> {
        Ok(self.vault.preferences()?)
    }

    /// Keeps what the person prefers of the window.
    ///
    /// # Errors
    /// When it is too long, or the database does not take it.
    pub fn keep_preferences(&self, preferences: &str) -> Result<(), WorkspaceError> {
        if preferences.len() > MAX_PREFERENCES {
            let message = format!("at most {MAX_PREFERENCES} bytes are kept");
            return Err(WorkspaceError::Invalid { field: "preferences", message });
        }
        Ok(self.vault.keep_preferences(preferences)?)
    }

    /// Takes the last act back.
    ///
    /// # Errors
    /// [`WorkspaceError::NothingToUndo`]; [`WorkspaceError::Conflict`] as long as the last act goes on.
    pub fn undo(&self) -> Result<Change, WorkspaceError> {
        if let (Some((going_on, _)), (Some(last), _)) = (self.vault.noted_exchange()?, self.vault.undoable()?)
            && last.transaction == going_on
        {
            return Err(WorkspaceError::Conflict);
        }
        let change = self.vault.undo()?.ok_or(WorkspaceError::NothingToUndo)?;
        self.show(change)
    }

    /// Does again what the last undo took back.
    ///
    /// # Errors
    /// [`WorkspaceError::NothingToRedo`].
    pub fn redo(&self) -> Result<Change, WorkspaceError> {
        let change = self.vault.redo()?.ok_or(WorkspaceError::NothingToRedo)?;
        self.show(change)
    }

    /// Locks the workspace: logs why and closes index and database. What is left forgets the keys when it is dropped.
    ///
    /// # Errors
    /// When the log does not take it.
    pub fn close(self, cause: &str) -> Result<(), WorkspaceError> {
        let index = self.indexer.close();
        self.vault.close(cause)?;
        index
    }

    /// Keeps for the auditor that a document is read.
    pub(crate) fn consult(&self, document: DocumentId) -> Result<(), WorkspaceError> {
        self.vault.audit(Audit::Consulted { document })?;
        self.consulted().insert(document);
        Ok(())
    }

    /// Keeps for the auditor that a document is read, unless it was kept since the workspace was opened.
    pub(crate) fn consult_once(&self, document: DocumentId) -> Result<(), WorkspaceError> {
        if self.consulted().contains(&document) { Ok(()) } else { self.consult(document) }
    }

    fn consulted(&self) -> MutexGuard<'_, HashSet<DocumentId>> {
        self.consulted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    pub(crate) fn indexer(&self) -> &Indexer {
        &self.indexer
    }

    /// Brings the index in step with the documents.
    pub(crate) fn show_changes(&self) -> Result<(), WorkspaceError> {
        self.indexer.catch_up(&self.vault)
    }

    /// Does something, and brings the index in step.
    pub(crate) fn change(&self, operations: Vec<Operation>) -> Result<Change, WorkspaceError> {
        let change = self.vault.act(None, operations, &[])?;
        self.show(change)
    }

    /// Brings index and what is known in step with a change.
    pub(crate) fn show(&self, change: Change) -> Result<Change, WorkspaceError> {
        if change.glossary {
            self.glossary.forget();
        }
        if change.glossary || !change.documents.is_empty() {
            self.show_changes()?;
        }
        self.touch(&change.entities)?;
        Ok(change)
    }

    /// Takes note that something was said of these entities.
    pub(crate) fn touch(&self, entities: &[EntityId]) -> Result<(), WorkspaceError> {
        if entities.len() > MOST_TOUCHED {
            *self.known.lock().unwrap_or_else(PoisonError::into_inner) = None;
            return Ok(());
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ready) = known.as_mut() {
            let refreshed = ready.refresh(&self.vault, crate::schema(), entities);
            if refreshed.is_err() {
                // Half refreshed it would tell what is not so.
                *known = None;
            }
            refreshed?;
        }
        Ok(())
    }

    /// The glossary as it stands.
    pub(crate) fn glossary(&self) -> Result<Arc<Ready>, WorkspaceError> {
        self.glossary.get(&self.vault)
    }

    /// Runs `work` on what is known.
    pub(crate) fn with_known<T>(&self, work: impl FnOnce(&Known) -> T) -> Result<T, WorkspaceError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() {
            *known = Some(Known::read(&self.vault, crate::schema())?);
        }
        match known.as_ref() {
            Some(ready) => Ok(work(ready)),
            None => Err(koplamp_vault::VaultError::Internal("what is known was not kept".into()).into()),
        }
    }

    /// The right to have the originals for oneself.
    pub(crate) fn alone(&self) -> Result<MutexGuard<'_, ()>, WorkspaceError> {
        match self.importing.try_lock() {
            Ok(alone) => Ok(alone),
            Err(TryLockError::Poisoned(alone)) => Ok(alone.into_inner()),
            Err(TryLockError::WouldBlock) => Err(WorkspaceError::Conflict),
        }
    }
}

/// Asks the program that has the workspace in `folder` open to lock it, and waits until it has. Whether it was open anywhere.
///
/// # Errors
/// When there is no workspace, or the other program does not lock it.
pub fn request_lock(folder: &Path) -> Result<bool, WorkspaceError> {
    Ok(koplamp_vault::request_lock(folder)?)
}

/// Whether somebody asked for the workspace in `folder` to be locked.
pub fn lock_requested(folder: &Path) -> bool {
    koplamp_vault::lock_requested(folder)
}
