//! From text to the words that are indexed and looked up.
//!
//! Every text goes two ways. The *exact* form keeps a word as it was typed, folded: lower case, no accents, no ligatures. The
//! *stems* bring the inflections of a word together, by the Dutch (Kraaij-Pohlmann) and the English (Porter 2) rules at once,
//! because reports quote mails in the other language within one page. Passages are found by the same functions, so what the
//! index matched is what is highlighted.

mod fold;
mod stems;
mod tokenizers;
mod words;

pub(crate) use fold::fold;
pub(crate) use stems::Stems;
pub(crate) use tokenizers::{CODE, EXACT, STEM, register};
pub(crate) use words::{Word, words};

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
