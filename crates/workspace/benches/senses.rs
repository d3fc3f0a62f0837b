//! What the glossary costs over many documents, each against a rival in the same run, by turns: `cargo xtask bench glossary`.
//!
//! - *bridge*: a search for a word in the sense of an organisation and for what the others call it, against the same query written out by
//!   hand; both have to find the same documents;
//! - *coverage*: which words no glossary knows, against reading the same texts and counting their words; time, and the memory that it takes at most.
//!
//! `cargo bench -p koplamp-workspace --bench senses`; with `-- --check` it fails above the agreed ratios.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hint::black_box;
use std::path::Path;
use std::process::exit;
use std::time::Instant;
use std::{env, fs};

use koplamp_glossary::{Format, Limits, read};
use koplamp_language::words;
use koplamp_model::{BlobId, DocumentId, Glossary, GlossaryRecord, Import, Kind, Labels, Operation, Page, SenseMode};
use koplamp_vault::{DeviceSecret, DocumentFilter, Header, KdfParameters, New, Reading, Vault, Way};
use koplamp_workspace::{DeviceSecretSource, Job, SearchRequest, SenseAsk, Unlock, Workspace};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

const PASSPHRASE: &str = "een zin van vier woorden";
const DOCUMENTS: usize = 10_000;
/// Words of a document.
const WORDS: usize = 300;
/// The most that the bridge may cost of the query by hand, and coverage of reading and counting.
const GOALS: [f64; 2] = [2.0, 8.0];
/// How often each is measured; the median counts.
const TIMES: usize = 15;
const PASSES: usize = 5;
/// What is asked, through the eyes of the tax administration.
const ASKED: &str = "aangifte";
/// The same by hand, by somebody who knows what each organisation means by the word, and what else it is called.
const BY_HAND: &str = "(aangifte AND organisatie:(belastingdienst OR fiod OR douane)) OR belastingaangifte OR \"tax return\" \
    OR douaneaangifte OR \"customs declaration\"";

/// The words that organisations use for what they call a return, a declaration or a report, and of how many in a hundred documents.
const USED: [(&str, &[(&str, u32)]); 5] = [
    ("belastingdienst", &[("aangifte", 4), ("belastingaangifte", 2)]),
    ("fiod", &[("aangifte", 3), ("belastingaangifte", 1)]),
    ("douane", &[("aangifte", 3), ("douaneaangifte", 2), ("invoeraangifte", 2)]),
    ("politie", &[("aangifte", 6), ("strafaangifte", 2)]),
    ("kmar", &[("aangifte", 4)]),
];

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let secret_file = folder.path().join("secret");
    let secret = DeviceSecret::read_or_create_file(&secret_file).expect("a device secret");
    let path = folder.path().join("bench.koplamp");
    make(&path, &secret);
    let source = DeviceSecretSource::File(secret_file);
    let unlock = Unlock { passphrase: PASSPHRASE, device_secret: &source, accept_older_copy: false };
    let open = || Workspace::open(&path, &unlock).expect("opens");
    let workspace = open();
    let bridged = bridge(&workspace);
    workspace.close("end").expect("closes");
    let vault = || Vault::open(&path, &Way::Passphrase(PASSPHRASE, &secret), false).expect("opens");
    let ratios = [bridged, coverage(&open, &vault)];
    if env::args().any(|argument| argument == "--check") && ratios.iter().zip(GOALS).any(|(ratio, goal)| *ratio > goal)
    {
        eprintln!("slower than was agreed: {ratios:.2?}, goals {GOALS:?}");
        exit(1);
    }
}

