//! What can go wrong in an act, with a closed code for the window and the command line. Nothing is matched by text.

use koplamp_interchange::InterchangeError;
use koplamp_model::LabelError;
use koplamp_search::{IndexError, SearchError};
use koplamp_vault::{HeaderError, KeychainState, RecoveryKeyError, UnlockError, VaultError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Unfit;

/// The codes. The window has a severity, a text and an advice for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[allow(missing_docs, reason = "the names say it; the window's error table gives each its sentence")]
pub enum ErrorCode {
    WrongPassphrase,
    WrongDeviceSecret,
    WrongRecoveryKey,
    WeakPassphrase,
    KeychainAbsent,
    KeychainLocked,
    KeychainMissing,
    KeychainWrongValue,
    KeychainChanged,
    WorkspaceNotFound,
    WorkspaceExists,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceRolledBack,
    UnsupportedVersion,
    Locked,
    Query,
    LabelMissing,
    LabelUnknown,
    DocumentNotFound,
    NotTakenIn,
    Portrait,
    EntityNotFound,
    StatementNotFound,
    SuggestionNotFound,
    ChartNotFound,
    StyleSheetNotFound,
    StyleSheet,
    Exchange,
    ConceptNotFound,
    MappingNotFound,
    MappingExcluded,
    Glossary,
    ValueNotDate,
    ValueNotNumber,
    ValueNotAmount,
    PeriodBackward,
    LinkEnd,
    MergeKinds,
    ChartAmbiguous,
    TargetExists,
    TargetInWorkspace,
    TargetNotPlain,
    NothingToUndo,
    NothingToRedo,
    Conflict,
    SelectionGone,
    JobNotFound,
    InvalidArgument,
    Cancelled,
    Io,
    WorkerMissing,
    Internal,
}

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkspaceError {
    /// At rest.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// In the index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// In a search.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The program that reads documents.
    #[error(transparent)]
    Worker(#[from] koplamp_intake::WorkerError),
    /// Labels.
    #[error(transparent)]
    Label(#[from] LabelError),
    /// The keychain does not give the second factor.
    #[error("the device secret of this workspace is not to be had from the system's keychain: {}", keychain_advice(*.0))]
    Keychain(KeychainState),
    /// The passphrase is too short.
    #[error("the passphrase is too short: take at least {0} characters, better four words or more")]
    WeakPassphrase(usize),
    /// The recovery key is mistyped.
    #[error(transparent)]
    RecoveryKey(#[from] RecoveryKeyError),
    /// A file of another program.
    #[error(transparent)]
    Exchange(#[from] koplamp_interchange::InterchangeError),
    /// A file of another program is not what it should be.
    #[error(transparent)]
    Refused(#[from] koplamp_interchange::task::Refused),
    /// A file of another program that the process that reads it did not survive, or of which it gave no answer that can be believed.
    #[error("the file cannot be read, and nothing of it was kept: {}", .0.message)]
    Unreadable(koplamp_model::Failure),
    /// A file of terms.
    #[error(transparent)]
    Glossary(#[from] koplamp_glossary::GlossaryError),
    /// A file of terms is not what it should be.
    #[error(transparent)]
    GlossaryRefused(#[from] koplamp_glossary::task::Refused),
    /// A mapping cannot stand beside what is there.
    #[error(transparent)]
    MappingExcluded(#[from] koplamp_glossary::Conflict),
    /// There is no such concept.
    #[error("there is no concept '{0}' in the glossary; 'glossary DIR look-up WORD' tells which there are")]
    NoSuchConcept(String),
    /// There is no such mapping between concepts.
    #[error("there is no mapping '{0}' in the glossary; 'glossary DIR look-up WORD' tells which there are")]
    NoSuchMapping(String),
    /// A style sheet says what a sheet cannot say.
    #[error(transparent)]
    Style(#[from] koplamp_model::StyleError),
    /// A file is not a style sheet.
    #[error(transparent)]
    NoSheet(#[from] koplamp_interchange::style::NoSheet),
    /// A layout.
    #[error(transparent)]
    Layout(#[from] koplamp_chart::LayoutError),
    /// A search for paths.
    #[error(transparent)]
    Path(#[from] koplamp_chart::PathError),
    /// A picture of a chart.
    #[error(transparent)]
    Briefing(#[from] koplamp_briefing::BriefingError),
    /// No portrait can be made of a document.
    #[error(transparent)]
    NoPortrait(#[from] koplamp_intake::portrait::NoPortrait),
    /// A job was cancelled.
    #[error("it was cancelled; nothing of it was kept")]
    Cancelled,
    /// Nothing can be undone.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Nothing can be redone.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// An import or examination is going on.
    #[error("an import or an examination is going on; wait for it, or cancel it")]
    Conflict,
    /// A value, period or end that cannot be stated.
    #[error(transparent)]
    Unfit(#[from] crate::Unfit),
    /// Entities of types that are no kind of each other are taken for one without a word why.
    #[error("a {one} and a {other} are no kind of each other; say with a reason why they are one all the same")]
    MergeKinds {
        /// The type of one.
        one: String,
        /// That of another.
        other: String,
    },
    /// Several charts have this name.
    #[error("'{name}' names {} charts: {}; give the id", .charts.len(), .charts.join(", "))]
    ChartAmbiguous {
        /// The name.
        name: String,
        /// The ids of the charts, the oldest first.
        charts: Vec<String>,
    },
    /// An argument that makes no sense.
    #[error("{field}: {message}")]
    Invalid {
        /// Which argument.
        field: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// A file that the user named could not be read or written.
    #[error("could not {action} {path}: {source}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which file.
        path: String,
        /// What the operating system said.
        source: std::io::Error,
    },
}

/// What to do about a keychain that does not give the secret.
const fn keychain_advice(state: KeychainState) -> &'static str {
    match state {
        KeychainState::Ok => "it is there",
        KeychainState::Absent => {
            "no keychain service is running. Start one (GNOME Keyring, KWallet), or use a device-secret file on a stick, or the recovery key"
        }
        KeychainState::Locked => "the keychain is locked. Unlock it and try again",
        KeychainState::Missing => {
            "the keychain has no entry for this workspace. Use the computer that it was made on, or the recovery key"
        }
        KeychainState::WrongValue => {
            "the keychain's entry is not a device secret of this workspace. Use the recovery key"
        }
        KeychainState::Changed => {
            "the keychain's entry is for this workspace, but is not the secret that its header was made with. Use the recovery key"
        }
    }
}

impl From<koplamp_chart::Cancelled> for WorkspaceError {
    fn from(_: koplamp_chart::Cancelled) -> Self {
        Self::Cancelled
    }
}

impl From<koplamp_intake::TaskError> for WorkspaceError {
    fn from(error: koplamp_intake::TaskError) -> Self {
        match error {
            koplamp_intake::TaskError::Failed(failure) => Self::Unreadable(failure),
            koplamp_intake::TaskError::Cancelled => Self::Cancelled,
            koplamp_intake::TaskError::Worker(error) => Self::Worker(error),
        }
    }
}

impl WorkspaceError {
    /// The code of this error.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Vault(error) => vault_code(error),
            Self::Search(SearchError::Query(_)) => ErrorCode::Query,
            Self::Index(IndexError::Busy) => ErrorCode::WorkspaceBusy,
            Self::Index(IndexError::Io(_)) | Self::Search(SearchError::Index(IndexError::Io(_))) | Self::Io { .. } => {
                ErrorCode::Io
            }
            Self::Index(_) | Self::Search(_) => ErrorCode::WorkspaceDamaged,
            Self::Worker(_) => ErrorCode::WorkerMissing,
            Self::Label(LabelError::Missing(_)) => ErrorCode::LabelMissing,
            Self::Label(LabelError::Malformed { .. } | LabelError::Unknown { .. }) => ErrorCode::LabelUnknown,
            Self::Keychain(state) => keychain_code(*state),
            Self::WeakPassphrase(_) => ErrorCode::WeakPassphrase,
            Self::RecoveryKey(_) => ErrorCode::WrongRecoveryKey,
            Self::Exchange(koplamp_interchange::InterchangeError::Stopped)
            | Self::Cancelled
            | Self::Layout(koplamp_chart::LayoutError::Stopped)
            | Self::Path(koplamp_chart::PathError::Cancelled(_)) => ErrorCode::Cancelled,
            Self::Exchange(_) | Self::Refused(_) | Self::Unreadable(_) => ErrorCode::Exchange,
            Self::Glossary(koplamp_glossary::GlossaryError::Stopped) => ErrorCode::Cancelled,
            Self::Glossary(_) | Self::GlossaryRefused(_) => ErrorCode::Glossary,
            Self::Style(_) | Self::NoSheet(_) => ErrorCode::StyleSheet,
            Self::NoPortrait(_) => ErrorCode::Portrait,
            Self::MappingExcluded(_) => ErrorCode::MappingExcluded,
            Self::NoSuchConcept(_) => ErrorCode::ConceptNotFound,
            Self::NoSuchMapping(_) => ErrorCode::MappingNotFound,
            Self::Path(koplamp_chart::PathError::UnknownEntity(_)) => ErrorCode::EntityNotFound,
            Self::Layout(_) | Self::Briefing(_) => ErrorCode::InvalidArgument,
            Self::NothingToUndo => ErrorCode::NothingToUndo,
            Self::NothingToRedo => ErrorCode::NothingToRedo,
            Self::Conflict => ErrorCode::Conflict,
            Self::Unfit(Unfit::Date { .. }) => ErrorCode::ValueNotDate,
            Self::Unfit(Unfit::Number { .. }) => ErrorCode::ValueNotNumber,
            Self::Unfit(Unfit::Amount { .. }) => ErrorCode::ValueNotAmount,
            Self::Unfit(Unfit::Period { .. }) => ErrorCode::PeriodBackward,
            Self::Unfit(Unfit::LinkEnd { .. }) => ErrorCode::LinkEnd,
            Self::MergeKinds { .. } => ErrorCode::MergeKinds,
            Self::ChartAmbiguous { .. } => ErrorCode::ChartAmbiguous,
            Self::Invalid { .. } => ErrorCode::InvalidArgument,
        }
    }

    /// What the window needs beside the code: a field's name, the place in a query. Never a secret, never text of a document.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Search(SearchError::Query(error)) => {
                let mut details = vec![
                    ("start", error.at.start.to_string()),
                    ("end", error.at.end.to_string()),
                    ("hint", error.message.clone()),
                    ("subject", error.subject.clone()),
                    ("suggestions", error.suggestions.join(", ")),
                ];
                if let Ok(serde_json::Value::String(code)) = serde_json::to_value(error.code) {
                    details.push(("query_code", code));
                }
                details
            }
            Self::Label(
                LabelError::Missing(field)
                | LabelError::Malformed { list: field, .. }
                | LabelError::Unknown { list: field, .. },
            ) => {
                vec![("field", (*field).to_owned())]
            }
            Self::Invalid { field, .. } => vec![("field", (*field).to_owned())],
            Self::Vault(VaultError::RolledBack { part, .. }) => vec![("part", (*part).to_owned())],
            Self::Unfit(unfit) => unfit.details(),
            Self::ChartAmbiguous { name, .. } => vec![("text", name.clone())],
            Self::Exchange(error) => exchange_details(error),
            Self::NoPortrait(reason) => match serde_json::to_value(reason) {
                Ok(serde_json::Value::String(code)) => vec![("problem", code)],
                _ => Vec::new(),
            },
            Self::MappingExcluded(conflict) => {
                [("problem", conflict.code().to_owned())].into_iter().chain(conflict.details()).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// What is wrong with a file of another program, so that the window can say it in its own words: the problem, and its line where it has one.
fn exchange_details(error: &InterchangeError) -> Vec<(&'static str, String)> {
    let (problem, line) = match error {
        InterchangeError::TooLarge { .. } => ("too_large", None),
        InterchangeError::TooMany { line, .. } => ("too_many", Some(*line)),
        InterchangeError::Malformed { line, .. } => ("malformed", Some(*line)),
        InterchangeError::DocumentType { line } => ("document_type", Some(*line)),
        InterchangeError::OtherFormat { line, .. } => ("other_format", Some(*line)),
        InterchangeError::Workbook { .. } => ("workbook", None),
        InterchangeError::Mapping { .. } => ("mapping", None),
        InterchangeError::OnlyRead { .. } => ("only_read", None),
        InterchangeError::Stopped => ("stopped", None),
        InterchangeError::Write { .. } => ("write", None),
    };
    let mut details = vec![("problem", problem.to_owned())];
    details.extend(line.map(|line| ("line", line.to_string())));
    match error {
        InterchangeError::TooMany { limit, .. } => details.push(("limit", limit.to_string())),
        InterchangeError::Mapping { name, .. } => details.push(("name", name.clone())),
        _ => {}
    }
    details
}

const fn keychain_code(state: KeychainState) -> ErrorCode {
    match state {
        KeychainState::Ok => ErrorCode::Internal,
        KeychainState::Absent => ErrorCode::KeychainAbsent,
        KeychainState::Locked => ErrorCode::KeychainLocked,
        KeychainState::Missing => ErrorCode::KeychainMissing,
        KeychainState::WrongValue => ErrorCode::KeychainWrongValue,
        KeychainState::Changed => ErrorCode::KeychainChanged,
    }
}

fn vault_code(error: &VaultError) -> ErrorCode {
    match error {
        VaultError::NotFound(_) => ErrorCode::WorkspaceNotFound,
        VaultError::Exists(_) => ErrorCode::WorkspaceExists,
        VaultError::Busy(_) => ErrorCode::WorkspaceBusy,
        VaultError::RolledBack { .. } => ErrorCode::WorkspaceRolledBack,
        VaultError::NewerVersion { .. } => ErrorCode::UnsupportedVersion,
        VaultError::NoSuchDocument(_) => ErrorCode::DocumentNotFound,
        VaultError::NotTakenIn(_) => ErrorCode::NotTakenIn,
        VaultError::NoSuchEntity(_) | VaultError::NoSuchMerge(_) => ErrorCode::EntityNotFound,
        VaultError::NoSuchStatement(_) => ErrorCode::StatementNotFound,
        VaultError::NoSuchSuggestion(_) => ErrorCode::SuggestionNotFound,
        VaultError::NoSuchChart(_) => ErrorCode::ChartNotFound,
        VaultError::NoSuchStyleSheet(_) => ErrorCode::StyleSheetNotFound,
        VaultError::TargetExists(_) => ErrorCode::TargetExists,
        VaultError::TargetInWorkspace(_) => ErrorCode::TargetInWorkspace,
        VaultError::TargetNotPlain(_) => ErrorCode::TargetNotPlain,
        VaultError::Io { .. } => ErrorCode::Io,
        VaultError::Header(error) => match error {
            HeaderError::UnsupportedVersion { .. } => ErrorCode::UnsupportedVersion,
            HeaderError::EmptyPassphrase => ErrorCode::WeakPassphrase,
            HeaderError::Io { .. } => ErrorCode::Io,
            HeaderError::OutOfMemory => ErrorCode::Internal,
            _ => ErrorCode::WorkspaceDamaged,
        },
        VaultError::Unlock(error) => match error {
            UnlockError::WrongPassphrase => ErrorCode::WrongPassphrase,
            UnlockError::WrongDeviceSecret => ErrorCode::WrongDeviceSecret,
            UnlockError::WrongRecoveryKey => ErrorCode::WrongRecoveryKey,
            UnlockError::OutOfMemory => ErrorCode::Internal,
            _ => ErrorCode::WorkspaceDamaged,
        },
        VaultError::DeviceSecret(_) => ErrorCode::WrongDeviceSecret,
        VaultError::Internal(_) => ErrorCode::Internal,
        _ => ErrorCode::WorkspaceDamaged,
    }
}
