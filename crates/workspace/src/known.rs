//! What is known, kept ready in memory: one item an entity or link, so that a chart, a list or a measure need not read the whole database.
//!
//! It is made from the statements when it is first asked for, and each act makes anew only the items that it touched.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use koplamp_model::{
    DocumentId, Entity, EntityId, Link, Network, Node, PHOTO, PropertyKind, Schema, Statement, TYPE, Value,
};
use koplamp_vault::Vault;

use crate::WorkspaceError;
use crate::days::days;

/// What is known of one entity or link, all that are one with it taken together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Item {
    pub(crate) kind: String,
    pub(crate) label: String,
    pub(crate) statements: u32,
    pub(crate) organisations: BTreeSet<String>,
    pub(crate) markings: BTreeSet<String>,
    pub(crate) grades: BTreeSet<String>,
    pub(crate) documents: BTreeSet<DocumentId>,
    /// What is said of it in words, without its type.
    pub(crate) values: Vec<(String, String)>,
    /// Other entities that are named, each by its property; those at the ends of a link among them.
    pub(crate) named: Vec<(String, EntityId)>,
    /// Of a link: the entities at its ends, as they were named; where there are several at an end, each at the beginning with each at the end.
    pub(crate) ends: Vec<(EntityId, EntityId)>,
    pub(crate) days: Option<(i32, i32)>,
    pub(crate) amount: Option<f64>,
    pub(crate) currency: Option<String>,
    pub(crate) passages: u32,
    /// The picture document that shows it, by the last that was said.
    pub(crate) photo: Option<DocumentId>,
}

/// Everything that is known.
pub(crate) struct Known {
    items: BTreeMap<EntityId, Item>,
    /// For each merged entity, the one that stands for it.
    canonical: HashMap<EntityId, EntityId>,
    /// Of a link with several entities at an end, the lines after the first: each has an id of its own, which follows from its place.
    lines: HashMap<EntityId, EntityId>,
    /// The links that name an entity as their end, by the id that they name.
    links: HashMap<EntityId, BTreeSet<EntityId>>,
    /// All for which an entity stands.
    members: HashMap<EntityId, BTreeSet<EntityId>>,
}

/// The most lines that one link is shown as.
const MOST_LINES: usize = 1_000;

/// The id of a further line of a link.
fn line(link: EntityId, place: usize) -> EntityId {
    EntityId::of(&[b"line", link.as_bytes(), &(place as u64).to_be_bytes()])
}

/// The properties that date what they are said of.
const DATES: [&str; 3] = ["date", "startDate", "endDate"];

impl Known {
    /// Reads all statements.
    pub(crate) fn read(vault: &Vault, schema: &Schema) -> Result<Self, WorkspaceError> {
        let canonical: HashMap<EntityId, EntityId> = vault.canonical()?.into_iter().collect();
        let mut statements: BTreeMap<EntityId, Vec<Statement>> = BTreeMap::new();
        vault.each_statement(|statement| {
            let entity = statement.fact.entity;
            statements.entry(canonical.get(&entity).copied().unwrap_or(entity)).or_default().push(statement);
        })?;
        let mut members: HashMap<EntityId, BTreeSet<EntityId>> = HashMap::new();
        for (member, stands) in &canonical {
            members.entry(*stands).or_default().insert(*member);
        }
        let mut known =
            Self { items: BTreeMap::new(), canonical, lines: HashMap::new(), links: HashMap::new(), members };
        for (entity, statements) in statements {
            known.put(entity, Item::of(&statements, schema));
        }
        Ok(known)
    }

