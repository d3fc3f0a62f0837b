//! What stands at a node: attributes under its name, flags.

use super::*;

#[test]
fn attributes_stand_under_the_names() {
    let mut chart = Chart::new(&[("Person", 0, 0), ("Company", 200, 0)]);
    let said = |name: &str, value: &str| (name.to_string(), value.to_string());
    chart.nodes[0].values = vec![said("birthDate", "1984-05-03"), said("birthDate", "1985-01-01"), said("job", "x")];
    chart.nodes[1].values = vec![said("birthDate", "Entiteit 1 met een lange naam"), said("city", &"z".repeat(60))];
    chart.settings.attributes = vec!["city".into(), "birthDate".into()];
    let scene = chart.scene();
    assert_eq!(
        scene.nodes[0].attributes,
        ["birthDate: 1984-05-03 (+1)"],
        "a property without a name is called as it is"
    );
    assert_eq!(scene.nodes[1].attributes, [format!("city: {}…", "z".repeat(27))], "its own name is not said again");
    let box_of = |scene: &Scene| bounds::of_node(&scene.nodes[1]);
    let without = Chart { settings: ChartSettings::default(), ..chart };
    assert_eq!(box_of(&scene).3 - box_of(&without.scene()).3, 15.0, "a line more");
    // Nobody says of a group what one in it says.
    let mut grouped = without;
    grouped.settings.attributes = vec!["birthDate".into()];
    grouped.settings.groups = vec![Group { name: "g".into(), entities: vec![id("n0"), id("n1")], collapsed: true }];
    assert!(grouped.scene().nodes[0].attributes.is_empty());
}

#[test]
fn flags_follow_from_what_is_stated_or_are_put_there() {
    let mut chart = Chart::new(&[("Person", 0, 0), ("Person", 200, 0), ("Person", 400, 0)]);
    let said = |name: &str, value: &str| (name.to_string(), value.to_string());
    chart.nodes[0].values = vec![said("topics", " Wanted"), said("deathDate", "2024")];
    chart.nodes[1].values = vec![said("topics", "crime"), said("wanted", "wanted")];
    let by_hand = |entity: &str, flag: &str| EntityFlag { entity: id(entity), flag: flag.into() };
    // What states a fact cannot be put there by hand.
    chart.settings.flags =
        vec![by_hand("n0", "check"), by_hand("n2", "wanted"), by_hand("n2", "no-such"), by_hand("x", "check")];
    let scene = chart.scene();
    let words = |at: usize| scene.nodes[at].flags.iter().map(|flag| flag.words.as_str()).collect::<Vec<_>>();
    assert_eq!(words(0), ["wanted (nl)", "deceased (nl)", "check (nl)"]);
    assert_eq!((words(1), words(2)), (vec![], vec![]));
    let legend: Vec<(&str, u32)> = scene
        .legend
        .iter()
        .filter_map(|entry| {
            if let LegendEntry::Flag { words, count, .. } = entry { Some((words.as_str(), *count)) } else { None }
        })
        .collect();
    assert_eq!(legend, [("wanted (nl)", 1), ("deceased (nl)", 1), ("check (nl)", 1)]);
    // A group bears what one in it bears, once.
    chart.settings.groups =
        vec![Group { name: "g".into(), entities: vec![id("n0"), id("n1"), id("n2")], collapsed: true }];
    assert_eq!(chart.scene().nodes[0].flags.len(), 3);
}

#[test]
fn a_group_of_different_types_is_what_all_are_and_a_moment_is_a_date() {
    let mut chart = Chart::new(&[("Person", 0, 0), ("Company", 200, 0), ("Event", 400, 0)]);
    chart.settings.groups = vec![Group { name: "Samen".into(), entities: vec![id("n0"), id("n1")], collapsed: true }];
    chart.network.nodes[2].label = "2025-03-12T04:16".into();
    let scene = chart.scene();
    let kinds: Vec<&str> = scene.nodes.iter().map(|node| node.kind.as_str()).collect();
    assert_eq!(kinds, ["Party", "Event"]);
    assert_eq!(scene.nodes[1].name, "12-03-2025 04:16");
}

/// The middle of a link's words.
pub(super) fn words_at(link: &SceneLink) -> Option<(f64, f64)> {
    link.label_at.map(|part| along((link.from, link.control, link.to), part))
}
