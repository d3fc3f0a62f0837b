//! GraphML in.

use std::collections::HashMap;

use koplamp_model::{Exchange, Refusal};

use crate::InterchangeError;
use crate::encoding::strict;
use crate::gather::{Gather, shorten};
use crate::graph::{GraphReader, RawLink, RawNode, UNDIRECTED};
use crate::values::number;
use crate::xml::{Element, Piece, XmlReader, declared};

/// What a `<key>` declares.
struct Key {
    id: String,
    name: String,
    /// `node`, `edge`, `graph`, `all`.
    domain: String,
    is_number: bool,
    default: Option<String>,
}

/// The keys of a file, in its order, with their places by id.
#[derive(Default)]
struct Keys {
    list: Vec<Key>,
    places: HashMap<String, usize>,
}

pub(crate) fn read(bytes: &[u8], gather: Gather<'_>) -> Result<Exchange, InterchangeError> {
    let text = strict(bytes, declared(bytes))?;
    let mut xml = XmlReader::new(&text, gather.limits)?;
    let mut graph = GraphReader::new(gather);
    let mut keys = Keys::default();
    // Whether links go one way unless they say otherwise, of each graph that is open.
    let mut defaults: Vec<Option<bool>> = Vec::new();
    xml.root("graphml", "GraphML")?;
    loop {
        match xml.next()? {
            Piece::Open(element) => match element.name.as_str() {
                "graph" => defaults.push(default_direction(&element)),
                "key" => keys.add(&xml.fill(element)?),
                name => {
                    let known = matches!(name, "node" | "edge" | "hyperedge");
                    let element = xml.fill(element)?;
                    if known {
                        record(&element, &keys, defaults.last().copied().flatten(), &xml, &mut graph)?;
                    }
                }
            },
            Piece::Close => {
                defaults.pop();
            }
            Piece::End => return graph.finish(),
        }
    }
}

fn default_direction(graph: &Element) -> Option<bool> {
    match graph.attribute("edgedefault") {
        Some("directed") => Some(true),
        Some("undirected") => Some(false),
        _ => None,
    }
}

