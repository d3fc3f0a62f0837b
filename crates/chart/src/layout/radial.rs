//! Rings around one entity: the ring is the number of steps from it. What no way leads to stands below, in rows.

use std::f64::consts::{PI, TAU};

use koplamp_model::Network;

use super::adjacency::Adjacency;
use super::extent::{Extent, MARGIN, bounds};
use super::pack::rows;
use super::separate::{Wish, separate};

/// Least distance from ring to ring.
const RING: f64 = 120.0;

/// The positions, the centre at (0, 0).
pub(crate) fn radial(network: &Network, graph: &Adjacency, extents: &[Extent], centre: Option<u32>) -> Vec<(f64, f64)> {
    let count = graph.len();
    let busiest = || (0..count).max_by_key(|node| (graph.of_node(*node).len(), std::cmp::Reverse(*node)));
    let Some(centre) = centre.map(|centre| centre as usize).or_else(busiest) else { return Vec::new() };
    let steps = graph.distances(centre);
    let rings = rings(network, graph, &steps, centre);
    let mut angles = sectors(&rings, count);
    let mut positions = vec![(0.0, 0.0); count];
    let mut radius = 0.0;
    let mut inner = vec![centre];
    for ring in rings.iter().skip(1) {
        let nodes: Vec<usize> = ring.iter().map(|(node, _)| *node).collect();
        let size = |nodes: &[usize]| {
            nodes
                .iter()
                .map(|node| extents[*node].size())
                .fold((0.0_f64, 0.0_f64), |most, one| (most.0.max(one.0), most.1.max(one.1)))
        };
        // As far from the ring before as two boxes reach at most, whichever way they lie to each other.
        let (own, before) = (size(&nodes), size(&inner));
        radius += RING.max(((own.0 + before.0) / 2.0).hypot((own.1 + before.1) / 2.0));
        inner.clone_from(&nodes);
        // Wider until its nodes fit: their wishes met as nearly as their boxes allow.
        loop {
            if let Some(found) = fit(&nodes, &angles, extents, radius) {
                for (node, angle) in nodes.iter().zip(found) {
                    angles[*node] = angle;
                    positions[*node] = (radius * angle.sin(), -radius * angle.cos());
                }
                break;
            }
            radius *= 1.05;
        }
    }
    // What hangs together stands together.
    let left: Vec<usize> = graph.components().concat().into_iter().map(|node| node as usize).collect();
    let left: Vec<usize> = left.into_iter().filter(|node| steps[*node] == u32::MAX).collect();
    let boxes: Vec<Extent> = left.iter().map(|node| extents[*node]).collect();
    let places = rows(&boxes, 2.0 * radius);
    if let Some((low, top, high, _)) = bounds(&places, &boxes) {
        let reached: Vec<usize> = (0..count).filter(|node| steps[*node] != u32::MAX).collect();
        let bottom = reached.iter().map(|node| positions[*node].1 + extents[*node].below).fold(0.0, f64::max);
        for (node, at) in left.iter().zip(places) {
            positions[*node] = (at.0 - (low + high) / 2.0, at.1 - top + bottom + RING / 2.0);
        }
    }
    positions
}

/// The nodes of each ring in the order in which they go round, each with its place in the ring before: its parent.
fn rings(network: &Network, graph: &Adjacency, steps: &[u32], centre: usize) -> Vec<Vec<(usize, usize)>> {
    let mut rings = vec![vec![(centre, 0)]];
    let mut taken = vec![false; steps.len()];
    taken[centre] = true;
    while let Some(ring) = rings.last() {
        let mut next = Vec::new();
        for (place, (node, _)) in ring.iter().enumerate() {
            let mut children: Vec<usize> = graph
                .of_node(*node)
                .iter()
                .map(|other| *other as usize)
                .filter(|other| steps[*other] == steps[*node] + 1 && !std::mem::replace(&mut taken[*other], true))
                .collect();
            children.sort_by_key(|child| (&network.nodes[*child].kind, &network.nodes[*child].label, *child));
            next.extend(children.into_iter().map(|child| (child, place)));
        }
        if next.is_empty() {
            break;
        }
        rings.push(next);
    }
    rings
}

