//! Many statements at once, from a file: each with the words it rests on, and entities called by names that hold within the file.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use koplamp_model::{
    Change, Document, EntityId, Evidence, Fact, Operation, Recording, Standing, StatementId, TYPE, Value,
};
use koplamp_vault::DocumentFilter;
use serde::{Deserialize, Serialize};

use crate::statements::{asked, invalid, stricter};
use crate::values::value as kept;
use crate::{Workspace, WorkspaceError};

/// A file of statements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// The statements, passage by passage.
    pub statements: Vec<StatedPassage>,
    /// Judgements that entities are one, by their names; they are recorded only when asked for.
    #[serde(default)]
    pub merges: Vec<NamedMerge>,
}

/// What is stated of one passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedPassage {
    /// The path under which the document was imported, or the end of it; none is a hypothesis.
    #[serde(default)]
    pub document: Option<String>,
    /// The words, exactly as they stand in the document's text.
    #[serde(default)]
    pub quote: Option<String>,
    /// Code of the organisation; none is the document's.
    #[serde(default)]
    pub organisation: Option<String>,
    /// Code of the purpose; none is the document's.
    #[serde(default)]
    pub purpose: Option<String>,
    /// A stricter marking than the document's.
    #[serde(default)]
    pub marking: Option<String>,
    /// Grade in the workspace's scheme.
    #[serde(default)]
    pub grade: Option<String>,
    /// The entities and links.
    pub things: Vec<NamedThing>,
}

/// An entity or link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedThing {
    /// Its name within the file; one that was named before is the same entity.
    #[serde(default, rename = "as")]
    pub name: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is said of it, by property. `@name` is another entity of the file.
    #[serde(default)]
    pub says: BTreeMap<String, OneOrMore>,
}

/// A value, or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several, each a statement of its own.
    More(Vec<String>),
}

/// A judgement that entities are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedMerge {
    /// The entities, by their names.
    pub entities: Vec<String>,
    /// Why.
    pub reason: String,
}

/// What recording did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordReport {
    /// How many statements were made.
    pub statements: u32,
    /// The entities, by their names.
    pub entities: BTreeMap<String, EntityId>,
    /// Types that the schema does not have, and properties that their types do not have (`Type.property`): they are kept, and may be slips of the pen.
    pub unknown: Vec<String>,
    /// What changed.
    pub change: Change,
}

impl Workspace {
    /// Records all statements of a file as one act; with `merges`, its judgements too.
    ///
    /// # Errors
    /// When a document is not there, a quote does not stand in it, or a name is not known: then nothing is recorded.
    pub fn record(&self, script: &Script, merges: bool) -> Result<RecordReport, WorkspaceError> {
        let documents = self.vault().documents(DocumentFilter::All, u32::MAX, 0)?.1;
        let mut texts = HashMap::new();
        let mut names: BTreeMap<String, EntityId> = BTreeMap::new();
        let mut recordings: Vec<Recording> = Vec::new();
        for passage in &script.statements {
            let found = passage.document.as_deref().map(|path| find(&documents, path)).transpose()?;
            let evidence = match (found, &passage.quote) {
                (Some(document), Some(quote)) => Some(self.quoted(document, quote, &mut texts)?),
                (Some(document), None) => {
                    return Err(invalid("quote", &format!("no words of {} are quoted", document.path)));
                }
                (None, _) => None,
            };
            let standing = self.standing_of(passage, found)?;
            let mut facts = Vec::new();
            for thing in &passage.things {
                self.state_thing(thing, evidence.as_ref(), &mut names, &mut facts)?;
            }
            self.check_facts(&facts)?;
            match recordings.last_mut().filter(|last| last.standing == standing) {
                Some(last) => last.facts.append(&mut facts),
                None => recordings.push(Recording { standing, facts }),
            }
        }
        let statements = recordings.iter().map(|recording| recording.facts.len()).sum::<usize>();
        let mut operations: Vec<Operation> = recordings.into_iter().map(Operation::Recorded).collect();
        if operations.is_empty() {
            return Err(invalid("statements", "the file states nothing"));
        }
        for merge in script.merges.iter().filter(|_| merges) {
            let entities = merge.entities.iter().map(|name| named(&names, name)).collect::<Result<_, _>>()?;
            let (merge, reason) = (koplamp_model::MergeId::random(), merge.reason.clone());
            operations.push(Operation::EntitiesMerged { merge, entities, reason });
        }
        let change = self.change(operations)?;
        let statements = u32::try_from(statements).unwrap_or(u32::MAX);
        Ok(RecordReport { statements, entities: names, unknown: unknown(script), change })
    }

