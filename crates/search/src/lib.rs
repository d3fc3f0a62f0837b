//! Index and query language: what finds a passage back among everything that came in.
//!
//! The index is a projection and a cache: it holds no text, lies encrypted in the vault's folder, and is thrown away and built
//! anew on any doubt. The way through this crate: [`Entry`] -> analysis -> [`Index`]; a query as typed -> [`Query`] ->
//! [`Index::search`] -> [`Found`], whose passages are cut from the pages that the caller keeps.

mod analysis;
mod directory;
mod error;
mod facets;
mod holding;
mod index;
mod matches;
mod passages;
mod query;
mod schema;
mod search;
mod senses;
mod warming;

pub use analysis::{ANALYSIS_VERSION, version as analysis_version};
pub use directory::SealedDirectory;
pub use error::{IndexError, SearchError};
pub use facets::{FacetCount, Facets, Filters};
pub use index::{Index, Opened, Options, Unusable};
pub use passages::{Highlight, find_all};
pub use query::{
    Days, Field, Query, QueryError, QueryErrorCode, SenseAlternative, SenseChoice, SenseStand, SenseTerms,
};
pub use schema::Entry;
pub use search::{Found, Hit, Request, Text};
pub use senses::Senses;
