//! Stating facts, with the passage they rest on, and withdrawing them.

use std::collections::{BTreeMap, HashMap};

use koplamp_model::{
    Change, ChartId, DocumentId, EntityId, Evidence, Fact, Operation, Placement, PropertyKind, Recording, Standing,
    Statement, StatementId, TYPE, Value,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::{rank, strictest};
use crate::places::free;
use crate::values::{MOST_CHARACTERS, Unfit, backward, period, value};
use crate::{Workspace, WorkspaceError};

/// Most things that one act states.
const MOST_THINGS: usize = 10_000;

/// What a person states in one act.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Stated {
    /// The passage it rests on; none is a hypothesis.
    pub passage: Option<PassagePlace>,
    /// Code of the organisation that it is asserted for; none is that of the document, else that of the workspace.
    pub organisation: Option<String>,
    /// Code of the purpose; none is that of the document. Without a passage it must be named.
    pub purpose: Option<String>,
    /// Code of the marking; none is that of the document. It may be stricter than that, not freer.
    pub marking: Option<String>,
    /// Grade in the workspace's scheme.
    pub grade: Option<String>,
    /// The entities and links, new ones and known ones, with what is said of each.
    pub things: Vec<Thing>,
    /// The chart that new entities are put on, and where.
    pub chart: Option<OnChart>,
}

/// A passage, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PassagePlace {
    /// The document.
    #[ts(type = "string")]
    pub document: DocumentId,
    /// The page, from 1.
    pub page: u32,
    /// First character in the page's text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

/// An entity or link of which something is stated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Thing {
    /// A known one; none is a new one.
    #[ts(type = "string | null")]
    pub entity: Option<EntityId>,
    /// The type of a new one.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is said of it.
    pub says: Vec<Say>,
}

/// One thing that is said of a thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Say {
    /// Which property.
    pub property: String,
    /// What.
    pub value: Said,
    /// From when it held.
    #[serde(default)]
    pub valid_from: Option<String>,
    /// Until when it held.
    #[serde(default)]
    pub valid_to: Option<String>,
}

/// What is said: words, a known entity, or another thing of the same act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Said {
    /// Words.
    Text(String),
    /// A known entity.
    Entity(#[ts(type = "string")] EntityId),
    /// A thing of the same act, by its place in the list.
    Thing(usize),
}

/// Where new entities of an act are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OnChart {
    /// Which chart.
    #[ts(type = "string")]
    pub chart: ChartId,
    /// To the right, in hundredths of a pixel at scale 1.
    pub x: i32,
    /// Downwards.
    pub y: i32,
}

/// What an act of stating did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Recorded {
    /// The change.
    pub change: Change,
    /// The entities, in the order of the things.
    #[ts(type = "string[]")]
    pub entities: Vec<EntityId>,
}

/// What is changed of a statement. None leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Amendment {
    /// Other words.
    pub text: Option<String>,
    /// A stricter marking.
    pub marking: Option<String>,
    /// Another grade; empty takes it away.
    pub grade: Option<String>,
    /// From when it held; empty takes it away.
    pub valid_from: Option<String>,
    /// Until when it held; empty takes it away.
    pub valid_to: Option<String>,
}

impl Workspace {
    /// States facts: all of them in one act, or none.
    ///
    /// # Errors
    /// When a passage is not there, a label is missing or freer than the document's, a type or property is empty, an end of a link is no
    /// entity, or a value is too long.
    pub fn state(&self, stated: &Stated) -> Result<Recorded, WorkspaceError> {
        let evidence = stated.passage.as_ref().map(|place| self.evidence(place)).transpose()?;
        let standing = self.standing(stated)?;
        let (entities, facts) = self.facts(stated, evidence.as_ref())?;
        let mut operations = vec![Operation::Recorded(Recording { standing, facts })];
        if let Some(on) = stated.chart {
            operations.push(self.put_on(on, stated, &entities)?);
        }
        Ok(Recorded { change: self.change(operations)?, entities })
    }

    /// Withdraws statements: they are no longer part of the case.
    ///
    /// # Errors
    /// When one of them is not there.
    pub fn withdraw(&self, statements: &[StatementId]) -> Result<Change, WorkspaceError> {
        let mut by_organisation: BTreeMap<String, Vec<StatementId>> = BTreeMap::new();
        for id in statements {
            let statement = self.live(*id)?;
            let of_this = by_organisation.entry(statement.standing.organisation).or_default();
            if !of_this.contains(id) {
                of_this.push(*id);
            }
        }
        if by_organisation.is_empty() {
            return Err(invalid("statements", "name at least one"));
        }
        let withdrawn = |(organisation, statements)| Operation::StatementsWithdrawn { organisation, statements };
        self.change(by_organisation.into_iter().map(withdrawn).collect())
    }

