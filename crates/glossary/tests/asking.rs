//! Looking words up, widening queries, gaps, and labels through a lens.

mod small;

use std::collections::BTreeSet;

use koplamp_glossary::{Asked, Counting, Expanded, Lens, Lexicon, Meanings, card, expand, look_up};
use koplamp_model::{
    Compound, ConceptId, ConceptMapping, FoldedWhy, Glossary, Kind, MappingStatus, Relation, ReviewVerdict, SenseMode,
    TermKind,
};
use small::{agree, concept, id, mapping, nl, review, term};

/// `aangifte` at the police and the tax administration, with what others call the latter.
fn glossary() -> Glossary {
    let mut glossary = Glossary::default();
    for name in [
        "politie/aangifte",
        "belastingdienst/aangifte",
        "fiod/opgave",
        "douane/verklaring",
        "om/brief",
        "om/bijlage",
        "kmar/formulier",
    ] {
        concept(&mut glossary, name, &[]);
    }
    term(&mut glossary, "belastingdienst/aangifte", "belastingaangifte", TermKind::Alternative);
    term(&mut glossary, "belastingdienst/aangifte", "aangiften", TermKind::Hidden);
    glossary.mappings.push(mapping("politie/aangifte", Relation::FalseFriend, &["belastingdienst/aangifte"]));
    agree(
        &mut glossary,
        mapping("belastingdienst/aangifte", Relation::NearlySame, &["fiod/opgave"]),
        ["belastingdienst", "fiod"],
    );
    glossary.mappings.push(mapping("douane/verklaring", Relation::Wider, &["belastingdienst/aangifte"]));
    glossary.mappings.push(mapping("belastingdienst/aangifte", Relation::Same, &["om/brief", "om/bijlage"]));
    let disputed = mapping("belastingdienst/aangifte", Relation::Same, &["kmar/formulier"]);
    glossary.reviews.push(review(&disputed, "kmar", ReviewVerdict::Dispute, &[1, 1]));
    glossary.mappings.push(disputed);
    glossary
}

fn asked<'a>(mode: SenseMode, off: &'a BTreeSet<(ConceptId, String)>) -> Asked<'a> {
    Asked {
        word: "aangiften",
        quoted: false,
        lens: "belastingdienst",
        mode,
        with_proposed: false,
        with_related: false,
        off,
    }
}

fn answer(glossary: &Glossary, asked: &Asked) -> Expanded {
    expand(&Lexicon::new(glossary), &Meanings::new(glossary), asked)
}

fn looked_for(expanded: &Expanded) -> Vec<(u32, Vec<ConceptId>)> {
    let ids = |way: &koplamp_glossary::Alternative| way.all.iter().map(|part| part.concept).collect();
    expanded.any.iter().map(|way| (way.weight, ids(way))).collect()
}

#[test]
fn strict_looks_for_the_own_sense_under_all_its_terms() {
    let (glossary, off) = (glossary(), BTreeSet::new());
    let strict = answer(&glossary, &asked(SenseMode::Strict, &off));
    assert_eq!(looked_for(&strict), [(1_000, vec![id("belastingdienst/aangifte")])]);
    let terms: Vec<_> =
        strict.expansions.iter().map(|expansion| (expansion.term.as_str(), expansion.because)).collect();
    assert_eq!(terms, [("belastingaangifte", None)], "an inflection of what was typed is no expansion");
    assert!(strict.any[0].all[0].whole);
}

#[test]
fn bridge_follows_agreed_mappings_and_proposed_ones_if_asked() {
    let (glossary, off) = (glossary(), BTreeSet::new());
    let own = (1_000, vec![id("belastingdienst/aangifte")]);
    let bridge = answer(&glossary, &asked(SenseMode::Bridge, &off));
    assert_eq!(looked_for(&bridge), [own.clone(), (800, vec![id("fiod/opgave")])]);
    let because = bridge.expansions[1].because.expect("a mapping");
    assert_eq!((because.relation, because.status), (Relation::NearlySame, MappingStatus::Agreed));
    let proposed = answer(&glossary, &Asked { with_proposed: true, ..asked(SenseMode::Bridge, &off) });
    let whole = (1_000, vec![id("om/brief"), id("om/bijlage")]);
    let expected = [own, whole, (800, vec![id("fiod/opgave")]), (700, vec![id("douane/verklaring")])];
    assert_eq!(
        looked_for(&proposed),
        expected,
        "wider from there is narrower from here; what is disputed leads nowhere"
    );
}

