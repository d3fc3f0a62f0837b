//! Exact betweenness of entities and links in one pass: Brandes, "A Faster Algorithm for Betweenness Centrality" (2001), and "On
//! Variants of Shortest-Path Betweenness Centrality" (2008) for links.
//!
//! From each node the graph is walked in breadth, which leaves the arcs of shortest paths in the order they were met; going back over
//! that list in reverse adds up what each node and each arc carries. Everything lies in arrays that are used again for the next node. Where
//! fewer arcs lead to nodes that were not reached than from those that were reached last, the former look back instead (Beamer, Asanovic and
//! Patterson, "Direction-Optimizing Breadth-First Search", 2012): that halves the arcs that are looked at.

use rayon::prelude::*;

use super::counts;
use crate::graph::{Arcs, Graph, NONE, ParallelLinks};
use crate::watch::{Cancelled, Progress};

/// The sources are dealt out to so many heaps, and the heaps are added up in order: the result is the same on any number of threads.
const HEAPS: usize = 16;

/// Beyond this number of shortest paths a floating-point number is about to overflow.
pub(super) const MANY: f64 = 1e250;

/// Sums over ordered pairs of different nodes that have a path between them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sums {
    /// For each node: the share of the shortest paths of each pair that run through it, ends left out.
    pub nodes: Vec<f64>,
    /// For each arc: the share of the shortest paths of each pair that run over it; in undirected readings over it or over its reverse, and
    /// only the two together say anything.
    pub arcs: Vec<f64>,
}

impl Sums {
    pub fn new(graph: &Graph) -> Self {
        Self { nodes: vec![0.0; graph.nodes()], arcs: vec![0.0; graph.out.targets.len()] }
    }

    pub fn add(&mut self, other: &Self) {
        self.nodes.iter_mut().zip(&other.nodes).for_each(|(sum, more)| *sum += more);
        self.arcs.iter_mut().zip(&other.arcs).for_each(|(sum, more)| *sum += more);
    }
}

/// Exact sums.
pub(crate) fn exact(graph: &Graph, progress: &Progress<'_>) -> Result<Sums, Cancelled> {
    match graph.convention.parallel {
        ParallelLinks::Merge => all::<false>(graph, progress),
        ParallelLinks::Count => all::<true>(graph, progress),
    }
}

