//! Laws of the measures, on random small networks with parallel links, links to themselves and links that go one way, against computations
//! that take the definition at its word.

use std::collections::BTreeMap;

use koplamp_chart::{Convention, MeasureOptions, Measures, ParallelLinks, PathRequest, measure, measure_with, paths};
use koplamp_model::{EntityId, Link, Network, Node};
use proptest::prelude::*;

fn network(nodes: u32, links: &[(u32, u32, bool, u8)]) -> Network {
    let node = |number: u32| Node {
        id: EntityId::of(&[b"node", &number.to_be_bytes()]),
        kind: "Person".into(),
        label: number.to_string(),
        organisations: Vec::new(),
        days: None,
    };
    let organisations =
        [vec![], vec!["POL".to_owned()], vec!["CUS".to_owned()], vec!["CUS".to_owned(), "POL".to_owned()]];
    let link = |(place, &(source, target, directed, by)): (usize, &(u32, u32, bool, u8))| Link {
        id: EntityId::of(&[b"link", &place.to_be_bytes()]),
        kind: "UnknownLink".into(),
        label: String::new(),
        source: source % nodes,
        target: target % nodes,
        directed,
        // The same random number serves as organisation and as dates.
        days: (by % 5 != 0).then_some((i32::from(by % 16), i32::from(by % 16 + by / 64))),
        amount: None,
        currency: None,
        organisations: organisations[usize::from(by % 4)].clone(),
        passages: 0,
    };
    Network { nodes: (0..nodes).map(node).collect(), links: links.iter().enumerate().map(link).collect() }
}

fn networks() -> impl Strategy<Value = Network> {
    let link = (0_u32..8, 0_u32..8, any::<bool>(), any::<u8>());
    (2_u32..8, proptest::collection::vec(link, 0..14)).prop_map(|(nodes, links)| network(nodes, &links))
}

fn conventions() -> impl Strategy<Value = Convention> {
    (any::<bool>(), any::<bool>()).prop_map(|(count, directed)| Convention {
        parallel: if count { ParallelLinks::Count } else { ParallelLinks::Merge },
        directed,
    })
}

/// A step of a walk: over which links (one when they are counted, all parallel ones when merged), and where to.
type Step = (Vec<usize>, u32);

fn steps(network: &Network, convention: Convention, from: u32) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (place, link) in network.links.iter().enumerate() {
        let onwards = link.source == from;
        let to = if onwards { link.target } else { link.source };
        let there = onwards || (link.target == from && !(convention.directed && link.directed));
        if !there || to == from {
            continue;
        }
        match steps.iter_mut().find(|step| step.1 == to) {
            Some(step) if convention.parallel == ParallelLinks::Merge => step.0.push(place),
            _ => steps.push((vec![place], to)),
        }
    }
    steps
}

/// All shortest ways between two nodes, as lists of steps, by trying ever longer ones.
fn ways(network: &Network, convention: Convention, from: u32, to: u32) -> Vec<Vec<Step>> {
    let mut all: Vec<Vec<Step>> = vec![Vec::new()];
    for _ in 0..network.nodes.len() {
        let mut longer = Vec::new();
        for way in &all {
            let here = way.last().map_or(from, |step| step.1);
            for step in steps(network, convention, here) {
                if step.1 != from && way.iter().all(|before| before.1 != step.1) {
                    longer.push(way.iter().cloned().chain([step]).collect::<Vec<_>>());
                }
            }
        }
        let found: Vec<Vec<Step>> =
            longer.iter().filter(|way| way.last().is_some_and(|step| step.1 == to)).cloned().collect();
        if !found.is_empty() {
            return found;
        }
        all = longer;
    }
    Vec::new()
}

#[derive(Default)]
struct Naive {
    nodes: BTreeMap<u32, f64>,
    links: BTreeMap<usize, f64>,
    crossing: BTreeMap<u32, f64>,
}

