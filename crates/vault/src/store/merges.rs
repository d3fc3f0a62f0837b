//! Judgements that entities are one, or that they are not. Nothing of the entities is rewritten: which id stands for which is worked out
//! anew from the judgements in force.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_model::{EntityId, MergeId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::VaultError;

/// A judgement in force that entities are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// Its id.
    pub id: MergeId,
    /// The entities, as they were named.
    pub entities: Vec<EntityId>,
    /// Why.
    pub reason: String,
    /// Its place in the log: of two, the older one has the lower.
    pub position: i64,
}

/// Keeps a judgement. Gives the entities whose id may have changed.
pub(super) fn insert(
    connection: &Connection,
    merge: MergeId,
    entities: &[EntityId],
    reason: &str,
    position: i64,
) -> Result<Vec<EntityId>, VaultError> {
    connection.prepare_cached("INSERT INTO merge (id, reason, position) VALUES (?1, ?2, ?3)")?.execute(params![
        merge.as_bytes(),
        reason,
        position
    ])?;
    let mut insert =
        connection.prepare_cached("INSERT INTO merge_member (merge, place, entity) VALUES (?1, ?2, ?3)")?;
    for (place, entity) in (0_i64..).zip(entities) {
        insert.execute(params![merge.as_bytes(), place, entity.as_bytes()])?;
    }
    settle(connection, entities)
}

/// Withdraws a judgement (true), or brings it back (false). Gives the entities whose id may have changed.
pub(super) fn set_removed(connection: &Connection, merge: MergeId, removed: bool) -> Result<Vec<EntityId>, VaultError> {
    let changed = connection
        .prepare_cached("UPDATE merge SET removed = ?2 WHERE id = ?1")?
        .execute(params![merge.as_bytes(), removed])?;
    if changed == 0 {
        return Err(VaultError::NoSuchMerge(merge));
    }
    settle(connection, &members(connection, merge)?)
}

/// Whether a judgement is in force; none when there is none of this id.
pub(super) fn in_force(connection: &Connection, merge: MergeId) -> Result<Option<bool>, VaultError> {
    let sql = "SELECT removed = 0 FROM merge WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([merge.as_bytes()], |row| row.get(0)).optional()?)
}

