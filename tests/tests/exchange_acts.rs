//! Another program's file comes in by one act: one undo takes all of it back, a cancelled or killed one leaves nothing, and what comes back
//! is counted.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use koplamp_model::{EntityId, Labels, Placement};
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::process::Group;
use koplamp_tests::{Case, answers, scratch, seed};
use koplamp_workspace::{
    EntityQuery, ErrorCode, ExchangeReport, Format, Incoming, Job, Notice, Target, Worker, Workspace, WorkspaceError,
};
use rand::RngExt;
use serde_json::Value;

const LABELS: [&str; 6] = ["--organisation", "fiod", "--source", "Uitwisseling", "--purpose", "awr-toezicht"];

fn labels(marking: Option<&str>) -> Labels {
    Labels {
        organisation: "fiod".into(),
        source: "Uitwisseling".into(),
        purpose: "awr-toezicht".into(),
        marking: marking.map(str::to_owned),
        handling: None,
    }
}

/// People and who knows whom, as FollowTheMoney.
fn people(count: usize) -> String {
    let person = |number: usize| {
        format!(
            "{{\"id\":\"p{number}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"Persoon {number}\"],\"country\":[\"nl\"]}}}}\n"
        )
    };
    let knows = |number: usize| {
        format!(
            "{{\"id\":\"k{number}\",\"schema\":\"Associate\",\"properties\":{{\"person\":[\"p{number}\"],\"associate\":[\"p{}\"]}}}}\n",
            number + 1
        )
    };
    (0..count).map(person).chain((0..count - 1).map(knows)).collect()
}

fn digest(workspace: &Workspace) -> String {
    let health = workspace.examine().unwrap();
    assert!(health.ok, "{:?}", health.problems);
    health.state_digest
}

#[test]
fn one_undo_takes_all_back_and_a_redo_brings_it_all_again() {
    let case = Case::new();
    let before = case.digest();
    let file = case.write("mensen.ftm.json", people(40));
    let path = file.to_str().unwrap();
    let import = || case.json("interchange", &[&["import", path, "--chart", "Mensen"], &LABELS[..]].concat());
    let report = import();
    assert_eq!((report["entities"].as_u64(), report["links"].as_u64()), (Some(40), Some(39)), "{report}");
    let after = case.digest();
    assert_eq!((case.documents().len(), case.json("chart", &["list"]).as_array().unwrap().len()), (1, 1));

    case.run::<&str>("undo", &[]).done();
    assert_eq!(case.digest(), before, "one undo: document, statements and chart");
    case.run::<&str>("undo", &[]).refused(1);
    case.run::<&str>("redo", &[]).done();
    assert_eq!(case.digest(), after);
    case.run::<&str>("undo", &[]).done();

    // The same file after an undo: what comes back is counted, and rests on its passages again.
    let again = import();
    assert_eq!((again["entities"].as_u64(), again["links"].as_u64()), (Some(40), Some(39)), "{again}");
    let person = case.json("entities", &["--query", "Persoon 7"]);
    let statements = case.json("statements", &[person[0]["id"].as_str().unwrap()]);
    let document = statements[0]["document"].as_str().unwrap();
    assert_eq!(case.documents()[0]["id"], document, "the document that it rests on came back, too: {statements}");
    let nothing = import();
    assert_eq!((nothing["entities"].as_u64(), nothing["links"].as_u64()), (Some(0), Some(0)), "{nothing}");
    let rebuilt = case.json("doctor", &["--rebuild"]);
    assert_eq!((&rebuilt["ok"], rebuilt["state_digest"].as_str()), (&Value::from(true), Some(case.digest().as_str())));
    let entries = case.json::<&str>("log", &[]);
    let kinds: Vec<&str> =
        entries["entries"].as_array().unwrap().iter().map(|entry| entry["act"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "documents_imported").count(), 1, "{kinds:?}");
}

