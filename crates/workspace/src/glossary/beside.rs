//! What a file says beside what is there: the versions of its concepts, and the mappings that it says again.

use std::collections::{BTreeSet, HashMap};

use koplamp_glossary::{Concepts, circles, is_only_named, made_on_what_stands, matched};
use koplamp_model::{Concept, ConceptId, ConceptMapping, ConceptMappingId, Glossary, Operation, Violation};

use super::edit::version_after;
use super::mapping::withdrawn;

/// Gives concepts the version that they have beside what is there, and mappings those that they were made on.
///
/// A mapping that is new, or says something else than before, was made on what the file says. One that says what it said was made on what
/// stood then, unless the file tells of a later version: so a changed meaning puts it to "recheck", whichever file it comes in.
pub(super) fn raise_versions(glossary: &mut Glossary, before: &Glossary) {
    let known: HashMap<ConceptId, &Concept> = before.concepts.iter().map(|concept| (concept.id, concept)).collect();
    let mut raised: HashMap<ConceptId, (u32, u32)> = HashMap::new();
    for concept in &mut glossary.concepts {
        let version = version_after(known.get(&concept.id).copied(), concept);
        raised.insert(concept.id, (concept.version, version));
        concept.version = version;
    }
    let said: HashMap<_, &ConceptMapping> = before.mappings.iter().map(|mapping| (mapping.id, mapping)).collect();
    for mapping in &mut glossary.mappings {
        let again = said.get(&mapping.id).filter(|there| says_the_same(there, mapping));
        let then: HashMap<ConceptId, u32> =
            again.into_iter().flat_map(|there| ends(there)).map(|end| (end.concept, end.version)).collect();
        for end in std::iter::once(&mut mapping.from).chain(&mut mapping.to) {
            match (then.get(&end.concept), raised.get(&end.concept)) {
                (Some(then), _) if end.version <= *then => end.version = *then,
                (_, Some((told, version))) if end.version == *told => end.version = *version,
                _ => {}
            }
        }
        if let Some(there) = again {
            say_again(mapping, there);
        }
    }
}

/// Names the organisations of mappings whose concepts are in another file: of those that come in, and of those that waited for a concept
/// that comes in now, which then come with it.
pub(super) fn name_sides(glossary: &mut Glossary, before: &Glossary, union: &Glossary) {
    let concepts = Concepts::new(union);
    let fresh: BTreeSet<ConceptId> = glossary.concepts.iter().map(|concept| concept.id).collect();
    let said: BTreeSet<_> = glossary.mappings.iter().map(|mapping| mapping.id).collect();
    let waited = before
        .mappings
        .iter()
        .filter(|mapping| !said.contains(&mapping.id) && ends(mapping).any(|end| fresh.contains(&end.concept)));
    glossary.mappings.extend(waited.cloned());
    let organisation = |concept| concepts.organisation(concept).unwrap_or_default().to_owned();
    for mapping in &mut glossary.mappings {
        made_on_what_stands(mapping, &concepts);
        if mapping.to_organisation.is_empty() {
            let ends: Vec<ConceptId> = mapping.to.iter().map(|to| to.concept).collect();
            concepts.organisation_of_all(&ends).unwrap_or_default().clone_into(&mut mapping.to_organisation);
        }
        if mapping.from_organisation.is_empty() {
            mapping.from_organisation = organisation(mapping.from.concept);
        }
        if mapping.proposed_by.is_empty() {
            mapping.proposed_by.clone_from(&mapping.from_organisation);
        }
    }
}

/// Takes up what the file, or one before it, says of two concepts that only now are both here. Which mappings those are: whether they may stand
/// beside the rest is seen with all others, and no file is refused for what another one said.
pub(super) fn take_up(glossary: &mut Glossary, union: &Glossary) -> BTreeSet<ConceptMappingId> {
    let fresh: BTreeSet<ConceptId> = glossary.concepts.iter().map(|concept| concept.id).collect();
    let met = matched(union).into_iter().filter(|mapping| ends(mapping).any(|end| fresh.contains(&end.concept)));
    let before = glossary.mappings.len();
    glossary.mappings.extend(met);
    glossary.mappings.iter().skip(before).map(|mapping| mapping.id).collect()
}

