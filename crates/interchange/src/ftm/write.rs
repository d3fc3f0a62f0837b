//! FollowTheMoney out.

use koplamp_model::{Draft, Schema};
use serde_json::{Map, Value, json};

use crate::InterchangeError;
use crate::gather::words;
use crate::names::to_ftm;

/// Writes one entity a line. Positions, and the passages, grades and organisations of statements, have no place in the format and are
/// left out.
pub(crate) fn write(drafts: &[Draft], schema: &Schema) -> Result<Vec<u8>, InterchangeError> {
    let mut bytes = Vec::new();
    for draft in drafts {
        let properties: Map<String, Value> = draft
            .properties
            .iter()
            .map(|(name, values)| {
                let name = to_ftm(&draft.kind, name, schema).to_owned();
                (name, values.iter().map(words).map(Value::from).collect())
            })
            .collect();
        let entity = json!({ "id": draft.key, "schema": draft.kind, "properties": properties });
        serde_json::to_writer(&mut bytes, &entity)
            .map_err(|error| InterchangeError::Write { reason: error.to_string() })?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}
