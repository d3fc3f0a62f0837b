//! What types and links are called at an organisation.

use std::collections::BTreeMap;

use koplamp_glossary::Lens;

use crate::{Language, Workspace, WorkspaceError};

impl Workspace {
    /// For each type of the entity schema that an organisation has a word of its own for, that word. Without one, the schema's label stands.
    ///
    /// # Errors
    /// When the database cannot be read, or nobody knows the organisation.
    pub fn lens_labels(
        &self,
        organisation: &str,
        language: Language,
    ) -> Result<BTreeMap<String, String>, WorkspaceError> {
        let organisation = self.lens(Some(organisation))?;
        let ready = self.glossary()?;
        let lens = Lens::new(&ready.glossary, &organisation);
        let called = crate::schema().types.iter().filter_map(|kind| {
            let (label, code) = match language {
                Language::Nl => (&kind.nl, "nl"),
                Language::En => (&kind.en, "en"),
            };
            Some((kind.name.clone(), lens.label(&kind.name, label, code)?.to_owned()))
        });
        Ok(called.collect())
    }
}
