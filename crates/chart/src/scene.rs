//! The scene of a chart: what is drawn where. The rules by which it is drawn stand with [`koplamp_model::Scene`].
//!
//! A filter takes what does not match out of sight; a period of the timeline (the brush) only makes the rest faint.

mod bounds;
mod curve;
mod frames;
mod legend;
mod links;
mod marks;
mod measure;
mod nodes;
mod parallel;
mod room;
mod shape;
mod style;
mod words;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use koplamp_model::{ChartSettings, EntityId, GradingScheme, Network, Placement, Scene, SceneNote, Schema, StyleSheet};

use crate::filter::{Details, Sight};

pub use bounds::{extents, node_extent};
pub use marks::Attributes;
pub use measure::{LINE, LINK_FONT, NODE_FONT, text_width};
pub use shape::reach;
pub use words::{Language, caption};

/// Radius of a node of the usual size, in pixels.
pub const RADIUS: f64 = 16.0;

/// What a scene is made of.
#[derive(Debug, Clone, Copy)]
pub struct SceneRequest<'a> {
    /// The entities of the chart, and the links between them.
    pub network: &'a Network,
    /// Parallel to the network's nodes; what is missing counts as empty.
    pub nodes: &'a [Details],
    /// Parallel to the network's links.
    pub links: &'a [Details],
    /// Where entities stand; one without a placement is not shown.
    pub placements: &'a [Placement],
    /// How the chart is shown.
    pub settings: &'a ChartSettings,
    /// The style sheet, if there is one: it goes before the styles of the types.
    pub sheet: Option<&'a StyleSheet>,
    /// Types, with their styles and names.
    pub schema: &'a Schema,
    /// What grades mean.
    pub grading: &'a GradingScheme,
    /// The language of the words.
    pub language: Language,
    /// Parallel to the nodes: how many links each has that are not on the chart.
    pub outside: &'a [u32],
    /// First and last day, in days since 1970-01-01: what lies outside is faint. What is undated is not; an entity is as long as a link of it
    /// is not, or a day of its own lies within.
    pub brush: Option<(i32, i32)>,
}

/// Makes the scene.
pub fn scene(request: &SceneRequest) -> Scene {
    let SceneRequest { network, settings, .. } = *request;
    let sight =
        Sight { network, nodes: request.nodes, links: request.links, grading: request.grading, schema: request.schema };
    let shown = sight.matches(&settings.filter);
    let styles = style::Styles::new(request, &sight);
    let placements: HashMap<EntityId, &Placement> =
        request.placements.iter().map(|placement| (placement.entity, placement)).collect();
    let places: Vec<Option<&Placement>> = network
        .nodes
        .iter()
        .zip(&shown.nodes)
        .map(|(node, shown)| placements.get(&node.id).copied().filter(|placement| *shown && !placement.hidden))
        .collect();
    let mut drawn = nodes::draw(request, &styles, &places);
    let hidden: HashSet<EntityId> = settings.hidden_links.iter().copied().collect();
    let visible: Vec<u32> = (0..network.links.len() as u32)
        .filter(|at| shown.links[*at as usize] && !hidden.contains(&network.links[*at as usize].id))
        .collect();
    let links = links::draw(request, &styles, &drawn, &visible);
    nodes::brush(request, &mut drawn, &links);
    let mut scene = Scene {
        links,
        frames: frames::draw(request, &drawn, &places),
        notes: settings
            .notes
            .iter()
            .map(|note| SceneNote {
                x: f64::from(note.x) / 100.0,
                y: f64::from(note.y) / 100.0,
                text: note.text.lines().map(str::to_string).collect(),
            })
            .collect(),
        legend: Vec::new(),
        bounds: (0.0, 0.0, 0.0, 0.0),
        nodes: drawn.nodes,
    };
    scene.legend = legend::legend(request, &scene, &styles, &drawn.members);
    room::find(&mut scene);
    scene.bounds = bounds::of_scene(&scene);
    scene
}
