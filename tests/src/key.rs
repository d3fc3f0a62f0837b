//! The joins and the brokers of the demo case, as its answer key has them.

use koplamp_demo_case::Answers;

use crate::demo::demo;

/// What only shows when the documents of two organisations are put together.
#[derive(Debug, Clone)]
pub struct Join {
    /// `J01` to `J12`.
    pub id: String,
    /// The identifier that both have, in its normal form.
    pub normal: String,
    /// The two sides.
    pub sides: [Side; 2],
    /// The files in which the identifier stands; all of the two organisations.
    pub files: Vec<String>,
}

/// One side of a join.
#[derive(Debug, Clone)]
pub struct Side {
    /// Whose documents.
    pub organisation: String,
    /// A file in which the identifier stands.
    pub file: String,
    /// As it stands there.
    pub text: String,
}

/// Somebody who holds the system together.
#[derive(Debug, Clone)]
pub struct Broker {
    /// What the person is called.
    pub name: String,
    /// The organisations that met the person, each in passing.
    pub organisations: Vec<String>,
    /// The files in which that stands.
    pub files: Vec<String>,
}

/// The joins of the key.
pub fn joins() -> Vec<Join> {
    let side = |value: &toml::Value| Side {
        organisation: text(&value["organisation"]),
        file: text(&value["file"]),
        text: text(&value["text"]),
    };
    let join = |value: &toml::Value| Join {
        id: text(&value["id"]),
        normal: text(&value["normal"]),
        sides: [side(&value["a"]), side(&value["b"])],
        files: texts(&value["files"]),
    };
    tables(&demo().answers, "join").iter().map(join).collect()
}

/// The brokers of the key.
pub fn brokers() -> Vec<Broker> {
    let broker = |value: &toml::Value| Broker {
        name: text(&value["name"]),
        organisations: texts(&value["organisations"]),
        files: texts(&value["files"]),
    };
    tables(&demo().answers, "broker").iter().map(broker).collect()
}

impl Join {
    /// The codes of its two organisations, in the order of the alphabet.
    pub fn organisations(&self) -> [&str; 2] {
        let mut codes = [0, 1].map(|side: usize| self.sides[side].organisation.as_str());
        codes.sort_unstable();
        codes
    }

    /// Whether a value of a statement is its identifier: letters and digits count, and a telephone number has its country.
    pub fn is(&self, value: &str) -> bool {
        let plain = |text: &str| text.chars().filter(|one| one.is_alphanumeric()).collect::<String>().to_lowercase();
        let (value, own) = (plain(value), plain(&self.normal));
        value == own || own.strip_prefix('0').is_some_and(|own| value.strip_prefix("31") == Some(own))
    }
}

fn tables<'a>(answers: &'a Answers, name: &str) -> &'a Vec<toml::Value> {
    answers[name].as_array().expect("a list of tables")
}

fn text(value: &toml::Value) -> String {
    value.as_str().expect("words").to_owned()
}

fn texts(value: &toml::Value) -> Vec<String> {
    value.as_array().expect("a list").iter().map(text).collect()
}
