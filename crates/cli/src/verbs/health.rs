//! The log and the doctor.

use std::path::Path;

use koplamp_workspace::{Worker, WorkspaceError};
use serde_json::json;

use super::with_workspace;
use crate::arguments::Common;
use crate::output::{self, Failed};

/// Entries of the log fetched at once.
const PAGE: u32 = 1_000;

pub fn log(common: &Common, folder: &Path, verify: bool) -> Result<(), Failed> {
    if verify {
        return self::verify(common, folder);
    }
    let entries = with_workspace(common, folder, |workspace| {
        let (mut entries, mut before) = (Vec::new(), None);
        loop {
            let page = workspace.log(before, PAGE)?;
            entries.extend(page.entries);
            match page.next {
                Some(next) => before = Some(next),
                None => return Ok(entries),
            }
        }
    })?;
    if common.json {
        return output::json(&json!({ "entries": entries }));
    }
    for entry in entries {
        let kind = serde_json::to_value(entry.act.kind).unwrap_or_default();
        let kind = kind.as_str().unwrap_or("unknown");
        let subject = entry.act.subject.unwrap_or_default().replace('\n', "; ");
        output::line(format!(
            "{}  {}  {:20} {:5}  {}  [{} {}]",
            output::moment(entry.act.at),
            entry.person,
            kind,
            entry.act.count,
            subject,
            entry.compartment,
            entry.sequence
        ))?;
    }
    Ok(())
}

fn verify(common: &Common, folder: &Path) -> Result<(), Failed> {
    let check = with_workspace(common, folder, |workspace| Ok(workspace.verify_log()?))?;
    if common.json {
        output::json(&check)?;
    }
    match check.broken {
        None if common.json => Ok(()),
        None => output::line(format!("{}, all as written", output::count(check.entries, "entry", "entries"))),
        Some(broken) => Err(Failed::Refused(format!(
            "the log is broken at stream {}, entry {}: {}",
            broken.stream, broken.sequence, broken.message
        ))),
    }
}

pub fn doctor(common: &Common, folder: &Path, rebuild: bool) -> Result<(), Failed> {
    let health = with_workspace(common, folder, |workspace| {
        if rebuild {
            let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
            Ok(workspace.rebuild(&worker)?)
        } else {
            Ok(workspace.examine()?)
        }
    })?;
    if common.json {
        output::json(&health)?;
    } else {
        for problem in &health.problems {
            output::line(problem)?;
        }
        output::line(format!("state {}", health.state_digest))?;
    }
    if health.ok {
        Ok(())
    } else {
        Err(Failed::Refused(format!("{} found", output::count(health.problems.len() as u64, "problem", "problems"))))
    }
}
