//! The encrypted index against plain tantivy on memory-mapped files: the same documents, the same fields, the same settings, in
//! one run, turn by turn. Both must give the same answers; then what counts is the ratio of processor times.
//!
//! `cargo bench -p koplamp-search -- [--documents N] [--rounds N] [--check] [--json]`; `--check` fails when a goal is missed.
#![allow(clippy::print_stdout, reason = "its output is what it is for")]

mod corpus;
mod measure;

use std::collections::HashMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use corpus::{Corpus, Doc, ORGANISATIONS};
use koplamp_model::{DocumentId, Page};
use koplamp_search::{Entry, Filters, Found, Index, Opened, Options, Request, Senses, Text};
use koplamp_vault::{Key, SealedFolder};
use measure::{drop_page_cache, geometric_mean, median, process_time, thread_time, waited_for_processor};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use tantivy::directory::MmapDirectory;

/// Queries of each class.
const QUERIES: usize = 20;
/// Shortest stretch of processor time that is measured at once; shorter queries are repeated.
const STRETCH: Duration = Duration::from_micros(300);

/// What the encrypted index may cost, as a ratio to the plain one.
const GOAL_MEAN: f64 = 1.05;
const GOAL_CLASS: f64 = 1.15;
const GOAL_COLD: f64 = 0.5;
const GOAL_INDEXING: f64 = 0.95;

struct Arguments {
    documents: usize,
    rounds: usize,
    seed: u64,
    check: bool,
    json: bool,
}

fn main() -> Result<ExitCode> {
    let mut given = std::env::args().skip(1);
    let mut arguments = Arguments { documents: 100_000, rounds: 9, seed: 20_240_501, check: false, json: false };
    while let Some(argument) = given.next() {
        let mut number = || given.next().context("a number is missing")?.parse().context("not a number");
        match argument.as_str() {
            "--documents" => arguments.documents = number()?,
            "--rounds" => arguments.rounds = number()?,
            "--seed" => arguments.seed = number()? as u64,
            "--check" => arguments.check = true,
            "--json" => arguments.json = true,
            // `cargo bench` says so.
            "--bench" => {}
            "--cold" => {
                let (side, folder) = (given.next().context("which side?")?, given.next().context("which folder?")?);
                let queries = given.next().context("which queries?")?;
                cold_run(&side, Path::new(&folder), &serde_json::from_str::<Vec<Request>>(&queries)?)?;
                return Ok(ExitCode::SUCCESS);
            }
            other => bail!("unknown argument {other}"),
        }
    }
    run(&arguments)
}

fn options() -> Options {
    Options { writer_memory: 256 << 20, ..Options::default() }
}

fn opened(opened: Opened) -> Result<Index> {
    match opened {
        Opened::Fresh(index) | Opened::Ready { index, .. } => Ok(index),
        Opened::Unusable(reason) => bail!("{reason}"),
    }
}

fn open(side: &str, folder: &Path) -> Result<Index> {
    match side {
        "plain" => opened(Index::open(MmapDirectory::open(folder)?, options())?),
        _ => opened(Index::open_sealed(SealedFolder::open(folder, &Key::from_bytes(&[9; 32]))?, options())?),
    }
}

const SIDES: [&str; 2] = ["plain", "sealed"];

