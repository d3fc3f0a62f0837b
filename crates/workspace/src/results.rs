//! What a search found, out to a file: with the question as it was asked, all that was looked for beside it, and the marking that binds it.

mod table;

use std::collections::BTreeSet;

use koplamp_model::{Audit, Folded, SenseMode, TermExpansion};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::{banner, named, strictest_of_each};
use crate::{Found, Hit, Language, SearchRequest, Target, Workspace, WorkspaceError};

/// So many hits are read at a time.
const BATCH: u32 = 1_000;

/// In which form the results of a search leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ResultFormat {
    /// Rows for a spreadsheet: what was asked, what was looked for beside it, and a row a passage.
    Csv,
    /// The same for a program.
    Json,
}

impl ResultFormat {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Json];

    /// The ending of its files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The form of this ending.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// How the log names it.
    const fn logged(self) -> &'static str {
        match self {
            Self::Csv => "results_csv",
            Self::Json => "results_json",
        }
    }
}

/// All that a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Results {
    /// Code of the strictest marking of the hits; none when none is marked.
    marking: Option<String>,
    /// What it is called, and what is the strictest of another scheme.
    banner: String,
    /// The day of the search, `YYYY-MM-DD`.
    date: String,
    /// Organisation and person that searched.
    by: String,
    query: String,
    /// What hits were narrowed to, a line each.
    filters: Vec<String>,
    mode: Option<SenseMode>,
    /// Code of the organisation in whose sense words were looked for.
    lens: Option<String>,
    /// Whether mappings that are only proposed counted.
    proposed: bool,
    /// Whether what is only related was looked for.
    related: bool,
    /// Codes of the purposes under which the hits were received.
    purposes: BTreeSet<String>,
    /// How many documents.
    total: u64,
    expansions: Vec<TermExpansion>,
    folded: Vec<Folded>,
    hits: Vec<Received>,
}

/// A hit with the labels that bind it.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Received {
    #[serde(flatten)]
    hit: Hit,
    source: String,
    purpose: String,
    handling: Option<String>,
}

impl Workspace {
    /// Searches, and writes all hits with their passages to a file; `limit`, `offset` and `facets` of the request do not count. Kept for the
    /// auditor twice: as a search, with everything that was looked for, and as a disclosure. Gives how many documents are in it.
    ///
    /// # Errors
    /// A query that cannot be read, or a file that cannot be written.
    pub fn export_search(
        &self,
        request: &SearchRequest,
        format: ResultFormat,
        language: Language,
        target: &Target<'_>,
    ) -> Result<u64, WorkspaceError> {
        let mut found = self.find(&page(request, 0))?;
        let mut read = BATCH;
        while u64::from(read) < found.total {
            found.hits.extend(self.find(&page(request, read))?.hits);
            read = read.saturating_add(BATCH);
        }
        let results = self.results(request, found, language)?;
        let bytes = match format {
            ResultFormat::Csv => table::write(&results, language)?,
            ResultFormat::Json => serde_json::to_vec_pretty(&results)
                .map_err(|error| crate::statements::invalid("format", &error.to_string()))?,
        };
        self.note_search(request, results.total, &results.expansions, &results.folded)?;
        let entities = results.hits.len() as u64;
        let audit = Audit::Disclosed { format: format.logged().into(), chart: None, entities };
        self.vault().export(audit, &[(target.path, &bytes)], target.overwrite)?;
        Ok(entities)
    }

    fn results(&self, request: &SearchRequest, found: Found, language: Language) -> Result<Results, WorkspaceError> {
        let Found { total, hits, expansions, folded, .. } = found;
        let mut received = Vec::with_capacity(hits.len());
        for hit in hits {
            let labels = self.vault().document(hit.document)?.labels;
            received.push(Received { hit, source: labels.source, purpose: labels.purpose, handling: labels.handling });
        }
        let markings = strictest_of_each(received.iter().filter_map(|one| one.hit.marking.clone()));
        let banner = banner(&markings, language);
        let marking = markings.into_iter().next();
        let ask = request.senses.as_ref();
        let organisation = named(&crate::codes().organisations, self.vault().organisation(), language);
        Ok(Results {
            marking,
            banner,
            date: crate::days::today(),
            by: format!("{organisation} · {}", self.vault().person()),
            query: request.query.clone(),
            filters: request.filters.described(),
            mode: ask.map(|ask| ask.mode),
            lens: ask.map(|ask| self.lens(ask.lens.as_deref())).transpose()?,
            proposed: ask.is_some_and(|ask| ask.proposed),
            related: ask.is_some_and(|ask| ask.related),
            purposes: received.iter().map(|one| one.purpose.clone()).collect(),
            total,
            expansions,
            folded: folded.unwrap_or_default(),
            hits: received,
        })
    }
}

/// The request for the hits from a place on.
fn page(request: &SearchRequest, offset: u32) -> SearchRequest {
    SearchRequest { limit: BATCH, offset, facets: false, ..request.clone() }
}
