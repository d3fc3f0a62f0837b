//! Packages of npm, and the page that is built with them.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::program;
use crate::repository::Repository;

/// The oldest Node that the tools of the user interface run on.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Installs the packages of the lock file, unless they are there.
///
/// # Errors
/// There is no Node, it is too old, or npm failed.
pub fn packages(repository: &Repository) -> Result<()> {
    node()?;
    let lock = modified(&repository.ui().join("package-lock.json"));
    let installed = modified(&repository.ui().join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= lock {
        return Ok(());
    }
    program::run(&mut repository.npm(&["ci"])).context("could not install the npm packages")
}

/// Builds the page into `ui/dist`, unless what is there is newer than all that it is made from.
///
/// # Errors
/// The build failed.
pub fn page(repository: &Repository) -> Result<()> {
    let built = modified(&repository.ui().join("dist/index.html"));
    let sources = [repository.ui(), repository.root.join("resources/codes")];
    if built.is_some() && sources.iter().all(|folder| newest(folder) <= built) {
        return Ok(());
    }
    program::run(&mut repository.npm(&["run", "build"])).context("could not build the page")
}

fn node() -> Result<()> {
    let (major, minor) = OLDEST_NODE;
    let version = program::read(Command::new("node").arg("--version"))
        .with_context(|| format!("Node {major}.{minor} or later is needed, with npm: https://nodejs.org"))?;
    if number(&version).is_none_or(|version| version < OLDEST_NODE) {
        bail!("Node {major}.{minor} or later is needed; this is {}", version.trim());
    }
    Ok(())
}

/// Major and minor of `v20.19.4`.
fn number(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|found| found.modified()).ok()
}

/// When the newest file or folder below was modified; a folder is when a file in it was made or removed.
fn newest(folder: &Path) -> Option<SystemTime> {
    let mut newest = None;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let made = ["node_modules", "dist"].iter().any(|name| entry.file_name() == *name);
        if !made {
            newest = newest.max(modified(&entry.path())).max(self::newest(&entry.path()));
        }
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(number("v20.9.1\n").unwrap() < OLDEST_NODE);
        assert!(number("v22.1.0").unwrap() > OLDEST_NODE);
        assert_eq!(number("20.19.0"), None);
    }

    #[test]
    fn the_newest_is_found_below_but_not_in_what_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str, seconds: u64| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let moment = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            let times = fs::FileTimes::new().set_modified(moment);
            fs::File::create(&path).unwrap().set_times(times).unwrap();
            for parent in path.ancestors().skip(1).take_while(|parent| *parent != folder.path()) {
                fs::File::open(parent).unwrap().set_times(times).unwrap();
            }
            moment
        };
        let deep = at("src/a/b.ts", 2_000);
        at("index.html", 1_000);
        at("dist/index.html", 9_000);
        at("node_modules/x/y.js", 9_000);
        assert_eq!(newest(folder.path()), Some(deep));
    }
}
