//! The forces within one connected component: linked nodes pull, all nodes push (Fruchterman and Reingold 1991), the far ones together
//! (Barnes and Hut 1986), with the step that grows and shrinks by itself (Hu, "Efficient, High-Quality Force-Directed Graph Drawing", 2005). The push
//! falls with the square of the distance, as there: with the first power, long chains are torn out in their middle.

use rayon::prelude::*;

use super::adjacency::Adjacency;
use super::noise::{jitter, noise};
use super::pivot::pivot_picture;
use super::quadtree::Quadtree;

/// What a link is meant to measure, from centre to centre, in pixels.
pub const LINK_LENGTH: f64 = 110.0;
/// How far a node that already has a place may be moved by forces, in pixels: half a link.
pub const LEASH: f64 = 55.0;

/// The distance at which two linked nodes alone would rest. Below the length that is meant, because the rest pushes links longer.
const REST: f64 = 90.0;
/// A cell this small for its distance counts as one body: the square of 0.9.
const OPENING: f64 = 0.81;
/// Nodes that one task works on.
const CHUNK: usize = 256;
/// A step below this moves nothing that is seen.
const STILL: f64 = 0.3;

/// A component in motion.
#[derive(Debug)]
pub(crate) struct Simulation {
    graph: Adjacency,
    positions: Vec<(f64, f64)>,
    /// Where what has a place already had it.
    anchors: Vec<Option<(f64, f64)>>,
    pinned: Vec<bool>,
    tree: Quadtree,
    forces: Vec<(f64, f64)>,
    step: f64,
    energy: f64,
    progress: u32,
    seed: u64,
}

impl Simulation {
    /// Begins with the places that are known, and else with a picture of the steps between nodes.
    pub(crate) fn new(graph: Adjacency, anchors: Vec<Option<(f64, f64)>>, pinned: Vec<bool>, seed: u64) -> Self {
        let anchored = anchors.iter().any(Option::is_some);
        let positions = if anchored { beside(&graph, &anchors, seed) } else { first_picture(&graph, seed) };
        let step = if anchored { REST / 3.0 } else { REST };
        let forces = vec![(0.0, 0.0); positions.len()];
        let tree = Quadtree::default();
        Self { graph, positions, anchors, pinned, tree, forces, step, energy: f64::INFINITY, progress: 0, seed }
    }

    pub(crate) fn positions(&self) -> &[(f64, f64)] {
        &self.positions
    }

    /// Whether some of it had a place: then it is not turned, scaled or moved as a whole.
    pub(crate) fn anchored(&self) -> bool {
        self.anchors.iter().any(Option::is_some)
    }

    /// How long every link is now, each seen from both ends.
    pub(crate) fn link_lengths(&self) -> Vec<f64> {
        let length = |node: usize, other: u32| {
            let (here, there) = (self.positions[node], self.positions[other as usize]);
            (there.0 - here.0).hypot(there.1 - here.1)
        };
        (0..self.positions.len())
            .flat_map(|node| self.graph.of_node(node).iter().map(move |other| length(node, *other)))
            .collect()
    }

    pub(crate) fn settled(&self) -> bool {
        self.step < STILL || self.positions.len() < 2
    }

    pub(crate) fn round(&mut self) {
        if self.settled() {
            return;
        }
        self.tree.build(&self.positions);
        let (tree, positions, graph, seed) = (&self.tree, &self.positions, &self.graph, self.seed);
        let force = |node: u32| {
            let at = positions[node as usize];
            let push = tree.push(at, OPENING);
            let mut force = (push.0 * REST.powi(3), push.1 * REST.powi(3));
            for &other in graph.of_node(node as usize) {
                let there = positions[other as usize];
                let (dx, dy) = (there.0 - at.0, there.1 - at.1);
                let pull = dx.hypot(dy) / REST;
                force = (force.0 + dx * pull, force.1 + dy * pull);
            }
            if force == (0.0, 0.0) && positions.len() > 1 {
                // In exactly one place with another: the seed says where to.
                force = jitter(seed, u64::from(node));
            }
            (node, force)
        };
        // Each node's force is summed by one task in a fixed order, so that threads change no bit.
        let forces: Vec<(u32, (f64, f64))> = if positions.len() <= CHUNK {
            tree.order().iter().map(|node| force(*node)).collect()
        } else {
            tree.order().par_iter().with_min_len(CHUNK).map(|node| force(*node)).collect()
        };
        for (node, force) in forces {
            self.forces[node as usize] = force;
        }
        self.advance();
    }

