//! A typed letter that went through a scanner: grey, a little askew, on paper that is not quite even.

use crate::{
    Result, Source,
    pdf::{self, Fonts, Look},
};
use hayro::{
    PixmapSettings, RenderCache, RenderSettings, hayro_interpret::InterpreterSettings, hayro_syntax::Pdf,
    vello_cpu::color::palette::css::WHITE,
};
use sha2::{Digest, Sha256};

/// Pixels in an inch, as office scanners are set.
const RESOLUTION: f32 = 200.0;
/// How far the sheet was turned on the glass, in degrees clockwise.
const SKEW: f32 = 1.2;
/// The brightness of blank paper, of 255.
const PAPER: f32 = 243.0;
/// The brightness of the lid of the scanner, seen where the sheet does not reach.
const LID: f32 = 214.0;

/// The PNG of the one page of `source`.
///
/// # Errors
/// The letter does not fit one page, or has a character that no font has.
pub fn render(source: &Source, fonts: &Fonts) -> Result<Vec<u8>> {
    let (bytes, pages) = pdf::render(source, Look::Typed, fonts)?;
    if pages != 1 {
        return Err(source.unrenderable(format!("a scan is one page, and this letter takes {pages}")));
    }
    let page = grey_page(bytes).ok_or_else(|| source.unrenderable("its page cannot be drawn"))?;
    let digest = Sha256::digest(source.file.as_bytes());
    let seed = digest.iter().take(8).fold(0, |seed, byte| (seed << 8) | u64::from(*byte));
    png(&scanned(&page, seed)).map_err(|error| source.unrenderable(error))
}

/// A picture of brightness, row by row.
struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Grey {
    fn at(&self, x: i64, y: i64) -> Option<f32> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        (x < self.width).then(|| self.pixels.get(y * self.width + x).map(|pixel| f32::from(*pixel)))?
    }

    /// Between four pixels; none beyond the sheet.
    fn between(&self, x: f32, y: f32) -> Option<f32> {
        let (left, top) = (x.floor(), y.floor());
        let (right_share, lower_share) = (x - left, y - top);
        let (column, row) = (left as i64, top as i64);
        let upper = self.at(column, row)? * (1.0 - right_share) + self.at(column + 1, row)? * right_share;
        let lower = self.at(column, row + 1)? * (1.0 - right_share) + self.at(column + 1, row + 1)? * right_share;
        Some(upper * (1.0 - lower_share) + lower * lower_share)
    }
}

fn grey_page(bytes: Vec<u8>) -> Option<Grey> {
    let pdf = Pdf::new(bytes).ok()?;
    let page = pdf.pages().first()?;
    let scale = RESOLUTION / 72.0;
    let picture = hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE },
    );
    // The ground is opaque and the ink grey, so one channel tells the brightness.
    let pixels = picture.data().iter().map(|pixel| pixel.g).collect();
    Some(Grey { width: picture.width().into(), height: picture.height().into(), pixels })
}

fn scanned(page: &Grey, seed: u64) -> Grey {
    let (sine, cosine) = SKEW.to_radians().sin_cos();
    let (middle_x, middle_y) = (page.width as f32 / 2.0, page.height as f32 / 2.0);
    let mut pixels = Vec::with_capacity(page.pixels.len());
    for y in 0..page.height {
        for x in 0..page.width {
            let (dx, dy) = (x as f32 - middle_x, y as f32 - middle_y);
            let source = page.between(middle_x + dx * cosine + dy * sine, middle_y - dx * sine + dy * cosine);
            let brightness = match source {
                // Toner is not black, and its edges are not all equally sharp.
                Some(white) => 38.0 + (PAPER - 38.0) * white / 255.0,
                None => LID,
            };
            let grain = (noise(seed, x, y) - 0.5) * 6.0;
            let speck = if noise(seed ^ 1, x, y) > 0.999_97 { -90.0 } else { 0.0 };
            pixels.push((brightness + grain + speck).clamp(0.0, 255.0) as u8);
        }
    }
    Grey { width: page.width, height: page.height, pixels }
}

/// A number from 0 to 1 that depends on nothing but seed and place (the finaliser of SplitMix64).
fn noise(seed: u64, x: usize, y: usize) -> f32 {
    let mut value =
        seed ^ (x as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (y as u64).wrapping_mul(0xd1b5_4a32_d192_ed03);
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((value ^ (value >> 31)) >> 40) as f32 / (1_u64 << 24) as f32
}

fn png(picture: &Grey) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let width = u32::try_from(picture.width).unwrap_or_default();
    let height = u32::try_from(picture.height).unwrap_or_default();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let per_metre = (RESOLUTION / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&picture.pixels)?;
    writer.finish()?;
    Ok(bytes)
}
