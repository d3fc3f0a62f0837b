//! The TypeScript types that are made from the Rust types. They are committed, and must be what the tests that make them write.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::folder;
use crate::program;
use crate::repository::Repository;
use crate::setup;

/// File names and what is in the files.
type Files = BTreeMap<String, String>;

/// `cargo xtask bindings`.
pub fn write(repository: &Repository) -> Result<()> {
    setup::to_build(repository)?;
    program::run(into_target(repository, &mut repository.workspace("test", &["export_bindings"]))?)?;
    let (made, kept) = (files(&made(repository))?, files(&kept(repository))?);
    if made.is_empty() {
        bail!("no test made a type; nothing was changed");
    }
    for name in kept.keys().filter(|name| !made.contains_key(*name)) {
        fs::remove_file(self::kept(repository).join(name))?;
        println!("removed {name}");
    }
    for (name, text) in &made {
        if kept.get(name) != Some(text) {
            fs::write(self::kept(repository).join(name), text)?;
            println!("wrote {name}");
        }
    }
    println!("{} types in {}", made.len(), self::kept(repository).display());
    Ok(())
}

/// Has the tests that `command` runs write the types into the target folder, emptied before.
pub fn into_target<'a>(repository: &Repository, command: &'a mut Command) -> Result<&'a mut Command> {
    let folder = made(repository);
    folder::empty(&folder)?;
    Ok(command.env("TS_RS_EXPORT_DIR", folder))
}

/// Compares the types that a test run wrote with those that are committed.
///
/// # Errors
/// They differ; with the files that do.
pub fn check(repository: &Repository) -> Result<()> {
    let differences = differences(&files(&made(repository))?, &files(&kept(repository))?);
    if !differences.is_empty() {
        bail!("{}\nto write the types anew: cargo xtask bindings", differences.join("\n"));
    }
    println!("all types in ui/src/bindings are what the Rust types say");
    Ok(())
}

fn differences(made: &Files, kept: &Files) -> Vec<String> {
    let mut differences = Vec::new();
    for (name, text) in made {
        match kept.get(name) {
            None => differences.push(format!("ui/src/bindings/{name} is missing")),
            Some(kept) if kept != text => {
                differences.push(format!("ui/src/bindings/{name} is not what its Rust type says"))
            }
            Some(_) => {}
        }
    }
    let left_over = kept.keys().filter(|name| !made.contains_key(*name));
    differences.extend(left_over.map(|name| format!("ui/src/bindings/{name} has no Rust type any more")));
    differences
}

fn made(repository: &Repository) -> PathBuf {
    repository.target.join("bindings")
}

fn kept(repository: &Repository) -> PathBuf {
    repository.ui().join("src/bindings")
}

fn files(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    for path in folder::list(folder)? {
        let text = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // A clone on Windows may have other line ends.
        files.insert(name, text.replace("\r\n", "\n"));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_too_few_too_many_or_different_is_named() {
        let files = |list: &[(&str, &str)]| list.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
        let made: Files = files(&[("A.ts", "a"), ("B.ts", "b"), ("C.ts", "c")]);
        let kept: Files = files(&[("A.ts", "a"), ("B.ts", "old"), ("D.ts", "d")]);
        assert_eq!(
            differences(&made, &kept),
            [
                "ui/src/bindings/B.ts is not what its Rust type says",
                "ui/src/bindings/C.ts is missing",
                "ui/src/bindings/D.ts has no Rust type any more",
            ]
        );
        assert!(differences(&made, &made).is_empty());
    }
}
