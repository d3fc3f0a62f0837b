//! Communities by the Leiden algorithm (Traag, Waltman and Van Eck, 2019), for modularity (Newman and Girvan, 2004; of directed readings
//! Leicht and Newman, 2008).
//!
//! It is run several times from a seed, and the partition of the highest modularity is kept.

use std::collections::{BTreeMap, VecDeque};

use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use rayon::prelude::*;

use crate::graph::Graph;
use crate::watch::{Cancelled, Watch};

/// How often it is run: more often where that costs little.
const MOST_RUNS: u64 = 30;
const LEAST_RUNS: u64 = 2;
/// Arcs times runs that are affordable.
const AFFORDABLE: u64 = 400_000;

/// A run goes on from what it found until this many rounds gained nothing; when there is time for few runs, until the first.
const IDLE: usize = 3;

/// How much worse a step within the refinement may be chosen: as in the paper.
const RANDOMNESS: f64 = 0.01;

/// A partition into communities.
pub(crate) struct Communities {
    /// The community of each node; 0 is the largest, then by the first node.
    pub of: Vec<u32>,
    /// How much more of the links lie within communities than would by chance; 0 without links.
    pub modularity: f64,
}

/// The graph, or what became of it when communities were made one node each. Weights are those of arcs both ways added up.
struct Level {
    offsets: Vec<usize>,
    around: Vec<(u32, f64)>,
    out: Vec<f64>,
    into: Vec<f64>,
    total: f64,
}

impl Level {
    fn nodes(&self) -> usize {
        self.out.len()
    }

    fn around(&self, node: usize) -> &[(u32, f64)] {
        &self.around[self.offsets[node]..self.offsets[node + 1]]
    }

    fn new(graph: &Graph) -> Self {
        let nodes = graph.nodes() as u32;
        let mut entries = Vec::new();
        for node in 0..nodes {
            for (target, count) in graph.out.counted(node) {
                entries.extend([(node, target, f64::from(count)), (target, node, f64::from(count))]);
            }
        }
        let sum = |arcs: &crate::graph::Arcs| (0..nodes).map(|node| arcs.degree(node) as f64).collect::<Vec<_>>();
        Self::of(entries, sum(&graph.out), sum(graph.back()))
    }

    fn of(mut entries: Vec<(u32, u32, f64)>, out: Vec<f64>, into: Vec<f64>) -> Self {
        entries.sort_unstable_by_key(|entry| (entry.0, entry.1));
        let mut offsets = vec![0; out.len() + 1];
        let mut around = Vec::new();
        for same in entries.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            if let Some(&(from, to, _)) = same.first() {
                offsets[from as usize + 1] += 1;
                around.push((to, same.iter().map(|entry| entry.2).sum()));
            }
        }
        for node in 0..out.len() {
            offsets[node + 1] += offsets[node];
        }
        let total = out.iter().sum();
        Self { offsets, around, out, into, total }
    }

    /// Each group becomes a node. Links within a group are left out: they stay within whatever becomes of it.
    fn together(&self, groups: &[u32], count: usize) -> Self {
        let mut entries = Vec::new();
        let (mut out, mut into) = (vec![0.0; count], vec![0.0; count]);
        for node in 0..self.nodes() {
            let group = groups[node];
            out[group as usize] += self.out[node];
            into[group as usize] += self.into[node];
            let outside = self.around(node).iter().map(|&(to, weight)| (group, groups[to as usize], weight));
            entries.extend(outside.filter(|entry| entry.0 != entry.1));
        }
        Self::of(entries, out, into)
    }
}

/// Groups of nodes of a level with their sums.
struct Groups {
    of: Vec<u32>,
    out: Vec<f64>,
    into: Vec<f64>,
    size: Vec<u32>,
}

impl Groups {
    fn new(level: &Level, of: Vec<u32>) -> Self {
        let mut groups =
            Self { of, out: vec![0.0; level.nodes()], into: vec![0.0; level.nodes()], size: vec![0; level.nodes()] };
        for node in 0..level.nodes() {
            groups.put(level, node, groups.of[node]);
        }
        groups
    }

    fn put(&mut self, level: &Level, node: usize, group: u32) {
        self.of[node] = group;
        self.out[group as usize] += level.out[node];
        self.into[group as usize] += level.into[node];
        self.size[group as usize] += 1;
    }

    fn take(&mut self, level: &Level, node: usize) {
        let group = self.of[node] as usize;
        self.out[group] -= level.out[node];
        self.into[group] -= level.into[node];
        self.size[group] -= 1;
    }

    /// What modularity gains, times the number of arcs, when a node that is in no group with these links to a group joins it.
    fn gain(&self, level: &Level, node: usize, group: u32, links: f64) -> f64 {
        let chance = level.out[node] * self.into[group as usize] + level.into[node] * self.out[group as usize];
        links - chance / level.total
    }

