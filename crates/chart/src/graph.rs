//! The graph that measures work on: a network read under a convention, in arrays that lie one after the other (CSR).

use koplamp_model::{Link, Network};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How parallel links, links between the same two entities, are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ParallelLinks {
    /// They are one: whether two entities are linked matters, not how often.
    #[default]
    Merge,
    /// Each counts: two links between the same entities are two ways to go.
    Count,
}

/// How a network is read as a graph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Convention {
    /// How parallel links are read.
    pub parallel: ParallelLinks,
    /// Whether directed links go one way only. Undirected links go both ways in either reading.
    pub directed: bool,
}

/// Stands where there is no arc.
pub(crate) const NONE: u32 = u32::MAX;

/// Arcs sorted by where they start, then by where they end: those of node `v` are `offsets[v]..offsets[v + 1]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Arcs {
    /// Where the arcs of each node begin; one more than there are nodes.
    pub offsets: Vec<u32>,
    /// Where each arc ends.
    pub targets: Vec<u32>,
    /// How many links each arc stands for; 1 when parallel links are merged.
    pub counts: Vec<u32>,
}

impl Arcs {
    /// The arcs that start at a node.
    pub fn of(&self, node: u32) -> std::ops::Range<usize> {
        self.offsets[node as usize] as usize..self.offsets[node as usize + 1] as usize
    }

    /// Where the arcs of a node end.
    pub fn targets(&self, node: u32) -> &[u32] {
        &self.targets[self.of(node)]
    }

    /// Where the arcs of a node end, and how many links each stands for.
    pub fn counted(&self, node: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let range = self.of(node);
        self.targets[range.clone()].iter().copied().zip(self.counts[range].iter().copied())
    }

    /// The sum over the links of the arcs that start at a node.
    pub fn degree(&self, node: u32) -> u64 {
        self.counts[self.of(node)].iter().map(|&count| u64::from(count)).sum()
    }
}

/// A network read under a convention. Nodes are numbered as in the network; between two nodes there is at most one arc each way, which
/// stands for one link or for several. Links from a node to itself are no arcs; links whose ends lie outside the network are left out.
#[derive(Debug, Clone)]
pub struct Graph {
    /// The convention.
    pub(crate) convention: Convention,
    /// The arcs. Of an undirected reading each stands beside its reverse.
    pub(crate) out: Arcs,
    /// The arcs the other way round; none when that would be the same.
    reversed: Option<Arcs>,
    /// Links of each node to itself.
    loops: Vec<u32>,
    /// The arcs of each link: from source to target, and back where it goes both ways.
    pub(crate) arcs_of_link: Vec<[u32; 2]>,
    /// The links of each arc: those of arc `a` are `links[link_offsets[a]..link_offsets[a + 1]]`.
    link_offsets: Vec<u32>,
    links: Vec<u32>,
}

impl Graph {
    /// Reads a network under a convention.
    pub fn new(network: &Network, convention: Convention) -> Self {
        Self::of(network, convention, |_| true)
    }

