//! Turns set pages into PDF and PNG. Both are made of the same tree, with the fonts of the program, and those of the computer for what they lack.

use std::collections::BTreeSet;

use krilla::{
    Document,
    geom::Size,
    metadata::{DateTime, Metadata},
    page::PageSettings,
};
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{ImageHrefResolver, ImageKind, Options, Tree},
};

use crate::{BriefingError, Sheet, fonts, page::Page, pen::clean};

/// Most pixels of a picture: they take 400 MB of memory.
const MOST_PIXELS: f64 = 100_000_000.0;
/// Points of a PDF in a pixel: 1/72 and 1/96 inch.
const POINTS: f64 = 0.75;

/// What was made of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters that are an empty box in it: no font has them, neither of this program nor of this computer.
    pub boxes: BTreeSet<char>,
}

/// The page, and its characters that no font has.
fn tree(page: &Page, into: &'static str) -> Result<(Tree, BTreeSet<char>), BriefingError> {
    let (fontdb, boxes) = fonts::database(&page.used);
    let options = Options {
        font_family: "IBM Plex Sans".to_owned(),
        fontdb,
        // The pictures in a sheet are its photos; no other file is read.
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|kind, data, _| (kind == "image/jpeg").then_some(ImageKind::JPEG(data))),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(&page.svg, &options);
    Ok((tree.map_err(|error| BriefingError::Convert { into, reason: error.to_string() })?, boxes))
}

/// A PDF of these pages. Its date is the sheet's.
///
/// # Errors
/// [`BriefingError::Convert`].
pub fn pdf(pages: &[Page], sheet: &Sheet) -> Result<Paper, BriefingError> {
    let failed = |reason: String| BriefingError::Convert { into: "a PDF", reason };
    let mut document = Document::new();
    let mut boxes = BTreeSet::new();
    for page in pages {
        let (tree, lacking) = tree(page, "a PDF")?;
        boxes.extend(lacking);
        #[expect(clippy::cast_possible_truncation, reason = "paper is small")]
        let (width, height) = ((page.width * POINTS) as f32, (page.height * POINTS) as f32);
        let size = Size::from_wh(width, height).ok_or_else(|| failed("the page has no size".to_owned()))?;
        let mut sheet = document.start_page_with(PageSettings::new(size));
        let mut surface = sheet.surface();
        surface
            .draw_svg(&tree, size, SvgSettings::default())
            .ok_or_else(|| failed("the page could not be drawn".to_owned()))?;
        surface.finish();
        sheet.finish();
    }
    let year = u16::try_from(sheet.date.year()).unwrap_or_default();
    let date = DateTime::new(year).month(sheet.date.month().into()).day(sheet.date.day());
    let by = clean(&sheet.by);
    document.set_metadata(
        Metadata::new()
            .title(clean(&sheet.title))
            .authors(if by.trim().is_empty() { Vec::new() } else { vec![by] })
            .creator("Koplamp".to_owned())
            .producer("Koplamp".to_owned())
            .language(sheet.language.tag().to_owned())
            .creation_date(date),
    );
    let bytes = document.finish().map_err(|error| failed(format!("{error:?}")))?;
    Ok(Paper { bytes, boxes })
}

/// A PNG of a page, `scale` pixels a pixel.
///
/// # Errors
/// [`BriefingError::Scale`], [`BriefingError::TooLarge`], [`BriefingError::Convert`].
pub fn png(page: &Page, scale: f32) -> Result<Paper, BriefingError> {
    if !(scale.is_finite() && scale > 0.0) {
        return Err(BriefingError::Scale(scale));
    }
    let (width, height) =
        ((page.width * f64::from(scale)).ceil().max(1.0), (page.height * f64::from(scale)).ceil().max(1.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be small, or only shown")]
    if width * height > MOST_PIXELS {
        let most = (MOST_PIXELS / (page.width * page.height)).sqrt();
        // Rounded down, so that the scale that is advised works.
        let most = ((most * 100.0).floor() / 100.0) as f32;
        return Err(BriefingError::TooLarge { width: width as u64, height: height as u64, most });
    }
    let failed = |reason: &str| BriefingError::Convert { into: "a picture", reason: reason.to_owned() };
    let (tree, boxes) = tree(page, "a picture")?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    let mut pixels = Pixmap::new(width as u32, height as u32).ok_or_else(|| failed("the picture has no size"))?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let bytes = pixels.encode_png().map_err(|error| failed(&error.to_string()))?;
    Ok(Paper { bytes, boxes })
}
