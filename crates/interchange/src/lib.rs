//! Interchange: other programs' formats in and out.
//!
//! It is pure: bytes to [`koplamp_model::Exchange`], and drafts to bytes. It knows no vault, asks no clock and writes no file.
//!
//! [`read`] takes a file whole or not at all. What is wrong in itself but leaves the rest clear (a link without its end, a second node
//! of the same id, a weight that is not a number) is listed as rejected, with its line; a file that is not well-formed, too large or
//! of another format is an error, and nothing of it is kept. Each draft has its line and the file's own words for it.
//!
//! A table (CSV, XLSX) has no meaning of its own: [`read_table`] reads it, [`propose`] guesses what its columns say, and [`map()`]
//! makes drafts of it by a [`koplamp_model::Mapping`].
//!
//! [`task`] is all this done in another process, which has nothing that a hostile file could take.

mod anx;
mod csv_lists;
mod encoding;
mod error;
mod format;
mod ftm;
mod gather;
mod gexf;
mod graph;
mod graphml;
mod limits;
mod names;
pub mod style;
mod table;
pub mod task;
mod values;
mod xml;

use koplamp_model::{Draft, Exchange, Schema};

pub use csv_lists::{rows, write_nodes};
pub use style::SheetFile;

pub use error::InterchangeError;
pub use format::Format;
pub use limits::{Limits, Watch};
pub use names::any_type;
pub use table::{Row, Table, TableKind, map, map_each, propose, read_table};

/// Reads a file of another program.
///
/// `watch` is told how many records were read, and stops the reading by answering `false`.
///
/// # Errors
///
/// The file is larger than `limits`, not well-formed or not of this format; each error names the line, and nothing is kept.
pub fn read(
    format: Format,
    bytes: &[u8],
    schema: &Schema,
    limits: &Limits,
    watch: Watch<'_>,
) -> Result<Exchange, InterchangeError> {
    limits.check_bytes(bytes.len())?;
    let gather = gather::Gather::new(schema, limits, watch);
    match format {
        Format::Ftm => ftm::read(bytes, gather),
        Format::GraphMl => graphml::read(bytes, gather),
        Format::Gexf => gexf::read(bytes, gather),
        Format::Csv => csv_lists::read(bytes, gather),
        Format::Anx => anx::read(bytes, gather),
    }
}

/// Writes drafts for another program.
///
/// What a format has no place for is left out: FollowTheMoney has no positions, a CSV edge list has no entities
/// ([`write_nodes`] makes the list of them, to go beside it), and none of them has the passage that a statement rests on.
///
/// # Errors
///
/// i2 ANX is read only.
pub fn write(format: Format, drafts: &[Draft], schema: &Schema) -> Result<Vec<u8>, InterchangeError> {
    match format {
        Format::Ftm => ftm::write(drafts, schema),
        Format::GraphMl => Ok(graphml::write(drafts, schema)),
        Format::Gexf => Ok(gexf::write(drafts, schema)),
        Format::Csv => csv_lists::write_edges(drafts, schema),
        Format::Anx => Err(InterchangeError::OnlyRead { format }),
    }
}
