//! Appending: the only way in which the log, and with it the state, changes.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use koplamp_model::{Clock, DeviceId, Labels, Operation, PayloadKeyId, Standing, StreamId, TransactionId};
use rusqlite::{Connection, OptionalExtension, params};

use super::header::{self, Header};
use super::payload::{Payload, place};
use super::{Record, heads};
use crate::VaultError;

/// Who appends: a device incarnation with its key and its clock, on behalf of a person.
pub(crate) struct Author {
    pub(crate) device: DeviceId,
    pub(crate) key: SigningKey,
    pub(crate) clock: Clock,
    pub(crate) person: String,
}

/// Appends `operations` as one transaction of `act`, each with the compartment that it belongs to. Gives them back as the log now holds them.
///
/// Runs inside a transaction of the database: the caller applies the records to the projections and commits both, or neither.
pub(crate) fn append(
    connection: &Connection,
    author: &mut Author,
    now_millis: u64,
    act: TransactionId,
    transaction: TransactionId,
    operations: Vec<(String, Operation)>,
) -> Result<Vec<Record>, VaultError> {
    let base: BTreeMap<StreamId, u64> = heads(connection)?.into_iter().map(|(id, (length, _))| (id, length)).collect();
    let size = u32::try_from(operations.len()).map_err(|_| VaultError::Internal("transaction too large".into()))?;
    let mut records = Vec::with_capacity(operations.len());
    for (compartment, operation) in operations {
        let payload = Payload { act, person: author.person.clone(), base: base.clone(), operation };
        records.push(append_one(connection, author, now_millis, transaction, size, &compartment, payload)?);
    }
    Ok(records)
}

fn append_one(
    connection: &Connection,
    author: &mut Author,
    now_millis: u64,
    transaction: TransactionId,
    transaction_size: u32,
    compartment: &str,
    payload: Payload,
) -> Result<Record, VaultError> {
    let (stream, sequence, previous) = stream(connection, author, compartment)?;
    let (key, sealed) = payload.seal(&place(stream, sequence))?;
    let payload_key = PayloadKeyId::random();
    let stamp = author.clock.tick(now_millis);
    let bytes = Header {
        stream,
        sequence,
        previous,
        stamp,
        transaction,
        transaction_size,
        payload_hash: header::hash(&sealed),
        payload_length: u32::try_from(sealed.len()).map_err(|_| VaultError::Internal("payload too large".into()))?,
        payload_key,
        label_set: label_set(connection, &payload.operation)?,
    }
    .sign(&author.key);

    let signed_sequence = i64::try_from(sequence).map_err(|_| VaultError::Internal("stream too long".into()))?;
    connection
        .prepare_cached(
            "INSERT INTO operation (stream, sequence, transaction_id, header, payload) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![stream.as_bytes(), signed_sequence, transaction.as_bytes(), bytes, sealed])?;
    let position = connection.last_insert_rowid();
    connection
        .prepare_cached("INSERT INTO payload_key (id, key) VALUES (?1, ?2)")?
        .execute(params![payload_key.as_bytes(), key.expose()])?;
    connection.prepare_cached("UPDATE stream SET length = ?2, head = ?3 WHERE id = ?1")?.execute(params![
        stream.as_bytes(),
        signed_sequence + 1,
        header::hash(&bytes)
    ])?;
    Ok(Record { position, stream, sequence, stamp, payload })
}

/// The device's stream in a compartment, made when this is its first operation: id, next sequence number, hash of its last header.
fn stream(
    connection: &Connection,
    author: &Author,
    compartment: &str,
) -> Result<(StreamId, u64, [u8; 32]), VaultError> {
    let found = connection
        .prepare_cached("SELECT id, length, head FROM stream WHERE device = ?1 AND compartment = ?2")?
        .query_row(params![author.device.as_bytes(), compartment], |row| {
            Ok((StreamId::from_bytes(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs(), row.get(2)?))
        })
        .optional()?;
    if let Some(found) = found {
        return Ok(found);
    }
    let id = StreamId::random();
    connection.execute(
        "INSERT INTO stream (id, device, compartment, public_key, length, head) VALUES (?1, ?2, ?3, ?4, 0, zeroblob(32))",
        params![id.as_bytes(), author.device.as_bytes(), compartment, author.key.verifying_key().as_bytes()],
    )?;
    Ok((id, 0, [0; 32]))
}

/// The id of the label set in force for an operation: random, so that equal labels are not recognised by somebody who has no payload.
fn label_set(connection: &Connection, operation: &Operation) -> Result<[u8; 16], VaultError> {
    let labels = match operation {
        Operation::DocumentImported(import) => import.labels.clone(),
        Operation::DocumentLabelled { labels, .. } => labels.clone(),
        Operation::Recorded(recording) => {
            let Standing { organisation, purpose, marking, .. } = recording.standing.clone();
            Labels { organisation, source: String::new(), purpose, marking, handling: None }
        }
        _ => return Ok([0; 16]),
    };
    let json = serde_json::to_string(&labels).map_err(|error| VaultError::Internal(error.to_string()))?;
    let found = connection
        .prepare_cached("SELECT id FROM label_set WHERE labels = ?1")?
        .query_row([&json], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    let id = *TransactionId::random().as_bytes();
    connection.execute("INSERT INTO label_set (id, labels) VALUES (?1, ?2)", params![id, json])?;
    Ok(id)
}
