//! `cargo xtask bench`: what is measured, and how.

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
    (&["search", "open"], &["build", "--release", "-p", "koplamp-intake", "--bins"]),
    // Opening workspaces small and large.
    (&["search", "open"], &["bench", "-p", "koplamp-workspace", "--bench", "open"]),
];

/// Names that can be given.
pub const NAMES: [&str; 2] = ["search", "open"];

/// Measures what has this name; without one, everything.
///
/// # Errors
/// A bench failed, or found something slower than was agreed.
pub fn bench(repository: &Repository, name: Option<&str>) -> Result<()> {
    setup::debian::install(&[setup::debian::BUILDING])?;
    for (names, arguments) in BENCHES {
        if name.is_none_or(|name| names.contains(&name)) {
            program::run(&mut repository.cargo(arguments))
                .with_context(|| format!("bench '{}' failed", names.join(", ")))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_measures_something() {
        for name in NAMES {
            assert!(BENCHES.iter().any(|(names, _)| names.contains(&name)), "{name} names no bench");
        }
    }
}
