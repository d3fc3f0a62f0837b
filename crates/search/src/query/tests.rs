//! Queries that are read, and queries that are not: what the message says, and where.

use proptest::prelude::*;

use super::{Form, Leaf, Node, Query, QueryErrorCode as Code};

/// A query tree in one line, so that a table can show it.
fn shown(node: &Node) -> String {
    let list =
        |name: &str, nodes: &[Node]| format!("{name}({})", nodes.iter().map(shown).collect::<Vec<_>>().join(" "));
    match node {
        Node::And(nodes) => list("and", nodes),
        Node::Or(nodes) => list("or", nodes),
        Node::Not(node) => format!("not({})", shown(node)),
        Node::All => "all".into(),
        Node::Leaf(Leaf { field, form, .. }) => {
            let field = field.map(|field| format!("{field:?}:").to_lowercase()).unwrap_or_default();
            let form = match form {
                Form::Word(word) => word.clone(),
                Form::Phrase(words) => format!("\"{words}\""),
                Form::Near(one, other, between) => format!("{one}<{between}>{other}"),
                Form::Wildcard(pattern) => format!("w/{pattern}"),
                Form::Fuzzy(word, distance) => format!("{word}~{distance}"),
                Form::Days(days) => format!("{}..{}", days.from.unwrap_or(0), days.to.unwrap_or(0)),
                Form::Elsewhere(word, senses) => format!("{word} but in {} senses", senses.len()),
                Form::Senses(senses) => format!("{} senses", senses.len()),
            };
            field + &form
        }
    }
}

#[test]
fn queries_are_read() {
    for (query, tree) in [
        ("aangifte", "aangifte"),
        ("valse factuur", "and(valse factuur)"),
        ("a1 AND b1 EN c1 && d1 +e1", "and(a1 b1 c1 d1 e1)"),
        ("a1 OR b1 OF c1 || d1", "or(a1 b1 c1 d1)"),
        ("a1 b1 OR c1", "or(and(a1 b1) c1)"),
        ("a1 (b1 OR c1)", "and(a1 or(b1 c1))"),
        ("NOT a1", "not(a1)"),
        ("a1 NIET b1", "and(a1 not(b1))"),
        ("a1 -b1 !c1", "and(a1 not(b1) not(c1))"),
        ("a1 OR NOT b1 c1", "or(a1 and(not(b1) c1))"),
        ("-(a1 b1)", "not(and(a1 b1))"),
        ("\"valse factuur\"", "\"valse factuur\""),
        ("„valse factuur”", "\"valse factuur\""),
        ("=aangifte ='s", "and(\"aangifte\" \"'s\")"),
        ("='valse'", "\"'valse'\""),
        ("'aangifte' 's-Gravenhage", "and(\"aangifte\" 's-Gravenhage)"),
        ("=\"valse factuur\"", "\"valse factuur\""),
        ("belasting*", "w/belasting*"),
        ("*Dienst b?nk é*", "and(w/*dienst w/b?nk w/e*)"),
        ("e-ma**l", "w/ema*l"),
        ("*", "all"),
        ("jansen~ jansen~2", "and(jansen~1 jansen~2)"),
        ("\"geld Koerier\"~5", "geld<5>koerier"),
        ("titel:notulen tekst:kade", "and(title:notulen body:kade)"),
        ("Title:(a1 OR \"b1 c1\")", "or(title:a1 title:\"b1 c1\")"),
        ("organisatie:Politie kind:pdf", "and(organisation:\"Politie\" kind:\"pdf\")"),
        (
            "organisatie:\"Openbaar Ministerie\" soort:(pdf OF docx)",
            "and(organisation:\"Openbaar Ministerie\" or(kind:\"pdf\" kind:\"docx\"))",
        ),
        ("date:2024-05", "date:20240501..20240531"),
        ("datum:3-5-2024", "date:20240503..20240503"),
        ("date:>2024-05 date:..2023", "and(date:20240532..0 date:0..20231231)"),
        ("bron:\"tip van buurman\"", "source:\"tip van buurman\""),
        ("om 12:30 uur", "and(om 12:30 uur)"),
        ("https://voorbeeld.nl/a", "https://voorbeeld.nl/a"),
        ("Jansen & Zonen - kade", "and(Jansen Zonen kade)"),
        ("jan@voorbeeld.nl", "jan@voorbeeld.nl"),
        ("and or not en of niet", "and(and or not en of niet)"),
    ] {
        match Query::parse(query) {
            Ok(read) => assert_eq!(shown(&read.root), tree, "{query}"),
            Err(error) => panic!("{query}: {error}"),
        }
    }
}

