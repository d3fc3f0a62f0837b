//! Charts, and where entities stand on them.

use koplamp_model::{Chart, ChartId, ChartSettings, EntityId, Operation, Placement};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::VaultError;

const COLUMNS: &str = "id, name, snapshot_of, settings, made";

fn from_row(row: &Row<'_>) -> rusqlite::Result<(Chart, String)> {
    let chart = Chart {
        id: ChartId::from_bytes(row.get("id")?),
        name: row.get("name")?,
        snapshot_of: row.get::<_, Option<[u8; 16]>>("snapshot_of")?.map(ChartId::from_bytes),
        made: row.get::<_, i64>("made")?.unsigned_abs(),
        settings: ChartSettings::default(),
    };
    Ok((chart, row.get("settings")?))
}

/// Settings of a newer version are read as far as they are understood.
fn with_settings((chart, settings): (Chart, String)) -> Result<Chart, VaultError> {
    let settings = serde_json::from_str(&settings).map_err(|error| VaultError::StoreDamaged(error.to_string()))?;
    Ok(Chart { settings, ..chart })
}

/// Keeps a chart. One that was dropped comes back with what stood on it.
pub(super) fn set(
    connection: &Connection,
    chart: ChartId,
    name: &str,
    snapshot_of: Option<ChartId>,
    settings: &ChartSettings,
    made: u64,
) -> Result<(), VaultError> {
    let settings = serde_json::to_string(settings).map_err(|error| VaultError::Internal(error.to_string()))?;
    let sql = "INSERT INTO chart (id, name, snapshot_of, settings, made) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT (id) DO UPDATE SET name = excluded.name, settings = excluded.settings, removed = 0";
    let snapshot_of = snapshot_of.map(|chart| *chart.as_bytes());
    let made = i64::try_from(made).unwrap_or(i64::MAX);
    connection.prepare_cached(sql)?.execute(params![chart.as_bytes(), name, snapshot_of, settings, made])?;
    Ok(())
}

pub(super) fn drop(connection: &Connection, chart: ChartId) -> Result<(), VaultError> {
    let changed =
        connection.prepare_cached("UPDATE chart SET removed = 1 WHERE id = ?1")?.execute([chart.as_bytes()])?;
    if changed == 0 { Err(VaultError::NoSuchChart(chart)) } else { Ok(()) }
}

/// A chart, unless it was dropped.
pub(crate) fn find(connection: &Connection, chart: ChartId) -> Result<Option<Chart>, VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM chart WHERE id = ?1 AND removed = 0");
    connection.prepare_cached(&sql)?.query_row([chart.as_bytes()], from_row).optional()?.map(with_settings).transpose()
}

/// All charts, the oldest first.
pub(crate) fn list(connection: &Connection) -> Result<Vec<Chart>, VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM chart WHERE removed = 0 ORDER BY made, id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], from_row)?;
    rows.map(|row| with_settings(row?)).collect()
}

/// The act that gives a chart back as it is.
pub(super) fn as_it_is(connection: &Connection, chart: ChartId) -> Result<Option<Operation>, VaultError> {
    Ok(find(connection, chart)?.map(|found| Operation::ChartSet {
        chart,
        name: found.name,
        snapshot_of: found.snapshot_of,
        settings: Box::new(found.settings),
    }))
}

/// Puts entities on a chart or moves them, and takes others off.
pub(super) fn place(
    connection: &Connection,
    chart: ChartId,
    placed: &[Placement],
    taken: &[EntityId],
) -> Result<(), VaultError> {
    if !connection.prepare_cached("SELECT 1 FROM chart WHERE id = ?1")?.exists([chart.as_bytes()])? {
        return Err(VaultError::NoSuchChart(chart));
    }
    let mut delete = connection.prepare_cached("DELETE FROM chart_item WHERE chart = ?1 AND entity = ?2")?;
    for entity in taken {
        delete.execute(params![chart.as_bytes(), entity.as_bytes()])?;
    }
    let mut insert = connection.prepare_cached(
        "INSERT OR REPLACE INTO chart_item (chart, entity, x, y, pinned, hidden) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for Placement { entity, x, y, pinned, hidden } in placed {
        insert.execute(params![chart.as_bytes(), entity.as_bytes(), x, y, pinned, hidden])?;
    }
    Ok(())
}

/// The placing that gives back what stands where now, of all that this one would change.
pub(super) fn placed_before(
    connection: &Connection,
    chart: ChartId,
    placed: &[Placement],
    taken: &[EntityId],
) -> Result<Operation, VaultError> {
    let (mut back, mut off) = (Vec::new(), Vec::new());
    for entity in placed.iter().map(|placement| placement.entity).chain(taken.iter().copied()) {
        match placement(connection, chart, entity)? {
            Some(before) => back.push(before),
            None => off.push(entity),
        }
    }
    Ok(Operation::ChartPlaced { chart, placed: back, taken: off })
}

fn placement(connection: &Connection, chart: ChartId, entity: EntityId) -> Result<Option<Placement>, VaultError> {
    let sql = "SELECT entity, x, y, pinned, hidden FROM chart_item WHERE chart = ?1 AND entity = ?2";
    let ids = params![chart.as_bytes(), entity.as_bytes()];
    Ok(connection.prepare_cached(sql)?.query_row(ids, placement_from_row).optional()?)
}

/// What stands where on a chart.
pub(crate) fn placements(connection: &Connection, chart: ChartId) -> Result<Vec<Placement>, VaultError> {
    let sql = "SELECT entity, x, y, pinned, hidden FROM chart_item WHERE chart = ?1 ORDER BY entity";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([chart.as_bytes()], placement_from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn placement_from_row(row: &Row<'_>) -> rusqlite::Result<Placement> {
    Ok(Placement {
        entity: EntityId::from_bytes(row.get(0)?),
        x: row.get(1)?,
        y: row.get(2)?,
        pinned: row.get(3)?,
        hidden: row.get(4)?,
    })
}

/// What the log calls a chart.
pub(super) fn name(connection: &Connection, chart: ChartId) -> Result<Option<String>, VaultError> {
    let sql = "SELECT name FROM chart WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([chart.as_bytes()], |row| row.get(0)).optional()?)
}
