//! The case as a whole: undo, saved searches, log, health, preferences.

use std::sync::Arc;

use koplamp_model::{Change, LogCheck, SavedSearch};
use koplamp_workspace::{Health, LogPage, Workspace};
use tauri::{AppHandle, Window};

use super::{MOST_ROWS, OnDesk, change};
use crate::error::{ErrorView, blocking};

#[tauri::command]
pub(crate) async fn undo(app: AppHandle, window: Window, desk: OnDesk<'_>) -> Result<Change, ErrorView> {
    change(app, window, desk, Workspace::undo).await
}

#[tauri::command]
pub(crate) async fn redo(app: AppHandle, window: Window, desk: OnDesk<'_>) -> Result<Change, ErrorView> {
    change(app, window, desk, Workspace::redo).await
}

#[tauri::command]
pub(crate) async fn save_search(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    name: String,
    query: String,
) -> Result<Change, ErrorView> {
    change(app, window, desk, move |workspace| workspace.save_search(&name, &query)).await
}

#[tauri::command]
pub(crate) async fn drop_search(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    search: String,
) -> Result<Change, ErrorView> {
    let search = search.parse().map_err(|error| ErrorView::invalid("search", format!("{error}")))?;
    change(app, window, desk, move |workspace| workspace.drop_search(search)).await
}

#[tauri::command]
pub(crate) async fn saved_searches(desk: OnDesk<'_>) -> Result<Vec<SavedSearch>, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.saved_searches()?)).await
}

#[tauri::command]
pub(crate) async fn log_entries(desk: OnDesk<'_>, before: Option<u64>, limit: u32) -> Result<LogPage, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.log(before, limit.min(MOST_ROWS))?)).await
}

#[tauri::command]
pub(crate) async fn verify_log(desk: OnDesk<'_>) -> Result<LogCheck, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.verify_log()?)).await
}

#[tauri::command]
pub(crate) async fn doctor(desk: OnDesk<'_>) -> Result<Health, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.examine()?)).await
}

#[tauri::command]
pub(crate) async fn preferences(desk: OnDesk<'_>) -> Result<Option<String>, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.preferences()?)).await
}

#[tauri::command]
pub(crate) async fn keep_preferences(desk: OnDesk<'_>, preferences: String) -> Result<(), ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.keep_preferences(&preferences)?)).await
}
