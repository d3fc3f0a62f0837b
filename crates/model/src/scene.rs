//! A scene: what is drawn where. The window draws it, a briefing writes it, and that is why a print equals the screen.
//!
//! Lengths are pixels at scale 1, x to the right and y downwards. Every drawer uses the same rules:
//! a node is its shape, centred, `radius` from centre to edge (circumscribed for shapes with corners), with a border of 1.5 pixels, its icon
//! inside at 1.1 times the radius (in its place a photo, where there is one: round, cut at 0.94 of the distance from the centre to the nearest
//! part of the edge, and filling that circle), and its label below, centred, first baseline at `radius + 4 + font size`. Its attribute lines follow the
//! label, each 15 pixels lower, smaller and lighter. Its flags are discs of 14 pixels with an icon of 9: the first at 0.8 of the radius to the
//! left of and below the centre, the next ones to the left of it.
//! A colour of one's own is drawn as it is; within a node it is mixed into the ground as those of the palette are. A line that rests on no
//! passage has dashes of 6 with gaps of 4; a dashed one has dashes of 14 with gaps of 5, a dotted one dots of 2 with gaps of 4.
//! A link runs as a quadratic curve from `from` over `control` to `to`, all three already cut at the nodes' edges; its arrow head, where it
//! has one, has its tip at `to` and is 9 pixels long and 7 wide plus the line's width. Its label is centred on the curve where `label_at` says.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{DocumentId, EntityId, Line, Paint, Shape};

/// A chart, ready to draw.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Scene {
    /// Left, top, right, bottom of everything that is drawn, labels included.
    pub bounds: (f64, f64, f64, f64),
    /// Drawn first.
    pub links: Vec<SceneLink>,
    /// Drawn over the links, in order.
    pub nodes: Vec<SceneNode>,
    /// Frames around entities that belong together, drawn below everything.
    pub frames: Vec<SceneFrame>,
    /// Words on the chart, drawn last.
    pub notes: Vec<SceneNote>,
    /// What the styles in use mean; only those in use.
    pub legend: Vec<LegendEntry>,
}

/// A node of a scene: an entity, or a group drawn as one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SceneNode {
    /// The entity, or the first of the group.
    #[ts(type = "string")]
    pub id: EntityId,
    /// The type's name.
    pub kind: String,
    /// Name of the icon.
    pub icon: String,
    /// Outline.
    pub shape: Shape,
    /// Its colour.
    pub colour: Paint,
    /// The picture document whose reduced picture fills the node, round, in place of the icon.
    #[ts(type = "string | null")]
    pub photo: Option<DocumentId>,
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// From the centre to the edge.
    pub radius: f64,
    /// What it is called, whole.
    pub name: String,
    /// Lines of the label: as much of the name as there is room for.
    pub label: Vec<String>,
    /// Lines of attributes below the label: `Geboortedatum: 1984-05-03`.
    pub attributes: Vec<String>,
    /// Its flags.
    pub flags: Vec<SceneFlag>,
    /// How many entities it stands for; 1 but for a collapsed group.
    pub count: u32,
    /// Whether layouts leave it where it is.
    pub pinned: bool,
    /// Whether it rests on no passage: drawn dashed.
    pub hypothesis: bool,
    /// Whether the filter or the brush sets it back: drawn faint.
    pub dimmed: bool,
    /// How many of its links are not on the chart: shown as a small number at the upper right.
    pub more: u32,
}

/// A flag at a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SceneFlag {
    /// What it says.
    pub words: String,
    /// Name of the icon.
    pub icon: String,
    /// Colour from the palette, 0 to 7.
    pub colour: u8,
}

/// A link of a scene: one, or several drawn as one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SceneLink {
    /// The links that it stands for.
    #[ts(type = "string[]")]
    pub ids: Vec<EntityId>,
    /// The type's name; of several types, that of most.
    pub kind: String,
    /// Place of its source in the nodes.
    pub source: u32,
    /// Place of its target in the nodes.
    pub target: u32,
    /// Where it begins, at the source's edge.
    pub from: (f64, f64),
    /// Where it bends; of a straight link the middle.
    pub control: (f64, f64),
    /// Where it ends, at the target's edge.
    pub to: (f64, f64),
    /// Whether it has an arrow head at `to`.
    pub arrow: bool,
    /// Whether it has an arrow head at `from`, too: links both ways drawn as one.
    pub back: bool,
    /// Width in pixels.
    pub width: f64,
    /// Its colour; none is the usual grey.
    pub colour: Option<Paint>,
    /// How its line is drawn, where it rests on a passage.
    pub line: Line,
    /// Its words: type, number, sum. Empty when there are none.
    pub label: String,
    /// How far along the curve the middle of its words stands, from 0 to 1; none where there is no room for them.
    pub label_at: Option<f64>,
    /// Whether it rests on no passage: drawn dashed.
    pub hypothesis: bool,
    /// Whether the filter or the brush sets it back: drawn faint.
    pub dimmed: bool,
}

/// A frame around entities that belong together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SceneFrame {
    /// What it is called; at the upper left, above the frame.
    pub name: String,
    /// Left, top, right, bottom.
    pub bounds: (f64, f64, f64, f64),
}

/// Words on a chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SceneNote {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Lines.
    pub text: Vec<String>,
}

/// What a style means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export)]
pub enum LegendEntry {
    /// A type of entity.
    Entity {
        /// The type's name.
        kind: String,
        /// Its icon.
        icon: String,
        /// Its outline.
        shape: Shape,
        /// Its colour.
        colour: Paint,
        /// How many are shown.
        count: u32,
    },
    /// A type of link.
    Link {
        /// The type's name.
        kind: String,
        /// Whether it has an arrow.
        directed: bool,
        /// Its colour; none is the usual grey.
        colour: Option<Paint>,
        /// How its line is drawn.
        line: Line,
        /// Width of the line of one link, in pixels.
        width: f64,
        /// How many are shown.
        count: u32,
    },
    /// Something without a passage is drawn dashed.
    Hypothesis {
        /// How many are shown.
        count: u32,
    },
    /// Several links drawn as one.
    Bundle {
        /// How many lines stand for several links.
        count: u32,
    },
    /// A rule of style.
    Rule {
        /// What it is called.
        name: String,
        /// Its colour from the palette, 0 to 7.
        colour: Option<u8>,
        /// Its size in per cent.
        size: Option<u16>,
        /// Its outline.
        shape: Option<Shape>,
    },
    /// A flag.
    Flag {
        /// What it says.
        words: String,
        /// Its icon.
        icon: String,
        /// Its colour.
        colour: u8,
        /// How many entities bear it.
        count: u32,
    },
    /// A number at a node: links that are not on the chart.
    More,
}
