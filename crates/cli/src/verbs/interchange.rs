//! Other programs' files, in and out.

use std::path::Path;

use koplamp_model::{Labels, Mapping};
use koplamp_workspace::{ExchangeReport, ExportReport, Format, Incoming, Target, Worker, Workspace, WorkspaceError};
use serde_json::json;

use super::chart::{job, named};
use super::documents::{labels, tell_kept};
use super::with_workspace;
use crate::arguments::{Common, InterchangeAct, LabelArguments};
use crate::output::{self, Failed};

pub fn interchange(common: &Common, folder: &Path, act: &InterchangeAct) -> Result<(), Failed> {
    match act {
        InterchangeAct::Import { file, format, chart, labels } => {
            let format = format.as_deref().map(self::format).transpose()?;
            import(common, folder, labels, file, chart.as_deref(), |workspace, incoming, worker| {
                workspace.import_exchange(incoming, format, worker, &job(common))
            })
        }
        InterchangeAct::Export { file, format, chart, overwrite } => {
            let format = self::format(format)?;
            let target = Target { path: file, overwrite: *overwrite };
            let report = with_workspace(common, folder, |workspace| {
                Ok(workspace.export_exchange(format, named(workspace, chart.as_deref())?, &target)?)
            })?;
            let ExportReport { files, entities, links } = report;
            if common.json {
                return output::json(
                    &json!({ "file": file, "files": files, "format": format, "entities": entities, "links": links }),
                );
            }
            let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
            output::line(format!(
                "{}, {} written to {}",
                output::count(entities, "entity", "entities"),
                output::count(links, "link", "links"),
                files.join(" and ")
            ))
        }
        InterchangeAct::Table { file, mapping, dry_run, save, chart, labels } => {
            let given = mapping.as_deref();
            if *dry_run {
                let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
                let tried = with_workspace(common, folder, |workspace| {
                    let mapping = given.map(|given| self::mapping(workspace, given)).transpose()?;
                    Ok(workspace.try_table(file, mapping.as_ref(), &worker, &job(common))?)
                })?;
                if tried.guessed {
                    tell_guess(&tried.mapping);
                }
                return output::json(&tried);
            }
            import(common, folder, labels, file, chart.as_deref(), |workspace, incoming, worker| {
                let mapping = match given {
                    Some(given) => self::mapping(workspace, given)?,
                    None => {
                        let guess = workspace.try_table(file, None, worker, &job(common))?.mapping;
                        tell_guess(&guess);
                        guess
                    }
                };
                if let Some(name) = save {
                    workspace.save_mapping(name, &mapping)?;
                }
                workspace.import_table(incoming, &mapping, worker, &job(common))
            })
        }
    }
}

fn import(
    common: &Common,
    folder: &Path,
    given: &LabelArguments,
    file: &Path,
    chart: Option<&str>,
    act: impl FnOnce(&Workspace, &Incoming<'_>, &Worker) -> Result<ExchangeReport, WorkspaceError>,
) -> Result<(), Failed> {
    let labels: Labels = labels(given)?;
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    let incoming = Incoming { file, labels: &labels, chart };
    let report = with_workspace(common, folder, |workspace| Ok(act(workspace, &incoming, &worker)?))?;
    if let Some(kept) = &report.stricter {
        tell_kept(kept);
    }
    if report.raised {
        eprintln!("koplamp: the file was there already; it is marked more strictly now");
    }
    if common.json {
        let ExchangeReport { entities, links, merged, rejected, .. } = report;
        return output::json(&json!({ "entities": entities, "links": links, "merged": merged, "rejected": rejected }));
    }
    for rejected in &report.rejected {
        output::line(format!("line {}: {}", rejected.line, rejected.reason))?;
    }
    if report.restored > 0 {
        let statements = output::count(report.restored, "statement that had been", "statements that had been");
        output::line(format!("{statements} withdrawn came back"))?;
    }
    output::line(format!(
        "{}, {}, {} rejected",
        output::count(report.entities, "entity", "entities"),
        output::count(report.links, "link", "links"),
        report.rejected.len()
    ))
}

fn format(code: &str) -> Result<Format, Failed> {
    Format::from_code(code)
        .ok_or_else(|| Failed::Usage(format!("'{code}' is no format: ftm, graphml, gexf, csv or anx is expected")))
}

/// Says what was guessed of a table, which way its links go above all, and how to say otherwise.
fn tell_guess(mapping: &Mapping) {
    let columns = |name: &str| {
        let entity = mapping.entities.iter().find(|entity| entity.name == name);
        entity.map(|entity| entity.key.join("', '")).unwrap_or_default()
    };
    for entity in &mapping.entities {
        let text = format!("guessed: '{}' tells one {} from another", entity.key.join("', '"), entity.kind);
        eprintln!("koplamp: {}", output::harmless(&text));
    }
    for link in &mapping.links {
        let mut text = format!(
            "guessed: each row is a {} from '{}' to '{}'",
            link.kind,
            columns(&link.source),
            columns(&link.target)
        );
        if let Some(reversed) = &link.reversed {
            let values = reversed.values.iter().map(|value| match value.as_str() {
                "+" => "has no minus".to_owned(),
                "-" => "has a minus".to_owned(),
                word => format!("is {word}"),
            });
            let values: Vec<String> = values.collect();
            text.push_str(&format!(", and the other way round where '{}' {}", reversed.column, values.join(" or ")));
        }
        eprintln!("koplamp: {}", output::harmless(&text));
    }
    eprintln!("koplamp: when that is not so, take the mapping of --dry-run, mend it, and give it with --mapping");
}

/// The saved mapping of this name, else the one in this file.
fn mapping(workspace: &Workspace, given: &str) -> Result<Mapping, WorkspaceError> {
    let saved = workspace.mappings()?.into_iter().find(|saved| saved.name == given);
    if let Some(saved) = saved {
        return Ok(saved.mapping);
    }
    let wrong = |message| WorkspaceError::Invalid { field: "mapping", message };
    let bytes = std::fs::read(given)
        .map_err(|error| wrong(format!("'{given}' is neither a saved mapping nor a file that can be read: {error}")))?;
    serde_json::from_slice(&bytes).map_err(|error| wrong(format!("{given} is not a mapping: {error}")))
}
