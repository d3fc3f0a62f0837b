//! Entities: lists, the page of one, and the judgements that several are one or are not.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_model::{Audit, Change, Entity, EntityId, MergeId, Operation, Statement, StatementId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::contradictions::contradictions;
use crate::statements::invalid;
use crate::values::clean;
use crate::{Workspace, WorkspaceError};

/// Which entities to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct EntityQuery {
    /// Of this type, or one that extends it.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// With these words in the name or a value, whatever their capitals.
    pub text: Option<String>,
    /// Links too.
    pub links: bool,
}

/// Entities, some of them, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EntityList {
    /// How many there are in all.
    pub total: u32,
    /// Those asked for, by name.
    pub entities: Vec<Entity>,
}

/// The page of an entity: everything that is said of it, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EntityView {
    /// In one line.
    pub entity: Entity,
    /// All statements, those of merged ones among them, in the order in which they were recorded.
    pub statements: Vec<Statement>,
    /// Properties of which two statements cannot both be true.
    pub contradictions: Vec<Contradiction>,
    /// Its links.
    pub links: Vec<LinkView>,
    /// Of a link: its ends.
    pub ends: Option<(Entity, Entity)>,
    /// The judgements that made it one, the oldest first.
    pub merges: Vec<MergeView>,
}

/// Statements that cannot all be true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Contradiction {
    /// The property.
    pub property: String,
    /// The values, each with the statements that say so.
    #[ts(type = "[string, string[]][]")]
    pub values: Vec<(String, Vec<StatementId>)>,
}

/// A link, seen from one of its ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LinkView {
    /// The link.
    pub link: Entity,
    /// The other end.
    pub other: Entity,
    /// Whether it begins here.
    pub outgoing: bool,
    /// How many passages it rests on.
    pub passages: u32,
}

/// A judgement that entities are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MergeView {
    /// Its id.
    #[ts(type = "string")]
    pub id: MergeId,
    /// The entities, as they were named.
    #[ts(type = "string[]")]
    pub entities: Vec<EntityId>,
    /// Why.
    pub reason: String,
}