/// Leaves schemes as they are of which the file only says that a concept is in them.
pub(super) fn keep_described(glossary: &mut Glossary, before: &Glossary) {
    for scheme in glossary.schemes.iter_mut().filter(|scheme| is_only_named(scheme)) {
        if let Some(there) = before.schemes.iter().find(|there| there.id == scheme.id) {
            scheme.clone_from(there);
        }
    }
}

/// What is left of a file's remarks when what is here already counts: a relation to a concept or scheme that came in another file is none.
pub(super) fn still_unknown(mut violations: Vec<Violation>, before: &Glossary) -> Vec<Violation> {
    let concepts = before.concepts.iter().map(|concept| concept.iri.as_str());
    let known: BTreeSet<&str> = concepts.chain(before.schemes.iter().map(|scheme| scheme.iri.as_str())).collect();
    let of_others = |rule: &str| ["relation-unknown", "finer-unknown", "scheme-unknown", "top-unknown"].contains(&rule);
    violations.retain(|violation| {
        let named = violation.parameters.get(1).is_some_and(|name| known.contains(name.as_str()));
        !(of_others(&violation.rule) && named)
    });
    violations
}

/// Circles of wider concepts that are closed by the file, with steps that were there.
pub(super) fn closed_circles(violations: &[Violation], before: &Glossary, union: &Glossary) -> Vec<Violation> {
    let there = circles(before);
    let told = |circle: &Violation| {
        there.iter().chain(violations).any(|known| known.rule == circle.rule && known.message == circle.message)
    };
    circles(union).into_iter().filter(|circle| !told(circle)).collect()
}

/// The acts that take back what was said of mappings that the file words otherwise: it was said of other words.
pub(super) fn answers_to_other_words(glossary: &Glossary, before: &Glossary) -> Vec<Operation> {
    let said: HashMap<_, &ConceptMapping> = before.mappings.iter().map(|mapping| (mapping.id, mapping)).collect();
    let other = |mapping: &&ConceptMapping| said.get(&mapping.id).is_some_and(|there| !says_the_same(there, mapping));
    glossary.mappings.iter().filter(other).flat_map(|mapping| withdrawn(&before.reviews, mapping.id)).collect()
}

fn ends(mapping: &ConceptMapping) -> impl Iterator<Item = &koplamp_model::ConceptAt> {
    std::iter::once(&mapping.from).chain(&mapping.to)
}

/// Whether two mappings of one id relate the same concepts in the same way, in the same words, for as long, and on the same ground.
fn says_the_same(one: &ConceptMapping, other: &ConceptMapping) -> bool {
    ends(one).map(|end| end.concept).eq(ends(other).map(|end| end.concept))
        && (one.relation, one.compound) == (other.relation, other.compound)
        && (&one.difference, &one.consequence) == (&other.difference, &other.consequence)
        && (&one.valid_from, &one.valid_to) == (&other.valid_from, &other.valid_to)
        && one.justification == other.justification
}

/// A mapping that is said again keeps who proposed it, and what other files say beside it: it is of two organisations, and each has its file.
fn say_again(mapping: &mut ConceptMapping, there: &ConceptMapping) {
    // A file that only names the scheme of the other side does not say whose that is.
    if mapping.to_organisation.is_empty() {
        mapping.to_organisation.clone_from(&there.to_organisation);
    }
    if mapping.proposed_by == there.proposed_by {
        mapping.proposer.clone_from(&there.proposer);
    }
    let lines: BTreeSet<&str> = there.other.lines().chain(mapping.other.lines()).collect();
    // What one file says is not missing because the other does not say it.
    let held = |line: &&&str| line.strip_prefix("# ").is_none_or(|said| !lines.contains(said));
    let other = lines.iter().filter(held).copied().collect::<Vec<_>>().join("\n");
    mapping.other = other;
}
