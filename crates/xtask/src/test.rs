//! `cargo xtask test`: every check, the fast ones first, until one fails.

use std::process::ExitCode;

use anyhow::Result;

use crate::repository::Repository;
use crate::steps::Steps;
use crate::tally::Tally;
use crate::{bindings, program, setup, tidy};

/// Runs everything; the last line counts the tests.
pub fn test(repository: &Repository) -> ExitCode {
    let (mut steps, mut tally) = (Steps::default(), Tally::default());
    let outcome = all(repository, &mut steps, &mut tally);
    steps.print_times();
    match outcome {
        Ok(()) => {
            println!("\n{tally}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            println!("\n{tally}; the steps after the failed one were not run");
            ExitCode::FAILURE
        }
    }
}

fn all(repository: &Repository, steps: &mut Steps, tally: &mut Tally) -> Result<()> {
    let npm = |arguments: &[&str]| program::run(&mut repository.npm(arguments));

    steps.step("repository rules", || tidy::check(repository))?;
    steps.step("format", || program::run(&mut repository.cargo(&["fmt", "--all", "--check"])))?;
    steps
        .step("Debian packages", || setup::debian::install(&[setup::debian::BUILDING, setup::debian::WINDOW_TESTS]))?;
    steps.step("npm packages", || setup::node_packages(repository))?;
    steps.step("page: lints", || npm(&["run", "lint"]))?;
    steps.step("page: types", || npm(&["run", "check"]))?;
    steps.step("page: tests", || program::watch(&mut repository.npm(&["test"]), |line| tally.vitest(line)))?;
    steps.step("page: build", || setup::page(repository))?;
    steps.step("licences and sources", || {
        // Advisories come from a database on the network: see deny.toml.
        program::run(setup::cargo_deny(repository)?.args([
            "check",
            "--hide-inclusion-graph",
            "bans",
            "licenses",
            "sources",
        ]))
    })?;
    steps.step("lints", || {
        program::run(&mut repository.workspace("clippy", &["--all-targets", "--", "-D", "warnings"]))
    })?;
    steps.step("validator of glossaries", || setup::validator(repository))?;
    steps.step("programs", || program::run(&mut repository.programs()))?;
    steps.step("tests", || {
        let mut command = repository.workspace("test", &["--no-fail-fast"]);
        program::watch(bindings::into_target(repository, &mut command)?, |line| tally.rust(line))
    })?;
    steps.step("generated types", || bindings::check(repository))
}
