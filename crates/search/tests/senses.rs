//! Words looked for by their senses: what is found, what is marked, and what stays as it was.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::convert::Infallible;

use koplamp_model::{ConceptId, Page, Sense, SenseBasis, SenseMark};
use koplamp_search::{
    Entry, Filters, Index, Query, SenseAlternative, SenseChoice, SenseStand, SenseTerms, Senses, Text, find_all,
};
use support::{Doc, corpus, fresh, numbers, options, request};

const POLICE: [u8; 16] = [1; 16];
const TAX: [u8; 16] = [2; 16];

/// Every word that begins so, as a term in this sense.
fn marks(text: &str, word: &str, concept: [u8; 16]) -> Vec<SenseMark> {
    let chars: Vec<char> = text.to_lowercase().chars().collect();
    let wanted: Vec<char> = word.chars().collect();
    let starts = (0..chars.len()).filter(|&at| chars[at..].starts_with(&wanted));
    let mark = |start: usize| SenseMark {
        start: u32::try_from(start).unwrap(),
        end: u32::try_from(start + wanted.len()).unwrap(),
        sense: Sense { concept: ConceptId::from_bytes(concept), basis: SenseBasis::Organisation, because: Vec::new() },
        ambiguous: true,
    };
    starts.map(mark).collect()
}

/// Of the police an `aangifte` is a report, of everybody else a tax return.
fn senses(doc: &Doc) -> Senses {
    let concept = if doc.organisation == "Politie" { POLICE } else { TAX };
    let page = |page: &Page| marks(&page.text, "aangifte", concept);
    Senses { title: marks(&doc.title, "aangifte", concept), pages: doc.pages.iter().map(page).collect() }
}

fn index(docs: &[Doc]) -> Index {
    let index = fresh(Index::open(tantivy::directory::RamDirectory::create(), options()).unwrap());
    for doc in docs {
        let (labels, senses) = (doc.labels(), senses(doc));
        index
            .put(&Entry {
                id: doc.id(),
                title: &doc.title,
                path: "",
                kind: doc.kind,
                labels: &labels,
                date: None,
                pages: &doc.pages,
                senses: &senses,
            })
            .unwrap();
    }
    index.commit("nonce").unwrap();
    index
}

fn chosen(word: &str, concepts: &[[u8; 16]]) -> Vec<SenseChoice> {
    choice(word, &[concepts.iter().map(|&concept| (concept, None)).collect::<Vec<_>>().as_slice()], false)
}

/// Any of these, or (`together`) all of each list at once.
fn choice(word: &str, ways: &[&[([u8; 16], Option<&str>)]], together: bool) -> Vec<SenseChoice> {
    let terms = |&(concept, term): &([u8; 16], Option<&str>)| SenseTerms {
        concept: ConceptId::from_bytes(concept),
        terms: term.map(|term| vec![term.to_owned()]),
    };
    let mut any = Vec::new();
    for way in ways {
        let parts = way.iter().map(terms);
        if together {
            any.push(SenseAlternative { weight: 1000, all: parts.collect() });
        } else {
            any.extend(parts.map(|part| SenseAlternative { weight: 1000, all: vec![part] }));
        }
    }
    vec![SenseChoice { word: word.into(), stand: SenseStand::Any(any) }]
}

fn found(index: &Index, docs: &[Doc], query: &str, senses: Vec<SenseChoice>) -> Vec<u8> {
    let texts = |id| {
        let doc = docs.iter().find(|doc| doc.id() == id).unwrap();
        Ok::<_, Infallible>(Text { pages: doc.pages.clone(), senses: self::senses(doc).pages })
    };
    let mut request = request(query);
    request.senses = senses;
    let found = index.search(&request, &texts).unwrap();
    let query = Query::parse(query).unwrap().with_senses(&request.senses);
    assert_eq!(index.count(&query, &Filters::default()).unwrap(), found.total, "counting tells the same");
    for hit in &found.hits {
        let doc = docs.iter().find(|doc| doc.id() == hit.document).unwrap();
        for passage in &hit.passages {
            for &(start, end) in &passage.highlights {
                let page = &doc.pages[passage.page as usize - 1];
                let word: String = page.text.chars().skip(start as usize).take((end - start) as usize).collect();
                assert!(!word.trim().is_empty(), "an empty highlight in {}", doc.title);
            }
        }
    }
    numbers(&found)
}

