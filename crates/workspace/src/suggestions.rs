//! Suggestions: identifiers that were found at import and wait outside the case for a judgement.

use std::collections::{BTreeMap, HashMap};

use koplamp_model::{
    Change, Entity, EntityId, Evidence, Fact, IdentifierKind, Operation, Recording, Standing, StatementId, Suggestion,
    SuggestionId, TYPE, Value, Verdict,
};
use koplamp_vault::VaultError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::known::{Known, compared};
use crate::statements::invalid;
use crate::{Workspace, WorkspaceError};

/// Characters of the text that are shown before and after a find.
const CONTEXT: usize = 70;
/// Most suggestions that one act judges.
const MOST_JUDGED: usize = 100_000;

/// Suggestions that wait, some of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SuggestionList {
    /// How many wait of the kind that was asked for.
    pub total: u32,
    /// How many wait of each kind.
    pub counts: Vec<(IdentifierKind, u32)>,
    /// Those asked for, in reading order.
    pub suggestions: Vec<SuggestionView>,
}

/// A suggestion with what is needed to judge it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SuggestionView {
    /// What was found.
    #[serde(flatten)]
    #[ts(flatten)]
    pub suggestion: Suggestion,
    /// Title of the document.
    pub title: String,
    /// Code of the document's organisation.
    pub organisation: String,
    /// Code of the document's marking.
    pub marking: Option<String>,
    /// The text before it.
    pub before: String,
    /// The text after it.
    pub after: String,
    /// The entity of the case that this value belongs to already.
    pub known: Option<Entity>,
    /// In how many documents the value stands, by organisation: a value of several organisations may join what none of them sees.
    pub spread: Vec<(String, u32)>,
}

/// What an identifier is in the schema.
struct Meaning {
    kind: &'static str,
    property: &'static str,
    /// The link by which a party has it, with the party's and its own property; none where it is said of the party itself.
    link: Option<(&'static str, &'static str, &'static str)>,
}

const USE: Option<(&str, &str, &str)> = Some(("Use", "user", "used"));
const OWNERSHIP: Option<(&str, &str, &str)> = Some(("Ownership", "owner", "asset"));

const fn meaning(kind: IdentifierKind) -> Meaning {
    use IdentifierKind as Kind;
    let (kind, property, link) = match kind {
        Kind::Iban => ("BankAccount", "iban", OWNERSHIP),
        Kind::Bsn => ("Person", "idNumber", None),
        Kind::Kvk => ("Company", "registrationNumber", None),
        Kind::Rsin => ("Company", "taxNumber", None),
        Kind::VatId => ("Company", "vatCode", None),
        Kind::Plate => ("Vehicle", "registrationNumber", USE),
        Kind::Phone => ("PhoneNumber", "phone", USE),
        Kind::Email => ("MailAddress", "email", USE),
        Kind::Url => ("WebAddress", "website", USE),
        Kind::Ip => ("IpAddress", "ipAddress", USE),
        Kind::Container => ("Container", "containerNumber", USE),
        Kind::Imo => ("Vessel", "imoNumber", USE),
        Kind::Crypto => ("CryptoWallet", "publicKey", OWNERSHIP),
        Kind::Imei => ("Device", "imei", USE),
        Kind::Vin => ("Vehicle", "vin", USE),
        // By themselves they are of something that happened.
        Kind::Amount => ("Event", "summary", None),
        Kind::Date => ("Event", "date", None),
    };
    Meaning { kind, property, link }
}

impl Workspace {
    /// Suggestions that wait for a judgement, in reading order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn suggestions(
        &self,
        kind: Option<IdentifierKind>,
        limit: u32,
        offset: u32,
    ) -> Result<SuggestionList, WorkspaceError> {
        let (total, found) = self.vault().suggestions(kind, limit, offset)?;
        let known = self.with_known(identified)?;
        let mut pages: HashMap<_, Vec<char>> = HashMap::new();
        let mut suggestions = Vec::with_capacity(found.len());
        for suggestion in found {
            let document = self.vault().document(suggestion.document)?;
            let text = match pages.entry((suggestion.document, suggestion.page)) {
                std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::hash_map::Entry::Vacant(entry) => {
                    let found = self.vault().pages(suggestion.document, suggestion.page, suggestion.page)?;
                    entry.insert(found.first().map(|page| page.text.chars().collect()).unwrap_or_default())
                }
            };
            let (start, end) = (suggestion.start as usize, suggestion.end as usize);
            let before = text.get(start.saturating_sub(CONTEXT)..start).unwrap_or_default().iter().collect();
            let after = text.get(end..text.len().min(end + CONTEXT)).unwrap_or_default().iter().collect();
            let existing = known.get(&key(&suggestion)).copied();
            let existing = existing.map(|entity| self.with_known(|known| known.entity(entity))).transpose()?.flatten();
            suggestions.push(SuggestionView {
                title: document.title,
                organisation: document.labels.organisation,
                marking: document.labels.marking,
                before,
                after,
                known: existing,
                spread: self.vault().spread(suggestion.kind, &suggestion.normal)?,
                suggestion,
            });
        }
        Ok(SuggestionList { total, counts: self.vault().suggestion_counts()?, suggestions })
    }

