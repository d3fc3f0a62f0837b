//! What goes through the pipes between the calling process and the worker.
//!
//! A worker that a document has taken over may write anything, so [`receive`] believes nothing: every length is bounded before it
//! counts, memory grows only with bytes that arrived, and text is checked to be in the one form in which text is kept.

use std::io::{self, Read, Write};

use koplamp_model::{Failure, Kind, Page};
use serde::{Deserialize, Serialize};

use crate::readers::{MAX_ATTACHMENTS, MAX_LINE, MAX_PAGES, display_name};
use crate::reading::{Attachment, Reading, Unread};
use crate::{clean, date};

const REQUEST: &[u8; 4] = b"KLQ1";
const ANSWER: &[u8; 4] = b"KLA1";
const ANNOUNCEMENT: &[u8; 4] = b"KLK1";
/// Bytes of a file name that are sent along.
const MAX_NAME: usize = 4096;
/// Bytes of an answer's head.
const MAX_HEAD: u32 = 64 << 20;
/// Characters of a failure's message.
const MAX_MESSAGE: usize = 500;

/// Exit code of a worker that was not started by a caller of ours.
pub const EXIT_USAGE: u8 = 2;
/// Exit code of a worker that could not close its cage; standard error says why.
pub const EXIT_NO_CAGE: u8 = 3;
/// Exit code of a worker that had no memory for the document.
pub const EXIT_MEMORY: u8 = 4;

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
}

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
    pipe.write_all(&u32::try_from(name.len()).unwrap_or_default().to_le_bytes())?;
    pipe.write_all(name)?;
    pipe.write_all(bytes)?;
    pipe.flush()
}

/// Takes a document in the worker: its name and its bytes.
///
/// # Errors
/// When the pipe breaks or the other side is no caller of ours.
pub fn accept(mut pipe: impl Read) -> io::Result<(String, Vec<u8>)> {
    let mut magic = [0; 4];
    pipe.read_exact(&mut magic)?;
    let mut length = [0; 4];
    pipe.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize;
    if &magic != REQUEST || length > MAX_NAME {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut name = vec![0; length];
    pipe.read_exact(&mut name)?;
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes)?;
    Ok((String::from_utf8_lossy(&name).into_owned(), bytes))
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
    for (number, (label, length)) in (1..).zip(head.pages) {
        let text =
            String::from_utf8(body(&mut pipe, length)?).map_err(|_| WireError::Malformed("text that is not UTF-8"))?;
        if !clean::is_clean(&text) {
            return Err(WireError::Malformed("text with control characters"));
        }
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
            pages: vec![page(1, Some("i"), "één\n"), page(2, None, "")],
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
        assert_eq!(accept(asked.as_slice()).expect("accepted"), ("bijlage é.txt".to_owned(), b"tekst".to_vec()));
    }

    #[test]
    fn lies_are_not_believed() {
        type Change = fn(&mut Reading);
        let changes: [Change; 9] = [
            |reading| reading.date = Some("2025-02-30".to_owned()),
            |reading| reading.title = Some("a\nb".to_owned()),
            |reading| reading.title = Some("a".repeat(MAX_LINE + 1)),
            |reading| reading.pages[0].label = Some(String::new()),
            |reading| reading.pages[0].text = "geen regeleinde".to_owned(),
            |reading| reading.pages[0].text = "\0\n".to_owned(),
            |reading| reading.attachments[0].name = "../a".to_owned(),
            |reading| reading.attachments[0].name = String::new(),
            |reading| reading.attachments[0].bytes = vec![0; 2000],
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut lie = reading();
            change(&mut lie);
            assert!(receive(sent(&Ok(lie)).as_slice(), 1000, &mut Kind::Unknown).is_err(), "lie {number}");
        }
    }

    #[test]
    fn cut_or_lengthened_answers_are_refused() {
        let bytes = sent(&Ok(reading()));
        for length in 0..bytes.len() {
            assert!(receive(&bytes[..length], 1000, &mut Kind::Unknown).is_err(), "cut at {length}");
        }
        assert!(receive([bytes.as_slice(), b"x"].concat().as_slice(), 1000, &mut Kind::Unknown).is_err());
        let huge = [&b"KLA1"[..], &u32::MAX.to_le_bytes(), &[0; 100]].concat();
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
                prop_assert!(reading.attachments.iter().all(|file| !file.name.split('/').any(|part| part == "..")));
            }
        }
    }
}
