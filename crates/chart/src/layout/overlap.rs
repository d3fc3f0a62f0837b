//! Overlap removal: the boxes of nodes and their labels are pushed apart until none overlaps another.
//!
//! First the whole is made a little larger when much of it overlaps, which keeps its shape; then overlapping pairs are pushed apart the
//! shorter way for boxes of their shape, again and again; what still overlaps goes to a free place near by. The result is certain, but for boxes that may not move.

use std::collections::HashMap;

use super::extent::{Extent, MARGIN};

/// Which ways nodes may be pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axes {
    /// Across and down.
    Both,
    /// Across only: the layers of a hierarchy stay.
    Horizontal,
    /// Down only: places in time stay.
    Vertical,
}

/// Rounds of pushing before the rest is put in free places.
const ROUNDS: usize = 150;
/// The whole is made at most so much larger.
const LARGEST: f64 = 4.0;

/// Pushes nodes apart until no box overlaps another. `mobility` says how readily each gives way, 0 never; it and the boxes are parallel to the
/// positions. Two boxes that both never give way may keep overlapping.
pub fn remove_overlaps(positions: &mut [(f64, f64)], extents: &[Extent], mobility: &[f64], axes: Axes) {
    let extents: Vec<Extent> = extents.iter().map(|one| one.sane()).collect();
    if positions.len() < 2 || extents.len() != positions.len() || mobility.len() != positions.len() {
        return;
    }
    for at in positions.iter_mut() {
        // Neither a NaN nor a place beyond the reach of the numbers can be pushed away from.
        let sane = |value: f64| if value.is_finite() { value.clamp(-1e9, 1e9) } else { 0.0 };
        *at = (sane(at.0), sane(at.1));
    }
    if axes == Axes::Both && mobility.iter().all(|free| *free == 1.0) {
        enlarge(positions, &extents);
    }
    // In a large network pushing ends late, and what it gains is not seen.
    let rounds = if positions.len() > 2_000 { ROUNDS / 3 } else { ROUNDS };
    for _ in 0..rounds {
        if !push(positions, &extents, mobility, axes) {
            return;
        }
    }
    place_the_rest(positions, &extents, mobility, axes);
}

/// Makes the whole larger as long as more than a third of the nodes overlap another.
fn enlarge(positions: &mut [(f64, f64)], extents: &[Extent]) {
    let mut scale = 1.0;
    while scale < LARGEST {
        let cells = Cells::new(positions, extents);
        let crowded =
            (0..positions.len()).filter(|node| cells.hit(*node, positions[*node], positions, extents)).count();
        if crowded * 3 < positions.len() {
            return;
        }
        scale *= 1.08;
        positions.iter_mut().for_each(|at| *at = (at.0 * 1.08, at.1 * 1.08));
    }
}

/// One round; whether anything overlapped.
fn push(positions: &mut [(f64, f64)], extents: &[Extent], mobility: &[f64], axes: Axes) -> bool {
    let cells = Cells::new(positions, extents);
    let mut moved = false;
    for node in 0..positions.len() {
        for other in cells.near(positions[node], extents[node]) {
            let free = mobility[node] + mobility[other];
            if other <= node || free <= 0.0 {
                continue;
            }
            let (at, there) = (positions[node], positions[other]);
            if extents[node].clear(at, extents[other], there) {
                continue;
            }
            moved = true;
            let (across, down) = extents[node].overlap(at, extents[other], there);
            // A hair more than is missing, or rounding would leave it overlapping.
            let (across, down) = (across + MARGIN + 1e-6, down + MARGIN + 1e-6);
            let sideways = match axes {
                // By how much of their boxes they overlap: boxes are wide, and the shorter way would always be down.
                Axes::Both => {
                    across * (extents[node].size().1 + extents[other].size().1)
                        <= down * (extents[node].size().0 + extents[other].size().0)
                }
                Axes::Horizontal => true,
                Axes::Vertical => false,
            };
            let middle = |node: usize, at: (f64, f64)| at.1 + (extents[node].below - extents[node].above) / 2.0;
            let to_lower = if sideways { at.0 <= there.0 } else { middle(node, at) <= middle(other, there) };
            let sign = if to_lower { -1.0 } else { 1.0 };
            let by = if sideways { (sign * across, 0.0) } else { (0.0, sign * down) };
            let share = mobility[node] / free;
            positions[node] = (at.0 + by.0 * share, at.1 + by.1 * share);
            positions[other] = (there.0 - by.0 * (1.0 - share), there.1 - by.1 * (1.0 - share));
        }
    }
    moved
}

