//! The glyphs that a page shows, with their places.

use hayro_interpret::font::{Glyph as Shown, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

/// Glyphs of one page that are kept. A page of a newspaper has 50,000.
const MAX_GLYPHS: usize = 1_000_000;

/// A glyph as the page shows it, in points from the top left corner.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// Its characters; U+FFFD when the file does not say.
    pub text: String,
    /// Degrees by which its line is turned clockwise, 0 to 359.
    pub angle: u16,
    /// Its origin along its line.
    pub along: f64,
    /// Its baseline: distance across the lines, growing downwards.
    pub across: f64,
    /// Distance to the origin of the glyph after it.
    pub advance: f64,
    /// Size of its font.
    pub size: f64,
}

/// A device that draws nothing and remembers text.
#[derive(Default)]
pub(super) struct Collector {
    pub glyphs: Vec<Glyph>,
    pub shows_picture: bool,
    /// Size of the last glyph that stands on the line itself.
    base_size: f64,
}

impl Collector {
    /// Whether glyphs had to be left out.
    pub fn is_full(&self) -> bool {
        self.glyphs.len() >= MAX_GLYPHS
    }

    fn add(&mut self, text: String, advance: f32, transform: Affine) {
        let origin = transform * Point::ZERO;
        // In glyph space an em is 1,000 units.
        let end = transform * Point::new(f64::from(advance), 0.0);
        let em = transform * Point::new(1000.0, 0.0);
        let size = ((transform * Point::new(0.0, 1000.0)) - origin).hypot();
        let direction = em - origin;
        let turned = direction.atan2().to_degrees();
        if !(origin.x.is_finite() && origin.y.is_finite() && turned.is_finite() && size.is_finite()) || size <= 0.0 {
            return;
        }
        // Whole degrees, so that the lines of a crooked scan stay together.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 359 fits")]
        let angle = turned.round().rem_euclid(360.0) as u16;
        let (sin, cos) = f64::from(angle).to_radians().sin_cos();
        self.push(Glyph {
            text,
            angle,
            along: origin.x * cos + origin.y * sin,
            across: origin.y * cos - origin.x * sin,
            advance: (end - origin).hypot(),
            size,
        });
    }

    /// Keeps a glyph. A small one that touches the glyph before it is a mark above or below the line (`m²`), and stays on it.
    fn push(&mut self, mut glyph: Glyph) {
        let base = self.base_size;
        let is_mark = self.glyphs.last().is_some_and(|last| {
            let gap = glyph.along - (last.along + last.advance);
            last.angle == glyph.angle
                && glyph.size <= 0.8 * base
                && (-0.1 * base..0.3 * base).contains(&gap)
                && (glyph.across - last.across).abs() <= 0.5 * base
        });
        match self.glyphs.last() {
            Some(last) if is_mark => glyph.across = last.across,
            _ => self.base_size = glyph.size,
        }
        self.glyphs.push(glyph);
    }
}

impl<'a> Device<'a> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.is_full() {
                return;
            }
            let advance = match &**glyph {
                Shown::Outline(outline) => outline.advance_width(),
                Shown::Type3(glyph) => glyph.advance_width(),
            };
            self.add(characters(glyph.as_unicode()), advance.unwrap_or(500.0), props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.shows_picture = true;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The characters of a glyph. Ligatures are typography, not spelling, so they are taken apart.
fn characters(unicode: Option<BfString>) -> String {
    let given = match unicode {
        Some(BfString::Char(c)) => String::from(c),
        Some(BfString::String(text)) => text,
        None => return "\u{fffd}".to_owned(),
    };
    let mut text = String::with_capacity(given.len());
    for c in given.chars() {
        match c {
            '\u{fb00}' => text.push_str("ff"),
            '\u{fb01}' => text.push_str("fi"),
            '\u{fb02}' => text.push_str("fl"),
            '\u{fb03}' => text.push_str("ffi"),
            '\u{fb04}' => text.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => text.push_str("st"),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    text
}
