//! What measuring gives: values for each entity and link, and the convention in words that a program can read.

use koplamp_model::EntityId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::graph::ParallelLinks;

/// Every measure of a network, under one convention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Measures {
    /// How it was measured.
    pub convention: MeasureConvention,
    /// Of each entity, in the order of the network.
    pub entities: Vec<EntityMeasures>,
    /// Of each link, in the order of the network.
    pub links: Vec<LinkMeasures>,
    /// How much more of the links lie within the communities than would by chance (Newman and Girvan, 2004): from -0.5 to 1.
    pub modularity: f64,
}

/// How a network was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MeasureConvention {
    /// How parallel links were read.
    pub parallel: ParallelLinks,
    /// Whether directed links went one way only.
    pub directed: bool,
    /// What links of an entity to itself count for: `degree_only`, two each.
    pub self_loops: SelfLoops,
    /// How betweenness was found.
    pub betweenness: BetweennessMethod,
    /// What betweenness was divided by to normalise it.
    pub normalised: Normalised,
    /// Which closeness.
    pub closeness: Closeness,
    /// How long the vector of eigenvector centralities is.
    pub eigenvector: EigenvectorScale,
    /// The share of steps in PageRank that follow a link.
    pub damping: f64,
    /// How communities were found.
    pub community: CommunityMethod,
    /// What random choices (communities, samples) started from.
    #[ts(type = "number")]
    pub seed: u64,
}

/// What links of an entity to itself count for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SelfLoops {
    /// For the degree (two each), and for nothing else.
    DegreeOnly,
}

/// How betweenness was found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "method", rename_all = "snake_case")]
#[ts(export)]
pub enum BetweennessMethod {
    /// From all shortest paths.
    Exact,
    /// From a sample of shortest paths: with a probability of at least 1 - `delta`, no normalised value is off by more than `epsilon`.
    Sampled {
        /// The bound on the error of every normalised value.
        epsilon: f64,
        /// How likely the bound may be broken.
        delta: f64,
        /// How many paths were drawn.
        #[ts(type = "number")]
        samples: u64,
    },
}

/// What betweenness is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Normalised {
    /// The number of pairs of other entities: (n-1)(n-2)/2, in a directed reading (n-1)(n-2).
    PairsOfOthers,
}

/// Which closeness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Closeness {
    /// Corrected for what is not reached; directed: by the distances towards the entity.
    WassermanFaust,
}

/// How eigenvector centralities are scaled, and how well they were reached.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EigenvectorScale {
    /// Euclidean length of the vector (0 when all are 0: a directed reading without a cycle).
    pub length: f64,
    /// Whether it was reached to full accuracy. If not, the order of close values is not to be trusted.
    pub converged: bool,
}

/// How communities were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CommunityMethod {
    /// The Leiden algorithm for modularity.
    Leiden,
}

/// The measures of an entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EntityMeasures {
    /// Its id.
    #[ts(type = "string")]
    pub id: EntityId,
    /// How it is called.
    pub label: String,
    /// Its links, those that come in and those that go out. Limit: many links may only mean that many looked.
    #[ts(type = "number")]
    pub degree: u64,
    /// How many pairs of others have their shortest paths through it, each pair shared out over its shortest paths. Limit: supposes
    /// that what matters takes shortest paths, and that no link is missing.
    pub betweenness: f64,
    /// The same as a share of all pairs of others.
    pub betweenness_normalised: f64,
    /// How near it is to all others: 1 next to everyone, 0 to nobody. Limit: differs little within a dense network.
    pub closeness: f64,
    /// How much it is linked to those who are themselves much linked. Limit: in pieces, only the densest one has values.
    pub eigenvector: f64,
    /// How often somebody who follows links at random is met there. Limit: undirected, it says little more than the degree.
    pub pagerank: f64,
    /// The largest k such that it belongs to a part in which each has k links to others of the part.
    #[ts(type = "number")]
    pub core: u64,
    /// Number of its community; 0 is the largest. Limit: other partitions may be as good.
    pub community: u32,
    /// Whether the network falls apart, in more pieces than before, without it; directions do not matter.
    pub articulation: bool,
    /// The shortest paths through it that cross between organisations; none when no two organisations stated links apart, or
    /// when they did so in more than 64 combinations.
    pub bridging: Option<Bridging>,
}

/// Of the shortest paths through an entity: which arrive over a link of one organisation and leave over a link of another.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Bridging {
    /// The share that crosses there: arrives over a link and leaves over another that no organisation stated both.
    pub share: f64,
    /// The same for each pair of organisations, largest first. They add up to more than the whole where several stated a link.
    pub joins: Vec<Join>,
}

/// Two organisations whose facts an entity joins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Join {
    /// Their codes, sorted.
    pub organisations: [String; 2],
    /// The share of the shortest paths through the entity that cross from one to the other.
    pub share: f64,
}

/// The measures of a link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LinkMeasures {
    /// Its id.
    #[ts(type = "string")]
    pub id: EntityId,
    /// The entity it starts at.
    #[ts(type = "string")]
    pub source: EntityId,
    /// The entity it ends at.
    #[ts(type = "string")]
    pub target: EntityId,
    /// How many pairs of entities have their shortest paths over it, each pair shared out over its shortest paths. Parallel links that are
    /// merged each have the value of what they are merged to; counted ones share it. 0 for a link of an entity to itself.
    pub betweenness: f64,
    /// Whether its ends are no longer connected without it; directions do not matter. Parallel links that are merged go together;
    /// when they are counted none of them is a bridge.
    pub bridge: bool,
}
