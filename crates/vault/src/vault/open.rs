//! Making, opening and closing a workspace, and changing the ways into it.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ed25519_dalek::SigningKey;
use koplamp_model::{Audit, Clock, DeviceId, Operation};
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::lock::lock;
use super::{ATTEMPTS, BLOBS, HEADER, Vault, locked};
use crate::log::{self, Author};
use crate::store::{self, Setting, Store, UndoStack};
use crate::witness::{Seen, Witness};
use crate::{Blobs, DeviceSecret, Header, Key, RecoveryKey, UnlockError, VaultError, attempts};

/// What a new workspace is told about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New<'a> {
    /// Its name.
    pub name: &'a str,
    /// Code of the organisation that works in it.
    pub organisation: &'a str,
    /// Who works in it.
    pub person: &'a str,
}

/// A way into a workspace.
pub enum Way<'a> {
    /// What one knows and what one has.
    Passphrase(&'a str, &'a DeviceSecret),
    /// The printed key.
    RecoveryKey(&'a RecoveryKey),
}

impl Way<'_> {
    const fn slot(&self) -> &'static str {
        match self {
            Self::Passphrase(..) => "passphrase",
            Self::RecoveryKey(_) => "recovery",
        }
    }
}

impl Vault {
    /// Reads the header of the workspace in `folder`: the one file in the clear.
    ///
    /// # Errors
    /// [`VaultError::NotFound`] when there is no workspace, or the header is damaged or of a newer version.
    pub fn header(folder: &Path) -> Result<Header, VaultError> {
        let path = folder.join(HEADER);
        if !path.is_file() {
            return Err(VaultError::NotFound(folder.to_owned()));
        }
        Ok(Header::read(&path)?)
    }

