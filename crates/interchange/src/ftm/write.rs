//! FollowTheMoney out.

use koplamp_model::Draft;
use serde_json::{Map, Value, json};

use crate::InterchangeError;
use crate::gather::words;

/// Writes one entity a line. Positions, and the passages, grades and organisations of statements, have no place in the format and are
/// left out.
pub(crate) fn write(drafts: &[Draft]) -> Result<Vec<u8>, InterchangeError> {
    let mut bytes = Vec::new();
    for draft in drafts {
        let properties: Map<String, Value> = draft
            .properties
            .iter()
            .map(|(name, values)| (name.clone(), values.iter().map(words).map(Value::from).collect()))
            .collect();
        let entity = json!({ "id": draft.key, "schema": draft.kind, "properties": properties });
        serde_json::to_writer(&mut bytes, &entity)
            .map_err(|error| InterchangeError::Write { reason: error.to_string() })?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}
