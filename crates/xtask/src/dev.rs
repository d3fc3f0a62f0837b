//! `cargo xtask dev`: the window, built anew and reloaded when a source changes.

use anyhow::Result;

use crate::program;
use crate::repository::Repository;
use crate::setup;

/// Runs until the window is closed.
pub fn dev(repository: &Repository) -> Result<()> {
    setup::debian::install(&[setup::debian::BUILDING])?;
    setup::node_packages(repository)?;
    // The desktop program looks for it beside itself; Tauri's command line builds the desktop program only.
    program::run(&mut repository.cargo(&["build", "-p", "koplamp-worker", "--bins"]))?;
    program::run(&mut repository.tauri(&["dev"]))
}
