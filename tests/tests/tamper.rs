//! A hostile disk: every file of a workspace changed, cut, swapped or put back from an older copy. Each time the workspace refuses with
//! a clear error, names what is damaged, makes its index again, or answers exactly as before. It never gives a wrong answer.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use koplamp_model::{DocumentId, Labels};
use koplamp_tests::answers::{self, Answers, ask};
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::snapshot::Snapshot;
use koplamp_tests::{files, scratch, seed};
use koplamp_workspace::{DeviceSecretSource, DocumentFilter, ErrorCode, ImportRequest, Job, Worker, Workspace, select};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const NEW_PASSPHRASE: &str = "vijf gewone woorden op rij";
const QUERIES: [&str; 5] = ["kade", "\"grijze bestelbus\"", "organisation:fiod OR title:nota", "date:2025", "*"];
/// The size of a page of the database.
const PAGE: usize = 4096;
/// Trials for each kind of file.
const TRIALS: usize = 230;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Flip,
    /// One bit in this page of 4 KiB: every page of the database has its turn.
    FlipIn(usize),
    Truncate,
    Append,
    SwapPages,
    SwapFiles,
    OlderCopy,
    Remove,
}

const CHANGES: [Change; 7] = [
    Change::Flip,
    Change::Truncate,
    Change::Append,
    Change::SwapPages,
    Change::SwapFiles,
    Change::OlderCopy,
    Change::Remove,
];

impl Change {
    const fn name(self) -> &'static str {
        match self {
            Self::Flip => "flipped bits",
            Self::FlipIn(_) => "each page",
            Self::Truncate => "cut short",
            Self::Append => "made longer",
            Self::SwapPages => "pages swapped",
            Self::SwapFiles => "files swapped",
            Self::OlderCopy => "older copy",
            Self::Remove => "removed",
        }
    }
}

/// A workspace to tamper with.
struct Subject {
    name: &'static str,
    now: Snapshot,
    older: Snapshot,
    documents: Vec<DocumentId>,
    right: Answers,
}

struct Trial<'a> {
    subject: &'a Subject,
    file: PathBuf,
    change: Change,
    seed: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// It does not open, and says why.
    Refused(ErrorName),
    /// It opens, and names what is damaged when asked for it; everything else is right.
    Named,
    /// It made its index again, told so, and all answers are right.
    Rebuilt,
    /// All answers are right.
    NoEffect,
}

/// Codes in the order in which they are listed in the table.
type ErrorName = &'static str;

/// How often each outcome was seen, by file and kind of damage.
type Table = BTreeMap<(String, &'static str), BTreeMap<Outcome, usize>>;

#[test]
fn a_hostile_disk_never_makes_it_answer_wrongly() {
    let (seed, mut rng) = seed::generator("tamper");
    let panics = count_panics();
    let home = scratch::in_memory();
    let secret = home.path().join("secret");
    let subjects = subjects(home.path(), &secret);
    let trials = trials(&subjects, seed::rounds("KOPLAMP_TRIALS", TRIALS), &mut rng);

    let next = AtomicUsize::new(0);
    let table: Mutex<Table> = Mutex::default();
    let wrong: Mutex<Vec<String>> = Mutex::default();
    thread::scope(|scope| {
        for number in 0..thread::available_parallelism().map_or(2, usize::from) {
            let (trials, next, table, wrong, secret) = (&trials, &next, &table, &wrong, &secret);
            let folder = home.path().join(format!("trial-{number}"));
            scope.spawn(move || {
                while let Some(trial) = trials.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = panic::catch_unwind(AssertUnwindSafe(|| trial.run(&folder, secret)));
                    let result = result.unwrap_or_else(|_| Err("it panicked".into()));
                    match result {
                        Ok(outcome) => {
                            let mut table = table.lock().unwrap();
                            let row = table.entry((class(&trial.file), trial.change.name())).or_default();
                            *row.entry(outcome).or_default() += 1;
                        }
                        Err(why) => wrong.lock().unwrap().push(format!("{trial}: {why}")),
                    }
                }
            });
        }
    });

    let (table, wrong) = (table.into_inner().unwrap(), wrong.into_inner().unwrap());
    println!("{} trials", trials.len());
    for ((class, change), outcomes) in &table {
        println!("{class:12} {change:14} {}", shown(outcomes));
    }
    let panics = panics.lock().unwrap();
    assert!(trials.len() >= 2_000 || std::env::var("KOPLAMP_TRIALS").is_ok(), "{} trials are too few", trials.len());
    assert!(wrong.is_empty(), "seed {seed}: {} of {}:\n{}", wrong.len(), trials.len(), wrong.join("\n"));
    assert!(panics.is_empty(), "nothing panics, in no thread: {panics:?}");
}

