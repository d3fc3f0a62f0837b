//! A style sheet as a file (JSON), so that an organisation can hand its sheet to others.
//!
//! ```json
//! { "koplamp": "style sheet", "version": 1, "name": "Huisstijl", "organisation": "om",
//!   "types": [{ "type": "Person", "colour": "#0072b2", "shape": "square", "icon": "user-round" },
//!             { "type": "Payment", "colour": 6, "line": "dashed", "width": 200 }] }
//! ```
//!
//! A file from elsewhere is read where no keys are: [`perform`] runs in that process, and [`receive`] takes its answer as if the file had
//! written it.

use std::io::{self, Read, Write};

use koplamp_model::{StyleSheet, StyleSheetId, TypeStyle};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What such a file says that it is.
const MARK: &str = "style sheet";
/// The form of the file that this program writes.
const VERSION: u32 = 1;
/// Bytes of such a file: 500 types take less than a tenth of it.
pub const MAX_FILE: usize = 1 << 20;
/// Bytes of an answer: what was read is written again, with less air.
const MAX_ANSWER: u64 = 2 << 20;
/// Characters of a reason that are kept.
const MAX_REASON: usize = 1_000;
/// Characters of an organisation's code.
const MAX_CODE: usize = 100;

/// A style sheet as its file says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetFile {
    koplamp: String,
    version: u32,
    /// What the sheet is called.
    pub name: String,
    /// Code of the organisation whose it is.
    pub organisation: String,
    /// The types.
    pub types: Vec<TypeStyle>,
}

/// The file is not a style sheet: why, in one line of at most 1,000 characters.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("this is no style sheet that can be used, and nothing of it was kept: {0}")]
pub struct NoSheet(String);

/// Why an answer was not believed.
#[derive(Debug, Error)]
pub enum Disbelief {
    /// The pipe broke.
    #[error("it broke off: {0}")]
    Io(#[from] io::Error),
    /// The answer is not one that [`perform`] gives.
    #[error("{0}")]
    Malformed(&'static str),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Answer {
    Sheet(SheetFile),
    Refused(String),
}

impl SheetFile {
    fn of(sheet: &StyleSheet) -> Self {
        Self {
            koplamp: MARK.into(),
            version: VERSION,
            name: sheet.name.clone(),
            organisation: sheet.organisation.clone(),
            types: sheet.types.clone(),
        }
    }

    /// The sheet under this id.
    pub fn sheet(self, id: StyleSheetId) -> StyleSheet {
        StyleSheet { id, name: self.name.trim().to_owned(), organisation: self.organisation, types: self.types }
    }

    fn check(&self) -> Result<(), String> {
        if self.koplamp != MARK {
            return Err(format!("\"koplamp\" is not \"{MARK}\""));
        }
        if self.version != VERSION {
            let found = self.version;
            return Err(format!(
                "it has version {found}, and this program reads version {VERSION}: take a newer Koplamp"
            ));
        }
        let code = &self.organisation;
        if code.trim().is_empty() || code.chars().count() > MAX_CODE || code.chars().any(char::is_control) {
            return Err(format!("\"organisation\" is a code of 1 to {MAX_CODE} characters"));
        }
        self.clone().sheet(StyleSheetId::from_bytes([0; 16])).check().map_err(|error| error.to_string())
    }
}

/// Reads the file of a style sheet.
///
/// # Errors
/// With the first thing that is wrong, and its line or type.
pub fn read(file: &[u8]) -> Result<SheetFile, NoSheet> {
    let no = |reason: String| NoSheet(one_line(&reason));
    if file.len() > MAX_FILE {
        return Err(no(format!("it has {} bytes, and at most {MAX_FILE} are read", file.len())));
    }
    // A mark at the beginning says only that this is UTF-8.
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let read: SheetFile = serde_json::from_slice(file).map_err(|error| no(error.to_string()))?;
    read.check().map_err(no)?;
    Ok(read)
}

/// Writes the file of a style sheet.
///
/// # Errors
/// When it cannot be written as JSON, which no sheet does.
pub fn write(sheet: &StyleSheet) -> Result<Vec<u8>, serde_json::Error> {
    let mut file = serde_json::to_vec_pretty(&SheetFile::of(sheet))?;
    file.push(b'\n');
    Ok(file)
}

/// Reads, in the process that has nothing to take, and writes the answer. What is wrong with the file is part of the answer.
///
/// # Errors
/// When the answer cannot be written.
pub fn perform(file: &[u8], answer: &mut dyn Write) -> io::Result<()> {
    let said = match read(file) {
        Ok(sheet) => Answer::Sheet(sheet),
        Err(NoSheet(reason)) => Answer::Refused(reason),
    };
    serde_json::to_writer(answer, &said).map_err(io::Error::from)
}

/// Takes the answer to its end, and checks again what reading promises.
///
/// # Errors
/// The answer is too large or is not one. Within: the file was refused.
pub fn receive(pipe: impl Read) -> Result<Result<SheetFile, NoSheet>, Disbelief> {
    let mut answer = Vec::new();
    pipe.take(MAX_ANSWER + 1).read_to_end(&mut answer)?;
    if answer.len() as u64 > MAX_ANSWER {
        return Err(Disbelief::Malformed("it is too long"));
    }
    match serde_json::from_slice(&answer).map_err(|_| Disbelief::Malformed("it cannot be read"))? {
        Answer::Sheet(sheet) => {
            sheet.check().map_err(|_| Disbelief::Malformed("the sheet breaks a rule"))?;
            Ok(Ok(sheet))
        }
        Answer::Refused(reason) => Ok(Err(NoSheet(one_line(&reason)))),
    }
}

/// A reason that can be shown on one line.
fn one_line(reason: &str) -> String {
    reason.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_REASON).collect()
}

#[cfg(test)]
mod tests {
    use koplamp_model::{Line, Paint, Rgb, Shape};