    /// Reads anew what was touched.
    pub(crate) fn refresh(
        &mut self,
        vault: &Vault,
        schema: &Schema,
        touched: &[EntityId],
    ) -> Result<(), WorkspaceError> {
        let mut standing = BTreeSet::new();
        for entity in touched {
            let (stands, members) = vault.one_with(*entity)?;
            self.take(*entity);
            if let Some(before) = self.canonical.remove(entity) {
                self.take(before);
                if let Some(group) = self.members.get_mut(&before) {
                    group.remove(entity);
                }
                // What it stood for may be on its own now.
                standing.insert(before);
            }
            if members.len() > 1 {
                self.canonical.insert(*entity, stands);
                self.members.entry(stands).or_default().insert(*entity);
            }
            standing.insert(stands);
        }
        for stands in standing {
            let (stands, members) = vault.one_with(stands)?;
            let statements = vault.statements_of(&members)?;
            if members.len() > 1 {
                self.members.insert(stands, members.iter().copied().collect());
            } else {
                self.members.remove(&stands);
            }
            self.take(stands);
            if !statements.is_empty() {
                self.put(stands, Item::of(&statements, schema));
            }
        }
        Ok(())
    }

    fn put(&mut self, entity: EntityId, item: Item) {
        for (place, (source, target)) in item.ends.iter().enumerate() {
            self.links.entry(*source).or_default().insert(entity);
            self.links.entry(*target).or_default().insert(entity);
            if place > 0 {
                self.lines.insert(line(entity, place), entity);
            }
        }
        self.items.insert(entity, item);
    }

    fn take(&mut self, entity: EntityId) {
        let Some(item) = self.items.remove(&entity) else { return };
        for (place, (source, target)) in item.ends.into_iter().enumerate() {
            for end in [source, target] {
                if let Some(links) = self.links.get_mut(&end) {
                    links.remove(&entity);
                }
            }
            self.lines.remove(&line(entity, place));
        }
    }

    /// The entity that stands for this one; for a further line of a link, the link.
    pub(crate) fn stands(&self, entity: EntityId) -> EntityId {
        self.canonical.get(&entity).or_else(|| self.lines.get(&entity)).copied().unwrap_or(entity)
    }

    /// What is known of an entity or link.
    pub(crate) fn item(&self, entity: EntityId) -> Option<&Item> {
        self.items.get(&self.stands(entity))
    }

    /// Everything, by id.
    pub(crate) fn items(&self) -> impl Iterator<Item = (EntityId, &Item)> {
        self.items.iter().map(|(id, item)| (*id, item))
    }

    /// In one line.
    pub(crate) fn entity(&self, entity: EntityId) -> Option<Entity> {
        let id = self.stands(entity);
        let item = self.items.get(&id)?;
        Some(Entity { id, kind: item.kind.clone(), label: item.label.clone(), statements: item.statements })
    }

    /// The lines of a link: the id of each, and its ends as what stands for them. Those with an end that is not known are left out, and of
    /// those that have come to join the same two, all but the first.
    fn lines_of(&self, link: EntityId) -> Vec<(EntityId, EntityId, EntityId)> {
        let mut lines: Vec<(EntityId, EntityId, EntityId)> = Vec::new();
        let ends = self.items.get(&link).map(|item| item.ends.as_slice()).unwrap_or_default();
        for (place, (source, target)) in ends.iter().enumerate() {
            let (source, target) = (self.stands(*source), self.stands(*target));
            let known = self.items.contains_key(&source) && self.items.contains_key(&target);
            if known && !lines.iter().any(|(_, one, other)| (*one, *other) == (source, target)) {
                let id = if place == 0 { link } else { line(link, place) };
                lines.push((id, source, target));
            }
        }
        lines
    }

    /// The ends of a link, or of a line of it, as what stands for them; none when it has none that are known.
    pub(crate) fn ends(&self, link: EntityId) -> Option<(EntityId, EntityId)> {
        let lines = self.lines_of(self.stands(link));
        let own = lines.iter().find(|(id, ..)| *id == link).or(lines.first());
        own.map(|(_, source, target)| (*source, *target))
    }

    /// The links of an entity, each with the other end and whether it begins here.
    pub(crate) fn links_of(&self, entity: EntityId) -> Vec<(EntityId, EntityId, bool)> {
        let entity = self.stands(entity);
        let alone = BTreeSet::from([entity]);
        let members = self.members.get(&entity).unwrap_or(&alone);
        let links: BTreeSet<EntityId> =
            members.iter().filter_map(|member| self.links.get(member)).flatten().copied().collect();
        let lines = links.into_iter().flat_map(|link| self.lines_of(link));
        lines
            .filter(|(_, source, target)| *source == entity || *target == entity)
            .map(|(line, source, target)| (line, if source == entity { target } else { source }, source == entity))
            .collect()
    }

