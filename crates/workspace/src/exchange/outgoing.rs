//! Entities and links to a file of another program.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use koplamp_interchange::{Format, write, write_nodes};
use koplamp_model::{Audit, ChartId, Draft, DraftValue, EntityId, Placement, Position};

use crate::{Target, Workspace, WorkspaceError};

/// What an export wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportReport {
    /// The files.
    pub files: Vec<PathBuf>,
    /// How many entities are in them.
    pub entities: u32,
    /// How many links.
    pub links: u32,
}

/// The file beside a list of links that has the list of entities: `zaak-entities.csv` beside `zaak.csv`.
fn beside(links: &Path) -> PathBuf {
    let mut name = links.file_stem().unwrap_or_default().to_owned();
    name.push("-entities");
    if let Some(ending) = links.extension() {
        name.push(".");
        name.push(ending);
    }
    links.with_file_name(name)
}

impl Workspace {
    /// What is on a chart and not hidden by hand, or the whole case, as a file of another program. A filter hides nothing from it. Kept for the
    /// auditor as a disclosure. A CSV list holds links or entities: the links go to the target, the entities to a second file beside it.
    ///
    /// # Errors
    /// When the format is only read, the chart is not there, or a file cannot be written.
    pub fn export_exchange(
        &self,
        format: Format,
        chart: Option<ChartId>,
        target: &Target<'_>,
    ) -> Result<ExportReport, WorkspaceError> {
        let drawn = chart.map(|chart| self.vault().chart(chart)).transpose()?;
        let (shown, hidden_links) = match drawn {
            Some((chart, placements)) => {
                let shown: Vec<Placement> = placements.into_iter().filter(|placement| !placement.hidden).collect();
                (Some(shown), chart.settings.hidden_links)
            }
            None => (None, Vec::new()),
        };
        let drafts = self.drafts(shown.as_deref(), &hidden_links)?;
        let mut files = vec![(target.path.to_owned(), write(format, &drafts, crate::schema())?)];
        if format == Format::Csv {
            files.push((beside(target.path), write_nodes(&drafts, crate::schema())?));
        }
        let audit = Audit::Disclosed { format: format.code().into(), chart, entities: drafts.len() as u64 };
        let leaving: Vec<(&Path, &[u8])> =
            files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())).collect();
        self.vault().export(audit, &leaving, target.overwrite)?;
        let links = drafts.iter().filter(|draft| draft.is_link(crate::schema())).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(ExportReport {
            files: files.into_iter().map(|(path, _)| path).collect(),
            entities: count(drafts.len() - links),
            links: count(links),
        })
    }

    /// What goes out. Nothing in it names what does not: an end or another entity that is hidden, or not on the chart.
    fn drafts(
        &self,
        placements: Option<&[Placement]>,
        hidden_links: &[EntityId],
    ) -> Result<Vec<Draft>, WorkspaceError> {
        let only: Option<Vec<EntityId>> =
            placements.map(|placements| placements.iter().map(|placement| placement.entity).collect());
        let places: HashMap<EntityId, &Placement> =
            placements.unwrap_or_default().iter().map(|placement| (placement.entity, placement)).collect();
        self.with_known(|known| {
            let network = known.network(crate::schema(), only.as_deref());
            let mut out: Vec<EntityId> = network.nodes.iter().map(|node| node.id).collect();
            // Of each link, which two its lines join.
            let mut lines: BTreeMap<EntityId, Vec<(EntityId, EntityId)>> = BTreeMap::new();
            for line in network.links.iter().filter(|line| !hidden_links.contains(&line.id)) {
                let end = |end: u32| network.nodes.get(end as usize).map(|node| node.id);
                if let Some(ends) = end(line.source).zip(end(line.target)) {
                    lines.entry(known.stands(line.id)).or_default().push(ends);
                }
            }
            out.extend(lines.keys());
            let goes_out: HashSet<EntityId> = out.iter().copied().collect();
            let drafts = out.iter().filter_map(|id| {
                let item = known.item(*id)?;
                let mut properties: BTreeMap<String, Vec<DraftValue>> = BTreeMap::new();
                let mut say = |property: &str, value: DraftValue| {
                    let values = properties.entry(property.to_owned()).or_default();
                    if !values.contains(&value) {
                        values.push(value);
                    }
                };
                // Of several names the one that is shown goes first: other programs take that for its label.
                let (shown, others): (Vec<_>, Vec<_>) = item.values.iter().partition(|(_, text)| *text == item.label);
                for (property, text) in shown.into_iter().chain(others) {
                    say(property, DraftValue::Text(text.clone()));
                }
                let lines = lines.get(id).map(Vec::as_slice).unwrap_or_default();
                let ends = crate::schema().ends(&item.kind);
                let (source, target) =
                    ends.map_or(("subject", "object"), |ends| (ends.source.as_str(), ends.target.as_str()));
                for (property, other) in &item.named {
                    let other = known.stands(*other);
                    let is_shown = match property.as_str() {
                        end if end == source && !lines.is_empty() => lines.iter().any(|(from, _)| *from == other),
                        end if end == target && !lines.is_empty() => lines.iter().any(|(_, to)| *to == other),
                        _ => goes_out.contains(&other),
                    };
                    if is_shown {
                        say(property, DraftValue::Key(other.to_string()));
                    }
                }
                let position = places
                    .get(id)
                    .map(|placement| Position { x: f64::from(placement.x) / 100.0, y: f64::from(placement.y) / 100.0 });
                let (key, kind) = (id.to_string(), item.kind.clone());
                Some(Draft { key, kind, properties, line: 0, quote: String::new(), position })
            });
            drafts.collect()
        })
    }
}
