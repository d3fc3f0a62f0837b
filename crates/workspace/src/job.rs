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
    /// Cancelled by the program, not by a person who wants no more of it.
    Interrupt,
}

impl Wish {
    fn ends(self) -> bool {
        matches!(self, Self::Cancel | Self::Interrupt)
    }
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

    /// As [`Job::cancel`], because the workspace is being locked: the person is told at the next opening.
    pub fn interrupt(&self) {
        let mut wish = self.wish();
        if *wish != Wish::Cancel {
            *wish = Wish::Interrupt;
        }
        drop(wish);
        self.changed.notify_all();
    }

    /// Whether it was cancelled, by whomever.
    pub fn cancelled(&self) -> bool {
        self.wish().ends()
    }

    /// Whether it was cancelled by the program.
    pub(crate) fn interrupted(&self) -> bool {
        *self.wish() == Wish::Interrupt
    }

    /// Whether it is paused.
    pub fn paused(&self) -> bool {
        *self.wish() == Wish::Pause
    }

    /// Waits while the job is paused. False when it was cancelled: stop then. That it stands still, and that it goes on, is told at once.
    pub(crate) fn go_on(&self, progress: impl Fn(bool) -> ImportProgress) -> bool {
        let mut wish = self.wish();
        if *wish == Wish::Pause {
            self.tell_now(&progress(true));
            wish = self.changed.wait_while(wish, |wish| *wish == Wish::Pause).unwrap_or_else(PoisonError::into_inner);
            self.tell_now(&progress(false));
        }
        !wish.ends()
    }

    /// Tells the progress, whatever was told a moment ago.
    pub(crate) fn tell_now(&self, progress: &ImportProgress) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        (self.tell)(progress);
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
        if !wish.ends() {
            *wish = new;
        }
        drop(wish);
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(paused: bool) -> ImportProgress {
        let (rate, current) = (0.0, String::new());
        ImportProgress { done: 0, total: 0, failed: 0, rate, seconds_left: None, current, paused }
    }

    #[test]
    fn a_cancelled_job_stays_cancelled() {
        let job = Job::unwatched();
        job.cancel();
        job.resume();
        assert!(!job.go_on(progress), "resuming does not bring a cancelled job back");
    }

    #[test]
    fn a_paused_job_says_so_at_once_and_waits_until_it_is_resumed() {
        let (sender, told) = std::sync::mpsc::channel();
        let job = Job::new(move |progress| sender.send(progress.paused).unwrap());
        // Something was told a moment ago.
        job.tell(|| progress(false));
        assert!(!told.recv().unwrap());
        job.pause();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| job.go_on(progress));
            assert!(told.recv().unwrap(), "it stands still");
            job.resume();
            assert!(!told.recv().unwrap(), "it goes on");
            assert!(waiting.join().unwrap());
        });
    }
}
