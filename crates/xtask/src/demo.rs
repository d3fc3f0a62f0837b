//! The demo workspace: the demo case rendered into files, taken in by the command line, and searched.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::case::{self, Case, Delivery};
use crate::folder;
use crate::program;
use crate::repository::Repository;

/// Everybody may know it: the case is invented.
const PASSPHRASE: &str = "licht op de donkere haven";

/// A name that documents of five organisations mention, each in passing.
pub const QUERY: &str = "Kloosterziel";

/// Where everything of the demo lies.
#[derive(Debug)]
pub struct Demo {
    /// The workspace.
    pub workspace: PathBuf,
    /// A file with its passphrase.
    pub passphrase_file: PathBuf,
    /// The file with the device secret.
    pub device_secret_file: PathBuf,
    /// What `koplamp record` made of the statements: ids by name.
    pub entities_file: PathBuf,
    /// Pictures of the window.
    pub screenshots: PathBuf,
    files: PathBuf,
    program: PathBuf,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Summary {
    recovery_key: String,
    imported: u64,
    failed: Vec<String>,
    time: Duration,
    statements: u64,
    concepts: u64,
    total: u64,
    hits: Vec<String>,
}

impl Demo {
    /// Makes the workspace anew; one that was there before is removed.
    ///
    /// # Errors
    /// A program failed, or answered something else than it says it does.
    pub fn make(repository: &Repository) -> Result<(Self, Summary)> {
        let folder = repository.target.join("demo");
        folder::empty(&folder)?;
        let sources = repository.root.join("resources/demo-case");
        let case = case::read(&sources.join("case.toml"))?;
        let demo = Self {
            workspace: folder.join(&case.name).with_extension("koplamp"),
            passphrase_file: folder.join("passphrase"),
            device_secret_file: folder.join("device-secret"),
            entities_file: folder.join("entities.json"),
            screenshots: folder.join("screenshots"),
            files: folder.join("files"),
            program: repository.debug("koplamp"),
        };
        fs::write(&demo.passphrase_file, format!("{PASSPHRASE}\n"))?;
        // It names each file that it wrote.
        let rendered = program::read(repository.command(repository.debug("demo-case")).arg(&demo.files).arg(sources))?;
        println!("rendered into {}\n{}", demo.files.display(), rendered.lines().last().unwrap_or_default());
        let summary = demo.fill(repository, &case)?;
        Ok((demo, summary))
    }

    fn fill(&self, repository: &Repository, case: &Case) -> Result<Summary> {
        let mut summary = Summary::default();
        let new = ["--name", &case.name, "--organisation", "politie", "--person", "A. Analist"];
        let made = self.koplamp(repository, "new", |command| command.args(new))?;
        summary.recovery_key = text(&made, "recovery_key");
        let start = Instant::now();
        for delivery in &case.deliveries {
            let report = self.koplamp(repository, "import", |command| self.import(command, delivery))?;
            let imported = number(&report, "imported")?;
            println!("{}: {imported} documents", delivery.organisation);
            summary.imported += imported;
            for failed in list(&report, "failed")? {
                let [path, reason, message] = ["path", "reason", "message"].map(|key| text(failed, key));
                summary.failed.push(format!("{path}: {reason}: {message}"));
            }
        }
        summary.time = start.elapsed();
        let statements = repository.root.join("resources/demo-case/statements.json");
        let recorded =
            self.koplamp(repository, "record", |command| command.arg(&statements).args(["--chart", "Grijsmonde"]))?;
        summary.statements = number(&recorded, "statements")?;
        let seeded = self.koplamp(repository, "glossary", |command| command.arg("seed"))?;
        summary.concepts = number(&seeded, "concepts")?;
        let entities = recorded.get("entities").context("the answer has no 'entities'")?;
        fs::write(&self.entities_file, serde_json::to_vec(entities)?)?;
        let found = self.koplamp(repository, "search", |command| command.arg(QUERY))?;
        summary.total = number(&found, "total")?;
        summary.hits = list(&found, "hits")?.iter().map(hit).collect();
        Ok(summary)
    }

    fn import<'a>(&self, command: &'a mut Command, delivery: &Delivery) -> &'a mut Command {
        command.arg(self.files.join(&delivery.folder)).args(["--organisation", &delivery.organisation]);
        command.args(["--source", &delivery.source, "--purpose", &delivery.purpose, "--marking", &delivery.marking])
    }

    /// Runs a verb of the command line on the workspace.
    fn koplamp(
        &self,
        repository: &Repository,
        verb: &str,
        arguments: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Result<Value> {
        let mut command = repository.command(&self.program);
        arguments(command.arg(verb).arg(&self.workspace));
        command.arg("--passphrase-file").arg(&self.passphrase_file);
        command.arg("--device-secret-file").arg(&self.device_secret_file).arg("--json");
        let answer = program::read(&mut command).with_context(|| format!("'koplamp {verb}' failed"))?;
        serde_json::from_str(&answer).with_context(|| format!("'koplamp {verb}' did not answer with JSON"))
    }

    /// Prints what was done, and how to get in.
    pub fn print(&self, summary: &Summary) {
        println!("\n=== summary");
        println!("workspace      {}", self.workspace.display());
        println!("passphrase     {PASSPHRASE}");
        println!("device secret  {}", self.device_secret_file.display());
        println!("recovery key   {}", summary.recovery_key);
        println!("taken in       {} documents in {:.1} s", summary.imported, summary.time.as_secs_f64());
        println!("stated         {} statements, on the chart Grijsmonde", summary.statements);
        println!("glossary       {} concepts, all of them proposed", summary.concepts);
        println!("not read       {} documents", summary.failed.len());
        for failed in &summary.failed {
            println!("               {failed}");
        }
        println!("query          {QUERY}");
        println!("hits           {} documents; the first {}:", summary.total, summary.hits.len());
        for hit in &summary.hits {
            println!("{hit}");
        }
    }
}

/// Title and first passage of a hit.
fn hit(hit: &Value) -> String {
    let passage = hit.get("passages").and_then(Value::as_array).and_then(|passages| passages.first());
    let passage = passage.map(|passage| {
        let quote = text(passage, "quote");
        let page = passage.get("page").and_then(Value::as_u64).unwrap_or_default();
        format!("\n      p. {page}: {}", quote.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    format!("  {} ({}){}", text(hit, "title"), text(hit, "path"), passage.unwrap_or_default())
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn number(value: &Value, key: &str) -> Result<u64> {
    value.get(key).and_then(Value::as_u64).with_context(|| format!("the answer has no number '{key}'"))
}

fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>> {
    value.get(key).and_then(Value::as_array).with_context(|| format!("the answer has no list '{key}'"))
}
