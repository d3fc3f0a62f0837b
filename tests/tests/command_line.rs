//! The command line, verb by verb: its JSON, its exit codes, and what it leaves on disk.

use std::path::Path;

use koplamp_tests::answers;
use koplamp_tests::case::{Case, PASSPHRASE, import_arguments, run, run_with_input};
use koplamp_tests::files;
use koplamp_tests::snapshot::{Snapshot, sha256};
use serde_json::Value;

/// Files that can be read and files that cannot; two of them with attachments or members.
fn delivery(case: &Case) -> std::path::PathBuf {
    let pages = ["Op de kade stond een grijze bestelbus.", "Tweede blad: de kade bij nacht."];
    case.write("levering/proces-verbaal.pdf", files::pdf(&pages));
    case.write(
        "levering/melding.txt",
        "De melder zag aangiften liggen.\nOok een bestelbus, van café Het Lichtschip.\n",
    );
    case.write(
        "levering/post.eml",
        files::eml("k@posthoorn.example", "afspraak", "Tot vrijdag.", &[("bijlage.txt", "Over de bestelbus.")]),
    );
    case.write("levering/map/archief.zip", files::zip(&[("lid.txt", b"Een lid van het archief.")]));
    case.write("levering/map/tabel.csv", "naam;bedrag\nbestelbus;12,50\n");
    case.write("levering/leeg.txt", "");
    case.write("levering/kapot.pdf", "%PDF-1.7\nen verder niets");
    case.at("levering")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().map(|fields| fields.keys().map(String::as_str).collect()).unwrap_or_default()
}

#[track_caller]
fn has_fields(value: &Value, fields: &[&str]) {
    for field in fields {
        assert!(value.get(field).is_some(), "'{field}' is one of the fields promised; there are {:?}", keys(value));
    }
}

#[test]
fn new_tells_the_workspace_and_the_recovery_key_and_makes_the_device_secret() {
    let case = Case::empty();
    assert!(!case.device_secret_file().exists());
    let made = case.json("new", &["--name", "Zaak", "--organisation", "om", "--person", "B. de Proef"]);
    has_fields(&made, &["workspace", "recovery_key"]);
    assert_eq!(made["workspace"].as_str(), case.workspace().to_str());
    assert!(case.device_secret_file().exists(), "a device secret that is not there is made");
    let secret = std::fs::read(case.device_secret_file()).unwrap();
    let again = Case::empty();
    std::fs::copy(case.device_secret_file(), again.device_secret_file()).unwrap();
    again.make();
    assert_eq!(std::fs::read(again.device_secret_file()).unwrap(), secret, "one that is there is taken");
}

#[test]
fn new_is_refused_where_something_is_and_with_a_weak_passphrase() {
    let case = Case::new();
    let before = Snapshot::of(&case.workspace());
    let fields = ["--name", "Zaak", "--organisation", "om", "--person", "B"];
    case.run("new", &fields).refused(1);
    assert_eq!(Snapshot::of(&case.workspace()), before, "a workspace that is there is not touched");
    let weak = Case::empty();
    std::fs::write(weak.passphrase_file(), "kort").unwrap();
    weak.run("new", &fields).refused(1);
    assert!(!weak.workspace().exists(), "what was refused leaves nothing behind");
    weak.run("new", &["--name", "Zaak", "--person", "B"]).refused(2);
    weak.run("nieuw", &fields).refused(2);
}

