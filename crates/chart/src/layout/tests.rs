//! Laws of the layouts, on drawn networks and on Zachary's karate club.

use koplamp_model::{EntityId, Link, Network, Node};
use proptest::prelude::*;

use super::*;

/// The friendships in a karate club (Zachary 1977, "An Information Flow Model for Conflict and Fission in Small Groups"), as networkx has them.
const KARATE: &str = "0-1 0-2 0-3 0-4 0-5 0-6 0-7 0-8 0-10 0-11 0-12 0-13 0-17 0-19 0-21 0-31 1-2 1-3 1-7 1-13 1-17 1-19 1-21 1-30 2-3 2-7 \
    2-8 2-9 2-13 2-27 2-28 2-32 3-7 3-12 3-13 4-6 4-10 5-6 5-10 5-16 6-16 8-30 8-32 8-33 9-33 13-33 14-32 14-33 15-32 15-33 18-32 18-33 \
    19-33 20-32 20-33 22-32 22-33 23-25 23-27 23-29 23-32 23-33 24-25 24-27 24-31 25-31 26-29 26-33 27-33 28-31 28-33 29-32 29-33 30-32 \
    30-33 31-32 31-33 32-33";

fn network(count: u32, pairs: &[(u32, u32)], directed: bool) -> Network {
    let id = |text: String| EntityId::of(&[text.as_bytes()]);
    let kinds = ["Person", "Company", "BankAccount"];
    Network {
        nodes: (0..count)
            .map(|at| Node {
                id: id(format!("n{at}")),
                kind: kinds[at as usize % kinds.len()].into(),
                label: format!("Entiteit {at}"),
                organisations: vec![],
                days: (at % 4 != 0).then_some((20_000 + (at as i32 * 37) % 500, 20_600)),
            })
            .collect(),
        links: pairs
            .iter()
            .enumerate()
            .map(|(at, &(source, target))| Link {
                id: id(format!("l{at}")),
                kind: "UnknownLink".into(),
                label: String::new(),
                source,
                target,
                directed,
                days: None,
                amount: None,
                currency: None,
                organisations: vec![],
                passages: 1,
            })
            .collect(),
    }
}

fn karate() -> Network {
    let number = |text: &str| text.parse().unwrap();
    let pairs: Vec<(u32, u32)> = KARATE
        .split_whitespace()
        .filter_map(|pair| pair.split_once('-'))
        .map(|(a, b)| (number(a), number(b)))
        .collect();
    assert_eq!(pairs.len(), 78);
    network(34, &pairs, false)
}

fn request(name: &str, count: u32) -> LayoutRequest {
    let extent =
        |at: u32| Extent { half: 20.0 + f64::from(at * 13 % 60), above: 17.0, below: 36.0 + f64::from(at % 2 * 15) };
    LayoutRequest { name: name.into(), seed: 1, extents: (0..count).map(extent).collect(), ..LayoutRequest::default() }
}

fn run(network: &Network, request: &LayoutRequest) -> Vec<(f64, f64)> {
    layout(network, request, &|_| true).unwrap()
}

fn overlapping(positions: &[(f64, f64)], extents: &[Extent]) -> Vec<(usize, usize)> {
    let overlap = |a: usize, b: usize| {
        let (across, down) = extents[a].overlap(positions[a], extents[b], positions[b]);
        across > 0.0 && down > 0.0
    };
    (0..positions.len()).flat_map(|a| (0..a).map(move |b| (b, a))).filter(|(b, a)| overlap(*a, *b)).collect()
}

/// A network of up to 40 nodes, in one or several pieces, loops and parallel links included.
fn networks() -> impl Strategy<Value = Network> {
    (1_u32..40).prop_flat_map(|count| {
        (proptest::collection::vec((0..count, 0..count), 0..70), any::<bool>())
            .prop_map(move |(pairs, directed)| network(count, &pairs, directed))
    })
}

#[test]
fn the_same_request_gives_the_same_bits() {
    let network = karate();
    for info in LAYOUTS {
        let request = request(info.id, 34);
        let first = run(&network, &request);
        assert_eq!(first, run(&network, &request), "{}", info.id);
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(first, one.install(|| run(&network, &request)), "{} on one thread", info.id);
        let other = run(&network, &LayoutRequest { seed: 2, ..request });
        assert_eq!(first != other, info.seeded, "{} with another seed", info.id);
    }
}

