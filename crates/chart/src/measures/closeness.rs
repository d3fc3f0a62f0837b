//! Closeness with the correction of Wasserman and Faust, from walks that start at 64 entities at once (after Then et al., "The More the
//! Merrier: Efficient Multi-Source Graph Traversal", 2014): each bit of a word is a walk.

use rayon::prelude::*;

use crate::graph::{Arcs, Graph};
use crate::watch::{Cancelled, Progress};

/// Walks in a word.
pub(crate) const TOGETHER: usize = 64;

/// Closeness of each node: r / (sum of the distances from the r others that reach it) times r / (n - 1), where n is the number of all nodes
/// (Wasserman and Faust, *Social Network Analysis*, 1994, formula 5.22). In a directed reading the distances are those towards the node, as
/// in networkx. 0 where nothing reaches it. Parallel links change nothing.
///
/// # Errors
/// It was told to stop.
pub(crate) fn closeness(graph: &Graph, progress: &Progress<'_>) -> Result<Vec<f64>, Cancelled> {
    let nodes = graph.nodes() as u32;
    let groups: Vec<u32> = (0..nodes).step_by(TOGETHER).collect();
    let found: Vec<Vec<f64>> = groups
        .into_par_iter()
        .map(|first| {
            progress.step()?;
            let sources: Vec<u32> = (first..nodes.min(first + TOGETHER as u32)).collect();
            let distances = together(graph.back(), &sources);
            Ok(distances.into_iter().map(|(reached, sum)| wasserman_faust(reached, sum, nodes)).collect())
        })
        .collect::<Result<_, Cancelled>>()?;
    Ok(found.concat())
}

fn wasserman_faust(reached: u64, sum: u64, nodes: u32) -> f64 {
    if sum == 0 {
        return 0.0;
    }
    let reached = reached as f64;
    reached / sum as f64 * (reached / f64::from(nodes - 1))
}

/// For each of up to 64 sources: how many others it reaches, and the sum of the distances to them.
fn together(arcs: &Arcs, sources: &[u32]) -> Vec<(u64, u64)> {
    let nodes = arcs.offsets.len() - 1;
    let (mut seen, mut next) = (vec![0_u64; nodes], vec![0_u64; nodes]);
    let mut front: Vec<(u32, u64)> = sources.iter().zip(0..).map(|(&source, bit)| (source, 1 << bit)).collect();
    for &(node, bits) in &front {
        seen[node as usize] |= bits;
    }
    let mut result = vec![(0, 0); sources.len()];
    let mut distance = 0;
    let mut touched = Vec::new();
    while !front.is_empty() {
        distance += 1;
        for (node, bits) in front.drain(..) {
            for &target in arcs.targets(node) {
                let new = bits & !seen[target as usize];
                if new != 0 {
                    if next[target as usize] == 0 {
                        touched.push(target);
                    }
                    next[target as usize] |= new;
                }
            }
        }
        for node in touched.drain(..) {
            let mut bits = std::mem::take(&mut next[node as usize]);
            seen[node as usize] |= bits;
            front.push((node, bits));
            while bits != 0 {
                let (reached, sum) = &mut result[bits.trailing_zeros() as usize];
                *reached += 1;
                *sum += distance;
                bits &= bits - 1;
            }
        }
    }
    result
}
