//! Where organisations meet: the overlay lights the joins of the answer key, and beside them only what is a meeting too. What is one is worked
//! out here from the statements alone, as the command line tells them.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::key::{self, Join};
use koplamp_tests::window::{Key, Start, Window};
use koplamp_tests::{Case, answers};
use serde_json::Value;

use crate::demo_with_glossary;

/// Who said what of the case.
#[derive(Default)]
struct Stated {
    /// The organisations that stated something of an entity, or a link to it that rests on a passage.
    knows: BTreeMap<String, BTreeSet<String>>,
    /// What is said of an entity, by the organisation that says it.
    values: BTreeMap<String, BTreeSet<(String, String)>>,
    /// Links by their two ends, in the order of the alphabet: the organisations that state them with a passage, and the links.
    facts: BTreeMap<[String; 2], (BTreeSet<String>, BTreeSet<String>)>,
    /// Links that rest on no passage.
    hypotheses: BTreeMap<String, [String; 2]>,
}

/// What is lit: the links, and where they meet with the two organisations.
#[derive(Default, Debug, PartialEq, Eq)]
struct Lit {
    entities: BTreeSet<String>,
    links: BTreeSet<String>,
    meetings: BTreeMap<String, [String; 2]>,
}

#[test]
fn the_overlay_lights_the_joins_of_the_demo_case_and_only_what_is_a_meeting() {
    // Every entity and link is asked for by a run of its own.
    let case = Case::empty();
    drop(answers::create(&case.workspace(), &case.device_secret_file()).unwrap());
    demo_with_glossary(&case);
    let stated = Stated::read(&case);
    let expected = stated.meetings();

    let window = Start::new(&case, "meetings").argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    window.click("room-chart");
    let all = window.chart_at_rest();
    assert!(lit(&all).len() > 300 && dimmed(&all).is_empty(), "without an overlay all is as clear");
    window.press(&[Key::Char('o')]);
    window.click_on("[data-testid=overlay][data-overlay=meetings]");
    window.by_test_id("overlay-count");
    let shown = window.wait_for("the overlay on the chart", || {
        let chart = window.chart_at_rest();
        (!dimmed(&chart).is_empty()).then_some(chart)
    });
    window.pictures("meetings");
    assert!(window.text("overlay-legend").contains("Waar organisaties elkaar raken"), "the legend says so");

    let nodes: BTreeSet<String> = ids(&shown["nodes"], false, "id").into_iter().collect();
    let links: BTreeSet<String> = ids(&shown["links"], false, "ids").into_iter().collect();
    let listed = Lit { entities: nodes, links, meetings: listed(&window) };
    let off = |one: &Lit, other: &Lit| {
        one.meetings
            .iter()
            .filter(|(id, _)| !other.meetings.contains_key(*id))
            .map(|(id, _)| stated.called(id))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        listed,
        expected,
        "lit and no meeting: {:?}; a meeting and not lit: {:?}",
        off(&listed, &expected),
        off(&expected, &listed)
    );

    let joins = key::joins();
    let mut found = BTreeSet::new();
    for join in &joins {
        let at = stated.of(join);
        let lit: Vec<&String> = listed
            .meetings
            .iter()
            .filter(|(id, of)| at.contains(*id) && of.iter().eq(join.organisations()))
            .map(|(id, _)| id)
            .collect();
        assert!(!lit.is_empty(), "{} ({}) is lit between {:?}", join.id, join.normal, join.organisations());
        found.extend(lit.into_iter().cloned());
    }
    assert_eq!(joins.len(), 12);
    let beyond: Vec<String> = listed
        .meetings
        .iter()
        .filter(|(id, _)| !found.contains(*id))
        .map(|(id, of)| format!("{} ({})", stated.called(id), of.join(", ")))
        .collect();
    println!("12 joins lit; as much a meeting and not in the key: {}: {beyond:#?}", beyond.len());

    // Each leads to its place on the chart.
    window.click_on("[data-testid=meeting]");
    let first = window.script("return document.querySelector('[data-testid=meeting]').dataset.entity", &[]);
    window.page_of(first.as_str().unwrap());
    window.chart_at_rest();
    window.screenshot("meeting");
    window.click("overlay-off");
    window.wait_for("all as clear again", || dimmed(&window.chart_at_rest()).is_empty().then_some(()));
}

/// The ids of what is dimmed, or is not.
fn ids(list: &Value, dimmed: bool, name: &str) -> Vec<String> {
    let those = list.as_array().unwrap().iter().filter(|one| one["dimmed"] == dimmed);
    let each = those.flat_map(|one| one[name].as_array().cloned().unwrap_or_else(|| vec![one[name].clone()]));
    each.map(|id| id.as_str().unwrap().to_owned()).collect()
}

fn lit(chart: &Value) -> Vec<String> {
    [ids(&chart["nodes"], false, "id"), ids(&chart["links"], false, "ids")].concat()
}

fn dimmed(chart: &Value) -> Vec<String> {
    [ids(&chart["nodes"], true, "id"), ids(&chart["links"], true, "ids")].concat()
}

