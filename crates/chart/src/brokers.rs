//! Brokers (*schakels*): who holds a network together, ranked, with the reasons in numbers; the window puts them into words.
//!
//! Three measures each put the entities in an order, and the score puts the orders together by Borda's count (J.-C. de Borda, *Mémoire sur les
//! élections au scrutin*, 1781; as rank aggregation: Dwork, Kumar, Naor and Sivakumar, *Rank aggregation methods for the Web*, WWW 2001): each
//! part is the share of the other ranked entities that do not stand above it by that measure, and the score is the mean of the parts. Orders and
//! not values are put together, because the measures have no unit in common: relative to its highest value, a measure of which one entity has
//! by far the most would say nothing about the others. What is equal has the same part, and whoever has nothing of a measure has 0.
//!
//! 1. *betweenness* (Freeman 1977);
//! 2. *crossing*: betweenness times the share that crosses between organisations ([`super::Bridging`]); left out when no organisations
//!    stated links apart;
//! 3. *separation*: how many pairs of others are no longer connected without it (Borgatti 2006, for one entity).
//!
//! To be in a set of key players is a reason but no part of the score: a set is chosen as a whole, often with one member that alone is
//! nothing remarkable, and it says nothing about the order of single entities (Borgatti 2006, the "ensemble issue").
//!
//! Limits. It ranks what was found, not what is: somebody whom nobody looked into has few links and no score, somebody much investigated has
//! many. A missing link makes a broker of whoever stands at the way round. A shared phone, address or account joins those who use it without
//! doing anything: such things are to be ranked apart from people and organisations, which is what the set of types is for. Crossing is a
//! part of betweenness, so that the two often agree. A score is a place among those ranked: it does not compare between charts.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_model::{EntityId, Network};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::fragments::Fragments;
use crate::graph::{Convention, Graph};
use crate::key_players::{KeyPlayerMethod, KeyPlayers};
use crate::measures::{Measures, cuts::pieces_without};

/// So many pairs of organisations are named as reasons: those between which most of the paths cross.
const MOST_JOINS: usize = 3;

/// An entity that holds the network together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Broker {
    /// Its id.
    #[ts(type = "string")]
    pub id: EntityId,
    /// How it is called.
    pub label: String,
    /// Its place in the ranking, from 1; equal scores share a place.
    pub place: u32,
    /// From 0 to 1: the mean of the parts, which is the share of the others that do not stand above it, on average.
    pub score: f64,
    /// What the score is made of.
    pub parts: BrokerParts,
    /// Why it stands there, the weightiest first.
    pub reasons: Vec<BrokerReason>,
}

/// The parts of a broker's score: by each measure, the share of the other ranked entities that do not stand above it, from 0 to 1;
/// 0 for whoever has nothing of that measure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BrokerParts {
    /// By betweenness.
    pub betweenness: f64,
    /// By betweenness that crosses between organisations; none when no organisations stated links apart.
    pub crossing: Option<f64>,
    /// By pairs of others that are separated without it.
    pub separation: f64,
}

/// Why an entity is a broker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
#[ts(export)]
pub enum BrokerReason {
    /// Shortest paths run through it.
    Betweenness {
        /// Its place by betweenness among those ranked, from 1.
        place: u32,
        /// How many are ranked.
        of: u32,
        /// The share of all pairs of other entities whose shortest paths run through it.
        share: f64,
    },
    /// Without it the chart falls apart.
    Articulation {
        /// The sizes of the pieces into which its part of the chart falls, largest first.
        #[ts(type = "number[]")]
        pieces: Vec<usize>,
        /// How many pairs of others can then no longer reach each other.
        #[ts(type = "number")]
        pairs: u64,
    },
    /// It joins what two organisations know.
    Joins {
        /// Their codes.
        organisations: [String; 2],
        /// The share of the shortest paths through it that cross from one to the other.
        share: f64,
    },
    /// It is in a set of key players.
    KeyPlayer {
        /// What the others of the set are called.
        with: Vec<String>,
        /// The share of pairs that are not connected without the set.
        fragmentation: f64,
        /// The same with it.
        fragmentation_before: f64,
        /// How the set was found.
        method: KeyPlayerMethod,
    },
    /// Few links, but much runs through it: it does not strike the eye.
    Inconspicuous {
        /// Its place by betweenness among those ranked, from 1.
        betweenness_place: u32,
        /// Its place by degree among those ranked, from 1.
        degree_place: u32,
        /// Its degree.
        #[ts(type = "number")]
        degree: u64,
    },
    /// It is linked into several communities.
    Communities {
        /// The numbers of the communities, its own among them.
        communities: Vec<u32>,
    },
}

