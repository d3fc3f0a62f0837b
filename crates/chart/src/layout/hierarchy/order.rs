//! Which layer a node is in, and the order within a layer: as few crossings as a few sweeps find.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Above this many, links that pass through layers do not keep a place there: their number grows with links times layers.
const MOST_PASSING: usize = 60_000;
/// Sweeps over the layers that look for an order with fewer crossings.
const SWEEPS: usize = 16;

/// A place for each node such that links go from a lower to a higher one, but for those that close a circle. Among nodes that may
/// come next, one that touches those before and has many neighbours does: without directions, the busiest is at the top.
pub(super) fn sequence(count: usize, pairs: &[(u32, u32, bool)]) -> Vec<u32> {
    let mut out: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut any: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut incoming = vec![0_u32; count];
    for &(source, target, directed) in pairs {
        any[source as usize].push(target);
        any[target as usize].push(source);
        if directed {
            out[source as usize].push(target);
            incoming[target as usize] += 1;
        }
    }
    let mut place = vec![u32::MAX; count];
    let mut touched = vec![false; count];
    let mut ready = BinaryHeap::new();
    let rank = |node: usize, touched: &[bool]| (touched[node], any[node].len(), Reverse(node as u32));
    for node in (0..count).filter(|node| incoming[*node] == 0) {
        ready.push(rank(node, &touched));
    }
    // Of a circle of links, who has most going out for what comes in.
    let mut blocked: Vec<u32> = (0..count as u32).collect();
    let surplus = |node: u32| (out[node as usize].len() as i64) * 2 - any[node as usize].len() as i64;
    blocked.sort_by_key(|node| (surplus(*node), Reverse(*node)));
    let mut next = 0;
    while next < count as u32 {
        let node = match ready.pop() {
            Some((_, _, Reverse(node))) => node,
            None => match blocked.pop() {
                Some(node) => node,
                None => break,
            },
        };
        if place[node as usize] != u32::MAX {
            continue;
        }
        place[node as usize] = next;
        next += 1;
        for &other in &any[node as usize] {
            if place[other as usize] == u32::MAX
                && !std::mem::replace(&mut touched[other as usize], true)
                && incoming[other as usize] == 0
            {
                ready.push(rank(other as usize, &touched));
            }
        }
        for &other in &out[node as usize] {
            incoming[other as usize] = incoming[other as usize].saturating_sub(1);
            if incoming[other as usize] == 0 && place[other as usize] == u32::MAX {
                ready.push(rank(other as usize, &touched));
            }
        }
    }
    place
}

/// The layer of each node, 0 at the top: the longest way down to it; who has more below than above goes as low as it can, near them.
pub(super) fn layer_of(place: &[u32], down: &[(u32, u32)]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..place.len() as u32).collect();
    order.sort_by_key(|node| place[*node as usize]);
    let (mut above, mut below) = (vec![Vec::new(); place.len()], vec![Vec::new(); place.len()]);
    for &(upper, lower) in down {
        above[lower as usize].push(upper);
        below[upper as usize].push(lower);
    }
    let mut layer = vec![0_u32; place.len()];
    for &node in &order {
        layer[node as usize] = above[node as usize].iter().map(|upper| layer[*upper as usize] + 1).max().unwrap_or(0);
    }
    for &node in order.iter().rev() {
        let lowest = below[node as usize].iter().map(|lower: &u32| layer[*lower as usize]).min();
        if let Some(lowest) = lowest.filter(|_| below[node as usize].len() > above[node as usize].len()) {
            layer[node as usize] = lowest - 1;
        }
    }
    let top = layer.iter().min().copied().unwrap_or(0);
    layer.iter().map(|own| own - top).collect()
}

/// The layers from left to right: nodes, and behind their numbers the places where long links pass through.
pub(super) struct Layers {
    pub rows: Vec<Vec<u32>>,
    above: Vec<Vec<u32>>,
    below: Vec<Vec<u32>>,
}

