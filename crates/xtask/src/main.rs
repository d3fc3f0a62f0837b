//! The front door of the repository: one command sets up, builds and does what was asked. See `HELP`.
#![allow(clippy::print_stdout, reason = "this program talks to the person who typed the command")]

mod bench;
mod bindings;
mod case;
mod demo;
mod dev;
mod dist;
mod folder;
mod program;
mod repository;
mod run;
mod setup;
mod steps;
mod tally;
mod test;
mod tidy;

use std::process::ExitCode;

use repository::Repository;

const HELP: &str = "\
cargo xtask COMMAND

  setup         install what building and testing need: Debian packages, npm packages, cargo-deny
  run           build, make an encrypted workspace of the demo case, print a summary, and open the window on it;
                without a display: walk through the window on a virtual one and leave screenshots
  test          run every check: format, lints, licences, repository rules, all tests, generated types
  bindings      write the TypeScript types of ui/src/bindings anew from the Rust types
  bench [NAME]  measure; NAME is 'search' (search and opening), 'open' (opening only), 'chart' (measures, layouts, and
                frames in the window), 'frames' (those only) or 'drawing' (ways to draw, against other libraries);
                without it, everything
  dist          make the packages: a .deb and a .tar.gz
  dev           open the window with live reload
  hub           (comes with a later version)

Each command first sets up what it needs itself. On Debian and Ubuntu the packages are installed with apt-get, as root
or through 'sudo -n'; on other systems their names are told. Before all: Rust (rustup), a C linker, Node 20.19 or later.

Where things are built, the first that applies:
  $CARGO_TARGET_DIR
  <cache>/koplamp/target   when the folder <cache>/koplamp exists; <cache> is $XDG_CACHE_HOME or ~/.cache.
                           Make that folder to keep what was built when the clone is thrown away.
  target/                  in the clone
The demo workspace lies in demo/ below it, the packages in dist/. 'DISPLAY= WAYLAND_DISPLAY= cargo xtask run' walks
on a virtual display although there is a real one.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let repository = match Repository::find() {
        Ok(repository) => repository,
        Err(error) => return failed(&error),
    };
    let outcome = match arguments.as_slice() {
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        ["setup"] => setup::everything(&repository),
        ["run"] => run::run(&repository),
        // It tells by itself what failed, so that the counts are the last line.
        ["test"] => return test::test(&repository),
        ["bindings"] => bindings::write(&repository),
        ["bench"] => bench::bench(&repository, None),
        ["bench", name] if bench::NAMES.contains(name) => bench::bench(&repository, Some(name)),
        ["bench", name] => {
            return usage(&format!("there is no bench '{name}'; there are: {}", bench::NAMES.join(", ")));
        }
        ["dist"] => dist::dist(&repository),
        ["dev"] => dev::dev(&repository),
        ["hub"] => return usage("the hub comes with a later version"),
        _ => return usage(&format!("unknown command: cargo xtask {}\n\n{HELP}", arguments.join(" "))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("\nxtask: {error:#}");
    ExitCode::FAILURE
}

fn usage(message: &str) -> ExitCode {
    eprintln!("xtask: {message}");
    ExitCode::from(2)
}
