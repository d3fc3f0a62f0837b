//! What goes through the pipes between the calling process and the worker: a document and its reading, or the request of a task. The
//! answer of a task has a form of its own, which this crate does not know.
//!
//! A worker that a document has taken over may write anything, so [`receive`] believes nothing: every length is bounded before it
//! counts, memory grows only with bytes that arrived, text is checked to be in the one form in which text is kept, and an identifier's
//! place to lie in its text.

use std::io::{self, Read, Write};

use koplamp_model::{Failure, Identifier, IdentifierKind, Kind, Page};
use serde::{Deserialize, Serialize};

use crate::identifiers::{MAX_IDENTIFIERS, MAX_LENGTH, Walk};
use crate::readers::{MAX_ATTACHMENTS, MAX_LINE, MAX_PAGES, display_name};
use crate::reading::{Attachment, Reading, Unread};
use crate::{clean, date};

const REQUEST: &[u8; 4] = b"KLQ1";
const TASK: &[u8; 4] = b"KLT1";
const ANSWER: &[u8; 4] = b"KLA2";
const ANNOUNCEMENT: &[u8; 4] = b"KLK1";
/// Bytes of a file name that are sent along.
const MAX_NAME: usize = 4096;
/// Bytes of a task's argument.
const MAX_ARGUMENT: usize = 16 << 20;
/// Bytes of an answer's head.
const MAX_HEAD: u32 = 64 << 20;
/// Characters of an identifier's normal form: it may get a prefix, and capitals may become two small letters.
const MAX_NORMAL: usize = 2 * MAX_LENGTH;
/// Characters of a failure's message.
const MAX_MESSAGE: usize = 500;

/// Exit code of a worker that was not started by a caller of ours.
pub const EXIT_USAGE: u8 = 2;
/// Exit code of a worker that could not close its cage; standard error says why.
pub const EXIT_NO_CAGE: u8 = 3;
/// Exit code of a worker that had no memory for the document.
pub const EXIT_MEMORY: u8 = 4;
/// Exit code of a worker that was asked for a task that it does not have.
pub const EXIT_NO_TASK: u8 = 5;

/// Why an answer was not believed.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The pipe broke, mostly because the worker died.
    #[error("the answer ended too early: {0}")]
    Io(#[from] io::Error),
    /// The answer is larger than the caller takes.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(u64),
    /// The answer breaks the protocol.
    #[error("the answer is malformed: {0}")]
    Malformed(&'static str),
}

/// The head of an answer; the bytes of texts and attachments follow in the same order.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    kind: Kind,
    /// Whether anything was read; if not, only the failure counts.
    read: bool,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
    /// Label and bytes of text of each page.
    pages: Vec<(Option<String>, u64)>,
    /// Name and bytes of each attachment.
    attachments: Vec<(String, u64)>,
    failure: Option<Failure>,
    /// What was found on each page; empty when nothing was read.
    identifiers: Vec<Vec<Find>>,
    identifiers_cut: bool,
}

/// An identifier without its value, which the page's text holds already.
#[derive(Serialize, Deserialize)]
struct Find(IdentifierKind, u32, u32, String, u8);

/// Sends a document to the worker.
///
/// The name goes this way because arguments of a process are visible to every user of the machine.
///
/// # Errors
/// When the pipe breaks.
pub fn ask(mut pipe: impl Write, name: &str, bytes: &[u8]) -> io::Result<()> {
    // The end of a name carries the hint.
    let mut start = name.len().saturating_sub(MAX_NAME);
    while !name.is_char_boundary(start) {
        start += 1;
    }
    let name = name.get(start..).unwrap_or_default().as_bytes();
    pipe.write_all(REQUEST)?;
    write_field(&mut pipe, name, MAX_NAME)?;
    pipe.write_all(bytes)?;
    pipe.flush()
}

/// Sends a task to the worker: which one, how it is to be done, and on what.
///
/// # Errors
/// When the pipe breaks, or the name or argument is too long.
pub fn ask_task(mut pipe: impl Write, name: &str, argument: &[u8], input: &[u8]) -> io::Result<()> {
    pipe.write_all(TASK)?;
    write_field(&mut pipe, name.as_bytes(), MAX_NAME)?;
    write_field(&mut pipe, argument, MAX_ARGUMENT)?;
    pipe.write_all(input)?;
    pipe.flush()
}

