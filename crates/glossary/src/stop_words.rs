//! Words that say nothing by themselves: *de*, *van*, *the*. The lists are those of stopwords-iso.

/// The Dutch and the English ones, in lower case.
pub(crate) fn stop_words() -> impl Iterator<Item = &'static str> {
    ["nl", "en"].into_iter().filter_map(stop_words::lookup).flatten().copied()
}
