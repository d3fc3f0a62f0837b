//! GraphML out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use koplamp_model::{Draft, Schema};

use crate::graph::{UNDIRECTED, lay_out, numeric};
use crate::xml::escape;

/// Writes nodes and links with their attributes. The keys of our own fields are called as they are, the others `d0`, `d1`, ...
pub(crate) fn write(drafts: &[Draft], schema: &Schema) -> Vec<u8> {
    let (nodes, mut links) = lay_out(drafts, schema);
    let any_directed = links.iter().any(|link| link.directed);
    for link in links.iter_mut().filter(|link| any_directed && !link.directed) {
        link.fields.insert(UNDIRECTED.to_owned(), "true".to_owned());
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    // One key for both ("all") is allowed, but igraph passes over it.
    for (id, domain, name, kind) in [
        ("label", "node", "label", "string"),
        ("type", "node", "type", "string"),
        ("link_label", "edge", "label", "string"),
        ("link_type", "edge", "type", "string"),
        ("x", "node", "x", "double"),
        ("y", "node", "y", "double"),
    ] {
        let _ = writeln!(out, "  <key id=\"{id}\" for=\"{domain}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    let mut ids = 0;
    let numbers = numeric(nodes.iter().map(|node| (node.kind, &node.fields)), schema);
    let of_nodes =
        keys(&mut out, "node", nodes.iter().map(|node| &node.fields), &mut ids, |name| numbers.contains(name));
    let numbers = numeric(links.iter().map(|link| (link.kind, &link.fields)), schema);
    let of_links =
        keys(&mut out, "edge", links.iter().map(|link| &link.fields), &mut ids, |name| numbers.contains(name));
    let default = if any_directed { "directed" } else { "undirected" };
    let _ = writeln!(out, "  <graph id=\"G\" edgedefault=\"{default}\">");
    for node in &nodes {
        let _ = write!(out, "    <node id=\"{}\">", escape(node.key));
        data(&mut out, "label", node.label);
        data(&mut out, "type", node.kind);
        if let Some(position) = node.position {
            data(&mut out, "x", &position.x.to_string());
            data(&mut out, "y", &position.y.to_string());
        }
        fields(&mut out, &node.fields, &of_nodes);
        out.push_str("</node>\n");
    }
    for link in &links {
        let (id, source, target) = (escape(&link.key), escape(link.source), escape(link.target));
        let _ = write!(out, "    <edge id=\"{id}\" source=\"{source}\" target=\"{target}\">");
        data(&mut out, "link_label", link.label);
        data(&mut out, "link_type", link.kind);
        fields(&mut out, &link.fields, &of_links);
        out.push_str("</edge>\n");
    }
    out.push_str("  </graph>\n</graphml>\n");
    out.into_bytes()
}

/// Declares the attributes, and says by which ids.
fn keys<'a>(
    out: &mut String,
    domain: &str,
    items: impl Iterator<Item = &'a BTreeMap<String, String>>,
    ids: &mut usize,
    is_number: impl Fn(&str) -> bool,
) -> BTreeMap<String, String> {
    let names: BTreeSet<&String> = items.flat_map(BTreeMap::keys).collect();
    let mut keys = BTreeMap::new();
    for name in names {
        let id = format!("d{ids}");
        *ids += 1;
        let kind = if is_number(name) { "double" } else { "string" };
        let escaped = escape(name);
        let _ = writeln!(out, "  <key id=\"{id}\" for=\"{domain}\" attr.name=\"{escaped}\" attr.type=\"{kind}\"/>");
        keys.insert(name.clone(), id);
    }
    keys
}

fn fields(out: &mut String, fields: &BTreeMap<String, String>, keys: &BTreeMap<String, String>) {
    for (name, field) in fields {
        if let Some(key) = keys.get(name) {
            data(out, key, field);
        }
    }
}

fn data(out: &mut String, key: &str, field: &str) {
    let _ = write!(out, "<data key=\"{key}\">{}</data>", escape(field));
}
