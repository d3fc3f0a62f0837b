//! What leaves a workspace by the command line: to a plain file outside every workspace, and over nothing that is there.

use std::path::PathBuf;

use koplamp_tests::Case;

const FTM: &str = r#"{"id":"p1","schema":"Person","properties":{"name":["Ada Vuurtoren"]}}
"#;

fn case() -> Case {
    let case = Case::new();
    let file = case.write("in.ftm.json", FTM);
    let labels = ["--organisation", "fiod", "--source", "Uitwisseling", "--purpose", "awr-toezicht"];
    let import = [&["import", file.to_str().unwrap(), "--format", "ftm", "--chart", "Kaart"], &labels[..]].concat();
    case.run("interchange", &import).done();
    case
}

/// Each way in which something leaves, to this file.
fn ways(file: &str) -> [(&'static str, Vec<String>); 3] {
    let own = |arguments: &[&str]| arguments.iter().map(|argument| (*argument).to_owned()).collect();
    [
        ("interchange", own(&["export", file, "--format", "ftm"])),
        ("glossary", own(&["export", file, "--format", "turtle"])),
        ("briefing", own(&["--chart", "Kaart", "--to", file])),
    ]
}

#[test]
fn an_export_never_destroys_a_workspace() {
    let (case, other) = (case(), Case::new());
    case.run("glossary", &["seed"]).done();
    let folder = case.workspace();
    let name = folder.file_name().unwrap();
    let link = case.at("map");
    std::os::unix::fs::symlink(&folder, &link).unwrap();
    let targets: [PathBuf; 5] = [
        folder.join("header"),
        folder.join("..").join(name).join("store.db"),
        link.join("header"),
        folder.join("blobs").join("a.svg"),
        other.workspace().join("header"),
    ];
    let digest = case.digest();
    for target in targets {
        for (verb, mut arguments) in ways(target.to_str().unwrap()) {
            if verb == "briefing" && target.extension().is_none_or(|ending| ending != "svg") {
                continue;
            }
            arguments.push("--overwrite".into());
            let ran = case.run(verb, &arguments).refused(1);
            assert!(ran.err.contains("in the folder of a workspace"), "{verb} {}: {}", target.display(), ran.err);
        }
    }
    assert_eq!(case.digest(), digest, "the workspace opens, and is what it was");
    other.digest();
    let log = case.json::<&str>("log", &[]);
    let disclosed = log["entries"].as_array().unwrap().iter().filter(|entry| entry["act"]["kind"] == "disclosed");
    assert_eq!(disclosed.count(), 0, "nothing left, and the log says nothing else");
}

#[test]
fn a_file_that_is_there_stays_unless_it_may_be_overwritten() {
    let case = case();
    case.run("glossary", &["seed"]).done();
    let file = case.write("mijn.svg", "mijn werk");
    for (verb, mut arguments) in ways(file.to_str().unwrap()) {
        std::fs::write(&file, "mijn werk").unwrap();
        let ran = case.run(verb, &arguments).refused(1);
        assert!(ran.err.contains("--overwrite"), "{verb}: {}", ran.err);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mijn werk", "{verb}");
        arguments.push("--overwrite".into());
        case.run(verb, &arguments).done();
        assert_ne!(std::fs::read(&file).unwrap(), b"mijn werk", "{verb}");
    }
}