#[test]
fn what_was_undone_with_another_file_is_stated_by_this_one() {
    let case = Case::new();
    let first = case.write("een.ftm.json", people(3));
    case.json("interchange", &[&["import", first.to_str().unwrap()], &LABELS[..]].concat());
    case.run::<&str>("undo", &[]).done();
    let second = case.write("twee.ftm.json", people(4));
    let import = || case.json("interchange", &[&["import", second.to_str().unwrap()], &LABELS[..]].concat());
    assert_eq!(import()["entities"], 4);
    let document = case.documents()[0]["id"].clone();
    let person = case.json("entities", &["--query", "Persoon 1"]);
    let statements = case.json("statements", &[person[0]["id"].as_str().unwrap()]);
    let statements = statements.as_array().unwrap();
    assert!(statements.len() == 3 && statements.iter().all(|said| said["document"] == document), "{statements:?}");
    let digest = case.digest();
    assert_eq!(import()["entities"], 0, "a second run adds nothing");
    assert_eq!(case.digest(), digest);
}

#[test]
fn a_cancelled_import_leaves_nothing_and_is_not_offered_again() {
    let folder = scratch::folder();
    let (place, secret) = (folder.path().join("zaak.koplamp"), folder.path().join("secret"));
    let workspace = answers::create(&place, &secret).unwrap();
    let worker = Worker::beside_this_program().unwrap();
    let file = folder.path().join("mensen.ftm.json");
    // More than one transaction.
    std::fs::write(&file, people(10_000)).unwrap();
    let before = digest(&workspace);
    let labels = labels(None);
    let incoming = Incoming { file: &file, labels: &labels, chart: None };
    let asked = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&asked);
    let job: Arc<std::sync::OnceLock<Job>> = Arc::default();
    let to_cancel = Arc::clone(&job);
    let watched = Job::new(move |progress| {
        if progress.current == "exchange" && progress.done > 800 {
            seen.fetch_add(1, Ordering::SeqCst);
            if let Some(job) = to_cancel.get() {
                job.cancel();
            }
        }
    });
    assert!(job.set(watched).is_ok());
    let refused = workspace.import_exchange(&incoming, Some(Format::Ftm), &worker, job.get().unwrap()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::Cancelled);
    assert!(asked.load(Ordering::SeqCst) > 0, "it was cancelled in the middle of storing");
    assert_eq!(digest(&workspace), before, "nothing of it is there");
    assert_eq!(workspace.undo().unwrap_err().code(), ErrorCode::NothingToUndo);
    assert_eq!(
        workspace.redo().unwrap_err().code(),
        ErrorCode::NothingToRedo,
        "a part is not offered to be done again"
    );
    assert_eq!(workspace.entities(&EntityQuery::default(), 0, 0).unwrap().total, 0);
    workspace.close("end").unwrap();

    let workspace = answers::open(&place, &secret, PASSPHRASE).unwrap();
    assert!(notices(&workspace).is_empty(), "it was taken back there and then");
    assert_eq!(workspace.redo().unwrap_err().code(), ErrorCode::NothingToRedo, "nor after a restart");
    let report: ExchangeReport =
        workspace.import_exchange(&incoming, Some(Format::Ftm), &worker, &Job::unwatched()).unwrap();
    assert_eq!((report.entities, report.links), (10_000, 9_999));
    let whole = digest(&workspace);
    workspace.undo().unwrap();
    assert_eq!(digest(&workspace), before);
    workspace.redo().unwrap();
    assert_eq!(digest(&workspace), whole);
}

fn notices(workspace: &Workspace) -> Vec<Notice> {
    workspace.summary().unwrap().notices
}

