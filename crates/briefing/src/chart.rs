//! Draws a whole scene, and says how far it reaches.

use std::collections::BTreeMap;

use koplamp_model::{DocumentId, Scene, SceneFrame, SceneNote};

use crate::{
    BriefingError,
    fonts::Weight,
    link,
    node::{self, badge_width},
    palette::{GROUND, INK, INK_2, LINE_CONTROL, NOTE_GROUND, NOTE_LINE},
    pen::{Anchor, LEADING, Pen, Px, TEXT, Type, clean},
};

/// No chart is wider or higher than this many pixels; beyond it, positions in PDF and PNG would be off by a tenth of a pixel.
const FARTHEST: f64 = 1_000_000.0;
/// Around the words of a note.
const NOTE_MARGIN: f64 = 5.0;
const NOTE: Type = Type { anchor: Anchor::Start, weight: Weight::Regular, size: TEXT, ink: INK };
const FRAME_NAME: Type = Type { anchor: Anchor::Start, weight: Weight::SemiBold, size: TEXT, ink: INK_2 };

/// A rectangle that grows around what is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Extent {
    fn cover(&mut self, left: f64, top: f64, right: f64, bottom: f64) {
        self.left = self.left.min(left);
        self.top = self.top.min(top);
        self.right = self.right.max(right);
        self.bottom = self.bottom.max(bottom);
    }

    fn words(&mut self, (x, baseline): (f64, f64), look: Type, words: &str) {
        let width = look.weight.width(&clean(words), look.size) + 6.0;
        let left = if look.anchor == Anchor::Middle { x - width / 2.0 } else { x };
        self.cover(left, baseline - look.size, left + width, baseline + look.size * 0.4);
    }

    /// From left to right.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// From top to bottom.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// How far a scene reaches, labels, frames and notes included; none when it is empty. It is reckoned anew and not taken from
/// `bounds`, because a scene may have been cut to a selection since.
pub fn extent(scene: &Scene) -> Option<Extent> {
    let mut reach =
        Extent { left: f64::INFINITY, top: f64::INFINITY, right: f64::NEG_INFINITY, bottom: f64::NEG_INFINITY };
    for node in &scene.nodes {
        let edge = node.radius + node::BORDER;
        reach.cover(node.x - edge, node.y - edge, node.x + edge, node.y + edge);
        node::lines(node).for_each(|(at, look, line)| reach.words(at, look, line));
        node::flag_places(node).for_each(|(x, y)| reach.cover(x - 8.0, y - 8.0, x + 8.0, y + 8.0));
        for number in [node.count, node.more] {
            let (aside, half) = (node.radius * 0.8, badge_width(&format!("+{number}")) / 2.0);
            reach.cover(node.x, node.y - aside - 8.0, node.x + aside + half, node.y + aside + 8.0);
        }
    }
    for link in &scene.links {
        // A quadratic curve stays within the triangle of its points; half of it is as far as it bends.
        let [from, to, middle] = [link.from, link.to, link::middle(link)];
        for (x, y) in [from, to, middle] {
            let around = link.width / 2.0 + 4.0;
            reach.cover(x - around, y - around, x + around, y + around);
        }
        if let Some((x, y)) = link::label_place(link) {
            reach.words((x, y + 4.0), link::LABEL, &link.label);
        }
    }
    for frame in &scene.frames {
        let (left, top, right, bottom) = frame.bounds;
        reach.cover(left, top, right, bottom);
        reach.words((left, top - 5.0), FRAME_NAME, &frame.name);
    }
    for note in &scene.notes {
        let (width, height) = note_size(note);
        reach.cover(
            note.x - NOTE_MARGIN,
            note.y - NOTE_MARGIN,
            note.x + width + NOTE_MARGIN,
            note.y + height + NOTE_MARGIN,
        );
    }
    reach.left.is_finite().then_some(reach)
}

