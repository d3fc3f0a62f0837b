//! What a file gives, and what it becomes beside what is known already.

use std::collections::HashMap;

use koplamp_model::{ConceptAt, ConceptId, ConceptMapping, Glossary, RejectedRow, Scheme, Violation};

use crate::{Concepts, Conflict, Meanings, may_add};

/// What a file gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    /// The records.
    pub glossary: Glossary,
    /// What in it breaks a rule: of the profile, or of mappings.
    pub violations: Vec<Violation>,
    /// Rows of a table that were left out, or in part.
    pub rejected: Vec<RejectedRow>,
}

impl Read {
    /// Joins the file with what is known already: a mapping may be to a concept that came with another file.
    ///
    /// Gives each mapping the organisations of its sides, where the file did not say them, and judges the mappings anew, beside those that are known. Call it before
    /// the records are stored; calling it again changes nothing.
    pub fn settle(&mut self, known: &Glossary) {
        let mut all = Glossary::default();
        all.schemes.extend(self.glossary.schemes.iter().chain(&known.schemes).cloned());
        // What the file says of a concept is newer than what is known of it.
        all.concepts.extend(known.concepts.iter().chain(&self.glossary.concepts).cloned());
        let concepts = Concepts::new(&all);
        let schemes: HashMap<&str, &Scheme> = all.schemes.iter().map(|scheme| (scheme.iri.as_str(), scheme)).collect();
        for mapping in &mut self.glossary.mappings {
            made_on_what_stands(mapping, &concepts);
            if mapping.from_organisation.is_empty() {
                let of = concepts.organisation(mapping.from.concept).unwrap_or_default();
                of.clone_into(&mut mapping.from_organisation);
            }
            if mapping.proposed_by.is_empty() {
                concepts.organisation(mapping.from.concept).unwrap_or_default().clone_into(&mut mapping.proposed_by);
            }
            if !mapping.to_organisation.is_empty() {
                continue;
            }
            let ends: Vec<ConceptId> = mapping.to.iter().map(|end| end.concept).collect();
            let of_concept = concepts.organisation_of_all(&ends);
            let of_scheme = || {
                let scheme = crate::skos::object_source(&mapping.other)?;
                schemes.get(scheme.as_str()).map(|scheme| scheme.organisation.as_str())
            };
            if let Some(organisation) = of_concept.or_else(of_scheme) {
                organisation.clone_into(&mut mapping.to_organisation);
            }
        }
        self.violations.retain(|violation| !Conflict::CODES.contains(&violation.rule.as_str()));
        let conflicts = conflicts(&self.glossary.mappings, &known.mappings, &concepts);
        if !conflicts.is_empty() {
            let (here, known) = (Meanings::new(&self.glossary), Meanings::new(known));
            let called = |concept: ConceptId| {
                let word = [&here, &known].into_iter().map(|meanings| meanings.called(concept, "nl"));
                word.into_iter().find(|word| !word.is_empty()).map(str::to_owned)
            };
            let told = conflicts
                .iter()
                .map(|(mapping, conflict)| of(mapping, conflict, &concepts, called))
                .collect::<Vec<_>>();
            self.violations.extend(told);
        }
    }

    /// Judges the mappings of the file by themselves. Concepts that are not in it are no fault: they may be known already.
    pub(crate) fn judged(mut self) -> Self {
        self.settle(&Glossary::default());
        self.violations.retain(|violation| violation.rule != Conflict::Unknown(ConceptId::from_bytes([0; 16])).code());
        self
    }
}

/// Ends whose version no file said are of the concepts as they stand, once these are there.
pub fn made_on_what_stands(mapping: &mut ConceptMapping, concepts: &Concepts) {
    for end in std::iter::once(&mut mapping.from).chain(&mut mapping.to) {
        if let Some(known) = concepts.get(end.concept).filter(|_| end.version == ConceptAt::UNSAID) {
            end.version = known.version;
        }
    }
}

/// The mappings that cannot stand beside those before them.
fn conflicts<'a>(
    mappings: &'a [ConceptMapping],
    known: &[ConceptMapping],
    concepts: &Concepts,
) -> Vec<(&'a ConceptMapping, Conflict)> {
    // A mapping can only clash with one that shares a concept with it.
    let mut beside: HashMap<ConceptId, Vec<ConceptMapping>> = HashMap::new();
    let add = |beside: &mut HashMap<ConceptId, Vec<ConceptMapping>>, mapping: &ConceptMapping| {
        for end in std::iter::once(&mapping.from).chain(&mapping.to) {
            beside.entry(end.concept).or_default().push(mapping.clone());
        }
    };
    known.iter().for_each(|mapping| add(&mut beside, mapping));
    let mut found = Vec::new();
    for mapping in mappings {
        let ends = std::iter::once(&mapping.from).chain(&mapping.to);
        let conflict = ends
            .filter_map(|end| beside.get(&end.concept))
            .map(|existing| may_add(mapping, existing, concepts))
            .find_map(|answer| answer.err().filter(|conflict| !matches!(conflict, Conflict::Unknown(_))))
            .or_else(|| may_add(mapping, &[], concepts).err());
        if let Some(conflict) = conflict {
            found.push((mapping, conflict));
        }
        add(&mut beside, mapping);
    }
    found
}

/// A conflict as a broken rule: in its message by the names of the concepts on the web, in its parameters by what they are called.
fn of(
    mapping: &ConceptMapping,
    conflict: &Conflict,
    concepts: &Concepts,
    called: impl Fn(ConceptId) -> Option<String>,
) -> Violation {
    let named = crate::names_of_ends(mapping);
    let iri = |concept: ConceptId| match (concepts.get(concept), named.get(&concept)) {
        (Some(known), _) => known.iri.clone(),
        (None, Some(name)) => name.clone(),
        (None, None) => concept.to_string(),
    };
    let ends: Vec<String> = std::iter::once(&mapping.from).chain(&mapping.to).map(|end| iri(end.concept)).collect();
    let parameters = conflict.told(mapping, |concept| called(concept).unwrap_or_else(|| iri(concept)));
    Violation {
        subject: crate::skos::mapping_name(mapping),
        rule: conflict.code().to_owned(),
        // That something is said twice does no harm.
        mandatory: !matches!(conflict, Conflict::Already(_)),
        message: format!("{}: {}.", ends.join(" - "), conflict.message(iri)),
        parameters,
        line: None,
    }
}
