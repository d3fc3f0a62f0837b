//! CSV lists in.

use koplamp_model::{Exchange, Refusal};

use crate::encoding::quote;
use crate::gather::{Gather, count, shorten};
use crate::graph::{GraphReader, RawLink, RawNode};
use crate::table::{Decimals, Row, Table, TableKind, amount, date, read_table};
use crate::values::{join, number, split, unharmed};
use crate::{InterchangeError, Limits};

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Source,
    Target,
    Id,
    Label,
    Type,
    Date,
    Amount,
    X,
    Y,
    SourceLabel,
    TargetLabel,
    SourceType,
    TargetType,
    Other,
}

/// Names of columns, in any case of letters: ours, those of Gephi, and Dutch ones.
const NAMES: &[(&str, Column)] = &[
    ("source", Column::Source),
    ("from", Column::Source),
    ("bron", Column::Source),
    ("van", Column::Source),
    ("source_id", Column::Source),
    ("target", Column::Target),
    ("to", Column::Target),
    ("doel", Column::Target),
    ("naar", Column::Target),
    ("target_id", Column::Target),
    ("id", Column::Id),
    ("label", Column::Label),
    ("type", Column::Type),
    ("kind", Column::Type),
    ("soort", Column::Type),
    ("date", Column::Date),
    ("datum", Column::Date),
    ("amount", Column::Amount),
    ("bedrag", Column::Amount),
    ("x", Column::X),
    ("y", Column::Y),
    ("source_label", Column::SourceLabel),
    ("target_label", Column::TargetLabel),
    ("source_type", Column::SourceType),
    ("target_type", Column::TargetType),
];

pub(crate) fn read(bytes: &[u8], gather: Gather<'_>) -> Result<Exchange, InterchangeError> {
    let limits: Limits = gather.limits.clone();
    // Rows are counted again when they become nodes and links, and the watch is asked then.
    let table = read_table(bytes, TableKind::Csv, &limits, &mut |_| true)?;
    let columns: Vec<Column> = table.columns().iter().map(|name| meaning(name)).collect();
    let has = |column| columns.contains(&column);
    let mut graph = GraphReader::new(gather);
    graph.by_content = true;
    let take = match (has(Column::Source) && has(Column::Target), has(Column::Id)) {
        (true, _) => Take::Edge(decimals(&table, &columns)),
        (false, true) => Take::Node,
        (false, false) => {
            let reason =
                "a list of links has the columns source and target, one of entities the column id; any other table is \
                          imported with a mapping"
                    .to_owned();
            return Err(InterchangeError::OtherFormat { line: 1, format: "a CSV list", reason });
        }
    };
    for row in table.rows() {
        if row.fits() {
            match take {
                Take::Edge(decimals) => edge(&table, &columns, row, decimals, &mut graph)?,
                Take::Node => node(&table, &columns, row, &mut graph)?,
            }
        } else {
            let why = Refusal::Cells { found: count(row.len()), columns: count(columns.len()) };
            graph.gather.reject(row.number(), why);
        }
    }
    graph.finish()
}

/// What the rows are.
#[derive(Clone, Copy)]
enum Take {
    /// Links, and which sign their amounts have before decimals; none when they are written as programs do.
    Edge(Option<Decimals>),
    Node,
}

/// How people wrote the amounts of a list: the column says it together, or the semicolon between cells does.
fn decimals(table: &Table, columns: &[Column]) -> Option<Decimals> {
    let at: Vec<usize> = (0..columns.len()).filter(|at| columns.get(*at) == Some(&Column::Amount)).collect();
    let cells = table.rows().flat_map(|row| at.iter().map(move |at| unharmed(row.cell(*at))));
    let values: Vec<String> = cells.flat_map(split).collect();
    match Decimals::of(values.iter().map(String::as_str)) {
        Decimals::Comma => Some(Decimals::Comma),
        Decimals::Unknown if table.leaves_comma_to_decimals() => Some(Decimals::Unknown),
        _ => None,
    }
}

fn meaning(name: &str) -> Column {
    let name = name.to_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map_or(Column::Other, |(_, column)| *column)
}

/// The first cell of a column that is not empty.
fn cell<'a>(columns: &[Column], row: Row<'a>, wanted: Column) -> Option<&'a str> {
    let cells = columns.iter().enumerate().filter(|(_, column)| **column == wanted);
    cells.map(|(at, _)| unharmed(row.cell(at))).find(|cell| !cell.is_empty())
}