/// Refuses lengths that are no numbers or beyond every chart.
///
/// # Errors
/// [`BriefingError::Length`] with the first of them.
pub fn check(scene: &Scene) -> Result<(), BriefingError> {
    let all = |what: &str, name: &str, values: &[f64], most: f64| match values
        .iter()
        .find(|value| value.is_nan() || value.abs() > most)
    {
        Some(value) => Err(BriefingError::Length { what: format!("{what} of {name}"), value: *value }),
        None => Ok(()),
    };
    for node in &scene.nodes {
        let id = format!("entity {}", node.id);
        all("the place", &id, &[node.x, node.y], FARTHEST)?;
        all("the radius", &id, &[node.radius], 10_000.0)?;
    }
    for link in &scene.links {
        let id = || link.ids.first().map_or_else(|| "a link".to_owned(), |id| format!("link {id}"));
        all(
            "the curve",
            &id(),
            &[link.from.0, link.from.1, link.control.0, link.control.1, link.to.0, link.to.1],
            FARTHEST,
        )?;
        all("the width", &id(), &[link.width], 10_000.0)?;
    }
    for frame in &scene.frames {
        let (left, top, right, bottom) = frame.bounds;
        all("the frame", &clean(&frame.name), &[left, top, right, bottom], FARTHEST)?;
    }
    scene.notes.iter().try_for_each(|note| all("the place", "a note", &[note.x, note.y], FARTHEST))
}

/// Draws the scene with its own coordinates: frames, links, their words, nodes, notes.
pub fn draw(pen: &mut Pen, scene: &Scene, photos: &BTreeMap<DocumentId, Vec<u8>>) {
    pen.open("g", &[("class", &"frames")]);
    scene.frames.iter().for_each(|entry| frame(pen, entry));
    pen.close("g");
    pen.open("g", &[("class", &"links")]);
    scene.links.iter().for_each(|entry| link::draw(pen, scene, entry));
    pen.close("g");
    pen.open("g", &[("class", &"link-labels")]);
    scene.links.iter().for_each(|entry| link::label(pen, entry));
    pen.close("g");
    pen.open("g", &[("class", &"label-grounds")]);
    scene.nodes.iter().for_each(|entry| node::label_ground(pen, entry));
    pen.close("g");
    pen.open("g", &[("class", &"nodes")]);
    scene.nodes.iter().for_each(|entry| node::draw(pen, entry, photos));
    pen.close("g");
    pen.open("g", &[("class", &"notes")]);
    scene.notes.iter().for_each(|entry| note(pen, entry));
    pen.close("g");
}

fn frame(pen: &mut Pen, frame: &SceneFrame) {
    let (left, top, right, bottom) = frame.bounds;
    pen.leaf(
        "rect",
        &[
            ("data-frame", &frame.name),
            ("x", &Px(left)),
            ("y", &Px(top)),
            ("width", &Px((right - left).max(0.0))),
            ("height", &Px((bottom - top).max(0.0))),
            ("rx", &6),
            ("fill", &GROUND),
            ("stroke", &LINE_CONTROL),
        ],
    );
    pen.words((left, top - 5.0), FRAME_NAME, &frame.name);
}

fn note_size(note: &SceneNote) -> (f64, f64) {
    let width = note.text.iter().map(|line| NOTE.weight.width(&clean(line), NOTE.size)).fold(0.0, f64::max);
    #[expect(clippy::cast_precision_loss, reason = "a note has few lines")]
    let height = note.text.len() as f64 * LEADING;
    (width, height)
}

fn note(pen: &mut Pen, note: &SceneNote) {
    let (width, height) = note_size(note);
    pen.open("g", &[("data-note", &format_args!("{} {}", Px(note.x), Px(note.y)))]);
    pen.leaf(
        "rect",
        &[
            ("x", &Px(note.x - NOTE_MARGIN)),
            ("y", &Px(note.y - NOTE_MARGIN)),
            ("width", &Px(width + 2.0 * NOTE_MARGIN)),
            ("height", &Px(height + 2.0 * NOTE_MARGIN)),
            ("rx", &4),
            ("fill", &NOTE_GROUND),
            ("stroke", &NOTE_LINE),
            ("stroke-opacity", &0.4),
        ],
    );
    let mut baseline = note.y + TEXT - 1.0;
    for line in &note.text {
        pen.words((note.x, baseline), NOTE, line);
        baseline += LEADING;
    }
    pen.close("g");
}
