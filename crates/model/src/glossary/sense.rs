//! Senses: which meaning a word has where it stands, and what a query becomes with it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ConceptId;

/// What the choice of a sense rests on, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum SenseBasis {
    /// A person said so, here.
    Person,
    /// Words beside it speak for it.
    Context,
    /// The organisation whose document it is uses the word so.
    Organisation,
    /// The only sense that any glossary has.
    Only,
    /// Nothing speaks for one above another: it is one of several.
    Unsure,
}

/// A sense of a word at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Sense {
    /// The meaning.
    #[ts(type = "string")]
    pub concept: ConceptId,
    /// What the choice rests on.
    pub basis: SenseBasis,
    /// The words nearby that speak for it.
    pub because: Vec<String>,
}

/// What a person said of the sense of a word where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FixedSense {
    /// The page, from 1.
    pub page: u32,
    /// First character of the word in the page's text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The word as it stood there: where the text is another now, it does not count.
    pub quote: String,
    /// The sense.
    #[ts(type = "string")]
    pub concept: ConceptId,
}

/// A word of the glossary in a page's text, with its sense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SenseMark {
    /// First character in the page's text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The sense that it has here.
    pub sense: Sense,
    /// Whether the word has other senses: only then it is underlined.
    pub ambiguous: bool,
}

/// How a search treats words that mean different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum SenseMode {
    /// Only the sense of the searcher's organisation.
    Strict,
    /// That sense, and what the others call it.
    Bridge,
    /// All, with the hits of other senses folded and counted.
    Warn,
}

/// Something that a search looked for beside the words as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
// A chart has expansions of its own.
#[ts(export, rename = "SenseExpansion")]
pub struct TermExpansion {
    /// The word of the query that it belongs to.
    pub word: String,
    /// The term that was looked for.
    pub term: String,
    /// The concept.
    #[ts(type = "string")]
    pub concept: ConceptId,
    /// Code of the organisation whose concept it is.
    pub organisation: String,
    /// Why: the relation, and where the mapping stands; of the lens's own sense there is none.
    pub because: Option<Because>,
    /// Weight among 1, in thousandths.
    pub weight: u32,
    /// Whether it was switched off.
    pub off: bool,
    /// Documents that the search finds by this term as its word, and would not find without the word; of one that is switched off, that it would.
    #[ts(type = "number")]
    pub hits: u64,
}

/// Why a search was widened to a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Because {
    /// The relation from the lens's concept.
    pub relation: super::Relation,
    /// Where the mapping stands.
    pub status: super::MappingStatus,
}

/// Hits of another sense that a search put aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Folded {
    /// The word of the query.
    pub word: String,
    /// Code of the organisation whose sense it is.
    pub organisation: String,
    /// The term that the sense goes by there.
    pub sense: String,
    /// The concept.
    #[ts(type = "string")]
    pub concept: ConceptId,
    /// The first words of its definition; empty when it has none.
    pub definition: String,
    /// Why it is put aside.
    pub why: FoldedWhy,
    /// Documents that the search does not show because the word has this sense there, and none of those that are kept.
    #[ts(type = "number")]
    pub hits: u64,
}

/// Why hits of a sense are put aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
#[ts(export)]
pub enum FoldedWhy {
    /// A mapping says how it relates to the reader's own sense.
    Mapped {
        /// What it is, seen from the reader's own sense.
        relation: super::Relation,
        /// Where the mapping stands.
        status: super::MappingStatus,
        /// What differs, or what goes wrong when they are confused, in the words of the mapping; empty when it says neither.
        says: String,
    },
    /// The organisation means it by the same word, and nobody mapped the two.
    OtherSense,
    /// The word stands there in a longer term of the organisation, and nobody mapped that.
    LongerTerm,
}
