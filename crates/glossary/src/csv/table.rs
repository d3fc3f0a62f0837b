//! CSV to rows.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::Column;
use crate::{GlossaryError, Limits, Watch};

/// Rows after which the watch is asked.
const ASK: u64 = 1_000;

/// The rows of a table, each with its line.
#[derive(Debug)]
pub(super) struct Table {
    columns: HashMap<Column, usize>,
    pub rows: Vec<(u64, StringRecord)>,
}

impl Table {
    /// What a row has in a column, without space around; empty when it has nothing.
    pub fn cell<'a>(&self, row: &'a StringRecord, column: Column) -> &'a str {
        self.columns.get(&column).and_then(|at| row.get(*at)).unwrap_or_default().trim()
    }
}

/// Reads a table.
pub(super) fn read(bytes: &[u8], limits: &Limits, watch: Watch<'_>) -> Result<Table, GlossaryError> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| match std::str::from_utf8(bytes) {
        Ok(_) => (UTF_8, 0),
        // In which every byte means something.
        Err(_) => (WINDOWS_1252, 0),
    });
    let text = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    let malformed = |line: u64, reason: &str| GlossaryError::Malformed { line, reason: reason.to_owned() };
    if let Some(at) = text.find('\0') {
        let line = text.get(..at).unwrap_or_default().matches('\n').count() as u64 + 1;
        return Err(malformed(line, "a NUL character: this is no text"));
    }
    let mut reader =
        ReaderBuilder::new().delimiter(separator(&text)).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut table: Option<Table> = None;
    // Where the lines were counted to: byte, and its line.
    let (mut counted, mut line) = (0, 1);
    for record in reader.records() {
        let record = record.map_err(|error| malformed(line, &error.to_string()))?;
        // The reader passes over empty lines, and counts them to the row behind.
        let before = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or_default();
        let rest = text.get(before..).unwrap_or_default();
        let start = before + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        line += text.get(counted..start).unwrap_or_default().matches('\n').count() as u64;
        counted = start;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match &mut table {
            None => table = Some(Table { columns: columns(&record, line)?, rows: Vec::new() }),
            Some(table) => table.rows.push((line, record)),
        }
        let count = table.as_ref().map_or(0, |table| table.rows.len() as u64);
        if count > limits.statements {
            return Err(GlossaryError::TooMany { line, what: "rows", limit: limits.statements });
        }
        if count > 0 && count.is_multiple_of(ASK) && !watch(count) {
            return Err(GlossaryError::Stopped);
        }
    }
    let table = table.ok_or(GlossaryError::Nothing { format: crate::Format::Csv })?;
    // Quotes that nothing closes take all that is behind them into one cell.
    let swallowed = table.rows.last().is_some_and(|(_, row)| row.iter().any(|cell| cell.contains('\n')));
    if swallowed && !text.matches('"').count().is_multiple_of(2) {
        return Err(malformed(line, "a cell begins with quotes that do not end"));
    }
    Ok(table)
}

/// Which column stands where; the first of two of the same counts.
fn columns(headers: &StringRecord, line: u64) -> Result<HashMap<Column, usize>, GlossaryError> {
    let mut columns = HashMap::new();
    for (at, header) in headers.iter().enumerate() {
        if let Some(column) = Column::of(header) {
            columns.entry(column).or_insert(at);
        }
    }
    for (column, what, name) in [(Column::Term, "term", "term"), (Column::Definition, "definition", "definitie")] {
        if !columns.contains_key(&column) {
            return Err(GlossaryError::Column { line, what, name });
        }
    }
    Ok(columns)
}

/// The separator that divides the first row into most cells; the comma when none does.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut best = (0, b',');
    for separator in [b',', b';', b'\t'] {
        let mut quoted = false;
        let count = first.bytes().filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted && *byte == separator
        });
        let count = count.count();
        if count > best.0 {
            best = (count, separator);
        }
    }
    best.1
}
