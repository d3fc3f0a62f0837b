//! The glossary: what words mean, organisation by organisation, and how the meanings relate.
//!
//! A file of terms is read in the caged worker process, never here. What a concept means, how mappings exclude each other and which sense a
//! word has is decided in `koplamp_glossary`; here it is composed with the case.

mod beside;
mod coverage;
mod edit;
mod export;
mod import;
mod kept;
mod labels;
mod mapping;
mod named;
mod query;
mod seed;
mod senses;
mod views;

pub use edit::{ConceptDraft, TermDraft};
pub use import::GlossaryReport;
pub(crate) use kept::{Kept, Ready};
pub use mapping::MappingDraft;
pub(crate) use query::Read;
pub use query::{SenseAsk, SwitchedOff, Unfolded};
pub use senses::{MarkedWord, PageSenses, TextSenses, WrittenText};
pub use views::{ConceptList, ConceptView, LookUp, MappingView, OfferView};