    /// Puts another statement in the place of one: the same passage, other words, grade or dates. The old one stays in the log.
    ///
    /// # Errors
    /// As [`Workspace::state`]; when the marking would become freer than it is, or than that of the document today.
    pub fn amend(&self, id: StatementId, amendment: &Amendment) -> Result<Change, WorkspaceError> {
        let Statement { mut fact, mut standing, .. } = self.live(id)?;
        fact.id = StatementId::random();
        match (&mut fact.value, &amendment.text) {
            (_, None) => {}
            (Value::Text(words), Some(text)) => {
                let kind = self.with_known(|known| known.item(fact.entity).map(|item| item.kind.clone()))?;
                *words = value(asked(kind.as_deref(), &fact.property), &fact.property, text)?;
            }
            (Value::Entity(_), Some(_)) => return Err(invalid("text", "this statement names an entity, not words")),
        }
        if let Some(marking) = &amendment.marking {
            let now = self.marking_of(fact.evidence.as_ref(), standing.marking.as_deref())?;
            standing.marking = stricter(now.as_deref(), Some(marking))?;
        }
        if let Some(grade) = &amendment.grade {
            standing.grade = self.grade(Some(grade))?;
        }
        let [from, to] = [(&amendment.valid_from, &fact.valid_from), (&amendment.valid_to, &fact.valid_to)]
            .map(|(given, kept)| given.as_deref().or(kept.as_deref()));
        // A period that came in with a file may be in another form: only what is given is looked at.
        if amendment.valid_from.is_some() || amendment.valid_to.is_some() {
            (fact.valid_from, fact.valid_to) = period(from, to)?;
        }
        let organisation = standing.organisation.clone();
        self.change(vec![
            Operation::Recorded(Recording { standing, facts: vec![fact] }),
            Operation::StatementsWithdrawn { organisation, statements: vec![id] },
        ])
    }

    /// The statements that rest on passages of a document, in reading order.
    ///
    /// # Errors
    /// When the document is not there.
    pub fn statements_in(&self, document: DocumentId) -> Result<Vec<Statement>, WorkspaceError> {
        self.vault().document(document)?;
        self.marked(self.vault().statements_in(document)?)
    }

    /// Statements with the marking that holds for them today: their own, or that of their document where it is stricter.
    pub(crate) fn marked(&self, mut statements: Vec<Statement>) -> Result<Vec<Statement>, WorkspaceError> {
        let mut markings: HashMap<DocumentId, Option<String>> = HashMap::new();
        for Statement { fact, standing, .. } in &mut statements {
            let Some(document) = fact.evidence.as_ref().map(|evidence| evidence.document) else { continue };
            let of_document = match markings.get(&document) {
                Some(known) => known.clone(),
                None => {
                    let found = self.vault().labels(document)?.and_then(|labels| labels.marking);
                    markings.insert(document, found.clone());
                    found
                }
            };
            standing.marking = strictest(standing.marking.take().into_iter().chain(of_document));
        }
        Ok(statements)
    }

    fn marking_of(&self, evidence: Option<&Evidence>, own: Option<&str>) -> Result<Option<String>, WorkspaceError> {
        let labels = evidence.map(|evidence| self.vault().labels(evidence.document)).transpose()?.flatten();
        Ok(strictest(own.map(str::to_owned).into_iter().chain(labels.and_then(|labels| labels.marking))))
    }

    fn live(&self, id: StatementId) -> Result<Statement, WorkspaceError> {
        match self.vault().statement(id)? {
            Some((statement, false)) => Ok(statement),
            _ => Err(koplamp_vault::VaultError::NoSuchStatement(id).into()),
        }
    }

    /// The passage at a place, with the words that stand there now.
    pub(crate) fn evidence(&self, place: &PassagePlace) -> Result<Evidence, WorkspaceError> {
        let PassagePlace { document, page, start, end } = *place;
        self.vault().document(document)?;
        let pages = self.vault().pages(document, page, page)?;
        let text = pages.first().map(|page| page.text.as_str()).unwrap_or_default();
        let length = end.checked_sub(start).filter(|length| *length > 0).unwrap_or(0) as usize;
        let quote: String = text.chars().skip(start as usize).take(length).collect();
        if length == 0 || quote.chars().count() < length {
            return Err(invalid(
                "passage",
                &format!("page {page} of document {document} has no characters {start} to {end}"),
            ));
        }
        if length > MOST_CHARACTERS {
            return Err(invalid("passage", &format!("a passage has at most {MOST_CHARACTERS} characters")));
        }
        Ok(Evidence { document, page, start, end, quote })
    }

