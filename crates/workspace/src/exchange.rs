//! In and out: files of other programs become statements, and entities become files of other programs.
//!
//! What others wrote is read in the caged worker process, never here; of a file, this module only looks whether its first bytes tell
//! the format.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;
use std::io::Read;
use std::path::Path;

use koplamp_intake::Worker;
use koplamp_interchange::task::{self, Request, What};
use koplamp_interchange::{Format, InterchangeError, Limits, write};
use koplamp_model::{
    Audit, Change, ChartId, Draft, DraftValue, EntityId, Evidence, Exchange, Fact, Labels, Mapping, MappingId,
    Operation, Placement, Position, Recording, Rejected, Standing, StatementId, TYPE, TransactionId, Value,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::lines::Lines;
use crate::statements::invalid;
use crate::{ImportRequest, Job, Workspace, WorkspaceError, select};

/// Facts in one operation: its payload stays small enough to be read at once.
const BATCH: usize = 500;
/// Operations in one transaction.
const OPERATIONS: usize = 20;
/// The worker's name for reading other programs' files.
const TASK: &str = "exchange";

/// What an import of another program's file did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ExchangeReport {
    /// Entities that came in or of which something new was said.
    pub entities: u32,
    /// Links that came in or of which something new was said.
    pub links: u32,
    /// Records that were taken together with another of the same key.
    #[ts(type = "number")]
    pub merged: u64,
    /// What was left out, and why.
    pub rejected: Vec<Rejected>,
    /// What changed; none when everything was there already.
    pub change: Option<Change>,
}

/// What a table would become, before anything is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DryRun {
    /// The columns.
    pub columns: Vec<String>,
    /// The first rows, and of each cell the beginning.
    pub rows: Vec<Vec<String>>,
    /// How many rows there are.
    pub total: u32,
    /// The mapping that was tried: the one given, else a first guess from the names of the columns.
    pub mapping: Mapping,
    /// How many entities it gives.
    pub entities: u32,
    /// How many links it gives.
    pub links: u32,
    /// Rows that would be left out, and why.
    pub rejected: Vec<Rejected>,
}

/// A mapping that somebody kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SavedMapping {
    /// Its id.
    #[ts(type = "string")]
    pub id: MappingId,
    /// What it is called.
    pub name: String,
    /// The mapping.
    pub mapping: Mapping,
}

/// From where, and under which labels, something comes in.
pub struct Incoming<'a> {
    /// The file. It is taken in as a document, so that what it says rests on a passage.
    pub file: &'a Path,
    /// The labels of that document and of all that it says.
    pub labels: &'a Labels,
    /// The chart that the entities are put on; a name that no chart has makes a new one.
    pub chart: Option<&'a str>,
}

impl Workspace {
    /// Takes in a file of another program. Taking it in again adds nothing.
    ///
    /// # Errors
    /// When the file cannot be read as what it should be: then nothing of it is kept, and the error names the line.
    pub fn import_exchange(
        &self,
        incoming: &Incoming<'_>,
        format: Option<Format>,
        worker: &Worker,
        job: &Job,
    ) -> Result<ExchangeReport, WorkspaceError> {
        let bytes = file(incoming.file)?;
        let name = incoming.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let format = format.or_else(|| Format::guess(&name, &bytes)).ok_or_else(|| {
            invalid("format", &format!("'{name}' is none of ftm, graphml, gexf, csv, anx; name the format if it is"))
        })?;
        let exchange = read(What::Read(format), &bytes, worker, job)?;
        // These number what is in them for themselves: two files have a node 0 each, and it is not the same.
        let numbered = matches!(format, Format::GraphMl | Format::Gexf | Format::Anx);
        let scope = if numbered { sha256(&bytes) } else { String::new() };
        drop(bytes);
        self.take_in(incoming, &scope, exchange, worker, job)
    }

    /// Tries a table: its columns, its first rows, and what a mapping makes of them. Without a mapping, one is guessed.
    ///
    /// # Errors
    /// When the file is no table.
    pub fn try_table(
        &self,
        path: &Path,
        mapping: Option<&Mapping>,
        worker: &Worker,
        job: &Job,
    ) -> Result<DryRun, WorkspaceError> {
        let receive = |pipe: &mut dyn Read| task::receive_trial(pipe, mapping, &Limits::default());
        let tried = ask(What::Try(mapping.cloned()), &file(path)?, worker, job, receive)??;
        let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(DryRun {
            columns: tried.columns,
            rows: tried.rows,
            total: count(tried.total),
            mapping: tried.mapping,
            entities: count(tried.entities),
            links: count(tried.links),
            rejected: tried.rejected,
        })
    }

