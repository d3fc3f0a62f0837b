//! Documents: taking in, listing, reading, finding, changing.

use std::path::{Path, PathBuf};

use koplamp_model::{DocumentId, Kind, Labels, SavedSearchId};
use koplamp_workspace::{
    DocumentFilter, Filters, ImportRequest, Job, KeptMarking, ResultFormat, SearchRequest, Target, Worker, codes,
    select,
};

use serde_json::json;

use super::case::change;
use super::with_workspace;
use crate::arguments::{Common, LabelArguments};
use crate::output::{self, Failed};

pub fn import(common: &Common, folder: &Path, paths: &[PathBuf], labels: &LabelArguments) -> Result<(), Failed> {
    let labels = self::labels(labels)?;
    let request = ImportRequest { files: select(paths)?, labels };
    let worker = Worker::beside_this_program().map_err(koplamp_workspace::WorkspaceError::from)?;
    let quiet = common.json;
    let job = Job::new(move |progress| {
        if !quiet {
            eprintln!(
                "{} of {} files, {} failed, {:.0} a second",
                progress.done, progress.total, progress.failed, progress.rate
            );
        }
    });
    let report = with_workspace(common, folder, |workspace| Ok(workspace.import(&request, &worker, &job)?))?;
    for kept in &report.stricter {
        tell_kept(kept);
    }
    if common.json {
        return output::json(&report);
    }
    if report.raised > 0 {
        let files = output::count(report.raised, "file that was there already is", "files that were there already are");
        output::line(format!("{files} marked more strictly now"))?;
    }
    for failed in &report.failed {
        output::line(format!("not read: {} ({})", failed.path, failed.message))?;
    }
    output::line(format!(
        "{} taken in, {} unchanged, {} not read",
        output::count(report.imported, "document", "documents"),
        report.unchanged,
        report.failed.len()
    ))
}

pub fn list(common: &Common, folder: &Path, failed: bool) -> Result<(), Failed> {
    let filter = if failed { DocumentFilter::Failed } else { DocumentFilter::All };
    let list = with_workspace(common, folder, |workspace| Ok(workspace.documents(filter, u32::MAX, 0)?))?;
    if common.json {
        return output::json(&list);
    }
    for document in list.documents {
        let why = document.failure.map(|failure| format!("  [{}]", failure.message)).unwrap_or_default();
        output::line(format!("{}  {:7}  {}{why}", document.id, document.kind.code(), document.path))?;
    }
    Ok(())
}

pub fn text(common: &Common, folder: &Path, document: &str) -> Result<(), Failed> {
    let document = id(document)?;
    let text = with_workspace(common, folder, |workspace| Ok(workspace.text(document)?))?;
    output::bytes(text.as_bytes())
}

pub fn original(common: &Common, folder: &Path, document: &str) -> Result<(), Failed> {
    let document = id(document)?;
    let bytes = with_workspace(common, folder, |workspace| Ok(workspace.original(document)?))?;
    output::bytes(&bytes)
}

pub fn search(common: &Common, folder: &Path, request: &SearchRequest) -> Result<(), Failed> {
    let found = with_workspace(common, folder, |workspace| Ok(workspace.search(request)?))?;
    if common.json {
        return output::json(&found);
    }
    for hit in &found.hits {
        output::line(format!("{}  {}  ({}, {})", hit.document, hit.title, hit.organisation, hit.path))?;
        for passage in &hit.passages {
            output::line(format!("    p. {}: {}", passage.page, passage.quote.replace('\n', " ")))?;
        }
    }
    if let Some(facets) = &found.facets {
        for (name, counts) in [("organisation", &facets.organisation), ("kind", &facets.kind), ("year", &facets.year)] {
            let counts: Vec<String> = counts.iter().map(|count| format!("{} {}", count.value, count.count)).collect();
            output::line(format!("{name}: {}", counts.join(", ")))?;
        }
    }
    for one in &found.expansions {
        let state = if one.off { ", switched off" } else { "" };
        output::line(format!("{} -> {} ({}{state}): {} documents", one.word, one.term, one.organisation, one.hits))?;
    }
    for one in found.folded.iter().flatten() {
        let documents = output::count(one.hits, "document", "documents");
        output::line(format!(
            "{documents} put aside: {} as {} ({}): {}",
            one.word, one.sense, one.organisation, one.definition
        ))?;
    }
    output::line(output::count(found.total, "document", "documents"))
}