fn run(arguments: &Arguments) -> Result<ExitCode> {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let say = |line: &str| if arguments.json { eprintln!("{line}") } else { println!("{line}") };
    let corpus = corpus::make(arguments.documents, arguments.seed);
    let bytes: usize = corpus.docs.iter().flat_map(|doc| &doc.pages).map(|page| page.text.len()).sum();
    say(&format!("{} documents, {:.1} MB of text, seed {}", corpus.docs.len(), bytes as f64 / 1e6, arguments.seed));

    let (folders, indexing) = build_all(&corpus, place.path())?;
    say(&format!(
        "indexing: {:.0} documents per processor second plain, {:.0} sealed; rate {:.3} of plain (goal >= {GOAL_INDEXING})",
        indexing.plain, indexing.sealed, indexing.ratio
    ));

    let classes = classes(&corpus, arguments.seed);
    let warm = warm(&folders, &corpus, &classes, arguments.rounds)?;
    say("class                      plain us   sealed us   ratio");
    for (name, plain, sealed, ratio) in &warm {
        say(&format!("{name:<24} {plain:>10.1} {sealed:>11.1} {ratio:>7.3}"));
    }
    let ratios: Vec<f64> = warm.iter().map(|class| class.3).collect();
    let mean = geometric_mean(&ratios);
    let worst = ratios.iter().copied().fold(0.0, f64::max);
    say(&format!(
        "warm: geometric mean {mean:.3} (goal <= {GOAL_MEAN}), worst class {worst:.3} (goal <= {GOAL_CLASS})"
    ));

    let cold = cold(&folders, &classes)?;
    say(&format!(
        "cold: {:.1} ms plain, {:.1} ms sealed, ratio {:.3} (goal <= {GOAL_COLD})",
        cold.plain, cold.sealed, cold.ratio
    ));

    let missed = mean > GOAL_MEAN || worst > GOAL_CLASS || cold.ratio > GOAL_COLD || indexing.ratio < GOAL_INDEXING;
    say(if missed { "a goal is missed" } else { "all goals are met" });
    if arguments.json {
        let classes: Vec<_> = warm
            .iter()
            .map(|(name, plain, sealed, ratio)| json!({"class": name, "plain_us": plain, "sealed_us": sealed, "ratio": ratio}))
            .collect();
        let summary = json!({
            "documents": corpus.docs.len(), "seed": arguments.seed, "rounds": arguments.rounds, "met": !missed,
            "warm": {"geometric_mean": mean, "worst": worst, "classes": classes},
            "cold": {"plain_ms": cold.plain, "sealed_ms": cold.sealed, "ratio": cold.ratio},
            "indexing": {"plain_per_cpu_second": indexing.plain, "sealed_per_cpu_second": indexing.sealed, "ratio": indexing.ratio},
        });
        println!("{}", serde_json::to_string_pretty(&summary)?);
    }
    Ok(if missed && arguments.check { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

struct Compared {
    plain: f64,
    sealed: f64,
    ratio: f64,
}

/// Documents that are indexed in one turn: short turns, because what else the machine does changes from second to second.
const BATCH: usize = 2_000;
/// How often the whole corpus is gone through in turns.
const PASSES: usize = 2;

/// Builds an index of these documents, and gives the processor time that it took, of all threads.
fn build(side: &str, folder: &Path, docs: &[Doc]) -> Result<f64> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let start = process_time();
    let index = open(side, folder)?;
    for doc in docs {
        index.put(&Entry {
            id: doc.id,
            title: &doc.title,
            path: "",
            kind: doc.kind,
            labels: &doc.labels,
            date: Some(&doc.date),
            pages: &doc.pages,
            senses: &Senses::default(),
        })?;
    }
    index.commit("bench")?;
    index.close()?;
    Ok((process_time() - start).as_secs_f64())
}

/// Compares indexing, batch by batch in turns; then builds both indexes whole, for the searches.
fn build_all(corpus: &Corpus, place: &Path) -> Result<([PathBuf; 2], Compared)> {
    let folders = SIDES.map(|side| place.join(side));
    let (mut totals, mut ratios, mut indexed) = ([0.0; 2], Vec::new(), 0);
    for pass in 0..PASSES {
        for (number, docs) in corpus.docs.chunks(BATCH).enumerate() {
            let mut times = [0.0; 2];
            for turn in 0..2 {
                let side = (pass + number + turn) % 2;
                times[side] = build(SIDES[side], &folders[side], docs)?;
                totals[side] += times[side];
            }
            ratios.push(times[0] / times[1]);
            indexed += docs.len();
        }
    }
    for (side, folder) in SIDES.iter().zip(&folders) {
        build(side, folder, &corpus.docs)?;
    }
    let [plain, sealed] = totals.map(|time| indexed as f64 / time);
    Ok((folders, Compared { plain, sealed, ratio: median(&ratios) }))
}

/// A class of queries: its name, its queries, and whether their passages are cut.
struct Class {
    name: &'static str,
    queries: Vec<Request>,
    passages: bool,
}

fn classes(corpus: &Corpus, seed: u64) -> Vec<Class> {
    let mut random = StdRng::seed_from_u64(seed + 1);
    let count = corpus.docs.len() as u32;
    let between = |from: u32, to: u32| -> Vec<&str> {
        let chosen = corpus.frequency.iter().filter(|(_, df)| (from..to).contains(*df)).map(|(word, _)| word.as_str());
        let mut words: Vec<&str> = chosen.filter(|word| word.len() > 3).collect();
        words.sort_unstable();
        words
    };
    let rare = between(2, 8);
    let mid = between(count / 400, count / 100);
    let high = between(count / 30, count);
    let text = |random: &mut StdRng, length: usize| {
        // Words that do follow each other somewhere.
        let Some(doc) = corpus.docs.choose(random) else { return String::new() };
        let words: Vec<&str> = doc.pages[0].text.split([' ', '.']).filter(|word| !word.is_empty()).collect();
        let start = random.random_range(0..words.len() - length);
        words[start..start + length].join(" ")
    };
    let mut classes: Vec<Class> = Vec::new();
    let mut class = |name, passages, make: &mut dyn FnMut(&mut StdRng) -> Request| {
        classes.push(Class { name, passages, queries: (0..QUERIES).map(|_| make(&mut random)).collect() });
    };
    fn one<'w>(words: &[&'w str], random: &mut StdRng) -> &'w str {
        words.choose(random).copied().unwrap_or("geld")
    }
    let ask = |query: String| Request {
        query,
        filters: Filters::default(),
        limit: 10,
        offset: 0,
        facets: false,
        senses: Vec::new(),
        except: None,
    };
    class("term, rare", false, &mut |random| ask(one(&rare, random).into()));
    class("term, middling", false, &mut |random| ask(one(&mid, random).into()));
    class("term, frequent", false, &mut |random| ask(one(&high, random).into()));
    class("AND of 2", false, &mut |random| ask(format!("{} {}", one(&high, random), one(&mid, random))));
    class("AND of 3", false, &mut |random| {
        ask(format!("{} {} {}", one(&high, random), one(&high, random), one(&mid, random)))
    });
    class("OR of 3", false, &mut |random| {
        ask(format!("{} OR {} OR {}", one(&high, random), one(&mid, random), one(&rare, random)))
    });
    class("phrase of 2", false, &mut |random| ask(format!("\"{}\"", text(random, 2))));
    class("phrase of 3", false, &mut |random| ask(format!("\"{}\"", text(random, 3))));
    class("prefix", false, &mut |random| ask(format!("{}*", one(&mid, random).chars().take(6).collect::<String>())));
    class("term and dates", false, &mut |random| {
        let year = random.random_range(2015..2025);
        ask(format!("{} date:{year}-03..{}-09", one(&high, random), year + 1))
    });
    class("field", false, &mut |random| {
        ask(format!("title:{} organisation:{}", one(&mid, random), one(&ORGANISATIONS, random)))
    });
    class("filters", false, &mut |random| {
        let filters = Filters {
            organisation: vec![one(&ORGANISATIONS, random).into()],
            year: vec![2020, 2021],
            ..Filters::default()
        };
        Request { filters, ..ask(one(&high, random).into()) }
    });
    class("facets", false, &mut |random| Request { facets: true, ..ask(one(&high, random).into()) });
    class("facets of everything", false, &mut |_| Request { facets: true, ..ask("*".into()) });
    class("top 20 with passages", true, &mut |random| Request {
        limit: 20,
        ..ask(format!("{} {}", one(&high, random), one(&mid, random)))
    });
    classes
}

