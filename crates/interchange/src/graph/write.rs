//! Drafts to nodes and links.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use koplamp_model::{Draft, DraftValue, Position, PropertyKind, Schema};

use super::{DIRECTED, SOURCE_PROPERTY, TARGET_PROPERTY, attribute_name};
use crate::gather::words;
use crate::names::ends_of;
use crate::values::{join, number};

/// A node to write.
#[derive(Debug)]
pub(crate) struct OutNode<'a> {
    pub key: &'a str,
    pub kind: &'a str,
    /// Empty when it has no name.
    pub label: &'a str,
    /// Attributes by name.
    pub fields: BTreeMap<String, String>,
    pub position: Option<Position>,
}

/// A link to write.
#[derive(Debug)]
pub(crate) struct OutLink<'a> {
    /// Of the second and later lines of one link, with their number behind it.
    pub key: Cow<'a, str>,
    pub source: &'a str,
    pub target: &'a str,
    pub kind: &'a str,
    pub label: &'a str,
    /// Whether it goes one way.
    pub directed: bool,
    /// Attributes by name.
    pub fields: BTreeMap<String, String>,
}

/// The most lines that one link is written as.
const LINES: usize = 1_000;

/// Drafts as nodes and links. A link with several entities at an end is written as a line from each to each. One without an entity at an
/// end, or with another link there, is written as a node, with the keys of its ends as attributes: no graph format has a place for it, and
/// so nothing of it is lost.
pub(crate) fn lay_out<'a>(drafts: &'a [Draft], schema: &'a Schema) -> (Vec<OutNode<'a>>, Vec<OutLink<'a>>) {
    let ends: Vec<Option<Joined<'a>>> = drafts.iter().map(|draft| joined(draft, schema)).collect();
    let entities: HashSet<&str> =
        drafts.iter().zip(&ends).filter(|(_, ends)| ends.is_none()).map(|(draft, _)| draft.key.as_str()).collect();
    let (mut nodes, mut links) = (Vec::new(), Vec::new());
    for (draft, ends) in drafts.iter().zip(ends) {
        let label = schema
            .caption(&draft.kind)
            .iter()
            .filter_map(|caption| draft.properties.get(caption)?.first())
            .find_map(|value| matches!(value, DraftValue::Text(_)).then(|| words(value)));
        match ends.filter(|ends| ends.pairs().flat_map(|(one, other)| [one, other]).all(|end| entities.contains(end))) {
            Some(ends) => links.extend(lines(draft, &ends, label, schema)),
            None => nodes.push(OutNode {
                key: &draft.key,
                kind: &draft.kind,
                label: label.unwrap_or_default(),
                fields: fields(draft, |_| true),
                position: draft.position,
            }),
        }
    }
    (nodes, links)
}

/// The entities that a draft joins.
struct Joined<'a> {
    source_property: &'a str,
    target_property: &'a str,
    sources: Vec<&'a str>,
    targets: Vec<&'a str>,
    /// What the schema says; none when it does not have the type.
    directed: Option<bool>,
}

impl<'a> Joined<'a> {
    /// Each at the beginning with each at the end.
    fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str)> + '_ {
        let from = |source: &'a str| self.targets.iter().map(move |target| (source, *target));
        self.sources.iter().flat_map(move |source| from(source)).take(LINES)
    }
}

fn joined<'a>(draft: &'a Draft, schema: &'a Schema) -> Option<Joined<'a>> {
    let (source_property, target_property, directed) = match schema.ends(&draft.kind) {
        Some(ends) => (ends.source.as_str(), ends.target.as_str(), Some(ends.directed)),
        None if schema.find(&draft.kind).is_none() => ends_of(draft).map(|(source, target)| (source, target, None))?,
        None => return None,
    };
    let end = |property: &str| {
        let keys = draft.properties.get(property)?.iter().map(|value| match value {
            DraftValue::Key(key) => Some(key.as_str()),
            DraftValue::Text(_) => None,
        });
        keys.collect::<Option<Vec<_>>>().filter(|keys| !keys.is_empty())
    };
    let (sources, targets) = (end(source_property)?, end(target_property)?);
    Some(Joined { source_property, target_property, sources, targets, directed })
}

fn lines<'a>(draft: &'a Draft, ends: &Joined<'a>, label: Option<&'a str>, schema: &'a Schema) -> Vec<OutLink<'a>> {
    let usual = ends.directed.unwrap_or(true);
    let said = match draft.properties.get(DIRECTED).map(Vec::as_slice) {
        Some([DraftValue::Text(text)]) => text.parse::<bool>().ok().filter(|directed| *directed != usual),
        _ => None,
    };
    let is_end = |property: &str| property == ends.source_property || property == ends.target_property;
    let mut fields = fields(draft, |property| !is_end(property) && (property != DIRECTED || said.is_none()));
    if ends.directed.is_none() {
        fields.insert(SOURCE_PROPERTY.to_owned(), ends.source_property.to_owned());
        fields.insert(TARGET_PROPERTY.to_owned(), ends.target_property.to_owned());
    }
    let key = |number: usize| match number {
        1 => Cow::Borrowed(draft.key.as_str()),
        number => Cow::Owned(format!("{}#{number}", draft.key)),
    };
    let line = |(number, (source, target))| OutLink {
        key: key(number),
        source,
        target,
        kind: &draft.kind,
        label: label.unwrap_or_else(|| schema.find(&draft.kind).map_or(&draft.kind, |known| &known.en)),
        directed: said.unwrap_or(usual),
        fields: fields.clone(),
    };
    (1..).zip(ends.pairs()).map(line).collect()
}

fn fields(draft: &Draft, keep: impl Fn(&str) -> bool) -> BTreeMap<String, String> {
    let kept = draft.properties.iter().filter(|(property, _)| keep(property));
    kept.filter_map(|(property, values)| {
        let values: Vec<&str> = values.iter().map(words).collect();
        Some((attribute_name(property), join(&values)?))
    })
    .collect()
}

/// The names of attributes that the schema has as numbers, and whose fields all are: other programs can reckon with them.
pub(crate) fn numeric<'a>(
    items: impl Iterator<Item = (&'a str, &'a BTreeMap<String, String>)>,
    schema: &Schema,
) -> HashSet<String> {
    let mut kinds: HashMap<(&str, &str), bool> = HashMap::new();
    let mut all: HashMap<&str, bool> = HashMap::new();
    for (kind, fields) in items {
        for (name, field) in fields {
            let is_number = *kinds.entry((kind, name)).or_insert_with(|| {
                let known = schema.property(kind, name).map(|known| known.kind);
                name == "weight" || matches!(known, Some(PropertyKind::Number | PropertyKind::Amount))
            });
            *all.entry(name).or_insert(true) &= is_number && number(field).is_some();
        }
    }
    all.into_iter().filter(|(_, numeric)| *numeric).map(|(name, _)| name.to_owned()).collect()
}
