//! Which documents hold a word, with the documents that a person finds by reading the corpus.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use support::{corpus, in_memory};

#[test]
fn the_documents_that_hold_a_word_are_those_in_which_it_is_read() {
    let index = in_memory(&corpus());
    for (term, answer) in [
        ("aangifte", vec![1]),
        ("Aangiften", vec![1]),
        ("aanslag", vec![2, 8]),
        ("rekening", vec![1, 2]),
        // All words of a term, wherever they stand: a document too many is indexed once more for nothing.
        ("valse factuur", vec![8]),
        ("foto's", vec![6]),
        // Divided at the end of a line.
        ("emailadres", vec![7]),
        ("e-mail", vec![7]),
        ("zeppelin", vec![]),
        // A term may be a word of the query language.
        ("NOT", vec![]),
        ("—", vec![]),
    ] {
        let mut holding: Vec<u8> = index.holding(term).unwrap().iter().map(|id| id.as_bytes()[0]).collect();
        holding.sort_unstable();
        assert_eq!(holding, answer, "{term}");
    }
}