    fn advance(&mut self) {
        let mut energy = 0.0;
        for (node, at) in self.positions.iter_mut().enumerate() {
            if self.pinned[node] {
                continue;
            }
            let force = self.forces[node];
            let size = force.0.hypot(force.1);
            energy += size * size;
            if size > 0.0 {
                let share = self.step.min(size) / size;
                *at = (at.0 + force.0 * share, at.1 + force.1 * share);
            }
            if let Some(anchor) = self.anchors[node] {
                let (dx, dy) = (at.0 - anchor.0, at.1 - anchor.1);
                let away = dx.hypot(dy);
                if away > LEASH {
                    *at = (anchor.0 + dx * LEASH / away, anchor.1 + dy * LEASH / away);
                }
            }
        }
        if energy < self.energy {
            self.progress += 1;
            if self.progress >= 5 {
                self.progress = 0;
                self.step = (self.step / 0.9).min(2.0 * REST);
            }
        } else {
            self.progress = 0;
            self.step *= 0.9;
        }
        self.energy = energy;
    }
}

/// A picture of the steps between nodes, a little shaken: nodes that look the same from everywhere would lie in one place.
fn first_picture(graph: &Adjacency, seed: u64) -> Vec<(f64, f64)> {
    let mut positions = pivot_picture(graph, seed);
    let (mut sum, mut links) = (0.0, 0_u32);
    for (node, at) in positions.iter().enumerate() {
        for &other in graph.of_node(node) {
            sum += (positions[other as usize].0 - at.0).hypot(positions[other as usize].1 - at.1);
            links += 1;
        }
    }
    let scale = if sum > 0.0 { REST * f64::from(links) / sum } else { 1.0 };
    let shake = REST * 0.5;
    for (node, at) in positions.iter_mut().enumerate() {
        let by = jitter(seed, node as u64 + 1000);
        *at = (at.0 * scale + by.0 * shake, at.1 * scale + by.1 * shake);
    }
    positions
}

/// Known places kept; each of the others beside the neighbours that have one: between several, in the widest gap around one.
fn beside(graph: &Adjacency, anchors: &[Option<(f64, f64)>], seed: u64) -> Vec<(f64, f64)> {
    let mut places: Vec<Option<(f64, f64)>> = anchors.to_vec();
    let mut waiting: Vec<usize> = (0..places.len()).filter(|node| places[*node].is_none()).collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        // Nearest first: those that touch what has a place, then those that touch these.
        let placed: Vec<bool> = places.iter().map(Option::is_some).collect();
        waiting.retain(|&node| {
            let near: Vec<(usize, (f64, f64))> = graph
                .of_node(node)
                .iter()
                .map(|other| *other as usize)
                .filter(|other| placed[*other])
                .filter_map(|other| Some((other, places[other]?)))
                .collect();
            let Some(&(host, at)) = near.first() else { return true };
            let shake = jitter(seed, node as u64 + 5000);
            places[node] = Some(if near.len() == 1 {
                let angle = widest_gap(graph, &places, host, at, noise(seed, node as u64 + 3000));
                (at.0 + REST * angle.cos() + shake.0, at.1 + REST * angle.sin() + shake.1)
            } else {
                let share = 1.0 / near.len() as f64;
                let middle = near.iter().fold((0.0, 0.0), |sum, (_, at)| (sum.0 + at.0 * share, sum.1 + at.1 * share));
                (middle.0 + shake.0 * REST * 0.3, middle.1 + shake.1 * REST * 0.3)
            });
            false
        });
        if waiting.len() == before {
            break;
        }
    }
    places.into_iter().map(Option::unwrap_or_default).collect()
}

/// The middle of the widest angle without a neighbour, around a node.
fn widest_gap(graph: &Adjacency, places: &[Option<(f64, f64)>], host: usize, at: (f64, f64), chance: f64) -> f64 {
    let turn = std::f64::consts::TAU;
    let around = graph.of_node(host).iter().filter_map(|other| places[*other as usize]);
    let mut angles: Vec<f64> = around.map(|there| (there.1 - at.1).atan2(there.0 - at.0)).collect();
    angles.sort_by(f64::total_cmp);
    let Some((&first, &last)) = angles.first().zip(angles.last()) else { return chance * turn };
    let mut widest = (first + turn - last, last);
    for pair in angles.windows(2) {
        if let [low, high] = pair
            && high - low > widest.0
        {
            widest = (high - low, *low);
        }
    }
    widest.1 + widest.0 / 2.0
}