#[test]
fn one_of_a_compound_is_enough_with_or() {
    let (mut glossary, off) = (glossary(), BTreeSet::new());
    let compound = glossary.mappings.iter_mut().find(|known| known.compound.is_some()).expect("a compound");
    compound.compound = Some(Compound::Or);
    let found = answer(&glossary, &Asked { with_proposed: true, ..asked(SenseMode::Bridge, &off) });
    let ways: BTreeSet<_> = looked_for(&found).into_iter().map(|(_, way)| way).collect();
    assert!(ways.contains(&vec![id("om/brief")]) && ways.contains(&vec![id("om/bijlage")]));
}

#[test]
fn what_is_switched_off_is_shown_and_not_looked_for() {
    let glossary = glossary();
    let own = id("belastingdienst/aangifte");
    let off = BTreeSet::from([(own, "belastingaangifte".to_owned()), (id("om/brief"), "brief".to_owned())]);
    let found = answer(&glossary, &Asked { with_proposed: true, ..asked(SenseMode::Bridge, &off) });
    let part = &found.any[0].all[0];
    assert_eq!((part.terms.as_slice(), part.whole), (&["aangifte".to_owned()][..], false));
    assert!(found.any.iter().all(|way| way.all.len() == 1), "half a compound is not looked for");
    let shown: Vec<_> =
        found.expansions.iter().filter(|expansion| expansion.off).map(|expansion| expansion.term.as_str()).collect();
    assert_eq!(shown, ["belastingaangifte", "brief"]);
}

#[test]
fn warn_folds_other_senses_but_not_what_is_agreed_to_be_the_same() {
    let (mut glossary, off) = (glossary(), BTreeSet::new());
    concept(&mut glossary, "om/aangifte", &[]);
    agree(
        &mut glossary,
        mapping("om/aangifte", Relation::Same, &["belastingdienst/aangifte"]),
        ["belastingdienst", "om"],
    );
    let warned = answer(&glossary, &asked(SenseMode::Warn, &off));
    assert_eq!((looked_for(&warned), warned.expansions.len()), (Vec::new(), 0));
    let of =
        |expanded: &Expanded| -> Vec<ConceptId> { expanded.aside.iter().map(|aside| aside.folded.concept).collect() };
    assert_eq!(of(&warned), [id("politie/aangifte")]);
    let kept: BTreeSet<ConceptId> = warned.kept.iter().map(|part| part.concept).collect();
    assert_eq!(kept, BTreeSet::from([id("belastingdienst/aangifte"), id("om/aangifte")]));
    let FoldedWhy::Mapped { relation, status, .. } = &warned.aside[0].folded.why else { panic!("{warned:?}") };
    assert_eq!((*relation, *status), (Relation::FalseFriend, MappingStatus::Proposed));
}

