//! Components side by side: the largest first, each as high up as it fits, single nodes in a grid of their own.

use super::extent::{Extent, bounds};

/// Space between two components, and beside what has its place already.
const GAP: f64 = 50.0;
/// How much wider than high the whole is meant to be: a window's shape.
const ASPECT: f64 = 1.5;

/// A component with places of its own.
#[derive(Debug)]
pub(crate) struct Parcel<'a> {
    pub nodes: &'a [u32],
    pub positions: Vec<(f64, f64)>,
    pub extents: Vec<Extent>,
}

/// Writes the parcels' places into `positions`: around (0, 0), or to the right of what is there already.
pub(crate) fn pack(parcels: Vec<Parcel>, around: Option<(f64, f64, f64, f64)>, positions: &mut [(f64, f64)]) {
    let (singles, mut parcels): (Vec<Parcel>, Vec<Parcel>) = parcels.into_iter().partition(|one| one.nodes.len() == 1);
    // The singles stand in rows as wide as the largest component, so that they read as a list below it.
    let widest = parcels.iter().map(|one| size(one).0).fold(0.0, f64::max);
    let nodes: Vec<u32> = singles.iter().flat_map(|one| one.nodes).copied().collect();
    let extents: Vec<Extent> = singles.iter().flat_map(|one| &one.extents).copied().collect();
    if !nodes.is_empty() {
        let places = rows(&extents, widest);
        parcels.push(Parcel { nodes: &nodes, positions: places, extents });
    }
    let sizes: Vec<(f64, f64)> = parcels.iter().map(size).collect();
    let corners = corners(&sizes);
    let right = corners.iter().zip(&sizes).map(|(at, size)| at.0 + size.0).fold(0.0, f64::max);
    let bottom = corners.iter().zip(&sizes).map(|(at, size)| at.1 + size.1).fold(0.0, f64::max);
    let origin = around.map_or((-right / 2.0, -bottom / 2.0), |(_, top, right, _)| (right + GAP, top));
    for (parcel, corner) in parcels.iter().zip(corners) {
        let Some((left, top, ..)) = bounds(&parcel.positions, &parcel.extents) else { continue };
        for (node, at) in parcel.nodes.iter().zip(&parcel.positions) {
            positions[*node as usize] = (origin.0 + corner.0 + at.0 - left, origin.1 + corner.1 + at.1 - top);
        }
    }
}

fn size(parcel: &Parcel) -> (f64, f64) {
    bounds(&parcel.positions, &parcel.extents)
        .map_or((GAP, GAP), |(left, top, right, bottom)| (right - left + GAP, bottom - top + GAP))
}

/// A grid of equal cells, at most `wide`, and at least as wide as a window's shape asks for.
pub(crate) fn rows(extents: &[Extent], wide: f64) -> Vec<(f64, f64)> {
    let cell =
        extents.iter().fold((0.0_f64, 0.0_f64), |cell, one| (cell.0.max(one.size().0), cell.1.max(one.size().1)));
    let square = (extents.len() as f64 * cell.1 * ASPECT / cell.0.max(1.0)).sqrt().ceil();
    let columns = (wide / cell.0.max(1.0)).floor().max(square).max(1.0) as usize;
    (0..extents.len()).map(|at| ((at % columns) as f64 * cell.0, (at / columns) as f64 * cell.1)).collect()
}

/// Upper left corners for rectangles in this order, by the skyline: each goes where its top is highest, then to the left.
fn corners(sizes: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let area: f64 = sizes.iter().map(|size| size.0 * size.1).sum();
    let widest = sizes.iter().map(|size| size.0).fold(0.0, f64::max);
    let wide = widest.max((area * ASPECT * 1.1).sqrt());
    // Stretches of the skyline: where each begins, and how far down it is filled. The last one ends at `wide`.
    let mut skyline = vec![(0.0, 0.0)];
    let mut corners = Vec::with_capacity(sizes.len());
    for size in sizes {
        let mut best: Option<(f64, f64)> = None;
        for (at, &(left, _)) in skyline.iter().enumerate() {
            if left + size.0 > wide + 1e-6 {
                continue;
            }
            let under = skyline.iter().skip(at).take_while(|stretch| stretch.0 < left + size.0 - 1e-6);
            let top = under.map(|stretch| stretch.1).fold(0.0, f64::max);
            if best.is_none_or(|best| top < best.1) {
                best = Some((left, top));
            }
        }
        let (left, top) = best.unwrap_or((0.0, 0.0));
        let right = left + size.0;
        let behind = skyline.iter().rev().find(|stretch| stretch.0 <= right + 1e-6).map_or(0.0, |stretch| stretch.1);
        skyline.retain(|stretch| stretch.0 < left - 1e-6 || stretch.0 > right + 1e-6);
        skyline.push((left, top + size.1));
        if right < wide - 1e-6 {
            skyline.push((right, behind));
        }
        skyline.sort_by(|a, b| a.0.total_cmp(&b.0));
        corners.push((left, top));
    }
    corners
}
