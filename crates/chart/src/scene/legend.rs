//! The legend: what the styles in use mean, and nothing else.

use std::collections::HashMap;

use koplamp_model::{EntityId, LegendEntry, Scene, SceneFlag};

use super::SceneRequest;
use super::links::WIDTH;
use super::style::Styles;

/// The legend of a scene: types of entities and links in the order of the schema, then what else has a meaning.
pub(crate) fn legend(request: &SceneRequest, scene: &Scene, styles: &Styles, members: &[Vec<u32>]) -> Vec<LegendEntry> {
    let order: HashMap<&str, usize> =
        request.schema.types.iter().enumerate().map(|(at, kind)| (kind.name.as_str(), at)).collect();
    let by_schema = |kind: &str| (order.get(kind).copied().unwrap_or(usize::MAX), kind.to_string());
    let mut entities: HashMap<&str, u32> = HashMap::new();
    for node in &scene.nodes {
        *entities.entry(&node.kind).or_default() += node.count;
    }
    let mut links: HashMap<&str, (bool, u32)> = HashMap::new();
    for link in &scene.links {
        let entry = links.entry(&link.kind).or_default();
        *entry = (entry.0 || link.arrow, entry.1 + link.ids.len() as u32);
    }
    let mut entities: Vec<(&str, u32)> = entities.into_iter().collect();
    entities.sort_by_key(|(kind, _)| by_schema(kind));
    let mut links: Vec<(&str, (bool, u32))> = links.into_iter().collect();
    links.sort_by_key(|(kind, _)| by_schema(kind));

    let mut legend: Vec<LegendEntry> = Vec::new();
    legend.extend(entities.into_iter().map(|(kind, count)| {
        let style = styles.style(kind);
        LegendEntry::Entity {
            kind: kind.to_string(),
            icon: style.icon,
            shape: style.shape,
            colour: style.colour,
            count,
        }
    }));
    legend.extend(links.into_iter().map(|(kind, (directed, count))| {
        let style = styles.line(kind);
        LegendEntry::Link {
            kind: kind.to_string(),
            directed,
            colour: style.colour,
            line: style.line,
            width: WIDTH * style.width,
            count,
        }
    }));
    let hypotheses = scene.nodes.iter().filter(|node| node.hypothesis).map(|node| node.count).sum::<u32>()
        + scene.links.iter().filter(|link| link.hypothesis).map(|link| link.ids.len() as u32).sum::<u32>();
    if hypotheses > 0 {
        legend.push(LegendEntry::Hypothesis { count: hypotheses });
    }
    let bundles = scene.links.iter().filter(|link| link.ids.len() > 1).count() as u32;
    if bundles > 0 {
        legend.push(LegendEntry::Bundle { count: bundles });
    }
    legend.extend(rules(request, scene, styles, members));
    legend.extend(flags(scene));
    if scene.nodes.iter().any(|node| node.more > 0) {
        legend.push(LegendEntry::More);
    }
    legend
}

/// The flags that something drawn bears, in the order in which they are met.
fn flags(scene: &Scene) -> Vec<LegendEntry> {
    let mut met: Vec<(&SceneFlag, u32)> = Vec::new();
    for flag in scene.nodes.iter().flat_map(|node| &node.flags) {
        match met.iter_mut().find(|(known, _)| *known == flag) {
            Some((_, count)) => *count += 1,
            None => met.push((flag, 1)),
        }
    }
    met.into_iter()
        .map(|(flag, count)| LegendEntry::Flag {
            words: flag.words.clone(),
            icon: flag.icon.clone(),
            colour: flag.colour,
            count,
        })
        .collect()
}

/// The rules that something drawn shows.
fn rules(request: &SceneRequest, scene: &Scene, styles: &Styles, members: &[Vec<u32>]) -> Vec<LegendEntry> {
    if request.settings.rules.is_empty() {
        return Vec::new();
    }
    let links: HashMap<EntityId, usize> =
        request.network.links.iter().enumerate().map(|(at, link)| (link.id, at)).collect();
    let rules = request.settings.rules.iter().zip(&styles.about).filter(|(_, about)| {
        let node = |node: &u32| about.nodes.get(*node as usize) == Some(&true);
        let link = |id: &EntityId| links.get(id).and_then(|link| about.links.get(*link)) == Some(&true);
        members.iter().any(|members| members.iter().all(node))
            || scene.links.iter().any(|line| line.ids.iter().all(link))
    });
    rules
        .map(|(rule, _)| LegendEntry::Rule {
            name: rule.name.clone(),
            colour: rule.colour,
            size: rule.size,
            shape: rule.shape,
        })
        .collect()
}
