//! A scene with everything that a scene can have, in any size. The same numbers always give the same scene.

use std::collections::BTreeMap;

use koplamp_briefing::{Language, Marking, Sheet};
use koplamp_model::{
    EntityId, LegendEntry, Line, Scene, SceneFlag, SceneFrame, SceneLink, SceneNode, SceneNote, Shape,
};
use time::{Date, Month};

const KINDS: [(&str, &str, Shape, u8); 6] = [
    ("Person", "user-round", Shape::Circle, 5),
    ("Company", "building-2", Shape::Square, 6),
    ("BankAccount", "landmark", Shape::Hexagon, 3),
    ("Vehicle", "none-such", Shape::Diamond, 1),
    ("Address", "none-such", Shape::Triangle, 7),
    ("Event", "none-such", Shape::Octagon, 4),
];
const NAMES: [&str; 8] = [
    "Mehmet Yıldız",
    "Van der Meer Logistiek & Zn B.V.",
    "NL91 ABNA 0417 1643 00",
    "VL-123-X",
    "Waalhaven Zuidzijde 18, Rotterdam",
    "Overdracht <container>",
    "Élodie Dubois-Lefèvre",
    "Жанна Петрова",
];

pub fn entity(number: usize) -> EntityId {
    EntityId::of(&[b"entity", &number.to_be_bytes()])
}

pub fn sheet(code: &str, name: &str, language: Language) -> Sheet {
    let names = [
        ("Person", "Personen"),
        ("Company", "Bedrijven"),
        ("BankAccount", "Bankrekeningen"),
        ("Ownership", "is eigenaar van"),
    ];
    Sheet {
        title: "Onderzoek Waalhaven: wie houdt het systeem bij elkaar?".to_owned(),
        by: "Politie, Landelijke Eenheid · A. de Vries".to_owned(),
        date: Date::from_calendar_date(2026, Month::November, 27).expect("a day"),
        marking: Marking::new(Some(code), name, language),
        language,
        names: names.map(|(kind, name)| (kind.to_owned(), name.to_owned())).into_iter().collect::<BTreeMap<_, _>>(),
        photos: BTreeMap::new(),
        words_of: None,
    }
}

fn flag(words: &str, icon: &str, colour: u8) -> SceneFlag {
    SceneFlag { words: words.to_owned(), icon: icon.to_owned(), colour }
}

fn node(number: usize, across: usize) -> SceneNode {
    let (kind, icon, shape, colour) = KINDS[number * 7 / 3 % KINDS.len()];
    let (column, row) = (number % across, number / across);
    let words = NAMES[number % NAMES.len()];
    let label = match words.char_indices().nth(20).and_then(|_| words[..20].rfind(' ')) {
        Some(cut) => vec![words[..cut].to_owned(), words[cut + 1..].to_owned()],
        None => vec![words.to_owned()],
    };
    SceneNode {
        id: entity(number),
        kind: kind.to_owned(),
        icon: icon.to_owned(),
        shape,
        colour: colour.into(),
        photo: None,
        x: column as f64 * 190.0 + (number * 37 % 41) as f64 + 0.25,
        y: row as f64 * 130.0 + (number * 53 % 43) as f64 - 200.5,
        radius: 16.0 + (number % 4) as f64 * 3.0,
        name: label.join(" "),
        label,
        attributes: if number % 4 == 1 {
            vec![format!("Geboortedatum: 19{number:02}-05-03"), "Land: NL".to_owned()]
        } else {
            vec![]
        },
        flags: if number % 6 == 2 {
            vec![flag("Gezocht", "siren", 6), flag("Nog nagaan", "search", 5)]
        } else {
            vec![]
        },
        count: if number % 17 == 5 { 12 } else { 1 },
        pinned: number.is_multiple_of(5),
        hypothesis: number % 9 == 4,
        dimmed: number % 13 == 7,
        more: if number % 11 == 3 { 7 } else { 0 },
    }
}

