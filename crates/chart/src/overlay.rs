//! Overlays (*brillen*): the same chart, seen by who knows what.
//!
//! An overlay picks entities and links; the window and the print show the rest faintly. It reads the organisations that stated a link or an
//! entity, nothing else: what an organisation knows and has not stated is not seen.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_model::{EntityId, Link, Network, Node};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "overlay", rename_all = "snake_case")]
#[ts(export)]
pub enum Overlay {
    /// What only one organisation stated; with a code, only that one.
    OnlyOne {
        /// Its code.
        organisation: Option<String>,
    },
    /// Where two organisations meet: see [`Meeting`].
    Meetings,
    /// Where organisations contradict each other; links too.
    Contradictions,
    /// What remains when one organisation's facts are left out: what another one stated too, and what hangs on it.
    Without {
        /// Its code.
        organisation: String,
    },
}

/// What an overlay picked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Overlaid {
    /// Entities, by id.
    #[ts(type = "string[]")]
    pub entities: BTreeSet<EntityId>,
    /// Links, by id.
    #[ts(type = "string[]")]
    pub links: BTreeSet<EntityId>,
    /// Where organisations meet, the ones that join most pairs first; empty for other overlays.
    pub meetings: Vec<Meeting>,
}

/// Where the facts of two organisations meet, which no third organisation knows. That is at
///
/// - an entity that both know: the one has links to it, the other has other links to it, and the way from an end of the one to an end of the
///   other is stated by no organisation alone;
/// - a hypothesis, a link that rests on no passage: of its ends the one organisation knows one, the other the other. Nobody states such a link
///   as a fact: somebody who had the facts of both thought of it. For the same reason it tells nothing of what its author knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Meeting {
    /// The entity, or the hypothesis.
    #[ts(type = "string")]
    pub entity: EntityId,
    /// How it is called; of a hypothesis its two ends.
    pub label: String,
    /// The two organisations' codes, sorted.
    pub organisations: [String; 2],
    /// How many pairs of entities it joins.
    pub pairs: u32,
    /// Whether no organisation alone has any way at all between the two ends of at least one of the pairs.
    pub nowhere_else: bool,
}

/// What an overlay picks of a network. Of which entities and links organisations contradict each other, the caller knows: `contradicted` is asked for
/// [`Overlay::Contradictions`] only.
pub fn overlay(network: &Network, overlay: &Overlay, contradicted: &dyn Fn(EntityId) -> bool) -> Overlaid {
    match overlay {
        Overlay::OnlyOne { organisation } => only_one(network, organisation.as_deref()),
        Overlay::Meetings => meetings(network),
        Overlay::Contradictions => Overlaid {
            entities: network.nodes.iter().map(|node| node.id).filter(|id| contradicted(*id)).collect(),
            links: network.links.iter().map(|link| link.id).filter(|id| contradicted(*id)).collect(),
            meetings: Vec::new(),
        },
        Overlay::Without { organisation } => without(network, organisation),
    }
}

fn only_one(network: &Network, organisation: Option<&str>) -> Overlaid {
    let fits = |organisations: &[String]| match organisations {
        [only] => organisation.is_none_or(|wanted| wanted == only),
        _ => false,
    };
    Overlaid {
        entities: network.nodes.iter().filter(|node| fits(&node.organisations)).map(|node| node.id).collect(),
        links: network.links.iter().filter(|link| fits(&link.organisations)).map(|link| link.id).collect(),
        meetings: Vec::new(),
    }
}

fn without(network: &Network, organisation: &str) -> Overlaid {
    let remains = |organisations: &[String]| organisations.iter().any(|code| code != organisation);
    let mut left = Overlaid {
        entities: network.nodes.iter().filter(|node| remains(&node.organisations)).map(|node| node.id).collect(),
        ..Overlaid::default()
    };
    for link in network.links.iter().filter(|link| remains(&link.organisations)) {
        left.links.insert(link.id);
        left.entities.extend(ends(network, link.source, link.target).into_iter().flatten().map(|(_, id)| id));
    }
    left
}

