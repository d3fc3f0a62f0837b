//! Answers on standard output, and what a failure is.

use std::borrow::Cow;
use std::io::{self, Write};

use koplamp_workspace::{ErrorCode, WorkspaceError};
use serde::Serialize;

/// Why the program ends with another code than 0.
pub enum Failed {
    /// Exit code 1.
    Refused(String),
    /// Exit code 2.
    Usage(String),
    /// Nobody reads the answer.
    BrokenPipe,
}

impl From<WorkspaceError> for Failed {
    fn from(error: WorkspaceError) -> Self {
        match error.code() {
            ErrorCode::LabelMissing | ErrorCode::LabelUnknown => Self::Usage(error.to_string()),
            _ => Self::Refused(error.to_string()),
        }
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            _ => Self::Refused(format!("could not write the answer: {error}")),
        }
    }
}

/// Writes one JSON document and a line end.
pub fn json(value: &impl Serialize) -> Result<(), Failed> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Writes a line for a person. Names come from hostile files: what would move the cursor, colour or turn round the text is shown, not done.
pub fn line(text: impl AsRef<str>) -> Result<(), Failed> {
    Ok(writeln!(io::stdout().lock(), "{}", harmless(text.as_ref()))?)
}

/// The text with control characters, and those that change its direction (Unicode's `Bidi_Control`), written as escapes.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let harms = |c: char| {
        (c.is_control() && c != '\t')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(harms) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if harms(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// `1 document`, `2 documents`.
pub fn count(number: impl TryInto<u64>, one: &str, many: &str) -> String {
    match number.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// Writes bytes as they are.
pub fn bytes(bytes: &[u8]) -> Result<(), Failed> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}

/// A moment in milliseconds since 1970, as text of one width.
pub fn moment(millis: u64) -> String {
    use time::OffsetDateTime;
    use time::macros::format_description;
    let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000);
    moment.ok().and_then(|moment| moment.format(format).ok()).unwrap_or_else(|| millis.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_speak_to_the_terminal() {
        assert_eq!(harmless("gewoon\tstuk é"), "gewoon\tstuk é");
        assert_eq!(harmless("\x1b[31mrood\n\u{202e}txt"), "\\u{1b}[31mrood\\u{a}\\u{202e}txt");
    }

    #[test]
    fn moments_have_one_width() {
        assert_eq!(moment(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(moment(1_700_000_000_990), "2023-11-14T22:13:20.990Z");
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(
            [count(1_u32, "document", "documents"), count(0_u32, "document", "documents")],
            ["1 document", "0 documents"]
        );
    }
}
