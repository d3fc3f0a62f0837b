//! The formats, and how to tell them apart.

use serde::{Deserialize, Serialize};

/// A format of another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// FollowTheMoney entities as JSON lines (<https://followthemoney.tech>).
    Ftm,
    /// GraphML (<http://graphml.graphdrawing.org>), also as yEd writes it.
    GraphMl,
    /// GEXF 1.2 and 1.3 (<https://gexf.net>), the format of Gephi.
    Gexf,
    /// A list of links (`source,target,...`) or of entities (`id,label,type,...`), separated by comma, semicolon or tab.
    Csv,
    /// i2 Analyst's Notebook Exchange.
    Anx,
}

/// Bytes at the beginning that are looked at for a guess.
const HEAD: usize = 4096;

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Ftm, Self::GraphMl, Self::Gexf, Self::Csv, Self::Anx];

    /// `ftm`, `graphml`, `gexf`, `csv`, `anx`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ftm => "ftm",
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
            Self::Csv => "csv",
            Self::Anx => "anx",
        }
    }

    /// The format of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ftm => "FollowTheMoney",
            Self::GraphMl => "GraphML",
            Self::Gexf => "GEXF",
            Self::Csv => "CSV",
            Self::Anx => "i2 ANX",
        }
    }

    /// Whether it can be written too.
    pub fn can_write(self) -> bool {
        self != Self::Anx
    }

    /// The format of a file, by its first bytes (4 KiB do) and, where these leave room, by its name. None when it is none of ours.
    pub fn guess(name: &str, head: &[u8]) -> Option<Self> {
        let head = head.get(..head.len().min(HEAD)).unwrap_or_default();
        // NUL bytes are those of UTF-16: what is looked for is ASCII.
        let text: String = String::from_utf8_lossy(head).chars().filter(|c| *c != '\0').collect();
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{fffd}');
        if text.starts_with('<') {
            let markup = [("<graphml", Self::GraphMl), ("<gexf", Self::Gexf), ("<Chart", Self::Anx)];
            return markup.into_iter().find(|(tag, _)| has_tag(text, tag)).map(|(_, format)| format);
        }
        let name = name.to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if text.starts_with('{') {
            return Some(Self::Ftm);
        }
        if ends(&[".csv", ".tsv", ".txt", ".tab"]) {
            return Some(Self::Csv);
        }
        // An empty or unreadable beginning: its name is all there is.
        if ends(&[".ftm", ".ftm.json", ".ijson", ".jsonl", ".ndjson"]) {
            return Some(Self::Ftm);
        }
        let endings = [(".graphml", Self::GraphMl), (".gexf", Self::Gexf), (".anx", Self::Anx)];
        endings.into_iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, format)| format)
    }
}

/// Whether an element of this name begins in the text: with a prefix too (`<ns:gexf`), and not as the beginning of a longer name.
fn has_tag(text: &str, tag: &str) -> bool {
    let name = tag.trim_start_matches('<');
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|after| after.chars().next());
        matches!(before, Some('<' | ':')) && after.is_none_or(|c| c.is_whitespace() || matches!(c, '>' | '/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses() {
        let utf16: Vec<u8> =
            "\u{feff}<?xml version='1.0'?>\n<Chart>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (name, head, format) in [
            ("a.json", b"{\"id\":\"a\"}".as_slice(), Some(Format::Ftm)),
            ("a.xml", b"\xef\xbb\xbf<?xml version=\"1.0\"?><!-- x --><graphml xmlns=\"..\">", Some(Format::GraphMl)),
            ("a.graphml", b"<gexf version=\"1.3\">", Some(Format::Gexf)),
            ("a.xml", b"<g:gexf>", Some(Format::Gexf)),
            ("a.xml", utf16.as_slice(), Some(Format::Anx)),
            ("a.xml", b"<Charter/>", None),
            ("a.html", b"<html>", None),
            ("a.csv", b"source;target", Some(Format::Csv)),
            ("A.TSV", b"source\ttarget", Some(Format::Csv)),
            ("a.jsonl", b"", Some(Format::Ftm)),
            ("a.bin", b"\0\x01", None),
        ] {
            assert_eq!(Format::guess(name, head), format, "{name}");
        }
        for format in Format::ALL {
            assert_eq!(Format::from_code(format.code()), Some(format));
        }
    }
}
