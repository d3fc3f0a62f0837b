//! Nodes and links as a file has them, to drafts.

use std::collections::{BTreeMap, HashMap, HashSet};

use koplamp_model::{Draft, DraftValue, Ends, EntityId, Exchange, Position, PropertyKind, Refusal, Schema};

use super::{DIRECTED, SOURCE_PROPERTY, TARGET_PROPERTY, property_name};
use crate::gather::{Gather, shorten, words};
use crate::names::{UNKNOWN_LINK, any_type, entity_type, link_type};
use crate::values::{number, split};
use crate::{InterchangeError, Limits};

/// A coordinate above this is not one on a chart.
const FARTHEST: f64 = 1e9;

/// A node as a file has it.
#[derive(Debug, Default)]
pub(crate) struct RawNode {
    pub id: String,
    /// None: the file calls it by its id. Empty: it has no name.
    pub label: Option<String>,
    pub kind: Option<String>,
    /// Name and field of each attribute.
    pub fields: Vec<(String, String)>,
    /// Words for x and y.
    pub place: Option<(String, String)>,
    pub line: u64,
    pub quote: String,
}

/// A link as a file has it.
#[derive(Debug, Default)]
pub(crate) struct RawLink {
    pub id: Option<String>,
    pub source: String,
    pub target: String,
    /// None: the file does not say.
    pub directed: Option<bool>,
    pub label: Option<String>,
    pub kind: Option<String>,
    /// Name and field of each attribute.
    pub fields: Vec<(String, String)>,
    pub line: u64,
    pub quote: String,
}

/// Makes drafts of nodes and links. Links wait for the end of the file: their ids may be those of nodes that are yet to come.
pub(crate) struct GraphReader<'a> {
    pub gather: Gather<'a>,
    /// Whether a link is known by all that is said of it, and not by the number that the file gives it: of two lists of one source each may
    /// have a link 0, or a payment from one to the other.
    pub by_content: bool,
    links: Vec<RawLink>,
    entity_types: HashMap<String, Option<String>>,
    link_types: HashMap<String, Option<String>>,
}

impl<'a> GraphReader<'a> {
    pub fn new(gather: Gather<'a>) -> Self {
        Self { gather, by_content: false, links: Vec::new(), entity_types: HashMap::new(), link_types: HashMap::new() }
    }

    /// Takes a node. What is wrong in itself is rejected.
    pub fn node(&mut self, raw: RawNode) -> Result<(), InterchangeError> {
        self.gather.tick()?;
        let schema = self.gather.schema;
        let position = match raw.place.as_ref().map(|(x, y)| position(x, y)) {
            None => None,
            Some(Some(position)) => Some(position),
            Some(None) => {
                let (x, y) = raw.place.unwrap_or_default();
                let why = Refusal::NoPlace { key: shorten(&raw.id), x: shorten(&x), y: shorten(&y) };
                self.gather.reject(raw.line, why);
                return Ok(());
            }
        };
        let kind = match raw.kind.filter(|kind| !kind.trim().is_empty()) {
            None => any_type(schema),
            Some(kind) => known(&mut self.entity_types, &kind, schema, entity_type).unwrap_or(kind),
        };
        let Some(mut properties) = self.properties(raw.fields, &raw.id, raw.line) else { return Ok(()) };
        let captions = schema.caption(&kind);
        let label = match raw.label {
            Some(label) => label,
            None if captions.iter().any(|caption| properties.contains_key(caption)) => String::new(),
            None => raw.id.clone(),
        };
        // What is called by something that is said of it is not called so besides.
        let is_said = properties.values().flatten().any(|value| words(value) == label);
        if !label.is_empty() && !is_said {
            let property = label_property(&kind, &label, schema);
            properties.entry(property.to_owned()).or_default().insert(0, DraftValue::Text(label));
        }
        self.gather.add(Draft { key: raw.id, kind, properties, line: raw.line, quote: raw.quote, position }, false)
    }

    /// Takes a link.
    pub fn link(&mut self, raw: RawLink) -> Result<(), InterchangeError> {
        self.gather.tick()?;
        let Limits { links: limit, .. } = *self.gather.limits;
        if self.links.len() as u64 >= limit {
            return Err(InterchangeError::TooMany { line: raw.line, what: "links", limit });
        }
        self.links.push(raw);
        Ok(())
    }

