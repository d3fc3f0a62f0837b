//! Reading the log back, in the order in which this copy learned of it.

use std::collections::BTreeMap;

use koplamp_model::{StreamId, Timestamp};
use rusqlite::{Connection, OptionalExtension};

use super::Record;
use super::header::Header;
use super::payload::{Payload, place};
use crate::{Key, VaultError};

/// The length of each stream and the hash of its last header.
pub(crate) type Heads = BTreeMap<StreamId, (u64, [u8; 32])>;

/// Where every stream stands.
pub(crate) fn heads(connection: &Connection) -> Result<Heads, VaultError> {
    let mut statement = connection.prepare_cached("SELECT id, length, head FROM stream")?;
    let rows = statement.query_map([], |row| {
        Ok((StreamId::from_bytes(row.get(0)?), (row.get::<_, i64>(1)?.unsigned_abs(), row.get(2)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The timestamp that the clock must stay ahead of.
pub(crate) fn last_stamp(connection: &Connection) -> Result<Timestamp, VaultError> {
    let sql = "SELECT header FROM operation ORDER BY position DESC LIMIT 1";
    let header: Option<Vec<u8>> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    Ok(header.and_then(|bytes| Header::parse(&bytes)).map(|header| header.stamp).unwrap_or_default())
}

/// Hands every operation whose payload was not destroyed to `take`, oldest first.
pub(crate) fn records(
    connection: &Connection,
    mut take: impl FnMut(Record) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    let mut statement = connection.prepare("SELECT position, header, payload FROM operation ORDER BY position")?;
    let mut key_of = connection.prepare("SELECT key FROM payload_key WHERE id = ?1")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (position, bytes, sealed): (i64, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let header = Header::parse(&bytes)
            .ok_or_else(|| VaultError::StoreDamaged(format!("the log's entry {position} has no readable header")))?;
        let key = key_of
            .query_row([header.payload_key.as_bytes()], |row| row.get::<_, [u8; 32]>(0))
            .optional()?
            .map(|bytes| Key::from_bytes(&zeroize::Zeroizing::new(bytes)));
        let Some(key) = key else { continue };
        let payload = Payload::open(&key, &place(header.stream, header.sequence), &sealed).map_err(|message| {
            VaultError::Log { stream: header.stream.to_string(), sequence: header.sequence, message }
        })?;
        take(Record { position, stream: header.stream, sequence: header.sequence, stamp: header.stamp, payload })?;
    }
    Ok(())
}
