//! The entity schema: which types of entity and link there are, what can be said of them, and how they are shown.
//!
//! It is data with a version (`resources/schema/`), with the names of FollowTheMoney where that has them, so that other programs
//! understand what we write. A type or property that the schema does not have is kept as it is: a newer list may have it.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The property that says what type an entity has. It is a statement like any other, with its source.
pub const TYPE: &str = "type";

/// The property that gives an entity its portrait. Its evidence is the picture document as a whole, its value that document's name.
pub const PHOTO: &str = "photo";

/// All types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Schema {
    /// The date of the list, `YYYY-MM-DD`.
    pub version: String,
    /// The types, in the order in which they are offered.
    pub types: Vec<EntityType>,
    /// The flags that a node of a chart can bear.
    #[serde(default)]
    pub flags: Vec<Flag>,
}

/// A small mark at a node of a chart. One that states a fact follows from what is stated; another is put on a chart by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Flag {
    /// Its name: `wanted`.
    pub name: String,
    /// What it says in Dutch.
    pub nl: String,
    /// What it says in English.
    pub en: String,
    /// Name of its icon in `resources/icons/types`.
    pub icon: String,
    /// Its colour, by its place in the palette of Okabe and Ito (0 to 7).
    pub colour: u8,
    /// The property whose value puts it there; none is put there by hand.
    #[serde(default)]
    pub property: Option<String>,
    /// The value that does so; none is any.
    #[serde(default)]
    pub value: Option<String>,
}

/// A type of entity, or of link: a link is an entity with two ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EntityType {
    /// Its name: `Person`, `BankAccount`, `Ownership`.
    pub name: String,
    /// The types whose properties it has too.
    #[serde(default)]
    pub extends: Vec<String>,
    /// Dutch name.
    pub nl: String,
    /// English name.
    pub en: String,
    /// Dutch name of several.
    pub nl_plural: String,
    /// English name of several.
    pub en_plural: String,
    /// Name of its icon in `resources/icons/types`.
    pub icon: String,
    /// Its outline on a chart: told apart before colour is.
    pub shape: Shape,
    /// Its colour, by its place in the colour-blind-safe palette of Okabe and Ito (0 to 7).
    pub colour: u8,
    /// Whether it only serves others to extend it, and nobody chooses it.
    #[serde(default, rename = "abstract")]
    pub is_abstract: bool,
    /// Of a link: what it joins.
    #[serde(default)]
    pub link: Option<Ends>,
    /// How it is called on a chart and in lists: the first of these properties that has a value.
    #[serde(default)]
    pub caption: Vec<String>,
    /// What can be said of it, beside what its parents have.
    #[serde(default)]
    pub properties: Vec<Property>,
}

/// The outline of a type on a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Shape {
    /// People.
    Circle,
    /// Organisations.
    Square,
    /// Things.
    Diamond,
    /// Identifiers: accounts, numbers, addresses of mail.
    Hexagon,
    /// Places.
    Triangle,
    /// Events.
    Octagon,
}

/// What a link joins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Ends {
    /// The property that holds the entity at its beginning.
    pub source: String,
    /// The property that holds the entity at its end.
    pub target: String,
    /// Whether it goes from one to the other; else it joins both alike.
    pub directed: bool,
    /// Dutch words between source and target: `is eigenaar van`.
    pub nl: String,
    /// English words between source and target: `owns`.
    pub en: String,
}

/// What can be said of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Property {
    /// Its name: `birthDate`.
    pub name: String,
    /// Dutch name.
    pub nl: String,
    /// English name.
    pub en: String,
    /// What its values are.
    pub kind: PropertyKind,
    /// Of an entity property: the type that its values have.
    #[serde(default)]
    pub range: Option<String>,
    /// Whether two entities with the same value are likely one.
    #[serde(default)]
    pub identifying: bool,
    /// Whether an entity has one true value at one time, so that two values contradict each other.
    #[serde(default)]
    pub single: bool,
    /// Of a single one: whether the true value may be another one later. Two contradict each other only where they hold at the same time,
    /// and do not tell two entities apart.
    #[serde(default)]
    pub changes: bool,
}