    /// All drafts, and what was left out.
    pub fn finish(mut self) -> Result<Exchange, InterchangeError> {
        let links = std::mem::take(&mut self.links);
        let mut keys = LinkKeys::default();
        let mut alike: HashMap<EntityId, u64> = HashMap::new();
        for raw in links {
            let (from, to) = (shorten(&raw.source), shorten(&raw.target));
            let missing = [&raw.source, &raw.target].into_iter().find(|end| self.gather.find(end).is_none());
            if let Some(missing) = missing {
                let missing = shorten(missing);
                self.gather.reject(raw.line, Refusal::NoSuchEnd { from, to, missing });
                continue;
            }
            let Some(key) = keys.next(&raw, |key| self.gather.find(key).is_some()) else {
                let id = shorten(raw.id.as_deref().unwrap_or_default());
                self.gather.reject(raw.line, Refusal::DoubleLink { id, from, to });
                continue;
            };
            let id = raw.id.clone();
            let Some(mut draft) = self.link_draft(raw, key) else { continue };
            if self.by_content {
                let content = content(id.as_deref(), &draft);
                let count = alike.entry(content).or_default();
                *count += 1;
                // Two rows that say the same are two payments; which is which, nobody can tell.
                draft.key = if *count == 1 { content.to_string() } else { format!("{content}#{count}") };
            }
            self.gather.add(draft, true)?;
        }
        Ok(self.gather.finish_graph())
    }

    fn link_draft(&mut self, raw: RawLink, key: String) -> Option<Draft> {
        let schema = self.gather.schema;
        let mut properties = self.properties(raw.fields, &key, raw.line)?;
        let own_ends = properties.remove(SOURCE_PROPERTY).zip(properties.remove(TARGET_PROPERTY));
        let said = raw.kind.filter(|kind| !kind.trim().is_empty());
        let label = raw.label.filter(|label| !label.trim().is_empty());
        let found = match (&said, &label) {
            (Some(kind), _) => known(&mut self.link_types, kind, schema, link_type),
            (None, Some(label)) => known(&mut self.link_types, label, schema, link_type),
            (None, None) => None,
        };
        let text = |values: &[DraftValue]| values.first().map(|value| words(value).to_owned());
        let mut role = None;
        let (kind, ends) = match (found, said, own_ends) {
            (Some(kind), _, _) => {
                let ends = schema.ends(&kind).cloned();
                (kind, ends)
            }
            (None, Some(kind), Some((source, target))) => {
                let ends = text(&source).zip(text(&target)).map(|(source, target)| ends(source, target));
                (kind, ends)
            }
            (None, said, _) => {
                role = said;
                (UNKNOWN_LINK.to_owned(), schema.ends(UNKNOWN_LINK).cloned())
            }
        };
        let ends = ends.unwrap_or_else(|| self::ends("subject".to_owned(), "object".to_owned()));
        for end in [&ends.source, &ends.target] {
            // An attribute by the name of an end would be taken for a third one.
            if let Some(values) = properties.remove(end) {
                properties.insert(format!("{end}_"), values);
            }
        }
        let label = label.filter(|label| !properties.values().flatten().any(|value| words(value) == label));
        let mut say = |property: &str, words: String| {
            let values = properties.entry(property.to_owned()).or_default();
            let value = DraftValue::Text(words);
            if !values.contains(&value) {
                values.insert(0, value);
            }
        };
        if let Some(label) = label
            && !names_type(&label, &kind, role.as_deref(), schema)
        {
            match kind.as_str() {
                UNKNOWN_LINK => say("role", label),
                _ => say(schema.caption(&kind).first().map_or("description", String::as_str), label),
            }
        }
        if let Some(role) = role {
            say("role", role);
        }
        if let Some(directed) = raw.directed.filter(|directed| *directed != ends.directed) {
            properties.entry(DIRECTED.to_owned()).or_insert_with(|| vec![DraftValue::Text(directed.to_string())]);
        }
        // That it goes as its type says need not be said.
        let usual = [DraftValue::Text(ends.directed.to_string())];
        if properties.get(DIRECTED).is_some_and(|said| *said == usual) {
            properties.remove(DIRECTED);
        }
        properties.insert(ends.source, vec![DraftValue::Key(raw.source)]);
        properties.insert(ends.target, vec![DraftValue::Key(raw.target)]);
        Some(Draft { key, kind, properties, line: raw.line, quote: raw.quote, position: None })
    }

    /// Attributes as properties; none, and rejected, when the weight is no number.
    fn properties(
        &mut self,
        fields: Vec<(String, String)>,
        id: &str,
        line: u64,
    ) -> Option<BTreeMap<String, Vec<DraftValue>>> {
        let mut properties: BTreeMap<String, Vec<DraftValue>> = BTreeMap::new();
        for (name, field) in fields {
            if name == "weight" && !split(&field).iter().all(|weight| number(weight).is_some()) {
                self.gather.reject(line, Refusal::Weight { key: shorten(id), cell: shorten(&field) });
                return None;
            }
            for value in split(&field) {
                properties.entry(property_name(&name).to_owned()).or_default().push(DraftValue::Text(value));
            }
        }
        Some(properties)
    }
}

