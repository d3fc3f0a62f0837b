//! k-cores: Seidman (1983), by the algorithm of Batagelj and Zaversnik (2003).

use crate::graph::Graph;

/// The core number of each node: the largest k such that it is in a part of the graph in which each has at least k links to others of the part.
/// Links are counted as for the degree: parallel ones by the convention, in a directed reading both what comes in and what goes out (as in
/// networkx and igraph); links of a node to itself do not count.
pub(crate) fn cores(graph: &Graph) -> Vec<u64> {
    let nodes = graph.nodes() as u32;
    let mut left: Vec<u64> = (0..nodes).map(|node| graph.arcs_around(node)).collect();
    let most = left.iter().copied().max().unwrap_or(0);
    // Nodes by what is left of their degree; those that moved on stay behind and are passed over.
    let mut waiting = vec![Vec::new(); most as usize + 1];
    for (node, &degree) in (0..nodes).zip(&left) {
        waiting[degree as usize].push(node);
    }
    let mut core = vec![u64::MAX; nodes as usize];
    for level in 0..=most {
        while let Some(node) = waiting[level as usize].pop() {
            if core[node as usize] != u64::MAX || left[node as usize] != level {
                continue;
            }
            core[node as usize] = level;
            let back = graph.convention.directed.then(|| graph.back().counted(node)).into_iter().flatten();
            for (other, count) in graph.out.counted(node).chain(back) {
                let degree = &mut left[other as usize];
                if core[other as usize] == u64::MAX && *degree > level {
                    *degree = degree.saturating_sub(u64::from(count)).max(level);
                    waiting[*degree as usize].push(other);
                }
            }
        }
    }
    core
}
