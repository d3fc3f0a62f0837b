//! Key players: the entities without which a network falls apart most (KPP-Neg; Borgatti, "Identifying sets of key players in a social
//! network", 2006).

use std::collections::BTreeSet;

use koplamp_model::{EntityId, Network};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::fragments::{Fragments, fragmentation};
use crate::watch::{Cancelled, Progress, Watch};

/// All sets are looked at as long as that takes no more steps than this: a few seconds.
const MOST_STEPS: f64 = 1e9;

/// Sets of the same fragmentation that are given; more are only counted.
const MOST_SETS: usize = 1_000;

/// First members from which the greedy search starts.
const STARTS: usize = 10;

/// Sets of entities whose removal leaves the most pairs unconnected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KeyPlayers {
    /// How they were found.
    pub method: KeyPlayerMethod,
    /// The best sets, all of the same fragmentation, in the order of the network. When greedy: the best that were found.
    pub sets: Vec<KeySet>,
    /// How many such sets there are; more than are given when there are very many.
    #[ts(type = "number")]
    pub ties: u64,
    /// The fragmentation of the network as it is.
    pub fragmentation_before: f64,
}

/// How key players were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum KeyPlayerMethod {
    /// Every set was looked at: there is none better, and all ties are known.
    Exact,
    /// One by one the best was added, from several starts, then members were swapped as long as that made it better: there may be a
    /// better set, and ties that were not seen.
    Greedy,
}

/// A set of key players.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KeySet {
    /// What its members are called.
    pub entities: Vec<String>,
    /// Their ids, in the same order.
    #[ts(type = "string[]")]
    pub ids: Vec<EntityId>,
    /// F = 1 - sum of s (s - 1) over the pieces that remain / (n (n - 1)), where s is the size of a piece and n the number of entities that
    /// *remain*: the share of their pairs that can no longer reach each other. Directions of links do not matter, nor does their number.
    pub fragmentation: f64,
}

/// The best sets of `k` entities to take away; only entities of these types when any are named. Exact as long as that takes seconds: always for
/// one, for two up to several thousand entities.
///
/// # Errors
/// The watch told it to stop.
pub fn key_players(network: &Network, k: usize, kinds: &[String], watch: Watch<'_>) -> Result<KeyPlayers, Cancelled> {
    let candidates: Vec<u32> = (0..network.nodes.len() as u32)
        .filter(|&node| kinds.is_empty() || kinds.contains(&network.nodes[node as usize].kind))
        .collect();
    let k = k.min(candidates.len());
    let mut search = Search { fragments: Fragments::new(network), candidates: &candidates };
    // The last member costs nothing: one walk tells what taking each away would leave.
    let exact = sets(candidates.len(), k.saturating_sub(1)) * search.fragments.cost() as f64 <= MOST_STEPS;
    let before = search.fragments.count();
    let best = match (k, exact) {
        (0, _) => Best { left: before, sets: BTreeSet::from([Vec::new()]), ties: 1 },
        (_, true) => exactly(network, &candidates, k, watch)?,
        (_, false) => search.greedily(k, &Progress::new(watch, 0.0, 1.0, STARTS * k * 3))?,
    };
    let nodes = network.nodes.len() as u64;
    let sets = best.sets.into_iter().map(|set| KeySet {
        entities: set.iter().map(|&node| network.nodes[node as usize].label.clone()).collect(),
        ids: set.iter().map(|&node| network.nodes[node as usize].id).collect(),
        fragmentation: fragmentation(best.left, nodes - k as u64),
    });
    Ok(KeyPlayers {
        method: if exact || k == 0 { KeyPlayerMethod::Exact } else { KeyPlayerMethod::Greedy },
        sets: sets.collect(),
        ties: best.ties,
        fragmentation_before: fragmentation(before, nodes),
    })
}

/// How many sets of `k` there are among `n`.
fn sets(n: usize, k: usize) -> f64 {
    (0..k).map(|place| (n - place) as f64 / (place + 1) as f64).product()
}

/// The sets that leave the fewest pairs connected.
struct Best {
    left: u64,
    sets: BTreeSet<Vec<u32>>,
    ties: u64,
}

impl Best {
    fn new() -> Self {
        Self { left: u64::MAX, sets: BTreeSet::new(), ties: 0 }
    }

    fn offer(&mut self, left: u64, set: impl FnOnce() -> Vec<u32>) {
        if left > self.left {
            return;
        }
        if left < self.left {
            *self = Self { left, ..Self::new() };
        }
        self.ties += 1;
        if self.sets.len() < MOST_SETS {
            self.sets.insert(set());
        }
    }

