//! The grid: all entities in rows, by type and name.

use koplamp_model::Network;

use super::extent::Extent;
use super::pack::rows;

/// The nodes by type, then by name, then by id.
pub(crate) fn by_type(network: &Network) -> Vec<usize> {
    let mut order: Vec<usize> = (0..network.nodes.len()).collect();
    order.sort_by(|a, b| {
        let key = |node: usize| (&network.nodes[node].kind, &network.nodes[node].label, &network.nodes[node].id);
        key(*a).cmp(&key(*b))
    });
    order
}

/// The positions in the order of the nodes.
pub(crate) fn grid(network: &Network, extents: &[Extent]) -> Vec<(f64, f64)> {
    let mut positions = vec![(0.0, 0.0); network.nodes.len()];
    for (node, at) in by_type(network).into_iter().zip(rows(extents, 0.0)) {
        positions[node] = at;
    }
    positions
}