    /// Numbers the groups from 0 in the order in which nodes name them; gives how many there are.
    fn renumber(&mut self) -> usize {
        let mut numbers = BTreeMap::new();
        for group in &mut self.of {
            let next = numbers.len() as u32;
            *group = *numbers.entry(*group).or_insert(next);
        }
        numbers.len()
    }
}

/// Finds communities.
///
/// # Errors
/// It was told to stop.
pub(crate) fn communities(graph: &Graph, seed: u64, watch: Watch<'_>, share: f64) -> Result<Communities, Cancelled> {
    let level = Level::new(graph);
    let runs = (AFFORDABLE / (graph.out.targets.len() as u64 + 1)).clamp(LEAST_RUNS, MOST_RUNS);
    let most_idle = if runs == LEAST_RUNS { 1 } else { IDLE };
    let run = |run: u64| {
        let mut random = Pcg64::seed_from_u64(seed.wrapping_add(run));
        let mut of: Vec<u32> = (0..level.nodes() as u32).collect();
        let (mut reached, mut idle) = (f64::NEG_INFINITY, 0);
        while idle < most_idle {
            if !watch(share) {
                return Err(Cancelled);
            }
            let next = if level.total > 0.0 { leiden(&level, of.clone(), &mut random) } else { of.clone() };
            let quality = modularity(graph, &next);
            idle = if quality > reached + 1e-12 { 0 } else { idle + 1 };
            if quality >= reached {
                (of, reached) = (next, quality);
            }
        }
        Ok((reached, of))
    };
    let found: Vec<(f64, Vec<u32>)> = (0..runs).into_par_iter().map(run).collect::<Result<_, Cancelled>>()?;
    let mut best: Option<(f64, Vec<u32>)> = None;
    for (quality, of) in found {
        if best.as_ref().is_none_or(|(before, _)| quality > before + 1e-12) {
            best = Some((quality, of));
        }
    }
    let (_, of) = best.unwrap_or_default();
    let of = by_size(&of);
    Ok(Communities { modularity: modularity(graph, &of), of })
}

/// One run: nodes move to better groups, groups are refined, refined groups become nodes; until nothing moves.
fn leiden(first: &Level, of: Vec<u32>, random: &mut Pcg64) -> Vec<u32> {
    let mut place: Vec<u32> = (0..first.nodes() as u32).collect();
    let mut level: Option<Level> = None;
    let mut of = of;
    loop {
        let here = level.as_ref().unwrap_or(first);
        let mut groups = Groups::new(here, of);
        moves(here, &mut groups, random);
        let count = groups.renumber();
        if count == here.nodes() {
            return place.iter().map(|&node| groups.of[node as usize]).collect();
        }
        let mut refined = refine(here, &groups.of, random);
        let parts = refined.renumber();
        if parts == here.nodes() {
            // Nothing could be joined: the groups themselves become nodes.
            (refined.of, of) = (groups.of.clone(), (0..count as u32).collect());
        } else {
            of = vec![0; parts];
            for (node, &part) in refined.of.iter().enumerate() {
                of[part as usize] = groups.of[node];
            }
        }
        let parts = of.len();
        place.iter_mut().for_each(|node| *node = refined.of[*node as usize]);
        level = Some(here.together(&refined.of, parts));
    }
}

/// The weights of the links of a node to each group around it; `sums` is all zeros before and has to be put back to that.
fn links_to(level: &Level, of: &[u32], node: usize, sums: &mut [f64], found: &mut Vec<u32>) {
    found.clear();
    for &(other, weight) in level.around(node) {
        let group = of[other as usize];
        if sums[group as usize] == 0.0 {
            found.push(group);
        }
        sums[group as usize] += weight;
    }
}

fn moves(level: &Level, groups: &mut Groups, random: &mut Pcg64) {
    let mut order: Vec<u32> = (0..level.nodes() as u32).collect();
    order.shuffle(random);
    let mut empty: Vec<u32> = (0..level.nodes() as u32).filter(|&group| groups.size[group as usize] == 0).collect();
    let mut waits = vec![true; level.nodes()];
    let mut queue = VecDeque::from(order);
    let (mut sums, mut found) = (vec![0.0; level.nodes()], Vec::new());
    while let Some(node) = queue.pop_front() {
        let node = node as usize;
        waits[node] = false;
        let old = groups.of[node];
        links_to(level, &groups.of, node, &mut sums, &mut found);
        groups.take(level, node);
        let mut best = (groups.gain(level, node, old, sums[old as usize]), old);
        for &group in &found {
            let gain = groups.gain(level, node, group, sums[group as usize]);
            if gain > best.0 + 1e-12 {
                best = (gain, group);
            }
        }
        // Alone it would gain and lose nothing.
        if best.0 < -1e-12
            && groups.size[old as usize] > 0
            && let Some(group) = empty.pop()
        {
            best = (0.0, group);
        }
        found.iter().for_each(|&group| sums[group as usize] = 0.0);
        groups.put(level, node, best.1);
        if best.1 != old {
            if groups.size[old as usize] == 0 {
                empty.push(old);
            }
            for &(other, _) in level.around(node) {
                if groups.of[other as usize] != best.1 && !std::mem::replace(&mut waits[other as usize], true) {
                    queue.push_back(other);
                }
            }
        }
    }
}

