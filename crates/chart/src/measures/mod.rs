//! Measures of a network: who stands where in it.
//!
//! petgraph gives articulation points, bridges and cycles. `rustworkx-core` is not used: it needs `priority-queue`, which may be passed on under
//! the LGPL or the MPL only; and its betweenness takes as long as igraph's, its cores know no parallel links, its eigenvector stops early.

mod brandes;
mod bridging;
mod closeness;
mod communities;
mod cores;
mod counts;
pub(crate) mod cuts;
mod lanczos;
mod result;
mod sampled;
mod spectral;

use koplamp_model::Network;
pub use result::{
    BetweennessMethod, Bridging, Closeness, CommunityMethod, EigenvectorScale, EntityMeasures, Join, LinkMeasures,
    MeasureConvention, Measures, Normalised, SelfLoops,
};

use crate::graph::{Convention, Graph, NONE, ParallelLinks};
use crate::watch::{Cancelled, Progress, Watch};
use brandes::Sums;
use bridging::Meetings;
use sampled::Bound;

/// How to measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasureOptions {
    /// How the network is read.
    pub convention: Convention,
    /// Networks of more entities than this have their betweenness sampled.
    pub exact_up_to: usize,
    /// Of a sample: the bound on the error of normalised betweenness; above 0, below 1.
    pub epsilon: f64,
    /// Of a sample: how likely the bound may be broken; above 0, below 1.
    pub delta: f64,
    /// What random choices start from: the same seed gives the same result.
    pub seed: u64,
}

impl Default for MeasureOptions {
    fn default() -> Self {
        Self { convention: Convention::default(), exact_up_to: 10_000, epsilon: 0.005, delta: 0.1, seed: 1 }
    }
}

/// Measures a network under a convention, with the usual options: exact betweenness up to 10,000 entities, above that sampled.
///
/// # Errors
/// The watch told it to stop.
pub fn measure(network: &Network, convention: Convention, watch: Watch<'_>) -> Result<Measures, Cancelled> {
    measure_with(network, &MeasureOptions { convention, ..MeasureOptions::default() }, watch)
}

/// Measures a network. What each value means stands with [`EntityMeasures`] and [`LinkMeasures`].
///
/// # Errors
/// The watch told it to stop.
pub fn measure_with(network: &Network, options: &MeasureOptions, watch: Watch<'_>) -> Result<Measures, Cancelled> {
    let graph = Graph::new(network, options.convention);
    let meetings = Meetings::new(&graph, network);
    let found = between(&graph, meetings.as_ref(), options, watch)?;
    let groups = graph.nodes().div_ceil(closeness::TOGETHER);
    let closeness = closeness::closeness(&graph, &Progress::new(watch, 0.8, 0.95, groups))?;
    let communities = communities::communities(&graph, options.seed, watch, 0.95)?;
    let (eigenvector, converged) = spectral::eigenvector(&graph, watch, 0.97)?;
    let pagerank = spectral::pagerank(&graph);
    let (cores, cuts) = (cores::cores(&graph), cuts::cuts(&graph, network));
    // Undirected readings have each pair twice.
    let half = if options.convention.directed { 1.0 } else { 0.5 };
    let pairs = (graph.nodes().saturating_sub(1) as f64) * (graph.nodes().saturating_sub(2) as f64);
    let mut bridging = found.bridging.map(Vec::into_iter);
    let entities = network.nodes.iter().enumerate().map(|(place, node)| EntityMeasures {
        id: node.id,
        label: node.label.clone(),
        degree: graph.degree(place as u32),
        betweenness: found.sums.nodes[place] * half,
        betweenness_normalised: if pairs > 0.0 { found.sums.nodes[place] / pairs } else { 0.0 },
        closeness: closeness[place],
        eigenvector: eigenvector[place],
        pagerank: pagerank[place],
        core: cores[place],
        community: communities.of[place],
        articulation: cuts.articulation[place],
        bridging: bridging.as_mut().and_then(Iterator::next),
    });
    let entities = entities.collect();
    let links = network.links.iter().enumerate().filter_map(|(place, link)| {
        Some(LinkMeasures {
            id: link.id,
            source: network.nodes.get(link.source as usize)?.id,
            target: network.nodes.get(link.target as usize)?.id,
            betweenness: link_betweenness(&graph, &found.sums, place) * half,
            bridge: cuts.bridge[place],
        })
    });
    let length = eigenvector.iter().map(|value| value * value).sum::<f64>();
    Ok(Measures {
        convention: MeasureConvention {
            parallel: options.convention.parallel,
            directed: options.convention.directed,
            self_loops: SelfLoops::DegreeOnly,
            betweenness: found.method,
            normalised: Normalised::PairsOfOthers,
            closeness: Closeness::WassermanFaust,
            eigenvector: EigenvectorScale { length: if length > 0.5 { 1.0 } else { 0.0 }, converged },
            damping: spectral::DAMPING,
            community: CommunityMethod::Leiden,
            seed: options.seed,
        },
        entities,
        links: links.collect(),
        modularity: communities.modularity,
    })
}

