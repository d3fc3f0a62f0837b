//! Finding, reading and changing documents.

use std::sync::Arc;

use koplamp_model::{Change, Labels, Page};
use koplamp_workspace::{
    DocumentFilter, DocumentList, DocumentView, Found, ResultFormat, SearchRequest, SenseAsk, Target,
};
use tauri::{AppHandle, Window};
use tauri_plugin_dialog::DialogExt;

use super::{MOST_ROWS, OnDesk, document, documents_of, tell};
use crate::error::{ErrorView, blocking};

#[tauri::command]
pub(crate) async fn search(desk: OnDesk<'_>, mut request: SearchRequest) -> Result<Found, ErrorView> {
    let desk = Arc::clone(&desk);
    request.limit = request.limit.min(MOST_ROWS);
    blocking(move || Ok(desk.workspace()?.search(&request)?)).await
}

/// Writes all that a search finds where the person says. False when the dialog was cancelled.
#[tauri::command]
pub(crate) async fn export_results(
    app: AppHandle,
    desk: OnDesk<'_>,
    request: SearchRequest,
    format: ResultFormat,
    language: String,
) -> Result<bool, ErrorView> {
    let desk = Arc::clone(&desk);
    let language = super::chart::language(&language)?;
    blocking(move || {
        let workspace = desk.workspace()?;
        let name = format!("koplamp-search.{}", format.code());
        let chosen = app.dialog().file().set_file_name(name).blocking_save_file();
        let Some(path) = chosen.and_then(|chosen| chosen.into_path().ok()) else { return Ok(false) };
        workspace.export_search(&request, format, language, &Target::asked(&path))?;
        Ok(true)
    })
    .await
}

#[tauri::command]
pub(crate) async fn documents(
    desk: OnDesk<'_>,
    failed: bool,
    limit: u32,
    offset: u32,
) -> Result<DocumentList, ErrorView> {
    let desk = Arc::clone(&desk);
    let filter = if failed { DocumentFilter::Failed } else { DocumentFilter::All };
    blocking(move || Ok(desk.workspace()?.documents(filter, limit.min(MOST_ROWS), offset)?)).await
}

#[tauri::command]
pub(crate) async fn open_document(
    desk: OnDesk<'_>,
    document: String,
    query: Option<String>,
    senses: Option<SenseAsk>,
) -> Result<DocumentView, ErrorView> {
    let desk = Arc::clone(&desk);
    let document = self::document(&document)?;
    blocking(move || Ok(desk.workspace()?.open_document(document, query.as_deref(), senses.as_ref())?)).await
}

#[tauri::command]
pub(crate) async fn document_pages(
    desk: OnDesk<'_>,
    document: String,
    from: u32,
    to: u32,
) -> Result<Vec<Page>, ErrorView> {
    let desk = Arc::clone(&desk);
    let document = self::document(&document)?;
    let to = to.min(from.saturating_add(MOST_ROWS));
    blocking(move || Ok(desk.workspace()?.pages(document, from, to)?)).await
}

/// Writes the original where the person says. False when the dialog was cancelled.
#[tauri::command]
pub(crate) async fn export_original(app: AppHandle, desk: OnDesk<'_>, document: String) -> Result<bool, ErrorView> {
    let desk = Arc::clone(&desk);
    let document = self::document(&document)?;
    blocking(move || {
        let workspace = desk.workspace()?;
        let found = workspace.document(document)?;
        let name = koplamp_model::Document::file_name(&found.path).to_owned();
        let chosen = app.dialog().file().set_file_name(name).blocking_save_file();
        let Some(path) = chosen.and_then(|chosen| chosen.into_path().ok()) else { return Ok(false) };
        workspace.export_original(document, &Target::asked(&path))?;
        Ok(true)
    })
    .await
}

#[tauri::command]
pub(crate) async fn rename_document(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    document: String,
    title: Option<String>,
) -> Result<Change, ErrorView> {
    let desk = Arc::clone(&desk);
    let document = self::document(&document)?;
    let change = blocking(move || Ok(desk.workspace()?.rename(document, title.as_deref())?)).await?;
    tell(&app, &window, &change);
    Ok(change)
}

#[tauri::command]
pub(crate) async fn label_documents(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    documents: Vec<String>,
    labels: Labels,
) -> Result<Change, ErrorView> {
    let desk = Arc::clone(&desk);
    let documents = documents_of(&documents)?;
    let change = blocking(move || Ok(desk.workspace()?.label(&documents, &labels)?)).await?;
    tell(&app, &window, &change);
    Ok(change)
}

#[tauri::command]
pub(crate) async fn remove_documents(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    documents: Vec<String>,
) -> Result<Change, ErrorView> {
    let desk = Arc::clone(&desk);
    let documents = documents_of(&documents)?;
    let change = blocking(move || Ok(desk.workspace()?.remove(&documents)?)).await?;
    tell(&app, &window, &change);
    Ok(change)
}
