//! `cargo xtask run`: the demo case in the window.

use std::env;

use anyhow::{Result, ensure};

use crate::demo::{self, Demo};
use crate::folder;
use crate::program;
use crate::repository::Repository;
use crate::setup::{self, debian};
use crate::steps::Steps;

/// Sets up, builds, fills a workspace, tells what it did, and shows it.
pub fn run(repository: &Repository) -> Result<()> {
    let mut steps = Steps::default();
    let display = has_display();
    steps.step("setup", || {
        setup::to_build(repository)?;
        if display { Ok(()) } else { debian::install(&[debian::WINDOW_TESTS]) }
    })?;
    steps.step("programs", || program::run(&mut repository.programs()))?;
    let (demo, summary) = steps.step("demo workspace", || Demo::make(repository))?;
    demo.print(&summary);
    steps.step("window", || if display { open(repository, &demo) } else { walk(repository, &demo) })?;
    steps.print_times();
    Ok(())
}

/// Opens the window on the workspace, and waits until it is closed.
fn open(repository: &Repository, demo: &Demo) -> Result<()> {
    println!("the window is open; this command ends when it is closed");
    let mut window = repository.command(repository.debug("koplamp-desktop"));
    program::run(window.arg("--device-secret-file").arg(&demo.device_secret_file).arg(&demo.workspace))
}

/// Opens the window on a virtual display, opens the workspace, searches, opens the hit, follows a join on the chart to its passage, judges what
/// is one, ranks the brokers, and keeps pictures of it.
fn walk(repository: &Repository, demo: &Demo) -> Result<()> {
    println!("there is no display: walking through the window on a virtual one");
    folder::empty(&demo.screenshots)?;
    let mut walk = repository.command(repository.debug("walk"));
    walk.arg(&demo.workspace).arg(&demo.passphrase_file).arg(&demo.device_secret_file);
    program::run(walk.arg(demo::QUERY).arg(&demo.entities_file).arg(&demo.screenshots))?;
    let screenshots = folder::list(&demo.screenshots)?;
    ensure!(!screenshots.is_empty(), "the walk left no screenshots in {}", demo.screenshots.display());
    println!("screenshots:");
    for path in screenshots {
        println!("  {}", path.display());
    }
    Ok(())
}

fn has_display() -> bool {
    let named =
        ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
    // Elsewhere the desktop is always there.
    named || !cfg!(target_os = "linux")
}
