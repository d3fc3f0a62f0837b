//! PDF with a real text layer, as an organisation sends it: letterhead, numbered pages, tables.

mod flow;
mod fonts;
mod paper;
mod sheet;
mod table;
mod wrap;

pub use fonts::Fonts;

use crate::{Result, Source, dates};
use krilla::{
    Document,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    page::PageSettings,
    paint::Fill,
};
use sheet::{A4, Ink, Sheet};

/// The look of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Printed by an organisation, with a letterhead and numbered pages.
    Official,
    /// Typed by someone: one fixed-width type, nothing above or below the text.
    Typed,
}

/// The bytes of the PDF of `source` and the number of its pages.
///
/// # Errors
/// A character that no font has, or a table row that is higher than a page.
pub fn render(source: &Source, look: Look, fonts: &Fonts) -> Result<(Vec<u8>, usize)> {
    let sheets = paper::lay_out(source, look, fonts)?;
    let mut document = Document::new();
    for sheet in &sheets {
        let settings =
            PageSettings::from_wh(A4.width, A4.height).ok_or_else(|| source.unrenderable("the page has no size"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        draw(sheet, &mut surface, fonts);
        surface.finish();
        page.finish();
    }
    document.set_metadata(metadata(source));
    let bytes = document.finish().map_err(|error| source.unrenderable(format!("{error:?}")))?;
    Ok((bytes, sheets.len()))
}

fn draw(sheet: &Sheet, surface: &mut krilla::surface::Surface, fonts: &Fonts) {
    for bar in &sheet.bars {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(bar.x, bar.y, bar.width, bar.height) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            surface.set_fill(Some(fill(bar.ink)));
            surface.draw_path(&path);
        }
    }
    for placed in &sheet.texts {
        surface.set_fill(Some(fill(placed.ink)));
        let mut x = placed.x;
        for run in &placed.runs {
            let start = Point::from_xy(x, placed.baseline);
            surface.draw_glyphs(start, &run.glyphs, fonts.face(run.face).font(), &run.text, placed.size, false);
            x += run.width * placed.size;
        }
    }
}

fn fill(ink: Ink) -> Fill {
    let (red, green, blue) = match ink {
        Ink::Black => (0x11, 0x11, 0x11),
        Ink::Grey => (0x5a, 0x5a, 0x5a),
        Ink::Line => (0xb4, 0xb4, 0xb4),
        Ink::Blue => (0x15, 0x42, 0x73),
    };
    Fill { paint: krilla::color::rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn metadata(source: &Source) -> Metadata {
    let moment = dates::moment(source);
    let created = DateTime::new(u16::try_from(moment.year()).unwrap_or_default())
        .month(u8::from(moment.month()))
        .day(moment.day())
        .hour(moment.hour())
        .minute(moment.minute())
        .second(0)
        .utc_offset_hour(moment.offset().whole_hours())
        .utc_offset_minute(0);
    Metadata::new()
        .title(source.title.clone())
        .authors(vec![source.author.clone()])
        .language(source.language.code().to_string())
        .creation_date(created)
        .document_id(source.file.clone())
}
