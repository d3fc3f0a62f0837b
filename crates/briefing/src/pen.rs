//! Writes elements and words of an SVG, and remembers which characters were used. Everything from outside is escaped here and nowhere else.

use std::{
    collections::BTreeSet,
    fmt::{self, Display, Write},
};

use quick_xml::escape::escape;

use crate::{fonts::Weight, palette::Colour};

/// The size of words on a chart in pixels, and of all words that name no other.
pub const TEXT: f64 = 12.0;
/// From baseline to baseline of words on a chart.
pub const LEADING: f64 = 15.0;
/// Words are cut here: no label is longer, and a document that says so wants to do harm.
const MOST: usize = 400;

/// A length in an attribute: hundredths of a pixel, no more digits than needed.
pub struct Px(pub f64);

impl Display for Px {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.2}", self.0);
        let short = text.trim_end_matches('0').trim_end_matches('.');
        to.write_str(if short == "-0" { "0" } else { short })
    }
}

/// Where words stand: at `x`, on the baseline `y`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// `x` is their left end.
    Start,
    /// `x` is their middle.
    Middle,
    /// `x` is their right end.
    End,
}

/// How words look.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    /// Which end `x` is.
    pub anchor: Anchor,
    /// How heavy.
    pub weight: Weight,
    /// Font size in pixels.
    pub size: f64,
    /// Colour.
    pub ink: Colour,
}

/// An SVG that is being written.
#[derive(Default)]
pub struct Pen {
    out: String,
    regular: BTreeSet<char>,
    semi_bold: BTreeSet<char>,
}

/// Attributes of an element: name and value.
pub type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

impl Pen {
    fn tag(&mut self, name: &str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            let value = clean(&value.to_string());
            // Writing to a string cannot fail.
            let _ = write!(self.out, " {key}=\"{}\"", escape(value.as_str()));
        }
    }

    /// Begins an element that holds others.
    pub fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.out.push('>');
    }

    /// Ends it.
    pub fn close(&mut self, name: &str) {
        let _ = writeln!(self.out, "</{name}>");
    }

    /// An element that holds nothing.
    pub fn leaf(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    /// A JPEG picture, as Base64: its letters need no escaping, and there are more of them than words may have.
    pub fn picture(&mut self, attributes: Attributes<'_>, base64: &str) {
        self.tag("image", attributes);
        self.out.push_str(" href=\"data:image/jpeg;base64,");
        self.out.push_str(base64);
        self.out.push_str("\"/>");
    }

    /// Elements that this program brings along: icons, and what another pen wrote.
    pub fn own(&mut self, elements: &str) {
        self.out.push_str(elements);
    }

    /// A line of words on the baseline `y`. Words that are empty once cleaned leave nothing.
    pub fn words(&mut self, (x, y): (f64, f64), look: Type, words: &str) {
        let words = clean(words);
        if words.trim().is_empty() {
            return;
        }
        let used = if look.weight == Weight::Regular { &mut self.regular } else { &mut self.semi_bold };
        used.extend(words.chars());
        let (x, y, size, weight) = (Px(x), Px(y), Px(look.size), look.weight.number());
        let anchor = match look.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let mut attributes: Vec<(&str, &dyn Display)> = vec![("x", &x), ("y", &y), ("fill", &look.ink)];
        if look.anchor != Anchor::Start {
            attributes.push(("text-anchor", &anchor));
        }
        if (look.size - TEXT).abs() > f64::EPSILON {
            attributes.push(("font-size", &size));
        }
        if look.weight != Weight::Regular {
            attributes.push(("font-weight", &weight));
        }
        self.open("text", &attributes);
        self.out.push_str(&escape(words.as_str()));
        self.close("text");
    }

    /// What was written, and the characters used of each weight.
    pub fn finish(self) -> (String, [(Weight, BTreeSet<char>); 2]) {
        (self.out, [(Weight::Regular, self.regular), (Weight::SemiBold, self.semi_bold)])
    }
}

/// Words without what could break the file or mislead the reader: control characters, and the marks that turn the direction of letters
/// (Unicode Standard Annex 9; "Trojan Source", 2021), show as U+FFFD; spaces of every kind are one space; invisible marks are left out.
/// At most [`MOST`] characters.
pub fn clean(words: &str) -> String {
    let mut kept: String = words
        .chars()
        .filter(|letter| {
            !matches!(
                letter,
                '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{61c}' | '\u{feff}' | '\u{ad}'
            )
        })
        .map(|letter| match letter {
            _ if letter.is_whitespace() => ' ',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}' => char::REPLACEMENT_CHARACTER,
            _ if letter.is_control() || u32::from(letter) & 0xfffe == 0xfffe => char::REPLACEMENT_CHARACTER,
            _ => letter,
        })
        .take(MOST + 1)
        .collect();
    if let Some((end, _)) = kept.char_indices().nth(MOST) {
        kept.truncate(end);
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short() {
        assert_eq!(
            [0.0, -0.001, 1.0, -2.5, 10.126, 100.0].map(|value| Px(value).to_string()),
            ["0", "0", "1", "-2.5", "10.13", "100"]
        );
    }

    #[test]
    fn words_are_cleaned() {
        for (words, clean_words) in [
            ("Jansen & Zn <b.v.>", "Jansen & Zn <b.v.>"),
            ("a\tb\nc\u{2028}d", "a b c d"),
            ("nul\0\u{1b}\u{85}", "nul\u{fffd}\u{fffd} "),
            ("exe\u{202e}gpj.\u{2066}x", "exe\u{fffd}gpj.\u{fffd}x"),
            ("\u{feff}on\u{200b}zicht\u{ad}baar\u{200f}", "onzichtbaar"),
            ("\u{ffff}\u{1fffe}", "\u{fffd}\u{fffd}"),
            ("مريم ÇĞİ Жданов", "مريم ÇĞİ Жданов"),
        ] {
            assert_eq!(clean(words), clean_words);
        }
        assert_eq!(clean(&"x".repeat(1_000_000)).chars().count(), MOST + 1);
    }
}