fn node(table: &Table, columns: &[Column], row: Row<'_>, graph: &mut GraphReader<'_>) -> Result<(), InterchangeError> {
    let Some(id) = cell(columns, row, Column::Id) else {
        graph.gather.reject(row.number(), Refusal::EntityWithoutId);
        return Ok(());
    };
    let has_labels = columns.contains(&Column::Label);
    let label = cell(columns, row, Column::Label).map(str::to_owned);
    let raw = RawNode {
        id: id.to_owned(),
        // A list that has labels, but none for this one, says that it has no name.
        label: if has_labels { Some(label.unwrap_or_default()) } else { None },
        kind: cell(columns, row, Column::Type).map(str::to_owned),
        fields: fields(table, columns, row),
        place: cell(columns, row, Column::X)
            .zip(cell(columns, row, Column::Y))
            .map(|(x, y)| (x.to_owned(), y.to_owned())),
        line: row.number(),
        quote: quote(&row.raw()),
    };
    graph.node(raw)
}

fn edge(
    table: &Table,
    columns: &[Column],
    row: Row<'_>,
    decimals: Option<Decimals>,
    graph: &mut GraphReader<'_>,
) -> Result<(), InterchangeError> {
    let line = row.number();
    let (Some(source), Some(target)) = (cell(columns, row, Column::Source), cell(columns, row, Column::Target)) else {
        graph.gather.reject(line, Refusal::LinkWithoutEnds);
        return Ok(());
    };
    let mut fields = fields(table, columns, row);
    for (column, property) in [(Column::Date, "date"), (Column::Amount, "amount")] {
        let Some(words) = cell(columns, row, column) else { continue };
        let values: Option<Vec<String>> = split(words)
            .iter()
            .map(|value| match column {
                Column::Date => date(value),
                // A plain number is one, unless people wrote the column; anything else is read as a person may have written it.
                _ if decimals.is_none() && number(value).is_some() && !value.contains(['e', 'E']) => {
                    Some(value.clone())
                }
                _ => amount(value, decimals.unwrap_or(Decimals::Unknown)),
            })
            .collect();
        let Some(values) = values else {
            let name = columns.iter().position(|other| *other == column).and_then(|at| table.columns().get(at));
            let (column_name, cell) = (name.map(|name| shorten(name)).unwrap_or_default(), shorten(words));
            let why = match column {
                Column::Date => Refusal::NotADate { column: column_name, cell },
                _ => Refusal::NotAnAmount { column: column_name, cell },
            };
            graph.gather.reject(line, why);
            return Ok(());
        };
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        fields.extend(join(&values).map(|field| (property.to_owned(), field)));
    }
    let said = cell(columns, row, Column::Type);
    // Gephi calls so what goes one way and what does not. Nothing said, a list of sources and targets goes from one to the other.
    let directed = match said.map(str::to_lowercase).as_deref() {
        None | Some("directed") => Some(true),
        Some("undirected" | "mutual") => Some(false),
        Some(_) => None,
    };
    let raw = RawLink {
        id: cell(columns, row, Column::Id).map(str::to_owned),
        source: source.to_owned(),
        target: target.to_owned(),
        directed,
        label: cell(columns, row, Column::Label).map(str::to_owned),
        kind: said.filter(|_| directed.is_none()).map(str::to_owned),
        fields,
        line,
        quote: quote(&row.raw()),
    };
    for (key, label, kind) in
        [(source, Column::SourceLabel, Column::SourceType), (target, Column::TargetLabel, Column::TargetType)]
    {
        if graph.gather.find(key).is_some() {
            continue;
        }
        let label = columns.contains(&label).then(|| cell(columns, row, label).unwrap_or_default().to_owned());
        let kind = cell(columns, row, kind).map(str::to_owned);
        let (key, quote) = (key.to_owned(), raw.quote.clone());
        graph.node(RawNode { id: key, label, kind, line, quote, ..RawNode::default() })?;
    }
    graph.link(raw)
}

/// The cells of columns that mean nothing of their own, by the columns' names.
fn fields(table: &Table, columns: &[Column], row: Row<'_>) -> Vec<(String, String)> {
    let is_list = columns.contains(&Column::Source);
    let named = table.columns().iter().zip(columns).enumerate();
    let other = named.filter(|(_, (_, column))| match column {
        Column::Other => true,
        // In a list of entities these are properties like any other.
        Column::Date | Column::Amount | Column::Source | Column::Target => !is_list,
        _ => false,
    });
    other.map(|(at, (name, _))| (name.clone(), unharmed(row.cell(at)).to_owned())).collect()
}
