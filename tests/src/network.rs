//! The entities and links of a workspace with the passages that they rest on, read by the library and not by the window.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_model::{Statement, Value};
use koplamp_workspace::EntityQuery;

use crate::case::PASSPHRASE;
use crate::{Case, answers};

/// A passage that something rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// The document.
    pub document: String,
    /// The page, from 1.
    pub page: u32,
    /// First character on it.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// What stands there.
    pub quote: String,
    /// Whose statement it is.
    pub organisation: String,
}

/// An entity or a link.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it is called.
    pub label: String,
    /// Of a link: the ids of its ends.
    pub ends: Option<[String; 2]>,
    /// Words that are said of it.
    pub values: BTreeSet<String>,
    /// Codes of the organisations that said something of it.
    pub organisations: BTreeSet<String>,
    /// What it rests on; nothing for a hypothesis.
    pub passages: BTreeSet<Passage>,
}

/// All entities and links by id. Nobody else may have the workspace open.
pub fn network(case: &Case) -> BTreeMap<String, Item> {
    let workspace = answers::open(&case.workspace(), &case.device_secret_file(), PASSPHRASE).expect("it opens");
    let all = EntityQuery { links: true, ..EntityQuery::default() };
    let mut items = BTreeMap::new();
    for entity in workspace.entities(&all, u32::MAX, 0).expect("a list").entities {
        let view = workspace.entity(entity.id).expect("an entity");
        let says = |statement: &Statement| match &statement.fact.value {
            Value::Text(words) => Some(words.clone()),
            Value::Entity(_) => None,
        };
        let item = Item {
            label: entity.label,
            ends: view.ends.map(|(source, target)| [source.id.to_string(), target.id.to_string()]),
            values: view.statements.iter().filter_map(says).collect(),
            organisations: view.statements.iter().map(|said| said.standing.organisation.clone()).collect(),
            passages: view.statements.iter().filter_map(passage).collect(),
        };
        items.insert(entity.id.to_string(), item);
    }
    workspace.close("end").expect("it closes");
    items
}

fn passage(statement: &Statement) -> Option<Passage> {
    let evidence = statement.fact.evidence.as_ref()?;
    Some(Passage {
        document: evidence.document.to_string(),
        page: evidence.page,
        start: evidence.start,
        end: evidence.end,
        quote: evidence.quote.clone(),
        organisation: statement.standing.organisation.clone(),
    })
}
