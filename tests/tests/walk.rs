//! The demo case solved in the real window by somebody who knows the tools and not the answer: `docs/walk.en.md` tells the same walk. What
//! is expected comes from the answer key.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::demo::{demo, import, merges};
use koplamp_tests::key::{self, Join, Side};
use koplamp_tests::network::{Item, network};
use koplamp_tests::window::{Start, Window};
use serde_json::Value;

/// The case before anybody has put anything together: each organisation's facts, all on one chart.
struct Walk {
    window: Window,
    /// What the library has of each entity and link.
    items: BTreeMap<String, Item>,
    /// The files of the key by document.
    files: BTreeMap<String, String>,
    /// Entities by the names of the file of statements.
    named: BTreeMap<String, String>,
    _case: Case,
}

#[test]
fn the_demo_case_is_solved_with_the_tools_alone() {
    let walk = Walk::begin();
    walk.joins();
    walk.judge();
    walk.brokers();
}

impl Walk {
    fn begin() -> Self {
        let case = Case::new();
        import(&case);
        let recorded = case.json("record", &[demo().statements().to_str().unwrap(), "--chart", "Grijsmonde"]);
        let named = recorded["entities"].as_object().unwrap().iter();
        let named = named.map(|(name, id)| (name.clone(), id.as_str().unwrap().to_owned())).collect();
        let items = network(&case);
        let documents = case.documents();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let files = documents.iter().map(|one| (text(&one["id"]), demo().source_of(&text(&one["path"])))).collect();
        let window = Start::new(&case, "walk").argument(case.workspace()).window();
        window.set_size(1280, 800);
        window.open(PASSPHRASE);
        Self { window, items, files, named, _case: case }
    }

    /// What stands between two organisations is measured; a path from a fact of the one to a fact of the other leads over it, and each
    /// side to its passage.
    fn joins(&self) {
        let window = &self.window;
        window.click("room-chart");
        window.chart_at_rest();
        window.measure_bridging();
        window.guide_picture("walk-measures-light");
        let (mut measured, mut searched) = (0, 0);
        for join in &key::joins() {
            let here: Vec<&String> =
                self.items.iter().filter(|(_, item)| self.between(item, join)).map(|(id, _)| id).collect();
            match here[..] {
                [entity] => {
                    measured += 1;
                    self.join(join, entity);
                }
                // Two names that nobody has put together yet: the words have to be looked for.
                _ => {
                    searched += 1;
                    self.search(join);
                }
            }
        }
        println!("{measured} joins by measure and path, {searched} by search");
        assert_eq!((measured, searched), (11, 1));
    }

    /// Whether an entity has the identifier of a join, and both organisations have facts about it or links to it.
    fn between(&self, item: &Item, join: &Join) -> bool {
        item.ends.is_none() && item.values.iter().any(|value| join.is(value)) && {
            let own = self.items.iter().find(|(_, other)| std::ptr::eq(*other, item)).map(|(id, _)| id).unwrap();
            join.sides.iter().all(|side| self.links(own, side, &join.files).next().is_some())
        }
    }

