//! How deep a file nests, before a parser is let at it: parsers keep what is open on a stack, and a file of brackets alone makes that
//! stack many times as large as the file.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::lines::line_at;
use crate::{GlossaryError, Limits};

/// Counts what is open.
struct Open<'a> {
    bytes: &'a [u8],
    now: u32,
    limits: &'a Limits,
}

impl<'a> Open<'a> {
    fn new(bytes: &'a [u8], limits: &'a Limits) -> Self {
        Self { bytes, now: 0, limits }
    }

    fn open(&mut self, at: usize, what: &'static str) -> Result<(), GlossaryError> {
        self.now += 1;
        if self.now > self.limits.depth {
            let limit = u64::from(self.limits.depth);
            return Err(GlossaryError::TooMany { line: line_at(self.bytes, at), what, limit });
        }
        Ok(())
    }

    fn close(&mut self) {
        self.now = self.now.saturating_sub(1);
    }
}

/// Checks the brackets of JSON, outside its strings.
pub(super) fn json(bytes: &[u8], limits: &Limits) -> Result<(), GlossaryError> {
    let mut open = Open::new(bytes, limits);
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'[' | b'{' => open.open(at, "brackets within each other")?,
            b']' | b'}' => open.close(),
            _ => {}
        }
    }
    Ok(())
}

/// Checks the brackets of Turtle, outside its texts, names and comments.
pub(super) fn turtle(bytes: &[u8], limits: &Limits) -> Result<(), GlossaryError> {
    let mut open = Open::new(bytes, limits);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        at += match byte {
            b'[' | b'(' => {
                open.open(at, "brackets within each other")?;
                1
            }
            b']' | b')' => {
                open.close();
                1
            }
            b'\\' => 2,
            b'#' => rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len()),
            b'<' => rest.iter().position(|byte| matches!(byte, b'>' | b'\n')).map_or(1, |end| end + 1),
            quote @ (b'"' | b'\'') => text(rest, *quote),
            _ => 1,
        };
    }
    Ok(())
}

/// The length of the text in quotes that these bytes begin with; one that does not end goes on to the end.
fn text(bytes: &[u8], quote: u8) -> usize {
    let long = bytes.starts_with(&[quote; 3]);
    if !long && bytes.get(1) == Some(&quote) {
        return 2;
    }
    let end: &[u8] = if long { &[quote; 3] } else { &[quote] };
    let mut at = end.len();
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(end) {
            return at + end.len();
        }
        at += if rest.first() == Some(&b'\\') { 2 } else { 1 };
    }
    bytes.len()
}

/// Checks the elements of XML; refuses a document type, and a file that ends before all is closed, which the parser behind it takes.
pub(super) fn xml(bytes: &[u8], limits: &Limits) -> Result<(), GlossaryError> {
    let mut open = Open::new(bytes, limits);
    let mut reader = Reader::from_reader(bytes);
    let mut rooted = false;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let malformed = |reason: String| GlossaryError::Malformed { line: line_at(bytes, at), reason };
        match reader.read_event() {
            Ok(Event::Start(_)) => {
                rooted = true;
                open.open(at, "elements within each other")?;
            }
            Ok(Event::Empty(_)) => rooted = true,
            Ok(Event::End(_)) => open.close(),
            Ok(Event::DocType(_)) => return Err(GlossaryError::DocumentType { line: line_at(bytes, at) }),
            Ok(Event::Eof) if open.now > 0 => {
                return Err(malformed(format!("the file ends while {} elements are still open", open.now)));
            }
            Ok(Event::Eof) if !rooted => return Err(malformed("there is no element in it".to_owned())),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(malformed(error.to_string())),
        }
    }
}
