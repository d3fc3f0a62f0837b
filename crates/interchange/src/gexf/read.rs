//! GEXF in.

use std::collections::HashMap;

use koplamp_model::{Exchange, Refusal};

use crate::InterchangeError;
use crate::encoding::strict;
use crate::gather::{Gather, shorten};
use crate::graph::{GraphReader, RawLink, RawNode, UNDIRECTED};
use crate::values::{join, number};
use crate::xml::{Element, Piece, XmlReader, declared};

/// An attribute that the file declares.
struct Column {
    title: String,
    kind: String,
    default: Option<String>,
}

/// Declared attributes by their id.
#[derive(Default)]
struct Columns {
    nodes: HashMap<String, Column>,
    links: HashMap<String, Column>,
    /// Ids in the order of the file, of those with a default.
    defaults: Vec<(bool, String)>,
}

pub(crate) fn read(bytes: &[u8], gather: Gather<'_>) -> Result<Exchange, InterchangeError> {
    let text = strict(bytes, declared(bytes))?;
    let mut xml = XmlReader::new(&text, gather.limits)?;
    let mut graph = GraphReader::new(gather);
    let mut columns = Columns::default();
    let mut directed = Some(false);
    xml.root("gexf", "GEXF")?;
    loop {
        match xml.next()? {
            Piece::Open(element) => match element.name.as_str() {
                // Undirected is what the schema of GEXF says of a graph that does not say it.
                "graph" => directed = direction(element.attribute("defaultedgetype")).or(Some(false)),
                "nodes" | "edges" => {}
                "attributes" => columns.add(&xml.fill(element)?),
                _ => {
                    let element = xml.fill(element)?;
                    record(&element, &columns, directed, &xml, &mut graph)?;
                }
            },
            Piece::Close => {}
            Piece::End => return graph.finish(),
        }
    }
}

fn direction(kind: Option<&str>) -> Option<bool> {
    match kind {
        Some("directed") => Some(true),
        Some("undirected" | "mutual") => Some(false),
        _ => None,
    }
}

/// Takes a node with those within it, or a link; anything else is passed over.
fn record(
    element: &Element,
    columns: &Columns,
    directed: Option<bool>,
    xml: &XmlReader<'_>,
    graph: &mut GraphReader<'_>,
) -> Result<(), InterchangeError> {
    match element.name.as_str() {
        "node" => {
            node(element, columns, xml, graph)?;
            for child in element.named("nodes").chain(element.named("edges")).flat_map(|list| &list.children) {
                record(child, columns, directed, xml, graph)?;
            }
            Ok(())
        }
        "edge" => edge(element, columns, directed, xml, graph),
        _ => Ok(()),
    }
}

fn node(
    element: &Element,
    columns: &Columns,
    xml: &XmlReader<'_>,
    graph: &mut GraphReader<'_>,
) -> Result<(), InterchangeError> {
    let Some(id) = element.attribute("id").filter(|id| !id.is_empty()) else {
        graph.gather.reject(element.line, Refusal::EntityWithoutId);
        return Ok(());
    };
    let mut raw = RawNode {
        id: id.to_owned(),
        label: element.attribute("label").map(str::to_owned),
        kind: element.attribute("kind").map(str::to_owned),
        line: element.line,
        quote: xml.quote(element),
        ..RawNode::default()
    };
    let (mut x, mut y) = (None, None);
    for (name, field) in columns.fields(element, false, id, graph) {
        match name.to_lowercase().as_str() {
            "type" | "kind" => raw.kind = Some(field),
            "x" => x = Some(field),
            "y" => y = Some(field),
            _ => raw.fields.push((name, field)),
        }
    }
    raw.fields.extend(times(element));
    if let Some(position) = element.child("position") {
        x = position.attribute("x").map(str::to_owned).or(x);
        y = position.attribute("y").map(str::to_owned).or(y);
    }
    raw.place = x.zip(y);
    graph.node(raw)
}

