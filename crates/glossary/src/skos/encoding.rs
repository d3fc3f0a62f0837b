//! The characters of RDF/XML: a file says itself in which encoding it is (XML 1.0, 4.3.3), and the parser reads UTF-8 alone.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::lines::line_at;
use crate::GlossaryError;

/// Bytes in which the declaration is looked for.
const HEAD: usize = 200;

/// A file in UTF-8, with its lines where they were: by its byte order mark, else by what it declares.
pub(super) fn utf8(bytes: &[u8]) -> Result<Cow<'_, [u8]>, GlossaryError> {
    let declared = declared(bytes).and_then(Encoding::for_label);
    let (encoding, mark) = Encoding::for_bom(bytes)
        // Whose declaration can be read as it stands is not in UTF-16, whatever it says.
        .or_else(|| Some((declared?.output_encoding(), 0)))
        .unwrap_or((UTF_8, 0));
    let rest = bytes.get(mark..).unwrap_or_default();
    if encoding == UTF_8 && declared.is_none_or(|declared| declared == UTF_8) {
        return Ok(Cow::Borrowed(bytes));
    }
    let (text, wrong) = encoding.decode_without_bom_handling(rest);
    if wrong {
        let at = text.find('\u{fffd}').unwrap_or_default();
        let reason = format!("a byte that is not {}", encoding.name());
        return Err(GlossaryError::Malformed { line: line_at(text.as_bytes(), at), reason });
    }
    // The declaration is of the encoding that it was in: only its lines are kept.
    let declaration = text.starts_with("<?xml").then(|| text.find("?>")).flatten().map_or(0, |end| end + 2);
    let (head, body) = text.split_at(declaration);
    let lines = "\n".repeat(head.matches('\n').count());
    Ok(Cow::Owned(format!("{lines}{body}").into_bytes()))
}

/// The encoding that the declaration `<?xml ... encoding="..."?>` names.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..bytes.len().min(HEAD))?;
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let head = head.get(..end)?;
    let at = head.windows(9).position(|window| window == b"encoding=")?;
    let (quote, rest) = head.get(at + 9..)?.split_first()?;
    rest.split(|byte| byte == quote).next()
}
