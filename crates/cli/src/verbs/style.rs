//! Style sheets: list, in and out, and which one is used.

use std::path::Path;

use koplamp_model::SheetChoice;
use koplamp_workspace::{Concern, Ground, SheetView, Target, Vision, Worker, WorkspaceError};
use serde_json::json;

use super::chart::{job, named};
use super::with_workspace;
use crate::arguments::{Common, StyleAct};
use crate::output::{self, Failed};

pub fn style(common: &Common, folder: &Path, act: &StyleAct) -> Result<(), Failed> {
    match act {
        StyleAct::List => list(common, folder),
        StyleAct::Import { file } => import(common, folder, file),
        StyleAct::Export { name, file, overwrite } => {
            let target = Target { path: file, overwrite: *overwrite };
            let sheet = with_workspace(common, folder, |workspace| {
                let sheet = workspace.style_sheet_named(name)?;
                workspace.export_style_sheet(sheet.id, &target)?;
                Ok(sheet)
            })?;
            if common.json {
                return output::json(&json!({ "file": file, "sheet": sheet.id, "name": sheet.name }));
            }
            output::line(format!("Wrote {}", file.display()))
        }
        StyleAct::Use { name, chart, none, workspace: _ } => {
            let (choice, change) = with_workspace(common, folder, |workspace| {
                let choice = match name {
                    Some(name) => SheetChoice::Sheet(workspace.style_sheet_named(name)?.id),
                    None if *none => SheetChoice::None,
                    None => SheetChoice::Workspace,
                };
                let chart = named(workspace, chart.as_deref())?;
                Ok((choice, workspace.use_style_sheet(choice, chart)?))
            })?;
            if common.json {
                return output::json(&json!({ "choice": choice, "chart": chart, "change": change }));
            }
            let of = chart.as_deref().map_or_else(|| "the workspace".to_owned(), |chart| format!("chart '{chart}'"));
            output::line(match (name, none) {
                (Some(name), _) => format!("'{name}' is the style sheet of {of}"),
                (None, true) => format!("{of} has no style sheet"),
                (None, false) => format!("{of} has the style sheet of the workspace"),
            })
        }
        StyleAct::Drop { name } => {
            let change = with_workspace(common, folder, |workspace| {
                Ok(workspace.drop_style_sheet(workspace.style_sheet_named(name)?.id)?)
            })?;
            if common.json {
                return output::json(&change);
            }
            output::line(format!("Dropped '{name}'"))
        }
    }
}

fn list(common: &Common, folder: &Path) -> Result<(), Failed> {
    let sheets = with_workspace(common, folder, |workspace| Ok(workspace.style_sheets()?))?;
    if common.json {
        return output::json(&sheets);
    }
    for view in &sheets {
        tell(view)?;
    }
    output::line(output::count(sheets.len(), "style sheet", "style sheets"))
}

fn import(common: &Common, folder: &Path, file: &Path) -> Result<(), Failed> {
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    let report =
        with_workspace(common, folder, |workspace| Ok(workspace.import_style_sheet(file, &worker, &job(common))?))?;
    if common.json {
        return output::json(&report);
    }
    tell(&report.view)?;
    output::line(match (&report.change, report.replaced) {
        (None, _) => "It said the same already.",
        (Some(_), true) => "It says now what the file says.",
        (Some(_), false) => "It is new.",
    })
}

fn tell(view: &SheetView) -> Result<(), Failed> {
    let SheetView { sheet, chosen, .. } = view;
    let mark = if *chosen { "*" } else { " " };
    let types = output::count(sheet.types.len(), "type", "types");
    output::line(format!("{mark} {}  {} ({}), {types}", sheet.id, sheet.name, sheet.organisation))?;
    for kind in &view.unknown_types {
        output::line(format!("    type '{kind}' is not in the schema: kept, in case a chart has it"))?;
    }
    for icon in &view.unknown_icons {
        output::line(format!("    icon '{icon}' is not in this program: kept, and the type's own is drawn"))?;
    }
    view.concerns.iter().try_for_each(|concern| output::line(format!("    {}", said(concern))))
}

fn said(concern: &Concern) -> String {
    match concern {
        Concern::Alike { one, other, to } => {
            let to: Vec<&str> = to.iter().map(|vision| seen_by(*vision)).collect();
            format!("{one} and {other} have colours that look alike to {}", to.join(", "))
        }
        Concern::Faint { kind, on, contrast } => {
            let ground = if *on == Ground::Light { "light" } else { "dark" };
            let (whole, rest) = (contrast / 100, contrast % 100);
            format!("{kind} is faint on a {ground} ground: {whole}.{rest:02} to 1, and 3 to 1 is enough")
        }
    }
}

fn seen_by(vision: Vision) -> &'static str {
    match vision {
        Vision::Usual => "everybody",
        Vision::Protan => "readers without red (protan)",
        Vision::Deutan => "readers without green (deutan)",
        Vision::Tritan => "readers without blue (tritan)",
    }
}
