//! Curves of links: from centre to centre, then cut where they leave the one shape and meet the other.
//!
//! Curves between the same two centres that bend more and less to one side meet only in the centres, and parts of them do not meet at all:
//! that is why a fan does not cross.

use koplamp_model::Shape;

use super::shape::{outside, reach};

/// A place, in pixels.
pub(crate) type Point = (f64, f64);

/// An end of a link.
#[derive(Debug, Clone, Copy)]
pub(crate) struct End {
    pub at: Point,
    pub shape: Shape,
    pub radius: f64,
}

/// Where a quadratic curve is at `t`, 0 to 1.
pub(crate) fn along((from, control, to): (Point, Point, Point), t: f64) -> Point {
    let s = 1.0 - t;
    let part = |a: f64, b: f64, c: f64| s * s * a + 2.0 * s * t * b + t * t * c;
    (part(from.0, control.0, to.0), part(from.1, control.1, to.1))
}

/// The curve from node to node whose middle is `bend` beside the straight line; to the right of who goes from source to target when positive.
pub(crate) fn between(source: End, target: End, bend: f64) -> (Point, Point, Point) {
    let (a, b) = (source.at, target.at);
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx.hypot(dy);
    let middle = ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
    if length < 1e-9 {
        return (a, middle, b);
    }
    let (ux, uy) = (dx / length, dy / length);
    if bend == 0.0 {
        let begin = reach(source.shape, source.radius, (ux, uy));
        let end = length - reach(target.shape, target.radius, (-ux, -uy));
        if begin >= end {
            // The shapes overlap: nothing of the link is between them.
            return (middle, middle, middle);
        }
        let on = |far: f64| (a.0 + ux * far, a.1 + uy * far);
        return (on(begin), on((begin + end) / 2.0), on(end));
    }
    let whole = (a, (middle.0 - uy * 2.0 * bend, middle.1 + ux * 2.0 * bend), b);
    let beyond = |end: End| move |t: f64| outside(end.shape, end.radius, end.at, along(whole, t));
    let (leaves, meets) = (crossing(beyond(source), 0.0, 0.5), crossing(beyond(target), 1.0, 0.5));
    match leaves.zip(meets) {
        Some((leaves, meets)) => part(whole, leaves, meets),
        None => {
            let middle = along(whole, 0.5);
            (middle, middle, middle)
        }
    }
}

/// A loop at the upper left of a node; the next ones are around it.
pub(crate) fn around(node: End, which: usize) -> (Point, Point, Point) {
    let towards = |angle: f64| {
        let direction = (angle.to_radians().cos(), angle.to_radians().sin());
        let far = reach(node.shape, node.radius, direction);
        (node.at.0 + direction.0 * far, node.at.1 + direction.1 * far)
    };
    let far = node.radius * 5.0 + 28.0 * which as f64;
    let middle = (-120.0_f64).to_radians();
    (towards(-160.0), (node.at.0 + middle.cos() * far, node.at.1 + middle.sin() * far), towards(-80.0))
}

/// Where `beyond` goes through 0 between `inside`, where it is negative, and `outside`; none when it is negative there too.
fn crossing(beyond: impl Fn(f64) -> f64, inside: f64, outside: f64) -> Option<f64> {
    let (mut low, mut high) = ((inside, beyond(inside)), (outside, beyond(outside)));
    if high.1 <= 0.0 {
        return None;
    }
    // Regula falsi in the Illinois form (Dowell and Jarratt 1971): keeps the crossing between two places, and needs few steps.
    let mut before = 0;
    for _ in 0..60 {
        let at = (low.0 * high.1 - high.0 * low.1) / (high.1 - low.1);
        let value = beyond(at);
        if value.abs() < 1e-9 {
            return Some(at);
        }
        if value > 0.0 {
            high = (at, value);
            low.1 *= if before == 1 { 0.5 } else { 1.0 };
            before = 1;
        } else {
            low = (at, value);
            high.1 *= if before == -1 { 0.5 } else { 1.0 };
            before = -1;
        }
    }
    Some(high.0)
}

/// The part of a curve between two of its places (de Casteljau's blossom).
fn part(curve: (Point, Point, Point), first: f64, last: f64) -> (Point, Point, Point) {
    let mix = |a: f64, b: f64, c: f64| {
        (1.0 - first) * (1.0 - last) * a + ((1.0 - first) * last + first * (1.0 - last)) * b + first * last * c
    };
    let control = (mix(curve.0.0, curve.1.0, curve.2.0), mix(curve.0.1, curve.1.1, curve.2.1));
    (along(curve, first), control, along(curve, last))
}

/// Left, top, right, bottom of a curve.
pub(crate) fn extremes(curve: (Point, Point, Point)) -> (f64, f64, f64, f64) {
    let turn = |a: f64, b: f64, c: f64| {
        let bottom = a - 2.0 * b + c;
        let t = if bottom == 0.0 { 0.0 } else { ((a - b) / bottom).clamp(0.0, 1.0) };
        (1.0 - t) * (1.0 - t) * a + 2.0 * (1.0 - t) * t * b + t * t * c
    };
    let (x, y) = (turn(curve.0.0, curve.1.0, curve.2.0), turn(curve.0.1, curve.1.1, curve.2.1));
    let (from, to) = (curve.0, curve.2);
    (from.0.min(to.0).min(x), from.1.min(to.1).min(y), from.0.max(to.0).max(x), from.1.max(to.1).max(y))
}
