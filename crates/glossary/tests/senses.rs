//! Finding terms in texts, and telling their sense.

mod small;

use koplamp_glossary::{Fixed, Lexicon};
use koplamp_model::{Glossary, Kind, Relation, SenseBasis, SenseMark, TermKind};
use proptest::prelude::*;
use small::{concept, id, mapping, nl, term};

/// `aangifte` at three organisations.
fn glossary() -> Glossary {
    let mut glossary = Glossary::default();
    concept(&mut glossary, "politie/aangifte", &["slachtoffer", "diefstal", "inbraak"]);
    concept(&mut glossary, "belastingdienst/aangifte", &["omzetbelasting", "inspecteur", "aanslag"]);
    term(&mut glossary, "belastingdienst/aangifte", "belastingaangifte", TermKind::Alternative);
    concept(&mut glossary, "douane/aangifte", &["invoer", "container", "lading"]);
    concept(&mut glossary, "om/officier van justitie", &[]);
    concept(&mut glossary, "om/OVJ", &[]);
    glossary
}

fn quote(text: &str, mark: &SenseMark) -> String {
    text.chars().skip(mark.start as usize).take((mark.end - mark.start) as usize).collect()
}

/// The places of the marks, each with its basis and the organisation whose sense it has.
fn seen(text: &str, organisation: &str) -> Vec<(String, String, SenseBasis)> {
    let glossary = glossary();
    let of = |mark: &SenseMark| {
        let known = glossary.concepts.iter().find(|known| known.id == mark.sense.concept).expect("a concept");
        known.iri.rsplit('/').nth(1).expect("an organisation").to_owned()
    };
    let marks = Lexicon::new(&glossary).marks(text, organisation, Kind::Txt, &[]);
    marks.iter().map(|mark| (quote(text, mark), of(mark), mark.sense.basis)).collect()
}

#[track_caller]
fn check(text: &str, organisation: &str, expected: &[(&str, &str, SenseBasis)]) {
    let expected: Vec<_> =
        expected.iter().map(|(quote, of, basis)| ((*quote).to_owned(), (*of).to_owned(), *basis)).collect();
    assert_eq!(seen(text, organisation), expected, "{text}");
}

#[test]
fn inflections_count_and_compounds_are_words_of_their_own() {
    use SenseBasis::{Only, Organisation};
    check("Twee AANGIFTEN.", "politie", &[("AANGIFTEN", "politie", Organisation)]);
    check("De belastingaangifte kwam.", "politie", &[("belastingaangifte", "belastingdienst", Only)]);
    check("De loonaangifte kwam.", "politie", &[]);
    check("De officieren van justitie.", "politie", &[("officieren van justitie", "om", Only)]);
    check("De officier van de wacht.", "politie", &[]);
    check("De OVJ belde; ovj is geen woord.", "politie", &[("OVJ", "om", Only)]);
}

#[test]
fn places_count_characters() {
    check("café ĳs 😀 aangifte", "politie", &[("aangifte", "politie", SenseBasis::Organisation)]);
    check("aan-\ngifte", "douane", &[("aan-\ngifte", "douane", SenseBasis::Organisation)]);
}

#[test]
fn the_organisation_then_the_words_around_decide() {
    use SenseBasis::{Context, Organisation, Unsure};
    check("Er is aangifte gedaan.", "douane", &[("aangifte", "douane", Organisation)]);
    check("Er is aangifte gedaan.", "fiod", &[("aangifte", "politie", Unsure)]);
    check("De aangifte omzetbelasting, aldus de inspecteur.", "politie", &[("aangifte", "belastingdienst", Context)]);
    check("Na de inbraak deed het slachtoffer aangifte.", "fiod", &[("aangifte", "politie", Context)]);
    check("Er is aangifte gedaan bij de politie.", "fiod", &[("aangifte", "politie", Context)]);
    // A hint in a compound counts too.
    check("De aangifte met containerlading en invoerrechten.", "politie", &[("aangifte", "douane", Context)]);
}

