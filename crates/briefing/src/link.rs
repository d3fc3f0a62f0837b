//! Draws links: curve, arrow heads, words.

use koplamp_model::{Line, Scene, SceneLink};

use crate::{
    fonts::Weight,
    node::{FAINT, ground},
    palette::{INK_2, LINE_CONTROL, paint},
    pen::{Anchor, Pen, Px, Type},
};

type Point = (f64, f64);

/// From tip to base of an arrow head, in pixels.
const HEAD: f64 = 9.0;
/// Its width, to which the line's is added.
const HEAD_WIDTH: f64 = 7.0;
/// Dashes of a line that rests on no passage.
pub const DASHES: &str = "6 4";
/// Dashes of a line that is dashed, and of one that is dotted, by its style.
const LONG_DASHES: &str = "14 5";
const DOTS: &str = "2 4";
/// The words of a link.
pub const LABEL: Type = Type { anchor: Anchor::Middle, weight: Weight::Regular, size: 11.0, ink: INK_2 };

/// The curve between two of its points (0 is its beginning, 1 its end): the control points of that part, by blossoming.
fn part(link: &SceneLink, begin: f64, end: f64) -> [Point; 3] {
    let blossom = |a: f64, b: f64| {
        let (first, middle, last) = ((1.0 - a) * (1.0 - b), a * (1.0 - b) + b * (1.0 - a), a * b);
        let mix = |from: f64, control: f64, to: f64| first * from + middle * control + last * to;
        (mix(link.from.0, link.control.0, link.to.0), mix(link.from.1, link.control.1, link.to.1))
    };
    [blossom(begin, begin), blossom(begin, end), blossom(end, end)]
}

/// Where the middle of the label stands; none when there is no room for it.
pub fn label_place(link: &SceneLink) -> Option<Point> {
    let [_, _, place] = part(link, 0.0, link.label_at?);
    (!link.label.trim().is_empty()).then_some(place)
}

/// The middle of the curve.
pub fn middle(link: &SceneLink) -> Point {
    let [_, _, middle] = part(link, 0.0, 0.5);
    middle
}

/// The unit vector towards a tip along the curve, and how much of the curve lies below the head; none when the curve has no length.
fn approach(tip: Point, control: Point, far: Point) -> Option<(Point, f64)> {
    let toward = |from: Point| {
        let (x, y) = (tip.0 - from.0, tip.1 - from.1);
        let length = x.hypot(y);
        (length > 0.01).then(|| ((x / length, y / length), length))
    };
    let (direction, length) = toward(control).or_else(|| toward(far))?;
    // The speed at an end of a quadratic curve is twice the distance to its control point.
    Some((direction, ((HEAD - 1.5) / (2.0 * length)).min(0.5)))
}

fn head(pen: &mut Pen, tip: Point, (x, y): Point, width: f64, colour: &dyn std::fmt::Display) {
    let half = (HEAD_WIDTH + width) / 2.0;
    let base = (tip.0 - x * HEAD, tip.1 - y * HEAD);
    let path = format!(
        "M{} {}L{} {}L{} {}Z",
        Px(tip.0),
        Px(tip.1),
        Px(base.0 - y * half),
        Px(base.1 + x * half),
        Px(base.0 + y * half),
        Px(base.1 - x * half)
    );
    pen.leaf("path", &[("d", &path), ("fill", colour)]);
}

/// A link's curve, dashes and arrow heads; the line ends inside a head, so that the tip is sharp.
pub fn line(pen: &mut Pen, link: &SceneLink) {
    let colour = link.colour.map_or(LINE_CONTROL, paint);
    let front = link.arrow.then(|| approach(link.to, link.control, link.from)).flatten();
    let back = link.back.then(|| approach(link.from, link.control, link.to)).flatten();
    let [from, control, to] =
        part(link, back.map_or(0.0, |(_, below)| below), 1.0 - front.map_or(0.0, |(_, below)| below));
    let path = format!("M{} {}Q{} {} {} {}", Px(from.0), Px(from.1), Px(control.0), Px(control.1), Px(to.0), Px(to.1));
    let width = Px(link.width);
    let mut attributes: Vec<(&str, &dyn std::fmt::Display)> =
        vec![("d", &path), ("fill", &"none"), ("stroke", &colour), ("stroke-width", &width)];
    match (link.hypothesis, link.line) {
        (true, _) => attributes.push(("stroke-dasharray", &DASHES)),
        (false, Line::Dashed) => attributes.push(("stroke-dasharray", &LONG_DASHES)),
        (false, Line::Dotted) => attributes.push(("stroke-dasharray", &DOTS)),
        (false, Line::Solid) => {}
    }
    pen.leaf("path", &attributes);
    if let Some((direction, _)) = front {
        head(pen, link.to, direction, link.width, &colour);
    }
    if let Some((direction, _)) = back {
        head(pen, link.from, direction, link.width, &colour);
    }
}

/// Draws a link without its words.
pub fn draw(pen: &mut Pen, scene: &Scene, link: &SceneLink) {
    let ids: Vec<String> = link.ids.iter().map(ToString::to_string).collect();
    let ids = ids.join(" ");
    let end = |place: u32| {
        usize::try_from(place).ok().and_then(|place| scene.nodes.get(place)).map(|node| node.id.to_string())
    };
    let (source, target) = (end(link.source).unwrap_or_default(), end(link.target).unwrap_or_default());
    let [from, control, to] = [link.from, link.control, link.to].map(|(x, y)| format!("{} {}", Px(x), Px(y)));
    let curve = format!("{from} {control} {to}");
    let mut attributes: Vec<(&str, &dyn std::fmt::Display)> = vec![
        ("data-link", &ids),
        ("data-kind", &link.kind),
        ("data-source", &source),
        ("data-target", &target),
        ("data-curve", &curve),
    ];
    if link.dimmed {
        attributes.push(("opacity", &FAINT));
    }
    pen.open("g", &attributes);
    line(pen, link);
    pen.close("g");
}

/// The words of a link on their light ground; they stand over all lines.
pub fn label(pen: &mut Pen, link: &SceneLink) {
    let Some((x, y)) = label_place(link) else { return };
    let baseline = (x, y + LABEL.size * 0.35);
    if link.dimmed {
        pen.open("g", &[("opacity", &FAINT)]);
    }
    ground(pen, baseline, &link.label, LABEL.size);
    pen.words(baseline, LABEL, &link.label);
    if link.dimmed {
        pen.close("g");
    }
}