fn naive(network: &Network, convention: Convention) -> Naive {
    let mut naive = Naive::default();
    let nodes = network.nodes.len() as u32;
    let known = |step: &Step| -> Vec<String> {
        step.0.iter().flat_map(|&link| network.links[link].organisations.clone()).collect()
    };
    for from in 0..nodes {
        for to in (0..nodes).filter(|&to| to != from) {
            let ways = ways(network, convention, from, to);
            for way in &ways {
                let weight = 1.0 / ways.len() as f64 * if convention.directed { 1.0 } else { 0.5 };
                for step in way {
                    for &link in &step.0 {
                        *naive.links.entry(link).or_default() += weight;
                    }
                }
                for pair in way.windows(2) {
                    *naive.nodes.entry(pair[0].1).or_default() += weight;
                    let (into, out) = (known(&pair[0]), known(&pair[1]));
                    if !into.is_empty() && !out.is_empty() && !into.iter().any(|one| out.contains(one)) {
                        *naive.crossing.entry(pair[0].1).or_default() += weight;
                    }
                }
            }
        }
    }
    naive
}

fn pieces(network: &Network, without_node: Option<u32>, without_links: &[usize]) -> usize {
    let nodes = network.nodes.len() as u32;
    let mut piece: Vec<u32> = (0..nodes).collect();
    for _ in 0..nodes {
        for (place, link) in network.links.iter().enumerate() {
            let ends = [link.source, link.target];
            if without_links.contains(&place) || ends.iter().any(|end| Some(*end) == without_node) {
                continue;
            }
            let least = piece[ends[0] as usize].min(piece[ends[1] as usize]);
            ends.iter().for_each(|&end| piece[end as usize] = least);
        }
    }
    (0..nodes).filter(|&node| Some(node) != without_node && piece[node as usize] == node).count()
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(1.0)
}

