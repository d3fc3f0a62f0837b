//! What types and links are called at an organisation.

use std::borrow::Cow;
use std::collections::BTreeMap;

use koplamp_glossary::Lens;
use koplamp_model::Schema;

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
        let lens = Lens::new(&ready.glossary, &organisation, &crate::days::today());
        let called = crate::schema().types.iter().filter_map(|kind| {
            let (label, code) = match language {
                Language::Nl => (&kind.nl, "nl"),
                Language::En => (&kind.en, "en"),
            };
            Some((kind.name.clone(), written_as(label, lens.label(&kind.name, label, code)?)))
        });
        Ok(called.collect())
    }

    /// The entity schema in the words of an organisation: types of entities and links, and properties, are called in `language` what it calls
    /// them, where it has a word of its own. One word stands for one and for several: a glossary has no plurals. None is the schema as it is.
    ///
    /// # Errors
    /// When the database cannot be read, or `organisation` cannot be a code.
    pub(crate) fn schema_through(
        &self,
        organisation: Option<&str>,
        language: Language,
    ) -> Result<Cow<'static, Schema>, WorkspaceError> {
        let Some(organisation) = organisation else { return Ok(Cow::Borrowed(crate::schema())) };
        let organisation = self.lens(Some(organisation))?;
        let ready = self.glossary()?;
        let lens = Lens::new(&ready.glossary, &organisation, &crate::days::today());
        let mut schema = crate::schema().clone();
        for kind in &mut schema.types {
            let (label, several, code) = match language {
                Language::Nl => (&mut kind.nl, &mut kind.nl_plural, "nl"),
                Language::En => (&mut kind.en, &mut kind.en_plural, "en"),
            };
            if let Some(word) = lens.label(&kind.name, label, code) {
                *label = written_as(label, word);
                label.clone_into(several);
            }
            for property in &mut kind.properties {
                let label = if language == Language::Nl { &mut property.nl } else { &mut property.en };
                if let Some(word) = lens.property(&property.name, label, code) {
                    *label = written_as(label, word);
                }
            }
        }
        Ok(Cow::Owned(schema))
    }
}

/// The word with a capital where the schema's label has one.
fn written_as(label: &str, word: &str) -> String {
    let capital = label.chars().next().is_some_and(char::is_uppercase);
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::written_as;

    #[test]
    fn a_word_has_the_capital_of_the_label() {
        assert_eq!(written_as("Voertuig", "vervoermiddel"), "Vervoermiddel");
        assert_eq!(written_as("voertuig", "vervoermiddel"), "vervoermiddel");
        assert_eq!(written_as("Voertuig", ""), "");
    }
}