    /// Makes a workspace in `folder`, which must not exist or be empty, and writes `header` into it. `key` is the workspace key that the header wraps.
    ///
    /// # Errors
    /// When the folder holds something, or the disk does not take it: then nothing is left behind.
    pub fn create(folder: &Path, header: Header, key: Key, new: &New<'_>) -> Result<Self, VaultError> {
        let empty = match fs::read_dir(folder) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(VaultError::io("read", folder, error)),
        };
        if !empty {
            return Err(VaultError::Exists(folder.to_owned()));
        }
        make_private_folder(folder)?;
        let folder = whole(folder)?;
        Self::fill(&folder, header, key, new).inspect_err(|_| {
            // The folder was empty before; what cannot be removed is encrypted.
            drop(fs::remove_dir_all(&folder));
        })
    }

    fn fill(folder: &Path, header: Header, key: Key, new: &New<'_>) -> Result<Self, VaultError> {
        let lock = lock(folder)?;
        let store = Store::create(&folder.join(store::FILE), key.derive("koplamp/store/v1"))?;
        let author = {
            let writer = store.writer();
            Setting::Workspace.set(&writer, header.workspace().as_bytes())?;
            Setting::HeaderDigest.set(&writer, &header.digest())?;
            incarnate(&writer, new.person)?
        };
        let vault = Self::assemble(folder, header, key, store, author, lock, (new.name, new.organisation))?;
        vault.act(
            None,
            vec![Operation::WorkspaceCreated {
                name: new.name.to_owned(),
                organisation: new.organisation.to_owned(),
                person: new.person.to_owned(),
            }],
            &[],
        )?;
        // The header comes last: a folder without one is no workspace, so a crash before this line leaves nothing half made.
        locked(&vault.header).write(&folder.join(HEADER))?;
        Ok(vault)
    }

    /// Opens the workspace in `folder`.
    ///
    /// `accept_older_copy` goes on from a database that is older than its witness or header say; it is logged, and the device begins
    /// new streams, so that no sequence number is ever signed twice.
    ///
    /// # Errors
    /// A wrong way in (kept for the log), a workspace open elsewhere, damage or an old copy: nothing is changed.
    pub fn open(folder: &Path, way: &Way<'_>, accept_older_copy: bool) -> Result<Self, VaultError> {
        let header = Self::header(folder)?;
        let folder = &whole(folder)?;
        let unlocked = match way {
            Way::Passphrase(passphrase, secret) => header.unlock_with_passphrase(passphrase, secret),
            Way::RecoveryKey(recovery) => header.unlock_with_recovery_key(recovery),
        };
        let key = unlocked.inspect_err(|error| remember_attempt(folder, &header, error))?;
        let lock = lock(folder)?;
        let store = Store::open(&folder.join(store::FILE), key.derive("koplamp/store/v1"))?;
        let witness = Witness::new(folder, header.workspace(), &key);
        let checked = check_generations(&store, &header, &witness);
        let mut went_on = None;
        match checked {
            Err(error @ VaultError::RolledBack { .. }) if accept_older_copy => went_on = Some(error.to_string()),
            other => other?,
        }
        let author = {
            let writer = store.writer();
            if went_on.is_some() {
                Setting::HeaderDigest.set(&writer, &header.digest())?;
                Setting::HeaderPending.clear(&writer)?;
                incarnate(&writer, &person(&writer)?)?
            } else {
                author(&writer)?
            }
        };
        let about = store.read(store::acts::about)?;
        let mut vault = Self::assemble(folder, header, key, store, author, lock, (&about.0, &about.1))?;
        if let Some(reason) = went_on {
            vault.audit(Audit::KeysChanged { what: format!("went on from an older copy: {reason}") })?;
        }
        vault.take_attempts()?;
        vault.audit(Audit::Opened { slot: way.slot().to_owned() })?;
        Ok(vault)
    }

    fn assemble(
        folder: &Path,
        header: Header,
        key: Key,
        store: Store,
        author: Author,
        lock: File,
        (name, organisation): (&str, &str),
    ) -> Result<Self, VaultError> {
        let witness = Witness::new(folder, header.workspace(), &key);
        let undo = store.read(UndoStack::load)?;
        Ok(Self {
            folder: folder.to_owned(),
            blobs: Blobs::open(&folder.join(BLOBS), &key.derive("koplamp/blobs/v1"))?,
            header: Mutex::new(header),
            key,
            store,
            witness,
            author: Mutex::new(author),
            undo: Mutex::new(undo),
            name: name.to_owned(),
            organisation: organisation.to_owned(),
            failed_attempts: 0,
            _lock: lock,
        })
    }

    /// Moves the failed attempts to open from their own file into the log.
    fn take_attempts(&mut self) -> Result<(), VaultError> {
        let path = self.folder.join(ATTEMPTS);
        let taken = attempts::take(&path, &self.key)?;
        if taken.is_empty() {
            return Ok(());
        }
        self.failed_attempts = u32::try_from(taken.len()).unwrap_or(u32::MAX);
        let operations = taken.into_iter().map(|attempt| {
            Operation::Audited(Audit::OpenFailed { at_millis: attempt.at_millis(), reason: attempt.reason() })
        });
        for operation in operations {
            self.act(None, vec![operation], &[])?;
        }
        attempts::clear(&path)?;
        Ok(())
    }

    /// Sets the passphrase and the device secret anew. Re-wraps the workspace key; nothing is encrypted again.
    ///
    /// # Errors
    /// When the passphrase is too weak, or the disk does not take it: then the old one still opens.
    pub fn set_passphrase(&self, passphrase: &str, secret: &DeviceSecret, what: &str) -> Result<(), VaultError> {
        self.change_header(what, |header, key| Ok(header.set_passphrase(key, passphrase, secret)?))
    }

    /// Writes a changed header so that at every moment the database knows the one on disk.
    fn change_header(
        &self,
        what: &str,
        change: impl FnOnce(&mut Header, &Key) -> Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        let mut header = locked(&self.header);
        let mut changed = header.clone();
        change(&mut changed, &self.key)?;
        self.commit(|connection| Setting::HeaderPending.set(connection, &changed.digest()))?;
        changed.write(&self.folder.join(HEADER))?;
        self.commit(|connection| {
            Setting::HeaderDigest.set(connection, &changed.digest())?;
            Setting::HeaderPending.clear(connection)
        })?;
        *header = changed;
        drop(header);
        self.audit(Audit::KeysChanged { what: what.to_owned() })
    }

    /// Closes the workspace: logs why, and empties the write-ahead log. Dropping the vault forgets the keys.
    ///
    /// # Errors
    /// When the log does not take it.
    pub fn close(&self, cause: &str) -> Result<(), VaultError> {
        self.audit(Audit::Locked { cause: cause.to_owned() })?;
        self.store.checkpoint()
    }
}

