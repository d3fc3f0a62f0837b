//! Who is next to whom: parallel links merged, loops left out, directions forgotten.

use koplamp_model::Network;

/// Neighbours of all nodes, in one array.
#[derive(Debug, Clone, Default)]
pub(crate) struct Adjacency {
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Adjacency {
    pub(crate) fn new(network: &Network) -> Self {
        let links = network.links.iter().map(|link| (link.source, link.target));
        Self::of(network.nodes.len(), links)
    }

    /// Of `count` nodes; pairs that are not both nodes are left out.
    pub(crate) fn of(count: usize, pairs: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut both: Vec<(u32, u32)> = pairs
            .filter(|(a, b)| a != b && (*a as usize) < count && (*b as usize) < count)
            .flat_map(|(a, b)| [(a, b), (b, a)])
            .collect();
        both.sort_unstable();
        both.dedup();
        let mut starts = vec![0_u32; count + 1];
        for (node, _) in &both {
            starts[*node as usize + 1] += 1;
        }
        for node in 0..count {
            starts[node + 1] += starts[node];
        }
        Self { starts, ends: both.into_iter().map(|(_, end)| end).collect() }
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The neighbours of a node, sorted.
    pub(crate) fn of_node(&self, node: usize) -> &[u32] {
        &self.ends[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// Steps from a node to every other; `u32::MAX` where there is no way.
    pub(crate) fn distances(&self, from: usize) -> Vec<u32> {
        let mut distances = vec![u32::MAX; self.len()];
        distances[from] = 0;
        let mut queue = vec![from as u32];
        let mut next = 0;
        while let Some(&node) = queue.get(next) {
            next += 1;
            for &other in self.of_node(node as usize) {
                if distances[other as usize] == u32::MAX {
                    distances[other as usize] = distances[node as usize] + 1;
                    queue.push(other);
                }
            }
        }
        distances
    }

    /// The connected components, largest first, equal ones by their first node; nodes in order.
    pub(crate) fn components(&self) -> Vec<Vec<u32>> {
        let mut seen = vec![false; self.len()];
        let mut components = Vec::new();
        for first in 0..self.len() {
            if seen[first] {
                continue;
            }
            seen[first] = true;
            let mut component = vec![first as u32];
            let mut next = 0;
            while let Some(&node) = component.get(next) {
                next += 1;
                for &other in self.of_node(node as usize) {
                    if !std::mem::replace(&mut seen[other as usize], true) {
                        component.push(other);
                    }
                }
            }
            component.sort_unstable();
            components.push(component);
        }
        components.sort_by_key(|component| (std::cmp::Reverse(component.len()), component.first().copied()));
        components
    }

    /// The network of these nodes only, numbered by their place in the list.
    pub(crate) fn part(&self, nodes: &[u32]) -> Self {
        let mut place = vec![u32::MAX; self.len()];
        for (at, node) in nodes.iter().enumerate() {
            place[*node as usize] = at as u32;
        }
        let mut starts = vec![0];
        let mut ends = Vec::new();
        for &node in nodes {
            let within = self.of_node(node as usize).iter().map(|other| place[*other as usize]);
            let first = ends.len();
            ends.extend(within.filter(|other| *other != u32::MAX));
            ends[first..].sort_unstable();
            starts.push(ends.len() as u32);
        }
        Self { starts, ends }
    }
}
