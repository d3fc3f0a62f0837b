//! Draws nodes: shape, icon, label, and the numbers at its edge.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use koplamp_model::{DocumentId, SceneNode, Shape};

use crate::{
    fonts::Weight,
    icon,
    palette::{Colour, INK, INK_2, LINE_CONTROL, SURFACE, category, paint},
    pen::{Anchor, LEADING, Pen, Px, TEXT, Type},
};

/// Width of the border in pixels.
pub const BORDER: f64 = 1.5;
/// Part of the usual strength of what is set back.
pub const FAINT: f64 = 0.25;
/// Dashes of the border of what rests on no passage.
pub const DASHES: &str = "4 3";

/// Part of the room within a node that its photo takes.
const PHOTO: f64 = 0.94;

const BADGE: f64 = 14.0;

/// The label of a node.
pub const LABEL: Type = Type { anchor: Anchor::Middle, weight: Weight::Regular, size: TEXT, ink: INK };
/// A line of attributes.
pub const ATTRIBUTE: Type = Type { anchor: Anchor::Middle, weight: Weight::Regular, size: 11.0, ink: INK_2 };
const NUMBER: Type = Type { anchor: Anchor::Middle, weight: Weight::SemiBold, size: 10.0, ink: INK };

/// The corners of a shape around `x`, `y`, each `radius` away; none for a circle.
pub fn corners(shape: Shape, (x, y): (f64, f64), radius: f64) -> Vec<(f64, f64)> {
    // The number of corners, and the direction of the first, in degrees from the right, clockwise.
    let (count, first) = match shape {
        Shape::Circle => (0_u8, 0.0),
        Shape::Square => (4, 45.0),
        Shape::Diamond => (4, 0.0),
        Shape::Hexagon => (6, 0.0),
        Shape::Triangle => (3, 30.0),
        Shape::Octagon => (8, 22.5),
    };
    (0..count)
        .map(|place| {
            let turn: f64 = (first + 360.0 * f64::from(place) / f64::from(count)).to_radians();
            (x + radius * turn.cos(), y + radius * turn.sin())
        })
        .collect()
}

/// The shape alone, filled and bordered in a colour.
pub fn outline(pen: &mut Pen, shape: Shape, (x, y): (f64, f64), radius: f64, colour: Colour, dashed: bool) {
    let (tint, border, dashes) = (colour.tint(), Px(BORDER), DASHES);
    let (px, py, pr) = (Px(x), Px(y), Px(radius));
    let corners: Vec<String> =
        corners(shape, (x, y), radius).into_iter().map(|(x, y)| format!("{},{}", Px(x), Px(y))).collect();
    let corners = corners.join(" ");
    let mut attributes: Vec<(&str, &dyn std::fmt::Display)> =
        vec![("fill", &tint), ("stroke", &colour), ("stroke-width", &border)];
    if dashed {
        attributes.push(("stroke-dasharray", &dashes));
    }
    if shape == Shape::Circle {
        attributes.extend([("cx", &px as &dyn std::fmt::Display), ("cy", &py), ("r", &pr)]);
        pen.leaf("circle", &attributes);
    } else {
        attributes.extend([("points", &corners as &dyn std::fmt::Display), ("stroke-linejoin", &"round")]);
        pen.leaf("polygon", &attributes);
    }
}

/// Lines of a node's label and of its attributes, with the middle of their baselines and how they look.
pub fn lines(node: &SceneNode) -> impl Iterator<Item = ((f64, f64), Type, &str)> {
    let mut baseline = node.y + node.radius + 4.0 + TEXT - LEADING;
    let label = node.label.iter().map(|line| (LABEL, line));
    label.chain(node.attributes.iter().map(|line| (ATTRIBUTE, line))).map(move |(look, line)| {
        baseline += LEADING;
        ((node.x, baseline), look, line.as_str())
    })
}

/// Where the flags of a node stand.
pub fn flag_places(node: &SceneNode) -> impl Iterator<Item = (f64, f64)> {
    let aside = node.radius * 0.8;
    let (mut x, y) = (node.x - aside + BADGE, node.y + aside);
    (0..node.flags.len()).map(move |_| {
        x -= BADGE;
        (x, y)
    })
}

/// A flag around `x`, `y`: a disc with an icon.
pub fn flag(pen: &mut Pen, (x, y): (f64, f64), name: &str, colour: u8) {
    let colour = category(colour);
    let (px, py, radius, tint) = (Px(x), Px(y), Px(BADGE / 2.0), colour.tint());
    pen.leaf("circle", &[("cx", &px), ("cy", &py), ("r", &radius), ("fill", &tint), ("stroke", &colour)]);
    icon::draw(pen, name, (x, y), 9.0, INK);
}

/// The light ground that keeps a label readable over links.
pub fn label_ground(pen: &mut Pen, node: &SceneNode) {
    for ((x, baseline), look, line) in lines(node) {
        ground(pen, (x, baseline), line, look.size);
    }
}

