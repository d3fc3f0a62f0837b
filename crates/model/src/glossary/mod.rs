//! The glossary: what words mean, organisation by organisation, and how the meanings relate.
//!
//! Concepts and terms follow SKOS and SKOS-XL (W3C, 2009) in the Dutch profile NL-SBB (Geonovum): a concept has a meaning, a term is a word
//! in somebody's use. A mapping is a record of its own, as in SSSOM, with who said so and who has looked at it.

mod mapping;
mod row;
mod sense;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use mapping::{Compound, ConceptAt, ConceptMapping, Justification, MappingStatus, Relation, Review, ReviewVerdict};
pub use row::{RejectedRow, RowRefusal};
pub use sense::{Because, FixedSense, Folded, FoldedWhy, Sense, SenseBasis, SenseMark, SenseMode, TermExpansion};

use crate::{ConceptId, ConceptMappingId, SchemeId, TermId};

/// Words in a language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Their language by BCP 47: `nl`, `en`. None when nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// The concepts of one organisation: `skos:ConceptScheme`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Scheme {
    /// Its id: follows from the IRI.
    #[ts(type = "string")]
    pub id: SchemeId,
    /// Its name on the web.
    pub iri: String,
    /// Code of the organisation whose words these are.
    pub organisation: String,
    /// What it is called.
    pub title: Vec<Words>,
    /// Its version, as its maker numbers it.
    pub version: Option<String>,
    /// What the file said that has no place here, so that nothing is lost on the way out: sorted lines of N-Triples. A line behind `# ` is
    /// what would be written and the file did not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub other: String,
}

/// A meaning at one organisation: `skos:Concept`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Concept {
    /// Its id: follows from the IRI.
    #[ts(type = "string")]
    pub id: ConceptId,
    /// The scheme that it is of.
    #[ts(type = "string")]
    pub scheme: SchemeId,
    /// Its name on the web.
    pub iri: String,
    /// Its version, from 1: raised by each change of its meaning (definition, scope note, source), so that mappings can tell what they were made on.
    pub version: u32,
    /// What it means. At least one in a glossary that keeps the profile.
    pub definitions: Vec<Words>,
    /// Where the definition comes from: law, article, page, date.
    pub sources: Vec<Words>,
    /// How it is used, and how not.
    pub scope_notes: Vec<Words>,
    /// Uses of it.
    pub examples: Vec<Words>,
    /// Notes for the next editor.
    pub notes: Vec<Words>,
    /// Its code in the scheme.
    pub notation: Option<String>,
    /// How far its owner stands behind it.
    pub status: ConceptStatus,
    /// Who answers for it.
    pub owner: Option<String>,
    /// From when it holds: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub valid_from: Option<String>,
    /// Until when it holds.
    pub valid_to: Option<String>,
    /// IRIs of wider concepts of the same scheme.
    pub broader: Vec<String>,
    /// IRIs of narrower concepts of the same scheme, as far as the file says so itself.
    pub narrower: Vec<String>,
    /// IRIs of concepts of the same scheme that it has to do with.
    pub related: Vec<String>,
    /// Words that, standing near a term of this concept, speak for this meaning.
    pub hints: Vec<String>,
    /// Codes of organisations that mean this too, without a concept of their own.
    #[serde(default)]
    pub used_by: Vec<String>,
    /// Codes of the organisations that mean this, of all that its terms can mean, when nothing nearby speaks for another.
    #[serde(default)]
    pub default_for: Vec<String>,
    /// What the file said that has no place here: sorted lines of N-Triples.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub other: String,
}

/// How far the owner of a concept stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ConceptStatus {
    /// Somebody wrote it down; the organisation has not said yes.
    Proposed,
    /// The organisation's own.
    Accepted,
    /// No longer used, and kept for old documents.
    Deprecated,
}

/// A word in an organisation's use: a label of a concept, `skosxl:Label`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Term {
    /// Its id: follows from concept, kind, form and language.
    #[ts(type = "string")]
    pub id: TermId,
    /// What it means.
    #[ts(type = "string")]
    pub concept: ConceptId,
    /// The word, or several.
    pub form: Words,
    /// How it is used.
    pub kind: TermKind,
    /// Where it is said: `written`, `spoken`, a department.
    pub register: Option<String>,
    /// In which region.
    pub region: Option<String>,
    /// Where the use is attested.
    pub source: Option<String>,
    /// Its name on the web, where the file gave it one: then it goes out as a label of its own.
    pub iri: Option<String>,
    /// What the file said that has no place here: sorted lines of N-Triples.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub other: String,
}

/// How a term is used for its concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum TermKind {
    /// The one to use: `skos:prefLabel`.
    Preferred,
    /// Another good one: `skos:altLabel`.
    Alternative,
    /// One to be found by, never to be shown: `skos:hiddenLabel`.
    Hidden,
    /// Said among colleagues; an alternative with a register.
    Jargon,
    /// No longer to be used; a hidden one, with a note.
    Deprecated,
}

/// One record of the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
#[allow(
    clippy::large_enum_variant,
    reason = "the largest are the most: there is little to be saved by boxing concepts"
)]
pub enum GlossaryRecord {
    /// A scheme.
    Scheme(Scheme),
    /// A concept.
    Concept(Concept),
    /// A term.
    Term(Term),
    /// A mapping.
    Mapping(ConceptMapping),
}

/// The id of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "record", content = "id", rename_all = "snake_case")]
pub enum GlossaryId {
    /// Of a scheme.
    Scheme(SchemeId),
    /// Of a concept.
    Concept(ConceptId),
    /// Of a term.
    Term(TermId),
    /// Of a mapping.
    Mapping(ConceptMappingId),
}

/// All that is known of words: what the vault keeps, what a file gives, what goes out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Glossary {
    /// Schemes.
    pub schemes: Vec<Scheme>,
    /// Concepts.
    pub concepts: Vec<Concept>,
    /// Terms.
    pub terms: Vec<Term>,
    /// Mappings.
    pub mappings: Vec<ConceptMapping>,
    /// Reviews of the mappings: the last one of each organisation.
    pub reviews: Vec<Review>,
}

/// Something in a glossary that breaks a rule of the profile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Violation {
    /// IRI of what it is about.
    pub subject: String,
    /// Code of the rule.
    pub rule: String,
    /// Whether the rule is mandatory: a file that breaks one is refused unless it is accepted on purpose.
    pub mandatory: bool,
    /// What is wrong and what to do, for somebody who knows the words and not the format.
    pub message: String,
    /// What the message speaks of, in its order: so that it can be said in another language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<String>,
    /// Line of the file, from 1, where one can be told.
    #[ts(type = "number | null")]
    pub line: Option<u64>,
}

impl GlossaryRecord {
    /// Its id.
    pub const fn id(&self) -> GlossaryId {
        match self {
            Self::Scheme(scheme) => GlossaryId::Scheme(scheme.id),
            Self::Concept(concept) => GlossaryId::Concept(concept.id),
            Self::Term(term) => GlossaryId::Term(term.id),
            Self::Mapping(mapping) => GlossaryId::Mapping(mapping.id),
        }
    }
}

impl Term {
    /// The id that a term of this concept, kind and form has.
    pub fn id_of(concept: ConceptId, kind: TermKind, form: &Words) -> TermId {
        let language = form.language.as_deref().unwrap_or_default();
        TermId::of(&[b"term", concept.as_bytes(), &[kind as u8], form.text.as_bytes(), language.as_bytes()])
    }
}