    /// Whose the facts are: what is named, else what the document says, else (organisation only) the workspace.
    pub(crate) fn standing(&self, stated: &Stated) -> Result<Standing, WorkspaceError> {
        let labels = match &stated.passage {
            Some(place) => Some(self.vault().document(place.document)?.labels),
            None => None,
        };
        let given =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let organisation =
            given(&stated.organisation).or_else(|| labels.as_ref().map(|labels| labels.organisation.clone()));
        let organisation = organisation.unwrap_or_else(|| self.vault().organisation().to_owned());
        let purpose = given(&stated.purpose).or_else(|| labels.as_ref().map(|labels| labels.purpose.clone()));
        let checked = koplamp_model::Labels {
            organisation,
            // What a person states rests on nobody's system; the passage has the source.
            source: "-".into(),
            purpose: purpose.unwrap_or_default(),
            marking: given(&stated.marking),
            handling: None,
        }
        .checked(crate::codes())?;
        Ok(Standing {
            organisation: checked.organisation,
            purpose: checked.purpose,
            marking: stricter(labels.and_then(|labels| labels.marking).as_deref(), checked.marking.as_deref())?,
            grade: self.grade(stated.grade.as_deref())?,
        })
    }

    /// A grade that the workspace's scheme has; none when it is empty.
    pub(crate) fn grade(&self, grade: Option<&str>) -> Result<Option<String>, WorkspaceError> {
        let Some(grade) = grade.map(str::trim).filter(|grade| !grade.is_empty()) else { return Ok(None) };
        let scheme = self.grading()?;
        let grade = grade.to_uppercase();
        if scheme.parse(&grade).is_none() {
            let codes = |codes: &[koplamp_model::GradeCode]| {
                codes.iter().map(|code| code.code.as_str()).collect::<Vec<_>>().join(" ")
            };
            let message = format!(
                "'{grade}' is no grade of the scheme '{}': one of {} and one of {} are expected",
                scheme.code,
                codes(&scheme.source),
                codes(&scheme.information)
            );
            return Err(invalid("grade", &message));
        }
        Ok(Some(grade))
    }

    fn facts(
        &self,
        stated: &Stated,
        evidence: Option<&Evidence>,
    ) -> Result<(Vec<EntityId>, Vec<Fact>), WorkspaceError> {
        if stated.things.is_empty() || stated.things.len() > MOST_THINGS {
            return Err(invalid("things", &format!("1 to {MOST_THINGS} are expected")));
        }
        let mut entities = Vec::with_capacity(stated.things.len());
        for thing in &stated.things {
            entities.push(match thing.entity {
                Some(entity) => self.known_entity(entity)?,
                None => EntityId::random(),
            });
        }
        let mut facts = Vec::new();
        for (thing, entity) in stated.things.iter().zip(&entities) {
            let mut fact = |property: &str, value: Value, from: Option<&str>, to: Option<&str>| {
                let (valid_from, valid_to) = period(from, to)?;
                let (evidence, property) = (evidence.cloned(), property.to_owned());
                let id = StatementId::random();
                facts.push(Fact { id, entity: *entity, property, value, evidence, valid_from, valid_to });
                Ok::<_, WorkspaceError>(())
            };
            if thing.entity.is_none() {
                let kind = thing.kind.trim();
                if kind.is_empty() || crate::schema().find(kind).is_some_and(|known| known.is_abstract) {
                    return Err(invalid("type", &format!("'{kind}' is no type that an entity can have")));
                }
                fact(TYPE, Value::Text(value(None, TYPE, kind)?), None, None)?;
            }
            let kind = match thing.entity {
                Some(entity) => self.with_known(|known| known.item(entity).map(|item| item.kind.clone()))?,
                None => Some(thing.kind.trim().to_owned()),
            };
            for say in &thing.says {
                let property = say.property.trim();
                if property.is_empty() {
                    return Err(invalid("property", "must not be empty"));
                }
                let said = match &say.value {
                    Said::Text(text) => Value::Text(value(asked(kind.as_deref(), property), property, text)?),
                    Said::Entity(entity) => Value::Entity(self.known_entity(*entity)?),
                    Said::Thing(place) => {
                        let other = entities.get(*place);
                        Value::Entity(*other.ok_or_else(|| invalid("things", &format!("there is no thing {place}")))?)
                    }
                };
                fact(property, said, say.valid_from.as_deref(), say.valid_to.as_deref())?;
            }
        }
        if facts.is_empty() {
            return Err(invalid("things", "nothing is said of them"));
        }
        self.check_facts(&facts)?;
        Ok((entities, facts))
    }

