//! One Tauri command an act, so that permissions mean something. Each checks, calls and converts.

mod case;
mod chart;
mod documents;
mod entities;
mod glossary;
mod import;
mod interchange;
mod measures;
mod start;
mod styles;
mod suggestions;

use std::sync::Arc;

use koplamp_model::{Change, DocumentId};
use koplamp_workspace::{Workspace, WorkspaceError};
use serde::Serialize;
use tauri::ipc::Invoke;
use tauri::{AppHandle, Emitter, State, Wry};

use crate::desk::Desk;
use crate::error::{ErrorView, blocking};

/// The desk as commands get it.
type OnDesk<'a> = State<'a, Arc<Desk>>;

/// Most rows that one call hands over: a list is fetched as it is scrolled.
const MOST_ROWS: u32 = 1_000;
/// Most documents that one call changes.
const MOST_DOCUMENTS: usize = 100_000;

/// All commands.
pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        start::places,
        start::codes,
        start::session,
        start::keychain,
        start::choose_folder,
        start::create_workspace,
        start::open_workspace,
        start::recover_workspace,
        start::change_passphrase,
        start::lock,
        start::active,
        import::choose_import,
        import::start_import,
        import::control_job,
        documents::search,
        documents::export_results,
        documents::documents,
        documents::open_document,
        documents::document_pages,
        documents::export_original,
        documents::rename_document,
        documents::label_documents,
        documents::remove_documents,
        case::undo,
        case::redo,
        case::save_search,
        case::saved_searches,
        case::drop_search,
        case::log_entries,
        case::verify_log,
        case::doctor,
        case::preferences,
        case::keep_preferences,
        entities::schema,
        entities::gradings,
        entities::grading,
        entities::choose_grading,
        entities::entities,
        entities::entity,
        entities::statements_in,
        entities::state_facts,
        entities::withdraw_statements,
        entities::amend_statement,
        entities::merge_entities,
        entities::unmerge_entities,
        entities::distinguish_entities,
        entities::entity_matches,
        entities::choose_photo,
        entities::portrait,
        suggestions::suggestions,
        suggestions::accept_suggestions,
        suggestions::reject_suggestions,
        suggestions::ignore_suggestions,
        chart::charts,
        chart::make_chart,
        chart::snapshot_chart,
        chart::set_chart,
        chart::drop_chart,
        chart::chart_view,
        chart::overlay,
        chart::place_on_chart,
        chart::add_to_chart,
        chart::chart_expansions,
        chart::expand_on_chart,
        chart::arrange_chart,
        chart::export_picture,
        styles::style_sheets,
        styles::make_style_sheet,
        styles::set_style_sheet,
        styles::drop_style_sheet,
        styles::use_style_sheet,
        styles::import_style_sheet,
        styles::export_style_sheet,
        measures::start_measures,
        measures::start_brokers,
        measures::start_key_players,
        measures::start_paths,
        interchange::start_exchange,
        interchange::start_table,
        interchange::try_table,
        interchange::mappings,
        interchange::save_mapping,
        interchange::drop_mapping,
        interchange::export_exchange,
        glossary::look_up,
        glossary::concept_history,
        glossary::lens_labels,
        glossary::concept,
        glossary::concepts,
        glossary::concept_mappings,
        glossary::offered_mappings,
        glossary::set_concept,
        glossary::drop_concept,
        glossary::propose_mapping,
        glossary::drop_concept_mapping,
        glossary::review_mapping,
        glossary::page_senses,
        glossary::text_senses,
        glossary::fix_sense,
        glossary::start_coverage,
        glossary::start_glossary_import,
        glossary::start_glossary_seed,
        glossary::export_glossary,
    ]
}

/// A change and where it was made: a window ignores the echo of its own.
#[derive(Clone, Serialize)]
struct Changed {
    change: Change,
    origin: String,
}

/// Tells all windows of a change.
fn tell(app: &AppHandle, window: &tauri::Window, change: &Change) {
    let changed = Changed { change: change.clone(), origin: window.label().to_owned() };
    // A window that is closing cannot be told, and need not be.
    drop(app.emit("koplamp://changed", changed));
}

/// Does something with the open workspace, and tells all windows what changed.
async fn change(
    app: AppHandle,
    window: tauri::Window,
    desk: OnDesk<'_>,
    act: impl FnOnce(&Workspace) -> Result<Change, WorkspaceError> + Send + 'static,
) -> Result<Change, ErrorView> {
    let desk = Arc::clone(&desk);
    let change = blocking(move || Ok(act(&*desk.workspace()?)?)).await?;
    tell(&app, &window, &change);
    Ok(change)
}

/// An id that the web view names.
fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(field: &str, text: &str) -> Result<T, ErrorView> {
    text.parse().map_err(|error| ErrorView::invalid(field, format!("{error}")))
}

/// Ids that the web view names.
fn parsed_all<T: std::str::FromStr<Err: std::fmt::Display>>(
    field: &str,
    texts: &[String],
) -> Result<Vec<T>, ErrorView> {
    if texts.len() > MOST_DOCUMENTS {
        return Err(ErrorView::invalid(field, format!("at most {MOST_DOCUMENTS} at once")));
    }
    texts.iter().map(|text| parsed(field, text)).collect()
}

fn document(text: &str) -> Result<DocumentId, ErrorView> {
    text.parse().map_err(|error| ErrorView::invalid("document", format!("{error}")))
}

fn documents_of(texts: &[String]) -> Result<Vec<DocumentId>, ErrorView> {
    if texts.len() > MOST_DOCUMENTS {
        return Err(ErrorView::invalid("documents", format!("at most {MOST_DOCUMENTS} at once")));
    }
    texts.iter().map(|text| document(text)).collect()
}
