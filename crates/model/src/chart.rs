//! Charts as the case keeps them: which entities are placed where, and how they are shown. Links come by themselves.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ChartId, EntityId, Shape, SheetChoice};

/// A chart in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Chart {
    /// Its id.
    #[ts(type = "string")]
    pub id: ChartId,
    /// What it is called.
    pub name: String,
    /// Of a snapshot: the chart that it shows as it was.
    #[ts(type = "string | null")]
    pub snapshot_of: Option<ChartId>,
    /// When it was made: milliseconds since 1970 (UTC).
    #[ts(type = "number")]
    pub made: u64,
    /// How it is shown.
    pub settings: ChartSettings,
}

/// Where an entity stands on a chart. Distances are hundredths of a pixel at scale 1: whole numbers, so that equal pictures are equal bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Placement {
    /// Which.
    #[ts(type = "string")]
    pub entity: EntityId,
    /// To the right.
    pub x: i32,
    /// Downwards.
    pub y: i32,
    /// Whether layouts leave it where it is.
    #[serde(default)]
    pub pinned: bool,
    /// Whether it is on the chart but not shown.
    #[serde(default)]
    pub hidden: bool,
}

/// How a chart is shown. Everything in it is an act of a person and can be undone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct ChartSettings {
    /// How parallel links are drawn.
    pub parallel: Parallel,
    /// The style sheet that it uses.
    pub sheet: SheetChoice,
    /// Rules of style, which go before the sheet; a later one goes before an earlier one.
    pub rules: Vec<StyleRule>,
    /// The filter that is on.
    pub filter: ChartFilter,
    /// Filters that somebody kept.
    pub filters: Vec<SavedFilter>,
    /// Entities that are drawn together.
    pub groups: Vec<Group>,
    /// Links that are not shown.
    #[ts(type = "string[]")]
    pub hidden_links: Vec<EntityId>,
    /// Words that somebody put on the chart.
    pub notes: Vec<ChartNote>,
    /// The layout that was last chosen.
    pub layout: Option<String>,
    /// Properties whose values stand under the names, in this order.
    pub attributes: Vec<String>,
    /// Flags that somebody put on entities by hand.
    pub flags: Vec<EntityFlag>,
}

/// A flag on an entity: a note of the analyst, not a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EntityFlag {
    /// On which.
    #[ts(type = "string")]
    pub entity: EntityId,
    /// The flag's name in the schema.
    pub flag: String,
}

/// How parallel links are drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Parallel {
    /// Up to five fan out; more become one with their number.
    #[default]
    Auto,
    /// Each is a curve of its own.
    Fan,
    /// One line a direction and type, with number and sum.
    Bundle,
}

/// Entities that are drawn together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// Which.
    #[ts(type = "string[]")]
    pub entities: Vec<EntityId>,
    /// Whether they are drawn as one.
    pub collapsed: bool,
}

/// Words on a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ChartNote {
    /// To the right, in hundredths of a pixel at scale 1.
    pub x: i32,
    /// Downwards.
    pub y: i32,
    /// The words.
    pub text: String,
}

/// A rule of style: what matches the filter looks so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StyleRule {
    /// What it is called in the legend.
    pub name: String,
    /// What it is about.
    pub matches: ChartFilter,
    /// Colour from the palette, 0 to 7.
    pub colour: Option<u8>,
    /// Size in per cent of the usual one.
    pub size: Option<u16>,
    /// Another outline.
    pub shape: Option<Shape>,
}

/// A filter that somebody kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SavedFilter {
    /// What it is called.
    pub name: String,
    /// What it lets through.
    pub filter: ChartFilter,
}

/// What is let through: all that is named has to hold, of each list one; an empty one lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct ChartFilter {
    /// Types, of entities and links.
    pub types: Vec<String>,
    /// Codes of organisations that stated something of it.
    pub organisations: Vec<String>,
    /// Codes of the strictest marking of its statements.
    pub markings: Vec<String>,
    /// Sources of the documents it rests on.
    pub sources: Vec<String>,
    /// Words in its label or in a value of it, whatever their capitals.
    pub text: Option<String>,
    /// The value of a property: `["country", "NL"]`.
    pub property: Option<(String, String)>,
    /// The grade that its best statement must reach: `B2`.
    pub grade: Option<String>,
    /// First day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Whether what is undated is let through although a day is named.
    pub undated: bool,
    /// Least number of neighbours on the chart.
    pub degree: Option<u32>,
    /// Only what rests on a passage (true), or on none (false).
    pub evidence: Option<bool>,
}

impl ChartFilter {
    /// Whether everything is let through.
    pub fn is_empty(&self) -> bool {
        *self == Self { undated: self.undated, ..Self::default() }
    }
}
