//! Styles: what a sheet says of types goes before the schema, and rules go before both.

use koplamp_model::{Paint, Rgb, StyleRule, StyleSheetId, TypeStyle};

use super::*;

const RED: Paint = Paint::Own(Rgb(0xc0, 0x10, 0x20));

fn style(kind: &str) -> TypeStyle {
    TypeStyle { kind: kind.into(), colour: None, shape: None, icon: None, line: None, width: None }
}

fn sheet(types: Vec<TypeStyle>) -> StyleSheet {
    StyleSheet { id: StyleSheetId::random(), name: "Huisstijl".into(), organisation: "om".into(), types }
}

#[test]
fn later_rules_go_before_earlier_ones() {
    let mut chart = Chart::new(&[("Person", 0, 0), ("Company", 300, 0)]);
    chart.link("Payment", 0, 1, None);
    let rule = |name: &str, types: &str, colour: Option<u8>, size: Option<u16>, shape: Option<Shape>| StyleRule {
        name: name.into(),
        matches: ChartFilter { types: vec![types.into()], ..ChartFilter::default() },
        colour,
        size,
        shape,
    };
    chart.settings.rules = vec![
        rule("groot", "Person", Some(1), Some(200), None),
        rule("ruit", "Person", Some(2), None, Some(Shape::Diamond)),
        rule("geld", "Payment", Some(3), Some(300), None),
        rule("niets", "Vehicle", Some(4), None, None),
    ];
    let scene = chart.scene();
    let (person, company, link) = (&scene.nodes[0], &scene.nodes[1], &scene.links[0]);
    assert_eq!((person.colour, person.radius, person.shape), (2.into(), 32.0, Shape::Diamond));
    assert_eq!((company.radius, company.shape), (RADIUS, Shape::Square));
    assert_eq!((link.colour, link.width), (Some(3.into()), 4.5));
    ends_on_edges(&scene);
    let rules: Vec<&str> = scene
        .legend
        .iter()
        .filter_map(|entry| if let LegendEntry::Rule { name, .. } = entry { Some(name.as_str()) } else { None })
        .collect();
    assert_eq!(rules, ["groot", "ruit", "geld"]);
}

#[test]
fn a_sheet_goes_before_the_schema_and_rules_before_the_sheet() {
    let mut chart = Chart::new(&[("Person", 0, 0), ("Company", 300, 0), ("Ghost", 0, 300)]);
    chart.link("Payment", 0, 1, None);
    chart.link("Family", 1, 2, None).passages = 0;
    let plain = chart.scene();
    chart.sheet = Some(sheet(vec![
        TypeStyle { colour: Some(RED), shape: Some(Shape::Square), icon: Some("car".into()), ..style("Person") },
        TypeStyle { colour: Some(Paint::Palette(2)), ..style("Company") },
        TypeStyle { icon: Some("ship".into()), ..style("Ghost") },
        TypeStyle { colour: Some(RED), line: Some(Line::Dashed), width: Some(200), ..style("Payment") },
        TypeStyle { line: Some(Line::Dotted), ..style("Family") },
        style("Vehicle"),
    ]));
    let scene = chart.scene();
    let [person, company, ghost] = &scene.nodes[..] else { panic!("three nodes") };
    assert_eq!((person.colour, person.shape, person.icon.as_str()), (RED, Shape::Square, "car"));
    let usual = &plain.nodes[1];
    assert_eq!((company.colour, company.shape, &company.icon), (Paint::Palette(2), usual.shape, &usual.icon));
    assert_eq!((ghost.icon.as_str(), ghost.shape), ("ship", plain.nodes[2].shape), "a type that the schema lacks");
    let of = |kind: &str| scene.links.iter().find(|link| link.kind == kind).unwrap();
    assert_eq!((of("Payment").colour, of("Payment").line, of("Payment").width), (Some(RED), Line::Dashed, 3.0));
    assert_eq!((of("Family").line, of("Family").hypothesis), (Line::Dotted, true));
    ends_on_edges(&scene);
    let legend = |scene: &Scene, wanted: &str| {
        let of = |entry: &LegendEntry| match entry {
            LegendEntry::Entity { kind, .. } | LegendEntry::Link { kind, .. } => kind == wanted,
            _ => false,
        };
        scene.legend.iter().find(|entry| of(entry)).cloned()
    };
    let payment = LegendEntry::Link {
        kind: "Payment".into(),
        directed: true,
        colour: Some(RED),
        line: Line::Dashed,
        width: 3.0,
        count: 1,
    };
    assert_eq!(legend(&scene, "Payment"), Some(payment));
    let square =
        LegendEntry::Entity { kind: "Person".into(), icon: "car".into(), shape: Shape::Square, colour: RED, count: 1 };
    assert_eq!(legend(&scene, "Person"), Some(square));
    assert_eq!(legend(&scene, "Vehicle"), None, "what is not drawn is not in the legend");

    let rule = StyleRule {
        name: "x".into(),
        matches: ChartFilter { types: vec!["Person".into(), "Payment".into()], ..ChartFilter::default() },
        colour: Some(4),
        size: Some(200),
        shape: None,
    };
    chart.settings.rules = vec![rule];
    let scene = chart.scene();
    assert_eq!((scene.nodes[0].colour, scene.nodes[0].shape), (Paint::Palette(4), Shape::Square));
    let payment = scene.links.iter().find(|link| link.kind == "Payment").unwrap();
    assert_eq!((payment.colour, payment.width, payment.line), (Some(Paint::Palette(4)), 6.0, Line::Dashed));
}

/// A sheet from elsewhere may say anything.
#[test]
fn what_a_sheet_says_too_much_is_cut() {
    let mut chart = Chart::new(&[("Person", 0, 0), ("Person", 300, 0)]);
    chart.link("Payment", 0, 1, None);
    chart.sheet = Some(sheet(vec![
        TypeStyle { colour: Some(Paint::Palette(200)), ..style("Person") },
        TypeStyle { width: Some(u16::MAX), ..style("Payment") },
    ]));
    let scene = chart.scene();
    assert_eq!((scene.nodes[0].colour, scene.links[0].width), (Paint::Palette(7), 6.0));
}
