//! Numbers of shortest paths beyond what a floating-point number holds: three thousand entities in a row, each linked twice to the next, have
//! 2^3000 of them. What such a walk carries is added up with numbers that have an exponent of their own.

use super::brandes::{Sums, Walk};
use crate::graph::Arcs;

/// `value` times two to the power of `exponent`; the value is 0 or from 1 to 2.
#[derive(Debug, Clone, Copy)]
struct Large {
    value: f64,
    exponent: i64,
}

impl Large {
    fn new(value: f64, exponent: i64) -> Self {
        if value == 0.0 {
            return Self { value, exponent: 0 };
        }
        let shift = i64::from(((value.to_bits() >> 52) & 0x7ff) as u32) - 1023;
        Self { value: value * power(-shift), exponent: exponent + shift }
    }

    fn plus_times(self, other: Self, count: u32) -> Self {
        let more = other.value * f64::from(count);
        if self.value == 0.0 {
            return Self::new(more, other.exponent);
        }
        let exponent = self.exponent.max(other.exponent);
        Self::new(self.value * power(self.exponent - exponent) + more * power(other.exponent - exponent), exponent)
    }

    fn ratio(self, other: Self) -> f64 {
        self.value / other.value * power(self.exponent - other.exponent)
    }
}

/// Two to the power of a number; 0 where that is too small.
fn power(exponent: i64) -> f64 {
    2.0_f64.powi(exponent.clamp(-2000, 1023) as i32)
}

/// For each arc of the walk, in its order: the number of shortest paths to where it starts, divided by the number to where it ends.
pub(super) fn ratios(arcs: &Arcs, walk: &Walk) -> Vec<f64> {
    let mut paths = vec![Large { value: 0.0, exponent: 0 }; walk.distance.len()];
    paths[walk.order[0] as usize] = Large { value: 1.0, exponent: 0 };
    for place in 0..walk.reached {
        let from = paths[walk.order[place] as usize];
        for &arc in walk.arcs_at(place) {
            let target = arcs.targets[arc as usize] as usize;
            paths[target] = paths[target].plus_times(from, arcs.counts[arc as usize]);
        }
    }
    let ratio = |node: u32, arc: u32| paths[node as usize].ratio(paths[arcs.targets[arc as usize] as usize]);
    (0..walk.reached)
        .flat_map(|place| walk.arcs_at(place).iter().map(|&arc| ratio(walk.order[place], arc)).collect::<Vec<_>>())
        .collect()
}

/// As the usual way back, for a walk whose numbers of paths became too large.
pub(super) fn backward(arcs: &Arcs, walk: &Walk, sums: &mut Sums) {
    let ratios = ratios(arcs, walk);
    let mut carried = vec![0.0; walk.distance.len()];
    for place in (0..walk.reached).rev() {
        let node = walk.order[place] as usize;
        let mut sum = 0.0;
        for (&arc, ratio) in walk.arcs_at(place).iter().zip(&ratios[walk.start_at(place)..]) {
            let (target, count) = (arcs.targets[arc as usize] as usize, f64::from(arcs.counts[arc as usize]));
            let share = count * ratio * (1.0 + carried[target]);
            sums.arcs[arc as usize] += share;
            sum += share;
        }
        carried[node] = sum;
        if place > 0 {
            sums.nodes[node] += sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::{Convention, Graph, ParallelLinks};
    use crate::measures::brandes::exact;
    use crate::testing::numbered;
    use crate::watch::Progress;

    #[test]
    fn more_paths_than_a_number_holds_are_still_shared_out_exactly() {
        let row: Vec<(u32, u32)> = (0..1500).flat_map(|node| [(node, node + 1), (node, node + 1)]).collect();
        let convention = Convention { parallel: ParallelLinks::Count, directed: false };
        let graph = Graph::new(&numbered(1501, &row, false), convention);
        let sums = exact(&graph, &Progress::new(&|_| true, 0.0, 1.0, 1501)).unwrap();
        // In a row each node lies between those before it and those after it, whatever the number of links.
        for (node, sum) in sums.nodes.iter().enumerate() {
            assert!((sum - 2.0 * (node * (1500 - node)) as f64).abs() < 1e-6 * sum.max(1.0), "node {node}: {sum}");
        }
    }
}
