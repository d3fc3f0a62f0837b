//! Row by row: entities are gathered first, links given out after them.

use std::collections::{BTreeMap, HashMap};

use koplamp_model::{Draft, DraftValue, Refusal, Rejected};
use sha2::{Digest, Sha256};

use super::cells::{is_reversed, key, values};
use super::plan::{Plan, PlannedLink};
use crate::encoding::quote;
use crate::gather::{count, shorten};
use crate::table::{Row, Table};
use crate::{InterchangeError, Limits, Watch};

/// How often the watch is asked, in rows.
const ASK: u64 = 1_000;

pub(super) struct Rows<'a> {
    plan: &'a Plan,
    limits: &'a Limits,
    watch: Watch<'a>,
    entities: Kept,
    /// Links with a key of their own.
    links: Kept,
    /// Of each row, whether it was rejected.
    skip: Vec<bool>,
    seen: u64,
    pub rejected: Vec<Rejected>,
    pub merged: u64,
}

/// Drafts that several rows may tell of.
#[derive(Default)]
struct Kept {
    drafts: Vec<Draft>,
    places: HashMap<String, usize>,
}

/// What one row says.
struct Said {
    entities: Vec<Option<Draft>>,
    links: Vec<Draft>,
}

impl<'a> Rows<'a> {
    pub fn new(plan: &'a Plan, limits: &'a Limits, watch: Watch<'a>) -> Self {
        let (entities, links) = (Kept::default(), Kept::default());
        let (skip, rejected) = (Vec::new(), Vec::new());
        Self { plan, limits, watch, entities, links, skip, seen: 0, rejected, merged: 0 }
    }

    /// Takes the entities of all rows, and the links with a key.
    pub fn gather(&mut self, table: &Table) -> Result<(), InterchangeError> {
        for row in table.rows() {
            self.tick()?;
            let said = self.row(table, row).and_then(|said| self.fits(&said).map(|()| said));
            self.skip.push(said.is_err());
            match said {
                Ok(said) => {
                    for draft in said.entities.into_iter().flatten() {
                        self.entities.add(draft, &mut 0);
                    }
                    for draft in said.links {
                        self.links.add(draft, &mut self.merged);
                    }
                }
                Err(why) => self.rejected.push(Rejected::new(row.number(), why)),
            }
            for (kept, limit, what) in
                [(&self.entities, self.limits.nodes, "nodes"), (&self.links, self.limits.links, "links")]
            {
                if kept.drafts.len() as u64 > limit {
                    return Err(InterchangeError::TooMany { line: row.number(), what, limit });
                }
            }
        }
        Ok(())
    }

    /// Gives all out: entities, links with a key, and the others as they are made.
    pub fn give(&mut self, table: &Table, take: &mut dyn FnMut(Draft)) -> Result<(), InterchangeError> {
        let mut given = self.links.drafts.len() as u64;
        std::mem::take(&mut self.entities).drafts.into_iter().for_each(&mut *take);
        std::mem::take(&mut self.links).drafts.into_iter().for_each(&mut *take);
        let plan = self.plan;
        let mut times: HashMap<[u8; 16], u32> = HashMap::new();
        let skip = std::mem::take(&mut self.skip);
        for (row, skip) in table.rows().zip(skip) {
            self.tick()?;
            if skip {
                continue;
            }
            for link in plan.links.iter().filter(|link| link.key.is_empty()) {
                let digest = digest(link, row);
                let count = times.entry(digest).or_default();
                *count += 1;
                let mut key = format!("{}/row/{}", link.kind, hex::encode(digest));
                if *count > 1 {
                    key = format!("{key}#{count}");
                }
                given += 1;
                if given > self.limits.links {
                    let limit = self.limits.links;
                    return Err(InterchangeError::TooMany { line: row.number(), what: "links", limit });
                }
                // It was made once before, to know that it can be.
                if let Ok(draft) = self.link(table, link, key, row) {
                    take(draft);
                }
            }
        }
        Ok(())
    }

    fn tick(&mut self) -> Result<(), InterchangeError> {
        self.seen += 1;
        if self.seen.is_multiple_of(ASK) && !(self.watch)(self.seen) {
            return Err(InterchangeError::Stopped);
        }
        Ok(())
    }

    /// All that a row says; links without a key are made and forgotten, so that the row is known to be whole.
    fn row(&self, table: &Table, row: Row<'_>) -> Result<Said, Refusal> {
        if !row.fits() {
            return Err(Refusal::Cells { found: count(row.len()), columns: count(table.columns().len()) });
        }
        let entity = |planned: &super::plan::PlannedEntity| {
            let Some(key) = key(&planned.kind, &planned.key, row) else { return Ok(None) };
            Ok(Some(draft(key, &planned.kind, values(&planned.properties, row, None)?, row)))
        };
        let entities = self.plan.entities.iter().map(entity).collect::<Result<Vec<_>, Refusal>>()?;
        let mut links = Vec::new();
        for link in &self.plan.links {
            let made = match key(&link.kind, &link.key, row) {
                Some(key) => Some(key),
                None if link.key.is_empty() => None,
                None => return Err(Refusal::NoKey { kind: shorten(&link.kind) }),
            };
            let keyed = made.is_some();
            let draft = self.link(table, link, made.unwrap_or_default(), row)?;
            within(&draft, self.limits)?;
            if keyed {
                links.push(draft);
            }
        }
        Ok(Said { entities, links })
    }