/// What a worker is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// To read a document.
    Document {
        /// Its name, a hint at its kind.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Another task.
    Task {
        /// Which.
        name: String,
        /// How it is to be done.
        argument: Vec<u8>,
        /// On what.
        input: Vec<u8>,
    },
}

/// Takes in the worker what is asked.
///
/// # Errors
/// When the pipe breaks or the other side is no caller of ours.
pub fn accept(mut pipe: impl Read) -> io::Result<Asked> {
    let mut magic = [0; 4];
    pipe.read_exact(&mut magic)?;
    let is_task = &magic == TASK;
    if !is_task && &magic != REQUEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let name = String::from_utf8_lossy(&read_field(&mut pipe, MAX_NAME)?).into_owned();
    let argument = if is_task { read_field(&mut pipe, MAX_ARGUMENT)? } else { Vec::new() };
    let mut rest = Vec::new();
    pipe.read_to_end(&mut rest)?;
    Ok(if is_task { Asked::Task { name, argument, input: rest } } else { Asked::Document { name, bytes: rest } })
}

/// Bytes with their length before them.
fn write_field(pipe: &mut impl Write, bytes: &[u8], most: usize) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).ok().filter(|_| bytes.len() <= most);
    pipe.write_all(&length.ok_or(io::ErrorKind::InvalidInput)?.to_le_bytes())?;
    pipe.write_all(bytes)
}

