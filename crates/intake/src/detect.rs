//! What a document is, by its bytes. Its name only breaks ties between kinds of text, which have no signature.

use std::io::Cursor;

use file_format::FileFormat;
use koplamp_model::Kind;

use crate::encoding;

/// Bytes from the start on which text is judged.
const SAMPLE: usize = 64 << 10;

/// What the bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Detected {
    /// A kind that has a reader.
    Kind(Kind),
    /// An OLE container: an old Office file, or a new one that is encrypted.
    CompoundFile,
    /// Something else, and what it is called.
    Other(String),
}

/// Judges the bytes; `name` is a hint.
pub(crate) fn detect(name: &str, bytes: &[u8]) -> Detected {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or(bytes);
    // A PDF may have rubbish before its signature, and is often all ASCII.
    if sample.get(..sample.len().min(1024)).is_some_and(|head| find(head, b"%PDF-").is_some()) {
        return Detected::Kind(Kind::Pdf);
    }
    if sample.starts_with(b"{\\rtf") {
        return Detected::Other("Rich Text Format".to_owned());
    }
    if sample.starts_with(b"PK\x03\x04") || sample.starts_with(b"PK\x05\x06") {
        return zip_family(name, bytes);
    }
    if sample.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Detected::CompoundFile;
    }
    // Before other signatures: some have two letters ("BM", "MZ") with which a sentence may begin.
    if let Some(text) = as_text(sample) {
        return text_kind(name, &text);
    }
    let format = FileFormat::from_bytes(bytes);
    match format.kind() {
        file_format::Kind::Image => Detected::Kind(Kind::Image),
        _ if matches!(format, FileFormat::ArbitraryBinaryData | FileFormat::PlainText) => {
            Detected::Other("unknown binary data".to_owned())
        }
        _ => Detected::Other(format.name().to_owned()),
    }
}

/// A ZIP archive, or a format that is made of one.
fn zip_family(name: &str, bytes: &[u8]) -> Detected {
    let format = FileFormat::from_bytes(bytes);
    if format == FileFormat::OfficeOpenXmlDocument {
        return Detected::Kind(Kind::Docx);
    }
    // One that is cut short has no directory at its end, and no signature tells what it was.
    if matches!(format, FileFormat::Zip | FileFormat::ArbitraryBinaryData) {
        // An unusual or damaged Word file hides its content types from the signature, but always has this part.
        let is_word = match zip::ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => archive.index_for_name("word/document.xml").is_some(),
            Err(_) => ending(name) == "docx",
        };
        return Detected::Kind(if is_word { Kind::Docx } else { Kind::Zip });
    }
    Detected::Other(format.name().to_owned())
}

/// The sample as text, if it is any: characters other than text's are rare in it and absent from its beginning.
fn as_text(sample: &[u8]) -> Option<String> {
    let text = encoding::decode(sample, None);
    let odd = |c: char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c' | '\u{85}')) || c == '\u{fffd}';
    let (total, strange) =
        text.chars().fold((0usize, 0usize), |(total, strange), c| (total + 1, strange + usize::from(odd(c))));
    let clean_start = !text.chars().take(16).any(odd);
    (clean_start && strange * 50 <= total).then_some(text)
}

/// What follows the last full stop of a file name, in lower case.
fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// Which kind of text.
fn text_kind(name: &str, text: &str) -> Detected {
    let ending = ending(name);
    let start = text.trim_start();
    if text.starts_with("From ") && text.lines().nth(1).is_some_and(|line| header_name(line).is_some()) {
        return Detected::Other("mailbox (mbox)".to_owned());
    }
    let kind = if is_html(start, &ending) {
        Kind::Html
    } else if is_mail(start, &ending) {
        Kind::Eml
    } else {
        match ending.as_str() {
            "csv" | "tsv" => Kind::Csv,
            "md" | "markdown" => Kind::Md,
            "txt" | "text" | "log" => Kind::Txt,
            _ if is_table(text) => Kind::Csv,
            _ if start.starts_with("# ") || start.starts_with("## ") => Kind::Md,
            _ => Kind::Txt,
        }
    };
    Detected::Kind(kind)
}

fn is_html(start: &str, ending: &str) -> bool {
    let head: String = start.chars().take(2048).collect::<String>().to_ascii_lowercase();
    let named = matches!(ending, "html" | "htm" | "xhtml");
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return true;
    }
    // A page may begin with comments or an XML declaration; a text that only speaks of "<html" does not begin with a bracket.
    if head.starts_with('<') && (head.contains("<html") || head.contains("<body") || head.contains("<head>")) {
        return true;
    }
    named
        && ["<p", "<div", "<body", "<table", "<br", "<head", "<title", "<meta", "<span", "<a ", "<h1"]
            .iter()
            .any(|tag| head.contains(tag))
}

