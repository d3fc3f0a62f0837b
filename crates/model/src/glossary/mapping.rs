//! Mappings: how a meaning at one organisation relates to a meaning at another.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ConceptId, ConceptMappingId};

/// A concept as it stood when something was said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConceptAt {
    /// Which.
    #[ts(type = "string")]
    pub concept: ConceptId,
    /// Its version then; [`ConceptAt::UNSAID`] as long as the concept is not there and no file said it.
    pub version: u32,
}

impl ConceptAt {
    /// Of a concept that is not there yet: versions begin with 1.
    pub const UNSAID: u32 = 0;
}

/// How two meanings relate. The first five are SKOS's mapping properties; they exclude each other for a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Relation {
    /// The same: `skos:exactMatch`. Holds in both directions.
    Same,
    /// Nearly the same, with a difference that must be said: `skos:closeMatch`. Holds in both directions.
    NearlySame,
    /// The other is wider: `skos:broadMatch`.
    Wider,
    /// The other is narrower: `skos:narrowMatch`.
    Narrower,
    /// Has to do with it, and is not the same: `skos:relatedMatch`. Holds in both directions.
    Related,
    /// The same word with another meaning. Holds in both directions; excludes the first two. Goes out as SSSOM's `Not skos:exactMatch`.
    FalseFriend,
    /// The other organisation has no such concept.
    NoEquivalent,
}

/// How the parts of a compound equivalent go together (ISO 25964-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Compound {
    /// All of them together.
    And,
    /// One of them.
    Or,
}

/// What a mapping rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Justification {
    /// The law says so.
    Law,
    /// An expert says so.
    Expert,
    /// Daily work shows it.
    Practice,
    /// The words look alike.
    Lexical,
}

/// A mapping: one organisation's concept, the relation, and the other's concept or concepts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConceptMapping {
    /// Its id.
    #[ts(type = "string")]
    pub id: ConceptMappingId,
    /// From.
    pub from: ConceptAt,
    /// How.
    pub relation: Relation,
    /// To: one; several of a compound equivalent; none of [`Relation::NoEquivalent`].
    pub to: Vec<ConceptAt>,
    /// How several go together.
    pub compound: Option<Compound>,
    /// Code of the organisation whose concept it starts from; empty where nobody has said: then of whoever has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from_organisation: String,
    /// Code of the organisation on the other side; of [`Relation::NoEquivalent`] there is no concept that would tell.
    pub to_organisation: String,
    /// What differs; must be said of [`Relation::NearlySame`].
    pub difference: Vec<super::Words>,
    /// What it means for the work: what goes wrong when somebody takes the one for the other.
    pub consequence: Vec<super::Words>,
    /// What it rests on.
    pub justification: Justification,
    /// Code of the organisation that proposed it.
    pub proposed_by: String,
    /// Who of that organisation proposed it, by name: their own word is not that of the other side. None when nobody said: it came from a
    /// file, or somebody of another organisation entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposer: Option<String>,
    /// From when it holds: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[serde(default)]
    pub valid_from: Option<String>,
    /// Until when it holds, that day, month or year included.
    pub valid_to: Option<String>,
    /// What the file said that has no place here: sorted lines of N-Triples.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub other: String,
}

impl ConceptMapping {
    /// Whether it holds on a day, `YYYY-MM-DD`. A bound that is a month or a year includes all of it; one that is no date bounds nothing.
    pub fn holds_on(&self, day: &str) -> bool {
        let bound = |bound: &Option<String>| {
            let date = bound.as_deref().and_then(|text| text.split(['T', ' ', 'Z', '+']).next())?;
            let shape = date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            (shape && matches!(date.len(), 4 | 7 | 10)).then(|| date.to_owned())
        };
        let begun =
            bound(&self.valid_from).is_none_or(|from| day.get(..from.len()).is_none_or(|day| day >= from.as_str()));
        let lasts = bound(&self.valid_to).is_none_or(|to| day.get(..to.len()).is_none_or(|day| day <= to.as_str()));
        begun && lasts
    }
}

/// What an organisation says of a mapping. Only its last word counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Review {
    /// Of which mapping.
    #[ts(type = "string")]
    pub mapping: ConceptMappingId,
    /// Code of the organisation that speaks.
    pub organisation: String,
    /// What it says.
    pub verdict: ReviewVerdict,
    /// Why.
    pub reason: String,
    /// Whose judgement it is, by name. None is somebody of that organisation whom nobody named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
    /// Who entered it, which need not be somebody of that organisation.
    pub person: String,
    /// Versions of the concepts (`from`, then each of `to`) that were looked at: a later version puts the mapping to "recheck".
    pub versions: Vec<u32>,
}

/// A verdict on a mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ReviewVerdict {
    /// It holds.
    Accept,
    /// It does not.
    Dispute,
}

/// Where a mapping stands: follows from its reviews and from the versions of its concepts, and is never written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum MappingStatus {
    /// Not every side has spoken.
    Proposed,
    /// A side says no.
    Disputed,
    /// A reviewer of each side says yes, and they are not one person.
    Agreed,
    /// A concept has changed since.
    Recheck,
}