/// The angle of each node: a parent's sector is shared out by how many leaves there are below each child.
fn sectors(rings: &[Vec<(usize, usize)>], count: usize) -> Vec<f64> {
    let mut leaves: Vec<Vec<f64>> = rings.iter().map(|ring| vec![0.0; ring.len()]).collect();
    for depth in (0..rings.len()).rev() {
        for place in 0..rings[depth].len() {
            let own = leaves[depth][place].max(1.0);
            leaves[depth][place] = own;
            if depth > 0 {
                leaves[depth - 1][rings[depth][place].1] += own;
            }
        }
    }
    let mut angles = vec![0.0; count];
    let mut begins = vec![vec![0.0]];
    for depth in 1..rings.len() {
        let mut used = begins[depth - 1].clone();
        let mut begin = Vec::with_capacity(rings[depth].len());
        let all = leaves[0][0];
        for (place, (node, parent)) in rings[depth].iter().enumerate() {
            let wide = leaves[depth][place] / all * TAU;
            begin.push(used[*parent]);
            angles[*node] = used[*parent] + wide / 2.0;
            used[*parent] += wide;
        }
        begins.push(begin);
    }
    angles
}

/// Angles on a ring that keep the order and the boxes apart; none when the ring is too small.
fn fit(nodes: &[usize], wishes: &[f64], extents: &[Extent], radius: f64) -> Option<Vec<f64>> {
    let on = |angle: f64| (radius * angle.sin(), -radius * angle.cos());
    let clear = |a: (usize, f64), b: (usize, f64)| extents[a.0].clear(on(a.1), extents[b.0], on(b.1));
    let mut angles: Vec<f64> = nodes.iter().map(|node| wishes[*node]).collect();
    // A gap in angle depends on where it is, so that wishes and gaps are brought together in a few rounds.
    for _ in 0..12 {
        let apart = (0..nodes.len()).all(|at| {
            let next = (at + 1) % nodes.len();
            at == next || clear((nodes[at], angles[at]), (nodes[next], angles[next]))
        });
        let around = angles.first().zip(angles.last()).is_none_or(|(first, last)| last - first < TAU);
        if apart && around {
            return all_clear(nodes, &angles, extents, &on).then_some(angles);
        }
        let wished: Vec<Wish> = (0..nodes.len())
            .map(|at| {
                let before = at.saturating_sub(1);
                let gap = gap(extents[nodes[before]], extents[nodes[at]], radius, angles[before], angles[at]);
                Wish { at: wishes[nodes[at]], weight: 1.0, gap }
            })
            .collect();
        angles = separate(&wished);
    }
    None
}

/// Whether no two boxes of a ring overlap, neighbours or not.
fn all_clear(nodes: &[usize], angles: &[f64], extents: &[Extent], on: &impl Fn(f64) -> (f64, f64)) -> bool {
    let reach = 4.min(nodes.len() / 2);
    (0..nodes.len()).all(|at| {
        (1..=reach).all(|by| {
            let next = (at + by) % nodes.len();
            at == next || extents[nodes[at]].clear(on(angles[at]), extents[nodes[next]], on(angles[next]))
        })
    })
}

/// The angle between two neighbours: where the ring runs across their widths ask for room, where it runs down their heights do.
fn gap(before: Extent, next: Extent, radius: f64, low: f64, high: f64) -> f64 {
    let middle = (low + high) / 2.0;
    let wide = (before.half + next.half + MARGIN) / middle.cos().abs().max(1e-6);
    let high = (before.size().1.max(next.size().1)) / middle.sin().abs().max(1e-6);
    (wide.min(high) / radius * 1.02).min(PI)
}
