//! What drawing a chart needs: its network, and what is known of everything in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use koplamp_chart::{Attributes, Details, Extent, Language, SceneRequest, extents, scene};
use koplamp_model::{ChartSettings, DocumentId, EntityId, Network, Placement, Scene, Schema, StyleSheet};

use crate::codes::{strictest, strictest_of_each};
use crate::known::Known;
use crate::{Workspace, WorkspaceError};

impl Workspace {
    /// Everything that drawing needs of these placements.
    pub(crate) fn drawing(&self, placements: &[Placement]) -> Result<Drawing, WorkspaceError> {
        let mut drawing = self.with_known(|known| Drawing::of(known, placements))?;
        let mut labels: HashMap<DocumentId, (String, Option<String>)> = HashMap::new();
        for (details, documents) in drawing.details() {
            for document in documents {
                let (source, marking) = match labels.get(document) {
                    Some(labels) => labels.clone(),
                    None => {
                        // What rests on a document that was removed stays bound by its labels.
                        let found = self.vault().labels(*document)?;
                        let of = found.map(|labels| (labels.source, labels.marking)).unwrap_or_default();
                        labels.insert(*document, of.clone());
                        of
                    }
                };
                if !source.is_empty() && !details.sources.contains(&source) {
                    details.sources.push(source);
                }
                // A document that was marked more strictly since takes what rests on it along.
                if let Some(marking) = marking {
                    if !details.markings.contains(&marking) {
                        details.markings.push(marking.clone());
                    }
                    details.marking = strictest(details.marking.take().into_iter().chain([marking]));
                }
            }
        }
        Ok(drawing)
    }
}

/// The network of a chart, with what is known of it beside.
pub(crate) struct Drawing {
    pub(crate) network: Network,
    /// Of what stands for each entity: of several that are one, the first counts.
    pub(crate) placements: Vec<Placement>,
    pub(crate) nodes: Vec<Details>,
    pub(crate) links: Vec<Details>,
    outside: Vec<u32>,
    documents: Vec<Vec<DocumentId>>,
}

impl Drawing {
    fn of(known: &Known, placements: &[Placement]) -> Self {
        let mut standing: BTreeMap<EntityId, Placement> = BTreeMap::new();
        for placement in placements {
            let entity = known.stands(placement.entity);
            let own = placement.entity == entity;
            let placement = Placement { entity, ..*placement };
            if own {
                standing.insert(entity, placement);
            } else {
                standing.entry(entity).or_insert(placement);
            }
        }
        let entities: Vec<EntityId> = standing.keys().copied().collect();
        let network = known.network(crate::schema(), Some(&entities));
        let on: BTreeSet<EntityId> = network.nodes.iter().map(|node| node.id).collect();
        let outside = network
            .nodes
            .iter()
            .map(|node| count(known.links_of(node.id).iter().filter(|(_, other, _)| !on.contains(other)).count()));
        let outside = outside.collect();
        let ids = network.nodes.iter().map(|node| node.id).chain(network.links.iter().map(|link| link.id));
        let (mut details, mut documents) = (Vec::new(), Vec::new());
        for item in ids.map(|id| known.item(id)) {
            details.push(item.map(details_of).unwrap_or_default());
            documents.push(item.map(|item| item.documents.iter().copied().collect()).unwrap_or_default());
        }
        let links = details.split_off(network.nodes.len());
        Self { network, placements: standing.into_values().collect(), nodes: details, links, outside, documents }
    }

    fn details(&mut self) -> impl Iterator<Item = (&mut Details, &Vec<DocumentId>)> {
        self.nodes.iter_mut().chain(self.links.iter_mut()).zip(&self.documents)
    }

    pub(crate) fn scene(
        &self,
        settings: &ChartSettings,
        sheet: Option<&StyleSheet>,
        schema: &Schema,
        grading: &koplamp_model::GradingScheme,
        language: Language,
        brush: Option<(i32, i32)>,
    ) -> Scene {
        scene(&SceneRequest {
            network: &self.network,
            nodes: &self.nodes,
            links: &self.links,
            placements: &self.placements,
            settings,
            sheet,
            schema,
            grading,
            language,
            outside: &self.outside,
            brush,
        })
    }

    /// The boxes of the entities; the lines under their names in Dutch, which are as long as the English ones or longer.
    pub(crate) fn extents(&self, settings: &ChartSettings) -> Vec<Extent> {
        let attributes =
            Attributes { properties: &settings.attributes, schema: crate::schema(), language: Language::Nl };
        extents(&self.network, &self.nodes, attributes)
    }

    /// Properties that the entities have values of, and how many have one.
    pub(crate) fn properties(&self) -> Vec<(String, u32)> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for details in &self.nodes {
            let own: BTreeSet<&str> = details.values.iter().map(|(property, _)| property.as_str()).collect();
            for property in own {
                *counts.entry(property).or_default() += 1;
            }
        }
        counts.into_iter().map(|(property, count)| (property.to_owned(), count)).collect()
    }

    /// The markings of what is drawn: the strictest of each scheme, the strictest of all first.
    pub(crate) fn markings(&self, scene: &Scene) -> Vec<String> {
        let drawn: BTreeSet<EntityId> = scene
            .nodes
            .iter()
            .map(|node| node.id)
            .chain(scene.links.iter().flat_map(|link| link.ids.iter().copied()))
            .collect();
        let nodes = self.network.nodes.iter().map(|node| node.id).zip(&self.nodes);
        let links = self.network.links.iter().map(|link| link.id).zip(&self.links);
        let drawn = nodes.chain(links).filter(|(id, _)| drawn.contains(id));
        strictest_of_each(drawn.flat_map(|(_, details)| details.markings.clone()))
    }
}

fn details_of(item: &crate::known::Item) -> Details {
    Details {
        marking: strictest(item.markings.iter().cloned()),
        markings: item.markings.iter().cloned().collect(),
        sources: Vec::new(),
        grades: item.grades.iter().cloned().collect(),
        values: item.values.clone(),
        passages: item.passages,
        photo: item.photo,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
