//! Scenes: edges, fans, bundles, groups, legend, bounds.

mod marks;
mod styles;

use koplamp_model::{
    ChartFilter, ChartNote, ChartSettings, Ends, EntityFlag, EntityId, EntityType, Flag, GradingScheme, Group,
    LegendEntry, Line, Link, Network, Node, Parallel, Placement, Scene, SceneLink, Schema, Shape, StyleSheet,
};
use proptest::prelude::*;

use self::marks::words_at;
use super::curve::along;
use super::shape::outside;
use super::*;
use crate::filter::Details;

const SHAPES: [(&str, Shape); 6] = [
    ("Person", Shape::Circle),
    ("Company", Shape::Square),
    ("Vehicle", Shape::Diamond),
    ("BankAccount", Shape::Hexagon),
    ("Address", Shape::Triangle),
    ("Event", Shape::Octagon),
];

fn schema() -> Schema {
    let kind = |name: &str, shape: Shape, plural: (&str, &str), directed: Option<bool>| EntityType {
        name: name.into(),
        extends: vec![],
        nl: plural.0.trim_end_matches("en").into(),
        en: name.into(),
        nl_plural: plural.0.into(),
        en_plural: plural.1.into(),
        icon: name.to_lowercase(),
        shape,
        colour: name.len() as u8 % 8,
        is_abstract: false,
        link: directed.map(|directed| Ends {
            source: "source".into(),
            target: "target".into(),
            directed,
            nl: String::new(),
            en: String::new(),
        }),
        caption: vec![],
        properties: vec![],
    };
    let mut types: Vec<EntityType> =
        SHAPES.iter().map(|(name, shape)| kind(name, *shape, (name, name), None)).collect();
    for party in &mut types[..2] {
        party.extends = vec!["Party".into()];
    }
    types.push(EntityType { is_abstract: true, ..kind("Party", Shape::Octagon, ("Partijen", "Parties"), None) });
    types.push(kind("Payment", Shape::Octagon, ("Betalingen", "Payments"), Some(true)));
    types.push(kind("Family", Shape::Circle, ("Familiebanden", "Family ties"), Some(false)));
    Schema { version: "2026-01-01".into(), types, flags: flags() }
}

/// One that follows from a value, one that follows from any, and one that is put there by hand.
fn flags() -> Vec<Flag> {
    let flag = |name: &str, property: Option<&str>, value: Option<&str>| Flag {
        name: name.into(),
        nl: format!("{name} (nl)"),
        en: format!("{name} (en)"),
        icon: name.into(),
        colour: 6,
        property: property.map(str::to_string),
        value: value.map(str::to_string),
    };
    vec![
        flag("wanted", Some("topics"), Some("wanted")),
        flag("deceased", Some("deathDate"), None),
        flag("check", None, None),
    ]
}

fn id(text: &str) -> EntityId {
    EntityId::of(&[text.as_bytes()])
}

/// A chart with all that a scene needs, to be changed by a test.
struct Chart {
    network: Network,
    nodes: Vec<Details>,
    placements: Vec<Placement>,
    settings: ChartSettings,
    sheet: Option<StyleSheet>,
    outside: Vec<u32>,
    language: Language,
    brush: Option<(i32, i32)>,
}

impl Chart {
    /// Entities of these types at these places.
    fn new(nodes: &[(&str, i32, i32)]) -> Self {
        let made = |(at, (kind, ..)): (usize, &(&str, i32, i32))| Node {
            id: id(&format!("n{at}")),
            kind: (*kind).into(),
            label: format!("Entiteit {at} met een lange naam"),
            organisations: vec![],
            days: None,
        };
        let placed = |(at, (_, x, y)): (usize, &(&str, i32, i32))| Placement {
            entity: id(&format!("n{at}")),
            x: x * 100,
            y: y * 100,
            pinned: false,
            hidden: false,
        };
        Self {
            network: Network { nodes: nodes.iter().enumerate().map(made).collect(), links: vec![] },
            nodes: vec![Details { passages: 1, ..Details::default() }; nodes.len()],
            placements: nodes.iter().enumerate().map(placed).collect(),
            settings: ChartSettings::default(),
            sheet: None,
            outside: vec![],
            language: Language::Nl,
            brush: None,
        }
    }

