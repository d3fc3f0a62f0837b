//! Taking files in.

use std::sync::Arc;
use std::thread;

use koplamp_model::{Change, DocumentId, Labels};
use koplamp_workspace::{
    ErrorCode, ImportProgress, ImportReport, ImportRequest, Job, Worker, Workspace, WorkspaceError,
};
use serde::{Deserialize, Serialize};
use tauri::ipc::Channel;
use tauri::{AppHandle, Window};
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;

use super::{OnDesk, tell};
use crate::error::{ErrorView, blocking};
use crate::selection::Selection;

/// What a job tells while it runs and when it ends.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "update", rename_all = "snake_case")]
#[ts(export)]
pub(crate) enum JobUpdate {
    /// How far it is.
    Progress {
        /// How far.
        progress: ImportProgress,
    },
    /// It came to its end, or was cancelled.
    Finished {
        /// What it did.
        report: ImportReport,
    },
    /// It could not go on.
    Failed {
        /// Why.
        error: ErrorView,
    },
}

#[tauri::command]
pub(crate) async fn choose_import(
    app: AppHandle,
    desk: OnDesk<'_>,
    what: String,
) -> Result<Option<Selection>, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || {
        desk.workspace()?;
        let dialog = app.dialog().file();
        let chosen = match what.as_str() {
            "files" => dialog.blocking_pick_files(),
            "folder" => dialog.blocking_pick_folders(),
            _ => return Err(ErrorView::invalid("what", "files or folder is expected")),
        };
        let paths = chosen.unwrap_or_default().into_iter().filter_map(|path| path.into_path().ok()).collect();
        Ok(desk.selections().keep(paths))
    })
    .await
}

#[tauri::command]
pub(crate) async fn start_import(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    token: String,
    labels: Labels,
    channel: Channel<JobUpdate>,
) -> Result<String, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || {
        let workspace = desk.workspace()?;
        let labels = labels.checked(koplamp_workspace::codes()).map_err(WorkspaceError::from)?;
        let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
        let paths = desk.selections().take(&token).ok_or_else(|| {
            ErrorView::new(ErrorCode::SelectionGone, "these files were imported or forgotten already")
        })?;
        let request = ImportRequest { files: koplamp_workspace::select(&paths)?, labels };
        let told = channel.clone();
        // A window that is gone cannot be told how far the import is; the import goes on.
        let job = Arc::new(Job::new(move |progress| {
            drop(told.send(JobUpdate::Progress { progress: progress.clone() }));
        }));
        let id = DocumentId::random().to_string();
        desk.jobs().insert(id.clone(), Arc::clone(&job));
        let (running, name) = (Arc::clone(&desk), id.clone());
        thread::spawn(move || {
            let update = match workspace.import(&request, &worker, &job) {
                Ok(report) => {
                    if let Some(change) = change(&workspace, &report) {
                        tell(&app, &window, &change);
                    }
                    JobUpdate::Finished { report }
                }
                Err(error) => JobUpdate::Failed { error: error.into() },
            };
            // The workspace is let go before the end is told: who hears it may lock at once.
            drop(workspace);
            running.jobs().remove(&name);
            drop(channel.send(update));
        });
        Ok(id)
    })
    .await
}

/// What an import changed; none when nothing came in.
fn change(workspace: &Workspace, report: &ImportReport) -> Option<Change> {
    let act = workspace.summary().ok()?.undo?;
    let imported = report.documents.iter().map(|document| document.id);
    let documents: Vec<_> = imported.chain(report.failed.iter().filter_map(|failed| failed.document)).collect();
    (!documents.is_empty()).then_some(Change {
        act,
        documents,
        searches: false,
        entities: Vec::new(),
        charts: Vec::new(),
        suggestions: true,
        styles: false,
        glossary: false,
    })
}

#[tauri::command]
pub(crate) fn control_job(desk: OnDesk<'_>, job: String, act: String) -> Result<(), ErrorView> {
    let jobs = desk.jobs();
    let job = jobs.get(&job).ok_or_else(|| ErrorView::new(ErrorCode::JobNotFound, "this job has ended"))?;
    match act.as_str() {
        "pause" => job.pause(),
        "resume" => job.resume(),
        "cancel" => job.cancel(),
        _ => return Err(ErrorView::invalid("act", "pause, resume or cancel is expected")),
    }
    Ok(())
}