#[test]
fn import_reports_what_came_in_and_what_did_not() {
    let case = Case::new();
    let folder = delivery(&case);
    let report = case.import(&[&folder]);
    has_fields(&report, &["imported", "unchanged", "failed", "documents"]);
    let documents = report["documents"].as_array().unwrap();
    let mut paths: Vec<&str> = documents.iter().map(|document| document["path"].as_str().unwrap()).collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "levering/map/archief.zip",
            "levering/map/archief.zip/lid.txt",
            "levering/map/tabel.csv",
            "levering/melding.txt",
            "levering/post.eml",
            "levering/post.eml/bijlage.txt",
            "levering/proces-verbaal.pdf",
        ]
    );
    assert_eq!(report["imported"], paths.len());
    assert_eq!(report["unchanged"], 0);
    for document in documents {
        has_fields(document, &["id", "path", "kind"]);
    }
    let kind = |path: &str| documents.iter().find(|document| document["path"] == path).unwrap()["kind"].clone();
    assert_eq!(kind("levering/proces-verbaal.pdf"), "pdf");
    assert_eq!(kind("levering/post.eml/bijlage.txt"), "txt");

    let failed = report["failed"].as_array().unwrap();
    for line in failed {
        has_fields(line, &["path", "reason", "message"]);
        assert!(!line["message"].as_str().unwrap().is_empty(), "a failure says what went wrong: {line}");
    }
    let mut reasons: Vec<_> =
        failed.iter().map(|line| (line["path"].as_str().unwrap(), line["reason"].as_str().unwrap())).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, [("levering/kapot.pdf", "damaged"), ("levering/leeg.txt", "empty")]);

    let listed = case.json("documents", &["--failed"]);
    let listed = listed["documents"].as_array().unwrap();
    assert_eq!(listed.len(), 2, "the failure list is kept: {listed:?}");
    assert!(listed.iter().all(|document| document["failure"]["reason"].is_string()));

    let again = case.import(&[&folder]);
    assert_eq!((&again["imported"], again["documents"].as_array().map(Vec::len)), (&Value::from(0), Some(0)));
    assert_eq!(again["unchanged"], 7, "the five files and the two that could not be read are there already");
    assert_eq!(case.documents().len(), 9);
}

#[test]
fn an_import_of_failing_files_only_ends_well() {
    let case = Case::new();
    let empty = case.write("leeg.txt", "");
    let ran = case.run("import", &import_arguments(&[&empty])).done();
    assert!(ran.text().contains("leeg.txt"), "{}", ran.text());
}

#[test]
fn without_organisation_source_or_purpose_nothing_is_taken_in() {
    let case = Case::new();
    let file = case.write("melding.txt", "Een melding.");
    let before = case.digest();
    let path = file.to_str().unwrap();
    for arguments in [
        vec![path, "--source", "BVH", "--purpose", "wpg-8"],
        vec![path, "--organisation", "politie", "--source", "BVH"],
        vec![path, "--organisation", "politie", "--purpose", "wpg-8"],
        vec![path, "--organisation", "", "--source", "BVH", "--purpose", "wpg-8"],
        vec![path, "--organisation", "politie", "--source", "BVH", "--purpose", " "],
        vec![path, "--organisation", "geen code/", "--source", "BVH", "--purpose", "wpg-8"],
        vec!["--organisation", "politie", "--source", "BVH", "--purpose", "wpg-8"],
    ] {
        case.run("import", &arguments).refused(2);
    }
    assert_eq!(case.documents().len(), 0);
    assert_eq!(case.digest(), before);
    case.run("import", &import_arguments(&[Path::new("/nergens/te/vinden.txt")])).refused(1);
}

#[test]
fn text_comes_with_form_feeds_and_originals_byte_for_byte() {
    let case = Case::new();
    let folder = delivery(&case);
    case.import(&[&folder]);
    let text = case.run("text", &[case.id("levering/proces-verbaal.pdf")]).done().text();
    let pages: Vec<&str> = text.split('\u{c}').map(str::trim).collect();
    assert_eq!(pages, ["Op de kade stond een grijze bestelbus.", "Tweede blad: de kade bij nacht."]);
    let files = case.documents().into_iter().filter(|document| document["parent"].is_null());
    let mut compared = 0;
    for document in files {
        let (id, path) = (document["id"].as_str().unwrap(), document["path"].as_str().unwrap());
        let source = std::fs::read(case.at(path)).unwrap();
        assert_eq!(case.run("original", &[id]).done().out, source, "{path}");
        assert_eq!(document["sha256"], sha256(&source), "{path}");
        compared += 1;
    }
    assert_eq!(compared, 7);
    let attachment = case.run("original", &[case.id("levering/post.eml/bijlage.txt")]).done();
    assert_eq!(attachment.text().trim_end(), "Over de bestelbus.");
    case.run("text", &["00112233445566778899aabbccddeeff"]).refused(1);
    case.run("original", &["geen id"]).refused(2);
}