    /// Whether facts of one act can hold together: what begins ends after that, and links join entities.
    pub(crate) fn check_facts(&self, facts: &[Fact]) -> Result<(), WorkspaceError> {
        let mut kinds: HashMap<EntityId, &str> = HashMap::new();
        let mut dates: HashMap<EntityId, [Vec<&str>; 2]> = HashMap::new();
        for fact in facts {
            let Value::Text(text) = &fact.value else { continue };
            match fact.property.as_str() {
                TYPE => drop(kinds.insert(fact.entity, text)),
                "startDate" => dates.entry(fact.entity).or_default()[0].push(text),
                "endDate" => dates.entry(fact.entity).or_default()[1].push(text),
                _ => {}
            }
        }
        if let Some((from, to)) = dates.values().find_map(|[starts, ends]| backward(starts, ends)) {
            return Err(Unfit::Period { from: from.to_owned(), to: to.to_owned() }.into());
        }
        self.with_known(|known| {
            let kind = |entity: EntityId| {
                kinds.get(&entity).copied().or_else(|| known.item(entity).map(|item| item.kind.as_str()))
            };
            let link_end = facts.iter().find(|fact| {
                let Value::Entity(other) = fact.value else { return false };
                let ends = kind(fact.entity).and_then(|kind| crate::schema().ends(kind));
                let is_end = ends.is_some_and(|ends| fact.property == ends.source || fact.property == ends.target);
                is_end && kind(other).is_some_and(|kind| crate::schema().ends(kind).is_some())
            });
            match link_end {
                Some(fact) => Err(Unfit::LinkEnd { property: fact.property.clone() }.into()),
                None => Ok(()),
            }
        })?
    }

    fn known_entity(&self, entity: EntityId) -> Result<EntityId, WorkspaceError> {
        match self.with_known(|known| known.item(entity).is_some())? {
            true => Ok(entity),
            false => Err(koplamp_vault::VaultError::NoSuchEntity(entity).into()),
        }
    }

    /// Puts what is not a link on a chart: each on the first free place, where it is asked for or around that.
    fn put_on(&self, on: OnChart, stated: &Stated, entities: &[EntityId]) -> Result<Operation, WorkspaceError> {
        let (_, there) = self.vault().chart(on.chart)?;
        let is_link = |thing: &Thing| crate::schema().ends(&thing.kind).is_some();
        let fresh =
            stated.things.iter().zip(entities).filter(|(thing, entity)| {
                !is_link(thing) && !there.iter().any(|placement| placement.entity == **entity)
            });
        let mut taken: Vec<(i32, i32)> = there.iter().map(|placement| (placement.x, placement.y)).collect();
        let mut placed = Vec::new();
        for (_, entity) in fresh {
            let (x, y) = free(on.x, on.y, &taken);
            taken.push((x, y));
            placed.push(Placement { entity: *entity, x, y, pinned: false, hidden: false });
        }
        Ok(Operation::ChartPlaced { chart: on.chart, placed, taken: Vec::new() })
    }
}

/// The marking that is asked for, unless it is freer than that of the document. None is the document's.
pub(crate) fn stricter(own: Option<&str>, asked: Option<&str>) -> Result<Option<String>, WorkspaceError> {
    match (own, asked) {
        (Some(own), Some(asked)) if rank(asked) < rank(own) => Err(invalid(
            "marking",
            &format!("'{asked}' is freer than '{own}', the marking of what it rests on; it may only be stricter"),
        )),
        (own, asked) => Ok(asked.or(own).map(str::to_owned)),
    }
}

/// What the values of a property of this type are; none when the schema does not say.
pub(crate) fn asked(kind: Option<&str>, property: &str) -> Option<PropertyKind> {
    crate::schema().property(kind?, property).map(|known| known.kind)
}

pub(crate) fn invalid(field: &'static str, message: &str) -> WorkspaceError {
    WorkspaceError::Invalid { field, message: message.to_owned() }
}
