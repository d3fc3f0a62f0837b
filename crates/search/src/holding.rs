//! Which documents hold a word: for what has to be done again with each of them.

use koplamp_language::words;
use koplamp_model::DocumentId;
use tantivy::collector::DocSetCollector;

use crate::query::{Form, Leaf, Node, compile};
use crate::search::document_at;
use crate::{Index, IndexError};

impl Index {
    /// The documents of the last commit whose title or text holds this word, or all of these words, inflected or not. None for a text without
    /// a word in it.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn holding(&self, text: &str) -> Result<Vec<DocumentId>, IndexError> {
        let leaf = |raw: &str| Node::Leaf(Leaf { field: None, form: Form::Word(raw.to_owned()), at: 0..0 });
        let all: Vec<Node> = text.split_whitespace().filter(|part| words(part).next().is_some()).map(leaf).collect();
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let searcher = self.searcher();
        let query = compile(&Node::And(all), self.fields(), &searcher)?;
        let found = searcher.search(&query, &DocSetCollector)?;
        found.into_iter().map(|address| document_at(&searcher, address)).collect()
    }
}