#[test]
fn search_gives_passages_that_stand_in_the_text() {
    let case = Case::new();
    let folder = delivery(&case);
    case.import(&[&folder]);
    let found = case.json("search", &["bestelbus", "--facets"]);
    has_fields(&found, &["total", "hits", "facets"]);
    assert_eq!(found["total"], 4, "{found:#}");
    for hit in found["hits"].as_array().unwrap() {
        has_fields(hit, &["document", "path", "title", "organisation", "kind", "score", "passages"]);
        assert_eq!(hit["organisation"], "politie");
        let text = case.run("text", &[hit["document"].as_str().unwrap()]).done().text();
        let pages: Vec<&str> = text.split('\u{c}').collect();
        let passages = hit["passages"].as_array().unwrap();
        assert!(!passages.is_empty(), "a hit shows where: {hit}");
        for passage in passages {
            has_fields(passage, &["page", "start", "end", "quote", "highlights"]);
            let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
            let cut = |start: usize, end: usize| {
                pages[number(&passage["page"]) - 1].chars().skip(start).take(end - start).collect::<String>()
            };
            assert_eq!(passage["quote"], cut(number(&passage["start"]), number(&passage["end"])));
            let highlights = passage["highlights"].as_array().unwrap();
            assert!(!highlights.is_empty());
            for highlight in highlights {
                assert_eq!(cut(number(&highlight[0]), number(&highlight[1])).to_lowercase(), "bestelbus");
            }
        }
    }
    let facets = &found["facets"];
    for facet in ["organisation", "kind", "year"] {
        assert!(facets[facet].is_array(), "{facets}");
    }
    assert_eq!(facets["organisation"][0]["value"], "politie");
    assert_eq!(facets["organisation"][0]["count"], 4);
    assert!(case.json("search", &["bestelbus"])["facets"].is_null(), "facets are counted when asked for");

    let one = case.json("search", &["bestelbus", "--limit", "1"]);
    assert_eq!((one["hits"].as_array().map(Vec::len), &one["total"]), (Some(1), &found["total"]));
    assert_eq!(case.json("search", &["bestelbus", "--kind", "csv"])["total"], 1);
    assert_eq!(case.json("search", &["bestelbus", "--organisation", "fiod"])["total"], 0);
    for (query, total) in [
        ("aangifte", 1),
        ("=aangifte", 0),
        ("\"grijze bestelbus\"", 1),
        ("\"bestelbus grijze\"", 0),
        ("bestelbus NOT kade", 3),
        ("bestelbus AND kade", 1),
        ("kind:eml", 1),
        ("title:afspraak", 1),
        ("bestelbus organisation:politie", 4),
        ("date:2025-03", 1),
        ("cafe", 1),
        ("nergens", 0),
    ] {
        assert_eq!(case.json("search", &[query])["total"], total, "{query}");
    }
}

#[test]
fn a_malformed_query_is_refused_with_its_place() {
    let case = Case::new();
    case.import(&[&case.write("melding.txt", "Een melding.")]);
    for (query, place) in [
        ("melding AND", 9),
        ("(melding", 1),
        ("melding)", 8),
        ("\"melding", 1),
        ("melding veld:x", 9),
        ("date:2024-13", 6),
        ("date:2025..2024", 6),
        ("OR melding", 1),
    ] {
        let refused = case.run("search", &[query]).refused(1);
        assert!(refused.err.contains(&format!("character {place}")), "{query} is wrong at {place}: {}", refused.err);
    }
    case.run("search", &[""]).refused(1);
    case.run("search", &["melding", "--kind", "onzin"]).refused(2);
    let huge = "(".repeat(30_000);
    case.run("search", &[&huge]).refused(1);
}

