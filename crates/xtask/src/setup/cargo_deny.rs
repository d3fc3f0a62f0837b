//! cargo-deny, in exactly the version that `deny.toml` was written for.

use std::process::Command;

use anyhow::{Context, Result};

use crate::program;
use crate::repository::Repository;

const VERSION: &str = "0.20.2";

/// The command `cargo deny`, installed below the target folder when the user's own is another version or not there.
///
/// # Errors
/// It could not be installed.
pub fn command(repository: &Repository) -> Result<Command> {
    let users = || repository.cargo(&["deny"]);
    if is_right(users()) {
        return Ok(users());
    }
    // Beside the user's own, not over it; and kept when the target folder is.
    let tools = repository.target.join("tools");
    let ours = || repository.command(tools.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX)));
    if !is_right(ours()) {
        let mut install = repository.cargo(&["install", "cargo-deny", "--locked", "--version", VERSION, "--root"]);
        // Its own build would stay in the target folder, of no more use.
        install.arg(&tools).env_remove("CARGO_TARGET_DIR");
        program::run(&mut install).context("could not install cargo-deny")?;
    }
    Ok(ours())
}

fn is_right(mut command: Command) -> bool {
    let output = command.arg("--version").output();
    output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == format!("cargo-deny {VERSION}"))
}
