//! Which mappings can stand beside each other.

use std::collections::BTreeSet;

use koplamp_model::{ConceptAt, ConceptId, ConceptMapping, ConceptMappingId, Relation};

use crate::Concepts;

/// Why a mapping cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// A concept that no glossary has.
    #[error("concept {0} is not here yet; import its scheme")]
    Unknown(ConceptId),
    /// From a concept to itself.
    #[error("a concept is not mapped to itself; choose a concept of another organisation")]
    Itself,
    /// Between concepts of one scheme.
    #[error("both concepts are of one scheme; say it there, as wider, narrower or related concept")]
    WithinScheme,
    /// To a concept that the organisation that the mapping names neither has nor uses.
    #[error("concept {concept} is not of '{organisation}'; name the organisation whose concept it is")]
    OtherOrganisation {
        /// Which.
        concept: ConceptId,
        /// The organisation that the mapping names.
        organisation: String,
    },
    /// As many concepts on the other side as the relation cannot have.
    #[error("{0}")]
    Parts(Parts),
    /// Nearly the same, and nobody said what differs.
    #[error("'nearly the same' needs the difference in words")]
    NoDifference,
    /// It is there.
    #[error("mapping {0} says the same; review it instead")]
    Already(ConceptMappingId),
    /// One is there that says otherwise.
    #[error("mapping {with} says '{}' of these two, which excludes '{}'; change that one, or take it away first", caption(*.there), caption(*.new))]
    Excluded {
        /// The one that is there.
        with: ConceptMappingId,
        /// What it says, seen from where the new one starts.
        there: Relation,
        /// What the new one says.
        new: Relation,
    },
}

/// What is wrong with the concepts on the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Parts {
    /// No equivalent, and there is one.
    #[error("'no equivalent' has no concept on the other side; leave it out, or choose another relation")]
    SomeOfNone,
    /// The organisation that would have none has, or uses, this one.
    #[error("an organisation has an equivalent of what it has or uses itself; name the organisation that has none")]
    NoneOfOwn,
    /// None, and there should be one.
    #[error("no concept on the other side; name one, or say 'no equivalent'")]
    Missing,
    /// One is named twice.
    #[error("the same concept twice on the other side; name it once")]
    Twice,
    /// A false friend of several.
    #[error("a false friend is one concept; make a mapping for each")]
    FalseFriends,
    /// A compound of one.
    #[error("a compound has two parts or more; name the others, or leave 'and'/'or' out")]
    OnlyOne,
    /// Several, and nobody said how they go together.
    #[error("several concepts on the other side; say whether it is all of them or one ('and'/'or')")]
    Unjoined,
}

impl Parts {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::SomeOfNone,
        Self::NoneOfOwn,
        Self::Missing,
        Self::Twice,
        Self::FalseFriends,
        Self::OnlyOne,
        Self::Unjoined,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::SomeOfNone => "mapping-parts-some-of-none",
            Self::NoneOfOwn => "mapping-parts-none-of-own",
            Self::Missing => "mapping-parts-missing",
            Self::Twice => "mapping-parts-twice",
            Self::FalseFriends => "mapping-parts-false-friends",
            Self::OnlyOne => "mapping-parts-only-one",
            Self::Unjoined => "mapping-parts-unjoined",
        }
    }
}

impl Conflict {
    /// All codes.
    pub const CODES: [&str; 14] = [
        "unknown-concept",
        "mapping-to-itself",
        "mapping-within-scheme",
        "mapping-other-organisation",
        Parts::SomeOfNone.code(),
        Parts::NoneOfOwn.code(),
        Parts::Missing.code(),
        Parts::Twice.code(),
        Parts::FalseFriends.code(),
        Parts::OnlyOne.code(),
        Parts::Unjoined.code(),
        "mapping-no-difference",
        "mapping-already",
        "mapping-excluded",
    ];

    /// Its words, with the concept that it speaks of called by this name.
    pub fn message(&self, name: impl Fn(ConceptId) -> String) -> String {
        let words = self.to_string();
        match self {
            Self::Unknown(concept) | Self::OtherOrganisation { concept, .. } => {
                words.replace(&concept.to_string(), &name(*concept))
            }
            _ => words,
        }
    }

