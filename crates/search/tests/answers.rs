//! Queries over a corpus by hand, with the documents that a person finds by reading it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use koplamp_model::Kind;
use koplamp_search::{FacetCount, Filters, Query, SearchError, Text, find_all};
use proptest::prelude::*;
use proptest::sample::select;
use support::{corpus, in_memory, numbers, request, search};

#[test]
fn queries_have_the_answers_that_reading_gives() {
    let docs = corpus();
    let index = in_memory(&docs);
    for (query, answer) in [
        // Words, and their inflections in either language.
        ("aangifte", vec![1]),
        ("container", vec![1, 3]),
        ("containers", vec![1, 3]),
        ("rekening", vec![1, 2]),
        ("huis", vec![6]),
        ("vergunning", vec![8]),
        ("facturen", vec![3, 8]),
        ("invoice", vec![4]),
        ("payment", vec![4]),
        ("drives", vec![4]),
        ("verdachte", vec![]),
        // The form as typed.
        ("=container", vec![1, 3]),
        ("=containers", vec![3]),
        ("=rekeninge", vec![]),
        ("'rekeningen'", vec![1]),
        // Accents, case, ij, hyphens, apostrophes, divided words.
        ("KOPIEEN", vec![3]),
        ("kopieën", vec![3]),
        ("cafe ijzer", vec![5]),
        ("foto", vec![6]),
        ("foto's", vec![6]),
        ("fotos", vec![6]),
        ("douane-expediteur", vec![3]),
        ("douaneexpediteur", vec![3]),
        ("expediteur", vec![1, 3]),
        ("emailadres", vec![7]),
        ("0600000012", vec![7]),
        ("06-00000012", vec![7]),
        ("NL00XBNK0123456789", vec![2]),
        ("nl00xbnk*", vec![2]),
        ("12-xyz-3", vec![1]),
        ("1250,00", vec![5]),
        // Operators.
        ("container AND controle", vec![3]),
        ("container controle", vec![3]),
        ("aangifte OR aanslag", vec![1, 2, 8]),
        ("aangifte OF aanslag", vec![1, 2, 8]),
        ("aanslag NOT notulen", vec![2]),
        ("aanslag -notulen", vec![2]),
        ("NIET (container OR geld OR vries)", vec![4, 8]),
        ("koerier (geld OR goud) -titel:tip", vec![6]),
        ("*", vec![1, 2, 3, 4, 5, 6, 7, 8]),
        ("aangifte OR NOT (soort:pdf OR soort:txt)", vec![1, 2, 3, 4, 5]),
        // Phrases and proximity.
        ("\"valse factuur\"", vec![8]),
        ("\"factuur valse\"", vec![]),
        ("\"van den Berg\"", vec![4]),
        ("\"de vries\"", vec![2, 5]),
        ("\"geld koerier\"~3", vec![6, 7]),
        ("\"koerier geld\"~3", vec![6, 7]),
        ("\"geld koerier\"~2", vec![]),
        // The last word of a page and the first of the next are not next to each other.
        ("\"leggen actie\"", vec![]),
        ("\"leggen actie\"~50", vec![]),
        // Patterns.
        ("belasting*", vec![8]),
        ("*belasting*", vec![2, 8]),
        ("*aangifte", vec![1, 8]),
        ("h?is", vec![6]),
        ("kourier~", vec![6, 7]),
        ("keorier~1", vec![6, 7]),
        ("kuarier~1", vec![]),
        ("kuarier~2", vec![6, 7]),
        // Fields.
        ("titel:container", vec![3]),
        ("title:(aangifte OR aanslag)", vec![1, 2]),
        ("tekst:tip", vec![]),
        ("organisatie:politie", vec![1, 6, 7]),
        ("organisation:\"POLITIE\" soort:txt", vec![6, 7]),
        ("organisatie:bel*", vec![2]),
        ("soort:(pdf OR eml)", vec![1, 4, 8]),
        ("bron:opsporing koerier", vec![6, 7]),
        ("pad:\"zaak 4\"", vec![4]),
        ("doel:rik markering:intern container", vec![1, 3]),
        // Dates.
        ("datum:2023", vec![1]),
        ("date:2024-05", vec![3, 4]),
        ("date:2024-05-31..2024-06-01", vec![4, 5]),
        ("date:>2024-05", vec![5, 7, 8]),
        ("date:>=2024-05-31", vec![4, 5, 7, 8]),
        ("date:<2024-05-03", vec![1, 2]),
        ("date:..2024-01", vec![1, 2]),
        ("date:2024-12..", vec![7, 8]),
        ("-date:1900..2100", vec![6]),
        ("container date:2024", vec![3]),
    ] {
        let found = search(&index, &docs, &request(query)).unwrap_or_else(|error| panic!("{query}: {error}"));
        assert_eq!(numbers(&found), answer, "{query}");
        assert_eq!(found.total as usize, answer.len(), "{query}");
        let mut asked = request(query);
        asked.limit = 0;
        assert_eq!(search(&index, &docs, &asked).unwrap().total as usize, answer.len(), "{query} counted only");
    }
}

