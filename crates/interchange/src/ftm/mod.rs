//! FollowTheMoney entities as JSON lines: one `{"id", "schema", "properties": {name: [values]}}` a line.
//!
//! Facts about the format: <https://followthemoney.tech/docs/> and the Python package `followthemoney` 4.11.

mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::write;
