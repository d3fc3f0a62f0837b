//! Frames: around open groups, and around the lanes of a time layout with a place for what has no date.

use std::collections::BTreeMap;

use koplamp_model::{Placement, SceneFrame};

use super::SceneRequest;
use super::bounds::{Bounds, both, of_node, wider};
use super::nodes::Drawn;
use super::words::Language;
use crate::layout::first_day;

/// Space between a frame and what is in it.
const PADDING: f64 = 14.0;

/// The frames.
pub(crate) fn draw(request: &SceneRequest, drawn: &Drawn, places: &[Option<&Placement>]) -> Vec<SceneFrame> {
    let mut frames: Vec<SceneFrame> = request
        .settings
        .groups
        .iter()
        .filter(|group| !group.collapsed)
        .filter_map(|group| {
            let members = request.network.nodes.iter().enumerate();
            let within = members.filter(|(_, node)| group.entities.contains(&node.id));
            let bounds = within.filter_map(|(at, _)| box_of(drawn, at)).reduce(both)?;
            Some(SceneFrame { name: group.name.clone(), bounds: wider(bounds, PADDING) })
        })
        .collect();
    if request.settings.layout.as_deref() == Some("lanes") {
        frames.extend(lanes(request, drawn, places));
    }
    frames
}

fn box_of(drawn: &Drawn, node: usize) -> Option<Bounds> {
    drawn.nodes.get(drawn.place.get(node).copied().flatten()? as usize).map(of_node)
}

/// A lane a type, and one place for the undated. Only as long as they lie apart: who moved things about has no lanes any more.
fn lanes(request: &SceneRequest, drawn: &Drawn, places: &[Option<&Placement>]) -> Vec<SceneFrame> {
    let days = first_day(request.network);
    let mut dated: BTreeMap<&str, Bounds> = BTreeMap::new();
    let mut undated: Option<Bounds> = None;
    for (at, node) in request.network.nodes.iter().enumerate().filter(|(at, _)| places[*at].is_some()) {
        let Some(own) = box_of(drawn, at) else { continue };
        if days[at].is_some() {
            dated.entry(&node.kind).and_modify(|bounds| *bounds = both(*bounds, own)).or_insert(own);
        } else {
            undated = Some(undated.map_or(own, |bounds| both(bounds, own)));
        }
    }
    let name = |kind: &str| {
        request
            .schema
            .find(kind)
            .map_or(kind, |known| match request.language {
                Language::Nl => &known.nl_plural,
                Language::En => &known.en_plural,
            })
            .to_string()
    };
    let mut lanes: Vec<SceneFrame> =
        dated.iter().map(|(kind, bounds)| SceneFrame { name: name(kind), bounds: wider(*bounds, PADDING) }).collect();
    lanes.extend(
        undated
            .map(|bounds| SceneFrame { name: request.language.undated().to_string(), bounds: wider(bounds, PADDING) }),
    );
    let apart = |a: Bounds, b: Bounds| a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
    let clear = lanes
        .iter()
        .enumerate()
        .all(|(at, one)| lanes.iter().skip(at + 1).all(|other| apart(one.bounds, other.bounds)));
    if clear { lanes } else { Vec::new() }
}