fn members(connection: &Connection, merge: MergeId) -> Result<Vec<EntityId>, VaultError> {
    let mut find = connection.prepare_cached("SELECT entity FROM merge_member WHERE merge = ?1 ORDER BY place")?;
    let rows = find.query_map([merge.as_bytes()], |row| Ok(EntityId::from_bytes(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Judgements in force that name this entity, the oldest first.
pub(crate) fn of(connection: &Connection, entity: EntityId) -> Result<Vec<Merge>, VaultError> {
    let mut find = connection.prepare_cached(
        "SELECT DISTINCT merge.id, merge.reason, merge.position FROM merge_member JOIN merge ON merge.id = merge_member.merge
         WHERE merge_member.entity = ?1 AND merge.removed = 0 ORDER BY merge.position, merge.id",
    )?;
    let rows =
        find.query_map([entity.as_bytes()], |row| Ok((MergeId::from_bytes(row.get(0)?), row.get(1)?, row.get(2)?)))?;
    let mut merges = Vec::new();
    for row in rows {
        let (id, reason, position) = row?;
        merges.push(Merge { id, entities: members(connection, id)?, reason, position });
    }
    Ok(merges)
}

/// Works out anew which id stands for these entities, and for all that are one with them. The first entity of the oldest judgement of a
/// group stands for it. Circles of judgements are one group like any other.
fn settle(connection: &Connection, entities: &[EntityId]) -> Result<Vec<EntityId>, VaultError> {
    let mut touched: BTreeSet<EntityId> = entities.iter().copied().collect();
    // Those that were one with them before, too: they may have been parted.
    let mut before = connection.prepare_cached(
        "SELECT entity FROM canonical WHERE stands = (SELECT stands FROM canonical WHERE entity = ?1)",
    )?;
    for entity in entities {
        let rows = before.query_map([entity.as_bytes()], |row| Ok(EntityId::from_bytes(row.get(0)?)))?;
        for row in rows {
            touched.insert(row?);
        }
    }
    let mut done = BTreeSet::new();
    let mut forget = connection.prepare_cached("DELETE FROM canonical WHERE entity = ?1")?;
    let mut keep = connection.prepare_cached("INSERT OR REPLACE INTO canonical (entity, stands) VALUES (?1, ?2)")?;
    for entity in touched {
        if done.contains(&entity) {
            continue;
        }
        let (group, stands) = group(connection, entity)?;
        for member in &group {
            match stands {
                Some(stands) => keep.execute(params![member.as_bytes(), stands.as_bytes()])?,
                None => forget.execute([member.as_bytes()])?,
            };
        }
        done.extend(group);
    }
    Ok(done.into_iter().collect())
}

/// All that are one with an entity, itself among them, and the one that stands for them; none when it is alone.
fn group(connection: &Connection, entity: EntityId) -> Result<(BTreeSet<EntityId>, Option<EntityId>), VaultError> {
    let mut group = BTreeSet::from([entity]);
    let mut oldest: Option<(i64, MergeId, EntityId)> = None;
    let mut waiting = vec![entity];
    let mut find = connection.prepare_cached(
        "SELECT merge.position, merge.id, other.entity, other.place FROM merge_member AS mine
         JOIN merge ON merge.id = mine.merge AND merge.removed = 0
         JOIN merge_member AS other ON other.merge = merge.id WHERE mine.entity = ?1",
    )?;
    while let Some(next) = waiting.pop() {
        let mut rows = find.query([next.as_bytes()])?;
        while let Some(row) = rows.next()? {
            let (position, merge): (i64, _) = (row.get(0)?, MergeId::from_bytes(row.get(1)?));
            let other = EntityId::from_bytes(row.get(2)?);
            if row.get::<_, i64>(3)? == 0 && oldest.is_none_or(|known| (position, merge) < (known.0, known.1)) {
                oldest = Some((position, merge, other));
            }
            if group.insert(other) {
                waiting.push(other);
            }
        }
    }
    Ok((group, oldest.map(|(_, _, stands)| stands)))
}

/// For each merged entity, the one that stands for it.
pub(crate) fn canonical(connection: &Connection) -> Result<BTreeMap<EntityId, EntityId>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT entity, stands FROM canonical")?;
    let rows =
        statement.query_map([], |row| Ok((EntityId::from_bytes(row.get(0)?), EntityId::from_bytes(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The entity that stands for this one, and all for which it stands.
pub(crate) fn one_with(connection: &Connection, entity: EntityId) -> Result<(EntityId, Vec<EntityId>), VaultError> {
    let stands: Option<[u8; 16]> = connection
        .prepare_cached("SELECT stands FROM canonical WHERE entity = ?1")?
        .query_row([entity.as_bytes()], |row| row.get(0))
        .optional()?;
    let Some(stands) = stands else { return Ok((entity, vec![entity])) };
    let mut find = connection.prepare_cached("SELECT entity FROM canonical WHERE stands = ?1 ORDER BY entity")?;
    let rows = find.query_map([stands], |row| Ok(EntityId::from_bytes(row.get(0)?)))?;
    Ok((EntityId::from_bytes(stands), rows.collect::<Result<_, _>>()?))
}

/// Keeps that two entities are not one (true), or forgets it.
pub(super) fn distinguish(
    connection: &Connection,
    one: EntityId,
    other: EntityId,
    distinct: bool,
) -> Result<(), VaultError> {
    let sql = if distinct {
        "INSERT OR IGNORE INTO distinction (one, other) VALUES (?1, ?2)"
    } else {
        "DELETE FROM distinction WHERE one = ?1 AND other = ?2"
    };
    connection.prepare_cached(sql)?.execute(params![one.min(other).as_bytes(), one.max(other).as_bytes()])?;
    Ok(())
}

pub(super) fn are_distinct(connection: &Connection, one: EntityId, other: EntityId) -> Result<bool, VaultError> {
    let sql = "SELECT 1 FROM distinction WHERE one = ?1 AND other = ?2";
    Ok(connection.prepare_cached(sql)?.exists(params![one.min(other).as_bytes(), one.max(other).as_bytes()])?)
}

/// All pairs that were judged not to be one, the lower id first.
pub(crate) fn distinctions(connection: &Connection) -> Result<BTreeSet<(EntityId, EntityId)>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT one, other FROM distinction")?;
    let rows =
        statement.query_map([], |row| Ok((EntityId::from_bytes(row.get(0)?), EntityId::from_bytes(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