#[test]
fn what_cannot_be_laid_out_is_refused() {
    let network = karate();
    for (request, error) in [
        (request("spiral", 34), LayoutError::Unknown("spiral".into())),
        (LayoutRequest { centre: Some(34), ..request("radial", 34) }, LayoutError::Centre { centre: 34, nodes: 34 }),
    ] {
        assert_eq!(layout(&network, &request, &|_| true), Err(error));
    }
    assert_eq!(layout(&network, &request("force", 34), &|done| done < 0.1), Err(LayoutError::Stopped));
    for info in LAYOUTS {
        assert_eq!(run(&Network::default(), &request(info.id, 0)), vec![], "{} of nothing", info.id);
    }
}

#[test]
fn force_can_be_looked_at_and_continued() {
    let network = karate();
    let request = request("force", 34);
    let mut force = Force::new(&network, &request);
    let coarse = force.positions();
    force.step(20);
    let better = force.positions();
    assert!(coarse != better && better.iter().all(|at| at.0.is_finite() && at.1.is_finite()));
    for _ in 0..38 {
        force.step(10);
    }
    assert_eq!(force.finished(&|_| true).unwrap(), run(&network, &request), "400 rounds in steps are 400 rounds");
}

#[test]
fn linked_nodes_are_about_a_link_apart_and_nearer_than_others() {
    let network = karate();
    let mut force = Force::new(&network, &request("force", 34));
    force.step(400);
    let at = force.positions();
    let distance = |a: u32, b: u32| (at[a as usize].0 - at[b as usize].0).hypot(at[a as usize].1 - at[b as usize].1);
    let mut linked: Vec<f64> = network.links.iter().map(|link| distance(link.source, link.target)).collect();
    linked.sort_by(f64::total_cmp);
    let mut all: Vec<f64> = (0..34).flat_map(|a| (0..a).map(move |b| (a, b))).map(|(a, b)| distance(a, b)).collect();
    all.sort_by(f64::total_cmp);
    assert!((linked[39] - LINK_LENGTH).abs() < 15.0, "middle link {}", linked[39]);
    assert!(all[all.len() / 2] > 1.5 * linked[39], "others {}", all[all.len() / 2]);
}

#[test]
fn a_new_node_comes_near_its_neighbour_and_moves_the_others_little() {
    let network_before = karate();
    let before = run(&network_before, &request("force", 34));
    for host in [0_u32, 11, 33] {
        let mut pairs: Vec<(u32, u32)> = network_before.links.iter().map(|link| (link.source, link.target)).collect();
        pairs.push((host, 34));
        let after_network = network(35, &pairs, false);
        let start: Vec<Option<(f64, f64)>> = before.iter().copied().map(Some).collect();
        let after = run(&after_network, &LayoutRequest { start, ..request("force", 35) });
        let moved = |node: usize| (after[node].0 - before[node].0).hypot(after[node].1 - before[node].1);
        let most = (0..34).map(moved).fold(0.0, f64::max);
        // The leash, and what room for a label may take on top of it.
        assert!(most <= 2.0 * LEASH, "host {host}: somebody moved {most}");
        let away = (after[34].0 - after[host as usize].0).hypot(after[34].1 - after[host as usize].1);
        assert!(away < 4.0 * LINK_LENGTH, "host {host}: the new one is {away} away");
    }
}

#[test]
fn rings_are_steps_from_the_centre() {
    let network = karate();
    for centre in [0_u32, 16, 25] {
        let at = run(&network, &LayoutRequest { centre: Some(centre), ..request("radial", 34) });
        let steps = Adjacency::new(&network).distances(centre as usize);
        let mut radii = std::collections::BTreeMap::new();
        for (at, step) in at.iter().zip(steps) {
            let radius = at.0.hypot(at.1);
            let known: f64 = *radii.entry(step).or_insert(radius);
            assert!((known - radius).abs() < 1e-6, "step {step}: {known} and {radius}");
        }
        let radii: Vec<f64> = radii.into_values().collect();
        assert!(radii[0] == 0.0 && radii.windows(2).all(|pair| pair[1] > pair[0] + 50.0), "{radii:?}");
    }
}

#[test]
fn lanes_are_in_the_order_of_days_and_the_undated_apart() {
    let network = network(60, &[], false);
    let at = run(&network, &request("lanes", 60));
    let mut dated: Vec<(i32, f64)> =
        network.nodes.iter().zip(&at).filter_map(|(node, at)| Some((node.days?.0, at.0))).collect();
    dated.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    assert!(
        dated.windows(2).all(|pair| pair[0].1 <= pair[1].1 && (pair[0].0 == pair[1].0) == (pair[0].1 == pair[1].1))
    );
    let first = dated[0].1;
    for (node, at) in network.nodes.iter().zip(&at).filter(|(node, _)| node.days.is_none()) {
        assert!(at.0 < first - 50.0, "{} is undated", node.label);
    }
    for (one, here) in network.nodes.iter().zip(&at) {
        for (other, there) in network.nodes.iter().zip(&at).filter(|(other, _)| other.kind < one.kind) {
            assert!(there.1 < here.1, "{} is in an upper lane of {}", other.kind, one.kind);
        }
    }
}