    /// The network of these entities and of all links between them; without a list, of everything.
    pub(crate) fn network(&self, schema: &Schema, only: Option<&[EntityId]>) -> Network {
        let mut places: HashMap<EntityId, u32> = HashMap::new();
        let mut nodes = Vec::new();
        let mut add = |id: EntityId, item: &Item| {
            places.insert(id, u32::try_from(nodes.len()).unwrap_or(u32::MAX));
            nodes.push(Node {
                id,
                kind: item.kind.clone(),
                label: item.label.clone(),
                organisations: item.organisations.iter().cloned().collect(),
                days: item.days,
            });
        };
        match only {
            Some(entities) => {
                let standing: BTreeSet<EntityId> = entities.iter().map(|entity| self.stands(*entity)).collect();
                for id in standing {
                    if let Some(item) = self.items.get(&id).filter(|item| item.ends.is_empty()) {
                        add(id, item);
                    }
                }
            }
            None => self.items.iter().filter(|(_, item)| item.ends.is_empty()).for_each(|(id, item)| add(*id, item)),
        }
        let links: BTreeSet<EntityId> = match only {
            Some(_) => nodes.iter().flat_map(|node| self.links_of(node.id)).map(|(link, ..)| link).collect(),
            None => self.items.iter().filter(|(_, item)| !item.ends.is_empty()).map(|(id, _)| *id).collect(),
        };
        let standing: BTreeSet<EntityId> = links.into_iter().map(|link| self.stands(link)).collect();
        let lines = standing.into_iter().flat_map(|link| self.lines_of(link).into_iter().map(move |line| (link, line)));
        let links = lines.filter_map(|(link, (id, source, target))| {
            let item = self.items.get(&link)?;
            Some(Link {
                id,
                kind: item.kind.clone(),
                label: item.label.clone(),
                source: *places.get(&source)?,
                target: *places.get(&target)?,
                directed: item.directed(schema),
                days: item.days,
                amount: item.amount,
                currency: item.currency.clone(),
                organisations: item.organisations.iter().cloned().collect(),
                passages: item.passages,
            })
        });
        let links = links.collect();
        Network { nodes, links }
    }
}