fn all<const COUNTED: bool>(graph: &Graph, progress: &Progress<'_>) -> Result<Sums, Cancelled> {
    let arcs = &graph.out;
    let heaps: Vec<Sums> = (0..HEAPS.min(graph.nodes()))
        .into_par_iter()
        .with_max_len(1)
        .map(|heap| {
            let (mut walk, mut sums) = (Walk::new(arcs), Sums::new(graph));
            for source in (heap..graph.nodes()).step_by(HEAPS) {
                progress.step()?;
                let most = if graph.convention.directed {
                    walk.forward::<COUNTED, false>(arcs, source as u32)
                } else {
                    walk.forward::<COUNTED, true>(arcs, source as u32)
                };
                if most < MANY {
                    walk.backward::<COUNTED>(arcs, &mut sums);
                } else {
                    walk.forward::<COUNTED, false>(arcs, source as u32);
                    counts::backward(arcs, &walk, &mut sums);
                }
            }
            Ok(sums)
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut sums = Sums::new(graph);
    heaps.iter().for_each(|heap| sums.add(heap));
    Ok(sums)
}

/// A walk in breadth from one node.
pub(crate) struct Walk {
    /// Distance from the source, in links; [`NONE`] when it was not reached.
    pub distance: Vec<u32>,
    /// How many shortest paths lead to each node.
    pub paths: Vec<f64>,
    /// The nodes in the order in which they were reached; the first `reached` of it.
    pub order: Vec<u32>,
    /// How many were reached, the source among them.
    pub reached: usize,
    /// The arcs of shortest paths that were found looking onwards, by the order of the nodes they start at.
    onwards: List,
    /// The arcs, turned round, of those that were found looking back, by the order of the nodes they lead to.
    back: List,
    /// Nodes that were not reached, for looking back.
    rest: Vec<u32>,
    /// What a node passes on to those before it, for each shortest path.
    passed: Vec<f64>,
    /// What was passed on to a node by those that looked back.
    gathered: Vec<f64>,
}

/// Arcs by the order of nodes.
struct List {
    arcs: Vec<u32>,
    /// For each place of the order: where its arcs end.
    ends: Vec<u32>,
}

impl List {
    fn new(arcs: &Arcs) -> Self {
        // One more: a candidate is written before it is known whether it stays.
        Self { arcs: vec![0; arcs.targets.len() + 1], ends: vec![0; arcs.offsets.len() - 1] }
    }

    fn at(&self, place: usize) -> &[u32] {
        &self.arcs[self.start(place)..self.ends[place] as usize]
    }

    fn start(&self, place: usize) -> usize {
        place.checked_sub(1).map_or(0, |before| self.ends[before] as usize)
    }
}

impl Walk {
    pub fn new(arcs: &Arcs) -> Self {
        let nodes = arcs.offsets.len() - 1;
        Self {
            distance: vec![NONE; nodes],
            paths: vec![0.0; nodes],
            order: vec![0; nodes + 1],
            reached: 0,
            onwards: List::new(arcs),
            back: List::new(arcs),
            rest: Vec::with_capacity(nodes),
            passed: vec![0.0; nodes],
            gathered: vec![0.0; nodes],
        }
    }

    /// Walks from a source; gives the largest number of shortest paths met. `COUNTED` says whether arcs may stand for several links, `BACK`
    /// whether it may look back, which needs each arc to stand beside its reverse.
    pub fn forward<const COUNTED: bool, const BACK: bool>(&mut self, arcs: &Arcs, source: u32) -> f64 {
        for &node in &self.order[..self.reached] {
            self.distance[node as usize] = NONE;
            self.paths[node as usize] = 0.0;
        }
        self.order[0] = source;
        self.distance[source as usize] = 0;
        self.paths[source as usize] = 1.0;
        self.back.ends[0] = 0;
        self.rest.clear();
        let nodes = self.distance.len();
        let (mut start, mut depth, mut kept, mut kept_back, mut most) = (0, 0, 0, 0, 1.0_f64);
        self.reached = 1;
        let mut front = arcs.of(source).len();
        let mut beyond = arcs.targets.len() - front;
        while start < self.reached {
            let end = self.reached;
            depth += 1;
            if BACK && front > beyond + (nodes - end) {
                if self.rest.is_empty() {
                    self.rest.extend((0..nodes as u32).filter(|&node| self.distance[node as usize] == NONE));
                }
                self.look_back::<COUNTED>(arcs, depth, &mut kept_back);
                self.onwards.ends[start..end].fill(kept as u32);
            } else {
                self.look_onwards::<COUNTED>(arcs, start, &mut kept);
                self.back.ends[end..self.reached].fill(kept_back as u32);
            }
            front = 0;
            for &node in &self.order[end..self.reached] {
                most = most.max(self.paths[node as usize]);
                front += arcs.of(node).len();
            }
            beyond -= front;
            start = end;
        }
        most
    }

    /// From the nodes reached last, onwards.
    fn look_onwards<const COUNTED: bool>(&mut self, arcs: &Arcs, start: usize, kept: &mut usize) {
        // As slices of their own the compiler knows that they do not overlap.
        let (distance, numbers, order) = (&mut self.distance[..], &mut self.paths[..], &mut self.order[..]);
        let (list, ends) = (&mut self.onwards.arcs[..], &mut self.onwards.ends[..]);
        let (mut reached, mut count_kept) = (self.reached, *kept);
        for place in start..self.reached {
            let node = order[place] as usize;
            let (next, paths) = (distance[node] + 1, numbers[node]);
            let range = arcs.of(node as u32);
            let (targets, counts) = (&arcs.targets[range.clone()], &arcs.counts[range.clone()]);
            for ((arc, &target), &count) in range.zip(targets).zip(counts) {
                // Without branches: which way they would go is not to be foreseen.
                let known = &mut distance[target as usize];
                let new = *known == NONE;
                *known = if new { next } else { *known };
                let shortest = *known == next;
                order[reached] = target;
                reached += usize::from(new);
                list[count_kept] = arc as u32;
                count_kept += usize::from(shortest);
                let more = if COUNTED { paths * f64::from(count) } else { paths };
                numbers[target as usize] += if shortest { more } else { 0.0 };
            }
            ends[place] = count_kept as u32;
        }
        (self.reached, *kept) = (reached, count_kept);
    }

    /// From the nodes that were not reached, back to those reached last, which are one nearer than `depth`.
    fn look_back<const COUNTED: bool>(&mut self, arcs: &Arcs, depth: u32, kept: &mut usize) {
        let (distance, numbers, order) = (&mut self.distance[..], &mut self.paths[..], &mut self.order[..]);
        let (list, ends) = (&mut self.back.arcs[..], &mut self.back.ends[..]);
        let (mut reached, mut count_kept) = (self.reached, *kept);
        self.rest.retain(|&node| {
            if distance[node as usize] != NONE {
                return false;
            }
            let range = arcs.of(node);
            let (targets, counts) = (&arcs.targets[range.clone()], &arcs.counts[range.clone()]);
            let mut sum = 0.0;
            for ((arc, &target), &count) in range.zip(targets).zip(counts) {
                let near = distance[target as usize] == depth - 1;
                list[count_kept] = arc as u32;
                count_kept += usize::from(near);
                let more = numbers[target as usize] * if COUNTED { f64::from(count) } else { 1.0 };
                sum += if near { more } else { 0.0 };
            }
            if sum == 0.0 {
                return true;
            }
            distance[node as usize] = depth;
            numbers[node as usize] = sum;
            order[reached] = node;
            ends[reached] = count_kept as u32;
            reached += 1;
            false
        });
        (self.reached, *kept) = (reached, count_kept);
    }

    /// The arcs of shortest paths that start at the node at a place of the order; all of them if the walk did not look back.
    pub fn arcs_at(&self, place: usize) -> &[u32] {
        self.onwards.at(place)
    }

    /// Where those arcs begin in the list.
    pub fn start_at(&self, place: usize) -> usize {
        self.onwards.start(place)
    }

    /// Adds up what each node and arc carries of the paths from the source.
    fn backward<const COUNTED: bool>(&mut self, arcs: &Arcs, sums: &mut Sums) {
        let (passed, gathered) = (&mut self.passed[..], &mut self.gathered[..]);
        let (of_nodes, of_arcs) = (&mut sums.nodes[..], &mut sums.arcs[..]);
        let weight = |arc: usize| if COUNTED { f64::from(arcs.counts[arc]) } else { 1.0 };
        for place in (0..self.reached).rev() {
            let node = self.order[place] as usize;
            let paths = self.paths[node];
            let mut sum = std::mem::take(&mut gathered[node]);
            for &arc in self.onwards.at(place) {
                let arc = arc as usize;
                let share = passed[arcs.targets[arc] as usize] * weight(arc);
                of_arcs[arc] += paths * share;
                sum += share;
            }
            let carried = paths * sum;
            let pass = (1.0 + carried) / paths;
            passed[node] = pass;
            for &arc in self.back.at(place) {
                let arc = arc as usize;
                let (before, share) = (arcs.targets[arc] as usize, pass * weight(arc));
                // The reverse of the arc that carries it: undirected readings add up both.
                of_arcs[arc] += self.paths[before] * share;
                gathered[before] += share;
            }
            if place > 0 {
                of_nodes[node] += carried;
            }
        }
    }
}