#[test]
fn a_wrong_passphrase_changes_nothing_but_the_list_of_attempts() {
    let case = Case::new();
    case.import(&[&case.write("melding.txt", "Een melding.")]);
    let before = Snapshot::of(&case.workspace());
    std::fs::write(case.passphrase_file(), "dit is de verkeerde zin").unwrap();
    for (verb, arguments) in
        [("documents", vec![]), ("search", vec!["melding"]), ("doctor", vec!["--rebuild"]), ("undo", vec![])]
    {
        case.run(verb, &arguments).refused(1);
    }
    let changed = before.changed(&Snapshot::of(&case.workspace()));
    assert_eq!(changed, [Path::new("attempts")], "only the attempts are kept");

    std::fs::write(case.passphrase_file(), PASSPHRASE).unwrap();
    let secret = std::fs::read(case.device_secret_file()).unwrap();
    let other = Case::new();
    std::fs::copy(other.device_secret_file(), case.device_secret_file()).unwrap();
    case.run::<&str>("documents", &[]).refused(1);
    std::fs::remove_file(case.device_secret_file()).unwrap();
    case.run::<&str>("documents", &[]).refused(1);
    assert!(!case.device_secret_file().exists(), "opening makes no device secret");
    std::fs::write(case.device_secret_file(), secret).unwrap();

    let told = case.run::<&str>("documents", &[]).done();
    assert!(told.err.contains("5 failed attempts") || told.err.contains("4 failed attempts"), "{}", told.err);
    let log = case.json::<&str>("log", &[]);
    let failed =
        log["entries"].as_array().unwrap().iter().filter(|entry| entry["act"]["kind"] == "open_failed").count();
    assert!(failed >= 4, "failed attempts stand in the log: {failed}");
    assert!(!case.run::<&str>("documents", &[]).done().err.contains("failed attempts"), "they are told once");
}

#[test]
fn acts_are_undone_and_redone_over_restarts() {
    let case = Case::new();
    let empty = case.digest();
    case.import(&[&case.write("melding.txt", "Een melding."), &case.write("tweede.txt", "Een tweede.")]);
    let (one, two) = (case.id("melding.txt"), case.id("tweede.txt"));
    let label = ["--organisation", "fiod", "--source", "Ander", "--purpose", "sv-opsporing", "--marking", "tlp:red"];
    let acts: Vec<(&str, Vec<&str>, &str)> = vec![
        ("rename", vec![&one, "Wat de melder zag"], "document_renamed"),
        ("label", [&[one.as_str(), two.as_str()][..], &label].concat(), "documents_labelled"),
        ("remove", vec![&two], "documents_removed"),
        ("searches", vec!["--save", "melders", "melding OR melder"], "search_saved"),
    ];
    let mut digests = vec![case.digest()];
    for (verb, arguments, kind) in &acts {
        let change = case.json(verb, arguments);
        assert_eq!(change["act"]["kind"], *kind);
        digests.push(case.digest());
    }
    let documents = case.documents();
    assert_eq!(documents.len(), 1);
    assert_eq!(
        (&documents[0]["title"], &documents[0]["labels"]["marking"]),
        (&"Wat de melder zag".into(), &"tlp:red".into())
    );
    let searches = case.json::<&str>("searches", &[]);
    assert_eq!(searches[0]["query"], "melding OR melder");
    for window in 0..acts.len() {
        assert_ne!(digests[window], digests[window + 1], "{} changes the case", acts[window].0);
    }
    for digest in digests.iter().rev().skip(1) {
        assert_eq!(case.json::<&str>("undo", &[])["act"]["kind"], "undone");
        assert_eq!(case.digest(), *digest);
    }
    case.json::<&str>("undo", &[]);
    assert_eq!(case.digest(), empty, "with everything undone the case is as it was made");
    assert_eq!(case.documents().len(), 0);
    case.run::<&str>("undo", &[]).refused(1);
    for digest in &digests {
        assert_eq!(case.json::<&str>("redo", &[])["act"]["kind"], "redone");
        assert_eq!(case.digest(), *digest);
    }
    case.run::<&str>("redo", &[]).refused(1);
    assert_eq!(case.json("search", &["tweede"])["total"], 0, "what was removed is not found");
    case.json::<&str>("undo", &[]);
    case.json::<&str>("undo", &[]);
    assert_eq!(case.json("search", &["tweede"])["total"], 1, "what came back is found again");
    case.json("searches", &["--save", "anders", "melder"]);
    case.run::<&str>("redo", &[]).refused(1);
    let search = case.json::<&str>("searches", &[])[0]["id"].as_str().unwrap().to_owned();
    case.json("searches", &["--drop", &search]);
    assert_eq!(case.json::<&str>("searches", &[]), Value::Array(Vec::new()));
    case.run("remove", &[&two, "00112233445566778899aabbccddeeff"]).refused(1);
    assert_eq!(case.documents().len(), 2, "one that is not there means that none is removed");
}

