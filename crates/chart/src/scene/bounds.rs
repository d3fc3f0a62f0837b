//! How much room everything takes, labels included.

use koplamp_model::{Network, Scene, SceneNode, SceneNote};

use super::RADIUS;
use super::curve::{along, extremes};
use super::marks::Attributes;
use super::measure::{DESCENT, LINE, LINK_FONT, NODE_FONT, text_width};
use super::words::caption;
use crate::filter::Details;
use crate::layout::Extent;

/// Half of a node's border, and the light ground beside words.
const BORDER: f64 = 0.75;
const GROUND: f64 = 3.0;
/// The number at a node: how far its middle is from the node's, in radii, and its own half height.
const BADGE: (f64, f64) = (0.8, 8.0);
/// From one flag to the next.
const FLAG: f64 = 14.0;
/// Between a node's edge and its label.
const GAP: f64 = 4.0;
/// The paper around a note's words.
const PAPER: f64 = 6.0;

/// Left, top, right, bottom.
pub(crate) type Bounds = (f64, f64, f64, f64);

/// The box of a node of this radius with these lines of label and of attributes below it, seen from its centre.
pub fn node_extent(radius: f64, label: &[String], attributes: &[String]) -> Extent {
    let named = label.iter().map(|line| text_width(line, NODE_FONT));
    let widest = named.chain(attributes.iter().map(|line| text_width(line, LINK_FONT))).fold(0.0, f64::max);
    let lines = (label.len() + attributes.len()) as f64;
    let words = if lines == 0.0 { 0.0 } else { GAP + NODE_FONT * (1.0 + LINE * (lines - 1.0) + DESCENT) };
    Extent {
        half: (radius + BORDER).max(widest / 2.0 + GROUND),
        above: radius + BORDER,
        below: radius + BORDER.max(words),
    }
}

/// The boxes of a network's nodes at their usual size, as layouts want them.
pub fn extents(network: &Network, details: &[Details], attributes: Attributes) -> Vec<Extent> {
    let nodes = network.nodes.iter().enumerate();
    nodes
        .map(|(at, node)| node_extent(RADIUS, &caption(&node.label), &attributes.lines(network, at, details.get(at))))
        .collect()
}

/// The box of a drawn node, its number included.
pub(crate) fn of_node(node: &SceneNode) -> Bounds {
    let extent = node_extent(node.radius, &node.label, &node.attributes);
    let mut bounds = (node.x - extent.half, node.y - extent.above, node.x + extent.half, node.y + extent.below);
    if node.more > 0 || node.count > 1 || node.pinned {
        let half = BADGE.1.max(text_width(&format!("+{}", node.more.max(node.count)), 10.0) / 2.0 + 4.0);
        let aside = node.radius * BADGE.0;
        bounds.0 = bounds.0.min(node.x - aside - half);
        bounds.1 = bounds.1.min(node.y - aside - BADGE.1);
        bounds.2 = bounds.2.max(node.x + aside + half);
    }
    if let Some(others) = node.flags.len().checked_sub(1) {
        let aside = node.radius * BADGE.0;
        bounds.0 = bounds.0.min(node.x - aside - FLAG * others as f64 - BADGE.1);
        bounds.3 = bounds.3.max(node.y + aside + BADGE.1);
    }
    bounds
}

/// The boxes of a drawn node: its shape with its number and flags, and its words.
pub(crate) fn parts(node: &SceneNode) -> impl Iterator<Item = Bounds> {
    let words = node_extent(node.radius, &node.label, &node.attributes);
    let bare = of_node(&SceneNode { label: Vec::new(), attributes: Vec::new(), ..node.clone() });
    let named = !(node.label.is_empty() && node.attributes.is_empty());
    let below = (node.x - words.half, node.y + node.radius, node.x + words.half, node.y + words.below);
    std::iter::once(bare).chain(named.then_some(below))
}

/// The box of a note with its paper.
pub(crate) fn of_note(note: &SceneNote) -> Bounds {
    let widest = note.text.iter().map(|line| text_width(line, NODE_FONT)).fold(0.0, f64::max);
    wider((note.x, note.y, note.x + widest, note.y + note.text.len() as f64 * NODE_FONT * LINE), PAPER)
}

/// The box of everything; nothing at all is at (0, 0).
pub(crate) fn of_scene(scene: &Scene) -> Bounds {
    let nodes = scene.nodes.iter().map(of_node);
    let links = scene.links.iter().flat_map(|link| {
        let course = (link.from, link.control, link.to);
        // An arrow head reaches as far beside the line.
        let beside = if link.arrow || link.back { (7.0 + link.width) / 2.0 } else { link.width / 2.0 };
        let line = wider(extremes(course), beside);
        let words = link.label_at.map(|part| {
            let (middle, half) = (along(course, part), text_width(&link.label, LINK_FONT) / 2.0 + GROUND);
            (middle.0 - half, middle.1 - LINK_FONT, middle.0 + half, middle.1 + LINK_FONT)
        });
        std::iter::once(line).chain(words)
    });
    let frames = scene.frames.iter().map(|frame| {
        let (left, top, right, bottom) = frame.bounds;
        (left, top - NODE_FONT * LINE - GAP, right.max(left + text_width(&frame.name, NODE_FONT)), bottom)
    });
    nodes.chain(links).chain(frames).chain(scene.notes.iter().map(of_note)).reduce(both).unwrap_or_default()
}

pub(crate) fn both(a: Bounds, b: Bounds) -> Bounds {
    (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3))
}

pub(crate) fn wider(bounds: Bounds, by: f64) -> Bounds {
    (bounds.0 - by, bounds.1 - by, bounds.2 + by, bounds.3 + by)
}