/// The name of a mail header, if the line is one.
fn header_name(line: &str) -> Option<String> {
    let (name, _) = line.split_once(':')?;
    (!name.is_empty() && name.len() <= 60 && name.bytes().all(|b| b.is_ascii_graphic()))
        .then(|| name.to_ascii_lowercase())
}

/// Whether the text begins with a block of mail headers. Headers that only programs write prove it; those that people write above a
/// memo too ("From", "Subject") prove it only when the name does not say plain text.
fn is_mail(start: &str, ending: &str) -> bool {
    const PROGRAMS: [&str; 9] = [
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "content-type",
        "delivered-to",
        "content-transfer-encoding",
        "x-mailer",
        "dkim-signature",
    ];
    const PEOPLE: [&str; 6] = ["from", "to", "cc", "subject", "date", "reply-to"];
    let (mut programs, mut people) = (0, 0);
    for (number, line) in start.lines().take(200).enumerate() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && number > 0 {
            continue;
        }
        let Some(name) = header_name(line) else {
            // Damage within a long block of headers does not undo it.
            if number < 2 {
                return false;
            }
            break;
        };
        programs += usize::from(PROGRAMS.contains(&name.as_str()));
        people += usize::from(PEOPLE.contains(&name.as_str()));
    }
    match ending {
        "eml" => programs + people >= 1,
        "txt" | "text" | "md" | "csv" | "log" => programs >= 1 && people >= 2,
        _ => (programs >= 1 && people >= 1) || people >= 3,
    }
}

/// Whether the first lines have the same number of delimiters, at least two each.
fn is_table(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().take(20).filter(|line| !line.trim().is_empty()).collect();
    // The sample may end within a line.
    let lines = lines.get(..lines.len().min(19)).unwrap_or_default();
    lines.len() >= 3
        && [';', '\t', ',', '|'].iter().any(|&delimiter| {
            let mut counts = lines.iter().map(|line| {
                let mut quoted = false;
                line.chars()
                    .filter(|&c| {
                        quoted ^= c == '"';
                        c == delimiter && !quoted
                    })
                    .count()
            });
            counts.next().is_some_and(|first| first >= 2 && counts.all(|count| count == first))
        })
}

/// Where `needle` first lies in `bytes`.
pub(crate) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bytes: &[u8], expected: Detected) {
        assert_eq!(detect(name, bytes), expected, "{name}");
    }

    #[test]
    fn bytes_decide_and_names_break_ties() {
        let mail = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nhallo\r\n";
        let memo = b"From: Jan\nTo: Piet\nSubject: koffie\n\nKom je ook?\n";
        let table = b"datum;bedrag;naam\n2025-01-01;12,50;Jansen\n2025-01-02;13,50;Pietersen\n";
        check("a.pdf", b"rubbish\n%PDF-1.4\n", Detected::Kind(Kind::Pdf));
        check("a.pdf", b"Geen PDF maar een zin.", Detected::Kind(Kind::Txt));
        check("a.txt", b"BMW met kenteken 12-ABC-3", Detected::Kind(Kind::Txt));
        check("a.txt", b"<!DOCTYPE html><p>x", Detected::Kind(Kind::Html));
        check("a.txt", b"<p>geen pagina", Detected::Kind(Kind::Txt));
        check("a.html", b"<p>wel een pagina", Detected::Kind(Kind::Html));
        check("a.txt", mail, Detected::Kind(Kind::Eml));
        check("a.txt", memo, Detected::Kind(Kind::Txt));
        check("a.eml", memo, Detected::Kind(Kind::Eml));
        check("a", memo, Detected::Kind(Kind::Eml));
        check("a.txt", table, Detected::Kind(Kind::Txt));
        check("a.dat", table, Detected::Kind(Kind::Csv));
        check("a.md", b"gewoon tekst", Detected::Kind(Kind::Md));
        check("a", b"# Kop\n\nTekst.", Detected::Kind(Kind::Md));
        check("a.doc", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0], Detected::CompoundFile);
        check("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", Detected::Kind(Kind::Image));
        check(
            "a.txt",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0",
            Detected::Other("Executable and Linkable Format".to_owned()),
        );
        check("a.rtf", b"{\\rtf1 x}", Detected::Other("Rich Text Format".to_owned()));
    }
}
