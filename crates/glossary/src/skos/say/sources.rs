//! A source in words, as the profile has it: a page on the web, or a document with a title or a citation.

use koplamp_model::Words;
use oxrdf::{NamedNode, Term, Triple};

use super::super::blank::{digest_of, name_of};
use super::super::graph::{Said, named};
use super::super::take::PAGE_BEFORE;
use super::super::vocabulary::{CITATION, PAGE, SOURCE, TITLE};
use super::{Out, literal, parent};
use crate::GlossaryError;

/// What is said of the document that a source is; none when the source is a page, which has a name.
pub(super) fn document(source: &Words) -> Result<Result<Vec<Said>, NamedNode>, GlossaryError> {
    if let (Some(page), None) = (page(&source.text), &source.language) {
        return Ok(Err(page));
    }
    let (title, page) = match source.text.rsplit_once(PAGE_BEFORE) {
        Some((title, address)) if !title.trim().is_empty() => match page(address) {
            Some(page) => (title, Some(page)),
            None => (source.text.as_str(), None),
        },
        _ => (source.text.as_str(), None),
    };
    let title = Words { text: title.to_owned(), language: source.language.clone() };
    let predicate = if title.language.is_some() { TITLE } else { CITATION };
    let mut said = vec![(predicate.into_owned(), Term::Literal(literal(&title)?))];
    said.extend(page.map(|page| (PAGE.into_owned(), Term::NamedNode(page))));
    Ok(Ok(said))
}

/// Says that the subject has this source.
pub(super) fn say(out: &mut Out, source: &Words) -> Result<(), GlossaryError> {
    let said = match document(source)? {
        Ok(said) => said,
        Err(page) => {
            out.add(SOURCE, page);
            return Ok(());
        }
    };
    let digest = digest_of(&said, |_| String::new());
    let node = named(&name_of(&parent(&out.subject), SOURCE.as_str(), &digest, 0));
    out.add(SOURCE, node.clone());
    out.said.extend(said.into_iter().map(|(predicate, object)| Triple::new(node.clone(), predicate, object)));
    Ok(())
}

/// The address of a page, if a text is nothing else.
fn page(text: &str) -> Option<NamedNode> {
    let web = text.starts_with("https://") || text.starts_with("http://");
    web.then(|| NamedNode::new(text).ok()).flatten()
}