#[test]
fn what_is_far_or_in_another_sentence_counts_less() {
    let far = "Een container. Later, na veel werk en overleg en nog meer werk, kwam er een aangifte van de buren.";
    check(far, "politie", &[("aangifte", "politie", SenseBasis::Organisation)]);
    let near = "Een container met lading voor de invoer kwam met een aangifte van de buren.";
    check(near, "politie", &[("aangifte", "douane", SenseBasis::Context)]);
}

#[test]
fn one_place_settles_the_same_word_on_the_page() {
    use SenseBasis::Context;
    let text = "De aangifte omzetbelasting was laat.".to_owned()
        + &" Verder niets nieuws te melden.".repeat(12)
        + " Een aangifte dus.";
    check(&text, "fiod", &[("aangifte", "belastingdienst", Context), ("aangifte", "belastingdienst", Context)]);
}

#[test]
fn a_word_that_points_back_means_what_was_said_before() {
    use SenseBasis::{Context, Organisation};
    let said = "De aangifte van de lading voor de invoer is gedaan.";
    let customs = ("aangifte", "douane", Context);
    let own = ("aangifte", "politie", Organisation);
    let later = "Verder is er niets te melden over dit alles, noch over iets anders, zo bleek ons later die middag.";
    check(&format!("{said} {later} Het resultaat van die aangifte kennen wij niet."), "politie", &[customs, customs]);
    check(&format!("{said} {later} Het resultaat van een aangifte kennen wij niet."), "politie", &[customs, own]);
    let far = later.to_owned() + " " + later + " " + later;
    check(&format!("{said} {far} Het resultaat van die aangifte kennen wij niet."), "politie", &[customs, own]);
}

#[test]
fn reasons_are_words_of_the_text_and_ambiguity_is_told() {
    let text = "De aangiften omzetbelasting en een belastingaangifte.";
    let marks = Lexicon::new(&glossary()).marks(text, "politie", Kind::Txt, &[]);
    let [first, second] = marks.as_slice() else { panic!("{marks:?}") };
    assert!(first.ambiguous && !second.ambiguous);
    assert_eq!(first.sense.because.first().map(String::as_str), Some("omzetbelasting"));
    assert_eq!(second.sense.because, [""; 0]);
}

#[test]
fn what_a_person_says_stands() {
    let glossary = glossary();
    let lexicon = Lexicon::new(&glossary);
    let fixed: [Fixed; 3] = [(3..11, id("douane/aangifte")), (0..2, id("om/OVJ")), (20..22, id("of no glossary"))];
    let marks = lexicon.marks("De aangifte en een aangifte.", "politie", Kind::Txt, &fixed);
    let seen: Vec<_> = marks.iter().map(|mark| (mark.start, mark.sense.basis, mark.sense.concept)).collect();
    let person = SenseBasis::Person;
    let rest = (19, SenseBasis::Organisation, id("politie/aangifte"));
    assert_eq!(seen, [(0, person, id("om/OVJ")), (3, person, id("douane/aangifte")), rest]);
    assert!(marks[1].ambiguous && !marks[0].ambiguous);
}

#[test]
fn a_meaning_that_others_share_is_their_own_and_a_default_goes_first() {
    let mut glossary = glossary();
    concept(&mut glossary, "politie/aangifte#vermissing", &["paspoort"]);
    let set = |glossary: &mut Glossary, name: &str, used_by: &[&str], default_for: &[&str]| {
        let known = glossary.concepts.iter_mut().find(|known| known.id == id(name)).expect("a concept");
        known.used_by = used_by.iter().map(|code| (*code).to_owned()).collect();
        known.default_for = default_for.iter().map(|code| (*code).to_owned()).collect();
    };
    set(&mut glossary, "politie/aangifte", &[], &["politie"]);
    set(&mut glossary, "belastingdienst/aangifte", &["fiod"], &["belastingdienst", "fiod"]);
    let lexicon = Lexicon::new(&glossary);
    let sense = |text: &str, organisation: &str| lexicon.marks(text, organisation, Kind::Txt, &[])[0].sense.clone();
    let (there, fiod) = (sense("Er is aangifte gedaan.", "politie"), sense("Er is aangifte gedaan.", "fiod"));
    assert_eq!((there.concept, there.basis), (id("politie/aangifte"), SenseBasis::Organisation));
    assert_eq!((fiod.concept, fiod.basis), (id("belastingdienst/aangifte"), SenseBasis::Organisation));
    let lost = sense("De aangifte van het paspoort.", "politie");
    assert_eq!((lost.concept, lost.basis), (id("politie/aangifte#vermissing"), SenseBasis::Context));
}

