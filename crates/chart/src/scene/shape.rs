//! Outlines of nodes: where a line from the centre meets the edge.
//!
//! The corners lie on the circle of the radius: of a square at 45 degrees, of a diamond and a hexagon the first to the right, of a triangle
//! one at the top, of an octagon at 22.5 degrees.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, FRAC_PI_8, PI};

use koplamp_model::Shape;

/// How far the edge is from the centre, in the direction of a vector that is not (0, 0).
pub fn reach(shape: Shape, radius: f64, towards: (f64, f64)) -> f64 {
    let (corners, first) = match shape {
        Shape::Circle => return radius,
        Shape::Square => (4.0, FRAC_PI_4),
        Shape::Diamond => (4.0, 0.0),
        Shape::Hexagon => (6.0, 0.0),
        Shape::Triangle => (3.0, -FRAC_PI_2),
        Shape::Octagon => (8.0, FRAC_PI_8),
    };
    let half = PI / corners;
    let within = (towards.1.atan2(towards.0) - first).rem_euclid(2.0 * half) - half;
    radius * half.cos() / within.cos()
}

/// How far outside of the edge a place is, measured from the centre: negative inside, 0 on the edge.
pub(crate) fn outside(shape: Shape, radius: f64, centre: (f64, f64), at: (f64, f64)) -> f64 {
    let (dx, dy) = (at.0 - centre.0, at.1 - centre.1);
    let distance = dx.hypot(dy);
    if distance == 0.0 { -radius } else { distance - reach(shape, radius, (dx, dy)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_where_geometry_has_them() {
        let half = 2.0_f64.sqrt() / 2.0;
        for (shape, towards, expected) in [
            (Shape::Circle, (3.0, 4.0), 1.0),
            (Shape::Square, (1.0, 0.0), half),
            (Shape::Square, (-2.0, 2.0), 1.0),
            (Shape::Diamond, (1.0, 0.0), 1.0),
            (Shape::Diamond, (1.0, 1.0), half),
            (Shape::Hexagon, (-1.0, 0.0), 1.0),
            (Shape::Hexagon, (0.0, 1.0), 3.0_f64.sqrt() / 2.0),
            (Shape::Triangle, (0.0, -1.0), 1.0),
            (Shape::Triangle, (0.0, 1.0), 0.5),
            (Shape::Octagon, (1.0, 0.0), FRAC_PI_8.cos()),
        ] {
            assert!((reach(shape, 10.0, towards) - 10.0 * expected).abs() < 1e-9, "{shape:?} {towards:?}");
        }
    }
}
