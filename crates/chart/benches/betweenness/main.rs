//! Exact betweenness against python-igraph, turn by turn in one run; sampled betweenness against exact; memory.
//!
//! `cargo bench -p koplamp-chart --bench betweenness -- --python PROGRAM [--rounds N] [--check]`, where the program is a Python that has
//! python-igraph. Each result is a line of JSON; `--check` fails when a goal is missed. `cargo xtask bench chart` does all of it.
#![allow(clippy::print_stdout, reason = "its output is what it is for")]

mod graphs;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use koplamp_chart::{Betweenness, BetweennessMethod, MeasureOptions, betweenness, measure};
use koplamp_model::Network;
use serde_json::{Value, json};

/// Sizes at which exact betweenness is compared.
const SIZES: [(u32, usize); 2] = [(1_000, 5_000), (5_000, 20_000)];
/// The size at which it is sampled.
const LARGE: (u32, usize) = (20_000, 100_000);
const SEED: u64 = 1;
/// The most that exact betweenness may take, as a share of igraph's time.
const GOAL: f64 = 0.6;

fn main() -> Result<ExitCode> {
    let mut given = std::env::args().skip(1);
    let (mut python, mut rounds, mut check) = (None, 7, false);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--python" => python = Some(PathBuf::from(given.next().context("which Python?")?)),
            "--rounds" => rounds = given.next().context("how many rounds?")?.parse().context("not a number")?,
            "--check" => check = true,
            // `cargo bench` says so.
            "--bench" => {}
            "--memory" => return memory(),
            other => bail!("unknown argument {other}"),
        }
    }
    let mut good = true;
    match python {
        Some(python) => {
            for (nodes, links) in SIZES {
                good &= compare(&python, nodes, links, rounds)?;
            }
        }
        None => println!("{}", json!({"left_out": "the comparison with igraph: no --python"})),
    }
    good &= sample()?;
    let child = Command::new(std::env::current_exe()?).arg("--memory").status()?;
    ensure!(child.success(), "measuring memory failed");
    Ok(if good || !check { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Both sides by turns; whether the goal is reached.
fn compare(python: &Path, nodes: u32, links: usize, rounds: usize) -> Result<bool> {
    let network = graphs::barabasi_albert(nodes, links, SEED);
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("links.txt");
    graphs::write(&network, &file)?;
    let (mut ours, mut theirs, mut our_processor, mut their_processor) = (vec![], vec![], vec![], vec![]);
    let mut version = Value::Null;
    for _ in 0..rounds {
        let processor = processor_time()?;
        let start = Instant::now();
        let found = exact(&network)?;
        ours.push(start.elapsed().as_secs_f64());
        our_processor.push(processor_time()? - processor);
        let rival = rival(python, nodes, &file)?;
        theirs.push(rival["wall"].as_f64().context("no time")?);
        their_processor.push(rival["processor"].as_f64().context("no time")?);
        version = rival["version"].clone();
        same(&found.entities, &rival["values"])?;
    }
    let ratio = median(&mut ours) / median(&mut theirs);
    println!(
        "{}",
        json!({
            "bench": "exact betweenness", "graph": "Barabasi-Albert", "entities": nodes, "links": links, "rounds": rounds,
            "threads": std::thread::available_parallelism()?.get(), "koplamp_links_too": true,
            "koplamp_seconds": median(&mut ours), "igraph_seconds": median(&mut theirs), "ratio": ratio, "goal": GOAL,
            "koplamp_processor_seconds": median(&mut our_processor),
            "igraph_processor_seconds": median(&mut their_processor), "igraph": version,
        })
    );
    Ok(ratio <= GOAL)
}

fn exact(network: &Network) -> Result<Betweenness> {
    Ok(betweenness(network, &MeasureOptions { exact_up_to: usize::MAX, ..MeasureOptions::default() }, &|_| true)?)
}

fn rival(python: &Path, nodes: u32, file: &Path) -> Result<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/betweenness/igraph_betweenness.py");
    let mut command = Command::new(python);
    let output =
        command.arg(script).arg(nodes.to_string()).arg(file).output().context("Python could not be started")?;
    ensure!(output.status.success(), "igraph failed: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).context("igraph's answer is not JSON")
}

fn same(ours: &[f64], theirs: &Value) -> Result<()> {
    let theirs = theirs.as_array().context("no values")?;
    ensure!(ours.len() == theirs.len(), "different numbers of values");
    for (ours, theirs) in ours.iter().zip(theirs) {
        let theirs = theirs.as_f64().context("not a number")?;
        ensure!((ours - theirs).abs() <= 1e-9 * theirs.abs() + 1e-6, "betweenness differs: {ours}, igraph {theirs}");
    }
    Ok(())
}

/// Sampled against exact; whether the error is within its bound.
fn sample() -> Result<bool> {
    let (nodes, links) = LARGE;
    let network = graphs::barabasi_albert(nodes, links, SEED);
    let start = Instant::now();
    let sampled = betweenness(&network, &MeasureOptions::default(), &|_| true)?;
    let sampled_seconds = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let exact = exact(&network)?;
    let exact_seconds = start.elapsed().as_secs_f64();
    let BetweennessMethod::Sampled { epsilon, delta, samples } = sampled.method else { bail!("it was not sampled") };
    // Undirected: a value counts unordered pairs.
    let (all, others) = (pairs(nodes) / 2.0, pairs(nodes - 1) / 2.0);
    let entities = largest_difference(&sampled.entities, &exact.entities) / others;
    let over = largest_difference(&sampled.links, &exact.links) / all;
    println!(
        "{}",
        json!({
            "bench": "sampled betweenness", "entities": nodes, "links": links, "epsilon": epsilon, "delta": delta,
            "samples": samples, "seconds": sampled_seconds, "exact_seconds": exact_seconds,
            "largest_error_entities": entities, "largest_error_links": over,
            "highest_entity": exact.entities.iter().copied().fold(0.0, f64::max) / others,
        })
    );
    Ok(entities <= epsilon && over <= epsilon)
}

fn pairs(nodes: u32) -> f64 {
    f64::from(nodes) * f64::from(nodes - 1)
}

fn largest_difference(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max)
}

/// What all measures of the large network take; in a process of its own, so that nothing else is in it.
fn memory() -> Result<ExitCode> {
    let (nodes, links) = LARGE;
    let network = graphs::barabasi_albert(nodes, links, SEED);
    let before = peak()?;
    let start = Instant::now();
    let measures = measure(&network, koplamp_chart::Convention::default(), &|_| true)?;
    println!(
        "{}",
        json!({
            "bench": "all measures", "entities": nodes, "links": links, "seconds": start.elapsed().as_secs_f64(),
            "megabytes_of_the_network": before, "peak_megabytes": peak()?, "modularity": measures.modularity,
        })
    );
    Ok(ExitCode::SUCCESS)
}

/// The most memory that this process has had, in megabytes.
fn peak() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("the kernel does not tell")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok((kilobytes / 102.4).round() / 10.0)
}

/// Processor time of all threads, in seconds.
fn processor_time() -> Result<f64> {
    let mut sum = 0.0;
    for task in std::fs::read_dir("/proc/self/task")? {
        let text = std::fs::read_to_string(task?.path().join("schedstat"))?;
        sum += text.split(' ').next().context("no time")?.parse::<f64>()?;
    }
    Ok(sum / 1e9)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
