//! Random histories: acts of a person, chosen at random among those that make sense now.

use std::fmt;
use std::path::Path;

use koplamp_model::{ActKind, DocumentId, Labels, SavedSearchId, TransactionId};
use koplamp_workspace::{DocumentFilter, ErrorCode, ImportRequest, Job, Worker, Workspace, WorkspaceError, select};
use rand::RngExt;
use rand::rngs::StdRng;

use crate::drawing::Drawing;
use crate::words::Wording;
use crate::{files, seed};

/// Words that no dictionary has and no stemmer shortens, so that what a search has to find can be counted.
pub const VOCABULARY: [&str; 6] = ["zwovek", "krumdo", "blixam", "trofuk", "snaxil", "plugoz"];

/// An act to do.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each is the method of the workspace of that name")]
pub enum Plan {
    Import {
        files: Vec<(String, Vec<u8>)>,
        labels: Labels,
    },
    Rename {
        document: DocumentId,
        title: Option<String>,
    },
    Label {
        documents: Vec<DocumentId>,
        labels: Labels,
    },
    Remove {
        documents: Vec<DocumentId>,
    },
    SaveSearch {
        name: String,
        query: String,
    },
    DropSearch {
        search: SavedSearchId,
    },
    /// Something about the case as a picture of entities.
    Chart(Drawing),
    /// Something about what words mean.
    Glossary(Wording),
    Undo,
    Redo,
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Import { .. } => "import",
            Self::Rename { .. } => "rename",
            Self::Label { .. } => "label",
            Self::Remove { .. } => "remove",
            Self::SaveSearch { .. } => "save-search",
            Self::DropSearch { .. } => "drop-search",
            Self::Chart(drawing) => return fmt::Display::fmt(drawing, f),
            Self::Glossary(wording) => return fmt::Display::fmt(wording, f),
            Self::Undo => "undo",
            Self::Redo => "redo",
        })
    }
}

impl Plan {
    /// An act that can be done now; undo and redo may find that there is nothing to do.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn choose(workspace: &Workspace, rng: &mut StdRng) -> Result<Self, WorkspaceError> {
        let documents = workspace.documents(DocumentFilter::All, u32::MAX, 0)?.documents;
        let searches = workspace.saved_searches()?;
        let some = |rng: &mut StdRng| {
            let count = rng.random_range(1..=3);
            (0..count).map(|_| documents[rng.random_range(0..documents.len())].id).collect::<Vec<_>>()
        };
        if rng.random_bool(0.45)
            && let Some(drawing) = Drawing::choose(workspace, &documents, rng)?
        {
            return Ok(Self::Chart(drawing));
        }
        if rng.random_bool(0.25)
            && let Some(wording) = Wording::choose(workspace, &documents, rng)?
        {
            return Ok(Self::Glossary(wording));
        }
        Ok(match rng.random_range(0..100) {
            0..20 => Self::import(rng),
            20..35 if !documents.is_empty() => Self::Rename {
                document: some(rng)[0],
                title: rng.random_bool(0.8).then(|| format!("Titel {}", seed::word(rng, 5))),
            },
            35..48 if !documents.is_empty() => Self::Label { documents: some(rng), labels: labels(rng) },
            48..58 if !documents.is_empty() => Self::Remove { documents: some(rng) },
            58..66 => Self::SaveSearch { name: seed::word(rng, 6), query: format!("{} OR title:titel", word(rng)) },
            66..70 if !searches.is_empty() => {
                Self::DropSearch { search: searches[rng.random_range(0..searches.len())].id }
            }
            70..88 => Self::Undo,
            88..100 => Self::Redo,
            _ => Self::import(rng),
        })
    }

    fn import(rng: &mut StdRng) -> Self {
        let count = rng.random_range(1..=4);
        Self::Import { files: (0..count).map(|_| file(rng)).collect(), labels: labels(rng) }
    }

    /// Does it. Files to take in are written into `sources` first. Whether anything was done: there may be nothing to undo or redo.
    ///
    /// # Errors
    /// As the method of the workspace.
    pub fn run(&self, workspace: &Workspace, worker: &Worker, sources: &Path) -> Result<bool, WorkspaceError> {
        let done = match self {
            Self::Import { files, labels } => {
                let mut paths = Vec::new();
                for (name, bytes) in files {
                    let path = sources.join(name);
                    std::fs::write(&path, bytes).expect("a source can be written");
                    paths.push(path);
                }
                let request = ImportRequest { files: select(&paths)?, labels: labels.clone() };
                workspace.import(&request, worker, &Job::unwatched()).map(drop)
            }
            Self::Rename { document, title } => workspace.rename(*document, title.as_deref()).map(drop),
            Self::Label { documents, labels } => workspace.label(documents, labels).map(drop),
            Self::Remove { documents } => workspace.remove(documents).map(drop),
            Self::SaveSearch { name, query } => workspace.save_search(name, query).map(drop),
            Self::DropSearch { search } => workspace.drop_search(*search).map(drop),
            Self::Chart(drawing) => drawing.run(workspace),
            Self::Glossary(wording) => wording.run(workspace),
            Self::Undo => workspace.undo().map(drop),
            Self::Redo => workspace.redo().map(drop),
        };
        match done {
            Err(error) if matches!(error.code(), ErrorCode::NothingToUndo | ErrorCode::NothingToRedo) => Ok(false),
            // Entities that are one already cannot be made one: chosen at random, that comes up.
            Err(error)
                if matches!(self, Self::Chart(_))
                    && matches!(error.code(), ErrorCode::InvalidArgument | ErrorCode::LinkEnd) =>
            {
                Ok(false)
            }
            // Nor can a concept be mapped to one of its own organisation, or against what another mapping says.
            Err(error) if matches!(self, Self::Glossary(_)) && error.code() == ErrorCode::MappingExcluded => Ok(false),
            done => done.map(|()| true),
        }
    }
}