/// Within each group: starts from single nodes and joins those that are well linked within the group, the better the more likely.
fn refine(level: &Level, of: &[u32], random: &mut Pcg64) -> Groups {
    let whole = Groups::new(level, of.to_vec());
    let mut parts = Groups::new(level, (0..level.nodes() as u32).collect());
    // The weight between each part and the rest of its group.
    let mut outside: Vec<f64> = (0..level.nodes())
        .map(|node| {
            level
                .around(node)
                .iter()
                .filter(|(other, _)| of[*other as usize] == of[node])
                .map(|(_, weight)| weight)
                .sum()
        })
        .collect();
    let well = |out: f64, into: f64, links: f64, group: usize| {
        links >= (out * (whole.into[group] - into) + into * (whole.out[group] - out)) / level.total - 1e-12
    };
    let mut order: Vec<u32> = (0..level.nodes() as u32).collect();
    order.shuffle(random);
    let (mut sums, mut found) = (vec![0.0; level.nodes()], Vec::new());
    for node in order {
        let node = node as usize;
        let (part, group) = (parts.of[node] as usize, of[node] as usize);
        if parts.size[part] != 1 || !well(level.out[node], level.into[node], outside[part], group) {
            continue;
        }
        links_to(level, &parts.of, node, &mut sums, &mut found);
        parts.take(level, node);
        let mut choices = vec![(part as u32, 1.0)];
        for &other in &found {
            let place = other as usize;
            // A part belongs to the group of the node it is named after.
            if of[place] as usize == group && well(parts.out[place], parts.into[place], outside[place], group) {
                let gain = parts.gain(level, node, other, sums[place]);
                if gain >= 0.0 {
                    choices.push((other, (gain / RANDOMNESS).min(500.0).exp()));
                }
            }
        }
        let mut drawn = random.random::<f64>() * choices.iter().map(|choice| choice.1).sum::<f64>();
        let mut chosen = part as u32;
        for &(choice, weight) in &choices {
            chosen = choice;
            drawn -= weight;
            if drawn <= 0.0 {
                break;
            }
        }
        if chosen as usize != part {
            outside[chosen as usize] += outside[part] - 2.0 * sums[chosen as usize];
        }
        parts.put(level, node, chosen);
        found.iter().for_each(|&other| sums[other as usize] = 0.0);
    }
    parts
}

/// Modularity of a partition: the sum over communities of the share of arcs within, less the product of the shares of arcs that leave
/// from it and that arrive at it. For undirected readings that is the usual formula.
pub(crate) fn modularity(graph: &Graph, of: &[u32]) -> f64 {
    let nodes = graph.nodes();
    let (mut within, mut out, mut into) = (0_u64, vec![0_u64; nodes], vec![0_u64; nodes]);
    for node in 0..nodes as u32 {
        for (target, count) in graph.out.counted(node) {
            let (one, other) = (of[node as usize], of[target as usize]);
            out[one as usize] += u64::from(count);
            into[other as usize] += u64::from(count);
            within += if one == other { u64::from(count) } else { 0 };
        }
    }
    let total = out.iter().sum::<u64>() as f64;
    if total == 0.0 {
        return 0.0;
    }
    let chance: f64 = out.iter().zip(&into).map(|(&out, &into)| out as f64 * into as f64).sum();
    within as f64 / total - chance / total / total
}

/// Numbers the groups by size, largest first, then by their first node.
fn by_size(of: &[u32]) -> Vec<u32> {
    let mut groups: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (node, &group) in of.iter().enumerate() {
        groups.entry(group).or_insert((0, node)).0 += 1;
    }
    let mut order: Vec<(u32, (usize, usize))> = groups.into_iter().collect();
    order.sort_by_key(|(_, (size, first))| (std::cmp::Reverse(*size), *first));
    let numbers: BTreeMap<u32, u32> = order.iter().zip(0..).map(|((group, _), number)| (*group, number)).collect();
    of.iter().map(|group| numbers[group]).collect()
}
