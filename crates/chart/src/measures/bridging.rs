//! Bridging between organisations: whose shortest paths go over from what one organisation knows to what another knows.
//!
//! A shortest path that runs through an entity arrives over one link and leaves over another. It *crosses* there when no organisation stated
//! both links, and each was stated by some organisation: who looks only into the facts of one organisation cannot see that it goes on. The
//! bridging of an entity is the share of the shortest paths through it (as for betweenness: all pairs of entities, each pair weighing one
//! however many shortest paths it has) that cross there. A merged link was stated by every organisation that stated one of its links; of
//! links that are counted each has its own organisations.

use std::collections::BTreeMap;

use koplamp_model::Network;
use rayon::prelude::*;

use super::brandes::{MANY, Sums, Walk};
use super::counts;
use super::result::{Bridging, Join};
use crate::graph::{Graph, ParallelLinks};
use crate::watch::{Cancelled, Progress};

/// More different sets of organisations than this on the links of a network are not worked with.
const MOST_SETS: usize = 64;

/// Heaps into which the sources are dealt, as long as they take no more numbers than this together.
const HEAPS: usize = 16;
const MOST_NUMBERS: usize = 1 << 25;

/// The sets of organisations that stated links, and at which entities they meet.
pub(crate) struct Meetings {
    /// Different sets of organisations, each sorted.
    sets: Vec<Vec<String>>,
    /// Of two sets: whether each has a member and none is in both.
    apart: Vec<Vec<bool>>,
    /// For each node the sets on the links around it: those of node `v` are `around[offsets[v]..offsets[v + 1]]`, sorted.
    offsets: Vec<u32>,
    around: Vec<u8>,
    /// Where the table of pairs of sets of each node begins.
    tables: Vec<usize>,
    /// The parts of each arc: its links by set.
    part_offsets: Vec<u32>,
    parts: Vec<Part>,
}

/// Links of an arc that have the same set of organisations.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// Where the set stands among those around the start of the arc, and around its end.
    from: u32,
    to: u32,
    /// How many links.
    count: f64,
}

impl Meetings {
    /// None when no two links are of different organisations, or when there are more than 64 different sets of organisations.
    pub fn new(graph: &Graph, network: &Network) -> Option<Self> {
        let arcs = graph.out.targets.len();
        let mut numbers: BTreeMap<Vec<String>, u32> = BTreeMap::new();
        let mut number = |set: Vec<String>| {
            let next = numbers.len() as u32;
            *numbers.entry(set).or_insert(next)
        };
        let mut of_arc: Vec<BTreeMap<u32, f64>> = Vec::with_capacity(arcs);
        for arc in 0..arcs {
            let stated = graph.links_of(arc).iter().map(|&link| &network.links[link as usize].organisations);
            let mut sets = BTreeMap::new();
            if graph.convention.parallel == ParallelLinks::Merge {
                sets.insert(number(sorted(&stated.flatten().cloned().collect::<Vec<_>>())), 1.0);
            } else {
                stated.for_each(|set| *sets.entry(number(sorted(set))).or_insert(0.0) += 1.0);
            }
            of_arc.push(sets);
        }
        let mut sets = vec![Vec::new(); numbers.len()];
        numbers.into_iter().for_each(|(set, number)| sets[number as usize] = set);
        let apart: Vec<Vec<bool>> =
            sets.iter().map(|one| sets.iter().map(|other| are_apart(one, other)).collect()).collect();
        if sets.len() > MOST_SETS || !apart.iter().flatten().any(|apart| *apart) {
            return None;
        }
        let mut around: Vec<Vec<u8>> = vec![Vec::new(); graph.nodes()];
        for node in 0..graph.nodes() {
            for arc in graph.out.of(node as u32) {
                let found = of_arc[arc].keys().map(|&set| set as u8);
                around[graph.out.targets[arc] as usize].extend(found.clone());
                around[node].extend(found);
            }
        }
        let (mut offsets, mut tables) = (vec![0], vec![0]);
        for sets in &mut around {
            sets.sort_unstable();
            sets.dedup();
            offsets.push(offsets[offsets.len() - 1] + sets.len() as u32);
            tables.push(tables[tables.len() - 1] + sets.len() * sets.len());
        }
        let place = |node: usize, set: u32| around[node].binary_search(&(set as u8)).unwrap_or_default() as u32;
        let (mut part_offsets, mut parts) = (vec![0], Vec::new());
        for node in 0..graph.nodes() {
            for arc in graph.out.of(node as u32) {
                let target = graph.out.targets[arc] as usize;
                parts.extend(of_arc[arc].iter().map(|(&set, &count)| Part {
                    from: place(node, set),
                    to: place(target, set),
                    count,
                }));
                part_offsets.push(parts.len() as u32);
            }
        }
        Some(Self { sets, apart, offsets, around: around.concat(), tables, part_offsets, parts })
    }