    fn standing_of(&self, passage: &StatedPassage, document: Option<&Document>) -> Result<Standing, WorkspaceError> {
        let labels = document.map(|document| &document.labels);
        let organisation = passage.organisation.clone().or_else(|| labels.map(|labels| labels.organisation.clone()));
        let purpose = passage.purpose.clone().or_else(|| labels.map(|labels| labels.purpose.clone()));
        let own = labels.and_then(|labels| labels.marking.as_deref());
        Ok(Standing {
            organisation: crate::codes().organisation(&organisation.unwrap_or_default())?,
            purpose: purpose.ok_or_else(|| invalid("purpose", "a hypothesis names its purpose"))?,
            marking: stricter(own, passage.marking.as_deref())?,
            grade: self.grade(passage.grade.as_deref())?,
        })
    }

    /// The place where words stand in a document.
    fn quoted(
        &self,
        document: &Document,
        quote: &str,
        texts: &mut HashMap<koplamp_model::DocumentId, Vec<koplamp_model::Page>>,
    ) -> Result<Evidence, WorkspaceError> {
        let pages = match texts.entry(document.id) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(self.vault().pages(document.id, 1, u32::MAX)?)
            }
        };
        let found = pages.iter().find_map(|page| Some((page.number, page.text.split_once(quote)?.0.chars().count())));
        let (page, start) = found
            .ok_or_else(|| invalid("quote", &format!("these words do not stand in {}: '{quote}'", document.path)))?;
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (start, end) = (place(start), place(start + quote.chars().count()));
        Ok(Evidence { document: document.id, page, start, end, quote: quote.to_owned() })
    }

    fn state_thing(
        &self,
        thing: &NamedThing,
        evidence: Option<&Evidence>,
        names: &mut BTreeMap<String, EntityId>,
        facts: &mut Vec<Fact>,
    ) -> Result<(), WorkspaceError> {
        let known = thing.name.as_ref().and_then(|name| names.get(name)).copied();
        let entity = known.unwrap_or_else(EntityId::random);
        if let Some(name) = &thing.name {
            names.insert(name.clone(), entity);
        }
        let mut state = |property: &str, value| {
            facts.push(Fact {
                id: StatementId::random(),
                entity,
                property: property.to_owned(),
                value,
                evidence: evidence.cloned(),
                valid_from: None,
                valid_to: None,
            });
        };
        if known.is_none() {
            state(TYPE, Value::Text(thing.kind.clone()));
        }
        for (property, values) in &thing.says {
            let values = match values {
                OneOrMore::One(value) => std::slice::from_ref(value),
                OneOrMore::More(values) => values,
            };
            for value in values {
                state(
                    property,
                    match value.strip_prefix('@') {
                        Some(name) => Value::Entity(named(names, name)?),
                        None => Value::Text(kept(asked(Some(&thing.kind), property), property, value)?),
                    },
                );
            }
        }
        Ok(())
    }
}

fn named(names: &BTreeMap<String, EntityId>, name: &str) -> Result<EntityId, WorkspaceError> {
    let known = names.get(name).copied();
    known.ok_or_else(|| invalid("things", &format!("nothing was called '{name}' before it is used")))
}

/// The document of this path, or the only one whose path ends in it.
fn find<'a>(documents: &'a [Document], path: &str) -> Result<&'a Document, WorkspaceError> {
    let ending = format!("/{path}");
    let mut found = documents.iter().filter(|document| document.path == path || document.path.ends_with(&ending));
    match (found.next(), found.next()) {
        (Some(document), None) => Ok(document),
        (None, _) => Err(invalid("document", &format!("there is no document '{path}' in the case; import it first"))),
        (Some(_), Some(_)) => {
            Err(invalid("document", &format!("several documents end in '{path}'; give more of the path")))
        }
    }
}

/// What the schema does not have of the types and properties of a file, each once.
fn unknown(script: &Script) -> Vec<String> {
    let schema = crate::schema();
    let things = script.statements.iter().flat_map(|passage| &passage.things);
    let unknown = things.flat_map(|thing| match schema.find(&thing.kind) {
        None => vec![thing.kind.clone()],
        Some(_) => {
            let said = thing.says.keys().filter(|property| schema.property(&thing.kind, property).is_none());
            said.map(|property| format!("{}.{property}", thing.kind)).collect()
        }
    });
    unknown.collect::<BTreeSet<String>>().into_iter().collect()
}
