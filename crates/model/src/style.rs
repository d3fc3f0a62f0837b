//! Style sheets: how an organisation has types of entity and link look on charts. A sheet can be handed to others as a file.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

use crate::{Shape, StyleSheetId};

/// A colour: red, green, blue. Written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The colour of something on a chart: a place in the palette of Okabe and Ito, which each theme shows as its ground wants it, or a colour
/// of one's own, which is the same on every ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "Written", into = "Written")]
#[ts(export, type = "number | string")]
pub enum Paint {
    /// A place in the palette, 0 to 7.
    Palette(u8),
    /// A colour of one's own.
    Own(Rgb),
}

/// How the line of a link is drawn. What rests on no passage has the short dashes that say so, whatever its line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Line {
    /// Unbroken.
    #[default]
    Solid,
    /// Long dashes.
    Dashed,
    /// Dots.
    Dotted,
}

/// How a type looks. What is not said stays as the schema has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct TypeStyle {
    /// The type's name. One that the schema does not have is kept: a newer list may have it.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its colour.
    #[serde(default)]
    pub colour: Option<Paint>,
    /// Of a type of entity: its outline.
    #[serde(default)]
    pub shape: Option<Shape>,
    /// Of a type of entity: the name of its icon.
    #[serde(default)]
    pub icon: Option<String>,
    /// Of a type of link: its line.
    #[serde(default)]
    pub line: Option<Line>,
    /// Of a type of link: its width in per cent of the usual one, 25 to 400.
    #[serde(default)]
    pub width: Option<u16>,
}

/// How an organisation has types look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StyleSheet {
    /// Its id.
    #[ts(type = "string")]
    pub id: StyleSheetId,
    /// What it is called.
    pub name: String,
    /// Code of the organisation whose it is.
    pub organisation: String,
    /// The types, each once.
    pub types: Vec<TypeStyle>,
}

/// Which sheet a chart uses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SheetChoice {
    /// The one that was chosen for the workspace, if any.
    #[default]
    Workspace,
    /// None: types look as the schema has them.
    None,
    /// This one; as long as it is dropped, that of the workspace.
    Sheet(#[ts(type = "string")] StyleSheetId),
}

/// What is wrong with a sheet. Words of a file in it are at most 80 characters each.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs, reason = "the sentences say what the fields are")]
pub enum StyleError {
    #[error("a style sheet has a name of 1 to {MAX_SHEET_NAME} characters")]
    Name,
    #[error(
        "a style sheet has at most {MAX_STYLES} types, and this one has {found}: leave out those that look as usual"
    )]
    TooMany { found: usize },
    #[error("the name of a type has 1 to {MAX_TYPE_NAME} characters, and '{kind}' has not")]
    TypeName { kind: String },
    #[error("type '{kind}' stands in the sheet twice: leave one out")]
    Double { kind: String },
    #[error("type '{kind}': place {place} is not in the palette, which has 0 to {LAST_PLACE}")]
    Place { kind: String, place: u8 },
    #[error("type '{kind}': a width of {width} per cent is beyond {} to {}", WIDTHS.0, WIDTHS.1)]
    Width { kind: String, width: u16 },
    #[error("type '{kind}': '{icon}' is no name of an icon: small letters, digits and dashes, at most {MAX_ICON_NAME}")]
    Icon { kind: String, icon: String },
}

/// Characters of a sheet's name.
pub const MAX_SHEET_NAME: usize = 200;
/// Types of a sheet.
pub const MAX_STYLES: usize = 500;
const MAX_TYPE_NAME: usize = 100;
const MAX_ICON_NAME: usize = 60;
/// The last place of the palette.
pub const LAST_PLACE: u8 = 7;
/// Least and greatest width in per cent of the usual one.
pub const WIDTHS: (u16, u16) = (25, 400);
/// Characters of a file's words that an error repeats.
const REPEATED: usize = 80;

impl StyleSheet {
    /// Checks what a person or a file says.
    ///
    /// # Errors
    /// With the first thing that is wrong, and the type that it is wrong of.
    pub fn check(&self) -> Result<(), StyleError> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > MAX_SHEET_NAME || name.chars().any(char::is_control) {
            return Err(StyleError::Name);
        }
        if self.types.len() > MAX_STYLES {
            return Err(StyleError::TooMany { found: self.types.len() });
        }
        let mut met = BTreeSet::new();
        for style in &self.types {
            style.check()?;
            if !met.insert(style.kind.as_str()) {
                return Err(StyleError::Double { kind: repeated(&style.kind) });
            }
        }
        Ok(())
    }

    /// How this sheet has a type look.
    pub fn of(&self, kind: &str) -> Option<&TypeStyle> {
        self.types.iter().find(|style| style.kind == kind)
    }
}

