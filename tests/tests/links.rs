//! Every link of the demo case, opened in the real window: each passage that it rests on opens in its document, highlighted.

use std::collections::BTreeSet;

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::demo::{demo, import};
use koplamp_tests::network::network;
use koplamp_tests::window::{Key, Start};
use serde_json::Value;

/// A passage as the window opened it: link, document, page, and what was highlighted there.
type Opened = (String, String, u64, String);

/// Goes down the list of entities and links, chooses each link that was not opened yet, and opens each passage on its page; after so many
/// links it says how far it is. What is highlighted is read once the passage is the open one, its document is shown, and the highlighted words
/// are in sight; when the words are not those of the passage, that is waited out, and then read as they are.
const OPEN_LINKS: &str = r#"
    const [wanted, most, done] = arguments;
    const left = new Set(wanted);
    const [reached, opened] = [[], []];
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    // Not from frame to frame: what is there need not be drawn to be read, and drawing is what takes time.
    const soon = () => new Promise((next) => setTimeout(next, 4));
    const until = async (ask, patience = 30000) => {
        const end = performance.now() + patience;
        for (;;) {
            const answer = ask();
            if (answer || performance.now() > end) return answer;
            await soon();
        }
    };
    const page = (id) => document.querySelector(`[data-testid=entity-page][data-entity="${id}"]`);
    const list = document.querySelector("[data-testid=entity-grid]");
    const row = () => [...list.querySelectorAll("[data-testid=entity-row]")].find((row) => left.has(row.dataset.entity));
    const next = async () => {
        const end = performance.now() + 30000;
        while (performance.now() < end) {
            const found = row();
            if (found) return found;
            // What is not read yet has no id; at the end it begins anew.
            const last = list.scrollTop + list.clientHeight >= list.scrollHeight - 2;
            list.scrollTop = last ? 0 : list.scrollTop + list.clientHeight / 2;
            await frame();
            await frame();
        }
        return null;
    };
    const shown = (passage) => {
        const view = document.querySelector(`[data-testid=document-view][data-document="${passage.dataset.document}"]`);
        const marks = [...(view?.querySelectorAll("[data-testid=match-current]") ?? [])];
        if (marks.length === 0 || passage.getAttribute("aria-current") !== "true") return null;
        const [at, around] = [marks[0], marks[0].closest("[data-scroller]")].map((one) => one.getBoundingClientRect());
        if (at.height === 0 || at.top < around.top || at.top > around.bottom) return null;
        return { page: Number(marks[0].closest("[data-page]").dataset.page), text: marks.map((mark) => mark.textContent).join("") };
    };
    const run = async () => {
        const end = performance.now() + 90000;
        while (left.size > 0 && reached.length < most && performance.now() < end) {
            const found = await next();
            if (!found) break;
            const link = found.dataset.entity;
            found.click();
            const of = await until(() => page(link), 5000);
            // The list may have changed under the press.
            if (!of) continue;
            left.delete(link);
            reached.push(link);
            const seen = new Set();
            for (const passage of of.querySelectorAll("[data-testid=passage]")) {
                const words = passage.querySelector(".words").textContent;
                const name = [passage.dataset.document, passage.dataset.page, words].join();
                if (seen.has(name)) continue;
                seen.add(name);
                passage.click();
                await until(() => shown(passage)?.text === words, 5000);
                const found = shown(passage);
                opened.push([link, passage.dataset.document, found?.page ?? 0, found?.text ?? "nothing is highlighted"]);
            }
        }
        return [reached, opened];
    };
    run().then(done, (error) => done(String(error)));
"#;

#[test]
fn every_link_of_the_demo_case_opens_its_passages_highlighted() {
    let case = Case::in_memory();
    import(&case);
    case.json("record", &[demo().statements().to_str().unwrap(), "--chart", "Grijsmonde"]);
    let known = network(&case);
    let links = known.iter().filter(|(_, item)| item.ends.is_some());
    let expected: BTreeSet<Opened> = links
        .clone()
        .flat_map(|(id, item)| item.passages.iter().map(move |passage| (id, passage)))
        .map(|(id, passage)| (id.clone(), passage.document.clone(), u64::from(passage.page), passage.quote.clone()))
        .collect();

    let window = Start::new(&case, "links").argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    window.click("room-entities");
    window.click("entity-links");
    window.by_test_id("entity-row");
    let all: BTreeSet<String> = links.map(|(id, _)| id.clone()).collect();
    let (mut left, mut opened) = (all.clone(), BTreeSet::<Opened>::new());
    while !left.is_empty() {
        // Only what a person does keeps the workspace from locking.
        window.press(&[Key::Shift]);
        let wanted: Vec<Value> = left.iter().map(|link| Value::from(link.as_str())).collect();
        let answer = window.session().script_async(OPEN_LINKS, &[wanted.into(), 20.into()]).unwrap();
        let [links, passages] = [0, 1].map(|part| answer[part].as_array().unwrap_or_else(|| panic!("{answer}")));
        assert!(!links.is_empty(), "these links are not in the list: {left:?}");
        for link in links {
            left.remove(link.as_str().unwrap());
        }
        opened.extend(passages.iter().map(|passage| {
            let text = |at: usize| passage[at].as_str().unwrap().to_owned();
            (text(0), text(1), passage[2].as_u64().unwrap(), text(3))
        }));
    }
    window.screenshot("last");
    println!("{} links, {} passages of them opened", all.len(), opened.len());
    let missing: Vec<_> = expected.difference(&opened).collect();
    let besides: Vec<_> = opened.difference(&expected).collect();
    assert!(missing.is_empty() && besides.is_empty(), "not as they stand: {missing:#?}\ninstead: {besides:#?}");
    assert!(all.len() > 200, "{} links are too few to say anything", all.len());
}
