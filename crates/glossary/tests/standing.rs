//! Where mappings stand and what excludes what, over random sequences of acts, against the rules written another way.

mod small;

use std::collections::{BTreeMap, BTreeSet};

use koplamp_glossary::{Concepts, Conflict, Parts, inverse, may_add, offered, status};
use koplamp_model::{Compound, ConceptMapping, ConceptMappingId, Glossary, MappingStatus, Relation, ReviewVerdict};
use proptest::prelude::*;
use small::{agree, concept, id, mapping, review, review_by};

const NAMES: [&str; 6] = ["politie/a", "politie/b", "om/a", "om/b", "douane/a", "douane/b"];
const ORGANISATIONS: [&str; 3] = ["politie", "om", "douane"];
/// Who judges: two persons, one of them written in two ways, and somebody unnamed.
const REVIEWERS: [(Option<&str>, Option<u8>); 4] =
    [(None, None), (Some("J. Jánsen"), Some(0)), (Some(" j jansen"), Some(0)), (Some("P. Pieters"), Some(1))];
const RELATIONS: [Relation; 7] = [
    Relation::Same,
    Relation::NearlySame,
    Relation::Wider,
    Relation::Narrower,
    Relation::Related,
    Relation::FalseFriend,
    Relation::NoEquivalent,
];

fn all() -> Glossary {
    let mut glossary = Glossary::default();
    for name in NAMES {
        concept(&mut glossary, name, &[]);
    }
    glossary
}