impl TypeStyle {
    fn check(&self) -> Result<(), StyleError> {
        let kind = || repeated(&self.kind);
        let letters = self.kind.chars().count();
        if self.kind.trim().is_empty() || letters > MAX_TYPE_NAME || self.kind.chars().any(char::is_control) {
            return Err(StyleError::TypeName { kind: kind() });
        }
        match (self.colour, self.width, &self.icon) {
            (Some(Paint::Palette(place)), _, _) if place > LAST_PLACE => Err(StyleError::Place { kind: kind(), place }),
            (_, Some(width), _) if !(WIDTHS.0..=WIDTHS.1).contains(&width) => {
                Err(StyleError::Width { kind: kind(), width })
            }
            (_, _, Some(icon)) if !is_icon_name(icon) => Err(StyleError::Icon { kind: kind(), icon: repeated(icon) }),
            _ => Ok(()),
        }
    }
}

fn is_icon_name(icon: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !icon.is_empty() && icon.len() <= MAX_ICON_NAME && icon.chars().all(letter)
}

/// Words of a file that can stand in an error: on one line, and short.
fn repeated(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(REPEATED).collect()
}

impl fmt::Display for Rgb {
    /// `#rrggbb`.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Rgb {
    /// The colour that is written `#rrggbb`, in capitals or not.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| {
            let part = digits.get(at..at + 2)?;
            part.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u8::from_str_radix(part, 16).ok())?
        };
        Some(Self(part(0)?, part(2)?, part(4)?))
    }
}

impl From<u8> for Paint {
    fn from(place: u8) -> Self {
        Self::Palette(place)
    }
}

/// A colour as it is written: a number or words.
#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "a colour is #rrggbb, or a place 0 to 7 in the palette")]
enum Written {
    Place(u8),
    Digits(String),
}

impl From<Paint> for Written {
    fn from(paint: Paint) -> Self {
        match paint {
            Paint::Palette(place) => Self::Place(place),
            Paint::Own(colour) => Self::Digits(colour.to_string()),
        }
    }
}

impl TryFrom<Written> for Paint {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        match written {
            Written::Place(place) => Ok(Self::Palette(place)),
            Written::Digits(digits) => Rgb::parse(&digits).map(Self::Own).ok_or_else(|| {
                let digits = repeated(&digits);
                format!("'{digits}' is no colour: six hexadecimal digits after a # (#0072b2), or a place 0 to 7 in the palette")
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(kind: &str) -> TypeStyle {
        TypeStyle { kind: kind.into(), colour: None, shape: None, icon: None, line: None, width: None }
    }

    fn sheet(types: Vec<TypeStyle>) -> StyleSheet {
        StyleSheet { id: StyleSheetId::random(), name: "Huisstijl".into(), organisation: "politie".into(), types }
    }

    #[test]
    fn colours_are_places_or_digits() {
        for (written, paint) in [
            ("3", Paint::Palette(3)),
            ("\"#0072B2\"", Paint::Own(Rgb(0, 0x72, 0xb2))),
            ("\"#ffffff\"", Paint::Own(Rgb(255, 255, 255))),
        ] {
            assert_eq!(serde_json::from_str::<Paint>(written).unwrap(), paint, "{written}");
            let back = serde_json::to_string(&paint).unwrap();
            assert_eq!(serde_json::from_str::<Paint>(&back).unwrap(), paint);
        }
        for wrong in ["\"0072b2\"", "\"#0072b\"", "\"#+072b2\"", "\"#éa2b2\"", "\"red\"", "-1", "300", "[1]", "null"] {
            let error = serde_json::from_str::<Paint>(wrong).unwrap_err().to_string();
            assert!(error.contains("palette"), "{wrong}: {error}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_type() {
        let check = |types| sheet(types).check();
        assert_eq!(check(vec![style("Person"), style("Unheard")]), Ok(()));
        let wide = TypeStyle { width: Some(500), ..style("Family") };
        assert_eq!(check(vec![wide]), Err(StyleError::Width { kind: "Family".into(), width: 500 }));
        let beyond = TypeStyle { colour: Some(Paint::Palette(8)), ..style("Person") };
        assert_eq!(check(vec![beyond]), Err(StyleError::Place { kind: "Person".into(), place: 8 }));
        let icon = TypeStyle { icon: Some("../etc".into()), ..style("Person") };
        assert_eq!(check(vec![icon]), Err(StyleError::Icon { kind: "Person".into(), icon: "../etc".into() }));
        assert_eq!(check(vec![style("A"), style("A")]), Err(StyleError::Double { kind: "A".into() }));
        assert!(matches!(check(vec![style("\u{1b}[2J")]), Err(StyleError::TypeName { .. })));
        let many = (0..=MAX_STYLES).map(|number| style(&number.to_string())).collect();
        assert_eq!(check(many), Err(StyleError::TooMany { found: MAX_STYLES + 1 }));
        assert_eq!(StyleSheet { name: " ".into(), ..sheet(Vec::new()) }.check(), Err(StyleError::Name));
    }
}