#[test]
fn what_speaks_for_a_meaning_speaks_for_the_same_elsewhere() {
    let mut glossary = glossary();
    concept(&mut glossary, "kmar/aangifte", &[]);
    let text = "Na de inbraak deed het slachtoffer aangifte.";
    let sense = |glossary: &Glossary| Lexicon::new(glossary).marks(text, "kmar", Kind::Txt, &[])[0].sense.concept;
    assert_eq!(sense(&glossary), id("politie/aangifte"));
    glossary.mappings.push(mapping("kmar/aangifte", Relation::Same, &["politie/aangifte"]));
    assert_eq!(sense(&glossary), id("kmar/aangifte"));
}

#[test]
fn a_line_of_a_table_is_a_sentence_of_its_own() {
    let mut glossary = Glossary::default();
    concept(&mut glossary, "politie/aangifte", &["inbraak"]);
    concept(&mut glossary, "douane/aangifte", &["invoer"]);
    let text = "aangifte; nummer\ninvoer; nummer\ninbraak aangifte";
    let of = |kind| Lexicon::new(&glossary).marks(text, "fiod", kind, &[])[1].sense.concept;
    assert_eq!(of(Kind::Csv), id("politie/aangifte"));
    let first = Lexicon::new(&glossary).marks("invoer x\naangifte inbraak\n", "fiod", Kind::Csv, &[]);
    assert_eq!(first[0].sense.because, ["inbraak"]);
}

#[test]
fn the_senses_of_a_word_and_of_what_is_none() {
    let lexicon = Lexicon::new(&glossary());
    assert_eq!(lexicon.senses("Aangiften").len(), 3);
    assert_eq!(lexicon.senses("officier van justitie"), [id("om/officier van justitie")]);
    for none in ["", "officier", "de aangifte", "loonaangifte", "..."] {
        assert_eq!(lexicon.senses(none), [], "{none}");
    }
}

proptest! {
    #[test]
    fn marks_of_any_text_are_in_order_and_hold_their_words(
        words in proptest::collection::vec(
            prop_oneof![
                Just("aangifte".to_owned()), Just("Aangiften".to_owned()), Just("belastingaangifte".to_owned()),
                Just("officier van justitie".to_owned()), Just("omzetbelasting".to_owned()), "\\PC{0,6}",
            ],
            0..30,
        ),
        between in proptest::sample::select(vec![" ", ". ", "\n", " | ", "-", "’"]),
    ) {
        let text = words.join(between);
        let marks = Lexicon::new(&glossary()).marks(&text, "fiod", Kind::Txt, &[]);
        let mut end = 0;
        for mark in &marks {
            prop_assert!(mark.start >= end && mark.end > mark.start);
            end = mark.end;
            let said = quote(&text, mark).to_lowercase();
            prop_assert!(["aangifte", "officier", "ovj"].iter().any(|word| said.contains(word) || said.contains('-')), "{said:?}");
        }
        prop_assert!(end as usize <= text.chars().count());
    }
}

#[test]
fn a_glossary_with_broken_references_is_no_harm() {
    let mut glossary = glossary();
    glossary.schemes.clear();
    term(&mut glossary, "gone/aangifte", "aangifte", TermKind::Preferred);
    term(&mut glossary, "politie/aangifte", "", TermKind::Hidden);
    glossary.concepts[0].hints = vec![String::new(), "...".into()];
    glossary.concepts[0].broader = vec!["https://example.org/politie/aangifte".into()];
    glossary.concepts[0].definitions = vec![nl("")];
    let marks = Lexicon::new(&glossary).marks("aangifte", "politie", Kind::Txt, &[]);
    assert_eq!((marks.len(), marks[0].sense.basis), (1, SenseBasis::Unsure));
}
