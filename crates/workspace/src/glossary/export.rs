//! The glossary out: to a file in a format that other programs read.

use koplamp_glossary::{Concepts, Format};
use koplamp_model::{Audit, ConceptId, ConceptMapping, Glossary};

use crate::{Target, Workspace, WorkspaceError};

impl Workspace {
    /// Writes the glossary, or what is of one organisation with the mappings that it is in, to a file outside the workspace. Kept for the
    /// auditor. Gives how many concepts and mappings are in it.
    ///
    /// # Errors
    /// When the format is only read, there is nothing to write, or the file cannot be written.
    pub fn export_glossary(
        &self,
        format: Format,
        organisation: Option<&str>,
        target: &Target<'_>,
    ) -> Result<(u32, u32), WorkspaceError> {
        let organisation = organisation.map(|code| self.known_organisation(code)).transpose()?;
        let ready = self.glossary()?;
        let bytes = koplamp_glossary::write(format, &ready.glossary, organisation.as_deref())?;
        let (concepts, mappings) = written(&ready.glossary, organisation.as_deref());
        let entities = (concepts + mappings) as u64;
        let audit = Audit::Disclosed { format: format.code().into(), chart: None, entities };
        self.vault().export(audit, &[(target.path, &bytes)], target.overwrite)?;
        let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Ok((count(concepts), count(mappings)))
    }
}

/// How many concepts and mappings are of this organisation, or of all.
fn written(glossary: &Glossary, organisation: Option<&str>) -> (usize, usize) {
    let all = Concepts::new(glossary);
    let chosen = |concept: ConceptId| organisation.is_none_or(|code| all.organisation(concept) == Some(code));
    let named =
        |mapping: &&ConceptMapping| std::iter::once(&mapping.from).chain(&mapping.to).any(|end| chosen(end.concept));
    let concepts = glossary.concepts.iter().filter(|concept| chosen(concept.id)).count();
    (concepts, glossary.mappings.iter().filter(named).count())
}