impl std::fmt::Display for Trial<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {:?} of {}, seed {}", self.subject.name, self.change, self.file.display(), self.seed)
    }
}

impl Trial<'_> {
    /// Tampers with a copy and asks it everything. Says what is wrong about it, if anything is.
    fn run(&self, folder: &Path, secret: &Path) -> Result<Outcome, String> {
        let mut rng = StdRng::seed_from_u64(self.seed);
        let mut files = self.subject.now.clone();
        self.tamper(&mut files, &mut rng);
        files.put(folder);
        let unchanged = files.changed(&self.subject.now).is_empty();
        let passphrase = self.passphrase();
        let workspace = match answers::open(folder, secret, passphrase) {
            Ok(workspace) => workspace,
            Err(error) if unchanged => return Err(format!("an unchanged workspace does not open: {error}")),
            Err(error) => return refusal(error.code(), &error.to_string()).map(Outcome::Refused),
        };
        let given = ask(&workspace, &self.subject.documents, &QUERIES);
        let rebuilt = answers::index_was_rebuilt(&workspace).unwrap_or(false);
        let mut named = false;
        for (question, right) in &self.subject.right {
            match given.get(question) {
                Some(answer) if answer == right => {}
                Some(Err((code, message))) => {
                    refusal(*code, message).map_err(|why| format!("{question}: {why}"))?;
                    named = true;
                }
                Some(Ok(check)) if question == "log" && check["ok"] == false && !check["broken"].is_null() => {
                    named = true
                }
                other => return Err(format!("{question}: {other:?} instead of {right:?}")),
            }
        }
        Ok(match (named, rebuilt) {
            (true, _) => Outcome::Named,
            (false, true) => Outcome::Rebuilt,
            (false, false) => Outcome::NoEffect,
        })
    }

    /// Who puts back an older header knows the passphrase that it was made with.
    fn passphrase(&self) -> &'static str {
        let old = self.change == Change::OlderCopy && self.file == Path::new("header");
        if old { PASSPHRASE } else { NEW_PASSPHRASE }
    }

    fn tamper(&self, files: &mut Snapshot, rng: &mut StdRng) {
        let other = {
            let others: Vec<_> = files.files.keys().filter(|name| **name != self.file).cloned().collect();
            others[rng.random_range(0..others.len())].clone()
        };
        let bytes = files.files.get_mut(&self.file).expect("the trial is about a file that is there");
        match self.change {
            Change::Flip => {
                for _ in 0..rng.random_range(1..=3) {
                    let place = rng.random_range(0..bytes.len());
                    bytes[place] ^= 1 << rng.random_range(0..8);
                }
            }
            Change::FlipIn(page) => {
                let place = (page * PAGE + rng.random_range(0..PAGE)).min(bytes.len() - 1);
                bytes[place] ^= 1 << rng.random_range(0..8);
            }
            Change::Truncate => {
                // Often at the border of a page or a chunk, where a length that is not checked would go unseen.
                let length = rng.random_range(0..bytes.len());
                let border = [1, 512, 4096, 8192][rng.random_range(0..4)];
                bytes.truncate(length / border * border);
            }
            Change::Append => {
                let length = [1, 16, 4096, rng.random_range(1..10_000)][rng.random_range(0..4)];
                bytes.extend((0..length).map(|_| rng.random::<u8>()));
            }
            Change::SwapPages => {
                let sizes: Vec<usize> =
                    [8192, 4096, 512, 16].into_iter().filter(|size| bytes.len() >= 2 * size).collect();
                let size = sizes[rng.random_range(0..sizes.len().min(2))];
                let pages = bytes.len() / size;
                let one = rng.random_range(0..pages);
                let two = (one + rng.random_range(1..pages)) % pages;
                for at in 0..size {
                    bytes.swap(one * size + at, two * size + at);
                }
            }
            Change::SwapFiles => {
                let mine = std::mem::take(bytes);
                let theirs = files.files.insert(other, mine).expect("the other file is there");
                files.files.insert(self.file.clone(), theirs);
            }
            Change::OlderCopy => *bytes = self.subject.older.files[&self.file].clone(),
            Change::Remove => drop(files.files.remove(&self.file)),
        }
    }
}

