//! A network: the entities and links of a case or a chart as measures, paths and layouts want them.

use serde::{Deserialize, Serialize};

use crate::EntityId;

/// A multigraph. Ends of links are places in `nodes`; there may be parallel links, and links from a node to itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// The entities.
    pub nodes: Vec<Node>,
    /// The links; their ends are always within `nodes`.
    pub links: Vec<Link>,
}

/// An entity that is not a link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Its id.
    pub id: EntityId,
    /// Its type.
    pub kind: String,
    /// How it is called.
    pub label: String,
    /// Codes of the organisations that stated something of it, sorted.
    pub organisations: Vec<String>,
    /// First and last day that anything is dated of it, in days since 1970-01-01.
    pub days: Option<(i32, i32)>,
}

/// A link between two entities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Its id.
    pub id: EntityId,
    /// Its type.
    pub kind: String,
    /// How it is called.
    pub label: String,
    /// Place of its source in the nodes.
    pub source: u32,
    /// Place of its target in the nodes.
    pub target: u32,
    /// Whether it goes from source to target only.
    pub directed: bool,
    /// First and last day that it held, in days since 1970-01-01; none when undated.
    pub days: Option<(i32, i32)>,
    /// The amount that went over it, in `currency`.
    pub amount: Option<f64>,
    /// Code of the currency (ISO 4217), where the amount has one.
    pub currency: Option<String>,
    /// Codes of the organisations that stated it, sorted.
    pub organisations: Vec<String>,
    /// How many passages it rests on; none is a hypothesis.
    pub passages: u32,
}