    fn parts(&self, arc: usize) -> &[Part] {
        &self.parts[self.part_offsets[arc] as usize..self.part_offsets[arc + 1] as usize]
    }

    fn around(&self, node: usize) -> std::ops::Range<usize> {
        self.offsets[node] as usize..self.offsets[node + 1] as usize
    }

    /// A table of zeros: for each node and each ordered pair of sets around it.
    pub fn table(&self) -> Vec<f64> {
        vec![0.0; self.tables.last().copied().unwrap_or(0)]
    }

    /// One path runs over an arc into a node, and over another out of it.
    pub fn passes(&self, node: usize, into: usize, out: usize, table: &mut [f64]) {
        let (width, start) = (self.around(node).len(), self.tables[node]);
        let (into, out) = (self.parts(into), self.parts(out));
        let whole = into.iter().map(|part| part.count).sum::<f64>() * out.iter().map(|part| part.count).sum::<f64>();
        for one in into {
            for other in out {
                table[start + one.to as usize * width + other.from as usize] += one.count * other.count / whole;
            }
        }
    }

    /// Exact table: for each node and each ordered pair of sets, the weight of the shortest paths that arrive over the one and leave
    /// over the other.
    pub fn exact(&self, graph: &Graph, progress: &Progress<'_>) -> Result<Vec<f64>, Cancelled> {
        let heaps = (MOST_NUMBERS / self.table().len().max(1)).clamp(1, HEAPS).min(graph.nodes().max(1));
        let tables: Vec<Vec<f64>> = (0..heaps)
            .into_par_iter()
            .with_max_len(1)
            .map(|heap| {
                let mut walk = Walk::new(&graph.out);
                let mut back = Back::new(self, graph.nodes());
                let mut table = self.table();
                for source in (heap..graph.nodes()).step_by(heaps) {
                    progress.step()?;
                    let most = walk.forward::<true, false>(&graph.out, source as u32);
                    let ratios = (most >= MANY).then(|| counts::ratios(&graph.out, &walk));
                    back.go(self, graph, &walk, ratios.as_deref(), &mut table);
                }
                Ok(table)
            })
            .collect::<Result<_, Cancelled>>()?;
        let mut sum = self.table();
        tables.iter().for_each(|table| sum.iter_mut().zip(table).for_each(|(sum, more)| *sum += more));
        Ok(sum)
    }

    /// What the table says of each node, with the sums of betweenness that it belongs to.
    pub fn read(&self, table: &[f64], sums: &Sums) -> Vec<Bridging> {
        (0..sums.nodes.len()).map(|node| self.read_node(node, table, sums.nodes[node])).collect()
    }

    fn read_node(&self, node: usize, table: &[f64], through: f64) -> Bridging {
        let sets = &self.around[self.around(node)];
        let (mut crossing, mut joins) = (0.0, BTreeMap::new());
        for (one, &arriving) in sets.iter().enumerate() {
            for (other, &leaving) in sets.iter().enumerate() {
                let weight = table[self.tables[node] + one * sets.len() + other];
                if weight <= 0.0 || !self.apart[arriving as usize][leaving as usize] {
                    continue;
                }
                crossing += weight;
                for one in &self.sets[arriving as usize] {
                    for other in &self.sets[leaving as usize] {
                        *joins.entry((one.min(other), one.max(other))).or_insert(0.0) += weight;
                    }
                }
            }
        }
        if through <= 0.0 {
            return Bridging::default();
        }
        // Rounding must not make more than all of it.
        let share = |weight: f64| (weight / through).min(1.0);
        let joins = joins
            .into_iter()
            .map(|((one, other), weight)| Join { organisations: [one.clone(), other.clone()], share: share(weight) });
        let mut joins: Vec<Join> = joins.collect();
        joins.sort_by(|one, other| {
            other.share.total_cmp(&one.share).then_with(|| one.organisations.cmp(&other.organisations))
        });
        Bridging { share: share(crossing), joins }
    }
}

