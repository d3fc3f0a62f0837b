//! CSV to a table.

use csv::{ReaderBuilder, StringRecord};

use super::{Table, TableKind};
use crate::encoding::{lenient, malformed};
use crate::{InterchangeError, Watch};

/// How often the watch is asked, in rows.
const ASK: u64 = 1_000;

pub(super) fn read(bytes: &[u8], watch: Watch<'_>) -> Result<Table, InterchangeError> {
    let text = lenient(bytes);
    if let Some(at) = text.find('\0') {
        return Err(malformed(&text, at, "a NUL character: this is no text"));
    }
    let separator = separator(&text);
    let mut reader =
        ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut table: Option<Table> = None;
    let mut counted = (0, 1);
    let mut read = 0;
    loop {
        let before = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(malformed(&text, before, &error.to_string())),
        }
        let after = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let span = text.get(before..after.min(text.len())).unwrap_or_default();
        // The reader passes over empty lines, and counts them to the row behind.
        let start = before + (span.len() - span.trim_start_matches(['\r', '\n']).len());
        let raw = text.get(start..before + span.len()).unwrap_or_default().trim_end_matches(['\r', '\n']);
        let between = text.as_bytes().get(counted.0..start).unwrap_or_default();
        counted = (start, counted.1 + between.iter().filter(|byte| **byte == b'\n').count() as u64);
        if after >= text.len() && ends_in_quotes(text.get(start..).unwrap_or_default(), separator) {
            return Err(malformed(&text, start, "a cell begins with quotes that do not end"));
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match &mut table {
            None => table = Some(Table::new(TableKind::Csv, record.iter().map(str::to_owned).collect())?),
            Some(table) => table.push(counted.1, record.iter().map(str::trim), (start, start + raw.len()))?,
        }
        read += 1;
        if read % ASK == 0 && !watch(read) {
            return Err(InterchangeError::Stopped);
        }
    }
    let mut table = match table {
        Some(table) => table,
        None => Table::new(TableKind::Csv, Vec::new())?,
    };
    table.source = text.into_owned();
    table.separator = Some(separator);
    Ok(table)
}

/// Whether the last cell of this row is one that quotes opened and nothing closed: then it holds all that was behind them.
fn ends_in_quotes(row: &str, separator: u8) -> bool {
    let (mut begins, mut quoted) = (true, false);
    for byte in row.bytes() {
        // Quotes right behind closing ones open again: together they are one within the cell.
        let closes = quoted && byte == b'"';
        quoted = if byte == b'"' { begins && !quoted } else { quoted };
        begins = closes || (!quoted && byte == separator);
    }
    quoted
}

/// The separator that divides the first row into most cells; the comma when none does.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: char| {
        let mut quoted = false;
        first
            .chars()
            .filter(|c| {
                quoted ^= *c == '"';
                !quoted && *c == separator
            })
            .count()
    };
    let mut best = (0, b',');
    for separator in [b',', b';', b'\t'] {
        let found = count(char::from(separator));
        if found > best.0 {
            best = (found, separator);
        }
    }
    best.1
}