    /// Accepts suggestions: each becomes a statement that rests on its place. Without `into`, of the entity that has this value already, else
    /// of a new one. With `into`, of that entity, or of what it uses or owns.
    ///
    /// # Errors
    /// When one is not there or was judged already, or `into` is not there: then nothing is accepted.
    pub fn accept(&self, suggestions: &[SuggestionId], into: Option<EntityId>) -> Result<Change, WorkspaceError> {
        let found = self.waiting(suggestions)?;
        let target = match into {
            None => None,
            Some(into) => {
                let line = self.with_known(|known| known.entity(into))?;
                Some(line.ok_or(VaultError::NoSuchEntity(into))?)
            }
        };
        let mut known = self.with_known(identified)?;
        let mut judged = Vec::new();
        let mut recordings: BTreeMap<(String, String, Option<String>), Vec<Fact>> = BTreeMap::new();
        for suggestion in found {
            let labels = self.vault().document(suggestion.document)?.labels;
            let Suggestion { document, page, start, end, .. } = suggestion;
            let evidence = Evidence { document, page, start, end, quote: suggestion.value.clone() };
            let facts = recordings.entry((labels.organisation, labels.purpose, labels.marking)).or_default();
            let entity = match &target {
                Some(target) => state_of(target, &suggestion, &evidence, &mut known, facts)?,
                None => state(&suggestion, &evidence, &mut known, facts),
            };
            judged.push(Operation::SuggestionJudged {
                suggestion: suggestion.id,
                document,
                verdict: Some(Verdict::Accepted { entity }),
            });
        }
        let recorded = recordings.into_iter().map(|((organisation, purpose, marking), facts)| {
            Operation::Recorded(Recording { standing: Standing { organisation, purpose, marking, grade: None }, facts })
        });
        judged.extend(recorded);
        self.change(judged)
    }

    /// Rejects suggestions: it is not so, there.
    ///
    /// # Errors
    /// When one is not there, its document was removed, or it was judged already: then nothing is rejected.
    pub fn reject(&self, suggestions: &[SuggestionId]) -> Result<Change, WorkspaceError> {
        let rejected = self.waiting(suggestions)?.into_iter().map(|suggestion| Operation::SuggestionJudged {
            suggestion: suggestion.id,
            document: suggestion.document,
            verdict: Some(Verdict::Rejected),
        });
        self.change(rejected.collect())
    }

    /// Never suggests these values again, wherever they stand.
    ///
    /// # Errors
    /// When one of them is not there or was judged already.
    pub fn never(&self, suggestions: &[SuggestionId]) -> Result<Change, WorkspaceError> {
        let mut values: Vec<(IdentifierKind, String)> =
            self.waiting(suggestions)?.into_iter().map(|suggestion| (suggestion.kind, suggestion.normal)).collect();
        values.sort();
        values.dedup();
        let ignored = |(identifier, normal)| Operation::ValueIgnored { identifier, normal, ignored: true };
        self.change(values.into_iter().map(ignored).collect())
    }

    fn waiting(&self, suggestions: &[SuggestionId]) -> Result<Vec<Suggestion>, WorkspaceError> {
        if suggestions.is_empty() || suggestions.len() > MOST_JUDGED {
            return Err(invalid("suggestions", &format!("1 to {MOST_JUDGED} are expected")));
        }
        let mut found: Vec<Suggestion> = Vec::with_capacity(suggestions.len());
        for id in suggestions {
            let suggestion = self.vault().suggestion(*id)?;
            // Of a document that was removed nothing waits.
            self.vault().document(suggestion.document)?;
            if self.vault().verdict(*id)?.is_some() {
                return Err(invalid(
                    "suggestions",
                    &format!("suggestion {id} was judged already; undo takes that back"),
                ));
            }
            if !found.iter().any(|other| other.id == *id) {
                found.push(suggestion);
            }
        }
        Ok(found)
    }
}

