//! Measures of charts, as jobs: each tells how far it is, can be cancelled, and ends with its result.

use std::sync::Arc;
use std::thread;

use koplamp_model::{ChartId, DocumentId};
use koplamp_workspace::{
    BrokerRanking, Convention, Coverage, ExchangeReport, GlossaryReport, ImportProgress, Job, KeyPlayers, Measures,
    PathRequest, PathsFound, Workspace, WorkspaceError,
};
use serde::Serialize;
use tauri::ipc::Channel;
use ts_rs::TS;

use super::{OnDesk, parsed};
use crate::desk::Desk;
use crate::error::ErrorView;

/// What such a job tells.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "update", rename_all = "snake_case")]
#[ts(export)]
pub(crate) enum AnalysisUpdate {
    /// How far it is: `done` of `total`.
    Progress {
        /// How far.
        progress: ImportProgress,
    },
    /// Measures.
    Measures {
        /// The result.
        measures: Measures,
    },
    /// A ranking of brokers.
    Brokers {
        /// The result.
        ranking: BrokerRanking,
    },
    /// Key players.
    KeyPlayers {
        /// The result.
        players: KeyPlayers,
    },
    /// Paths.
    Paths {
        /// The result.
        found: PathsFound,
    },
    /// A file of another program came in.
    Exchanged {
        /// The result.
        report: ExchangeReport,
    },
    /// A file of terms came in, or was refused.
    Glossary {
        /// The result.
        report: GlossaryReport,
    },
    /// What the glossary covers of the documents.
    Coverage {
        /// The result.
        coverage: Coverage,
    },
    /// It could not go on, or was cancelled.
    Failed {
        /// Why.
        error: ErrorView,
    },
}

fn chart_of(text: Option<&str>) -> Result<Option<ChartId>, ErrorView> {
    text.map(|text| parsed("chart", text)).transpose()
}

/// Begins a job and gives its name.
pub(super) fn begin(
    desk: &Arc<Desk>,
    channel: Channel<AnalysisUpdate>,
    work: impl FnOnce(&Workspace, &Job) -> Result<AnalysisUpdate, WorkspaceError> + Send + 'static,
) -> Result<String, ErrorView> {
    let workspace = desk.workspace()?;
    let told = channel.clone();
    // A window that is gone cannot be told; the job goes on.
    let job = Arc::new(Job::new(move |progress| {
        drop(told.send(AnalysisUpdate::Progress { progress: progress.clone() }));
    }));
    let name = DocumentId::random().to_string();
    desk.jobs().insert(name.clone(), Arc::clone(&job));
    let (running, own) = (Arc::clone(desk), name.clone());
    thread::spawn(move || {
        let update = work(&workspace, &job).unwrap_or_else(|error| AnalysisUpdate::Failed { error: error.into() });
        drop(workspace);
        running.jobs().remove(&own);
        drop(channel.send(update));
    });
    Ok(name)
}

#[tauri::command]
pub(crate) async fn start_measures(
    desk: OnDesk<'_>,
    chart: Option<String>,
    convention: Convention,
    channel: Channel<AnalysisUpdate>,
) -> Result<String, ErrorView> {
    let chart = chart_of(chart.as_deref())?;
    let desk = Arc::clone(&desk);
    begin(&desk, channel, move |workspace, job| {
        Ok(AnalysisUpdate::Measures { measures: workspace.measures(chart, convention, job)? })
    })
}

#[tauri::command]
pub(crate) async fn start_brokers(
    desk: OnDesk<'_>,
    chart: Option<String>,
    players: u32,
    channel: Channel<AnalysisUpdate>,
) -> Result<String, ErrorView> {
    let chart = chart_of(chart.as_deref())?;
    let desk = Arc::clone(&desk);
    begin(&desk, channel, move |workspace, job| {
        Ok(AnalysisUpdate::Brokers { ranking: workspace.brokers(chart, players as usize, job)? })
    })
}

#[tauri::command]
pub(crate) async fn start_key_players(
    desk: OnDesk<'_>,
    chart: Option<String>,
    players: u32,
    types: Vec<String>,
    channel: Channel<AnalysisUpdate>,
) -> Result<String, ErrorView> {
    let chart = chart_of(chart.as_deref())?;
    let desk = Arc::clone(&desk);
    begin(&desk, channel, move |workspace, job| {
        Ok(AnalysisUpdate::KeyPlayers { players: workspace.key_players(chart, players as usize, &types, job)? })
    })
}

#[tauri::command]
pub(crate) async fn start_paths(
    desk: OnDesk<'_>,
    chart: Option<String>,
    request: PathRequest,
    channel: Channel<AnalysisUpdate>,
) -> Result<String, ErrorView> {
    let chart = chart_of(chart.as_deref())?;
    let desk = Arc::clone(&desk);
    begin(&desk, channel, move |workspace, job| {
        Ok(AnalysisUpdate::Paths { found: workspace.paths(chart, &request, job)? })
    })
}
