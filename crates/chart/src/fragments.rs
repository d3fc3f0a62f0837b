//! Into what a network falls apart when entities are taken away: for every further entity at once, in one walk in depth (Hopcroft and Tarjan,
//! 1973, with sizes).

use koplamp_model::Network;

use crate::graph::{Arcs, Convention, Graph, NONE};

/// A graph, merged and without directions, from which nodes are taken away.
pub(crate) struct Fragments {
    arcs: Arcs,
    gone: Vec<bool>,
    /// After [`Self::count`]: for each node that is there the pairs left if it, too, is taken away.
    pub without: Vec<u64>,
    met: Vec<u32>,
    low: Vec<u32>,
    size: Vec<u64>,
    /// Of the parts below a node that hang on it alone: how many nodes, and how many pairs.
    cut: Vec<(u64, u64)>,
    order: Vec<u32>,
    stack: Vec<(u32, usize)>,
}

/// Ordered pairs of different nodes among so many.
fn pairs(size: u64) -> u64 {
    size * size.saturating_sub(1)
}

impl Fragments {
    pub fn new(network: &Network) -> Self {
        let arcs = Graph::new(network, Convention::default()).out;
        let nodes = network.nodes.len();
        Self {
            arcs,
            gone: vec![false; nodes],
            without: vec![0; nodes],
            met: vec![NONE; nodes],
            low: vec![0; nodes],
            size: vec![0; nodes],
            cut: vec![(0, 0); nodes],
            order: Vec::with_capacity(nodes),
            stack: Vec::new(),
        }
    }

    /// What one count costs: nodes and arcs.
    pub fn cost(&self) -> usize {
        self.gone.len() + self.arcs.targets.len()
    }

    /// Takes nodes away, or puts them back.
    pub fn set(&mut self, nodes: &[u32], gone: bool) {
        nodes.iter().for_each(|&node| self.gone[node as usize] = gone);
    }

    /// Whether a node was taken away.
    pub fn is_gone(&self, node: u32) -> bool {
        self.gone[node as usize]
    }

    /// Counts the ordered pairs of nodes that are connected, and for each node those that are left without it.
    pub fn count(&mut self) -> u64 {
        self.met.fill(NONE);
        self.order.clear();
        let mut total = 0;
        for root in 0..self.gone.len() as u32 {
            if self.gone[root as usize] || self.met[root as usize] != NONE {
                continue;
            }
            let start = self.order.len();
            self.walk(root);
            let size = (self.order.len() - start) as u64;
            total += pairs(size);
            for &node in &self.order[start..] {
                let (nodes, within) = self.cut[node as usize];
                self.without[node as usize] = pairs(size - 1 - nodes) + within;
                self.size[node as usize] = pairs(size);
            }
        }
        for &node in &self.order {
            self.without[node as usize] += total - self.size[node as usize];
        }
        total
    }

    fn walk(&mut self, root: u32) {
        self.meet(root);
        while let Some(&mut (node, ref mut next)) = self.stack.last_mut() {
            let place = node as usize;
            if let Some(&other) = self.arcs.targets(node).get(*next) {
                *next += 1;
                let before = self.stack.len().checked_sub(2).and_then(|place| self.stack.get(place));
                if self.gone[other as usize] || before.is_some_and(|before| before.0 == other) {
                    continue;
                }
                match self.met[other as usize] {
                    NONE => self.meet(other),
                    met => self.low[place] = self.low[place].min(met),
                }
                continue;
            }
            self.stack.pop();
            let Some(&(above, _)) = self.stack.last() else { continue };
            let above = above as usize;
            self.size[above] += self.size[place];
            self.low[above] = self.low[above].min(self.low[place]);
            // Of the root every part below hangs on it alone.
            if self.low[place] >= self.met[above] {
                self.cut[above].0 += self.size[place];
                self.cut[above].1 += pairs(self.size[place]);
            }
        }
    }

    fn meet(&mut self, node: u32) {
        let place = node as usize;
        self.met[place] = self.order.len() as u32;
        (self.low[place], self.size[place], self.cut[place]) = (self.met[place], 1, (0, 0));
        self.order.push(node);
        self.stack.push((node, 0));
    }
}

/// Fragmentation (Borgatti, 2006): the share of the pairs among those that remain that are not connected. 1 when at most one remains.
pub(crate) fn fragmentation(connected: u64, remaining: u64) -> f64 {
    match pairs(remaining) {
        0 => 1.0,
        all => 1.0 - connected as f64 / all as f64,
    }
}
