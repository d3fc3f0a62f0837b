//! The glossary: looked up, edited, mapped, answered; senses in documents; files in and out.

use std::collections::BTreeMap;
use std::sync::Arc;

use koplamp_model::{Change, ConceptId, ConceptMappingId, LogEntry, MappingStatus, ReviewVerdict};
use koplamp_workspace::{
    ConceptDraft, ConceptList, ConceptView, GlossaryFormat, GlossaryReport, LookUp, MappingDraft, MappingView,
    OfferView, PageSenses, Target, TextSenses, Worker, WorkspaceError, WrittenText,
};
use serde::{Deserialize, Serialize};
use tauri::ipc::Channel;
use tauri::{AppHandle, Window};
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;

use super::interchange::file;
use super::measures::{AnalysisUpdate, begin};
use super::{MOST_ROWS, OnDesk, change, document, parsed, tell};
use crate::error::{ErrorView, blocking};

/// Most pages whose words are worked out at once: the window asks for what it shows.
const MOST_PAGES: u32 = 50;
/// Most bytes of texts that people wrote whose words are worked out at once.
const MOST_TEXT: usize = 1_000_000;

/// A concept that was kept.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct MadeConcept {
    /// Its id.
    #[ts(type = "string")]
    concept: ConceptId,
    /// What changed.
    change: Change,
}

/// A mapping that was proposed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct MadeMapping {
    /// Its id.
    #[ts(type = "string")]
    mapping: ConceptMappingId,
    /// What changed.
    change: Change,
}

#[tauri::command]
pub(crate) async fn look_up(desk: OnDesk<'_>, word: String, lens: Option<String>) -> Result<LookUp, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.look_up(&word, lens.as_deref())?)).await
}

/// The acts that made or changed a concept, or a term of it.
#[tauri::command]
pub(crate) async fn concept_history(desk: OnDesk<'_>, concept: String) -> Result<Vec<LogEntry>, ErrorView> {
    let (desk, concept) = (Arc::clone(&desk), parsed::<ConceptId>("concept", &concept)?);
    blocking(move || Ok(desk.workspace()?.concept_history(concept)?)).await
}

/// What types and links are called at an organisation, where it has a word of its own.
#[tauri::command]
pub(crate) async fn lens_labels(
    desk: OnDesk<'_>,
    lens: String,
    language: String,
) -> Result<BTreeMap<String, String>, ErrorView> {
    let language = super::chart::language(&language)?;
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.lens_labels(&lens, language)?)).await
}

#[tauri::command]
pub(crate) async fn concept(desk: OnDesk<'_>, concept: String) -> Result<ConceptView, ErrorView> {
    let (desk, concept) = (Arc::clone(&desk), parsed("concept", &concept)?);
    blocking(move || Ok(desk.workspace()?.concept(concept)?)).await
}

#[tauri::command]
pub(crate) async fn concepts(
    desk: OnDesk<'_>,
    text: Option<String>,
    organisation: Option<String>,
    limit: u32,
    offset: u32,
) -> Result<ConceptList, ErrorView> {
    let desk = Arc::clone(&desk);
    let limit = limit.min(MOST_ROWS);
    blocking(move || Ok(desk.workspace()?.concepts(text.as_deref(), organisation.as_deref(), limit, offset)?)).await
}

#[tauri::command]
pub(crate) async fn concept_mappings(
    desk: OnDesk<'_>,
    status: Option<MappingStatus>,
) -> Result<Vec<MappingView>, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.concept_mappings(status)?)).await
}

#[tauri::command]
pub(crate) async fn offered_mappings(desk: OnDesk<'_>) -> Result<Vec<OfferView>, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.offered_mappings()?)).await
}

#[tauri::command]
pub(crate) async fn set_concept(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    draft: ConceptDraft,
) -> Result<MadeConcept, ErrorView> {
    let desk = Arc::clone(&desk);
    let (concept, change) = blocking(move || Ok(desk.workspace()?.set_concept(&draft)?)).await?;
    tell(&app, &window, &change);
    Ok(MadeConcept { concept, change })
}

#[tauri::command]
pub(crate) async fn drop_concept(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    concept: String,
) -> Result<Change, ErrorView> {
    let concept = parsed("concept", &concept)?;
    change(app, window, desk, move |workspace| workspace.drop_concept(concept)).await
}

#[tauri::command]
pub(crate) async fn propose_mapping(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    draft: MappingDraft,
) -> Result<MadeMapping, ErrorView> {
    let desk = Arc::clone(&desk);
    let (mapping, change) = blocking(move || Ok(desk.workspace()?.propose_mapping(&draft)?)).await?;
    tell(&app, &window, &change);
    Ok(MadeMapping { mapping, change })
}

#[tauri::command]
pub(crate) async fn drop_concept_mapping(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    mapping: String,
) -> Result<Change, ErrorView> {
    let mapping = parsed("mapping", &mapping)?;
    change(app, window, desk, move |workspace| workspace.drop_concept_mapping(mapping)).await
}

