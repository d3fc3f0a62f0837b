//! Other programs' files, in and out, and tables.

use std::path::PathBuf;
use std::sync::Arc;

use koplamp_model::{Change, ChartId, Labels, Mapping};
use koplamp_workspace::{
    DryRun, ErrorCode, ExchangeReport, Format, Incoming, Job, SavedMapping, Target, Worker, Workspace, WorkspaceError,
};
use tauri::ipc::Channel;
use tauri::{AppHandle, Window};
use tauri_plugin_dialog::DialogExt;

use super::measures::{AnalysisUpdate, begin};
use super::{OnDesk, change, parsed, tell};
use crate::desk::Desk;
use crate::error::{ErrorView, blocking};

fn format(code: &str) -> Result<Format, ErrorView> {
    Format::from_code(code).ok_or_else(|| ErrorView::invalid("format", "ftm, graphml, gexf, csv or anx is expected"))
}

/// The first file of a selection, which goes on waiting.
pub(super) fn file(desk: &Desk, token: &str) -> Result<PathBuf, ErrorView> {
    let paths = desk.selections().look(token);
    let first = paths.and_then(|paths| paths.into_iter().next());
    first.ok_or_else(|| ErrorView::new(ErrorCode::SelectionGone, "this file was imported or forgotten already"))
}

/// Takes in a file of another program that was chosen.
#[tauri::command]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the command")]
pub(crate) async fn start_exchange(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    token: String,
    format: Option<String>,
    labels: Labels,
    chart: Option<String>,
    channel: Channel<AnalysisUpdate>,
) -> Result<String, ErrorView> {
    let desk = Arc::clone(&desk);
    let (file, format) = (file(&desk, &token)?, format.as_deref().map(self::format).transpose()?);
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    begin(&desk, channel, move |workspace, job| {
        let incoming = Incoming { file: &file, labels: &labels, chart: chart.as_deref() };
        exchanged(&app, &window, workspace.import_exchange(&incoming, format, &worker, job)?)
    })
}

/// Takes in a table that was chosen, by a mapping.
#[tauri::command]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the command")]
pub(crate) async fn start_table(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    token: String,
    mapping: Mapping,
    labels: Labels,
    chart: Option<String>,
    channel: Channel<AnalysisUpdate>,
) -> Result<String, ErrorView> {
    let desk = Arc::clone(&desk);
    let file = file(&desk, &token)?;
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    begin(&desk, channel, move |workspace: &Workspace, job| {
        let incoming = Incoming { file: &file, labels: &labels, chart: chart.as_deref() };
        exchanged(&app, &window, workspace.import_table(&incoming, &mapping, &worker, job)?)
    })
}

fn exchanged(app: &AppHandle, window: &Window, report: ExchangeReport) -> Result<AnalysisUpdate, WorkspaceError> {
    if let Some(change) = &report.change {
        tell(app, window, change);
    }
    Ok(AnalysisUpdate::Exchanged { report })
}

/// What a chosen table would become; without a mapping one is guessed.
#[tauri::command]
pub(crate) async fn try_table(desk: OnDesk<'_>, token: String, mapping: Option<Mapping>) -> Result<DryRun, ErrorView> {
    let desk = Arc::clone(&desk);
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    blocking(move || {
        let file = file(&desk, &token)?;
        Ok(desk.workspace()?.try_table(&file, mapping.as_ref(), &worker, &Job::unwatched())?)
    })
    .await
}

#[tauri::command]
pub(crate) async fn mappings(desk: OnDesk<'_>) -> Result<Vec<SavedMapping>, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.mappings()?)).await
}

#[tauri::command]
pub(crate) async fn save_mapping(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    name: String,
    mapping: Mapping,
) -> Result<Change, ErrorView> {
    change(app, window, desk, move |workspace| workspace.save_mapping(&name, &mapping)).await
}

#[tauri::command]
pub(crate) async fn drop_mapping(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    mapping: String,
) -> Result<Change, ErrorView> {
    let mapping = parsed("mapping", &mapping)?;
    change(app, window, desk, move |workspace| workspace.drop_mapping(mapping)).await
}

/// Writes a chart, or the whole case, for another program, where the person says. False when the dialog was cancelled.
#[tauri::command]
pub(crate) async fn export_exchange(
    app: AppHandle,
    desk: OnDesk<'_>,
    format: String,
    chart: Option<String>,
) -> Result<bool, ErrorView> {
    let format = self::format(&format)?;
    let chart: Option<ChartId> = chart.as_deref().map(|chart| parsed("chart", chart)).transpose()?;
    let desk = Arc::clone(&desk);
    blocking(move || {
        let workspace = desk.workspace()?;
        let name = format!("koplamp.{}", if format == Format::Ftm { "ftm.json" } else { format.code() });
        let chosen = app.dialog().file().set_file_name(name).blocking_save_file();
        let Some(path) = chosen.and_then(|chosen| chosen.into_path().ok()) else { return Ok(false) };
        workspace.export_exchange(format, chart, &Target::asked(&path))?;
        Ok(true)
    })
    .await
}
