//! Searching, and searches that are kept.

use koplamp_model::{Audit, Change, Operation, SavedSearch, SavedSearchId};
use koplamp_search::{Filters, Query, Request, SearchError};

use crate::{Found, Hit, Workspace, WorkspaceError};

impl Workspace {
    /// Searches the case. Kept for the auditor, with the query.
    ///
    /// # Errors
    /// A query that cannot be read: the error says where and how to mend it.
    pub fn search(
        &self,
        query: &str,
        filters: &Filters,
        limit: u32,
        offset: u32,
        facets: bool,
    ) -> Result<Found, WorkspaceError> {
        let request = Request { query: query.to_owned(), filters: filters.clone(), limit, offset, facets };
        let found = self.indexer().or_rebuild(self.vault(), |index| {
            Ok(index.search(&request, &|document| self.vault().pages(document, 1, u32::MAX))?)
        })?;
        let audit = Audit::Searched { query: query.to_owned(), filters: filters.described(), total: found.total };
        self.vault().audit(audit)?;
        let mut hits = Vec::with_capacity(found.hits.len());
        for hit in found.hits {
            let document = match self.vault().document(hit.document) {
                // Removed a moment ago, and the index does not know yet.
                Err(koplamp_vault::VaultError::NoSuchDocument(_)) => continue,
                document => document?,
            };
            hits.push(Hit {
                document: document.id,
                path: document.path,
                title: document.title,
                organisation: document.labels.organisation,
                marking: document.labels.marking,
                kind: document.kind,
                date: document.date,
                score: hit.score,
                passages: hit.passages,
            });
        }
        Ok(Found { total: found.total, hits, facets: found.facets })
    }

    /// Keeps a search under a name.
    ///
    /// # Errors
    /// When the name is empty, or the query cannot be read.
    pub fn save_search(&self, name: &str, query: &str) -> Result<Change, WorkspaceError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(WorkspaceError::Invalid { field: "name", message: "a saved search has a name".into() });
        }
        Query::parse(query).map_err(SearchError::from)?;
        let search = SavedSearch { id: SavedSearchId::random(), name: name.to_owned(), query: query.to_owned() };
        self.change(vec![Operation::SearchSaved(search)])
    }

    /// Kept searches by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>, WorkspaceError> {
        Ok(self.vault().saved_searches()?)
    }

    /// Drops a kept search.
    ///
    /// # Errors
    /// When there is no such search.
    pub fn drop_search(&self, search: SavedSearchId) -> Result<Change, WorkspaceError> {
        if !self.saved_searches()?.iter().any(|kept| kept.id == search) {
            return Err(WorkspaceError::Invalid {
                field: "search",
                message: format!("there is no saved search {search}"),
            });
        }
        self.change(vec![Operation::SearchDropped { search }])
    }
}
