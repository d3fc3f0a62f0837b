//! IBM Plex Sans: measuring words, cutting the fonts down to the characters in use, and what is done about characters that it lacks.

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use resvg::usvg::fontdb::Database;
use skera::{Plan, SubsetFlags, subset_font};
use skrifa::{
    FontRef, GlyphId, MetadataProvider, Tag,
    instance::{LocationRef, Size},
    raw::collections::IntSet,
    string::StringId,
};

use crate::BriefingError;

/// Families in the order in which a character is looked for; the last is for programs that do not read embedded fonts.
pub const FAMILIES: &str = "'IBM Plex Sans', 'IBM Plex Sans Arabic', 'Noto Sans', 'DejaVu Sans', sans-serif";

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600: headings, markings, numbers in badges.
    SemiBold,
}

struct Face {
    family: &'static str,
    name: &'static str,
    weight: u16,
    data: &'static [u8],
}

macro_rules! face {
    ($family:literal, $name:literal, $weight:literal) => {
        Face {
            family: $family,
            name: $name,
            weight: $weight,
            data: include_bytes!(concat!("../../../resources/fonts/", $name, ".ttf")),
        }
    };
}

static FACES: [Face; 4] = [
    face!("IBM Plex Sans", "IBMPlexSans-Regular", 400),
    face!("IBM Plex Sans", "IBMPlexSans-SemiBold", 600),
    face!("IBM Plex Sans Arabic", "IBMPlexSansArabic-Regular", 400),
    face!("IBM Plex Sans Arabic", "IBMPlexSansArabic-SemiBold", 600),
];

/// The fonts for PDF and PNG of these characters, and those characters that none of them has. They are ours and no others, so that a sheet
/// looks the same on every computer; for characters that ours lack the fonts of this computer come behind them, which are read once.
pub fn database(used: &BTreeSet<char>) -> (Arc<Database>, BTreeSet<char>) {
    static OURS: LazyLock<Arc<Database>> = LazyLock::new(|| Arc::new(ours()));
    static ALL: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut fonts = ours();
        fonts.load_system_fonts();
        Arc::new(fonts)
    });
    let mut lacking: BTreeSet<char> = used.iter().copied().filter(|letter| is_drawn(*letter)).collect();
    without(&mut lacking, &OURS);
    if lacking.is_empty() {
        return (OURS.clone(), lacking);
    }
    without(&mut lacking, &ALL);
    (ALL.clone(), lacking)
}

fn ours() -> Database {
    let mut fonts = Database::new();
    for face in &FACES {
        fonts.load_font_data(face.data.to_vec());
    }
    fonts
}

/// Takes out what one of the fonts has.
fn without(letters: &mut BTreeSet<char>, fonts: &Database) {
    for face in fonts.faces() {
        if letters.is_empty() {
            return;
        }
        fonts.with_face_data(face.id, |data, index| {
            if let Ok(font) = FontRef::from_index(data, index) {
                letters.retain(|letter| font.charmap().map(*letter).is_none());
            }
        });
    }
}

/// False for joiners, selectors and spaces: they shape their neighbours and need no picture of their own (Unicode, `Default_Ignorable_Code_Point`).
fn is_drawn(letter: char) -> bool {
    !(letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{AD}' | '\u{34F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}'))
}

fn faces(weight: u16) -> impl Iterator<Item = &'static Face> {
    FACES.iter().filter(move |face| face.weight == weight)
}

