//! Time lanes: from left to right by date, a lane a type. What has no date stands at the left, in a place of its own.

use koplamp_model::Network;

use super::extent::{Extent, MARGIN};
use super::grid::by_type;

/// Space between two lanes.
const BETWEEN: f64 = 40.0;
/// Space between the undated and the dated.
const ASIDE: f64 = 120.0;
/// Of the undated: how many stand side by side at least; of many so many that the block is no higher than wide.
const COLUMNS: usize = 3;

/// The day that places a node in time: its own first day, else the first day of a link of it, in days since 1970; none when nothing is dated.
pub fn first_day(network: &Network) -> Vec<Option<i32>> {
    let mut days: Vec<Option<i32>> = vec![None; network.nodes.len()];
    for link in &network.links {
        let Some((first, _)) = link.days else { continue };
        for end in [link.source, link.target] {
            if let Some(day) = days.get_mut(end as usize) {
                *day = Some(day.map_or(first, |day| day.min(first)));
            }
        }
    }
    days.iter_mut().zip(&network.nodes).for_each(|(day, node)| *day = node.days.map(|days| days.0).or(*day));
    days
}

/// The positions; the first day is at 0.
pub(crate) fn lanes(network: &Network, extents: &[Extent]) -> Vec<(f64, f64)> {
    let days = first_day(network);
    let first = days.iter().flatten().min().copied().unwrap_or(0);
    let last = days.iter().flatten().max().copied().unwrap_or(0);
    let dated = days.iter().flatten().count() as f64;
    let widest = extents.iter().map(|one| one.size().0).fold(0.0, f64::max);
    // As wide as a window at least, and wide enough that a lane need not be many rows high.
    let wide = (dated * widest / 3.0).clamp(900.0, 12_000.0);
    let scale = wide / f64::from(last.saturating_sub(first)).max(1.0);
    let mut positions = vec![(0.0, 0.0); network.nodes.len()];
    let mut top = 0.0;
    let order = by_type(network);
    for lane in order.chunk_by(|a, b| network.nodes[*a].kind == network.nodes[*b].kind) {
        let high = lane.iter().map(|node| extents[*node].size().1).fold(0.0, f64::max);
        let above = lane.iter().map(|node| extents[*node].above).fold(0.0, f64::max);
        let mut timed: Vec<(i32, usize)> = lane.iter().filter_map(|node| Some((days[*node]?, *node))).collect();
        timed.sort_by_key(|(day, _)| *day);
        // The right end of each row: a node goes to the first row that is free where it stands.
        let mut ends: Vec<f64> = Vec::new();
        for (day, node) in timed {
            let x = f64::from(day.saturating_sub(first)) * scale;
            let row = ends.iter().position(|end| x - extents[node].half >= *end).unwrap_or(ends.len());
            let end = x + extents[node].half + MARGIN;
            match ends.get_mut(row) {
                Some(taken) => *taken = end,
                None => ends.push(end),
            }
            positions[node] = (x, top + above + row as f64 * high);
        }
        let undated: Vec<usize> = lane.iter().copied().filter(|node| days[*node].is_none()).collect();
        let square = (undated.len() as f64 * high / widest.max(1.0)).sqrt().ceil() as usize;
        let columns = COLUMNS.max(square).min(undated.len());
        for (at, node) in undated.iter().enumerate() {
            let column = columns - at % columns;
            let x = -ASIDE - widest * column as f64;
            positions[*node] = (x, top + above + (at / columns) as f64 * high);
        }
        let rows = ends.len().max(undated.len().div_ceil(columns.max(1)));
        top += rows as f64 * high + BETWEEN;
    }
    positions
}
