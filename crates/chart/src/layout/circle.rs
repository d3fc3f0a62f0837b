//! Circles: all entities on one by type and name, or a circle a type.

use std::f64::consts::TAU;

use koplamp_model::Network;

use super::extent::{Extent, MARGIN};
use super::grid::by_type;
use super::pack::{Parcel, pack};

/// Up to so many stand on one circle; more stand on several, one within the other, or the picture would be a hair-thin ring.
const ON_ONE: usize = 150;

/// All on one circle, types side by side, clockwise from the top; of many, each type is a sector.
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
    if count > ON_ONE {
        return within_each_other(extents);
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

/// Places on circles within each other, from the inside to the outside, then on clockwise from the top. The hole in the middle is half as wide as the
/// whole. Each is so far from all others that boxes as wide as the widest and as high as the highest would not touch.
fn within_each_other(extents: &[Extent]) -> Vec<(f64, f64)> {
    let most = |of: fn(&Extent) -> f64| extents.iter().map(of).fold(0.0, f64::max);
    let apart = (2.0 * most(|one| one.half) + MARGIN).hypot(most(|one| one.above) + most(|one| one.below) + MARGIN);
    let circles = (extents.len() as f64 / TAU).sqrt().ceil() as usize;
    let steps = extents.len().div_ceil(circles);
    // Half a step's chord is half of what lies between two on the innermost circle.
    let inner = apart / 2.0 / (TAU / 2.0 / steps as f64).sin();
    let place = |at: usize| {
        let angle = (at / circles) as f64 * TAU / steps as f64;
        let radius = inner + (at % circles) as f64 * apart;
        (radius * angle.sin(), -radius * angle.cos())
    };
    (0..extents.len()).map(place).collect()
}
