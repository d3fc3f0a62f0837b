//! The force layout against graphology's ForceAtlas2, in turn, on the same graphs for as many rounds: `cargo bench -p koplamp-chart --bench layout`.
//! The rival needs `npm ci` in `benches/layout-rival` and Node. Without it, only our own times are written.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use koplamp_chart::{Extent, Force, LAYOUTS, LayoutRequest, layout};
use koplamp_model::{EntityId, Link, Network, Node};

/// How often each is measured; the median counts.
const TIMES: usize = 5;
/// Nodes, links a node, rounds.
const SIZES: [(usize, usize, u32); 3] = [(1_000, 5, 50), (5_000, 4, 30), (20_000, 5, 10)];

fn main() {
    let rival = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/layout-rival");
    for (nodes, each, rounds) in SIZES {
        let pairs = barabasi_albert(nodes, each, 7);
        let network = network(nodes, &pairs);
        let file = written(nodes, &pairs);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..TIMES {
            ours.push(measure(&network, rounds));
            theirs.extend(measure_rival(&rival, &file, rounds));
        }
        let own = median(&mut ours) / f64::from(rounds);
        let mut line = format!("{nodes}/{}: {own:.2} ms a round", pairs.len());
        if theirs.len() == TIMES {
            let other = median(&mut theirs) / f64::from(rounds);
            let _ = write!(line, ", graphology {other:.2} ms, ratio {:.3}", own / other);
        }
        report(&line);
    }
    for (nodes, each, _) in &SIZES[..2] {
        whole_layouts(*nodes, *each);
    }
}

/// Milliseconds of whole layouts, with room for labels of many lengths; of the making of that room alone, which one thread does, those of the
/// processor.
fn whole_layouts(nodes: usize, each: usize) {
    let network = network(nodes, &barabasi_albert(nodes, each, 7));
    let extent =
        |at: usize| Extent { half: 20.0 + (at * 13 % 60) as f64, above: 17.0, below: 36.0 + (at % 2 * 15) as f64 };
    let extents: Vec<Extent> = (0..nodes).map(extent).collect();
    for info in LAYOUTS {
        let request =
            LayoutRequest { name: info.id.into(), seed: 1, extents: extents.clone(), ..LayoutRequest::default() };
        let mut times: Vec<f64> = (0..TIMES)
            .map(|_| {
                let begin = Instant::now();
                if let Err(error) = layout(&network, &request, &|_| true) {
                    report(&error.to_string());
                }
                begin.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        report(&format!("{nodes} entities, the whole of '{}': {:.0} ms", info.id, median(&mut times)));
        if info.id == "force" {
            let mut force = Force::new(&network, &request);
            force.step(200);
            let mut times: Vec<f64> = (0..TIMES)
                .map(|_| {
                    let begin = processor();
                    drop(force.finished(&|_| true));
                    processor() - begin
                })
                .collect();
            report(&format!("{nodes} entities, room for labels: {:.0} ms of the processor", median(&mut times)));
        }
    }
}

#[allow(clippy::print_stdout)]
fn report(line: &str) {
    println!("{line}");
}

/// Milliseconds for so many rounds, after two to warm up; the first picture is not counted, as the rival has none.
fn measure(network: &Network, rounds: u32) -> f64 {
    let mut force = Force::new(network, &LayoutRequest { name: "force".into(), ..LayoutRequest::default() });
    force.step(2);
    let begin = Instant::now();
    force.step(rounds);
    begin.elapsed().as_secs_f64() * 1e3
}

fn measure_rival(folder: &Path, graph: &Path, rounds: u32) -> Option<f64> {
    let output = Command::new("node").arg(folder.join("rival.mjs")).arg(graph).arg(rounds.to_string()).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Milliseconds that the processor has spent on this thread (Linux).
fn processor() -> f64 {
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    schedule.split(' ').next().and_then(|spent| spent.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e6
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

fn written(nodes: usize, pairs: &[(u32, u32)]) -> PathBuf {
    let mut text = format!("{nodes}\n");
    for (source, target) in pairs {
        let _ = writeln!(text, "{source} {target}");
    }
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("layout-{nodes}.txt"));
    if let Err(error) = std::fs::write(&file, text) {
        report(&format!("{} cannot be written: {error}", file.display()));
    }
    file
}

/// A graph that grows by nodes that link to `each` others, rather to those with many links (Barabási and Albert 1999).
fn barabasi_albert(nodes: usize, each: usize, seed: u64) -> Vec<(u32, u32)> {
    let mut state = seed;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut ends: Vec<u32> = (0..each as u32).collect();
    for node in each as u32..nodes as u32 {
        let mut chosen: Vec<u32> = Vec::new();
        while chosen.len() < each {
            let end = ends[draw(ends.len())];
            if !chosen.contains(&end) {
                chosen.push(end);
            }
        }
        for end in chosen {
            pairs.push((node, end));
            ends.extend([node, end]);
        }
    }
    pairs
}

fn network(nodes: usize, pairs: &[(u32, u32)]) -> Network {
    let id = |place: u32| EntityId::of(&[&place.to_be_bytes()]);
    Network {
        nodes: (0..nodes as u32)
            .map(|at| Node {
                id: id(at),
                kind: "Person".into(),
                label: at.to_string(),
                organisations: vec![],
                days: None,
            })
            .collect(),
        links: pairs
            .iter()
            .zip(nodes as u32..)
            .map(|(&(source, target), at)| Link {
                id: id(at),
                kind: "UnknownLink".into(),
                label: String::new(),
                source,
                target,
                directed: false,
                days: None,
                amount: None,
                currency: None,
                organisations: vec![],
                passages: 1,
            })
            .collect(),
    }
}