/// A light ground behind one line of words, centred at `x` on a baseline.
pub fn ground(pen: &mut Pen, (x, baseline): (f64, f64), words: &str, size: f64) {
    let width = Weight::Regular.width(&crate::pen::clean(words), size) + 6.0;
    let attributes: [(&str, &dyn std::fmt::Display); 7] = [
        ("x", &Px(x - width / 2.0)),
        ("y", &Px(baseline - size)),
        ("width", &Px(width)),
        ("height", &Px(size * 1.3)),
        ("rx", &3),
        ("fill", &SURFACE),
        ("fill-opacity", &0.8),
    ];
    pen.leaf("rect", &attributes);
}

/// A number on a pill around `x`, `y`; filled, or with a border only.
pub fn badge(pen: &mut Pen, (x, y): (f64, f64), number: &str, filled: bool) {
    let width = badge_width(number);
    let (ground, line, ink) = if filled { (INK_2, SURFACE, SURFACE) } else { (SURFACE, LINE_CONTROL, INK_2) };
    pen.leaf(
        "rect",
        &[
            ("x", &Px(x - width / 2.0)),
            ("y", &Px(y - BADGE / 2.0)),
            ("width", &Px(width)),
            ("height", &Px(BADGE)),
            ("rx", &Px(BADGE / 2.0)),
            ("fill", &ground),
            ("stroke", &line),
        ],
    );
    pen.words((x, y + 3.5), Type { ink, ..NUMBER }, number);
}

/// How wide such a pill is.
pub fn badge_width(number: &str) -> f64 {
    (Weight::SemiBold.width(number, NUMBER.size) + 8.0).max(BADGE)
}

/// Radius of the photo within a node of this shape and radius.
pub fn photo_radius(shape: Shape, radius: f64) -> f64 {
    let corners = corners(shape, (0.0, 0.0), 1.0).len();
    #[expect(clippy::cast_precision_loss, reason = "a shape has few corners")]
    let nearest = if corners == 0 { 1.0 } else { (std::f64::consts::PI / corners as f64).cos() };
    radius * nearest * PHOTO
}

/// A photo around `x`, `y`: cut round.
fn photo(pen: &mut Pen, node: &SceneNode, picture: &[u8]) {
    let radius = photo_radius(node.shape, node.radius);
    let name = format!("photo-{}", node.id);
    pen.open("clipPath", &[("id", &name)]);
    pen.leaf("circle", &[("cx", &Px(node.x)), ("cy", &Px(node.y)), ("r", &Px(radius))]);
    pen.close("clipPath");
    let cut = format!("url(#{name})");
    let (left, top, side) = (Px(node.x - radius), Px(node.y - radius), Px(2.0 * radius));
    let place: [(&str, &dyn std::fmt::Display); 5] =
        [("x", &left), ("y", &top), ("width", &side), ("height", &side), ("clip-path", &cut)];
    pen.picture(&place, &STANDARD.encode(picture));
}

/// Draws a node.
pub fn draw(pen: &mut Pen, node: &SceneNode, photos: &BTreeMap<DocumentId, Vec<u8>>) {
    let at = (node.x, node.y);
    let place = format!("{} {} {}", Px(node.x), Px(node.y), Px(node.radius));
    let mut attributes: Vec<(&str, &dyn std::fmt::Display)> =
        vec![("data-entity", &node.id), ("data-kind", &node.kind), ("data-place", &place)];
    if node.dimmed {
        attributes.push(("opacity", &FAINT));
    }
    pen.open("g", &attributes);
    outline(pen, node.shape, at, node.radius, paint(node.colour), node.hypothesis);
    match node.photo.as_ref().and_then(|document| photos.get(document)) {
        Some(picture) => photo(pen, node, picture),
        None => icon::draw(pen, &node.icon, at, node.radius * 1.1, INK_2),
    }
    for (at, look, line) in lines(node) {
        pen.words(at, look, line);
    }
    for (at, borne) in flag_places(node).zip(&node.flags) {
        flag(pen, at, &borne.icon, borne.colour);
    }
    let aside = node.radius * 0.8;
    if node.count > 1 {
        badge(pen, (node.x + aside, node.y + aside), &node.count.to_string(), true);
    }
    if node.more > 0 {
        badge(pen, (node.x + aside, node.y - aside), &format!("+{}", node.more), false);
    }
    pen.close("g");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_corner_is_the_radius_away_and_none_lies_alone() {
        for shape in [Shape::Square, Shape::Diamond, Shape::Hexagon, Shape::Triangle, Shape::Octagon] {
            let corners = corners(shape, (3.0, -7.0), 20.0);
            for (x, y) in &corners {
                assert!(((x - 3.0).hypot(y + 7.0) - 20.0).abs() < 1e-9, "{shape:?}");
                let mirror =
                    corners.iter().any(|(other, level)| (other - 6.0 + x).abs() < 1e-9 && (level - y).abs() < 1e-9);
                assert!(mirror, "{shape:?} does not stand upright");
            }
        }
        let triangle = corners(Shape::Triangle, (0.0, 0.0), 10.0);
        assert!(triangle.iter().any(|(x, y)| x.abs() < 1e-9 && (y + 10.0).abs() < 1e-9), "its tip is up");
    }
}
