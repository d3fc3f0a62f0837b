//! Paths between two entities: all shortest ones, or the k shortest without a loop; through links of some types, along directions, in order
//! of date, with a longest gap, of a least amount.

mod shortest;
mod timed;

use koplamp_model::{EntityId, Link, Network};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::graph::{Convention, Graph, ParallelLinks};
use crate::watch::{Cancelled, Watch};

/// Which paths are looked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PathRequest {
    /// Where they begin.
    #[ts(type = "string")]
    pub from: EntityId,
    /// Where they end.
    #[ts(type = "string")]
    pub to: EntityId,
    /// So many, the shortest first, none visiting an entity twice; none for all that are as short as the shortest.
    pub k: Option<u32>,
    /// Types of links that may be used; all when empty.
    pub kinds: Vec<String>,
    /// Whether directed links go one way only.
    pub directed: bool,
    /// Whether dates must not go back: it must be possible to choose a day for each dated link, within its first and last day, such that no
    /// day lies before that of the dated link before it. So a link may not end before an earlier one begins.
    pub time_ordered: bool,
    /// Most days between the chosen days of two dated links that follow each other on the path; without order, in either direction.
    pub max_gap: Option<u32>,
    /// Whether undated links may be used. They fit anywhere: dates are compared as if they were not there.
    pub undated: bool,
    /// Least amount of each link, whatever the currency; links without an amount do not reach it.
    pub min_amount: Option<f64>,
    /// Currency of each link (ISO 4217): amounts of different ones cannot be compared.
    pub currency: Option<String>,
    /// Most links of a path, when dates are looked at.
    pub longest: u32,
    /// Most paths that are given: ties can be more than anybody could look at.
    pub limit: u32,
}

impl PathRequest {
    /// All shortest paths between two entities, without any condition; at most 1,000.
    pub fn new(from: EntityId, to: EntityId) -> Self {
        Self {
            from,
            to,
            k: None,
            kinds: Vec::new(),
            directed: false,
            time_ordered: false,
            max_gap: None,
            undated: true,
            min_amount: None,
            currency: None,
            longest: 20,
            limit: 1_000,
        }
    }

    fn lets_through(&self, link: &Link) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&link.kind))
            && (self.undated || link.days.is_some())
            && self.min_amount.is_none_or(|least| link.amount.is_some_and(|amount| amount >= least))
            && (self.currency.is_none() || self.currency == link.currency)
    }

    fn wanted(&self) -> usize {
        self.k.map_or(self.limit, |k| k.min(self.limit)) as usize
    }
}

/// Paths, the shortest first; of the same length, by the order of the entities in the network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PathsFound {
    /// The paths; none when there is no way.
    pub paths: Vec<FoundPath>,
    /// Why there may be more than are given; none when these are all that were asked for.
    pub stopped: Option<PathLimit>,
}

/// Why paths are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PathLimit {
    /// The limit of the request was reached.
    Limit,
    /// Longer paths than the request allows were not looked at.
    Longest,
    /// Too many ways had to be tried; what is given is right, but shorter ones than the last may be missing.
    Work,
}

/// A path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FoundPath {
    /// The entities it visits, from the first to the last.
    #[ts(type = "string[]")]
    pub entities: Vec<EntityId>,
    /// What they are called.
    pub labels: Vec<String>,
    /// For each step the links of which any may carry it: one less than there are entities.
    #[ts(type = "string[][]")]
    pub steps: Vec<Vec<EntityId>>,
}

/// Why there are no paths to give.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// An end is not in the network.
    #[error("entity {0} is not in the network; choose one that is on the chart")]
    UnknownEntity(EntityId),
    /// The watch told it to stop.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// A path as places of nodes, and for each step the places of the links that may carry it.
struct Found {
    nodes: Vec<u32>,
    steps: Vec<Vec<u32>>,
}