/// Ranks the entities of a network as brokers; only those of these types when any are named, and at most so many. Entities without any
/// score are left out. The measures must be those of this network; the rest is matched by id.
pub fn brokers(
    network: &Network,
    measures: &Measures,
    key_players: Option<&KeyPlayers>,
    kinds: &[String],
    most: usize,
) -> Vec<Broker> {
    let ranked: Vec<usize> = (0..network.nodes.len().min(measures.entities.len()))
        .filter(|&node| kinds.is_empty() || kinds.contains(&network.nodes[node].kind))
        .collect();
    let separated = separated(network);
    let betweenness = |node: usize| measures.entities[node].betweenness;
    let crossing = |node: usize| measures.entities[node].bridging.as_ref().map(|one| one.share * betweenness(node));
    let by_betweenness = standing(&ranked, betweenness);
    // Bridging is known of all entities or of none.
    let by_crossing = ranked
        .iter()
        .any(|&node| crossing(node).is_some())
        .then(|| standing(&ranked, |node| crossing(node).unwrap_or_default()));
    let by_separation = standing(&ranked, |node| separated[node] as f64);
    let scored = (0..).zip(&ranked).map(|(at, &node): (usize, _)| {
        let parts = BrokerParts {
            betweenness: by_betweenness[at],
            crossing: by_crossing.as_ref().map(|shares| shares[at]),
            separation: by_separation[at],
        };
        (parts.score(), node, parts)
    });
    let mut scored: Vec<(f64, usize, BrokerParts)> = scored.filter(|entry| entry.0 > 0.0).collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let reasons = Reasons {
        graph: Graph::new(network, Convention::default()),
        measures,
        key_players,
        ranked: ranked.len() as u32,
        separated,
        by_betweenness: places(&ranked, betweenness),
        by_degree: places(&ranked, |node| measures.entities[node].degree as f64),
    };
    let mut place = 0;
    let mut before = f64::INFINITY;
    let named = scored.into_iter().take(most).zip(1..).map(|((score, node, parts), number)| {
        // What differs in the last digits only is equal.
        if score < before * (1.0 - 1e-12) {
            (place, before) = (number, score);
        }
        let entity = &measures.entities[node];
        Broker { id: entity.id, label: entity.label.clone(), place, score, parts, reasons: reasons.of(node) }
    });
    named.collect()
}

impl BrokerParts {
    fn score(&self) -> f64 {
        let parts = [Some(self.betweenness), self.crossing, Some(self.separation)];
        let there: Vec<f64> = parts.into_iter().flatten().collect();
        there.iter().sum::<f64>() / there.len() as f64
    }
}

/// For each node: how many pairs of others are no longer connected without it.
fn separated(network: &Network) -> Vec<u64> {
    let mut fragments = Fragments::new(network);
    let connected = fragments.count();
    let graph = Graph::new(network, Convention::default());
    let mut result = vec![0; network.nodes.len()];
    for piece in crate::measures::cuts::components(&graph) {
        for &node in &piece {
            // Its own pairs go with it; what else goes is counted, each pair once.
            let own = 2 * (piece.len() as u64 - 1);
            result[node as usize] = (connected - own - fragments.without[node as usize]) / 2;
        }
    }
    result
}

