//! One test at a time has windows: two web engines that draw in software on two processors starve each other.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::{self, ThreadId};

/// The thread whose turn it is, and how many windows it has.
static OWNER: Mutex<Option<(ThreadId, usize)>> = Mutex::new(None);
static FREE: Condvar = Condvar::new();

/// The turn of a test; given back when dropped. A test may take it more than once.
pub struct Turn(());

impl Turn {
    /// Waits until no other test has a window.
    pub fn take() -> Self {
        let me = thread::current().id();
        let owner = OWNER.lock().unwrap_or_else(PoisonError::into_inner);
        let mut owner = FREE
            .wait_while(owner, |owner| owner.is_some_and(|(thread, _)| thread != me))
            .unwrap_or_else(PoisonError::into_inner);
        let windows = owner.map_or(0, |(_, windows)| windows);
        *owner = Some((me, windows + 1));
        Self(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut owner = OWNER.lock().unwrap_or_else(PoisonError::into_inner);
        *owner = owner.filter(|(_, windows)| *windows > 1).map(|(thread, windows)| (thread, windows - 1));
        FREE.notify_all();
    }
}