fn warm(
    folders: &[PathBuf; 2],
    corpus: &Corpus,
    classes: &[Class],
    rounds: usize,
) -> Result<Vec<(&'static str, f64, f64, f64)>> {
    let texts: HashMap<DocumentId, &Vec<Page>> = corpus.docs.iter().map(|doc| (doc.id, &doc.pages)).collect();
    let indexes = [open(SIDES[0], &folders[0])?, open(SIDES[1], &folders[1])?];
    let mut results = Vec::new();
    for class in classes {
        let search = |side: usize, request: &Request| -> Result<Found> {
            let pages = |id| {
                let pages = if class.passages { texts[&id].clone() } else { Vec::new() };
                Ok::<_, Infallible>(Text { pages, senses: Vec::new() })
            };
            Ok(indexes[side].search(request, &pages)?)
        };
        let (mut ratios, mut totals) = (Vec::new(), [0.0; 2]);
        for request in &class.queries {
            ensure!(search(0, request)? == search(1, request)?, "different answers to {}", request.query);
            let start = thread_time();
            search(0, request)?;
            let once = thread_time() - start;
            let repeats = (STRETCH.as_nanos() / once.as_nanos().max(1)) as u32 + 1;
            let mut times: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
            for round in 0..rounds {
                for turn in 0..2 {
                    let side = (round + turn) % 2;
                    let start = thread_time();
                    for _ in 0..repeats {
                        std::hint::black_box(search(side, request)?);
                    }
                    times[side].push((thread_time() - start).as_secs_f64() * 1e6 / f64::from(repeats));
                }
            }
            let medians = [median(&times[0]), median(&times[1])];
            totals[0] += medians[0];
            totals[1] += medians[1];
            ratios.push(medians[1] / medians[0]);
        }
        let queries = class.queries.len() as f64;
        results.push((class.name, totals[0] / queries, totals[1] / queries, geometric_mean(&ratios)));
    }
    for index in indexes {
        index.close()?;
    }
    Ok(results)
}

