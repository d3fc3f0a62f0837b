//! A Python of our own with packages that we compare with, or that judge what we write.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::debian;
use crate::program;
use crate::repository::Repository;

/// What judges the glossaries that we write: a validator of rules in SHACL.
pub const VALIDATOR: [&str; 2] = ["pyshacl==0.40.1", "rdflib==7.6.0"];

/// A Python with these packages, in this folder of the target folder.
///
/// # Errors
/// There is no Python that can be installed from, or a package could not be installed.
pub fn python(repository: &Repository, folder: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = repository.target.join(folder);
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.is_file() {
        if !program::works(repository.command("python3").args(["-c", "import ensurepip, venv"])) {
            debian::install(&[debian::PYTHON])?;
        }
        program::run(repository.command("python3").args(["-m", "venv"]).arg(&folder))
            .context("a Python with its module 'venv' is needed (Debian: python3-venv)")?;
    }
    let mut pip = repository.command(&python);
    program::run(pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages))?;
    Ok(python)
}