/// A link between two nodes, bent aside by `bend` pixels and cut at their edges.
fn link(nodes: &[SceneNode], number: usize, source: usize, target: usize, bend: f64) -> SceneLink {
    let (a, b) = (&nodes[source], &nodes[target]);
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx.hypot(dy).max(1.0);
    let control = ((a.x + b.x) / 2.0 - dy / length * bend, (a.y + b.y) / 2.0 + dx / length * bend);
    let edge = |node: &SceneNode| {
        let (x, y) = (control.0 - node.x, control.1 - node.y);
        let far = x.hypot(y).max(1.0);
        (node.x + x / far * (node.radius + 1.0), node.y + y / far * (node.radius + 1.0))
    };
    let bundle = number % 12 == 2;
    let ids = (0..if bundle { 14 } else { 1 })
        .map(|part: usize| EntityId::of(&[b"link", &number.to_be_bytes(), &part.to_be_bytes()]));
    SceneLink {
        ids: ids.collect(),
        kind: if number.is_multiple_of(2) { "Ownership" } else { "Payment" }.to_owned(),
        source: source as u32,
        target: target as u32,
        from: edge(a),
        control,
        to: edge(b),
        arrow: number % 5 != 3,
        back: number % 10 == 1,
        width: if bundle { 4.0 } else { 1.5 },
        colour: (number % 15 == 6).then_some(6.into()),
        line: [Line::Solid, Line::Solid, Line::Dashed, Line::Dotted][number % 4],
        label: match number % 6 {
            0 => "is eigenaar van".to_owned(),
            2 => "14 betalingen, € 1.250.000".to_owned(),
            _ => String::new(),
        },
        label_at: Some(0.5),
        hypothesis: number % 8 == 5,
        dimmed: number % 13 == 7,
    }
}

/// A scene of that many nodes and links.
pub fn scene(nodes: usize, links: usize) -> Scene {
    let across = ((nodes as f64).sqrt() * 0.95).ceil().max(1.0) as usize;
    let drawn: Vec<SceneNode> = (0..nodes).map(|number| node(number, across)).collect();
    let joined = (0..links)
        .map(|number| {
            let source = number * 31 % nodes;
            let step = [1, across, across + 1, 2 * across + 1][number / nodes.max(1) % 4];
            // Every seventh runs beside the one before it, bent to the other side.
            let parallel = number % 7 == 6;
            let source = if parallel { (number - 1) * 31 % nodes } else { source };
            link(&drawn, number, source, (source + step) % nodes, if parallel { -30.0 } else { 18.0 })
        })
        .collect();
    let legend = KINDS
        .iter()
        .map(|(kind, icon, shape, colour)| LegendEntry::Entity {
            kind: (*kind).to_owned(),
            icon: (*icon).to_owned(),
            shape: *shape,
            colour: (*colour).into(),
            count: drawn.iter().filter(|node| node.kind == *kind).count() as u32,
        })
        .chain([
            LegendEntry::Link {
                kind: "Ownership".to_owned(),
                directed: true,
                colour: None,
                line: Line::Solid,
                width: 1.5,
                count: links.div_ceil(2) as u32,
            },
            LegendEntry::Link {
                kind: "Payment".to_owned(),
                directed: false,
                colour: Some(3.into()),
                line: Line::Dashed,
                width: 3.0,
                count: (links / 2) as u32,
            },
            LegendEntry::Hypothesis { count: 3 },
            LegendEntry::Bundle { count: 2 },
            LegendEntry::Rule {
                name: "Meer dan drie organisaties".to_owned(),
                colour: Some(2),
                size: Some(150),
                shape: Some(Shape::Diamond),
            },
            LegendEntry::Rule {
                name: "Omzet boven een miljoen".to_owned(),
                colour: None,
                size: Some(200),
                shape: None,
            },
            LegendEntry::Flag { words: "Gezocht".to_owned(), icon: "siren".to_owned(), colour: 6, count: 10 },
            LegendEntry::More,
        ])
        .collect();
    Scene {
        bounds: (0.0, 0.0, 0.0, 0.0),
        links: joined,
        nodes: drawn,
        frames: vec![SceneFrame { name: "Familie Yıldız".to_owned(), bounds: (-30.0, -250.0, 400.0, -95.0) }],
        notes: vec![SceneNote {
            x: 20.0,
            y: -320.0,
            text: vec!["Let op: twee rekeningen op één naam".to_owned(), "nog na te gaan".to_owned()],
        }],
        legend,
    }
}
