//! What goes wrong with a whole file.

use thiserror::Error;

use crate::Format;

/// Why a glossary could not be read or written. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GlossaryError {
    /// The file is larger than the limit.
    #[error("the file has {found} bytes, and at most {limit} are read: split it, a scheme a file")]
    TooLarge {
        /// Its bytes.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// There is more of something than the limit allows.
    #[error("line {line}: more than {limit} {what}: split the file, or shorten what stands there")]
    TooMany {
        /// The line where the limit is passed, from 1.
        line: u64,
        /// `statements`, `characters in one text`, `brackets within each other`.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The file is not well-formed.
    #[error("line {line}: {reason}: have the file written again by the program that it comes from, or mend that line")]
    Malformed {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// The file declares a document type, by which entities could be made to grow without end.
    #[error(
        "line {line}: the file declares a document type (<!DOCTYPE ...>), which is refused: take that declaration out, or save it as Turtle"
    )]
    DocumentType {
        /// The line, from 1.
        line: u64,
    },
    /// The file asks for a context that lies elsewhere.
    #[error(
        "line {line}: the file asks for a context from the web, and nothing is ever fetched: write the context into the file, or save it as Turtle"
    )]
    RemoteContext {
        /// The line, from 1.
        line: u64,
    },
    /// A name that is complete only together with an address that the file does not give.
    #[error(
        "line {line}: '{name}' is not a whole name: give the file a base address (@base, xml:base), or write the name in full"
    )]
    NoBase {
        /// The line, from 1.
        line: u64,
        /// The name as the file has it.
        name: String,
    },
    /// There is nothing in the file that a glossary consists of.
    #[error("there is no concept, term or mapping in this file; the format that was chosen is {}", .format.name())]
    Nothing {
        /// The format.
        format: Format,
    },
    /// A table has no column for what must be there.
    #[error("line {line}: no column for the {what}: name one of the columns '{name}'")]
    Column {
        /// The line of the headers, from 1.
        line: u64,
        /// `term`, `definition`.
        what: &'static str,
        /// A name that would be understood.
        name: &'static str,
    },
    /// The format is written but not read.
    #[error("{} is only written: read Turtle, JSON-LD, RDF/XML or CSV", .format.name())]
    OnlyWritten {
        /// The format.
        format: Format,
    },
    /// The format is read but not written.
    #[error("{} is only read: write Turtle, JSON-LD or SSSOM", .format.name())]
    OnlyRead {
        /// The format.
        format: Format,
    },
    /// The watch stopped it.
    #[error("reading was stopped")]
    Stopped,
    /// A record holds what no file can.
    #[error("'{subject}' could not be written: {reason}")]
    Write {
        /// What it is about.
        subject: String,
        /// Why.
        reason: String,
    },
}
