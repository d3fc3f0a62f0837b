//! What must be on the machine before anything can be built.

mod cargo_deny;
pub mod debian;
mod node;
mod python;

use anyhow::Result;

use crate::repository::Repository;

pub use cargo_deny::command as cargo_deny;
pub use node::{packages as node_packages, page};
pub use python::python;

/// A Python that judges the glossaries that we write; tests look for it there, in the target folder.
///
/// # Errors
/// It could not be installed.
pub fn validator(repository: &Repository) -> Result<()> {
    python(repository, "validator", &python::VALIDATOR).map(drop)
}

/// What building needs: Debian packages, npm packages, and the built page, which is compiled into the desktop program.
pub fn to_build(repository: &Repository) -> Result<()> {
    debian::install(&[debian::BUILDING])?;
    node_packages(repository)?;
    page(repository)
}

/// Everything that any command needs.
pub fn everything(repository: &Repository) -> Result<()> {
    debian::install(&[debian::BUILDING, debian::WINDOW_TESTS])?;
    node_packages(repository)?;
    page(repository)?;
    cargo_deny(repository)?;
    validator(repository)?;
    println!("everything is set up; what is built goes into {}", repository.target.display());
    Ok(())
}
