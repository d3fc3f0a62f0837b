//! FollowTheMoney in.

use std::collections::{BTreeMap, HashMap};

use koplamp_model::{Draft, DraftValue, Exchange, PropertyKind, Refusal};
use serde_json::{Map, Value};

use crate::InterchangeError;
use crate::encoding::{quote, strict};
use crate::gather::{Gather, count, shorten, words};
use crate::names::{from_ftm, may_refer};

/// Reads entities. Fragments of one id are taken together; the second part of a statement-based file (`caption`, `datasets`, `target`
/// and so on) is left out: it is derived from the rest.
pub(crate) fn read(bytes: &[u8], mut gather: Gather<'_>) -> Result<Exchange, InterchangeError> {
    let text = strict(bytes, None)?;
    for (at, line) in text.lines().enumerate() {
        let number = at as u64 + 1;
        if line.trim().is_empty() {
            continue;
        }
        gather.tick()?;
        let value: Value = serde_json::from_str(line).map_err(|error| InterchangeError::Malformed {
            line: number,
            column: error.column().max(1) as u64,
            reason: reason(&error),
        })?;
        let Value::Object(entity) = value else {
            gather.reject(number, Refusal::NotAnEntity);
            continue;
        };
        entity_of(entity, number, line, &mut gather)?;
    }
    let schema = gather.schema;
    // A fragment may have had a wider type than the whole, under which its keys were words; and of what the schema does not have, only the
    // whole file tells what is a key.
    let mut refers: HashMap<(String, String), bool> = HashMap::new();
    gather.link_keys(|draft, property| {
        let place = (draft.kind.clone(), property.to_owned());
        *refers.entry(place).or_insert_with(|| may_refer(&draft.kind, property, schema))
    });
    Ok(gather.finish())
}

/// The parser's words without its own line and column, which are those within the line.
fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words);
    format!("this is not JSON: {words}")
}

fn entity_of(
    entity: Map<String, Value>,
    line: u64,
    source: &str,
    gather: &mut Gather<'_>,
) -> Result<(), InterchangeError> {
    let word = |name: &str| match entity.get(name) {
        Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let Some(key) = word("id") else {
        gather.reject(line, Refusal::EntityWithoutId);
        return Ok(());
    };
    let Some(kind) = word("schema") else {
        gather.reject(line, Refusal::NoSchema { key: shorten(&key) });
        return Ok(());
    };
    let empty = Map::new();
    let said = match entity.get("properties") {
        Some(Value::Object(said)) => said,
        None | Some(Value::Null) => &empty,
        Some(_) => {
            gather.reject(line, Refusal::PropertiesNotAnObject { key: shorten(&key) });
            return Ok(());
        }
    };
    let mut properties: BTreeMap<String, Vec<DraftValue>> = BTreeMap::new();
    for (name, values) in said {
        let name = from_ftm(&kind, name, gather.schema);
        let is_entity =
            gather.schema.property(&kind, name).is_some_and(|property| property.kind == PropertyKind::Entity);
        let list = match values {
            Value::Array(list) => list.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in list {
            let text = match value {
                Value::String(text) if text.is_empty() => continue,
                Value::Null => continue,
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                Value::Bool(truth) => truth.to_string(),
                Value::Array(_) | Value::Object(_) => {
                    let (property, key) = (shorten(name), shorten(&key));
                    gather.reject(line, Refusal::ValueNotWords { property, key });
                    continue;
                }
            };
            let value = if is_entity { DraftValue::Key(text) } else { DraftValue::Text(text) };
            let values = properties.entry(name.to_owned()).or_default();
            // Values are a set; of few, looking is quicker than hashing, and the limit on values keeps them few.
            if values.len() > gather.limits.attributes || !values.contains(&value) {
                values.push(value);
            }
        }
    }
    let draft = Draft { key, kind, properties, line, quote: quote(source), position: None };
    if gather.find(&draft.key).is_some() {
        merge(draft, gather);
        return Ok(());
    }
    let is_link = gather.schema.ends(&draft.kind).is_some();
    gather.add(draft, is_link)
}

/// Takes a fragment together with what was read of the same id. Its line and quote stay those of the first.
fn merge(fragment: Draft, gather: &mut Gather<'_>) {
    let schema = gather.schema;
    let Some(known) = gather.find(&fragment.key) else { return };
    let kind = if schema.is_a(&known.kind, &fragment.kind) {
        known.kind.clone()
    } else if schema.is_a(&fragment.kind, &known.kind) {
        fragment.kind.clone()
    } else {
        let why = Refusal::OtherKind {
            key: shorten(&fragment.key),
            kind: shorten(&fragment.kind),
            other: shorten(&known.kind),
            first: count(known.line),
        };
        gather.reject(fragment.line, why);
        return;
    };
    let total: usize = known.properties.values().map(Vec::len).sum();
    let is_new = |property: &String, value: &DraftValue| {
        known.properties.get(property).is_none_or(|values| !values.iter().any(|other| words(other) == words(value)))
    };
    let new: Vec<(String, DraftValue)> = fragment
        .properties
        .iter()
        .flat_map(|(property, values)| values.iter().map(move |value| (property, value)))
        .filter(|(property, value)| is_new(property, value))
        .map(|(property, value)| (property.clone(), value.clone()))
        .collect();
    let limit = gather.limits.attributes;
    let breach = gather.breach(&fragment).or_else(|| {
        let key = || shorten(&fragment.key);
        (total + new.len() > limit).then(|| Refusal::TooManyValues { key: key(), limit: count(limit) })
    });
    if let Some(why) = breach {
        gather.reject(fragment.line, why);
        return;
    }
    if let Some(known) = gather.find_mut(&fragment.key) {
        known.kind = kind;
        for (property, value) in new {
            known.properties.entry(property).or_default().push(value);
        }
    }
    gather.count_merged();
}