fn read_field(pipe: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    pipe.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > most {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    pipe.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Sends the kind of the document, before it is read.
///
/// # Errors
/// When the pipe breaks.
pub fn announce(mut pipe: impl Write, kind: Kind) -> io::Result<()> {
    let code =
        Kind::ALL.iter().position(|known| *known == kind).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX);
    pipe.write_all(ANNOUNCEMENT)?;
    pipe.write_all(&[code])?;
    pipe.flush()
}

/// Sends what was read from the worker.
///
/// # Errors
/// When the pipe breaks.
pub fn answer(mut pipe: impl Write, result: &Result<Reading, Unread>) -> io::Result<()> {
    let head = match result {
        Ok(reading) => Head {
            kind: reading.kind,
            read: true,
            title: reading.title.clone(),
            author: reading.author.clone(),
            date: reading.date.clone(),
            pages: reading.pages.iter().map(|page| (page.label.clone(), page.text.len() as u64)).collect(),
            attachments: reading.attachments.iter().map(|file| (file.name.clone(), file.bytes.len() as u64)).collect(),
            failure: reading.failure.clone(),
            identifiers: reading.identifiers.iter().map(|page| page.iter().map(find).collect()).collect(),
            identifiers_cut: reading.identifiers_cut,
        },
        Err(unread) => Head {
            kind: unread.kind,
            read: false,
            title: None,
            author: None,
            date: None,
            pages: Vec::new(),
            attachments: Vec::new(),
            failure: Some(unread.failure.clone()),
            identifiers: Vec::new(),
            identifiers_cut: false,
        },
    };
    let head = serde_json::to_vec(&head)?;
    pipe.write_all(ANSWER)?;
    pipe.write_all(&u32::try_from(head.len()).map_err(|_| io::ErrorKind::InvalidData)?.to_le_bytes())?;
    pipe.write_all(&head)?;
    if let Ok(reading) = result {
        for page in &reading.pages {
            pipe.write_all(page.text.as_bytes())?;
        }
        for file in &reading.attachments {
            pipe.write_all(&file.bytes)?;
        }
    }
    pipe.flush()
}

fn find(found: &Identifier) -> Find {
    Find(found.kind, found.start, found.end, found.normal.clone(), found.confidence)
}

/// Takes what was read, in the calling process; at most `limit` bytes of it. `kind` is set as soon as the worker announces it.
///
/// # Errors
/// When the answer is cut short, too large, or breaks a rule.
pub fn receive(mut pipe: impl Read, limit: u64, kind: &mut Kind) -> Result<Result<Reading, Unread>, WireError> {
    let mut magic = [0; 4];
    pipe.read_exact(&mut magic)?;
    if &magic == ANNOUNCEMENT {
        let mut code = [0];
        pipe.read_exact(&mut code)?;
        *kind = Kind::ALL.get(usize::from(code[0])).copied().ok_or(WireError::Malformed("an unknown kind"))?;
        pipe.read_exact(&mut magic)?;
    }
    let mut length = [0; 4];
    pipe.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if &magic != ANSWER {
        return Err(WireError::Malformed("no answer of a worker"));
    }
    if length > MAX_HEAD {
        return Err(WireError::Malformed("its head is too long"));
    }
    let head = body(&mut pipe, u64::from(length))?;
    let head: Head = serde_json::from_slice(&head).map_err(|_| WireError::Malformed("its head cannot be read"))?;
    let head = check(head, limit)?;
    if !head.read {
        let failure = head.failure.ok_or(WireError::Malformed("neither text nor failure"))?;
        return Ok(Err(Unread::new(head.kind, failure)));
    }
    let mut reading = Reading::of_pages(head.kind, Vec::new());
    (reading.title, reading.author, reading.date, reading.failure) = (head.title, head.author, head.date, head.failure);
    reading.identifiers_cut = head.identifiers_cut;
    for ((number, (label, length)), finds) in (1..).zip(head.pages).zip(head.identifiers) {
        let text =
            String::from_utf8(body(&mut pipe, length)?).map_err(|_| WireError::Malformed("text that is not UTF-8"))?;
        if !clean::is_clean(&text) {
            return Err(WireError::Malformed("text with control characters"));
        }
        reading.identifiers.push(identifiers(&text, finds)?);
        reading.pages.push(Page { number, label, text });
    }
    for (name, length) in head.attachments {
        reading.attachments.push(Attachment { name, bytes: body(&mut pipe, length)? });
    }
    if pipe.read(&mut [0])? != 0 {
        return Err(WireError::Malformed("more bytes than announced"));
    }
    Ok(Ok(reading))
}

/// The identifiers of a page with the characters at their places, if these lie in its text, in order and apart.
fn identifiers(text: &str, finds: Vec<Find>) -> Result<Vec<Identifier>, WireError> {
    let mut walk = Walk::new(text);
    let placed = |Find(kind, start, end, normal, confidence)| {
        let value = walk.slice(start, end).filter(|_| end - start <= MAX_LENGTH as u32)?.to_owned();
        Some(Identifier { kind, start, end, value, normal, confidence })
    };
    finds.into_iter().map(placed).collect::<Option<_>>().ok_or(WireError::Malformed("an identifier beside its text"))
}

/// The head, if it keeps the rules.
fn check(mut head: Head, limit: u64) -> Result<Head, WireError> {
    if head.pages.len() > MAX_PAGES || head.attachments.len() > MAX_ATTACHMENTS {
        return Err(WireError::Malformed("too many pages or attachments"));
    }
    let sizes = head.pages.iter().map(|(_, length)| length).chain(head.attachments.iter().map(|(_, length)| length));
    let total = sizes.fold(0u64, |total, length| total.saturating_add(*length));
    if total > limit {
        return Err(WireError::TooLarge(limit));
    }
    if head.read && head.identifiers.len() != head.pages.len() {
        return Err(WireError::Malformed("as many lists of identifiers as pages are due"));
    }
    let finds = || head.identifiers.iter().flatten();
    if finds().nth(MAX_IDENTIFIERS).is_some()
        || finds().any(|Find(.., normal, confidence)| {
            *confidence > 100 || clean::line(normal, MAX_NORMAL).as_ref() != Some(normal)
        })
    {
        return Err(WireError::Malformed("too many identifiers, or one that cannot be displayed"));
    }
    let displayable =
        |text: &Option<String>| text.as_ref().is_none_or(|text| clean::line(text, MAX_LINE).as_ref() == Some(text));
    if !displayable(&head.title)
        || !displayable(&head.author)
        || !head.pages.iter().all(|(label, _)| displayable(label))
    {
        return Err(WireError::Malformed("a title, author or label that cannot be displayed"));
    }
    if head.attachments.iter().any(|(name, _)| display_name(name, 0) != *name) {
        return Err(WireError::Malformed("an attachment's name that is not safe"));
    }
    if head.date.as_ref().is_some_and(|text| date::from_iso(text).as_ref() != Some(text)) {
        return Err(WireError::Malformed("a date that does not exist"));
    }
    if let Some(failure) = &mut head.failure {
        failure.message = clean::line(&failure.message, MAX_MESSAGE).unwrap_or_default();
    }
    Ok(head)
}

/// Exactly this many bytes. Memory is taken as they come, not as they are announced.
fn body(pipe: &mut impl Read, length: u64) -> Result<Vec<u8>, WireError> {
    let mut bytes = Vec::new();
    pipe.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(WireError::Io(io::ErrorKind::UnexpectedEof.into())) }
}

