//! How far an import is, and how fast it goes.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Selected;
use crate::ImportProgress;

/// The rate is taken over this long: a glance back, so that one large file does not spoil it for ever.
const WINDOW: Duration = Duration::from_secs(10);

/// The course of one import, shared by the threads that read.
pub(super) struct Course {
    total: usize,
    next: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    done: usize,
    failed: usize,
    current: String,
    finished: VecDeque<Instant>,
}

impl Course {
    pub(super) fn new(total: usize) -> Self {
        Self { total, next: AtomicUsize::new(0), state: Mutex::default() }
    }

    /// The next file that nobody has begun; none at the end.
    pub(super) fn next(&self) -> Option<usize> {
        let next = self.next.fetch_add(1, Ordering::Relaxed);
        (next < self.total).then_some(next)
    }

    pub(super) fn begin(&self, file: &Selected) {
        self.state().current.clone_from(&file.path);
    }

    pub(super) fn failed(&self) {
        self.state().failed += 1;
    }

    pub(super) fn done(&self) {
        let now = Instant::now();
        let mut state = self.state();
        state.done += 1;
        state.finished.push_back(now);
        while state.finished.front().is_some_and(|first| now.duration_since(*first) > WINDOW) {
            state.finished.pop_front();
        }
    }

    pub(super) fn progress(&self, paused: bool) -> ImportProgress {
        let state = self.state();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let rate = match state.finished.front() {
            Some(first) if state.finished.len() > 1 => {
                state.finished.len() as f64 / first.elapsed().as_secs_f64().max(0.001)
            }
            _ => 0.0,
        };
        let left = self.total.saturating_sub(state.done) as f64;
        ImportProgress {
            done: count(state.done),
            total: count(self.total),
            failed: count(state.failed),
            rate,
            seconds_left: (rate > 0.0 && !paused).then(|| left / rate),
            current: state.current.clone(),
            paused,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
