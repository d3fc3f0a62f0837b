//! Statements, entities, and the judgements on them.

use std::sync::Arc;

use koplamp_model::{Change, EntityId, GradingScheme, Schema, Statement, StatementId};
use koplamp_workspace::{
    Amendment, EntityList, EntityQuery, EntityView, Match, Recorded, Stated, Worker, WorkspaceError,
};
use tauri::ipc::Response;
use tauri::{AppHandle, Window};

use super::{MOST_ROWS, OnDesk, change, document, parsed, parsed_all, tell};
use crate::error::{ErrorView, blocking};

/// The types of entity and link.
#[tauri::command]
pub(crate) fn schema() -> Schema {
    koplamp_workspace::schema().clone()
}

/// The schemes by which can be graded.
#[tauri::command]
pub(crate) fn gradings() -> Vec<GradingScheme> {
    koplamp_workspace::gradings().to_vec()
}

/// Code of the scheme by which the open workspace grades.
#[tauri::command]
pub(crate) async fn grading(desk: OnDesk<'_>) -> Result<String, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.grading()?.code.clone())).await
}

#[tauri::command]
pub(crate) async fn choose_grading(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    scheme: String,
) -> Result<Change, ErrorView> {
    change(app, window, desk, move |workspace| workspace.choose_grading(&scheme)).await
}

#[tauri::command]
pub(crate) async fn entities(
    desk: OnDesk<'_>,
    query: EntityQuery,
    limit: u32,
    offset: u32,
) -> Result<EntityList, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.entities(&query, limit.min(MOST_ROWS), offset)?)).await
}

#[tauri::command]
pub(crate) async fn entity(desk: OnDesk<'_>, entity: String) -> Result<EntityView, ErrorView> {
    let desk = Arc::clone(&desk);
    let entity: EntityId = parsed("entity", &entity)?;
    blocking(move || Ok(desk.workspace()?.entity(entity)?)).await
}

#[tauri::command]
pub(crate) async fn statements_in(desk: OnDesk<'_>, document: String) -> Result<Vec<Statement>, ErrorView> {
    let desk = Arc::clone(&desk);
    let document = self::document(&document)?;
    blocking(move || Ok(desk.workspace()?.statements_in(document)?)).await
}

#[tauri::command]
pub(crate) async fn state_facts(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    stated: Stated,
) -> Result<Recorded, ErrorView> {
    let desk = Arc::clone(&desk);
    let recorded = blocking(move || Ok(desk.workspace()?.state(&stated)?)).await?;
    tell(&app, &window, &recorded.change);
    Ok(recorded)
}

#[tauri::command]
pub(crate) async fn withdraw_statements(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    statements: Vec<String>,
) -> Result<Change, ErrorView> {
    let statements: Vec<StatementId> = parsed_all("statements", &statements)?;
    change(app, window, desk, move |workspace| workspace.withdraw(&statements)).await
}

#[tauri::command]
pub(crate) async fn amend_statement(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    statement: String,
    amendment: Amendment,
) -> Result<Change, ErrorView> {
    let statement: StatementId = parsed("statement", &statement)?;
    change(app, window, desk, move |workspace| workspace.amend(statement, &amendment)).await
}

#[tauri::command]
pub(crate) async fn merge_entities(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    entities: Vec<String>,
    reason: String,
) -> Result<Change, ErrorView> {
    let entities: Vec<EntityId> = parsed_all("entities", &entities)?;
    change(app, window, desk, move |workspace| workspace.merge(&entities, &reason)).await
}

#[tauri::command]
pub(crate) async fn unmerge_entities(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    merge: String,
) -> Result<Change, ErrorView> {
    let merge = parsed("merge", &merge)?;
    change(app, window, desk, move |workspace| workspace.unmerge(merge)).await
}

#[tauri::command]
pub(crate) async fn distinguish_entities(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    one: String,
    other: String,
    distinct: bool,
) -> Result<Change, ErrorView> {
    let (one, other) = (parsed("one", &one)?, parsed("other", &other)?);
    change(app, window, desk, move |workspace| workspace.distinguish(one, other, distinct)).await
}

/// Chooses a picture document as the photo of an entity.
#[tauri::command]
pub(crate) async fn choose_photo(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    entity: String,
    document: String,
) -> Result<Change, ErrorView> {
    let (entity, document) = (parsed("entity", &entity)?, super::document(&document)?);
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    change(app, window, desk, move |workspace| workspace.choose_photo(entity, document, &worker)).await
}

/// The portrait of a picture document: the bytes of a small square JPEG that this program encoded.
#[tauri::command]
pub(crate) async fn portrait(desk: OnDesk<'_>, document: String) -> Result<Response, ErrorView> {
    let document = super::document(&document)?;
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    let desk = Arc::clone(&desk);
    blocking(move || Ok(Response::new(desk.workspace()?.portrait(document, &worker)?))).await
}

#[tauri::command]
pub(crate) async fn entity_matches(
    desk: OnDesk<'_>,
    entity: Option<String>,
    limit: u32,
) -> Result<Vec<Match>, ErrorView> {
    let desk = Arc::clone(&desk);
    let entity = entity.as_deref().map(|entity| parsed("entity", entity)).transpose()?;
    blocking(move || Ok(desk.workspace()?.matches(entity, limit.min(MOST_ROWS) as usize)?)).await
}
