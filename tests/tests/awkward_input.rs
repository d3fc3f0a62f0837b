//! Awkward input through the command line: files that cannot be had, originals that got lost, the same file twice, numbers and names
//! that mean harm.

use koplamp_tests::case::{Case, run};
use koplamp_tests::files;

#[test]
fn a_file_that_cannot_be_taken_in_stays_on_the_list_until_it_can() {
    let case = Case::new();
    let good = case.write("bron/goed.txt", "Een melding.");
    std::os::unix::fs::symlink(&good, case.at("bron/verwijzing.txt")).unwrap();
    let folder = case.at("bron");
    let report = case.import(&[&folder]);
    assert_eq!((&report["imported"], report["failed"].as_array().unwrap().len()), (&1.into(), 1), "{report}");
    let failed = case.json("documents", &["--failed"])["documents"].clone();
    assert_eq!((failed.as_array().unwrap().len(), &failed[0]["path"]), (1, &"bron/verwijzing.txt".into()));
    case.run("original", &[failed[0]["id"].as_str().unwrap()]).refused(1);
    let again = case.import(&[&folder]);
    assert_eq!((&again["imported"], &again["unchanged"]), (&0.into(), &1.into()), "{again}");
    assert_eq!(case.documents().len(), 2, "failing again makes no second line");
    assert!(case.json("doctor", &["--rebuild"])["ok"].as_bool().unwrap());

    std::fs::remove_file(case.at("bron/verwijzing.txt")).unwrap();
    case.write("bron/verwijzing.txt", "Nu is het een bestand.");
    assert_eq!(case.import(&[&folder])["imported"], 1);
    assert!(case.json("documents", &["--failed"])["documents"].as_array().unwrap().is_empty());
    case.json::<&str>("undo", &[]);
    assert_eq!(case.json("documents", &["--failed"])["documents"].as_array().unwrap().len(), 1, "as it was before");
}

#[test]
fn an_original_that_is_lost_is_put_back_by_importing_it_again() {
    let case = Case::new();
    let files = [
        case.write("a.txt", "Een melding."),
        case.write(
            "post.eml",
            files::eml("k@posthoorn.example", "afspraak", "Tot vrijdag.", &[("bijlage.txt", "Bestelbus.")]),
        ),
    ];
    let files = files.each_ref().map(std::path::PathBuf::as_path);
    case.import(&files);
    let whole = case.json::<&str>("doctor", &[]);
    for blob in std::fs::read_dir(case.workspace().join("blobs")).unwrap() {
        std::fs::remove_file(blob.unwrap().path()).unwrap();
    }
    let hurt = run(case.verb("doctor", &["--rebuild"]).arg("--json")).json();
    assert_eq!(hurt["problems"].as_array().unwrap().len(), case.documents().len(), "each is named: {hurt}");
    assert_eq!(hurt["state_digest"], whole["state_digest"], "what was read from it stays");
    let again = case.import(&files);
    assert_eq!((&again["imported"], &again["unchanged"]), (&0.into(), &2.into()));
    assert_eq!(case.json("doctor", &["--rebuild"]), whole, "attachments among them");
}

#[test]
fn the_same_file_named_twice_comes_in_once() {
    let case = Case::new();
    let file = case.write("map/a.txt", "Een melding.");
    let same = case.at("map/../map/a.txt");
    let report = case.import(&[&file, &same, &case.at("map")]);
    assert_eq!((&report["imported"], &report["unchanged"]), (&1.into(), &0.into()), "{report}");
    case.write("elders/b/a.txt", "Een melding.");
    case.write("daar/b/a.txt", "Een melding.");
    let report = case.import(&[&case.at("elders/b"), &case.at("daar/b")]);
    assert_eq!((&report["imported"], &report["unchanged"]), (&1.into(), &1.into()), "under one path: {report}");
}

#[test]
fn numbers_beyond_all_bounds_do_no_harm() {
    let case = Case::new();
    case.import(&[&case.write("a.txt", "Een melding.")]);
    let found = case.json("search", &["melding", "--limit", "4294967295", "--offset", "4294967295"]);
    assert_eq!((&found["total"], found["hits"].as_array().unwrap().len()), (&1.into(), 0));
}

#[test]
fn names_of_files_cannot_speak_to_the_terminal() {
    let case = Case::new();
    case.import(&[&case.write("\u{1b}[31mrood\u{202e}.txt", "Een melding.")]);
    let listed = case.run::<&str>("documents", &[]).done();
    assert!(!listed.text().contains(['\u{1b}', '\u{202e}']), "{:?}", listed.text());
    assert!(listed.text().contains("\\u{1b}[31mrood\\u{202e}.txt"), "{:?}", listed.text());
}
