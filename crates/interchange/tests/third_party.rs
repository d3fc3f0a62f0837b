//! Files of other programs: networkx, followthemoney and openpyxl (made by tests/fixtures/make.py), and in the way of Gephi, yEd and
//! Analyst's Notebook (by hand). What we write is opened by networkx and followthemoney with `make.py check`.

mod common;

use common::{assert_whole, bare, draft, find, fixture, read, said, write};
use koplamp_interchange::Format;
use koplamp_model::{DraftValue, Position, Refusal, Rejected};

#[test]
fn karate_club_of_networkx() {
    for (name, format) in [("karate.graphml", Format::GraphMl), ("karate.gexf", Format::Gexf)] {
        let bytes = fixture(name);
        assert_eq!(Format::guess(name, &bytes), Some(format));
        let exchange = read(format, &bytes).expect(name);
        assert_whole(&exchange);
        // Zachary (1977): 34 members, 78 ties.
        let links = exchange.drafts.iter().filter(|draft| draft.kind == "UnknownLink").count();
        assert_eq!((exchange.drafts.len() - links, links, exchange.rejected.len()), (34, 78, 0), "{name}");
        let first = find(&exchange, "0");
        assert_eq!(
            (said(first, "name"), said(first, "club"), first.kind.as_str()),
            (vec!["0"], vec!["Mr. Hi"], "Thing")
        );
        let tie = exchange.drafts.iter().find(|draft| draft.kind == "UnknownLink").expect("a tie");
        assert_eq!(tie.properties["subject"], [DraftValue::Key("0".to_owned())]);
        assert_eq!(said(tie, "directed"), ["false"], "{name}");
        assert_eq!(said(tie, "weight").len(), 1);
    }
}

#[test]
fn parallel_links_and_types_of_networkx() {
    for (name, format, line) in [("multi.graphml", Format::GraphMl, 33), ("multi.gexf", Format::Gexf, 47)] {
        let exchange = read(format, &fixture(name)).expect(name);
        assert_whole(&exchange);
        assert_eq!(exchange.drafts.len(), 5, "{name}: {exchange:#?}");
        let anna = find(&exchange, "a");
        assert_eq!((anna.kind.as_str(), anna.position), ("Person", Some(Position { x: 1.5, y: -2.0 })));
        let owns = exchange.drafts.iter().find(|draft| draft.kind == "Ownership").expect("the ownership");
        assert_eq!(
            (said(owns, "owner"), said(owns, "asset"), said(owns, "since")),
            (vec!["a"], vec!["b"], vec!["2019"])
        );
        assert!(exchange.drafts.iter().any(|draft| said(draft, "role") == ["kent elkaar"]));
        let reason = "has the weight 'nan', which is not a number";
        let rejected = exchange.rejected.first().expect("the weight");
        assert!(rejected.line == line && rejected.reason.ends_with(reason), "{name}: {rejected:?}");
    }
}

#[test]
fn gephi() {
    let exchange = read(Format::Gexf, &fixture("gephi.gexf")).expect("read");
    assert_whole(&exchange);
    let anna = find(&exchange, "0");
    assert_eq!((anna.kind.as_str(), anna.line), ("Person", 12));
    assert_eq!((said(anna, "name"), said(anna, "alias")), (vec!["Anna"], vec!["An", "Annie"]));
    assert_eq!(anna.position, Some(Position { x: -12.5, y: 30.25 }));
    assert_eq!(find(&exchange, "1").kind, "Company");
    assert_eq!(said(find(&exchange, "2"), "name"), ["Kind & co"]);
    let owns = find(&exchange, "link:0");
    assert_eq!(
        (owns.kind.as_str(), said(owns, "startDate"), said(owns, "weight")),
        ("Ownership", vec!["2020-01-01"], vec!["2.0"])
    );
    assert!(owns.quote.starts_with("<edge id=\"0\""));
    let saw = find(&exchange, "link:1");
    assert_eq!((said(saw, "role"), said(saw, "directed")), (vec!["zag"], vec!["false"]));
    assert_eq!(said(find(&exchange, "1>1"), "subject"), ["1"]);
    let nan = Rejected::new(
        13,
        Refusal::ValueNotANumber { property: "PageRank".into(), key: "0".into(), cell: "NaN".into() },
    );
    assert_eq!(exchange.rejected, [nan]);
}

