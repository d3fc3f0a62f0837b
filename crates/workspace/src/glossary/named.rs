//! Concepts and mappings by what a person writes.

use std::collections::BTreeSet;

use koplamp_language::fold;
use koplamp_model::{ConceptId, ConceptMappingId};

use super::views::Shown;
use crate::statements::invalid;
use crate::{Workspace, WorkspaceError};

impl Workspace {
    /// The concept that is meant: by its id, its IRI, its code, or `ORGANISATION:WORD`; a word alone when only one concept has it.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn concept_named(&self, text: &str) -> Result<ConceptId, WorkspaceError> {
        let ready = self.glossary()?;
        let concepts = &ready.glossary.concepts;
        let id = text.parse::<ConceptId>().ok();
        if let Some(known) = concepts.iter().find(|concept| Some(concept.id) == id || concept.iri == text) {
            return Ok(known.id);
        }
        let shown = Shown::new(&ready.glossary);
        let (organisation, word) = match text.split_once(':') {
            Some((code, word)) if crate::codes().organisation(code).is_ok() => (Some(code), word),
            _ => (None, text),
        };
        let wanted = fold(word.trim());
        let mut found: Vec<_> = ready.glossary.terms.iter().filter(|term| fold(&term.form.text) == wanted).collect();
        found.retain(|term| organisation.is_none_or(|code| shown.meanings.organisation(term.concept) == code));
        // What a word is preferred for counts before what it is also used for.
        let best = found.iter().map(|term| term.kind).min();
        found.retain(|term| Some(term.kind) == best);
        let mut ids: BTreeSet<ConceptId> = found.iter().map(|term| term.concept).collect();
        ids.extend(concepts.iter().filter(|concept| concept.notation.as_deref() == Some(word)).map(|known| known.id));
        match ids.iter().collect::<Vec<_>>().as_slice() {
            [] => Err(WorkspaceError::NoSuchConcept(text.to_owned())),
            [only] => Ok(**only),
            several => {
                let named: Vec<String> = several
                    .iter()
                    .take(8)
                    .map(|id| format!("{}:{} ({id})", shown.meanings.organisation(**id), shown.label(**id)))
                    .collect();
                let message =
                    format!("'{text}' is {} concepts: {}; name one by its id", several.len(), named.join(", "));
                Err(invalid("concept", &message))
            }
        }
    }

    /// The mapping of this id.
    ///
    /// # Errors
    /// When it is no id, or there is none.
    pub fn mapping_named(&self, text: &str) -> Result<ConceptMappingId, WorkspaceError> {
        let unknown = || WorkspaceError::NoSuchMapping(text.to_owned());
        let id = text.parse::<ConceptMappingId>().map_err(|_| unknown())?;
        let ready = self.glossary()?;
        ready.glossary.mappings.iter().any(|mapping| mapping.id == id).then_some(id).ok_or_else(unknown)
    }
}
