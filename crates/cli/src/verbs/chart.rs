//! Charts: measures, paths, layouts, pictures.

use std::path::Path;

use koplamp_model::ChartId;
use koplamp_workspace::{
    Arrangement, Convention, EntityQuery, Job, Language, Overlay, ParallelLinks, PathRequest, PictureFormat,
    PictureRequest, Target, Worker, Workspace, WorkspaceError,
};
use serde_json::json;

use super::with_workspace;
use crate::arguments::{ChartAct, Common};
use crate::output::{self, Failed};

pub fn chart(common: &Common, folder: &Path, act: &ChartAct) -> Result<(), Failed> {
    match act {
        ChartAct::List => list(common, folder),
        ChartAct::New { name, entities } => new(common, folder, name, entities),
        ChartAct::Measures { chart, parallel, directed } => {
            let parallel = if parallel == "count" { ParallelLinks::Count } else { ParallelLinks::Merge };
            let convention = Convention { parallel, directed: *directed };
            let measures = with_workspace(common, folder, |workspace| {
                Ok(workspace.measures(named(workspace, chart.as_deref())?, convention, &job(common))?)
            })?;
            if common.json {
                return output::json(&measures);
            }
            let mut entities = measures.entities;
            entities.sort_by(|one, other| other.betweenness.total_cmp(&one.betweenness));
            for entity in entities {
                let share = entity.betweenness_normalised;
                output::line(format!("{share:8.5}  {:4}  {}", entity.degree, entity.label))?;
            }
            Ok(())
        }
        ChartAct::Paths { from, to, chart, k, kinds, directed, time_ordered, max_gap, min_amount } => {
            let found = with_workspace(common, folder, |workspace| {
                kinds.iter().try_for_each(|kind| workspace.check_type(kind, true))?;
                let request = PathRequest {
                    k: *k,
                    kinds: kinds.clone(),
                    directed: *directed,
                    time_ordered: *time_ordered,
                    max_gap: *max_gap,
                    min_amount: *min_amount,
                    ..PathRequest::new(workspace.named(from)?, workspace.named(to)?)
                };
                Ok(workspace.paths(named(workspace, chart.as_deref())?, &request, &job(common))?)
            })?;
            if common.json {
                return output::json(&found);
            }
            for path in &found.paths {
                output::line(path.labels.join(" - "))?;
            }
            output::line(output::count(found.paths.len() as u64, "path", "paths"))
        }
        ChartAct::Overlay { overlay, organisation, chart } => {
            overlaid(common, folder, &overlay_named(overlay, organisation.as_deref())?, chart.as_deref())
        }
        ChartAct::Keyplayers { k, chart, kinds } => {
            let found = with_workspace(common, folder, |workspace| {
                kinds.iter().try_for_each(|kind| workspace.check_type(kind, false))?;
                Ok(workspace.key_players(named(workspace, chart.as_deref())?, *k, kinds, &job(common))?)
            })?;
            if common.json {
                return output::json(&found);
            }
            for set in &found.sets {
                output::line(format!("{:8.5}  {}", set.fragmentation, set.entities.join(", ")))?;
            }
            Ok(())
        }
        ChartAct::Brokers { chart } => {
            let found = with_workspace(common, folder, |workspace| {
                Ok(workspace.brokers(named(workspace, chart.as_deref())?, 2, &job(common))?)
            })?;
            if common.json {
                return output::json(&found);
            }
            for broker in &found.brokers {
                output::line(format!("{:3}  {:6.3}  {}", broker.place, broker.score, broker.label))?;
            }
            Ok(())
        }
        ChartAct::Layout { name, seed, chart } => layout(common, folder, name, *seed, chart.as_deref()),
    }
}

fn list(common: &Common, folder: &Path) -> Result<(), Failed> {
    let charts = with_workspace(common, folder, |workspace| Ok(workspace.charts()?))?;
    if common.json {
        return output::json(&charts);
    }
    for chart in &charts {
        output::line(format!("{}  {}", chart.id, chart.name))?;
    }
    output::line(output::count(charts.len() as u64, "chart", "charts"))
}

fn new(common: &Common, folder: &Path, name: &str, entities: &[String]) -> Result<(), Failed> {
    let (chart, change) = with_workspace(common, folder, |workspace| {
        let ids = if entities.is_empty() {
            workspace.entities(&EntityQuery::default(), u32::MAX, 0)?.entities.iter().map(|entity| entity.id).collect()
        } else {
            entities.iter().map(|entity| workspace.named(entity)).collect::<Result<Vec<_>, _>>()?
        };
        Ok(workspace.make_chart(name, &ids)?)
    })?;
    if common.json {
        return output::json(&json!({ "chart": chart, "name": name, "change": change }));
    }
    output::line(format!("{chart}  {name}"))
}