/// The bridge search as a multiple of the query by hand.
fn bridge(workspace: &Workspace) -> f64 {
    let senses = SenseAsk {
        mode: SenseMode::Bridge,
        lens: Some("belastingdienst".into()),
        proposed: true,
        related: true,
        off: Vec::new(),
        unfold: None,
    };
    let ask = |query: &str, senses: Option<&SenseAsk>, limit| {
        let request = SearchRequest { query: query.into(), senses: senses.cloned(), limit, ..SearchRequest::default() };
        workspace.search(&request).expect("finds")
    };
    let both = [(ASKED, Some(&senses)), (BY_HAND, None)];
    let found = both.map(|(query, senses)| {
        let found = ask(query, senses, 1_000);
        let documents: BTreeSet<DocumentId> = found.hits.iter().map(|hit| hit.document).collect();
        assert_eq!(documents.len() as u64, found.total, "all hits are looked at");
        documents
    });
    assert!(found[0] == found[1], "{} and {} documents: not the same", found[0].len(), found[1].len());
    assert!(found[0].len() > 100, "{} documents say nothing", found[0].len());
    let mut times: [Vec<f64>; 2] = Default::default();
    for _ in 0..TIMES {
        for (times, (query, senses)) in times.iter_mut().zip(both) {
            times.push(milliseconds(|| drop(black_box(ask(query, senses, 50)))));
        }
    }
    let [ours, hand] = times.map(median);
    println!(
        "bridge: {} of {DOCUMENTS} documents, the same by hand; {ours:.1} ms, by hand {hand:.1} ms; ratio {:.2}",
        found[0].len(),
        ours / hand
    );
    ours / hand
}

/// Coverage as a multiple of reading and counting.
fn coverage(open: &dyn Fn() -> Workspace, vault: &dyn Fn() -> Vault) -> f64 {
    let mut times: [Vec<f64>; 2] = Default::default();
    let mut peaks = [0_u64; 2];
    let mut told = [0; 2];
    for _ in 0..PASSES {
        let workspace = open();
        let before = reset_peak();
        times[0].push(milliseconds(|| {
            told[0] = workspace.coverage(1_000, &Job::unwatched()).expect("is counted").unknown.len();
        }));
        peaks[0] = peaks[0].max(peak().saturating_sub(before));
        workspace.close("end").expect("closes");
        let vault = vault();
        let before = reset_peak();
        times[1].push(milliseconds(|| told[1] = count(&vault)));
        peaks[1] = peaks[1].max(peak().saturating_sub(before));
        vault.close("end").expect("closes");
    }
    let [ours, plain] = times.map(median);
    println!(
        "coverage: {DOCUMENTS} documents, {} words listed; {ours:.0} ms and {} MB at most above what there was; counting {} words {plain:.0} ms \
         and {} MB; ratio {:.2}",
        told[0],
        peaks[0],
        told[1],
        peaks[1],
        ours / plain
    );
    ours / plain
}

/// The rival: every text read, its words counted as they stand. How many there are.
fn count(vault: &Vault) -> usize {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for document in vault.documents(DocumentFilter::All, u32::MAX, 0).expect("a list").1 {
        for page in vault.pages(document.id, 1, u32::MAX).expect("pages") {
            for word in words(&page.text) {
                *counts.entry(word.raw.to_owned()).or_default() += 1;
            }
        }
    }
    black_box(counts).len()
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64() * 1e3
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Has the system forget the largest memory so far; what is resident now, in megabytes.
fn reset_peak() -> u64 {
    fs::write("/proc/self/clear_refs", "5").expect("the peak can be reset");
    status("VmRSS")
}

fn peak() -> u64 {
    status("VmHWM")
}

fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("its line");
    let kilobytes = line.split_whitespace().find_map(|word| word.parse::<u64>().ok()).expect("a number");
    kilobytes >> 10
}

/// A workspace with the seed and with documents made by chance, put straight into the vault: reading files is another bench.
fn make(path: &Path, secret: &DeviceSecret) {
    let (header, key, _) = Header::create(PASSPHRASE, secret, KdfParameters::RECOMMENDED).expect("a header");
    let new = New { name: "Bench", organisation: "belastingdienst", person: "bench" };
    let vault = Vault::create(path, header, key, &new).expect("a vault");
    let seed = seed();
    let act = vault.act(None, operations(&seed), &[]).expect("kept").act.transaction;
    let mut act = Some(act);
    let mut random = StdRng::seed_from_u64(7);
    let filler = filler(&seed, &mut random);
    let numbers: Vec<usize> = (0..DOCUMENTS).collect();
    for batch in numbers.chunks(1_000) {
        let (mut operations, mut readings) = (Vec::new(), Vec::new());
        for number in batch {
            let (organisation, used) = USED[number % USED.len()];
            let document = DocumentId::random();
            let text = text(&filler, used, &mut random);
            operations.push(Operation::DocumentImported(Import {
                document,
                parent: None,
                blob: Some(BlobId::random()),
                sha256: "0".repeat(64),
                size: text.len() as u64,
                path: format!("{organisation}/{number}.txt"),
                labels: Labels {
                    organisation: organisation.into(),
                    source: "bench".into(),
                    purpose: "wpg-8".into(),
                    marking: None,
                    handling: None,
                },
                failure: None,
            }));
            let reading = Reading {
                kind: Kind::Txt,
                title: None,
                author: None,
                date: None,
                pages: vec![Page { number: 1, label: None, text }],
                identifiers: Vec::new(),
                failure: None,
            };
            readings.push((document, reading));
        }
        act = Some(vault.act(act, operations, &readings).expect("kept").act.transaction);
    }
    vault.close("end").expect("closes");
}