/// What the values of a property are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum PropertyKind {
    /// Any words.
    Text,
    /// A name of a person, organisation or thing.
    Name,
    /// `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or with a time after a `T`.
    Date,
    /// A number.
    Number,
    /// An amount of money; its currency stands in the property `currency`.
    Amount,
    /// A code of a country (ISO 3166-1, two letters).
    Country,
    /// A number or code that somebody gave out: compared without spaces and dashes.
    Identifier,
    /// A telephone number, `+31…`.
    Phone,
    /// A mail address.
    Email,
    /// A web address.
    Url,
    /// An address in one line.
    Address,
    /// Another entity.
    Entity,
}

static BUILT_IN: LazyLock<Schema> = LazyLock::new(|| {
    let part = |json| serde_json::from_str(json).expect("a test reads every file of the schema");
    Schema::joined([
        part(include_str!("../../../resources/schema/base.json")),
        part(include_str!("../../../resources/schema/parties.json")),
        part(include_str!("../../../resources/schema/things.json")),
        part(include_str!("../../../resources/schema/identifiers.json")),
        part(include_str!("../../../resources/schema/places.json")),
        part(include_str!("../../../resources/schema/events.json")),
        part(include_str!("../../../resources/schema/links.json")),
        part(include_str!("../../../resources/schema/flags.json")),
    ])
});

impl Schema {
    /// The types that are built into the program: every process of it has the same.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// One of several files: their types and flags in this order, under the newest of their dates.
    pub fn joined(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().fold(
            Self { version: String::new(), types: Vec::new(), flags: Vec::new() },
            |mut all, part| {
                all.version = all.version.max(part.version);
                all.types.extend(part.types);
                all.flags.extend(part.flags);
                all
            },
        )
    }

    /// The type of this name.
    pub fn find(&self, name: &str) -> Option<&EntityType> {
        self.types.iter().find(|known| known.name == name)
    }

    /// The type of this name, its parents, theirs, and so on: each once, the nearest first. A circle of parents ends.
    pub fn line(&self, name: &str) -> Vec<&EntityType> {
        let mut line: Vec<&EntityType> = self.find(name).into_iter().collect();
        let mut next = 0;
        while let Some(known) = line.get(next).copied() {
            next += 1;
            for parent in known.extends.iter().filter_map(|parent| self.find(parent)) {
                if !line.iter().any(|other| other.name == parent.name) {
                    line.push(parent);
                }
            }
        }
        line
    }

    /// Whether `name` is `ancestor`, or extends it.
    pub fn is_a(&self, name: &str, ancestor: &str) -> bool {
        name == ancestor || self.line(name).iter().any(|known| known.name == ancestor)
    }

    /// What can be said of this type, its parents' properties included.
    pub fn properties(&self, name: &str) -> Vec<&Property> {
        let mut found: Vec<&Property> = Vec::new();
        for property in self.line(name).into_iter().flat_map(|known| &known.properties) {
            if !found.iter().any(|other| other.name == property.name) {
                found.push(property);
            }
        }
        found
    }

    /// A property of this type.
    pub fn property(&self, name: &str, property: &str) -> Option<&Property> {
        self.line(name).into_iter().flat_map(|known| &known.properties).find(|known| known.name == property)
    }

    /// What a link of this type joins; none when it is not a link.
    pub fn ends(&self, name: &str) -> Option<&Ends> {
        self.line(name).into_iter().find_map(|known| known.link.as_ref())
    }

    /// The properties that an entity of this type is called by, the best first.
    pub fn caption(&self, name: &str) -> &[String] {
        self.line(name).into_iter().find(|known| !known.caption.is_empty()).map_or(&[], |known| &known.caption)
    }
}
