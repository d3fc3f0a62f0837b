//! Statements, entities, suggestions, and judgements on them.

use std::path::Path;

use koplamp_model::{DocumentId, IdentifierKind, MergeId, Statement, SuggestionId, Value};
use koplamp_workspace::{EntityQuery, Script, Worker, Workspace, WorkspaceError};
use serde_json::json;

use super::case::change;
use super::with_workspace;
use crate::arguments::Common;
use crate::output::{self, Failed};

pub fn record(common: &Common, folder: &Path, file: &Path, merges: bool, chart: Option<&str>) -> Result<(), Failed> {
    let text =
        std::fs::read(file).map_err(|error| Failed::Refused(format!("could not read {}: {error}", file.display())))?;
    let script: Script = serde_json::from_slice(&text)
        .map_err(|error| Failed::Refused(format!("{} is not a file of statements: {error}", file.display())))?;
    let report = with_workspace(common, folder, |workspace| {
        // Nothing is recorded for a chart that cannot be made.
        chart.map(Workspace::check_chart_name).transpose()?;
        let report = workspace.record(&script, merges)?;
        if let Some(name) = chart {
            let all = workspace.entities(&EntityQuery::default(), u32::MAX, 0)?.entities;
            workspace.make_chart(name, &all.iter().map(|entity| entity.id).collect::<Vec<_>>())?;
        }
        Ok(report)
    })?;
    if common.json {
        return output::json(&report);
    }
    if !report.unknown.is_empty() {
        output::line(format!(
            "Recorded as it stands, though the schema does not have it: {}",
            report.unknown.join(", ")
        ))?;
    }
    output::line(format!(
        "{} of {}",
        output::count(report.statements, "statement", "statements"),
        output::count(report.entities.len() as u64, "named entity", "named entities")
    ))
}

pub fn list(common: &Common, folder: &Path, kind: Option<&str>, query: Option<&str>) -> Result<(), Failed> {
    let query = EntityQuery { kind: kind.map(str::to_owned), text: query.map(str::to_owned), links: false };
    let found = with_workspace(common, folder, |workspace| {
        query.kind.as_deref().map(|kind| workspace.check_type(kind, false)).transpose()?;
        Ok(workspace.entities(&query, u32::MAX, 0)?)
    })?;
    if common.json {
        return output::json(&found.entities);
    }
    for entity in &found.entities {
        output::line(format!("{}  {:14}  {}  ({})", entity.id, entity.kind, entity.label, entity.statements))?;
    }
    output::line(output::count(found.total, "entity", "entities"))
}

pub fn photo(common: &Common, folder: &Path, entity: &str, document: &str) -> Result<(), Failed> {
    let document: DocumentId = document.parse().map_err(|error| Failed::Usage(format!("{error}")))?;
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    let change = with_workspace(common, folder, |workspace| {
        Ok(workspace.choose_photo(workspace.named(entity)?, document, &worker)?)
    })?;
    if common.json {
        return output::json(&change);
    }
    output::line(format!("'{entity}' has this picture as its photo"))
}

pub fn statements(common: &Common, folder: &Path, entity: &str) -> Result<(), Failed> {
    let found = with_workspace(common, folder, |workspace| Ok(workspace.statements(workspace.named(entity)?)?))?;
    if common.json {
        return output::json(&found.iter().map(statement).collect::<Vec<_>>());
    }
    for Statement { fact, standing, .. } in &found {
        let value = match &fact.value {
            Value::Text(text) => text.clone(),
            Value::Entity(entity) => format!("entity {entity}"),
        };
        let grade = standing.grade.as_deref().unwrap_or("-");
        output::line(format!("{}: {value}  ({}, {grade})", fact.property, standing.organisation))?;
        match &fact.evidence {
            Some(evidence) => output::line(format!("    p. {}: {}", evidence.page, evidence.quote.replace('\n', " ")))?,
            None => output::line("    hypothesis: it rests on no passage")?,
        }
    }
    output::line(output::count(found.len() as u64, "statement", "statements"))
}

fn statement(statement: &Statement) -> serde_json::Value {
    let Statement { fact, standing, recorded, by } = statement;
    let evidence = fact.evidence.as_ref();
    let mut object = json!({ "id": fact.id, "property": fact.property });
    match &fact.value {
        Value::Text(text) => object["value"] = json!(text),
        Value::Entity(entity) => object["entity"] = json!(entity),
    }
    let rest = json!({
        "document": evidence.map(|evidence| evidence.document),
        "page": evidence.map(|evidence| evidence.page),
        "start": evidence.map(|evidence| evidence.start),
        "end": evidence.map(|evidence| evidence.end),
        "quote": evidence.map(|evidence| evidence.quote.as_str()),
        "organisation": standing.organisation,
        "purpose": standing.purpose,
        "marking": standing.marking,
        "grade": standing.grade,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "recorded": recorded,
        "by": by,
    });
    if let (Some(object), serde_json::Value::Object(rest)) = (object.as_object_mut(), rest) {
        object.extend(rest);
    }
    object
}

