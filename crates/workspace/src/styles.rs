//! Style sheets: how organisations have types look on charts, and which sheet a chart uses.

use std::io;
use std::path::Path;

use koplamp_chart::{Concern, concerns};
use koplamp_intake::Worker;
use koplamp_interchange::style;
use koplamp_model::{
    Audit, Change, ChartId, ChartSettings, Operation, SheetChoice, StyleSheet, StyleSheetId, TypeStyle,
};
use koplamp_vault::VaultError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::statements::invalid;
use crate::{Job, Target, Workspace, WorkspaceError};

/// The worker's name for reading the file of a style sheet.
const TASK: &str = "style";

/// A style sheet, with what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SheetView {
    /// The sheet.
    pub sheet: StyleSheet,
    /// Whether it is the one that was chosen for the workspace.
    pub chosen: bool,
    /// Charts that name it, by their ids.
    #[ts(type = "string[]")]
    pub charts: Vec<ChartId>,
    /// Colours that some readers cannot tell apart, or hardly see.
    pub concerns: Vec<Concern>,
    /// Types that the schema does not have: kept, in case a chart has them.
    pub unknown_types: Vec<String>,
    /// Icons that this program does not have: kept, and the type's own is drawn.
    pub unknown_icons: Vec<String>,
}

/// What an import of a style sheet did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SheetReport {
    /// The sheet as it stands now.
    pub view: SheetView,
    /// Whether there was a sheet of this name of this organisation, which says now what the file says.
    pub replaced: bool,
    /// What changed; none when it said the same already.
    pub change: Option<Change>,
}

impl Workspace {
    /// The style sheets by name, with what is to be said of each.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn style_sheets(&self) -> Result<Vec<SheetView>, WorkspaceError> {
        let chosen = self.vault().chosen_style_sheet()?;
        let charts = self.vault().charts()?;
        let view = |sheet: StyleSheet| {
            let uses = charts.iter().filter(|chart| chart.settings.sheet == SheetChoice::Sheet(sheet.id));
            let charts = uses.map(|chart| chart.id).collect();
            SheetView { chosen: chosen == Some(sheet.id), charts, ..seen(sheet) }
        };
        Ok(self.vault().style_sheets()?.into_iter().map(view).collect())
    }

    /// The style sheet of this name or id; of several, the first.
    ///
    /// # Errors
    /// When there is none; the error names those that there are.
    pub fn style_sheet_named(&self, name: &str) -> Result<StyleSheet, WorkspaceError> {
        let sheets = self.vault().style_sheets()?;
        let names = sheets.iter().map(|sheet| format!("'{}'", sheet.name)).collect::<Vec<_>>().join(", ");
        let found = sheets.into_iter().find(|sheet| sheet.name == name || sheet.id.to_string() == name);
        found.ok_or_else(|| {
            let there = if names.is_empty() { "none" } else { &names };
            invalid("style sheet", &format!("there is no style sheet '{name}'; there are: {there}"))
        })
    }

    /// Makes a style sheet that says nothing yet, and has it used by this chart, or by the workspace.
    ///
    /// # Errors
    /// When the name is empty or too long, or there is no such organisation or chart.
    pub fn make_style_sheet(
        &self,
        name: &str,
        organisation: &str,
        chart: Option<ChartId>,
    ) -> Result<(StyleSheetId, Change), WorkspaceError> {
        let id = StyleSheetId::random();
        let sheet = StyleSheet { id, name: name.to_owned(), organisation: organisation.to_owned(), types: Vec::new() };
        let sheet = checked(sheet)?;
        let used = self.used(SheetChoice::Sheet(id), chart)?;
        Ok((id, self.change(vec![Operation::StyleSheetSet { sheet }, used])?))
    }

    /// Has a style sheet say something else.
    ///
    /// # Errors
    /// When it is not there, or says what a sheet cannot say.
    pub fn set_style_sheet(&self, sheet: StyleSheet) -> Result<Change, WorkspaceError> {
        self.there(sheet.id)?;
        self.change(vec![Operation::StyleSheetSet { sheet: checked(sheet)? }])
    }

    /// Drops a style sheet. Charts that use it look as the workspace has them.
    ///
    /// # Errors
    /// When it is not there.
    pub fn drop_style_sheet(&self, sheet: StyleSheetId) -> Result<Change, WorkspaceError> {
        let organisation = self.there(sheet)?.organisation;
        self.change(vec![Operation::StyleSheetDropped { sheet, organisation }])
    }

    /// Has a chart use a sheet, or the workspace: then it is the one of all charts that name none.
    ///
    /// # Errors
    /// When sheet or chart are not there.
    pub fn use_style_sheet(&self, choice: SheetChoice, chart: Option<ChartId>) -> Result<Change, WorkspaceError> {
        if let SheetChoice::Sheet(sheet) = choice {
            self.there(sheet)?;
        }
        let used = self.used(choice, chart)?;
        self.change(vec![used])
    }

    /// Takes in the file of a style sheet. A sheet of the same name of the same organisation says then what the file says.
    ///
    /// # Errors
    /// When the file is no style sheet: then nothing of it is kept, and the error says what is wrong.
    pub fn import_style_sheet(&self, file: &Path, worker: &Worker, job: &Job) -> Result<SheetReport, WorkspaceError> {
        let bytes = contents(file)?;
        let receive = |pipe: &mut dyn io::Read| style::receive(pipe);
        let read = worker.run(TASK, &[], &bytes, receive, &|| job.cancelled())??;
        let there = self.vault().style_sheets()?;
        let before =
            there.into_iter().find(|sheet| sheet.name == read.name.trim() && sheet.organisation == read.organisation);
        let id = before.as_ref().map_or_else(StyleSheetId::random, |before| before.id);
        let sheet = checked(read.sheet(id))?;
        let change = match &before {
            Some(before) if *before == sheet => None,
            _ => Some(self.change(vec![Operation::StyleSheetSet { sheet }])?),
        };
        let view = self.style_sheets()?.into_iter().find(|view| view.sheet.id == id);
        let view = view.ok_or(VaultError::NoSuchStyleSheet(id))?;
        Ok(SheetReport { view, replaced: before.is_some(), change })
    }

    /// Writes a style sheet to a file. Kept for the auditor as a disclosure.
    ///
    /// # Errors
    /// When the sheet is not there, or the file cannot be written.
    pub fn export_style_sheet(&self, sheet: StyleSheetId, target: &Target<'_>) -> Result<(), WorkspaceError> {
        let sheet = self.there(sheet)?;
        let bytes = style::write(&sheet).map_err(|error| invalid("style sheet", &error.to_string()))?;
        let audit = Audit::Disclosed { format: "style".into(), chart: None, entities: 0 };
        Ok(self.vault().export(audit, &[(target.path, &bytes)], target.overwrite)?)
    }

    /// The sheet that a chart is drawn with. Icons that this program does not have are left out of it: then the type's own is drawn.
    pub(crate) fn sheet_of(&self, settings: &ChartSettings) -> Result<Option<StyleSheet>, WorkspaceError> {
        let named = match settings.sheet {
            SheetChoice::None => return Ok(None),
            SheetChoice::Sheet(sheet) => self.vault().style_sheet(sheet)?,
            SheetChoice::Workspace => None,
        };
        let sheet = match named {
            Some(sheet) => Some(sheet),
            None => match self.vault().chosen_style_sheet()? {
                Some(chosen) => self.vault().style_sheet(chosen)?,
                None => None,
            },
        };
        Ok(sheet.map(|mut sheet| {
            for style in &mut sheet.types {
                style.icon.take_if(|icon| !has_icon(icon));
            }
            sheet
        }))
    }

    fn there(&self, sheet: StyleSheetId) -> Result<StyleSheet, WorkspaceError> {
        Ok(self.vault().style_sheet(sheet)?.ok_or(VaultError::NoSuchStyleSheet(sheet))?)
    }

    /// The operation that has a chart use a sheet, or the workspace.
    fn used(&self, choice: SheetChoice, chart: Option<ChartId>) -> Result<Operation, WorkspaceError> {
        Ok(match (chart, choice) {
            (Some(chart), _) => {
                let (chart, _) = self.vault().chart(chart)?;
                let settings = Box::new(ChartSettings { sheet: choice, ..chart.settings });
                Operation::ChartSet { chart: chart.id, name: chart.name, snapshot_of: chart.snapshot_of, settings }
            }
            (None, SheetChoice::Sheet(sheet)) => Operation::StyleSheetChosen { sheet: Some(sheet) },
            (None, SheetChoice::None | SheetChoice::Workspace) => Operation::StyleSheetChosen { sheet: None },
        })
    }
}

