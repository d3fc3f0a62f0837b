//! Mail messages (RFC 5322 and MIME).

use koplamp_model::{Failure, Kind, Reason};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Address, Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Reader, Source, attachment, html, text_pages};
use crate::reading::{Attachment, Reading, failure};
use crate::{date, encoding};

/// A mail message.
pub(super) struct Eml;

impl Reader for Eml {
    fn kind(&self) -> Kind {
        Kind::Eml
    }

    fn read(&self, source: &Source<'_>) -> Result<Reading, Failure> {
        let message = MessageParser::default()
            .parse(source.bytes)
            .filter(|message| !message.parts.is_empty())
            .ok_or_else(|| failure(Reason::Damaged, "The file holds no mail message."))?;
        let mut text = headings(&message);
        for body in bodies(&message, source.bytes) {
            text.push('\n');
            text.push_str(&body);
            if !body.ends_with('\n') {
                text.push('\n');
            }
        }
        let mut reading = Reading::of_pages(Kind::Eml, text_pages(&text));
        reading.title = message.subject().map(str::to_owned);
        reading.author = message.from().and_then(Address::first).map(|from| shown(from.name(), from.address()));
        reading.date = message.date().and_then(|date| date::from_parts(date.year.into(), date.month, date.day));
        reading.attachments =
            message.attachments().enumerate().map(|(number, part)| attached(number + 1, part, source.bytes)).collect();
        if is_encrypted(&message) {
            reading.failure = Some(failure(Reason::Encrypted, "The text of this mail is encrypted."));
        }
        Ok(reading)
    }
}

/// The lines above the text, as a mail program shows them.
fn headings(message: &Message<'_>) -> String {
    let mut text = String::new();
    for (name, header) in
        [("From", HeaderName::From), ("To", HeaderName::To), ("Cc", HeaderName::Cc), ("Bcc", HeaderName::Bcc)]
    {
        let people: Vec<String> = message
            .header_values(header)
            .filter_map(|value| value.as_address())
            .flat_map(|address| address.iter())
            .map(|person| shown(person.name(), person.address()))
            .collect();
        if !people.is_empty() {
            text.push_str(&format!("{name}: {}\n", people.join(", ")));
        }
    }
    // As it was written, with its time zone.
    if let Some(date) = message.header_raw(HeaderName::Date) {
        text.push_str(&format!("Date: {}\n", date.trim()));
    }
    if let Some(subject) = message.subject() {
        text.push_str(&format!("Subject: {subject}\n"));
    }
    text
}

fn shown(name: Option<&str>, address: Option<&str>) -> String {
    match (name, address) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    }
}

/// The texts of the message itself: plain where there is a choice, else the page without its markup.
fn bodies(message: &Message<'_>, raw: &[u8]) -> Vec<String> {
    message
        .text_body
        .iter()
        .filter_map(|&id| message.part(id))
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(repaired(part, text, raw)),
            PartType::Html(page) => Some(html::extract(&repaired(part, page, raw)).text),
            _ => None,
        })
        .collect()
}

/// The text of a part, decoded again by its looks where its declaration left characters without meaning.
fn repaired(part: &MessagePart<'_>, text: &str, raw: &[u8]) -> String {
    if !text.contains('\u{fffd}') {
        return text.to_owned();
    }
    let declared = html::declared_encoding(text.as_bytes());
    original(part, raw).map_or_else(|| text.to_owned(), |bytes| encoding::decode(&bytes, declared))
}

/// The bytes that the sender attached, without the transfer encoding but in their own character encoding.
fn original(part: &MessagePart<'_>, raw: &[u8]) -> Option<Vec<u8>> {
    let bytes = raw.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        Encoding::None => Some(bytes.to_vec()),
        Encoding::Base64 => base64_decode(bytes),
        Encoding::QuotedPrintable => quoted_printable_decode(bytes),
    }
}

fn attached(number: usize, part: &MessagePart<'_>, raw: &[u8]) -> Attachment {
    let subject = match &part.body {
        PartType::Message(message) => message.subject(),
        _ => None,
    };
    let ending = part.content_type().map_or("bin", |kind| ending(kind.ctype(), kind.subtype().unwrap_or_default()));
    let name = match (part.attachment_name(), subject) {
        (Some(name), _) => name.to_owned(),
        // A subject is no path.
        (None, Some(subject)) => format!("{}.eml", subject.replace(['/', '\\'], " ")),
        (None, None) => format!("attachment-{number}.{ending}"),
    };
    let bytes = match &part.body {
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
        _ => original(part, raw).unwrap_or_else(|| part.contents().to_vec()),
    };
    attachment(&name, number, bytes)
}

