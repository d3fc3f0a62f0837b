//! Bytes to characters, and places in them to lines.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::InterchangeError;

/// The longest quote of a draft, in characters.
pub(crate) const QUOTE: usize = 500;

/// The characters of bytes that must be UTF-8 (or carry the mark of UTF-16, or `declared` another encoding).
///
/// # Errors
///
/// A byte that means nothing in the encoding, with its line; a NUL.
pub(crate) fn strict<'a>(bytes: &'a [u8], declared: Option<&[u8]>) -> Result<Cow<'a, str>, InterchangeError> {
    let (encoding, mark) =
        Encoding::for_bom(bytes).or_else(|| Some((Encoding::for_label(declared?)?, 0))).unwrap_or((UTF_8, 0));
    let rest = bytes.get(mark..).unwrap_or_default();
    let text = if encoding == UTF_8 {
        Cow::Borrowed(std::str::from_utf8(rest).map_err(|error| {
            let valid = rest.get(..error.valid_up_to()).unwrap_or_default();
            malformed(&String::from_utf8_lossy(valid), valid.len(), "a byte that is not UTF-8")
        })?)
    } else {
        let (text, wrong) = encoding.decode_without_bom_handling(rest);
        if wrong {
            let at = text.find('\u{fffd}').unwrap_or_default();
            return Err(malformed(&text, at, &format!("a byte that is not {}", encoding.name())));
        }
        text
    };
    match text.find('\0') {
        Some(at) => Err(malformed(&text, at, "a NUL character")),
        None => Ok(text),
    }
}

/// The characters of a table: by its byte order mark, else UTF-8, else windows-1252, in which every byte means something.
pub(crate) fn lenient(bytes: &[u8]) -> Cow<'_, str> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| match std::str::from_utf8(bytes) {
        Ok(_) => (UTF_8, 0),
        Err(_) => (WINDOWS_1252, 0),
    });
    encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0
}

/// An error at a byte of the text.
pub(crate) fn malformed(text: &str, at: usize, reason: &str) -> InterchangeError {
    let (line, column) = place(text, at);
    InterchangeError::Malformed { line, column, reason: reason.to_owned() }
}

/// Line and column (in characters) of a byte of the text, both from 1.
pub(crate) fn place(text: &str, at: usize) -> (u64, u64) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = text.get(..at).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u64 + 1;
    (line, column)
}

/// The first 500 characters, without space around.
pub(crate) fn quote(text: &str) -> String {
    let text = text.trim();
    text.char_indices().nth(QUOTE).and_then(|(at, _)| text.get(..at)).unwrap_or(text).to_owned()
}