impl Weight {
    /// Its number in CSS.
    pub fn number(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::SemiBold => 600,
        }
    }

    /// Width of words in pixels, without kerning: at most a few tenths of a pixel more than drawn. What no font has counts as a full square.
    pub fn width(self, text: &str, size: f64) -> f64 {
        static REGULAR: LazyLock<Vec<FontRef<'static>>> = LazyLock::new(|| parsed(400));
        static SEMI_BOLD: LazyLock<Vec<FontRef<'static>>> = LazyLock::new(|| parsed(600));
        let fonts = if self == Self::Regular { &*REGULAR } else { &*SEMI_BOLD };
        #[expect(clippy::cast_possible_truncation, reason = "font sizes are small")]
        let metrics: Vec<_> = fonts
            .iter()
            .map(|font| (font.charmap(), font.glyph_metrics(Size::new(size as f32), LocationRef::default())))
            .collect();
        let advance = |letter: char| {
            metrics.iter().find_map(|(map, metrics)| metrics.advance_width(map.map(letter)?)).map_or(size, f64::from)
        };
        text.chars().map(advance).sum()
    }

    /// Breaks words into at most `most` lines of at most `width` pixels; what does not fit ends in an ellipsis.
    pub fn wrap(self, text: &str, size: f64, width: f64, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if line.is_empty() || self.width(&longer, size) <= width {
                line = longer;
            } else if lines.len() + 1 < most {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line = longer;
            }
        }
        lines.push(line);
        lines.into_iter().map(|line| self.fit(line, size, width)).collect()
    }

    /// The words, or as many of their letters as fit and an ellipsis.
    pub fn fit(self, text: String, size: f64, width: f64) -> String {
        if self.width(&text, size) <= width {
            return text;
        }
        let mut room = width - self.width("…", size);
        let mut cut: String = text
            .chars()
            .take_while(|letter| {
                room -= self.width(letter.encode_utf8(&mut [0; 4]), size);
                room >= 0.0
            })
            .collect();
        cut.truncate(cut.trim_end().len());
        cut + "…"
    }
}

fn parsed(weight: u16) -> Vec<FontRef<'static>> {
    faces(weight).filter_map(|face| FontRef::new(face.data).ok()).collect()
}

/// Style rules that embed the fonts, cut down to these characters of each weight. A character is taken from the first family that has it.
///
/// # Errors
/// [`BriefingError::Font`] when a font cannot be read or cut.
pub fn style(used: &[(Weight, &BTreeSet<char>)]) -> Result<String, BriefingError> {
    let mut rules = String::new();
    for (weight, letters) in used {
        let mut wanted: BTreeSet<char> = (*letters).clone();
        for face in faces(weight.number()) {
            let failed = |reason: String| BriefingError::Font { font: face.name, reason };
            let font = FontRef::new(face.data).map_err(|error| failed(error.to_string()))?;
            let (here, other) =
                wanted.into_iter().partition::<BTreeSet<char>, _>(|letter| font.charmap().map(*letter).is_some());
            wanted = other;
            if here.is_empty() {
                continue;
            }
            let data = STANDARD.encode(cut(&font, &here).map_err(failed)?);
            rules.push_str(&format!(
                "@font-face{{font-family:'{}';font-weight:{};src:url(data:font/ttf;base64,{data}) format('truetype')}}",
                face.family, face.weight
            ));
        }
    }
    Ok(rules)
}

fn cut(font: &FontRef<'_>, letters: &BTreeSet<char>) -> Result<Vec<u8>, String> {
    let mut everything = IntSet::<Tag>::empty();
    everything.invert();
    let features = [b"kern", b"mark", b"mkmk", b"ccmp", b"locl", b"init", b"medi", b"fina", b"rlig", b"calt", b"curs"]
        .map(Tag::new);
    let names = [
        StringId::COPYRIGHT_NOTICE,
        StringId::FAMILY_NAME,
        StringId::SUBFAMILY_NAME,
        StringId::FULL_NAME,
        StringId::POSTSCRIPT_NAME,
    ];
    let plan = Plan::new(
        &IntSet::<GlyphId>::empty(),
        &letters.iter().map(|letter| u32::from(*letter)).collect(),
        font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &IntSet::empty(),
        &everything,
        &features.into_iter().collect(),
        &names.into_iter().collect(),
        &[0x0409].into_iter().collect(),
    );
    subset_font(font, &plan).map_err(|error| error.to_string())
}
