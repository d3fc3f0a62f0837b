//! Charts: making and arranging them, and what is drawn.

use std::sync::Arc;

use koplamp_model::{Change, Chart, ChartId, ChartSettings, DocumentId, EntityId, Placement};
use koplamp_workspace::{
    Arrangement, ChartView, Expansion, Language, Overlaid, Overlay, PictureFormat, PictureRequest, Target, Worker,
    WorkspaceError,
};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Window};
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;

use super::{OnDesk, change, documents_of, parsed, parsed_all, tell};
use crate::error::{ErrorView, blocking};

/// A chart that was just made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct MadeChart {
    /// The chart.
    #[ts(type = "string")]
    pub chart: ChartId,
    /// What changed.
    pub change: Change,
}

pub(super) fn language(code: &str) -> Result<Language, ErrorView> {
    match code {
        "nl" => Ok(Language::Nl),
        "en" => Ok(Language::En),
        _ => Err(ErrorView::invalid("language", "nl or en is expected")),
    }
}

fn chart_id(text: &str) -> Result<ChartId, ErrorView> {
    parsed("chart", text)
}

#[tauri::command]
pub(crate) async fn charts(desk: OnDesk<'_>) -> Result<Vec<Chart>, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.charts()?)).await
}

#[tauri::command]
pub(crate) async fn make_chart(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    name: String,
    entities: Vec<String>,
) -> Result<MadeChart, ErrorView> {
    let entities: Vec<EntityId> = parsed_all("entities", &entities)?;
    let desk = Arc::clone(&desk);
    let (chart, change) = blocking(move || Ok(desk.workspace()?.make_chart(&name, &entities)?)).await?;
    tell(&app, &window, &change);
    Ok(MadeChart { chart, change })
}

#[tauri::command]
pub(crate) async fn snapshot_chart(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    chart: String,
    name: String,
) -> Result<MadeChart, ErrorView> {
    let chart = chart_id(&chart)?;
    let desk = Arc::clone(&desk);
    let (chart, change) = blocking(move || Ok(desk.workspace()?.snapshot_chart(chart, &name)?)).await?;
    tell(&app, &window, &change);
    Ok(MadeChart { chart, change })
}

#[tauri::command]
pub(crate) async fn set_chart(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    chart: String,
    name: String,
    settings: ChartSettings,
) -> Result<Change, ErrorView> {
    let chart = chart_id(&chart)?;
    change(app, window, desk, move |workspace| workspace.set_chart(chart, &name, &settings)).await
}

#[tauri::command]
pub(crate) async fn drop_chart(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    chart: String,
) -> Result<Change, ErrorView> {
    let chart = chart_id(&chart)?;
    change(app, window, desk, move |workspace| workspace.drop_chart(chart)).await
}

/// What is drawn of a chart, in the words of the organisation `lens`. `brush` is a period of days since 1970-01-01: what lies outside is faint.
#[tauri::command]
pub(crate) async fn chart_view(
    desk: OnDesk<'_>,
    chart: String,
    language: String,
    brush: Option<(i32, i32)>,
    lens: Option<String>,
) -> Result<ChartView, ErrorView> {
    let (chart, language) = (chart_id(&chart)?, self::language(&language)?);
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.chart_view(chart, language, lens.as_deref(), brush)?)).await
}

/// Which entities and links of a chart an overlay picks.
#[tauri::command]
pub(crate) async fn overlay(desk: OnDesk<'_>, chart: String, overlay: Overlay) -> Result<Overlaid, ErrorView> {
    let chart = chart_id(&chart)?;
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.overlay(Some(chart), &overlay)?)).await
}

#[tauri::command]
pub(crate) async fn place_on_chart(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    chart: String,
    placed: Vec<Placement>,
    taken: Vec<String>,
) -> Result<Change, ErrorView> {
    let (chart, taken) = (chart_id(&chart)?, parsed_all::<EntityId>("taken", &taken)?);
    change(app, window, desk, move |workspace| workspace.place(chart, &placed, &taken)).await
}

/// Puts entities, and all that was stated from these documents, on a chart.
#[tauri::command]
pub(crate) async fn add_to_chart(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    chart: String,
    entities: Vec<String>,
    documents: Vec<String>,
    at: Option<(i32, i32)>,
) -> Result<Change, ErrorView> {
    let chart = chart_id(&chart)?;
    let mut entities: Vec<EntityId> = parsed_all("entities", &entities)?;
    let documents: Vec<DocumentId> = documents_of(&documents)?;
    change(app, window, desk, move |workspace| {
        entities.extend(workspace.entities_in(&documents)?);
        workspace.add_to_chart(chart, &entities, at)
    })
    .await
}

#[tauri::command]
pub(crate) async fn chart_expansions(
    desk: OnDesk<'_>,
    chart: String,
    entity: String,
) -> Result<Vec<Expansion>, ErrorView> {
    let (chart, entity) = (chart_id(&chart)?, parsed("entity", &entity)?);
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.expansions(chart, entity)?)).await
}

/// `by` are pairs of a type of link and a type of entity; none are all.
#[tauri::command]
pub(crate) async fn expand_on_chart(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    chart: String,
    entity: String,
    by: Vec<(String, String)>,
    limit: u32,
) -> Result<Change, ErrorView> {
    let (chart, entity) = (chart_id(&chart)?, parsed("entity", &entity)?);
    change(app, window, desk, move |workspace| workspace.expand(chart, entity, &by, limit)).await
}

/// Where everything would stand; nothing is kept.
#[tauri::command]
pub(crate) async fn arrange_chart(
    desk: OnDesk<'_>,
    chart: String,
    arrangement: Arrangement,
) -> Result<Vec<Placement>, ErrorView> {
    let chart = chart_id(&chart)?;
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.arrange(chart, &arrangement)?)).await
}

/// Writes a picture of a chart where the person says. Gives the characters that are an empty box in it; none when the dialog was cancelled.
#[tauri::command]
pub(crate) async fn export_picture(
    app: AppHandle,
    desk: OnDesk<'_>,
    chart: String,
    format: PictureFormat,
    selection: Vec<String>,
    language: String,
    lens: Option<String>,
) -> Result<Option<String>, ErrorView> {
    let (chart, language) = (chart_id(&chart)?, self::language(&language)?);
    let selection: Vec<EntityId> = parsed_all("selection", &selection)?;
    let desk = Arc::clone(&desk);
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    blocking(move || {
        let workspace = desk.workspace()?;
        let name = workspace.charts()?.into_iter().find(|found| found.id == chart).map(|found| found.name);
        let name = format!("{}.{}", name.unwrap_or_default().replace(['/', '\\'], "-"), format.code());
        let chosen = app.dialog().file().set_file_name(name).blocking_save_file();
        let Some(path) = chosen.and_then(|chosen| chosen.into_path().ok()) else { return Ok(None) };
        let request = PictureRequest { chart, format, selection: &selection, language, lens: lens.as_deref() };
        Ok(Some(workspace.picture(request, &Target::asked(&path), &worker)?))
    })
    .await
}
