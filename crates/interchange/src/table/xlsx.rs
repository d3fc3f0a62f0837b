//! XLSX to a table.
//!
//! Cells are read one after the other: a grid of a whole sheet would be as large as its farthest cell says.

use std::borrow::Cow;
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, ExcelDateTime, Reader, Xlsx};
use zip::ZipArchive;

use super::{COLUMNS, Table, TableKind};
use crate::{InterchangeError, Limits, Watch};

/// How often the watch is asked, in rows.
const ASK: u64 = 1_000;
/// The most members that a workbook may have.
const MEMBERS: usize = 10_000;

pub(super) fn read(bytes: &[u8], limits: &Limits, watch: Watch<'_>) -> Result<Table, InterchangeError> {
    unpacks_to(bytes, limits)?;
    // The library has been seen to panic on damaged workbooks; it holds nothing that outlives the call.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, watch)))
        .unwrap_or_else(|_| Err(workbook("it is damaged in a way that the reader does not understand")))
}

fn workbook(reason: impl ToString) -> InterchangeError {
    InterchangeError::Workbook { reason: reason.to_string() }
}

/// Unpacks all into nothing, for what a member says of its size may be a lie.
fn unpacks_to(bytes: &[u8], limits: &Limits) -> Result<(), InterchangeError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(workbook)?;
    if archive.len() > MEMBERS {
        return Err(workbook("it has too many parts"));
    }
    let mut total = 0;
    for at in 0..archive.len() {
        let member = archive.by_index(at).map_err(workbook)?;
        let left = limits.bytes.saturating_sub(total) + 1;
        total += io::copy(&mut member.take(left), &mut io::sink()).map_err(workbook)?;
        if total > limits.bytes {
            return Err(InterchangeError::TooLarge { found: total, limit: limits.bytes });
        }
    }
    Ok(())
}

fn sheets(bytes: &[u8], watch: Watch<'_>) -> Result<Table, InterchangeError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(workbook)?;
    for name in book.sheet_names() {
        // A sheet that only holds a drawing is none of ours.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut rows = Rows { table: None, cells: Vec::new(), number: None, read: 0, watch: &mut *watch };
        while let Some(cell) = cells.next_cell().map_err(workbook)? {
            let (row, column) = cell.get_position();
            let text = words(cell.get_value());
            if !text.is_empty() {
                rows.cell(row, column as usize, &text)?;
            }
        }
        if let Some(table) = rows.end()? {
            return Ok(table);
        }
    }
    Table::new(TableKind::Xlsx, Vec::new())
}

/// Cells to rows.
struct Rows<'a> {
    table: Option<Table>,
    cells: Vec<String>,
    number: Option<u32>,
    read: u64,
    watch: Watch<'a>,
}

impl Rows<'_> {
    fn cell(&mut self, row: u32, column: usize, text: &str) -> Result<(), InterchangeError> {
        if self.number != Some(row) {
            self.finish_row()?;
            self.number = Some(row);
        }
        // Of what stands beside the last column, that it is there is enough to know.
        let most = self.table.as_ref().map_or(COLUMNS, |table| table.columns.len());
        let column = column.min(most);
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = self.cells.get_mut(column) {
            text.trim().clone_into(cell);
        }
        Ok(())
    }

    fn finish_row(&mut self) -> Result<(), InterchangeError> {
        let Some(number) = self.number.take() else { return Ok(()) };
        match &mut self.table {
            None => self.table = Some(Table::new(TableKind::Xlsx, std::mem::take(&mut self.cells))?),
            Some(table) => table.push(u64::from(number) + 1, self.cells.iter().map(String::as_str), (0, 0))?,
        }
        self.cells.clear();
        self.read += 1;
        if self.read.is_multiple_of(ASK) && !(self.watch)(self.read) {
            return Err(InterchangeError::Stopped);
        }
        Ok(())
    }

    fn end(mut self) -> Result<Option<Table>, InterchangeError> {
        self.finish_row()?;
        Ok(self.table)
    }
}

fn words<'a>(value: &'a DataRef<'_>) -> Cow<'a, str> {
    match value {
        DataRef::String(text) => Cow::Borrowed(text),
        DataRef::SharedString(text) => Cow::Borrowed(text),
        DataRef::Int(number) => Cow::Owned(number.to_string()),
        DataRef::Float(number) => Cow::Owned(number.to_string()),
        DataRef::Bool(truth) => Cow::Owned(truth.to_string()),
        DataRef::DateTime(time) => Cow::Owned(moment(time)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cow::Borrowed(text),
        DataRef::Error(error) => Cow::Owned(Data::Error(error.clone()).to_string()),
        DataRef::Empty => Cow::Borrowed(""),
    }
}

/// A date, a time, or both.
fn moment(time: &ExcelDateTime) -> String {
    let serial = time.as_f64();
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    if time.is_duration() {
        let seconds = (serial * 86_400.0).round();
        return if seconds.is_finite() { format!("{seconds}") } else { String::new() };
    }
    if (0.0..1.0).contains(&serial) {
        return clock;
    }
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02}T{clock}")
}