/// For each of the ranked: the share of the others whose value is not higher; 0 where it has none. What differs in the last digits only is equal.
fn standing(ranked: &[usize], value: impl Fn(usize) -> f64) -> Vec<f64> {
    let own: Vec<f64> = ranked.iter().map(|&node| value(node)).collect();
    let mut values = own.clone();
    values.sort_by(f64::total_cmp);
    let others = ranked.len().saturating_sub(1) as f64;
    let part = |own: f64| {
        let higher = values.len() - values.partition_point(|other| *other <= own * (1.0 + 1e-12));
        if own > 0.0 { 1.0 - higher as f64 / others.max(1.0) } else { 0.0 }
    };
    own.into_iter().map(part).collect()
}

/// Places from 1, the highest first; equal values share a place.
fn places(ranked: &[usize], value: impl Fn(usize) -> f64) -> BTreeMap<usize, u32> {
    let mut order = ranked.to_vec();
    order.sort_by(|&one, &other| value(other).total_cmp(&value(one)));
    let (mut places, mut place, mut before) = (BTreeMap::new(), 1, f64::NAN);
    for (number, node) in (1..).zip(order) {
        if value(node) != before {
            (place, before) = (number, value(node));
        }
        places.insert(node, place);
    }
    places
}

struct Reasons<'a> {
    graph: Graph,
    measures: &'a Measures,
    key_players: Option<&'a KeyPlayers>,
    ranked: u32,
    separated: Vec<u64>,
    by_betweenness: BTreeMap<usize, u32>,
    by_degree: BTreeMap<usize, u32>,
}