/// A small file of one of several kinds, with some words of the vocabulary in it. Its name is its own.
fn file(rng: &mut StdRng) -> (String, Vec<u8>) {
    let text = |rng: &mut StdRng| {
        let words: Vec<&str> = (0..rng.random_range(3..40)).map(|_| word(rng)).collect();
        // Something to suggest: numbers that are few, so that they come again.
        format!(
            "{} tel. 06-1234{:02}78 op 12-0{}-2025",
            words.join(" "),
            rng.random_range(0..8),
            rng.random_range(1..9)
        )
    };
    let name = seed::word(rng, 10);
    let (body, more) = (text(rng), text(rng));
    match rng.random_range(0..6) {
        0 => (format!("{name}.html"), files::html("Blad", &body)),
        1 => (format!("{name}.eml"), files::eml("a@posthoorn.example", &name, &body, &[("bijlage.txt", &more)])),
        2 => (format!("{name}.zip"), files::zip(&[("een.txt", body.as_bytes()), ("twee.txt", more.as_bytes())])),
        3 => (format!("{name}.csv"), format!("naam;bedrag\n{};12,50\n", body.replace(' ', ";1\n")).into_bytes()),
        // Nothing in it: a line of the failure list.
        4 if rng.random_bool(0.3) => (format!("{name}.txt"), Vec::new()),
        _ => (format!("{name}.txt"), body.into_bytes()),
    }
}

fn word(rng: &mut StdRng) -> &'static str {
    VOCABULARY[rng.random_range(0..VOCABULARY.len())]
}

fn labels(rng: &mut StdRng) -> Labels {
    let mut one_of = |choices: &[&str]| choices[rng.random_range(0..choices.len())].to_owned();
    let organisation = one_of(&["politie", "om", "fiod", "douane"]);
    let marking = one_of(&["tlp:red", "tlp:amber", "dep-v", ""]);
    Labels {
        organisation,
        source: "Proefbron".into(),
        purpose: "wpg-8".into(),
        marking: (!marking.is_empty()).then_some(marking),
        handling: None,
    }
}

/// One number for the case as a person sees it, without the examination of everything else.
///
/// # Errors
/// When the workspace cannot be read.
pub fn lists_digest(workspace: &Workspace) -> Result<String, WorkspaceError> {
    workspace.state_digest()
}

/// All acts that changed something, newest first; not those that are kept for the auditor only.
///
/// # Errors
/// When the workspace cannot be read.
pub fn acts(workspace: &Workspace, most: usize) -> Result<Vec<TransactionId>, WorkspaceError> {
    use ActKind::{
        Combined, Consulted, Disclosed, EntityConsulted, Exported, KeysChanged, Locked, OpenFailed, Opened, Searched,
    };
    let (mut acts, mut before) = (Vec::new(), None);
    while acts.len() < most {
        let page = workspace.log(before, 500)?;
        let changes = page.entries.iter().filter(|entry| {
            !matches!(
                entry.act.kind,
                Opened
                    | OpenFailed
                    | Searched
                    | Consulted
                    | Exported
                    | KeysChanged
                    | Locked
                    | EntityConsulted
                    | Combined
                    | Disclosed
            )
        });
        acts.extend(changes.map(|entry| entry.act.transaction));
        match page.next {
            Some(next) => before = Some(next),
            None => break,
        }
    }
    acts.truncate(most);
    Ok(acts)
}

/// How many documents hold each word of the vocabulary: by search, and by reading all texts.
///
/// # Errors
/// When the workspace cannot be read.
pub fn counts(workspace: &Workspace) -> Result<(Vec<u64>, Vec<u64>), WorkspaceError> {
    let documents = workspace.documents(DocumentFilter::All, u32::MAX, 0)?.documents;
    let mut texts = Vec::new();
    for document in &documents {
        texts.push(workspace.text(document.id)?);
    }
    let (mut found, mut there) = (Vec::new(), Vec::new());
    for word in VOCABULARY {
        let request = koplamp_workspace::SearchRequest { query: format!("body:={word}"), ..Default::default() };
        found.push(workspace.search(&request)?.total);
        let holds = |text: &&String| text.split(|c: char| !c.is_alphanumeric()).any(|other| other == word);
        there.push(texts.iter().filter(holds).count() as u64);
    }
    Ok((found, there))
}