    /// Its code: closed, for tables of texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "unknown-concept",
            Self::Itself => "mapping-to-itself",
            Self::WithinScheme => "mapping-within-scheme",
            Self::OtherOrganisation { .. } => "mapping-other-organisation",
            Self::Parts(parts) => parts.code(),
            Self::NoDifference => "mapping-no-difference",
            Self::Already(_) => "mapping-already",
            Self::Excluded { .. } => "mapping-excluded",
        }
    }

    /// What its sentence speaks of beside the concepts, so that it can be said in another language: an organisation and relations, by their codes.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::OtherOrganisation { organisation, .. } => vec![("organisation", organisation.clone())],
            Self::Excluded { there, new, .. } => vec![("there", code(*there)), ("new", code(*new))],
            Self::Unknown(_)
            | Self::Already(_)
            | Self::Itself
            | Self::WithinScheme
            | Self::Parts(_)
            | Self::NoDifference => Vec::new(),
        }
    }

    /// The parameters of a violation that says so of a mapping: what its sides are called, and then the details.
    pub fn told(&self, mapping: &ConceptMapping, called: impl Fn(ConceptId) -> String) -> Vec<String> {
        let to: Vec<String> = mapping.to.iter().map(|end| called(end.concept)).collect();
        let to = if to.is_empty() { mapping.to_organisation.clone() } else { to.join(", ") };
        let details = self.details().into_iter().map(|(_, detail)| detail);
        [called(mapping.from.concept), to].into_iter().chain(details).collect()
    }
}

/// The relation seen from the other side: wider one way is narrower the other.
pub const fn inverse(relation: Relation) -> Relation {
    match relation {
        Relation::Wider => Relation::Narrower,
        Relation::Narrower => Relation::Wider,
        same_both_ways => same_both_ways,
    }
}

/// Whether `mapping` may stand beside `existing`; one of those with its own id is the one that it replaces.
///
/// Of a pair of concepts, whichever comes first: the five relations of SKOS exclude each other; *false friend* excludes same and nearly the
/// same. Having no equivalent at an organisation excludes the five with any concept that it has or uses. A compound says nothing of a pair, and
/// excludes only another relation with the same parts. What is said once more from the other side is no contradiction.
///
/// An organisation stands on the other side with what it has and with what it only uses: that of a compound uses all parts.
///
/// # Errors
/// When it may not; with the first reason. That a concept is in no glossary is told last: then there is no other.
pub fn may_add(mapping: &ConceptMapping, existing: &[ConceptMapping], concepts: &Concepts) -> Result<(), Conflict> {
    alone(mapping, concepts)?;
    for there in existing.iter().filter(|there| there.id != mapping.id) {
        let excluded = |seen| Err(Conflict::Excluded { with: there.id, there: seen, new: mapping.relation });
        if there.relation == Relation::NoEquivalent || mapping.relation == Relation::NoEquivalent {
            let none = if there.relation == Relation::NoEquivalent { there } else { mapping };
            let other = if std::ptr::eq(none, there) { mapping } else { there };
            if none.relation == other.relation {
                if none.from.concept == other.from.concept && none.to_organisation == other.to_organisation {
                    return Err(Conflict::Already(there.id));
                }
            } else if is_match(other.relation) && reaches(other, none.from.concept, &none.to_organisation, concepts) {
                return excluded(there.relation);
            }
            continue;
        }
        let Some(seen) = seen_from(mapping, there) else { continue };
        let forth = there.from.concept == mapping.from.concept;
        if seen == mapping.relation && forth && there.compound == mapping.compound {
            return Err(Conflict::Already(there.id));
        }
        if excludes(seen, mapping.relation) {
            return excluded(seen);
        }
    }
    let mut ends = std::iter::once(&mapping.from).chain(&mapping.to);
    match ends.find(|end| concepts.get(end.concept).is_none()) {
        Some(end) => Err(Conflict::Unknown(end.concept)),
        None => Ok(()),
    }
}

