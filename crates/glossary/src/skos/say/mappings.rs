//! The statements of a mapping: an annotated statement, as SSSOM writes it in RDF.

use koplamp_model::{ConceptId, ConceptMapping, GlossaryId, Justification, MappingStatus, Relation};
use oxrdf::{NamedOrBlankNode, Term, Triple};

use super::super::rest::{Line, lines};
use super::super::take::{key, mapping_id};
use super::super::vocabulary::{
    ANNOTATED_PROPERTY, ANNOTATED_SOURCE, ANNOTATED_TARGET, COMPOUND, CONSEQUENCE, Coded, DIFFERENCE,
    FROM_ORGANISATION, FROM_VERSION, JUSTIFICATION, MAPPING, NO_TERM_FOUND, OBJECT_SOURCE, OPERATOR, PART, PROPOSED_BY,
    STATUS, TO_ORGANISATION, TO_VERSION, VALID_FROM, VALID_TO, of_relation,
};
use super::{Out, Say, name};
use crate::GlossaryError;

/// What the name of a mapping that was made here begins with; its id follows.
pub(in crate::skos) const MADE: &str = "urn:koplamp:mapping:";

/// The word for where a mapping stands.
pub(crate) const fn status_code(status: MappingStatus) -> &'static str {
    match status {
        MappingStatus::Proposed => "proposed",
        MappingStatus::Disputed => "disputed",
        MappingStatus::Agreed => "agreed",
        MappingStatus::Recheck => "recheck",
    }
}

/// The name of a mapping: that of the file, as far as it is kept with it, or the one that it is given.
pub(crate) fn mapping_name(mapping: &ConceptMapping) -> String {
    let subjects = lines(&mapping.other).filter_map(Result::ok).filter_map(|line| match line {
        Line::Said(triple) => Some(triple.subject),
        Line::Not(_) => None,
    });
    subjects.into_iter().find(|subject| mapping_id(&subject.to_string()) == mapping.id).map_or_else(
        || format!("{MADE}{}", mapping.id),
        |subject| subject.to_string().trim_matches(['<', '>']).to_owned(),
    )
}

