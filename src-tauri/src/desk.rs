//! What the application has on its desk: at most one open workspace, its jobs, the files that wait, and the clock of idleness.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use koplamp_workspace::{ErrorCode, Job, Workspace, WorkspaceError};

use crate::arguments::Given;
use crate::error::ErrorView;
use crate::selection::Selections;

/// How long locking waits for work in hand to let go of the workspace.
const FAREWELL: Duration = Duration::from_secs(30);

/// The state of the application.
pub(crate) struct Desk {
    open: Mutex<Option<Arc<Workspace>>>,
    jobs: Mutex<HashMap<String, Arc<Job>>>,
    selections: Selections,
    active: Mutex<Instant>,
    /// What was given on the command line.
    pub(crate) given: Given,
}

impl Desk {
    pub(crate) fn new(given: Given) -> Self {
        Self {
            open: Mutex::default(),
            jobs: Mutex::default(),
            selections: Selections::default(),
            active: Mutex::new(Instant::now()),
            given,
        }
    }

    /// The open workspace.
    pub(crate) fn workspace(&self) -> Result<Arc<Workspace>, ErrorView> {
        self.open().clone().ok_or_else(|| ErrorView::new(ErrorCode::Locked, "no workspace is open"))
    }

    /// Whether a workspace is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open().is_some()
    }

    /// Puts a workspace on the desk; the one that lay there is locked.
    pub(crate) fn put(&self, workspace: Workspace) -> Result<(), WorkspaceError> {
        self.lock("hand")?;
        *self.open() = Some(Arc::new(workspace));
        self.touch();
        Ok(())
    }

    /// Locks the open workspace: its jobs are cancelled, what is in hand ends, and its keys are forgotten.
    pub(crate) fn lock(&self, cause: &str) -> Result<(), WorkspaceError> {
        // Nothing open: files that wait for the workspace that is being opened go on waiting.
        let Some(mut workspace) = self.open().take() else { return Ok(()) };
        for job in self.jobs().values() {
            job.interrupt();
        }
        self.selections.clear();
        let asked = Instant::now();
        loop {
            match Arc::try_unwrap(workspace) {
                Ok(workspace) => return workspace.close(cause),
                // Somebody still reads or writes with it; when that ends, the last one drops it, and its keys with it.
                Err(_) if asked.elapsed() > FAREWELL => return Err(WorkspaceError::Conflict),
                Err(held) => workspace = held,
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The jobs that run, by id.
    pub(crate) fn jobs(&self) -> MutexGuard<'_, HashMap<String, Arc<Job>>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files that wait for an import.
    pub(crate) fn selections(&self) -> &Selections {
        &self.selections
    }

    /// Somebody did something.
    pub(crate) fn touch(&self) {
        *self.active.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Whether a job is at work: one that is paused is not.
    pub(crate) fn works(&self) -> bool {
        self.jobs().values().any(|job| !job.paused())
    }

    /// How long nobody did anything.
    pub(crate) fn idle(&self) -> Duration {
        self.active.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }

    fn open(&self) -> MutexGuard<'_, Option<Arc<Workspace>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
