//! What stands around the chart: title, makers, date, marking.

use std::collections::BTreeMap;

use koplamp_model::{DocumentId, Schema};
use time::Date;

use crate::palette::Colour;

/// The language of the few words that a sheet adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
}

/// What stands around the chart.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its heading.
    pub title: String,
    /// Organisation and author, in one line; may be empty.
    pub by: String,
    /// The day that the sheet is of: it stands on the sheet and in the PDF, so equal input gives equal bytes.
    pub date: Date,
    /// How the whole is marked: the strictest of what is on it.
    pub marking: Marking,
    /// Language of the words of the sheet's own.
    pub language: Language,
    /// How types are called, by their name in the schema; see [`type_names`]. A type that is missing is called by its name.
    pub names: BTreeMap<String, String>,
    /// The photos that nodes name: square JPEG pictures that this program encoded. Where one is missing, the node has its icon.
    pub photos: BTreeMap<DocumentId, Vec<u8>>,
    /// The organisation in whose words types and links are called; none are the usual words, and the sheet says nothing of it.
    pub words_of: Option<String>,
}

/// A marking as it stands at the top and bottom of every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marking {
    /// Its words: `TLP:AMBER`.
    pub text: String,
    /// Behind the words.
    pub ground: Colour,
    /// Of the words.
    pub ink: Colour,
}

/// White letters; of what is not marked, too.
const WHITE: Colour = Colour(0xff, 0xff, 0xff);
const BLACK: Colour = Colour(0x00, 0x00, 0x00);

impl Marking {
    /// The marking of this code, with its fixed colours: Traffic Light Protocol 2.0 as FIRST lays it down, the state's markings white on blue.
    /// They are those of `ui/src/theme/markings.css`. A code that is not known, and none, is white on grey.
    ///
    /// `name` is what the code list calls it. Without a code the sheet says that it has no marking.
    pub fn new(code: Option<&str>, name: &str, language: Language) -> Self {
        let (ground, ink) = match code {
            Some("tlp:clear") => (BLACK, WHITE),
            Some("tlp:green") => (BLACK, Colour(0x33, 0xff, 0x00)),
            Some("tlp:amber" | "tlp:amber+strict") => (BLACK, Colour(0xff, 0xc0, 0x00)),
            Some("tlp:red") => (BLACK, Colour(0xff, 0x2b, 0x2b)),
            Some("dep-v") => (Colour(0x15, 0x42, 0x73), WHITE),
            _ => (Colour(0x3d, 0x43, 0x4d), WHITE),
        };
        let text = match (code, language) {
            (Some(_), _) => name.to_owned(),
            (None, Language::Nl) => "Niet gemarkeerd".to_owned(),
            (None, Language::En) => "Not marked".to_owned(),
        };
        Self { text, ground, ink }
    }
}

/// What the types of a schema are called in a language: entities in the plural, as a legend counts them; links by their own name.
pub fn type_names(schema: &Schema, language: Language) -> BTreeMap<String, String> {
    let name = |known: &koplamp_model::EntityType| match (schema.ends(&known.name).is_some(), language) {
        (true, Language::Nl) => known.nl.clone(),
        (true, Language::En) => known.en.clone(),
        (false, Language::Nl) => known.nl_plural.clone(),
        (false, Language::En) => known.en_plural.clone(),
    };
    schema.types.iter().map(|known| (known.name.clone(), name(known))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The window's style sheet is the reference, for every code that it names.
    #[test]
    fn markings_have_the_windows_colours() {
        let css = include_str!("../../../ui/src/theme/markings.css");
        let mut seen = 0;
        for rule in css.split('}').filter(|rule| rule.contains("--marking-ground")) {
            let (selectors, body) = rule.rsplit_once('{').unwrap();
            let value =
                |name: &str| body.split(&format!("{name}: ")).nth(1).unwrap().split(';').next().unwrap().to_owned();
            let codes: Vec<Option<&str>> =
                selectors.split("data-marking").skip(1).map(|part| part.split('"').nth(1)).collect();
            for code in codes {
                let made = Marking::new(code, "name", Language::En);
                assert_eq!(
                    (made.ground.to_string(), made.ink.to_string()),
                    (value("--marking-ground"), value("--marking-ink")),
                    "{code:?}"
                );
                assert_eq!(made.text, if code.is_some() { "name" } else { "Not marked" });
                seen += 1;
            }
        }
        assert_eq!(seen, 7);
    }
}
