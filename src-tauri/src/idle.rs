//! Locking by itself: after idleness, after the computer slept, and when the command line asks for it.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager};

use crate::desk::Desk;

/// Minutes without a key or a click until the workspace is locked.
pub(crate) const MINUTES: u32 = 10;
/// How often it is looked at.
const EVERY: Duration = Duration::from_secs(1);
/// The wall clock runs on while the computer sleeps, the monotonic one does not: a gap this large was a sleep (or a clock set forward,
/// after which locking does no harm).
const SLEPT: Duration = Duration::from_secs(20);

#[derive(Clone, Serialize)]
struct Locked {
    cause: &'static str,
}

/// Watches from a thread of its own until the application ends.
pub(crate) fn watch(app: AppHandle) {
    thread::spawn(move || {
        let desk = Arc::clone(&app.state::<Arc<Desk>>());
        let mut before = (Instant::now(), SystemTime::now());
        loop {
            thread::sleep(EVERY);
            let now = (Instant::now(), SystemTime::now());
            let passed = now.1.duration_since(before.1).unwrap_or_default();
            let slept = passed.saturating_sub(now.0.duration_since(before.0)) > SLEPT;
            before = now;
            let cause = if !desk.is_open() {
                continue;
            } else if slept {
                "sleep"
            } else if desk.idle() >= Duration::from_secs(60 * u64::from(MINUTES)) {
                "idle"
            } else if asked(&desk) {
                "request"
            } else {
                continue;
            };
            // The window goes blank first; then the keys go.
            drop(app.emit("koplamp://locked", Locked { cause }));
            if let Err(error) = desk.lock(cause) {
                eprintln!("koplamp-desktop: {error}");
            }
        }
    });
}

/// Whether `koplamp lock` was called on the open workspace.
fn asked(desk: &Desk) -> bool {
    desk.workspace().is_ok_and(|workspace| koplamp_workspace::lock_requested(workspace.folder()))
}
