//! Where a definition comes from: in the profile a document with a title, a citation and a page; in our records words.

use koplamp_model::Words;
use oxrdf::{NamedNodeRef, Term};

use super::super::graph::Graph;
use super::super::vocabulary::{CITATION, LABEL, PAGE, TITLE};
use super::{words, words_of};

/// What stands before the address of a page, behind the title.
pub(in crate::skos) const PAGE_BEFORE: &str = ", ";

/// A source in words: its title or citation, and the address of its page. None of a blank node of which nothing is known.
pub(in crate::skos) fn rendered(graph: &Graph, source: &Term) -> Option<Words> {
    let (key, name) = match source {
        Term::Literal(literal) => return Some(words_of(literal)),
        Term::NamedNode(name) => (source.to_string(), Some(name.as_str())),
        Term::BlankNode(_) => (source.to_string(), None),
    };
    let title = [TITLE, CITATION, LABEL].into_iter().find_map(|predicate| best(graph, &key, predicate));
    let page = graph.names(&key, PAGE).next().map(|page| page.as_str());
    match (title, page.or(name)) {
        (Some(mut title), _) => {
            if let Some(page) = page {
                title.text = format!("{}{PAGE_BEFORE}{page}", title.text);
            }
            Some(title)
        }
        (None, Some(address)) => Some(Words { text: address.to_owned(), language: None }),
        (None, None) => None,
    }
}

/// The words in Dutch, or else the first.
fn best(graph: &Graph, key: &str, predicate: NamedNodeRef<'_>) -> Option<Words> {
    let words = words(graph, key, predicate);
    words.iter().find(|words| words.language.as_deref() == Some("nl")).or_else(|| words.first()).cloned()
}
