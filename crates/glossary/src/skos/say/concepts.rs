//! The statements of a concept.

use koplamp_model::Concept;
use oxrdf::NamedNodeRef;
use oxrdf::Triple;

use super::super::take::{hinted, key, rendered};
use super::super::vocabulary::{
    BROADER, CONCEPT, CONTEXT, Coded, DEFAULT_FOR, DEFINITION, EDITORIAL_NOTE, EXAMPLE, IN_SCHEME, NARROWER, NOTATION,
    OWNER, RELATED, SCOPE_NOTE, SOURCE, STATUS, USED_BY, VALID_FROM, VALID_TO, VERSION,
};
use super::{Out, Say, name, sources};
use crate::GlossaryError;

impl Say<'_> {
    /// The statements of a concept.
    pub fn concept(&self, concept: &Concept) -> Result<Vec<Triple>, GlossaryError> {
        let key = key(&concept.iri);
        let mut out = Out::of(name(&concept.iri)?);
        out.kind(CONCEPT);
        if let Some(scheme) = self.schemes.get(&concept.scheme) {
            out.add(IN_SCHEME, name(scheme)?);
        }
        out.words(DEFINITION, &concept.definitions)?;
        out.words(SCOPE_NOTE, &concept.scope_notes)?;
        out.words(EXAMPLE, &concept.examples)?;
        out.words(EDITORIAL_NOTE, &concept.notes)?;
        out.text(NOTATION, concept.notation.as_deref());
        out.text(STATUS, Some(concept.status.code()));
        out.text(OWNER, concept.owner.as_deref());
        out.version(VERSION, concept.version);
        out.day(VALID_FROM, concept.valid_from.as_deref());
        out.day(VALID_TO, concept.valid_to.as_deref());
        let names: [(NamedNodeRef<'_>, &[String]); 3] =
            [(BROADER, &concept.broader), (NARROWER, &concept.narrower), (RELATED, &concept.related)];
        for (predicate, iris) in names {
            for iri in iris {
                out.add(predicate, name(iri)?);
            }
        }
        for code in &concept.used_by {
            out.text(USED_BY, Some(code));
        }
        for (predicate, texts) in [(CONTEXT, &concept.hints), (DEFAULT_FOR, &concept.default_for)] {
            let said = hinted(self.kept, &key, predicate);
            for text in texts.iter().filter(|text| !said.contains(text)) {
                out.text(predicate, Some(text));
            }
        }
        let there: Vec<_> = self.kept.objects(&key, SOURCE).filter_map(|source| rendered(self.kept, source)).collect();
        for source in concept.sources.iter().filter(|source| !there.contains(source)) {
            sources::say(&mut out, source)?;
        }
        Ok(out.said)
    }
}