    fn link(&mut self, kind: &str, source: u32, target: u32, amount: Option<(f64, &str)>) -> &mut Link {
        let at = self.network.links.len();
        self.network.links.push(Link {
            id: id(&format!("l{at}")),
            kind: kind.into(),
            label: String::new(),
            source,
            target,
            directed: kind == "Payment",
            days: None,
            amount: amount.map(|amount| amount.0),
            currency: amount.map(|amount| amount.1.into()),
            organisations: vec![],
            passages: 1,
        });
        &mut self.network.links[at]
    }

    fn scene(&self) -> Scene {
        let grading = GradingScheme {
            code: String::new(),
            nl: String::new(),
            en: String::new(),
            source: vec![],
            information: vec![],
        };
        scene(&SceneRequest {
            network: &self.network,
            nodes: &self.nodes,
            links: &[],
            placements: &self.placements,
            settings: &self.settings,
            sheet: self.sheet.as_ref(),
            schema: &schema(),
            grading: &grading,
            language: self.language,
            outside: &self.outside,
            brush: self.brush,
        })
    }
}

fn ends_on_edges(scene: &Scene) {
    for link in &scene.links {
        for (end, at) in [(link.source, link.from), (link.target, link.to)] {
            let node = &scene.nodes[end as usize];
            let off = outside(node.shape, node.radius, (node.x, node.y), at);
            assert!(off.abs() < 1e-6, "{:?} ends {off} from its edge", node.shape);
        }
    }
}

fn middle(link: &SceneLink) -> (f64, f64) {
    along((link.from, link.control, link.to), 0.5)
}

fn contains(outer: (f64, f64, f64, f64), inner: (f64, f64, f64, f64)) -> bool {
    outer.0 <= inner.0 && outer.1 <= inner.1 && outer.2 >= inner.2 && outer.3 >= inner.3
}

#[test]
fn links_end_on_the_edges_of_all_shapes() {
    for (one, _) in SHAPES {
        for (other, _) in SHAPES {
            let mut chart = Chart::new(&[(one, 0, 0), (other, 130, 70)]);
            for count in 1..=4 {
                chart.link("Payment", count % 2, 1 - count % 2, None);
                chart.link("Payment", 0, 0, None);
                let scene = chart.scene();
                assert_eq!(scene.links.len() as u32, 2 * count);
                ends_on_edges(&scene);
            }
        }
    }
}

#[test]
fn nodes_in_one_place_have_links_without_length() {
    let mut chart = Chart::new(&[("Person", 0, 0), ("Company", 0, 0), ("Person", 5, 0)]);
    for (source, target) in [(0, 1), (0, 1), (0, 2), (2, 0)] {
        chart.link("Payment", source, target, None);
    }
    for link in chart.scene().links {
        for (x, y) in [link.from, link.control, link.to] {
            assert!(x.is_finite() && y.is_finite() && x.abs() < 100.0 && y.abs() < 100.0);
        }
    }
}

