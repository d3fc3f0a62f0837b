//! How long a workspace takes to open, with 1,000 and with 20,000 documents: `cargo xtask bench open`.
//!
//! The rival in the same run is opening the same database alone (key, proof, canary, migrations): what the log, the witness and the
//! index add is the difference. Deriving the key (Argon2id) is shown on its own line, because it is slow on purpose.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use koplamp_model::{BlobId, DocumentId, Import, Kind, Labels, Operation, Page};
use koplamp_vault::{DeviceSecret, Header, KdfParameters, New, Reading, Vault, Way};
use koplamp_workspace::{DeviceSecretSource, SearchRequest, Unlock, Workspace};

const PASSPHRASE: &str = "een zin van vier woorden";
const RUNS: usize = 9;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let secret_file = folder.path().join("secret");
    let secret = DeviceSecret::read_or_create_file(&secret_file).expect("a device secret");
    println!("Opening a workspace, median of {RUNS} runs in one process, page cache warm:");
    println!("{:>10} {:>12} {:>12} {:>12} {:>14}", "documents", "argon2id ms", "vault ms", "whole ms", "first hit ms");
    for documents in [1_000, 20_000] {
        let path = folder.path().join(format!("{documents}.koplamp"));
        make(&path, &secret, documents);
        let source = DeviceSecretSource::File(secret_file.clone());
        let unlock = Unlock { passphrase: PASSPHRASE, device_secret: &source, accept_older_copy: false };
        // The first opening builds the index.
        open(&path, &unlock).close("end").expect("closes");

        let header = Vault::header(&path).expect("a header");
        let derive =
            median(|| header.unlock_with_passphrase(PASSPHRASE, &secret).expect("unlocks"), |key| drop(black_box(key)));
        let vault = median(
            || Vault::open(&path, &Way::Passphrase(PASSPHRASE, &secret), false).expect("opens"),
            |vault| vault.close("end").expect("closes"),
        );
        let close = |workspace: Workspace| workspace.close("end").expect("closes");
        let whole = median(|| open(&path, &unlock), close);
        let search = || {
            let workspace = open(&path, &unlock);
            black_box(
                workspace
                    .search(&SearchRequest {
                        query: "haven".into(),
                        limit: 20,
                        facets: true,
                        ..SearchRequest::default()
                    })
                    .expect("finds"),
            );
            workspace
        };
        let hit = median(search, close);
        let less = |time: Duration| time.saturating_sub(derive).as_secs_f64() * 1000.0;
        println!(
            "{documents:>10} {:>12.0} {:>12.1} {:>12.1} {:>14.1}",
            derive.as_secs_f64() * 1000.0,
            less(vault),
            less(whole),
            less(hit)
        );
    }
    println!(
        "(vault, whole and first hit are without argon2id; first hit = opening, searching and cutting 20 hits into passages)"
    );
}

fn open(path: &std::path::Path, unlock: &Unlock<'_>) -> Workspace {
    Workspace::open(path, unlock).expect("opens")
}

/// How long `work` takes; clearing up after it is not in it.
fn median<Made>(mut work: impl FnMut() -> Made, mut after: impl FnMut(Made)) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            let made = work();
            let took = begun.elapsed();
            after(made);
            took
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

/// A workspace with this many short documents, put straight into the vault: reading files is another bench.
fn make(path: &std::path::Path, secret: &DeviceSecret, documents: u32) {
    let (header, key, _) = Header::create(PASSPHRASE, secret, KdfParameters::RECOMMENDED).expect("a header");
    let new = New { name: "Bench", organisation: "politie", person: "bench" };
    let vault = Vault::create(path, header, key, &new).expect("a vault");
    let labels = Labels {
        organisation: "politie".into(),
        source: "bench".into(),
        purpose: "wpg-8".into(),
        marking: None,
        handling: None,
    };
    let numbers: Vec<u32> = (0..documents).collect();
    let mut act = None;
    for batch in numbers.chunks(1_000) {
        let (mut operations, mut readings) = (Vec::new(), Vec::new());
        for number in batch {
            let document = DocumentId::random();
            let text = format!(
                "Proces-verbaal {number}. In de haven is container {} gecontroleerd door verbalisant {}. Dossier {}.",
                number * 7919 % 10_007,
                number % 97,
                number / 50
            );
            operations.push(Operation::DocumentImported(Import {
                document,
                parent: None,
                blob: Some(BlobId::random()),
                sha256: "0".repeat(64),
                size: text.len() as u64,
                path: format!("map/{number}.txt"),
                labels: labels.clone(),
                failure: None,
            }));
            let pages = vec![Page { number: 1, label: None, text }];
            readings.push((
                document,
                Reading {
                    kind: Kind::Txt,
                    title: None,
                    author: None,
                    date: None,
                    pages,
                    identifiers: Vec::new(),
                    failure: None,
                },
            ));
        }
        act = Some(vault.act(act, operations, &readings).expect("kept").act.transaction);
    }
    vault.close("end").expect("closes");
}
