//! Tables: rows of cells under named columns, as a bank or telephone company sends them.

mod amount;
mod csv;
mod date;
mod direction;
mod looks;
mod mapping;
mod propose;
mod xlsx;

use std::borrow::Cow;

pub(crate) use amount::{Decimals, amount};
pub(crate) use date::date;
pub use mapping::{map, map_each};
pub use propose::propose;

use crate::{InterchangeError, Limits, Watch};

/// The most columns that a table may have.
pub(crate) const COLUMNS: usize = 1_024;

/// What a table is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// Text, its cells separated by comma, semicolon or tab.
    Csv,
    /// A workbook of Excel (or any program that writes its format); the first sheet that is not empty is read.
    Xlsx,
}

/// A table, held compactly: about its text once or twice, and 4 bytes a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    columns: Vec<String>,
    kind: TableKind,
    /// Between cells; of a sheet, none.
    separator: Option<u8>,
    /// The whole text of a CSV file, for quotes.
    source: String,
    /// The text of all cells, one behind the other.
    text: String,
    /// Where each cell ends in it.
    ends: Vec<u32>,
    rows: Vec<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    number: u64,
    /// Its first cell, and one past its last.
    cells: (u32, u32),
    /// Where it stands in the source.
    raw: (u32, u32),
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    place: &'a Place,
}

impl Table {
    /// The names of the columns: those of the first row that is not empty. One without a name is called `Column 3`; a second one of the
    /// same name `Name (2)`.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// What it was read from.
    pub fn kind(&self) -> TableKind {
        self.kind
    }

    /// Whether a semicolon stands between cells: then the comma is meant for decimals, as Dutch spreadsheets write.
    pub(crate) fn leaves_comma_to_decimals(&self) -> bool {
        self.separator == Some(b';')
    }

    /// How many rows there are, without the names.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, in order. Rows that are empty are not among them.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|place| Row { table: self, place })
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    fn new(kind: TableKind, columns: Vec<String>) -> Result<Self, InterchangeError> {
        if columns.len() > COLUMNS {
            return Err(InterchangeError::TooMany { line: 1, what: "columns", limit: COLUMNS as u64 });
        }
        let columns = named(columns);
        let (source, text) = (String::new(), String::new());
        Ok(Self { columns, kind, separator: None, source, text, ends: Vec::new(), rows: Vec::new() })
    }

    /// Adds a row. `raw` is where it stands in the source.
    fn push<'a>(
        &mut self,
        number: u64,
        cells: impl Iterator<Item = &'a str>,
        raw: (usize, usize),
    ) -> Result<(), InterchangeError> {
        let limit = u64::from(u32::MAX);
        let small =
            |place: usize| u32::try_from(place).map_err(|_| InterchangeError::TooLarge { found: place as u64, limit });
        let first = small(self.ends.len())?;
        for cell in cells {
            self.text.push_str(cell);
            self.ends.push(small(self.text.len())?);
        }
        let place = Place { number, cells: (first, small(self.ends.len())?), raw: (small(raw.0)?, small(raw.1)?) };
        self.rows.push(place);
        Ok(())
    }
}

impl<'a> Row<'a> {
    /// Its number in the file: the line on which it begins, or the row of the sheet; from 1.
    pub fn number(&self) -> u64 {
        self.place.number
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        (self.place.cells.1 - self.place.cells.0) as usize
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it has a cell for each column. The empty cells at the end of a row of a sheet are not in its file, and not missed.
    pub fn fits(&self) -> bool {
        match self.table.kind {
            TableKind::Csv => self.len() == self.table.columns.len(),
            TableKind::Xlsx => self.len() <= self.table.columns.len(),
        }
    }

    /// The cell of a column; empty when the row has none.
    pub fn cell(&self, column: usize) -> &'a str {
        let table = self.table;
        let at = self.place.cells.0 as usize + column;
        if at >= self.place.cells.1 as usize {
            return "";
        }
        let start = at.checked_sub(1).and_then(|before| table.ends.get(before)).copied().unwrap_or_default();
        let end = table.ends.get(at).copied().unwrap_or_default();
        table.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Its cells.
    pub fn cells(&self) -> impl Iterator<Item = &'a str> {
        let row = *self;
        (0..self.len()).map(move |column| row.cell(column))
    }

    /// The row as it stands in the file; of a sheet, its cells with ` | ` between them.
    pub fn raw(&self) -> Cow<'a, str> {
        match self.table.kind {
            TableKind::Csv => {
                let (start, end) = self.place.raw;
                Cow::Borrowed(self.table.source.get(start as usize..end as usize).unwrap_or_default())
            }
            TableKind::Xlsx => Cow::Owned(self.cells().collect::<Vec<_>>().join(" | ")),
        }
    }
}

/// Reads a table.
///
/// The separator of CSV is the one of comma, semicolon and tab that divides the first row most; the encoding is said by a byte order
/// mark, else UTF-8 if it can be, else windows-1252. Dates of a workbook become `YYYY-MM-DD`, with a time after a `T` if they have one.
///
/// # Errors
///
/// The file is too large, ends within quotes, has a NUL, or is no workbook.
pub fn read_table(bytes: &[u8], kind: TableKind, limits: &Limits, watch: Watch<'_>) -> Result<Table, InterchangeError> {
    limits.check_bytes(bytes.len())?;
    match kind {
        TableKind::Csv => csv::read(bytes, watch),
        TableKind::Xlsx => xlsx::read(bytes, limits, watch),
    }
}

/// Names for the columns, each another.
fn named(columns: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, column) in columns.into_iter().enumerate() {
        let plain = match column.trim() {
            "" => format!("Column {}", at + 1),
            name => name.to_owned(),
        };
        let mut name = plain.clone();
        let mut count = 1;
        while names.contains(&name) {
            count += 1;
            name = format!("{plain} ({count})");
        }
        names.push(name);
    }
    names
}
