//! A search: from a query as typed to ranked hits with their passages.

use std::error::Error;

use koplamp_model::{DocumentId, Page, Passage, SenseMark};
use serde::{Deserialize, Serialize};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, ConstScoreQuery, Query as TantivyQuery};
use tantivy::{DocAddress, Score, Searcher};

use crate::facets::{FacetCollector, Facets, Filters};
use crate::passages::Finder;
use crate::query::{Days, Field, Form, Leaf, Node, SenseChoice, compile};
use crate::schema::{Fields, ID_HIGH, ID_LOW, join};
use crate::{Index, IndexError, Query, SearchError};

/// Most hits that are ranked and cut into passages at once; a list beyond is paged.
const MAX_LIMIT: usize = 1_000;
/// Passages of one hit.
const PASSAGES: usize = 3;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// In the query language.
    pub query: String,
    /// Words that are looked for by their senses.
    #[serde(default)]
    pub senses: Vec<SenseChoice>,
    /// What is put aside is shown: documents in which each of the senses holds, without those that match with these instead.
    #[serde(default)]
    pub except: Option<Vec<SenseChoice>>,
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

/// A document's text, for its passages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Its pages.
    pub pages: Vec<Page>,
    /// Terms of the glossary in each page; may be empty where a request has no senses in it.
    pub senses: Vec<Vec<SenseMark>>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Number of documents that match query and filters.
    pub total: u64,
    /// The hits that were wanted, the best first.
    pub hits: Vec<Hit>,
    /// Counts by facet, where asked for.
    pub facets: Option<Facets>,
}

/// A document that matches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Which.
    pub document: DocumentId,
    /// How well it matches (BM25); comparable within one search only.
    pub score: f32,
    /// Its best passages, at most three, the best first; the beginning of the document when nothing in its text matched.
    pub passages: Vec<Passage>,
}

impl Index {
    /// Searches what was committed last. `texts` gives the text of a document; it is called for the hits wanted only.
    pub fn search<E>(
        &self,
        request: &Request,
        texts: &dyn Fn(DocumentId) -> Result<Text, E>,
    ) -> Result<Found, SearchError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let parsed = Query::parse(&request.query)?;
        let query = match &request.except {
            None => parsed.with_senses(&request.senses),
            Some(shown) => parsed.clone().holding(&request.senses).except(parsed.with_senses(shown)),
        };
        let searcher = self.searcher();
        let ranked = run(&query, request, self.fields(), &searcher)?;
        let mut finder = Finder::new(&query);
        let mut hits = Vec::with_capacity(ranked.hits.len());
        for (score, document) in ranked.hits {
            let text = texts(document).map_err(|error| SearchError::Text { document, source: error.into() })?;
            hits.push(Hit { document, score, passages: finder.passages(&text.pages, &text.senses, PASSAGES) });
        }
        Ok(Found { total: ranked.total, hits, facets: ranked.facets })
    }

    /// How many documents match.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn count(&self, query: &Query, filters: &Filters) -> Result<u64, SearchError> {
        let searcher = self.searcher();
        let counted = || -> Result<usize, IndexError> {
            let mut compiled = compile(&query.root, self.fields(), &searcher)?;
            if !filters.is_empty() {
                compiled = narrowed(compiled, filters, self.fields(), &searcher)?;
            }
            Ok(searcher.search(&compiled, &Count)?)
        };
        Ok(counted()? as u64)
    }
}

struct Ranked {
    total: u64,
    hits: Vec<(Score, DocumentId)>,
    facets: Option<Facets>,
}

fn run(query: &Query, request: &Request, fields: &Fields, searcher: &Searcher) -> Result<Ranked, IndexError> {
    let limit = (request.limit as usize).min(MAX_LIMIT);
    // The ranking takes memory for all that is passed over: no more than there can be.
    let documents = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
    let offset = (request.offset as usize).min(documents);
    let top = (limit > 0).then(|| TopDocs::with_limit(limit).and_offset(offset).order_by_score());
    let facets = request.facets.then_some(FacetCollector { filters: &request.filters });
    let unfiltered = compile(&query.root, fields, searcher)?;
    let (total, hits, facets) = if request.filters.is_empty() {
        searcher.search(&unfiltered, &(Count, top, facets))?
    } else {
        let filtered = narrowed(unfiltered.box_clone(), &request.filters, fields, searcher)?;
        let (total, hits) = searcher.search(&filtered, &(Count, top))?;
        let facets = facets.map(|facets| searcher.search(&unfiltered, &facets)).transpose()?;
        (total, hits, facets)
    };
    let hits = hits.unwrap_or_default().into_iter();
    let hits =
        hits.map(|(score, address)| Ok((score, document_at(searcher, address)?))).collect::<Result<_, IndexError>>()?;
    Ok(Ranked { total: total as u64, hits, facets })
}

/// The query with the filters beside it, which narrow but do not rank.
fn narrowed(
    query: Box<dyn TantivyQuery>,
    filters: &Filters,
    fields: &Fields,
    searcher: &Searcher,
) -> tantivy::Result<Box<dyn TantivyQuery>> {
    let leaf = |field, form| Node::Leaf(Leaf { field: Some(field), form, at: 0..0 });
    let code = |field, code: &str| leaf(field, Form::Phrase(code.to_owned()));
    let year = |year: u32| {
        let day = |rest: u32| Some(year.saturating_mul(10_000).saturating_add(rest));
        leaf(Field::Date, Form::Days(Days { from: day(0), to: day(9_999) }))
    };
    let groups: [Vec<Node>; 3] = [
        filters.organisation.iter().map(|value| code(Field::Organisation, value)).collect(),
        filters.kind.iter().map(|kind| code(Field::Kind, kind.code())).collect(),
        filters.year.iter().map(|&value| year(value)).collect(),
    ];
    let mut all = vec![query];
    for group in groups.into_iter().filter(|group| !group.is_empty()) {
        all.push(Box::new(ConstScoreQuery::new(compile(&Node::Or(group), fields, searcher)?, 0.0)));
    }
    Ok(Box::new(BooleanQuery::intersection(all)))
}

pub(crate) fn document_at(searcher: &Searcher, address: DocAddress) -> Result<DocumentId, IndexError> {
    let columns = searcher.segment_reader(address.segment_ord).fast_fields();
    let read = |name| columns.u64(name).map(|column| column.first(address.doc_id));
    match (read(ID_HIGH)?, read(ID_LOW)?) {
        (Some(high), Some(low)) => Ok(join(high, low)),
        _ => Err(IndexError::Damaged("a document without an id".into())),
    }
}
