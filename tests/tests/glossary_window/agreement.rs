//! A mapping that the police propose, the tax administration disputes, and both come to agree on.

use koplamp_tests::Case;
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::window::{Key, Start, Window};
use serde_json::Value;

use crate::words;

const DIFFERENCE: &str = "Bij de politie elk ongetoetst gegeven, bij de Belastingdienst een gegeven over een aangifte.";
const OBJECTION: &str = "Een renseignement is vaak een verplichte opgave van een bank. Daar is niets verdachts aan.";
const CONSEQUENCE: &str = "Wie een renseignement als signaal doorgeeft, maakt van een gewone opgave een verdenking.";

#[test]
fn a_mapping_is_proposed_disputed_and_agreed() {
    let case = Case::new();
    case.json("glossary", &["seed"]);
    let before = case.digest();
    let signal = concept(&case, "signaal", "politie");
    let report = concept(&case, "renseignement", "belastingdienst");
    let between = |view: &Value| {
        let to = view["to"].as_array().unwrap().iter();
        view["from"]["concept"] == signal.as_str() && to.map(|to| &to["concept"]).eq([report.as_str()])
    };
    assert!(!mappings(&case).iter().any(between), "nobody has said anything of these two yet");

    // The police propose.
    let window = open(&case, "agreement-police");
    window.press(&[Key::Control, Key::Char('8')]);
    window.type_into("glossary-filter", "signaal");
    window.click_on(&format!("[data-testid=glossary-concept][data-concept=\"{signal}\"][data-organisation=politie]"));
    window.element(&format!("[data-testid=concept-card][data-concept=\"{signal}\"]"));
    window.pictures("side-by-side");
    window.click("concept-map");
    window.click("relation-nearly_same");
    window.type_into("mapping-to", "rens");
    window.click_on(&format!("[data-testid=mapping-to-option][data-concept=\"{report}\"]"));
    window.click("mapping-propose");
    assert!(window.has("mapping-propose"), "what differs must be said");
    window.type_into("mapping-difference", DIFFERENCE);
    window.pictures("mapping-sheet");
    window.click("mapping-propose");
    let mapping = window.wait_for("the mapping", || window.attribute("mapping-card", "data-mapping"));
    stands(&window, "proposed");
    drop(window);
    let told = |status: &str| {
        let view = mappings(&case).into_iter().find(|view| view["mapping"] == mapping.as_str()).unwrap();
        assert_eq!(view["status"], status, "{view}");
        view
    };
    let proposed = told("proposed");
    assert!(between(&proposed), "{proposed}");
    assert_eq!((&proposed["relation"], &proposed["proposed_by"]), (&"nearly_same".into(), &"politie".into()));
    assert_eq!(words(&proposed["difference"]), [DIFFERENCE]);

    // The tax administration disputes it, with the reason.
    let window = open(&case, "agreement-tax");
    window.look_through("belastingdienst");
    queue(&window, "proposed", &mapping);
    window.press(&[Key::Char('d')]);
    window.by_test_id("verdict-reason");
    window.type_into("verdict-reason", OBJECTION);
    window.press(&[Key::Control, Key::Enter]);
    stands(&window, "disputed");
    assert!(window.text("mapping-card").contains(OBJECTION), "the other side reads why");
    window.pictures("disputed");
    drop(window);
    let disputed = told("disputed");
    let review = &disputed["reviews"].as_array().unwrap()[0];
    assert_eq!((&review["organisation"], &review["reason"]), (&"belastingdienst".into(), &OBJECTION.into()));

    // The police see that, and propose something else; both sides agree with it.
    let window = open(&case, "agreement-both");
    queue(&window, "disputed", &mapping);
    window.click("mapping-edit");
    window.click("relation-related");
    window.type_into("mapping-consequence", CONSEQUENCE);
    window.click("mapping-propose");
    window.gone("mapping-propose");
    stands(&window, "proposed");
    queue(&window, "proposed", &mapping);
    window.press(&[Key::Char('a')]);
    window.element("[data-testid=verdict][data-organisation=politie][data-verdict=accept]");
    stands(&window, "proposed");
    window.look_through("belastingdienst");
    queue(&window, "proposed", &mapping);
    window.press(&[Key::Char('a')]);
    window.element("[data-testid=verdict][data-organisation=belastingdienst][data-verdict=accept]");
    stands(&window, "agreed");
    queue(&window, "agreed", &mapping);
    window.pictures("agreed");
    drop(window);
    let agreed = told("agreed");
    assert_eq!(agreed["relation"], "related", "{agreed}");
    let sides = agreed["reviews"].as_array().unwrap().iter().map(|one| (&one["organisation"], &one["verdict"]));
    let sides: Vec<_> = sides.collect();
    assert!(sides.len() == 2 && sides.iter().all(|(_, verdict)| *verdict == "accept"), "{agreed}");
    let only = case.json("glossary", &["mappings", "--status", "agreed"]);
    assert_eq!(only["mappings"].as_array().unwrap().len(), 1, "nothing of the seed is agreed: {only}");

    for _ in 0..5 {
        case.run::<&str>("undo", &[]).done();
    }
    assert_eq!(case.digest(), before, "five acts taken back give the glossary from before them");
}

fn open(case: &Case, name: &str) -> Window {
    let window = Start::new(case, name).argument(case.workspace()).window();
    window.set_size(1280, 800);
    window.open(PASSPHRASE);
    window
}

/// Chooses the mapping in the queue, among those that stand so, with the keyboard on it.
fn queue(window: &Window, status: &str, mapping: &str) {
    window.press(&[Key::Control, Key::Char('8')]);
    window.click("glossary-tab-review");
    window.click_on(&format!("[data-testid=mapping-filter][data-status={status}]"));
    let row = format!("[data-testid=mapping][data-mapping=\"{mapping}\"]");
    let mut top = 0;
    window.wait_for(&format!("row of {mapping}"), || {
        let found = window.script(
            "const [row, top] = arguments;
             const found = document.querySelector(row);
             if (found) { found.scrollIntoView({ block: 'center' }); return true; }
             const list = document.querySelector('[data-testid=mappings]');
             const inner = [list, ...list.querySelectorAll('*')].find((one) => one.scrollHeight > one.clientHeight + 4) ?? list;
             inner.scrollTop = top;
             return inner.scrollTop < top ? 'end' : null",
            &[row.as_str().into(), top.into()],
        );
        top = if found == "end" { 0 } else { top + 200 };
        (found == true).then_some(())
    });
    window.click_on(&row);
    window.element(&format!("[data-testid=mapping-card][data-mapping=\"{mapping}\"]"));
}

/// The card of the mapping says where it stands, in the words for it.
fn stands(window: &Window, status: &str) {
    window.element(&format!("[data-testid=mapping-card][data-status={status}]"));
    let words = [("proposed", "voorgesteld"), ("disputed", "betwist"), ("agreed", "afgesproken")];
    let expected = words.iter().find(|(code, _)| *code == status).unwrap().1;
    let shown = window.texts("[data-testid=mapping-card] [data-testid=mapping-status]");
    assert_eq!(shown, [expected]);
}

fn mappings(case: &Case) -> Vec<Value> {
    case.json("glossary", &["mappings"])["mappings"].as_array().unwrap().clone()
}

fn concept(case: &Case, word: &str, organisation: &str) -> String {
    let found = case.json("glossary", &["look-up", word]);
    let senses = found["senses"].as_array().unwrap();
    let own = senses.iter().find(|sense| sense["organisation"] == organisation).unwrap();
    own["concept"].as_str().unwrap().to_owned()
}
