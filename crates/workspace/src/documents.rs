//! Documents: reading, naming, labelling, removing.

use koplamp_model::{Audit, Change, Document, DocumentId, Labels, Operation, Page, Passage};
use koplamp_search::{Query, find_all};
use koplamp_vault::{DocumentFilter, WipedBytes};

use crate::{DocumentList, DocumentView, SenseAsk, Target, Workspace, WorkspaceError};

/// Longest title that a person gives, in characters.
const MAX_TITLE: usize = 500;

impl Workspace {
    /// Documents of the case in the order in which they came in.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn documents(&self, filter: DocumentFilter, limit: u32, offset: u32) -> Result<DocumentList, WorkspaceError> {
        let (total, documents) = self.vault().documents(filter, limit, offset)?;
        Ok(DocumentList { total, documents })
    }

    /// One document of the case, without consulting it: what a list shows of it.
    ///
    /// # Errors
    /// When it is not there.
    pub fn document(&self, document: DocumentId) -> Result<Document, WorkspaceError> {
        Ok(self.vault().document(document)?)
    }

    /// Opens a document to read it, with everything in it that `query` matches. Kept for the auditor.
    ///
    /// # Errors
    /// When it is not there, or the query cannot be read.
    pub fn open_document(
        &self,
        document: DocumentId,
        query: Option<&str>,
        senses: Option<&SenseAsk>,
    ) -> Result<DocumentView, WorkspaceError> {
        let query = match query.map(str::trim) {
            None | Some("") => None,
            Some(text) => Some(Query::parse(text).map_err(koplamp_search::SearchError::from)?),
        };
        let found = self.vault().document(document)?;
        self.consult(document)?;
        let matches = match query {
            None => Vec::new(),
            Some(query) => {
                let read = self.read(&query, senses)?;
                let text = self.glossary()?.text(self.vault(), document, read.marks_places())?;
                let query = query.with_senses(&read.choices);
                let found = find_all(&query, &text.pages, &text.senses);
                found.iter().filter_map(|found| passage(&text.pages, found)).collect()
            }
        };
        let parent = found.parent.and_then(|parent| self.vault().document(parent).ok());
        let children = self.vault().children(document)?;
        Ok(DocumentView { document: found, parent, children, matches })
    }

    /// Pages `from..=to` of a document, from 1. The first time, it is kept for the auditor that the document is read.
    ///
    /// # Errors
    /// When the document is not there.
    pub fn pages(&self, document: DocumentId, from: u32, to: u32) -> Result<Vec<Page>, WorkspaceError> {
        self.vault().document(document)?;
        self.consult_once(document)?;
        Ok(self.vault().pages(document, from, to)?)
    }

    /// The whole text of a document, pages divided by form feeds. Kept for the auditor.
    ///
    /// # Errors
    /// When it is not there.
    pub fn text(&self, document: DocumentId) -> Result<String, WorkspaceError> {
        self.open_document(document, None, None)?;
        let pages = self.vault().pages(document, 1, u32::MAX)?;
        Ok(pages.into_iter().map(|page| page.text).collect::<Vec<_>>().join("\u{c}"))
    }

    /// The bytes of a document as they came in, for a person who takes them out. Kept for the auditor.
    ///
    /// # Errors
    /// When it is not there, or its bytes are not those that came in.
    pub fn original(&self, document: DocumentId) -> Result<WipedBytes, WorkspaceError> {
        self.vault().document(document)?;
        self.vault().audit(Audit::Exported { document })?;
        Ok(self.vault().original(document)?)
    }

    /// Writes the bytes of a document as they came in to a file outside the workspace, where the person says. Kept for the auditor.
    ///
    /// # Errors
    /// As [`Workspace::original`]; or when the file cannot be written.
    pub fn export_original(&self, document: DocumentId, target: &Target<'_>) -> Result<(), WorkspaceError> {
        self.vault().document(document)?;
        let bytes = self.vault().original(document)?;
        Ok(self.vault().export(Audit::Exported { document }, &[(target.path, &bytes)], target.overwrite)?)
    }

    /// Gives a document a title; none gives it back its own.
    ///
    /// # Errors
    /// When it is not there, or the title is empty or too long.
    pub fn rename(&self, document: DocumentId, title: Option<&str>) -> Result<Change, WorkspaceError> {
        let title = title.map(str::trim);
        if title.is_some_and(|title| title.is_empty() || title.chars().count() > MAX_TITLE) {
            let message = format!("a title has 1 to {MAX_TITLE} characters");
            return Err(WorkspaceError::Invalid { field: "title", message });
        }
        self.vault().document(document)?;
        self.change(vec![Operation::DocumentRenamed { document, title: title.map(str::to_owned) }])
    }

    /// Gives documents other labels.
    ///
    /// # Errors
    /// When one is not there, or the labels are not complete: then none is changed.
    pub fn label(&self, documents: &[DocumentId], labels: &Labels) -> Result<Change, WorkspaceError> {
        let labels = labels.checked(crate::codes())?;
        let documents = self.distinct(documents)?;
        let relabel = |document| Operation::DocumentLabelled { document, labels: labels.clone() };
        self.change(documents.into_iter().map(relabel).collect())
    }

    /// Takes documents out of the case, with all that they carry along. Undoing brings them back.
    ///
    /// # Errors
    /// When one is not there: then none is removed.
    pub fn remove(&self, documents: &[DocumentId]) -> Result<Change, WorkspaceError> {
        let mut removed = Vec::new();
        let mut waiting = self.distinct(documents)?;
        while let Some(document) = waiting.pop() {
            if !removed.contains(&document) {
                waiting.extend(self.vault().children(document)?.into_iter().map(|child| child.id));
                removed.push(document);
            }
        }
        self.change(removed.into_iter().map(|document| Operation::DocumentRemoved { document }).collect())
    }

    /// The documents, each once, all of them in the case.
    fn distinct(&self, documents: &[DocumentId]) -> Result<Vec<DocumentId>, WorkspaceError> {
        if documents.is_empty() {
            return Err(WorkspaceError::Invalid { field: "documents", message: "no document is named".into() });
        }
        let distinct: std::collections::BTreeSet<_> = documents.iter().copied().collect();
        for document in &distinct {
            self.vault().document(*document)?;
        }
        Ok(distinct.into_iter().collect())
    }
}

/// A match as a passage of its own.
fn passage(pages: &[Page], found: &koplamp_search::Highlight) -> Option<Passage> {
    let page = pages.iter().find(|page| page.number == found.page)?;
    let length = found.end.checked_sub(found.start)?;
    let quote = page.text.chars().skip(found.start as usize).take(length as usize).collect();
    Some(Passage {
        page: found.page,
        start: found.start,
        end: found.end,
        quote,
        highlights: vec![(found.start, found.end)],
    })
}