/// Looks for paths.
///
/// # Errors
/// An end is not in the network, or the watch told it to stop.
pub fn paths(network: &Network, request: &PathRequest, watch: Watch<'_>) -> Result<PathsFound, PathError> {
    let place = |id: EntityId| {
        let found = network.nodes.iter().position(|node| node.id == id);
        found.map(|place| place as u32).ok_or(PathError::UnknownEntity(id))
    };
    let (from, to) = (place(request.from)?, place(request.to)?);
    let convention = Convention { parallel: ParallelLinks::Merge, directed: request.directed };
    let graph = Graph::of(network, convention, |link| request.lets_through(link));
    let (found, stopped) = if request.time_ordered || request.max_gap.is_some() {
        timed::search(network, &graph, (from, to), request, watch)?
    } else {
        let (paths, stopped) = match request.k {
            None => shortest::all(&graph, from, to, request.limit as usize, watch)?,
            Some(_) => shortest::several(&graph, from, to, request.wanted(), watch)?,
        };
        // As many as were asked for is not too few.
        let stopped = stopped && request.k.is_none_or(|k| k > request.limit);
        let found = paths.into_iter().map(|nodes| {
            let steps = nodes.windows(2).map(|step| links(&graph, step)).collect();
            Found { nodes, steps }
        });
        (found.collect::<Vec<_>>(), stopped.then_some(PathLimit::Limit))
    };
    let paths = found.into_iter().map(|path| FoundPath {
        entities: path.nodes.iter().map(|&node| network.nodes[node as usize].id).collect(),
        labels: path.nodes.iter().map(|&node| network.nodes[node as usize].label.clone()).collect(),
        steps: path
            .steps
            .iter()
            .map(|step| step.iter().map(|&link| network.links[link as usize].id).collect())
            .collect(),
    });
    Ok(PathsFound { paths: paths.collect(), stopped })
}

