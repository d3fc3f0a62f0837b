//! The card on *aangifte* in a report of the police, as a tax analyst sees it.

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::demo::demo;
use koplamp_tests::window::{Key, Start, Window};
use serde_json::Value;

use crate::words;

const REPORT: &str = "politie/pv-aangifte-diefstal-zegels.pdf";

/// Where a word stands, which sense it has there, and why.
type Sense = (u64, String, String);

#[test]
fn a_tax_analyst_reads_what_aangifte_means_in_a_report_of_the_police_and_says_what_it_means_here() {
    let case = Case::of("belastingdienst");
    case.json("glossary", &["seed"]);
    let report = demo().file(REPORT);
    let labels = ["--organisation", "politie", "--source", "BVH", "--purpose", "wpg-8"];
    case.run("import", &[&[report.to_str().unwrap()], &labels[..]].concat()).done();
    let senses = case.json("glossary", &["look-up", "aangifte"])["senses"].as_array().unwrap().clone();
    let of = |organisation: &str| senses.iter().find(|sense| sense["organisation"] == organisation).unwrap();
    let (police, tax) = (of("politie"), of("belastingdienst"));
    assert_eq!(&senses[0], tax, "without a lens it is the workspace's own");

    let window = Start::new(&case, "card").argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    let at = open_report(&window);
    window.open_card(at);
    says(&window, police, tax);
    window.pictures("card");

    // One key says what is meant here.
    let before = senses_at(&window);
    let own = option(&window, tax);
    window.press(&[Key::Char(own)]);
    let fixed = window.wait_for("the sense that was said", || {
        let now = senses_at(&window);
        (sense(&now, at).2 == "person").then_some(now)
    });
    assert_eq!(sense(&fixed, at).1, id(tax), "the sense of the key that was pressed");
    let others = |all: &[Sense]| all.iter().filter(|one| one.0 != at).cloned().collect::<Vec<_>>();
    assert_eq!(others(&fixed), others(&before), "here, and nowhere else");
    assert_eq!(window.attribute("sense-card", "data-basis").as_deref(), Some("person"), "and the card says so");
    window.screenshot("card-fixed");
    window.press(&[Key::Escape]);
    window.gone("sense-card");

    window.press(&[Key::Control, Key::Char('z')]);
    window.wait_for("the sense from before", || (senses_at(&window) == before).then_some(()));
    window.press(&[Key::Control, Key::Shift, Key::Char('z')]);
    window.wait_for("the sense that was said", || (senses_at(&window) == fixed).then_some(()));

    drop(window);
    let window = Start::new(&case, "card-again").argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    assert_eq!(open_report(&window), at);
    window.wait_for("the sense that was said before the restart", || (senses_at(&window) == fixed).then_some(()));
    // The same card, by the keyboard alone.
    window.press(&[Key::Char('g')]);
    window.by_test_id("sense-card");
    for _ in 0..before.len() {
        if window.attribute("sense-card", "data-basis").as_deref() == Some("person") {
            break;
        }
        let shown = window.attribute("sense-card", "data-word");
        let seen =
            window.script("return document.querySelector('[aria-expanded=true][data-sense]')?.dataset.sense", &[]);
        window.press(&[Key::Char('g')]);
        window.wait_for(&format!("a card after that of {shown:?}"), || {
            let now =
                window.script("return document.querySelector('[aria-expanded=true][data-sense]')?.dataset.sense", &[]);
            (now != seen && window.has("sense-card")).then_some(())
        });
    }
    assert_eq!(window.attribute("sense-card", "data-concept").as_deref(), Some(id(tax)));
    window.press(&[Key::Char('0')]);
    window.wait_for("the sense from before", || (senses_at(&window) == before).then_some(()));
}

/// Opens the report from a search for the word; the character at which *aangifte* stands first.
fn open_report(window: &Window) -> u64 {
    // As a phrase: the word as it is written, whatever it means.
    assert_eq!(window.search("\"aangifte\""), 1);
    window.open_first_hit();
    window.wait_for("aangifte underlined", || {
        let words = window.sense_words();
        words.iter().find(|(_, word)| word.eq_ignore_ascii_case("aangifte")).map(|(start, _)| *start)
    })
}

/// What the card says: both meanings with their sources, how they relate, and what goes wrong.
fn says(window: &Window, police: &Value, tax: &Value) {
    let text = window.texts("[data-testid=sense-card]").concat();
    assert_eq!(window.attribute("sense-card", "data-concept").as_deref(), Some(id(police)), "the author's sense");
    for sense in [police, tax] {
        // The addresses on the web are left out.
        let named = |source: &'_ str| source.split(", http").next().unwrap_or_default().to_owned();
        let sources: Vec<String> = words(&sense["sources"]).into_iter().map(named).collect();
        assert!(!sources.is_empty() && sources.iter().all(|source| source.len() > 10), "{sources:?}");
        for said in words(&sense["definitions"]).into_iter().chain(sources.iter().map(String::as_str)) {
            assert!(text.contains(said), "{said:?} stands in the card: {text}");
        }
    }
    assert!(text.contains("Politie") && text.contains("Belastingdienst"), "{text}");
    let mapping = |one: &&Value| one["organisation"] == "belastingdienst";
    let mapping = police["mappings"].as_array().unwrap().iter().find(mapping).unwrap();
    assert_eq!(mapping["relation"], "false_friend");
    assert_eq!(window.attribute("sense-card", "data-relation").as_deref(), Some("false_friend"));
    assert!(text.contains("zelfde woord, andere betekenis"), "in plain words: {text}");
    let risks = window.texts("[data-testid=sense-risk]");
    assert_eq!(risks, words(&mapping["consequence"]), "what goes wrong");
    let basis = window.texts("[data-testid=sense-basis]").concat();
    assert!(basis.starts_with("Gekozen om"), "and why it is taken so: {basis}");
    // The whole card is on the screen.
    let seen = window.script(
        "const card = document.querySelector('[data-testid=sense-card]').getBoundingClientRect();
         return card.left >= 0 && card.top >= 0 && card.right <= innerWidth && card.bottom <= innerHeight",
        &[],
    );
    assert_eq!(seen, true);
}

/// The digit of a sense in the card.
fn option(window: &Window, sense: &Value) -> char {
    let place = window.wait_for("the senses to choose from", || {
        let options = window.script(
            "return [...document.querySelectorAll('[data-testid=sense-option]')].map((one) => one.dataset.concept)",
            &[],
        );
        options.as_array()?.iter().position(|one| one == &sense["concept"])
    });
    char::from_digit(u32::try_from(place + 1).unwrap(), 10).expect("it has a digit")
}

/// The sense of every underlined word.
fn senses_at(window: &Window) -> Vec<Sense> {
    let senses = window.script(
        "return [...document.querySelectorAll('[data-testid=sense-word]')].map(({ dataset }) => [Number(dataset.sense), dataset.concept, dataset.basis])",
        &[],
    );
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    senses.as_array().unwrap().iter().map(|one| (one[0].as_u64().unwrap(), text(&one[1]), text(&one[2]))).collect()
}

fn sense(senses: &[Sense], at: u64) -> &Sense {
    senses.iter().find(|sense| sense.0 == at).unwrap()
}

fn id(sense: &Value) -> &str {
    sense["concept"].as_str().unwrap()
}