#[test]
fn warn_folds_a_word_inside_a_longer_term_unless_that_is_a_kind_of_the_own_sense() {
    let (mut glossary, off) = (glossary(), BTreeSet::new());
    for name in ["douane/summiere aangifte", "fiod/aangifte omzetbelasting", "om/fysieke controle"] {
        concept(&mut glossary, name, &[]);
    }
    let long = "Melding vooraf van goederen die nog niet onder een regeling staan, door de vervoerder of wie namens hem optreedt.";
    for known in &mut glossary.concepts {
        if known.id == id("douane/summiere aangifte") {
            known.definitions.push(nl(long));
        }
        if known.id == id("fiod/aangifte omzetbelasting") {
            known.broader.push("https://example.org/belastingdienst/aangifte".into());
        }
    }
    let warned = answer(&glossary, &asked(SenseMode::Warn, &off));
    let aside: Vec<_> = warned.aside.iter().map(|aside| (aside.folded.sense.as_str(), &aside.folded.why)).collect();
    let false_friend = FoldedWhy::Mapped {
        relation: Relation::FalseFriend,
        status: MappingStatus::Proposed,
        says: "een gevolg".into(),
    };
    assert_eq!(aside, [("aangifte", &false_friend), ("summiere aangifte", &FoldedWhy::LongerTerm)]);
    let last = &warned.aside[1];
    assert_eq!(last.part.terms, ["summiere aangifte"]);
    let definition = last.folded.definition.strip_suffix(" …").expect("a sign that it goes on");
    assert!(long.starts_with(definition) && definition.chars().count() <= 80, "{definition}");
    assert!(warned.kept.iter().any(|part| part.concept == id("fiod/aangifte omzetbelasting")));
    glossary.concepts.iter_mut().find(|known| known.id == id("fiod/aangifte omzetbelasting")).expect("it is").broader =
        vec!["https://example.org/fiod/aangifte omzetbelasting".into()];
    let circle = answer(&glossary, &asked(SenseMode::Warn, &off));
    assert_eq!(circle.aside.len(), 3, "what is wider than itself ends: {circle:?}");
}

#[test]
fn nothing_changes_for_a_word_of_one_sense_or_in_quotation_marks() {
    let (glossary, off) = (glossary(), BTreeSet::new());
    for mode in [SenseMode::Strict, SenseMode::Bridge, SenseMode::Warn] {
        let asked = Asked { with_proposed: true, ..asked(mode, &off) };
        assert_eq!(answer(&glossary, &Asked { quoted: true, ..asked }), Expanded::default());
        for word in ["opgave", "belastingaangifte", "fiets", ""] {
            if mode == SenseMode::Bridge && ["opgave", "belastingaangifte"].contains(&word) {
                continue;
            }
            assert_eq!(answer(&glossary, &Asked { word, lens: "fiod", ..asked }), Expanded::default(), "{word}");
        }
        assert_eq!(answer(&glossary, &Asked { lens: "kmar", ..asked }), Expanded::default(), "no sense of its own");
    }
}

#[test]
fn bridge_adds_to_a_word_of_one_sense_what_others_call_it() {
    let (glossary, off) = (glossary(), BTreeSet::new());
    let asked = Asked { word: "opgave", lens: "fiod", ..asked(SenseMode::Bridge, &off) };
    let found = answer(&glossary, &asked);
    assert!(found.beside, "the word as typed stays");
    assert_eq!(looked_for(&found), [(800, vec![id("belastingdienst/aangifte")])]);
    let terms: Vec<_> = found.expansions.iter().map(|one| (one.term.as_str(), one.because.is_some())).collect();
    assert_eq!(terms, [("aangifte", true), ("belastingaangifte", true)]);
    let elsewhere = answer(&glossary, &Asked { lens: "kmar", ..asked });
    assert_eq!(elsewhere, found, "one sense is the same to whoever searches");
    for mode in [SenseMode::Strict, SenseMode::Warn] {
        assert_eq!(answer(&glossary, &Asked { mode, ..asked }), Expanded::default(), "{mode:?}");
    }
    let proposed = Asked { word: "formulier", ..asked };
    assert_eq!(answer(&glossary, &Asked { with_proposed: true, ..proposed }), Expanded::default(), "it is disputed");
    let all = BTreeSet::from([
        (id("belastingdienst/aangifte"), "aangifte".to_owned()),
        (id("belastingdienst/aangifte"), "belastingaangifte".to_owned()),
    ]);
    let none = answer(&glossary, &Asked { off: &all, ..asked });
    assert!(none.any.is_empty() && !none.beside && none.expansions.len() == 2, "all off: as typed, and still told");
}

