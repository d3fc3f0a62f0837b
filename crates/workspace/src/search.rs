//! Searching, and searches that are kept.

use koplamp_model::{Audit, Change, Folded, Operation, SavedSearch, SavedSearchId, SenseMode, TermExpansion};
use koplamp_search::{Filters, Query, Request, SearchError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::glossary::Read;
use crate::{Found, Hit, SenseAsk, Workspace, WorkspaceError};

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SearchRequest {
    /// In the query language.
    pub query: String,
    /// How words that mean different things are looked for; none takes every word as it was typed.
    #[serde(default)]
    pub senses: Option<SenseAsk>,
    /// What hits are narrowed to.
    #[serde(default)]
    pub filters: Filters,
    /// Number of hits wanted, at most 1,000.
    pub limit: u32,
    /// Hits to pass over.
    #[serde(default)]
    pub offset: u32,
    /// Whether facets are counted.
    #[serde(default)]
    pub facets: bool,
}

impl Workspace {
    /// Searches the case. Kept for the auditor, with the query, and with everything that was looked for beside it.
    ///
    /// # Errors
    /// A query that cannot be read: the error says where and how to mend it.
    pub fn search(&self, request: &SearchRequest) -> Result<Found, WorkspaceError> {
        let found = self.find(request)?;
        self.note_search(request, found.total, &found.expansions, found.folded.as_deref().unwrap_or_default())?;
        Ok(found)
    }

    /// Keeps for the auditor what was searched, and everything that was looked for beside it.
    pub(crate) fn note_search(
        &self,
        request: &SearchRequest,
        total: u64,
        expansions: &[TermExpansion],
        folded: &[Folded],
    ) -> Result<(), WorkspaceError> {
        let senses = match &request.senses {
            Some(ask) => Read::described(ask, &self.lens(ask.lens.as_deref())?, expansions, folded),
            None => Vec::new(),
        };
        let (query, filters) = (request.query.clone(), request.filters.described());
        Ok(self.vault().audit(Audit::Searched { query, filters, senses, total })?)
    }

    /// What a search finds.
    pub(crate) fn find(&self, request: &SearchRequest) -> Result<Found, WorkspaceError> {
        let SearchRequest { query, filters, limit, offset, facets, .. } = request;
        let parsed = Query::parse(query).map_err(SearchError::from)?;
        let read = self.read(&parsed, request.senses.as_ref())?;
        let ready = self.glossary()?;
        let asked = Request {
            query: query.clone(),
            senses: read.choices.clone(),
            except: read.except.clone(),
            filters: filters.clone(),
            limit: *limit,
            offset: *offset,
            facets: *facets,
        };
        let (found, (expansions, folded)) = self.indexer().or_rebuild(self.vault(), |index| {
            let text = |document| ready.text(self.vault(), document, read.marks_places());
            Ok((index.search(&asked, &text)?, read.counted(index, &parsed, filters)?))
        })?;
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
        let warned = request.senses.as_ref().is_some_and(|ask| ask.mode == SenseMode::Warn);
        let folded = warned.then_some(folded);
        Ok(Found { total: found.total, hits, facets: found.facets, expansions, folded })
    }

    /// What the words of a query are looked for as; nothing where no senses were asked for.
    pub(crate) fn read(&self, query: &Query, ask: Option<&SenseAsk>) -> Result<Read, WorkspaceError> {
        let Some(ask) = ask else { return Ok(Read::default()) };
        Read::of(query, &*self.glossary()?, ask, &self.lens(ask.lens.as_deref())?)
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