#[test]
fn a_query_that_cannot_be_read_is_told_where_and_how_to_mend_it() {
    for (query, code, start, end, says) in [
        ("", Code::Empty, 0, 0, "type a word"),
        ("   ", Code::Empty, 0, 3, "type a word"),
        ("...", Code::NoWord, 0, 3, "no letter"),
        ("& - ", Code::NoWord, 0, 4, "no letter"),
        ("kade \"valse factuur", Code::UnclosedQuote, 5, 6, "put another one"),
        ("é \"x", Code::UnclosedQuote, 2, 3, "put another one"),
        ("(kade OR dok", Code::UnclosedParenthesis, 0, 1, "put ')'"),
        ("kade (", Code::UnclosedParenthesis, 5, 6, "put ')'"),
        ("kade) dok", Code::UnopenedParenthesis, 4, 5, "never opened"),
        (")", Code::UnopenedParenthesis, 0, 1, "never opened"),
        ("kade ()", Code::EmptyParentheses, 5, 7, "nothing between"),
        ("AND kade", Code::NothingBefore, 0, 3, "before 'AND'"),
        ("kade ( OR dok )", Code::NothingBefore, 7, 9, "before 'OR'"),
        ("kade AND", Code::NothingAfter, 5, 8, "follows 'AND'"),
        ("kade OF OF dok", Code::NothingAfter, 5, 7, "follows 'OF'"),
        ("kade NOT", Code::NothingAfter, 5, 8, "follows 'NOT'"),
        ("(kade AND) dok", Code::NothingAfter, 6, 9, "follows 'AND'"),
        ("titl:kade", Code::UnknownField, 0, 4, "Did you mean titel, title"),
        ("Onderwerp:factuur", Code::UnknownField, 0, 9, "between quotation marks"),
        ("titel: kade", Code::NoValue, 0, 6, "right after the colon"),
        ("kade titel:", Code::NoValue, 5, 11, "right after the colon"),
        ("date:mei", Code::BadDate, 5, 8, "'mei' is not a date"),
        ("date:2023-02-29", Code::BadDate, 5, 15, "'2023-02-29' is not a date"),
        ("kade date:2024..2024-13", Code::BadDate, 10, 23, "'2024-13' is not a date"),
        ("date:2024..2023", Code::ReversedRange, 5, 15, "earlier date goes first"),
        ("date:[2023 TO 2024]", Code::NotSupported, 5, 10, "two dots"),
        ("kade \"...\"", Code::NoWord, 5, 10, "no letter"),
        ("kade =", Code::NoWord, 0, 6, ""),
        ("jansen~9", Code::BadTilde, 0, 8, "jansen~1 or jansen~2"),
        ("ab~2", Code::BadTilde, 0, 4, "too short"),
        ("~2", Code::BadTilde, 0, 2, "after one word"),
        ("\"een twee drie\"~2", Code::BadTilde, 0, 17, "two different words"),
        ("\"twee twee\"~2", Code::BadTilde, 0, 13, "two different words"),
        ("\"een twee\"~", Code::BadTilde, 0, 11, "number of words"),
        ("jan.*@voorbeeld", Code::BadWildcard, 0, 15, "within one word"),
        ("kade ?*", Code::BadWildcard, 5, 7, "at least one letter"),
        ("titel:*", Code::BadWildcard, 6, 7, "takes no field"),
        ("organisatie:polit~1", Code::NotForField, 12, 19, "codes or dates"),
        ("/a.c/", Code::NotSupported, 0, 5, "Regular expressions"),
        ("kade NEAR/5 dok", Code::NotSupported, 5, 11, "geld koerier"),
        ("kade^2", Code::NotSupported, 0, 6, "more weight"),
    ] {
        match Query::parse(query) {
            Ok(read) if says.is_empty() => assert_eq!(shown(&read.root), "kade", "{query}"),
            Ok(read) => panic!("{query} was read as {}", shown(&read.root)),
            Err(error) => {
                assert_eq!((error.code, error.at.start, error.at.end), (code, start, end), "{query}: {error}");
                assert!(error.message.contains(says), "{query}: {error}");
            }
        }
    }
}

#[test]
fn a_query_that_is_too_long_or_too_deep_is_refused() {
    let code = |query: String| Query::parse(&query).map_err(|error| error.code).err();
    assert_eq!(code("a ".repeat(10_001)), Some(Code::TooLong));
    assert_eq!(code(format!("{}kade{}", "(".repeat(1_000), ")".repeat(1_000))), Some(Code::TooDeep));
    assert_eq!(code(format!("{}kade", "!".repeat(1_000))), Some(Code::TooDeep));
    assert_eq!(code("a ".repeat(1_001)), Some(Code::TooDeep));
    assert_eq!(code(format!("{}kade{}", "(".repeat(40), ")".repeat(40))), None);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,60}") {
        drop(Query::parse(&text));
    }

    #[test]
    fn no_pieces_of_queries_make_the_reader_panic_and_errors_lie_within(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "a", "b1", "é", " ", " ", "(", ")", "\"", "AND", "OR", "NOT", "-", "!", "+", "=", "'", "*", "?", "~", "~2", ":",
                "title:", "date:", "kind:", "2024", "..", ">", "<", "/", "^2", "[", "|", "||", "&&", "\u{301}", "„", "-\n",
            ]),
            0..25,
        )
    ) {
        let text: String = pieces.concat();
        if let Err(error) = Query::parse(&text) {
            let length = text.chars().count();
            prop_assert!(error.at.start <= error.at.end && error.at.end <= length, "{text:?}: {error:?}");
            prop_assert!(!error.message.is_empty());
        }
    }
}
