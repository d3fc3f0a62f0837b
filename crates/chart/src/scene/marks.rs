//! What stands at a node beside its name: lines of attributes, and flags.

use std::collections::HashSet;

use koplamp_model::{EntityId, Flag, Network, SceneFlag};

use super::SceneRequest;
use super::words::{Language, shortened};
use crate::filter::Details;

/// Letters of a value, and lines at one node.
const WIDE: usize = 28;
const LINES: usize = 6;

/// What of attributes is read against.
#[derive(Debug, Clone, Copy)]
pub struct Attributes<'a> {
    /// Which properties, in which order.
    pub properties: &'a [String],
    /// Their names.
    pub schema: &'a koplamp_model::Schema,
    /// The language of the names.
    pub language: Language,
}

impl Attributes<'_> {
    /// The lines of an entity: `Geboortedatum: 1984-05-03`, with a number where several values are known. What it is called by is not said
    /// again.
    pub(crate) fn lines(&self, network: &Network, node: usize, details: Option<&Details>) -> Vec<String> {
        let (Some(node), Some(details)) = (network.nodes.get(node), details) else { return Vec::new() };
        let line = |property: &String| {
            let said = details.values.iter().filter(|(name, value)| name == property && *value != node.label);
            let values: HashSet<&str> = said.clone().map(|(_, value)| value.as_str()).collect();
            let (_, first) = said.clone().next()?;
            let name =
                self.schema.property(&node.kind, property).map_or(property.as_str(), |known| match self.language {
                    Language::Nl => &known.nl,
                    Language::En => &known.en,
                });
            let others = if values.len() > 1 { format!(" (+{})", values.len() - 1) } else { String::new() };
            Some(format!("{name}: {}{others}", shortened(first, WIDE)))
        };
        self.properties.iter().filter_map(line).take(LINES).collect()
    }
}

/// Who bears which flags.
pub(crate) struct Flags<'a> {
    request: &'a SceneRequest<'a>,
    by_hand: HashSet<(EntityId, &'a str)>,
}

impl<'a> Flags<'a> {
    pub(crate) fn new(request: &'a SceneRequest<'a>) -> Self {
        let by_hand = request.settings.flags.iter().map(|flagged| (flagged.entity, flagged.flag.as_str())).collect();
        Self { request, by_hand }
    }

    /// Those that one of these bears, in the order of the schema.
    pub(crate) fn of(&self, members: &[u32]) -> Vec<SceneFlag> {
        let borne = |flag: &&Flag| members.iter().any(|member| self.bears(*member as usize, flag));
        let drawn = |flag: &Flag| SceneFlag {
            words: self.request.language.flag(flag).to_string(),
            icon: flag.icon.clone(),
            colour: flag.colour.min(super::style::COLOURS),
        };
        self.request.schema.flags.iter().filter(borne).map(drawn).collect()
    }

    fn bears(&self, node: usize, flag: &Flag) -> bool {
        match &flag.property {
            Some(property) => self.request.nodes.get(node).is_some_and(|details| {
                details.values.iter().any(|(name, value)| {
                    name == property
                        && flag.value.as_ref().is_none_or(|wanted| value.trim().eq_ignore_ascii_case(wanted))
                })
            }),
            None => {
                let id = self.request.network.nodes.get(node).map(|node| node.id);
                id.is_some_and(|id| self.by_hand.contains(&(id, flag.name.as_str())))
            }
        }
    }
}
