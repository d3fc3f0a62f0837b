//! The force layout: each component by itself, then side by side. It can be shown after a few rounds and continued from there.

use koplamp_model::Network;

use super::adjacency::Adjacency;
use super::extent::{Extent, bounds};
use super::overlap::{Axes, remove_overlaps};
use super::pack::{Parcel, pack};
use super::simulation::{LINK_LENGTH, Simulation};
use super::{LayoutError, LayoutRequest, go_on};

/// The share of the time after which the rounds are over, and room is made for labels.
const ROUNDS_DONE: f64 = 0.8;
/// How much an entity that has a place gives way to one that had none, when two boxes overlap.
const YIELDS: f64 = 0.1;

/// A force layout in motion: `step` it as long as there is time, and look at its `positions` in between.
#[derive(Debug)]
pub struct Force {
    components: Vec<(Vec<u32>, Simulation)>,
    extents: Vec<Extent>,
    mobility: Vec<f64>,
}

impl Force {
    /// Begins a layout: with no rounds at all, its positions already show the shape of the network.
    pub fn new(network: &Network, request: &LayoutRequest) -> Self {
        let count = network.nodes.len();
        let graph = Adjacency::new(network);
        let components = graph
            .components()
            .into_iter()
            .map(|nodes| {
                let anchors = nodes.iter().map(|node| request.start(*node as usize)).collect();
                let pinned = nodes.iter().map(|node| request.pin(*node as usize).is_some()).collect();
                let simulation = Simulation::new(graph.part(&nodes), anchors, pinned, request.seed);
                (nodes, simulation)
            })
            .collect();
        let mobility = (0..count)
            .map(|node| match (request.pin(node), request.start(node)) {
                (Some(_), _) => 0.0,
                (None, Some(_)) => YIELDS,
                (None, None) => 1.0,
            })
            .collect();
        Self { components, extents: request.extents(count), mobility }
    }

    /// Does so many rounds; what has come to rest takes no time.
    pub fn step(&mut self, rounds: u32) {
        for (_, simulation) in &mut self.components {
            for _ in 0..rounds {
                simulation.round();
            }
        }
    }

    /// Whether more rounds change nothing that is seen.
    pub fn settled(&self) -> bool {
        self.components.iter().all(|(_, simulation)| simulation.settled())
    }

    /// Where the nodes stand now, components side by side; boxes may overlap.
    pub fn positions(&self) -> Vec<(f64, f64)> {
        self.arranged(|_, _, _| {})
    }

    /// As [`Self::positions`], with the overlaps removed. `watch` is told the share of that which is done, 0 to 1, and says whether to go on.
    ///
    /// # Errors
    /// [`LayoutError::Stopped`] when the watch said stop.
    pub fn finished(&self, watch: &dyn Fn(f64) -> bool) -> Result<Vec<(f64, f64)>, LayoutError> {
        let (mut done, whole) = (0, self.extents.len().max(1) as f64);
        let mut outcome = Ok(());
        let positions = self.arranged(|positions, extents, mobility| {
            if outcome.is_ok() {
                let share = |part: f64| watch((f64::from(done) + part * extents.len() as f64) / whole);
                outcome = remove_overlaps(positions, extents, mobility, Axes::Both, &share);
                done += extents.len() as u32;
            }
        });
        outcome.map(|()| positions)
    }

    /// The components side by side, each after `apart` has moved its boxes; it is handed positions, boxes and how readily each gives way.
    fn arranged(&self, mut apart: impl FnMut(&mut [(f64, f64)], &[Extent], &[f64])) -> Vec<(f64, f64)> {
        let mut positions = vec![(0.0, 0.0); self.extents.len()];
        let mut free = Vec::new();
        let mut held: Vec<u32> = Vec::new();
        for (nodes, simulation) in &self.components {
            let extents: Vec<Extent> = nodes.iter().map(|node| self.extents[*node as usize]).collect();
            if simulation.anchored() {
                for (node, at) in nodes.iter().zip(simulation.positions()) {
                    positions[*node as usize] = *at;
                }
                held.extend(nodes);
                continue;
            }
            let mut own = upright(simulation);
            apart(&mut own, &extents, &vec![1.0; extents.len()]);
            free.push(Parcel { nodes, positions: own, extents });
        }
        let mut around = None;
        if !held.is_empty() {
            let pick = |node: &u32| self.extents[*node as usize];
            let extents: Vec<Extent> = held.iter().map(pick).collect();
            let mut own: Vec<(f64, f64)> = held.iter().map(|node| positions[*node as usize]).collect();
            let mobility: Vec<f64> = held.iter().map(|node| self.mobility[*node as usize]).collect();
            apart(&mut own, &extents, &mobility);
            for (node, at) in held.iter().zip(&own) {
                positions[*node as usize] = *at;
            }
            around = bounds(&own, &extents);
        }
        pack(free, around, &mut positions);
        positions
    }
}

/// The whole layout in one go.
pub(crate) fn run(
    network: &Network,
    request: &LayoutRequest,
    watch: &dyn Fn(f64) -> bool,
) -> Result<Vec<(f64, f64)>, LayoutError> {
    let rounds = request.iterations.unwrap_or(match network.nodes.len() {
        0..=1500 => 400,
        1501..=7000 => 200,
        _ => 120,
    });
    let mut force = Force::new(network, request);
    let mut done = 0;
    while done < rounds && !force.settled() {
        go_on(watch, ROUNDS_DONE * f64::from(done) / f64::from(rounds))?;
        let next = (rounds - done).min(10);
        force.step(next);
        done += next;
    }
    force.finished(&|share| watch(ROUNDS_DONE + (1.0 - ROUNDS_DONE) * share))
}

/// A free component, lying the wide way across, with its middle link as long as a link is meant to be.
fn upright(simulation: &Simulation) -> Vec<(f64, f64)> {
    let mut positions = simulation.positions().to_vec();
    let count = positions.len() as f64;
    let middle = positions.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.0 / count, sum.1 + at.1 / count));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for at in &mut positions {
        *at = (at.0 - middle.0, at.1 - middle.1);
        (xx, xy, yy) = (xx + at.0 * at.0, xy + at.0 * at.1, yy + at.1 * at.1);
    }
    let turn = -0.5 * (2.0 * xy).atan2(xx - yy);
    let mut lengths = simulation.link_lengths();
    let half = lengths.len() / 2;
    let middle_link =
        if lengths.is_empty() { LINK_LENGTH } else { *lengths.select_nth_unstable_by(half, f64::total_cmp).1 };
    let scale = if middle_link > 1.0 { LINK_LENGTH / middle_link } else { 1.0 };
    let (sin, cos) = (turn.sin() * scale, turn.cos() * scale);
    positions.iter().map(|at| (at.0 * cos - at.1 * sin, at.0 * sin + at.1 * cos)).collect()
}