#[test]
fn what_is_only_related_waits_until_it_is_asked_for() {
    let (mut glossary, off) = (glossary(), BTreeSet::new());
    agree(&mut glossary, mapping("kmar/formulier", Relation::Related, &["om/bijlage"]), ["kmar", "om"]);
    let asked = Asked { word: "formulier", lens: "kmar", ..asked(SenseMode::Bridge, &off) };
    assert_eq!(answer(&glossary, &asked), Expanded::default());
    let found = answer(&glossary, &Asked { with_related: true, ..asked });
    assert_eq!(looked_for(&found), [(300, vec![id("om/bijlage")])]);
}

#[test]
fn a_mapping_leads_somewhere_only_while_it_holds() {
    let (mut glossary, off) = (glossary(), BTreeSet::new());
    let nearly = glossary.mappings.iter_mut().find(|known| known.relation == Relation::NearlySame).expect("a mapping");
    (nearly.valid_from, nearly.valid_to) = (Some("2023-07".into()), Some("2024".into()));
    let lexicon = Lexicon::new(&glossary);
    let asked = asked(SenseMode::Bridge, &off);
    for (day, holds) in [("2023-06-30", false), ("2023-07-01", true), ("2024-12-31", true), ("2025-01-01", false)] {
        let meanings = Meanings::on(&glossary, day);
        let found = expand(&lexicon, &meanings, &asked).any.len();
        assert_eq!(found, if holds { 2 } else { 1 }, "search on {day}");
        let card = card(&lexicon, &meanings, "aangifte", id("belastingdienst/aangifte"), "fiod").expect("a card");
        assert_eq!(card.called.len(), usize::from(holds), "a card on {day}");
        let label = Lens::new(&glossary, "fiod", day).label("x", "Belastingaangifte", "nl").is_some();
        assert_eq!(label, holds, "a label on {day}");
    }
    let entry = &look_up(&lexicon, &Meanings::new(&glossary), "opgave", None)[0];
    assert_eq!(entry.mappings[0].valid_to.as_deref(), Some("2024"), "the glossary shows what is over, with its end");
}

#[test]
fn what_an_organisation_only_uses_is_what_it_calls_it() {
    let mut glossary = glossary();
    let brief = glossary.concepts.iter_mut().find(|known| known.id == id("om/brief")).expect("a concept");
    brief.used_by.push("kmar".into());
    glossary.mappings.push(mapping("politie/aangifte", Relation::Same, &["om/brief"]));
    let called = |lens: &str| {
        let (lexicon, meanings) = (Lexicon::new(&glossary), Meanings::new(&glossary));
        card(&lexicon, &meanings, "aangifte", id("politie/aangifte"), lens).expect("a card").called
    };
    assert_eq!(called("kmar"), called("om"));
    assert_eq!(called("kmar")[0].others[0].term, "brief");
    assert_eq!(called("fiod"), []);
}

#[test]
fn looking_up_gives_each_meaning_with_its_mappings() {
    let glossary = glossary();
    let (lexicon, meanings) = (Lexicon::new(&glossary), Meanings::new(&glossary));
    let entries = look_up(&lexicon, &meanings, "Aangifte", Some("politie"));
    let organisations: Vec<_> = entries.iter().map(|entry| entry.organisation.as_str()).collect();
    assert_eq!(organisations, ["politie", "belastingdienst"]);
    let tax = &entries[1];
    let terms: Vec<_> = tax.terms.iter().map(|term| term.form.text.as_str()).collect();
    assert_eq!(terms, ["aangifte", "belastingaangifte"], "hidden ones are not shown");
    let relations: Vec<_> = tax.mappings.iter().map(|mapping| (mapping.relation, mapping.status)).collect();
    assert_eq!(
        relations,
        [
            (Relation::FalseFriend, MappingStatus::Proposed),
            (Relation::Same, MappingStatus::Proposed),
            (Relation::Same, MappingStatus::Disputed),
            (Relation::NearlySame, MappingStatus::Agreed),
            (Relation::Narrower, MappingStatus::Proposed),
        ]
    );
    assert_eq!(
        tax.mappings[1].others.iter().map(|other| other.term.as_str()).collect::<Vec<_>>(),
        ["brief", "bijlage"]
    );
}