    fn join(mut self, other: Self) -> Self {
        match self.left.cmp(&other.left) {
            std::cmp::Ordering::Less => return self,
            std::cmp::Ordering::Greater => return other,
            std::cmp::Ordering::Equal => {}
        }
        self.ties += other.ties;
        let room = MOST_SETS.saturating_sub(self.sets.len());
        self.sets.extend(other.sets.into_iter().take(room));
        self
    }
}

/// Looks at every set, those with different first members beside each other.
fn exactly(network: &Network, candidates: &[u32], k: usize, watch: Watch<'_>) -> Result<Best, Cancelled> {
    let firsts = if k == 1 { 1 } else { candidates.len() - k + 1 };
    let progress = Progress::new(watch, 0.0, 1.0, sets(candidates.len(), k - 1) as usize);
    (0..firsts)
        .into_par_iter()
        .map_init(
            || Search { fragments: Fragments::new(network), candidates },
            |search, first| {
                let (mut best, mut set) = (Best::new(), Vec::new());
                if k == 1 {
                    search.every(0, 1, &mut set, &mut best, &progress)?;
                } else {
                    search.with(first, k, &mut set, &mut best, &progress)?;
                }
                Ok(best)
            },
        )
        .try_reduce(Best::new, |one, other| Ok(one.join(other)))
}

struct Search<'a> {
    fragments: Fragments,
    candidates: &'a [u32],
}

