//! Koplamp without a window: the same workspace, for scripts, tests and servers.
//!
//! `--json` gives one JSON document on standard output; messages go to standard error. Exit codes: 0 done, 1 refused or failed with a
//! message, 2 usage.

mod arguments;
mod keys;
mod output;
mod verbs;

use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;
use output::Failed;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Err(error) = koplamp_workspace::harden_process() {
        eprintln!("koplamp: warning: {error}");
    }
    match verbs::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that went away (`koplamp log | head`) has what it wanted.
        Err(Failed::BrokenPipe) => ExitCode::SUCCESS,
        Err(Failed::Usage(message)) => {
            eprintln!("koplamp: {}", output::harmless(&message));
            ExitCode::from(2)
        }
        Err(Failed::Refused(message)) => {
            eprintln!("koplamp: {}", output::harmless(&message));
            ExitCode::FAILURE
        }
    }
}
