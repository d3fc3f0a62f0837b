//! The text of a Word file that is too damaged for a reader that wants the whole: the main part alone, as far as it goes.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

use crate::readers::zip::first_part;

/// Bytes of the main part that are read.
const MAX_PART: u64 = 64 << 20;

/// The text, if there is any.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let part = first_part(bytes, "word/document.xml", MAX_PART)?;
    let text = characters(&String::from_utf8_lossy(&part));
    (!text.trim().is_empty()).then_some(text)
}

/// The characters between the tags, up to where the XML ends or breaks.
fn characters(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut text = String::new();
    let mut in_text = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => in_text = tag.local_name().as_ref() == "t",
            Ok(Event::Empty(tag)) => match tag.local_name().as_ref() {
                "tab" => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                _ => {}
            },
            Ok(Event::End(tag)) => {
                in_text = false;
                if tag.local_name().as_ref() == "p" {
                    text.push('\n');
                }
            }
            Ok(Event::Text(piece)) if in_text => text.push_str(&piece),
            Ok(Event::CData(piece)) if in_text => text.push_str(&piece),
            Ok(Event::GeneralRef(reference)) if in_text => match reference.resolve_char_ref() {
                Ok(Some(c)) => text.push(c),
                // Only the five names that XML itself has: what a file declares is not expanded.
                _ => text.push_str(resolve_xml_entity(&reference).unwrap_or_default()),
            },
            Ok(Event::Eof) | Err(_) => return text,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_the_break() {
        let xml = "<w:p><w:r><w:t>een &amp; &#233;&#xe9;n &l9;</w:t><w:tab/><w:t>b</w:t></w:r></w:p><w:p><w:instrText>PAGE</w:instrText>\
            <w:t>twee</w:t></w:p><w:p><w:t>dr";
        assert_eq!(characters(xml), "een & één \tb\ntwee\ndr");
    }
}
