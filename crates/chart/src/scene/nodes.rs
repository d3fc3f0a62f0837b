//! The nodes of a scene: entities, and groups that are drawn as one.

use std::collections::HashMap;

use koplamp_model::{EntityId, Paint, Placement, SceneLink, SceneNode};

use super::marks::{Attributes, Flags};
use super::style::Styles;
use super::words::caption;
use super::{RADIUS, SceneRequest};

/// How much larger a group is than an entity.
const GROUP: f64 = 1.4;

/// The nodes, and which entities each stands for.
pub(crate) struct Drawn {
    pub nodes: Vec<SceneNode>,
    /// Of each node of the scene, the places in the network that it stands for.
    pub members: Vec<Vec<u32>>,
    /// Of each node of the network, its place in the scene.
    pub place: Vec<Option<u32>>,
}

/// Draws what has a place; of the collapsed groups that an entity is in, the first counts.
pub(crate) fn draw(request: &SceneRequest, styles: &Styles, places: &[Option<&Placement>]) -> Drawn {
    let network = request.network;
    let mut group_of: HashMap<EntityId, usize> = HashMap::new();
    for (at, group) in request.settings.groups.iter().enumerate().filter(|(_, group)| group.collapsed) {
        for entity in &group.entities {
            group_of.entry(*entity).or_insert(at);
        }
    }
    let mut members: Vec<Vec<u32>> = Vec::new();
    let mut groups: Vec<Option<usize>> = Vec::new();
    let mut place = vec![None; network.nodes.len()];
    let mut place_of_group: HashMap<usize, usize> = HashMap::new();
    for (node, _) in places.iter().enumerate().filter(|(_, placed)| placed.is_some()) {
        let group = network.nodes.get(node).and_then(|node| group_of.get(&node.id)).copied();
        let at = match group {
            Some(group) => *place_of_group.entry(group).or_insert(members.len()),
            None => members.len(),
        };
        if at == members.len() {
            members.push(Vec::new());
            groups.push(group);
        }
        members[at].push(node as u32);
        place[node] = Some(at as u32);
    }
    let flags = Flags::new(request);
    let mut nodes: Vec<SceneNode> =
        members.iter().zip(&groups).map(|(members, group)| one(request, styles, places, members, *group)).collect();
    for (node, members) in nodes.iter_mut().zip(&members) {
        node.flags = flags.of(members);
    }
    Drawn { nodes, members, place }
}

fn one(
    request: &SceneRequest,
    styles: &Styles,
    places: &[Option<&Placement>],
    members: &[u32],
    group: Option<usize>,
) -> SceneNode {
    let network = request.network;
    let first = members[0] as usize;
    let group = group.and_then(|group| request.settings.groups.get(group));
    let kind = common_kind(request, members);
    let style = styles.style(kind);
    // A rule counts for a group when it says the same of all in it.
    let ruled = styles.nodes[first];
    let alike = members.iter().all(|member| styles.nodes[*member as usize] == ruled);
    let ruled = if alike { ruled } else { super::style::Ruled::default() };
    let share = 1.0 / (100.0 * members.len() as f64);
    let placed = || members.iter().filter_map(|member| places[*member as usize]);
    let passages = |member: &u32| request.nodes.get(*member as usize).map_or(0, |details| details.passages);
    let size = f64::from(ruled.size.unwrap_or(100)) / 100.0 * if group.is_some() { GROUP } else { 1.0 };
    let attributes = match group {
        Some(_) => Vec::new(),
        None => {
            Attributes { properties: &request.settings.attributes, schema: request.schema, language: request.language }
                .lines(network, first, request.nodes.get(first))
        }
    };
    let name = group.map_or_else(|| request.language.said(&network.nodes[first].label), |group| group.name.clone());
    let more = members.iter().map(|member| request.outside.get(*member as usize).copied().unwrap_or(0));
    SceneNode {
        id: network.nodes[first].id,
        kind: kind.to_string(),
        icon: style.icon,
        shape: ruled.shape.unwrap_or(style.shape),
        colour: ruled.colour.map_or(style.colour, Paint::Palette),
        photo: match group {
            Some(_) => None,
            None => request.nodes.get(first).and_then(|details| details.photo),
        },
        x: placed().map(|placement| f64::from(placement.x)).sum::<f64>() * share,
        y: placed().map(|placement| f64::from(placement.y)).sum::<f64>() * share,
        radius: RADIUS * size,
        label: caption(&name),
        name,
        attributes,
        flags: Vec::new(),
        count: members.len() as u32,
        pinned: placed().all(|placement| placement.pinned),
        hypothesis: members.iter().all(|member| passages(member) == 0),
        dimmed: false,
        more: more.fold(0, u32::saturating_add),
    }
}

/// The type that all have; of different ones, the nearest that all are a kind of, else the one that most have.
fn common_kind<'a>(request: &SceneRequest<'a>, members: &[u32]) -> &'a str {
    let nodes = &request.network.nodes;
    let mut counts: Vec<(&str, u32)> = Vec::new();
    for member in members {
        let kind = nodes[*member as usize].kind.as_str();
        match counts.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((kind, 1)),
        }
    }
    if let [(first, _), others @ ..] = counts.as_slice()
        && !others.is_empty()
        && let line = request.schema.line(first)
        && let Some(common) =
            line.iter().find(|kind| others.iter().all(|(other, _)| request.schema.is_a(other, &kind.name)))
    {
        return &common.name;
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or("", |(kind, _)| kind)
}

/// Makes faint what the brush leaves out.
pub(crate) fn brush(request: &SceneRequest, drawn: &mut Drawn, links: &[SceneLink]) {
    let Some((from, to)) = request.brush else { return };
    let mut bright = vec![false; drawn.nodes.len()];
    let mut linked = vec![false; drawn.nodes.len()];
    for link in links {
        for end in [link.source, link.target] {
            linked[end as usize] = true;
            bright[end as usize] |= !link.dimmed;
        }
    }
    for (at, node) in drawn.nodes.iter_mut().enumerate() {
        let days = || drawn.members[at].iter().map(|member| request.network.nodes[*member as usize].days);
        let within = days().flatten().any(|(first, last)| first <= to && last >= from);
        let undated = days().all(|days| days.is_none());
        node.dimmed = !(bright[at] || within || (undated && !linked[at]));
    }
}
