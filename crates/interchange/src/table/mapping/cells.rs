//! Cells to keys and values.

use std::collections::BTreeMap;

use koplamp_model::{DraftValue, PropertyKind, Refusal};

use super::plan::{KeyColumn, PlannedProperty};
use crate::gather::shorten;
use crate::table::amount::amount;
use crate::table::date::clock;
use crate::table::{Row, date};

/// The key that these cells give, `BankAccount/NL91ABNA0417164300`; none when all are empty.
pub(super) fn key(kind: &str, columns: &[KeyColumn], row: Row<'_>) -> Option<String> {
    let cells: Vec<String> = columns
        .iter()
        .map(|column| {
            let cell = row.cell(column.column);
            if column.is_identifier {
                let counts = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '.');
                cell.chars().filter(counts).flat_map(char::to_uppercase).collect()
            } else {
                cell.split_whitespace().collect::<Vec<_>>().join(" ")
            }
        })
        .collect();
    if cells.iter().all(String::is_empty) {
        return None;
    }
    let mut key = kind.to_owned();
    for cell in cells {
        key.push('/');
        // So that no other cells give the same key.
        key.push_str(&cell.replace('\\', "\\\\").replace('/', "\\/"));
    }
    Some(key)
}

/// What the cells of a row say, by property.
///
/// # Errors
///
/// A cell that is not what its property asks for: the reason.
pub(super) fn values(
    planned: &[PlannedProperty],
    row: Row<'_>,
    unsigned: Option<usize>,
) -> Result<BTreeMap<String, Vec<DraftValue>>, Refusal> {
    let mut values: BTreeMap<String, Vec<DraftValue>> = BTreeMap::new();
    let mut times: Vec<(&PlannedProperty, String)> = Vec::new();
    for property in planned {
        let cell = row.cell(property.column);
        if cell.is_empty() {
            continue;
        }
        let (column, words) = (|| shorten(&property.name), || shorten(cell));
        let value = match property.kind {
            PropertyKind::Date => match (date(cell), clock(cell)) {
                (Some(date), _) => date,
                (None, Some(time)) => {
                    times.push((property, time));
                    continue;
                }
                (None, None) => return Err(Refusal::NotADate { column: column(), cell: words() }),
            },
            PropertyKind::Amount | PropertyKind::Number => {
                let duration = if property.kind == PropertyKind::Number { seconds(cell) } else { None };
                let found = duration.or_else(|| amount(cell, property.decimals));
                let found = found.ok_or_else(|| match property.kind {
                    PropertyKind::Amount => Refusal::NotAnAmount { column: column(), cell: words() },
                    _ => Refusal::NotANumber { column: column(), cell: words() },
                })?;
                match found.strip_prefix('-') {
                    Some(bare) if unsigned == Some(property.column) => bare.to_owned(),
                    _ => found,
                }
            }
            _ => cell.to_owned(),
        };
        let list = values.entry(property.property.clone()).or_default();
        let value = DraftValue::Text(value);
        if !list.contains(&value) {
            list.push(value);
        }
    }
    for (property, time) in times {
        // A time in a column of its own belongs to the date beside it.
        match values.get_mut(&property.property).map(Vec::as_mut_slice) {
            Some([DraftValue::Text(date)]) if date.len() == 10 => *date = format!("{date}T{time}"),
            _ => return Err(Refusal::TimeWithoutDate { column: shorten(&property.name), cell: time }),
        }
    }
    Ok(values)
}

/// A duration `HH:MM:SS` or `MM:SS` in seconds.
fn seconds(cell: &str) -> Option<String> {
    let parts: Vec<u64> = cell.trim().split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        [minutes, seconds] => (0, *minutes, *seconds),
        _ => return None,
    };
    let small = hours < 1_000_000 && minutes < 1_000_000 && seconds < 60;
    small.then(|| (hours * 3_600 + minutes * 60 + seconds).to_string())
}

/// Whether the cell says that the link goes the other way.
pub(super) fn is_reversed(cell: &str, values: &[String]) -> bool {
    values.iter().any(|value| {
        let negative = || amount(cell, crate::table::amount::Decimals::Unknown).map(|found| found.starts_with('-'));
        match value.trim() {
            "-" => negative() == Some(true),
            "+" => negative() == Some(false),
            word => word.to_lowercase() == cell.trim().to_lowercase(),
        }
    })
}