#[test]
fn the_log_tells_every_act_and_can_be_verified() {
    let case = Case::new();
    case.import(&[&case.write("melding.txt", "Een melding.")]);
    let id = case.id("melding.txt");
    case.json("search", &["melding"]);
    case.run("text", &[&id]).done();
    case.run("original", &[&id]).done();
    let log = case.json::<&str>("log", &[]);
    let kinds: Vec<&str> =
        log["entries"].as_array().unwrap().iter().map(|entry| entry["act"]["kind"].as_str().unwrap()).collect();
    for kind in ["workspace_created", "documents_imported", "opened", "locked", "searched", "consulted", "exported"] {
        assert!(kinds.contains(&kind), "'{kind}' stands in the log: {kinds:?}");
    }
    let searched = log["entries"].as_array().unwrap().iter().find(|entry| entry["act"]["kind"] == "searched").unwrap();
    assert_eq!(searched["act"]["subject"], "melding", "with the query");
    let check = case.json("log", &["verify"]);
    assert_eq!((&check["ok"], &check["broken"]), (&true.into(), &Value::Null));
    assert!(check["entries"].as_u64().unwrap() >= kinds.len() as u64);
    assert!(case.run("log", &["verify"]).done().text().contains("all as written"));
}

#[test]
fn the_doctor_rebuilds_to_the_same_digest() {
    let case = Case::new();
    case.import(&[&delivery(&case)]);
    case.json("remove", &[&case.id("levering/post.eml")]);
    case.json("rename", &[&case.id("levering/melding.txt"), "Anders"]);
    let health = case.json::<&str>("doctor", &[]);
    has_fields(&health, &["ok", "state_digest", "problems"]);
    assert_eq!((&health["ok"], &health["problems"]), (&true.into(), &Value::Array(Vec::new())));
    let rebuilt = case.json("doctor", &["--rebuild"]);
    assert_eq!(rebuilt, health, "log and originals give what was kept");
    assert_eq!(case.json("search", &["bestelbus"])["total"], 3, "and everything is found as before");
}

#[test]
fn the_doctor_names_a_damaged_original() {
    let case = Case::new();
    case.import(&[&case.write("melding.txt", "Een melding.")]);
    let blob = std::fs::read_dir(case.workspace().join("blobs")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&blob).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&blob, bytes).unwrap();
    let ran = run(case.verb::<&str>("doctor", &[]).arg("--json"));
    assert_eq!(ran.code, 1);
    assert_eq!(ran.json()["ok"], false);
    assert!(ran.json()["problems"][0].as_str().unwrap().contains("melding.txt"), "{}", ran.text());
    case.run("original", &[case.id("melding.txt")]).refused(1);
}