/// Opens an index and asks one query of each class, each time in a new process, with the files out of the page cache.
fn cold(folders: &[PathBuf; 2], classes: &[Class]) -> Result<Compared> {
    let queries: Vec<&Request> = classes.iter().filter_map(|class| class.queries.first()).collect();
    let queries = serde_json::to_string(&queries)?;
    let mut times: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
    for round in 0..15 {
        for turn in 0..2 {
            let side = (round + turn) % 2;
            for folder in folders {
                drop_page_cache(folder)?;
            }
            let output = Command::new(std::env::current_exe()?)
                .arg("--cold")
                .arg(SIDES[side])
                .arg(&folders[side])
                .arg(&queries)
                .output()?;
            ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            times[side].push(String::from_utf8(output.stdout)?.trim().parse::<f64>()?);
        }
    }
    let [plain, sealed] = times.map(|times| median(&times));
    Ok(Compared { plain, sealed, ratio: sealed / plain })
}

/// In the new process: prints the milliseconds from before opening to after the last answer. It is time by the clock, since
/// waiting for the disk is what a cold start is; but not the time in which other programs had the processors.
fn cold_run(side: &str, folder: &Path, queries: &[Request]) -> Result<()> {
    let (start, waited) = (Instant::now(), waited_for_processor());
    let index = open(side, folder)?;
    for request in queries {
        std::hint::black_box(index.search(request, &|_| Ok::<_, Infallible>(Text::default()))?);
    }
    let waited = waited_for_processor() - waited;
    println!("{}", start.elapsed().saturating_sub(waited).as_secs_f64() * 1e3);
    Ok(())
}
