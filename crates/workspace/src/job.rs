//! Jobs: long work with progress, pause and cancel. The same object for the window and the command line.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::ImportProgress;

/// Progress is told at most this often.
const EVERY: Duration = Duration::from_millis(100);

/// Names a job within one run of the program.
pub type JobId = u64;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Wish {
    #[default]
    Run,
    Pause,
    Cancel,
}

/// One piece of long work. Shared between the thread that works and the person who watches.
pub struct Job {
    wish: Mutex<Wish>,
    changed: Condvar,
    told: Mutex<Option<Instant>>,
    tell: Box<dyn Fn(&ImportProgress) + Send + Sync>,
}

impl Job {
    /// A job that tells its progress to `tell`, at most ten times a second.
    pub fn new(tell: impl Fn(&ImportProgress) + Send + Sync + 'static) -> Self {
        Self { wish: Mutex::default(), changed: Condvar::new(), told: Mutex::default(), tell: Box::new(tell) }
    }

    /// A job that nobody watches.
    pub fn unwatched() -> Self {
        Self::new(|_| {})
    }

    /// Stops after what is in hand, until [`Job::resume`].
    pub fn pause(&self) {
        self.wish_unless_cancelled(Wish::Pause);
    }

    /// Goes on after a pause.
    pub fn resume(&self) {
        self.wish_unless_cancelled(Wish::Run);
    }

    /// Ends after what is in hand. What was done before stays.
    pub fn cancel(&self) {
        *self.wish() = Wish::Cancel;
        self.changed.notify_all();
    }

    /// Whether it was cancelled.
    pub fn cancelled(&self) -> bool {
        *self.wish() == Wish::Cancel
    }

    /// Whether it is paused.
    pub fn paused(&self) -> bool {
        *self.wish() == Wish::Pause
    }

    /// Waits while the job is paused. False when it was cancelled: stop then.
    pub(crate) fn go_on(&self) -> bool {
        let wish =
            self.changed.wait_while(self.wish(), |wish| *wish == Wish::Pause).unwrap_or_else(PoisonError::into_inner);
        *wish != Wish::Cancel
    }

    /// Tells the progress, unless it was told a moment ago.
    pub(crate) fn tell(&self, progress: impl FnOnce() -> ImportProgress) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|told| told.elapsed() >= EVERY) {
            *told = Some(Instant::now());
            (self.tell)(&progress());
        }
    }

    fn wish(&self) -> MutexGuard<'_, Wish> {
        self.wish.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wish_unless_cancelled(&self, new: Wish) {
        let mut wish = self.wish();
        if *wish != Wish::Cancel {
            *wish = new;
        }
        drop(wish);
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_job_stays_cancelled() {
        let job = Job::unwatched();
        job.cancel();
        job.resume();
        assert!(!job.go_on(), "resuming does not bring a cancelled job back");
    }

    #[test]
    fn a_paused_job_waits_until_it_is_resumed() {
        let job = Job::unwatched();
        job.pause();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| job.go_on());
            job.resume();
            assert!(waiting.join().unwrap());
        });
    }
}