fn ends(network: &Network, source: u32, target: u32) -> Option<[(usize, EntityId); 2]> {
    let end = |place: u32| network.nodes.get(place as usize).map(|node| (place as usize, node.id));
    Some([end(source)?, end(target)?])
}

/// An entity's neighbours: who stated a link to each, and which links these are.
type Neighbours<'n> = BTreeMap<usize, (BTreeSet<&'n str>, Vec<EntityId>)>;

fn meetings(network: &Network) -> Overlaid {
    let mut around: Vec<Neighbours<'_>> = vec![BTreeMap::new(); network.nodes.len()];
    for link in network.links.iter().filter(|link| is_fact(link)) {
        let Some([(source, _), (target, _)]) = ends(network, link.source, link.target) else { continue };
        if source == target {
            continue;
        }
        for (here, there) in [(source, target), (target, source)] {
            let (organisations, links) = around[here].entry(there).or_default();
            organisations.extend(link.organisations.iter().map(String::as_str));
            links.push(link.id);
        }
    }
    let known: Vec<BTreeSet<&str>> =
        network.nodes.iter().zip(&around).map(|(node, near)| knowers(node, near)).collect();
    let islands = Islands::of(network);
    let mut found = Overlaid::default();
    for ((node, neighbours), known) in network.nodes.iter().zip(&around).zip(&known) {
        let Some([one, other]) = two(known) else { continue };
        // With two organisations, the ends that only the one links to are the other side of those that only the other links to.
        let side = |code: &str| {
            let only = |organisations: &BTreeSet<&str>| organisations.len() == 1 && organisations.contains(code);
            neighbours
                .iter()
                .filter(|(_, (organisations, _))| only(organisations))
                .map(|(&end, (_, links))| (end, links))
                .collect::<Vec<_>>()
        };
        let (ours, theirs) = (side(one), side(other));
        if ours.is_empty() || theirs.is_empty() {
            continue;
        }
        let mut pairs = 0_u32;
        let mut nowhere_else = false;
        for (end, _) in &ours {
            for (far, _) in &theirs {
                pairs = pairs.saturating_add(1);
                nowhere_else |= !islands.joined(*end, *far);
            }
        }
        found.entities.insert(node.id);
        for (end, links) in ours.into_iter().chain(theirs) {
            found.entities.extend(network.nodes.get(end).map(|node| node.id));
            found.links.extend(links.iter().copied());
        }
        found.meetings.push(Meeting {
            entity: node.id,
            label: node.label.clone(),
            organisations: [one.to_owned(), other.to_owned()],
            pairs,
            nowhere_else,
        });
    }
    hypotheses(network, &known, &islands, &mut found);
    found.meetings.sort_by(|a, b| {
        (b.nowhere_else, b.pairs)
            .cmp(&(a.nowhere_else, a.pairs))
            .then_with(|| (&a.label, a.entity).cmp(&(&b.label, b.entity)))
    });
    found
}

/// Adds the hypotheses that join what one organisation knows with what another knows.
fn hypotheses(network: &Network, known: &[BTreeSet<&str>], islands: &Islands, found: &mut Overlaid) {
    for link in network.links.iter().filter(|link| !is_fact(link)) {
        let Some([(source, from), (target, to)]) = ends(network, link.source, link.target) else { continue };
        let (Some(one), Some(other)) = (known.get(source), known.get(target)) else { continue };
        if one.len() != 1 || other.len() != 1 {
            continue;
        }
        let both: BTreeSet<&str> = one.union(other).copied().collect();
        let Some([one, other]) = two(&both) else { continue };
        found.entities.extend([from, to]);
        found.links.insert(link.id);
        let called = |place: usize| network.nodes.get(place).map_or("", |node| node.label.as_str());
        found.meetings.push(Meeting {
            entity: link.id,
            label: format!("{} – {}", called(source), called(target)),
            organisations: [one.to_owned(), other.to_owned()],
            pairs: 1,
            nowhere_else: !islands.joined(source, target),
        });
    }
}

/// Whether a link rests on a passage.
fn is_fact(link: &Link) -> bool {
    link.passages > 0
}