/// The name of an error that tells the user what is wrong with the workspace; another one is as bad as a wrong answer.
fn refusal(code: ErrorCode, message: &str) -> Result<ErrorName, String> {
    match code {
        ErrorCode::WorkspaceDamaged => Ok("damaged"),
        ErrorCode::WorkspaceRolledBack => Ok("rolled back"),
        ErrorCode::WorkspaceNotFound => Ok("not found"),
        ErrorCode::UnsupportedVersion => Ok("newer version"),
        ErrorCode::WrongPassphrase => Ok("wrong passphrase"),
        ErrorCode::WrongDeviceSecret => Ok("wrong device secret"),
        // A file that is gone is an error of reading it, as long as it is named.
        ErrorCode::Io if message.contains("No such file") && message.contains("could not read") => Ok("gone"),
        _ => Err(format!("{code:?} does not say that the workspace is damaged: {message}")),
    }
}

/// What kind of file it is.
fn class(file: &Path) -> String {
    match file.parent() {
        Some(folder) if folder != Path::new("") => format!("{}/", folder.display()),
        _ => file.display().to_string(),
    }
}

fn shown(outcomes: &BTreeMap<Outcome, usize>) -> String {
    let shown = outcomes.iter().map(|(outcome, count)| match outcome {
        Outcome::Refused(code) => format!("{count} refused: {code}"),
        Outcome::Named => format!("{count} named when asked for"),
        Outcome::Rebuilt => format!("{count} index made again"),
        Outcome::NoEffect => format!("{count} no effect"),
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn trials<'a>(subjects: &'a [Subject], wanted: usize, rng: &mut StdRng) -> Vec<Trial<'a>> {
    let mut by_class: BTreeMap<String, Vec<(&Subject, PathBuf, Change)>> = BTreeMap::new();
    for subject in subjects {
        for (file, bytes) in &subject.now.files {
            for change in CHANGES {
                let older = subject.older.files.get(file);
                let possible = match change {
                    Change::Flip | Change::Truncate => !bytes.is_empty(),
                    Change::SwapPages => bytes.len() >= 32,
                    Change::OlderCopy => older.is_some_and(|older| older != bytes),
                    Change::Append | Change::SwapFiles | Change::Remove | Change::FlipIn(_) => true,
                };
                if possible {
                    by_class.entry(class(file)).or_default().push((subject, file.clone(), change));
                }
            }
        }
    }
    let mut trials = Vec::new();
    for possible in by_class.values() {
        // Each file and change at least once.
        for (subject, file, change) in possible.iter().cycle().take(wanted.max(possible.len())) {
            trials.push(Trial { subject, file: file.clone(), change: *change, seed: rng.random() });
        }
    }
    for subject in subjects {
        let (name, database) = (PathBuf::from("store.db"), &subject.now.files[Path::new("store.db")]);
        for page in 0..database.len() / PAGE {
            trials.push(Trial { subject, file: name.clone(), change: Change::FlipIn(page), seed: rng.random() });
        }
    }
    trials
}

/// Two workspaces with a history: one that was closed in good order, and one as a crash leaves it, with a write-ahead log.
fn subjects(home: &Path, secret: &Path) -> Vec<Subject> {
    let (place, sources) = (home.join("zaak.koplamp"), home.join("bronnen"));
    let worker = Worker::beside_this_program().unwrap();
    std::fs::create_dir(&sources).unwrap();
    let workspace = answers::create(&place, secret).unwrap();
    import(&workspace, &worker, &sources, "politie", &first_files());
    workspace.close("end").unwrap();
    let first = Snapshot::of(&place);

    let workspace = answers::open(&place, secret, PASSPHRASE).unwrap();
    import(&workspace, &worker, &sources, "fiod", &more_files());
    let documents = workspace.documents(DocumentFilter::All, u32::MAX, 0).unwrap().documents;
    let id = |path: &str| documents.iter().find(|document| document.path == path).unwrap().id;
    workspace.rename(id("melding.txt"), Some("Nota over de kade")).unwrap();
    workspace.save_search("kade", "kade AND bestelbus").unwrap();
    workspace.remove(&[id("weg.txt")]).unwrap();
    workspace.label(&[id("blad.html")], &labels("douane")).unwrap();
    workspace.undo().unwrap();
    let source = DeviceSecretSource::File(secret.to_owned());
    workspace.change_passphrase(PASSPHRASE, NEW_PASSPHRASE, &source).unwrap();
    let crashed_earlier = Snapshot::of(&place);
    workspace.rename(id("melding.txt"), Some("Nota over de kade, herzien")).unwrap();
    let crashed = Snapshot::of(&place);
    workspace.close("end").unwrap();
    for _ in 0..3 {
        let wrong = answers::open(&place, secret, "dit is het niet").map(drop);
        assert_eq!(wrong.unwrap_err().code(), ErrorCode::WrongPassphrase);
    }
    let closed = Snapshot::of(&place);
    assert!(crashed.files.keys().any(|name| name.ends_with("store.db-wal")), "a crash leaves a write-ahead log");
    assert!(closed.files.contains_key(Path::new("attempts")), "failed attempts are kept");

    let subject = |name, now: Snapshot, older: Snapshot| {
        now.put(&place);
        let workspace = answers::open(&place, secret, NEW_PASSPHRASE).unwrap();
        let listed = workspace.documents(DocumentFilter::All, u32::MAX, 0).unwrap().documents;
        let documents: Vec<DocumentId> = listed.iter().map(|document| document.id).collect();
        let right = ask(&workspace, &documents, &QUERIES);
        assert!(right.values().all(Result::is_ok) && right["log"].as_ref().is_ok_and(|log| log["ok"] == true));
        for query in QUERIES {
            assert_ne!(
                right[&format!("search {query}")].as_ref().unwrap()["total"],
                0,
                "{query} has to find something"
            );
        }
        Subject { name, now, older, documents, right }
    };
    let subjects = vec![subject("closed", closed, first), subject("crashed", crashed, crashed_earlier)];
    std::fs::remove_dir_all(&place).unwrap();
    subjects
}

fn labels(organisation: &str) -> Labels {
    Labels {
        organisation: organisation.into(),
        source: "Proefbron".into(),
        purpose: "wpg-8".into(),
        marking: Some("tlp:amber".into()),
        handling: None,
    }
}

fn import(workspace: &Workspace, worker: &Worker, sources: &Path, organisation: &str, files: &[(&str, Vec<u8>)]) {
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|(name, bytes)| {
            std::fs::write(sources.join(name), bytes).unwrap();
            sources.join(name)
        })
        .collect();
    let request = ImportRequest { files: select(&paths).unwrap(), labels: labels(organisation) };
    let report = workspace.import(&request, worker, &Job::unwatched()).unwrap();
    assert_eq!(report.unchanged, 0);
}