#[cfg(test)]
mod tests {
    use koplamp_model::Reason;
    use proptest::prelude::*;

    use super::*;

    fn reading() -> Reading {
        let page = |number, label: Option<&str>, text: &str| Page {
            number,
            label: label.map(str::to_owned),
            text: text.to_owned(),
        };
        Reading {
            kind: Kind::Eml,
            title: Some("Onderwerp".to_owned()),
            author: None,
            date: Some("2025-03-01".to_owned()),
            pages: vec![page(1, Some("i"), "één 31-12-2025\n"), page(2, None, "")],
            identifiers: vec![
                vec![Identifier {
                    kind: IdentifierKind::Date,
                    start: 4,
                    end: 14,
                    value: "31-12-2025".to_owned(),
                    normal: "2025-12-31".to_owned(),
                    confidence: 95,
                }],
                Vec::new(),
            ],
            identifiers_cut: true,
            attachments: vec![Attachment { name: "map/a.txt".to_owned(), bytes: vec![0, 1, 2] }],
            failure: Some(Failure { reason: Reason::Damaged, message: "Een deel ontbreekt.".to_owned() }),
        }
    }

    fn sent(result: &Result<Reading, Unread>) -> Vec<u8> {
        let mut bytes = Vec::new();
        answer(&mut bytes, result).expect("a vector takes all");
        bytes
    }

    #[test]
    fn there_and_back() {
        let unread =
            Err(Unread::new(Kind::Pdf, Failure { reason: Reason::Encrypted, message: "Met wachtwoord.".to_owned() }));
        for result in [Ok(reading()), unread] {
            let mut bytes = Vec::new();
            announce(&mut bytes, Kind::Md).expect("a vector takes all");
            bytes.extend(sent(&result));
            let mut kind = Kind::Unknown;
            assert_eq!(receive(bytes.as_slice(), 1000, &mut kind).expect("believed"), result);
            assert_eq!(kind, Kind::Md);
        }
        let mut asked = Vec::new();
        ask(&mut asked, "bijlage é.txt", b"tekst").expect("a vector takes all");
        let document = Asked::Document { name: "bijlage é.txt".to_owned(), bytes: b"tekst".to_vec() };
        assert_eq!(accept(asked.as_slice()).expect("accepted"), document);
        let mut asked = Vec::new();
        ask_task(&mut asked, "taak", b"zo", b"bytes").expect("a vector takes all");
        let task = Asked::Task { name: "taak".to_owned(), argument: b"zo".to_vec(), input: b"bytes".to_vec() };
        assert_eq!(accept(asked.as_slice()).expect("accepted"), task);
        let long = vec![0; MAX_ARGUMENT + 1];
        assert!(ask_task(&mut Vec::new(), "taak", &long, b"").is_err());
        assert!(accept([&b"KLT1"[..], &u32::MAX.to_le_bytes(), &[0; 100]].concat().as_slice()).is_err());
    }