#[test]
fn yed() {
    let exchange = read(Format::GraphMl, &fixture("yed.graphml")).expect("read");
    assert_whole(&exchange);
    let anna = find(&exchange, "n0");
    assert_eq!((said(anna, "name"), anna.position), (vec!["Anna"], Some(Position { x: 120.0, y: 65.0 })));
    assert_eq!(said(find(&exchange, "n1"), "name"), ["Groep"]);
    assert_eq!(said(find(&exchange, "n1::n0"), "name"), ["Bob"]);
    let call = find(&exchange, "e0");
    assert_eq!((call.kind.as_str(), said(call, "caller"), said(call, "callee")), ("Call", vec!["n0"], vec!["n1::n0"]));
    assert_eq!(exchange.drafts.len(), 5);
}

#[test]
fn analysts_notebook() {
    let bytes = fixture("chart.anx");
    assert_eq!(Format::guess("chart.xml", &bytes), Some(Format::Anx));
    let exchange = read(Format::Anx, &bytes).expect("read");
    assert_whole(&exchange);
    let jan = find(&exchange, "p1");
    assert_eq!((jan.kind.as_str(), jan.position), ("Person", Some(Position { x: 100.0, y: 200.0 })));
    assert_eq!(
        (said(jan, "name"), said(jan, "Geboortedatum"), said(jan, "identity")),
        (vec!["Jan Jansen"], vec!["1970-01-02"], vec!["JANSEN 1970"])
    );
    assert_eq!(find(&exchange, "v1").kind, "Vehicle");
    assert_eq!(find(&exchange, "h1").kind, "Clubhuis");
    let owns = find(&exchange, "CI9");
    assert_eq!((owns.kind.as_str(), said(owns, "owner"), said(owns, "asset")), ("Ownership", vec!["p1"], vec!["v1"]));
    assert_eq!(
        (said(owns, "date"), said(owns, "Bedrag"), said(owns, "strength")),
        (vec!["2025-12-31"], vec!["100"], vec!["Confirmed"])
    );
    assert_eq!(
        (said(owns, "notes"), said(owns, "sourceReference")),
        (vec!["Waarneming: Hij stapte uit de auto."], vec!["PV 12"])
    );
    // The arrow stands at the first end.
    let seen = find(&exchange, "CI4");
    assert_eq!((said(seen, "subject"), said(seen, "object")), (vec!["p1"], vec!["h1"]));
    assert_eq!((seen.kind.as_str(), said(seen, "role")), ("UnknownLink", vec!["Gezien bij", "Gezien"]));
    let dangling = Rejected::new(40, Refusal::NoSuchEnd { from: "p1".into(), to: "p9".into(), missing: "p9".into() });
    assert_eq!(exchange.rejected, [dangling]);
}

#[test]
fn follow_the_money() {
    let bytes = fixture("entities.ftm.json");
    let exchange = read(Format::Ftm, &bytes).expect("read");
    assert_whole(&exchange);
    assert_eq!(said(find(&exchange, "p1"), "name"), ["Jan Jansen", "J. Jansen"]);
    let owns = find(&exchange, "o1");
    assert_eq!(owns.properties["owner"], [DraftValue::Key("p1".to_owned())]);
    assert_eq!((owns.line, owns.quote.as_bytes()), (3, bytes.split(|byte| *byte == b'\n').nth(2).expect("a line")));
    let again = read(Format::Ftm, &write(Format::Ftm, &exchange.drafts)).expect("read again");
    assert_eq!(bare(&again.drafts), bare(&exchange.drafts));
}