#[test]
fn a_mapping_that_waits_for_its_other_side_is_no_tie_yet() {
    let mut glossary = glossary();
    let seen = |glossary: &Glossary| {
        let (lexicon, meanings) = (Lexicon::new(glossary), Meanings::new(glossary));
        look_up(&lexicon, &meanings, "aangifte", Some("politie"))
    };
    let before = seen(&glossary);
    glossary.mappings.push(mapping("politie/aangifte", Relation::Related, &["kmar/vermissing"]));
    glossary.mappings.push(mapping("kmar/vermissing", Relation::Wider, &["politie/aangifte"]));
    assert_eq!(seen(&glossary), before);
    concept(&mut glossary, "kmar/vermissing", &[]);
    assert_eq!(seen(&glossary)[0].mappings.len(), before[0].mappings.len() + 2, "when it is here, both are");
}

#[test]
fn the_card_tells_what_it_means_there_and_here_and_what_goes_wrong() {
    let glossary = glossary();
    let (lexicon, meanings) = (Lexicon::new(&glossary), Meanings::new(&glossary));
    let there = id("politie/aangifte");
    let seen = card(&lexicon, &meanings, "aangifte", there, "belastingdienst").expect("a card");
    assert_eq!(seen.there.sources[0].text, "Wetboek");
    let [here] = seen.here.as_slice() else { panic!("{seen:?}") };
    assert_eq!(here.entry.concept, id("belastingdienst/aangifte"));
    let mapping = here.mapping.as_ref().expect("they are mapped");
    assert_eq!((mapping.relation, mapping.consequence[0].text.as_str()), (Relation::FalseFriend, "een gevolg"));
    assert_eq!(seen.called, []);
    let called = card(&lexicon, &meanings, "aangifte", id("belastingdienst/aangifte"), "fiod").expect("a card").called;
    assert_eq!(called[0].others[0].term, "opgave");
    assert_eq!(card(&lexicon, &meanings, "aangifte", id("gone/aangifte"), "fiod"), None);
}

#[test]
fn coverage_tells_the_gaps() {
    let mut glossary = glossary();
    concept(&mut glossary, "om/brief#tweede", &[]);
    let lexicon = Lexicon::new(&glossary);
    let mut counting = Counting::new(&lexicon);
    counting.page("De stroman en de stromannen, aldus Jansen. Een brief; stroman!", "politie", Kind::Txt);
    counting.page("Een aangifte over katvangers, en 2024 brieven.", "politie", Kind::Txt);
    counting.page("Een aangifte met een brief. Stroman.", "fiod", Kind::Txt);
    counting.page("De opgave en de aangifte.", "belastingdienst", Kind::Txt);
    let coverage = counting.finish(&Meanings::new(&glossary), 10);
    let unknown: Vec<_> = coverage.unknown.iter().map(|word| (word.word.as_str(), word.count)).collect();
    assert_eq!(unknown, [("stroman", 3), ("katvangers", 1)], "names, numbers and stop words are no gaps");
    let unmapped: Vec<_> = coverage.unmapped.iter().map(|word| (word.word.as_str(), word.between.clone())).collect();
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(unmapped, [("aangifte", vec![pair("fiod", "politie")]), ("brief", vec![pair("fiod", "politie")])]);
    let several: Vec<_> = coverage.several.iter().map(|gap| (gap.word.as_str(), gap.unmapped.as_slice())).collect();
    assert_eq!(several, [("brief", &[id("om/brief#tweede")][..])]);
}

#[test]
fn coverage_keeps_frequent_words_in_little_room() {
    let glossary = glossary();
    let lexicon = Lexicon::new(&glossary);
    let mut counting = Counting::with_room(&lexicon, 50);
    let letters =
        |number: u32| -> String { format!("{number:04}").bytes().map(|digit| char::from(digit + 49)).collect() };
    for number in 0..2_000 {
        let word = if number % 5 < 2 { "katvanger" } else { "" };
        counting.page(&format!("{word} {}x", letters(number)), "politie", Kind::Txt);
    }
    let coverage = counting.finish(&Meanings::new(&glossary), 1_000);
    assert_eq!((coverage.unknown[0].word.as_str(), coverage.unknown[0].count), ("katvanger", 800));
    assert!(coverage.unknown.len() <= 50);
}

