//! Circles: all entities on one by type and name, or a circle a type.

use std::f64::consts::TAU;

use koplamp_model::Network;

use super::extent::Extent;
use super::grid::by_type;
use super::pack::{Parcel, pack};

/// All on one circle, types side by side, clockwise from the top.
pub(crate) fn circle(network: &Network, extents: &[Extent]) -> Vec<(f64, f64)> {
    let order = by_type(network);
    let mut positions = vec![(0.0, 0.0); order.len()];
    let boxes: Vec<Extent> = order.iter().map(|node| extents[*node]).collect();
    for (node, at) in order.into_iter().zip(around(&boxes)) {
        positions[node] = at;
    }
    positions
}

/// Each type on a circle of its own, side by side.
pub(crate) fn circles(network: &Network, extents: &[Extent]) -> Vec<(f64, f64)> {
    let order: Vec<u32> = by_type(network).into_iter().map(|node| node as u32).collect();
    let kind = |node: &u32| &network.nodes[*node as usize].kind;
    let mut parcels: Vec<Parcel> = order
        .chunk_by(|a, b| kind(a) == kind(b))
        .map(|nodes| {
            let extents: Vec<Extent> = nodes.iter().map(|node| extents[*node as usize]).collect();
            Parcel { nodes, positions: around(&extents), extents }
        })
        .collect();
    parcels.sort_by_key(|parcel| std::cmp::Reverse(parcel.nodes.len()));
    let mut positions = vec![(0.0, 0.0); order.len()];
    pack(parcels, None, &mut positions);
    positions
}

/// Places at equal angles from the top clockwise, on a circle around (0, 0) that is so large that no box touches another.
fn around(extents: &[Extent]) -> Vec<(f64, f64)> {
    let count = extents.len();
    if count < 2 {
        return vec![(0.0, 0.0); count];
    }
    let on = |radius: f64, at: usize| {
        let angle = at as f64 * TAU / count as f64;
        (radius * angle.sin(), -radius * angle.cos())
    };
    let clear = |radius: f64, at: usize, by: usize| {
        let next = (at + by) % count;
        at == next || extents[at].clear(on(radius, at), extents[next], on(radius, next))
    };
    let mut radius = extents.iter().map(|one| one.size().1).sum::<f64>() / TAU;
    while !(0..count).all(|at| (1..=3).all(|by| clear(radius, at, by))) {
        radius = radius * 1.02 + 1.0;
    }
    (0..count).map(|at| on(radius, at)).collect()
}