/// With KOPLAMP_WRITTEN=FOLDER it leaves the files there, for `make.py check FOLDER`.
#[test]
fn what_we_write_comes_back() {
    let mut jan = draft("p1", "Person", &[("name", "Jan Jansen"), ("name", "J. Jansen"), ("birthDate", "1970-01-02")]);
    jan.position = Some(Position { x: -10.5, y: 0.1 });
    let drafts = [
        jan,
        draft("p2", "Person", &[("name", "=HYPERLINK(\"x\") & <b>\n\t'"), ("addressEntity", "@a1")]),
        draft("c1", "Company", &[("country", "nl")]),
        draft("a1", "Address", &[("full", "Dorpsstraat 1")]),
        draft("o1", "Ownership", &[("owner", "@p1"), ("asset", "@c1"), ("percentage", "50")]),
        draft("f1", "Family", &[("person", "@p1"), ("relative", "@p2"), ("relationship", "broer")]),
        draft(
            "b1",
            "Payment",
            &[("payer", "@p2"), ("beneficiary", "@c1"), ("amount", "12.50"), ("date", "2025-12-31")],
        ),
    ];
    let folder = std::env::var_os("KOPLAMP_WRITTEN").map(std::path::PathBuf::from);
    for (format, name) in [(Format::GraphMl, "out.graphml"), (Format::Gexf, "out.gexf"), (Format::Ftm, "out.ftm.json")]
    {
        let bytes = write(format, &drafts);
        let mut exchange = read(format, &bytes).expect(name);
        assert_whole(&exchange);
        assert_eq!(exchange.rejected, []);
        let mut expected = bare(&drafts);
        if format == Format::Ftm {
            expected.iter_mut().for_each(|draft| draft.position = None);
        }
        exchange.drafts = bare(&exchange.drafts);
        assert_eq!(exchange.drafts, expected, "{name}");
        if let Some(folder) = &folder {
            std::fs::write(folder.join(name), bytes).expect("written");
        }
    }
    let edges = read(Format::Csv, &write(Format::Csv, &drafts)).expect("a list of links");
    let links = |drafts: &[koplamp_model::Draft]| -> Vec<_> {
        bare(drafts)
            .into_iter()
            .filter(|draft| ["Ownership", "Family", "Payment"].contains(&draft.kind.as_str()))
            .collect()
    };
    assert_eq!(
        (common::unnumbered(links(&edges.drafts)), edges.rejected),
        (common::unnumbered(links(&drafts)), vec![])
    );
    let nodes = koplamp_interchange::write_nodes(&drafts, &common::schema()).expect("a list of entities");
    let mut nodes = bare(&read(Format::Csv, &nodes).expect("a list of entities").drafts);
    let entities: Vec<_> = bare(&drafts).into_iter().filter(|draft| !links(&drafts).contains(draft)).collect();
    nodes.sort_by(|a, b| a.key.cmp(&b.key));
    assert_eq!(nodes, entities);
}

/// A type that is called by an identifier first takes a label for it only where it looks like one.
#[test]
fn labels() {
    let bytes = "id,label,type\n1,NL91ABNA0417164300,rekening\n2,Spaarpot van Jan,rekening\n3,+31 6 12345678,telefoon\n4,Prepaid,telefoon\n";
    let exchange = read(Format::Csv, bytes.as_bytes()).expect("read");
    for (key, property, label) in
        [("1", "iban", "NL91ABNA0417164300"), ("2", "name", "Spaarpot van Jan"), ("3", "number", "+31 6 12345678")]
    {
        assert_eq!(said(find(&exchange, key), property), [label]);
    }
    assert_eq!((exchange.drafts.len(), find(&exchange, "4").kind.as_str()), (4, "PhoneNumber"));
}