/// The links that lead from one node to the next.
fn links(graph: &Graph, step: &[u32]) -> Vec<u32> {
    let &[from, to] = step else { return Vec::new() };
    let arcs = graph.out.of(from);
    let place = graph.out.targets[arcs.clone()].binary_search(&to);
    place.map(|place| graph.links_of(arcs.start + place).to_vec()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{network, numbered};

    fn found(text: &str, change: impl Fn(&mut PathRequest)) -> (Vec<String>, Option<PathLimit>) {
        let network = network(text);
        let id = |label: &str| network.nodes.iter().find(|node| node.label == label).unwrap().id;
        let mut request = PathRequest::new(id("a"), id("z"));
        change(&mut request);
        let found = paths(&network, &request, &|_| true).unwrap();
        (found.paths.iter().map(|path| path.labels.concat()).collect(), found.stopped)
    }

    #[test]
    fn each_condition_leaves_out_what_does_not_meet_it() {
        let text = "a>b#Payment@1..3=100 b>z#Payment@2=50 a-c#Family@9 c-z#Payment@5=500 z>d@1 d>a@2";
        let all = |change: &dyn Fn(&mut PathRequest)| found(text, change).0;
        assert_eq!(all(&|_| ()), ["abz", "acz", "adz"]);
        assert_eq!(all(&|request| request.directed = true), ["abz", "acz"]);
        assert_eq!(all(&|request| request.kinds = vec!["Payment".into()]), ["abz"]);
        assert_eq!(all(&|request| request.time_ordered = true), ["abz"], "c: 9 comes after 5; d: 2 after 1");
        assert_eq!(all(&|request| request.max_gap = Some(3)), ["abz", "adz"], "in either direction");
        assert_eq!(all(&|request| request.max_gap = Some(4)), ["abz", "acz", "adz"]);
        assert_eq!(all(&|request| request.min_amount = Some(50.0)), ["abz"]);
        assert!(all(&|request| request.min_amount = Some(51.0)).is_empty());
        assert_eq!(all(&|request| (request.directed, request.k) = (true, Some(1))), ["abz"]);
    }

    #[test]
    fn undated_links_fit_anywhere_unless_they_are_left_out() {
        let text = "a-b@9 b-c c-z@5 a-d@1 d-e d-e@4 e-z@6";
        assert_eq!(found(text, |request| request.time_ordered = true).0, ["adez"], "9 and 5 are compared over b-c");
        let dated = |request: &mut PathRequest| (request.time_ordered, request.undated) = (true, false);
        assert_eq!(found(text, dated).0, ["adez"]);
        let (gap, _) = found(text, |request| (request.time_ordered, request.max_gap) = (true, Some(4)));
        assert_eq!(gap, ["adez"]);
        let (gap, _) = found(text, |request| (request.time_ordered, request.max_gap) = (true, Some(2)));
        assert!(gap.is_empty(), "{gap:?}");
    }

    #[test]
    fn days_are_chosen_for_the_whole_path_and_not_for_neighbours_only() {
        // Each link may follow the one before, but 10, then 0 to 20, then 5 cannot be in order.
        assert!(found("a-b@10 b-c@0..20 c-z@5", |request| request.time_ordered = true).0.is_empty());
        assert_eq!(found("a-b@10 b-c@0..20 c-z@15", |request| request.time_ordered = true).0, ["abcz"]);
    }

    #[test]
    fn each_step_names_the_links_that_can_carry_it() {
        let network = network("a-b@1 a-b@9 a-b b-z@5 b-z@0");
        let (from, to) = (network.nodes[0].id, network.nodes[2].id);
        let request = PathRequest { time_ordered: true, ..PathRequest::new(from, to) };
        let steps = paths(&network, &request, &|_| true).unwrap().paths.remove(0).steps;
        let id = |place: usize| network.links[place].id;
        assert_eq!(steps, [vec![id(0), id(2)], vec![id(3), id(4)]], "not the one of day 9");
    }

    #[test]
    fn ties_that_explode_are_capped_and_hopeless_searches_end() {
        // A row of thirty diamonds: 2^30 shortest paths.
        let diamonds: Vec<(u32, u32)> = (0..30)
            .flat_map(|place| {
                let at = place * 3;
                [(at, at + 1), (at, at + 2), (at + 1, at + 3), (at + 2, at + 3)]
            })
            .collect();
        let network = numbered(91, &diamonds, false);
        let mut request = PathRequest { limit: 50, ..PathRequest::new(network.nodes[0].id, network.nodes[90].id) };
        let capped = paths(&network, &request, &|_| true).unwrap();
        assert_eq!((capped.paths.len(), capped.stopped), (50, Some(PathLimit::Limit)));
        request.k = Some(20);
        let several = paths(&network, &request, &|_| true).unwrap();
        assert_eq!((several.paths.len(), several.stopped), (20, None));
        assert_eq!(paths(&network, &request, &|_| false), Err(PathError::Cancelled(Cancelled)));

        // Everybody is linked with everybody but z, whom only y knows: a second path does not exist, and with dates nobody can know that soon.
        let mut clique: Vec<(u32, u32)> = (0..40).flat_map(|one| (0..one).map(move |other| (one, other))).collect();
        clique.retain(|pair| *pair != (1, 0));
        clique.push((0, 40));
        let mut network = numbered(41, &clique, false);
        network.links.iter_mut().for_each(|link| link.days = Some((1, 1)));
        let mut request = PathRequest { k: Some(5), ..PathRequest::new(network.nodes[0].id, network.nodes[40].id) };
        assert_eq!(paths(&network, &request, &|_| true).unwrap().paths.len(), 1);
        request.time_ordered = true;
        let found = paths(&network, &request, &|_| true).unwrap();
        assert_eq!((found.paths.len(), found.stopped), (1, Some(PathLimit::Work)));
    }

    #[test]
    fn ends_have_to_be_there_and_may_be_the_same() {
        let network = network("a-b");
        let (a, stranger) = (network.nodes[0].id, EntityId::from_bytes([7; 16]));
        let same = paths(&network, &PathRequest::new(a, a), &|_| true).unwrap();
        assert_eq!((same.paths.len(), same.paths[0].steps.len()), (1, 0));
        let error = paths(&network, &PathRequest::new(a, stranger), &|_| true).unwrap_err();
        assert_eq!(error, PathError::UnknownEntity(stranger));
    }
}
