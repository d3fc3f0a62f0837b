//! The case: its deliveries, its documents, its answer key.

use crate::{Error, Result, Source, checks};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What one organisation handed over, and on what footing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// Code of the organisation.
    pub organisation: String,
    /// The folder of the rendered files, within the output folder.
    pub folder: PathBuf,
    /// The system or person that the files came from, in Dutch.
    pub source: String,
    /// Code of the purpose that the files may be used for.
    pub purpose: String,
    /// Code of the marking that the files bear.
    pub marking: String,
}

/// A case that was read and found consistent.
#[derive(Debug, Clone)]
pub struct DemoCase {
    /// Name of the case.
    pub name: String,
    /// One for each organisation, in the order of `case.toml`.
    pub deliveries: Vec<Delivery>,
    /// All documents, ordered by the path of their source.
    pub documents: Vec<Source>,
}

/// The answer key as it stands in `answers.toml`; each test reads the part that it knows.
pub type Answers = toml::Table;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    name: String,
    delivery: Vec<Delivery>,
}

/// Reads `case.toml` and every `documents/<organisation>/*.md` of the case in `folder`.
///
/// # Errors
/// The first file that cannot be read or parsed, or does not fit the others, with its line.
pub fn load(folder: &Path) -> Result<DemoCase> {
    let case: CaseFile = read_toml(&folder.join("case.toml"))?;
    let documents = folder.join("documents");
    let mut sources = Vec::new();
    for entry in walkdir::WalkDir::new(&documents).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::Read { path: documents.clone(), source: error.into() })?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|extension| extension == "md") {
            sources.push(Source::read(entry.path())?);
        }
    }
    let case = DemoCase { name: case.name, deliveries: case.delivery, documents: sources };
    checks::check(&case)?;
    Ok(case)
}

/// Reads the answer key `answers.toml` of the case in `folder`.
///
/// # Errors
/// The file cannot be read, or is not TOML; then with the line.
pub fn answers(folder: &Path) -> Result<Answers> {
    read_toml(&folder.join("answers.toml"))
}

fn read_toml<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
    toml::from_str(&text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.get(..start).map_or(0, |before| before.matches('\n').count()) + 1;
        Error::Source { path: path.to_path_buf(), line, message: error.message().to_string() }
    })
}