    fn link(&self, table: &Table, link: &PlannedLink, link_key: String, row: Row<'_>) -> Result<Draft, Refusal> {
        let end = |place: usize, name: &str, begins: bool| {
            let entity = self.plan.entities.get(place);
            entity.and_then(|entity| key(&entity.kind, &entity.key, row)).ok_or_else(|| {
                let columns: Vec<&str> = entity
                    .iter()
                    .flat_map(|entity| &entity.key)
                    .filter_map(|key| table.columns().get(key.column).map(String::as_str))
                    .collect();
                let (kind, columns, entity) = (shorten(&link.kind), shorten(&columns.join("', '")), shorten(name));
                match begins {
                    true => Refusal::NoBeginning { kind, columns, entity },
                    false => Refusal::NoEnd { kind, columns, entity },
                }
            })
        };
        let mut source = end(link.source, &link.names.0, true)?;
        let mut target = end(link.target, &link.names.1, false)?;
        let mut unsigned = None;
        if let Some((column, words)) = &link.reversed {
            if is_reversed(row.cell(*column), words) {
                std::mem::swap(&mut source, &mut target);
            }
            unsigned = words.iter().any(|word| matches!(word.trim(), "+" | "-")).then_some(*column);
        }
        let mut properties = values(&link.properties, row, unsigned)?;
        properties.insert(link.ends.0.clone(), vec![DraftValue::Key(source)]);
        properties.insert(link.ends.1.clone(), vec![DraftValue::Key(target)]);
        Ok(draft(link_key, &link.kind, properties, row))
    }

    /// Whether the drafts of a row may be taken together with what there is.
    fn fits(&self, said: &Said) -> Result<(), Refusal> {
        for draft in said.entities.iter().flatten() {
            self.entities.fits(draft, self.limits)?;
        }
        for draft in &said.links {
            self.links.fits(draft, self.limits)?;
            let Some(known) = self.links.find(&draft.key) else { continue };
            let ends = |draft: &Draft| -> Vec<DraftValue> {
                draft
                    .properties
                    .values()
                    .flatten()
                    .filter(|value| matches!(value, DraftValue::Key(_)))
                    .cloned()
                    .collect()
            };
            if ends(known) != ends(draft) {
                return Err(Refusal::JoinsOthers { key: shorten(&draft.key), row: count(known.line) });
            }
        }
        Ok(())
    }
}

impl Kept {
    fn find(&self, key: &str) -> Option<&Draft> {
        self.drafts.get(*self.places.get(key)?)
    }

    fn fits(&self, draft: &Draft, limits: &Limits) -> Result<(), Refusal> {
        within(draft, limits)?;
        let values = |draft: &Draft| draft.properties.values().map(Vec::len).sum::<usize>();
        let Some(known) = self.find(&draft.key) else { return Ok(()) };
        let held = values(known);
        if held + values(draft) <= limits.attributes {
            return Ok(());
        }
        let new = |property: &String, value: &DraftValue| {
            known.properties.get(property).is_none_or(|values| !values.contains(value))
        };
        let more = draft.properties.iter().map(|(name, values)| values.iter().filter(|value| new(name, value)).count());
        if held + more.sum::<usize>() > limits.attributes {
            return Err(Refusal::TooManyValues { key: shorten(&draft.key), limit: count(limits.attributes) });
        }
        Ok(())
    }

    fn add(&mut self, draft: Draft, merged: &mut u64) {
        let Some(known) = self.places.get(&draft.key).and_then(|place| self.drafts.get_mut(*place)) else {
            self.places.insert(draft.key.clone(), self.drafts.len());
            self.drafts.push(draft);
            return;
        };
        *merged += 1;
        for (property, values) in draft.properties {
            let all = known.properties.entry(property).or_default();
            for value in values {
                if !all.contains(&value) {
                    all.push(value);
                }
            }
        }
    }
}

/// Whether its key and values are as long as they may be.
fn within(draft: &Draft, limits: &Limits) -> Result<(), Refusal> {
    let long = |text: &str| text.len() > limits.value && text.chars().count() > limits.value;
    if long(&draft.key) || draft.properties.values().flatten().any(|value| long(crate::gather::words(value))) {
        return Err(Refusal::CellTooLong { limit: count(limits.value) });
    }
    Ok(())
}

fn draft(key: String, kind: &str, properties: BTreeMap<String, Vec<DraftValue>>, row: Row<'_>) -> Draft {
    Draft { key, kind: kind.to_owned(), properties, line: row.number(), quote: quote(&row.raw()), position: None }
}

/// What tells a row from another, for a link without a key: all cells, and what the mapping calls its ends.
fn digest(link: &PlannedLink, row: Row<'_>) -> [u8; 16] {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    part(&link.names.0);
    part(&link.names.1);
    row.cells().for_each(part);
    let whole = hash.finalize();
    let mut half = [0; 16];
    half.iter_mut().zip(whole).for_each(|(to, from)| *to = from);
    half
}
