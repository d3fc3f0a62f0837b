//! Rules of the repository that no other tool checks.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::repository::Repository;

/// More lines than this in a file need a reason.
const MOST_LINES: usize = 500;

/// The files that may be longer, each with its reason.
const LONG: &[(&str, &str)] = &[
    ("ui/src/frame/desk.svelte.ts", "all that is held of an open case: one object, let go whole when it locks"),
    ("ui/src/locale/en.ts", "one table: every text of the interface in English"),
    ("ui/src/locale/nl.ts", "one table: every text of the interface in Dutch"),
];

/// The one file with `unsafe` code: locked memory for keys.
const UNSAFE: &str = "crates/vault/src/memory.rs";

/// The one folder that may talk to the desktop shell.
const HOST: &str = "ui/src/host/";

/// Endings of sources that people write.
const SOURCES: &[&str] = &["rs", "ts", "svelte", "js", "css"];

/// Folders of things that programs make or fetch.
const MADE: &[&str] = &["target", "node_modules", "dist", "gen", "bindings"];

/// Left over from writing: words that may stand nowhere. In two parts, so that they do not stand here.
const LEFT_OVER: &[&str] = &[
    concat!("dbg", "!("),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("debug", "ger;"),
    concat!("console", ".log("),
];

/// Signs of `unsafe` code.
const UNSAFE_SIGNS: &[&str] = &[
    concat!("unsafe", " {"),
    concat!("unsafe", " fn"),
    concat!("unsafe", " impl"),
    concat!("unsafe", " trait"),
    concat!("unsafe", " extern"),
    concat!("unsafe", "("),
    concat!("allow(", "unsafe_code)"),
];

/// Checks the clone.
///
/// # Errors
/// A rule is broken; with every place where one is.
pub fn check(repository: &Repository) -> Result<()> {
    let problems = problems(&repository.root)?;
    if !problems.is_empty() {
        bail!("{}\nthe rules are in crates/xtask/src/tidy.rs", problems.join("\n"));
    }
    println!("all sources keep the rules of the repository");
    Ok(())
}

fn problems(root: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    list(root, &mut files)?;
    files.sort();
    let mut problems = Vec::new();
    for path in &files {
        let text = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
        let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        problems.extend(of_file(&name, &text));
    }
    for (name, _) in LONG {
        if !root.join(name).is_file() {
            problems.push(format!("{name}: is gone; take it off the list of long files"));
        }
    }
    Ok(problems)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if entry.file_type()?.is_dir() {
            if !name.starts_with('.') && !MADE.contains(&&*name) {
                list(&path, files)?;
            }
        } else if name == "Cargo.toml"
            || path.extension().is_some_and(|ending| SOURCES.iter().any(|known| ending == *known))
        {
            files.push(path);
        }
    }
    Ok(())
}

/// What is wrong in one file.
fn of_file(name: &str, text: &str) -> Vec<String> {
    if name.ends_with("Cargo.toml") {
        let inherits =
            text.contains("[lints]\nworkspace = true") || text.contains("[lints.rust]\nunsafe_code = \"deny\"");
        return if inherits {
            Vec::new()
        } else {
            vec![format!("{name}: must inherit the lints of the workspace, or at least deny unsafe code")]
        };
    }
    let mut problems = Vec::new();
    let lines = text.lines().count();
    let may_be_long = LONG.iter().any(|(long, _)| *long == name);
    if lines > MOST_LINES && !may_be_long {
        problems.push(format!("{name}: {lines} lines, more than {MOST_LINES}; divide it, or list it with a reason"));
    }
    if lines <= MOST_LINES && may_be_long {
        problems.push(format!("{name}: is short by now; take it off the list of long files"));
    }
    for (number, line) in (1..).zip(text.lines()) {
        let mut wrong = |what: &str| problems.push(format!("{name}:{number}: {what}"));
        for word in LEFT_OVER.iter().filter(|word| line.contains(**word)) {
            wrong(&format!("{word} is left over from writing"));
        }
        let comment = line.trim_start().starts_with("//");
        if name.ends_with(".rs") && name != UNSAFE && !comment && UNSAFE_SIGNS.iter().any(|sign| line.contains(sign)) {
            wrong(&format!("only {UNSAFE} may have unsafe code"));
        }
        let of_page = name.starts_with("ui/src/") && !name.starts_with(HOST);
        if of_page && ["\"@tauri-apps", "'@tauri-apps"].iter().any(|import| line.contains(import)) {
            wrong(&format!("only {HOST} may talk to the desktop shell"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, text: &str, problems: &[&str]) {
        assert_eq!(of_file(name, text), problems);
    }

    #[test]
    fn the_repository_keeps_its_rules() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        assert_eq!(problems(root).unwrap(), [""; 0]);
    }

    #[test]
    fn unsafe_code_has_one_place() {
        let code = concat!("    let a = un", "safe { b() };\n");
        check(UNSAFE, code, &[]);
        check("crates/a/src/b.rs", concat!("// an un", "safe { block } in a comment\n"), &[]);
        check(
            "crates/a/src/b.rs",
            code,
            &["crates/a/src/b.rs:1: only crates/vault/src/memory.rs may have unsafe code"],
        );
        check(
            "src-tauri/src/b.rs",
            concat!("\n#[allow(un", "safe_code)]\n"),
            &["src-tauri/src/b.rs:2: only crates/vault/src/memory.rs may have unsafe code"],
        );
    }

    #[test]
    fn only_the_host_talks_to_the_shell() {
        let import = "import { invoke } from \"@tauri-apps/api/core\";\n";
        check("ui/src/host/tauri.ts", import, &[]);
        check(
            "ui/src/search/a.svelte",
            import,
            &["ui/src/search/a.svelte:1: only ui/src/host/ may talk to the desktop shell"],
        );
    }

    #[test]
    fn what_is_left_over_is_found_in_comments_too() {
        let word = concat!("TO", "DO");
        check(
            "ui/src/a.ts",
            &format!("// {word} later\n"),
            &[&format!("ui/src/a.ts:1: {word} is left over from writing")],
        );
    }

    #[test]
    fn long_files_need_a_reason_and_a_reason_needs_a_long_file() {
        let long = "x\n".repeat(501);
        check("a.rs", &"x\n".repeat(500), &[]);
        check("a.rs", &long, &["a.rs: 501 lines, more than 500; divide it, or list it with a reason"]);
        check("ui/src/locale/nl.ts", &long, &[]);
        check(
            "ui/src/locale/nl.ts",
            "x\n",
            &["ui/src/locale/nl.ts: is short by now; take it off the list of long files"],
        );
    }

    #[test]
    fn every_package_has_the_lints() {
        check("crates/a/Cargo.toml", "[package]\n\n[lints]\nworkspace = true\n", &[]);
        check(
            "crates/a/Cargo.toml",
            "[package]\n",
            &["crates/a/Cargo.toml: must inherit the lints of the workspace, or at least deny unsafe code"],
        );
    }
}
