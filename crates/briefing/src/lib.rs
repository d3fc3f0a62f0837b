//! A scene of Koplamp as SVG, PDF and PNG, with title, legend, date and marking.
//!
//! The SVG is the sheet; PDF and PNG are made of it. It keeps the chart's own coordinates, moved by whole pixels once: the element
//! `<g id="chart" transform="translate(x y)">`. In it every node is a `<g data-entity="ID" data-place="x y radius">`, every link a
//! `<g data-link="ID ..." data-curve="x y x y x y">` (beginning, bend, end), so that what is written can be compared with what is on the screen.
//! On paper (PDF) the chart is made smaller where it must, and the foot says how much.
//!
//! Equal scenes and sheets give equal bytes. Words come from documents and are taken for hostile: they are escaped, cut, and cleaned of
//! what turns the direction of letters. Nothing that is written refers to anything outside itself or holds a script.

mod chart;
mod error;
mod fonts;
mod icon;
mod legend;
mod link;
mod node;
mod page;
mod palette;
mod paper;
mod pen;
mod sheet;
mod words;

use koplamp_model::Scene;

pub use error::BriefingError;
pub use icon::names as icons;
pub use palette::{Colour, PALETTE};
pub use paper::Paper;
pub use sheet::{Language, Marking, Sheet, type_names};

/// The sheet as SVG, the chart as large as on the screen. The fonts are embedded, cut down to the characters in use; characters that they lack
/// are left to the fonts of whoever looks at it.
///
/// # Errors
/// [`BriefingError::Length`] when something is nowhere, [`BriefingError::Font`] when this program is damaged.
pub fn svg(scene: &Scene, sheet: &Sheet) -> Result<String, BriefingError> {
    page::free(scene, sheet, true).map(|page| page.svg)
}

/// The sheet as PDF, lying, on the smallest paper from A4 to A0 on which the chart can be read; words can be selected, fonts are embedded. A legend too long for the page has pages of its own.
///
/// # Errors
/// [`BriefingError::Length`] when something is nowhere, [`BriefingError::Convert`] when the page could not be made.
pub fn pdf(scene: &Scene, sheet: &Sheet) -> Result<Paper, BriefingError> {
    paper::pdf(&page::pages(scene, sheet)?, sheet)
}

/// The sheet as PNG, `scale` pixels for each pixel of the screen at scale 1.
///
/// # Errors
/// [`BriefingError::Scale`], [`BriefingError::TooLarge`] with the scale that is possible, [`BriefingError::Length`], [`BriefingError::Convert`].
pub fn png(scene: &Scene, sheet: &Sheet, scale: f32) -> Result<Paper, BriefingError> {
    paper::png(&page::free(scene, sheet, false)?, scale)
}
