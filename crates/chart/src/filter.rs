//! Filters of a chart: what is let through, and what a rule of style is about.
//!
//! All that a filter names has to hold; of each list one. A part of a filter asks for this, of an entity and of a link alike:
//!
//! - `types`: an entity's or link's type is one of them or extends one. Names of link types restrict links only, names of entity types
//!   entities only: who filters on payments still sees who pays whom, and who filters on persons still sees what links them. A name
//!   that the schema does not have is a link type when a link of the network bears it, else an entity type.
//! - `organisations`, `sources`: at least one of its own is named. `markings`: its strictest marking is named.
//! - `grade`: one of its grades reaches it ([`GradingScheme::reaches`]). `evidence`: whether it rests on a passage.
//! - `from`, `to`: some day of it lies in the period, both days included; what is undated only when `undated` says so. A day that
//!   cannot be read lets nothing dated through.
//! - `degree`: an entity has so many different neighbours in the network. Links are not asked.
//! - `text`, `property`: found in its label or a value (whatever the capitals), or as a value of the property. What a link holds lets its two
//!   ends through as well, and what both ends hold themselves lets the link between them through: a search shows what was found, in its place.
//!
//! A link is let through only between entities that are.

use std::collections::HashMap;

use koplamp_model::{ChartFilter, DocumentId, GradingScheme, Network, Schema};
use time::Date;
use time::macros::format_description;

#[cfg(test)]
mod tests;

/// What is known of an entity or link beside what the network says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// Code of the strictest marking of its statements.
    pub marking: Option<String>,
    /// All of their markings, each once.
    pub markings: Vec<String>,
    /// Sources of the documents it rests on.
    pub sources: Vec<String>,
    /// Grades of its statements.
    pub grades: Vec<String>,
    /// Properties and values.
    pub values: Vec<(String, String)>,
    /// Of an entity: how many passages it rests on. Of a link the network's own number counts.
    pub passages: u32,
    /// The picture document that shows it.
    pub photo: Option<DocumentId>,
}

/// What matches; parallel to the nodes and links of the network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// The entities.
    pub nodes: Vec<bool>,
    /// The links.
    pub links: Vec<bool>,
}

/// What filters are read against.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// The network of the chart.
    pub network: &'a Network,
    /// Parallel to its nodes; what is missing counts as empty.
    pub nodes: &'a [Details],
    /// Parallel to its links.
    pub links: &'a [Details],
    /// What grades mean.
    pub grading: &'a GradingScheme,
    /// Which type extends which.
    pub schema: &'a Schema,
}

/// An entity or link, as a filter asks about it.
struct Item<'a> {
    kind: &'a str,
    label: &'a str,
    organisations: &'a [String],
    days: Option<(i32, i32)>,
    passages: u32,
    details: Option<&'a Details>,
}

/// A filter, made ready.
struct Ready<'a> {
    filter: &'a ChartFilter,
    text: Option<String>,
    /// First and last day; none when no day is named, an empty period when one cannot be read.
    period: Option<(i32, i32)>,
}

impl<'a> Sight<'a> {
    /// What the filter lets through.
    pub fn matches(&self, filter: &ChartFilter) -> Matches {
        let Network { nodes, links } = self.network;
        if filter.is_empty() {
            return Matches { nodes: vec![true; nodes.len()], links: vec![true; links.len()] };
        }
        let ready = Ready::new(filter);
        let (of_nodes, of_links) = self.sorted(&filter.types);
        let (of_nodes, of_links) = (self.fitting(&of_nodes), self.fitting(&of_links));
        let degree = filter.degree.map(|least| (least as usize, self.degrees()));
        let found_in_nodes: Vec<bool> = (0..nodes.len()).map(|at| ready.found(&self.node(at))).collect();
        let found_in_links: Vec<bool> = (0..links.len()).map(|at| ready.found(&self.link(at))).collect();
        let mut found = found_in_nodes.clone();
        for (link, _) in links.iter().zip(&found_in_links).filter(|(_, found)| **found) {
            for end in [link.source, link.target] {
                if let Some(found) = found.get_mut(end as usize) {
                    *found = true;
                }
            }
        }
        let shown: Vec<bool> = (0..nodes.len())
            .map(|at| {
                found[at]
                    && of_nodes.get(nodes[at].kind.as_str()) == Some(&true)
                    && ready.stands(&self.node(at), self.grading)
                    && degree.as_ref().is_none_or(|(least, degrees)| degrees[at] >= *least)
            })
            .collect();
        let both = |ends: &[bool], link: &koplamp_model::Link| {
            [link.source, link.target].iter().all(|end| ends.get(*end as usize) == Some(&true))
        };
        let shown_links = links
            .iter()
            .enumerate()
            .map(|(at, link)| {
                both(&shown, link)
                    && (found_in_links[at] || both(&found_in_nodes, link))
                    && of_links.get(link.kind.as_str()) == Some(&true)
                    && ready.stands(&self.link(at), self.grading)
            })
            .collect();
        Matches { nodes: shown, links: shown_links }
    }

