//! Where a mapping stands: what follows from what each side said of it, and from what has changed since.

use std::collections::HashMap;

use koplamp_language::fold;
use koplamp_model::{ConceptMapping, ConceptMappingId, Glossary, MappingStatus, Review, ReviewVerdict};

use crate::Concepts;

/// Where a mapping stands. `reviews` may be those of all mappings, oldest first; of each organisation only its last word on this one counts,
/// and only the two sides have one.
///
/// A review that looked at older versions of the concepts than stand now says nothing of today. So:
/// *disputed* when a side's last word, on what stands now, is no; *agreed* when that of both sides is yes, and it is that of two persons;
/// *recheck* when a concept is gone of which somebody spoke, is of another organisation than the mapping says, or is another version than
/// the mapping or a side's last word saw; else *proposed*, as is a mapping that still waits for a concept.
///
/// Persons are told apart by their names, in whatever case or accents; reviewers whom nobody named are taken for different ones. Who
/// proposed the mapping is no reviewer of the other side.
pub fn status(mapping: &ConceptMapping, reviews: &[Review], concepts: &Concepts) -> MappingStatus {
    let ends: Vec<_> = std::iter::once(&mapping.from).chain(&mapping.to).collect();
    let now: Option<Vec<u32>> = ends.iter().map(|end| concepts.get(end.concept).map(|known| known.version)).collect();
    let last = |organisation: &str| {
        reviews.iter().rfind(|review| review.mapping == mapping.id && review.organisation == organisation)
    };
    let (Some(now), Some(from)) = (now, concepts.organisation(mapping.from.concept)) else {
        let spoken = reviews.iter().any(|review| review.mapping == mapping.id);
        return if spoken { MappingStatus::Recheck } else { MappingStatus::Proposed };
    };
    let of_from = mapping.from_organisation.is_empty() || mapping.from_organisation == from;
    if !of_from || !mapping.to.iter().all(|end| concepts.uses(&mapping.to_organisation, end.concept)) {
        return MappingStatus::Recheck;
    }
    let sides = [last(from), last(&mapping.to_organisation)];
    let fresh = |review: &Review| saw(review.versions.iter().copied(), &now);
    let word = |review: &Option<&Review>| review.filter(|review| fresh(review)).map(|review| review.verdict);
    let words = sides.each_ref().map(word);
    if words.contains(&Some(ReviewVerdict::Dispute)) {
        MappingStatus::Disputed
    } else if words.iter().all(|word| *word == Some(ReviewVerdict::Accept)) {
        if two_persons(mapping, sides) { MappingStatus::Agreed } else { MappingStatus::Proposed }
    } else if !saw(ends.iter().map(|end| end.version), &now) || sides.iter().flatten().any(|review| !fresh(review)) {
        MappingStatus::Recheck
    } else {
        MappingStatus::Proposed
    }
}

/// Whether the two sides' reviewers are two persons, and none speaks for the other side of what they proposed themselves.
fn two_persons(mapping: &ConceptMapping, sides: [Option<&Review>; 2]) -> bool {
    let person = |name: &Option<String>| name.as_deref().map(|name| (fold(name), name.trim().to_owned()));
    // A name without a letter or a digit is told apart by what it is.
    let same = |one: &Option<String>, other: &Option<String>| {
        person(one)
            .zip(person(other))
            .is_some_and(|((one, whole), (other, as_whole))| one == other && (!one.is_empty() || whole == as_whole))
    };
    let [Some(one), Some(other)] = sides else { return false };
    let judges_own =
        |review: &Review| review.organisation != mapping.proposed_by && same(&review.reviewer, &mapping.proposer);
    !same(&one.reviewer, &other.reviewer) && ![one, other].into_iter().any(judges_own)
}

/// Whether somebody who looked at the versions `seen` saw what stands `now`: a version that nobody has written yet is not it either.
fn saw(seen: impl Iterator<Item = u32>, now: &[u32]) -> bool {
    let mut seen = seen;
    now.iter().all(|now| seen.next() == Some(*now))
}

/// Where each mapping of a glossary stands.
pub fn statuses(glossary: &Glossary) -> HashMap<ConceptMappingId, MappingStatus> {
    let concepts = Concepts::new(glossary);
    let mut reviews: HashMap<ConceptMappingId, Vec<Review>> = HashMap::new();
    for review in &glossary.reviews {
        reviews.entry(review.mapping).or_default().push(review.clone());
    }
    let of = |mapping: &ConceptMapping| reviews.get(&mapping.id).map_or(&[][..], Vec::as_slice);
    glossary.mappings.iter().map(|mapping| (mapping.id, status(mapping, of(mapping), &concepts))).collect()
}