fn seed() -> Glossary {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../resources/glossary");
    let files = ["belastingdienst", "douane", "fiod", "kmar", "om", "politie", "mappings"];
    let turtle: String =
        files.map(|name| fs::read_to_string(folder.join(format!("{name}.ttl"))).expect("the seed")).concat();
    read(Format::Turtle, turtle.as_bytes(), "belastingdienst", &Limits::default(), &mut |_| true)
        .expect("is read")
        .glossary
}

/// The records of the seed, in the stream of the organisation whose they are.
fn operations(seed: &Glossary) -> Vec<Operation> {
    let schemes: HashMap<_, _> = seed.schemes.iter().map(|scheme| (scheme.id, &scheme.organisation)).collect();
    let concepts: HashMap<_, _> = seed.concepts.iter().map(|concept| (concept.id, schemes[&concept.scheme])).collect();
    let mut by: BTreeMap<&String, Vec<GlossaryRecord>> = BTreeMap::new();
    for one in &seed.schemes {
        by.entry(&one.organisation).or_default().push(GlossaryRecord::Scheme(one.clone()));
    }
    for one in &seed.concepts {
        by.entry(concepts[&one.id]).or_default().push(GlossaryRecord::Concept(one.clone()));
    }
    for one in &seed.terms {
        by.entry(concepts[&one.concept]).or_default().push(GlossaryRecord::Term(one.clone()));
    }
    for one in &seed.mappings {
        by.entry(&one.proposed_by).or_default().push(GlossaryRecord::Mapping(one.clone()));
    }
    let change = |(organisation, set): (&String, Vec<GlossaryRecord>)| Operation::GlossaryChanged {
        organisation: organisation.clone(),
        set,
        dropped: Vec::new(),
    };
    by.into_iter().map(change).collect()
}

/// Words by chance of which the seed says nothing, so that an organisation's own sense is the one that counts.
fn filler(seed: &Glossary, random: &mut StdRng) -> Vec<String> {
    const PARTS: [&str; 20] = [
        "ka", "lo", "mi", "ren", "sta", "tu", "vel", "wo", "zan", "ber", "dij", "fon", "gra", "hul", "jot", "kes",
        "lim", "pra", "sul", "tro",
    ];
    let terms = seed.terms.iter().map(|term| term.form.text.to_lowercase());
    let hints = seed.concepts.iter().flat_map(|concept| &concept.hints).map(|hint| hint.to_lowercase());
    let known: BTreeSet<String> = terms.chain(hints).collect();
    let mut made = BTreeSet::new();
    while made.len() < 20_000 {
        let word: String = (0..random.random_range(2..=4)).filter_map(|_| PARTS.choose(random).copied()).collect();
        if !known.contains(&word) {
            made.insert(word);
        }
    }
    made.into_iter().collect()
}

/// A text of these words, the frequent ones more often, in sentences, with what the organisation calls things put in.
fn text(filler: &[String], used: &[(&str, u32)], random: &mut StdRng) -> String {
    let mut all: Vec<&str> = (0..WORDS)
        .filter_map(|_| {
            // Half of all words are of the first two hundred.
            let most = if random.random_bool(0.5) { 200 } else { filler.len() };
            filler.get(random.random_range(0..most)).map(String::as_str)
        })
        .collect();
    for (word, share) in used {
        if random.random_range(0..100) < *share {
            all.insert(random.random_range(0..all.len()), word);
        }
    }
    all.chunks(12).map(|sentence| sentence.join(" ") + ". ").collect()
}
