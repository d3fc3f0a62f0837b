//! Layouts: where the entities of a chart stand.
//!
//! All are deterministic: the same network, request and seed give the same positions, bit for bit, however many threads there are.
//! What is pinned stays exactly where it is. Lengths are pixels at scale 1, x to the right and y downwards.

mod adjacency;
mod cells;
mod circle;
mod extent;
mod force;
mod grid;
mod hierarchy;
mod lanes;
mod noise;
mod overlap;
mod pack;
mod pivot;
mod quadtree;
mod radial;
mod separate;
mod simulation;

#[cfg(test)]
mod tests;

use koplamp_model::Network;

pub use extent::Extent;
pub use force::Force;
pub use lanes::first_day;
pub use overlap::{Axes, remove_overlaps};
pub use simulation::{LEASH, LINK_LENGTH};

pub(crate) use adjacency::Adjacency;

/// A layout that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayoutInfo {
    /// Its name in a request, on the command line and in a chart's settings.
    pub id: &'static str,
    /// Dutch name.
    pub nl: &'static str,
    /// English name.
    pub en: &'static str,
    /// Whether another seed gives another picture.
    pub seeded: bool,
    /// Whether it is drawn around one entity.
    pub centred: bool,
    /// Whether it keeps what has a place about there, and only finds places for the rest.
    pub incremental: bool,
}

/// All layouts, in the order in which they are offered.
pub const LAYOUTS: &[LayoutInfo] = &[
    LayoutInfo { id: "force", nl: "Krachten", en: "Force", seeded: true, centred: false, incremental: true },
    LayoutInfo {
        id: "hierarchy",
        nl: "Hiërarchie",
        en: "Hierarchy",
        seeded: false,
        centred: false,
        incremental: false,
    },
    LayoutInfo { id: "radial", nl: "Ringen", en: "Rings", seeded: false, centred: true, incremental: false },
    LayoutInfo { id: "circle", nl: "Cirkel", en: "Circle", seeded: false, centred: false, incremental: false },
    LayoutInfo {
        id: "circles",
        nl: "Cirkel per soort",
        en: "Circle a type",
        seeded: false,
        centred: false,
        incremental: false,
    },
    LayoutInfo { id: "grid", nl: "Raster", en: "Grid", seeded: false, centred: false, incremental: false },
    LayoutInfo { id: "lanes", nl: "Tijdbanen", en: "Time lanes", seeded: false, centred: false, incremental: false },
];

/// What is asked of a layout. A list that is shorter than the network's nodes counts as filled up with its default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayoutRequest {
    /// Which: one of [`LAYOUTS`].
    pub name: String,
    /// What random choices follow from.
    pub seed: u64,
    /// Of a centred layout: place of the node in the middle; none is the one with most neighbours.
    pub centre: Option<u32>,
    /// Of `force`: how many rounds; none is a number that fits the size.
    pub iterations: Option<u32>,
    /// Where nodes stand now. `force` keeps them within [`LEASH`] of it (but for making room) and puts the others near their neighbours;
    /// the rest only centres its picture on it.
    pub start: Vec<Option<(f64, f64)>>,
    /// Nodes that do not move; only those that have a place.
    pub pinned: Vec<bool>,
    /// How much room each node takes, label included.
    pub extents: Vec<Extent>,
}

/// Why there is no layout.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// There is no such layout.
    #[error("there is no layout '{0}': choose one of force, hierarchy, radial, circle, circles, grid, lanes")]
    Unknown(String),
    /// The centre is not a node.
    #[error("the centre {centre} is not on the chart, which has {nodes} entities: choose an entity that is on it")]
    Centre {
        /// What was asked for.
        centre: u32,
        /// How many there are.
        nodes: usize,
    },
    /// The watcher said stop.
    #[error("the layout was stopped")]
    Stopped,
}

impl LayoutRequest {
    fn start(&self, node: usize) -> Option<(f64, f64)> {
        self.start.get(node).copied().flatten().filter(|(x, y)| x.is_finite() && y.is_finite())
    }

    fn pin(&self, node: usize) -> Option<(f64, f64)> {
        self.start(node).filter(|_| self.pinned.get(node) == Some(&true))
    }

    fn extents(&self, nodes: usize) -> Vec<Extent> {
        (0..nodes).map(|node| self.extents.get(node).copied().unwrap_or_default().sane()).collect()
    }
}

/// Lays a network out: a position a node, in the order of the nodes. `watch` is told the share that is done, 0 to 1, now and then, and
/// says whether to go on.
///
/// # Errors
/// When there is no such layout, its centre is not a node, or the watcher said stop.
pub fn layout(
    network: &Network,
    request: &LayoutRequest,
    watch: &dyn Fn(f64) -> bool,
) -> Result<Vec<(f64, f64)>, LayoutError> {
    let count = network.nodes.len();
    if let Some(centre) = request.centre.filter(|centre| *centre as usize >= count) {
        return Err(LayoutError::Centre { centre, nodes: count });
    }
    let extents = request.extents(count);
    let arms = Adjacency::new(network);
    let (positions, axes) = match request.name.as_str() {
        "force" => return force::run(network, request, watch),
        "hierarchy" => (hierarchy::hierarchy(network, &arms, &extents, watch)?, Axes::Horizontal),
        "radial" => (radial::radial(network, &arms, &extents, request.centre), Axes::Both),
        "circle" => (circle::circle(network, &extents), Axes::Both),
        "circles" => (circle::circles(network, &extents), Axes::Both),
        "grid" => (grid::grid(network, &extents), Axes::Both),
        "lanes" => (lanes::lanes(network, &extents), Axes::Vertical),
        _ => return Err(LayoutError::Unknown(request.name.clone())),
    };
    settle(positions, &extents, request, axes, watch)
}

/// Tells the watch the share that is done, 0 to 1.
///
/// # Errors
/// [`LayoutError::Stopped`] when it says stop.
fn go_on(watch: &dyn Fn(f64) -> bool, done: f64) -> Result<(), LayoutError> {
    if watch(done) { Ok(()) } else { Err(LayoutError::Stopped) }
}

/// Moves a picture to where the chart is, puts the pinned ones back, and makes room for them.
fn settle(
    mut positions: Vec<(f64, f64)>,
    extents: &[Extent],
    request: &LayoutRequest,
    axes: Axes,
    watch: &dyn Fn(f64) -> bool,
) -> Result<Vec<(f64, f64)>, LayoutError> {
    let count = positions.len();
    let pins: Vec<Option<(f64, f64)>> = (0..count).map(|node| request.pin(node)).collect();
    let pinned = pins.iter().any(Option::is_some);
    let known = |node: usize| if pinned { pins.get(node).copied().flatten() } else { request.start(node) };
    let shifts: Vec<(f64, f64)> = positions
        .iter()
        .enumerate()
        .filter_map(|(node, at)| known(node).map(|was| (was.0 - at.0, was.1 - at.1)))
        .collect();
    if !shifts.is_empty() {
        let share = 1.0 / shifts.len() as f64;
        let shift = shifts.iter().fold((0.0, 0.0), |sum, by| (sum.0 + by.0 * share, sum.1 + by.1 * share));
        for at in &mut positions {
            *at = (at.0 + shift.0, at.1 + shift.1);
        }
    }
    if pinned {
        let mut mobility = vec![1.0; count];
        for ((at, free), pin) in positions.iter_mut().zip(&mut mobility).zip(&pins) {
            if let Some(pin) = pin {
                *at = *pin;
                *free = 0.0;
            }
        }
        remove_overlaps(&mut positions, extents, &mobility, axes, watch)?;
    }
    Ok(positions)
}
