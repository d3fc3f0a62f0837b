//! Broken, huge and hostile files: one line a case, with the exact error, and nothing half read.

mod common;

use common::{assert_whole, read, schema};
use koplamp_interchange::Format::{self, Anx, Csv, Ftm, Gexf, GraphMl};
use koplamp_interchange::{InterchangeError, Limits};

/// A document around nodes and links.
fn graphml(inner: &str) -> Vec<u8> {
    let keys = "<key id=\"w\" for=\"all\" attr.name=\"weight\" attr.type=\"double\"/><key id=\"n\" for=\"all\" attr.name=\"n\" attr.type=\"int\"/>\
                <key id=\"x\" for=\"node\" attr.name=\"x\" attr.type=\"double\"/><key id=\"y\" for=\"node\" attr.name=\"y\" attr.type=\"double\"/>";
    format!("<graphml>{keys}\n<graph edgedefault=\"directed\">\n{inner}\n</graph></graphml>").into_bytes()
}

fn gexf(inner: &str) -> Vec<u8> {
    format!("<gexf xmlns:viz=\"v\"><graph><nodes>\n<node id=\"a\"/><node id=\"b\"/>\n{inner}\n</graph></gexf>")
        .into_bytes()
}

#[test]
fn files_that_are_errors() {
    let bomb = "<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let deep = |open: &str| open.repeat(1_000_000).into_bytes();
    let advice = "have the file written again by the program that it comes from";
    let malformed = |line: u64, column: u64, reason: &str| format!("line {line}, column {column}: {reason}: {advice}");
    let document_type =
        "line 2: the file declares a document type (<!DOCTYPE ...>), which is refused: take that declaration out";
    let nested = "line 1: more than 64 elements within each other: split the file".to_owned();
    for (format, bytes, error) in [
        // Entity bombs and outside entities.
        (GraphMl, format!("<?xml version=\"1.0\"?>\n{bomb}<graphml>&b;</graphml>").into_bytes(), document_type.to_owned()),
        (Gexf, format!("<?xml version=\"1.0\"?>\n{bomb}<gexf/>").into_bytes(), document_type.to_owned()),
        (Anx, b"\n<!DOCTYPE Chart SYSTEM \"file:///etc/passwd\"><Chart/>".to_vec(), document_type.to_owned()),
        (GraphMl, b"<graphml>\n &xxe;</graphml>".to_vec(), malformed(2, 2, "the entity '&xxe;' is not known")),
        (GraphMl, b"<graphml>\n &#0;</graphml>".to_vec(), malformed(2, 2, "the entity '&#0;' is not known")),
        // Cut off.
        (GraphMl, b"<graphml>\n<graph>\n<node id='a'>".to_vec(), malformed(3, 14, "the file ends within <node>")),
        (Gexf, b"<gexf>\n<graph".to_vec(), malformed(2, 1, "syntax error: tag not closed: `>` not found before end of input")),
        (Anx, b"<Chart>\n<ChartItemCollection></Chart>".to_vec(), malformed(2, 22, "ill-formed document: expected `</ChartItemCollection>`, but `</Chart>` was found")),
        (Ftm, b"{\"id\":\"a\",\"schema\":\"Person\"}\n{\"id\":\"b\",\"sch".to_vec(), malformed(2, 14, "this is not JSON: EOF while parsing a string")),
        (Csv, b"source,target\na,b\nc,\"d\n\n".to_vec(), malformed(3, 1, "a cell begins with quotes that do not end")),
        // Not text.
        (Ftm, b"{}\n\"\xff\"".to_vec(), malformed(2, 2, "a byte that is not UTF-8")),
        (GraphMl, b"<graphml>\n\xc3\x28</graphml>".to_vec(), malformed(2, 1, "a byte that is not UTF-8")),
        (Ftm, b"{}\n\0".to_vec(), malformed(2, 1, "a NUL character")),
        (Csv, b"source,target\na,\0".to_vec(), malformed(2, 3, "a NUL character: this is no text")),
        (Gexf, b"<gexf>\n\x01</gexf>".to_vec(), malformed(2, 1, "a control character, which XML does not allow")),
        // Nested without end.
        (GraphMl, deep("<graphml>"), nested.clone()),
        (GraphMl, deep("<graphml><graph><node id='a'>"), nested.clone()),
        (Gexf, deep("<gexf>"), nested.clone()),
        (Anx, deep("<Chart>"), nested.clone()),
        (Ftm, deep("["), malformed(1, 128, "this is not JSON: recursion limit exceeded")),
        (Ftm, deep("{\"properties\":"), malformed(1, 1779, "this is not JSON: recursion limit exceeded")),
        // Something else.
        (GraphMl, b"\n<html/>".to_vec(), "line 2: this is not GraphML: it begins with <html>, not <graphml>; choose the format that it has".to_owned()),
        (Gexf, b"".to_vec(), "line 1: this is not GEXF: there is no element in it; choose the format that it has".to_owned()),
        (Gexf, b"<gexf/>\nand more".to_vec(), malformed(1, 8, "text that is not within an element")),
        (Gexf, b"<gexf/>\n<gexf/>".to_vec(), malformed(2, 1, "a second outermost element")),
        (GraphMl, b"<graphml a='1' a='2'/>".to_vec(), malformed(1, 1, "position 14: duplicated attribute, previous declaration at position 8")),
        (Csv, b"naam,bedrag\nx,1".to_vec(), "line 1: this is not a CSV list: a list of links has the columns source and target, one of entities the column id; any other table is imported with a mapping; choose the format that it has".to_owned()),
    ] {
        let found = read(format, &bytes).map_err(|error| error.to_string());
        assert_eq!(found, Err(error), "{format:?} {}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
    }
}

#[test]
fn records_that_are_rejected() {
    let ab = "<node id=\"a\"/>\n<node id=\"b\"/>\n";
    for (format, bytes, drafts, line, reason) in [
        (GraphMl, graphml(&format!("{ab}<node id=\"a\"/>")), 2, 5, "'a' is there already (line 3)"),
        (GraphMl, graphml(&format!("{ab}<edge source=\"a\" target=\"x\"/>")), 2, 5, "link from 'a' to 'x': there is no 'x'"),
        (GraphMl, graphml(&format!("{ab}<edge source=\"a\"/>")), 2, 5, "a link without source or target"),
        (GraphMl, graphml(&format!("{ab}<node/>")), 2, 5, "an entity without id"),
        (GraphMl, graphml(&format!("{ab}<hyperedge/>")), 2, 5, "a hyperedge, which joins any number of nodes, has no place in a chart"),
        (GraphMl, graphml(&format!("{ab}<edge source=\"a\" target=\"b\"><data key=\"w\">NaN</data></edge>")), 2, 5, "'a>b' has the weight 'NaN', which is not a number"),
        (GraphMl, graphml(&format!("{ab}<edge source=\"a\" target=\"b\"><data key=\"w\">-INF</data></edge>")), 2, 5, "'a>b' has the weight '-INF', which is not a number"),
        (GraphMl, graphml(&format!("{ab}<edge source=\"a\" target=\"b\"><data key=\"w\">1e400</data></edge>")), 2, 5, "'a>b' has the weight '1e400', which is not a number"),
        (GraphMl, graphml(&format!("{ab}<node id=\"c\"><data key=\"n\">many</data></node>")), 3, 5, "n of 'c' left out: 'many' is not a number"),
        (GraphMl, graphml(&format!("{ab}<node id=\"c\"><data key=\"x\">NaN</data><data key=\"y\">0</data></node>")), 2, 5, "node 'c' stands at (NaN, 0), which is no place"),
        (GraphMl, graphml(&format!("{ab}<node id=\"c\"><data key=\"x\">1e17</data><data key=\"y\">0</data></node>")), 2, 5, "node 'c' stands at (1e17, 0), which is no place"),
        (GraphMl, graphml(&format!("{ab}<edge id=\"e\" source=\"a\" target=\"b\"/>\n<edge id=\"e\" source=\"a\" target=\"b\"/>")), 3, 6, "link 'e' from 'a' to 'b' is there already"),
        (Gexf, gexf("<node id=\"a\"/></nodes><edges/>"), 2, 3, "'a' is there already (line 2)"),
        (Gexf, gexf("</nodes><edges>\n<edge source=\"q\" target=\"b\"/></edges>"), 2, 4, "link from 'q' to 'b': there is no 'q'"),
        (Gexf, gexf("</nodes><edges>\n<edge source=\"a\" target=\"b\" weight=\"inf\"/></edges>"), 2, 4, "'a>b' has the weight 'inf', which is not a number"),
        (Gexf, gexf("<node id=\"c\"><viz:position x=\"nan\" y=\"1\"/></node></nodes>"), 2, 3, "node 'c' stands at (nan, 1), which is no place"),
        (Anx, b"<Chart><ChartItemCollection>\n<ChartItem Id=\"1\"><Link End1Id=\"a\" End2Id=\"b\"/></ChartItem></ChartItemCollection></Chart>".to_vec(), 0, 2, "link from 'a' to 'b': there is no 'a'"),
        (Anx, b"<Chart><ChartItemCollection>\n<ChartItem><Link End1Id=\"a\"/></ChartItem></ChartItemCollection></Chart>".to_vec(), 0, 2, "a link without source or target"),
        (Anx, b"<Chart><ChartItemCollection>\n<ChartItem><End><Entity/></End></ChartItem></ChartItemCollection></Chart>".to_vec(), 0, 2, "an entity without id"),
        (Csv, b"source,target\na,b\na\n".to_vec(), 3, 3, "1 cells, and there are 2 columns"),
        (Csv, b"source;target\na;b\n\n;b\n".to_vec(), 3, 4, "a link without source or target"),
        (Csv, b"source,target,type,date,amount\na,b,,31-02-2025,\n".to_vec(), 0, 2, "column 'date': '31-02-2025' is not a date"),
        (Csv, b"source,target,type,date,amount\na,b,,,NaN\n".to_vec(), 0, 2, "column 'amount': 'NaN' is not an amount"),
        (Csv, b"source,target,weight\na,b,inf\n".to_vec(), 2, 2, "'a>b' has the weight 'inf', which is not a number"),
        (Csv, b"id,label\na,A\na,B\n".to_vec(), 1, 3, "'a' is there already (line 2)"),
        (Ftm, b"{\"id\":\"a\",\"schema\":\"Person\"}\n[1]".to_vec(), 1, 2, "this is not an entity: a JSON object with id, schema and properties"),
        (Ftm, b"{\"schema\":\"Person\"}".to_vec(), 0, 1, "an entity without id"),
        (Ftm, b"{\"id\":\"a\"}".to_vec(), 0, 1, "entity 'a' has no schema"),
        (Ftm, b"{\"id\":\"a\",\"schema\":\"Person\",\"properties\":[]}".to_vec(), 0, 1, "the properties of 'a' are not an object"),
        (Ftm, b"{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[[\"x\"]]}}".to_vec(), 1, 1, "a value of name of 'a' left out: it is neither words nor a number"),
        (Ftm, b"{\"id\":\"a\",\"schema\":\"Person\"}\n{\"id\":\"a\",\"schema\":\"Vehicle\"}".to_vec(), 1, 2, "'a' is a Vehicle here and a Person on line 1, and neither is a kind of the other"),
        (Ftm, b"{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"addressEntity\":[\"q\"]}}".to_vec(), 1, 1, "addressEntity of 'a' left out: there is no 'q'"),
        (Ftm, b"{\"id\":\"a\",\"schema\":\"Person\"}\n{\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"a\"],\"asset\":[\"x\"]}}".to_vec(), 1, 2, "link from 'a' to 'x': there is no 'x'"),
    ] {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let exchange = read(format, &bytes).unwrap_or_else(|error| panic!("{error} {text}"));
        assert_whole(&exchange);
        let rejected: Vec<(u64, &str)> = exchange.rejected.iter().map(|rejected| (rejected.line, rejected.reason.as_str())).collect();
        assert_eq!((exchange.drafts.len(), rejected), (drafts, vec![(line, reason)]), "{format:?} {text}");
    }
}

#[test]
fn limits_are_kept() {
    let limits = Limits { bytes: 400, nodes: 3, links: 2, attributes: 2, depth: 8, value: 10 };
    let node = |id: &str| format!("<node id=\"{id}\"/>");
    let edge = "<edge source=\"a\" target=\"a\"/>".repeat(3);
    let four: String = ["a", "b", "c", "d"].map(node).concat();
    for (format, bytes, found) in [
        (GraphMl, "x".repeat(401), Err("the file has 401 bytes, and at most 400 are read: split it")),
        (
            GraphMl,
            format!("<graphml><graph>{four}</graph></graphml>"),
            Err("line 1: more than 3 nodes: split the file"),
        ),
        (
            GraphMl,
            format!("<graphml><graph><node id=\"a\"/>{edge}</graph></graphml>"),
            Err("line 1: more than 2 links: split the file"),
        ),
        (
            Ftm,
            "{\"id\":\"a\",\"schema\":\"P\",\"properties\":{\"n\":[\"1\",\"2\",\"3\"]}}".to_owned(),
            Ok("'a' has more than 2 values"),
        ),
        (
            Ftm,
            "{\"id\":\"a\",\"schema\":\"P\",\"properties\":{\"n\":[\"12345678901\"]}}".to_owned(),
            Ok("'n' of 'a' has a value of more than 10 characters"),
        ),
        (Ftm, "{\"id\":\"12345678901\",\"schema\":\"P\"}".to_owned(), Ok("its id or type has more than 10 characters")),
        (Csv, "source,target\na,b\na,c\na,d".to_owned(), Err("line 4: more than 3 nodes: split the file")),
    ] {
        let exchange = koplamp_interchange::read(format, bytes.as_bytes(), &schema(), &limits, &mut |_| true);
        let said = exchange.map(|exchange| exchange.rejected[0].reason.clone()).map_err(|error| error.to_string());
        assert_eq!(said.as_deref().map_err(String::as_str), found, "{bytes}");
    }
}

#[test]
fn the_watch_stops_it() {
    let mut told = Vec::new();
    let bytes = "{\"id\":\"a\",\"schema\":\"P\"}\n".repeat(5_000);
    let stopped = koplamp_interchange::read(Ftm, bytes.as_bytes(), &schema(), &Limits::default(), &mut |read| {
        told.push(read);
        read < 3_000
    });
    assert_eq!((stopped, told), (Err(InterchangeError::Stopped), vec![1_000, 2_000, 3_000]));
}

/// A link that hangs on a link that hangs on a link..., the first of which hangs on nothing: all go, and in reasonable time.
#[test]
fn a_chain_of_dangling_links_goes_whole() {
    let link = |at: usize| {
        format!(
            "{{\"id\":\"l{at}\",\"schema\":\"UnknownLink\",\"properties\":{{\"subject\":[\"p\"],\"object\":[\"l{}\"]}}}}\n",
            at + 1
        )
    };
    let bytes: String =
        std::iter::once("{\"id\":\"p\",\"schema\":\"Person\"}\n".to_owned()).chain((0..50_000).map(link)).collect();
    let exchange = read(Ftm, bytes.as_bytes()).expect("read");
    assert_eq!((exchange.drafts.len(), exchange.rejected.len()), (1, 50_000));
}

#[test]
fn fragments_are_taken_together() {
    let bytes = b"{\"id\":\"a\",\"schema\":\"Thing\",\"properties\":{\"name\":[\"x\"]},\"caption\":\"x\"}\n\
        {\"id\":\"q\",\"schema\":\"Kraken\",\"properties\":{\"owner\":[\"a\"],\"asset\":[\"a\"],\"tentakels\":8}}\n\
        {\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"y\",\"x\"],\"shoeSize\":[\"43\"]}}\n\
        {\"id\":\"a\",\"schema\":\"LegalEntity\",\"properties\":{}}";
    let exchange = read(Ftm, bytes).expect("read");
    assert_whole(&exchange);
    let a = common::find(&exchange, "a");
    assert_eq!(
        (a.kind.as_str(), common::said(a, "name"), common::said(a, "shoeSize")),
        ("Person", vec!["x", "y"], vec!["43"])
    );
    assert_eq!((exchange.merged, exchange.rejected.len()), (2, 0));
    let kraken = common::find(&exchange, "q");
    assert_eq!(kraken.properties["owner"], [koplamp_model::DraftValue::Key("a".to_owned())]);
    assert_eq!(common::said(kraken, "tentakels"), ["8"]);
    for format in [Format::Ftm, GraphMl, Gexf] {
        let again = read(format, &common::write(format, &exchange.drafts)).expect("read again");
        assert_eq!(common::bare(&again.drafts), common::bare(&exchange.drafts), "{format:?}: unknown types survive");
    }
}
