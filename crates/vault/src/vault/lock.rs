//! Holding a workspace against a second program, and asking the one that holds it to let go.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::VaultError;

const LOCK: &str = "lock";
const REQUEST: &str = "lock-requested";
/// How long somebody who asks waits for the other program.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long an opening waits for one that is just letting go: a program that was killed holds its lock until the kernel has cleared it
/// away, and so does a child of it that was being started at that moment.
const MOMENT: Duration = Duration::from_secs(1);

/// Holds the workspace. The operating system gives the lock back when the program ends, however it ends.
pub(super) fn lock(folder: &Path) -> Result<File, VaultError> {
    let asked = Instant::now();
    loop {
        match try_lock(folder) {
            Err(VaultError::Busy(_)) if asked.elapsed() < MOMENT => thread::sleep(Duration::from_millis(5)),
            answer => return answer,
        }
    }
}

fn try_lock(folder: &Path) -> Result<File, VaultError> {
    let path = folder.join(LOCK);
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path).map_err(|source| VaultError::io("open", &path, source))?;
    match file.try_lock() {
        Ok(()) => {
            // A request that was not answered was meant for somebody who is gone.
            withdraw(folder);
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => Err(VaultError::Busy(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(VaultError::io("lock", &path, source)),
    }
}

/// Asks the program that has the workspace open to lock it, and waits until it has. Needs no key: locking is open to everybody who can
/// reach the folder. Whether it was open.
///
/// # Errors
/// When there is no workspace, or the other program does not let go in time.
pub fn request_lock(folder: &Path) -> Result<bool, VaultError> {
    if !folder.join(super::HEADER).is_file() {
        return Err(VaultError::NotFound(folder.to_owned()));
    }
    if try_lock(folder).is_ok() {
        return Ok(false);
    }
    let request = folder.join(REQUEST);
    fs::write(&request, []).map_err(|source| VaultError::io("write", &request, source))?;
    let asked = Instant::now();
    while asked.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(100));
        if try_lock(folder).is_ok() {
            return Ok(true);
        }
    }
    withdraw(folder);
    Err(VaultError::Busy(folder.to_owned()))
}

/// Whether somebody asked for this workspace to be locked.
pub fn lock_requested(folder: &Path) -> bool {
    folder.join(REQUEST).exists()
}

fn withdraw(folder: &Path) {
    // It is not there most of the time.
    drop(fs::remove_file(folder.join(REQUEST)));
}