fn edge(
    element: &Element,
    columns: &Columns,
    directed: Option<bool>,
    xml: &XmlReader<'_>,
    graph: &mut GraphReader<'_>,
) -> Result<(), InterchangeError> {
    let (Some(source), Some(target)) = (element.attribute("source"), element.attribute("target")) else {
        graph.gather.reject(element.line, Refusal::LinkWithoutEnds);
        return Ok(());
    };
    let said = element.attribute("type");
    let mut raw = RawLink {
        id: element.attribute("id").filter(|id| !id.is_empty()).map(str::to_owned),
        source: source.to_owned(),
        target: target.to_owned(),
        directed: direction(said).or(directed),
        label: element.attribute("label").map(str::to_owned),
        // Where a direction belongs, networkx writes whatever its user called "type".
        kind: element.attribute("kind").or(said.filter(|said| direction(Some(said)).is_none())).map(str::to_owned),
        line: element.line,
        quote: xml.quote(element),
        ..RawLink::default()
    };
    let between = format!("{source}>{target}");
    for (name, field) in columns.fields(element, true, &between, graph) {
        match name.to_lowercase().as_str() {
            "type" | "kind" => raw.kind = Some(field),
            UNDIRECTED if field == "true" => raw.directed = Some(false),
            _ => raw.fields.push((name, field)),
        }
    }
    if let Some(weight) = element.attribute("weight") {
        raw.fields.push(("weight".to_owned(), weight.to_owned()));
    }
    raw.fields.extend(times(element));
    graph.link(raw)
}

/// From when until when, in FollowTheMoney's words.
fn times(element: &Element) -> impl Iterator<Item = (String, String)> {
    [("start", "startDate"), ("end", "endDate")].into_iter().filter_map(|(attribute, property)| {
        let time = element.attribute(attribute).filter(|time| !time.is_empty())?;
        Some((property.to_owned(), time.to_owned()))
    })
}

impl Columns {
    fn add(&mut self, element: &Element) {
        let is_link = element.attribute("class") == Some("edge");
        for attribute in element.named("attribute") {
            let Some(id) = attribute.attribute("id") else { continue };
            let column = Column {
                title: attribute.attribute("title").unwrap_or(id).to_owned(),
                kind: attribute.attribute("type").unwrap_or("string").to_owned(),
                default: attribute.child("default").map(|default| default.text.trim().to_owned()),
            };
            if column.default.is_some() {
                self.defaults.push((is_link, id.to_owned()));
            }
            if is_link { &mut self.links } else { &mut self.nodes }.insert(id.to_owned(), column);
        }
    }

    /// Titles and fields of an element's values, and the defaults of those that it does not have. Numbers that are none are left out.
    fn fields(&self, element: &Element, is_link: bool, id: &str, graph: &mut GraphReader<'_>) -> Vec<(String, String)> {
        let columns = if is_link { &self.links } else { &self.nodes };
        let mut fields = Vec::new();
        let mut said: Vec<&str> = Vec::new();
        for value in element.named("attvalues").flat_map(|values| values.named("attvalue")) {
            // 1.1 called it "id".
            let Some(key) = value.attribute("for").or_else(|| value.attribute("id")) else { continue };
            let field = value.attribute("value").unwrap_or_default();
            said.push(key);
            let Some(column) = columns.get(key) else {
                fields.push((key.to_owned(), field.to_owned()));
                continue;
            };
            let is_number = matches!(column.kind.as_str(), "integer" | "long" | "double" | "float" | "short" | "byte");
            if is_number && column.title != "weight" && number(field).is_none() {
                let (property, key, cell) = (shorten(&column.title), shorten(id), shorten(field));
                graph.gather.reject(value.line, Refusal::ValueNotANumber { property, key, cell });
                continue;
            }
            let field = if column.kind == "liststring" { list(field) } else { field.to_owned() };
            fields.push((column.title.clone(), field));
        }
        for (of_link, key) in &self.defaults {
            if *of_link == is_link
                && !said.contains(&key.as_str())
                && let Some(Column { title, default: Some(default), .. }) = columns.get(key)
            {
                fields.push((title.clone(), default.clone()));
            }
        }
        fields
    }
}

/// A list as we write it: JSON, `[a, b]` (Gephi), or separated by one of `|`, `;` and `,` (the primer of GEXF).
fn list(field: &str) -> String {
    let field = field.trim();
    if serde_json::from_str::<Vec<String>>(field).is_ok() {
        return field.to_owned();
    }
    let (inner, separators): (&str, &[char]) = match field.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => (inner, &[',']),
        None => (field, &['|', ';', ',']),
    };
    let values: Vec<&str> = inner.split(separators).map(str::trim).filter(|value| !value.is_empty()).collect();
    join(&values).unwrap_or_default()
}
