//! Facets: how many documents of each organisation, kind and year a query finds.
//!
//! The counts of a facet follow the query and the filters of the *other* facets, but not its own: with one organisation
//! chosen, the counts beside the others tell what adding them would bring.

use std::collections::BTreeMap;

use koplamp_model::Kind;
use serde::{Deserialize, Serialize};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentReader};
use ts_rs::TS;

use crate::schema::{DAY, KIND, ORGANISATION};
use koplamp_language::fold;

/// What hits are narrowed to. Values of one facet are alternatives; an empty list narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Filters {
    /// Codes of organisations.
    pub organisation: Vec<String>,
    /// Kinds of document.
    pub kind: Vec<Kind>,
    /// Years of the documents' own dates.
    pub year: Vec<u32>,
}

impl Filters {
    /// Whether nothing is narrowed.
    pub fn is_empty(&self) -> bool {
        self.organisation.is_empty() && self.kind.is_empty() && self.year.is_empty()
    }

    /// The filters as the query language would say them, for the log.
    pub fn described(&self) -> Vec<String> {
        let organisations = self.organisation.iter().map(|code| format!("organisation:{code}"));
        let kinds = self.kind.iter().map(|kind| format!("kind:{}", kind.code()));
        organisations.chain(kinds).chain(self.year.iter().map(|year| format!("date:{year}"))).collect()
    }
}

/// Counts by facet, the highest first, equal ones in the order of their values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Facets {
    /// By code of the organisation.
    pub organisation: Vec<FacetCount>,
    /// By kind.
    pub kind: Vec<FacetCount>,
    /// By year of the document's own date; documents without a date are not counted here.
    pub year: Vec<FacetCount>,
}

/// How many documents have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// Number of documents.
    #[ts(type = "number")]
    pub count: u64,
}

type Counts = BTreeMap<String, u64>;

/// Counts all three facets in one pass over what the query finds without the filters.
pub(crate) struct FacetCollector<'f> {
    pub filters: &'f Filters,
}

impl Collector for FacetCollector<'_> {
    type Fruit = Facets;
    type Child = FacetSegment;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<FacetSegment> {
        let columns = segment.fast_fields();
        let organisations: Vec<String> = self.filters.organisation.iter().map(|code| fold(code)).collect();
        let kinds: Vec<String> = self.filters.kind.iter().map(|kind| fold(kind.code())).collect();
        Ok(FacetSegment {
            organisation: CodeCounts::open(columns.str(ORGANISATION)?, &organisations)?,
            kind: CodeCounts::open(columns.str(KIND)?, &kinds)?,
            day: columns.column_opt(DAY)?,
            years: self.filters.year.clone(),
            by_year: BTreeMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<[Counts; 3]>>) -> tantivy::Result<Facets> {
        let mut sums: [Counts; 3] = Default::default();
        for segment in segments {
            for (sum, counts) in sums.iter_mut().zip(segment?) {
                for (value, count) in counts {
                    *sum.entry(value).or_default() += count;
                }
            }
        }
        let [organisation, kind, year] = sums.map(sorted);
        Ok(Facets { organisation, kind, year })
    }
}

fn sorted(counts: Counts) -> Vec<FacetCount> {
    let mut counts: Vec<FacetCount> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}

/// The facets within one segment of the index.
pub(crate) struct FacetSegment {
    organisation: CodeCounts,
    kind: CodeCounts,
    day: Option<Column<u64>>,
    years: Vec<u32>,
    by_year: BTreeMap<u32, u64>,
}

/// Counts by code; the codes of a segment are numbered from 0.
struct CodeCounts {
    column: Option<StrColumn>,
    counts: Vec<u64>,
    /// By number, whether the filter lets the code pass; none when there is no filter.
    passes: Option<Vec<bool>>,
}

impl CodeCounts {
    fn open(column: Option<StrColumn>, filter: &[String]) -> tantivy::Result<Self> {
        let codes = column.as_ref().map_or(0, |column| column.num_terms());
        let mut passes = (!filter.is_empty()).then(|| vec![false; codes]);
        if let (Some(column), Some(passes)) = (&column, &mut passes) {
            let mut code = String::new();
            for (number, pass) in passes.iter_mut().enumerate() {
                *pass = column.ord_to_str(number as u64, &mut code)? && filter.contains(&fold(&code));
            }
        }
        Ok(Self { column, counts: vec![0; codes], passes })
    }

    /// The number of the document's code, and whether the filter lets it pass.
    fn read(&self, doc: DocId) -> (Option<usize>, bool) {
        let number = self.column.as_ref().and_then(|column| column.ords().first(doc)).map(|number| number as usize);
        let passes =
            self.passes.as_ref().is_none_or(|passes| number.and_then(|n| passes.get(n)).is_some_and(|&pass| pass));
        (number, passes)
    }

    fn add(&mut self, number: Option<usize>) {
        if let Some(count) = number.and_then(|number| self.counts.get_mut(number)) {
            *count += 1;
        }
    }

    fn named(self) -> tantivy::Result<Counts> {
        let mut named = Counts::new();
        let Some(column) = self.column else { return Ok(named) };
        let mut code = String::new();
        for (number, &count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            column.ord_to_str(number as u64, &mut code)?;
            named.insert(code.clone(), count);
        }
        Ok(named)
    }
}

impl SegmentCollector for FacetSegment {
    type Fruit = tantivy::Result<[Counts; 3]>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let (organisation, organisation_passes) = self.organisation.read(doc);
        let (kind, kind_passes) = self.kind.read(doc);
        let year = self.day.as_ref().and_then(|day| day.first(doc)).map(|day| (day / 10_000) as u32);
        let year_passes = self.years.is_empty() || year.is_some_and(|year| self.years.contains(&year));
        if kind_passes && year_passes {
            self.organisation.add(organisation);
        }
        if organisation_passes && year_passes {
            self.kind.add(kind);
        }
        if let (Some(year), true) = (year, organisation_passes && kind_passes) {
            *self.by_year.entry(year).or_default() += 1;
        }
    }

    fn harvest(self) -> Self::Fruit {
        let by_year = self.by_year.into_iter().map(|(year, count)| (year.to_string(), count)).collect();
        Ok([self.organisation.named()?, self.kind.named()?, by_year])
    }
}
