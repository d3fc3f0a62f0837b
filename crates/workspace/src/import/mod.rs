//! Import: from files to documents that can be found.
//!
//! Files are read side by side in worker processes; what comes out is kept in small transactions, as it comes. A crash
//! loses at most the files in hand, and doing the import again takes in only what is missing.

mod prepare;
mod progress;
mod select;

use std::collections::HashSet;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};

use koplamp_intake::Worker;
use koplamp_model::{DocumentId, Labels, Operation, TransactionId};

use crate::codes::is_stricter;
use crate::{FailedFile, ImportReport, Job, KeptMarking, Workspace, WorkspaceError};
use prepare::{Outcome, Prepared, prepare};
pub(crate) use prepare::{failed, reading};
use progress::Course;
pub use select::{Selected, select};

/// Documents in one transaction; a batch that lasts longer than [`PATIENCE`] is kept earlier.
const BATCH: usize = 64;
const PATIENCE: Duration = Duration::from_secs(1);
/// The index is brought in step at most this often while importing.
const SHOW_EVERY: Duration = Duration::from_secs(5);

/// What an import is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRequest {
    /// The files.
    pub files: Vec<Selected>,
    /// The labels of all documents that come in.
    pub labels: Labels,
}

impl Workspace {
    /// Takes files in. Returns when all of it can be found; a cancelled import keeps what came in before.
    ///
    /// # Errors
    /// Labels that are not complete (then nothing is taken in), or a disk that does not take it. A file that cannot be read is no error: it
    /// stands in the report.
    pub fn import(&self, request: &ImportRequest, worker: &Worker, job: &Job) -> Result<ImportReport, WorkspaceError> {
        // What is refused is not broken off.
        request.labels.checked(crate::codes())?;
        let _alone = self.alone()?;
        self.vault().note_import(Some(u32::try_from(request.files.len()).unwrap_or(u32::MAX)))?;
        let report = self.import_as(None, request, worker, job)?;
        if !job.interrupted() {
            self.vault().note_import(None)?;
        }
        Ok(report)
    }

