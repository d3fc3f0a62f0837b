//! Style sheets, and which of them the workspace uses.

use koplamp_model::{Operation, StyleSheet, StyleSheetId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::VaultError;

const CHOSEN: &str = "style_sheet";
const COLUMNS: &str = "id, name, organisation, types";

fn from_row(row: &Row<'_>) -> rusqlite::Result<(StyleSheet, String)> {
    let sheet = StyleSheet {
        id: StyleSheetId::from_bytes(row.get("id")?),
        name: row.get("name")?,
        organisation: row.get("organisation")?,
        types: Vec::new(),
    };
    Ok((sheet, row.get("types")?))
}

fn with_types((sheet, types): (StyleSheet, String)) -> Result<StyleSheet, VaultError> {
    let types = serde_json::from_str(&types).map_err(|error| VaultError::StoreDamaged(error.to_string()))?;
    Ok(StyleSheet { types, ..sheet })
}

pub(super) fn set(connection: &Connection, sheet: &StyleSheet) -> Result<(), VaultError> {
    let types = serde_json::to_string(&sheet.types).map_err(|error| VaultError::Internal(error.to_string()))?;
    let sql = "INSERT INTO style_sheet (id, name, organisation, types) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (id) DO UPDATE SET
                   name = excluded.name, organisation = excluded.organisation, types = excluded.types";
    let values = params![sheet.id.as_bytes(), sheet.name, sheet.organisation, types];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

pub(super) fn drop(connection: &Connection, sheet: StyleSheetId) -> Result<(), VaultError> {
    let changed = connection.prepare_cached("DELETE FROM style_sheet WHERE id = ?1")?.execute([sheet.as_bytes()])?;
    if changed == 0 { Err(VaultError::NoSuchStyleSheet(sheet)) } else { Ok(()) }
}

/// Chooses the sheet of charts that name none; none takes the choice back.
pub(super) fn choose(connection: &Connection, sheet: Option<StyleSheetId>) -> Result<(), VaultError> {
    match sheet {
        Some(sheet) => {
            let sql = "INSERT OR REPLACE INTO choice (name, value) VALUES (?1, ?2)";
            connection.prepare_cached(sql)?.execute([CHOSEN, &sheet.to_string()])?;
        }
        None => {
            connection.prepare_cached("DELETE FROM choice WHERE name = ?1")?.execute([CHOSEN])?;
        }
    }
    Ok(())
}

/// The sheet that was chosen for the workspace, whether it is there or was dropped since.
pub(crate) fn chosen(connection: &Connection) -> Result<Option<StyleSheetId>, VaultError> {
    let sql = "SELECT value FROM choice WHERE name = ?1";
    let found: Option<String> = connection.prepare_cached(sql)?.query_row([CHOSEN], |row| row.get(0)).optional()?;
    let read = |id: String| id.parse().map_err(|_| VaultError::StoreDamaged("the chosen style sheet is no id".into()));
    found.map(read).transpose()
}

pub(crate) fn find(connection: &Connection, sheet: StyleSheetId) -> Result<Option<StyleSheet>, VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM style_sheet WHERE id = ?1");
    connection.prepare_cached(&sql)?.query_row([sheet.as_bytes()], from_row).optional()?.map(with_types).transpose()
}

/// All sheets by name.
pub(crate) fn list(connection: &Connection) -> Result<Vec<StyleSheet>, VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM style_sheet ORDER BY name, id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], from_row)?;
    rows.map(|row| with_types(row?)).collect()
}

/// The act that gives a sheet back as it is; of one that is not there, the one that drops it.
pub(super) fn as_it_is(connection: &Connection, sheet: &StyleSheet) -> Result<Operation, VaultError> {
    Ok(match find(connection, sheet.id)? {
        Some(sheet) => Operation::StyleSheetSet { sheet },
        None => Operation::StyleSheetDropped { sheet: sheet.id, organisation: sheet.organisation.clone() },
    })
}

/// What the log calls a sheet; of one that is gone, nothing.
pub(super) fn name(connection: &Connection, sheet: StyleSheetId) -> Result<Option<String>, VaultError> {
    Ok(find(connection, sheet)?.map(|sheet| sheet.name))
}