#[test]
fn what_matches_better_comes_first() {
    let docs = corpus();
    let index = in_memory(&docs);
    let first = |query: &str| search(&index, &docs, &request(query)).unwrap().hits[0].document.as_bytes()[0];
    assert_eq!(first("container"), 3, "in the title as well as in the text");
    assert_eq!(first("=containers OR =container"), 3);
    assert_eq!(first("huizen"), 6);
    let found = search(&index, &docs, &request("koerier OR geld OR =week")).unwrap();
    assert!(found.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    assert_eq!(found.hits[0].document.as_bytes()[0], 7, "all three words");
}

#[test]
fn hits_are_paged() {
    let docs = corpus();
    let index = in_memory(&docs);
    let all = search(&index, &docs, &request("container OR koerier OR aanslag")).unwrap();
    let mut paged = Vec::new();
    for offset in 0..4 {
        let mut asked = request("container OR koerier OR aanslag");
        (asked.limit, asked.offset) = (2, offset * 2);
        let found = search(&index, &docs, &asked).unwrap();
        assert_eq!(found.total, all.total);
        paged.extend(found.hits);
    }
    assert_eq!(paged, all.hits);
}

fn counts(list: &[(&str, u64)]) -> Vec<FacetCount> {
    list.iter().map(|&(value, count)| FacetCount { value: value.into(), count }).collect()
}

#[test]
fn facets_equal_a_count_by_hand() {
    let docs = corpus();
    let index = in_memory(&docs);
    let mut asked = request("container OR geld OR =koerier OR notulen");
    asked.facets = true;
    let facets = search(&index, &docs, &asked).unwrap().facets.unwrap();
    assert_eq!(facets.organisation, counts(&[("Politie", 3), ("Douane", 1), ("OM", 1)]));
    assert_eq!(facets.kind, counts(&[("pdf", 2), ("txt", 2), ("html", 1)]));
    assert_eq!(facets.year, counts(&[("2024", 2), ("2023", 1), ("2025", 1)]));

    asked.filters.organisation = vec!["Politie".into()];
    let found = search(&index, &docs, &asked).unwrap();
    assert_eq!(numbers(&found), [1, 6, 7]);
    let facets = found.facets.unwrap();
    assert_eq!(
        facets.organisation,
        counts(&[("Politie", 3), ("Douane", 1), ("OM", 1)]),
        "its own filter does not count"
    );
    assert_eq!(facets.kind, counts(&[("txt", 2), ("pdf", 1)]));
    assert_eq!(facets.year, counts(&[("2023", 1), ("2024", 1)]));

    asked.filters =
        Filters { organisation: vec!["Politie".into(), "OM".into()], kind: vec![Kind::Pdf], year: vec![2023, 2025] };
    let found = search(&index, &docs, &asked).unwrap();
    assert_eq!(numbers(&found), [1, 8]);
    assert_eq!(found.facets.unwrap().kind, counts(&[("pdf", 2)]));
}

#[test]
fn a_query_that_cannot_be_read_is_an_error_of_its_own() {
    let docs = corpus();
    let index = in_memory(&docs);
    assert!(matches!(search(&index, &docs, &request("(kade")), Err(SearchError::Query(_))));
    let failing = index.search(&request("kade"), &|_| Err::<Text, _>("gone"));
    assert!(matches!(failing, Err(SearchError::Text { .. })));
}

/// Facets counted by going through the documents.
fn recount(docs: &[support::Doc], filters: &Filters, found: &[u8], own: usize) -> Vec<FacetCount> {
    let mut counted = std::collections::BTreeMap::<String, u64>::new();
    for doc in docs.iter().filter(|doc| found.contains(&doc.number)) {
        let year = doc.date.as_ref().map(|date| date[..4].to_owned());
        let passes = [
            filters.organisation.is_empty() || filters.organisation.contains(&doc.organisation),
            filters.kind.is_empty() || filters.kind.contains(&doc.kind),
            filters.year.is_empty() || year.as_ref().is_some_and(|year| filters.year.contains(&year.parse().unwrap())),
        ];
        let value = [Some(doc.organisation.clone()), Some(doc.kind.code().to_owned()), year][own].clone();
        if let (Some(value), true) = (value, (0..3).all(|other| other == own || passes[other])) {
            *counted.entry(value).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counted.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then(a.value.cmp(&b.value)));
    counts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn facets_equal_a_recount(
        query in select(vec!["*", "container", "de OR the", "koerier", "NOT de"]),
        organisation in prop::collection::vec(select(vec!["Politie", "FIOD", "OM", "KMar"]), 0..3),
        kind in prop::collection::vec(select(Kind::ALL.to_vec()), 0..4),
        year in prop::collection::vec(select(vec![2023_u32, 2024, 2025, 1999]), 0..3),
    ) {
        let docs = corpus();
        let index = in_memory(&docs);
        let all = numbers(&search(&index, &docs, &request(query)).unwrap());
        let organisation: Vec<String> = organisation.into_iter().map(String::from).collect();
        let filters = Filters { organisation, kind, year };
        let mut asked = request(query);
        (asked.facets, asked.filters) = (true, filters.clone());
        let facets = search(&index, &docs, &asked).unwrap().facets.unwrap();
        prop_assert_eq!(facets.organisation, recount(&docs, &filters, &all, 0));
        prop_assert_eq!(facets.kind, recount(&docs, &filters, &all, 1));
        prop_assert_eq!(facets.year, recount(&docs, &filters, &all, 2));
    }
}

#[test]
fn passages_show_what_was_asked_where_it_stands() {
    let docs = corpus();
    let index = in_memory(&docs);
    for (query, document, page, highlighted) in [
        ("rekening", 1_u8, 2, vec!["rekeningen"]),
        ("\"van den berg\"", 4, 1, vec!["van den Berg"]),
        ("kopieen", 3, 1, vec!["Kopieën"]),
        ("foto", 6, 1, vec!["foto's"]),
        ("emailadres", 7, 1, vec!["e-mail-\nadres"]),
        ("\"geld koerier\"~3", 6, 1, vec!["geld werd door de koerier"]),
        ("bel*aangifte", 8, 1, vec!["belastingaangifte"]),
        ("kourier~1 -notulen", 6, 1, vec!["koerier"]),
        ("actie einde", 8, 2, vec!["Actie", "Einde"]),
        // The field is matched elsewhere; the beginning is shown.
        ("titel:notulen", 8, 1, vec![]),
        ("datum:2025", 8, 1, vec![]),
    ] {
        let found = search(&index, &docs, &request(query)).unwrap();
        let hit =
            found.hits.iter().find(|hit| hit.document.as_bytes()[0] == document).unwrap_or_else(|| panic!("{query}"));
        let passage = &hit.passages[0];
        let doc = &docs[usize::from(document) - 1];
        let text: Vec<char> = doc.pages[passage.page as usize - 1].text.chars().collect();
        let cut = |start: u32, end: u32| text[start as usize..end as usize].iter().collect::<String>();
        assert_eq!(passage.page, page, "{query}");
        assert_eq!(cut(passage.start, passage.end), passage.quote, "{query}");
        let shown: Vec<String> = passage.highlights.iter().map(|&(start, end)| cut(start, end)).collect();
        assert_eq!(shown, highlighted, "{query}");
    }
    let words = find_all(&Query::parse("\"den berg\"").unwrap(), &docs[6].pages, &[]);
    assert_eq!(words, [], "the words stand there, but not as the phrase");
}