/// What is needed on the way back from one source.
struct Back {
    /// For each node and set around it: the share of the shortest paths to the node that arrive over it.
    arriving: Vec<f64>,
    /// The same for what leaves: how much is carried on over it.
    leaving: Vec<f64>,
    carried: Vec<f64>,
}

impl Back {
    fn new(meetings: &Meetings, nodes: usize) -> Self {
        let size = meetings.around.len();
        Self { arriving: vec![0.0; size], leaving: vec![0.0; size], carried: vec![0.0; nodes] }
    }

    fn go(&mut self, meetings: &Meetings, graph: &Graph, walk: &Walk, ratios: Option<&[f64]>, table: &mut [f64]) {
        for &node in &walk.order[..walk.reached] {
            let range = meetings.around(node as usize);
            self.arriving[range.clone()].fill(0.0);
            self.leaving[range].fill(0.0);
        }
        for place in (0..walk.reached).rev() {
            let node = walk.order[place] as usize;
            let start = meetings.around(node).start;
            let mut sum = 0.0;
            for (&arc, number) in walk.arcs_at(place).iter().zip(walk.start_at(place)..) {
                let target = graph.out.targets[arc as usize] as usize;
                let target_start = meetings.around(target).start;
                let share = ratios.map_or_else(|| walk.paths[node] / walk.paths[target], |ratios| ratios[number]);
                for part in meetings.parts(arc as usize) {
                    // The table of a merged link counts one, whatever the number of links.
                    let share = share * part.count;
                    let carried = share * (1.0 + self.carried[target]);
                    self.arriving[target_start + part.to as usize] += share;
                    self.leaving[start + part.from as usize] += carried;
                    sum += carried;
                }
            }
            self.carried[node] = sum;
        }
        // What arrives at a node is known only when all before it were gone through.
        for &node in walk.order.get(1..walk.reached).unwrap_or_default() {
            let (node, range) = (node as usize, meetings.around(node as usize));
            let (start, width) = (meetings.tables[node], range.len());
            for (one, arriving) in self.arriving[range.clone()].iter().enumerate().filter(|(_, share)| **share > 0.0) {
                let row = &mut table[start + one * width..start + (one + 1) * width];
                row.iter_mut().zip(&self.leaving[range.clone()]).for_each(|(sum, leaving)| *sum += arriving * leaving);
            }
        }
    }
}

fn sorted(organisations: &[String]) -> Vec<String> {
    let mut sorted = organisations.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

fn are_apart(one: &[String], other: &[String]) -> bool {
    !one.is_empty() && !other.is_empty() && !one.iter().any(|organisation| other.contains(organisation))
}

#[cfg(test)]
mod tests {
    use crate::testing::network;
    use crate::{Convention, Join, ParallelLinks, measure};

    #[test]
    fn the_share_that_crosses_is_that_of_a_calculation_by_hand() {
        // Three neighbours of h: what the police know (a, b), what the customs know (c). Of the pairs ab, ac, bc two cross.
        let read = |text: &str, parallel| {
            let measures = measure(&network(text), Convention { parallel, directed: false }, &|_| true).unwrap();
            measures.entities.into_iter().find(|entity| entity.label == "h").and_then(|entity| entity.bridging)
        };
        let join = |one: &str, other: &str, share| Join { organisations: [one.into(), other.into()], share };
        let found = read("a-h:POL b-h:POL c-h:CUS", ParallelLinks::Merge).unwrap();
        assert!((found.share - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(found.joins, [join("CUS", "POL", found.share)]);
        // The customs also know of b: only ac crosses; counted, b has one link of each, so that half of ab and half of bc cross too.
        let text = "a-h:POL b-h:POL b-h:CUS c-h:CUS";
        assert!((read(text, ParallelLinks::Merge).unwrap().share - 1.0 / 3.0).abs() < 1e-12);
        assert!((read(text, ParallelLinks::Count).unwrap().share - 2.0 / 3.0).abs() < 1e-12);
        // What nobody stated crosses nothing; without two organisations there is nothing to say.
        assert!((read("a-h:POL b-h c-h:CUS", ParallelLinks::Merge).unwrap().share - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(read("a-h:POL b-h:POL", ParallelLinks::Merge), None);
    }
}
