//! Style sheets: how organisations have types look, and which sheet is used.

use std::sync::Arc;

use koplamp_model::{Change, ChartId, SheetChoice, StyleSheet, StyleSheetId};
use koplamp_workspace::{Job, SheetReport, SheetView, Target, Worker, WorkspaceError};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Window};
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;

use super::interchange::file;
use super::{OnDesk, change, parsed, tell};
use crate::error::{ErrorView, blocking};

/// A style sheet that was just made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct MadeSheet {
    /// The sheet.
    #[ts(type = "string")]
    pub sheet: StyleSheetId,
    /// What changed.
    pub change: Change,
}

fn chart_id(chart: Option<&str>) -> Result<Option<ChartId>, ErrorView> {
    chart.map(|chart| parsed("chart", chart)).transpose()
}

#[tauri::command]
pub(crate) async fn style_sheets(desk: OnDesk<'_>) -> Result<Vec<SheetView>, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.style_sheets()?)).await
}

/// Makes a sheet that says nothing yet, and has it used by a chart, or by the workspace.
#[tauri::command]
pub(crate) async fn make_style_sheet(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    name: String,
    organisation: String,
    chart: Option<String>,
) -> Result<MadeSheet, ErrorView> {
    let chart = chart_id(chart.as_deref())?;
    let desk = Arc::clone(&desk);
    let made = blocking(move || Ok(desk.workspace()?.make_style_sheet(&name, &organisation, chart)?));
    let (sheet, change) = made.await?;
    tell(&app, &window, &change);
    Ok(MadeSheet { sheet, change })
}

#[tauri::command]
pub(crate) async fn set_style_sheet(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    sheet: StyleSheet,
) -> Result<Change, ErrorView> {
    change(app, window, desk, move |workspace| workspace.set_style_sheet(sheet)).await
}

#[tauri::command]
pub(crate) async fn drop_style_sheet(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    sheet: String,
) -> Result<Change, ErrorView> {
    let sheet: StyleSheetId = parsed("sheet", &sheet)?;
    change(app, window, desk, move |workspace| workspace.drop_style_sheet(sheet)).await
}

/// Has a chart use a sheet; without a chart, all charts that name none.
#[tauri::command]
pub(crate) async fn use_style_sheet(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    choice: SheetChoice,
    chart: Option<String>,
) -> Result<Change, ErrorView> {
    let chart = chart_id(chart.as_deref())?;
    change(app, window, desk, move |workspace| workspace.use_style_sheet(choice, chart)).await
}

/// Takes in the file of a sheet that was chosen.
#[tauri::command]
pub(crate) async fn import_style_sheet(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    token: String,
) -> Result<SheetReport, ErrorView> {
    let desk = Arc::clone(&desk);
    let file = file(&desk, &token)?;
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    let read = blocking(move || Ok(desk.workspace()?.import_style_sheet(&file, &worker, &Job::unwatched())?));
    let report = read.await?;
    if let Some(change) = &report.change {
        tell(&app, &window, change);
    }
    Ok(report)
}

/// Writes a sheet to a file where a person says; false when nobody did.
#[tauri::command]
pub(crate) async fn export_style_sheet(app: AppHandle, desk: OnDesk<'_>, sheet: String) -> Result<bool, ErrorView> {
    let sheet: StyleSheetId = parsed("sheet", &sheet)?;
    let desk = Arc::clone(&desk);
    blocking(move || {
        let workspace = desk.workspace()?;
        let name = workspace.style_sheet_named(&sheet.to_string())?.name.replace(['/', '\\'], "-");
        let chosen = app.dialog().file().set_file_name(format!("{name}.json")).blocking_save_file();
        let Some(path) = chosen.and_then(|chosen| chosen.into_path().ok()) else { return Ok(false) };
        workspace.export_style_sheet(sheet, &Target::asked(&path))?;
        Ok(true)
    })
    .await
}
