//! What we write, judged by a validator that is not ours: pyshacl (<https://github.com/RDFLib/pySHACL>) with the rules of NL-SBB.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::broken::{BROKEN, PREFIXES, SOUND};
use common::{glossary, repository, seed_files};
use koplamp_glossary::{Format, Limits, RULES, read, write};

/// The Python that `cargo xtask setup` and `cargo xtask test` make, beside the folder of what is built.
fn python() -> PathBuf {
    let here = std::env::current_exe().expect("a running program has a path");
    let target = here.ancestors().nth(3).expect("a test lies in target/PROFILE/deps");
    let python = target.join("validator").join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    assert!(python.is_file(), "{} is not there; first run: cargo xtask setup", python.display());
    python
}

/// The severities of what breaks a rule in each file, with the messages.
fn judge(files: &[PathBuf]) -> BTreeMap<String, (String, String)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validate.py");
    let shapes = repository().join("tests/data/glossary/nl-sbb-shapes.ttl");
    let ran = Command::new(python()).arg(script).arg(shapes).args(files).output().expect("started");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let text = String::from_utf8(ran.stdout).expect("text");
    let judged: BTreeMap<_, _> = text
        .lines()
        .map(|line| {
            let mut parts = line.split('\t').map(str::to_owned);
            let mut part = || parts.next().expect("three parts");
            (part(), (part(), part()))
        })
        .collect();
    assert_eq!(judged.len(), files.len(), "{text}");
    judged
}

fn place(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("written");
    path
}

#[test]
fn the_seed_goes_out_as_the_profile_wants_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole: Vec<u8> = seed_files().into_iter().flat_map(|(_, bytes)| bytes).collect();
    let seed = glossary(Format::Turtle, &whole);
    let out = |format, organisation: Option<&str>| write(format, &seed, organisation).expect("written");
    let mut files = vec![
        place(folder.path(), "whole.ttl", &out(Format::Turtle, None)),
        place(folder.path(), "whole.jsonld", &out(Format::JsonLd, None)),
    ];
    for organisation in ["politie", "om", "belastingdienst", "douane", "fiod", "kmar"] {
        files.push(place(folder.path(), &format!("{organisation}.ttl"), &out(Format::Turtle, Some(organisation))));
    }
    let table = "code;term;synoniemen;jargon;definitie;bron;ruimer\n\
        1;aangifte;melding van goederen;AC4;Wat wordt aangegeven.;DWU art. 5(12), https://example.org/dwu;\n\
        2;summiere aangifte;;;Aangifte vooraf.;;1\n";
    let table = read(Format::Csv, table.as_bytes(), "douane", &Limits::default(), &mut |_| true).expect("read");
    files.push(place(folder.path(), "table.ttl", &write(Format::Turtle, &table.glossary, None).expect("written")));
    for (name, (severities, messages)) in judge(&files) {
        assert_eq!(severities, "", "{name}: {messages}");
    }
}

/// Rules that the shapes beside us do not have, or have as a lighter one. In the text of the profile, or in the shapes that Geonovum
/// publishes: a scheme is mandatory, and so is that relations go from and to concepts. By the SKOS reference: what is several things at
/// once. Ours: circles, mappings to what is not here, and that two mappings of a pair exclude each other whichever they are.
const BESIDE: &[&str] = &[
    "scheme-missing",
    "concept-untyped",
    "relation-unknown",
    "concept-blank",
    "concept-and-collection",
    "scheme-and-collection",
    "collection-label",
    "collection-member",
    "finer-unknown",
    "top-unknown",
    "wider-cycle",
    "match-unknown",
    "match-exclusive",
];

#[test]
fn we_find_what_the_validator_finds() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, more: &str| {
        place(folder.path(), &format!("{name}.ttl"), format!("{PREFIXES}{SOUND}{more}\n").as_bytes())
    };
    let mut files = vec![file("sound", "")];
    files.extend(BROKEN.iter().map(|(rule, broken)| file(rule, broken)));
    let judged = judge(&files);
    // That nothing stands above a concept and nothing below is information: neither good nor bad.
    assert_eq!(judged["sound.ttl"].0, "Info", "{}", judged["sound.ttl"].1);
    let mut differ = Vec::new();
    for (code, _) in BROKEN.iter().filter(|(code, _)| !BESIDE.contains(code)) {
        let rule = RULES.iter().find(|rule| rule.code == *code).expect("a rule");
        let (severities, messages) = &judged[&format!("{code}.ttl")];
        let has = |severity| severities.split(',').any(|known| known == severity);
        let agrees = if rule.mandatory { has("Violation") } else { has("Warning") && !has("Violation") };
        if !agrees {
            differ.push(format!("{code}: {severities} {messages}"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
