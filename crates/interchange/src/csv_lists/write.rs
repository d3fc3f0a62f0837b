//! CSV lists out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use koplamp_model::{Draft, Schema};

use crate::InterchangeError;
use crate::graph::{DIRECTED, OutNode, lay_out};
use crate::values::harmless;

/// Writes the list of links: `source,target,type,date,amount,id,label`, then their other properties with `directed` among them (`true` where a
/// link goes one way, `false` where it goes both), and what the entities at their ends
/// are called and which type they have (`source_label`, `target_label`, `source_type`, `target_type`), so that the list can be read
/// on its own.
///
/// # Errors
///
/// None that is known of.
pub(crate) fn write_edges(drafts: &[Draft], schema: &Schema) -> Result<Vec<u8>, InterchangeError> {
    let (nodes, mut links) = lay_out(drafts, schema);
    let nodes: HashMap<&str, &OutNode<'_>> = nodes.iter().map(|node| (node.key, node)).collect();
    // No other program knows which of our types go both ways.
    for link in &mut links {
        link.fields.insert(DIRECTED.to_owned(), link.directed.to_string());
    }
    let first = ["date", "amount"];
    let names = names(links.iter().map(|link| &link.fields), &first);
    let mut header: Vec<&str> = vec!["source", "target", "type", "date", "amount", "id", "label"];
    header.extend(names.iter().map(String::as_str));
    header.extend(["source_label", "target_label", "source_type", "target_type"]);
    let rows = links.iter().map(|link| {
        let field = |name: &str| link.fields.get(name).map_or("", String::as_str);
        let mut row = vec![link.source, link.target, link.kind, field("date"), field("amount"), &link.key, link.label];
        row.extend(names.iter().map(|name| field(name)));
        let ends = [nodes.get(link.source), nodes.get(link.target)];
        row.extend(ends.iter().map(|node| node.map_or("", |node| node.label)));
        row.extend(ends.iter().map(|node| node.map_or("", |node| node.kind)));
        row
    });
    table(&header, rows)
}

/// Writes the list of entities: `id,label,type,x,y`, then their properties.
///
/// # Errors
///
/// None that is known of.
pub fn write_nodes(drafts: &[Draft], schema: &Schema) -> Result<Vec<u8>, InterchangeError> {
    let (nodes, _) = lay_out(drafts, schema);
    let names = names(nodes.iter().map(|node| &node.fields), &[]);
    let mut header: Vec<&str> = vec!["id", "label", "type", "x", "y"];
    header.extend(names.iter().map(String::as_str));
    let places: Vec<(String, String)> = nodes
        .iter()
        .map(|node| node.position.map_or_else(Default::default, |place| (place.x.to_string(), place.y.to_string())))
        .collect();
    let rows = nodes.iter().zip(&places).map(|(node, (x, y))| {
        let mut row = vec![node.key, node.label, node.kind, x, y];
        row.extend(names.iter().map(|name| node.fields.get(name).map_or("", String::as_str)));
        row
    });
    table(&header, rows)
}

fn names<'a>(items: impl Iterator<Item = &'a BTreeMap<String, String>>, without: &[&str]) -> BTreeSet<String> {
    items.flat_map(BTreeMap::keys).filter(|name| !without.contains(&name.as_str())).cloned().collect()
}

/// Rows for a spreadsheet, of as many cells as each has. A cell that a spreadsheet program would run as a formula is written with an apostrophe
/// before it.
///
/// # Errors
///
/// None that is known of.
pub fn rows(rows: &[Vec<String>]) -> Result<Vec<u8>, InterchangeError> {
    let failed = |reason: String| InterchangeError::Write { reason };
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().cloned().map(harmless)).map_err(|error| failed(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| failed(error.to_string()))
}

fn table<'a>(header: &[&str], rows: impl Iterator<Item = Vec<&'a str>>) -> Result<Vec<u8>, InterchangeError> {
    let failed = |reason: String| InterchangeError::Write { reason };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let safe = |cell: &&str| harmless((*cell).to_owned());
    writer.write_record(header.iter().map(safe)).map_err(|error| failed(error.to_string()))?;
    for row in rows {
        writer.write_record(row.iter().map(safe)).map_err(|error| failed(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| failed(error.to_string()))
}