/// What an organisation says of a mapping; none takes its word back. A dispute says why.
#[tauri::command]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the command")]
pub(crate) async fn review_mapping(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    mapping: String,
    organisation: String,
    verdict: Option<ReviewVerdict>,
    reviewer: Option<String>,
    reason: String,
) -> Result<Change, ErrorView> {
    let mapping = parsed("mapping", &mapping)?;
    if verdict == Some(ReviewVerdict::Dispute) && reason.trim().is_empty() {
        return Err(ErrorView::invalid("reason", "say why it does not hold, so that the other side can answer"));
    }
    change(app, window, desk, move |workspace| {
        workspace.review_mapping(mapping, &organisation, verdict, reviewer.as_deref(), &reason)
    })
    .await
}

#[tauri::command]
pub(crate) async fn page_senses(
    desk: OnDesk<'_>,
    document: String,
    from: u32,
    to: u32,
    lens: Option<String>,
) -> Result<Vec<PageSenses>, ErrorView> {
    let (desk, document) = (Arc::clone(&desk), self::document(&document)?);
    let to = to.min(from.saturating_add(MOST_PAGES - 1));
    blocking(move || Ok(desk.workspace()?.page_senses(document, from, to, lens.as_deref())?)).await
}

/// The words of the glossary in texts that people wrote.
#[tauri::command]
pub(crate) async fn text_senses(
    desk: OnDesk<'_>,
    texts: Vec<WrittenText>,
    lens: Option<String>,
) -> Result<Vec<TextSenses>, ErrorView> {
    let many = texts.len() > MOST_ROWS as usize;
    if many || texts.iter().map(|text| text.text.len()).sum::<usize>() > MOST_TEXT {
        return Err(ErrorView::invalid("texts", format!("at most {MOST_ROWS} texts and {MOST_TEXT} bytes at once")));
    }
    let desk = Arc::clone(&desk);
    blocking(move || Ok(desk.workspace()?.text_senses(&texts, lens.as_deref())?)).await
}

#[tauri::command]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the command")]
pub(crate) async fn fix_sense(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    document: String,
    page: u32,
    start: u32,
    end: u32,
    concept: Option<String>,
) -> Result<Change, ErrorView> {
    let document = self::document(&document)?;
    let concept = concept.as_deref().map(|concept| parsed("concept", concept)).transpose()?;
    change(app, window, desk, move |workspace| workspace.fix_sense(document, page, start, end, concept)).await
}

/// Tells which words of the documents no glossary knows.
#[tauri::command]
pub(crate) async fn start_coverage(
    desk: OnDesk<'_>,
    limit: usize,
    channel: Channel<AnalysisUpdate>,
) -> Result<String, ErrorView> {
    let desk = Arc::clone(&desk);
    begin(&desk, channel, move |workspace, job| {
        Ok(AnalysisUpdate::Coverage { coverage: workspace.coverage(limit.min(MOST_ROWS as usize), job)? })
    })
}

/// Takes in a chosen file of terms.
#[tauri::command]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the command")]
pub(crate) async fn start_glossary_import(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    token: String,
    organisation: String,
    format: Option<String>,
    accept_violations: bool,
    channel: Channel<AnalysisUpdate>,
) -> Result<String, ErrorView> {
    let desk = Arc::clone(&desk);
    let (file, format) = (file(&desk, &token)?, format.as_deref().map(self::format).transpose()?);
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    begin(&desk, channel, move |workspace, job| {
        taken_in(
            &app,
            &window,
            workspace.import_glossary(&file, &organisation, format, accept_violations, &worker, job)?,
        )
    })
}

/// Takes in the glossary that is built in.
#[tauri::command]
pub(crate) async fn start_glossary_seed(
    app: AppHandle,
    window: Window,
    desk: OnDesk<'_>,
    channel: Channel<AnalysisUpdate>,
) -> Result<String, ErrorView> {
    let desk = Arc::clone(&desk);
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    begin(&desk, channel, move |workspace, job| taken_in(&app, &window, workspace.seed_glossary(&worker, job)?))
}

fn taken_in(app: &AppHandle, window: &Window, report: GlossaryReport) -> Result<AnalysisUpdate, WorkspaceError> {
    if let Some(change) = &report.change {
        tell(app, window, change);
    }
    Ok(AnalysisUpdate::Glossary { report })
}

/// Writes the glossary where the person says. False when the dialog was cancelled.
#[tauri::command]
pub(crate) async fn export_glossary(
    app: AppHandle,
    desk: OnDesk<'_>,
    format: String,
    organisation: Option<String>,
) -> Result<bool, ErrorView> {
    let (desk, format) = (Arc::clone(&desk), self::format(&format)?);
    blocking(move || {
        let workspace = desk.workspace()?;
        let ending = match format {
            GlossaryFormat::Turtle => "ttl",
            GlossaryFormat::JsonLd => "jsonld",
            GlossaryFormat::RdfXml => "rdf",
            GlossaryFormat::Csv => "csv",
            GlossaryFormat::Sssom => "sssom.tsv",
        };
        let chosen = app.dialog().file().set_file_name(format!("koplamp.{ending}")).blocking_save_file();
        let Some(path) = chosen.and_then(|chosen| chosen.into_path().ok()) else { return Ok(false) };
        workspace.export_glossary(format, organisation.as_deref(), &Target::asked(&path))?;
        Ok(true)
    })
    .await
}

fn format(code: &str) -> Result<GlossaryFormat, ErrorView> {
    GlossaryFormat::from_code(code)
        .ok_or_else(|| ErrorView::invalid("format", "turtle, jsonld, rdfxml, csv or sssom is expected"))
}