    /// What a rule of style with this filter is about: what itself is all that is named. Unlike [`Self::matches`], a rule that names types is
    /// about these only (a rule on payments colours no person), one that names a degree about entities only, and nothing is about
    /// a link because of its ends.
    pub fn described(&self, filter: &ChartFilter) -> Matches {
        let Network { nodes, links } = self.network;
        let ready = Ready::new(filter);
        let degree = filter.degree.map(|least| (least as usize, self.degrees()));
        let fitting = self.fitting(&filter.types);
        let fits = |item: &Item| {
            fitting.get(item.kind) == Some(&true) && ready.found(item) && ready.stands(item, self.grading)
        };
        Matches {
            nodes: (0..nodes.len())
                .map(|at| fits(&self.node(at)) && degree.as_ref().is_none_or(|(least, degrees)| degrees[at] >= *least))
                .collect(),
            links: (0..links.len()).map(|at| degree.is_none() && fits(&self.link(at))).collect(),
        }
    }

    fn node(&self, at: usize) -> Item<'a> {
        let node = &self.network.nodes[at];
        let details = self.nodes.get(at);
        Item {
            kind: &node.kind,
            label: &node.label,
            organisations: &node.organisations,
            days: node.days,
            passages: details.map_or(0, |details| details.passages),
            details,
        }
    }

    fn link(&self, at: usize) -> Item<'a> {
        let link = &self.network.links[at];
        Item {
            kind: &link.kind,
            label: &link.label,
            organisations: &link.organisations,
            days: link.days,
            passages: link.passages,
            details: self.links.get(at),
        }
    }

    /// The names that restrict entities, and those that restrict links. One that both kinds extend is in both.
    fn sorted(&self, types: &[String]) -> (Vec<String>, Vec<String>) {
        let (mut of_nodes, mut of_links) = (Vec::new(), Vec::new());
        for name in types {
            let heirs = || self.schema.types.iter().filter(|heir| self.schema.is_a(&heir.name, name));
            let known = self.schema.find(name).is_some();
            let borne = self.network.links.iter().any(|link| link.kind == *name);
            let link = if known { heirs().any(|heir| self.schema.ends(&heir.name).is_some()) } else { borne };
            let entity = if known {
                // An abstract type without ends whose heirs are all links restricts links only.
                heirs().any(|heir| !heir.is_abstract && self.schema.ends(&heir.name).is_none()) || !link
            } else {
                !borne
            };
            if link {
                of_links.push(name.clone());
            }
            if entity {
                of_nodes.push(name.clone());
            }
        }
        (of_nodes, of_links)
    }

    /// Of every type in the network, whether it is or extends one of these; asked once a type, not once an entity.
    fn fitting(&self, types: &[String]) -> HashMap<&'a str, bool> {
        let network = self.network;
        let kinds = network.nodes.iter().map(|node| &node.kind).chain(network.links.iter().map(|link| &link.kind));
        let mut fitting = HashMap::new();
        for kind in kinds {
            fitting
                .entry(kind.as_str())
                .or_insert_with(|| types.is_empty() || types.iter().any(|name| self.schema.is_a(kind, name)));
        }
        fitting
    }

    /// How many different neighbours each node has.
    fn degrees(&self) -> Vec<usize> {
        let graph = crate::layout::Adjacency::new(self.network);
        (0..graph.len()).map(|node| graph.of_node(node).len()).collect()
    }
}

impl<'a> Ready<'a> {
    fn new(filter: &'a ChartFilter) -> Self {
        let bound = |text: &Option<String>, open: i32| text.as_deref().map_or(Some(open), day);
        let period = (filter.from.is_some() || filter.to.is_some()).then(|| {
            let bounds = bound(&filter.from, i32::MIN).zip(bound(&filter.to, i32::MAX));
            bounds.unwrap_or((i32::MAX, i32::MIN))
        });
        Self { filter, text: filter.text.as_ref().map(|text| text.to_lowercase()), period }
    }

    /// Whether the words and the property are in it.
    fn found(&self, item: &Item) -> bool {
        let values = || item.details.iter().flat_map(|details| &details.values);
        let holds = |text: &String, value: &str| value.to_lowercase().contains(text.as_str());
        let text = self
            .text
            .as_ref()
            .is_none_or(|text| holds(text, item.label) || values().any(|(_, value)| holds(text, value)));
        text && self.filter.property.as_ref().is_none_or(|property| values().any(|value| value == property))
    }

    /// Whether the rest holds, but for type and degree.
    fn stands(&self, item: &Item, grading: &GradingScheme) -> bool {
        let filter = self.filter;
        let one = |asked: &[String], has: &[String]| asked.is_empty() || has.iter().any(|code| asked.contains(code));
        let details = || item.details.into_iter();
        let marking = item.details.and_then(|details| details.marking.as_ref());
        one(&filter.organisations, item.organisations)
            && one(&filter.markings, marking.map_or(&[], std::slice::from_ref))
            && one(&filter.sources, item.details.map_or(&[], |details| &details.sources))
            && filter.grade.as_ref().is_none_or(|least| {
                details().flat_map(|details| &details.grades).any(|grade| grading.reaches(grade, least))
            })
            && filter.evidence.is_none_or(|evidence| evidence == (item.passages > 0))
            && self.period.is_none_or(|(from, to)| match item.days {
                Some((first, last)) => first <= to && last >= from,
                None => filter.undated,
            })
    }
}

/// A day `YYYY-MM-DD` in days since 1970-01-01; none when it is not a day.
pub fn day(text: &str) -> Option<i32> {
    const EPOCH: i32 = 2_440_588;
    let date = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
    Some(date.to_julian_day() - EPOCH)
}
