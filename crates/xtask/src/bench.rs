//! `cargo xtask bench`: what is measured, and how.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::program;
use crate::repository::Repository;
use crate::setup;

/// A command of cargo, and the names under which it is run.
type Bench = (&'static [&'static str], &'static [&'static str]);

const BENCHES: &[Bench] = &[
    // Encrypted index against plain index; fails when it is slower than was agreed.
    (&["search"], &["bench", "-p", "koplamp-search", "--bench", "search", "--", "--check"]),
    // The worker that imports start.
    (&["search", "open", "exchange"], &["build", "--release", "-p", "koplamp-worker", "--bins"]),
    // Marking up a document of 500 pages against finding its terms letter by letter; fails when it is slower than was agreed.
    (&["glossary"], &["bench", "-p", "koplamp-glossary", "--bench", "marks", "--", "--check"]),
    // Searching in the sense of an organisation against the same query by hand, and coverage against counting words.
    (&["glossary"], &["bench", "-p", "koplamp-workspace", "--bench", "senses", "--", "--check"]),
    // Opening workspaces small and large.
    (&["search", "open"], &["bench", "-p", "koplamp-workspace", "--bench", "open"]),
    // A table of a million payments, mapped and stored.
    (&["exchange"], &["run", "--release", "-p", "koplamp-workspace", "--example", "payments"]),
];

/// Benches whose rival is a package of Node's: the folder whose packages are installed first.
const AGAINST_NODE: &[(&[&str], &str, &[&str])] = &[
    // The force layout against graphology's ForceAtlas2.
    (&["chart"], "crates/chart/benches/layout-rival", &["bench", "-p", "koplamp-chart", "--bench", "layout"]),
];

/// Benches whose rival is a Python package: the bench is run with that Python.
const AGAINST_PYTHON: &[Bench] = &[
    // Exact betweenness against igraph; fails when it is slower than was agreed.
    (&["chart"], &["bench", "-p", "koplamp-chart", "--bench", "betweenness", "--", "--check", "--python"]),
];

/// Benches in the real window: run with the programs that `run` and `test` build, for what is measured is the page in its engine.
const IN_THE_WINDOW: &[(&[&str], &[&str])] = &[
    // Frame times while a chart is panned and zoomed; fails when they are longer than was agreed.
    (&["chart", "frames"], &["--profile", "dev", "--bench", "frames", "--", "--check"]),
];

/// Benches of ways to draw, in the window's engine: scripts of this folder, whose packages are installed first.
const WAYS_TO_DRAW: &[(&[&str], &str, &str)] = &[
    // Our drawing against sigma.js, cytoscape.js and plain ways.
    (&["drawing"], "ui/bench", "bench"),
];

/// The Python packages that benches compare with.
const RIVALS: [&str; 1] = ["python-igraph==1.0.0"];

/// Names that can be given.
pub const NAMES: [&str; 7] = ["search", "open", "chart", "frames", "drawing", "exchange", "glossary"];

/// Measures what has this name; without one, everything. A bench that fails does not keep the others from being run.
///
/// # Errors
/// What a bench stands on could not be set up, or benches failed or found something slower than was agreed: all of them are named at the end.
pub fn bench(repository: &Repository, name: Option<&str>) -> Result<()> {
    setup::debian::install(&[setup::debian::BUILDING])?;
    let wanted = |names: &[&str]| name.is_none_or(|name| names.contains(&name));
    let mut failed = Vec::new();
    let mut measured = |command: &mut Command| {
        if let Err(error) = program::run(command) {
            eprintln!("\n{error:#}\n");
            failed.push(program::shown(command));
        }
    };
    for (_, arguments) in BENCHES.iter().filter(|bench| wanted(bench.0)) {
        measured(&mut repository.cargo(arguments));
    }
    for (_, folder, arguments) in AGAINST_NODE.iter().filter(|bench| wanted(bench.0)) {
        program::run(repository.npm(&["ci"]).current_dir(repository.root.join(folder)))?;
        measured(&mut repository.cargo(arguments));
    }
    for (_, arguments) in IN_THE_WINDOW.iter().filter(|bench| wanted(bench.0)) {
        setup::to_build(repository)?;
        setup::debian::install(&[setup::debian::WINDOW_TESTS])?;
        program::run(&mut repository.programs())?;
        measured(&mut repository.workspace("bench", arguments));
    }
    for (_, folder, script) in WAYS_TO_DRAW.iter().filter(|bench| wanted(bench.0)) {
        setup::node_packages(repository)?;
        setup::debian::install(&[setup::debian::WINDOW_TESTS])?;
        let at = |arguments: &[&str]| {
            let mut npm = repository.npm(arguments);
            npm.current_dir(repository.root.join(folder));
            npm
        };
        program::run(&mut at(&["ci"]))?;
        measured(&mut at(&["run", script]));
    }
    for (_, arguments) in AGAINST_PYTHON.iter().filter(|bench| wanted(bench.0)) {
        let python = setup::python(repository, "rivals", &RIVALS)?;
        measured(repository.cargo(arguments).arg(python));
    }
    ensure!(failed.is_empty(), "failed, or slower than was agreed:\n{}", failed.join("\n"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_measures_something() {
        for name in NAMES {
            assert!(
                BENCHES.iter().chain(AGAINST_PYTHON).chain(IN_THE_WINDOW).any(|(names, _)| names.contains(&name))
                    || WAYS_TO_DRAW.iter().any(|(names, ..)| names.contains(&name)),
                "{name} names no bench"
            );
        }
    }
}
