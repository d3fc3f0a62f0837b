//! What a workspace answers, question by question, so that the answers of two workspaces can be compared.

use std::collections::BTreeMap;
use std::path::Path;

use koplamp_model::DocumentId;
use koplamp_workspace::{
    DeviceSecretSource, DocumentFilter, EntityQuery, ErrorCode, KdfParameters, Language, NewWorkspace, Notice,
    SearchRequest, Unlock, Workspace, WorkspaceError,
};
use serde_json::{Value, json};

use crate::case::PASSPHRASE;
use crate::snapshot::sha256;

/// Makes a workspace that costs next to nothing to open.
///
/// # Errors
/// As [`Workspace::create_with`].
pub fn create(folder: &Path, device_secret: &Path) -> Result<Workspace, WorkspaceError> {
    let new = NewWorkspace {
        name: "Proefzaak",
        organisation: "politie",
        person: "A. de Tester",
        passphrase: PASSPHRASE,
        device_secret: &DeviceSecretSource::File(device_secret.to_owned()),
    };
    Workspace::create_with(folder, &new, KdfParameters::weak_for_tests()).map(|created| created.workspace)
}

/// Opens a workspace.
///
/// # Errors
/// As [`Workspace::open`].
pub fn open(folder: &Path, device_secret: &Path, passphrase: &str) -> Result<Workspace, WorkspaceError> {
    let device_secret = DeviceSecretSource::File(device_secret.to_owned());
    Workspace::open(folder, &Unlock { passphrase, device_secret: &device_secret, accept_older_copy: false })
}

/// What a person changes and sees in lists: documents, saved searches, statements by entity, charts with what stands where.
///
/// # Errors
/// When the database cannot be read.
pub fn lists(workspace: &Workspace) -> Result<Value, WorkspaceError> {
    let mut documents = workspace.documents(DocumentFilter::All, u32::MAX, 0)?.documents;
    documents.sort_by_key(|document| document.id);
    let all = EntityQuery { links: true, ..EntityQuery::default() };
    let mut statements = BTreeMap::new();
    for entity in workspace.entities(&all, u32::MAX, 0)?.entities {
        let view = workspace.entity(entity.id)?;
        statements
            .insert(entity.id.to_string(), json!({ "line": entity, "says": view.statements, "merges": view.merges }));
    }
    let mut charts = BTreeMap::new();
    for chart in workspace.charts()? {
        let (id, view) = (chart.id, workspace.chart_view(chart.id, Language::Nl, None, None)?);
        charts.insert(id.to_string(), json!({ "chart": chart, "placed": view.placements, "scene": view.scene }));
    }
    let waiting = workspace.suggestions(None, 0, 0)?.counts;
    Ok(json!({
        "documents": documents,
        "searches": workspace.saved_searches()?,
        "statements": statements,
        "charts": charts,
        "suggestions": waiting,
        "grading": workspace.grading()?.code,
        "mappings": workspace.mappings()?,
        "concepts": workspace.concepts(None, None, u32::MAX, 0)?.concepts,
        "concept_mappings": workspace.concept_mappings(None)?,
    }))
}

/// The answer to one question, or why there is none.
pub type Answer = Result<Value, (ErrorCode, String)>;

/// Answers by question.
pub type Answers = BTreeMap<String, Answer>;

/// Asks everything: lists, all texts and originals, these searches, and the check of the log. Documents are asked for by the ids given,
/// so that one that is missing is an answer, too.
pub fn ask(workspace: &Workspace, documents: &[DocumentId], queries: &[&str]) -> Answers {
    let mut answers = Answers::new();
    let mut keep = |question: String, answer: Result<Value, WorkspaceError>| {
        answers.insert(question, answer.map_err(|error| (error.code(), error.to_string())));
    };
    keep("lists".into(), lists(workspace));
    keep("failures".into(), failures(workspace));
    for document in documents {
        keep(format!("text of {document}"), workspace.text(*document).map(|text| Value::from(described(&text))));
        let original = workspace.original(*document);
        keep(format!("original of {document}"), original.map(|bytes| Value::from(sha256(&bytes))));
    }
    for query in queries {
        keep(format!("search {query}"), search(workspace, query));
    }
    keep("log".into(), workspace.verify_log().map(|check| json!({ "ok": check.ok, "broken": check.broken })));
    answers
}

/// A text in one line: its length, its digest, and how it ends.
fn described(text: &str) -> String {
    let end: String = text.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    format!("{} bytes, {}, ends {end:?}", text.len(), sha256(text.as_bytes()))
}

fn failures(workspace: &Workspace) -> Result<Value, WorkspaceError> {
    let failed = workspace.documents(DocumentFilter::Failed, u32::MAX, 0)?;
    Ok(json!(failed.documents.iter().map(|document| document.id).collect::<Vec<_>>()))
}

/// What a search finds. Not the scores: an index that was made again weighs words a little differently, because it holds no removed
/// documents any more.
fn search(workspace: &Workspace, query: &str) -> Result<Value, WorkspaceError> {
    let found = workspace.search(&SearchRequest {
        query: query.to_owned(),
        limit: 1_000,
        facets: true,
        ..SearchRequest::default()
    })?;
    let hits: BTreeMap<String, Value> =
        found.hits.iter().map(|hit| (hit.document.to_string(), json!(hit.passages))).collect();
    Ok(json!({ "total": found.total, "hits": hits, "facets": found.facets }))
}

/// Whether the user was told that the index has been made again.
///
/// # Errors
/// When the database cannot be read.
pub fn index_was_rebuilt(workspace: &Workspace) -> Result<bool, WorkspaceError> {
    let notices = workspace.summary()?.notices;
    Ok(notices.iter().any(|notice| matches!(notice, Notice::IndexRebuilt { .. })))
}