#[test]
fn days_of_links_date_what_has_none_of_its_own() {
    let mut network = network(5, &[(0, 1), (0, 4), (2, 3)], true);
    network.links[0].days = Some((19_000, 19_500));
    network.links[1].days = Some((18_000, 18_000));
    let own = |at: usize| network.nodes[at].days.map(|days| days.0);
    assert_eq!(first_day(&network), vec![Some(18_000), own(1), own(2), own(3), Some(18_000)]);
}

#[test]
fn overlaps_in_one_place_are_removed() {
    let extents = vec![Extent::default(); 300];
    let mut positions = vec![(3.0, 4.0); 300];
    remove_overlaps(&mut positions, &extents, &vec![1.0; 300], Axes::Both, &|_| true).unwrap();
    assert_eq!(overlapping(&positions, &extents), vec![]);
    let mut lost = vec![(f64::NAN, f64::INFINITY); 3];
    remove_overlaps(&mut lost, &extents[..3], &[1.0; 3], Axes::Both, &|_| true).unwrap();
    assert_eq!(overlapping(&lost, &extents[..3]), vec![]);
}

#[test]
fn a_picture_of_thousands_has_the_shape_of_a_window() {
    let mut network = network(5_000, &[], false);
    network.nodes.iter_mut().for_each(|node| node.days = None);
    for name in ["circle", "circles", "lanes", "grid"] {
        let request = request(name, 5_000);
        let positions = run(&network, &request);
        assert_eq!(overlapping(&positions, &request.extents), vec![], "{name}");
        let (left, top, right, bottom) = extent::bounds(&positions, &request.extents).unwrap();
        let (wide, high) = (right - left, bottom - top);
        // At 2 % of its size, the farthest that one can go, all of it is seen.
        assert!(wide < 35_000.0 && high < 35_000.0, "{name}: {wide} by {high}");
        assert!((0.3..3.5).contains(&(wide / high)), "{name}: {wide} by {high}");
    }
    // Each type is a sector.
    let at = run(&network, &request("circle", 5_000));
    let turn = |node: &usize| at[*node].0.atan2(-at[*node].1).rem_euclid(std::f64::consts::TAU);
    let order = grid::by_type(&network);
    assert!(order.windows(2).all(|pair| turn(&pair[0]) <= turn(&pair[1]) + 1e-9), "clockwise by type");
}

/// Five thousand boxes of many sizes in a heap that is densest in its middle, every tenth of them pinned.
fn heap() -> (Vec<(f64, f64)>, Vec<Extent>, Vec<f64>) {
    let number = |at: u32, by: f64| (f64::from(at) * by).fract();
    let place = |at: u32| {
        let (angle, away) = (number(at, 0.618_034) * std::f64::consts::TAU, 6_000.0 * number(at, 0.754_877).powi(2));
        (away * angle.cos(), away * angle.sin())
    };
    let extents = request("force", 5_000).extents;
    let mobility = (0..5_000).map(|at| if at % 10 == 0 { 0.0 } else { 1.0 }).collect();
    ((0..5_000).map(place).collect(), extents, mobility)
}

#[test]
fn a_large_heap_comes_apart_the_same_each_time_and_leaves_the_pinned() {
    let (before, extents, mobility) = heap();
    let apart = || {
        let mut positions = before.clone();
        remove_overlaps(&mut positions, &extents, &mobility, Axes::Both, &|_| true).unwrap();
        positions
    };
    let after = apart();
    let free = |node: &usize| mobility[*node] > 0.0;
    let left: Vec<_> = overlapping(&after, &extents).into_iter().filter(|(a, b)| free(a) || free(b)).collect();
    assert_eq!(left, vec![]);
    assert!((0..5_000).filter(|node| !free(node)).all(|node| after[node] == before[node]), "the pinned stay");
    assert_eq!(after, apart());
}

#[test]
fn overlap_removal_tells_how_far_it_is_and_can_be_stopped_anywhere() {
    let (before, extents, mobility) = heap();
    let shares = std::cell::RefCell::new(Vec::new());
    let watch = |share: f64| {
        shares.borrow_mut().push(share);
        true
    };
    remove_overlaps(&mut before.clone(), &extents, &mobility, Axes::Both, &watch).unwrap();
    let told = shares.take();
    assert!(told.len() > 100 && told.is_sorted() && told.iter().all(|share| (0.0..=1.0).contains(share)), "{told:?}");
    for stop in [0.0, 0.2, 0.8] {
        let mut positions = before.clone();
        let stopped = remove_overlaps(&mut positions, &extents, &mobility, Axes::Both, &|share| share < stop);
        assert_eq!(stopped, Err(LayoutError::Stopped), "at {stop}");
    }
    // A layout hands the watch on.
    let all = std::cell::RefCell::new(Vec::new());
    let note = |share: f64| {
        all.borrow_mut().push(share);
        true
    };
    layout(&karate(), &request("force", 34), &note).unwrap();
    assert!(all.borrow().is_sorted() && all.borrow().iter().any(|share| *share > 0.8), "{:?}", all.borrow());
    assert_eq!(layout(&karate(), &request("force", 34), &|share| share < 0.8), Err(LayoutError::Stopped));
}

