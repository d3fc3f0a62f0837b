//! One reader a kind of document, behind one trait.

mod csv;
mod docx;
mod eml;
mod html;
mod markdown;
mod pdf;
mod txt;
mod zip;

use file_format::FileFormat;
use koplamp_model::{Failure, Kind, Page, Reason};

use crate::clean;
use crate::detect::{Detected, detect, find};
use crate::identifiers;
use crate::reading::{Attachment, Reading, Unread, failure};

/// Bytes of text that one document may give.
const MAX_TEXT_BYTES: usize = 128 << 20;
/// Pages that one document may have.
pub(crate) const MAX_PAGES: usize = 100_000;
/// Attachments or members that one document may have.
pub(crate) const MAX_ATTACHMENTS: usize = 100_000;
/// Bytes of attachments that one document may give, all together.
pub(crate) const MAX_ATTACHMENT_BYTES: usize = 256 << 20;
/// Characters of a title, an author, a label of a page.
pub(crate) const MAX_LINE: usize = 500;

/// A document that is to be read.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// Its file name: a hint, never a path to open.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Reads one kind of document.
pub trait Reader: Sync {
    /// The kind.
    fn kind(&self) -> Kind;

    /// The document's text and attachments; what could be read plus a failure when that is not all.
    ///
    /// The same bytes always give the same reading: the state of a workspace is compared by a digest over it.
    ///
    /// # Errors
    /// When nothing could be read.
    fn read(&self, source: &Source<'_>) -> Result<Reading, Failure>;
}

static READERS: [&dyn Reader; 8] =
    [&txt::Txt, &html::Html, &markdown::Markdown, &csv::Csv, &pdf::Pdf, &docx::Docx, &eml::Eml, &zip::Zip];

/// Reads a document in this process: for the worker and for fuzzers. Everything else calls [`crate::Worker::read`].
///
/// # Errors
/// When nothing could be read: the kind, if it is known, and the reason.
pub fn read(name: &str, bytes: &[u8]) -> Result<Reading, Unread> {
    read_announced(name, bytes, |_| {})
}

/// [`read`], telling the kind as soon as it is known: what comes after may be the end of the process.
///
/// # Errors
/// As [`read`].
pub fn read_announced(name: &str, bytes: &[u8], announce: impl FnOnce(Kind)) -> Result<Reading, Unread> {
    if bytes.is_empty() {
        return Err(Unread::new(Kind::Unknown, failure(Reason::Empty, "The file has no bytes.")));
    }
    let kind = match detect(name, bytes) {
        Detected::Kind(Kind::Image) => return Ok(picture()),
        Detected::Kind(kind) => kind,
        Detected::CompoundFile => return Err(compound_file(name, bytes)),
        Detected::Other(format) => {
            let message = format!("This kind of file cannot be read yet: {format}.");
            return Err(Unread::new(Kind::Unknown, failure(Reason::Unsupported, message)));
        }
    };
    announce(kind);
    let Some(reader) = READERS.iter().find(|reader| reader.kind() == kind) else {
        let message = format!("This kind of file cannot be read yet: {}.", kind.code());
        return Err(Unread::new(kind, failure(Reason::Unsupported, message)));
    };
    reader.read(&Source { name, bytes }).map(finish).map_err(|failure| Unread::new(kind, failure))
}

/// A picture: its text, if it shows any, is for character recognition.
fn picture() -> Reading {
    let mut reading = Reading::of_pages(Kind::Image, Vec::new());
    reading.failure = Some(failure(Reason::NoText, "A picture: any text in it can be seen but not searched."));
    reading
}

/// An OLE container: new Office files are put into one when they are encrypted, old Office files are one.
fn compound_file(name: &str, bytes: &[u8]) -> Unread {
    let stream: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if find(bytes, &stream).is_some() {
        let kind = if name.to_ascii_lowercase().ends_with(".docx") { Kind::Docx } else { Kind::Unknown };
        let message = "An Office file that is protected with a password.";
        return Unread::new(kind, failure(Reason::Encrypted, message));
    }
    let format = FileFormat::from_bytes(bytes);
    let message = format!("This kind of file cannot be read yet: {}.", format.name());
    Unread::new(Kind::Unknown, failure(Reason::Unsupported, message))
}

/// What holds for the reading of every kind.
fn finish(mut reading: Reading) -> Reading {
    for field in [&mut reading.title, &mut reading.author] {
        *field = field.take().and_then(|text| clean::line(&text, MAX_LINE));
    }
    if let Some(bounded) = bound(&mut reading) {
        reading.failure.get_or_insert(bounded);
    }
    // After the cut, so that there is a list for each page that is kept.
    (reading.identifiers, reading.identifiers_cut) = identifiers::of_pages(&reading.pages);
    if !reading.has_text() && reading.attachments.is_empty() {
        reading.failure.get_or_insert(failure(Reason::NoText, "The document holds no text."));
    }
    reading
}

/// Cuts what is beyond the bounds, and says so.
fn bound(reading: &mut Reading) -> Option<Failure> {
    let mut cut = None;
    let mut room = MAX_TEXT_BYTES;
    let fitting = reading.pages.iter().take(MAX_PAGES).take_while(|page| take(&mut room, page.text.len())).count();
    if fitting < reading.pages.len() {
        cut = Some(failure(
            Reason::TooLarge,
            format!("Only the first {fitting} of {} pages were kept.", reading.pages.len()),
        ));
        reading.pages.truncate(fitting);
    }
    let mut room = MAX_ATTACHMENT_BYTES;
    let fitting =
        reading.attachments.iter().take(MAX_ATTACHMENTS).take_while(|file| take(&mut room, file.bytes.len())).count();
    if fitting < reading.attachments.len() {
        let message = format!("Only the first {fitting} of {} files inside it were kept.", reading.attachments.len());
        cut = Some(failure(Reason::TooLarge, message));
        reading.attachments.truncate(fitting);
    }
    cut
}

fn take(room: &mut usize, size: usize) -> bool {
    match room.checked_sub(size) {
        Some(left) => {
            *room = left;
            true
        }
        None => false,
    }
}

/// Text that is too long for its kind to be read at all.
fn refuse_long_text(source: &Source<'_>) -> Result<(), Failure> {
    if source.bytes.len() <= MAX_TEXT_BYTES {
        return Ok(());
    }
    Err(failure(
        Reason::TooLarge,
        format!("A text of {} MB; at most {} MB are read.", source.bytes.len() >> 20, MAX_TEXT_BYTES >> 20),
    ))
}

/// A name for display: no folder above or beside, no control characters, never empty.
pub(crate) fn display_name(name: &str, number: usize) -> String {
    let parts: Vec<String> = name
        .split(['/', '\\'])
        .filter_map(|part| clean::line(part, 255))
        .filter(|part| part != "." && part != ".." && !(part.len() == 2 && part.ends_with(':')))
        .collect();
    // A path of a thousand folders is nobody's file.
    let kept = parts.get(parts.len().saturating_sub(16)..).unwrap_or_default();
    if kept.is_empty() { format!("unnamed-{number}") } else { kept.join("/") }
}

/// An attachment with a name that is safe to display.
pub(crate) fn attachment(name: &str, number: usize, bytes: Vec<u8>) -> Attachment {
    Attachment { name: display_name(name, number), bytes }
}

/// The text in pages of bounded length.
fn text_pages(text: &str) -> Vec<Page> {
    clean::pages(&clean::clean(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_for_display_only() {
        for (name, shown) in [
            ("map/brief.txt", "map/brief.txt"),
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("C:\\Windows\\..\\x.txt", "Windows/x.txt"),
            ("a\0b\n.txt", "a b .txt"),
            ("..", "unnamed-7"),
            ("", "unnamed-7"),
        ] {
            assert_eq!(display_name(name, 7), shown, "{name:?}");
        }
        assert_eq!(display_name(&"a/".repeat(100), 1).split('/').count(), 16);
    }

    #[test]
    fn empty_unknown_and_encrypted_are_told_apart() {
        let reason =
            |name: &str, bytes: &[u8]| read(name, bytes).map_err(|unread| (unread.kind, unread.failure.reason));
        assert_eq!(reason("a.txt", b""), Err((Kind::Unknown, Reason::Empty)));
        assert_eq!(reason("a.bin", &[0, 1, 2, 3, 255, 254, 0, 9]), Err((Kind::Unknown, Reason::Unsupported)));
        let mut ole = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        ole.resize(2048, 0);
        assert_eq!(reason("a.docx", &ole), Err((Kind::Unknown, Reason::Unsupported)));
        ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(reason("a.docx", &ole), Err((Kind::Docx, Reason::Encrypted)));
        let picture = read("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR").expect("a picture is known");
        assert_eq!((picture.kind, picture.failure.map(|failure| failure.reason)), (Kind::Image, Some(Reason::NoText)));
        let blank = read("a.txt", b" \n \n").expect("blank text is read");
        assert_eq!(blank.failure.map(|failure| failure.reason), Some(Reason::NoText));
    }
}
