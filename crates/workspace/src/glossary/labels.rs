//! What types and links are called at an organisation.

use std::collections::BTreeMap;

use koplamp_glossary::Lens;

use crate::{Language, Workspace, WorkspaceError};

impl Workspace {
    /// For each type of the entity schema that an organisation has a word of its own for, that word. Without one, the schema's label stands.
    ///
    /// # Errors
    /// When the database cannot be read, or `organisation` cannot be a code.
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
            Some((kind.name.clone(), written_as(label, lens.label(&kind.name, label, code)?)))
        });
        Ok(called.collect())
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
