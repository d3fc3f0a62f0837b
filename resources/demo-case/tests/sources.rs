//! What is said about sources that are wrong, and whether the sources of the demo case itself are right.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its own helpers too")]

use koplamp_demo_case::{DemoCase, Result, answers, load, render};
use std::{fs, path::Path};

const CASE: &str = "name = \"Proef\"\n[[delivery]]\norganisation = \"om\"\nfolder = \"om\"\nsource = \"x\"\n\
                    purpose = \"sv-opsporing\"\nmarking = \"tlp:red\"\n";

/// Loads a case of the given sources, each a name, its front matter without what all have, and its body.
fn load_sources(sources: &[(&str, &str, &str)]) -> (tempfile::TempDir, Result<DemoCase>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("case.toml"), CASE).unwrap();
    let documents = folder.path().join("documents/om");
    fs::create_dir_all(&documents).unwrap();
    for (name, front, body) in sources {
        let text = format!(
            "+++\norganisation = \"om\"\ntitle = \"t\"\nauthor = \"a\"\nlanguage = \"nl\"\n{front}\n+++\n{body}"
        );
        fs::write(documents.join(name), text).unwrap();
    }
    let case = load(folder.path());
    (folder, case)
}

fn message(sources: &[(&str, &str, &str)]) -> String {
    load_sources(sources).1.expect_err("a wrong source must not load").to_string()
}

#[test]
fn a_wrong_source_is_told_with_file_and_line() {
    for (front, line, part) in [
        ("file = \"om/a.xls\"\ndate = 2025-01-01", 6, "extension"),
        ("date = 2025-01-01", 1, "missing field `file`"),
        ("date = 2025-01-01\nfile = \"../om/a.pdf\"", 7, "relative path"),
        ("date = 2025-01-01\nfile = \"douane/a.pdf\"", 7, "must lie in `om`"),
        ("date = 2025-01-01\nfile = \"om/a.eml\"", 7, "needs `from` and `to`"),
        ("file = \"om/a.pdf\"\ndate = \"2025-01-01\"", 7, "date"),
        ("file = \"om/a.pdf\"\ndate = 2025-01-01\ntime = \"25:00\"", 8, "time of day"),
        ("file = \"om/a.pdf\"\ndate = 2025-01-01\nkleur = \"blauw\"", 8, "unknown field `kleur`"),
        ("file = \"om/a.txt\"\ndate = 2025-01-01\nencoding = \"klingon\"", 8, "not the name of an encoding"),
        ("file = \"om/a.pdf\"\ndate = 2025-01-01\nencoding = \"latin1\"", 8, "only csv and txt"),
        ("file = \"om/a.zip\"\ndate = 2025-01-01\nmembers = [\"om/b.pdf\"]", 8, "no source has"),
        ("file = \"om/a.zip\"\ndate = 2025-01-01\nmembers = [\"om/a.zip\"]", 8, "carries itself"),
        ("file = \"om/a.pdf\"\ndate = 2025-01-01\nattached_only = true", 8, "no mail or archive carries"),
    ] {
        let message = message(&[("001-a.md", front, "tekst")]);
        let place = format!("001-a.md:{line}: ");
        let found = message.contains(&place) || (line == 1 && message.contains("001-a.md:"));
        assert!(found && message.contains(part), "`{front}` should say {place}…{part}, but says: {message}");
    }
    let front = "file = \"om/a.pdf\"\ndate = 2025-01-01";
    let twice = message(&[("001-a.md", front, ""), ("002-b.md", front, "")]);
    assert!(twice.contains("002-b.md:6: ") && twice.contains("001-a.md has the same `file`"), "{twice}");
}

#[test]
fn what_cannot_be_rendered_names_the_file_and_the_reason() {
    let long_letter = "Een regel van de brief.\n\n".repeat(80);
    for (front, body, part) in [
        ("file = \"om/a.pdf\"\ndate = 2025-01-01", "een \u{1F9FF} oog", "U+1F9FF"),
        ("file = \"om/a.png\"\ndate = 2025-01-01", long_letter.as_str(), "a scan is one page"),
        ("file = \"om/a.txt\"\ndate = 2025-01-01\nencoding = \"windows-1252\"", "pijl →", "no character `→`"),
        (
            "file = \"om/a.eml\"\ndate = 2025-01-01\nfrom = \"niemand\"\nto = [\"a@b.example\"]",
            "",
            "not a mail address",
        ),
    ] {
        let (folder, case) = load_sources(&[("001-a.md", front, body)]);
        let message = render(&case.unwrap(), &folder.path().join("out")).unwrap_err().to_string();
        assert!(message.contains(part), "{front}: {message}");
    }
}

#[test]
fn the_answer_key_is_read() {
    let key = answers(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/case")).unwrap();
    assert_eq!(key["join"].as_array().unwrap().len(), 1);
}

#[test]
fn the_demo_case_itself_loads_and_renders() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let case = load(folder).unwrap_or_else(|error| panic!("{error}"));
    assert!(case.documents.len() >= 80, "a story told through at least 80 documents, not {}", case.documents.len());
    let out = tempfile::tempdir().unwrap();
    let rendered = render(&case, out.path()).unwrap_or_else(|error| panic!("{error}"));
    for delivery in &case.deliveries {
        let some = rendered.iter().any(|file| file.path.starts_with(out.path().join(&delivery.folder)));
        assert!(some, "nothing in the delivery of {}", delivery.organisation);
    }
}
