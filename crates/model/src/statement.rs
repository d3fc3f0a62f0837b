//! Statements: everything known is one. Entities and links are views of them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{DocumentId, EntityId, StatementId};

/// The passage that a statement rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Evidence {
    /// The document.
    #[ts(type = "string")]
    pub document: DocumentId,
    /// The page, from 1.
    pub page: u32,
    /// First character in the page's text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The characters `start..end` as they stood when the statement was made.
    pub quote: String,
}

impl Evidence {
    /// A document as a whole: a picture has no words to quote.
    pub fn whole(document: DocumentId) -> Self {
        Self { document, page: 1, start: 0, end: 0, quote: String::new() }
    }

    /// Whether it is a document as a whole.
    pub fn is_whole(&self) -> bool {
        self.end == 0 && self.quote.is_empty()
    }
}

/// What is said: words, or another entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Value {
    /// Words, a number, a date: in the form that the property's kind asks for.
    Text(String),
    /// Another entity: the end of a link.
    Entity(#[ts(type = "string")] EntityId),
}

/// One thing that is said of one entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Fact {
    /// Its id.
    #[ts(type = "string")]
    pub id: StatementId,
    /// Of which entity.
    #[ts(type = "string")]
    pub entity: EntityId,
    /// Which property; [`crate::TYPE`] says what the entity is.
    pub property: String,
    /// What is said.
    pub value: Value,
    /// The passage it rests on; none is a hypothesis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// From when it held: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// Until when it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
}

/// Whose a statement is, what it may be used for, how far it may travel, how good it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Standing {
    /// Code of the organisation that it is asserted for, the controller of the data.
    pub organisation: String,
    /// Code of the purpose.
    pub purpose: String,
    /// Code of the marking: that of the document, or a stricter one.
    pub marking: Option<String>,
    /// Grade of source and information in the workspace's scheme: `B2`.
    pub grade: Option<String>,
}

/// Facts that one person stated in one go, for one organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// Holds for all of them.
    pub standing: Standing,
    /// The facts.
    pub facts: Vec<Fact>,
}

/// A statement as the case holds it: a fact with its standing, and who recorded it when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Statement {
    /// What is said.
    #[serde(flatten)]
    #[ts(flatten)]
    pub fact: Fact,
    /// Whose it is.
    #[serde(flatten)]
    #[ts(flatten)]
    pub standing: Standing,
    /// When it was recorded: milliseconds since 1970 (UTC).
    #[ts(type = "number")]
    pub recorded: u64,
    /// Who recorded it.
    pub by: String,
}

/// An entity or link in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Entity {
    /// Its id; of merged ones, that of the one they were merged into.
    #[ts(type = "string")]
    pub id: EntityId,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// How it is called.
    pub label: String,
    /// How many statements there are of it.
    pub statements: u32,
}

/// The words of a grade: which letters or numbers a scheme has, and what they mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GradingScheme {
    /// `admiralty`, `europol`.
    pub code: String,
    /// Dutch name.
    pub nl: String,
    /// English name.
    pub en: String,
    /// Grades of the source, the best first. The last ones may say that it cannot be judged.
    pub source: Vec<GradeCode>,
    /// Grades of the information, the best first.
    pub information: Vec<GradeCode>,
}

/// The grading schemes with the version that stands in their file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GradingList {
    /// The date of the list, `YYYY-MM-DD`.
    pub version: String,
    /// The schemes, in the order in which they are offered.
    pub schemes: Vec<GradingScheme>,
}

/// One grade of a source, or of information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GradeCode {
    /// `B`, `2`.
    pub code: String,
    /// Dutch meaning.
    pub nl: String,
    /// English meaning.
    pub en: String,
    /// Whether it says that nothing can be said: neither better nor worse than another.
    #[serde(default)]
    pub unknown: bool,
}

impl GradingScheme {
    /// The places of a grade's two halves, the best 0; none when it is not a grade of this scheme.
    pub fn parse(&self, grade: &str) -> Option<(usize, usize)> {
        let places = |source: &GradeCode, at: usize| {
            let rest = grade.strip_prefix(source.code.as_str())?;
            Some((at, self.information.iter().position(|known| known.code == rest)?))
        };
        self.source.iter().enumerate().find_map(|(at, source)| places(source, at))
    }

    /// Whether `grade` is `least` or better in both halves. One that says that nothing can be said is not.
    pub fn reaches(&self, grade: &str, least: &str) -> bool {
        let (Some(grade), Some(least)) = (self.parse(grade), self.parse(least)) else { return false };
        let unknown = |(source, information): (usize, usize)| {
            self.source.get(source).is_some_and(|code| code.unknown)
                || self.information.get(information).is_some_and(|code| code.unknown)
        };
        !unknown(grade) && grade.0 <= least.0 && grade.1 <= least.1
    }
}