proptest! {
    #[test]
    fn no_box_overlaps_another(network in networks(), which in 0..LAYOUTS.len()) {
        let request = request(LAYOUTS[which].id, network.nodes.len() as u32);
        let positions = run(&network, &request);
        prop_assert!(positions.iter().all(|at| at.0.is_finite() && at.1.is_finite()));
        prop_assert_eq!(overlapping(&positions, &request.extents), vec![], "{}", request.name);
    }

    #[test]
    fn pins_stay_and_the_rest_makes_room(
        network in networks(),
        which in 0..LAYOUTS.len(),
        places in proptest::collection::vec((-500.0..500.0, -500.0..500.0, any::<bool>()), 40),
    ) {
        let count = network.nodes.len();
        let mut request = request(LAYOUTS[which].id, count as u32);
        request.start = places.iter().take(count).map(|place| place.2.then_some((place.0, place.1))).collect();
        request.pinned = request.start.iter().enumerate().map(|(at, start)| start.is_some() && at % 3 == 0).collect();
        let positions = run(&network, &request);
        for at in (0..count).filter(|at| request.pinned[*at]) {
            prop_assert_eq!(Some(positions[at]), request.start[at], "{} moves a pin", request.name);
        }
        let overlapping: Vec<(usize, usize)> = overlapping(&positions, &request.extents)
            .into_iter()
            .filter(|(a, b)| !(request.pinned[*a] && request.pinned[*b]))
            .collect();
        prop_assert_eq!(overlapping, vec![], "{}", request.name);
    }

    #[test]
    fn overlap_removal_leaves_no_overlap(
        places in proptest::collection::vec((-200.0..200.0, -200.0..200.0, 5.0..90.0, 5.0..40.0, 0..4_u8), 1..60),
        axes in prop_oneof![Just(Axes::Both), Just(Axes::Horizontal), Just(Axes::Vertical)],
    ) {
        let mut positions: Vec<(f64, f64)> = places.iter().map(|place| (place.0, place.1)).collect();
        let extents: Vec<Extent> =
            places.iter().map(|place| Extent { half: place.2, above: place.3, below: place.3 * 2.0 }).collect();
        let mobility: Vec<f64> = places.iter().map(|place| f64::from(place.4) / 3.0).collect();
        let before = positions.clone();
        remove_overlaps(&mut positions, &extents, &mobility, axes, &|_| true).unwrap();
        for (a, b) in overlapping(&positions, &extents) {
            prop_assert!(mobility[a] == 0.0 && mobility[b] == 0.0, "{a} and {b} overlap");
        }
        for at in 0..places.len() {
            prop_assert!(mobility[at] > 0.0 || positions[at] == before[at], "{at} may not move");
            prop_assert!(axes != Axes::Horizontal || positions[at].1 == before[at].1);
            prop_assert!(axes != Axes::Vertical || positions[at].0 == before[at].0);
        }
    }

    #[test]
    fn links_of_an_acyclic_graph_go_down(
        count in 2_u32..30,
        pairs in proptest::collection::vec((0_u32..30, 0_u32..30, any::<bool>()), 0..60),
        shift in 0_u32..30,
    ) {
        // Numbers go down along every directed link, in an order that is not that of the nodes.
        let place = |at: u32| (at * 7 + shift) % count;
        let ends: Vec<(u32, u32, bool)> =
            pairs.iter().map(|(a, b, directed)| ((*a).min(*b) % count, (*a).max(*b) % count, *directed)).filter(|(a, b, _)| a < b).collect();
        prop_assume!(count % 7 != 0);
        let mut network = network(count, &ends.iter().map(|(a, b, _)| (place(*a), place(*b))).collect::<Vec<_>>(), true);
        network.links.iter_mut().zip(&ends).for_each(|(link, end)| link.directed = end.2);
        let at = run(&network, &request("hierarchy", count));
        for link in network.links.iter().filter(|link| link.directed) {
            let (source, target) = (at[link.source as usize], at[link.target as usize]);
            prop_assert!(target.1 > source.1 + 20.0, "{} to {}", link.source, link.target);
        }
    }
}