/// The organisations that know an entity: that stated something of it, or a link to it.
fn knowers<'n>(node: &'n Node, neighbours: &Neighbours<'n>) -> BTreeSet<&'n str> {
    let linking = neighbours.values().flat_map(|(organisations, _)| organisations.iter().copied());
    linking.chain(node.organisations.iter().map(String::as_str)).collect()
}

/// The two, when there are two.
fn two<'n>(codes: &BTreeSet<&'n str>) -> Option<[&'n str; 2]> {
    let mut codes = codes.iter().copied();
    match (codes.next(), codes.next(), codes.next()) {
        (Some(one), Some(other), None) => Some([one, other]),
        _ => None,
    }
}

/// What hangs together by the facts of each organisation alone.
struct Islands {
    /// For each organisation, the island of each entity that it has a link of.
    of: Vec<BTreeMap<usize, usize>>,
}

impl Islands {
    fn of(network: &Network) -> Self {
        let mut by: BTreeMap<&str, Vec<[usize; 2]>> = BTreeMap::new();
        for link in network.links.iter().filter(|link| is_fact(link)) {
            let Some([(source, _), (target, _)]) = ends(network, link.source, link.target) else { continue };
            for code in &link.organisations {
                by.entry(code).or_default().push([source, target]);
            }
        }
        Self { of: by.into_values().map(|links| islands(&links)).collect() }
    }

    fn joined(&self, one: usize, other: usize) -> bool {
        self.of.iter().any(|island| matches!((island.get(&one), island.get(&other)), (Some(a), Some(b)) if a == b))
    }
}

