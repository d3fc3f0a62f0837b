//! Glossary: what words mean, organisation by organisation.
//!
//! It is pure: it knows no vault, asks no clock and writes no file.
//!
//! [`read`] takes a file whole or not at all: one that is not well-formed or too large is an error with its line. What breaks a rule of the
//! profile is listed, and who asked decides. [`task`] is the reading done in another process, which has nothing that a hostile file
//! could take.
//!
//! A [`Lexicon`] finds the terms of a glossary in texts and tells the sense of each; [`Meanings`] tells what a meaning is called and how it is tied
//! to those of others, for [`look_up`], [`expand`] and [`card`].

mod aside;
mod concepts;
mod coverage;
mod csv;
mod error;
mod exclusion;
mod expand;
mod format;
mod label;
mod lexicon;
mod limits;
mod look_up;
mod meanings;
mod offers;
mod owners;
mod read;
mod sense;
mod skos;
mod sssom;
mod status;
mod stop_words;
pub mod task;

use std::collections::HashMap;

use koplamp_model::{ConceptId, ConceptMapping, Glossary, Scheme, Violation};

pub use aside::Aside;
pub use concepts::Concepts;
pub use coverage::{Counting, Coverage, SeveralSenses, UnknownWord, UnmappedWord};
pub use csv::{Column, columns};
pub use error::GlossaryError;
pub use exclusion::{Conflict, Parts, inverse, may_add};
pub use expand::{Alternative, Asked, Expanded, Part, expand, weight};
pub use format::Format;
pub use label::Lens;
pub use lexicon::Lexicon;
pub use limits::{Limits, Watch};
pub use look_up::{Card, Entry, EntryMapping, EntryTerm, Here, Other, card, entry, look_up};
pub use meanings::{Meanings, Tie};
pub use offers::{Offer, offered};
pub use owners::{OWNER_RULES, taken_over};
pub use read::{Read, made_on_what_stands};
pub use sense::Fixed;
pub use skos::{RULES, Rule};
pub use status::{status, statuses};
use stop_words::{everyday_words, stop_words};

/// Reads a glossary. Words of a scheme that does not say whose they are, are those of `organisation` (its code).
///
/// `watch` is told how many statements or rows were read, and stops the reading by answering `false`.
///
/// # Errors
///
/// The file is larger than `limits`, not well-formed or holds no glossary; nothing of it is kept.
pub fn read(
    format: Format,
    bytes: &[u8],
    organisation: &str,
    limits: &Limits,
    watch: Watch<'_>,
) -> Result<Read, GlossaryError> {
    limits.check_bytes(bytes.len())?;
    let read = match format {
        Format::Turtle | Format::JsonLd | Format::RdfXml => skos::read(format, bytes, organisation, limits, watch),
        Format::Csv => csv::read(bytes, organisation, limits, watch),
        Format::Sssom => Err(GlossaryError::OnlyWritten { format }),
    }?;
    Ok(read.judged())
}

/// Writes a glossary, or what one organisation has in it: its schemes, and the mappings from and to their concepts.
///
/// In Turtle and JSON-LD, what was read comes out as the same graph. SSSOM has the mappings alone.
///
/// # Errors
///
/// A format that is only read; a record that no file can hold.
pub fn write(format: Format, glossary: &Glossary, organisation: Option<&str>) -> Result<Vec<u8>, GlossaryError> {
    match format {
        Format::Turtle | Format::JsonLd => skos::write(format, glossary, organisation),
        Format::Sssom => sssom::write(glossary, organisation),
        Format::RdfXml | Format::Csv => Err(GlossaryError::OnlyRead { format }),
    }
}

/// Wider concepts of a glossary that lead in a circle, by the rule `wider-cycle`, whichever files the steps came in.
pub fn circles(glossary: &Glossary) -> Vec<Violation> {
    skos::circles(glossary)
}

/// The mappings of plain statements of SKOS that stayed with their concepts because the other one was not in the file, and is here now; those
/// that the glossary has already are none of them.
pub fn matched(glossary: &Glossary) -> Vec<ConceptMapping> {
    skos::matched(glossary)
}

/// The names on the web of the concepts at the ends of a mapping, as far as its file gave them: those of concepts that are not here, too.
pub fn names_of_ends(mapping: &ConceptMapping) -> HashMap<ConceptId, String> {
    skos::names_of_ends(mapping)
}

/// Whether the file that a scheme came from only names it, and does not describe it.
pub fn is_only_named(scheme: &Scheme) -> bool {
    skos::is_only_named(scheme)
}

/// What in a glossary breaks a rule of the profile ([`RULES`]), however it came to be.
///
/// # Errors
///
/// A record that no file can hold.
pub fn check(glossary: &Glossary) -> Result<Vec<Violation>, GlossaryError> {
    skos::check(glossary)
}
