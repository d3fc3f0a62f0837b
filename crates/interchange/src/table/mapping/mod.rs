//! Tables to drafts.

mod cells;
mod plan;
mod rows;

use koplamp_model::{Draft, Exchange, Mapping, Rejected, Schema};

use super::Table;
use crate::{InterchangeError, Limits, Watch};

/// Makes drafts of a table. A second run, or one over a table with more rows behind, gives the same keys for the same rows.
///
/// A row is taken whole or rejected: with another number of cells than there are columns, a date or amount that cannot be read, or an
/// end of a link without a key. Entities come first, then links, each in the order of the rows.
///
/// A million rows are better taken one by one: see [`map_each`].
///
/// # Errors
///
/// The mapping names a column or entity that there is not; there are more entities or links than `limits`.
pub fn map(
    table: &Table,
    mapping: &Mapping,
    schema: &Schema,
    limits: &Limits,
    watch: Watch<'_>,
) -> Result<Exchange, InterchangeError> {
    let mut drafts = Vec::new();
    let (rejected, merged) = map_each(table, mapping, schema, limits, watch, &mut |draft| drafts.push(draft))?;
    Ok(Exchange { drafts, rejected, merged })
}

/// As [`map`], but each draft is handed to `take`, and links are not held in memory unless their mapping gives them a key. The rejected
/// rows come back, and how many records were taken together with another of the same key.
///
/// # Errors
///
/// As [`map`]. Nothing is taken before the mapping and the number of entities are known to be right; when there are too many links
/// without a key, or `watch` stops it, drafts were taken that have to be forgotten.
pub fn map_each(
    table: &Table,
    mapping: &Mapping,
    schema: &Schema,
    limits: &Limits,
    watch: Watch<'_>,
    take: &mut dyn FnMut(Draft),
) -> Result<(Vec<Rejected>, u64), InterchangeError> {
    let plan = plan::Plan::new(table, mapping, schema)?;
    let mut rows = rows::Rows::new(&plan, limits, watch);
    rows.gather(table)?;
    rows.give(table, take)?;
    Ok((rows.rejected, rows.merged))
}