pub fn suggestions(common: &Common, folder: &Path, kind: Option<&str>) -> Result<(), Failed> {
    let kind = kind
        .map(|code| {
            let known = IdentifierKind::ALL.map(IdentifierKind::code).join(", ");
            IdentifierKind::from_code(code)
                .ok_or_else(|| Failed::Usage(format!("'{code}' is no kind of identifier; there are: {known}")))
        })
        .transpose()?;
    let found = with_workspace(common, folder, |workspace| Ok(workspace.suggestions(kind, u32::MAX, 0)?))?;
    if common.json {
        return output::json(&found.suggestions.iter().map(|view| &view.suggestion).collect::<Vec<_>>());
    }
    for view in &found.suggestions {
        let found = &view.suggestion;
        let known = view.known.as_ref().map(|entity| format!("  = {}", entity.label)).unwrap_or_default();
        output::line(format!(
            "{}  {:9}  {}  ({}, p. {}){known}",
            found.id,
            found.kind.code(),
            found.value,
            view.title,
            found.page
        ))?;
    }
    output::line(output::count(found.total, "suggestion", "suggestions"))
}

pub fn accept(common: &Common, folder: &Path, ids: &[String], entity: Option<&str>) -> Result<(), Failed> {
    let ids = suggestion_ids(ids)?;
    change(common, folder, "Accepted", |workspace| {
        let into = entity.map(|entity| workspace.named(entity)).transpose()?;
        workspace.accept(&ids, into)
    })
}

pub fn reject(common: &Common, folder: &Path, ids: &[String], never: bool) -> Result<(), Failed> {
    let ids = suggestion_ids(ids)?;
    change(common, folder, "Rejected", |workspace| if never { workspace.never(&ids) } else { workspace.reject(&ids) })
}

fn suggestion_ids(texts: &[String]) -> Result<Vec<SuggestionId>, Failed> {
    let parse = |text: &String| text.parse().map_err(|error| Failed::Usage(format!("{error}")));
    texts.iter().map(parse).collect()
}

pub fn matches(common: &Common, folder: &Path, entity: Option<&str>, limit: usize) -> Result<(), Failed> {
    let found = with_workspace(common, folder, |workspace| {
        let entity = entity.map(|entity| workspace.named(entity)).transpose()?;
        Ok(workspace.matches(entity, limit)?)
    })?;
    if common.json {
        return output::json(&found);
    }
    for pair in &found {
        output::line(format!(
            "{:3}  {} ({})  ~  {} ({})",
            pair.score, pair.one.label, pair.one.id, pair.other.label, pair.other.id
        ))?;
        for (word, compared) in [("agrees", &pair.agrees), ("clashes", &pair.clashes)] {
            for compared in compared {
                output::line(format!("     {word}: {}: {} / {}", compared.property, compared.one, compared.other))?;
            }
        }
        let missing: Vec<&str> = pair.missing.iter().map(|compared| compared.property.as_str()).collect();
        if !missing.is_empty() {
            output::line(format!("     missing on one side: {}", missing.join(", ")))?;
        }
    }
    output::line(output::count(found.len() as u64, "pair", "pairs"))
}

pub fn merge(common: &Common, folder: &Path, entities: &[String], reason: &str, distinct: bool) -> Result<(), Failed> {
    let (change, names) = with_workspace(common, folder, |workspace| {
        let ids = entities.iter().map(|entity| workspace.named(entity)).collect::<Result<Vec<_>, _>>()?;
        let names = workspace.lines(&ids)?.into_iter().map(|entity| entity.label).collect::<Vec<_>>();
        let change = match ids.as_slice() {
            [one, other] if distinct => workspace.distinguish(*one, *other, true)?,
            _ if distinct => return Err(Failed::Usage("two entities are kept apart: name two".into())),
            _ => {
                for (one, other) in workspace.kept_apart(&ids)? {
                    let (one, other) = (output::harmless(&one.label), output::harmless(&other.label));
                    eprintln!("koplamp: warning: '{one}' and '{other}' were judged not to be one before");
                }
                workspace.merge(&ids, reason)?
            }
        };
        Ok((change, names))
    })?;
    if common.json {
        return output::json(&change);
    }
    output::line(format!("{}: {}", if distinct { "Kept apart" } else { "Merged" }, names.join(", ")))
}

pub fn unmerge(common: &Common, folder: &Path, merge: &str) -> Result<(), Failed> {
    change(common, folder, "Parted", |workspace| workspace.unmerge(merge_of(workspace, merge)?))
}

/// The judgement of this id, or the last one that made this entity one.
fn merge_of(workspace: &Workspace, text: &str) -> Result<MergeId, koplamp_workspace::WorkspaceError> {
    let last =
        workspace.named(text).and_then(|entity| Ok(workspace.entity(entity)?.merges.last().map(|merge| merge.id)));
    match (last, text.parse()) {
        // No entity has this id: it is that of a judgement.
        (Ok(Some(merge)), _) | (Err(_), Ok(merge)) => Ok(merge),
        (Err(error), Err(_)) => Err(error),
        (Ok(None), _) => Err(koplamp_workspace::WorkspaceError::Invalid {
            field: "merge",
            message: format!("'{text}' is not made of several, or not any more: there is nothing to part"),
        }),
    }
}
