//! Filters, by table and against a plain reading of the rules.

use koplamp_model::{Ends, EntityId, EntityType, GradeCode, Link, Node, Shape};
use proptest::prelude::*;

use super::*;

fn schema() -> Schema {
    let kind = |name: &str, extends: &[&str], link: bool| EntityType {
        name: name.into(),
        extends: extends.iter().map(|name| (*name).to_string()).collect(),
        nl: name.into(),
        en: name.into(),
        nl_plural: name.into(),
        en_plural: name.into(),
        icon: String::new(),
        shape: Shape::Circle,
        colour: 0,
        is_abstract: matches!(name, "Thing" | "Interest"),
        link: link.then(|| Ends {
            source: "source".into(),
            target: "target".into(),
            directed: true,
            nl: String::new(),
            en: String::new(),
        }),
        caption: vec![],
        properties: vec![],
    };
    Schema {
        version: "2026-01-01".into(),
        types: vec![
            kind("Thing", &[], false),
            kind("Person", &["Thing"], false),
            kind("Company", &["Thing"], false),
            kind("Bank", &["Company"], false),
            kind("Interest", &[], false),
            kind("Ownership", &["Interest"], true),
            kind("Payment", &[], true),
        ],
        flags: vec![],
    }
}

fn grading() -> GradingScheme {
    let code = |code: &str| GradeCode {
        code: code.into(),
        nl: String::new(),
        en: String::new(),
        unknown: code == "F" || code == "6",
    };
    GradingScheme {
        code: "admiralty".into(),
        nl: String::new(),
        en: String::new(),
        source: ["A", "B", "C", "D", "E", "F"].map(code).into(),
        information: ["1", "2", "3", "4", "5", "6"].map(code).into(),
    }
}

fn strings(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_string).collect()
}

fn node(at: u32, kind: &str, label: &str, organisations: &str, days: Option<(i32, i32)>) -> Node {
    Node {
        id: EntityId::of(&[&at.to_be_bytes()]),
        kind: kind.into(),
        label: label.into(),
        organisations: strings(organisations),
        days,
    }
}

fn link(at: u32, kind: &str, label: &str, ends: (u32, u32), days: Option<(i32, i32)>, passages: u32) -> Link {
    Link {
        id: EntityId::of(&[&at.to_be_bytes(), b"link"]),
        kind: kind.into(),
        label: label.into(),
        source: ends.0,
        target: ends.1,
        directed: true,
        days,
        amount: None,
        currency: None,
        organisations: strings("politie"),
        passages,
    }
}

fn details(marking: &str, sources: &str, grades: &str, values: &[(&str, &str)], passages: u32) -> Details {
    Details {
        marking: (!marking.is_empty()).then(|| marking.to_string()),
        markings: strings(marking),
        sources: strings(sources),
        grades: strings(grades),
        values: values.iter().map(|(property, value)| ((*property).into(), (*value).into())).collect(),
        passages,
        photo: None,
    }
}

