//! `cargo xtask bench`: what is measured, and how.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::program;
use crate::repository::Repository;
use crate::setup;

/// A command of cargo, and the names under which it is run.
type Bench = (&'static [&'static str], &'static [&'static str]);

const BENCHES: &[Bench] = &[
    // Encrypted index against plain index; fails when it is slower than was agreed.
    (&["search"], &["bench", "-p", "koplamp-search", "--bench", "search", "--", "--check"]),
    // The worker that imports start.
    (&["search", "open"], &["build", "--release", "-p", "koplamp-worker", "--bins"]),
    // Opening workspaces small and large.
    (&["search", "open"], &["bench", "-p", "koplamp-workspace", "--bench", "open"]),
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

/// The Python packages that benches compare with.
const RIVALS: [&str; 1] = ["python-igraph==1.0.0"];

/// Names that can be given.
pub const NAMES: [&str; 3] = ["search", "open", "chart"];

/// Measures what has this name; without one, everything.
///
/// # Errors
/// A bench failed, or found something slower than was agreed.
pub fn bench(repository: &Repository, name: Option<&str>) -> Result<()> {
    setup::debian::install(&[setup::debian::BUILDING])?;
    let wanted = |bench: &&Bench| name.is_none_or(|name| bench.0.contains(&name));
    for (names, arguments) in BENCHES.iter().filter(wanted) {
        program::run(&mut repository.cargo(arguments))
            .with_context(|| format!("bench '{}' failed", names.join(", ")))?;
    }
    for (names, folder, arguments) in
        AGAINST_NODE.iter().filter(|(names, ..)| name.is_none_or(|name| names.contains(&name)))
    {
        program::run(repository.npm(&["ci"]).current_dir(repository.root.join(folder)))?;
        program::run(&mut repository.cargo(arguments))
            .with_context(|| format!("bench '{}' failed", names.join(", ")))?;
    }
    for (names, arguments) in AGAINST_PYTHON.iter().filter(wanted) {
        let python = python(repository)?;
        program::run(repository.cargo(arguments).arg(python))
            .with_context(|| format!("bench '{}' failed", names.join(", ")))?;
    }
    Ok(())
}

/// A Python of its own with the rivals, in the target folder.
fn python(repository: &Repository) -> Result<PathBuf> {
    let folder = repository.target.join("rivals");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.is_file() {
        program::run(repository.command("python3").args(["-m", "venv"]).arg(&folder))
            .context("a Python with its module 'venv' is needed to compare with (Debian: python3-venv)")?;
    }
    let mut pip = repository.command(&python);
    program::run(pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(RIVALS))?;
    Ok(python)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_measures_something() {
        for name in NAMES {
            assert!(
                BENCHES.iter().chain(AGAINST_PYTHON).any(|(names, _)| names.contains(&name)),
                "{name} names no bench"
            );
        }
    }
}
