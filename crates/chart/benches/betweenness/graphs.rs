//! Random networks for the benches, and the file from which a rival reads them.

use std::io::Write;
use std::path::Path;

use koplamp_model::{EntityId, Link, Network, Node};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// A network grown by preferential attachment (Barabasi and Albert, 1999), without parallel links, of exactly so many entities and links.
pub fn barabasi_albert(nodes: u32, links: usize, seed: u64) -> Network {
    let mut random = StdRng::seed_from_u64(seed);
    let each = links / nodes as usize;
    let mut pairs = std::collections::BTreeSet::new();
    // Every end of every link: drawing from it is drawing by degree.
    let mut ends: Vec<u32> = Vec::with_capacity(2 * links);
    let mut add = |one: u32, other: u32, ends: &mut Vec<u32>| {
        if one != other && pairs.insert((one.min(other), one.max(other))) {
            ends.extend([one, other]);
        }
        pairs.len()
    };
    for other in 1..=each as u32 {
        add(0, other, &mut ends);
    }
    for node in each as u32 + 1..nodes {
        let before = ends.len();
        while ends.len() < before + 2 * each {
            let other = ends[random.random_range(0..before)];
            add(node, other, &mut ends);
        }
    }
    // The first few nodes came with too few links; the rest is drawn in the same way.
    while ends.len() < 2 * links {
        let (one, other) = (random.random_range(0..nodes), ends[random.random_range(0..ends.len())]);
        add(one, other, &mut ends);
    }
    Network {
        nodes: (0..nodes).map(node).collect(),
        links: pairs.into_iter().enumerate().map(|(place, (from, to))| link(place, from, to)).collect(),
    }
}

/// Writes one link a line: the numbers of its ends.
pub fn write(network: &Network, path: &Path) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    for link in &network.links {
        writeln!(file, "{} {}", link.source, link.target)?;
    }
    file.flush()
}

fn node(number: u32) -> Node {
    Node {
        id: EntityId::of(&[b"node", &number.to_be_bytes()]),
        kind: "Person".into(),
        label: number.to_string(),
        organisations: Vec::new(),
        days: None,
    }
}

fn link(place: usize, source: u32, target: u32) -> Link {
    Link {
        id: EntityId::of(&[b"link", &place.to_be_bytes()]),
        kind: "UnknownLink".into(),
        label: String::new(),
        source,
        target,
        directed: false,
        days: None,
        amount: None,
        currency: None,
        organisations: Vec::new(),
        passages: 1,
    }
}
