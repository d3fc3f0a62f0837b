//! What the readers of all formats have in common: drafts are gathered, and in the end every key that one names is another's.

use std::collections::HashMap;

use koplamp_model::{Draft, DraftValue, Exchange, Refusal, Rejected, Schema};

use crate::values::settled;
use crate::{InterchangeError, Limits, Watch};

/// How often the watch is asked, in records.
const ASK: u64 = 1_000;

/// The drafts of a file while it is read.
pub(crate) struct Gather<'a> {
    pub schema: &'a Schema,
    pub limits: &'a Limits,
    watch: Watch<'a>,
    drafts: Vec<Draft>,
    places: HashMap<String, usize>,
    rejected: Vec<Rejected>,
    merged: u64,
    records: u64,
    nodes: u64,
    links: u64,
}

impl<'a> Gather<'a> {
    pub fn new(schema: &'a Schema, limits: &'a Limits, watch: Watch<'a>) -> Self {
        Self {
            schema,
            limits,
            watch,
            drafts: Vec::new(),
            places: HashMap::new(),
            rejected: Vec::new(),
            merged: 0,
            records: 0,
            nodes: 0,
            links: 0,
        }
    }

    /// A record was read, whatever comes of it.
    pub fn tick(&mut self) -> Result<(), InterchangeError> {
        self.records += 1;
        if self.records.is_multiple_of(ASK) && !(self.watch)(self.records) {
            return Err(InterchangeError::Stopped);
        }
        Ok(())
    }

    /// Lists a record as left out.
    pub fn reject(&mut self, line: u64, why: Refusal) {
        self.rejected.push(Rejected::new(line, why));
    }

    /// The draft of this key.
    pub fn find(&self, key: &str) -> Option<&Draft> {
        self.drafts.get(*self.places.get(key)?)
    }

    /// The draft of this key, to change.
    pub fn find_mut(&mut self, key: &str) -> Option<&mut Draft> {
        self.drafts.get_mut(*self.places.get(key)?)
    }

    /// Words that are the key of a draft, in the properties that `is_entity` says, become that key.
    pub fn link_keys(&mut self, mut is_entity: impl FnMut(&Draft, &str) -> bool) {
        for at in 0..self.drafts.len() {
            let Some(draft) = self.drafts.get(at) else { continue };
            let found: Vec<(String, usize)> = draft
                .properties
                .iter()
                .flat_map(|(property, values)| {
                    values.iter().enumerate().map(move |(place, value)| (property, place, value))
                })
                .filter(|(property, _, value)| {
                    matches!(value, DraftValue::Text(text) if self.places.contains_key(text))
                        && is_entity(draft, property)
                })
                .map(|(property, place, _)| (property.clone(), place))
                .collect();
            let Some(draft) = self.drafts.get_mut(at) else { continue };
            for (property, place) in found {
                if let Some(value) = draft.properties.get_mut(&property).and_then(|values| values.get_mut(place)) {
                    *value = DraftValue::Key(words(value).to_owned());
                }
            }
        }
    }

    /// Two records were taken together.
    pub fn count_merged(&mut self) {
        self.merged += 1;
    }

    /// Adds a draft; one whose key is there already, or that has more or longer values than the limits allow, is rejected.
    ///
    /// # Errors
    ///
    /// More nodes or links than the limits allow.
    pub fn add(&mut self, draft: Draft, is_link: bool) -> Result<(), InterchangeError> {
        if let Some(first) = self.find(&draft.key) {
            let why = Refusal::Double { key: shorten(&draft.key), first: count(first.line) };
            self.reject(draft.line, why);
            return Ok(());
        }
        if let Some(why) = self.breach(&draft) {
            self.reject(draft.line, why);
            return Ok(());
        }
        let (count, limit, what) = if is_link {
            (&mut self.links, self.limits.links, "links")
        } else {
            (&mut self.nodes, self.limits.nodes, "nodes")
        };
        *count += 1;
        if *count > limit {
            return Err(InterchangeError::TooMany { line: draft.line, what, limit });
        }
        self.places.insert(draft.key.clone(), self.drafts.len());
        self.drafts.push(draft);
        Ok(())
    }

    /// Which limit on one record this draft breaks.
    pub fn breach(&self, draft: &Draft) -> Option<Refusal> {
        let Limits { attributes, value, .. } = *self.limits;
        let long = |text: &str| text.len() > value && text.chars().count() > value;
        if draft.key.is_empty() {
            return Some(Refusal::EntityWithoutId);
        }
        if long(&draft.key) || long(&draft.kind) {
            return Some(Refusal::IdTooLong { limit: count(value) });
        }
        let key = || shorten(&draft.key);
        if draft.properties.values().map(Vec::len).sum::<usize>() > attributes {
            return Some(Refusal::TooManyValues { key: key(), limit: count(attributes) });
        }
        draft.properties.iter().find_map(|(property, values)| {
            let long = long(property) || values.iter().any(|value| long(words(value)));
            long.then(|| Refusal::ValueTooLong { property: shorten(property), key: key(), limit: count(value) })
        })
    }

