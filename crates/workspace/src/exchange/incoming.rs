//! A file of another program becomes statements: one act, done whole or not at all.

use std::collections::HashSet;

use koplamp_intake::Worker;
use koplamp_interchange::Limits;
use koplamp_interchange::task::{self, Pack, What};
use koplamp_model::{
    Change, ChartId, DocumentId, Draft, DraftValue, EntityId, Evidence, Fact, Labels, Operation, Placement, Position,
    Recording, Rejected, Standing, StatementId, TYPE, TransactionId, Value,
};
use koplamp_vault::{Fate, VaultError};

use super::{ExchangeReport, Incoming, ask, file, sha256};
use crate::charts::{MOST_PLACED, checked_name};
use crate::codes::is_stricter;
use crate::lines::Lines;
use crate::statements::invalid;
use crate::values::clean;
use crate::{ImportReport, ImportRequest, Job, KeptMarking, Workspace, WorkspaceError, select};

/// Facts in one operation: its payload stays small enough to be read at once.
const BATCH: usize = 500;
/// Facts in one transaction. Each page of an index that they touch is written once for all of them.
const TOGETHER: usize = 40_000;

/// What a file became in the worker process, checked to its end.
pub(super) struct Received {
    drafts: Pack,
    /// How many of them are links.
    links: usize,
    rejected: Vec<Rejected>,
    merged: u64,
}

impl Received {
    /// Has the worker read a file: what it made of it, in which every key is a draft's.
    pub(super) fn read(what: What, bytes: &[u8], worker: &Worker, job: &Job) -> Result<Self, WorkspaceError> {
        let (mut drafts, mut links) = (Pack::default(), 0);
        let (rejected, merged) = ask(what, bytes, worker, job, |pipe| {
            task::receive_each(pipe, &Limits::default(), |draft| {
                links += usize::from(draft.is_link(crate::schema()));
                drafts.push(draft);
            })
        })??;
        Ok(Self { drafts, links, rejected, merged })
    }

    pub(super) fn drafts(&self) -> impl Iterator<Item = Result<Draft, WorkspaceError>> {
        self.drafts.drafts().map(|draft| draft.map_err(|error| VaultError::Internal(error.to_string()).into()))
    }
}

impl Workspace {
    /// Makes statements of what was read: the file becomes a document, and each statement rests on its line. One act, which the next
    /// opening takes back when it finds it broken off.
    pub(super) fn take_in(
        &self,
        incoming: &Incoming<'_>,
        scope: &str,
        received: Received,
        worker: &Worker,
        job: &Job,
    ) -> Result<ExchangeReport, WorkspaceError> {
        let labels = incoming.labels.checked(crate::codes())?;
        incoming.chart.map(|name| self.chart_called(name)).transpose()?;
        if incoming.chart.map(checked_name).transpose()?.is_some() {
            let entities = received.drafts.len() - received.links;
            if entities > MOST_PLACED {
                let message = format!(
                    "the file has {entities} entities, and a chart holds at most {MOST_PLACED}; take it in without one"
                );
                return Err(invalid("chart", &message));
            }
        }
        let _alone = self.alone()?;
        let name = incoming.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let act = self.vault().begin_exchange(&name)?;
        let mut intake = Intake { workspace: self, act, labels, scope, change: None };
        match intake.run(incoming, received, worker, job) {
            Ok(mut report) => {
                self.vault().end_exchange()?;
                report.change = intake.change.map(|change| self.show(change)).transpose()?;
                Ok(report)
            }
            Err(error) => {
                // Where that fails too (a full disk), the next opening does it, and says so.
                if let Ok(Some(change)) = self.vault().abandon(act) {
                    self.show(change)?;
                }
                Err(error)
            }
        }
    }