    /// Takes a table in by a mapping. Taking it in again adds nothing.
    ///
    /// # Errors
    /// As [`Workspace::import_exchange`].
    pub fn import_table(
        &self,
        incoming: &Incoming<'_>,
        mapping: &Mapping,
        worker: &Worker,
        job: &Job,
    ) -> Result<ExchangeReport, WorkspaceError> {
        let exchange = read(What::Map(mapping.clone()), &file(incoming.file)?, worker, job)?;
        self.take_in(incoming, "", exchange, worker, job)
    }

    /// Keeps a mapping under a name; one of that name is replaced.
    ///
    /// # Errors
    /// When the name is empty.
    pub fn save_mapping(&self, name: &str, mapping: &Mapping) -> Result<Change, WorkspaceError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(invalid("name", "a saved mapping has a name"));
        }
        let existing = self.vault().mappings()?.into_iter().find(|(_, other, _)| other == name);
        let id = existing.map_or_else(MappingId::random, |(id, ..)| id);
        self.change(vec![Operation::MappingSaved { mapping: id, name: name.to_owned(), columns: mapping.clone() }])
    }

    /// Saved mappings by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn mappings(&self) -> Result<Vec<SavedMapping>, WorkspaceError> {
        let saved = self.vault().mappings()?.into_iter();
        Ok(saved.map(|(id, name, mapping)| SavedMapping { id, name, mapping }).collect())
    }

    /// Drops a saved mapping.
    ///
    /// # Errors
    /// When there is none of this id.
    pub fn drop_mapping(&self, mapping: MappingId) -> Result<Change, WorkspaceError> {
        if !self.vault().mappings()?.iter().any(|(id, ..)| *id == mapping) {
            return Err(invalid("mapping", &format!("there is no saved mapping {mapping}")));
        }
        self.change(vec![Operation::MappingDropped { mapping }])
    }

    /// What is on a chart and not hidden by hand, or the whole case, as a file of another program. A filter hides nothing from it. Kept for the
    /// auditor as a disclosure.
    ///
    /// # Errors
    /// When the format is only read, the chart is not there, or the file cannot be written.
    pub fn export_exchange(
        &self,
        format: Format,
        chart: Option<ChartId>,
        target: &Path,
    ) -> Result<u32, WorkspaceError> {
        let drawn = chart.map(|chart| self.vault().chart(chart)).transpose()?;
        let (shown, hidden_links) = match drawn {
            Some((chart, placements)) => {
                let shown: Vec<Placement> = placements.into_iter().filter(|placement| !placement.hidden).collect();
                (Some(shown), chart.settings.hidden_links)
            }
            None => (None, Vec::new()),
        };
        let mut drafts = self.drafts(shown.as_deref())?;
        drafts.retain(|draft| !hidden_links.iter().any(|hidden| hidden.to_string() == draft.key));
        let bytes = write(format, &drafts, crate::schema())?;
        let entities = drafts.len() as u64;
        self.vault().audit(Audit::Disclosed { format: format.code().into(), chart, entities })?;
        self.vault().export(&bytes, target)?;
        Ok(u32::try_from(entities).unwrap_or(u32::MAX))
    }

    fn drafts(&self, placements: Option<&[Placement]>) -> Result<Vec<Draft>, WorkspaceError> {
        let only: Option<Vec<EntityId>> =
            placements.map(|placements| placements.iter().map(|placement| placement.entity).collect());
        let places: HashMap<EntityId, &Placement> =
            placements.unwrap_or_default().iter().map(|placement| (placement.entity, placement)).collect();
        self.with_known(|known| {
            let network = known.network(crate::schema(), only.as_deref());
            let nodes = network.nodes.iter().map(|node| (node.id, None));
            let links = network.links.iter().map(|link| (link.id, Some((link.source, link.target))));
            let drafts = nodes.chain(links).filter_map(|(id, ends)| {
                let item = known.item(id)?;
                let mut properties: BTreeMap<String, Vec<DraftValue>> = BTreeMap::new();
                for (property, text) in &item.values {
                    let values = properties.entry(property.clone()).or_default();
                    let value = DraftValue::Text(text.clone());
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                if let Some((source, target)) = ends {
                    let named = crate::schema().ends(&item.kind);
                    let names =
                        named.map_or(("subject", "object"), |ends| (ends.source.as_str(), ends.target.as_str()));
                    for (name, end) in [(names.0, source), (names.1, target)] {
                        let key = network.nodes.get(end as usize)?.id.to_string();
                        properties.insert(name.to_owned(), vec![DraftValue::Key(key)]);
                    }
                }
                let position = places
                    .get(&id)
                    .map(|placement| Position { x: f64::from(placement.x) / 100.0, y: f64::from(placement.y) / 100.0 });
                let (key, kind) = (id.to_string(), item.kind.clone());
                Some(Draft { key, kind, properties, line: 0, quote: String::new(), position })
            });
            drafts.collect()
        })
    }

    /// Makes statements of what was read: the file becomes a document, and each statement rests on its line.
    fn take_in(
        &self,
        incoming: &Incoming<'_>,
        scope: &str,
        exchange: Exchange,
        worker: &Worker,
        job: &Job,
    ) -> Result<ExchangeReport, WorkspaceError> {
        let labels = incoming.labels.checked(crate::codes())?;
        incoming.chart.map(crate::charts::checked_name).transpose()?;
        let files = select(&[incoming.file.to_owned()])?;
        let path = files.first().map(|file| file.path.clone()).unwrap_or_default();
        let imported = self.import(&ImportRequest { files, labels: labels.clone() }, worker, &Job::unwatched())?;
        if job.cancelled() {
            return Err(WorkspaceError::Cancelled);
        }
        let known = self.vault().same_file(&sha256(&file(incoming.file)?), &labels.organisation, &path)?;
        let document = imported.documents.first().map(|document| document.id).or(known);
        let mut lines = match document {
            Some(document) => Lines::of(self.vault().pages(document, 1, u32::MAX)?),
            None => Lines::of(Vec::new()),
        };
        let standing = Standing {
            organisation: labels.organisation.clone(),
            purpose: labels.purpose.clone(),
            marking: labels.marking.clone(),
            grade: None,
        };
        // The same record of the same supplier is the same entity when it comes again.
        let entity = |key: &str| {
            let of = [labels.organisation.as_str(), labels.source.as_str(), scope, key];
            EntityId::of(&[b"exchange", of[0].as_bytes(), of[1].as_bytes(), of[2].as_bytes(), of[3].as_bytes()])
        };
        let schema = crate::schema();
        let (mut batch, mut operations, mut act) = (Vec::new(), Vec::new(), None);
        let (mut entities, mut links, mut change, mut restored) = (0, 0, None, Vec::new());
        let total = exchange.drafts.len().max(1);
        for (place, draft) in exchange.drafts.iter().enumerate() {
            let id = entity(&draft.key);
            let evidence = document.and_then(|document| {
                lines.find(&draft.quote).map(|(page, start, end, quote)| Evidence { document, page, start, end, quote })
            });
            let mut fresh = Vec::new();
            let mut state = |property: &str, value: Value| -> Result<(), WorkspaceError> {
                let said = serde_json::to_vec(&value).unwrap_or_default();
                let statement = StatementId::of(&[id.as_bytes(), property.as_bytes(), &said]);
                match self.vault().statement(statement)? {
                    Some((_, false)) => {}
                    // Withdrawn before: it comes back.
                    Some((_, true)) => restored.push(statement),
                    None => fresh.push(Fact {
                        id: statement,
                        entity: id,
                        property: property.to_owned(),
                        value,
                        evidence: evidence.clone(),
                        valid_from: None,
                        valid_to: None,
                    }),
                }
                Ok(())
            };
            state(TYPE, Value::Text(draft.kind.clone()))?;
            let mut said = std::collections::HashSet::new();
            for (property, values) in &draft.properties {
                for value in values.iter().filter(|value| said.insert((property, *value))) {
                    state(
                        property,
                        match value {
                            DraftValue::Text(text) => Value::Text(text.clone()),
                            DraftValue::Key(key) => Value::Entity(entity(key)),
                        },
                    )?;
                }
            }
            if !fresh.is_empty() {
                if draft.is_link(schema) { links += 1 } else { entities += 1 }
            }
            batch.append(&mut fresh);
            let last = place + 1 == exchange.drafts.len();
            if batch.len() >= BATCH || (last && !batch.is_empty()) {
                let recording = Recording { standing: standing.clone(), facts: std::mem::take(&mut batch) };
                operations.push(Operation::Recorded(recording));
            }
            if operations.len() >= OPERATIONS {
                act = Some(self.keep(act, std::mem::take(&mut operations), &mut change)?);
            }
            if !job.share("exchange", (place + 1) as f64 / total as f64) {
                if act.is_some() {
                    self.undo()?;
                }
                return Err(WorkspaceError::Cancelled);
            }
        }
        if !restored.is_empty() {
            restored.sort_unstable();
            restored.dedup();
            let organisation = standing.organisation.clone();
            operations.push(Operation::StatementsRestored { organisation, statements: restored });
        }
        if let Some(name) = incoming.chart {
            if !operations.is_empty() {
                act = Some(self.keep(act, std::mem::take(&mut operations), &mut change)?);
            }
            let nodes = exchange.drafts.iter().filter(|draft| !draft.is_link(schema));
            let placed: Vec<(EntityId, Option<Position>)> =
                nodes.map(|draft| (entity(&draft.key), draft.position)).collect();
            operations.extend(self.onto_chart(name, &placed)?);
        }
        if !operations.is_empty() {
            self.keep(act, operations, &mut change)?;
        }
        Ok(ExchangeReport { entities, links, merged: exchange.merged, rejected: exchange.rejected, change })
    }

    /// Keeps operations as a part of one act.
    fn keep(
        &self,
        act: Option<TransactionId>,
        operations: Vec<Operation>,
        change: &mut Option<Change>,
    ) -> Result<TransactionId, WorkspaceError> {
        let mut made = self.show(self.vault().act(act, operations, &[])?)?;
        let transaction = made.act.transaction;
        if let Some(before) = change.take() {
            made.entities.extend(before.entities);
            made.charts.extend(before.charts);
        }
        *change = Some(made);
        Ok(transaction)
    }

    /// Puts what came in on the chart of this name, where the file says, else arranged; makes the chart when there is none.
    fn onto_chart(
        &self,
        name: &str,
        placed: &[(EntityId, Option<Position>)],
    ) -> Result<Vec<Operation>, WorkspaceError> {
        let existing = self.vault().charts()?.into_iter().find(|chart| chart.name == name);
        let (chart, there) = match &existing {
            Some(chart) => (chart.id, self.vault().chart(chart.id)?.1),
            None => (ChartId::random(), Vec::new()),
        };
        let fresh = placed.iter().filter(|(entity, _)| !there.iter().any(|placement| placement.entity == *entity));
        let (mut told, mut free) = (Vec::new(), Vec::new());
        for (entity, position) in fresh {
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
        told.extend(self.beside(&fixed, &free)?);
        let mut operations = Vec::new();
        if existing.is_none() {
            let name = crate::charts::checked_name(name)?;
            operations.push(Operation::ChartSet { chart, name, snapshot_of: None, settings: Box::default() });
        }
        if !told.is_empty() {
            operations.push(Operation::ChartPlaced { chart, placed: told, taken: Vec::new() });
        }
        Ok(operations)
    }
}

fn file(path: &Path) -> Result<Vec<u8>, WorkspaceError> {
    let error = |source| WorkspaceError::Io { action: "read", path: path.display().to_string(), source };
    let about = std::fs::metadata(path).map_err(error)?;
    if !about.is_file() {
        return Err(invalid("file", &format!("{} is no plain file", path.display())));
    }
    let (found, limit) = (about.len(), Limits::default().bytes);
    if found > limit {
        return Err(InterchangeError::TooLarge { found, limit }.into());
    }
    std::fs::read(path).map_err(error)
}

/// Has the worker read a file: what it made of it, in which every key is a draft's.
fn read(what: What, bytes: &[u8], worker: &Worker, job: &Job) -> Result<Exchange, WorkspaceError> {
    Ok(ask(what, bytes, worker, job, |pipe| task::receive(pipe, &Limits::default()))??)
}

/// Has the worker do something with a file, in its cage.
fn ask<T: Send, E: Display + Send>(
    what: What,
    bytes: &[u8],
    worker: &Worker,
    job: &Job,
    receive: impl FnOnce(&mut dyn Read) -> Result<T, E> + Send,
) -> Result<T, WorkspaceError> {
    let request = Request { schema: crate::schema().version.clone(), what };
    let request = serde_json::to_vec(&request).map_err(|error| invalid("mapping", &error.to_string()))?;
    let worker = worker.clone().with_limits(koplamp_intake::Limits::of_tables());
    Ok(worker.run(TASK, &request, bytes, receive, &|| job.cancelled())?)
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(bytes))
}
