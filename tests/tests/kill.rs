//! kill -9 at random moments during imports and edits: what was confirmed is there afterwards, and the workspace is whole.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::process::Group;
use koplamp_tests::{answers, history, scratch, seed};
use koplamp_workspace::{DocumentFilter, ErrorCode, SearchRequest, Worker, Workspace};
use rand::RngExt;
use rand::rngs::StdRng;

/// Kills in one workspace; then a new one, so that there is not more and more to examine.
const IN_ONE: usize = 25;

/// What the program under test has told.
#[derive(Default)]
struct Told {
    opened: bool,
    /// The act that it was doing last, unless that was confirmed.
    trying: Option<String>,
    /// The acts confirmed, oldest first: transaction of the last change, digest of the lists, passphrase.
    done: Vec<[String; 3]>,
}

impl Told {
    fn hear(&mut self, line: &str) {
        if line == "open" {
            self.opened = true;
        } else if let Some(act) = line.strip_prefix("try ") {
            self.trying = Some(act.to_owned());
        } else if let Some(rest) = line.strip_prefix("done ") {
            let mut parts = rest.splitn(3, ' ').map(str::to_owned);
            let mut part = || parts.next().expect("transaction, digest and passphrase");
            self.done.push([part(), part(), part()]);
            self.trying = None;
        }
    }
}

#[test]
fn nothing_confirmed_is_lost_at_200_kills() {
    let (_, mut rng) = seed::generator("kill");
    let kills = seed::rounds("KOPLAMP_KILLS", 200);
    let worker = Worker::beside_this_program().unwrap();
    let (mut killed_while, mut confirmed, mut done) = (BTreeMap::<String, usize>::new(), 0, 0);
    while done < kills {
        let folder = scratch::in_memory();
        let mut case = Hive::new(folder.path());
        for _ in 0..IN_ONE.min(kills - done) {
            let told = case.run_and_kill(&mut rng);
            confirmed += told.done.len();
            let moment = match (&told.trying, told.opened) {
                (Some(act), _) => act.split(' ').next().unwrap_or_default().to_owned(),
                (None, true) => "between acts".into(),
                (None, false) => "opening".into(),
            };
            *killed_while.entry(moment).or_default() += 1;
            case.check(&told);
            done += 1;
        }
        let workspace = case.open(None);
        let health = workspace.rebuild(&worker).unwrap();
        assert!(health.ok, "log and originals give the state that was kept: {:?}", health.problems);
        let (found, there) = history::counts(&workspace).unwrap();
        assert_eq!(found, there, "the index shows what the texts hold");
    }
    println!("{done} kills, {confirmed} acts confirmed before them; killed while: {killed_while:?}");
    assert!(
        killed_while.len() >= 4 && confirmed >= kills,
        "the kills have to fall in the middle of things: {killed_while:?}"
    );
}

/// A workspace, and what is known to have been confirmed in it.
struct Hive<'a> {
    folder: &'a Path,
    passphrase: String,
    /// The last change that is known to be kept, and the lists after it.
    last: (String, String),
    confirmed: BTreeSet<String>,
}

impl<'a> Hive<'a> {
    fn new(folder: &'a Path) -> Self {
        std::fs::create_dir(folder.join("sources")).unwrap();
        let workspace = answers::create(&folder.join("zaak.koplamp"), &folder.join("secret")).unwrap();
        let last = Self::last(&workspace);
        workspace.close("end").unwrap();
        Self { folder, passphrase: PASSPHRASE.into(), last, confirmed: BTreeSet::new() }
    }

    fn last(workspace: &Workspace) -> (String, String) {
        let act = history::acts(workspace, 1).unwrap().pop().unwrap();
        (act.to_string(), history::lists_digest(workspace).unwrap())
    }

    /// Lets the program work until a random moment.
    fn run_and_kill(&self, rng: &mut StdRng) -> Told {
        let mut command = Command::new(env!("CARGO_BIN_EXE_worker_bee"));
        command
            .arg(self.folder.join("zaak.koplamp"))
            .arg(self.folder.join("secret"))
            .arg(&self.passphrase)
            .arg(self.folder.join("sources"))
            .arg(rng.random::<u32>().to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut bee = Group::start(&mut command);
        let lines = lines_of(&mut bee);
        let mut told = Told::default();
        if rng.random_bool(0.85) {
            // From when it is open; however long opening takes on this machine.
            told.hear(&lines.recv().expect("it opens the workspace"));
        }
        let wait = Duration::from_micros(rng.random_range(0..400_000));
        listen_for(&lines, wait, &mut told);
        bee.kill();
        // What it had told before it died.
        for line in lines {
            told.hear(&line);
        }
        told
    }

    /// Opens the workspace; with the passphrase that was being set, when that is the one that opens it.
    fn open(&mut self, trying: Option<&str>) -> Workspace {
        let (workspace, secret) = (self.folder.join("zaak.koplamp"), self.folder.join("secret"));
        match (answers::open(&workspace, &secret, &self.passphrase), trying) {
            (Err(error), Some(new)) if error.code() == ErrorCode::WrongPassphrase => {
                self.passphrase = new.to_owned();
                answers::open(&workspace, &secret, new).expect("it opens with the old passphrase or with the new one")
            }
            (opened, _) => opened.expect("a killed workspace opens again"),
        }
    }

    fn check(&mut self, told: &Told) {
        if let Some([transaction, digest, passphrase]) = told.done.last() {
            self.last = (transaction.clone(), digest.clone());
            self.passphrase = passphrase.clone();
        }
        self.confirmed.extend(told.done.iter().map(|[transaction, ..]| transaction.clone()));
        let workspace = self.open(told.trying.as_deref().and_then(|act| act.strip_prefix("passphrase ")));

        let health = workspace.examine().unwrap();
        assert!(health.ok, "killed while {:?}: {:?}", told.trying, health.problems);

        let acts: Vec<String> =
            history::acts(&workspace, usize::MAX).unwrap().iter().map(ToString::to_string).collect();
        let kept: BTreeSet<String> = acts.iter().cloned().collect();
        let lost: Vec<_> = self.confirmed.difference(&kept).collect();
        assert!(lost.is_empty(), "confirmed and not in the log: {lost:?}");
        let after = acts.iter().position(|act| *act == self.last.0).expect("the last confirmed act is in the log");
        let now = Self::last(&workspace);
        match after {
            0 => assert_eq!(now, self.last, "the case is as it was when the last act was confirmed"),
            1 => assert!(told.trying.is_some(), "an act that nobody asked for is in the log"),
            _ => panic!("{after} acts are in the log after the last confirmed one"),
        }
        let all = workspace.search(&SearchRequest { query: "*".into(), ..SearchRequest::default() }).unwrap();
        let documents = workspace.documents(DocumentFilter::All, 0, 0).unwrap();
        assert_eq!(all.total, u64::from(documents.total), "the index shows all documents and no others");
        self.last = now;
        workspace.close("end").unwrap();
    }
}

/// The lines that the program writes, read by a thread of their own, so that the pipe never fills up.
fn lines_of(bee: &mut Group) -> Receiver<String> {
    let out = bee.child().stdout.take().expect("a pipe was asked for");
    let (sender, lines) = channel();
    thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

fn listen_for(lines: &Receiver<String>, wait: Duration, told: &mut Told) {
    let began = Instant::now();
    while let Some(left) = wait.checked_sub(began.elapsed()) {
        match lines.recv_timeout(left) {
            Ok(line) => told.hear(&line),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                thread::sleep(wait.saturating_sub(began.elapsed()));
                return;
            }
        }
    }
}
