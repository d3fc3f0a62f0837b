//! Checking the whole log: one line removed, changed, moved or cut off is named.

use std::collections::HashMap;

use ed25519_dalek::VerifyingKey;
use koplamp_model::{BrokenEntry, LogCheck, StreamId, TransactionId};
use rusqlite::{Connection, OptionalExtension};

use super::header::{self, Header};
use super::payload::{Payload, place};
use super::read::Heads;
use crate::{Key, VaultError};

struct Tail {
    key: VerifyingKey,
    length: u64,
    head: [u8; 32],
    next: u64,
    previous: [u8; 32],
}

/// Verifies chains, signatures, payloads and transactions of all streams. `witnessed` is what the witness outside the database saw last.
pub(crate) fn verify(connection: &Connection, witnessed: &Heads) -> Result<LogCheck, VaultError> {
    let mut tails = tails(connection)?;
    let mut sizes: HashMap<TransactionId, (u32, u32, StreamId, u64)> = HashMap::new();
    let mut entries = 0;

    let mut statement =
        connection.prepare("SELECT stream, sequence, header, payload FROM operation ORDER BY stream, sequence")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let stream = StreamId::from_bytes(row.get(0)?);
        let sequence = row.get::<_, i64>(1)?.unsigned_abs();
        let (bytes, payload): (Vec<u8>, Vec<u8>) = (row.get(2)?, row.get(3)?);
        let Some(tail) = tails.get_mut(&stream) else {
            return Ok(broken(entries, stream, sequence, "its stream is not known"));
        };
        match check(connection, tail, stream, sequence, &bytes, &payload)? {
            Ok(header) => {
                let size = sizes.entry(header.transaction).or_insert((header.transaction_size, 0, stream, sequence));
                size.1 += 1;
            }
            Err(message) => return Ok(broken(entries, stream, tail.next.min(sequence), &message)),
        }
        entries += 1;
    }

    for (stream, tail) in &tails {
        if tail.next != tail.length || tail.previous != tail.head {
            let message = format!("the stream ends here, but it had {} entries", tail.length);
            return Ok(broken(entries, *stream, tail.next, &message));
        }
    }
    for (stream, (length, head)) in witnessed {
        match tails.get(stream) {
            Some(tail) if tail.length > *length || (tail.length == *length && tail.head == *head) => {}
            Some(tail) => {
                let message = format!("the stream ends here or differs; the witness saw {length} entries");
                return Ok(broken(entries, *stream, tail.length.min(*length), &message));
            }
            None => return Ok(broken(entries, *stream, 0, "the whole stream is gone")),
        }
    }
    for (declared, counted, stream, sequence) in sizes.values() {
        if declared != counted {
            let message = format!("its transaction had {declared} operations, {counted} are here");
            return Ok(broken(entries, *stream, *sequence, &message));
        }
    }
    Ok(LogCheck { ok: true, entries, broken: None })
}

fn broken(entries: u64, stream: StreamId, sequence: u64, message: &str) -> LogCheck {
    let broken = BrokenEntry { stream: stream.to_string(), sequence, message: message.to_owned() };
    LogCheck { ok: false, entries, broken: Some(broken) }
}

fn tails(connection: &Connection) -> Result<HashMap<StreamId, Tail>, VaultError> {
    let mut statement = connection.prepare("SELECT id, public_key, length, head FROM stream")?;
    let mut rows = statement.query([])?;
    let mut tails = HashMap::new();
    while let Some(row) = rows.next()? {
        let stream = StreamId::from_bytes(row.get(0)?);
        let key = VerifyingKey::from_bytes(&row.get(1)?).map_err(|_| VaultError::Log {
            stream: stream.to_string(),
            sequence: 0,
            message: "the stream's public key is not a key".into(),
        })?;
        let length = row.get::<_, i64>(2)?.unsigned_abs();
        tails.insert(stream, Tail { key, length, head: row.get(3)?, next: 0, previous: [0; 32] });
    }
    Ok(tails)
}

/// Checks one entry against its stream so far, and moves the stream on.
fn check(
    connection: &Connection,
    tail: &mut Tail,
    stream: StreamId,
    sequence: u64,
    bytes: &[u8],
    payload: &[u8],
) -> Result<Result<Header, String>, VaultError> {
    if sequence != tail.next {
        return Ok(Err(format!("an entry is missing: {} is expected, {sequence} follows", tail.next)));
    }
    let Some(header) = Header::parse(bytes) else {
        return Ok(Err("its header cannot be read".into()));
    };
    if !header::signature_holds(bytes, &tail.key) {
        return Ok(Err("its signature does not hold".into()));
    }
    if header.stream != stream || header.sequence != sequence {
        return Ok(Err("it was moved from another place".into()));
    }
    if header.previous != tail.previous {
        return Ok(Err("it does not follow the entry before it".into()));
    }
    if header::hash(payload) != header.payload_hash {
        return Ok(Err("its payload is not the one that was signed".into()));
    }
    let key: Option<[u8; 32]> = connection
        .prepare_cached("SELECT key FROM payload_key WHERE id = ?1")?
        .query_row([header.payload_key.as_bytes()], |row| row.get(0))
        .optional()?;
    // No key: the payload was destroyed, which the chain allows.
    if let Some(key) = key
        && let Err(message) =
            Payload::open(&Key::from_bytes(&zeroize::Zeroizing::new(key)), &place(stream, sequence), payload)
    {
        return Ok(Err(message));
    }
    tail.next += 1;
    tail.previous = header::hash(bytes);
    Ok(Ok(header))
}