impl Item {
    /// What these statements, in the order in which they were recorded, say together.
    pub(crate) fn of(statements: &[Statement], schema: &Schema) -> Self {
        let mut item = Self { statements: u32::try_from(statements.len()).unwrap_or(u32::MAX), ..Self::default() };
        let words = |property: &str| {
            statements.iter().find_map(|statement| match &statement.fact.value {
                Value::Text(text) if statement.fact.property == property => Some(text.clone()),
                _ => None,
            })
        };
        item.kind = kind(statements, schema);
        let ends = schema.ends(&item.kind);
        for Statement { fact, .. } in statements {
            if let Value::Entity(entity) = fact.value
                && !item.named.iter().any(|(property, other)| *other == entity && *property == fact.property)
            {
                item.named.push((fact.property.clone(), entity));
            }
        }
        // A link of a type that the schema does not have is kept under the ends of an unknown link.
        let (source, target) = ends.map_or(("subject", "object"), |ends| (&ends.source, &ends.target));
        let end = |end: &str| -> Vec<EntityId> {
            item.named.iter().filter(|(property, _)| property == end).map(|(_, entity)| *entity).collect()
        };
        let (sources, targets) = (end(source), end(target));
        let pairs = sources.iter().flat_map(|source| targets.iter().map(move |target| (*source, *target)));
        let pairs = pairs.take(MOST_LINES).collect();
        item.ends = pairs;
        let mut passages = BTreeSet::new();
        for Statement { fact, standing, .. } in statements {
            item.organisations.insert(standing.organisation.clone());
            item.markings.extend(standing.marking.clone());
            item.grades.extend(standing.grade.clone());
            if let Some(evidence) = &fact.evidence {
                item.documents.insert(evidence.document);
                if fact.property == PHOTO && evidence.is_whole() {
                    item.photo = Some(evidence.document);
                }
                passages.insert((evidence.document, evidence.page, evidence.start, evidence.end));
            }
            let mut dated: Vec<&str> =
                [&fact.valid_from, &fact.valid_to].into_iter().flatten().map(String::as_str).collect();
            if let Value::Text(text) = &fact.value {
                if DATES.contains(&fact.property.as_str()) {
                    dated.push(text);
                }
                if fact.property != TYPE {
                    item.values.push((fact.property.clone(), text.clone()));
                }
            }
            for (first, last) in dated.into_iter().filter_map(days) {
                item.days = Some(item.days.map_or((first, last), |known| (known.0.min(first), known.1.max(last))));
            }
        }
        item.passages = u32::try_from(passages.len()).unwrap_or(u32::MAX);
        item.amount = words("amount").and_then(|text| text.parse().ok()).filter(|amount: &f64| amount.is_finite());
        item.currency = words("currency");
        // Of several names the one with most in capitals says most: "Mirjam Kloosterziel", not "mevrouw Kloosterziel" or "M. Kloosterziel".
        let proper = |text: &String| -> usize {
            let words = text.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_uppercase));
            words.map(|word| word.chars().count()).sum()
        };
        let longest = |property: &String| {
            let named = item.values.iter().filter(|(said, _)| said == property).map(|(_, text)| text);
            named.rev().max_by_key(|text| proper(text)).cloned()
        };
        // What goes over a link stands beside its name already.
        let rule = match schema.caption(&item.kind) {
            // A type that the schema does not have is called as anything is.
            [] => schema.caption("Thing"),
            rule => rule,
        };
        let caption = rule.iter().filter(|property| *property != "amount").find_map(longest);
        item.label = match caption {
            Some(caption) => caption,
            None if !item.ends.is_empty() => String::new(),
            // Anything that tells it from others; a country does not.
            None => {
                let country = |property: &String| {
                    schema.property(&item.kind, property).is_some_and(|known| known.kind == PropertyKind::Country)
                };
                let telling = item.values.iter().find(|(property, _)| !country(property));
                telling.map_or_else(|| item.kind.clone(), |(_, text)| text.clone())
            }
        };
        item
    }

    /// Whether a link goes one way only: what a file said of it, else what its type says.
    fn directed(&self, schema: &Schema) -> bool {
        let said = self.values.iter().find(|(property, _)| property == "directed").map(|(_, text)| text.as_str());
        match said {
            Some("true") => true,
            Some("false") => false,
            _ => schema.ends(&self.kind).is_none_or(|ends| ends.directed),
        }
    }

    /// The values that tell this entity from others, each with its property, in the form in which they are compared.
    pub(crate) fn identifying(&self, schema: &Schema) -> BTreeSet<(String, String)> {
        let mut found = BTreeSet::new();
        for (property, text) in &self.values {
            if let Some(known) = schema.property(&self.kind, property).filter(|known| known.identifying) {
                found.insert((property.clone(), compared(known.kind, text)));
            }
        }
        found
    }
}

/// The type that these statements give: the first of them, or one after it that is a kind of that; the type that says least gives way to any.
fn kind(statements: &[Statement], schema: &Schema) -> String {
    let said = statements.iter().filter_map(|statement| match &statement.fact.value {
        Value::Text(text) if statement.fact.property == TYPE => Some(text),
        _ => None,
    });
    let wider = |found: &str, other: &str| schema.is_a(other, found) || found == koplamp_interchange::any_type(schema);
    let found = said.reduce(|found, other| if found != other && wider(found, other) { other } else { found });
    found.cloned().unwrap_or_default()
}

/// A value in the form in which it is compared with others.
pub(crate) fn compared(kind: PropertyKind, text: &str) -> String {
    match kind {
        PropertyKind::Identifier | PropertyKind::Phone => {
            text.chars().filter(|c| c.is_alphanumeric() || *c == '+').flat_map(char::to_uppercase).collect()
        }
        _ => text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
    }
}