impl Gather<'_> {
    /// Words of entity properties that are a key of the file are that key; then as always.
    fn finish_graph(mut self) -> Exchange {
        let schema = self.schema;
        self.link_keys(|draft, property| {
            schema.property(&draft.kind, property).is_some_and(|known| known.kind == PropertyKind::Entity)
        });
        self.finish()
    }
}

/// Gives each link a key that no other draft has, and that is the same when the file is read again.
#[derive(Default)]
struct LinkKeys {
    used: HashSet<String>,
    seen: HashSet<(String, String, String)>,
    unnamed: HashMap<(String, String), u64>,
}

impl LinkKeys {
    /// None when a link of this id and these ends was there before. An id alone may come twice: networkx numbers parallel links by
    /// pair, and GEXF numbers nodes and links apart; nothing in a file refers to a link by its id, so nothing is mistaken.
    fn next(&mut self, raw: &RawLink, is_node: impl Fn(&str) -> bool) -> Option<String> {
        let (source, target) = (&raw.source, &raw.target);
        let mut key = match &raw.id {
            Some(id) => {
                if !self.seen.insert((id.clone(), source.clone(), target.clone())) {
                    return None;
                }
                id.clone()
            }
            None => {
                let count = self.unnamed.entry((source.clone(), target.clone())).or_default();
                *count += 1;
                if *count == 1 { format!("{source}>{target}") } else { format!("{source}>{target}#{count}") }
            }
        };
        if self.used.contains(&key) {
            key = format!("{key}:{source}>{target}");
        }
        while is_node(&key) || self.used.contains(&key) {
            key.insert_str(0, "link:");
        }
        self.used.insert(key.clone());
        Some(key)
    }
}

/// All that is said of a link, as one number.
fn content(id: Option<&str>, link: &Draft) -> EntityId {
    let said = link.properties.iter().map(|(property, values)| {
        let mut values: Vec<&str> = values.iter().map(words).collect();
        values.sort_unstable();
        (property.as_str(), values)
    });
    let said = serde_json::json!([id, link.kind, said.collect::<Vec<_>>()]).to_string();
    EntityId::of(&[b"link", said.as_bytes()])
}

fn ends(source: String, target: String) -> Ends {
    Ends { source, target, directed: true, nl: String::new(), en: String::new() }
}

/// Whether a link's label only says its type.
fn names_type(label: &str, kind: &str, role: Option<&str>, schema: &Schema) -> bool {
    let ends = schema.ends(kind);
    label == kind
        || Some(label) == role
        || schema.find(kind).is_some_and(|known| label == known.nl || label == known.en)
        || ends.is_some_and(|ends| label == ends.nl || label == ends.en)
        || (kind != UNKNOWN_LINK && link_type(label, schema).is_some_and(|meant| meant == kind))
}

/// Which property a label is. A type may be called by an identifier first (a plate, an account number): a label is that only when it
/// looks like one, and else a name.
fn label_property<'a>(kind: &str, label: &str, schema: &'a Schema) -> &'a str {
    let captions = schema.caption(kind);
    let Some(first) = captions.first() else { return "name" };
    let digits = label.chars().filter(char::is_ascii_digit).count();
    let fits = match schema.property(kind, first).map(|known| known.kind) {
        Some(PropertyKind::Email) => label.contains('@'),
        Some(PropertyKind::Phone) => digits >= 6 && !label.chars().any(char::is_alphabetic),
        Some(PropertyKind::Identifier) => digits > 0 && !label.chars().any(char::is_lowercase),
        _ => true,
    };
    if fits || !captions.iter().any(|caption| caption == "name") { first } else { "name" }
}

/// What a word for a type means, asked once.
fn known(
    cache: &mut HashMap<String, Option<String>>,
    words: &str,
    schema: &Schema,
    find: impl Fn(&str, &Schema) -> Option<String>,
) -> Option<String> {
    if let Some(found) = cache.get(words) {
        return found.clone();
    }
    let found = find(words, schema);
    cache.insert(words.to_owned(), found.clone());
    found
}

fn position(x: &str, y: &str) -> Option<Position> {
    let place = |text: &str| number(text).filter(|place| place.abs() <= FARTHEST);
    Some(Position { x: place(x)?, y: place(y)? })
}
