//! One function a verb: open, do, answer.

mod case;
mod chart;
mod documents;
mod entities;
mod glossary;
mod health;
mod interchange;
mod style;

use std::path::Path;

use koplamp_workspace::{SearchRequest, Target, Unlock, Workspace, WorkspaceError};

use crate::arguments::{Arguments, Common, Verb};
use crate::output::{self, Failed};

/// Does what was asked.
pub fn run(arguments: &Arguments) -> Result<(), Failed> {
    let common = &arguments.common;
    match &arguments.verb {
        Verb::New { folder, name, organisation, person } => case::new(common, folder, name, organisation, person),
        Verb::Recover { folder, recovery_key_file } => case::recover(common, folder, recovery_key_file),
        Verb::Passphrase { folder, new_passphrase_file } => {
            case::passphrase(common, folder, new_passphrase_file.as_deref())
        }
        Verb::Lock { folder } => case::lock(common, folder),
        Verb::Undo { folder } => case::undo(common, folder),
        Verb::Redo { folder } => case::redo(common, folder),
        Verb::Import { folder, paths, labels } => documents::import(common, folder, paths, labels),
        Verb::Documents { folder, failed } => documents::list(common, folder, *failed),
        Verb::Text { folder, document } => documents::text(common, folder, document),
        Verb::Original { folder, document } => documents::original(common, folder, document),
        Verb::Rename { folder, document, title } => documents::rename(common, folder, document, title.as_deref()),
        Verb::Label { folder, documents, labels } => documents::label(common, folder, documents, labels),
        Verb::Remove { folder, documents } => documents::remove(common, folder, documents),
        Verb::Search {
            folder,
            query,
            limit,
            offset,
            organisation,
            kind,
            year,
            facets,
            to,
            language,
            overwrite,
            senses,
        } => {
            let request = SearchRequest {
                query: query.clone(),
                senses: senses.ask()?,
                filters: documents::filters(organisation, kind, year)?,
                limit: *limit,
                offset: *offset,
                facets: *facets,
            };
            match to {
                Some(to) => {
                    let target = Target { path: to, overwrite: *overwrite };
                    documents::export_search(common, folder, &request, &target, language)
                }
                None => documents::search(common, folder, &request),
            }
        }
        Verb::Searches { folder, save, drop } => documents::searches(common, folder, save.as_deref(), drop.as_deref()),
        Verb::Record { folder, file, merges, chart } => {
            entities::record(common, folder, file, *merges, chart.as_deref())
        }
        Verb::Entities { folder, kind, query } => entities::list(common, folder, kind.as_deref(), query.as_deref()),
        Verb::Statements { folder, entity } => entities::statements(common, folder, entity),
        Verb::Suggestions { folder, kind } => entities::suggestions(common, folder, kind.as_deref()),
        Verb::Accept { folder, suggestions, entity } => {
            entities::accept(common, folder, suggestions, entity.as_deref())
        }
        Verb::Reject { folder, suggestions, never } => entities::reject(common, folder, suggestions, *never),
        Verb::Matches { folder, entity, limit } => entities::matches(common, folder, entity.as_deref(), *limit),
        Verb::Photo { folder, entity, document } => entities::photo(common, folder, entity, document),
        Verb::Merge { folder, entities, reason, distinct } => {
            entities::merge(common, folder, entities, reason, *distinct)
        }
        Verb::Unmerge { folder, merge } => entities::unmerge(common, folder, merge),
        Verb::Chart { folder, act } => chart::chart(common, folder, act),
        Verb::Style { folder, act } => style::style(common, folder, act),
        Verb::Briefing { folder, chart, to, selection, language, lens, overwrite } => {
            let target = Target { path: to, overwrite: *overwrite };
            chart::briefing(common, folder, chart, &target, selection, language, lens.as_deref())
        }
        Verb::Interchange { folder, act } => interchange::interchange(common, folder, act),
        Verb::Glossary { folder, act } => glossary::glossary(common, folder, act),
        Verb::Log { folder, act } => health::log(common, folder, act.is_some()),
        Verb::Doctor { folder, rebuild } => health::doctor(common, folder, *rebuild),
    }
}

/// Opens the workspace, does `work` with it, and closes it again, whatever became of the work.
fn with_workspace<T>(
    common: &Common,
    folder: &Path,
    work: impl FnOnce(&Workspace) -> Result<T, Failed>,
) -> Result<T, Failed> {
    let passphrase = common.passphrase()?;
    let device_secret = common.device_secret();
    let unlock =
        Unlock { passphrase: &passphrase, device_secret: &device_secret, accept_older_copy: common.accept_older_copy };
    let workspace = Workspace::open(folder, &unlock)?;
    tell(&workspace)?;
    let result = work(&workspace);
    let closed = workspace.close("end");
    let value = result?;
    closed?;
    Ok(value)
}

/// Tells what the user must know since the workspace was open last.
fn tell(workspace: &Workspace) -> Result<(), WorkspaceError> {
    use koplamp_workspace::Notice;
    for notice in workspace.summary()?.notices {
        match notice {
            Notice::IndexRebuilt { reason } => eprintln!("koplamp: the search index was made again: {reason}"),
            Notice::FailedAttempts { count } => {
                let attempts = output::count(count, "failed attempt", "failed attempts");
                eprintln!("koplamp: {attempts} to open this workspace since it was open last; see the log");
            }
            Notice::ImportInterrupted { total } => {
                let files = output::count(total, "file", "files");
                eprintln!(
                    "koplamp: the last import, of {files}, was broken off. Import them again: what is there already is passed over"
                );
            }
            Notice::ExchangeInterrupted { name } => eprintln!(
                "koplamp: the import of {} was broken off. What there was of it has been taken back; import the file again",
                output::harmless(&name)
            ),
        }
    }
    Ok(())
}
