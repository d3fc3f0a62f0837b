//! The index: opening, writing, committing.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use koplamp_model::DocumentId;
use koplamp_vault::SealedFolder;
use serde::{Deserialize, Serialize};
use tantivy::directory::error::OpenReadError;
use tantivy::index::SegmentComponent;
use tantivy::indexer::IndexWriterOptions;
use tantivy::{Directory, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError};

use crate::analysis;
use crate::schema::{Entry, Fields};
use crate::warming::Warming;
use crate::{IndexError, SealedDirectory};

/// How an index is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Bytes of memory that new documents may take before they are written out, at least 15,000,000.
    pub writer_memory: usize,
    /// Bytes of memory for what was read of an encrypted index.
    pub read_memory: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { writer_memory: 64 << 20, read_memory: SealedDirectory::MEMORY }
    }
}

/// The index of a workspace. Searching and writing may go on at once; writes wait for each other.
pub struct Index {
    index: tantivy::Index,
    fields: Fields,
    reader: IndexReader,
    writer: Mutex<Option<IndexWriter>>,
    nonce: Mutex<Option<String>>,
    sealed: Option<SealedDirectory>,
    warming: Option<Warming>,
    options: Options,
}

/// What opening found.
pub enum Opened {
    /// There was no index, or one in which nothing was ever committed: everything is to be indexed.
    Fresh(Index),
    /// An index that is fit for use.
    Ready {
        /// The index.
        index: Index,
        /// The nonce of its last commit. When it is not the one that the caller noted, the index is an old copy: rebuild it.
        commit: String,
        /// Number of documents in it.
        documents: u64,
    },
    /// An index that must not be used: delete the folder's files and open it again.
    Unusable(Unusable),
}

/// Why an index must not be used.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Unusable {
    /// A file is missing, was changed, or does not fit the others.
    #[error("the search index is damaged: {0}")]
    Damaged(String),
    /// It was made with another version of the analysis, the fields, or the index format.
    #[error("the search index was made by another version: {0}")]
    OtherVersion(String),
}

/// What a commit carries beside the documents.
#[derive(Serialize, Deserialize)]
struct Payload {
    nonce: String,
    analysis: String,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Index {
    /// Opens the index in a folder of the vault, or makes a new one there.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn open_sealed(folder: SealedFolder, options: Options) -> Result<Opened, IndexError> {
        let directory = SealedDirectory::new(folder, options.read_memory);
        let mut opened = Self::open(directory.clone(), options)?;
        if let Opened::Fresh(index) | Opened::Ready { index, .. } = &mut opened {
            index.warming = Some(Warming::start(index.searcher(), index.fields));
            index.sealed = Some(directory);
        }
        Ok(opened)
    }

    /// Opens the index in any directory, or makes a new one there.
    ///
    /// # Errors
    /// Only what the operating system refuses; what is wrong with the index itself is [`Opened::Unusable`].
    pub fn open(directory: impl Into<Box<dyn Directory>>, options: Options) -> Result<Opened, IndexError> {
        match Self::try_open(directory.into(), options) {
            Ok(opened) => Ok(opened),
            Err(TantivyError::IncompatibleIndex(incompatible)) => {
                Ok(Opened::Unusable(Unusable::OtherVersion(format!("{incompatible:?}"))))
            }
            Err(error) => match IndexError::from(error) {
                IndexError::Damaged(reason) => Ok(Opened::Unusable(Unusable::Damaged(reason))),
                error => Err(error),
            },
        }
    }