    /// The links of an entity that only this side states; first those whose passage has the identifier as it stands on that
    /// side, then those that rest on a file of the key.
    fn links<'a>(
        &'a self,
        entity: &'a str,
        side: &'a Side,
        files: &'a [String],
    ) -> impl Iterator<Item = (&'a String, &'a Item)> {
        let of = |(_, item): &(&String, &Item)| {
            item.ends.as_ref().is_some_and(|ends| ends.iter().any(|end| end == entity))
                && item.organisations.iter().eq([&side.organisation])
                && !item.passages.is_empty()
        };
        let mut links: Vec<_> = self.items.iter().filter(of).collect();
        let ends = |item: &'a Item| item.ends.iter().flatten().map(|end| &self.items[end].label).collect::<Vec<_>>();
        links.sort_by_key(|(_, item)| {
            let stands = item.passages.iter().any(|passage| passage.quote.contains(&side.text));
            let named = item.passages.iter().any(|passage| files.contains(&self.files[&passage.document]));
            (!stands, !named, ends(item))
        });
        links.into_iter()
    }

    fn join(&self, join: &Join, entity: &str) {
        let window = &self.window;
        window.open_panel("measures");
        if window.count("[aria-sort=descending] > [data-testid=chart-sort-bridging]") == 0 {
            window.measure_bridging();
        }
        let between = window.choose_measured(entity);
        assert_eq!(
            between,
            [join.organisations().join("+")],
            "{}: ways cross between these two and no others",
            join.id
        );

        let far = |side: usize| {
            let (_, link) = self.links(entity, &join.sides[side], &join.files).next().unwrap();
            let ends = link.ends.as_ref().unwrap();
            let end = if ends[0] == entity { &ends[1] } else { &ends[0] };
            (end.as_str(), self.items[end].label.as_str())
        };
        let (from, to) = (far(0), far(1));
        window.find_paths(from, to);
        let way = format!("[data-testid=chart-path][data-entities=\"{} {entity} {}\"]", from.0, to.0);
        window.click_on(&way);
        let shown = window.element(&way);
        let text = window.session().text(&shown).unwrap();
        assert!(text.contains(&self.items[entity].label), "{}: {text}", join.id);
        let steps = window.wait_for("the passages of both steps", || {
            let steps = window.script(
                "return [...document.querySelectorAll('[data-testid=chart-passage]')].map(({ dataset }) => ({ ...dataset }))",
                &[],
            );
            let steps = steps.as_array()?.clone();
            let of: BTreeSet<&str> = steps.iter().filter_map(|step| step["organisation"].as_str()).collect();
            (of.len() > 1).then_some(steps)
        });
        let of: Vec<&str> = steps
            .iter()
            .filter_map(|step| step["organisation"].as_str())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        assert_eq!(of, join.organisations(), "{}: the facts of these two and of nobody else", join.id);
        if join.id == "J01" {
            window.chart_at_rest();
            window.guide_picture("walk-path-light");
        }
        println!("{}: {} - {} - {}", join.id, from.1, self.items[entity].label, to.1);
        let before = self.seen();
        for side in &join.sides {
            self.opens(join, side);
        }
        window.click("document-close");
        window.gone("document-view");
        let after = self.seen();
        let off = (0..3).map(|part| (before[part] - after[part]).abs()).fold(0.0, f64::max);
        assert!(off < 0.01, "{}: the chart was seen at {before:?}, and is at {after:?} afterwards", join.id);
    }

    /// Which part of the chart is seen: scale, and where its origin lies.
    fn seen(&self) -> [f64; 3] {
        let chart = self.window.chart_at_rest();
        ["scale", "dx", "dy"].map(|part| chart[part].as_f64().unwrap())
    }

    /// A passage of this side opens at the words in a document of that organisation, and the chart stays as it was seen.
    fn opens(&self, join: &Join, side: &Side) {
        let window = &self.window;
        let passage = format!("[data-testid=chart-passage][data-organisation={}]", side.organisation);
        let named = self.files.iter().filter(|(_, file)| join.files.contains(file));
        let named: Vec<Value> = named.map(|(document, _)| Value::from(document.as_str())).collect();
        // The panel comes again beside the document, and reads its passages anew.
        let (document, quote) = window.wait_for("a passage of this side", || {
            let found = window.script(
                "const [passage, words, named] = arguments;
                 const all = [...document.querySelectorAll(passage)];
                 const one = all.find((each) => each.textContent.includes(words))
                     ?? all.find((each) => named.includes(each.dataset.document)) ?? all[0];
                 for (const each of all) each.removeAttribute('data-chosen');
                 one?.setAttribute('data-chosen', '');
                 return one && [one.dataset.document, one.querySelector('.said').textContent]",
                &[passage.as_str().into(), side.text.as_str().into(), named.clone().into()],
            );
            Some((found[0].as_str()?.to_owned(), found[1].as_str()?.to_owned()))
        });
        window.click_on(&format!("{passage}[data-chosen]"));
        window.element(&format!("[data-testid=document-view][data-document=\"{document}\"]"));
        window.wait_for("the quoted words highlighted", || (window.current_match() == quote).then_some(()));
        let file = &self.files[&document];
        assert_eq!(file.split('/').next(), Some(side.organisation.as_str()), "{}: {file}", join.id);
        assert!(join.files.contains(file), "{}: the key names {:?}, and not {file}", join.id, join.files);
        if join.id == "J01" {
            window.chart_at_rest();
            window.guide_picture(&format!("walk-passage-{}-light", side.organisation));
        }
    }

    /// The identifier is looked for by its words: both sides are hits, no other organisation is, and each opens at the words.
    fn search(&self, join: &Join) {
        let window = &self.window;
        let total = window.search(&format!("\"{}\"", join.normal));
        window.wait_for("the hits", || (window.count("[data-testid=hit]") == total).then_some(()));
        let hits = window.script(
            "return [...document.querySelectorAll('[data-testid=hit]')].map((hit) => hit.dataset.document)",
            &[],
        );
        let hits: Vec<&str> = hits.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let of: BTreeSet<&str> = hits.iter().filter_map(|hit| self.files[*hit].split('/').next()).collect();
        assert_eq!(of, BTreeSet::from(join.organisations()), "{}: {hits:?}", join.id);
        for side in &join.sides {
            let document = hits.iter().find(|hit| self.files[**hit] == side.file);
            let document = document.unwrap_or_else(|| panic!("{}: {} is a hit", join.id, side.file));
            window.click_on(&format!("[data-testid=hit][data-document=\"{document}\"] [data-testid=hit-passage]"));
            window.element(&format!("[data-testid=document-view][data-document=\"{document}\"]"));
            let words = window.current_match();
            assert!(join.normal.to_lowercase().contains(&words.to_lowercase()), "{}: {words}", join.id);
            window.guide_picture("walk-search-light");
        }
        window.click("document-close");
        window.click("room-chart");
    }

    /// What the joins have shown to be one is judged to be one, with the reason.
    fn judge(&self) {
        let window = &self.window;
        for (entities, reason) in merges() {
            let entities: Vec<&str> = entities.iter().map(|name| self.named[name].as_str()).collect();
            window.judge_one(&entities, &reason);
        }
        window.click("chart-table");
        window.gone("chart-table-entities");
        // The word of the last one goes by itself.
        window.wait_for("nothing said any more", || (window.count(".toast") == 0).then_some(()));
    }

    /// The first two are the brokers of the key, for reasons that are said, and every organisation's passage about them opens.
    fn brokers(&self) {
        let window = &self.window;
        let ranked = window.rank_brokers();
        let expected = key::brokers();
        let first: BTreeSet<&str> = ranked.iter().take(2).map(String::as_str).collect();
        assert_eq!(first, expected.iter().map(|broker| broker.name.as_str()).collect(), "{ranked:?}");
        for broker in &expected {
            let place = ranked.iter().position(|name| *name == broker.name).unwrap();
            let row = format!("li:nth-child({}) > [data-testid=chart-broker]", place + 1);
            window.click_on(&row);
            let entity = window.session().attribute(&window.element(&row), "data-entity").unwrap().unwrap();
            window.page_of(&entity);
            let reasons = window.script(
                "return [...document.querySelectorAll(`${arguments[0]} [data-testid=chart-broker-reason]`)].map((one) => one.textContent)",
                &[row.as_str().into()],
            );
            let reasons: Vec<&str> = reasons.as_array().unwrap().iter().filter_map(Value::as_str).collect();
            assert!(reasons.iter().any(|reason| reason.contains("kortste wegen")), "{reasons:?}");
            assert!(reasons.len() > 2, "{reasons:?}");
            window.chart_at_rest();
            window.guide_picture(&format!("walk-broker-{}-light", place + 1));
            for organisation in &broker.organisations {
                let statement = format!("[data-testid=statement]:has([data-category={organisation}])");
                let passage = format!("{statement} [data-testid=passage]");
                window.element(&passage);
                let about = window.script(
                    "const passage = document.querySelector(arguments[0]);
                     passage.scrollIntoView({ block: 'center' });
                     return [passage.dataset.document, passage.querySelector('.words').textContent]",
                    &[passage.as_str().into()],
                );
                window.click_on(&passage);
                window.element(&format!("[data-testid=document-view][data-document={}]", about[0]));
                window.wait_for("the quoted words highlighted", || (about[1] == window.current_match()).then_some(()));
                let file = &self.files[about[0].as_str().unwrap()];
                assert_eq!(file.split('/').next(), Some(organisation.as_str()), "{}: {file}", broker.name);
                assert!(broker.files.contains(file), "{}: {file} is none of {:?}", broker.name, broker.files);
            }
            window.click("document-close");
            window.gone("document-view");
        }
    }
}
