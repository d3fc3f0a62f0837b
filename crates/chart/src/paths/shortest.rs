//! Paths without dates: all shortest ones, and the k shortest without a loop (Yen, 1971, with Lawler's saving of 1972).
//!
//! petgraph gives the length of the k-th shortest walk, not the path, and no list of all shortest paths.

use std::collections::{BTreeSet, VecDeque};

use crate::graph::{Arcs, Graph, NONE};
use crate::watch::{Cancelled, Watch};

/// Distances of all nodes along the arcs.
fn distances(arcs: &Arcs, from: u32) -> Vec<u32> {
    let mut distance = vec![NONE; arcs.offsets.len() - 1];
    distance[from as usize] = 0;
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        for &target in arcs.targets(node) {
            if distance[target as usize] == NONE {
                distance[target as usize] = distance[node as usize] + 1;
                queue.push_back(target);
            }
        }
    }
    distance
}

/// All shortest paths, at most `limit`, and whether there are more.
pub(super) fn all(
    graph: &Graph,
    from: u32,
    to: u32,
    limit: usize,
    watch: Watch<'_>,
) -> Result<(Vec<Vec<u32>>, bool), Cancelled> {
    let distance = distances(graph.back(), to);
    let mut paths = Vec::new();
    if distance[from as usize] == NONE {
        return Ok((paths, false));
    }
    // Every step nearer leads on to the end: nothing is tried in vain.
    let mut path = vec![from];
    let mut next = vec![0];
    while let (Some(&node), Some(place)) = (path.last(), next.last_mut()) {
        if node == to {
            if paths.len() >= limit {
                return Ok((paths, true));
            }
            if !watch(paths.len() as f64 / limit as f64) {
                return Err(Cancelled);
            }
            paths.push(path.clone());
        }
        let nearer =
            |&target: &u32| distance[target as usize] != NONE && distance[target as usize] < distance[node as usize];
        let targets = graph.out.targets(node);
        match targets.iter().skip(*place).position(nearer) {
            Some(found) => {
                path.push(targets[*place + found]);
                *place += found + 1;
                next.push(0);
            }
            None => {
                path.pop();
                next.pop();
            }
        }
    }
    Ok((paths, false))
}

/// The `k` shortest paths without a loop, and whether there may be more.
pub(super) fn several(
    graph: &Graph,
    from: u32,
    to: u32,
    k: usize,
    watch: Watch<'_>,
) -> Result<(Vec<Vec<u32>>, bool), Cancelled> {
    let mut barred = vec![false; graph.nodes()];
    let mut waiting: BTreeSet<(usize, Vec<u32>, usize)> = BTreeSet::new();
    let mut taken: Vec<Vec<u32>> = Vec::new();
    waiting.extend(detour(graph, from, to, &barred, &[]).map(|path| (path.len(), path, 0)));
    while let Some((_, path, left_at)) = waiting.pop_first() {
        if taken.len() >= k {
            return Ok((taken, true));
        }
        taken.push(path.clone());
        // Where it left the path it was made from, and later: earlier detours were made from that one.
        for place in left_at..path.len() - 1 {
            if !watch(taken.len() as f64 / (k + 1) as f64) {
                return Err(Cancelled);
            }
            let (root, here) = (&path[..place], path[place]);
            let same = taken.iter().filter(|other| other.get(..=place) == Some(&path[..=place]));
            let used: Vec<u32> = same.filter_map(|other| other.get(place + 1).copied()).collect();
            root.iter().for_each(|&node| barred[node as usize] = true);
            if let Some(rest) = detour(graph, here, to, &barred, &used) {
                let path: Vec<u32> = root.iter().copied().chain(rest).collect();
                waiting.insert((path.len(), path, place));
            }
            root.iter().for_each(|&node| barred[node as usize] = false);
        }
    }
    Ok((taken, false))
}

/// The shortest path that visits no barred node and does not begin with a step to one of `used`; of several, the one that comes first by the
/// order of the nodes.
fn detour(graph: &Graph, from: u32, to: u32, barred: &[bool], used: &[u32]) -> Option<Vec<u32>> {
    if from == to {
        return Some(vec![from]);
    }
    // From the end: then the steps can be chosen from the beginning, the first node first.
    let mut distance = vec![NONE; graph.nodes()];
    distance[to as usize] = 0;
    let mut queue = VecDeque::from([to]);
    let mut nearest = NONE;
    while let Some(node) = queue.pop_front() {
        if distance[node as usize] >= nearest {
            break;
        }
        for &before in graph.back().targets(node) {
            if before == from && !used.contains(&node) {
                nearest = nearest.min(distance[node as usize]);
            }
            if before != from && !barred[before as usize] && distance[before as usize] == NONE {
                distance[before as usize] = distance[node as usize] + 1;
                queue.push_back(before);
            }
        }
    }
    if nearest == NONE {
        return None;
    }
    let step = |node: u32, left: u32| {
        graph
            .out
            .targets(node)
            .iter()
            .copied()
            .find(|&next| distance[next as usize] == left && !(node == from && used.contains(&next)))
    };
    let mut path = vec![from];
    for left in (0..=nearest).rev() {
        path.push(step(*path.last()?, left)?);
    }
    Some(path)
}