/// The list beside the chart, scrolled through.
fn listed(window: &Window) -> BTreeMap<String, [String; 2]> {
    let rows = window
        .session()
        .script_async(
            "const done = arguments[0];
             const list = document.querySelector('[data-testid=meetings]');
             const inner = [list, ...list.querySelectorAll('*')].find((one) => one.scrollHeight > one.clientHeight + 4) ?? list;
             const found = {};
             const step = (top) => {
                 inner.scrollTop = top;
                 requestAnimationFrame(() => requestAnimationFrame(() => {
                     for (const { dataset } of document.querySelectorAll('[data-testid=meeting]')) found[dataset.entity] = dataset.organisations;
                     if (top > inner.scrollHeight) { inner.scrollTop = 0; done(found); } else step(top + 100);
                 }));
             };
             step(0);",
            &[],
        )
        .unwrap();
    let two = |of: &Value| {
        let mut codes = of.as_str().unwrap().split(' ').map(str::to_owned);
        [codes.next().unwrap(), codes.next().unwrap()]
    };
    rows.as_object().unwrap().iter().map(|(id, of)| (id.clone(), two(of))).collect()
}

impl Stated {
    /// Reads every statement of the case, one entity or link after the other.
    fn read(case: &Case) -> Self {
        let out = |format: &str| {
            let file = case.at(format!("uit.{format}"));
            case.run("interchange", &["export", file.to_str().unwrap(), "--format", format]).done();
            std::fs::read_to_string(file).unwrap()
        };
        let rows = out("ftm");
        let all: Vec<Value> = rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
        let table = out("csv");
        let links: BTreeMap<&str, [String; 2]> = table
            .lines()
            .skip(1)
            .filter_map(|row| {
                // Ids come before anything that is quoted.
                let cells: Vec<&str> = row.split(',').collect();
                let id = cells.iter().copied().skip(2).find(|cell| all.iter().any(|one| one["id"] == *cell))?;
                let mut ends = [cells[0].to_owned(), cells[1].to_owned()];
                ends.sort();
                Some((id, ends))
            })
            .collect();
        let mut stated = Self::default();
        for one in &all {
            let id = one["id"].as_str().unwrap();
            let statements = case.json("statements", &[id]);
            let statements = statements.as_array().unwrap();
            let by = |statement: &Value| statement["organisation"].as_str().unwrap().to_owned();
            let Some(ends) = links.get(id) else {
                for statement in statements {
                    stated.knows.entry(id.to_owned()).or_default().insert(by(statement));
                    if let Some(words) = statement["value"].as_str() {
                        stated.values.entry(id.to_owned()).or_default().insert((by(statement), words.to_owned()));
                    }
                }
                continue;
            };
            if statements.iter().all(|statement| statement["document"].is_null()) {
                stated.hypotheses.insert(id.to_owned(), ends.clone());
                continue;
            }
            let (organisations, of) = stated.facts.entry(ends.clone()).or_default();
            organisations.extend(statements.iter().map(by));
            of.insert(id.to_owned());
            for end in ends {
                stated.knows.entry(end.clone()).or_default().extend(statements.iter().map(by));
            }
        }
        stated
    }

    /// The definition: a way of two steps over an entity that two organisations know and no third, which is in what no organisation alone
    /// states; and a hypothesis from what only the one knows to what only the other knows.
    fn meetings(&self) -> Lit {
        let mut lit = Lit::default();
        for (middle, knows) in &self.knows {
            let Ok([one, other]) = <[&String; 2]>::try_from(knows.iter().collect::<Vec<_>>()) else { continue };
            let steps: Vec<_> =
                self.facts.iter().filter(|(ends, _)| ends.contains(middle) && ends[0] != ends[1]).collect();
            for (from, (states, links)) in &steps {
                for (to, (state, others)) in &steps {
                    let alone = states.intersection(state).next().is_some();
                    if from == to || alone || states.is_empty() || state.is_empty() {
                        continue;
                    }
                    lit.links.extend(links.iter().chain(others).cloned());
                    lit.entities.extend(from.iter().chain(*to).cloned());
                    lit.meetings.insert(middle.clone(), [one.clone(), other.clone()]);
                }
            }
        }
        for (link, [from, to]) in &self.hypotheses {
            let (knows, know) = (&self.knows[from], &self.knows[to]);
            if knows.len() == 1 && know.len() == 1 && knows != know {
                let mut both: Vec<String> = knows.union(know).cloned().collect();
                both.sort();
                lit.links.insert(link.clone());
                lit.entities.extend([from.clone(), to.clone()]);
                lit.meetings.insert(link.clone(), both.try_into().unwrap());
            }
        }
        lit
    }

    /// Where a join can be lit: an entity of which its identifier is said, and a hypothesis between two of which it is.
    fn of(&self, join: &Join) -> BTreeSet<String> {
        let says = |id: &str| self.values.get(id).is_some_and(|values| values.iter().any(|(_, value)| join.is(value)));
        let entities = self.values.keys().filter(|id| says(id)).cloned();
        let hypotheses = self.hypotheses.iter().filter(|(_, ends)| ends.iter().all(|end| says(end)));
        entities.chain(hypotheses.map(|(id, _)| id.clone())).collect()
    }

    /// What something is called.
    fn called(&self, id: &str) -> String {
        let own = |id: &str| {
            self.values
                .get(id)
                .and_then(|values| values.iter().next())
                .map_or(id.to_owned(), |(_, value)| value.clone())
        };
        self.hypotheses
            .get(id)
            .map_or_else(|| own(id), |ends| ends.iter().map(|end| own(end)).collect::<Vec<_>>().join(" - "))
    }
}
