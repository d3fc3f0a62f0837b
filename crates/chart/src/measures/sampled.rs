//! Betweenness from a sample of shortest paths: Riondato and Kornaropoulos, "Fast Approximation of Betweenness Centrality through Sampling"
//! (2016), each path found by walking from both ends towards each other (Borassi and Natale, KADABRA, 2016).
//!
//! With r = 0.5 / epsilon^2 * (floor(log2(VD - 1)) + 1 + ln(1 / delta)) paths, where VD is at least the number of entities on the longest
//! shortest path, the normalised betweenness of *all* entities is off by at most epsilon, with a probability of at least 1 - delta; and the
//! same holds of the share of shortest paths over each link. (The paper has VD - 2 for the entities within a path; VD - 1 covers its links.)

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::brandes::Sums;
use super::bridging::Meetings;
use super::cuts::components;
use crate::graph::{Arcs, Graph, NONE};
use crate::watch::{Cancelled, Progress};

/// The sample is drawn in so many heaps, each with random numbers of its own: the same on any number of threads.
const HEAPS: usize = 16;

/// The bound on the error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bound {
    pub epsilon: f64,
    pub delta: f64,
}

/// How many paths have to be drawn.
pub(crate) fn samples(graph: &Graph, bound: Bound) -> u64 {
    let dimension = f64::from((longest(graph).max(3) - 1).ilog2() + 1);
    (0.5 / (bound.epsilon * bound.epsilon) * (dimension + (1.0 / bound.delta).ln())).ceil() as u64
}

/// At least the number of nodes on the longest shortest path. Undirected: from any node of a piece, the two largest distances together.
/// Directed: the size of the largest piece, for nothing better is cheap.
fn longest(graph: &Graph) -> usize {
    let pieces = components(graph);
    if graph.convention.directed {
        return pieces.iter().map(Vec::len).max().unwrap_or(0);
    }
    let mut distance = vec![NONE; graph.nodes()];
    let mut of_piece = |piece: &Vec<u32>| {
        let Some(&first) = piece.iter().max_by_key(|&&node| graph.out.of(node).len()) else { return 0 };
        distance[first as usize] = 0;
        let (mut order, mut place) = (vec![first], 0);
        while let Some(&node) = order.get(place) {
            for &target in graph.out.targets(node) {
                if distance[target as usize] == NONE {
                    distance[target as usize] = distance[node as usize] + 1;
                    order.push(target);
                }
            }
            place += 1;
        }
        order.iter().rev().take(2).map(|&node| distance[node as usize] as usize).sum::<usize>() + 1
    };
    pieces.iter().map(&mut of_piece).max().unwrap_or(0)
}

