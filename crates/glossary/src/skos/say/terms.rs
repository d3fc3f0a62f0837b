//! The statements of a term: a label of SKOS, and a label of its own where there is more to say.

use koplamp_model::{Term, TermKind, Words};
use oxrdf::{NamedOrBlankNode, Term as Object, Triple};

use super::super::blank::{digest_of, name_of};
use super::super::graph::{Said, named};
use super::super::take::{key, sources_are, words};
use super::super::vocabulary::{Coded, LABEL_KIND, LITERAL_FORM, REGION, REGISTER, SOURCE, XL_LABEL, of_kind};
use super::{Out, Say, literal, name, sources};
use crate::GlossaryError;

impl Say<'_> {
    /// The statements of a term.
    pub fn term(&self, term: &Term) -> Result<Vec<Triple>, GlossaryError> {
        let Some(concept) = self.concepts.get(&term.concept) else { return Ok(Vec::new()) };
        let (plain, of_own) = of_kind(term.kind);
        let mut out = Out::of(name(concept)?);
        out.add(plain, literal(&term.form)?);
        let kept = self.kept.objects(&key(concept), of_own).find_map(|node| match node {
            Object::BlankNode(blank) if words(self.kept, &node.to_string(), LITERAL_FORM).contains(&term.form) => {
                Some(blank.clone())
            }
            _ => None,
        });
        let special = matches!(term.kind, TermKind::Jargon | TermKind::Deprecated)
            || term.register.is_some()
            || term.region.is_some()
            || term.source.is_some();
        let node: NamedOrBlankNode = match (&term.iri, kept) {
            (Some(iri), _) => {
                let node = name(iri)?;
                out.add(of_own, node.clone());
                let mut label = Out::of(node.clone());
                label.kind(XL_LABEL);
                label.add(LITERAL_FORM, literal(&term.form)?);
                out.said.append(&mut label.said);
                node.into()
            }
            // What makes it a label is kept with it.
            (None, Some(blank)) => blank.into(),
            (None, None) if special => {
                let node = named(&name_of(&key(concept), of_own.as_str(), &digest(term)?, 0));
                out.add(of_own, node.clone());
                let mut label = Out::of(node.clone());
                label.kind(XL_LABEL);
                label.add(LITERAL_FORM, literal(&term.form)?);
                out.said.append(&mut label.said);
                node.into()
            }
            (None, None) => return Ok(out.said),
        };
        let there = sources_are(self.kept, &node.to_string(), term.source.as_deref());
        let mut label = Out::of(node);
        label.text(LABEL_KIND, Some(term.kind.code()));
        label.text(REGISTER, term.register.as_deref());
        label.text(REGION, term.region.as_deref());
        if let Some(source) = term.source.as_ref().filter(|_| !there) {
            sources::say(&mut label, &Words { text: source.clone(), language: None })?;
        }
        out.said.append(&mut label.said);
        Ok(out.said)
    }
}

/// The digest of what is said of a label that has no name.
fn digest(term: &Term) -> Result<String, GlossaryError> {
    let mut said: Vec<Said> = vec![
        (oxrdf::vocab::rdf::TYPE.into_owned(), Object::NamedNode(XL_LABEL.into_owned())),
        (LITERAL_FORM.into_owned(), Object::Literal(literal(&term.form)?)),
        (LABEL_KIND.into_owned(), oxrdf::Literal::new_simple_literal(term.kind.code()).into()),
    ];
    for (predicate, text) in [(REGISTER, &term.register), (REGION, &term.region)] {
        said.extend(text.iter().map(|text| (predicate.into_owned(), oxrdf::Literal::new_simple_literal(text).into())));
    }
    let mut behind = String::new();
    if let Some(source) = &term.source {
        match sources::document(&Words { text: source.clone(), language: None })? {
            Ok(document) => {
                behind = digest_of(&document, |_| String::new());
                said.push((SOURCE.into_owned(), Object::BlankNode(named("source"))));
            }
            Err(page) => said.push((SOURCE.into_owned(), Object::NamedNode(page))),
        }
    }
    Ok(digest_of(&said, |_| behind.clone()))
}