/// What a value is told apart by: its property and its compared form.
type ValueKey = (&'static str, String);

fn key(suggestion: &Suggestion) -> ValueKey {
    let property = meaning(suggestion.kind).property;
    (property, compared(koplamp_model::PropertyKind::Identifier, &suggestion.normal))
}

/// The entity that each identifying value of the case belongs to.
fn identified(known: &Known) -> HashMap<ValueKey, EntityId> {
    let schema = crate::schema();
    let meanings: Vec<Meaning> = IdentifierKind::ALL.into_iter().map(meaning).collect();
    let mut found = HashMap::new();
    for (id, item) in known.items() {
        for (property, text) in &item.values {
            let meant =
                meanings.iter().find(|meaning| meaning.property == property && schema.is_a(&item.kind, meaning.kind));
            if let Some(meaning) = meant.filter(|meaning| meaning.kind != "Event") {
                found.entry((meaning.property, compared(koplamp_model::PropertyKind::Identifier, text))).or_insert(id);
            }
        }
    }
    found
}

/// States that a value belongs to the entity that has it already, else to a new one.
fn state(
    suggestion: &Suggestion,
    evidence: &Evidence,
    known: &mut HashMap<ValueKey, EntityId>,
    facts: &mut Vec<Fact>,
) -> EntityId {
    let Meaning { kind, property, .. } = meaning(suggestion.kind);
    let mut say = |entity, property: &str, value| facts.push(fact(entity, property, value, evidence));
    let single = matches!(suggestion.kind, IdentifierKind::Amount | IdentifierKind::Date);
    let existing = known.get(&key(suggestion)).copied().filter(|_| !single);
    let entity = existing.unwrap_or_else(|| {
        let entity = EntityId::random();
        say(entity, TYPE, Value::Text(kind.to_owned()));
        entity
    });
    known.insert(key(suggestion), entity);
    say(entity, property, Value::Text(suggestion.normal.clone()));
    entity
}

/// States that a value belongs to this entity: as its own property, or as something that it uses or owns.
fn state_of(
    target: &Entity,
    suggestion: &Suggestion,
    evidence: &Evidence,
    known: &mut HashMap<ValueKey, EntityId>,
    facts: &mut Vec<Fact>,
) -> Result<EntityId, WorkspaceError> {
    let schema = crate::schema();
    let Meaning { kind, property, link } = meaning(suggestion.kind);
    let own = schema.is_a(&target.kind, kind) || link.is_none();
    match link {
        Some((link, party, thing)) if !own && schema.is_a(&target.kind, "LegalEntity") => {
            let entity = state(suggestion, evidence, known, facts);
            let joins = EntityId::random();
            facts.push(fact(joins, TYPE, Value::Text(link.to_owned()), evidence));
            facts.push(fact(joins, party, Value::Entity(target.id), evidence));
            facts.push(fact(joins, thing, Value::Entity(entity), evidence));
            Ok(entity)
        }
        _ => {
            let property = match suggestion.kind {
                IdentifierKind::Amount => "amount",
                _ => property,
            };
            if schema.property(&target.kind, property).is_none() {
                return Err(invalid("into", &format!("a {} has no property '{property}'", target.kind)));
            }
            let (currency, value) = match (suggestion.kind, suggestion.normal.split_once(' ')) {
                (IdentifierKind::Amount, Some((currency, amount))) => (Some(currency), amount),
                _ => (None, suggestion.normal.as_str()),
            };
            facts.push(fact(target.id, property, Value::Text(value.to_owned()), evidence));
            if let Some(currency) = currency.filter(|_| schema.property(&target.kind, "currency").is_some()) {
                facts.push(fact(target.id, "currency", Value::Text(currency.to_owned()), evidence));
            }
            Ok(target.id)
        }
    }
}

fn fact(entity: EntityId, property: &str, value: Value, evidence: &Evidence) -> Fact {
    Fact {
        id: StatementId::random(),
        entity,
        property: property.to_owned(),
        value,
        evidence: Some(evidence.clone()),
        valid_from: None,
        valid_to: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_identifier_has_a_type_a_property_and_a_link_of_the_schema() {
        let schema = crate::schema();
        for kind in IdentifierKind::ALL {
            let Meaning { kind, property, link } = meaning(kind);
            assert!(schema.property(kind, property).is_some(), "{kind}.{property}");
            if let Some((link, party, thing)) = link {
                let ends = schema.ends(link).unwrap();
                assert_eq!((ends.source.as_str(), ends.target.as_str()), (party, thing), "{link}");
            }
        }
    }
}