impl Layers {
    pub(super) fn new(layer: &[u32], down: &[(u32, u32)]) -> Self {
        let deepest = layer.iter().max().copied().unwrap_or(0) as usize;
        let span = |pair: &(u32, u32)| layer[pair.1 as usize].saturating_sub(layer[pair.0 as usize]) as usize;
        let passing: usize = down.iter().map(|pair| span(pair).saturating_sub(1)).sum();
        let kept = passing <= MOST_PASSING;
        let mut rows = vec![Vec::new(); deepest + 1];
        for (node, own) in layer.iter().enumerate() {
            rows[*own as usize].push(node as u32);
        }
        let (mut above, mut below) = (vec![Vec::new(); layer.len()], vec![Vec::new(); layer.len()]);
        for pair in down {
            if span(pair) > 1 && !kept {
                continue;
            }
            let mut upper = pair.0;
            for row in rows.iter_mut().take(layer[pair.1 as usize] as usize).skip(layer[pair.0 as usize] as usize + 1) {
                let middle = above.len() as u32;
                row.push(middle);
                above.push(vec![upper]);
                below.push(Vec::new());
                below[upper as usize].push(middle);
                upper = middle;
            }
            below[upper as usize].push(pair.1);
            above[pair.1 as usize].push(upper);
        }
        let mut layers = Self { rows, above, below };
        layers.begin();
        layers.sweep();
        layers
    }

    pub(super) fn count(&self) -> usize {
        self.above.len()
    }

    /// The neighbours of a node in the layer above.
    pub(super) fn above(&self, node: u32) -> &[u32] {
        &self.above[node as usize]
    }

    /// The neighbours of a node in the layer below.
    pub(super) fn below(&self, node: u32) -> &[u32] {
        &self.below[node as usize]
    }

    /// The order in which a walk through the links meets the nodes: what hangs together begins side by side.
    fn begin(&mut self) {
        let mut met = vec![u32::MAX; self.count()];
        let mut next = 0;
        for first in self.rows.iter().flatten().copied().collect::<Vec<u32>>() {
            let mut stack = vec![first];
            while let Some(node) = stack.pop() {
                if met[node as usize] != u32::MAX {
                    continue;
                }
                met[node as usize] = next;
                next += 1;
                stack.extend(self.above(node).iter().rev().chain(self.below(node).iter().rev()));
            }
        }
        self.rows.iter_mut().for_each(|row| row.sort_by_key(|node| met[*node as usize]));
    }

    /// Sorts each layer by the mean place of the neighbours in the one before, down and up in turn, and keeps the best.
    fn sweep(&mut self) {
        let mut best = (self.crossings(), self.rows.clone());
        for sweep in 0..SWEEPS {
            let mut place = self.places();
            let down = sweep % 2 == 0;
            for step in 0..self.rows.len() {
                let at = if down { step } else { self.rows.len() - 1 - step };
                let mean = |node: u32, place: &[f64]| {
                    let near = if down { self.above(node) } else { self.below(node) };
                    let sum: f64 = near.iter().map(|other| place[*other as usize]).sum();
                    if near.is_empty() { place[node as usize] } else { sum / near.len() as f64 }
                };
                let mut keyed: Vec<(f64, u32)> =
                    self.rows[at].iter().map(|node| (mean(*node, &place), *node)).collect();
                // Equal ones turn round every other time, or they never pass each other.
                if sweep % 4 >= 2 {
                    keyed.reverse();
                }
                keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
                let row: Vec<u32> = keyed.into_iter().map(|(_, node)| node).collect();
                let middle = row.len() as f64 / 2.0;
                row.iter().enumerate().for_each(|(at, node)| place[*node as usize] = at as f64 - middle);
                self.rows[at] = row;
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.rows.clone());
            }
        }
        self.rows = best.1;
    }

    fn places(&self) -> Vec<f64> {
        let mut place = vec![0.0; self.count()];
        for row in &self.rows {
            let middle = row.len() as f64 / 2.0;
            row.iter().enumerate().for_each(|(at, node)| place[*node as usize] = at as f64 - middle);
        }
        place
    }

    /// How many pairs of links between neighbouring layers cross (counted with a binary indexed tree: Barth, Jünger, Mutzel 2002).
    fn crossings(&self) -> u64 {
        let mut place = vec![0_usize; self.count()];
        for row in &self.rows {
            row.iter().enumerate().for_each(|(at, node)| place[*node as usize] = at);
        }
        let mut crossings = 0;
        for pair in self.rows.windows(2) {
            let [upper, lower] = pair else { break };
            let mut tree = vec![0_u64; lower.len() + 1];
            let mut seen = 0;
            for node in upper {
                let mut ends: Vec<usize> = self.below(*node).iter().map(|end| place[*end as usize]).collect();
                ends.sort_unstable();
                for end in &ends {
                    let mut at = end + 1;
                    let mut before = 0;
                    while at > 0 {
                        before += tree[at];
                        at &= at - 1;
                    }
                    crossings += seen - before;
                }
                for end in ends {
                    seen += 1;
                    let mut at = end + 1;
                    while at < tree.len() {
                        tree[at] += 1;
                        at += at & at.wrapping_neg();
                    }
                }
            }
        }
        crossings
    }
}
