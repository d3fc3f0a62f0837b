//! Every measure against networkx and igraph; the values, and the script that made them, lie in `reference/`.
#![allow(clippy::unwrap_used, reason = "a test that cannot read what it compares with has failed")]

use std::collections::BTreeSet;
use std::path::Path;

use koplamp_chart::{Convention, KeyPlayerMethod, Measures, ParallelLinks, PathRequest, key_players, measure, paths};
use koplamp_model::{EntityId, Link, Network, Node};
use serde_json::Value;

/// To what part of itself, or of the largest value of its kind, a value has to agree.
const RELATIVE: f64 = 1e-9;

/// How much less modularity than the best of 50 runs of igraph's Leiden (directed: 20 of networkx's Louvain) is accepted. Only the random
/// graph, where single runs of igraph differ by 0.018, needs it.
const LESS_MODULARITY: f64 = 3e-3;

const NETWORKS: [&str; 9] = [
    "karate",
    "miserables",
    "florentine",
    "women",
    "women-often",
    "koenigsberg",
    "random-directed",
    "random-mixed",
    "barabasi-albert",
];

fn read(name: &str) -> (Value, Network) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(format!("{name}.json"));
    let reference: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let nodes = reference["labels"].as_array().unwrap().iter().map(|label| Node {
        id: EntityId::random(),
        kind: "Person".into(),
        label: label.as_str().unwrap().into(),
        organisations: Vec::new(),
        days: None,
    });
    let links = reference["links"].as_array().unwrap().iter().map(|link| Link {
        id: EntityId::random(),
        kind: "UnknownLink".into(),
        label: String::new(),
        source: link[0].as_u64().unwrap() as u32,
        target: link[1].as_u64().unwrap() as u32,
        directed: link[2].as_bool().unwrap(),
        days: None,
        amount: None,
        currency: None,
        organisations: Vec::new(),
        passages: 0,
    });
    let network = Network { nodes: nodes.collect(), links: links.collect() };
    (reference, network)
}

fn convention(reading: &Value) -> Convention {
    let parallel = if reading["parallel"] == "count" { ParallelLinks::Count } else { ParallelLinks::Merge };
    Convention { parallel, directed: reading["directed"].as_bool().unwrap() }
}

/// Compares a list of values; gives how many there were.
fn compare(name: &str, expected: &Value, found: Vec<f64>) -> usize {
    let expected: Vec<f64> = expected.as_array().unwrap().iter().map(number).collect();
    assert_eq!(expected.len(), found.len(), "{name}");
    let largest = expected.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    for (place, (expected, found)) in expected.iter().zip(&found).enumerate() {
        // Where the reference itself has rounding errors, of values next to nothing, the largest value is what they are relative to.
        let allowed = RELATIVE * expected.abs() + 1e-13 * largest;
        assert!((expected - found).abs() <= allowed, "{name}, {place}: expected {expected}, found {found}");
    }
    found.len()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| f64::from(u8::from(value.as_bool().unwrap())))
}

/// Newman's formula over pairs of nodes, written out.
fn modularity(network: &Network, convention: Convention, measures: &Measures) -> f64 {
    let size = network.nodes.len();
    let mut matrix = vec![vec![0.0; size]; size];
    for link in &network.links {
        let (one, other) = (link.source as usize, link.target as usize);
        let mut arcs = vec![(one, other)];
        if !(convention.directed && link.directed) {
            arcs.push((other, one));
        }
        for (one, other) in arcs {
            let count = matrix[one][other] + 1.0;
            matrix[one][other] = if convention.parallel == ParallelLinks::Merge { 1.0 } else { count };
        }
    }
    let out: Vec<f64> = matrix.iter().map(|row| row.iter().sum()).collect();
    let into: Vec<f64> = (0..size).map(|column| matrix.iter().map(|row| row[column]).sum()).collect();
    let total: f64 = out.iter().sum();
    let mut sum = 0.0;
    for one in 0..size {
        for other in 0..size {
            if measures.entities[one].community == measures.entities[other].community {
                sum += matrix[one][other] - out[one] * into[other] / total;
            }
        }
    }
    sum / total
}

