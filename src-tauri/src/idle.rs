//! Locking by itself: after idleness, after the computer slept, and when the command line asks for it.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager};

use crate::desk::Desk;

/// Time without a key or a click until the workspace is locked.
const LONGEST: Duration = Duration::from_secs(600);
/// The variable that makes it shorter, in seconds. It cannot make it longer.
const SHORTER: &str = "KOPLAMP_IDLE_SECONDS";
/// How often it is looked at.
const EVERY: Duration = Duration::from_secs(1);
/// The wall clock runs on while the computer sleeps, the monotonic one does not: a gap this large was a sleep (or a clock set forward,
/// after which locking does no harm).
const SLEPT: Duration = Duration::from_secs(20);

#[derive(Clone, Serialize)]
struct Locked {
    cause: &'static str,
}

/// Time without a key or a click until the workspace is locked.
pub(crate) fn patience() -> Duration {
    let given = std::env::var(SHORTER).ok().and_then(|seconds| seconds.parse().ok());
    given.map_or(LONGEST, |seconds| Duration::from_secs(seconds).min(LONGEST))
}

/// Watches from a thread of its own until the application ends.
pub(crate) fn watch(app: AppHandle) {
    thread::spawn(move || {
        let desk = Arc::clone(&app.state::<Arc<Desk>>());
        let mut before = (Instant::now(), SystemTime::now());
        let patience = patience();
        loop {
            thread::sleep(EVERY);
            let now = (Instant::now(), SystemTime::now());
            let passed = now.1.duration_since(before.1).unwrap_or_default();
            let slept = passed.saturating_sub(now.0.duration_since(before.0)) > SLEPT;
            before = now;
            if desk.works() {
                // Locking would break it off.
                desk.touch();
            }
            let cause = if !desk.is_open() {
                continue;
            } else if slept {
                "sleep"
            } else if desk.idle() >= patience {
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
