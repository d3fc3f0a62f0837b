//! GEXF out.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;

use koplamp_model::{Draft, Schema};

use crate::graph::{UNDIRECTED, lay_out, numeric};
use crate::values::number;
use crate::xml::escape;

/// Writes GEXF 1.2, which every version of Gephi and networkx read.
pub(crate) fn write(drafts: &[Draft], schema: &Schema) -> Vec<u8> {
    let (nodes, mut links) = lay_out(drafts, schema);
    let any_directed = links.iter().any(|link| link.directed);
    for link in links.iter_mut().filter(|link| any_directed && !link.directed) {
        link.fields.insert(UNDIRECTED.to_owned(), "true".to_owned());
    }
    let default = if any_directed { "directed" } else { "undirected" };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<gexf xmlns=\"http://www.gexf.net/1.2draft\" xmlns:viz=\"http://www.gexf.net/1.2draft/viz\" version=\"1.2\">\n");
    out.push_str("  <meta><creator>Koplamp</creator></meta>\n");
    let _ = writeln!(out, "  <graph mode=\"static\" defaultedgetype=\"{default}\">");
    let numbers = numeric(nodes.iter().map(|node| (node.kind, &node.fields)), schema);
    let of_nodes = columns(&mut out, "node", nodes.iter().map(|node| &node.fields), &numbers);
    let numbers = numeric(links.iter().map(|link| (link.kind, &link.fields)), schema);
    let of_links = columns(&mut out, "edge", links.iter().map(|link| &link.fields), &numbers);
    out.push_str("    <nodes>\n");
    for node in &nodes {
        let _ = write!(out, "      <node id=\"{}\" label=\"{}\">", escape(node.key), escape(node.label));
        values(&mut out, node.kind, &node.fields, &of_nodes, |_| true);
        if let Some(position) = node.position {
            let _ = write!(out, "<viz:position x=\"{}\" y=\"{}\" z=\"0\"/>", position.x, position.y);
        }
        out.push_str("</node>\n");
    }
    out.push_str("    </nodes>\n    <edges>\n");
    for link in &links {
        let (id, source, target) = (escape(&link.key), escape(link.source), escape(link.target));
        let label = escape(link.label);
        let _ = write!(out, "      <edge id=\"{id}\" source=\"{source}\" target=\"{target}\" label=\"{label}\"");
        // GEXF has a place of its own for it, by which Gephi draws the width.
        let weight = link.fields.get("weight").filter(|weight| number(weight).is_some());
        if let Some(weight) = weight {
            let _ = write!(out, " weight=\"{}\"", escape(weight));
        }
        out.push('>');
        values(&mut out, link.kind, &link.fields, &of_links, |name| name != "weight" || weight.is_none());
        out.push_str("</edge>\n");
    }
    out.push_str("    </edges>\n  </graph>\n</gexf>\n");
    out.into_bytes()
}

/// Declares the attributes, and says by which ids. `type` is always the first.
fn columns<'a>(
    out: &mut String,
    class: &str,
    items: impl Iterator<Item = &'a BTreeMap<String, String>>,
    numbers: &HashSet<String>,
) -> BTreeMap<String, usize> {
    let names: BTreeSet<&String> = items.flat_map(BTreeMap::keys).collect();
    let _ = writeln!(out, "    <attributes class=\"{class}\">");
    out.push_str("      <attribute id=\"0\" title=\"type\" type=\"string\"/>\n");
    let mut columns = BTreeMap::new();
    for (at, name) in names.into_iter().enumerate() {
        let kind = if numbers.contains(name) { "double" } else { "string" };
        let _ = writeln!(out, "      <attribute id=\"{}\" title=\"{}\" type=\"{kind}\"/>", at + 1, escape(name));
        columns.insert(name.clone(), at + 1);
    }
    out.push_str("    </attributes>\n");
    columns
}

fn values(
    out: &mut String,
    kind: &str,
    fields: &BTreeMap<String, String>,
    columns: &BTreeMap<String, usize>,
    keep: impl Fn(&str) -> bool,
) {
    let _ = write!(out, "<attvalues><attvalue for=\"0\" value=\"{}\"/>", escape(kind));
    for (name, field) in fields.iter().filter(|(name, _)| keep(name)) {
        if let Some(column) = columns.get(name) {
            let _ = write!(out, "<attvalue for=\"{column}\" value=\"{}\"/>", escape(field));
        }
    }
    out.push_str("</attvalues>");
}
