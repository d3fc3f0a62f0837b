//! Overlap removal: the boxes of nodes and their labels are pushed apart until none overlaps another.
//!
//! First the whole is made a little larger when much of it overlaps, which keeps its shape; then overlapping pairs are pushed apart the
//! shorter way for boxes of their shape, again and again; what still overlaps goes to a free place near by. The result is certain, but for
//! boxes that may not move. Pushing has a budget that follows from the number of boxes, so that the time does, too.

use super::cells::Cells;
use super::extent::{Extent, MARGIN};
use super::{LayoutError, go_on};

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
/// How often one box may be held against another while pushing: so often in any case, and so often for each box. In a large network pushing ends
/// late, and what it gains is not seen.
const LOOKS: usize = 2_000_000;
const LOOKS_EACH: usize = 500;
/// The whole is made at most so much larger.
const LARGEST: f64 = 8.0;
/// Shares of the time until enlarging and pushing are over.
const ENLARGED: f64 = 0.1;
const PUSHED: f64 = 0.6;

/// Boxes to move apart, all lists parallel.
struct Boxes<'a> {
    positions: &'a mut [(f64, f64)],
    extents: Vec<Extent>,
    mobility: &'a [f64],
    axes: Axes,
}

/// Pushes nodes apart until no box overlaps another. `mobility` says how readily each gives way, 0 never; it and the boxes are parallel to the
/// positions. Two boxes that both never give way may keep overlapping. `watch` is told the share that is done, 0 to 1, and says whether to
/// go on.
///
/// # Errors
/// [`LayoutError::Stopped`] when the watch said stop; the positions are then somewhere between.
pub fn remove_overlaps(
    positions: &mut [(f64, f64)],
    extents: &[Extent],
    mobility: &[f64],
    axes: Axes,
    watch: &dyn Fn(f64) -> bool,
) -> Result<(), LayoutError> {
    if positions.len() < 2 || extents.len() != positions.len() || mobility.len() != positions.len() {
        return Ok(());
    }
    for at in positions.iter_mut() {
        // Neither a NaN nor a place beyond the reach of the numbers can be pushed away from.
        let sane = |value: f64| if value.is_finite() { value.clamp(-1e9, 1e9) } else { 0.0 };
        *at = (sane(at.0), sane(at.1));
    }
    let extents = extents.iter().map(|one| one.sane()).collect();
    let mut boxes = Boxes { positions, extents, mobility, axes };
    if axes == Axes::Both && mobility.iter().all(|free| *free == 1.0) {
        boxes.enlarge(watch)?;
    }
    let mut looks = LOOKS + LOOKS_EACH * boxes.positions.len();
    for round in 0..ROUNDS {
        go_on(watch, ENLARGED + (PUSHED - ENLARGED) * round as f64 / ROUNDS as f64)?;
        match boxes.push(&mut looks) {
            Pushed::Nothing => return Ok(()),
            Pushed::Some => {}
            Pushed::Enough => break,
        }
    }
    boxes.place_the_rest(watch)
}

/// What a round of pushing came to.
enum Pushed {
    /// Nothing overlaps.
    Nothing,
    /// Something overlapped.
    Some,
    /// The budget is spent.
    Enough,
}

impl Boxes<'_> {
    fn cells(&self) -> Cells {
        Cells::new(self.positions, &self.extents)
    }

    /// Whether a box would overlap another if it stood there.
    fn hit(&self, cells: &Cells, node: usize, at: (f64, f64)) -> bool {
        let own = self.extents[node];
        cells.near(at, own).any(|other| other != node && !own.clear(at, self.extents[other], self.positions[other]))
    }

    /// Makes the whole larger as long as more than a third of the nodes overlap another.
    fn enlarge(&mut self, watch: &dyn Fn(f64) -> bool) -> Result<(), LayoutError> {
        let mut scale: f64 = 1.0;
        while scale < LARGEST {
            go_on(watch, ENLARGED * scale.ln() / LARGEST.ln())?;
            let cells = self.cells();
            let nodes = 0..self.positions.len();
            let crowded = nodes.filter(|node| self.hit(&cells, *node, self.positions[*node])).count();
            if crowded * 3 < self.positions.len() {
                break;
            }
            scale *= 1.08;
            self.positions.iter_mut().for_each(|at| *at = (at.0 * 1.08, at.1 * 1.08));
        }
        Ok(())
    }

    /// One round.
    fn push(&mut self, looks: &mut usize) -> Pushed {
        let cells = self.cells();
        let mut moved = false;
        for node in 0..self.positions.len() {
            for other in cells.near(self.positions[node], self.extents[node]) {
                if other > node {
                    if *looks == 0 {
                        return Pushed::Enough;
                    }
                    *looks -= 1;
                    moved |= self.part(node, other);
                }
            }
        }
        if moved { Pushed::Some } else { Pushed::Nothing }
    }

    /// Pushes two boxes apart; whether they overlapped.
    fn part(&mut self, node: usize, other: usize) -> bool {
        let (at, there) = (self.positions[node], self.positions[other]);
        let (own, its) = (self.extents[node], self.extents[other]);
        let free = self.mobility[node] + self.mobility[other];
        if free <= 0.0 || own.clear(at, its, there) {
            return false;
        }
        let (across, down) = own.overlap(at, its, there);
        // A hair more than is missing, or rounding would leave it overlapping.
        let (across, down) = (across + MARGIN + 1e-6, down + MARGIN + 1e-6);
        let sideways = match self.axes {
            // By how much of their boxes they overlap: boxes are wide, and the shorter way would always be down.
            Axes::Both => across * (own.size().1 + its.size().1) <= down * (own.size().0 + its.size().0),
            Axes::Horizontal => true,
            Axes::Vertical => false,
        };
        let middle = |extent: Extent, at: (f64, f64)| at.1 + (extent.below - extent.above) / 2.0;
        let to_lower = if sideways { at.0 <= there.0 } else { middle(own, at) <= middle(its, there) };
        let sign = if to_lower { -1.0 } else { 1.0 };
        let by = if sideways { (sign * across, 0.0) } else { (0.0, sign * down) };
        let share = self.mobility[node] / free;
        self.positions[node] = (at.0 + by.0 * share, at.1 + by.1 * share);
        self.positions[other] = (there.0 - by.0 * (1.0 - share), there.1 - by.1 * (1.0 - share));
        true
    }

    /// Puts every node that still overlaps another in the nearest place that is free; each such move leaves one less, so that it ends.
    fn place_the_rest(&mut self, watch: &dyn Fn(f64) -> bool) -> Result<(), LayoutError> {
        let mut cells = self.cells();
        let count = self.positions.len();
        for node in 0..count {
            if node % 32 == 0 {
                go_on(watch, PUSHED + (1.0 - PUSHED) * node as f64 / count as f64)?;
            }
            let (from, own) = (self.positions[node], self.extents[node]);
            if self.mobility[node] <= 0.0 || !self.hit(&cells, node, from) {
                continue;
            }
            let stride = (own.size().0.min(own.size().1) / 2.0).max(4.0);
            let free = (1..).flat_map(|ring| around(ring, self.axes)).find_map(|(x, y)| {
                let at = (from.0 + x * stride, from.1 + y * stride);
                (!self.hit(&cells, node, at)).then_some(at)
            });
            if let Some(at) = free {
                cells.take_out(node, from, own);
                cells.put_in(node, at, own);
                self.positions[node] = at;
            }
        }
        Ok(())
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