fn first_files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("melding.txt", "Op de kade stond een grijze bestelbus.".into()),
        ("weg.txt", "Dit document wordt weggehaald; er staat kade in.".into()),
        ("blad.html", files::html("Nota", "Een vrouw op de kade wees naar het schip.")),
        ("leeg.txt", Vec::new()),
    ]
}

fn more_files() -> Vec<(&'static str, Vec<u8>)> {
    let long: String = (0..6_000).map(|line| format!("Regel {line}: de kade, de loods en de nacht.\n")).collect();
    vec![
        ("stuk.pdf", files::pdf(&["De grijze bestelbus bij de loods.", "Tweede blad: de kade bij nacht."])),
        (
            "post.eml",
            files::eml(
                "k@posthoorn.example",
                "afspraak",
                "Tot vrijdag op de kade.",
                &[("bijlage.txt", "grijze bestelbus")],
            ),
        ),
        // More than one chunk of a sealed file.
        ("lang.txt", long.into_bytes()),
        ("brief.docx", files::docx(&["Brief over de kade.", "Met vriendelijke groet."])),
    ]
}

/// Notes every panic of every thread, without the noise.
fn count_panics() -> &'static Mutex<Vec<String>> {
    static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let usual = panic::take_hook();
    let test = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == test {
            usual(info);
        } else {
            PANICS.lock().unwrap().push(info.to_string());
        }
    }));
    &PANICS
}
