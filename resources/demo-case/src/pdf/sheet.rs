//! Pages before they are drawn: what stands where, in points from the upper left corner.

use super::fonts::Run;

/// The size of a page and the rectangle of it that text flows in.
pub struct Paper {
    pub width: f32,
    pub height: f32,
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
}

/// A4 with the margins of Dutch office paper, 25 mm on the left and right.
pub const A4: Paper = Paper { width: 595.28, height: 841.89, left: 71.0, right: 524.0, top: 88.0, bottom: 766.0 };

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Black,
    Grey,
    Line,
    Blue,
}

/// A line of text.
pub struct Placed {
    pub x: f32,
    pub baseline: f32,
    pub size: f32,
    pub ink: Ink,
    pub runs: Vec<Run>,
}

/// A filled rectangle; rules are low ones.
pub struct Bar {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
    pub ink: Ink,
}

#[derive(Default)]
pub struct Sheet {
    pub texts: Vec<Placed>,
    pub bars: Vec<Bar>,
}
