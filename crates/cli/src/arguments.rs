//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

mod chart;
mod glossary;
mod senses;
mod style;

pub use chart::{ChartAct, InterchangeAct};
pub use glossary::GlossaryAct;
pub use senses::SenseArguments;
pub use style::StyleAct;

/// An offline, encrypted workspace for analysts: the command line.
#[derive(Debug, Parser)]
#[command(name = "koplamp", version, about, propagate_version = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
    /// How to get in and how to answer.
    #[command(flatten)]
    pub common: Common,
}

/// Options of every verb.
#[derive(Debug, Args)]
pub struct Common {
    /// Read the passphrase from the first line of this file (- is standard input) instead of asking for it
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Take the device secret from this file (on a stick, say) instead of the system's keychain
    #[arg(long, global = true, value_name = "FILE")]
    pub device_secret_file: Option<PathBuf>,
    /// Go on although one part of the workspace is an older copy than another; this is logged
    #[arg(long, global = true)]
    pub accept_older_copy: bool,
    /// Answer with one JSON document
    #[arg(long, global = true)]
    pub json: bool,
}

/// Labels of documents.
#[derive(Debug, Args)]
pub struct LabelArguments {
    /// The originating organisation (politie, om, belastingdienst, douane, fiod, kmar)
    #[arg(long)]
    pub organisation: String,
    /// The system or person that the documents came from
    #[arg(long)]
    pub source: String,
    /// Code of the purpose under which they were received (wpg-8, awr-toezicht, ...)
    #[arg(long)]
    pub purpose: String,
    /// Code of the marking (tlp:amber, dep-v, ...)
    #[arg(long)]
    pub marking: Option<String>,
    /// Handling code, in the supplier's words
    #[arg(long)]
    pub handling: Option<String>,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make a workspace; prints its recovery key, once
    New {
        /// Folder of the workspace: must not exist, or be empty
        folder: PathBuf,
        /// Its name
        #[arg(long)]
        name: String,
        /// The organisation that works in it
        #[arg(long)]
        organisation: String,
        /// Who works in it
        #[arg(long)]
        person: String,
    },
    /// Take in files and folders
    Import {
        /// Folder of the workspace
        folder: PathBuf,
        /// Files and folders
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Their labels
        #[command(flatten)]
        labels: LabelArguments,
    },
    /// List the documents
    Documents {
        /// Folder of the workspace
        folder: PathBuf,
        /// Only those that were not read, or not wholly
        #[arg(long)]
        failed: bool,
    },
    /// Print the text of a document, pages divided by form feeds
    Text {
        /// Folder of the workspace
        folder: PathBuf,
        /// The document's id
        document: String,
    },
    /// Write the bytes of a document as they came in to standard output
    Original {
        /// Folder of the workspace
        folder: PathBuf,
        /// The document's id
        document: String,
    },
    /// Search
    Search {
        /// Folder of the workspace
        folder: PathBuf,
        /// The query: words, "phrases", AND OR NOT, parentheses, field:value, date:2024-01..2024-06
        query: String,
        /// Number of hits
        #[arg(long, default_value_t = 20)]
        limit: u32,
        /// Hits to pass over
        #[arg(long, default_value_t = 0)]
        offset: u32,
        /// Only documents of these organisations
        #[arg(long)]
        organisation: Vec<String>,
        /// Only documents of these kinds
        #[arg(long)]
        kind: Vec<String>,
        /// Only documents of these years
        #[arg(long)]
        year: Vec<u32>,
        /// Count by organisation, kind and year, too
        #[arg(long)]
        facets: bool,
        /// Write all hits with their passages to this file, with what was asked and the marking that binds it; its ending says the form: csv or json
        #[arg(long, value_name = "FILE", value_parser = written, conflicts_with_all = ["limit", "offset", "facets"])]
        to: Option<PathBuf>,
        /// Language of the words in the file: nl or en
        #[arg(long, default_value = "nl", requires = "to")]
        language: String,
        /// Replace the file when there is one
        #[arg(long, requires = "to")]
        overwrite: bool,
        #[command(flatten)]
        senses: SenseArguments,
    },
    /// Give a document a title (without one: its own again)
    Rename {
        /// Folder of the workspace
        folder: PathBuf,
        /// The document's id
        document: String,
        /// The title
        title: Option<String>,
    },
    /// Give documents other labels
    Label {
        /// Folder of the workspace
        folder: PathBuf,
        /// The documents' ids
        #[arg(required = true)]
        documents: Vec<String>,
        /// The new labels
        #[command(flatten)]
        labels: LabelArguments,
    },
    /// Take documents out of the case, with their attachments (undo brings them back)
    Remove {
        /// Folder of the workspace
        folder: PathBuf,
        /// The documents' ids
        #[arg(required = true)]
        documents: Vec<String>,
    },
    /// List the saved searches, keep one (--save NAME QUERY) or drop one (--drop ID)
    Searches {
        /// Folder of the workspace
        folder: PathBuf,
        /// Keep a search
        #[arg(long, num_args = 2, value_names = ["NAME", "QUERY"], conflicts_with = "drop")]
        save: Option<Vec<String>>,
        /// Drop a search
        #[arg(long, value_name = "ID")]
        drop: Option<String>,
    },
    /// Record statements from a file, each with the words it rests on (see the user guide)
    Record {
        /// Folder of the workspace
        folder: PathBuf,
        /// The file (JSON)
        file: PathBuf,
        /// Record its judgements that entities are one, too
        #[arg(long)]
        merges: bool,
        /// Make a chart of this name of all entities
        #[arg(long, value_name = "NAME")]
        chart: Option<String>,
    },
    /// List the entities
    Entities {
        /// Folder of the workspace
        folder: PathBuf,
        /// Only of this type, or one that extends it (Person, LegalEntity, Payment, ...)
        #[arg(long = "type", value_name = "TYPE")]
        kind: Option<String>,
        /// Only with these words in the name or a value
        #[arg(long)]
        query: Option<String>,
    },
    /// List the statements of an entity or link
    Statements {
        /// Folder of the workspace
        folder: PathBuf,
        /// The entity's id, or its name
        entity: String,
    },
    /// List the identifiers that were found and wait for a judgement
    Suggestions {
        /// Folder of the workspace
        folder: PathBuf,
        /// Only of this kind (iban, phone, plate, container, ...)
        #[arg(long)]
        kind: Option<String>,
    },
    /// Accept suggestions: each becomes a statement that rests on its place
    Accept {
        /// Folder of the workspace
        folder: PathBuf,
        /// The suggestions' ids
        #[arg(required = true)]
        suggestions: Vec<String>,
        /// Of this entity (id or name), instead of the one that has the value already or a new one
        #[arg(long)]
        entity: Option<String>,
    },
    /// Reject suggestions
    Reject {
        /// Folder of the workspace
        folder: PathBuf,
        /// The suggestions' ids
        #[arg(required = true)]
        suggestions: Vec<String>,
        /// Never suggest these values again, wherever they stand
        #[arg(long)]
        never: bool,
    },
    /// List entities that may be one, with what agrees, clashes and is missing
    Matches {
        /// Folder of the workspace
        folder: PathBuf,
        /// Only with this entity (id or name)
        entity: Option<String>,
        /// At most so many
        #[arg(long, default_value_t = 100)]
        limit: usize,
    },
    /// Choose a picture document as the photo of an entity
    Photo {
        /// Folder of the workspace
        folder: PathBuf,
        /// The entity (id or name)
        entity: String,
        /// The picture document's id (PNG or JPEG)
        document: String,
    },
    /// Judge entities to be one (with --distinct: not to be one)
    Merge {
        /// Folder of the workspace
        folder: PathBuf,
        /// The entities (ids or names); the first stands for all
        #[arg(required = true, num_args = 2..)]
        entities: Vec<String>,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
        /// They are not one, and are never again suggested as such
        #[arg(long)]
        distinct: bool,
    },
    /// Withdraw the judgement that entities are one
    Unmerge {
        /// Folder of the workspace
        folder: PathBuf,
        /// The judgement's id, or the entity (id or name), whose last judgement is withdrawn
        merge: String,
    },
    /// Charts: list, make, measure, find paths and key players, lay out
    Chart {
        /// Folder of the workspace
        folder: PathBuf,
        /// What to do
        #[command(subcommand)]
        act: ChartAct,
    },
    /// Style sheets: how an organisation has types look on charts
    Style {
        /// Folder of the workspace
        folder: PathBuf,
        /// What to do
        #[command(subcommand)]
        act: StyleAct,
    },
    /// Write a chart as SVG, PDF or PNG
    Briefing {
        /// Folder of the workspace
        folder: PathBuf,
        /// The chart's name or id
        #[arg(long, value_name = "NAME")]
        chart: String,
        /// The file; its ending says the form
        #[arg(long, value_name = "FILE", value_parser = written)]
        to: PathBuf,
        /// Only these entities and the links between them: ids or names, divided by commas, a name with commas in double quotes; or given more than once
        #[arg(long)]
        selection: Vec<String>,
        /// Language of the words: nl or en
        #[arg(long, default_value = "nl")]
        language: String,
        /// Call types and links what this organisation calls them (without it: what the entity schema calls them)
        #[arg(long, value_name = "ORG")]
        lens: Option<String>,
        /// Replace the file when there is one
        #[arg(long)]
        overwrite: bool,
    },
    /// Other programs' files, in and out
    Interchange {
        /// Folder of the workspace
        folder: PathBuf,
        /// What to do
        #[command(subcommand)]
        act: InterchangeAct,
    },
    /// The glossary: what words mean at each organisation, and how the meanings relate
    Glossary {
        /// Folder of the workspace
        folder: PathBuf,
        /// What to do
        #[command(subcommand)]
        act: GlossaryAct,
    },
    /// Take back the last act
    Undo {
        /// Folder of the workspace
        folder: PathBuf,
    },
    /// Do again what was taken back
    Redo {
        /// Folder of the workspace
        folder: PathBuf,
    },
    /// Print the log, newest first; with 'verify': check every entry and name the first broken one
    Log {
        /// Folder of the workspace
        folder: PathBuf,
        /// 'verify' checks instead of printing
        act: Option<LogAct>,
    },
    /// Examine the workspace; with --rebuild, make everything again from log and originals and compare
    Doctor {
        /// Folder of the workspace
        folder: PathBuf,
        /// Make everything again from log and originals
        #[arg(long)]
        rebuild: bool,
    },
    /// Have a window that has this workspace open lock it
    Lock {
        /// Folder of the workspace
        folder: PathBuf,
    },
    /// Open with the recovery key, and set passphrase and device secret anew
    Recover {
        /// Folder of the workspace
        folder: PathBuf,
        /// File whose first line is the recovery key (- is standard input)
        #[arg(long, value_name = "FILE")]
        recovery_key_file: PathBuf,
    },
    /// Set another passphrase
    Passphrase {
        /// Folder of the workspace
        folder: PathBuf,
        /// Read the new passphrase from the first line of this file instead of asking for it
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
}

/// What `log` can do beside printing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LogAct {
    /// Check every entry.
    Verify,
}

/// A file that is written in the clear. The sign for standard output is none: what leaves is written to one place, and the log says which.
fn written(text: &str) -> Result<PathBuf, String> {
    match text {
        "" | "-" => Err("the name of a file is expected; nothing leaves by standard output".to_owned()),
        name => Ok(name.into()),
    }
}