#[test]
fn a_word_is_found_in_the_chosen_sense_only() {
    let docs = corpus();
    let index = index(&docs);
    let plain = found(&index, &docs, "aangifte", Vec::new());
    let police = found(&index, &docs, "aangifte", chosen("aangifte", &[POLICE]));
    let tax = found(&index, &docs, "aangifte", chosen("aangifte", &[TAX]));
    assert_eq!(police, [1]);
    assert_eq!(tax, [8], "inside of belastingaangifte, which the plain word does not find");
    assert_eq!(plain, [1]);
    assert_eq!(found(&index, &docs, "aangifte", chosen("aangifte", &[POLICE, TAX])), [1, 8]);
    assert_eq!(found(&index, &docs, "aangifte", chosen("aangifte", &[])), [0; 0], "no sense, nothing");
    assert_eq!(found(&index, &docs, "aangifte koerier", chosen("aangifte", &[POLICE])), [0; 0]);
    assert_eq!(found(&index, &docs, "aangifte container", chosen("aangifte", &[POLICE])), [1]);
}

#[test]
fn a_sense_can_be_narrowed_to_a_term_and_asked_together_with_another() {
    let docs = corpus();
    let index = index(&docs);
    let ask = |ways: &[&[([u8; 16], Option<&str>)]], together| {
        found(&index, &docs, "aangifte", choice("aangifte", ways, together))
    };
    assert_eq!(ask(&[&[(POLICE, Some("aangiften"))]], false), [1], "an inflection of the term");
    assert_eq!(ask(&[&[(POLICE, Some("melding"))]], false), [0; 0], "another term of the sense");
    assert_eq!(ask(&[&[(POLICE, None), (TAX, None)]], true), [0; 0], "no document has both");
    assert_eq!(ask(&[&[(POLICE, None), (TAX, None)], &[(TAX, None)]], true), [8], "one of the ways is enough");
}

#[test]
fn documents_in_which_the_word_only_has_another_sense_are_put_aside() {
    let docs = corpus();
    let index = index(&docs);
    let terms = |concept| SenseTerms { concept: ConceptId::from_bytes(concept), terms: None };
    let ask = |query: &str, stand| found(&index, &docs, query, vec![SenseChoice { word: "aangifte".into(), stand }]);
    let aside = |aside: &[[u8; 16]], kept: &[[u8; 16]]| SenseStand::Aside {
        aside: aside.iter().copied().map(terms).collect(),
        kept: kept.iter().copied().map(terms).collect(),
    };
    assert_eq!(ask("aangifte OR aanslag", aside(&[TAX], &[POLICE])), [1, 2, 8]);
    assert_eq!(ask("aangifte", aside(&[POLICE], &[TAX])), [0; 0]);
    assert_eq!(ask("aangifte", aside(&[POLICE], &[POLICE])), [1], "what has a sense that is kept stays");
    assert_eq!(ask("aangifte", SenseStand::Only { sense: terms(POLICE), without: vec![terms(TAX)] }), [1]);
    assert_eq!(ask("aangifte", SenseStand::Only { sense: terms(POLICE), without: vec![terms(POLICE)] }), [0; 0]);
}

#[test]
fn what_is_quoted_patterned_or_of_a_field_means_what_it_says() {
    let docs = corpus();
    let index = index(&docs);
    for query in ["\"aangifte\"", "=aangifte", "aangift*", "body:aangifte", "container NOT aangifte"] {
        let plain = found(&index, &docs, query, Vec::new());
        assert_eq!(found(&index, &docs, query, chosen("aangifte", &[TAX])), plain, "{query}");
    }
    let runs = Query::parse("Aangifte \"melding\" title:zaak NOT dossier aangifte").unwrap().runs();
    assert_eq!(runs, [["aangifte"], ["aangifte"]]);
}

