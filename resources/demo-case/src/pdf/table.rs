//! Tables: columns as wide as their text asks for, rules between rows, the heading repeated on every page.

use super::{
    flow::{Flow, Measure, Unsettable},
    sheet::{A4, Ink},
    wrap,
};
use crate::markdown::{Column, Table, Text, plain};

/// Between the text of a cell and the edges of it, in points.
const PADDING: f32 = 4.0;

/// Sets a table.
pub fn set(flow: &mut Flow, table: &Table, measure: Measure) -> Result<(), Unsettable> {
    let size = flow.face.size * 0.88;
    let leading = flow.face.leading * 0.88;
    let table = &dressed(flow, table);
    let columns: Vec<Column> =
        table.columns.iter().enumerate().map(|(index, column)| side(table, index, *column)).collect();
    let widths = widths(flow, table, size, measure.width())?;
    let rows: Vec<Row> = table.rows.iter().map(|row| wrap_row(flow, row, &widths, size)).collect::<Result<_, _>>()?;
    let Some((head, body)) = rows.split_first() else { return Ok(()) };
    let height = |row: &Row| row.iter().map(Vec::len).max().unwrap_or(0) as f32 * leading + PADDING;
    let draw = |flow: &mut Flow, row: &Row, rule: (f32, Ink)| -> Result<(), Unsettable> {
        let mut x = measure.left;
        for ((cell, width), column) in row.iter().zip(&widths).zip(&columns) {
            for (index, line) in cell.iter().enumerate() {
                let free = width - 2.0 * PADDING - wrap::measure(flow.fonts, line)? * size;
                let shift = match column {
                    Column::Left => 0.0,
                    Column::Centre => free / 2.0,
                    Column::Right => free,
                };
                let baseline = flow.y + PADDING / 2.0 + leading * (index as f32 + 0.75);
                flow.put(line, x + PADDING + shift, baseline, size, Ink::Black)?;
            }
            x += width;
        }
        flow.y += height(row);
        flow.bar(measure.left, flow.y, widths.iter().sum(), rule.0, rule.1);
        Ok(())
    };

    let second = body.first().map_or(0.0, height);
    flow.need(height(head) + second);
    draw(flow, head, (1.0, Ink::Black))?;
    for row in body {
        if height(head) + height(row) > A4.bottom - A4.top {
            return Err(Unsettable::Row);
        }
        if flow.y + height(row) > A4.bottom {
            flow.break_page();
            draw(flow, head, (1.0, Ink::Black))?;
        }
        draw(flow, row, (0.5, Ink::Line))?;
    }
    flow.y += flow.face.leading * 0.7;
    Ok(())
}

/// The lines of each cell of a row.
type Row = Vec<Vec<Text>>;

fn wrap_row(flow: &Flow, row: &[Text], widths: &[f32], size: f32) -> Result<Row, Unsettable> {
    let cells = row.iter().zip(widths);
    cells.map(|(cell, width)| Ok(wrap::wrap(flow.fonts, cell, size, width - 2.0 * PADDING)?)).collect()
}

/// Every column gets its widest word where that fits, and the rest is shared by how much text is left to place.
fn widths(flow: &Flow, table: &Table, size: f32, available: f32) -> Result<Vec<f32>, Unsettable> {
    let mut least = vec![0.0_f32; table.columns.len()];
    let mut wanted = least.clone();
    for row in &table.rows {
        for ((cell, least), wanted) in row.iter().zip(&mut least).zip(&mut wanted) {
            *least = least.max(wrap::widest_word(flow.fonts, cell)? * size + 2.0 * PADDING + 0.5);
            *wanted = wanted.max(wrap::measure(flow.fonts, cell)? * size + 2.0 * PADDING + 0.5);
        }
    }
    let (narrowest, widest) = (least.iter().sum::<f32>(), wanted.iter().sum::<f32>());
    if widest <= available {
        return Ok(wanted);
    }
    if narrowest >= available {
        return Ok(least.iter().map(|width| width * available / narrowest).collect());
    }
    let share = (available - narrowest) / (widest - narrowest);
    Ok(least.iter().zip(&wanted).map(|(least, wanted)| least + (wanted - least) * share).collect())
}

/// A column of numbers keeps to the right, where the source does not say otherwise.
fn side(table: &Table, index: usize, column: Column) -> Column {
    let mut cells = table.rows.iter().skip(1).filter_map(|row| row.get(index)).map(|cell| plain(cell)).peekable();
    let number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || " .,€%-–".contains(c));
    if column == Column::Left && cells.peek().is_some() && cells.all(|cell| number(&cell)) {
        return Column::Right;
    }
    column
}

fn dressed(flow: &Flow, table: &Table) -> Table {
    let cell = |cell: &Text| cell.iter().map(|span| flow.dressed(span)).collect();
    let rows = table.rows.iter().map(|row| row.iter().map(cell).collect());
    Table { columns: table.columns.clone(), rows: rows.collect() }
}
