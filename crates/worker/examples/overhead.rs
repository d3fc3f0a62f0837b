//! Measures what the process costs: `cargo run --release -p koplamp-worker --example overhead [ROWS]`, after a build of the worker.
//!
//! A small file and a table of a million payments are read here and in the worker, and compared.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fmt::Write as _;
use std::io::Read;
use std::time::{Duration, Instant};

use koplamp_intake::Worker;
use koplamp_interchange::task::{Request, What, receive, receive_trial};
use koplamp_interchange::{Format, Limits, TableKind, map, propose, read, read_table};
use koplamp_model::{Exchange, Schema};

fn main() -> Result<(), Box<dyn Error>> {
    let rows: u64 = std::env::args().nth(1).map_or(Ok(1_000_000), |rows| rows.parse())?;
    // Examples lie in a folder below the programs.
    let here = std::env::current_exe()?;
    let folder = here.parent().and_then(|folder| folder.parent()).ok_or("no folder")?;
    let worker = Worker::at(folder.join("koplamp-worker"), koplamp_intake::Limits::of_tables());
    let (schema, limits) = (Schema::built_in(), Limits::default());

    let mut small = String::new();
    for n in 0..100 {
        writeln!(small, "{{\"id\":\"p{n}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"Naam {n}\"]}}}}")?;
    }
    let inside = median(|| Ok(read(Format::Ftm, small.as_bytes(), schema, &limits, &mut |_| true)?.drafts.len()))?;
    let what = What::Read(Format::Ftm);
    let outside = median(|| Ok(ask(&worker, &what, small.as_bytes())?.drafts.len()))?;
    println!("100 entities: {inside:.2?} here, {outside:.2?} in the worker");

    let mut text = String::from("Datum;Rekening;Tegenrekening;Naam tegenpartij;Bedrag;Omschrijving\n");
    for row in 0..rows {
        let (other, day) = (row * 7_919 % 50_021, row % 28 + 1);
        writeln!(
            text,
            "{day:02}-01-2025;NL91ABNA0417164300;NL20INGB{other:010};Naam {other};-{}.{:03},50;Overboeking {row}",
            row % 9 + 1,
            row % 1000
        )?;
    }
    let start = Instant::now();
    let request = serde_json::to_vec(&Request { schema: schema.version.clone(), what: What::Try(None) })?;
    let receive = |pipe: &mut dyn Read| receive_trial(pipe, None, &limits);
    let tried = worker.run("exchange", &request, text.as_bytes(), receive, &|| false)??;
    println!("{rows} rows, {} MB: tried in {:.2?} in the worker", text.len() >> 20, start.elapsed());
    let start = Instant::now();
    let there = ask(&worker, &What::Map(tried.mapping), text.as_bytes())?;
    println!("{} drafts: mapped in {:.2?} in the worker", there.drafts.len(), start.elapsed());
    let start = Instant::now();
    let table = read_table(text.as_bytes(), TableKind::Csv, &limits, &mut |_| true)?;
    let here = map(&table, &propose(&table, schema), schema, &limits, &mut |_| true)?;
    println!("{} drafts: mapped in {:.2?} here; the same: {}", here.drafts.len(), start.elapsed(), here == there);
    Ok(())
}

fn ask(worker: &Worker, what: &What, file: &[u8]) -> Result<Exchange, Box<dyn Error>> {
    let request = Request { schema: Schema::built_in().version.clone(), what: what.clone() };
    let receive = |pipe: &mut dyn Read| receive(pipe, &Limits::default());
    Ok(worker.run("exchange", &serde_json::to_vec(&request)?, file, receive, &|| false)??)
}

fn median(mut run: impl FnMut() -> Result<usize, Box<dyn Error>>) -> Result<Duration, Box<dyn Error>> {
    let mut times = Vec::new();
    for _ in 0..21 {
        let start = Instant::now();
        run()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}
