//! `cargo xtask dist`: the packages that people install.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::folder;
use crate::program;
use crate::repository::Repository;
use crate::setup;
use crate::steps::Steps;

const PROGRAMS: [&str; 3] = ["koplamp-desktop", "koplamp-worker", "koplamp"];
const PAPERS: [&str; 3] = ["README.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Builds for release and packs; prints what it made.
pub fn dist(repository: &Repository) -> Result<()> {
    // Before the long build, not after it.
    for paper in PAPERS {
        ensure!(repository.root.join(paper).is_file(), "{paper} is missing in {}", repository.root.display());
    }
    let mut steps = Steps::default();
    steps.step("setup", || setup::to_build(repository))?;
    // Only what ships, so that no feature that a test or a tool asks for gets into it.
    let packages = ["-p", "koplamp-desktop", "-p", "koplamp-worker", "-p", "koplamp-cli"];
    steps.step("programs", || {
        let mut build =
            repository.cargo(&["build", "--release", "--bins", "--features", "koplamp-desktop/custom-protocol"]);
        program::run(build.args(packages))
    })?;
    let folder = repository.target.join("dist");
    folder::empty(&folder)?;
    // First, for Tauri writes into the window's program what kind of package it is in.
    steps.step("archive", || archive(repository, &folder))?;
    if cfg!(target_os = "linux") {
        steps.step("Debian package", || debian_package(repository, &folder))?;
    }
    steps.print_times();
    println!("\npackages:");
    for path in folder::list(&folder)?.iter().filter(|path| path.is_file()) {
        println!("  {}  {:.1} MB", path.display(), fs::metadata(path)?.len() as f64 / 1e6);
    }
    Ok(())
}

fn debian_package(repository: &Repository, folder: &Path) -> Result<()> {
    // `tauri.conf.json` names the programs beside the window by a path in the clone, wherever the target folder is.
    let bundle = repository.root.join("target/bundle");
    fs::create_dir_all(&bundle)?;
    for name in ["koplamp", "koplamp-worker"] {
        copy(&repository.release(name), &bundle)?;
    }
    let made = repository.target.join("release/bundle/deb");
    folder::empty(&made)?;
    program::run(&mut repository.tauri(&["bundle", "--bundles", "deb"]))?;
    let packages =
        folder::list(&made)?.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "deb"));
    let packages: Vec<PathBuf> = packages.collect();
    let [package] = packages.as_slice() else {
        bail!("{} holds {} packages instead of one", made.display(), packages.len());
    };
    copy(package, folder)
}

/// An archive with one folder in it: the programs, the licences, and what to read first.
fn archive(repository: &Repository, folder: &Path) -> Result<()> {
    let name = format!("koplamp-{}-{ARCH}-{OS}", env!("CARGO_PKG_VERSION"));
    let content = folder.join(&name);
    fs::create_dir_all(&content)?;
    for program in PROGRAMS {
        copy(&repository.release(program), &content)?;
    }
    for paper in PAPERS {
        copy(&repository.root.join(paper), &content)?;
    }
    let mut tar = repository.command("tar");
    program::run(tar.arg("-czf").arg(folder.join(format!("{name}.tar.gz"))).arg("-C").arg(folder).arg(&name))?;
    fs::remove_dir_all(&content)?;
    Ok(())
}

fn copy(file: &Path, folder: &Path) -> Result<()> {
    let name = file.file_name().unwrap_or_default();
    fs::copy(file, folder.join(name)).map(drop).with_context(|| format!("could not copy {}", file.display()))
}