proptest! {
    #[test]
    fn betweenness_and_bridging_are_what_the_definition_says(network in networks(), convention in conventions()) {
        let found = measure(&network, convention, &|_| true).unwrap();
        let naive = naive(&network, convention);
        for (place, entity) in (0..).zip(&found.entities) {
            let through = naive.nodes.get(&place).copied().unwrap_or_default();
            prop_assert!(close(entity.betweenness, through), "{place}: {} and {through}", entity.betweenness);
            let crossing = naive.crossing.get(&place).copied().unwrap_or_default();
            let share = entity.bridging.as_ref().map_or(0.0, |bridging| bridging.share);
            prop_assert!(close(share * through, crossing), "{place}: {share} of {through} and {crossing}");
        }
        for (place, link) in found.links.iter().enumerate() {
            let over = naive.links.get(&place).copied().unwrap_or_default();
            prop_assert!(close(link.betweenness, over), "link {place}: {} and {over}", link.betweenness);
        }
    }

    #[test]
    fn articulation_points_and_bridges_are_those_whose_removal_divides(network in networks(), convention in conventions()) {
        let found = measure(&network, convention, &|_| true).unwrap();
        let before = pieces(&network, None, &[]);
        for (place, entity) in (0..).zip(&found.entities) {
            prop_assert_eq!(entity.articulation, pieces(&network, Some(place), &[]) > before, "entity {}", place);
        }
        for (place, link) in found.links.iter().enumerate() {
            let beside = |other: &Link| {
                let (here, other) = (&network.links[place], [other.source, other.target]);
                other.contains(&here.source) && other.contains(&here.target)
            };
            let gone: Vec<usize> = match convention.parallel {
                ParallelLinks::Count => vec![place],
                ParallelLinks::Merge => (0..network.links.len()).filter(|&other| beside(&network.links[other])).collect(),
            };
            let loops = link.source == link.target;
            prop_assert_eq!(link.bridge, !loops && pieces(&network, None, &gone) > before, "link {}", place);
        }
    }

    #[test]
    fn without_parallel_links_merged_and_counted_are_the_same(network in networks(), directed in any::<bool>()) {
        let mut network = network;
        let mut seen = std::collections::BTreeSet::new();
        network.links.retain(|link| seen.insert((link.source.min(link.target), link.source.max(link.target))));
        let read = |parallel| -> Measures {
            let mut measures = measure(&network, Convention { parallel, directed }, &|_| true).unwrap();
            measures.convention.parallel = ParallelLinks::Merge;
            measures
        };
        prop_assert_eq!(read(ParallelLinks::Merge), read(ParallelLinks::Count));
    }

    #[test]
    fn a_sample_is_within_its_bound(network in networks(), convention in conventions(), seed in any::<u64>()) {
        let exact = measure(&network, convention, &|_| true).unwrap();
        // So unlikely to be broken that it never is.
        let options = MeasureOptions { convention, exact_up_to: 0, epsilon: 0.05, delta: 1e-9, seed };
        let sampled = measure_with(&network, &options, &|_| true).unwrap();
        prop_assert_eq!(&sampled, &measure_with(&network, &options, &|_| true).unwrap(), "the same seed gives the same");
        let pairs = |measures: &Measures| (measures.entities.len() * (measures.entities.len() - 1)) as f64;
        for (one, other) in exact.entities.iter().zip(&sampled.entities) {
            // The bound is on the share of all pairs; that of pairs of others is a little larger in so small a network.
            let scale = if convention.directed { 1.0 } else { 2.0 } / pairs(&exact);
            prop_assert!((one.betweenness - other.betweenness).abs() * scale <= 0.05);
        }
        for (one, other) in exact.links.iter().zip(&sampled.links) {
            let scale = if convention.directed { 0.5 } else { 2.0 } / pairs(&exact);
            prop_assert!((one.betweenness - other.betweenness).abs() * scale <= 0.05);
        }
    }

    #[test]
    fn paths_with_dates_are_those_for_which_days_can_be_chosen(
        network in networks(), ordered in any::<bool>(), gap in proptest::option::of(0_u32..6), directed in any::<bool>(),
    ) {
        prop_assume!(ordered || gap.is_some());
        let (from, to) = (network.nodes[0].id, network.nodes[1].id);
        let request = PathRequest {
            k: Some(900), directed, time_ordered: ordered, max_gap: gap, ..PathRequest::new(from, to)
        };
        let found = paths(&network, &request, &|_| true).unwrap();
        prop_assert_eq!(found.stopped, None);
        let convention = Convention { parallel: ParallelLinks::Count, directed };
        // Every way without a loop over single links, kept when some choice of days fits; then what links carry each step.
        let mut expected: BTreeMap<(usize, Vec<u32>), Vec<std::collections::BTreeSet<usize>>> = BTreeMap::new();
        let mut all: Vec<Vec<Step>> = vec![Vec::new()];
        while let Some(way) = all.pop() {
            let here = way.last().map_or(0, |step| step.1);
            if here == 1 {
                if fits(&network, &way, ordered, gap) {
                    let nodes: Vec<u32> = way.iter().map(|step| step.1).collect();
                    let steps = expected.entry((way.len(), nodes)).or_insert_with(|| vec![Default::default(); way.len()]);
                    steps.iter_mut().zip(&way).for_each(|(links, step)| links.extend(&step.0));
                }
                continue;
            }
            for step in steps(&network, convention, here) {
                if step.1 != 0 && way.iter().all(|before| before.1 != step.1) {
                    all.push(way.iter().cloned().chain([step]).collect());
                }
            }
        }
        let place = |id: &EntityId| network.nodes.iter().position(|node| node.id == *id).unwrap() as u32;
        let link = |id: &EntityId| network.links.iter().position(|link| link.id == *id).unwrap();
        let given: BTreeMap<_, _> = found.paths.iter().map(|path| {
            let nodes: Vec<u32> = path.entities[1..].iter().map(place).collect();
            let steps: Vec<std::collections::BTreeSet<usize>> = path.steps.iter().map(|links| links.iter().map(link).collect()).collect();
            ((path.steps.len(), nodes), steps)
        }).collect();
        prop_assert_eq!(given, expected);
        prop_assert!(found.paths.is_sorted_by_key(|path| path.steps.len()));
    }
}

/// Whether days can be chosen for the dated links of a way; tries them all.
fn fits(network: &Network, way: &[Step], ordered: bool, gap: Option<u32>) -> bool {
    let mut days: Vec<Option<i32>> = vec![None];
    for step in way {
        let Some((first, last)) = network.links[step.0[0]].days else { continue };
        let follows = |day: i32, before: &Option<i32>| {
            before.is_none_or(|before| (!ordered || day >= before) && gap.is_none_or(|gap| day.abs_diff(before) <= gap))
        };
        days = (first..=last).filter(|&day| days.iter().any(|before| follows(day, before))).map(Some).collect();
    }
    !days.is_empty()
}
