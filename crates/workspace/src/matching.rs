//! Entities that may be one: found by values and names in common, each with what agrees, what clashes and what is missing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use koplamp_language::fold;
use koplamp_model::{Audit, Entity, EntityId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::known::{Item, Known, compared};
use crate::{Workspace, WorkspaceError};

/// A value that more entities share than this tells nothing: each pair of them would be a suggestion.
const MOST_SHARING: usize = 40;
/// Under which a whole name is shared; no property is called so.
const WHOLE: &str = " ";
/// How forms of companies are written, and how they are compared.
const FORMS: [(&str, &str); 5] = [("b.v.", "bv"), ("n.v.", "nv"), ("v.o.f.", "vof"), ("c.v.", "cv"), ("s.a.", "sa")];
/// Words of names that tell nothing.
const COMMON: [&str; 22] = [
    "bv",
    "nv",
    "vof",
    "cv",
    "ltd",
    "gmbh",
    "inc",
    "llc",
    "sa",
    "de",
    "het",
    "van",
    "der",
    "den",
    "ten",
    "ter",
    "te",
    "the",
    "of",
    "en",
    "and",
    "stichting",
];

/// Two entities that may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Match {
    /// One.
    pub one: Entity,
    /// The other.
    pub other: Entity,
    /// How likely, 0 to 100: a weighing of what agrees and what clashes, no probability.
    pub score: u8,
    /// Properties that agree, with both values.
    pub agrees: Vec<Compared>,
    /// Properties of which only one value can be true, and the two differ.
    pub clashes: Vec<Compared>,
    /// Properties that only one of them has.
    pub missing: Vec<Compared>,
    /// Entities that both are linked to, by name.
    pub shared: Vec<Entity>,
}

/// A property of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Compared {
    /// The property.
    pub property: String,
    /// What is said of one; empty when nothing is.
    pub one: String,
    /// What is said of the other.
    pub other: String,
}

impl Workspace {
    /// Pairs of entities that may be one, the likeliest first; only pairs of `entity` where one is named. Pairs that were judged not to be
    /// one are left out. Kept for the auditor: it combines what different organisations know.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn matches(&self, entity: Option<EntityId>, limit: usize) -> Result<Vec<Match>, WorkspaceError> {
        let distinct = self.vault().distinctions()?;
        let (mut found, looked_at) = self.with_known(|known| {
            let distinct: BTreeSet<(EntityId, EntityId)> = distinct
                .iter()
                .map(|(one, other)| (known.stands(*one), known.stands(*other)))
                .flat_map(|(one, other)| [(one, other), (other, one)])
                .collect();
            let entity = entity.map(|entity| known.stands(entity));
            let pairs = candidates(known);
            let wanted = pairs.into_iter().filter(|(one, other)| {
                !distinct.contains(&(*one, *other)) && entity.is_none_or(|entity| entity == *one || entity == *other)
            });
            let found: Vec<Match> = wanted.filter_map(|(one, other)| weigh(known, one, other)).collect();
            (found, known.items().count())
        })?;
        self.vault().audit(Audit::Combined { what: "matches".into(), entities: looked_at as u64 })?;
        found.sort_by(|one, other| {
            (other.score, one.one.id, one.other.id).cmp(&(one.score, other.one.id, other.other.id))
        });
        found.truncate(limit);
        Ok(found)
    }
}