impl Reasons<'_> {
    fn of(&self, node: usize) -> Vec<BrokerReason> {
        let entity = &self.measures.entities[node];
        let (between, degree) = (self.by_betweenness[&node], self.by_degree[&node]);
        let mut reasons = Vec::new();
        if entity.betweenness > 0.0 {
            let share = entity.betweenness_normalised;
            reasons.push(BrokerReason::Betweenness { place: between, of: self.ranked, share });
        }
        for join in entity.bridging.iter().flat_map(|bridging| bridging.joins.iter().take(MOST_JOINS)) {
            reasons.push(BrokerReason::Joins { organisations: join.organisations.clone(), share: join.share });
        }
        if entity.articulation {
            let pieces = pieces_without(&self.graph, node as u32);
            reasons.push(BrokerReason::Articulation { pieces, pairs: self.separated[node] });
        }
        if let Some((players, set)) = self
            .key_players
            .and_then(|players| players.sets.iter().find(|set| set.ids.contains(&entity.id)).map(|set| (players, set)))
        {
            let others = set.ids.iter().zip(&set.entities).filter(|(id, _)| **id != entity.id);
            reasons.push(BrokerReason::KeyPlayer {
                with: others.map(|(_, label)| label.clone()).collect(),
                fragmentation: set.fragmentation,
                fragmentation_before: players.fragmentation_before,
                method: players.method,
            });
        }
        // In the first tenth, or the first three, by betweenness, but not in the first quarter by degree.
        if entity.betweenness > 0.0 && between <= (self.ranked / 10).max(3) && degree > self.ranked.div_ceil(4) {
            let (betweenness_place, degree_place) = (between, degree);
            reasons.push(BrokerReason::Inconspicuous { betweenness_place, degree_place, degree: entity.degree });
        }
        let around = self.graph.around(node as u32).filter_map(|other| self.measures.entities.get(other as usize));
        let communities: BTreeSet<u32> = around.chain([entity]).map(|entity| entity.community).collect();
        if communities.len() > 1 {
            reasons.push(BrokerReason::Communities { communities: communities.into_iter().collect() });
        }
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::network;
    use crate::{key_players, measure};

    #[test]
    fn who_joins_two_organisations_stands_first_with_the_reasons() {
        // Two triangles of what the police and what the customs know; x joins them and has two links only.
        let text = "a-b:POL b-c:POL c-a:POL d-e:CUS e-f:CUS f-d:CUS c-x:POL x-d:CUS";
        let network = network(text);
        let measures = measure(&network, Convention::default(), &|_| true).unwrap();
        let players = key_players(&network, 1, &[], &|_| true).unwrap();
        let found = brokers(&network, &measures, Some(&players), &[], 10);
        let x = &found[0];
        assert_eq!((x.label.as_str(), x.place), ("x", 1));
        // 3 x 3 pairs run through x, and all of them cross; c and d are on as many less: 2 x 4 = 8.
        assert_eq!(x.parts, BrokerParts { betweenness: 1.0, crossing: Some(1.0), separation: 1.0 });
        assert_eq!(x.score, 1.0, "nobody stands above it by any measure");
        assert!(x.reasons.contains(&BrokerReason::Betweenness { place: 1, of: 7, share: 9.0 / 15.0 }));
        assert!(x.reasons.contains(&BrokerReason::Articulation { pieces: vec![3, 3], pairs: 9 }));
        let organisations = ["CUS".into(), "POL".into()];
        assert!(x.reasons.contains(&BrokerReason::Joins { organisations, share: 1.0 }));
        assert!(
            x.reasons.iter().any(|reason| matches!(reason, BrokerReason::KeyPlayer { with, .. } if with.is_empty()))
        );
        assert!(x.reasons.iter().any(|reason| matches!(reason, BrokerReason::Inconspicuous { degree: 2, .. })));
        let c = found.iter().find(|broker| broker.label == "c").unwrap();
        assert_eq!(c.parts.crossing, Some(0.0), "all that c passes on the police know");
        // Of the six others only x stands above c; d is equal.
        assert_eq!((c.parts.betweenness, c.parts.separation), (5.0 / 6.0, 5.0 / 6.0));
        assert_eq!(c.score, (5.0 / 6.0 + 0.0 + 5.0 / 6.0) / 3.0);
        assert_eq!(found.len(), 3, "who has nothing of any measure is no broker");
        assert_eq!(found.iter().map(|broker| broker.place).collect::<Vec<_>>(), [1, 2, 2]);
    }

    #[test]
    fn how_far_the_first_is_ahead_says_nothing_about_the_others() {
        let scores = |things: usize| {
            let own: String = (0..things).map(|thing| format!(" b-thing{thing}")).collect();
            let mut network = network(&format!("a-b b-c c-d d-e{own}"));
            for node in &mut network.nodes {
                node.kind = if node.label.len() == 1 { "Person".into() } else { "Phone".into() };
            }
            let measures = measure(&network, Convention::default(), &|_| true).unwrap();
            let found = brokers(&network, &measures, None, &["Person".to_owned()], 10);
            found.into_iter().map(|broker| (broker.label, broker.score)).collect::<Vec<_>>()
        };
        assert_eq!(scores(3), [("b".to_owned(), 1.0), ("c".to_owned(), 0.75), ("d".to_owned(), 0.5)]);
        assert_eq!(scores(40), scores(3));
    }

    #[test]
    fn things_are_not_ranked_among_people() {
        let mut network = network("a-x x-b b-y y-c");
        for node in &mut network.nodes {
            node.kind = if node.label < "m".into() { "Person".into() } else { "Phone".into() };
        }
        let measures = measure(&network, Convention::default(), &|_| true).unwrap();
        let labels = |kind: &str| {
            let found = brokers(&network, &measures, None, &[kind.to_owned()], 10);
            found.iter().map(|broker| format!("{}{}", broker.place, broker.label)).collect::<Vec<_>>()
        };
        assert_eq!(labels("Person"), ["1b"]);
        assert_eq!(labels("Phone"), ["1x", "1y"], "equal scores share a place");
        assert!(labels("Vessel").is_empty());
    }
}
