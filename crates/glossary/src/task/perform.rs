//! The side that reads.

use std::io::{self, Write};

use koplamp_model::GlossaryRecord;

use super::{MAX_PART, Part, Request, VERSION};
use crate::{GlossaryError, Limits, Read, read};

/// Does what the request (JSON) asks with the bytes of a file, and writes the answer. What is wrong with the file is part of the answer.
///
/// # Errors
///
/// When the answer cannot be written.
pub fn perform(request: &[u8], file: Vec<u8>, limits: &Limits, answer: &mut dyn Write) -> io::Result<()> {
    let mut answer = Answer { pipe: answer, line: Vec::new() };
    let request = serde_json::from_slice(request).ok().filter(|request: &Request| request.version == VERSION);
    let Some(request) = request else {
        let reason = "the program that reads files is of another version than the one that asked: reinstall Koplamp";
        return answer.part(&Part::Refused(reason.to_owned())).map(drop);
    };
    // Who asked ends this process when the answer is not wanted any more.
    let read = read(request.format, &file, &request.organisation, limits, &mut |_| true);
    drop(file);
    match read {
        Ok(read) => answer.all(read),
        Err(error) => answer.part(&Part::Refused(error.to_string())).map(drop),
    }
}

struct Answer<'a> {
    pipe: &'a mut dyn Write,
    line: Vec<u8>,
}

impl Answer<'_> {
    fn all(&mut self, read: Read) -> io::Result<()> {
        let Read { glossary, violations, rejected } = read;
        let records = glossary
            .schemes
            .into_iter()
            .map(GlossaryRecord::Scheme)
            .chain(glossary.concepts.into_iter().map(GlossaryRecord::Concept))
            .chain(glossary.terms.into_iter().map(GlossaryRecord::Term))
            .chain(glossary.mappings.into_iter().map(GlossaryRecord::Mapping));
        let parts = records
            .map(Part::Record)
            .chain(violations.into_iter().map(Part::Violation))
            .chain(rejected.into_iter().map(Part::Rejected));
        for part in parts {
            if !self.part(&part)? {
                // Too large for the other side: that is the file's fault.
                let limit = MAX_PART as u64;
                let error = GlossaryError::TooMany { line: 1, what: "bytes of what is said of one thing", limit };
                return self.part(&Part::Refused(error.to_string())).map(drop);
            }
        }
        self.part(&Part::End).map(drop)
    }

    /// Writes a part, unless it is too large.
    fn part(&mut self, part: &Part) -> io::Result<bool> {
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
