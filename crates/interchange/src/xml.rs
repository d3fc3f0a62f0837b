//! XML as the readers want it: element by element, with its line and source text.
//!
//! Refused: document types (so no entities but the five of XML and numbers), characters that XML does not allow, more nesting than the
//! limits say, a second root, text beside the root, an end before all is closed.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::encoding::{malformed, quote};
use crate::{InterchangeError, Limits};

/// An element. Names are without their prefix.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// Its own text, without that of its children.
    pub text: String,
    pub line: u64,
    start: usize,
    end: usize,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The children of this name.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The first element of this name below it, at any depth (which the reader has limited).
    pub fn below(&self, name: &str) -> Option<&Element> {
        self.children.iter().find_map(|child| if child.name == name { Some(child) } else { child.below(name) })
    }
}

/// What comes next in the file.
pub(crate) enum Piece {
    /// An element begins; [`XmlReader::fill`] reads what is in it.
    Open(Element),
    /// The innermost element that was not filled ends.
    Close,
    /// The file ends.
    End,
}

/// Reads a file element by element.
pub(crate) struct XmlReader<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    open: Vec<String>,
    rooted: bool,
    deepest: usize,
    // The last place whose line is known: lines are counted once.
    counted: (usize, u64),
}

/// The encoding that the declaration `<?xml ... encoding="..."?>` names.
pub(crate) fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..bytes.len().min(200))?;
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let head = head.get(..end)?;
    let at = head.windows(9).position(|window| window == b"encoding=")?;
    let (quote, rest) = head.get(at + 9..)?.split_first()?;
    rest.split(|byte| byte == quote).next()
}

/// Whether XML 1.0 allows this character (its section 2.2).
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// The text as it stands in an attribute or element, so that it comes back as it was. What XML has no place for becomes U+FFFD.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            c if allowed(c) => escaped.push(c),
            _ => escaped.push('\u{fffd}'),
        }
    }
    escaped
}

impl<'a> XmlReader<'a> {
    pub fn new(text: &'a str, limits: &Limits) -> Result<Self, InterchangeError> {
        if let Some((at, _)) = text.char_indices().find(|(_, c)| !allowed(*c)) {
            return Err(malformed(text, at, "a control character, which XML does not allow"));
        }
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Ok(Self { text, reader, open: Vec::new(), rooted: false, deepest: limits.deepest(), counted: (0, 1) })
    }

    /// The root element, which must have this name.
    pub fn root(&mut self, name: &str, format: &'static str) -> Result<Element, InterchangeError> {
        match self.next()? {
            Piece::Open(root) if root.name == name => Ok(root),
            Piece::Open(root) => {
                let reason = format!("it begins with <{}>, not <{name}>", crate::gather::shorten(&root.name));
                Err(InterchangeError::OtherFormat { line: root.line, format, reason })
            }
            Piece::Close | Piece::End => {
                Err(InterchangeError::OtherFormat { line: 1, format, reason: "there is no element in it".to_owned() })
            }
        }
    }

    /// What comes next. Text between elements is passed over.
    pub fn next(&mut self) -> Result<Piece, InterchangeError> {
        self.step(&mut String::new())
    }

    /// Reads all that is in this element, which was the last that opened.
    pub fn fill(&mut self, mut element: Element) -> Result<Element, InterchangeError> {
        loop {
            let mut text = std::mem::take(&mut element.text);
            let piece = self.step(&mut text);
            element.text = text;
            match piece? {
                Piece::Open(child) => {
                    let child = self.fill(child)?;
                    element.children.push(child);
                }
                Piece::Close | Piece::End => {
                    element.end = self.position();
                    return Ok(element);
                }
            }
        }
    }

    /// The file's own words for an element that was filled.
    pub fn quote(&self, element: &Element) -> String {
        quote(self.text.get(element.start..element.end).unwrap_or_default())
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn step(&mut self, text: &mut String) -> Result<Piece, InterchangeError> {
        loop {
            let start = self.position();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let at = usize::try_from(self.reader.error_position()).unwrap_or(start);
                    return Err(malformed(self.text, at, &error.to_string()));
                }
            };
            match event {
                Event::Start(tag) => return self.begin(&tag, start).map(Piece::Open),
                Event::End(_) => {
                    self.open.pop();
                    return Ok(Piece::Close);
                }
                Event::Text(part) => self.add(text, &part.xml10_content(), start)?,
                Event::CData(part) => self.add(text, &part.xml10_content(), start)?,
                Event::GeneralRef(reference) => {
                    let name: &str = &reference;
                    let c = match name {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => reference.resolve_char_ref().ok().flatten().filter(|c| allowed(*c)),
                    };
                    let Some(c) = c else {
                        let reason = format!("the entity '&{};' is not known", crate::gather::shorten(name));
                        return Err(malformed(self.text, start, &reason));
                    };
                    self.add(text, c.encode_utf8(&mut [0; 4]), start)?;
                }
                Event::DocType(_) => return Err(InterchangeError::DocumentType { line: self.line(start) }),
                Event::Eof => {
                    return match self.open.last() {
                        Some(name) => {
                            let reason = format!("the file ends within <{}>", crate::gather::shorten(name));
                            Err(malformed(self.text, self.text.len(), &reason))
                        }
                        None => Ok(Piece::End),
                    };
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn add(&self, text: &mut String, part: &str, start: usize) -> Result<(), InterchangeError> {
        if self.open.is_empty() && !part.trim().is_empty() {
            return Err(malformed(self.text, start, "text that is not within an element"));
        }
        text.push_str(part);
        Ok(())
    }

    fn begin(&mut self, tag: &BytesStart<'_>, start: usize) -> Result<Element, InterchangeError> {
        if self.open.is_empty() && self.rooted {
            return Err(malformed(self.text, start, "a second outermost element"));
        }
        let line = self.line(start);
        if self.open.len() >= self.deepest {
            let limit = self.deepest as u64;
            return Err(InterchangeError::TooMany { line, what: "elements within each other", limit });
        }
        self.rooted = true;
        self.open.push(tag.name().0.to_owned());
        let mut element = Element { name: tag.local_name().as_ref().to_owned(), line, start, ..Element::default() };
        for attribute in tag.attributes() {
            let wrong = |reason: String| malformed(self.text, start, &reason);
            let attribute = attribute.map_err(|error| wrong(error.to_string()))?;
            if attribute.key.0.starts_with("xmlns") {
                continue;
            }
            let value =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| wrong(error.to_string()))?;
            if !value.chars().all(allowed) {
                return Err(wrong("a control character, which XML does not allow".to_owned()));
            }
            element.attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        Ok(element)
    }

    /// The line of a byte that is not before the last one asked for.
    fn line(&mut self, at: usize) -> u64 {
        let (counted, line) = self.counted;
        let between = self.text.as_bytes().get(counted..at).unwrap_or_default();
        let line = line + between.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted = (at.max(counted), line);
        line
    }
}
