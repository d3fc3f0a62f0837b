//! Tables as text: kept as they stand, in pages of a fixed number of records.
//!
//! The text is not taken apart: delimiters and quotes stay, so that a quotation is what the bank delivered. A page holds
//! [`RECORDS`] records and is labelled with their numbers (the heading, if any, is record 1), so that a reference to row 1,203
//! can be followed by hand in any other program. One page would make a million transactions one text that no window can show.

use koplamp_model::{Failure, Kind};

use super::{Reader, Source, refuse_long_text};
use crate::{clean, encoding, reading::Reading};

/// Records on a page. Passages refer to pages, so this never changes.
const RECORDS: usize = 500;
/// Lines that a quoted field may run over. More, and the quote was a stray one (`12" pipe`).
const QUOTED_LINES: usize = 100;
/// Bytes after which a page ends even before its last record.
const PAGE_BYTES: usize = 1 << 20;

/// A table as text.
pub(super) struct Csv;

impl Reader for Csv {
    fn kind(&self) -> Kind {
        Kind::Csv
    }

    fn read(&self, source: &Source<'_>) -> Result<Reading, Failure> {
        refuse_long_text(source)?;
        let text = clean::clean(&encoding::decode(source.bytes, None));
        let mut pages = Vec::new();
        let (mut first, mut count, mut page) = (1, 0, String::new());
        let mut end_page = |page: &mut String, first: &mut usize, count: &mut usize| {
            if !page.is_empty() {
                let last = *first + (*count).max(1) - 1;
                clean::push(&mut pages, page, Some(format!("{first}-{last}")));
                page.clear();
                *first += *count;
                *count = 0;
            }
        };
        for record in records(&text) {
            page.push_str(record);
            count += 1;
            if count == RECORDS || page.len() >= PAGE_BYTES {
                end_page(&mut page, &mut first, &mut count);
            }
        }
        end_page(&mut page, &mut first, &mut count);
        Ok(Reading::of_pages(Kind::Csv, pages))
    }
}

/// The records of a table, each with its line end. A line break within quotes does not end one.
fn records(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (record, tail) = rest.split_at(record_length(rest));
        rest = tail;
        Some(record)
    })
}

fn record_length(text: &str) -> usize {
    let first_line = text.find('\n').map_or(text.len(), |at| at + 1);
    let (mut quoted, mut lines, mut before) = (false, 0, '\n');
    for (at, c) in text.char_indices() {
        match c {
            // A quote opens only where a field begins; once open, doubled quotes close and open again.
            '"' if quoted => quoted = false,
            '"' if matches!(before, '\n' | ';' | ',' | '\t' | '|' | '"') => quoted = true,
            '\n' if !quoted => return at + 1,
            '\n' => {
                lines += 1;
                if lines > QUOTED_LINES {
                    return first_line;
                }
            }
            _ => {}
        }
        before = c;
    }
    if quoted { first_line } else { text.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Reading {
        Csv.read(&Source { name: "a.csv", bytes }).expect("reads")
    }

    #[test]
    fn pages_of_whole_records() {
        let rows: String = (1..=1201).map(|n| format!("{n};\"naam\n{n}\";{n},50\r\n")).collect();
        let reading = read(rows.as_bytes());
        let labels: Vec<_> = reading.pages.iter().filter_map(|page| page.label.as_deref()).collect();
        assert_eq!(labels, ["1-500", "501-1000", "1001-1201"]);
        assert!(reading.pages[1].text.starts_with("501;\"naam\n501\";501,50\n"));
        assert_eq!(reading.pages.iter().map(|page| page.text.as_str()).collect::<String>(), rows.replace('\r', ""));
    }

    #[test]
    fn a_stray_quote_swallows_nothing() {
        let table = format!("maat;\"12\n{}", "a;b\n".repeat(2000));
        let reading = read(table.as_bytes());
        assert_eq!(reading.pages.len(), 5);
        let inches: Vec<&str> = records("12\" pijp;3\nb;4\n").collect();
        assert_eq!(inches, ["12\" pijp;3\n", "b;4\n"]);
        assert_eq!(records("\"a\"\"b\nc\";d\ne;f\n").collect::<Vec<_>>(), ["\"a\"\"b\nc\";d\n", "e;f\n"]);
    }
}
