//! The strict hierarchy: every link from one entity to another goes down (Sugiyama, Tagawa, Toda 1981). In a circle of links, as few as
//! can easily be found go up. `rust-sugiyama` was tried first: it draws the same network differently each time, and takes seconds at
//! 1,000 entities and 5,000 links.

mod order;

use koplamp_model::Network;

use super::LayoutError;
use super::adjacency::Adjacency;
use super::extent::{Extent, MARGIN};
use super::pack::{Parcel, pack};
use super::separate::{Wish, separate};
use order::{Layers, layer_of, sequence};

/// Space between two layers, from the labels of one to the nodes of the next: room for the words of a link.
const BETWEEN: f64 = 56.0;
/// Width that a link takes where it passes through a layer.
const PASSING: f64 = 16.0;
/// Rounds of straightening.
const ROUNDS: usize = 24;

/// The positions.
pub(crate) fn hierarchy(
    network: &Network,
    graph: &Adjacency,
    extents: &[Extent],
    watch: &dyn Fn(f64) -> bool,
) -> Result<Vec<(f64, f64)>, LayoutError> {
    let components = graph.components();
    let mut place = vec![0_u32; graph.len()];
    let mut component_of = vec![0_usize; graph.len()];
    for (at, nodes) in components.iter().enumerate() {
        for (inner, node) in nodes.iter().enumerate() {
            place[*node as usize] = inner as u32;
            component_of[*node as usize] = at;
        }
    }
    let mut pairs: Vec<Vec<(u32, u32, bool)>> = vec![Vec::new(); components.len()];
    for link in &network.links {
        let (source, target) = (link.source as usize, link.target as usize);
        if source != target && source < place.len() && target < place.len() {
            pairs[component_of[source]].push((place[source], place[target], link.directed));
        }
    }
    let mut parcels = Vec::new();
    for (at, (nodes, mut pairs)) in components.iter().zip(pairs).enumerate() {
        if !watch(at as f64 / components.len() as f64) {
            return Err(LayoutError::Stopped);
        }
        pairs.sort_unstable();
        pairs.dedup();
        let extents: Vec<Extent> = nodes.iter().map(|node| extents[*node as usize]).collect();
        parcels.push(Parcel { nodes, positions: component(&pairs, &extents), extents });
    }
    let mut positions = vec![(0.0, 0.0); graph.len()];
    pack(parcels, None, &mut positions);
    Ok(positions)
}

/// A connected part: `pairs` are source, target, and whether it goes from one to the other.
fn component(pairs: &[(u32, u32, bool)], extents: &[Extent]) -> Vec<(f64, f64)> {
    let order = sequence(extents.len(), pairs);
    let down: Vec<(u32, u32)> = {
        let forward = |a: u32, b: u32| if order[a as usize] < order[b as usize] { (a, b) } else { (b, a) };
        let mut down: Vec<(u32, u32)> = pairs.iter().map(|(a, b, _)| forward(*a, *b)).collect();
        down.sort_unstable();
        down.dedup();
        down
    };
    let depth = layer_of(&order, &down);
    let layers = Layers::new(&depth, &down);
    let x = straighten(&layers, extents);
    let mut top = 0.0;
    let mut height = Vec::new();
    for layer in &layers.rows {
        let real = layer.iter().filter_map(|node| extents.get(*node as usize));
        let (above, below) = real.fold((0.0_f64, 0.0_f64), |most, one| (most.0.max(one.above), most.1.max(one.below)));
        height.push(top + above);
        top += above + below + BETWEEN;
    }
    (0..extents.len()).map(|node| (x[node], height[depth[node] as usize])).collect()
}

/// How far to the right each node stands: near the middle of its neighbours, in the order of its layer, clear of the next.
fn straighten(layers: &Layers, extents: &[Extent]) -> Vec<f64> {
    let half = |node: u32| extents.get(node as usize).map_or(PASSING / 2.0, |extent| extent.half + MARGIN / 2.0);
    let mut x = vec![0.0; layers.count()];
    for row in &layers.rows {
        let mut right = 0.0;
        for node in row {
            x[*node as usize] = right + half(*node);
            right += 2.0 * half(*node);
        }
        row.iter().for_each(|node| x[*node as usize] -= right / 2.0);
    }
    for round in 0..ROUNDS {
        let down = round % 2 == 0;
        let last = round + 2 >= ROUNDS;
        for step in 0..layers.rows.len() {
            let row = &layers.rows[if down { step } else { layers.rows.len() - 1 - step }];
            let wishes: Vec<Wish> = row
                .iter()
                .enumerate()
                .map(|(at, node)| {
                    let (up, below) = (layers.above(*node), layers.below(*node));
                    let (one, other): (&[u32], &[u32]) = if last {
                        (up, below)
                    } else if down {
                        (up, &[])
                    } else {
                        (below, &[])
                    };
                    let near = one.iter().chain(other);
                    let (sum, count) = near.fold((0.0, 0.0), |sum, other| (sum.0 + x[*other as usize], sum.1 + 1.0));
                    // Who has no neighbour there stays, but gives way to who has.
                    let (wish, weight) = if count > 0.0 { (sum / count, 1.0) } else { (x[*node as usize], 0.05) };
                    let passing = *node as usize >= extents.len();
                    let gap = if at == 0 { 0.0 } else { half(row[at - 1]) + half(*node) };
                    Wish { at: wish, weight: if passing { 4.0 * weight } else { weight }, gap }
                })
                .collect();
            for (node, at) in row.iter().zip(separate(&wishes)) {
                x[*node as usize] = at;
            }
        }
    }
    x
}