    use super::*;

    fn sheet() -> StyleSheet {
        let plain = |kind: &str| TypeStyle {
            kind: kind.into(),
            colour: None,
            shape: None,
            icon: None,
            line: None,
            width: None,
        };
        StyleSheet {
            id: StyleSheetId::random(),
            name: "Huisstijl \"OM\" – 2026".into(),
            organisation: "om".into(),
            types: vec![
                TypeStyle {
                    colour: Some(Paint::Own(Rgb(1, 2, 3))),
                    shape: Some(Shape::Square),
                    icon: Some("user-round".into()),
                    ..plain("Person")
                },
                TypeStyle {
                    colour: Some(Paint::Palette(6)),
                    line: Some(Line::Dashed),
                    width: Some(200),
                    ..plain("Payment")
                },
                plain("Toekomstig"),
            ],
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let sheet = sheet();
        let file = write(&sheet).unwrap();
        assert_eq!(read(&file).unwrap().sheet(sheet.id), sheet);
        let mut answer = Vec::new();
        perform(&file, &mut answer).unwrap();
        assert_eq!(receive(&answer[..]).unwrap().unwrap().sheet(sheet.id), sheet);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let file = String::from_utf8(write(&sheet()).unwrap()).unwrap();
        for (from, to, said) in [
            ("style sheet", "chart", "\"koplamp\" is not"),
            ("\"version\": 1", "\"version\": 2", "take a newer Koplamp"),
            ("#010203", "#0102", "'#0102' is no colour"),
            ("200", "2000", "a width of 2000 per cent is beyond 25 to 400"),
            ("square", "star", "unknown variant `star`"),
            ("dashed", "wavy", "unknown variant `wavy`"),
            ("user-round", "<script>", "'<script>' is no name of an icon"),
            ("Toekomstig", "Person", "type 'Person' stands in the sheet twice"),
            ("\"shape\"", "\"form\"", "unknown field `form`"),
            ("\"om\"", "\"\"", "\"organisation\" is a code"),
        ] {
            let error = read(file.replacen(from, to, 1).as_bytes()).unwrap_err().to_string();
            assert!(error.contains(said), "{from} -> {to}: {error}");
        }
        let colour = read(file.replacen("#010203", "red", 1).as_bytes()).unwrap_err().to_string();
        assert!(colour.contains("line "), "the place is said: {colour}");
        assert!(read(&vec![b' '; MAX_FILE + 1]).unwrap_err().to_string().contains("bytes"));
        for nothing in ["", "[]", "\u{0}", "{\"koplamp\":"] {
            assert!(read(nothing.as_bytes()).is_err());
        }
    }

    /// A process that a file has taken over may answer anything.
    #[test]
    fn an_answer_is_not_believed() {
        let answer = |sheet: &str| receive(sheet.as_bytes());
        assert!(matches!(answer(""), Err(Disbelief::Malformed(_))));
        let bad = r#"{"sheet":{"koplamp":"style sheet","version":1,"name":"x","organisation":"om","types":[{"type":"A","width":9}]}}"#;
        assert!(matches!(answer(bad), Err(Disbelief::Malformed("the sheet breaks a rule"))));
        let refused = answer("{\"refused\":\"a\\u001b[2Jb\"}").unwrap().unwrap_err();
        assert!(!refused.to_string().contains('\u{1b}'));
        assert!(matches!(receive(io::repeat(b' ')), Err(Disbelief::Malformed("it is too long"))));
    }
}