impl Workspace {
    /// Entities of the case by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn entities(&self, query: &EntityQuery, limit: u32, offset: u32) -> Result<EntityList, WorkspaceError> {
        let text = query.text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_lowercase);
        let schema = crate::schema();
        let mut found = self.with_known(|known| {
            let matching = known.items().filter(|(_, item)| {
                let of_type = query.kind.as_deref().is_none_or(|kind| schema.is_a(&item.kind, kind));
                let wanted = query.links || query.kind.is_some() || item.ends.is_empty();
                let holds = |text: &String| {
                    item.label.to_lowercase().contains(text)
                        || item.values.iter().any(|(_, value)| value.to_lowercase().contains(text))
                };
                of_type && wanted && text.as_ref().is_none_or(holds)
            });
            matching.filter_map(|(id, _)| known.entity(id)).collect::<Vec<_>>()
        })?;
        found.sort_by_cached_key(|entity| (entity.label.to_lowercase(), entity.id));
        let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let entities = found.into_iter().skip(offset as usize).take(limit as usize).collect();
        Ok(EntityList { total, entities })
    }

    /// Whether this is a type (of link, where only those are meant): one that the schema has, or something of the case.
    ///
    /// # Errors
    /// When it is none: the error names those that there are.
    pub fn check_type(&self, kind: &str, links: bool) -> Result<(), WorkspaceError> {
        let schema = crate::schema();
        let mut known: BTreeSet<String> = schema
            .types
            .iter()
            .filter(|known| !links || schema.ends(&known.name).is_some() || known.is_abstract)
            .map(|known| known.name.clone())
            .collect();
        if known.contains(kind) {
            return Ok(());
        }
        known.extend(self.with_known(|known| {
            let items = known.items().filter(|(_, item)| !links || !item.ends.is_empty());
            items.map(|(_, item)| item.kind.clone()).collect::<Vec<_>>()
        })?);
        if known.contains(kind) {
            return Ok(());
        }
        let known: Vec<String> = known.into_iter().collect();
        Err(invalid("type", &format!("'{kind}' is no type of entity or link; there are: {}", known.join(", "))))
    }

    /// These entities in one line each.
    ///
    /// # Errors
    /// When one is not there.
    pub fn lines(&self, entities: &[EntityId]) -> Result<Vec<Entity>, WorkspaceError> {
        self.with_known(|known| {
            let line = |entity: &EntityId| {
                known.entity(*entity).ok_or_else(|| koplamp_vault::VaultError::NoSuchEntity(*entity).into())
            };
            entities.iter().map(line).collect()
        })?
    }

    /// The pairs among these entities, and all that are one with them, that were judged not to be one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn kept_apart(&self, entities: &[EntityId]) -> Result<Vec<(Entity, Entity)>, WorkspaceError> {
        let distinct = self.vault().distinctions()?;
        self.with_known(|known| {
            let among: BTreeSet<EntityId> = entities.iter().map(|entity| known.stands(*entity)).collect();
            let mut apart = BTreeSet::new();
            for (one, other) in distinct {
                let (one, other) = (known.stands(one), known.stands(other));
                if one != other && among.contains(&one) && among.contains(&other) {
                    apart.insert((one.min(other), one.max(other)));
                }
            }
            apart.into_iter().filter_map(|(one, other)| known.entity(one).zip(known.entity(other))).collect()
        })
    }

    /// The page of an entity or link. Kept for the auditor.
    ///
    /// # Errors
    /// When there is no such entity.
    pub fn entity(&self, entity: EntityId) -> Result<EntityView, WorkspaceError> {
        let entity = self.with_known(|known| known.stands(entity))?;
        let statements = self.statements(entity)?;
        let (stands, members) = self.vault().one_with(entity)?;
        let mut merges: BTreeMap<(i64, MergeId), MergeView> = BTreeMap::new();
        for member in members {
            for merge in self.vault().merges_of(member)? {
                let view = MergeView { id: merge.id, entities: merge.entities, reason: merge.reason };
                merges.insert((merge.position, merge.id), view);
            }
        }
        let view = self.with_known(|known| {
            let line = known.entity(stands)?;
            let mut links: Vec<LinkView> = known
                .links_of(stands)
                .into_iter()
                .filter_map(|(link, other, outgoing)| {
                    let passages = known.item(link)?.passages;
                    Some(LinkView { link: known.entity(link)?, other: known.entity(other)?, outgoing, passages })
                })
                .collect();
            links.sort_by(|one, other| {
                (&one.link.kind, &one.other.label, one.link.id).cmp(&(
                    &other.link.kind,
                    &other.other.label,
                    other.link.id,
                ))
            });
            let ends = known.ends(stands).and_then(|(source, target)| known.entity(source).zip(known.entity(target)));
            Some((line, links, ends))
        })?;
        let Some((entity, links, ends)) = view else {
            return Err(koplamp_vault::VaultError::NoSuchEntity(entity).into());
        };
        let contradictions = contradictions(&entity.kind, &statements);
        Ok(EntityView { entity, statements, contradictions, links, ends, merges: merges.into_values().collect() })
    }

    /// All statements of an entity, those of merged ones among them, each with the marking that holds for it today. Kept for the auditor.
    ///
    /// # Errors
    /// When there is no such entity.
    pub fn statements(&self, entity: EntityId) -> Result<Vec<Statement>, WorkspaceError> {
        let entity = self.with_known(|known| known.stands(entity))?;
        let (stands, members) = self.vault().one_with(entity)?;
        let statements = self.vault().statements_of(&members)?;
        if statements.is_empty() {
            return Err(koplamp_vault::VaultError::NoSuchEntity(entity).into());
        }
        self.vault().audit(Audit::EntityConsulted { entity: stands })?;
        self.marked(statements)
    }

    /// Judges entities to be one. The first one's id stands for all. Nothing of them is rewritten.
    ///
    /// # Errors
    /// When fewer than two different ones are named, one is not there, a link is taken with what is none, they are one already, or their types are no
    /// kind of each other and no reason is given.
    pub fn merge(&self, entities: &[EntityId], reason: &str) -> Result<Change, WorkspaceError> {
        let mut named: Vec<EntityId> = Vec::new();
        for entity in entities {
            if !named.contains(entity) {
                named.push(*entity);
            }
        }
        if named.len() < 2 {
            return Err(invalid("entities", "name at least two different ones"));
        }
        let (links, kinds, standing) = self.with_known(|known| {
            let (mut links, mut kinds) = (Vec::new(), Vec::new());
            for entity in &named {
                let item = known.item(*entity).ok_or(koplamp_vault::VaultError::NoSuchEntity(*entity))?;
                links.push(!item.ends.is_empty());
                kinds.push(item.kind.clone());
            }
            let mut standing: Vec<EntityId> = named.iter().map(|entity| known.stands(*entity)).collect();
            standing.sort_unstable();
            standing.dedup();
            Ok::<_, WorkspaceError>((links, kinds, standing))
        })??;
        if links.iter().any(|link| Some(link) != links.first()) {
            return Err(invalid("entities", "a link cannot be one with something that is no link"));
        }
        if standing.len() < 2 {
            return Err(invalid("entities", "they are one already"));
        }
        let reason: String = clean(reason).trim().chars().take(1_000).collect();
        let schema = crate::schema();
        let mut pairs = kinds.iter().flat_map(|one| kinds.iter().map(move |other| (one, other)));
        let strange = pairs.find(|(one, other)| !schema.is_a(one, other) && !schema.is_a(other, one));
        if let Some((one, other)) = strange.filter(|_| reason.is_empty()) {
            return Err(WorkspaceError::MergeKinds { one: one.clone(), other: other.clone() });
        }
        self.change(vec![Operation::EntitiesMerged { merge: MergeId::random(), entities: named, reason }])
    }

    /// Withdraws the judgement that entities are one: each is again exactly what it was.
    ///
    /// # Errors
    /// When there is no such judgement in force.
    pub fn unmerge(&self, merge: MergeId) -> Result<Change, WorkspaceError> {
        self.change(vec![Operation::MergeWithdrawn { merge }])
    }

    /// Judges that two entities are not one (true): they are never again suggested as such. Or takes that back.
    ///
    /// # Errors
    /// When they are the same, or one is not there.
    pub fn distinguish(&self, one: EntityId, other: EntityId, distinct: bool) -> Result<Change, WorkspaceError> {
        if one == other {
            return Err(invalid("entities", "an entity is always one with itself"));
        }
        self.with_known(|known| {
            for entity in [one, other] {
                known.item(entity).ok_or(koplamp_vault::VaultError::NoSuchEntity(entity))?;
            }
            Ok::<_, WorkspaceError>(())
        })??;
        self.change(vec![Operation::EntitiesDistinguished { one, other, distinct }])
    }
}
