//! A chart on paper: SVG, PDF and PNG, equal to the screen.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_briefing::{Marking, Paper, Sheet, pdf, png, svg, type_names};
use koplamp_chart::Language;
use koplamp_intake::Worker;
use koplamp_model::{Audit, ChartId, DocumentId, EntityId, Placement, Scene, Schema};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use ts_rs::TS;

use crate::codes::{banner, named};
use crate::{Target, Workspace, WorkspaceError};

/// Pixels of a PNG for each pixel of the screen at scale 1: sharp in print and on screens of twice the density.
const SCALE: f32 = 2.0;

/// In which form a chart leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum PictureFormat {
    /// Scalable Vector Graphics.
    Svg,
    /// Portable Document Format, on paper from A4 to A0.
    Pdf,
    /// Portable Network Graphics.
    Png,
}

impl PictureFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Pdf, Self::Png];

    /// The ending of its files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Png => "png",
        }
    }
}

/// What is to be written of a chart, and how.
#[derive(Debug, Clone, Copy)]
pub struct PictureRequest<'a> {
    /// The chart.
    pub chart: ChartId,
    /// As what.
    pub format: PictureFormat,
    /// Only these entities and the links between them; none are all.
    pub selection: &'a [EntityId],
    /// The language of the words.
    pub language: Language,
    /// Code of the organisation through whose eyes it is written: types, links and properties are called what it calls them, and the sheet
    /// says whose words these are; none calls them as the schema does.
    pub lens: Option<&'a str>,
}

impl Workspace {
    /// Writes a chart to a file; its photos are decoded by the worker. Kept for the auditor as a disclosure. Gives the characters that are an
    /// empty box in it, because neither this program nor this computer has a font for them.
    ///
    /// # Errors
    /// When the chart is not there, nothing of it is shown, the lens cannot be a code, or the file cannot be written.
    pub fn picture(
        &self,
        request: PictureRequest,
        target: &Target<'_>,
        worker: &Worker,
    ) -> Result<String, WorkspaceError> {
        let PictureRequest { chart, format, selection, language, lens } = request;
        let (chart, placements) = self.vault().chart(chart)?;
        let chosen: Vec<Placement> = match selection {
            [] => placements,
            chosen => self.with_known(|known| {
                let chosen: Vec<EntityId> = chosen.iter().map(|entity| known.stands(*entity)).collect();
                placements.into_iter().filter(|placement| chosen.contains(&known.stands(placement.entity))).collect()
            })?,
        };
        let drawing = self.drawing(&chosen)?;
        let style = self.sheet_of(&chart.settings)?;
        let schema = self.schema_through(lens, language)?;
        let scene: Scene = drawing.scene(&chart.settings, style.as_ref(), &schema, self.grading()?, language, None);
        if scene.nodes.is_empty() {
            return Err(crate::statements::invalid(
                "selection",
                "nothing of this chart is shown: there is nothing to write",
            ));
        }
        let mut sheet = self.sheet(&chart.name, &drawing.markings(&scene), language, &schema);
        sheet.words_of = lens.map(|code| named(&crate::codes().organisations, code, language));
        sheet.photos = self.photos(&scene, worker);
        let Paper { bytes, boxes } = match format {
            PictureFormat::Svg => Paper { bytes: svg(&scene, &sheet)?.into_bytes(), boxes: BTreeSet::new() },
            PictureFormat::Pdf => pdf(&scene, &sheet)?,
            PictureFormat::Png => png(&scene, &sheet, SCALE)?,
        };
        let entities = scene.nodes.len() as u64;
        let audit = Audit::Disclosed { format: format.code().into(), chart: Some(chart.id), entities };
        self.vault().export(audit, &[(target.path, &bytes)], target.overwrite)?;
        Ok(boxes.into_iter().collect())
    }

    /// The photos that a scene names. One that cannot be had leaves the node its icon, as on the screen.
    fn photos(&self, scene: &Scene, worker: &Worker) -> BTreeMap<DocumentId, Vec<u8>> {
        let named: BTreeSet<DocumentId> = scene.nodes.iter().filter_map(|node| node.photo).collect();
        named.into_iter().filter_map(|document| Some((document, self.portrait(document, worker).ok()?))).collect()
    }

    fn sheet(&self, title: &str, markings: &[String], language: Language, schema: &Schema) -> Sheet {
        let words = match language {
            Language::Nl => koplamp_briefing::Language::Nl,
            Language::En => koplamp_briefing::Language::En,
        };
        let codes = crate::codes();
        Sheet {
            title: title.to_owned(),
            by: format!(
                "{} · {}",
                named(&codes.organisations, self.vault().organisation(), language),
                self.vault().person()
            ),
            date: OffsetDateTime::now_utc().date(),
            marking: Marking::new(markings.first().map(String::as_str), &banner(markings, language), words),
            language: words,
            names: type_names(schema, words),
            photos: BTreeMap::new(),
            words_of: None,
        }
    }
}