#[test]
fn recovery_sets_passphrase_and_device_secret_anew() {
    let case = Case::empty();
    let key = case.make();
    case.import(&[&case.write("melding.txt", "Een melding.")]);
    let digest = case.digest();
    let recover = |key: &str, passphrase: &str, secret: &str| {
        let (key, passphrase) = (case.write("sleutel", key), case.write("nieuw", passphrase));
        let mut command = case
            .bare("recover", &[Path::new("--recovery-key-file"), &key, Path::new("--passphrase-file"), &passphrase]);
        run(command.arg("--device-secret-file").arg(case.at(secret)))
    };
    let before = Snapshot::of(&case.workspace());
    let mut mistyped = key.clone().into_bytes();
    let last = mistyped.len() - 1;
    mistyped[last] = if mistyped[last] == b'0' { b'1' } else { b'0' };
    recover(&String::from_utf8(mistyped).unwrap(), "een nieuwe lange zin", "tweede-stick").refused(1);
    recover(&Case::empty().make(), "een nieuwe lange zin", "tweede-stick").refused(1);
    recover("", "een nieuwe lange zin", "tweede-stick").refused(1);
    recover(&key, "kort", "tweede-stick").refused(1);
    let changed = before.changed(&Snapshot::of(&case.workspace()));
    assert!(changed.iter().all(|name| name == Path::new("attempts")), "what is refused changes nothing: {changed:?}");

    recover(&format!("{key}\n"), "een nieuwe lange zin", "tweede-stick").done();
    case.run::<&str>("documents", &[]).refused(1);
    let opened = run(case
        .bare::<&str>("doctor", &[])
        .arg("--json")
        .arg("--passphrase-file")
        .arg(case.at("nieuw"))
        .arg("--device-secret-file")
        .arg(case.at("tweede-stick")));
    assert_eq!(opened.done().json()["state_digest"], digest, "nothing of the case is lost");
    recover(&key, PASSPHRASE, "device-secret").done();
    assert_eq!(case.digest(), digest, "the recovery key stays good");
}

#[test]
fn the_passphrase_can_be_changed() {
    let case = Case::new();
    let digest = case.digest();
    let new = case.write("nieuw", "een andere lange zin\n");
    let weak = case.write("zwak", "kort");
    case.run("passphrase", &[Path::new("--new-passphrase-file"), &weak]).refused(1);
    assert_eq!(case.digest(), digest, "the old passphrase still opens");
    case.run("passphrase", &[Path::new("--new-passphrase-file"), &new]).done();
    case.run::<&str>("doctor", &[]).refused(1);
    std::fs::copy(&new, case.passphrase_file()).unwrap();
    assert_eq!(case.digest(), digest);
    let log = case.json::<&str>("log", &[]).to_string();
    assert!(log.contains("keys_changed") && !log.contains("andere lange zin"));
}

#[test]
fn a_passphrase_can_come_from_standard_input_and_is_asked_on_a_terminal_only() {
    let case = Case::new();
    let secret = case.device_secret_file();
    let mut command = case.bare("documents", &["--json", "--passphrase-file", "-", "--device-secret-file"]);
    let ran = run_with_input(command.arg(&secret), &format!("{PASSPHRASE}\r\nnog een regel\n"));
    assert_eq!(ran.done().json()["total"], 0);
    let mut command = case.bare("documents", &["--passphrase-file", "-", "--device-secret-file"]);
    run_with_input(command.arg(&secret), "verkeerde zin\n").refused(1);
    run(case.bare("documents", &["--device-secret-file"]).arg(&secret)).refused(1);
}

#[test]
fn a_workspace_that_is_not_there_or_open_elsewhere_is_named() {
    let case = Case::empty();
    let refused = case.run::<&str>("documents", &[]).refused(1);
    assert!(refused.err.contains("zaak.koplamp"), "{}", refused.err);
    assert!(!case.workspace().exists(), "looking for a workspace makes none");
    let case = Case::new();
    let open = answers::open(&case.workspace(), &case.device_secret_file(), PASSPHRASE).unwrap();
    let refused = case.run::<&str>("documents", &[]).refused(1);
    assert!(refused.err.contains("open elsewhere"), "{}", refused.err);
    open.close("end").unwrap();
    case.run::<&str>("documents", &[]).done();
}

#[test]
fn lock_asks_the_program_that_has_it_open() {
    let case = Case::new();
    let lock = || run(case.bare::<&str>("lock", &[]).arg("--json")).done().json();
    assert_eq!((&lock()["locked"], &lock()["was_open"]), (&true.into(), &false.into()));
    let open = answers::open(&case.workspace(), &case.device_secret_file(), PASSPHRASE).unwrap();
    std::thread::scope(|scope| {
        let asked = scope.spawn(lock);
        while !koplamp_workspace::lock_requested(&case.workspace()) {
            assert!(!asked.is_finished(), "it waits until the other program has locked");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        open.close("request").unwrap();
        assert_eq!(asked.join().unwrap()["was_open"], true);
    });
    case.run::<&str>("documents", &[]).done();
}