fn islands(links: &[[usize; 2]]) -> BTreeMap<usize, usize> {
    let places: BTreeSet<usize> = links.iter().flatten().copied().collect();
    let number: BTreeMap<usize, usize> = places.iter().enumerate().map(|(number, &place)| (place, number)).collect();
    let mut sets = petgraph::unionfind::UnionFind::new(places.len());
    for [source, target] in links {
        if let (Some(&source), Some(&target)) = (number.get(source), number.get(target)) {
            sets.union(source, target);
        }
    }
    number.into_iter().map(|(place, number)| (place, sets.find(number))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> EntityId {
        EntityId::of(&[name.as_bytes()])
    }

    /// A network of `from organisations to` lines; an organisation with a `?` only thinks so.
    fn network(lines: &[(&str, &str, &str)]) -> Network {
        let mut names: Vec<&str> = lines.iter().flat_map(|(from, _, to)| [*from, *to]).collect();
        names.sort_unstable();
        names.dedup();
        let codes = |text: &str| -> Vec<String> { text.trim_end_matches('?').split('+').map(str::to_owned).collect() };
        let stated = |name: &str| {
            let mut all: Vec<String> = lines
                .iter()
                .filter(|(from, who, to)| (*from == name || *to == name) && !who.ends_with('?'))
                .flat_map(|line| codes(line.1))
                .collect();
            all.sort();
            all.dedup();
            all
        };
        let node = |name: &&str| Node {
            id: id(name),
            kind: "Person".into(),
            label: (*name).into(),
            organisations: stated(name),
            days: None,
        };
        let place = |name: &str| u32::try_from(names.iter().position(|known| *known == name).unwrap()).unwrap();
        let link = |(from, organisations, to): &(&str, &str, &str)| Link {
            id: id(&format!("{from}-{to}")),
            kind: "UnknownLink".into(),
            label: String::new(),
            source: place(from),
            target: place(to),
            directed: false,
            days: None,
            amount: None,
            currency: None,
            organisations: codes(organisations),
            passages: u32::from(!organisations.ends_with('?')),
        };
        Network { nodes: names.iter().map(node).collect(), links: lines.iter().map(link).collect() }
    }

    fn called(network: &Network, ids: &BTreeSet<EntityId>) -> Vec<String> {
        network.nodes.iter().filter(|node| ids.contains(&node.id)).map(|node| node.label.clone()).collect()
    }

    #[test]
    fn a_number_that_two_organisations_know_joins_what_each_of_them_knows() {
        let network = network(&[
            ("reiziger", "kmar", "nummer"),
            ("nummer", "douane", "wit"),
            ("wit", "douane", "container"),
            ("reiziger", "kmar", "adres"),
        ]);
        let found = overlay(&network, &Overlay::Meetings, &|_| false);
        assert_eq!(called(&network, &found.entities), ["nummer", "reiziger", "wit"]);
        assert_eq!(found.links, BTreeSet::from([id("reiziger-nummer"), id("nummer-wit")]));
        let [meeting] = &found.meetings[..] else { panic!("one meeting, not {:?}", found.meetings) };
        assert_eq!((meeting.label.as_str(), meeting.pairs, meeting.nowhere_else), ("nummer", 1, true));
        assert_eq!(meeting.organisations, ["douane", "kmar"]);
    }

    #[test]
    fn what_one_organisation_knows_from_end_to_end_is_no_meeting() {
        let known_to_one = network(&[("a", "kmar+douane", "nummer"), ("nummer", "douane", "b")]);
        assert_eq!(overlay(&known_to_one, &Overlay::Meetings, &|_| false), Overlaid::default());
        let known_to_three = network(&[("a", "kmar", "bank"), ("bank", "douane", "b"), ("bank", "fiod", "c")]);
        assert_eq!(
            overlay(&known_to_three, &Overlay::Meetings, &|_| false),
            Overlaid::default(),
            "everybody knows the bank"
        );
    }

    #[test]
    fn a_hypothesis_joins_what_two_organisations_know_and_is_no_knowledge_of_its_author() {
        let network = network(&[
            ("tip", "politie", "bijnaam"),
            ("bijnaam", "om?", "handelsnaam"),
            ("handelsnaam", "belastingdienst", "eigenaar"),
            ("tip", "douane?", "bijnaam"),
        ]);
        let found = overlay(&network, &Overlay::Meetings, &|_| false);
        assert_eq!(called(&network, &found.entities), ["bijnaam", "handelsnaam"]);
        assert_eq!(found.links, BTreeSet::from([id("bijnaam-handelsnaam")]));
        let [meeting] = &found.meetings[..] else { panic!("one meeting, not {:?}", found.meetings) };
        assert_eq!((meeting.label.as_str(), meeting.pairs, meeting.nowhere_else), ("bijnaam – handelsnaam", 1, true));
        assert_eq!(meeting.organisations, ["belastingdienst", "politie"], "whose thought it is does not matter");
    }

    #[test]
    fn another_way_within_one_organisation_is_told() {
        let network =
            network(&[("a", "kmar", "nummer"), ("nummer", "douane", "b"), ("a", "kmar", "c"), ("c", "kmar", "b")]);
        let found = overlay(&network, &Overlay::Meetings, &|_| false);
        let at: Vec<(&str, bool)> =
            found.meetings.iter().map(|meeting| (meeting.label.as_str(), meeting.nowhere_else)).collect();
        assert_eq!(at, [("b", false), ("nummer", false)], "kmar has a way of its own between all of them");
    }

    #[test]
    fn what_only_one_stated_and_what_remains_without_it() {
        let network = network(&[("a", "kmar", "b"), ("b", "kmar+douane", "c"), ("c", "douane", "d")]);
        let only = overlay(&network, &Overlay::OnlyOne { organisation: None }, &|_| false);
        assert_eq!(called(&network, &only.entities), ["a", "d"]);
        assert_eq!(only.links, BTreeSet::from([id("a-b"), id("c-d")]));
        let kmar = overlay(&network, &Overlay::OnlyOne { organisation: Some("kmar".into()) }, &|_| false);
        assert_eq!(called(&network, &kmar.entities), ["a"]);
        let without = overlay(&network, &Overlay::Without { organisation: "kmar".into() }, &|_| false);
        assert_eq!(called(&network, &without.entities), ["b", "c", "d"]);
        assert_eq!(without.links, BTreeSet::from([id("b-c"), id("c-d")]));
    }
}