/// A sheet with what follows from it alone.
fn seen(sheet: StyleSheet) -> SheetView {
    let schema = crate::schema();
    let unknown_type = |style: &&TypeStyle| schema.find(&style.kind).is_none();
    let icons = sheet.types.iter().filter_map(|style| style.icon.as_deref());
    SheetView {
        chosen: false,
        charts: Vec::new(),
        concerns: concerns(&sheet, schema),
        unknown_types: sheet.types.iter().filter(unknown_type).map(|style| style.kind.clone()).collect(),
        unknown_icons: icons.filter(|icon| !has_icon(icon)).map(str::to_owned).collect(),
        sheet,
    }
}

fn has_icon(name: &str) -> bool {
    koplamp_briefing::icons().any(|icon| icon == name)
}

/// A sheet that can be kept, its organisation by its code.
fn checked(sheet: StyleSheet) -> Result<StyleSheet, WorkspaceError> {
    let name = sheet.name.trim().to_owned();
    let organisation = crate::codes().organisation(&sheet.organisation)?;
    let sheet = StyleSheet { name, organisation, ..sheet };
    sheet.check()?;
    Ok(sheet)
}

/// The bytes of a file that may be a style sheet.
fn contents(path: &Path) -> Result<Vec<u8>, WorkspaceError> {
    let error = |source| WorkspaceError::Io { action: "read", path: path.display().to_string(), source };
    let about = std::fs::metadata(path).map_err(error)?;
    if !about.is_file() {
        return Err(invalid("file", &format!("{} is no plain file", path.display())));
    }
    if about.len() > style::MAX_FILE as u64 {
        let most = style::MAX_FILE;
        return Err(invalid(
            "file",
            &format!("{} has {} bytes; a style sheet has at most {most}", path.display(), about.len()),
        ));
    }
    std::fs::read(path).map_err(error)
}