    /// Links that never had one of their ends are none, and join nothing.
    fn reject_endless(&mut self) {
        let (schema, rejected) = (self.schema, &mut self.rejected);
        let before = self.drafts.len();
        self.drafts.retain(|draft| {
            let whole = schema.ends(&draft.kind).is_none_or(|ends| {
                [&ends.source, &ends.target].into_iter().all(|end| draft.properties.contains_key(end))
            });
            if !whole {
                rejected.push(Rejected::new(draft.line, Refusal::LinkWithoutEnds));
            }
            whole
        });
        if self.drafts.len() < before {
            self.places = self.drafts.iter().enumerate().map(|(at, draft)| (draft.key.clone(), at)).collect();
        }
    }

    /// Writes values as their properties hold them.
    fn settle(&mut self) {
        for draft in &mut self.drafts {
            for (property, values) in &mut draft.properties {
                let Some(known) = self.schema.property(&draft.kind, property) else { continue };
                for value in values {
                    if let DraftValue::Text(text) = value {
                        *text = settled(known.kind, text);
                    }
                }
            }
        }
    }

    /// The exchange: without the keys that no draft has, and without the links that lost an end by that; and so on, for those may have
    /// been ends of others.
    pub fn finish(mut self) -> Exchange {
        self.settle();
        self.reject_endless();
        // Who names whom: a link that goes takes those with it that hang on it, each looked at once.
        let mut named_by: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut doubtful: Vec<usize> = Vec::new();
        for (at, draft) in self.drafts.iter().enumerate() {
            let mut dangles = false;
            for key in keys(draft) {
                match self.places.get(key) {
                    Some(other) => named_by.entry(*other).or_default().push(at),
                    None => dangles = true,
                }
            }
            if dangles {
                doubtful.push(at);
            }
        }
        let mut gone = vec![false; self.drafts.len()];
        while let Some(at) = doubtful.pop() {
            if gone.get(at).copied().unwrap_or(true) {
                continue;
            }
            let Some(draft) = self.drafts.get_mut(at) else { continue };
            let lost = drop_dangling(draft, |key| {
                self.places.get(key).is_none_or(|other| gone.get(*other).copied().unwrap_or(true))
            });
            let ends = self.schema.ends(&draft.kind);
            let is_end = |property: &str| match ends {
                Some(ends) => property == ends.source || property == ends.target,
                None => self.schema.find(&draft.kind).is_none() && crate::names::is_end(property),
            };
            let broken = lost.iter().find(|(property, _)| is_end(property) && !draft.properties.contains_key(property));
            if let Some((_, missing)) = broken {
                self.rejected.push(Rejected::new(draft.line, dangling(draft, ends, missing)));
                if let Some(gone) = gone.get_mut(at) {
                    *gone = true;
                }
                doubtful.extend(named_by.remove(&at).unwrap_or_default());
            } else {
                for (property, missing) in lost {
                    let (property, key, missing) = (shorten(&property), shorten(&draft.key), shorten(&missing));
                    self.rejected.push(Rejected::new(draft.line, Refusal::NoSuchEntity { property, key, missing }));
                }
            }
        }
        let mut gone = gone.into_iter();
        self.drafts.retain(|_| !gone.next().unwrap_or_default());
        self.rejected.sort_by(|a, b| (a.line, &a.reason).cmp(&(b.line, &b.reason)));
        Exchange { drafts: self.drafts, rejected: self.rejected, merged: self.merged }
    }
}

/// Why a link without one of its ends is left out, in the words of the file.
fn dangling(draft: &Draft, ends: Option<&koplamp_model::Ends>, missing: &str) -> Refusal {
    let key = |property: &str| {
        let first = draft.properties.get(property).and_then(|values| values.first());
        first.map(|value| shorten(words(value)))
    };
    let missing = shorten(missing);
    let (from, to) = match ends {
        Some(ends) => (key(&ends.source), key(&ends.target)),
        None => (None, None),
    };
    match (from, to) {
        (Some(from), _) => Refusal::NoSuchEnd { from, to: missing.clone(), missing },
        (_, Some(to)) => Refusal::NoSuchEnd { from: missing.clone(), to, missing },
        _ => Refusal::NoSuchEndOf { key: shorten(&draft.key), missing },
    }
}

/// Takes the keys out that lead nowhere: which property lost which.
fn drop_dangling(draft: &mut Draft, leads_nowhere: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut lost = Vec::new();
    for (property, values) in &mut draft.properties {
        values.retain(|value| match value {
            DraftValue::Key(key) if leads_nowhere(key) => {
                lost.push((property.clone(), key.clone()));
                false
            }
            _ => true,
        });
    }
    draft.properties.retain(|_, values| !values.is_empty());
    lost
}

fn keys(draft: &Draft) -> impl Iterator<Item = &str> {
    draft.properties.values().flatten().filter_map(|value| match value {
        DraftValue::Key(key) => Some(key.as_str()),
        DraftValue::Text(_) => None,
    })
}

/// The text or key of a value.
pub(crate) fn words(value: &DraftValue) -> &str {
    match value {
        DraftValue::Text(text) | DraftValue::Key(text) => text,
    }
}

/// A number for a reason.
pub(crate) fn count(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}

/// At most 80 characters of it, for a reason.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((at, _)) => format!("{}...", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
