//! The side that reads.

use std::io::{self, Write};

use koplamp_model::{Exchange, Rejected, Schema};

use super::{MAX_CELL, MAX_PART, Part, Request, SHOWN, Tried, What};
use crate::{InterchangeError, Limits, Table, TableKind, map_each, propose, read, read_table};

/// Does what the request (JSON) asks with the bytes of a file, and writes the answer. What is wrong with the file is part of the answer.
///
/// # Errors
///
/// When the answer cannot be written.
pub fn perform(
    request: &[u8],
    file: Vec<u8>,
    schema: &Schema,
    limits: &Limits,
    answer: &mut dyn Write,
) -> io::Result<()> {
    let mut answer = Answer { pipe: answer, line: Vec::new() };
    let request = serde_json::from_slice(request).ok().filter(|request: &Request| request.schema == schema.version);
    let Some(Request { what, .. }) = request else {
        let reason = "the program that reads files is of another version than the one that asked: reinstall Koplamp";
        return answer.line(&Part::Refused(reason.to_owned())).map(drop);
    };
    match answer.all(what, file, schema, limits) {
        Ok(()) => Ok(()),
        Err(Broken::File(error)) => answer.line(&Part::Refused(error.to_string())).map(drop),
        Err(Broken::Pipe(error)) => Err(error),
    }
}

/// Why an answer broke off.
enum Broken {
    File(InterchangeError),
    Pipe(io::Error),
}

impl From<InterchangeError> for Broken {
    fn from(error: InterchangeError) -> Self {
        Self::File(error)
    }
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Pipe(error)
    }
}

struct Answer<'a> {
    pipe: &'a mut dyn Write,
    line: Vec<u8>,
}

impl Answer<'_> {
    fn all(&mut self, what: What, file: Vec<u8>, schema: &Schema, limits: &Limits) -> Result<(), Broken> {
        // Who asked ends this process when the answer is not wanted any more.
        let watch = &mut |_| true;
        match what {
            What::Read(format) => {
                let Exchange { drafts, rejected, merged } = read(format, &file, schema, limits, watch)?;
                drop(file);
                for draft in drafts {
                    let line = draft.line;
                    self.part(&Part::Draft(draft), line)?;
                }
                self.rejected(rejected, limits)?;
                self.part(&Part::End(merged), 0)
            }
            What::Map(mapping) => {
                let table = table(&file, limits)?;
                drop(file);
                let mut written = Ok(());
                let (rejected, merged) = map_each(&table, &mapping, schema, limits, watch, &mut |draft| {
                    if written.is_ok() {
                        let line = draft.line;
                        written = self.part(&Part::Draft(draft), line);
                    }
                })?;
                written?;
                self.rejected(rejected, limits)?;
                self.part(&Part::End(merged), 0)
            }
            What::Try(mapping) => {
                let table = table(&file, limits)?;
                drop(file);
                let mapping = mapping.unwrap_or_else(|| propose(&table, schema));
                let (mut entities, mut links) = (0, 0);
                let (rejected, _) = map_each(&table, &mapping, schema, limits, watch, &mut |draft| {
                    if draft.is_link(schema) { links += 1 } else { entities += 1 }
                })?;
                self.rejected(rejected, limits)?;
                let cell = |cell: &str| cell.chars().take(MAX_CELL).collect();
                let rows = table.rows().take(SHOWN).map(|row| row.cells().map(cell).collect()).collect();
                let (columns, total) = (table.columns().to_vec(), table.len() as u64);
                self.part(&Part::Tried(Tried { columns, rows, total, mapping, entities, links }), 1)
            }
        }
    }

    fn rejected(&mut self, rejected: Vec<Rejected>, limits: &Limits) -> Result<(), Broken> {
        let limit = limits.nodes.saturating_add(limits.links);
        for (rejected, count) in rejected.into_iter().zip(1..) {
            let line = rejected.line;
            if count > limit {
                return Err(InterchangeError::TooMany { line, what: "records that are left out", limit }.into());
            }
            self.part(&Part::Rejected(rejected), line)?;
        }
        Ok(())
    }

    /// Writes a part; one that would be too large for the other side is the file's fault.
    fn part(&mut self, part: &Part, line: u64) -> Result<(), Broken> {
        if self.line(part)? {
            return Ok(());
        }
        Err(InterchangeError::TooMany { line, what: "bytes of one record", limit: MAX_PART as u64 }.into())
    }

    /// Writes a part, unless it is too large.
    fn line(&mut self, part: &Part) -> io::Result<bool> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, part)?;
        self.line.push(b'\n');
        let fits = self.line.len() <= MAX_PART;
        if fits {
            self.pipe.write_all(&self.line)?;
        }
        Ok(fits)
    }
}

fn table(file: &[u8], limits: &Limits) -> Result<Table, InterchangeError> {
    // A workbook is a ZIP archive.
    let kind = if file.starts_with(b"PK") { TableKind::Xlsx } else { TableKind::Csv };
    read_table(file, kind, limits, &mut |_| true)
}
