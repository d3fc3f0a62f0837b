//! The fonts that are embedded, and the shaping of text with them.

use crate::markdown::Style;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Face as Shaper, UnicodeBuffer, ttf_parser::name_id};

/// One of the faces of [`Fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaceId(usize);

/// In this order in [`Fonts`]; the last is also the one for characters that the chosen face lacks.
const FACES: [&str; 6] = [
    "LibertinusSerif-Regular",
    "LibertinusSerif-Bold",
    "LibertinusSerif-Italic",
    "LibertinusSerif-BoldItalic",
    "DejaVuSansMono-Bold",
    "DejaVuSansMono",
];
const BOLD_MONO: FaceId = FaceId(4);
const MONO: FaceId = FaceId(5);

/// A font file, for drawing and for shaping.
pub struct Face {
    font: Font,
    shaper: Shaper<'static>,
}

impl Face {
    /// The font as it is embedded.
    pub fn font(&self) -> Font {
        self.font.clone()
    }
}

/// The faces that all paper is set in. The fonts are free to embed (SIL Open Font License; Bitstream Vera licence).
pub struct Fonts {
    faces: Vec<Face>,
}

/// Glyphs of one face; distances are in units of the font size.
#[derive(Debug, Clone)]
pub struct Run {
    pub face: FaceId,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    pub width: f32,
}

impl Fonts {
    /// Parses the packaged fonts.
    ///
    /// # Errors
    /// The name of the face that the package does not hold.
    pub fn load() -> Result<Self, String> {
        let faces = FACES.iter().map(|name| face(name).ok_or_else(|| format!("the font {name} is missing")));
        Ok(Self { faces: faces.collect::<Result<_, _>>()? })
    }

    /// The face behind an id that [`Fonts::shape`] gave.
    pub fn face(&self, id: FaceId) -> &Face {
        // Ids are made in this module only, from the list that the faces are loaded from.
        &self.faces[id.0]
    }

    /// The glyphs of `text`, in as many runs as it needs faces.
    ///
    /// # Errors
    /// The first character that no face has.
    pub fn shape(&self, text: &str, style: Style) -> Result<Vec<Run>, char> {
        let chosen = match style {
            Style { mono: true, bold: true, .. } => BOLD_MONO,
            Style { mono: true, .. } => MONO,
            Style { bold, italic, .. } => FaceId(usize::from(bold) + 2 * usize::from(italic)),
        };
        let mut pieces: Vec<(FaceId, String)> = Vec::new();
        for character in text.chars() {
            let has = |id: FaceId| self.face(id).shaper.glyph_index(character).is_some();
            let face = if has(chosen) { chosen } else { MONO };
            if !has(face) {
                return Err(character);
            }
            match pieces.last_mut() {
                Some((last, piece)) if *last == face => piece.push(character),
                _ => pieces.push((face, character.to_string())),
            }
        }
        Ok(pieces.into_iter().map(|(face, text)| self.shape_with(face, text)).collect())
    }

    /// The width of `text` in units of the font size.
    ///
    /// # Errors
    /// The first character that no face has.
    pub fn width(&self, text: &str, style: Style) -> Result<f32, char> {
        Ok(self.shape(text, style)?.iter().map(|run| run.width).sum())
    }

    fn shape_with(&self, id: FaceId, text: String) -> Run {
        let face = self.face(id);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(&face.shaper, &[], buffer);
        let unit = face.font.units_per_em();
        let scale = |value: i32| value as f32 / unit;
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let mut width = 0.0;
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, position)| {
            let start = info.cluster as usize;
            // Text runs from left to right here, so a cluster ends where the next one begins.
            let end = starts.iter().copied().find(|next| *next > start).unwrap_or(text.len());
            width += scale(position.x_advance);
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                scale(position.x_advance),
                scale(position.x_offset),
                scale(position.y_offset),
                scale(position.y_advance),
                start..end,
                None,
            )
        });
        let glyphs = glyphs.collect();
        Run { face: id, text, glyphs, width }
    }
}

fn face(name: &str) -> Option<Face> {
    typst_assets::fonts().find_map(|data| {
        let shaper = Shaper::from_slice(data, 0)?;
        let mut names = shaper.names().into_iter();
        let postscript = names.find(|entry| entry.name_id == name_id::POST_SCRIPT_NAME && entry.is_unicode())?;
        (postscript.to_string()? == name).then_some(())?;
        Some(Face { font: Font::new(data.into(), 0)?, shaper })
    })
}