/// The path from the root on: a program may change the folder that it stands in.
fn whole(folder: &Path) -> Result<PathBuf, VaultError> {
    folder.canonicalize().map_err(|source| VaultError::io("find", folder, source))
}

/// A folder that only its owner enters.
fn make_private_folder(folder: &Path) -> Result<(), VaultError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| VaultError::io("make", folder, source))
}

/// Keeps a failed attempt for the log. That it cannot be kept (a full disk) must not hide why opening failed.
fn remember_attempt(folder: &Path, header: &Header, error: &UnlockError) {
    drop(attempts::record(&folder.join(ATTEMPTS), header, error.code(), super::now_millis()));
}

/// A new device incarnation: a new id and a new signing key, so new streams.
fn incarnate(connection: &Connection, person: &str) -> Result<Author, VaultError> {
    let device = DeviceId::random();
    let seed = Key::random();
    Setting::Device.set(connection, device.as_bytes())?;
    Setting::SigningKey.set(connection, seed.expose())?;
    Setting::Person.set(connection, person.as_bytes())?;
    author(connection)
}

fn author(connection: &Connection) -> Result<Author, VaultError> {
    let device = DeviceId::try_from(Setting::Device.need(connection)?.as_slice())
        .map_err(|_| VaultError::StoreDamaged("the device has no id".into()))?;
    let seed = Zeroizing::new(Setting::SigningKey.need(connection)?);
    let seed: &[u8; 32] =
        seed.as_slice().try_into().map_err(|_| VaultError::StoreDamaged("the device has no signing key".into()))?;
    Ok(Author {
        device,
        key: SigningKey::from_bytes(seed),
        clock: Clock::after(log::last_stamp(connection)?),
        person: person(connection)?,
    })
}

fn person(connection: &Connection) -> Result<String, VaultError> {
    Ok(String::from_utf8_lossy(&Setting::Person.need(connection)?).into_owned())
}

/// Header, database and witness know of each other: an old copy of one of them is noticed here.
fn check_generations(store: &Store, header: &Header, witness: &Witness) -> Result<(), VaultError> {
    let seen = witness.read()?;
    store.read(|connection| {
        let digest = header.digest();
        let known = [Setting::HeaderDigest.get(connection)?, Setting::HeaderPending.get(connection)?];
        if !known.iter().flatten().any(|known| known.as_slice() == digest.as_slice()) {
            return Err(VaultError::RolledBack {
                part: "the file 'header' or the database",
                detail: "they do not belong together".into(),
            });
        }
        let counter = store::counter(connection)?;
        if counter < seen.counter {
            return Err(VaultError::RolledBack {
                part: "the database",
                detail: format!("it has seen {counter} acts, its witness {}", seen.counter),
            });
        }
        let heads = log::heads(connection)?;
        if counter == seen.counter && heads != seen.heads {
            return Err(VaultError::RolledBack {
                part: "the database",
                detail: "its log is not the one that its witness saw".into(),
            });
        }
        Ok(())
    })?;
    // A crash between database and witness leaves the witness one act behind: bring it up.
    let (counter, heads) = store.read(|connection| Ok((store::counter(connection)?, log::heads(connection)?)))?;
    if counter != seen.counter {
        witness.write(&Seen { counter, heads })?;
    }
    Ok(())
}