/// The head of a form stands on every page, and is nothing that an expert looks for.
#[test]
fn coverage_lists_what_stands_on_most_pages_last() {
    let glossary = glossary();
    let lexicon = Lexicon::new(&glossary);
    let counted = |pages: u32| {
        let mut counting = Counting::new(&lexicon);
        for number in 0..pages {
            let word = if number % 3 == 0 { "katvanger" } else { "" };
            counting.page(&format!("briefhoofd briefhoofd {word}"), "politie", Kind::Txt);
        }
        let coverage = counting.finish(&Meanings::new(&glossary), 10);
        coverage.unknown.into_iter().map(|unknown| (unknown.word, unknown.count)).collect::<Vec<_>>()
    };
    let word = |word: &str, count| (word.to_owned(), count);
    assert_eq!(counted(30), [word("katvanger", 10), word("briefhoofd", 60)]);
    assert_eq!(counted(12), [word("briefhoofd", 24), word("katvanger", 4)], "so few pages show nothing");
}

#[test]
fn labels_are_in_the_words_of_the_lens() {
    let mut glossary = glossary();
    concept(&mut glossary, "politie/subject", &[]);
    term(&mut glossary, "politie/subject", "persoon", TermKind::Alternative);
    concept(&mut glossary, "belastingdienst/belastingplichtige", &[]);
    concept(&mut glossary, "douane/aangever", &[]);
    let nearly = mapping("belastingdienst/belastingplichtige", Relation::NearlySame, &["politie/subject"]);
    glossary.mappings.push(nearly);
    glossary.mappings.push(mapping("politie/subject", Relation::FalseFriend, &["douane/aangever"]));
    let label = |glossary: &Glossary, lens: &str, label: &str| {
        Lens::new(glossary, lens, "2026-11-27").label("Person", label, "nl").map(str::to_owned)
    };
    assert_eq!(label(&glossary, "politie", "Persoon").as_deref(), Some("subject"));
    assert_eq!(label(&glossary, "belastingdienst", "Persoon").as_deref(), Some("belastingplichtige"));
    assert_eq!(label(&glossary, "douane", "Persoon"), None, "a false friend is no label");
    assert_eq!(label(&glossary, "politie", "Subject"), None, "it says so already");
    assert_eq!(label(&glossary, "politie", "Fiets"), None);
    glossary.concepts.iter_mut().find(|known| known.id == id("douane/aangever")).expect("a concept").notation =
        Some("Person".into());
    assert_eq!(label(&glossary, "douane", "Fiets").as_deref(), Some("aangever"), "by the name of the type");
}

#[test]
fn a_property_is_called_by_its_notation_alone() {
    let mut glossary = Glossary::default();
    concept(&mut glossary, "politie/subject", &[]);
    let label = |glossary: &Glossary| {
        Lens::new(glossary, "politie", "2026-11-27").property("subject", "Onderwerp", "nl").map(str::to_owned)
    };
    assert_eq!(label(&glossary), None, "the subject of a message is nobody's suspect");
    glossary.concepts[0].notation = Some("subject".into());
    assert_eq!(label(&glossary).as_deref(), Some("subject"));
}

#[test]
fn what_is_disputed_is_no_label() {
    let mut glossary = Glossary::default();
    concept(&mut glossary, "politie/subject", &[]);
    concept(&mut glossary, "om/verdachte", &[]);
    let same: ConceptMapping = mapping("politie/subject", Relation::Same, &["om/verdachte"]);
    glossary.mappings.push(same.clone());
    let label =
        |glossary: &Glossary| Lens::new(glossary, "om", "2026-11-27").label("x", "Subject", "nl").map(str::to_owned);
    assert_eq!(label(&glossary).as_deref(), Some("verdachte"));
    glossary.reviews.push(review(&same, "politie", ReviewVerdict::Dispute, &[1, 1]));
    assert_eq!(label(&glossary), None);
}
