//! In and out: files of other programs become statements, and entities become files of other programs.
//!
//! What others wrote is read in the caged worker process, never here; of a file, this module only looks whether its first bytes tell
//! the format.

mod clashes;
mod incoming;
mod outgoing;

use std::fmt::Display;
use std::io::Read;
use std::path::Path;

use koplamp_intake::Worker;
use koplamp_interchange::task::{self, Request, What};
use koplamp_interchange::{Format, InterchangeError, Limits};
use koplamp_model::{Change, Labels, Mapping, MappingId, Operation, Rejected};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::statements::invalid;
use crate::{Job, KeptMarking, Workspace, WorkspaceError};
use incoming::Received;
pub use outgoing::ExportReport;

/// The worker's name for reading other programs' files.
const TASK: &str = "exchange";

/// What tells the keys of CSV lists from those of other formats.
const LISTS: &str = "csv";

/// What an import of another program's file did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ExchangeReport {
    /// Entities that were not there.
    pub entities: u32,
    /// Links that were not there.
    pub links: u32,
    /// Records that were taken together with another of the same key, or that said something new of what was there.
    #[ts(type = "number")]
    pub merged: u64,
    /// Statements that had been withdrawn, and came back. What they are of is counted above.
    pub restored: u32,
    /// Whether the file was there already, and is marked more strictly now, as this import asks.
    pub raised: bool,
    /// The file, when it was there already and marked more strictly than this import asks: it stays so.
    pub stricter: Option<KeptMarking>,
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
    /// Whether it was guessed: then a person has to look at it, at the directions above all.
    pub guessed: bool,
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
    /// Takes in a file of another program, as one act: whole, or not at all. Taking it in again adds nothing.
    ///
    /// # Errors
    /// When the file cannot be read as what it should be, or it was cancelled: then nothing of it is kept. What is wrong with a file
    /// is told with its line.
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
        let received = Received::read(What::Read(format), &bytes, worker, job)?;
        let scope = match format {
            // Its ids are the same everywhere, by its standard.
            Format::Ftm => String::new(),
            // What a list calls an entity is a name among the lists of one source.
            Format::Csv => LISTS.to_owned(),
            // These number what is in them for themselves: two files have a node 0 each, and it is not the same.
            Format::GraphMl | Format::Gexf | Format::Anx => sha256(&bytes),
        };
        drop(bytes);
        self.take_in(incoming, &scope, received, worker, job)
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
            guessed: mapping.is_none(),
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
        let received = Received::read(What::Map(mapping.clone()), &file(incoming.file)?, worker, job)?;
        self.take_in(incoming, "table", received, worker, job)
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
