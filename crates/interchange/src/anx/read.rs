//! A chart's types, and its items one by one.

use std::collections::HashMap;

use koplamp_model::Exchange;

use super::item::{entity, link};
use crate::InterchangeError;
use crate::encoding::strict;
use crate::gather::Gather;
use crate::graph::GraphReader;
use crate::xml::{Element, Piece, XmlReader, declared};

/// What references in a chart stand for.
#[derive(Default)]
pub(super) struct Names {
    /// Types of entity by their id.
    pub entity_types: HashMap<String, String>,
    /// Types of link by their id.
    pub link_types: HashMap<String, String>,
    /// Classes of attribute by their id.
    pub classes: HashMap<String, String>,
    /// Whether the values of a class are numbers, by its name.
    pub numbers: HashMap<String, bool>,
    /// Ids of entities by the id of their chart item.
    pub items: HashMap<String, String>,
}

pub(crate) fn read(bytes: &[u8], gather: Gather<'_>) -> Result<Exchange, InterchangeError> {
    let text = strict(bytes, declared(bytes))?;
    let mut xml = XmlReader::new(&text, gather.limits)?;
    let mut graph = GraphReader::new(gather);
    let mut names = Names::default();
    // A link may stand before the items that it refers to.
    let mut links: Vec<(Element, String)> = Vec::new();
    xml.root("Chart", "i2 ANX")?;
    loop {
        match xml.next()? {
            Piece::Open(element) => match element.name.as_str() {
                "ChartItemCollection" => {}
                "ChartItem" => {
                    let item = xml.fill(element)?;
                    let quote = xml.quote(&item);
                    if item.child("Link").is_some() {
                        links.push((item, quote));
                    } else {
                        entity(&item, quote, &mut names, &mut graph)?;
                    }
                }
                _ => {
                    let collection = xml.fill(element)?;
                    names.add(&collection);
                }
            },
            Piece::Close => {}
            Piece::End => break,
        }
    }
    for (item, quote) in links {
        link(&item, quote, &names, &mut graph)?;
    }
    graph.finish()
}

impl Names {
    /// Takes the types of a collection. They may be nested: a type below one that it is a kind of.
    fn add(&mut self, collection: &Element) {
        for child in &collection.children {
            let (id, name) = (child.attribute("Id"), child.attribute("Name"));
            let of = match child.name.as_str() {
                "EntityType" => Some(&mut self.entity_types),
                "LinkType" => Some(&mut self.link_types),
                "AttributeClass" => {
                    if let Some(name) = name {
                        self.numbers.insert(name.to_owned(), child.attribute("Type") == Some("AttNumber"));
                    }
                    Some(&mut self.classes)
                }
                _ => None,
            };
            if let (Some(of), Some(id), Some(name)) = (of, id, name) {
                of.insert(id.to_owned(), name.to_owned());
            }
            self.add(child);
        }
    }
}