    /// Takes files in as a part of this act, or as one of their own. Whoever calls has the originals for itself.
    pub(crate) fn import_as(
        &self,
        act: Option<TransactionId>,
        request: &ImportRequest,
        worker: &Worker,
        job: &Job,
    ) -> Result<ImportReport, WorkspaceError> {
        let labels = request.labels.checked(crate::codes())?;
        self.vault().sweep()?;
        let threads = thread::available_parallelism().map_or(2, usize::from).min(request.files.len().max(1));
        let course = Course::new(request.files.len());
        let mut keeper = Keeper::new(self, act, &labels);
        let kept = thread::scope(|scope| {
            let (sender, prepared) = sync_channel(threads * 2);
            for _ in 0..threads {
                let (sender, course, labels) = (sender.clone(), &course, &labels);
                scope.spawn(move || {
                    while let Some(index) = course.next() {
                        if !job.go_on(|paused| course.progress(paused)) {
                            break;
                        }
                        let Some(file) = request.files.get(index) else { break };
                        course.begin(file);
                        job.tell(|| course.progress(job.paused()));
                        let outcome = prepare(self.vault(), worker, file, labels, &|| job.cancelled());
                        if sender.send(outcome).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let mut kept = Ok(());
            for outcome in prepared {
                kept = kept.and_then(|()| keeper.take(outcome, &course));
                if kept.is_err() {
                    // The threads end as soon as they look; what they have in hand is drained here.
                    job.cancel();
                }
                job.tell(|| course.progress(job.paused()));
            }
            kept
        });
        // What was confirmed before an error stays, and must be found.
        let flushed = kept.and_then(|()| keeper.flush());
        let shown = self.show_changes();
        flushed?;
        shown?;
        job.tell_now(&course.progress(false));
        keeper.report.cancelled = job.cancelled();
        Ok(keeper.report)
    }
}

/// Keeps what was read, batch by batch, all of it as one act.
struct Keeper<'a> {
    workspace: &'a Workspace,
    act: Option<TransactionId>,
    labels: &'a Labels,
    batch: Vec<Prepared>,
    /// Labels of documents that were there already, and are marked more strictly now.
    raised: Vec<Operation>,
    began: Instant,
    shown: Instant,
    seen: HashSet<(String, String)>,
    report: ImportReport,
}

impl<'a> Keeper<'a> {
    fn new(workspace: &'a Workspace, act: Option<TransactionId>, labels: &'a Labels) -> Self {
        let now = Instant::now();
        Self {
            workspace,
            act,
            labels,
            batch: Vec::new(),
            raised: Vec::new(),
            began: now,
            shown: now,
            seen: HashSet::new(),
            report: ImportReport::default(),
        }
    }

    fn take(&mut self, outcome: Result<Outcome, WorkspaceError>, course: &Course) -> Result<(), WorkspaceError> {
        match outcome? {
            Outcome::Cancelled => return Ok(()),
            Outcome::Unchanged(document) => {
                self.report.unchanged += 1;
                self.mark(document)?;
            }
            Outcome::Unreadable(failed) => {
                course.failed();
                self.report.failed.push(failed);
            }
            Outcome::Prepared(prepared) if !self.is_first(&prepared) => self.report.unchanged += 1,
            Outcome::Prepared(prepared) => {
                if prepared.iter().any(|document| document.reading.failure.is_some()) {
                    course.failed();
                }
                self.batch.extend(prepared);
            }
        }
        course.done();
        if self.batch.len() + self.raised.len() >= BATCH || self.began.elapsed() >= PATIENCE {
            self.flush()?;
        }
        if self.shown.elapsed() >= SHOW_EVERY {
            self.workspace.show_changes()?;
            self.shown = Instant::now();
        }
        Ok(())
    }

    /// Marks a document that is there already as strictly as it is delivered now, with all that it carries along. A marking is never lowered
    /// so: that a stricter one stays is told.
    fn mark(&mut self, document: DocumentId) -> Result<(), WorkspaceError> {
        let Some(asked) = &self.labels.marking else { return Ok(()) };
        let first = self.workspace.vault().document(document)?;
        if let Some(marking) = first.labels.marking.as_ref().filter(|own| is_stricter(own, Some(asked))) {
            let (path, marking) = (first.path.clone(), marking.clone());
            self.report.stricter.push(KeptMarking { document, path, marking });
        }
        let mut raised = false;
        let mut family = vec![first];
        while let Some(member) = family.pop() {
            family.extend(self.workspace.vault().children(member.id)?);
            if is_stricter(asked, member.labels.marking.as_deref()) {
                let labels = Labels { marking: Some(asked.clone()), ..member.labels };
                self.raised.push(Operation::DocumentLabelled { document: member.id, labels });
                raised = true;
            }
        }
        self.report.raised += u32::from(raised);
        Ok(())
    }

    /// Whether this import has not taken in the same bytes under the same path before: two folders of one name may both be chosen.
    fn is_first(&mut self, prepared: &[Prepared]) -> bool {
        let first = prepared.first();
        first.is_none_or(|Prepared { import, .. }| self.seen.insert((import.path.clone(), import.sha256.clone())))
    }

    fn flush(&mut self) -> Result<(), WorkspaceError> {
        self.began = Instant::now();
        if self.batch.is_empty() && self.raised.is_empty() {
            return Ok(());
        }
        let batch = std::mem::take(&mut self.batch);
        let mut operations = std::mem::take(&mut self.raised);
        let mut readings = Vec::with_capacity(batch.len());
        for Prepared { import, reading, replaces } in batch {
            operations.extend(replaces.map(|document| Operation::DocumentRemoved { document }));
            let (document, path) = (import.document, import.path.clone());
            if let Some(failure) = &reading.failure {
                let (reason, message) = (failure.reason, failure.message.clone());
                self.report.failed.push(FailedFile { document: Some(document), path: path.clone(), reason, message });
            }
            if reading.failure.is_none() || !reading.pages.is_empty() {
                self.report.imported += 1;
                self.report.documents.push(crate::ImportedDocument { id: document, path, kind: reading.kind });
            }
            operations.push(Operation::DocumentImported(import));
            readings.push((document, reading));
        }
        let change = self.workspace.vault().act(self.act, operations, &readings)?;
        self.act = Some(change.act.transaction);
        Ok(())
    }
}
