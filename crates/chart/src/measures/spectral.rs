//! Eigenvector centrality (Bonacich, 1972) and PageRank (Brin and Page, 1998).

use super::lanczos;
use crate::graph::Graph;
use crate::watch::{Cancelled, Watch};

/// The share of steps in PageRank that follow a link; the others start anew anywhere.
pub(crate) const DAMPING: f64 = 0.85;

/// Most steps of the power iteration of a directed reading.
const STEPS: usize = 20_000;

/// PageRank: where somebody who follows links at random is met how often; the sum is 1. Parallel links that are counted are so many
/// chances. From an entity without links onwards the next step goes anywhere, as in networkx and igraph.
pub(crate) fn pagerank(graph: &Graph) -> Vec<f64> {
    let nodes = graph.nodes();
    let each = 1.0 / nodes as f64;
    let mut ranks = vec![each; nodes];
    let degrees: Vec<f64> = (0..nodes as u32).map(|node| graph.out.degree(node) as f64).collect();
    // The error shrinks by the damping in each step: after 300 steps nothing of it is left.
    for _ in 0..300 {
        let ends: f64 = ranks.iter().zip(&degrees).filter(|(_, degree)| **degree == 0.0).map(|(rank, _)| rank).sum();
        let anywhere = (1.0 - DAMPING) * each + DAMPING * ends * each;
        let next: Vec<f64> = (0..nodes as u32)
            .map(|node| {
                let incoming = graph.back().counted(node);
                let sum: f64 = incoming
                    .map(|(from, count)| ranks[from as usize] * f64::from(count) / degrees[from as usize])
                    .sum();
                anywhere + DAMPING * sum
            })
            .collect();
        let change: f64 = ranks.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        ranks = next;
        if change < 1e-16 {
            break;
        }
    }
    ranks
}

/// Eigenvector centrality, scaled to Euclidean length 1; with whether it was reached to full accuracy.
///
/// Parallel links that are counted weigh so much. In a directed reading what comes in counts (the left eigenvector). In pieces that are
/// not connected only those with the largest eigenvalue have values, all others 0; where several pieces share it, each has the part that
/// a power iteration with equal beginnings gives it. Directed and without a cycle, all are 0. This is what networkx tends to and what
/// igraph gives.
///
/// # Errors
/// It was told to stop.
pub(crate) fn eigenvector(graph: &Graph, watch: Watch<'_>, share: f64) -> Result<(Vec<f64>, bool), Cancelled> {
    if graph.nodes() == 0 {
        return Ok((Vec::new(), true));
    }
    if graph.convention.directed { directed(graph, watch, share) } else { undirected(graph, watch, share) }
}

fn undirected(graph: &Graph, watch: Watch<'_>, share: f64) -> Result<(Vec<f64>, bool), Cancelled> {
    let mut pieces: Vec<(u64, Vec<u32>)> = super::cuts::components(graph)
        .into_iter()
        .map(|piece| (piece.iter().map(|&node| graph.out.degree(node)).max().unwrap_or(0), piece))
        .collect();
    pieces.sort_by_key(|(most, piece)| (std::cmp::Reverse(*most), piece.first().copied()));
    let mut leading: Vec<(f64, &[u32], Vec<f64>)> = Vec::new();
    let (mut largest, mut exact) = (0.0, true);
    for (most, piece) in &pieces {
        // No eigenvalue is larger than the largest degree.
        if (*most as f64) < largest * (1.0 - 1e-9) {
            break;
        }
        let (value, vector, reached) = lanczos::leading(graph, piece, &|| watch(share))?;
        if value > largest * (1.0 + 1e-11) {
            (largest, exact) = (value, reached);
            leading.clear();
        }
        if value >= largest * (1.0 - 1e-11) {
            leading.push((value, piece, vector));
        }
    }
    let mut result = vec![0.0; graph.nodes()];
    for (_, piece, vector) in &leading {
        let part: f64 = vector.iter().sum();
        for (&node, value) in piece.iter().zip(vector) {
            result[node as usize] = value * part;
        }
    }
    lanczos::scale(&mut result);
    Ok((result, exact))
}

fn directed(graph: &Graph, watch: Watch<'_>, share: f64) -> Result<(Vec<f64>, bool), Cancelled> {
    let nodes = graph.nodes();
    if !super::cuts::has_cycle(graph) {
        return Ok((vec![0.0; nodes], true));
    }
    let mut vector = vec![1.0; nodes];
    lanczos::scale(&mut vector);
    let mut before = f64::INFINITY;
    for step in 0..STEPS {
        if step % 50 == 0 && !watch(share) {
            return Err(Cancelled);
        }
        // With itself added: otherwise a single cycle would turn round for ever.
        let mut next: Vec<f64> = (0..nodes as u32)
            .map(|node| {
                let incoming = graph.back().counted(node);
                vector[node as usize]
                    + incoming.map(|(from, count)| vector[from as usize] * f64::from(count)).sum::<f64>()
            })
            .collect();
        lanczos::scale(&mut next);
        let change = vector.iter().zip(&next).map(|(old, new)| (old - new).powi(2)).sum::<f64>().sqrt();
        vector = next;
        // What is still to come, if each step goes on to shrink the change by as much.
        let rate = change / before;
        if change < 1e-15 || (change < 1e-11 && rate < 1.0 && change * rate / (1.0 - rate) < 1e-14) {
            return Ok((vector, true));
        }
        before = change;
    }
    Ok((vector, false))
}