/// Betweenness alone, of entities and links, as [`measure_with`] gives it, raw.
#[derive(Debug, Clone, PartialEq)]
pub struct Betweenness {
    /// Of each entity, in the order of the network.
    pub entities: Vec<f64>,
    /// Of each link, in the order of the network.
    pub links: Vec<f64>,
    /// How it was found.
    pub method: BetweennessMethod,
}

/// Measures betweenness only.
///
/// # Errors
/// The watch told it to stop.
pub fn betweenness(network: &Network, options: &MeasureOptions, watch: Watch<'_>) -> Result<Betweenness, Cancelled> {
    let graph = Graph::new(network, options.convention);
    let found = between(&graph, None, options, watch)?;
    // Undirected readings have each pair twice.
    let half = if options.convention.directed { 1.0 } else { 0.5 };
    Ok(Betweenness {
        entities: found.sums.nodes.iter().map(|sum| sum * half).collect(),
        links: (0..network.links.len()).map(|link| link_betweenness(&graph, &found.sums, link) * half).collect(),
        method: found.method,
    })
}

/// What was found from shortest paths.
struct Between {
    sums: Sums,
    bridging: Option<Vec<Bridging>>,
    method: BetweennessMethod,
}

fn between(
    graph: &Graph,
    meetings: Option<&Meetings>,
    options: &MeasureOptions,
    watch: Watch<'_>,
) -> Result<Between, Cancelled> {
    let nodes = graph.nodes();
    if nodes <= options.exact_up_to.max(2) {
        let until = if meetings.is_some() { 0.4 } else { 0.8 };
        let sums = brandes::exact(graph, &Progress::new(watch, 0.0, until, nodes))?;
        let progress = Progress::new(watch, until, 0.8, nodes);
        let table = meetings.map(|meetings| meetings.exact(graph, &progress)).transpose()?;
        let bridging = meetings.zip(table).map(|(meetings, table)| meetings.read(&table, &sums));
        return Ok(Between { sums, bridging, method: BetweennessMethod::Exact });
    }
    let (epsilon, delta) = (options.epsilon.clamp(1e-4, 1.0), options.delta.clamp(1e-9, 1.0));
    let samples = sampled::samples(graph, Bound { epsilon, delta });
    let progress = Progress::new(watch, 0.0, 0.8, samples as usize);
    let (sums, table) = sampled::estimate(graph, meetings, samples, options.seed, &progress)?;
    let bridging = meetings.map(|meetings| meetings.read(&table, &sums));
    Ok(Between { sums, bridging, method: BetweennessMethod::Sampled { epsilon, delta, samples } })
}

/// What a link carries: that of its arcs, shared with those that it is counted beside.
fn link_betweenness(graph: &Graph, sums: &Sums, link: usize) -> f64 {
    let arcs = graph.arcs_of_link[link].into_iter().filter(|&arc| arc != NONE);
    arcs.map(|arc| {
        let links = match graph.convention.parallel {
            ParallelLinks::Merge => 1.0,
            ParallelLinks::Count => f64::from(graph.out.counts[arc as usize]),
        };
        sums.arcs[arc as usize] / links
    })
    .sum()
}