/// Takes a node with the graphs within it, or a link.
fn record(
    element: &Element,
    keys: &Keys,
    directed: Option<bool>,
    xml: &XmlReader<'_>,
    graph: &mut GraphReader<'_>,
) -> Result<(), InterchangeError> {
    match element.name.as_str() {
        "node" => {
            node(element, keys, xml, graph)?;
            for inner in element.named("graph") {
                for child in &inner.children {
                    record(child, keys, default_direction(inner).or(directed), xml, graph)?;
                }
            }
            Ok(())
        }
        "edge" => edge(element, keys, directed, xml, graph),
        "hyperedge" => {
            graph.gather.reject(element.line, Refusal::Hyperedge);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn node(
    element: &Element,
    keys: &Keys,
    xml: &XmlReader<'_>,
    graph: &mut GraphReader<'_>,
) -> Result<(), InterchangeError> {
    let Some(id) = element.attribute("id").filter(|id| !id.is_empty()) else {
        graph.gather.reject(element.line, Refusal::EntityWithoutId);
        return Ok(());
    };
    let mut raw = RawNode { id: id.to_owned(), line: element.line, quote: xml.quote(element), ..RawNode::default() };
    let (mut x, mut y) = (None, None);
    for (name, field) in keys.fields(element, "node", id, graph) {
        match name.to_lowercase().as_str() {
            "label" => raw.label = Some(field),
            // labelV: as TinkerPop writes it.
            "type" | "kind" | "labelv" => raw.kind = Some(field),
            "x" => x = Some(field),
            "y" => y = Some(field),
            _ => raw.fields.push((name, field)),
        }
    }
    if let Some(geometry) = element.below("Geometry") {
        // yEd gives the corner; a chart wants the middle.
        let middle = |corner: &str, size: &str| {
            let corner = geometry.attribute(corner)?;
            let half = geometry.attribute(size).and_then(number).unwrap_or_default() / 2.0;
            Some(number(corner).map_or_else(|| corner.to_owned(), |corner| (corner + half).to_string()))
        };
        x = x.or(middle("x", "width"));
        y = y.or(middle("y", "height"));
    }
    if raw.label.is_none() {
        raw.label =
            element.below("NodeLabel").map(|label| label.text.trim().to_owned()).filter(|label| !label.is_empty());
    }
    raw.place = x.zip(y);
    graph.node(raw)
}

fn edge(
    element: &Element,
    keys: &Keys,
    directed: Option<bool>,
    xml: &XmlReader<'_>,
    graph: &mut GraphReader<'_>,
) -> Result<(), InterchangeError> {
    let (Some(source), Some(target)) = (element.attribute("source"), element.attribute("target")) else {
        graph.gather.reject(element.line, Refusal::LinkWithoutEnds);
        return Ok(());
    };
    let own = match element.attribute("directed") {
        Some("true" | "1") => Some(true),
        Some("false" | "0") => Some(false),
        _ => directed,
    };
    let mut raw = RawLink {
        id: element.attribute("id").filter(|id| !id.is_empty()).map(str::to_owned),
        source: source.to_owned(),
        target: target.to_owned(),
        directed: own,
        line: element.line,
        quote: xml.quote(element),
        ..RawLink::default()
    };
    let between = format!("{source}>{target}");
    for (name, field) in keys.fields(element, "edge", &between, graph) {
        match name.to_lowercase().as_str() {
            "label" => raw.label = Some(field),
            "type" | "kind" | "labele" => raw.kind = Some(field),
            UNDIRECTED if field == "true" => raw.directed = Some(false),
            _ => raw.fields.push((name, field)),
        }
    }
    if raw.label.is_none() {
        raw.label = element.below("EdgeLabel").map(|label| label.text.trim().to_owned());
    }
    graph.link(raw)
}

impl Keys {
    fn add(&mut self, element: &Element) {
        let Some(id) = element.attribute("id") else { return };
        // yEd's drawings have a key without a name; what is in them is read where it stands.
        let is_drawing = element.attribute("yfiles.type").is_some() && element.attribute("attr.name").is_none();
        let key = Key {
            id: id.to_owned(),
            name: if is_drawing { String::new() } else { element.attribute("attr.name").unwrap_or(id).to_owned() },
            domain: element.attribute("for").unwrap_or("all").to_owned(),
            is_number: matches!(element.attribute("attr.type"), Some("int" | "long" | "float" | "double")),
            default: element.child("default").map(|default| default.text.clone()),
        };
        self.places.insert(key.id.clone(), self.list.len());
        self.list.push(key);
    }

    /// Names and fields of an element's data, with what its keys say of those that have none. Numbers that are none are left out.
    fn fields(&self, element: &Element, domain: &str, id: &str, graph: &mut GraphReader<'_>) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut said: Vec<usize> = Vec::new();
        for data in element.named("data") {
            let Some(id_of_key) = data.attribute("key") else { continue };
            let Some((at, key)) = self.places.get(id_of_key).and_then(|at| Some((*at, self.list.get(*at)?))) else {
                fields.push((id_of_key.to_owned(), data.text.clone()));
                continue;
            };
            said.push(at);
            if key.name.is_empty() {
                continue;
            }
            // A weight or place that is no number is for whoever takes the fields: it rejects the whole.
            let whole = matches!(key.name.as_str(), "weight" | "x" | "y");
            if key.is_number && !whole && number(&data.text).is_none() {
                let (property, key, cell) = (shorten(&key.name), shorten(id), shorten(&data.text));
                graph.gather.reject(data.line, Refusal::ValueNotANumber { property, key, cell });
                continue;
            }
            fields.push((key.name.clone(), data.text.clone()));
        }
        for (at, key) in self.list.iter().enumerate() {
            if let Some(default) = &key.default
                && (key.domain == domain || key.domain == "all")
                && !key.name.is_empty()
                && !said.contains(&at)
            {
                fields.push((key.name.clone(), default.clone()));
            }
        }
        fields
    }
}
