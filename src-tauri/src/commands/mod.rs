//! One Tauri command an act, so that permissions mean something. Each checks, calls and converts.

mod case;
mod documents;
mod import;
mod start;

use std::sync::Arc;

use koplamp_model::{Change, DocumentId};
use serde::Serialize;
use tauri::ipc::Invoke;
use tauri::{AppHandle, Emitter, State, Wry};

use crate::desk::Desk;
use crate::error::ErrorView;

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

fn document(text: &str) -> Result<DocumentId, ErrorView> {
    text.parse().map_err(|error| ErrorView::invalid("document", format!("{error}")))
}

fn documents_of(texts: &[String]) -> Result<Vec<DocumentId>, ErrorView> {
    if texts.len() > MOST_DOCUMENTS {
        return Err(ErrorView::invalid("documents", format!("at most {MOST_DOCUMENTS} at once")));
    }
    texts.iter().map(|text| document(text)).collect()
}