#[test]
fn a_killed_import_is_taken_back_at_the_next_opening_which_says_so() {
    let (_, mut random) = seed::generator("exchange kill");
    let case = Case::new();
    let before = case.digest();
    let file = case.write("groot.ftm.json", people(12_000));
    let arguments = [&["import", file.to_str().unwrap()], &LABELS[..]].concat();
    let (mut taken_back, mut kills) = (0, 0);
    while taken_back < 3 {
        kills += 1;
        assert!(kills <= 40, "{taken_back} of {kills} kills fell in the middle of storing");
        let mut command = case.verb("interchange", &arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut running = Group::start(&mut command);
        // Storing begins when the document is in: then the write-ahead log grows.
        let log = case.workspace().join("store.db-wal");
        let size = || std::fs::metadata(&log).map_or(0, |found| found.len());
        let wanted = random.random_range(6_000_000..24_000_000);
        let mut ended = false;
        while size() < wanted && !ended {
            thread::sleep(Duration::from_millis(2));
            ended = running.child().try_wait().unwrap().is_some();
        }
        running.kill();
        if ended {
            case.run::<&str>("undo", &[]).done();
        }
        let opened = case.run::<&str>("documents", &[]).done();
        if opened.err.contains("groot.ftm.json") {
            assert!(opened.err.contains("has been taken back; import the file again"), "{}", opened.err);
            taken_back += 1;
        }
        assert_eq!(case.digest(), before, "all or nothing: {}", opened.err);
        assert!(case.run::<&str>("documents", &[]).done().err.is_empty(), "it is told once");
        if !ended {
            case.run::<&str>("redo", &[]).refused(1);
        }
    }
    let report = case.json("interchange", &arguments);
    assert_eq!((report["entities"].as_u64(), report["links"].as_u64()), (Some(12_000), Some(11_999)), "{report}");
    let whole = case.digest();
    assert_eq!(case.json("doctor", &["--rebuild"])["state_digest"], whole, "the log gives the same");
    case.run::<&str>("undo", &[]).done();
    assert_eq!(case.digest(), before);
    println!("{kills} kills, {taken_back} of them while storing");
}

#[test]
fn a_stricter_marking_later_holds_for_what_was_stated_before() {
    let case = Case::new();
    let file = case.write("mensen.ftm.json", people(2));
    let import = |marking: &'static str| {
        case.run("interchange", &[&["import", file.to_str().unwrap(), "--marking", marking], &LABELS[..]].concat())
            .done()
    };
    import("tlp:green");
    let person = case.json("entities", &["--query", "Persoon 1"])[0]["id"].as_str().unwrap().to_owned();
    let markings = || -> Vec<String> {
        let statements = case.json("statements", &[&person]);
        statements.as_array().unwrap().iter().map(|said| said["marking"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(markings(), ["tlp:green"; 3]);

    // The same file, marked more strictly: the marking is raised, and that is said.
    let raised = import("tlp:red");
    assert!(raised.err.contains("marked more strictly now"), "{}", raised.err);
    assert_eq!(case.documents()[0]["labels"]["marking"], "tlp:red");
    assert_eq!(markings(), ["tlp:red"; 3]);
    // And more freely: it stays, and that is said, with the way out.
    let kept = import("tlp:green");
    assert!(
        kept.err.contains("stays under its stricter marking 'tlp:red'") && kept.err.contains("label"),
        "{}",
        kept.err
    );
    assert_eq!(markings(), ["tlp:red"; 3]);
    case.run::<&str>("undo", &[]).done();
    assert_eq!(markings(), ["tlp:green"; 3], "raising it was an act");

    // By hand, and for a document that is removed.
    let document = case.id("mensen.ftm.json");
    case.run("label", &[&[document.as_str(), "--marking", "tlp:amber"], &LABELS[..]].concat()).done();
    assert_eq!(markings(), ["tlp:amber"; 3]);
    case.run("remove", &[&document]).done();
    assert_eq!(markings(), ["tlp:amber"; 3], "what rests on it stays bound by its marking");
}

#[test]
fn an_ordinary_import_raises_the_marking_of_all_that_a_file_carries() {
    let case = Case::new();
    let mail =
        koplamp_tests::files::eml("k@posthoorn.example", "afspraak", "Tot vrijdag.", &[("bij.txt", "Over de bus.")]);
    let file = case.write("post.eml", mail);
    let import = |marking: &'static str| {
        let arguments = [file.to_str().unwrap(), "--marking", marking];
        case.json("import", &[&arguments, &LABELS[..]].concat())
    };
    assert_eq!(import("tlp:green")["imported"], 2);
    let report = import("tlp:amber");
    assert_eq!((&report["unchanged"], &report["raised"]), (&Value::from(1), &Value::from(1)), "{report}");
    let markings: Vec<Value> = case.documents().iter().map(|document| document["labels"]["marking"].clone()).collect();
    assert_eq!(markings, ["tlp:amber", "tlp:amber"]);
    let report = import("tlp:green");
    assert_eq!((&report["raised"], &report["stricter"][0]["marking"]), (&Value::from(0), &Value::from("tlp:amber")));
    case.run::<&str>("undo", &[]).done();
    let markings: Vec<Value> = case.documents().iter().map(|document| document["labels"]["marking"].clone()).collect();
    assert_eq!(markings, ["tlp:green", "tlp:green"]);
}

#[test]
fn amending_may_not_go_below_the_marking_of_the_document_today() {
    let folder = scratch::folder();
    let workspace = answers::create(&folder.path().join("zaak.koplamp"), &folder.path().join("secret")).unwrap();
    let worker = Worker::beside_this_program().unwrap();
    let file = folder.path().join("mensen.ftm.json");
    std::fs::write(&file, people(2)).unwrap();
    let take_in = |marking: &str| -> Result<ExchangeReport, WorkspaceError> {
        let labels = labels(Some(marking));
        let incoming = Incoming { file: &file, labels: &labels, chart: None };
        workspace.import_exchange(&incoming, None, &worker, &Job::unwatched())
    };
    take_in("tlp:green").unwrap();
    assert!(take_in("tlp:amber").unwrap().raised);
    let person = workspace.named("Persoon 1").unwrap();
    let name = |workspace: &Workspace| {
        let view = workspace.entity(person).unwrap();
        view.statements.into_iter().find(|statement| statement.fact.property == "name").unwrap()
    };
    let said = name(&workspace);
    assert_eq!(said.standing.marking.as_deref(), Some("tlp:amber"), "the page shows what holds today");
    let amendment =
        |marking: &str| koplamp_workspace::Amendment { marking: Some(marking.into()), ..Default::default() };
    let freer = workspace.amend(said.fact.id, &amendment("tlp:green")).unwrap_err();
    assert_eq!(freer.code(), ErrorCode::InvalidArgument);
    assert!(freer.to_string().contains("'tlp:green' is freer than 'tlp:amber'"), "{freer}");
    workspace.amend(said.fact.id, &amendment("tlp:red")).unwrap();
    assert_eq!(name(&workspace).standing.marking.as_deref(), Some("tlp:red"));
    let document = said.fact.evidence.unwrap().document;
    let there = workspace.statements_in(document).unwrap();
    assert!(there.iter().all(|statement| statement.standing.marking.as_deref() >= Some("tlp:amber")), "{there:?}");
}

#[test]
fn what_is_hidden_on_a_chart_is_in_no_export() {
    let folder = scratch::folder();
    let workspace = answers::create(&folder.path().join("zaak.koplamp"), &folder.path().join("secret")).unwrap();
    let worker = Worker::beside_this_program().unwrap();
    let file = folder.path().join("mensen.ftm.json");
    // One refers to another by a property that is no end of a link.
    let parent = "{\"id\":\"c1\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Dochter B.V.\"],\"parent\":[\"c2\"]}}\n{\"id\":\"c2\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Moeder B.V.\"]}}\n";
    std::fs::write(&file, people(3) + parent).unwrap();
    let labels = labels(None);
    let incoming = Incoming { file: &file, labels: &labels, chart: Some("Kaart") };
    workspace.import_exchange(&incoming, None, &worker, &Job::unwatched()).unwrap();
    let chart = workspace.chart_named("Kaart").unwrap().id;
    let hidden: Vec<EntityId> =
        ["Persoon 1", "Moeder B.V."].iter().map(|name| workspace.named(name).unwrap()).collect();
    let placements = workspace.chart_view(chart, koplamp_workspace::Language::Nl, None, None).unwrap().placements;
    let hide: Vec<Placement> = placements
        .into_iter()
        .filter(|placement| hidden.contains(&placement.entity))
        .map(|placement| Placement { hidden: true, ..placement })
        .collect();
    assert_eq!(hide.len(), 2);
    workspace.place(chart, &hide, &[]).unwrap();
    for format in [Format::Ftm, Format::GraphMl, Format::Gexf, Format::Csv] {
        let target = folder.path().join(format!("uit.{}", format.code()));
        let report = workspace.export_exchange(format, Some(chart), &Target::new(&target));
        let report = report.unwrap();
        let text: String = report.files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
        for (name, entity) in [("Persoon 1", hidden[0]), ("Moeder", hidden[1])] {
            assert!(!text.contains(name), "{format:?} has the name of what is hidden");
            assert!(!text.contains(&entity.to_string()), "{format:?} names what is hidden");
        }
        assert!(text.contains("Persoon 0") && text.contains("Dochter"), "{format:?}: {text}");
    }
}
