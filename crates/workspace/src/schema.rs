//! The entity schema and the grading schemes that are built in.

use std::sync::LazyLock;

use koplamp_model::{Change, GradingList, GradingScheme, Operation, Schema};

use crate::statements::invalid;
use crate::{Workspace, WorkspaceError};

/// The scheme that is used when nobody chose one.
const USUAL: &str = "admiralty";

static GRADINGS: LazyLock<Vec<GradingScheme>> = LazyLock::new(|| {
    let json = include_str!("../../../resources/codes/grading.json");
    serde_json::from_str::<GradingList>(json).expect("a test reads the schemes").schemes
});

/// The types of entity and link.
pub fn schema() -> &'static Schema {
    Schema::built_in()
}

/// The schemes by which sources and information can be graded.
pub fn gradings() -> &'static [GradingScheme] {
    &GRADINGS
}

impl Workspace {
    /// The scheme by which this workspace grades.
    ///
    /// # Errors
    /// When the database cannot be read, or it was graded by a scheme of a newer version.
    pub fn grading(&self) -> Result<&'static GradingScheme, WorkspaceError> {
        let chosen = self.vault().grading()?.unwrap_or_else(|| USUAL.to_owned());
        scheme(&chosen)
    }

    /// Chooses the scheme by which this workspace grades. Grades given before stay as they are.
    ///
    /// # Errors
    /// When there is no such scheme.
    pub fn choose_grading(&self, code: &str) -> Result<Change, WorkspaceError> {
        let code = scheme(code)?.code.clone();
        self.change(vec![Operation::GradingChosen { scheme: code }])
    }
}

fn scheme(code: &str) -> Result<&'static GradingScheme, WorkspaceError> {
    gradings().iter().find(|scheme| scheme.code == code).ok_or_else(|| {
        let known: Vec<&str> = gradings().iter().map(|scheme| scheme.code.as_str()).collect();
        invalid("scheme", &format!("there is no grading scheme '{code}'; there are: {}", known.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn schema_and_gradings_read() {
        assert!(super::schema().find("Person").is_some());
        assert!(super::scheme(super::USUAL).is_ok());
    }
}