/// Estimated sums, and, where organisations meet, the table of how paths pass.
pub(crate) fn estimate(
    graph: &Graph,
    meetings: Option<&Meetings>,
    samples: u64,
    seed: u64,
    progress: &Progress<'_>,
) -> Result<(Sums, Vec<f64>), Cancelled> {
    let nodes = graph.nodes() as u32;
    let heaps: Vec<(Sums, Vec<f64>)> = (0..HEAPS)
        .into_par_iter()
        .with_max_len(1)
        .map(|heap| {
            let mut random = Pcg64::seed_from_u64(seed.wrapping_mul(HEAPS as u64).wrapping_add(heap as u64));
            let mut sums = Sums::new(graph);
            let mut table = meetings.map(Meetings::table).unwrap_or_default();
            let (mut from, mut back) = (Side::new(nodes as usize), Side::new(nodes as usize));
            let mut path = Vec::new();
            for _ in (heap as u64..samples).step_by(HEAPS) {
                progress.step()?;
                let source = random.random_range(0..nodes);
                let other = random.random_range(0..nodes - 1);
                let target = if other >= source { other + 1 } else { other };
                if !draw(graph, source, target, (&mut from, &mut back), &mut random, &mut path) {
                    continue;
                }
                path.iter().for_each(|&arc| sums.arcs[arc] += 1.0);
                for (&into, &out) in path.iter().zip(path.iter().skip(1)) {
                    let node = graph.out.targets[into] as usize;
                    sums.nodes[node] += 1.0;
                    if let Some(meetings) = meetings {
                        meetings.passes(node, into, out, &mut table);
                    }
                }
            }
            Ok((sums, table))
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut sums = Sums::new(graph);
    let mut table = meetings.map(Meetings::table).unwrap_or_default();
    for (heap, part) in &heaps {
        sums.add(heap);
        table.iter_mut().zip(part).for_each(|(sum, more)| *sum += more);
    }
    // Each path stands for so many ordered pairs.
    let weight = f64::from(nodes) * f64::from(nodes - 1) / samples as f64;
    for value in sums.nodes.iter_mut().chain(&mut sums.arcs).chain(&mut table) {
        *value *= weight;
    }
    Ok((sums, table))
}

/// A walk in breadth from one of the two ends.
struct Side {
    distance: Vec<u32>,
    paths: Vec<f64>,
    order: Vec<u32>,
    /// Where the nodes of the last distance begin in the order.
    front: usize,
    depth: u32,
}

impl Side {
    fn new(nodes: usize) -> Self {
        Self { distance: vec![NONE; nodes], paths: vec![0.0; nodes], order: Vec::new(), front: 0, depth: 0 }
    }

    fn start(&mut self, node: u32) {
        for node in self.order.drain(..) {
            self.distance[node as usize] = NONE;
        }
        self.order.push(node);
        self.distance[node as usize] = 0;
        self.paths[node as usize] = 1.0;
        (self.front, self.depth) = (0, 0);
    }

    fn front(&self) -> &[u32] {
        &self.order[self.front..]
    }

    /// How many arcs the next step would look at.
    fn cost(&self, arcs: &Arcs) -> usize {
        self.front().iter().map(|&node| arcs.of(node).len()).sum()
    }

    fn advance(&mut self, arcs: &Arcs) {
        let (start, end) = (self.front, self.order.len());
        self.depth += 1;
        for place in start..end {
            let node = self.order[place];
            let paths = self.paths[node as usize];
            for (target, count) in arcs.counted(node) {
                let known = &mut self.distance[target as usize];
                if *known == NONE {
                    *known = self.depth;
                    self.paths[target as usize] = 0.0;
                    self.order.push(target);
                }
                if *known == self.depth {
                    self.paths[target as usize] += paths * f64::from(count);
                }
            }
        }
        self.front = end;
        // Only ratios within a distance matter; so they can be kept from overflowing.
        let most = self.front().iter().map(|&node| self.paths[node as usize]).fold(0.0, f64::max);
        if most > 1e200 {
            for &node in &self.order[end..] {
                self.paths[node as usize] /= most;
            }
        }
    }
}

/// Draws one of the shortest paths between two nodes, each as likely; its arcs in order. False when there is none.
fn draw(
    graph: &Graph,
    source: u32,
    target: u32,
    (from, back): (&mut Side, &mut Side),
    random: &mut Pcg64,
    path: &mut Vec<usize>,
) -> bool {
    path.clear();
    from.start(source);
    back.start(target);
    let middle = loop {
        if from.front().is_empty() || back.front().is_empty() {
            return false;
        }
        let forwards = from.cost(&graph.out) <= back.cost(graph.back());
        let (mover, other) = if forwards { (&mut *from, &*back) } else { (&mut *back, &*from) };
        mover.advance(if forwards { &graph.out } else { graph.back() });
        let meet = |node: u32| {
            (other.distance[node as usize] == other.depth)
                .then(|| (node, mover.paths[node as usize] * other.paths[node as usize]))
        };
        if let Some(middle) = pick(mover.front().iter().filter_map(|&node| meet(node)), random) {
            break middle;
        }
    };
    let mut node = middle;
    while node != source {
        let near = |before: u32| from.distance[before as usize].wrapping_add(1) == from.distance[node as usize];
        let choices = graph.back().counted(node).filter(|&(before, _)| near(before));
        let before =
            pick(choices.map(|(before, count)| (before, from.paths[before as usize] * f64::from(count))), random);
        let Some(before) = before else { return false };
        path.push(arc(graph, before, node));
        node = before;
    }
    path.reverse();
    node = middle;
    while node != target {
        let near = |after: u32| back.distance[after as usize].wrapping_add(1) == back.distance[node as usize];
        let choices = graph.out.counted(node).filter(|&(after, _)| near(after));
        let after = pick(choices.map(|(after, count)| (after, back.paths[after as usize] * f64::from(count))), random);
        let Some(after) = after else { return false };
        path.push(arc(graph, node, after));
        node = after;
    }
    true
}

/// One of the choices, the more likely the more it weighs.
fn pick(choices: impl Iterator<Item = (u32, f64)>, random: &mut Pcg64) -> Option<u32> {
    let (mut sum, mut chosen) = (0.0, None);
    for (choice, weight) in choices {
        sum += weight;
        if chosen.is_none() || random.random::<f64>() * sum < weight {
            chosen = Some(choice);
        }
    }
    chosen
}

/// The arc between two nodes that has to be there.
fn arc(graph: &Graph, from: u32, to: u32) -> usize {
    let range = graph.out.of(from);
    range.start + graph.out.targets[range].partition_point(|&target| target < to)
}