#[test]
fn words_with_nothing_between_are_one_term_where_a_choice_says_so() {
    let runs = |query: &str| Query::parse(query).unwrap().runs();
    assert_eq!(runs("De  Aangifte\tten invoer"), [["de", "aangifte", "ten", "invoer"]]);
    assert_eq!(
        runs("aangifte AND ten (invoer) OR a b"),
        [vec!["aangifte"], vec!["ten"], vec!["invoer"], vec!["a", "b"]]
    );
    assert_eq!(runs("een \"twee\" drie title:vier vijf"), [["een"], ["drie"], ["vijf"]]);
    let docs = corpus();
    let index = index(&docs);
    let together = |word: &str| chosen(word, &[POLICE]);
    assert_eq!(found(&index, &docs, "de aangifte", together("de aangifte")), [1], "as one word");
    assert_eq!(
        found(&index, &docs, "aangifte de", together("de aangifte")),
        found(&index, &docs, "aangifte de", Vec::new())
    );
    let longest = [together("container de aangifte"), chosen("container", &[]), chosen("de aangifte", &[])].concat();
    assert_eq!(found(&index, &docs, "container de aangifte", longest), [1], "the longest first");
}

#[test]
fn what_matches_otherwise_is_left_out() {
    let docs = corpus();
    let index = index(&docs);
    let count = |one: &str, other: &str| {
        let query = Query::parse(one).unwrap().except(Query::parse(other).unwrap());
        index.count(&query, &Filters::default()).unwrap()
    };
    let all = |query: &str| index.count(&Query::parse(query).unwrap(), &Filters::default()).unwrap();
    assert_eq!(count("aangifte OR container", "container"), all("aangifte NOT container"));
    assert_eq!(count("aangifte", "aangifte"), 0);
    assert_eq!(count("*", "NOT aangifte"), all("aangifte"));
    let mut asked = request("aangifte OR aanslag");
    asked.except = Some(chosen("aangifte", &[]));
    let answer = index.search(&asked, &|_| Ok::<_, Infallible>(Text::default())).unwrap();
    assert_eq!(numbers(&answer), [1], "what the other word finds is left out");
}

#[test]
fn a_word_is_not_marked_where_it_is_put_aside() {
    let pages = [Page { number: 1, label: None, text: "De aangifte ligt er. Eén aangifte. Twee aangiften.".into() }];
    let mut senses = marks(&pages[0].text, "aangifte", POLICE);
    senses[1].sense.concept = ConceptId::from_bytes(TAX);
    let terms = |concept| SenseTerms { concept: ConceptId::from_bytes(concept), terms: Some(vec!["aangifte".into()]) };
    let starts = |stand| {
        let choice = SenseChoice { word: "aangifte".into(), stand };
        let query = Query::parse("aangifte").unwrap().with_senses(&[choice]);
        find_all(&query, &pages, std::slice::from_ref(&senses)).iter().map(|place| place.start).collect::<Vec<_>>()
    };
    assert_eq!(starts(SenseStand::Aside { aside: vec![terms(TAX)], kept: vec![terms(POLICE)] }), [3, 40]);
    assert_eq!(starts(SenseStand::Only { sense: terms(TAX), without: vec![terms(POLICE)] }), [25]);
}

#[test]
fn the_places_in_the_sense_are_marked_and_no_others() {
    let page = |number, text: &str| Page { number, label: None, text: text.into() };
    let pages =
        [page(1, "De aangifte ligt er. Eén aangifte."), page(2, "Nog een aangifte, en één \u{1f600} aangifte.")];
    let senses = [marks(&pages[0].text, "aangifte", POLICE), marks(&pages[1].text, "aangifte", TAX)];
    let query = Query::parse("aangifte").unwrap().with_senses(&chosen("aangifte", &[TAX]));
    let places = find_all(&query, &pages, &senses);
    let words: Vec<(u32, String)> = places
        .iter()
        .map(|place| {
            let text = &pages[place.page as usize - 1].text;
            let word = text.chars().skip(place.start as usize).take((place.end - place.start) as usize).collect();
            (place.page, word)
        })
        .collect();
    assert_eq!(words, [(2, "aangifte".to_owned()), (2, "aangifte".to_owned())]);
    let beyond = [Vec::new(), vec![SenseMark { start: 4_000_000_000, end: u32::MAX, ..senses[1][0].clone() }]];
    assert!(find_all(&query, &pages, &beyond).is_empty(), "a mark that is not of this text marks nothing");
}