    /// Reads those links of a network that are let through.
    pub(crate) fn of(network: &Network, convention: Convention, keep: impl Fn(&Link) -> bool) -> Self {
        let nodes = network.nodes.len();
        let mut loops = vec![0; nodes];
        let mut entries = Vec::with_capacity(network.links.len() * 2);
        for (place, link) in network.links.iter().enumerate() {
            let (source, target, place) = (link.source, link.target, place as u32);
            if source as usize >= nodes || target as usize >= nodes || !keep(link) {
                continue;
            }
            if source == target {
                loops[source as usize] += 1;
                continue;
            }
            entries.push((source, target, place));
            if !(convention.directed && link.directed) {
                entries.push((target, source, place));
            }
        }
        entries.sort_unstable();
        let merge = convention.parallel == ParallelLinks::Merge;
        let mut out = Arcs { offsets: vec![0; nodes + 1], ..Arcs::default() };
        let mut arcs_of_link = vec![[NONE; 2]; network.links.len()];
        let (mut link_offsets, mut links) = (Vec::new(), Vec::with_capacity(entries.len()));
        for same in entries.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let Some(&(source, target, _)) = same.first() else { continue };
            let arc = out.targets.len() as u32;
            out.offsets[source as usize + 1] += 1;
            out.targets.push(target);
            out.counts.push(if merge { 1 } else { same.len() as u32 });
            link_offsets.push(links.len() as u32);
            for &(_, _, link) in same {
                let forward = network.links[link as usize].source == source;
                arcs_of_link[link as usize][usize::from(!forward)] = arc;
                links.push(link);
            }
        }
        link_offsets.push(links.len() as u32);
        for node in 0..nodes {
            out.offsets[node + 1] += out.offsets[node];
        }
        let reversed = convention.directed.then(|| reverse(&out));
        Self { convention, out, reversed, loops, arcs_of_link, link_offsets, links }
    }

    /// How many nodes it has.
    pub fn nodes(&self) -> usize {
        self.loops.len()
    }

    /// The convention it was read under.
    pub fn convention(&self) -> Convention {
        self.convention
    }

    /// Places in the network of the links that an arc stands for.
    pub(crate) fn links_of(&self, arc: usize) -> &[u32] {
        &self.links[self.link_offsets[arc] as usize..self.link_offsets[arc + 1] as usize]
    }

    /// The arcs the other way round.
    pub(crate) fn back(&self) -> &Arcs {
        self.reversed.as_ref().unwrap_or(&self.out)
    }

    /// The neighbours of a node whatever the direction; in a directed reading those linked both ways come twice.
    pub(crate) fn around(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let back = self.reversed.as_ref().map_or(&[][..], |arcs| arcs.targets(node));
        self.out.targets(node).iter().chain(back).copied()
    }

    /// How many links a node has under the convention: merged ones are one; in a directed reading what comes in and what goes out are
    /// counted both, so that an undirected link counts two. A link to itself has two ends at the node and counts two (merged ones two
    /// together), as in networkx and igraph.
    pub fn degree(&self, node: u32) -> u64 {
        let loops = self.loops[node as usize];
        let loops = if self.convention.parallel == ParallelLinks::Merge { loops.min(1) } else { loops };
        self.arcs_around(node) + 2 * u64::from(loops)
    }

    /// As [`Self::degree`], without the links of the node to itself.
    pub(crate) fn arcs_around(&self, node: u32) -> u64 {
        self.out.degree(node) + self.reversed.as_ref().map_or(0, |arcs| arcs.degree(node))
    }
}

/// The same arcs the other way round.
fn reverse(arcs: &Arcs) -> Arcs {
    let nodes = arcs.offsets.len() - 1;
    let mut entries: Vec<(u32, u32, u32)> = (0..nodes as u32)
        .flat_map(|node| arcs.counted(node).map(move |(target, count)| (target, node, count)))
        .collect();
    entries.sort_unstable();
    let mut reversed = Arcs { offsets: vec![0; nodes + 1], ..Arcs::default() };
    for (from, to, count) in entries {
        reversed.offsets[from as usize + 1] += 1;
        reversed.targets.push(to);
        reversed.counts.push(count);
    }
    for node in 0..nodes {
        reversed.offsets[node + 1] += reversed.offsets[node];
    }
    reversed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::network;

    fn graph(text: &str, parallel: ParallelLinks, directed: bool) -> Graph {
        Graph::new(&network(text), Convention { parallel, directed })
    }

    #[test]
    fn parallel_links_are_one_arc_that_stands_for_one_or_for_several() {
        for (parallel, count, degree) in [(ParallelLinks::Merge, 1, 1), (ParallelLinks::Count, 3, 3)] {
            let graph = graph("a-b a-b b-a", parallel, false);
            assert_eq!(graph.out.targets, [1, 0]);
            assert_eq!(graph.out.counts, [count, count]);
            assert_eq!(graph.degree(0), degree);
            assert_eq!(graph.links_of(0), [0, 1, 2]);
        }
    }

    #[test]
    fn undirected_links_go_both_ways_in_a_directed_reading_too() {
        let graph = graph("a>b b-c", ParallelLinks::Merge, true);
        assert_eq!(graph.out.targets, [1, 2, 1]);
        assert_eq!(graph.back().targets(1), [0, 2]);
        assert_eq!(graph.arcs_of_link, [[0, NONE], [1, 2]]);
        assert_eq!((0..3).map(|node| graph.degree(node)).collect::<Vec<_>>(), [1, 3, 2]);
    }

    #[test]
    fn links_to_itself_count_for_degree_only() {
        let merged = graph("a-a a-a a-b", ParallelLinks::Merge, false);
        let counted = graph("a-a a-a a-b", ParallelLinks::Count, false);
        assert_eq!((merged.degree(0), counted.degree(0)), (3, 5));
        assert_eq!(counted.out.targets, [1, 0]);
    }

    #[test]
    fn links_with_ends_outside_are_left_out() {
        let mut network = network("a-b");
        network.links[0].target = 9;
        assert!(Graph::new(&network, Convention::default()).out.targets.is_empty());
    }
}
