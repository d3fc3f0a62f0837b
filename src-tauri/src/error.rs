//! The one form in which an error reaches the web view.

use std::collections::BTreeMap;

use koplamp_workspace::{ErrorCode, WorkspaceError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error: a code from a closed list, a message in English for who reads a report, and what the window needs beside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct ErrorView {
    /// The code. The window has a severity, a text and an advice for each.
    pub code: ErrorCode,
    /// What went wrong, in English.
    pub message: String,
    /// A field's name, the place in a query.
    pub details: BTreeMap<String, String>,
}

impl ErrorView {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: BTreeMap::new() }
    }

    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        let details = BTreeMap::from([("field".to_owned(), field.to_owned())]);
        Self { code: ErrorCode::InvalidArgument, message: message.into(), details }
    }
}

impl<E: Into<WorkspaceError>> From<E> for ErrorView {
    fn from(error: E) -> Self {
        let error = error.into();
        let details = error.details().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { code: error.code(), message: error.to_string(), details }
    }
}

/// Runs work that may wait for the disk on a blocking thread, and turns a panic into an error instead of a window that hangs.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ErrorView> + Send + 'static,
) -> Result<T, ErrorView> {
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err(ErrorView::new(ErrorCode::Internal, "a mistake in the program ended this act")),
    }
}