    /// Puts what came in on the chart of this name, where the file says, else arranged; makes the chart when there is none.
    fn onto_chart(
        &self,
        name: &str,
        placed: &[(EntityId, Option<Position>)],
    ) -> Result<Vec<Operation>, WorkspaceError> {
        let existing = self.chart_called(name)?;
        let (chart, there) = match &existing {
            Some(chart) => (chart.id, self.vault().chart(chart.id)?.1),
            None => (ChartId::random(), Vec::new()),
        };
        let on: HashSet<EntityId> = there.iter().map(|placement| placement.entity).collect();
        let (mut told, mut free) = (Vec::new(), Vec::new());
        for (entity, position) in placed.iter().filter(|(entity, _)| !on.contains(entity)) {
            match position {
                Some(Position { x, y }) => told.push(Placement {
                    entity: *entity,
                    x: (x * 100.0).round() as i32,
                    y: (y * 100.0).round() as i32,
                    pinned: false,
                    hidden: false,
                }),
                None => free.push(*entity),
            }
        }
        let fixed: Vec<Placement> = there.iter().chain(&told).copied().collect();
        let settings = existing.as_ref().map(|chart| chart.settings.clone()).unwrap_or_default();
        told.extend(self.beside(&settings, &fixed, &free)?);
        let mut operations = Vec::new();
        if existing.is_none() {
            let name = checked_name(name)?;
            operations.push(Operation::ChartSet { chart, name, snapshot_of: None, settings: Box::default() });
        }
        if !told.is_empty() {
            operations.push(Operation::ChartPlaced { chart, placed: told, taken: Vec::new() });
        }
        Ok(operations)
    }
}

/// One file on its way in.
pub(super) struct Intake<'a> {
    pub(super) workspace: &'a Workspace,
    act: TransactionId,
    labels: Labels,
    /// What tells the keys of this file from those of another.
    pub(super) scope: &'a str,
    change: Option<Change>,
}

/// A fact of the file, and the place of its draft.
struct Candidate {
    fact: Fact,
    draft: usize,
    is_link: bool,
    /// Whether nothing was known of its entity before.
    is_new: bool,
}