/// Puts every node that still overlaps another in the nearest place that is free; each such move leaves one less, so that it ends.
fn place_the_rest(positions: &mut [(f64, f64)], extents: &[Extent], mobility: &[f64], axes: Axes) {
    let mut cells = Cells::new(positions, extents);
    for node in 0..positions.len() {
        let from = positions[node];
        if mobility[node] <= 0.0 || !cells.hit(node, from, positions, extents) {
            continue;
        }
        let stride = (extents[node].size().0.min(extents[node].size().1) / 2.0).max(4.0);
        let free = (1..).flat_map(|ring| around(ring, axes)).find_map(|(x, y)| {
            let at = (from.0 + x * stride, from.1 + y * stride);
            (!cells.hit(node, at, positions, extents)).then_some(at)
        });
        if let Some(at) = free {
            cells.shift(node, from, at);
            positions[node] = at;
        }
    }
}

/// Places on a square ring, in strides. Rings are ever farther apart and have at most 68 places: near by the nearest free place is found, and
/// out of a large crowd the way is short.
fn around(ring: i32, axes: Axes) -> Vec<(f64, f64)> {
    let away = f64::from(ring) * (1.0 + f64::from(ring) / 10.0);
    match axes {
        Axes::Horizontal => vec![(away, 0.0), (-away, 0.0)],
        Axes::Vertical => vec![(0.0, away), (0.0, -away)],
        Axes::Both => {
            let steps = ring.min(8);
            let along = (-steps..=steps).map(|at| away * f64::from(at) / f64::from(steps));
            along.flat_map(|at| [(at, away), (at, -away), (away, at), (-away, at)]).collect()
        }
    }
}

/// Nodes by the square of the plane that they stand in.
struct Cells {
    side: (f64, f64),
    largest: Extent,
    nodes: HashMap<(i64, i64), Vec<u32>>,
}

impl Cells {
    fn new(positions: &[(f64, f64)], extents: &[Extent]) -> Self {
        let largest = extents.iter().fold(Extent { half: 1.0, above: 1.0, below: 1.0 }, |most, one| Extent {
            half: most.half.max(one.half),
            above: most.above.max(one.above),
            below: most.below.max(one.below),
        });
        let mut cells = Self { side: largest.size(), largest, nodes: HashMap::new() };
        for (node, at) in positions.iter().enumerate() {
            cells.nodes.entry(cells.cell(*at)).or_default().push(node as u32);
        }
        cells
    }

    fn cell(&self, at: (f64, f64)) -> (i64, i64) {
        ((at.0 / self.side.0).floor() as i64, (at.1 / self.side.1).floor() as i64)
    }

    /// The nodes whose boxes may overlap this one, in a fixed order.
    fn near(&self, at: (f64, f64), extent: Extent) -> impl Iterator<Item = usize> + use<> {
        let reach = (extent.half + self.largest.half + MARGIN, MARGIN);
        let (low, high) = (
            self.cell((at.0 - reach.0, at.1 - extent.above - self.largest.below - reach.1)),
            self.cell((at.0 + reach.0, at.1 + extent.below + self.largest.above + reach.1)),
        );
        let mut found: Vec<u32> = (low.0..=high.0)
            .flat_map(|x| (low.1..=high.1).map(move |y| (x, y)))
            .filter_map(|cell| self.nodes.get(&cell))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.into_iter().map(|node| node as usize)
    }

    fn hit(&self, node: usize, at: (f64, f64), positions: &[(f64, f64)], extents: &[Extent]) -> bool {
        self.near(at, extents[node])
            .any(|other| other != node && !extents[node].clear(at, extents[other], positions[other]))
    }

    fn shift(&mut self, node: usize, from: (f64, f64), to: (f64, f64)) {
        let (from, to) = (self.cell(from), self.cell(to));
        if let Some(nodes) = self.nodes.get_mut(&from) {
            nodes.retain(|other| *other as usize != node);
        }
        self.nodes.entry(to).or_default().push(node as u32);
    }
}