#[test]
fn a_fan_is_even_and_does_not_cross() {
    for count in 2..=12_u32 {
        let mut chart = Chart::new(&[("Company", 0, 0), ("BankAccount", 180, 240)]);
        chart.settings.parallel = Parallel::Fan;
        for at in 0..count {
            chart.link("Payment", at % 2, 1 - at % 2, None);
        }
        let scene = chart.scene();
        assert_eq!(scene.links.len() as u32, count);
        // The straight line goes from (0, 0) to (180, 240); this is how far beside it a place is.
        let beside = |at: (f64, f64)| at.0 * -0.8 + at.1 * 0.6;
        let mut sides: Vec<f64> = scene.links.iter().map(|link| beside(middle(link))).collect();
        assert!(sides.windows(2).all(|pair| pair[1] - pair[0] > 10.0), "{count}: {sides:?}");
        let even: f64 = sides.iter().sum();
        // Ends are cut by different shapes, so that middles lie a little apart along the line, and beside it by less than that.
        assert!(even.abs() < 3.0 * f64::from(count), "{count}: {even}");
        sides.sort_by(f64::total_cmp);
        for (at, one) in scene.links.iter().enumerate() {
            for other in &scene.links[at + 1..] {
                for (a, b) in polyline(one).windows(2).flat_map(|a| {
                    let a = (a[0], a[1]);
                    polyline(other).windows(2).map(|b| (a, (b[0], b[1]))).collect::<Vec<_>>()
                }) {
                    assert!(!cross(a, b), "{count}: two of them cross");
                }
            }
        }
        let ways: Vec<u32> = scene.links.iter().map(|link| link.source).collect();
        assert!(ways.is_sorted(), "each way has a side of its own: {ways:?}");
    }
}

type Step = ((f64, f64), (f64, f64));

fn polyline(link: &SceneLink) -> Vec<(f64, f64)> {
    (0..=24).map(|at| along((link.from, link.control, link.to), f64::from(at) / 24.0)).collect()
}

