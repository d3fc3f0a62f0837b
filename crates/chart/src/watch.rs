//! Watching long computations: they tell how far they are, and can be told to stop.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Is called now and then, from any thread, with the share done (0 to 1); the computation stops when it answers `false`.
pub type Watch<'a> = &'a (dyn Fn(f64) -> bool + Sync);

/// The computation was told to stop; there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the computation was stopped before its end; start it again to have its result")]
pub struct Cancelled;

/// Counts the steps of a computation that several threads share, and asks the watch between them.
pub(crate) struct Progress<'a> {
    watch: Watch<'a>,
    from: f64,
    to: f64,
    steps: usize,
    done: AtomicUsize,
    stopped: AtomicBool,
}

impl<'a> Progress<'a> {
    /// A part of the whole, from one share to another, in so many steps.
    pub fn new(watch: Watch<'a>, from: f64, to: f64, steps: usize) -> Self {
        Self { watch, from, to, steps: steps.max(1), done: AtomicUsize::new(0), stopped: AtomicBool::new(false) }
    }

    /// One step is done.
    ///
    /// # Errors
    /// The computation is to stop.
    pub fn step(&self) -> Result<(), Cancelled> {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // About two hundred calls in all: often enough to stop at once, too seldom to cost anything.
        if done.is_multiple_of((self.steps / 200).max(1)) {
            let share = (done as f64 / self.steps as f64).min(1.0);
            if !(self.watch)(self.from + (self.to - self.from) * share) {
                self.stopped.store(true, Ordering::Relaxed);
            }
        }
        if self.stopped.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_tells_the_share_and_stops_when_told() {
        let shares = std::sync::Mutex::new(Vec::new());
        let watch = |share: f64| {
            shares.lock().unwrap().push(share);
            share < 0.6
        };
        let progress = Progress::new(&watch, 0.5, 1.0, 10);
        assert_eq!(progress.step(), Ok(()));
        assert_eq!(progress.step(), Err(Cancelled));
        assert_eq!(progress.step(), Err(Cancelled), "it stays stopped");
        assert_eq!(*shares.lock().unwrap(), [0.55, 0.6, 0.65]);
    }
}