fn layout(common: &Common, folder: &Path, name: &str, seed: u64, chart: Option<&str>) -> Result<(), Failed> {
    let arrangement = Arrangement { layout: name.to_owned(), seed, ..Arrangement::default() };
    let positions = with_workspace(common, folder, |workspace| {
        let placed = match named(workspace, chart)? {
            Some(chart) => workspace.arrange(chart, &arrangement)?,
            None => workspace.arrange_everything(&arrangement)?,
        };
        let mut labels = Vec::with_capacity(placed.len());
        let all = workspace.entities(&EntityQuery::default(), u32::MAX, 0)?.entities;
        let labelled: std::collections::HashMap<_, _> =
            all.into_iter().map(|entity| (entity.id, entity.label)).collect();
        for placement in placed {
            let label = labelled.get(&placement.entity).cloned().unwrap_or_default();
            let (x, y) = (f64::from(placement.x) / 100.0, f64::from(placement.y) / 100.0);
            labels.push(json!({ "id": placement.entity, "label": label, "x": x, "y": y }));
        }
        Ok(labels)
    })?;
    if common.json {
        return output::json(&json!({ "layout": name, "seed": seed, "positions": positions }));
    }
    for position in &positions {
        output::line(format!(
            "{:10}  {:10}  {}",
            position["x"],
            position["y"],
            position["label"].as_str().unwrap_or_default()
        ))?;
    }
    Ok(())
}

pub fn briefing(
    common: &Common,
    folder: &Path,
    chart: &str,
    target: &Target<'_>,
    selection: &[String],
    language: &str,
    lens: Option<&str>,
) -> Result<(), Failed> {
    let to = target.path;
    let ending = to.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let format = PictureFormat::ALL.into_iter().find(|format| format.code() == ending);
    let format =
        format.ok_or_else(|| Failed::Usage(format!("{}: the file ends in .svg, .pdf or .png", to.display())))?;
    let language = self::language(language)?;
    let mut names = selection.iter().flat_map(|names| names.split(','));
    if let Some(empty) = names.find(|name| name.trim().is_empty()) {
        let message = format!("--selection: '{empty}' names no entity; give ids or names, divided by commas");
        return Err(Failed::Usage(message));
    }
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    let boxes = with_workspace(common, folder, |workspace| {
        let chart = workspace.chart_named(chart)?.id;
        let mut chosen = Vec::new();
        for names in selection {
            chosen.extend(workspace.all_named(names)?);
        }
        let request = PictureRequest { chart, format, selection: &chosen, language, lens };
        Ok(workspace.picture(request, target, &worker)?)
    })?;
    if common.json {
        return output::json(&json!({ "file": to, "format": format, "boxes": boxes }));
    }
    if !boxes.is_empty() {
        output::line(format!("An empty box in it, for want of a font: {boxes}"))?;
    }
    output::line(format!("Wrote {}", to.display()))
}

/// A language that Koplamp writes.
pub fn language(code: &str) -> Result<Language, Failed> {
    match code {
        "nl" => Ok(Language::Nl),
        "en" => Ok(Language::En),
        other => Err(Failed::Usage(format!("'{other}' is no language of Koplamp: nl or en is expected"))),
    }
}

/// The chart of this name; none is the whole case.
pub fn named(workspace: &Workspace, chart: Option<&str>) -> Result<Option<ChartId>, WorkspaceError> {
    chart.map(|chart| Ok(workspace.chart_named(chart)?.id)).transpose()
}

/// Work that tells how far it is, unless the answer is for a program.
pub fn job(common: &Common) -> Job {
    let quiet = common.json;
    Job::new(move |progress| {
        if !quiet {
            eprintln!("{}: {} %", progress.current, progress.done * 100 / progress.total.max(1));
        }
    })
}

fn overlay_named(name: &str, organisation: Option<&str>) -> Result<Overlay, Failed> {
    let organisation = organisation.map(str::to_owned);
    Ok(match (name, organisation) {
        ("only-one", organisation) => Overlay::OnlyOne { organisation },
        ("without", Some(organisation)) => Overlay::Without { organisation },
        ("without", None) => return Err(Failed::Usage("without which organisation? Give --organisation".into())),
        (_, Some(_)) => {
            return Err(Failed::Usage(format!("'{name}' is of all organisations: leave --organisation out")));
        }
        ("contradictions", None) => Overlay::Contradictions,
        (_, None) => Overlay::Meetings,
    })
}

fn overlaid(common: &Common, folder: &Path, overlay: &Overlay, chart: Option<&str>) -> Result<(), Failed> {
    let found = with_workspace(common, folder, |workspace| Ok(workspace.overlay(named(workspace, chart)?, overlay)?))?;
    if common.json {
        return output::json(&found);
    }
    for meeting in &found.meetings {
        let [one, other] = &meeting.organisations;
        output::line(format!(
            "{}  ({one}, {other}): joins {}",
            meeting.label,
            output::count(meeting.pairs, "pair", "pairs")
        ))?;
    }
    let links = output::count(found.links.len(), "link", "links");
    output::line(format!("{}, {links}", output::count(found.entities.len(), "entity", "entities")))
}
