//! The operation log: signed, chained, encrypted, append-only.
//!
//! A header stays for ever; a payload can be destroyed by destroying its key, and the chain still verifies, because the header holds
//! the hash of the encrypted payload and never of the plain one.

mod append;
mod header;
mod payload;
mod read;
mod verify;

use koplamp_model::{StreamId, Timestamp};

pub(crate) use append::{Author, append};
pub(crate) use header::signature_prefix;
pub(crate) use payload::Payload;
pub(crate) use read::{Heads, heads, last_stamp, records};
pub(crate) use verify::verify;

/// One operation of the log, opened.
pub(crate) struct Record {
    pub(crate) position: i64,
    pub(crate) stream: StreamId,
    pub(crate) sequence: u64,
    pub(crate) stamp: Timestamp,
    pub(crate) payload: Payload,
}
