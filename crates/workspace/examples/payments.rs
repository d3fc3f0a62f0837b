//! Measures how a table of a million payments comes in: `cargo xtask bench exchange`, or `cargo run --release -p koplamp-workspace --example
//! million [ROWS]` after a release build of the worker.
//!
//! The table is taken in as a document, mapped in the caged worker, and stored as statements in an encrypted workspace; then once more, which
//! adds nothing; then it is taken back.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use koplamp_intake::Limits;
use koplamp_model::Labels;
use koplamp_workspace::{DeviceSecretSource, ExchangeReport, Incoming, Job, NewWorkspace, Worker, Workspace};

/// Where the workspace and the table are made, beside cargo's output.
const FOLDER: &str = "koplamp-million";

fn main() -> Result<(), Box<dyn Error>> {
    let rows: u64 = std::env::args().nth(1).map_or(Ok(1_000_000), |rows| rows.parse())?;
    // Examples lie in a folder below the programs.
    let here = std::env::current_exe()?;
    let programs = here.parent().and_then(Path::parent).ok_or("no folder")?;
    let worker = Worker::at(programs.join("koplamp-worker"), Limits::default());
    let folder = programs.join(FOLDER);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder)?;
    let measured = measure(rows, &folder, &worker);
    std::fs::remove_dir_all(&folder)?;
    measured
}

fn measure(rows: u64, folder: &Path, worker: &Worker) -> Result<(), Box<dyn Error>> {
    let file = table(rows, folder)?;
    let secret = DeviceSecretSource::File(folder.join("secret"));
    let new = NewWorkspace {
        name: "Meting",
        organisation: "fiod",
        person: "A. de Meter",
        passphrase: "vier gewone woorden samen",
        device_secret: &secret,
    };
    let place = folder.join("meting.koplamp");
    let workspace = Workspace::create(&place, &new)?.workspace;
    let megabytes = std::fs::metadata(&file)?.len() >> 20;
    println!("{rows} rows, {megabytes} MB; resident {} MB", resident("VmRSS")?);

    let began = Instant::now();
    let tried = workspace.try_table(&file, None, worker, &Job::unwatched())?;
    println!("dry run: {:.1} s, {} entities, {} links", seconds(began), tried.entities, tried.links);
    let labels = Labels {
        organisation: "fiod".into(),
        source: "bank".into(),
        purpose: "awr-toezicht".into(),
        marking: None,
        handling: None,
    };
    let incoming = Incoming { file: &file, labels: &labels, chart: None };
    for round in ["mapped and stored", "second run"] {
        let began = Instant::now();
        let ExchangeReport { entities, links, rejected, .. } =
            workspace.import_table(&incoming, &tried.mapping, worker, &Job::unwatched())?;
        println!(
            "{round}: {:.1} s, {entities} entities, {links} links, {} rejected; at most {} MB resident",
            seconds(began),
            rejected.len(),
            resident("VmHWM")?
        );
    }
    let began = Instant::now();
    workspace.undo()?;
    println!("undone: {:.1} s; at most {} MB resident", seconds(began), resident("VmHWM")?);
    workspace.close("end")?;
    println!("the database has {} MB", std::fs::metadata(place.join("store.db"))?.len() >> 20);
    Ok(())
}

fn table(rows: u64, folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
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
    let file = folder.join("transacties.csv");
    std::fs::write(&file, text)?;
    Ok(file)
}

fn seconds(began: Instant) -> f64 {
    began.elapsed().as_secs_f64()
}

/// Memory that is held now (`VmRSS`) or was held at most (`VmHWM`), in MB (Linux only).
fn resident(what: &str) -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(what)).unwrap_or_default();
    Ok(line.split_whitespace().nth(1).unwrap_or("0").parse::<u64>()? / 1024)
}