/// An ending for a part without a name: a hint for the reader of it, and for people.
fn ending<'k>(kind: &str, subtype: &'k str) -> &'k str {
    match (kind, subtype) {
        ("text", "plain") => "txt",
        ("message", _) => "eml",
        (_, "jpeg") => "jpg",
        (_, "svg+xml") => "svg",
        (_, subtype)
            if subtype.len() <= 5 && subtype.bytes().all(|b| b.is_ascii_alphanumeric()) && !subtype.is_empty() =>
        {
            subtype
        }
        _ => "bin",
    }
}

/// S/MIME and PGP/MIME messages have their text in a sealed part.
fn is_encrypted(message: &Message<'_>) -> bool {
    message.content_type().is_some_and(|kind| {
        let is = |main: &str, sub: &str| {
            kind.ctype().eq_ignore_ascii_case(main) && kind.subtype().is_some_and(|s| s.eq_ignore_ascii_case(sub))
        };
        let signed = kind.attribute("smime-type").is_some_and(|smime| smime.eq_ignore_ascii_case("signed-data"));
        is("multipart", "encrypted")
            || ((is("application", "pkcs7-mime") || is("application", "x-pkcs7-mime")) && !signed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Reading {
        Eml.read(&Source { name: "a.eml", bytes }).expect("reads")
    }

    #[test]
    fn headings_text_and_attachments() {
        let mail = "From: =?iso-8859-1?Q?Andr=E9_de_Vries?= <andre@example.org>\r\nTo: \"B, C\" <b@example.org>, d@example.org\r\n\
            Cc: e@example.org\r\nDate: Sat, 1 Mar 2025 23:30:00 +0100\r\nSubject: =?utf-8?B?Q2Fmw6k=?=\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/mixed; boundary=x\r\n\r\npreamble\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n\
            --y\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            E=E9n zin.\r\n--y\r\nContent-Type: text/html\r\n\r\n<p>Opgemaakt</p>\r\n--y--\r\n\
            --x\r\nContent-Type: text/csv; charset=windows-1252; name=a.csv\r\nContent-Disposition: attachment; filename=\"../a.csv\"\r\n\
            Content-Transfer-Encoding: base64\r\n\r\n6Tsx\r\n\
            --x\r\nContent-Type: message/rfc822\r\n\r\nFrom: f@example.org\r\nSubject: binnen/in\r\n\r\ndieper\r\n--x--\r\n";
        let reading = read(mail.as_bytes());
        assert_eq!(
            reading.pages[0].text,
            "From: André de Vries <andre@example.org>\nTo: B, C <b@example.org>, d@example.org\nCc: e@example.org\n\
             Date: Sat, 1 Mar 2025 23:30:00 +0100\nSubject: Café\n\nEén zin.\n"
        );
        assert_eq!((reading.title.as_deref(), reading.date.as_deref()), (Some("Café"), Some("2025-03-01")));
        assert_eq!(reading.author.as_deref(), Some("André de Vries <andre@example.org>"));
        let names: Vec<&str> = reading.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a.csv", "binnen in.eml"]);
        assert_eq!(reading.attachments[0].bytes, b"\xe9;1", "the bytes as they were attached, not transcoded");
        let nested = read(&reading.attachments[1].bytes);
        assert_eq!(nested.pages[0].text, "From: f@example.org\nSubject: binnen/in\n\ndieper\n");
    }

    #[test]
    fn a_page_without_plain_text() {
        let mail =
            b"From: a@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Een<p>twee<script>x</script>\r\n";
        assert_eq!(read(mail).pages[0].text, "From: a@example.org\n\nEen\ntwee\n");
    }

    #[test]
    fn undeclared_characters() {
        let mail = b"From: a@example.org\nSubject: x\n\ncaf\xe9 en re\xefncarnatie, co\xf6peratie\n";
        assert!(read(mail).pages[0].text.ends_with("café en reïncarnatie, coöperatie\n"));
    }

    #[test]
    fn sealed_mail_says_so() {
        let mail = b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; \
            name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB\n";
        assert_eq!(read(mail).failure.map(|failure| failure.reason), Some(Reason::Encrypted));
    }
}
