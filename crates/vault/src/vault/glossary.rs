//! Reading the glossary, and what the index lacks of it.

use koplamp_model::{ConceptId, DocumentId, FixedSense, Glossary, LogEntry};

use super::Vault;
use crate::VaultError;
use crate::store::{acts, documents, glossary};

impl Vault {
    /// All of the glossary. It is small: thousands of records.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn glossary(&self) -> Result<Glossary, VaultError> {
        self.store.read(glossary::whole)
    }

    /// The acts that made, changed or dropped a concept or its terms, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn concept_history(&self, concept: ConceptId) -> Result<Vec<LogEntry>, VaultError> {
        self.store.read(|connection| acts::of_glossary(connection, &concept.to_string()))
    }

    /// The senses that persons fixed in a document, in reading order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn fixed_senses(&self, document: DocumentId) -> Result<Vec<FixedSense>, VaultError> {
        self.store.read(|connection| glossary::fixed_senses(connection, document))
    }

    /// Words whose senses changed since the index was last told, with the mark to hand to [`Vault::note_senses`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn changed_words(&self) -> Result<Vec<(String, i64)>, VaultError> {
        self.store.read(glossary::changed_words)
    }

    /// Says that these are the documents that hold one of these words: they are to be indexed again, and the words are done with.
    ///
    /// # Errors
    /// When the database does not take it.
    pub fn note_senses(&self, words: &[(String, i64)], documents: &[DocumentId]) -> Result<(), VaultError> {
        self.note(|connection| {
            for document in documents {
                documents::mark_unindexed(connection, *document)?;
            }
            glossary::forget_words(connection, words)
        })
    }
}
