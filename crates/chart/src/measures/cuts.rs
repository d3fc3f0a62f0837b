//! What holds a graph together: its connected pieces, articulation points and bridges. Directions of links do not matter here.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use koplamp_model::Network;
use petgraph::algo::articulation_points::articulation_points;
use petgraph::algo::{bridges, is_cyclic_directed};
use petgraph::graph::{DiGraph, UnGraph};
use petgraph::visit::EdgeRef;

use crate::graph::{Graph, ParallelLinks};

/// Whether an entity, or a link, is one without which something falls apart.
pub(crate) struct Cuts {
    /// For each node: whether its piece falls apart when it is taken away.
    pub articulation: Vec<bool>,
    /// For each link: whether its ends are then no longer connected.
    pub bridge: Vec<bool>,
}

/// Articulation points and bridges. When parallel links are counted, a doubled link is no bridge, for the other one remains; when they are
/// merged, the links between two entities go together, and each of them is a bridge if all of them together are.
pub(crate) fn cuts(graph: &Graph, network: &Network) -> Cuts {
    let pairs = pairs(graph);
    let simple = UnGraph::<(), (), u32>::from_edges(pairs.keys().copied());
    let mut articulation = vec![false; graph.nodes()];
    for node in articulation_points(&simple) {
        articulation[node.index()] = true;
    }
    let pair = |one: u32, other: u32| (one.min(other), one.max(other));
    let bridges: HashSet<(u32, u32)> =
        bridges(&simple).map(|edge| pair(edge.source().index() as u32, edge.target().index() as u32)).collect();
    let count = graph.convention.parallel == ParallelLinks::Count;
    let bridge = network.links.iter().map(|link| {
        let pair = pair(link.source, link.target);
        bridges.contains(&pair) && (!count || pairs.get(&pair) == Some(&1))
    });
    Cuts { articulation, bridge: bridge.collect() }
}

/// The pairs of linked nodes, and how many links are between them.
fn pairs(graph: &Graph) -> BTreeMap<(u32, u32), usize> {
    let mut links: HashMap<(u32, u32), BTreeSet<u32>> = HashMap::new();
    for node in 0..graph.nodes() as u32 {
        for arc in graph.out.of(node) {
            let target = graph.out.targets[arc];
            links.entry((node.min(target), node.max(target))).or_default().extend(graph.links_of(arc));
        }
    }
    links.into_iter().map(|(pair, links)| (pair, links.len())).collect()
}

/// The connected pieces, each sorted, in the order of their first node.
pub(crate) fn components(graph: &Graph) -> Vec<Vec<u32>> {
    let mut seen = vec![false; graph.nodes()];
    let mut pieces = Vec::new();
    for first in 0..graph.nodes() as u32 {
        if std::mem::replace(&mut seen[first as usize], true) {
            continue;
        }
        let (mut piece, mut place) = (vec![first], 0);
        while let Some(&node) = piece.get(place) {
            for next in graph.around(node) {
                if !std::mem::replace(&mut seen[next as usize], true) {
                    piece.push(next);
                }
            }
            place += 1;
        }
        piece.sort_unstable();
        pieces.push(piece);
    }
    pieces
}

/// Sizes of the pieces into which the piece of a node falls when the node is taken away, largest first.
pub(crate) fn pieces_without(graph: &Graph, node: u32) -> Vec<usize> {
    let mut seen = vec![false; graph.nodes()];
    seen[node as usize] = true;
    let mut sizes = Vec::new();
    for first in graph.around(node) {
        if std::mem::replace(&mut seen[first as usize], true) {
            continue;
        }
        let (mut stack, mut size) = (vec![first], 0);
        while let Some(node) = stack.pop() {
            size += 1;
            for next in graph.around(node) {
                if !std::mem::replace(&mut seen[next as usize], true) {
                    stack.push(next);
                }
            }
        }
        sizes.push(size);
    }
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    sizes
}

/// Whether one can go in a circle along the arcs.
pub(crate) fn has_cycle(graph: &Graph) -> bool {
    let arcs =
        (0..graph.nodes() as u32).flat_map(|node| graph.out.targets(node).iter().map(move |&target| (node, target)));
    is_cyclic_directed(&DiGraph::<(), (), u32>::from_edges(arcs))
}