impl Say<'_> {
    /// The statements of a mapping; none of one that is a plain statement of SKOS, which is kept as it was.
    pub fn mapping(&self, mapping: &ConceptMapping) -> Result<Vec<Triple>, GlossaryError> {
        let kept = self.nodes.get(&mapping.id).copied();
        if kept.is_none() && self.is_plain(mapping) {
            return Ok(Vec::new());
        }
        let node: NamedOrBlankNode = match kept {
            Some(node) => node.clone(),
            None => name(&format!("{MADE}{}", mapping.id))?.into(),
        };
        let mut out = Out::of(node);
        if kept.is_none() {
            out.kind(MAPPING);
        }
        if let Some(from) = self.concepts.get(&mapping.from.concept) {
            out.add(ANNOTATED_SOURCE, name(from)?);
        }
        let from_here = self.in_file(GlossaryId::Concept(mapping.from.concept));
        if !from_here && !mapping.from_organisation.is_empty() {
            out.text(FROM_ORGANISATION, Some(&mapping.from_organisation));
        }
        out.add(ANNOTATED_PROPERTY, of_relation(mapping.relation).into_owned());
        out.version(FROM_VERSION, mapping.from.version);
        self.targets(mapping, &mut out)?;
        out.words(DIFFERENCE, &mapping.difference)?;
        out.words(CONSEQUENCE, &mapping.consequence)?;
        out.text(JUSTIFICATION, Some(mapping.justification.code()));
        out.text(STATUS, Some(status_code(self.status(mapping))));
        // Who has the concept that it is from proposes it, unless the file says otherwise.
        let owner = self.sides.organisation(mapping.from.concept).filter(|_| from_here);
        let assumed = owner.unwrap_or(&mapping.from_organisation);
        out.text(PROPOSED_BY, Some(mapping.proposed_by.as_str()).filter(|code| *code != assumed));
        out.day(VALID_FROM, mapping.valid_from.as_deref());
        out.day(VALID_TO, mapping.valid_to.as_deref());
        Ok(out.said)
    }

    /// The other side.
    fn targets(&self, mapping: &ConceptMapping, out: &mut Out) -> Result<(), GlossaryError> {
        let known: Vec<&str> = mapping.to.iter().filter_map(|end| self.concepts.get(&end.concept)).copied().collect();
        if mapping.relation == Relation::NoEquivalent {
            out.add(ANNOTATED_TARGET, NO_TERM_FOUND.into_owned());
            let mut schemes = self.glossary.schemes.iter();
            match schemes.find(|scheme| scheme.organisation == mapping.to_organisation) {
                Some(scheme) => {
                    out.add(OBJECT_SOURCE, name(&scheme.iri)?);
                    if !self.in_file(GlossaryId::Scheme(scheme.id)) {
                        out.text(TO_ORGANISATION, Some(&mapping.to_organisation));
                    }
                }
                None if mapping.to_organisation.is_empty() => {}
                None => out.text(TO_ORGANISATION, Some(&mapping.to_organisation)),
            }
            return Ok(());
        }
        // Whose side it is follows from the concepts, where all are there and it is not said to be another's.
        let ends: Vec<ConceptId> = mapping.to.iter().map(|end| end.concept).collect();
        let follows = mapping.to.iter().all(|end| self.in_file(GlossaryId::Concept(end.concept)))
            && self.sides.organisation_of_all(&ends) == Some(&mapping.to_organisation);
        if !follows && !mapping.to_organisation.is_empty() {
            out.text(TO_ORGANISATION, Some(&mapping.to_organisation));
        }
        let Some(operator) = mapping.compound else {
            if let Some(end) = mapping.to.first() {
                out.version(TO_VERSION, end.version);
            }
            for to in known {
                out.add(ANNOTATED_TARGET, name(to)?);
            }
            return Ok(());
        };
        let key = out.subject.to_string();
        let kept = self.kept.objects(&key, ANNOTATED_TARGET).find(|node| self.kept.is_a(&node.to_string(), COMPOUND));
        let parts: NamedOrBlankNode = match kept {
            Some(Term::NamedNode(node)) => node.clone().into(),
            Some(Term::BlankNode(node)) => node.clone().into(),
            _ => name(&format!("{MADE}{}:parts", mapping.id))?.into(),
        };
        // That it is the target is kept where its name is.
        if kept.is_none() {
            out.add(ANNOTATED_TARGET, parts.clone());
        }
        let mut compound = Out::of(parts);
        if kept.is_none() {
            compound.kind(COMPOUND);
        }
        compound.text(OPERATOR, Some(operator.code()));
        for part in known {
            compound.add(PART, name(part)?);
        }
        out.said.append(&mut compound.said);
        Ok(())
    }

    /// Whether a mapping says no more than the statement that is kept of it.
    fn is_plain(&self, mapping: &ConceptMapping) -> bool {
        let more = !mapping.difference.is_empty()
            || !mapping.consequence.is_empty()
            || mapping.compound.is_some()
            || mapping.valid_from.is_some()
            || mapping.valid_to.is_some()
            || mapping.justification != Justification::Expert;
        let [to] = mapping.to.as_slice() else { return false };
        if self.sides.organisation(to.concept) != Some(&mapping.to_organisation) && !mapping.to_organisation.is_empty()
        {
            return false;
        }
        let ends = (self.concepts.get(&mapping.from.concept), self.concepts.get(&to.concept));
        let (Some(from), Some(to)) = ends else { return false };
        let said = |from: &str, relation: Relation, to: &str| {
            self.kept.names(&key(from), of_relation(relation)).any(|name| name.as_str() == to)
        };
        !more && (said(from, mapping.relation, to) || said(to, crate::inverse(mapping.relation), from))
    }
}
