//! Small networks for tests, written in one line.

use koplamp_model::{EntityId, Link, Network, Node};

/// A network of links `a-b` (both ways) and `a>b` (one way), separated by spaces; a single name is an entity alone. After a link may
/// stand `:POL,CUS` (organisations), `@3..9` or `@3` (days), `=100` (amount) and `#Payment` (type), in any order.
pub fn network(text: &str) -> Network {
    let mut network = Network::default();
    for word in text.split_whitespace() {
        let end = word.find([':', '@', '=', '#']).unwrap_or(word.len());
        let (ends, mut details) = word.split_at(end);
        let Some(between) = ends.find(['-', '>']) else {
            node(&mut network, ends);
            continue;
        };
        let (source, target) = (node(&mut network, &ends[..between]), node(&mut network, &ends[between + 1..]));
        let directed = ends[between..].starts_with('>');
        let mut link = link(network.links.len(), source, target, directed);
        while !details.is_empty() {
            let end = details[1..].find([':', '@', '=', '#']).map_or(details.len(), |end| end + 1);
            let value = &details[1..end];
            match &details[..1] {
                ":" => link.organisations = value.split(',').map(str::to_owned).collect(),
                "@" => {
                    let (first, last) = value.split_once("..").unwrap_or((value, value));
                    link.days = Some((first.parse().unwrap(), last.parse().unwrap()));
                }
                "=" => link.amount = Some(value.parse().unwrap()),
                _ => value.clone_into(&mut link.kind),
            }
            details = &details[end..];
        }
        network.links.push(link);
    }
    network
}

/// A network of so many entities, named by their numbers, and links between them.
pub fn numbered(nodes: usize, links: &[(u32, u32)], directed: bool) -> Network {
    let mut network = Network::default();
    for number in 0..nodes {
        node(&mut network, &number.to_string());
    }
    network.links = links.iter().enumerate().map(|(place, &(from, to))| link(place, from, to, directed)).collect();
    network
}

fn node(network: &mut Network, label: &str) -> u32 {
    let place = network.nodes.iter().position(|node| node.label == label).unwrap_or_else(|| {
        network.nodes.push(Node {
            id: EntityId::of(&[b"node", label.as_bytes()]),
            kind: "Person".into(),
            label: label.into(),
            organisations: Vec::new(),
            days: None,
        });
        network.nodes.len() - 1
    });
    place as u32
}

fn link(place: usize, source: u32, target: u32, directed: bool) -> Link {
    Link {
        id: EntityId::of(&[b"link", &place.to_be_bytes()]),
        kind: "UnknownLink".into(),
        label: String::new(),
        source,
        target,
        directed,
        days: None,
        amount: None,
        currency: None,
        organisations: Vec::new(),
        passages: 0,
    }
}