#[test]
fn each_part_of_a_filter_asks_what_it_says() {
    let network = Network {
        nodes: vec![
            node(0, "Person", "Jan de Vries", "politie", Some((100, 100))),
            node(1, "Bank", "Oude Bank", "politie fiod", None),
            node(2, "Company", "Havenzicht", "fiod", Some((200, 300))),
            node(3, "Person", "Ali", "", Some((400, 400))),
        ],
        links: vec![
            link(0, "Payment", "Factuur 22", (0, 1), Some((150, 150)), 1),
            link(1, "Ownership", "", (0, 2), None, 0),
            link(2, "Payment", "", (1, 2), Some((250, 250)), 2),
            link(3, "Payment", "", (1, 2), Some((260, 260)), 1),
        ],
    };
    let of_nodes = [
        details("green", "tap", "B2 F6", &[("country", "NL")], 1),
        details("amber", "bank", "C3", &[("country", "BE")], 0),
        details("", "", "", &[("country", "NL"), ("kvk", "12345678")], 2),
        Details::default(),
    ];
    let of_links = [details("green", "bank", "A1", &[("reference", "HAVEN 9")], 1)];
    let (schema, grading) = (schema(), grading());
    let sight = Sight { network: &network, nodes: &of_nodes, links: &of_links, grading: &grading, schema: &schema };
    let none = ChartFilter::default;
    let text = |text: &str| Some(text.to_string());
    for (name, filter, nodes, links) in [
        ("nothing", none(), "0123", "0123"),
        ("only undated, without a day", ChartFilter { undated: true, ..none() }, "0123", "0123"),
        ("a type of entity", ChartFilter { types: strings("Person"), ..none() }, "03", ""),
        ("one that others extend", ChartFilter { types: strings("Company"), ..none() }, "12", "23"),
        ("a type of link", ChartFilter { types: strings("Payment"), ..none() }, "0123", "023"),
        ("an abstract type of link", ChartFilter { types: strings("Interest"), ..none() }, "0123", "1"),
        ("both sorts", ChartFilter { types: strings("Person Company Ownership"), ..none() }, "0123", "1"),
        ("a type that nobody knows", ChartFilter { types: strings("Ghost"), ..none() }, "", ""),
        ("an organisation", ChartFilter { organisations: strings("fiod kmar"), ..none() }, "12", ""),
        ("a marking", ChartFilter { markings: strings("green"), ..none() }, "0", ""),
        ("a source", ChartFilter { sources: strings("bank tap"), ..none() }, "01", "0"),
        ("a grade", ChartFilter { grade: text("B3"), ..none() }, "0", ""),
        ("no grade of the scheme", ChartFilter { grade: text("best"), ..none() }, "", ""),
        ("evidence", ChartFilter { evidence: Some(true), ..none() }, "02", ""),
        ("none", ChartFilter { evidence: Some(false), ..none() }, "13", ""),
        ("text in a node", ChartFilter { text: text("JAN DE"), ..none() }, "0", ""),
        ("text in a link", ChartFilter { text: text("factuur"), ..none() }, "01", "0"),
        ("text in both ends", ChartFilter { text: text("an"), ..none() }, "01", "0"),
        ("text in a value", ChartFilter { text: text("haven"), ..none() }, "012", "0"),
        ("a property", ChartFilter { property: Some(("country".into(), "NL".into())), ..none() }, "02", "1"),
        ("a day", ChartFilter { from: text("1970-07-20"), to: text("1970-10-27"), ..none() }, "2", ""),
        ("or undated", ChartFilter { from: text("1970-07-20"), undated: true, ..none() }, "123", "23"),
        ("no day", ChartFilter { to: text("gisteren"), undated: true, ..none() }, "1", ""),
        ("neighbours", ChartFilter { degree: Some(2), ..none() }, "012", "0123"),
        (
            "all of it",
            ChartFilter {
                types: strings("Thing Payment"),
                degree: Some(2),
                organisations: strings("politie"),
                ..none()
            },
            "01",
            "0",
        ),
    ] {
        let matches = sight.matches(&filter);
        let places = |found: &[bool]| -> String {
            found.iter().enumerate().filter(|(_, found)| **found).map(|(at, _)| at.to_string()).collect()
        };
        assert_eq!((places(&matches.nodes).as_str(), places(&matches.links).as_str()), (nodes, links), "{name}");
    }
    for (name, filter, nodes, links) in [
        ("a rule on payments", ChartFilter { types: strings("Payment"), ..none() }, 0, 3),
        ("a rule on companies", ChartFilter { types: strings("Company"), ..none() }, 2, 0),
        ("a rule on a text", ChartFilter { text: text("factuur"), ..none() }, 0, 1),
        ("a rule on neighbours", ChartFilter { degree: Some(2), ..none() }, 3, 0),
    ] {
        let about = sight.described(&filter);
        let count = |found: &[bool]| found.iter().filter(|found| **found).count();
        assert_eq!((count(&about.nodes), count(&about.links)), (nodes, links), "{name}");
    }
}

