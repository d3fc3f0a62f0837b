//! Bytes to text: what a document says, in pages, and what it carries along.
//!
//! A document is hostile until proven otherwise, so nothing in the calling process parses it: [`Worker::read`] starts one
//! `koplamp-worker` process for one document, which cages itself before it reads a byte, and whose answer is checked as if the
//! document had written it. [`readers::read`] is the same reading without the process, for the worker itself and for fuzzers.
//! [`Worker::run`] has the same process do another task on hostile bytes; which tasks there are, the worker's program says to [`serve`].
//!
//! This crate knows no key, no database and no index. It opens no file and writes none.

pub mod cage;
mod clean;
mod date;
mod detect;
mod encoding;
pub mod identifiers;
pub mod portrait;
pub mod readers;
mod reading;
mod serve;
pub mod wire;
mod worker;

pub use reading::{Attachment, Reading, Unread};
pub use serve::{Task, serve};
pub use worker::{Limits, ReadError, TaskError, Worker, WorkerError};
