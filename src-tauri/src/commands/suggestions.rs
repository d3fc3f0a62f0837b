//! Identifiers that were found and wait for a judgement.

use std::sync::Arc;

use koplamp_model::{Change, IdentifierKind, SuggestionId};
use koplamp_workspace::SuggestionList;
use tauri::{AppHandle, Window};

use super::{MOST_ROWS, OnDesk, change, parsed, parsed_all};
use crate::error::{ErrorView, blocking};

#[tauri::command]
pub(crate) async fn suggestions(
    desk: OnDesk<'_>,
    kind: Option<IdentifierKind>,
    limit: u32,
    offset: u32,
) -> Result<SuggestionList, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.suggestions(kind, limit.min(MOST_ROWS), offset)?)).await
}

#[tauri::command]
pub(crate) async fn accept_suggestions(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    suggestions: Vec<String>,
    into: Option<String>,
) -> Result<Change, ErrorView> {
    let suggestions: Vec<SuggestionId> = parsed_all("suggestions", &suggestions)?;
    let into = into.as_deref().map(|into| parsed("into", into)).transpose()?;
    change(app, window, desk, move |workspace| workspace.accept(&suggestions, into)).await
}

#[tauri::command]
pub(crate) async fn reject_suggestions(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    suggestions: Vec<String>,
) -> Result<Change, ErrorView> {
    let suggestions: Vec<SuggestionId> = parsed_all("suggestions", &suggestions)?;
    change(app, window, desk, move |workspace| workspace.reject(&suggestions)).await
}

#[tauri::command]
pub(crate) async fn ignore_suggestions(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    suggestions: Vec<String>,
) -> Result<Change, ErrorView> {
    let suggestions: Vec<SuggestionId> = parsed_all("suggestions", &suggestions)?;
    change(app, window, desk, move |workspace| workspace.never(&suggestions)).await
}