impl Search<'_> {
    /// All sets of `k` more members, from a place of the candidates on.
    fn every(
        &mut self,
        from: usize,
        k: usize,
        set: &mut Vec<u32>,
        best: &mut Best,
        progress: &Progress<'_>,
    ) -> Result<(), Cancelled> {
        if k == 1 {
            progress.step()?;
            self.fragments.count();
            for &last in &self.candidates[from..] {
                best.offer(self.fragments.without[last as usize], || {
                    let mut set = set.clone();
                    set.push(last);
                    set
                });
            }
            return Ok(());
        }
        (from..=self.candidates.len() - k).try_for_each(|next| self.with(next, k, set, best, progress))
    }

    fn with(
        &mut self,
        place: usize,
        k: usize,
        set: &mut Vec<u32>,
        best: &mut Best,
        progress: &Progress<'_>,
    ) -> Result<(), Cancelled> {
        let member = self.candidates[place];
        set.push(member);
        self.fragments.set(&[member], true);
        let result = self.every(place + 1, k - 1, set, best, progress);
        self.fragments.set(&[member], false);
        set.pop();
        result
    }

    /// The candidates that leave the fewest pairs if taken away now, and how many pairs that is.
    fn next_best(&mut self) -> (u64, Vec<u32>) {
        self.fragments.count();
        let mut best = (u64::MAX, Vec::new());
        for &node in self.candidates.iter().filter(|&&node| !self.fragments.is_gone(node)) {
            let left = self.fragments.without[node as usize];
            if left < best.0 {
                best = (left, vec![node]);
            } else if left == best.0 {
                best.1.push(node);
            }
        }
        best
    }

    fn greedily(&mut self, k: usize, progress: &Progress<'_>) -> Result<Best, Cancelled> {
        self.fragments.count();
        let left = |&node: &u32| (self.fragments.without[node as usize], node);
        let mut firsts: Vec<(u64, u32)> = self.candidates.iter().map(left).collect();
        firsts.sort_unstable();
        firsts.truncate(STARTS);
        let mut best = Best::new();
        for (mut left, first) in firsts {
            let mut set = vec![first];
            self.fragments.set(&set, true);
            while set.len() < k {
                progress.step()?;
                let (pairs, nodes) = self.next_best();
                left = pairs;
                let Some(&node) = nodes.first() else { break };
                self.fragments.set(&[node], true);
                set.push(node);
            }
            self.swap(&mut set, left, &mut best, progress)?;
            self.fragments.set(&set, false);
        }
        best.ties = best.sets.len() as u64;
        Ok(best)
    }

    /// Swaps members for others as long as that is better; then offers the set, and those as good that differ in one member.
    fn swap(
        &mut self,
        set: &mut [u32],
        mut left: u64,
        best: &mut Best,
        progress: &Progress<'_>,
    ) -> Result<(), Cancelled> {
        loop {
            let mut better = false;
            let mut ties = vec![set.to_vec()];
            for place in 0..set.len() {
                progress.step()?;
                let old = set[place];
                self.fragments.set(&[old], false);
                let (pairs, nodes) = self.next_best();
                if pairs < left {
                    (left, better) = (pairs, true);
                    set[place] = nodes.first().copied().unwrap_or(old);
                    ties = vec![set.to_vec()];
                } else if pairs == left {
                    ties.extend(nodes.into_iter().map(|node| {
                        let mut tie = set.to_vec();
                        tie[place] = node;
                        tie
                    }));
                }
                self.fragments.set(&[set[place]], true);
            }
            if !better {
                for mut tie in ties {
                    tie.sort_unstable();
                    best.offer(left, || tie);
                }
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{network, numbered};

    #[test]
    fn a_bow_tie_falls_apart_at_its_knot() {
        // Two triangles that share c: without it two pairs of two remain, 4 of 12 ordered pairs are connected.
        let found = key_players(&network("a-b b-c c-a c-d d-e e-c"), 1, &[], &|_| true).unwrap();
        assert_eq!(found.method, KeyPlayerMethod::Exact);
        assert_eq!((found.ties, found.fragmentation_before), (1, 0.0));
        assert_eq!(found.sets[0].entities, ["c"]);
        assert!((found.sets[0].fragmentation - (1.0 - 4.0 / 12.0)).abs() < 1e-15);
    }

    #[test]
    fn all_ties_are_given_and_types_are_respected() {
        let mut ring = network("a-b b-c c-d d-a");
        assert_eq!(key_players(&ring, 2, &[], &|_| true).unwrap().ties, 2, "opposite corners");
        ring.nodes[0].kind = "Phone".into();
        let people = key_players(&ring, 2, &["Person".into()], &|_| true).unwrap();
        assert_eq!(people.sets.iter().map(|set| set.entities.concat()).collect::<Vec<_>>(), ["bd"]);
    }

    #[test]
    fn no_more_are_taken_than_there_are_and_it_can_be_stopped() {
        let found = key_players(&network("a-b"), 9, &[], &|_| true).unwrap();
        assert_eq!((found.sets.len(), found.sets[0].fragmentation), (1, 1.0));
        assert!(key_players(&Network::default(), 2, &[], &|_| true).unwrap().sets[0].ids.is_empty());
        assert_eq!(key_players(&network("a-b b-c"), 1, &[], &|_| false), Err(Cancelled));
    }

    fn brute(nodes: u32, links: &[(u32, u32)], gone: &[u32]) -> u64 {
        let there: Vec<u32> = (0..nodes).filter(|node| !gone.contains(node)).collect();
        let mut root: Vec<u32> = (0..nodes).collect();
        for _ in 0..nodes {
            for &(one, other) in links.iter().filter(|link| !gone.contains(&link.0) && !gone.contains(&link.1)) {
                let least = root[one as usize].min(root[other as usize]);
                (root[one as usize], root[other as usize]) = (least, least);
            }
        }
        let same =
            |one: &u32| there.iter().filter(|other| root[**other as usize] == root[*one as usize]).count() as u64 - 1;
        there.iter().map(same).sum()
    }

    proptest! {
        #[test]
        fn exact_is_the_best_of_all_and_greedy_is_never_better(
            nodes in 4_u32..10, links in proptest::collection::vec((0_u32..10, 0_u32..10), 0..16), k in 1_usize..4,
        ) {
            let links: Vec<(u32, u32)> = links.into_iter().map(|(one, other)| (one % nodes, other % nodes)).collect();
            let network = numbered(nodes as usize, &links, false);
            let candidates: Vec<u32> = (0..nodes).collect();
            let exact = exactly(&network, &candidates, k, &|_| true).unwrap();
            let mut all: Vec<(u64, Vec<u32>)> = (0..1_u32 << nodes)
                .filter(|set| set.count_ones() as usize == k)
                .map(|set| (0..nodes).filter(|node| set >> node & 1 == 1).collect::<Vec<_>>())
                .map(|set| (brute(nodes, &links, &set), set))
                .collect();
            all.sort();
            let least = all[0].0;
            let ties: BTreeSet<Vec<u32>> = all.into_iter().filter(|set| set.0 == least).map(|set| set.1).collect();
            prop_assert_eq!(exact.left, least);
            prop_assert_eq!(exact.ties as usize, ties.len());
            prop_assert_eq!(&exact.sets, &ties);
            let mut search = Search { fragments: Fragments::new(&network), candidates: &candidates };
            let greedy = search.greedily(k, &Progress::new(&|_| true, 0.0, 1.0, 100)).unwrap();
            prop_assert!(greedy.left >= exact.left);
            for set in &greedy.sets {
                prop_assert_eq!(brute(nodes, &links, set), greedy.left);
            }
        }
    }
}