#[test]
fn every_measure_equals_the_reference() {
    let mut compared = 0;
    for name in NETWORKS {
        let (reference, network) = read(name);
        for reading in reference["readings"].as_array().unwrap() {
            let convention = convention(reading);
            let found = measure(&network, convention, &|_| true).unwrap();
            let name = format!("{name} {convention:?}");
            let json = serde_json::to_value(&found).unwrap();
            let of = |list: &str, key: &str| {
                json[list].as_array().unwrap().iter().map(|entry| number(&entry[key])).collect()
            };
            for key in [
                "degree",
                "betweenness",
                "betweenness_normalised",
                "closeness",
                "eigenvector",
                "pagerank",
                "core",
                "articulation",
            ] {
                if !reading[key].is_null() {
                    compared += compare(&format!("{name} {key}"), &reading[key], of("entities", key));
                }
            }
            compared += compare(&format!("{name} links"), &reading["link_betweenness"], of("links", "betweenness"));
            compared += compare(&format!("{name} bridges"), &reading["bridge"], of("links", "bridge"));
            let (ours, best) = (found.modularity, number(&reading["modularity"]));
            assert!((ours - modularity(&network, convention, &found)).abs() < 1e-12, "{name}: modularity");
            assert!(ours >= best - LESS_MODULARITY, "{name}: modularity {ours}, the reference has {best}");
        }
    }
    assert!(compared > 30_000, "{compared} values were compared");
}

#[test]
fn the_shape_is_what_was_agreed() {
    let (_, network) = read("florentine");
    let found = serde_json::to_value(measure(&network, Convention::default(), &|_| true).unwrap()).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&found), ["convention", "entities", "links", "modularity"]);
    let entity = keys(&found["entities"][0]);
    let agreed = [
        "id",
        "label",
        "degree",
        "betweenness",
        "betweenness_normalised",
        "closeness",
        "eigenvector",
        "pagerank",
        "core",
        "community",
        "articulation",
    ];
    assert_eq!(entity[..agreed.len()], agreed);
    for key in ["source", "target", "betweenness", "bridge"] {
        assert!(keys(&found["links"][0]).contains(&key.to_owned()), "{key}");
    }
    let convention = serde_json::json!({
        "parallel": "merge", "directed": false, "self_loops": "degree_only", "betweenness": {"method": "exact"},
        "normalised": "pairs_of_others", "closeness": "wasserman_faust", "eigenvector": {"length": 1.0, "converged": true},
        "damping": 0.85, "community": "leiden", "seed": 1,
    });
    assert_eq!(found["convention"], convention);
}

#[test]
fn key_players_are_all_the_best_sets() {
    for name in NETWORKS {
        let (reference, network) = read(name);
        for expected in reference["key_players"].as_array().into_iter().flatten() {
            let k = expected["k"].as_u64().unwrap() as usize;
            let found = key_players(&network, k, &[], &|_| true).unwrap();
            assert_eq!(found.method, KeyPlayerMethod::Exact);
            let label = |place: &Value| network.nodes[place.as_u64().unwrap() as usize].label.clone();
            let sets: Vec<Vec<String>> = expected["sets"]
                .as_array()
                .unwrap()
                .iter()
                .map(|set| set.as_array().unwrap().iter().map(label).collect())
                .collect();
            assert_eq!(found.ties as usize, sets.len(), "{name}, {k}");
            let given: Vec<Vec<String>> = found.sets.iter().map(|set| set.entities.clone()).collect();
            assert_eq!(given[..], sets[..given.len()], "{name}, {k}");
            let fragmentation = number(&expected["fragmentation"]);
            assert!((found.sets[0].fragmentation - fragmentation).abs() < 1e-12, "{name}, {k}");
        }
    }
}

#[test]
fn paths_are_those_of_the_reference() {
    for name in NETWORKS {
        let (reference, network) = read(name);
        for expected in reference["paths"].as_array().unwrap() {
            let id = |key: &str| network.nodes[expected[key].as_u64().unwrap() as usize].id;
            let mut request = PathRequest { directed: true, ..PathRequest::new(id("from"), id("to")) };
            let place = |id: &EntityId| network.nodes.iter().position(|node| node.id == *id).unwrap();
            let found = paths(&network, &request, &|_| true).unwrap();
            let shortest: Vec<Vec<usize>> =
                found.paths.iter().map(|path| path.entities.iter().map(place).collect()).collect();
            assert_eq!(serde_json::to_value(&shortest).unwrap(), expected["shortest"], "{name}");
            request.k = Some(15);
            // Without dates in the network both ways of searching have to find the same.
            let several = paths(&network, &request, &|_| true).unwrap();
            let lengths: Vec<usize> = several.paths.iter().map(|path| path.steps.len()).collect();
            assert_eq!(serde_json::to_value(&lengths).unwrap(), expected["lengths"], "{name}");
            let different: BTreeSet<Vec<EntityId>> = several.paths.iter().map(|path| path.entities.clone()).collect();
            assert_eq!(different.len(), lengths.len(), "{name}: none comes twice");
            let timed = paths(&network, &PathRequest { time_ordered: true, ..request }, &|_| true).unwrap();
            assert_eq!(
                timed.paths.iter().map(|path| path.steps.len()).collect::<Vec<_>>(),
                lengths,
                "{name}, with dates"
            );
        }
    }
}
