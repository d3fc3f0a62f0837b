//! What comes from and goes to other programs: entities and links with their properties, before they are statements.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Rejected, Schema};

/// What a reader of another program's format made of a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// Entities and links, in the order of the file.
    pub drafts: Vec<Draft>,
    /// What was left out, and why.
    pub rejected: Vec<Rejected>,
    /// How many records were taken together with another of the same key.
    pub merged: u64,
}

/// An entity or link as another program has it. A link is a draft whose type has ends in the schema, or that joins two drafts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its key in the file: unique there, and the same when the file is read again.
    pub key: String,
    /// The type's name in the schema, or another that is kept as it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is said of it, each property with its values in order.
    pub properties: BTreeMap<String, Vec<DraftValue>>,
    /// The line that it begins on, from 1 (of a table, the row).
    pub line: u64,
    /// The file's own words for it, for a passage: the line or row, at most 500 characters. Empty where the format has no lines of its own.
    #[serde(default)]
    pub quote: String,
    /// Where it stands on the other program's chart, in pixels.
    #[serde(default)]
    pub position: Option<Position>,
}

impl Draft {
    /// Whether it is a link: its type has ends, or it joins two drafts.
    pub fn is_link(&self, schema: &Schema) -> bool {
        let ends = |property: &str| {
            let values = self.properties.get(property);
            values.is_some_and(|values| values.iter().any(|value| matches!(value, DraftValue::Key(_))))
        };
        schema.ends(&self.kind).is_some() || (ends("subject") && ends("object"))
    }
}

/// A value of a draft.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DraftValue {
    /// Words.
    Text(String),
    /// The key of another draft of the file.
    Key(String),
}

/// A place on a chart, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// How the rows of a table become entities and links.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Mapping {
    /// The entities that a row tells of.
    pub entities: Vec<MappedEntity>,
    /// The links that a row tells of.
    pub links: Vec<MappedLink>,
}

/// An entity that each row tells of. Rows with the same key tell of the same one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MappedEntity {
    /// What the mapping calls it: `payer`.
    pub name: String,
    /// The type's name.
    #[serde(rename = "type")]
    pub kind: String,
    /// The columns that together tell one from another. A row in which all are empty does not tell of it.
    pub key: Vec<String>,
    /// What is said of it.
    pub properties: Vec<MappedProperty>,
}

/// A link that each row tells of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MappedLink {
    /// The type's name.
    #[serde(rename = "type")]
    pub kind: String,
    /// The columns that together tell one from another; none means that each row is one, told apart by all its cells and how often they came before.
    pub key: Vec<String>,
    /// The name of the entity at its beginning.
    pub source: String,
    /// The name of the entity at its end.
    pub target: String,
    /// In which rows it goes the other way; none means in no row.
    #[serde(default)]
    pub reversed: Option<Reversal>,
    /// What is said of it.
    pub properties: Vec<MappedProperty>,
}

/// Rows in which a link goes from its target to its source: a statement of an account has money that came in and money that went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Reversal {
    /// The column that says it.
    pub column: String,
    /// Its words in these rows, in any case of letters: `Bij`, `C`. `+` and `-` mean any number of that sign; an amount in this column
    /// then loses its sign, which the direction says.
    pub values: Vec<String>,
}

/// Which column says what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MappedProperty {
    /// The property.
    pub property: String,
    /// The column.
    pub column: String,
}
