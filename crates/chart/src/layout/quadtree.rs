//! The far look the same from a distance: a quadtree in which a whole corner counts as one body (Barnes and Hut, Nature 324, 1986).
//!
//! The cells lie in one array in the order of a walk through the tree, each with the place of what comes after it: reading the tree is
//! one loop without a stack.

/// Points in a cell that is not divided further.
const LEAF: usize = 6;
/// Depth at which points that all but coincide are left together.
const DEEPEST: u32 = 40;

/// A quadtree over points of equal mass.
#[derive(Debug, Default)]
pub(crate) struct Quadtree {
    cells: Vec<Cell>,
    /// The points in the order of the tree: who is near lies near.
    points: Vec<(f64, f64)>,
    /// Which point each of them is.
    order: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Centre of mass.
    x: f64,
    y: f64,
    mass: f64,
    /// Square of its longer side.
    side: f64,
    /// The cell after everything below this one.
    after: u32,
    first: u32,
    last: u32,
    leaf: bool,
}

impl Quadtree {
    /// Builds the tree anew; keeps its memory.
    pub(crate) fn build(&mut self, points: &[(f64, f64)]) {
        self.cells.clear();
        self.order.clear();
        self.order.extend(0..points.len() as u32);
        let mut order = std::mem::take(&mut self.order);
        if let Some(square) = square_of(points) {
            self.divide(points, &mut order, 0, square, 0);
        }
        self.points.clear();
        self.points.extend(order.iter().map(|point| points[*point as usize]));
        self.order = order;
    }

    /// The points in the order of the tree.
    pub(crate) fn order(&self) -> &[u32] {
        &self.order
    }

    fn divide(
        &mut self,
        points: &[(f64, f64)],
        order: &mut [u32],
        first: usize,
        (x, y, side): (f64, f64, f64),
        depth: u32,
    ) {
        let at = self.cells.len();
        let leaf = order.len() <= LEAF || depth == DEEPEST;
        let mut sum = (0.0, 0.0);
        if leaf {
            for point in order.iter() {
                sum = (sum.0 + points[*point as usize].0, sum.1 + points[*point as usize].1);
            }
        }
        let mass = order.len() as f64;
        self.cells.push(Cell {
            x: sum.0 / mass,
            y: sum.1 / mass,
            mass,
            side: side * side,
            after: 0,
            first: first as u32,
            last: (first + order.len()) as u32,
            leaf,
        });
        if !leaf {
            let half = side / 2.0;
            let (middle, centre) = (x + half, y + half);
            let (upper, lower) = split(order, |point| points[point as usize].1 < centre);
            let (upper_left, upper_right) = split(upper, |point| points[point as usize].0 < middle);
            let (lower_left, lower_right) = split(lower, |point| points[point as usize].0 < middle);
            let corners = [(x, y), (middle, y), (x, centre), (middle, centre)];
            let mut first = first;
            for (part, (x, y)) in [upper_left, upper_right, lower_left, lower_right].into_iter().zip(corners) {
                if part.is_empty() {
                    continue;
                }
                let (child, size) = (self.cells.len(), part.len());
                self.divide(points, part, first, (x, y, half), depth + 1);
                first += size;
                let child = self.cells[child];
                sum = (sum.0 + child.x * child.mass, sum.1 + child.y * child.mass);
            }
            self.cells[at].x = sum.0 / mass;
            self.cells[at].y = sum.1 / mass;
        }
        self.cells[at].after = self.cells.len() as u32;
    }

    /// The sum over all points `p` of `(at - p) / |at - p|³`: the push of every point falls with the square of its distance. A cell counts as one body when
    /// the square of its side is less than `opening` times the square of its distance. Points in the same place, and the point itself, count nothing.
    pub(crate) fn push(&self, at: (f64, f64), opening: f64) -> (f64, f64) {
        let mut push = (0.0, 0.0);
        let mut next = 0;
        while let Some(cell) = self.cells.get(next) {
            let (dx, dy) = (at.0 - cell.x, at.1 - cell.y);
            let distance = dx * dx + dy * dy;
            if cell.side < opening * distance {
                let share = cell.mass / (distance * distance.sqrt());
                push = (push.0 + dx * share, push.1 + dy * share);
                next = cell.after as usize;
            } else if cell.leaf {
                for point in &self.points[cell.first as usize..cell.last as usize] {
                    let (dx, dy) = (at.0 - point.0, at.1 - point.1);
                    let distance = dx * dx + dy * dy;
                    if distance > 0.0 {
                        // Nearer than a pixel counts as a pixel: a near miss is no explosion.
                        let distance = distance.max(1.0);
                        let share = 1.0 / (distance * distance.sqrt());
                        push = (push.0 + dx * share, push.1 + dy * share);
                    }
                }
                next = cell.after as usize;
            } else {
                next += 1;
            }
        }
        push
    }
}

/// Left, top and side of the square around points.
fn square_of(points: &[(f64, f64)]) -> Option<(f64, f64, f64)> {
    let first = *points.first()?;
    let (mut low, mut high) = (first, first);
    for point in points {
        low = (low.0.min(point.0), low.1.min(point.1));
        high = (high.0.max(point.0), high.1.max(point.1));
    }
    Some((low.0, low.1, (high.0 - low.0).max(high.1 - low.1).max(1e-6) * (1.0 + 1e-9)))
}

/// Puts those that fit first.
fn split(order: &mut [u32], fits: impl Fn(u32) -> bool) -> (&mut [u32], &mut [u32]) {
    let mut fitting = 0;
    for at in 0..order.len() {
        if fits(order[at]) {
            order.swap(fitting, at);
            fitting += 1;
        }
    }
    order.split_at_mut(fitting)
}

#[cfg(test)]
mod tests {
    use super::super::noise::jitter;
    use super::*;

    #[test]
    fn the_push_is_near_the_sum_over_all_points() {
        for seed in [1, 2, 3] {
            let points: Vec<(f64, f64)> =
                (0..800).map(|at| jitter(seed, at)).map(|(x, y)| (x * 900.0, y * y * 700.0)).collect();
            let mut tree = Quadtree::default();
            tree.build(&points);
            let (mut wrong, mut all) = (0.0, 0.0);
            for at in &points {
                let exact = points.iter().filter(|other| *other != at).fold((0.0, 0.0), |sum, other| {
                    let (dx, dy) = (at.0 - other.0, at.1 - other.1);
                    let distance = (dx * dx + dy * dy).max(1.0);
                    (sum.0 + dx / distance.powf(1.5), sum.1 + dy / distance.powf(1.5))
                });
                let near = tree.push(*at, 0.64);
                wrong += (near.0 - exact.0).hypot(near.1 - exact.1);
                all += exact.0.hypot(exact.1);
                let open = tree.push(*at, 0.0);
                assert!((open.0 - exact.0).abs() < 1e-9 && (open.1 - exact.1).abs() < 1e-9, "seed {seed}");
            }
            assert!(wrong / all < 0.02, "seed {seed}: off by {}", wrong / all);
        }
    }

    #[test]
    fn points_in_one_place_end() {
        let mut tree = Quadtree::default();
        tree.build(&[(5.0, 5.0); 100]);
        assert_eq!(tree.push((5.0, 5.0), 0.64), (0.0, 0.0));
        assert_eq!(tree.order().len(), 100);
    }
}