#[derive(Debug, Clone)]
enum Act {
    Add(usize, Relation, usize, usize),
    Review(usize, usize, usize, ReviewVerdict),
    Change(usize),
    Drop(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let name = 0..NAMES.len();
    let by = 0..REVIEWERS.len();
    let verdict = prop_oneof![3 => Just(ReviewVerdict::Accept), 1 => Just(ReviewVerdict::Dispute)];
    let act = prop_oneof![
        3 => (name.clone(), proptest::sample::select(&RELATIONS[..]), name.clone(), by.clone())
            .prop_map(|(a, r, b, p)| Act::Add(a, r, b, p)),
        6 => (0..12_usize, 0..ORGANISATIONS.len(), by, verdict).prop_map(|(m, o, p, v)| Act::Review(m, o, p, v)),
        1 => name.prop_map(Act::Change),
        1 => (0..12_usize).prop_map(Act::Drop),
    ];
    proptest::collection::vec(act, 0..60)
}

fn version(glossary: &Glossary, name: &str) -> u32 {
    glossary.concepts.iter().find(|known| known.id == id(name)).expect("a concept").version
}

fn organisation(name: &str) -> &str {
    name.split('/').next().expect("an organisation")
}

/// What happened to a mapping, as one would tell it.
#[derive(Debug, Default, Clone)]
struct Story {
    ends: Vec<&'static str>,
    sides: [String; 2],
    /// The last word of each organisation that was not followed by a change of a concept.
    words: BTreeMap<String, (ReviewVerdict, Option<u8>)>,
    /// Who proposed it, of the police.
    proposer: Option<u8>,
    changed: bool,
}

impl Story {
    fn expected(&self) -> MappingStatus {
        let said: Vec<_> = self.sides.iter().map(|side| self.words.get(side).map(|(verdict, _)| *verdict)).collect();
        let judges: Vec<_> = self.sides.iter().filter_map(|side| Some((side, self.words.get(side)?.1?))).collect();
        let twice = judges.len() == 2 && judges[0].1 == judges[1].1;
        let own = judges.iter().any(|(side, who)| side.as_str() != "politie" && Some(*who) == self.proposer);
        if said.contains(&Some(ReviewVerdict::Dispute)) {
            MappingStatus::Disputed
        } else if said.iter().all(|word| *word == Some(ReviewVerdict::Accept)) {
            if twice || own { MappingStatus::Proposed } else { MappingStatus::Agreed }
        } else if self.changed {
            MappingStatus::Recheck
        } else {
            MappingStatus::Proposed
        }
    }
}

/// The rules of exclusion written as what a pair may have: for each pair of concepts, in alphabetical order, what is said of it.
fn consistent(mappings: &[ConceptMapping], stories: &BTreeMap<ConceptMappingId, Story>) -> bool {
    let mut said: BTreeMap<(&str, &str), BTreeSet<Relation>> = BTreeMap::new();
    let mut none: Vec<(&str, &str)> = Vec::new();
    for mapping in mappings {
        let ends = &stories[&mapping.id].ends;
        match ends.as_slice() {
            [from, to] if from < to => said.entry((from, to)).or_default().insert(mapping.relation),
            [from, to] => said.entry((to, from)).or_default().insert(inverse(mapping.relation)),
            [from, ..] => {
                none.push((from, mapping.to_organisation.as_str()));
                true
            }
            [] => return false,
        };
    }
    said.iter().all(|((one, other), relations)| {
        let matches = relations.iter().filter(|relation| **relation != Relation::FalseFriend).count();
        let same = relations.contains(&Relation::Same) || relations.contains(&Relation::NearlySame);
        let lonely = none.iter().any(|(from, to)| {
            (from == one && organisation(other) == *to) || (from == other && organisation(one) == *to)
        });
        organisation(one) != organisation(other)
            && matches <= 1
            && !(same && relations.contains(&Relation::FalseFriend))
            && !(lonely && matches > 0)
    })
}

proptest! {
    #[test]
    fn no_sequence_of_acts_breaks_the_rules(acts in acts()) {
        let mut glossary = all();
        let mut stories: BTreeMap<ConceptMappingId, Story> = BTreeMap::new();
        for act in acts {
            match act {
                Act::Add(from, relation, to, by) => {
                    let (from, to) = (NAMES[from], NAMES[to]);
                    let mut new = mapping(from, relation, &[to]);
                    new.proposer = REVIEWERS[by].0.map(str::to_owned);
                    new.from.version = version(&glossary, from);
                    for end in &mut new.to {
                        end.version = version(&glossary, to);
                    }
                    let ends = if new.to.is_empty() { vec![from] } else { vec![from, to] };
                    let sides = [organisation(from).to_owned(), organisation(to).to_owned()];
                    let story = Story { ends, sides, proposer: REVIEWERS[by].1, ..Story::default() };
                    let accepted = may_add(&new, &glossary.mappings, &Concepts::new(&glossary));
                    let mut with = glossary.mappings.clone();
                    with.push(new.clone());
                    let mut told = stories.clone();
                    told.insert(new.id, story);
                    match accepted {
                        Ok(()) => {
                            prop_assert!(consistent(&with, &told), "{relation:?} {from} {to} was let in");
                            (glossary.mappings, stories) = (with, told);
                        }
                        Err(Conflict::Already(there)) => {
                            let there = glossary.mappings.iter().find(|known| known.id == there).expect("it is there");
                            prop_assert_eq!((there.relation, there.from.concept), (new.relation, new.from.concept));
                        }
                        Err(Conflict::Excluded { .. } | Conflict::WithinScheme | Conflict::Itself) => {
                            prop_assert!(!consistent(&with, &told), "{relation:?} {from} {to} was kept out");
                        }
                        Err(Conflict::Parts(_)) => {
                            prop_assert!(relation == Relation::NoEquivalent && organisation(from) == organisation(to));
                        }
                        Err(other) => prop_assert!(false, "{other}"),
                    }
                }
                Act::Review(at, who, by, verdict) => {
                    let Some(known) = glossary.mappings.get(at) else { continue };
                    let story = stories.get_mut(&known.id).expect("its story");
                    let versions: Vec<u32> = story.ends.iter().map(|end| version(&glossary, end)).collect();
                    let (name, person) = REVIEWERS[by];
                    let mut said = review(known, ORGANISATIONS[who], verdict, &versions);
                    said.reviewer = name.map(str::to_owned);
                    glossary.reviews.push(said);
                    story.words.insert(ORGANISATIONS[who].to_owned(), (verdict, person));
                }
                Act::Change(which) => {
                    let changed = &mut glossary.concepts[which];
                    changed.version += 1;
                    for story in stories.values_mut().filter(|story| story.ends.contains(&NAMES[which])) {
                        story.changed = true;
                        story.words.clear();
                    }
                }
                Act::Drop(at) => {
                    if at < glossary.mappings.len() {
                        stories.remove(&glossary.mappings.remove(at).id);
                    }
                }
            }
            let concepts = Concepts::new(&glossary);
            for known in &glossary.mappings {
                let seen = status(known, &glossary.reviews, &concepts);
                prop_assert_eq!(seen, stories[&known.id].expected(), "{:?}", stories[&known.id]);
            }
        }
    }

    #[test]
    fn a_pair_excludes_alike_from_both_sides(there in 0..6_usize, new in 0..6_usize) {
        let glossary = all();
        let concepts = Concepts::new(&glossary);
        let there = mapping("politie/a", RELATIONS[there], &["om/a"]);
        let forth = may_add(&mapping("politie/a", RELATIONS[new], &["om/a"]), std::slice::from_ref(&there), &concepts);
        let back = may_add(&mapping("om/a", inverse(RELATIONS[new]), &["politie/a"]), &[there], &concepts);
        let excluded = |answer: &Result<(), Conflict>| matches!(answer, Err(Conflict::Excluded { .. }));
        prop_assert_eq!(excluded(&forth), excluded(&back));
    }
}

#[test]
fn one_side_twice_is_not_both_sides() {
    let glossary = all();
    let concepts = Concepts::new(&glossary);
    let new = mapping("politie/a", Relation::Same, &["om/a"]);
    let accept = |organisation| review(&new, organisation, ReviewVerdict::Accept, &[1, 1]);
    let seen = |reviews: &[_]| status(&new, reviews, &concepts);
    assert_eq!(seen(&[accept("politie"), accept("politie"), accept("douane")]), MappingStatus::Proposed);
    assert_eq!(seen(&[accept("politie"), accept("om")]), MappingStatus::Agreed);
    let old = review(&new, "om", ReviewVerdict::Accept, &[1]);
    assert_eq!(seen(&[accept("politie"), old]), MappingStatus::Recheck, "a part that was not looked at");
    let gone = mapping("politie/gone", Relation::Same, &["om/a"]);
    let spoken = [review(&gone, "om", ReviewVerdict::Accept, &[1, 1])];
    assert_eq!(status(&gone, &spoken, &concepts), MappingStatus::Recheck, "there was a concept, and somebody spoke");
    assert_eq!(status(&gone, &[], &concepts), MappingStatus::Proposed, "it waits for a concept");
}

#[test]
fn a_concept_of_another_organisation_than_was_agreed_is_looked_at_again() {
    let mut glossary = all();
    let new = mapping("politie/a", Relation::Same, &["om/a"]);
    agree(&mut glossary, new.clone(), ["politie", "om"]);
    let seen = |glossary: &Glossary| status(&new, &glossary.reviews, &Concepts::new(glossary));
    assert_eq!(seen(&glossary), MappingStatus::Agreed);
    for (from, to) in [("om", "douane"), ("politie", "douane")] {
        let mut moved = glossary.clone();
        moved.schemes.iter_mut().filter(|at| at.organisation == from).for_each(|at| at.organisation = to.into());
        assert_eq!(seen(&moved), MappingStatus::Recheck, "{from} to {to}");
    }
}

#[test]
fn a_version_that_there_is_not_was_not_looked_at() {
    let glossary = all();
    let concepts = Concepts::new(&glossary);
    let mut new = mapping("politie/a", Relation::Same, &["om/a"]);
    let later = [review_by(&new, "politie", None, &[99, 99]), review_by(&new, "om", None, &[1, 1])];
    assert_eq!(status(&new, &later, &concepts), MappingStatus::Recheck);
    new.to[0].version = 99;
    assert_eq!(status(&new, &[], &concepts), MappingStatus::Recheck);
}

#[test]
fn one_person_is_not_both_sides() {
    let glossary = all();
    let concepts = Concepts::new(&glossary);
    let new = ConceptMapping { proposer: Some("A. Maker".into()), ..mapping("politie/a", Relation::Same, &["om/a"]) };
    let seen = |police: Option<&str>, om: Option<&str>| {
        let reviews = [review_by(&new, "politie", police, &[1, 1]), review_by(&new, "om", om, &[1, 1])];
        status(&new, &reviews, &concepts)
    };
    assert_eq!(seen(Some("J. Jansen"), Some("j jansen")), MappingStatus::Proposed, "the same name in other letters");
    assert_eq!(seen(Some("J. Jansen"), Some("P. Pieters")), MappingStatus::Agreed);
    assert_eq!(seen(Some("J. Jansen"), None), MappingStatus::Agreed, "somebody unnamed of the other side");
    assert_eq!(seen(None, None), MappingStatus::Agreed);
    assert_eq!(seen(Some("P. Pieters"), Some("A. Maker")), MappingStatus::Proposed, "the proposer for the other side");
    assert_eq!(seen(Some("A. Maker"), Some("P. Pieters")), MappingStatus::Agreed, "the proposer for their own side");
}

#[test]
fn what_cannot_stand_alone_is_refused() {
    let glossary = all();
    let concepts = Concepts::new(&glossary);
    let refused = |new: &ConceptMapping| may_add(new, &[], &concepts).map_err(|conflict| conflict.code());
    assert_eq!(refused(&mapping("om/a", Relation::Same, &["om/a"])), Err("mapping-to-itself"));
    assert_eq!(refused(&mapping("om/a", Relation::Same, &["om/b"])), Err("mapping-within-scheme"));
    assert_eq!(refused(&mapping("om/a", Relation::Same, &["kmar/a"])), Err("unknown-concept"));
    assert_eq!(refused(&mapping("om/a", Relation::Same, &[])), Err("mapping-parts-missing"));
    assert_eq!(refused(&mapping("om/a", Relation::Same, &["politie/a", "politie/a"])), Err("mapping-parts-twice"));
    assert_eq!(
        refused(&mapping("om/a", Relation::FalseFriend, &["politie/a", "politie/b"])),
        Err("mapping-parts-false-friends")
    );
    assert_eq!(refused(&mapping("om/a", Relation::NoEquivalent, &["om"])), Err("mapping-parts-none-of-own"));
    assert_eq!(
        refused(&mapping("om/a", Relation::Same, &["politie/a", "douane/a"])),
        Err("mapping-other-organisation")
    );
    assert_eq!(refused(&mapping("om/a", Relation::Same, &["politie/a", "politie/b"])), Ok(()));
    let nearly = mapping("om/a", Relation::NearlySame, &["politie/a"]);
    assert_eq!(refused(&ConceptMapping { difference: vec![small::nl(" ")], ..nearly }), Err("mapping-no-difference"));
    let one = ConceptMapping { compound: Some(Compound::Or), ..mapping("om/a", Relation::Same, &["politie/a"]) };
    assert_eq!(refused(&one), Err("mapping-parts-only-one"));
    let two = ConceptMapping { compound: None, ..mapping("om/a", Relation::Same, &["politie/a", "politie/b"]) };
    assert_eq!(refused(&two), Err("mapping-parts-unjoined"));
}

#[test]
fn no_equivalent_excludes_a_compound_with_that_organisation_too() {
    let glossary = all();
    let concepts = Concepts::new(&glossary);
    let compound = mapping("om/a", Relation::Same, &["politie/a", "politie/b"]);
    let none = mapping("om/a", Relation::NoEquivalent, &["politie"]);
    let code = |answer: Result<(), Conflict>| answer.map_err(|conflict| conflict.code());
    assert_eq!(code(may_add(&none, std::slice::from_ref(&compound), &concepts)), Err("mapping-excluded"));
    assert_eq!(code(may_add(&compound, std::slice::from_ref(&none), &concepts)), Err("mapping-excluded"));
    assert_eq!(code(may_add(&mapping("om/a", Relation::FalseFriend, &["politie/a"]), &[none], &concepts)), Ok(()));
}

#[test]
fn an_organisation_stands_on_a_side_with_what_it_only_uses() {
    let mut glossary = all();
    concept(&mut glossary, "fiod/subject", &[]);
    let used = glossary.concepts.iter_mut().find(|known| known.id == id("om/a")).expect("a concept");
    used.used_by.push("politie".into());
    let concepts = Concepts::new(&glossary);
    let code = |answer: Result<(), Conflict>| answer.map_err(|conflict| conflict.code());
    for compound in [Compound::And, Compound::Or] {
        for parts in [["om/a", "politie/a"], ["politie/a", "om/a"]] {
            let mut new = mapping("fiod/subject", Relation::Same, &parts);
            (new.compound, new.to_organisation) = (Some(compound), "politie".into());
            assert_eq!(code(may_add(&new, &[], &concepts)), Ok(()), "{parts:?}");
            let ends: Vec<_> = new.to.iter().map(|end| end.concept).collect();
            assert_eq!(concepts.organisation_of_all(&ends), Some("politie"), "the one that means both");
            new.to_organisation = "om".into();
            assert_eq!(code(may_add(&new, &[], &concepts)), Err("mapping-other-organisation"));
            assert_eq!(
                status(&new, &[], &concepts),
                MappingStatus::Recheck,
                "it names an organisation that means only one part"
            );
        }
    }
    let mut single = mapping("fiod/subject", Relation::Wider, &["om/a"]);
    assert_eq!(concepts.organisation_of_all(&[id("om/a")]), Some("om"), "its owner, unless somebody says otherwise");
    single.to_organisation = "politie".into();
    assert_eq!(code(may_add(&single, &[], &concepts)), Ok(()));
    single.to_organisation = "douane".into();
    assert_eq!(code(may_add(&single, &[], &concepts)), Err("mapping-other-organisation"));
    let (one, other) = (id("om/b"), id("douane/b"));
    assert_eq!(concepts.organisation_of_all(&[one, other]), Some("om"), "nobody means both: the first");
}

#[test]
fn who_uses_a_concept_does_not_lack_it() {
    let mut glossary = all();
    let used = glossary.concepts.iter_mut().find(|known| known.id == id("om/a")).expect("a concept");
    used.used_by.push("politie".into());
    let concepts = Concepts::new(&glossary);
    let code = |answer: Result<(), Conflict>| answer.map_err(|conflict| conflict.code());
    let none = mapping("om/a", Relation::NoEquivalent, &["politie"]);
    assert_eq!(code(may_add(&none, &[], &concepts)), Err("mapping-parts-none-of-own"));
    // Of the customs' concept there is one at the police too, since they use the prosecution's.
    let same = mapping("douane/a", Relation::Same, &["om/a"]);
    let lacks = mapping("douane/a", Relation::NoEquivalent, &["politie"]);
    assert_eq!(code(may_add(&lacks, std::slice::from_ref(&same), &concepts)), Err("mapping-excluded"));
    assert_eq!(code(may_add(&same, std::slice::from_ref(&lacks), &concepts)), Err("mapping-excluded"));
    let back = mapping("om/a", Relation::Same, &["douane/a"]);
    assert_eq!(code(may_add(&back, &[lacks], &concepts)), Err("mapping-excluded"));
}

#[test]
fn a_conflict_tells_what_it_is_about() {
    let glossary = all();
    let concepts = Concepts::new(&glossary);
    let there = mapping("politie/a", Relation::Wider, &["om/a"]);
    let new = mapping("om/a", Relation::Same, &["politie/a"]);
    let conflict = may_add(&new, &[there], &concepts).expect_err("they exclude each other");
    let details = conflict.details();
    assert_eq!(
        details,
        [("there", "narrower".to_owned()), ("new", "same".to_owned())],
        "seen from where the new starts"
    );
    let told = conflict.told(&new, |concept| if concept == id("om/a") { "brief".into() } else { "akte".into() });
    assert_eq!(told, ["brief", "akte", "narrower", "same"]);
    let codes: BTreeSet<_> = Conflict::CODES.into_iter().collect();
    assert!(codes.contains(conflict.code()) && codes.len() == Conflict::CODES.len());
    for parts in Parts::ALL {
        assert!(codes.contains(Conflict::Parts(parts).code()));
    }
}

#[test]
fn chains_are_offered_and_not_across_a_false_friend() {
    let mut glossary = all();
    agree(&mut glossary, mapping("politie/a", Relation::Same, &["om/a"]), ["politie", "om"]);
    agree(&mut glossary, mapping("douane/a", Relation::Same, &["om/a"]), ["douane", "om"]);
    let offers = offered(&glossary, "2026-11-27");
    let [offer] = offers.as_slice() else { panic!("{offers:?}") };
    assert_eq!(BTreeSet::from([offer.from, offer.to]), BTreeSet::from([id("politie/a"), id("douane/a")]));
    assert_eq!(offer.through.len(), 2);
    glossary.mappings.push(mapping("politie/a", Relation::FalseFriend, &["douane/a"]));
    assert_eq!(offered(&glossary, "2026-11-27"), []);
    glossary.mappings.pop();
    glossary.mappings[0].valid_to = Some("2025".into());
    assert_eq!(offered(&glossary, "2025-12-31").len(), 1);
    assert_eq!(offered(&glossary, "2026-11-27"), [], "one of the chain is over");
    glossary.mappings[0].valid_to = None;
    glossary.reviews.pop();
    assert_eq!(offered(&glossary, "2026-11-27"), [], "one of the chain is not agreed");
}

#[test]
fn no_chain_goes_through_a_pair_of_false_friends() {
    let mut glossary = all();
    for name in ["fiod/a", "kmar/a"] {
        concept(&mut glossary, name, &[]);
    }
    // politie/a = om/a = fiod/a = kmar/a, and politie/a is a false friend of fiod/a: nothing leads from politie/a beyond om/a.
    for [one, other] in [["politie", "om"], ["om", "fiod"], ["fiod", "kmar"]] {
        let new = mapping(&format!("{one}/a"), Relation::Same, &[&format!("{other}/a")]);
        agree(&mut glossary, new, [one, other]);
    }
    glossary.mappings.push(mapping("politie/a", Relation::FalseFriend, &["fiod/a"]));
    let offers = offered(&glossary, "2026-11-27");
    let [offer] = offers.as_slice() else { panic!("{offers:?}") };
    assert_eq!(BTreeSet::from([offer.from, offer.to]), BTreeSet::from([id("om/a"), id("kmar/a")]));
}
