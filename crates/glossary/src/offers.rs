//! Chains of "the same": what would follow if each link of a chain held. A chain of agreements can be wrong, so it is only ever offered.

use std::collections::{HashMap, HashSet, VecDeque};

use koplamp_model::{
    ConceptAt, ConceptId, ConceptMapping, ConceptMappingId, Glossary, Justification, MappingStatus, Relation,
};

use crate::{Concepts, may_add, statuses};

/// More are not offered at once: in a large group every pair would be one.
const MOST: usize = 1_000;

/// Two concepts that would be the same if every mapping between them held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The one.
    pub from: ConceptId,
    /// The other.
    pub to: ConceptId,
    /// The agreed mappings that lead from the one to the other.
    pub through: Vec<ConceptMappingId>,
}

/// What can be offered: pairs that a chain of agreed "the same" joins, that nobody has said anything of, and that may be said to be the same.
/// Never across a false friend: no two concepts of the chain are one of the other. What does not hold on `day` (`YYYY-MM-DD`) is no link.
pub fn offered(glossary: &Glossary, day: &str) -> Vec<Offer> {
    let (concepts, statuses) = (Concepts::new(glossary), statuses(glossary));
    let mut same: HashMap<ConceptId, Vec<(ConceptId, ConceptMappingId)>> = HashMap::new();
    let mut said: HashSet<(ConceptId, ConceptId)> = HashSet::new();
    let mut friends: HashSet<(ConceptId, ConceptId)> = HashSet::new();
    for mapping in &glossary.mappings {
        let from = mapping.from.concept;
        for to in mapping.to.iter().map(|end| end.concept) {
            said.extend([(from, to), (to, from)]);
            if mapping.relation == Relation::FalseFriend {
                friends.extend([(from, to), (to, from)]);
            }
        }
        if let (Relation::Same, [to]) = (mapping.relation, mapping.to.as_slice())
            && statuses.get(&mapping.id) == Some(&MappingStatus::Agreed)
            && mapping.holds_on(day)
        {
            same.entry(from).or_default().push((to.concept, mapping.id));
            same.entry(to.concept).or_default().push((from, mapping.id));
        }
    }
    let mut offers = Vec::new();
    for from in glossary.concepts.iter().map(|concept| concept.id) {
        for (to, through) in chains(from, &same, &friends) {
            if from < to && !said.contains(&(from, to)) && may_be_same(from, to, glossary, &concepts) {
                offers.push(Offer { from, to, through });
                if offers.len() == MOST {
                    return offers;
                }
            }
        }
    }
    offers
}

/// The concepts that chains from this one reach, each by the shortest that meets no false friend.
fn chains(
    from: ConceptId,
    same: &HashMap<ConceptId, Vec<(ConceptId, ConceptMappingId)>>,
    friends: &HashSet<(ConceptId, ConceptId)>,
) -> Vec<(ConceptId, Vec<ConceptMappingId>)> {
    let mut seen = HashSet::from([from]);
    let mut waiting = VecDeque::from([(vec![from], Vec::new())]);
    let mut reached = Vec::new();
    while let Some((path, through)) = waiting.pop_front() {
        let next = path.last().and_then(|last| same.get(last)).map_or(&[][..], Vec::as_slice);
        for (to, mapping) in next {
            if seen.contains(to) || path.iter().any(|on| friends.contains(&(*on, *to))) {
                continue;
            }
            seen.insert(*to);
            let longer: Vec<_> = through.iter().copied().chain([*mapping]).collect();
            reached.push((*to, longer.clone()));
            waiting.push_back((path.iter().copied().chain([*to]).collect(), longer));
        }
        if reached.len() >= MOST {
            break;
        }
    }
    reached
}

fn may_be_same(from: ConceptId, to: ConceptId, glossary: &Glossary, concepts: &Concepts) -> bool {
    let at = |concept| ConceptAt { concept, version: concepts.get(concept).map_or(1, |known| known.version) };
    let mapping = ConceptMapping {
        id: ConceptMappingId::of(&[b"offer", from.as_bytes(), to.as_bytes()]),
        from: at(from),
        relation: Relation::Same,
        to: vec![at(to)],
        compound: None,
        from_organisation: concepts.organisation(from).unwrap_or_default().to_owned(),
        to_organisation: concepts.organisation(to).unwrap_or_default().to_owned(),
        difference: Vec::new(),
        consequence: Vec::new(),
        justification: Justification::Expert,
        proposed_by: String::new(),
        proposer: None,
        valid_from: None,
        valid_to: None,
        other: String::new(),
    };
    may_add(&mapping, &glossary.mappings, concepts).is_ok()
}
