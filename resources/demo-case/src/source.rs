//! One source: its front matter and its body.

use crate::{Error, Result, reference};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use time::{Date, Month, Time};

/// What a source is rendered into, told by the extension of its `file`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the file format of that name")]
pub enum Kind {
    Pdf,
    Docx,
    Eml,
    Html,
    Csv,
    Txt,
    Markdown,
    /// A picture of one typed page, as a scanner makes it.
    Png,
    Zip,
}

impl Kind {
    /// The kind of a file with this name; none where the extension is not one of the kinds.
    pub fn of(file: &str) -> Option<Self> {
        Some(match Path::new(file).extension()?.to_str()? {
            "pdf" => Self::Pdf,
            "docx" => Self::Docx,
            "eml" => Self::Eml,
            "html" => Self::Html,
            "csv" => Self::Csv,
            "txt" => Self::Txt,
            "md" => Self::Markdown,
            "png" => Self::Png,
            "zip" => Self::Zip,
            _ => return None,
        })
    }

    /// The media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Eml => "message/rfc822",
            Self::Html => "text/html",
            Self::Csv => "text/csv",
            Self::Txt => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Png => "image/png",
            Self::Zip => "application/zip",
        }
    }
}

/// The language that a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is the ISO 639-1 code of the language")]
pub enum Language {
    Nl,
    En,
}

impl Language {
    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }
}

/// A document of the case as it was written down.
#[derive(Debug, Clone)]
pub struct Source {
    /// Where the source lies.
    pub path: PathBuf,
    /// Path of the rendered file within the output folder, with `/`.
    pub file: String,
    /// What it is rendered into.
    pub kind: Kind,
    /// Title of the document, subject of a mail.
    pub title: String,
    /// The organisation that holds the document.
    pub organisation: String,
    /// The name above the paper, where that is not the organisation that holds it: a bank, a notary.
    pub letterhead: Option<String>,
    /// The reference that the document bears: named in the front matter or in the text, else made up.
    pub reference: String,
    /// Who wrote it.
    pub author: String,
    /// The day on which it was written.
    pub date: Date,
    /// The time of day in the Netherlands; midday where the source names none.
    pub time: Time,
    /// The language it is written in.
    pub language: Language,
    /// `From` of a mail.
    pub from: Option<String>,
    /// `To` of a mail.
    pub to: Vec<String>,
    /// `Cc` of a mail.
    pub cc: Vec<String>,
    /// `Message-ID` of a mail, without angle brackets.
    pub message_id: Option<String>,
    /// `In-Reply-To` of a mail, without angle brackets.
    pub in_reply_to: Option<String>,
    /// The `file` values of what a mail carries or an archive holds.
    pub members: Vec<String>,
    /// Whether the document exists only inside its mail or archive.
    pub attached_only: bool,
    /// How a TXT or CSV is encoded.
    pub encoding: &'static encoding_rs::Encoding,
    /// The Markdown, or for CSV and TXT the text itself.
    pub body: String,
    /// The line of the source at which each front matter key stands is found in this text.
    front: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    file: String,
    title: String,
    organisation: String,
    letterhead: Option<String>,
    reference: Option<String>,
    author: String,
    date: toml::value::Datetime,
    time: Option<String>,
    language: Language,
    from: Option<String>,
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    cc: Vec<String>,
    message_id: Option<String>,
    in_reply_to: Option<String>,
    #[serde(default)]
    attachments: Vec<String>,
    #[serde(default)]
    members: Vec<String>,
    #[serde(default)]
    attached_only: bool,
    encoding: Option<String>,
}

impl Source {
    /// Reads and parses the source at `path`.
    ///
    /// # Errors
    /// The file is not readable UTF-8, has no front matter, or a value of it is missing, unknown or malformed.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
        Self::parse(path, &text.replace("\r\n", "\n"))
    }

    fn parse(path: &Path, text: &str) -> Result<Self> {
        let fail = |line: usize, message: String| Error::Source { path: path.to_path_buf(), line, message };
        let rest = text
            .strip_prefix("+++\n")
            .ok_or_else(|| fail(1, "the first line must be `+++`, which opens the front matter".into()))?;
        let (front, body) = rest
            .split_once("\n+++\n")
            .or_else(|| rest.strip_suffix("\n+++").map(|front| (front, "")))
            .ok_or_else(|| fail(1, "the front matter is not closed by a second line `+++`".into()))?;
        let parsed: Front = toml::from_str(front).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            // One line for the opening `+++`, one because lines are counted from 1.
            let line = front.get(..start).map_or(0, |before| before.matches('\n').count()) + 2;
            fail(line, error.message().to_string())
        })?;
        let at = |key: &str, message: String| fail(line_of(front, key), message);

        let kind = Kind::of(&parsed.file)
            .ok_or_else(|| at("file", "the extension must be pdf, docx, eml, html, csv, txt, md, png or zip".into()))?;
        let date = parsed
            .date
            .date
            .and_then(|date| {
                let month = Month::try_from(date.month).ok()?;
                Date::from_calendar_date(i32::from(date.year), month, date.day).ok()
            })
            .ok_or_else(|| at("date", "a date is written as 2025-03-12, without quotes".into()))?;
        let clock = time::macros::format_description!("[hour]:[minute]");
        let time = match &parsed.time {
            Some(time) => Time::parse(time, clock)
                .map_err(|_| at("time", format!("`{time}` is not a time of day such as \"14:05\"")))?,
            None => time::macros::time!(12:00),
        };
        let label = parsed.encoding.as_deref().unwrap_or("utf-8");
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes())
            .ok_or_else(|| at("encoding", format!("`{label}` is not the name of an encoding")))?;
        let reference = parsed
            .reference
            .or_else(|| reference::within(body))
            .unwrap_or_else(|| reference::numbered(&parsed.organisation, date.year(), path));
        Ok(Self {
            path: path.to_path_buf(),
            file: parsed.file,
            kind,
            title: parsed.title,
            organisation: parsed.organisation,
            letterhead: parsed.letterhead,
            reference,
            author: parsed.author,
            date,
            time,
            language: parsed.language,
            from: parsed.from,
            to: parsed.to,
            cc: parsed.cc,
            message_id: parsed.message_id.as_deref().map(without_brackets),
            in_reply_to: parsed.in_reply_to.as_deref().map(without_brackets),
            members: if parsed.members.is_empty() { parsed.attachments } else { parsed.members },
            attached_only: parsed.attached_only,
            encoding,
            body: body.trim_start_matches('\n').to_string(),
            front: front.to_string(),
        })
    }

    /// An error at the line on which `key` stands.
    pub(crate) fn error(&self, key: &str, message: impl Into<String>) -> Error {
        Error::Source { path: self.path.clone(), line: line_of(&self.front, key), message: message.into() }
    }

    /// An error in making the file.
    pub(crate) fn unrenderable(&self, message: impl ToString) -> Error {
        Error::Render { file: self.file.clone(), message: message.to_string() }
    }

    /// The last part of `file`.
    pub(crate) fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

fn line_of(front: &str, key: &str) -> usize {
    let stands = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    front.lines().position(stands).map_or(1, |index| index + 2)
}

fn without_brackets(id: &str) -> String {
    id.trim_start_matches('<').trim_end_matches('>').to_string()
}