    #[test]
    fn lies_are_not_believed() {
        type Change = fn(&mut Reading);
        let changes: [Change; 20] = [
            |reading| reading.date = Some("2025-02-30".to_owned()),
            |reading| reading.title = Some("a\nb".to_owned()),
            |reading| reading.title = Some("a".repeat(MAX_LINE + 1)),
            |reading| reading.pages[0].label = Some(String::new()),
            |reading| reading.pages[0].text = "geen regeleinde".to_owned(),
            |reading| reading.pages[0].text = "\0\n".to_owned(),
            |reading| reading.attachments[0].name = "../a".to_owned(),
            |reading| reading.attachments[0].name = String::new(),
            |reading| reading.attachments[0].bytes = vec![0; 2000],
            |reading| drop(reading.identifiers.pop()),
            |reading| reading.identifiers.push(Vec::new()),
            |reading| reading.identifiers[0][0].end = 16,
            |reading| (reading.identifiers[0][0].start, reading.identifiers[0][0].end) = (u32::MAX, u32::MAX),
            |reading| reading.identifiers[0][0].start = 14,
            |reading| reading.identifiers[0][0].start = 15,
            |reading| reading.identifiers.swap(0, 1),
            |reading| reading.identifiers[0][0].normal = String::new(),
            |reading| reading.identifiers[0][0].normal = "1".repeat(MAX_NORMAL + 1),
            |reading| reading.identifiers[0][0].confidence = 101,
            // Twice the same place.
            |reading| {
                reading.identifiers[0] = [reading.identifiers[0].clone(), reading.identifiers[0].clone()].concat()
            },
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut lie = reading();
            change(&mut lie);
            assert!(receive(sent(&Ok(lie)).as_slice(), 1000, &mut Kind::Unknown).is_err(), "lie {number}");
        }
    }

    #[test]
    fn identifiers_are_bounded_and_have_the_value_of_their_place() {
        let mut lie = reading();
        lie.identifiers[0][0].value = "iets anders".to_owned();
        let believed = receive(sent(&Ok(lie)).as_slice(), 1000, &mut Kind::Unknown).expect("believed").expect("read");
        assert_eq!(believed, reading());
        let mut many = reading();
        let each = |start| Identifier { start, end: start + 1, ..many.identifiers[0][0].clone() };
        many.identifiers[1] = (0..MAX_IDENTIFIERS as u32).map(each).collect();
        many.pages[1].text = "1".repeat(MAX_IDENTIFIERS) + "\n";
        assert!(receive(sent(&Ok(many)).as_slice(), u64::MAX, &mut Kind::Unknown).is_err());
        let mut long = reading();
        long.pages[0].text = "1".repeat(MAX_LENGTH + 1) + "\n";
        (long.identifiers[0][0].start, long.identifiers[0][0].end) = (0, MAX_LENGTH as u32 + 1);
        assert!(receive(sent(&Ok(long)).as_slice(), u64::MAX, &mut Kind::Unknown).is_err());
    }

    #[test]
    fn cut_or_lengthened_answers_are_refused() {
        let bytes = sent(&Ok(reading()));
        for length in 0..bytes.len() {
            assert!(receive(&bytes[..length], 1000, &mut Kind::Unknown).is_err(), "cut at {length}");
        }
        assert!(receive([bytes.as_slice(), b"x"].concat().as_slice(), 1000, &mut Kind::Unknown).is_err());
        let huge = [&b"KLA2"[..], &u32::MAX.to_le_bytes(), &[0; 100]].concat();
        assert!(receive(huge.as_slice(), u64::MAX, &mut Kind::Unknown).is_err());
    }

    proptest! {
        /// Whatever comes, it is refused or obeys the rules; the seed of a failure is printed by the test runner.
        #[test]
        fn changed_bytes_do_no_harm(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
            let mut bytes = sent(&Ok(reading()));
            for (at, value) in changes {
                let at = at.index(bytes.len());
                bytes[at] = value;
            }
            if let Ok(Ok(reading)) = receive(bytes.as_slice(), 1000, &mut Kind::Unknown) {
                prop_assert!(reading.pages.iter().all(|page| clean::is_clean(&page.text)));
                prop_assert_eq!(reading.identifiers.len(), reading.pages.len());
                for (found, page) in reading.identifiers.iter().zip(&reading.pages) {
                    for found in found {
                        let place = page.text.chars().skip(found.start as usize).take((found.end - found.start) as usize);
                        prop_assert_eq!(&found.value, &place.collect::<String>());
                    }
                }
                prop_assert!(reading.attachments.iter().all(|file| !file.name.split('/').any(|part| part == "..")));
            }
        }
    }
}
