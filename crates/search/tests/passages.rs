//! What holds for every passage, whatever the text and the query.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use koplamp_model::{DocumentId, Kind, Labels, Page, Passage};
use koplamp_search::{Entry, Index, Opened, Options, Query, Request, Senses, Text, find_all};
use proptest::prelude::*;
use proptest::sample::select;

const WORDS: [&str; 24] = [
    "de",
    "geld",
    "koerier",
    "koeriers",
    "huis",
    "huizen",
    "kade.",
    "e-mail",
    "e-\nmail",
    "foto’s",
    "Ĳmuiden",
    "één",
    "kopieën",
    "(12-34)",
    "a.b@c.nl",
    "🚢",
    "\n\n",
    "container,",
    "containers!",
    "van",
    "Berg?",
    "\t",
    "x",
    "belastingaangifte",
];
const QUERIES: [&str; 14] = [
    "geld",
    "koerier",
    "huis",
    "\"de koerier\"",
    "e-mail",
    "foto",
    "ijmuiden",
    "een OR twee",
    "kop*",
    "kontainer~1",
    "\"geld huis\"~4",
    "a.b@c.nl",
    "NOT geld",
    "geld OR huis OR =van",
];

fn index_of(pages: &[Page]) -> Index {
    let options = Options { writer_memory: 15_000_000, ..Options::default() };
    let Ok(Opened::Fresh(index)) = Index::open(tantivy::directory::RamDirectory::create(), options) else {
        panic!("a new index")
    };
    let labels =
        Labels { organisation: "OM".into(), source: "s".into(), purpose: "p".into(), marking: None, handling: None };
    let id = DocumentId::from_bytes([1; 16]);
    index
        .put(&Entry {
            id,
            title: "",
            path: "",
            kind: Kind::Txt,
            labels: &labels,
            date: None,
            pages,
            senses: &Senses::default(),
        })
        .unwrap();
    index.commit("n").unwrap();
    index
}

fn passages(index: &Index, pages: &[Page], query: &str) -> Option<Vec<Passage>> {
    let request = Request {
        query: query.into(),
        filters: Default::default(),
        limit: 10,
        offset: 0,
        facets: false,
        senses: Vec::new(),
        except: None,
    };
    let found = index
        .search(&request, &|_| Ok::<_, std::convert::Infallible>(Text { pages: pages.to_vec(), senses: Vec::new() }))
        .unwrap();
    found.hits.into_iter().next().map(|hit| hit.passages)
}

fn is_word(c: Option<&char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn passages_are_parts_of_the_text_and_hold_their_highlights(
        texts in prop::collection::vec(prop::collection::vec(select(WORDS.to_vec()), 0..150), 1..4),
    ) {
        let pages: Vec<Page> =
            (1..).zip(&texts).map(|(number, words)| Page { number, label: None, text: words.join(" ") }).collect();
        let index = index_of(&pages);
        for query in QUERIES {
            let everything = find_all(&Query::parse(query).unwrap(), &pages, &[]);
            let Some(passages) = passages(&index, &pages, query) else {
                prop_assert!(everything.is_empty() || query.starts_with("NOT"), "{query}: no hit, but {everything:?}");
                continue;
            };
            // What the index matched in the text is what is highlighted.
            prop_assert_eq!(everything.is_empty(), query.starts_with("NOT"), "{}", query);
            prop_assert!(passages.len() <= 3);
            let blank = pages.iter().all(|page| page.text.trim().is_empty());
            prop_assert_eq!(passages.is_empty(), blank, "{}", query);
            for passage in &passages {
                let text: Vec<char> = pages[passage.page as usize - 1].text.chars().collect();
                let (start, end) = (passage.start as usize, passage.end as usize);
                prop_assert!(start < end && end <= text.len());
                prop_assert_eq!(text[start..end].iter().collect::<String>(), passage.quote.clone());
                prop_assert!(end - start <= 700, "{} characters", end - start);
                prop_assert!(!text[start].is_whitespace() && !text[end - 1].is_whitespace(), "{:?}", passage.quote);
                prop_assert!(!(start > 0 && is_word(text.get(start - 1)) && is_word(text.get(start))), "{:?}", passage.quote);
                prop_assert!(!(is_word(text.get(end - 1)) && is_word(text.get(end))), "{:?}", passage.quote);
                prop_assert_eq!(passage.highlights.is_empty(), everything.is_empty());
                let mut last = passage.start;
                for &(from, to) in &passage.highlights {
                    prop_assert!(last <= from && from < to && to <= passage.end);
                    last = to;
                    let known = everything.iter().any(|place| (place.page, place.start, place.end) == (passage.page, from, to));
                    prop_assert!(known, "{query}: {from}..{to} of {everything:?}");
                    prop_assert!(!(from > 0 && is_word(text.get(from as usize - 1))), "{query}");
                    prop_assert!(!is_word(text.get(to as usize)), "{query}");
                }
            }
            let overlap = |a: &Passage, b: &Passage| a.page == b.page && a.start < b.end && b.start < a.end;
            for (number, passage) in passages.iter().enumerate() {
                prop_assert!(!passages[number + 1..].iter().any(|other| overlap(passage, other)));
            }
        }
    }

    #[test]
    fn no_text_makes_the_finder_panic(text in "(\\PC|[-' \n.]|[a-z]){0,400}", query in select(QUERIES.to_vec())) {
        let pages = [Page { number: 1, label: None, text }];
        find_all(&Query::parse(query).unwrap(), &pages, &[]);
        passages(&index_of(&pages), &pages, query);
    }
}

#[test]
fn a_word_of_a_megabyte_does_not_make_a_passage_of_a_megabyte() {
    let pages = [Page { number: 1, label: None, text: format!("begin {} eind", "x".repeat(1_000_000)) }];
    let index = index_of(&pages);
    let found = passages(&index, &pages, "xx*").unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].quote.len() < 2_000, "{}", found[0].quote.len());
    assert_eq!(passages(&index, &pages, "begin").unwrap()[0].highlights, [(0, 5)]);
}

#[test]
fn the_passage_with_all_words_together_comes_first() {
    let filler = "Zo ging het de hele dag door op de lange kade. ".repeat(20);
    let text = format!(
        "Het geld lag er.\n{filler}\nDe koerier kwam.\n{filler}\nDe koerier bracht het geld naar huis. Later ging hij weg.\n{filler}"
    );
    let pages = [Page { number: 1, label: None, text }];
    let found = passages(&index_of(&pages), &pages, "geld koerier").unwrap();
    assert!(found[0].quote.starts_with("De koerier bracht het geld naar huis."), "{:?}", found[0].quote);
    assert_eq!(found.len(), 3);
}
