//! A chart on paper: SVG, PDF and PNG, equal to the screen.

use koplamp_briefing::{Marking, Sheet, pdf, png, svg, type_names};
use koplamp_chart::Language;
use koplamp_model::{Audit, ChartId, EntityId, Placement, Scene};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use ts_rs::TS;

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
    /// Portable Document Format, on A4 or A3.
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

impl Workspace {
    /// Writes a chart, or only these entities of it and the links between them, to a file. Kept for the auditor as a disclosure.
    ///
    /// # Errors
    /// When the chart is not there, nothing of it is shown, or the file cannot be written.
    pub fn picture(
        &self,
        chart: ChartId,
        format: PictureFormat,
        selection: &[EntityId],
        language: Language,
        target: &Target<'_>,
    ) -> Result<(), WorkspaceError> {
        let (chart, placements) = self.vault().chart(chart)?;
        let chosen: Vec<Placement> = match selection {
            [] => placements,
            chosen => self.with_known(|known| {
                let chosen: Vec<EntityId> = chosen.iter().map(|entity| known.stands(*entity)).collect();
                placements.into_iter().filter(|placement| chosen.contains(&known.stands(placement.entity))).collect()
            })?,
        };
        let drawing = self.drawing(&chosen)?;
        let scene: Scene = drawing.scene(&chart.settings, self.grading()?, language, None);
        if scene.nodes.is_empty() {
            return Err(crate::statements::invalid(
                "selection",
                "nothing of this chart is shown: there is nothing to write",
            ));
        }
        let sheet = self.sheet(&chart.name, drawing.marking(&scene), language);
        let bytes = match format {
            PictureFormat::Svg => svg(&scene, &sheet)?.into_bytes(),
            PictureFormat::Pdf => pdf(&scene, &sheet)?,
            PictureFormat::Png => png(&scene, &sheet, SCALE)?,
        };
        let entities = scene.nodes.len() as u64;
        let audit = Audit::Disclosed { format: format.code().into(), chart: Some(chart.id), entities };
        Ok(self.vault().export(audit, &[(target.path, &bytes)], target.overwrite)?)
    }

    fn sheet(&self, title: &str, marking: Option<String>, language: Language) -> Sheet {
        let words = match language {
            Language::Nl => koplamp_briefing::Language::Nl,
            Language::En => koplamp_briefing::Language::En,
        };
        let named = |list: &koplamp_model::CodeList, code: &str| {
            let found = list.codes.iter().find(|known| known.code == code);
            found.map_or_else(
                || code.to_owned(),
                |known| if language == Language::Nl { known.nl.clone() } else { known.en.clone() },
            )
        };
        let codes = crate::codes();
        let name = marking.as_deref().map(|code| named(&codes.markings, code)).unwrap_or_default();
        Sheet {
            title: title.to_owned(),
            by: format!("{} · {}", named(&codes.organisations, self.vault().organisation()), self.vault().person()),
            date: OffsetDateTime::now_utc().date(),
            marking: Marking::new(marking.as_deref(), &name, words),
            language: words,
            names: type_names(crate::schema(), words),
        }
    }
}