/// Writes all that a search finds to a file.
pub fn export_search(
    common: &Common,
    folder: &Path,
    request: &SearchRequest,
    target: &Target<'_>,
    language: &str,
) -> Result<(), Failed> {
    let to = target.path;
    let ending = to.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let format = ResultFormat::from_code(&ending)
        .ok_or_else(|| Failed::Usage(format!("{}: the file ends in .csv or .json", to.display())))?;
    let language = super::chart::language(language)?;
    let documents =
        with_workspace(common, folder, |workspace| Ok(workspace.export_search(request, format, language, target)?))?;
    if common.json {
        return output::json(&json!({ "file": to, "format": format, "documents": documents }));
    }
    output::line(format!("{} written to {}", output::count(documents, "document", "documents"), to.display()))
}

pub fn filters(organisation: &[String], kind: &[String], year: &[u32]) -> Result<Filters, Failed> {
    let kind = kind
        .iter()
        .map(|code| match Kind::from_code(code) {
            Kind::Unknown if code != "unknown" => Err(Failed::Usage(format!("'{code}' is not a kind of document"))),
            kind => Ok(kind),
        })
        .collect::<Result<_, _>>()?;
    let organisation = organisation
        .iter()
        .map(|text| codes().organisation(text).map_err(|error| Failed::Usage(error.to_string())))
        .collect::<Result<_, _>>()?;
    Ok(Filters { organisation, kind, year: year.to_vec() })
}

pub fn rename(common: &Common, folder: &Path, document: &str, title: Option<&str>) -> Result<(), Failed> {
    let document = id(document)?;
    change(common, folder, "Renamed", |workspace| workspace.rename(document, title))
}

pub fn label(common: &Common, folder: &Path, documents: &[String], labels: &LabelArguments) -> Result<(), Failed> {
    let documents = ids(documents)?;
    let labels = self::labels(labels)?;
    change(common, folder, "Labelled", |workspace| workspace.label(&documents, &labels))
}

pub fn remove(common: &Common, folder: &Path, documents: &[String]) -> Result<(), Failed> {
    let documents = ids(documents)?;
    change(common, folder, "Removed", |workspace| workspace.remove(&documents))
}

pub fn searches(common: &Common, folder: &Path, save: Option<&[String]>, drop: Option<&str>) -> Result<(), Failed> {
    if let Some([name, query]) = save {
        return change(common, folder, "Kept", |workspace| workspace.save_search(name, query));
    }
    if let Some(search) = drop {
        let search: SavedSearchId = search.parse().map_err(|error| Failed::Usage(format!("{error}")))?;
        return change(common, folder, "Dropped", |workspace| workspace.drop_search(search));
    }
    let searches = with_workspace(common, folder, |workspace| Ok(workspace.saved_searches()?))?;
    if common.json {
        return output::json(&searches);
    }
    for search in searches {
        output::line(format!("{}  {}: {}", search.id, search.name, search.query))?;
    }
    Ok(())
}

pub fn id(text: &str) -> Result<DocumentId, Failed> {
    text.parse().map_err(|error| Failed::Usage(format!("{error}")))
}

fn ids(texts: &[String]) -> Result<Vec<DocumentId>, Failed> {
    texts.iter().map(|text| id(text)).collect()
}

/// Tells that a document that was there already stays under the stricter marking that it had.
pub fn tell_kept(kept: &KeptMarking) {
    let (path, marking) = (output::harmless(&kept.path), output::harmless(&kept.marking));
    eprintln!(
        "koplamp: {path} is there already and stays under its stricter marking '{marking}'; `koplamp label` changes that (document {})",
        kept.document
    );
}

/// Labels as they will be kept; a code that no list has is told, because it may be a slip.
pub fn labels(arguments: &LabelArguments) -> Result<Labels, Failed> {
    let LabelArguments { organisation, source, purpose, marking, handling } = arguments;
    let labels = Labels {
        organisation: organisation.clone(),
        source: source.clone(),
        purpose: purpose.clone(),
        marking: marking.clone(),
        handling: handling.clone(),
    };
    let labels = labels.checked(codes()).map_err(|error| Failed::Usage(error.to_string()))?;
    for (list, code) in labels.unlisted(codes()) {
        eprintln!("koplamp: warning: '{code}' is not in this version's list for {list}; it is kept as it is");
    }
    Ok(labels)
}
