//! Whose a scheme is: it stays with the organisation that it came from.

use std::collections::{BTreeSet, HashMap};

use koplamp_model::{ConceptId, Glossary, SchemeId, Violation};

use crate::skos::in_schemes;

/// The codes of the rules on whose a scheme and a concept are, all mandatory.
pub const OWNER_RULES: [&str; 3] =
    ["scheme-other-organisation", "concept-other-organisation", "concept-two-organisations"];

/// Where what comes in would make another organisation's words its own: a scheme or a concept that is known as another's, and a concept in
/// the schemes of two. Each is a broken mandatory rule.
pub fn taken_over(incoming: &Glossary, known: &Glossary) -> Vec<Violation> {
    let [of_scheme, of_concept, of_two] = OWNER_RULES;
    let owners = |glossary: &Glossary| -> HashMap<SchemeId, String> {
        glossary.schemes.iter().map(|scheme| (scheme.id, scheme.organisation.clone())).collect()
    };
    let (theirs, ours) = (owners(known), owners(incoming));
    let schemes: HashMap<ConceptId, SchemeId> = known.concepts.iter().map(|at| (at.id, at.scheme)).collect();
    let mut broken = Vec::new();
    let mut moved = BTreeSet::new();
    for scheme in &incoming.schemes {
        let Some(before) = theirs.get(&scheme.id).filter(|before| **before != scheme.organisation) else { continue };
        moved.insert(scheme.id);
        let now = &scheme.organisation;
        let message = format!(
            "The scheme {} came from '{before}', and would now be of '{now}': take it in with --organisation {before}, or give the scheme \
             of '{now}' a name of its own.",
            scheme.iri
        );
        broken.push(of(of_scheme, &scheme.iri, message, vec![scheme.iri.clone(), before.clone(), now.clone()]));
    }
    let by_name: HashMap<&str, &String> = known
        .schemes
        .iter()
        .filter_map(|scheme| Some((scheme.iri.as_str(), theirs.get(&scheme.id)?)))
        .chain(incoming.schemes.iter().map(|scheme| (scheme.iri.as_str(), &scheme.organisation)))
        .collect();
    for concept in &incoming.concepts {
        let Some(now) = ours.get(&concept.scheme) else { continue };
        let before = schemes.get(&concept.id).and_then(|scheme| theirs.get(scheme));
        if let Some(before) = before.filter(|before| *before != now && !moved.contains(&concept.scheme)) {
            let message = format!(
                "The concept {} came from '{before}', and would now be of '{now}': leave it in the scheme of '{before}', or give that of \
                 '{now}' a name of its own and map it.",
                concept.iri
            );
            broken.push(of(of_concept, &concept.iri, message, vec![concept.iri.clone(), before.clone(), now.clone()]));
        }
        let named = in_schemes(&concept.other);
        let mut all: BTreeSet<&str> =
            named.iter().filter_map(|iri| by_name.get(iri.as_str())).map(|at| at.as_str()).collect();
        all.insert(now);
        if all.len() > 1 {
            let all = all.into_iter().collect::<Vec<_>>().join(", ");
            let message = format!(
                "The concept {} is in schemes of several organisations ({all}): leave it in that of the one whose words they are, and map it \
                 to a concept of the other.",
                concept.iri
            );
            broken.push(of(of_two, &concept.iri, message, vec![concept.iri.clone(), all]));
        }
    }
    broken
}

fn of(rule: &str, subject: &str, message: String, parameters: Vec<String>) -> Violation {
    Violation { subject: subject.to_owned(), rule: rule.to_owned(), mandatory: true, message, parameters, line: None }
}