/// Pairs that share a value that tells apart, or words of a name; the lower id first.
fn candidates(known: &Known) -> BTreeSet<(EntityId, EntityId)> {
    let schema = crate::schema();
    let mut sharing: HashMap<(String, String), BTreeSet<EntityId>> = HashMap::new();
    for (id, item) in known.items().filter(|(_, item)| item.ends.is_empty()) {
        for value in item.identifying(schema) {
            sharing.entry(value).or_default().insert(id);
        }
        for name in names(item) {
            let parts = parts(name);
            // Short words tell something together: `Li Wu`, and names of scripts that write a word in a sign or two.
            sharing.entry((WHOLE.to_owned(), parts.join(" "))).or_default().insert(id);
            for word in parts.into_iter().filter(|word| word.chars().count() > 2) {
                sharing.entry((String::new(), word)).or_default().insert(id);
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for entities in sharing.values().filter(|entities| (2..=MOST_SHARING).contains(&entities.len())) {
        for one in entities {
            pairs.extend(
                entities
                    .range((std::ops::Bound::Excluded(*one), std::ops::Bound::Unbounded))
                    .map(|other| (*one, *other)),
            );
        }
    }
    pairs
}

/// What is said of the name of an entity.
fn names(item: &Item) -> Vec<&str> {
    let is_name = |property: &str| matches!(property, "name" | "alias" | "weakAlias" | "previousName");
    item.values.iter().filter(|(property, _)| is_name(property)).map(|(_, text)| text.as_str()).collect()
}

/// The words of a name that tell something, without accents and in small letters.
fn parts(name: &str) -> Vec<String> {
    let small = FORMS.iter().fold(name.to_lowercase(), |name, (written, form)| name.replace(written, form));
    let words = small.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).map(fold);
    words.filter(|word| !word.is_empty() && !COMMON.contains(&word.as_str())).collect()
}

/// How alike two names are: 2 the same words, 1 the same last word and first letters that agree, 0 neither.
fn alike(one: &str, other: &str) -> u8 {
    let (one, other) = (parts(one), parts(other));
    let (Some(last), Some(other_last)) = (one.last(), other.last()) else { return 0 };
    if one == other {
        return 2;
    }
    let first = |names: &[String]| names.first().and_then(|name| name.chars().next());
    let initials_agree = one.len() == 1 || other.len() == 1 || first(&one) == first(&other);
    u8::from(last == other_last && last.chars().count() > 2 && initials_agree)
}

/// Weighs a pair; none when nothing speaks for it.
fn weigh(known: &Known, one: EntityId, other: EntityId) -> Option<Match> {
    let schema = crate::schema();
    let (item, other_item) = (known.item(one)?, known.item(other)?);
    if !schema.is_a(&item.kind, &other_item.kind) && !schema.is_a(&other_item.kind, &item.kind) {
        return None;
    }
    let by_property = |item: &Item| {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (property, text) in &item.values {
            let values = values.entry(property.clone()).or_default();
            if !values.contains(text) {
                values.push(text.clone());
            }
        }
        values
    };
    let (mine, theirs) = (by_property(item), by_property(other_item));
    let (mut agrees, mut clashes, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    let mut score: i32 = 0;
    let properties: BTreeSet<&String> = mine.keys().chain(theirs.keys()).collect();
    for property in properties {
        let (Some(ones), Some(others)) = (mine.get(property), theirs.get(property)) else {
            let (one, other) = (joined(mine.get(property)), joined(theirs.get(property)));
            missing.push(Compared { property: property.clone(), one, other });
            continue;
        };
        let is_known = schema.property(&item.kind, property).or_else(|| schema.property(&other_item.kind, property));
        let kind = is_known.map_or(koplamp_model::PropertyKind::Text, |known| known.kind);
        let agreeing = ones.iter().find_map(|one| {
            let same = others.iter().find(|other| compared(kind, one) == compared(kind, other))?;
            Some((one.clone(), same.clone()))
        });
        match agreeing {
            Some((one, other)) => {
                score += match is_known {
                    Some(known) if known.identifying => 60,
                    Some(known) if known.kind == koplamp_model::PropertyKind::Name => 45,
                    Some(known) if known.single && !known.changes => 20,
                    _ => 3,
                };
                agrees.push(Compared { property: property.clone(), one, other });
            }
            None => {
                // What changes in time tells nobody from another.
                if is_known.is_some_and(|known| known.single && !known.changes) {
                    score -= 30;
                    clashes.push(Compared {
                        property: property.clone(),
                        one: joined(Some(ones)),
                        other: joined(Some(others)),
                    });
                }
            }
        }
    }
    if !agrees.iter().any(|compared| compared.property == "name") {
        let best = names(item)
            .into_iter()
            .flat_map(|one| names(other_item).into_iter().map(move |other| (alike(one, other), one, other)))
            .max_by_key(|(alike, ..)| *alike);
        if let Some((alike @ 1.., one, other)) = best {
            score += 20 * i32::from(alike);
            agrees.push(Compared { property: "name".into(), one: one.into(), other: other.into() });
        }
    }
    let neighbours = |entity| known.links_of(entity).into_iter().map(|(_, other, _)| other).collect::<BTreeSet<_>>();
    let shared: Vec<Entity> =
        neighbours(one).intersection(&neighbours(other)).filter_map(|entity| known.entity(*entity)).take(5).collect();
    if agrees.is_empty() {
        return None;
    }
    score += 8 * i32::try_from(shared.len()).unwrap_or(0);
    let score = u8::try_from(score.clamp(0, 100)).unwrap_or(100);
    (score > 0).then_some(Match {
        one: known.entity(one)?,
        other: known.entity(other)?,
        score,
        agrees,
        clashes,
        missing,
        shared,
    })
}

fn joined(values: Option<&Vec<String>>) -> String {
    values.map(|values| values.join(" · ")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_by_their_last_word_and_first_letter() {
        for (one, other, expected) in [
            ("Jorrit Vaalmeer", "jorrit vaalmeer", 2),
            ("J. Vaalmeer", "Jorrit Adriaan Vaalmeer", 1),
            ("J.A. Vaalmeer", "Jorrit Vaalmeer", 1),
            ("Vaalmeer", "Jorrit Vaalmeer", 1),
            ("K. Vaalmeer", "Jorrit Vaalmeer", 0),
            ("Pekelhof Expeditie B.V.", "Pekelhof Expeditie", 2),
            ("Ayşe Özdemir", "AYSE OZDEMIR", 2),
            ("José Núñez", "Jose Nunez", 2),
            ("Müller", "Muller", 2),
            ("李伟", "李伟", 2),
            ("De Wit", "Jorrit Vaalmeer", 0),
            ("", "x", 0),
        ] {
            assert_eq!(alike(one, other), expected, "{one} / {other}");
        }
    }
}