fn cross((a, b): Step, (c, d): Step) -> bool {
    let side = |p: (f64, f64), q: (f64, f64), r: (f64, f64)| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[test]
fn bundles_say_how_many_and_how_much() {
    let mut chart = Chart::new(&[("Person", 0, 0), ("Person", 400, 0)]);
    for _ in 0..6 {
        chart.link("Payment", 0, 1, Some((6_500.0, "EUR")));
    }
    chart.link("Payment", 0, 1, Some((2_500.0, "EUR")));
    for amount in [300.0, 0.5, f64::NAN] {
        chart.link("Payment", 1, 0, Some((amount, "USD")));
    }
    chart.link("Payment", 1, 0, Some((70.0, "EUR")));
    chart.link("Family", 1, 0, None);
    let labels = |chart: &Chart| -> Vec<(usize, String, bool, u32)> {
        chart.scene().links.into_iter().map(|link| (link.ids.len(), link.label, link.arrow, link.source)).collect()
    };
    let expected = |texts: [&str; 3]| {
        vec![(7, texts[0].into(), true, 0), (1, texts[1].into(), false, 0), (4, texts[2].into(), true, 1)]
    };
    let dutch = expected(["7 betalingen · € 41.500", "familieband", "4 betalingen · € 70 + $ 300,50"]);
    assert_eq!(labels(&chart), dutch, "auto, above five");
    chart.settings.parallel = Parallel::Bundle;
    assert_eq!(labels(&chart), dutch, "bundle");
    chart.language = Language::En;
    assert_eq!(labels(&chart), expected(["7 payments · €41,500", "family", "4 payments · €70 + $300.50"]));
    chart.settings.parallel = Parallel::Fan;
    assert_eq!(labels(&chart).len(), 12);
    chart.settings.parallel = Parallel::Auto;
    chart.network.links.truncate(5);
    assert_eq!(labels(&chart).len(), 5, "auto, up to five");
}

#[test]
fn fifty_links_between_two_stay_readable() {
    for (x, y) in [(600, 0), (0, 600), (300, 300)] {
        let mut chart = Chart::new(&[("Person", 0, 0), ("Person", x, y)]);
        for at in 0..50 {
            chart.link("Payment", at % 2, 1 - at % 2, Some((f64::from(at), "EUR")));
        }
        assert_eq!(chart.scene().links.len(), 2);
        chart.settings.parallel = Parallel::Fan;
        let scene = chart.scene();
        let boxes: Vec<(f64, f64, f64)> = scene
            .links
            .iter()
            .filter_map(|link| Some((words_at(link)?, text_width(&link.label, LINK_FONT))))
            .map(|((x, y), width)| (x, y, width))
            .collect();
        assert!(boxes.len() >= 10, "{} have words", boxes.len());
        for (at, one) in boxes.iter().enumerate() {
            for other in &boxes[at + 1..] {
                let apart = (one.0 - other.0).abs() > (one.2 + other.2) / 2.0 || (one.1 - other.1).abs() >= LINK_FONT;
                assert!(apart, "words stand over each other");
            }
        }
    }
}

#[test]
fn what_is_hidden_filtered_or_nowhere_is_not_drawn() {
    let mut chart =
        Chart::new(&[("Person", 0, 0), ("Person", 200, 0), ("Company", 400, 0), ("Person", 600, 0), ("Event", 0, 300)]);
    for (source, target) in [(0, 1), (1, 2), (2, 3), (0, 3), (0, 3), (0, 4)] {
        chart.link("Payment", source, target, None);
    }
    chart.placements[1].hidden = true;
    chart.placements.pop();
    chart.settings.hidden_links = vec![chart.network.links[3].id];
    chart.settings.filter = ChartFilter { types: vec!["Person".into(), "Event".into()], ..ChartFilter::default() };
    chart.outside = vec![0, 9, 9, 4, 9];
    let scene = chart.scene();
    let ids: Vec<EntityId> = scene.nodes.iter().map(|node| node.id).collect();
    assert_eq!(ids, vec![id("n0"), id("n3")]);
    assert_eq!(scene.links.iter().flat_map(|link| &link.ids).collect::<Vec<_>>(), vec![&id("l4")]);
    assert_eq!(scene.nodes.iter().map(|node| node.more).collect::<Vec<_>>(), vec![0, 4]);
    assert_eq!(Chart::new(&[]).scene(), Scene::default());
}

#[test]
fn a_collapsed_group_is_one_node_with_its_links() {
    let mut chart = Chart::new(&[("Person", 0, 0), ("Company", 100, 0), ("Company", 200, 60), ("Event", 500, 0)]);
    chart.link("Payment", 1, 2, None);
    chart.link("Payment", 1, 3, None);
    chart.link("Payment", 3, 2, None);
    chart.link("Family", 0, 0, None);
    let entities = vec![id("n0"), id("n1"), id("n2"), id("elsewhere")];
    chart.settings.groups = vec![Group { name: "Netwerk".into(), entities, collapsed: true }];
    chart.outside = vec![1, 0, 2, 0];
    let scene = chart.scene();
    let group = &scene.nodes[0];
    assert_eq!((scene.nodes.len(), group.count, group.kind.as_str(), group.more), (2, 3, "Party", 3));
    assert_eq!((group.label.clone(), group.x, group.y), (vec!["Netwerk".to_string()], 100.0, 20.0));
    let ends: Vec<(u32, u32)> = scene.links.iter().map(|link| (link.source, link.target)).collect();
    assert_eq!(ends, vec![(0, 1), (1, 0)], "links within are not drawn");
    ends_on_edges(&scene);

    chart.settings.groups[0].collapsed = false;
    let scene = chart.scene();
    let frame = &scene.frames[0];
    assert_eq!((scene.nodes.len(), scene.links.len(), frame.name.as_str()), (4, 4, "Netwerk"));
    for node in &scene.nodes[..3] {
        assert!(contains(frame.bounds, bounds::of_node(node)));
    }
    assert!(!contains(frame.bounds, bounds::of_node(&scene.nodes[3])));
}

#[test]
fn the_legend_is_what_is_in_use() {
    let mut chart = Chart::new(&[("Company", 0, 0), ("Person", 300, 0), ("Person", 0, 300), ("Ghost", 300, 300)]);
    chart.link("Family", 1, 2, None);
    let plain = chart.scene().legend;
    let names: Vec<(String, u32)> = plain
        .iter()
        .map(|entry| match entry {
            LegendEntry::Entity { kind, count, .. } | LegendEntry::Link { kind, count, .. } => (kind.clone(), *count),
            other => panic!("{other:?} is not in use"),
        })
        .collect();
    let expected = [("Person", 2), ("Company", 1), ("Ghost", 1), ("Family", 1)];
    assert_eq!(names, expected.map(|(kind, count)| (kind.to_string(), count)));

    chart.nodes[0].passages = 0;
    chart.outside = vec![3];
    for _ in 0..6 {
        chart.link("Payment", 0, 1, None).passages = 0;
    }
    let legend = chart.scene().legend;
    assert_eq!(
        legend[5..],
        [LegendEntry::Hypothesis { count: 7 }, LegendEntry::Bundle { count: 1 }, LegendEntry::More]
    );
    assert_eq!(
        legend[3],
        LegendEntry::Link {
            kind: "Payment".into(),
            directed: true,
            colour: None,
            line: Line::Solid,
            width: 1.5,
            count: 6
        }
    );
}

#[test]
fn the_brush_dims_what_lies_outside() {
    let mut chart =
        Chart::new(&[("Person", 0, 0), ("Person", 200, 0), ("Person", 400, 0), ("Person", 600, 0), ("Person", 800, 0)]);
    chart.network.nodes[0].days = Some((10, 20));
    chart.network.nodes[3].days = Some((100, 110));
    chart.link("Payment", 0, 1, None).days = Some((105, 105));
    chart.link("Payment", 1, 2, None).days = Some((50, 60));
    chart.link("Payment", 2, 0, None).days = Some((121, 130));
    chart.brush = Some((100, 120));
    let scene = chart.scene();
    let faint = |faint: Vec<bool>| faint.iter().map(|faint| if *faint { 'x' } else { '.' }).collect::<String>();
    // Nodes: linked within; linked within; all links outside; own days within; undated and alone.
    assert_eq!(faint(scene.nodes.iter().map(|node| node.dimmed).collect()), "..x..");
    let of_links: Vec<(EntityId, bool)> = scene.links.iter().map(|link| (link.ids[0], link.dimmed)).collect();
    assert_eq!(of_links, vec![(id("l0"), false), (id("l2"), true), (id("l1"), true)]);
    chart.brush = None;
    assert!(chart.scene().nodes.iter().all(|node| !node.dimmed));
}

#[test]
fn lanes_have_frames_as_long_as_they_lie_apart() {
    let mut chart = Chart::new(&[("Person", 0, 0), ("Person", 300, 0), ("Company", 100, 300), ("Company", -600, 300)]);
    for at in 0..3 {
        chart.network.nodes[at].days = Some((1, 2));
    }
    assert_eq!(chart.scene().frames, vec![]);
    chart.settings.layout = Some("lanes".into());
    let names = |chart: &Chart| -> Vec<String> { chart.scene().frames.into_iter().map(|frame| frame.name).collect() };
    assert_eq!(names(&chart), ["Company", "Person", "Zonder datum"]);
    chart.placements[2].y = 0;
    assert_eq!(names(&chart), Vec::<String>::new());
}

proptest! {
    #[test]
    fn bounds_hold_everything(
        nodes in proptest::collection::vec((0..6_usize, -400..400_i32, -400..400_i32, 0..200_u32), 1..12),
        links in proptest::collection::vec((0..12_u32, 0..12_u32, any::<bool>(), proptest::option::of(0.0..1e6)), 0..30),
        parallel in prop_oneof![Just(Parallel::Auto), Just(Parallel::Fan), Just(Parallel::Bundle)],
        note in (-900..900_i32, -900..900_i32),
    ) {
        let placed: Vec<(&str, i32, i32)> = nodes.iter().map(|(kind, x, y, _)| (SHAPES[*kind].0, *x, *y)).collect();
        let mut chart = Chart::new(&placed);
        let count = nodes.len() as u32;
        for (source, target, directed, amount) in links {
            let kind = if directed { "Payment" } else { "Family" };
            chart.link(kind, source % count, target % count, amount.map(|amount| (amount, "EUR")));
        }
        chart.outside = nodes.iter().map(|node| node.3).collect();
        chart.settings.parallel = parallel;
        chart.settings.notes = vec![ChartNote { x: note.0 * 100, y: note.1 * 100, text: "Let op:\nna te trekken".into() }];
        chart.settings.attributes = vec!["topics".into(), "birthDate".into()];
        for (details, (.., more)) in chart.nodes.iter_mut().zip(&nodes) {
            details.values = vec![("topics".into(), "wanted".into()), ("birthDate".into(), more.to_string().repeat(9))];
            details.values.truncate((more % 3) as usize);
        }
        chart.settings.groups = vec![Group { name: "Een groep".into(), entities: vec![id("n0"), id("n1")], collapsed: false }];
        let scene = chart.scene();
        let drawn: usize = scene.links.iter().map(|link| link.ids.len()).sum();
        prop_assert_eq!(drawn, chart.network.links.len(), "every link is drawn once");
        let point = |at: (f64, f64)| (at.0, at.1, at.0, at.1);
        for node in &scene.nodes {
            prop_assert!(contains(scene.bounds, bounds::of_node(node)));
            let wide = node.label.iter().map(|line| text_width(line, NODE_FONT)).fold(0.0, f64::max) / 2.0;
            let lines = (node.label.len() + node.attributes.len()) as f64;
            let last = node.y + node.radius + 4.0 + NODE_FONT + 15.0 * (lines - 1.0);
            prop_assert!(contains(scene.bounds, (node.x - wide, node.y - node.radius, node.x + wide, last)));
            let beneath = node.attributes.iter().map(|line| text_width(line, LINK_FONT)).fold(0.0, f64::max) / 2.0;
            prop_assert!(contains(scene.bounds, (node.x - beneath, node.y, node.x + beneath, last)));
        }
        for link in &scene.links {
            for at in 0..=20 {
                prop_assert!(contains(scene.bounds, point(along((link.from, link.control, link.to), f64::from(at) / 20.0))));
            }
            let Some(at) = words_at(link) else { continue };
            let half = text_width(&link.label, LINK_FONT) / 2.0;
            prop_assert!(contains(scene.bounds, (at.0 - half, at.1, at.0 + half, at.1)));
            // Its words lie over no node, no words of a node and no other words.
            let words = (at.0 - half, at.1 - LINK_FONT / 2.0, at.0 + half, at.1 + LINK_FONT / 2.0);
            let meets = |other: (f64, f64, f64, f64)| words.0 < other.2 && other.0 < words.2 && words.1 < other.3 && other.1 < words.3;
            for node in &scene.nodes {
                let disc = node.radius * 0.7;
                prop_assert!(!meets((node.x - disc, node.y - disc, node.x + disc, node.y + disc)));
                let wide = node.label.iter().map(|line| text_width(line, NODE_FONT)).fold(0.0, f64::max) / 2.0;
                let below = node.y + node.radius + 4.0;
                prop_assert!(node.label.is_empty() || !meets((node.x - wide, below, node.x + wide, below + NODE_FONT)));
            }
            for other in scene.links.iter().filter(|other| !std::ptr::eq(*other, link)) {
                let Some((x, y)) = words_at(other) else { continue };
                let half = text_width(&other.label, LINK_FONT) / 2.0;
                prop_assert!(!meets((x - half, y - LINK_FONT / 2.0, x + half, y + LINK_FONT / 2.0)));
            }
        }
        for frame in &scene.frames {
            prop_assert!(contains(scene.bounds, frame.bounds));
        }
        prop_assert!(contains(scene.bounds, point((f64::from(note.0), f64::from(note.1)))));
    }
}