#[test]
fn days_are_counted_from_1970() {
    // By GNU date: `date -ud 2024-02-29 +%s` divided by 86,400.
    for (text, expected) in [
        ("1970-01-01", Some(0)),
        ("2024-02-29", Some(19_782)),
        ("1969-12-31", Some(-1)),
        ("2023-02-29", None),
        ("2023", None),
    ] {
        assert_eq!(day(text), expected, "{text}");
    }
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(words).prop_map(str::to_string)
}

fn some_of(words: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    proptest::sample::subsequence(words.to_vec(), 0..=2.min(words.len()))
        .prop_map(|words| words.into_iter().map(str::to_string).collect())
}

fn any_details() -> impl Strategy<Value = Details> {
    (
        proptest::option::of(one_of(&["green", "amber"])),
        some_of(&["tap", "bank"]),
        some_of(&["A1", "B2", "C4", "F1"]),
        proptest::collection::vec((one_of(&["country", "name"]), one_of(&["NL", "Haven", "be"])), 0..3),
        0_u32..2,
    )
        .prop_map(|(marking, sources, grades, values, passages)| Details {
            markings: marking.iter().cloned().collect(),
            marking,
            sources,
            grades,
            values,
            passages,
            photo: None,
        })
}

fn any_filter() -> impl Strategy<Value = ChartFilter> {
    let seldom = || proptest::bool::weighted(0.3);
    let lists = (
        some_of(&["Person", "Company", "Payment", "Interest", "Thing"]),
        some_of(&["politie", "fiod"]),
        some_of(&["green", "amber"]),
        some_of(&["tap", "bank"]),
    );
    let words =
        (one_of(&["haven", "A", "nl"]), one_of(&["country", "name"]), one_of(&["NL", "be"]), one_of(&["B2", "C4"]));
    let numbers = (
        one_of(&["1970-01-05", "1970-01-09"]),
        one_of(&["1970-01-12", "never"]),
        0_u32..3,
        any::<bool>(),
        any::<bool>(),
    );
    let on = (proptest::collection::vec(seldom(), 10), lists, words, numbers);
    on.prop_map(|(on, lists, words, numbers)| ChartFilter {
        types: if on[0] { lists.0 } else { vec![] },
        organisations: if on[1] { lists.1 } else { vec![] },
        markings: if on[2] { lists.2 } else { vec![] },
        sources: if on[3] { lists.3 } else { vec![] },
        text: on[4].then_some(words.0),
        property: on[5].then_some((words.1, words.2)),
        grade: on[6].then_some(words.3),
        from: on[7].then_some(numbers.0),
        to: (on[7] && on[8]).then_some(numbers.1),
        undated: numbers.3,
        degree: on[9].then_some(numbers.2),
        evidence: on[8].then_some(numbers.4),
    })
}

/// What an entity or link has, as the rules speak of it.
type Facts<'a> = (&'a str, &'a str, &'a [String], Option<(i32, i32)>, &'a Details, u32);

fn words_found(filter: &ChartFilter, (_, label, _, _, details, _): Facts) -> bool {
    let text = filter.text.as_ref().is_none_or(|text| {
        let text = text.to_lowercase();
        label.to_lowercase().contains(&text)
            || details.values.iter().any(|(_, value)| value.to_lowercase().contains(&text))
    });
    text && filter.property.as_ref().is_none_or(|wanted| details.values.contains(wanted))
}

fn rest_holds(
    filter: &ChartFilter,
    grading: &GradingScheme,
    (_, _, organisations, days, details, passages): Facts,
) -> bool {
    let meets = |asked: &[String], has: &[String]| asked.is_empty() || asked.iter().any(|code| has.contains(code));
    let marking: Vec<String> = details.marking.iter().cloned().collect();
    let period = match (&filter.from, &filter.to) {
        (None, None) => true,
        (from, to) => match days {
            None => filter.undated,
            Some((first, last)) => {
                let from = from.as_deref().map_or(Some(i32::MIN), day);
                let to = to.as_deref().map_or(Some(i32::MAX), day);
                matches!((from, to), (Some(from), Some(to)) if last >= from && first <= to)
            }
        },
    };
    meets(&filter.organisations, organisations)
        && meets(&filter.markings, &marking)
        && meets(&filter.sources, &details.sources)
        && filter.grade.as_ref().is_none_or(|least| details.grades.iter().any(|grade| grading.reaches(grade, least)))
        && filter.evidence.is_none_or(|wanted| wanted == (passages > 0))
        && period
}