    fn try_open(directory: Box<dyn Directory>, options: Options) -> tantivy::Result<Opened> {
        let (schema, fields) = Fields::define();
        let exists = match tantivy::Index::exists(&*directory) {
            Err(OpenReadError::FileDoesNotExist(_)) => false,
            exists => exists?,
        };
        let index = if exists {
            tantivy::Index::open(directory)?
        } else {
            tantivy::Index::create(directory, schema.clone(), tantivy::IndexSettings::default())?
        };
        if index.schema() != schema {
            return Ok(Opened::Unusable(Unusable::OtherVersion("it has other fields".into())));
        }
        analysis::register(index.tokenizers());
        let payload = match index.load_metas()?.payload {
            None => None,
            Some(payload) => match serde_json::from_str::<Payload>(&payload) {
                Ok(payload) if payload.analysis == analysis::version() => Some(payload),
                Ok(payload) => return Ok(Opened::Unusable(Unusable::OtherVersion(payload.analysis))),
                Err(error) => return Ok(Opened::Unusable(Unusable::Damaged(error.to_string()))),
            },
        };
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let nonce = payload.map(|payload| payload.nonce);
        let index = Self {
            index,
            fields,
            reader,
            writer: Mutex::new(None),
            nonce: Mutex::new(nonce.clone()),
            sealed: None,
            warming: None,
            options,
        };
        Ok(match nonce {
            Some(commit) => Opened::Ready { commit, documents: index.documents(), index },
            None if index.documents() == 0 => Opened::Fresh(index),
            None => Opened::Unusable(Unusable::Damaged("its last commit is not ours".into())),
        })
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Number of documents of the last commit.
    pub fn documents(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// The nonce of the last commit; none when nothing was ever committed.
    pub fn commit_nonce(&self) -> Option<String> {
        locked(&self.nonce).clone()
    }

    /// Runs `act` with the writer, which is started for the first write and holds the index's lock from then on.
    fn with_writer<T>(&self, act: impl FnOnce(&mut IndexWriter) -> tantivy::Result<T>) -> Result<T, IndexError> {
        let mut writer = locked(&self.writer);
        if writer.is_none() {
            // One thread to index and one to merge: a workspace is on a laptop that somebody is working on.
            let options = IndexWriterOptions::builder()
                .memory_budget_per_thread(self.options.writer_memory)
                .num_worker_threads(1)
                .num_merge_threads(1)
                .build();
            *writer = Some(self.index.writer_with_options(options)?);
        }
        match writer.as_mut() {
            Some(writer) => Ok(act(writer)?),
            None => Err(IndexError::Busy),
        }
    }

    /// Puts a document in, or in the place of the one with its id. Found after the next [`Index::commit`].
    pub fn put(&self, entry: &Entry<'_>) -> Result<(), IndexError> {
        self.with_writer(|writer| {
            writer.delete_term(self.fields.id_term(entry.id));
            writer.add_document(self.fields.document(entry)).map(drop)
        })
    }

    /// Takes a document out, if it is there. Gone after the next [`Index::commit`].
    pub fn remove(&self, id: DocumentId) -> Result<(), IndexError> {
        self.with_writer(|writer| {
            writer.delete_term(self.fields.id_term(id));
            Ok(())
        })
    }

    /// Makes everything since the last commit durable and found. `nonce` marks the commit: note it in the same transaction
    /// that marks the documents as indexed, and an old copy of the index shows when it is opened.
    pub fn commit(&self, nonce: &str) -> Result<(), IndexError> {
        let payload = Payload { nonce: nonce.to_owned(), analysis: analysis::version() };
        let payload = serde_json::to_string(&payload).map_err(|error| IndexError::Damaged(error.to_string()))?;
        self.with_writer(|writer| {
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&payload);
            commit.commit().map(drop)
        })?;
        *locked(&self.nonce) = Some(nonce.to_owned());
        Ok(self.reader.reload()?)
    }

    /// Forgets everything since the last commit.
    pub fn rollback(&self) -> Result<(), IndexError> {
        match locked(&self.writer).as_mut() {
            Some(writer) => Ok(writer.rollback().map(drop)?),
            None => Ok(()),
        }
    }

    /// Reads every file of the last commit and checks every byte: of an encrypted index against the tags of its pages, else
    /// against the files' checksums.
    pub fn verify(&self) -> Result<(), IndexError> {
        if let Some(directory) = &self.sealed {
            let mut paths = vec![PathBuf::from("meta.json"), PathBuf::from(".managed.json")];
            let meta = self.index.load_metas()?;
            // Of the files that a segment may have, those of deleted documents are the one kind that it may lack.
            paths.extend(meta.list_segment_files().into_iter().filter(|path| path.extension() != Some("del".as_ref())));
            let with_deletes = meta.segments.iter().filter(|segment| segment.has_deletes());
            paths.extend(with_deletes.map(|segment| segment.relative_path(SegmentComponent::Delete)));
            let problems: Vec<String> = directory.verify(&paths).iter().map(ToString::to_string).collect();
            return if problems.is_empty() { Ok(()) } else { Err(IndexError::Damaged(problems.join("; "))) };
        }
        let damaged = self.index.validate_checksum()?;
        if damaged.is_empty() {
            return Ok(());
        }
        let mut names: Vec<String> = damaged.iter().map(|path| path.display().to_string()).collect();
        names.sort();
        Err(IndexError::Damaged(names.join(", ")))
    }

    /// Closes the index: waits until every thread of it has ended, so that nothing of it stays in memory. What was not
    /// committed is forgotten.
    pub fn close(self) -> Result<(), IndexError> {
        drop(self.warming);
        let writer = self.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        match writer {
            Some(writer) => Ok(writer.wait_merging_threads()?),
            None => Ok(()),
        }
    }
}
