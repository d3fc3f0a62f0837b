//! Answers on standard output, and what a failure is.

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

/// Writes a line for a person.
pub fn line(text: impl AsRef<str>) -> Result<(), Failed> {
    Ok(writeln!(io::stdout().lock(), "{}", text.as_ref())?)
}

/// Writes bytes as they are.
pub fn bytes(bytes: &[u8]) -> Result<(), Failed> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}

/// A moment in milliseconds since 1970, as text.
pub fn moment(millis: u64) -> String {
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;
    let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000);
    moment.ok().and_then(|moment| moment.format(&Rfc3339).ok()).unwrap_or_else(|| millis.to_string())
}