proptest! {
    #[test]
    fn a_filter_is_a_plain_reading_of_its_rules(
        nodes in proptest::collection::vec((one_of(&["Person", "Company", "Bank"]), one_of(&["Haven", "Ali", "X"]), some_of(&["politie", "fiod"]), proptest::option::of(0_i32..15), any_details()), 1..8),
        links in proptest::collection::vec((one_of(&["Payment", "Ownership"]), one_of(&["haven", ""]), (0_u32..8, 0_u32..8), proptest::option::of(0_i32..15), any_details()), 0..12),
        filter in any_filter(),
    ) {
        let count = nodes.len() as u32;
        let network = Network {
            nodes: nodes.iter().zip(0..).map(|((kind, label, organisations, day, _), at)| node(at, kind, label, &organisations.join(" "), day.map(|day| (day, day + 2)))).collect(),
            links: links.iter().zip(0..).map(|((kind, label, ends, day, details), at)| link(at, kind, label, (ends.0 % count, ends.1 % count), day.map(|day| (day, day)), details.passages)).collect(),
        };
        let of_nodes: Vec<Details> = nodes.iter().map(|node| node.4.clone()).collect();
        let of_links: Vec<Details> = links.iter().map(|link| link.4.clone()).collect();
        let (schema, grading) = (schema(), grading());
        let matches = Sight { network: &network, nodes: &of_nodes, links: &of_links, grading: &grading, schema: &schema }.matches(&filter);

        let node_facts = |at: usize| -> Facts { let node = &network.nodes[at]; (&node.kind, &node.label, &node.organisations, node.days, &of_nodes[at], of_nodes[at].passages) };
        let link_facts = |at: usize| -> Facts { let link = &network.links[at]; (&link.kind, &link.label, &link.organisations, link.days, &of_links[at], link.passages) };
        // Of the names in the test's schema, these are about links; the others about entities.
        let link_types: Vec<&String> = filter.types.iter().filter(|name| ["Payment", "Ownership", "Interest"].contains(&name.as_str())).collect();
        let node_types: Vec<&String> = filter.types.iter().filter(|name| !link_types.contains(name)).collect();
        let is_one = |kind: &str, types: &[&String]| types.is_empty() || types.iter().any(|name| schema.is_a(kind, name));
        let touching = |at: u32| network.links.iter().enumerate().filter(move |(_, link)| link.source == at || link.target == at);
        for at in 0..network.nodes.len() {
            let neighbours: std::collections::BTreeSet<u32> = touching(at as u32).map(|(_, link)| if link.source == at as u32 { link.target } else { link.source }).filter(|other| *other != at as u32).collect();
            let expected = is_one(node_facts(at).0, &node_types)
                && rest_holds(&filter, &grading, node_facts(at))
                && (words_found(&filter, node_facts(at)) || touching(at as u32).any(|(link, _)| words_found(&filter, link_facts(link))))
                && filter.degree.is_none_or(|least| neighbours.len() >= least as usize);
            prop_assert_eq!(matches.nodes[at], expected, "node {} of {:?}", at, filter);
        }
        for (at, link) in network.links.iter().enumerate() {
            let ends = [link.source as usize, link.target as usize];
            let expected = ends.iter().all(|end| matches.nodes[*end])
                && is_one(link_facts(at).0, &link_types)
                && rest_holds(&filter, &grading, link_facts(at))
                && (words_found(&filter, link_facts(at)) || ends.iter().all(|end| words_found(&filter, node_facts(*end))));
            prop_assert_eq!(matches.links[at], expected, "link {} of {:?}", at, filter);
        }
    }
}
