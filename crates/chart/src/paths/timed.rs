//! Paths on which dates are looked at. A path without a loop and with a longest gap is hard to find in general (Casteigts, Himmel, Molter and
//! Zschoche, "Finding Temporal Paths Under Waiting Time Constraints", 2021); so the number of links is bounded, what cannot lead to the end is
//! left out early, and the work is bounded too.

use koplamp_model::Network;

use super::{Found, PathLimit, PathRequest};
use crate::graph::Graph;
use crate::watch::{Cancelled, Watch};

/// Steps that are tried before it gives up: some seconds.
const MOST_WORK: u64 = 20_000_000;

/// More links than this are on no path, whatever the request says.
const DEEPEST: u32 = 200;

/// Intervals that are kept apart where only a bound is needed.
const KEPT: usize = 32;

/// Before and after all days.
const FIRST: i64 = -(1 << 40);
const LAST: i64 = 1 << 40;

/// A set of days: intervals in order that do not touch.
type Days = Vec<(i64, i64)>;

/// How the day of a link may follow that of the one before.
#[derive(Clone, Copy)]
struct Rule {
    ordered: bool,
    gap: Option<i64>,
}

impl Rule {
    /// The days on which a link with these days can follow one of the given days.
    fn after(self, days: &[(i64, i64)], link: Option<(i64, i64)>) -> Days {
        let Some((first, last)) = link else { return days.to_vec() };
        let back = if self.ordered { 0 } else { self.gap.unwrap_or(LAST) };
        let on = self.gap.unwrap_or(LAST);
        let near =
            days.iter().map(|&(from, to)| (first.max(from.saturating_sub(back)), last.min(to.saturating_add(on))));
        near.filter(|(from, to)| from <= to).collect()
    }

    /// The days on which the link before may be, when one with these days has to be on one of the given days.
    fn before(self, days: &[(i64, i64)], link: Option<(i64, i64)>) -> Days {
        let Some((first, last)) = link else { return days.to_vec() };
        let back = self.gap.unwrap_or(LAST);
        let on = if self.ordered { 0 } else { self.gap.unwrap_or(LAST) };
        let within = days.iter().map(|&(from, to)| (first.max(from), last.min(to)));
        within
            .filter(|(from, to)| from <= to)
            .map(|(from, to)| (from.saturating_sub(back), to.saturating_add(on)))
            .collect()
    }
}

/// The same days as intervals in order that do not touch.
fn joined(mut days: Days) -> Days {
    days.sort_unstable();
    let mut result: Days = Vec::with_capacity(days.len());
    for (from, to) in days {
        match result.last_mut() {
            Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
            _ => result.push((from, to)),
        }
    }
    result
}

fn meet(one: &[(i64, i64)], other: &[(i64, i64)]) -> bool {
    one.iter().any(|one| other.iter().any(|other| one.0 <= other.1 && other.0 <= one.1))
}

pub(super) struct Search<'a> {
    network: &'a Network,
    graph: &'a Graph,
    rule: Rule,
    to: u32,
    /// For each number of links and each node: days of the link before from which the end may be reached with exactly so many links.
    ahead: Vec<Vec<Days>>,
    wanted: usize,
    found: Vec<Found>,
    work: u64,
    watch: Watch<'a>,
}

/// Why a search ended early.
enum Stop {
    Cancelled,
    Limit(PathLimit),
}

/// Looks for paths; gives them, and why there may be more.
pub(super) fn search(
    network: &Network,
    graph: &Graph,
    (from, to): (u32, u32),
    request: &PathRequest,
    watch: Watch<'_>,
) -> Result<(Vec<Found>, Option<PathLimit>), Cancelled> {
    let rule = Rule { ordered: request.time_ordered, gap: request.max_gap.map(i64::from) };
    let mut start = vec![Vec::new(); graph.nodes()];
    start[to as usize] = vec![(FIRST, LAST)];
    let wanted = request.wanted();
    let mut search = Search { network, graph, rule, to, ahead: vec![start], wanted, found: Vec::new(), work: 0, watch };
    let most = request.longest.min(DEEPEST).min(graph.nodes().saturating_sub(1) as u32);
    for links in 0..=most {
        match search.of_length(from, links as usize) {
            Ok(()) => {}
            Err(Stop::Cancelled) => return Err(Cancelled),
            Err(Stop::Limit(limit)) => {
                // As many as were asked for is not too few.
                let enough = limit == PathLimit::Limit && request.k.is_some_and(|k| k <= request.limit);
                return Ok((search.found, (!enough).then_some(limit)));
            }
        }
        // A path that is there already is the shortest; one that is nowhere ahead is none at all.
        let done = if request.k.is_none() { !search.found.is_empty() } else { search.found.len() >= search.wanted };
        if done || search.ahead.last().is_some_and(|ahead| ahead.iter().all(Vec::is_empty)) {
            return Ok((search.found, None));
        }
    }
    let all = most as usize + 1 >= graph.nodes();
    Ok((search.found, (!all).then_some(PathLimit::Longest)))
}