impl Intake<'_> {
    fn run(
        &mut self,
        incoming: &Incoming<'_>,
        received: Received,
        worker: &Worker,
        job: &Job,
    ) -> Result<ExchangeReport, WorkspaceError> {
        let mut report = ExchangeReport { merged: received.merged, ..ExchangeReport::default() };
        let document = self.document(incoming, worker, job, &mut report)?;
        let mut lines = match document {
            Some(document) => Lines::of(self.workspace.vault().pages(document, 1, u32::MAX)?),
            None => Lines::of(Vec::new()),
        };
        let total = received.drafts.len().max(1) as f64;
        let clashes = self.clashes(&received)?;
        let mut together = Vec::new();
        for (place, draft) in received.drafts().enumerate() {
            let Some(draft) = clashes.allow(draft?) else { continue };
            let evidence = document.and_then(|document| {
                lines.find(&draft.quote).map(|(page, start, end, quote)| Evidence { document, page, start, end, quote })
            });
            self.facts(place, draft, evidence.as_ref(), &mut together)?;
            if together.len() >= TOGETHER {
                self.keep(document, std::mem::take(&mut together), &mut report)?;
            }
            if !job.share("exchange", (place + 1) as f64 / total) {
                return Err(WorkspaceError::Cancelled);
            }
        }
        self.keep(document, together, &mut report)?;
        if let Some(name) = incoming.chart {
            // What came in must be known to be arranged.
            self.workspace.touch(&self.change.iter().flat_map(|change| change.entities.clone()).collect::<Vec<_>>())?;
            let mut placed = Vec::new();
            for draft in received.drafts() {
                let Some(draft) = clashes.allow(draft?) else { continue };
                if !draft.is_link(crate::schema()) {
                    placed.push((self.entity(&draft.key), draft.position));
                }
            }
            let operations = self.workspace.onto_chart(name, &placed)?;
            self.act(operations)?;
        }
        report.rejected = received.rejected;
        report.rejected.extend(clashes.rejected);
        report.rejected.sort_by_key(|rejected| rejected.line);
        Ok(report)
    }

    /// The document that the file is: taken in now, there already, or brought back.
    fn document(
        &mut self,
        incoming: &Incoming<'_>,
        worker: &Worker,
        job: &Job,
        report: &mut ExchangeReport,
    ) -> Result<Option<DocumentId>, WorkspaceError> {
        let vault = self.workspace.vault();
        let files = select(&[incoming.file.to_owned()])?;
        let path = files.first().map(|file| file.path.clone()).unwrap_or_default();
        let sha256 = sha256(&file(incoming.file)?);
        let organisation = self.labels.organisation.clone();
        if vault.same_file(&sha256, &organisation, &path)?.is_none()
            && let Some(document) = vault.removed_file(&sha256, &organisation, &path)?
        {
            // Statements rest on it that come back, too.
            let mut operations = vec![Operation::DocumentRestored { document }];
            let before = vault.labels(document)?;
            let asked = self.labels.marking.as_deref();
            let own = before.as_ref().and_then(|labels| labels.marking.clone());
            if let Some(marking) = own.filter(|own| is_stricter(own, asked)) {
                report.stricter = asked.map(|_| KeptMarking { document, path: path.clone(), marking });
            } else if before.as_ref() != Some(&self.labels) {
                report.raised = asked.is_some_and(|asked| {
                    is_stricter(asked, before.as_ref().and_then(|labels| labels.marking.as_deref()))
                });
                operations.push(Operation::DocumentLabelled { document, labels: self.labels.clone() });
            }
            self.act(operations)?;
            vault.put_back(document, &file(incoming.file)?)?;
            return Ok(Some(document));
        }
        let request = ImportRequest { files, labels: self.labels.clone() };
        let imported = self.workspace.import_as(Some(self.act), &request, worker, &Job::unwatched())?;
        let ImportReport { documents, raised, stricter, .. } = imported;
        report.raised = raised > 0;
        report.stricter = stricter.into_iter().next();
        if job.cancelled() {
            return Err(WorkspaceError::Cancelled);
        }
        let known = vault.same_file(&sha256, &organisation, &path)?;
        Ok(documents.first().map(|document| document.id).or(known))
    }

    /// The same record of the same supplier is the same entity when it comes again.
    pub(super) fn entity(&self, key: &str) -> EntityId {
        let Labels { organisation, source, .. } = &self.labels;
        EntityId::of(&[b"exchange", organisation.as_bytes(), source.as_bytes(), self.scope.as_bytes(), key.as_bytes()])
    }

    /// What a draft says.
    fn facts(
        &self,
        place: usize,
        draft: Draft,
        evidence: Option<&Evidence>,
        together: &mut Vec<Candidate>,
    ) -> Result<(), WorkspaceError> {
        let (entity, is_link) = (self.entity(&draft.key), draft.is_link(crate::schema()));
        let (before, called) = self.workspace.with_known(|known| {
            let item = known.item(entity);
            (item.map(|item| item.kind.clone()), item.map(|item| item.label.clone()))
        })?;
        let is_new = before.is_none();
        let mut said = HashSet::new();
        let mut state = |property: String, value: Value| {
            let words = serde_json::to_vec(&value).unwrap_or_default();
            let id = StatementId::of(&[entity.as_bytes(), property.as_bytes(), &words]);
            if said.insert(id) {
                let (evidence, valid_from, valid_to) = (evidence.cloned(), None, None);
                let fact = Fact { id, entity, property, value, evidence, valid_from, valid_to };
                together.push(Candidate { fact, draft: place, is_link, is_new });
            }
        };
        // A list that mentions what is known, without its type, says nothing of that.
        if before.is_none_or(|before| before == draft.kind || !self.is_unsaid(&draft.kind)) {
            state(TYPE.to_owned(), Value::Text(clean(&draft.kind)));
        }
        for (property, values) in draft.properties {
            // Another program's property of this name says something else.
            let property = if property == TYPE { format!("{TYPE}_") } else { clean(&property) };
            for value in values {
                let value = match value {
                    DraftValue::Text(text) => Value::Text(clean(&text)),
                    DraftValue::Key(key) => Value::Entity(self.entity(&key)),
                };
                // A list that calls what is known as it is called already says nothing new: its label may be anything that is said of it.
                let is_label = self.scope == super::LISTS
                    && property == "name"
                    && matches!((&value, &called), (Value::Text(text), Some(called)) if text == called);
                // Of words that nobody could see, nothing is left.
                if value != Value::Text(String::new()) && !is_label {
                    state(property.clone(), value);
                }
            }
        }
        Ok(())
    }

    /// Keeps what is not there yet, and brings back what had been withdrawn.
    fn keep(
        &mut self,
        document: Option<DocumentId>,
        together: Vec<Candidate>,
        report: &mut ExchangeReport,
    ) -> Result<(), WorkspaceError> {
        let fates = self.fates(&together)?;
        let (mut fresh, mut restored, mut counted) = (Vec::new(), Vec::new(), None);
        let mut elsewhere = Vec::new();
        for (candidate, fate) in together.into_iter().zip(fates) {
            let (draft, is_link, is_new) = (candidate.draft, candidate.is_link, candidate.is_new);
            match fate {
                Fate::Stands => continue,
                Fate::Withdrawn(from) if from == document => restored.push(candidate.fact.id),
                // It rested on a file that is not part of the case any more: it is stated anew, by this one.
                Fate::Withdrawn(_) => {
                    elsewhere.push(candidate);
                    continue;
                }
                Fate::Unknown => fresh.push(candidate.fact),
            }
            count(report, &mut counted, draft, is_link, is_new);
        }
        for candidate in &mut elsewhere {
            let of_this = document.map(|document| *document.as_bytes()).unwrap_or_default();
            candidate.fact.id = StatementId::of(&[candidate.fact.id.as_bytes(), &of_this]);
        }
        let fates = self.fates(&elsewhere)?;
        for (candidate, fate) in elsewhere.into_iter().zip(fates) {
            let (draft, is_link, is_new) = (candidate.draft, candidate.is_link, candidate.is_new);
            match fate {
                Fate::Stands => continue,
                Fate::Withdrawn(_) => restored.push(candidate.fact.id),
                Fate::Unknown => fresh.push(candidate.fact),
            }
            count(report, &mut counted, draft, is_link, is_new);
        }
        report.restored = report.restored.saturating_add(u32::try_from(restored.len()).unwrap_or(u32::MAX));
        let Labels { organisation, purpose, marking, .. } = self.labels.clone();
        let standing = Standing { organisation: organisation.clone(), purpose, marking, grade: None };
        let mut operations = Vec::with_capacity(fresh.len() / BATCH + 2);
        let mut fresh = fresh.into_iter().peekable();
        while fresh.peek().is_some() {
            let facts = fresh.by_ref().take(BATCH).collect();
            operations.push(Operation::Recorded(Recording { standing: standing.clone(), facts }));
        }
        if !restored.is_empty() {
            operations.push(Operation::StatementsRestored { organisation, statements: restored });
        }
        self.act(operations)
    }

    fn fates(&self, candidates: &[Candidate]) -> Result<Vec<Fate>, WorkspaceError> {
        let ids: Vec<StatementId> = candidates.iter().map(|candidate| candidate.fact.id).collect();
        Ok(self.workspace.vault().fates(&ids)?)
    }

    /// Does a part of the act.
    fn act(&mut self, operations: Vec<Operation>) -> Result<(), WorkspaceError> {
        if operations.is_empty() {
            return Ok(());
        }
        let mut made = self.workspace.vault().act(Some(self.act), operations, &[])?;
        if let Some(before) = self.change.take() {
            made.entities.extend(before.entities);
            made.charts.extend(before.charts);
            made.documents.extend(before.documents);
        }
        self.change = Some(made);
        Ok(())
    }
}

/// Counts the entity or link of a draft, once: as new, or as joined to what was there.
fn count(report: &mut ExchangeReport, counted: &mut Option<usize>, draft: usize, is_link: bool, is_new: bool) {
    if counted.replace(draft) == Some(draft) {
        return;
    }
    match (is_new, is_link) {
        (false, _) => report.merged = report.merged.saturating_add(1),
        (true, true) => report.links = report.links.saturating_add(1),
        (true, false) => report.entities = report.entities.saturating_add(1),
    }
}