/// What is wrong with a mapping whatever else there is, as far as its concepts are there.
fn alone(mapping: &ConceptMapping, concepts: &Concepts) -> Result<(), Conflict> {
    let from = concepts.get(mapping.from.concept);
    for end in &mapping.to {
        if end.concept == mapping.from.concept {
            return Err(Conflict::Itself);
        }
        let Some(to) = concepts.get(end.concept) else { continue };
        if from.is_some_and(|from| from.scheme == to.scheme) {
            return Err(Conflict::WithinScheme);
        }
        if !concepts.uses(&mapping.to_organisation, to.id) {
            return Err(Conflict::OtherOrganisation { concept: to.id, organisation: mapping.to_organisation.clone() });
        }
    }
    let parts = parts(mapping).len();
    let wrong = match (mapping.relation, mapping.compound) {
        (Relation::NoEquivalent, _) if !mapping.to.is_empty() || mapping.compound.is_some() => Some(Parts::SomeOfNone),
        (Relation::NoEquivalent, _) if concepts.uses(&mapping.to_organisation, mapping.from.concept) => {
            Some(Parts::NoneOfOwn)
        }
        (Relation::NoEquivalent, _) => None,
        (_, _) if parts == 0 => Some(Parts::Missing),
        (_, _) if parts != mapping.to.len() => Some(Parts::Twice),
        (Relation::FalseFriend, Some(_)) => Some(Parts::FalseFriends),
        (_, Some(_)) if parts < 2 => Some(Parts::OnlyOne),
        (_, None) if parts > 1 => Some(Parts::Unjoined),
        _ => None,
    };
    if let Some(wrong) = wrong {
        return Err(Conflict::Parts(wrong));
    }
    let said = mapping.difference.iter().any(|words| !words.text.trim().is_empty());
    if mapping.relation == Relation::NearlySame && !said {
        return Err(Conflict::NoDifference);
    }
    Ok(())
}

/// What `there` says of the pair that `mapping` is about, seen from where that starts; none when it is about others.
fn seen_from(mapping: &ConceptMapping, there: &ConceptMapping) -> Option<Relation> {
    let (ours, theirs) = (parts(mapping), parts(there));
    if there.from.concept == mapping.from.concept && ours == theirs {
        return Some(there.relation);
    }
    let single = ours.len() == 1 && theirs.len() == 1;
    let back = single && ours.contains(&there.from.concept) && theirs.contains(&mapping.from.concept);
    back.then(|| inverse(there.relation))
}

fn parts(mapping: &ConceptMapping) -> BTreeSet<ConceptId> {
    mapping.to.iter().map(|end| end.concept).collect()
}

/// Whether a mapping joins this concept with one that this organisation has or uses, in either direction; nothing is known of one without a name.
fn reaches(mapping: &ConceptMapping, concept: ConceptId, organisation: &str, concepts: &Concepts) -> bool {
    if organisation.is_empty() {
        return false;
    }
    let used = |end: &ConceptAt| concepts.uses(organisation, end.concept);
    let forth = mapping.from.concept == concept
        && (mapping.to_organisation == organisation || (!mapping.to.is_empty() && mapping.to.iter().all(used)));
    let theirs = concepts.uses(organisation, mapping.from.concept)
        || (concepts.get(mapping.from.concept).is_none() && mapping.from_organisation == organisation);
    let back = mapping.to.iter().any(|end| end.concept == concept) && theirs;
    forth || back
}

/// Whether two relations, seen from the same side, cannot both hold of a pair.
fn excludes(one: Relation, other: Relation) -> bool {
    let same = |relation| matches!(relation, Relation::Same | Relation::NearlySame);
    match (one, other) {
        (Relation::FalseFriend, other) => same(other),
        (one, Relation::FalseFriend) => same(one),
        (one, other) => one != other && is_match(one) && is_match(other),
    }
}

/// Whether it is one of the five mapping properties of SKOS.
const fn is_match(relation: Relation) -> bool {
    !matches!(relation, Relation::FalseFriend | Relation::NoEquivalent)
}

fn code(relation: Relation) -> String {
    serde_json::to_value(relation).ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

const fn caption(relation: Relation) -> &'static str {
    match relation {
        Relation::Same => "the same",
        Relation::NearlySame => "nearly the same",
        Relation::Wider => "wider",
        Relation::Narrower => "narrower",
        Relation::Related => "related",
        Relation::FalseFriend => "false friend",
        Relation::NoEquivalent => "no equivalent",
    }
}
