//! Items of a chart to nodes and links.

use koplamp_model::Refusal;

use super::read::Names;
use crate::InterchangeError;
use crate::gather::shorten;
use crate::graph::{GraphReader, RawLink, RawNode};
use crate::table::date;
use crate::values::number;
use crate::xml::Element;

/// Takes an entity. Items that are neither entity nor link (a picture, a line) are passed over.
pub(super) fn entity(
    item: &Element,
    quote: String,
    names: &mut Names,
    graph: &mut GraphReader<'_>,
) -> Result<(), InterchangeError> {
    let Some((end, entity)) = item.child("End").and_then(|end| Some((end, end.child("Entity")?))) else {
        return Ok(());
    };
    let said = |name: &str| entity.attribute(name).filter(|words| !words.is_empty());
    let item_id = item.attribute("Id").filter(|id| !id.is_empty());
    let Some(id) = said("EntityId").or(item_id).or(said("Identity")) else {
        graph.gather.reject(item.line, Refusal::EntityWithoutId);
        return Ok(());
    };
    if let Some(item_id) = item_id {
        names.items.entry(item_id.to_owned()).or_insert_with(|| id.to_owned());
    }
    let style = entity.children.iter().flat_map(|representation| &representation.children).find(|style| {
        style.name.ends_with("Style")
            && (style.attribute("Type").is_some() || style.attribute("EntityTypeReference").is_some())
    });
    let label = item.attribute("Label").filter(|label| !label.trim().is_empty()).or(said("Identity")).unwrap_or(id);
    let mut fields = fields(item, entity, names, id, graph);
    // What the user of Analyst's Notebook tells entities apart by; often more than what is shown.
    if let Some(identity) = said("Identity").filter(|identity| *identity != label && *identity != id) {
        fields.push(("identity".to_owned(), identity.to_owned()));
    }
    let x = end.attribute("X").or(item.attribute("XPosition"));
    let y = end.attribute("Y").or(item.attribute("YPosition"));
    graph.node(RawNode {
        id: id.to_owned(),
        label: Some(label.to_owned()),
        kind: style.and_then(|style| kind(style, "EntityTypeReference", &names.entity_types)),
        fields,
        place: x.map(|x| (x.to_owned(), y.unwrap_or("0").to_owned())),
        line: item.line,
        quote,
    })
}

/// Takes a link.
pub(super) fn link(
    item: &Element,
    quote: String,
    names: &Names,
    graph: &mut GraphReader<'_>,
) -> Result<(), InterchangeError> {
    let Some(link) = item.child("Link") else { return Ok(()) };
    let end = |id: &str, reference: &str| {
        let known = link.attribute(id).filter(|id| !id.is_empty());
        // Some writers put the item's id where the entity's belongs.
        let through = |id: &str| names.items.get(id).cloned().unwrap_or_else(|| id.to_owned());
        match known {
            Some(id) if graph.gather.find(id).is_some() => Some(id.to_owned()),
            Some(id) => Some(through(id)),
            None => link.attribute(reference).filter(|id| !id.is_empty()).map(through),
        }
    };
    let (Some(mut source), Some(mut target)) = (end("End1Id", "End1Reference"), end("End2Id", "End2Reference")) else {
        graph.gather.reject(item.line, Refusal::LinkWithoutEnds);
        return Ok(());
    };
    let style = link.child("LinkStyle");
    let directed = match style.and_then(|style| style.attribute("ArrowStyle")) {
        Some("ArrowOnHead") => Some(true),
        Some("ArrowOnTail") => {
            std::mem::swap(&mut source, &mut target);
            Some(true)
        }
        Some("ArrowNone" | "ArrowOnBoth") => Some(false),
        _ => None,
    };
    let between = format!("{source}>{target}");
    let mut fields = fields(item, link, names, &between, graph);
    if let Some(strength) =
        style.and_then(|style| style.attribute("Strength")).filter(|strength| *strength != "Default")
    {
        fields.push(("strength".to_owned(), strength.to_owned()));
    }
    graph.link(RawLink {
        id: item.attribute("Id").filter(|id| !id.is_empty()).map(str::to_owned),
        source,
        target,
        directed,
        label: item.attribute("Label").map(str::to_owned),
        // "Link" is what every link is called that nobody gave a type.
        kind: style.and_then(|style| kind(style, "LinkTypeReference", &names.link_types)).filter(|kind| kind != "Link"),
        fields,
        line: item.line,
        quote,
    })
}

/// The type that a style names, or refers to.
fn kind(style: &Element, reference: &str, types: &std::collections::HashMap<String, String>) -> Option<String> {
    let named = style.attribute("Type").filter(|kind| !kind.is_empty()).map(str::to_owned);
    named.or_else(|| types.get(style.attribute(reference)?).cloned())
}

/// Attributes, date, description, source and cards of an item. `inner` is its entity or link.
fn fields(
    item: &Element,
    inner: &Element,
    names: &Names,
    id: &str,
    graph: &mut GraphReader<'_>,
) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let collections = item.named("AttributeCollection").chain(inner.named("AttributeCollection"));
    for attribute in collections.flat_map(|collection| collection.named("Attribute")) {
        let class = attribute.attribute("AttributeClass").map(str::to_owned);
        let class = class.or_else(|| names.classes.get(attribute.attribute("AttributeClassReference")?).cloned());
        let (Some(class), Some(value)) = (class, attribute.attribute("Value")) else { continue };
        if names.numbers.get(&class) == Some(&true) && number(value).is_none() {
            let (property, key, cell) = (shorten(&class), shorten(id), shorten(value));
            graph.gather.reject(attribute.line, Refusal::ValueNotANumber { property, key, cell });
            continue;
        }
        fields.push((class, value.to_owned()));
    }
    let is_set = |name: &str| matches!(item.attribute(name), Some("true" | "1"));
    if let Some(moment) = item.attribute("DateTime").filter(|_| is_set("DateSet")) {
        match date(moment.split('.').next().unwrap_or(moment)) {
            Some(day) if !is_set("TimeSet") => fields.push(("date".to_owned(), day.chars().take(10).collect())),
            Some(moment) => fields.push(("date".to_owned(), moment)),
            None => {
                let (property, key, cell) = ("date".to_owned(), shorten(id), shorten(moment));
                graph.gather.reject(item.line, Refusal::ValueNotADate { property, key, cell });
            }
        }
    }
    for (attribute, property) in [("Description", "description"), ("SourceReference", "sourceReference")] {
        let words = item.attribute(attribute).filter(|words| !words.trim().is_empty());
        fields.extend(words.map(|words| (property.to_owned(), words.to_owned())));
    }
    for card in inner.named("CardCollection").chain(item.named("CardCollection")).flat_map(|cards| cards.named("Card"))
    {
        let words: Vec<&str> = [card.attribute("Summary"), card.attribute("Text")]
            .into_iter()
            .flatten()
            .filter(|words| !words.is_empty())
            .collect();
        if !words.is_empty() {
            fields.push(("notes".to_owned(), words.join(": ")));
        }
    }
    fields
}
