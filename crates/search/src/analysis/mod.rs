//! From text to the terms that are indexed and looked up: each word as typed, folded, and by its stems (`koplamp_language`). Passages are
//! found by the same functions, so what the index matched is what is highlighted.

mod tokenizers;

pub(crate) use tokenizers::{CODE, EXACT, STEM, register};

/// Changes whenever the same text would be indexed as other words. An index of another version is rebuilt, never searched.
pub const ANALYSIS_VERSION: u32 = 1;

/// Positions of a page's words start here, so that no phrase, however loose, spans two pages: a page is a value of its own, and
/// tantivy puts just one position between two values.
pub(crate) const FIRST_POSITION: usize = 100;

/// The analysis and the format of the index in one string: an index that was made with another one is rebuilt. The stemmers
/// come with tantivy's version.
pub fn version() -> String {
    format!("{ANALYSIS_VERSION}/{}", tantivy::version_string())
}
