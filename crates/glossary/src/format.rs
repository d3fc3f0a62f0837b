//! The formats, and how to tell them apart.

use serde::{Deserialize, Serialize};

/// A format in which a glossary comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// SKOS in Turtle (W3C, 2014).
    Turtle,
    /// SKOS in JSON-LD (W3C, 2020).
    JsonLd,
    /// SKOS in RDF/XML (W3C, 2014).
    RdfXml,
    /// A table, a concept a row.
    Csv,
    /// The mappings alone, as SSSOM/TSV.
    Sssom,
}

/// Bytes at the beginning that are looked at for a guess.
const HEAD: usize = 4096;

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Turtle, Self::JsonLd, Self::RdfXml, Self::Csv, Self::Sssom];

    /// `turtle`, `jsonld`, `rdfxml`, `csv`, `sssom`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Turtle => "turtle",
            Self::JsonLd => "jsonld",
            Self::RdfXml => "rdfxml",
            Self::Csv => "csv",
            Self::Sssom => "sssom",
        }
    }

    /// The format of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Turtle => "Turtle",
            Self::JsonLd => "JSON-LD",
            Self::RdfXml => "RDF/XML",
            Self::Csv => "CSV",
            Self::Sssom => "SSSOM",
        }
    }

    /// Whether it can be read.
    pub fn can_read(self) -> bool {
        self != Self::Sssom
    }

    /// Whether it can be written.
    pub fn can_write(self) -> bool {
        matches!(self, Self::Turtle | Self::JsonLd | Self::Sssom)
    }

    /// The format of a file that is to be read, by its name and, where that leaves room, by its first bytes (4 KiB do). None when it is
    /// none of ours.
    pub fn guess(name: &str, head: &[u8]) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let endings = [
            (".ttl", Self::Turtle),
            (".turtle", Self::Turtle),
            (".nt", Self::Turtle),
            (".jsonld", Self::JsonLd),
            (".rdf", Self::RdfXml),
            (".csv", Self::Csv),
        ];
        if let Some((_, format)) = endings.into_iter().find(|(ending, _)| name.ends_with(ending)) {
            return Some(format);
        }
        let text = String::from_utf8_lossy(head.get(..head.len().min(HEAD)).unwrap_or_default());
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.starts_with(['{', '[']) {
            return text.contains("\"@").then_some(Self::JsonLd);
        }
        if text.starts_with("<?xml") || text.starts_with("<rdf:") || text.starts_with("<!--") {
            return text.contains("http://www.w3.org/1999/02/22-rdf-syntax-ns#").then_some(Self::RdfXml);
        }
        let turtle = text.lines().map(str::trim_start).any(|line| {
            let directive = line.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
            matches!(directive.as_str(), "@prefix" | "@base" | "prefix" | "base") || line.starts_with("<http")
        });
        if turtle {
            return Some(Self::Turtle);
        }
        let first = text.lines().find(|line| !line.trim().is_empty())?;
        first.contains([';', ',', '\t']).then_some(Self::Csv)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses() {
        for (name, head, format) in [
            ("a.ttl", b"".as_slice(), Some(Format::Turtle)),
            ("a.txt", b"# a comment\n@prefix skos: <x> .", Some(Format::Turtle)),
            ("a.json", b"\xef\xbb\xbf{\"@context\":{}}", Some(Format::JsonLd)),
            ("a.json", b"{\"id\":\"a\"}", None),
            (
                "a.xml",
                b"<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
                Some(Format::RdfXml),
            ),
            ("a.xml", b"<?xml version=\"1.0\"?><graphml/>", None),
            ("A.CSV", b"term;definitie", Some(Format::Csv)),
            ("a.txt", b"term;definitie\n", Some(Format::Csv)),
            ("a.bin", b"\0\x01", None),
        ] {
            assert_eq!(Format::guess(name, head), format, "{name}");
        }
        for format in Format::ALL {
            assert_eq!(Format::from_code(format.code()), Some(format));
        }
    }
}
