//! The clone, and the folder that everything is built into.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The feature of the desktop package that shows the built page instead of the development server's. Every build of the whole
/// workspace has it: with one set of features nothing is compiled twice.
const FEATURES: [&str; 2] = ["--features", "koplamp-desktop/custom-protocol"];

/// A clone of the repository.
#[derive(Debug)]
pub struct Repository {
    /// Its top folder.
    pub root: PathBuf,
    /// The target folder of everything but this program.
    pub target: PathBuf,
}

impl Repository {
    /// The clone that this program was started in by cargo.
    pub fn find() -> Result<Self> {
        // What cargo says now, not what it said when this was compiled: clones may share one target folder.
        let package =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = package.ancestors().nth(2).with_context(|| format!("{} has no top folder", package.display()))?;
        let here = env::current_dir().context("the folder that this was started in is gone")?;
        let given = env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty());
        let given = given.map(|folder| here.join(folder));
        Ok(Self { root: root.to_owned(), target: target(root, given, cache()) })
    }

    /// The folder of the user interface.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// A program of the `dev` profile.
    pub fn debug(&self, name: &str) -> PathBuf {
        self.program("debug", name)
    }

    /// A program of the `release` profile.
    pub fn release(&self, name: &str) -> PathBuf {
        self.program("release", name)
    }

    fn program(&self, profile: &str, name: &str) -> PathBuf {
        self.target.join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// A program, run from the top folder, that builds into the target folder.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        // Cargo describes this package to this program; build scripts that watch these variables would run again each time.
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }

    /// Cargo, in the top folder.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments);
        command
    }

    /// Cargo doing `verb` to the whole workspace, with the one set of features.
    pub fn workspace(&self, verb: &str, arguments: &[&str]) -> Command {
        let mut command = self.cargo(&[verb, "--workspace"]);
        command.args(FEATURES).args(arguments);
        command
    }

    /// The build of all programs. `--examples` adds no target, for there are none: it has cargo choose the features that the tests
    /// need, too, so that `run` and `test` share what they build.
    pub fn programs(&self) -> Command {
        self.workspace("build", &["--bins", "--examples"])
    }

    /// Node's package manager, in the folder of the user interface.
    pub fn npm(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.current_dir(self.ui()).args(arguments);
        command
    }

    /// Tauri's command line, which works in the top folder only.
    pub fn tauri(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("node");
        command.arg("ui/node_modules/@tauri-apps/cli/tauri.js").args(arguments);
        command
    }
}

/// The user's cache folder.
fn cache() -> Option<PathBuf> {
    let named = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    named.or_else(|| env::home_dir().map(|home| home.join(".cache")))
}

fn target(root: &Path, given: Option<PathBuf>, cache: Option<PathBuf>) -> PathBuf {
    let kept = cache.map(|cache| cache.join("koplamp")).filter(|folder| folder.is_dir());
    given.or(kept.map(|folder| folder.join("target"))).unwrap_or_else(|| root.join("target"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_used_only_when_its_folder_is_there() {
        let cache = tempfile::tempdir().unwrap();
        let (root, path) = (Path::new("/clone"), cache.path().to_owned());
        assert_eq!(target(root, None, Some(path.clone())), Path::new("/clone/target"));
        std::fs::create_dir(path.join("koplamp")).unwrap();
        assert_eq!(target(root, None, Some(path.clone())), path.join("koplamp/target"));
        assert_eq!(target(root, Some("/given".into()), Some(path)), Path::new("/given"), "what is given goes first");
    }
}
