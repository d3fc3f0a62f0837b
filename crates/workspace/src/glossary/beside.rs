//! What a file says beside what is there: the versions of its concepts, and the mappings that it says again.

use std::collections::{BTreeSet, HashMap};

use koplamp_model::{Concept, ConceptId, ConceptMapping, Glossary, Operation};

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

/// The acts that take back what was said of mappings that the file words otherwise: it was said of other words.
pub(super) fn answers_to_other_words(glossary: &Glossary, before: &Glossary) -> Vec<Operation> {
    let said: HashMap<_, &ConceptMapping> = before.mappings.iter().map(|mapping| (mapping.id, mapping)).collect();
    let other = |mapping: &&ConceptMapping| said.get(&mapping.id).is_some_and(|there| !says_the_same(there, mapping));
    glossary.mappings.iter().filter(other).flat_map(|mapping| withdrawn(&before.reviews, mapping.id)).collect()
}

fn ends(mapping: &ConceptMapping) -> impl Iterator<Item = &koplamp_model::ConceptAt> {
    std::iter::once(&mapping.from).chain(&mapping.to)
}

/// Whether two mappings of one id relate the same concepts in the same way, in the same words.
fn says_the_same(one: &ConceptMapping, other: &ConceptMapping) -> bool {
    ends(one).map(|end| end.concept).eq(ends(other).map(|end| end.concept))
        && (one.relation, one.compound) == (other.relation, other.compound)
        && (&one.difference, &one.consequence) == (&other.difference, &other.consequence)
}

/// A mapping that is said again keeps who proposed it, and what other files say beside it: it is of two organisations, and each has its file.
fn say_again(mapping: &mut ConceptMapping, there: &ConceptMapping) {
    if mapping.proposed_by == there.proposed_by {
        mapping.proposer.clone_from(&there.proposer);
    }
    let lines: BTreeSet<&str> = there.other.lines().chain(mapping.other.lines()).collect();
    // What one file says is not missing because the other does not say it.
    let held = |line: &&&str| line.strip_prefix("# ").is_none_or(|said| !lines.contains(said));
    let other = lines.iter().filter(held).copied().collect::<Vec<_>>().join("\n");
    mapping.other = other;
}