impl Search<'_> {
    fn of_length(&mut self, from: u32, links: usize) -> Result<(), Stop> {
        while self.ahead.len() <= links {
            self.look_ahead()?;
        }
        let (mut path, mut seen) = (vec![from], vec![false; self.graph.nodes()]);
        seen[from as usize] = true;
        self.onwards(&mut path, &mut seen, &[(FIRST, LAST)], links)
    }

    fn spend(&mut self, work: usize) -> Result<(), Stop> {
        let before = self.work >> 14;
        self.work += work as u64 + 1;
        if self.work > MOST_WORK {
            return Err(Stop::Limit(PathLimit::Work));
        }
        if self.work >> 14 != before && !(self.watch)(self.work as f64 / MOST_WORK as f64) {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }

    fn days(&self, link: u32) -> Option<(i64, i64)> {
        self.network.links[link as usize]
            .days
            .map(|(one, other)| (i64::from(one.min(other)), i64::from(one.max(other))))
    }

    /// One link more than before. Too many intervals become one: then more is tried than has to be, but nothing is missed.
    fn look_ahead(&mut self) -> Result<(), Stop> {
        let mut next = vec![Vec::new(); self.graph.nodes()];
        for node in 0..self.graph.nodes() as u32 {
            let mut days = Vec::new();
            for arc in self.graph.out.of(node) {
                let level = self.ahead.len() - 1;
                let target = self.graph.out.targets[arc] as usize;
                if self.ahead[level][target].is_empty() {
                    continue;
                }
                self.spend(self.graph.links_of(arc).len() / 8)?;
                for &link in self.graph.links_of(arc) {
                    days.extend(self.rule.before(&self.ahead[level][target], self.days(link)));
                }
                if days.len() > 4 * KEPT {
                    days = bounded(days);
                }
            }
            next[node as usize] = bounded(days);
        }
        self.ahead.push(next);
        Ok(())
    }

    /// Tries all ways on from the end of a path, of exactly so many links.
    fn onwards(
        &mut self,
        path: &mut Vec<u32>,
        seen: &mut [bool],
        days: &[(i64, i64)],
        left: usize,
    ) -> Result<(), Stop> {
        let Some(&node) = path.last() else { return Ok(()) };
        if left == 0 {
            if node == self.to {
                if self.found.len() >= self.wanted {
                    return Err(Stop::Limit(PathLimit::Limit));
                }
                self.found.push(self.carried(path));
            }
            return Ok(());
        }
        if node == self.to {
            return Ok(());
        }
        let graph = self.graph;
        for arc in graph.out.of(node) {
            let target = graph.out.targets[arc];
            if seen[target as usize] || self.ahead[left - 1][target as usize].is_empty() {
                continue;
            }
            self.spend(graph.links_of(arc).len() * days.len())?;
            let after = self.days_after(graph.links_of(arc), days);
            if meet(&after, &self.ahead[left - 1][target as usize]) {
                path.push(target);
                seen[target as usize] = true;
                self.onwards(path, seen, &after, left - 1)?;
                seen[target as usize] = false;
                path.pop();
            }
        }
        Ok(())
    }

    fn days_after(&self, links: &[u32], days: &[(i64, i64)]) -> Days {
        let after: Days = links.iter().flat_map(|&link| self.rule.after(days, self.days(link))).collect();
        if self.rule.gap.is_none() {
            // Only the earliest day matters for what follows.
            return after.iter().map(|days| days.0).min().map(|from| (from, LAST)).into_iter().collect();
        }
        joined(after)
    }

    /// A path with, for each step, the links that can carry it together with some choice of links for the other steps.
    fn carried(&self, path: &[u32]) -> Found {
        let all: Vec<Vec<u32>> = path.windows(2).map(|step| super::links(self.graph, step)).collect();
        let mut onwards = vec![vec![(FIRST, LAST)]];
        for links in all.iter().rev() {
            let after = &onwards[onwards.len() - 1];
            onwards.push(joined(links.iter().flat_map(|&link| self.rule.before(after, self.days(link))).collect()));
        }
        onwards.pop();
        let mut days = vec![(FIRST, LAST)];
        let mut steps = Vec::new();
        for (links, onwards) in all.iter().zip(onwards.iter().rev()) {
            let fits = |link: &u32| meet(&self.rule.after(&days, self.days(*link)), onwards);
            steps.push(links.iter().copied().filter(fits).collect());
            days = self.days_after(links, &days);
        }
        Found { nodes: path.to_vec(), steps }
    }
}

fn bounded(days: Days) -> Days {
    let days = joined(days);
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if days.len() > KEPT => vec![(first.0, last.1)],
        _ => days,
    }
}
