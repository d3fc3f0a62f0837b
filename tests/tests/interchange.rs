//! Other programs' files by the command line: in, out and in again; twice in adds nothing; broken and hostile ones leave nothing behind.

use std::io::{Cursor, Write};
use std::path::Path;

use koplamp_tests::Case;
use koplamp_tests::case::Ran;
use serde_json::{Value, json};
use zip::write::{SimpleFileOptions, ZipWriter};

const LABELS: [&str; 6] = ["--organisation", "fiod", "--source", "Uitwisseling", "--purpose", "awr-toezicht"];

fn import(case: &Case, file: &Path, more: &[&str]) -> Value {
    case.json("interchange", &[&["import", file.to_str().unwrap()], more, &LABELS[..]].concat())
}

fn refused(case: &Case, file: &Path, more: &[&str]) -> Ran {
    case.run("interchange", &[&["import", file.to_str().unwrap()], more, &LABELS[..]].concat())
}

const FTM: &str = r#"{"id":"p1","schema":"Person","properties":{"name":["Ada Vuurtoren"],"birthDate":["1980-02-03"]}}
{"id":"p1","schema":"Person","properties":{"nationality":["nl"]}}
{"id":"c1","schema":"Company","properties":{"name":["Baken B.V."]}}
{"id":"d1","schema":"Directorship","properties":{"director":["p1"],"organization":["c1"],"startDate":["2024-05"]}}
{"id":"x1","schema":"Zeppelin","properties":{"name":["LZ 1"],"gasVolume":["11300"]}}
"#;

#[test]
fn what_comes_in_goes_out_and_comes_in_again() {
    let case = Case::new();
    let report = import(&case, &case.write("in.ftm.json", FTM), &["--format", "ftm", "--chart", "Uit FtM"]);
    assert_eq!(report, json!({ "entities": 3, "links": 1, "merged": 1, "rejected": [] }));
    let digest = case.digest();
    let again = import(&case, &case.at("in.ftm.json"), &["--format", "ftm", "--chart", "Uit FtM"]);
    assert_eq!((again["entities"].as_u64(), again["links"].as_u64()), (Some(0), Some(0)), "a second run adds nothing");
    assert_eq!(case.digest(), digest);

    let person = case.json("entities", &["--type", "Person"]);
    let statements = case.json("statements", &[person[0]["id"].as_str().unwrap()]);
    let quoted: Vec<&Value> = statements.as_array().unwrap().iter().filter(|said| !said["quote"].is_null()).collect();
    assert!(quoted.len() >= 3, "what came in rests on the line that says so: {statements}");
    assert!(quoted.iter().any(|said| said["quote"].as_str().unwrap().contains("Ada Vuurtoren")));

    for format in ["ftm", "graphml", "gexf", "csv"] {
        let file = case.at(format!("uit.{format}"));
        case.run("interchange", &["export", file.to_str().unwrap(), "--format", format, "--chart", "Uit FtM"]).done();
        let other = Case::new();
        let report = import(&other, &file, &["--format", format]);
        if format == "csv" {
            // A list of links has no entities: those are in a list of their own beside it.
            let entities = import(&other, &case.at("uit-entities.csv"), &["--format", "csv"]);
            assert_eq!(entities["rejected"], json!([]), "{entities}");
        }
        assert_eq!(report["links"], 1, "{format}: {report}");
        assert_eq!(report["rejected"], json!([]), "{format}");
        let names = other.json("entities", &["--query", "Vuurtoren"]);
        assert_eq!(names.as_array().unwrap().len(), 1, "{format}: {names}");
        let kept = other.json("entities", &["--type", "Zeppelin"]);
        assert_eq!(kept[0]["label"], "LZ 1", "{format}: a type that the schema does not have survives");
        let born = other.json("statements", &[names[0]["id"].as_str().unwrap()]);
        let born = born.as_array().unwrap().iter().find(|said| said["property"] == "birthDate").cloned();
        assert_eq!(born.unwrap()["value"], "1980-02-03", "{format}: what is said of an entity comes along");
    }
    case.run::<&str>("undo", &[]).done();
    assert_eq!(case.json::<&str>("entities", &[]), json!([]), "all that came in is one act");
}

#[test]
fn a_bad_row_is_listed_and_a_bad_file_leaves_nothing() {
    let case = Case::new();
    let list = "source,target,type,date,amount\nA,B,Payment,2025-01-02,10\nA,,Payment,2025-01-02,10\nA,C,Payment,2025-01-02,veel\nB,C,,,\n";
    let report = import(&case, &case.write("rijen.csv", list), &["--format", "csv"]);
    let lines: Vec<u64> =
        report["rejected"].as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [3, 4], "{report}");
    assert_eq!((report["entities"].as_u64(), report["links"].as_u64()), (Some(3), Some(2)), "{report}");
    let digest = case.digest();

    let graphml = |body: &str| {
        format!(
            "<?xml version=\"1.0\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n<graph edgedefault=\"directed\">\n{body}"
        )
    };
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<graphml><graph><node id=\"&b;\"/></graph></graphml>";
    let deep = format!("<?xml version=\"1.0\"?>\n<graphml>{}", "<graph>".repeat(100_000));
    let hostile: [(&str, &str, String, &str); 9] = [
        ("bomb.graphml", "graphml", bomb.into(), "line 2"),
        ("cut.graphml", "graphml", graphml("<node id=\"a\"/>\n<node id=\"b\""), "line"),
        ("deep.graphml", "graphml", deep, "line"),
        ("crossed.gexf", "gexf", "<gexf><graph><nodes></graph></nodes></gexf>".into(), "line 1"),
        ("cut.ftm", "ftm", "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{}}\n{\"id\":".into(), "line 2"),
        ("nul.ftm", "ftm", "{\"id\":\"a\"\0}".into(), "line 1"),
        ("cut.anx", "anx", "<Chart><ChartItemCollection><ChartItem>".into(), "line"),
        ("other.anx", "anx", "<html><body/></html>".into(), ""),
        ("heads.csv", "csv", "naam;plaats\nx;y\n".into(), ""),
    ];
    for (name, format, text, said) in hostile {
        let ran = refused(&case, &case.write(name, text), &["--format", format]);
        assert_eq!(ran.code, 1, "{name}: {}", ran.err);
        assert!(ran.err.contains(said), "{name} names the line: {}", ran.err);
        assert_eq!(case.digest(), digest, "{name} leaves nothing, not even the file");
    }
    let dangling = graphml("<node id=\"a\"/>\n<node id=\"a\"/>\n<edge source=\"a\" target=\"x\"/>\n</graph></graphml>");
    let report = import(&case, &case.write("dangling.graphml", dangling), &[]);
    let reasons = report["rejected"].as_array().unwrap();
    assert_eq!(reasons.len(), 2, "a double id and an end that is not there: {report}");
    assert!(reasons.iter().all(|row| row["line"].as_u64() >= Some(5)), "{report}");
}

/// A small workbook that says that it has so many strings that the reader's process is ended by its own allocator.
fn greedy_workbook() -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Blad1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\" uniqueCount=\"400000000000\"><si><t>a</t></si></sst>")),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>"
            ),
        ),
    ] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_that_ends_its_reader_takes_nobody_along() {
    let case = Case::new();
    let digest = case.digest();
    let file = case.write("gulzig.xlsx", greedy_workbook());
    let path = file.to_str().unwrap();
    for more in [["--dry-run"].as_slice(), &[]] {
        let ran = case.run("interchange", &[&["table", path], more, &LABELS[..]].concat()).refused(1);
        assert!(ran.err.contains("needs more than 4096 MB of memory"), "{}", ran.err);
        assert_eq!(case.digest(), digest, "it leaves nothing, not even the file");
    }
}

#[test]
fn a_table_of_payments_becomes_accounts_and_payments() {
    let case = Case::new();
    let mut table = String::from("Datum;Rekening;Tegenrekening;Naam tegenpartij;Bedrag;Af Bij;Omschrijving\n");
    for row in 0..40 {
        let (day, other, cents) = (row % 28 + 1, row % 4, row * 7 % 90);
        table.push_str(&format!(
            "{day:02}-03-2025;NL50KOPL0063005808;NL22KOPL000000000{other};Partij {other};1.2{cents:02},50;{};factuur {row}\n",
            if row % 2 == 0 { "Af" } else { "Bij" }
        ));
    }
    table.push_str("31-02-2025;NL50KOPL0063005808;NL22KOPL0000000001;Partij;10,00;Af;geen dag\n");
    table.push_str("01-03-2025;NL50KOPL0063005808;NL22KOPL0000000001;Partij;tien;Af;geen bedrag\n");
    table.push_str("01-03-2025;NL50KOPL0063005808\n");
    let file = case.write("afschrift.csv", &table);
    let path = file.to_str().unwrap();
    let before = case.digest();
    let tried = case.json("interchange", &[&["table", path, "--dry-run"], &LABELS[..]].concat());
    let bad: Vec<u64> = tried["rejected"].as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(bad, [42, 43, 44], "the three planted rows, no others: {tried}");
    assert_eq!(tried["links"], 40, "{tried}");
    assert_eq!(case.digest(), before, "a dry run leaves nothing");

    let arguments = [&["table", path, "--save", "Bank", "--chart", "Betalingen"], &LABELS[..]].concat();
    let report = case.json("interchange", &arguments);
    assert_eq!((report["entities"].as_u64(), report["links"].as_u64()), (Some(5), Some(40)), "{report}");
    let digest = case.digest();
    let again = case.json("interchange", &[&["table", path, "--mapping", "Bank"], &LABELS[..]].concat());
    assert_eq!((again["entities"].as_u64(), again["links"].as_u64()), (Some(0), Some(0)), "{again}");
    assert_eq!(case.digest(), digest, "a second run adds nothing");
    let payment = case.json("entities", &["--type", "Payment"]);
    let statements = case.json("statements", &[payment[0]["id"].as_str().unwrap()]);
    assert!(
        statements
            .as_array()
            .unwrap()
            .iter()
            .all(|said| said["quote"].as_str().is_some_and(|quote| quote.contains("factuur"))),
        "each rests on its row: {statements}"
    );
}

/// Entities of a FollowTheMoney file with their ids replaced by the words that tell them from others, and all values in order: two files that
/// say the same give the same.
fn said(text: &str) -> Vec<String> {
    let entities: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let name = |entity: &Value| {
        let properties = &entity["properties"];
        let words = ["name", "iban", "recordId", "full"].iter().find_map(|property| properties[*property][0].as_str());
        format!("<{}>", words.unwrap_or_else(|| panic!("nothing tells it from others: {entity}")))
    };
    let names: std::collections::BTreeMap<&str, String> =
        entities.iter().map(|entity| (entity["id"].as_str().unwrap(), name(entity))).collect();
    let mut lines: Vec<String> = entities
        .iter()
        .map(|entity| {
            let mut properties: Vec<String> = entity["properties"]
                .as_object()
                .unwrap()
                .iter()
                .map(|(property, values)| {
                    let named = |value: &Value| {
                        let text = value.as_str().unwrap();
                        names.get(text).cloned().unwrap_or_else(|| text.to_owned())
                    };
                    let mut values: Vec<String> = values.as_array().unwrap().iter().map(named).collect();
                    values.sort();
                    format!("{property}={}", values.join("|"))
                })
                .collect();
            properties.sort();
            format!("{} {}", entity["schema"].as_str().unwrap(), properties.join(" "))
        })
        .collect();
    lines.sort();
    lines
}

/// Several at an end, entities that are no end of a link, a property called `type`, types and properties that the schema does not have,
/// references within those, and links of links.
const WHOLE: &str = r#"{"id":"p1","schema":"Person","properties":{"name":["Ada Vuurtoren"],"addressEntity":["a1"],"nationality":["nl","be"]}}
{"id":"p2","schema":"Person","properties":{"name":["Bram Boei"]}}
{"id":"c1","schema":"Company","properties":{"name":["Baken B.V."],"parent":["c2"],"registrationNumber":["00091734"]}}
{"id":"c2","schema":"Company","properties":{"name":["Moeder N.V."]}}
{"id":"a1","schema":"Address","properties":{"full":["Kade 1, Grijsmonde"]}}
{"id":"b1","schema":"BankAccount","properties":{"iban":["NL91ABNA0417164300"]}}
{"id":"b2","schema":"BankAccount","properties":{"iban":["NL20INGB0001234567"]}}
{"id":"v1","schema":"Vehicle","properties":{"name":["Grijze bus"],"type":["bestelbus"]}}
{"id":"o1","schema":"Ownership","properties":{"owner":["p1","p2"],"asset":["c1"],"recordId":["aandelen"],"percentage":["50"]}}
{"id":"o2","schema":"Ownership","properties":{"owner":["p2"],"asset":["v1"],"recordId":["bus"]}}
{"id":"y1","schema":"Payment","properties":{"payer":["p1"],"beneficiary":["c1"],"payerAccount":["b1"],"beneficiaryAccount":["b2"],"amount":["12.50"],"recordId":["betaling"]}}
{"id":"z1","schema":"Zeppelin","properties":{"name":["LZ 1"],"captain":["p1"],"hangar":["a1"],"type":["star"],"gasVolume":["11300"]}}
{"id":"z2","schema":"Mooring","properties":{"name":["Aanlegging"],"subject":["z1"],"object":["a1"],"seenBy":["p1","p2"]}}
{"id":"f1","schema":"Family","properties":{"person":["p1"],"relative":["p2"],"recordId":["familie"]}}
"#;

#[test]
fn a_followthemoney_file_goes_round_and_says_the_same() {
    let case = Case::new();
    let report = import(&case, &case.write("heen.ftm.json", WHOLE), &["--chart", "Alles"]);
    assert_eq!((&report["rejected"], report["links"].as_u64()), (&json!([]), Some(5)), "{report}");
    for more in [&[][..], &["--chart", "Alles"]] {
        let back = case.at("terug.ftm.json");
        case.run(
            "interchange",
            &[&["export", back.to_str().unwrap(), "--format", "ftm", "--overwrite"], more].concat(),
        )
        .done();
        let exported = std::fs::read_to_string(&back).unwrap();
        assert_eq!(said(&exported), said(WHOLE), "{more:?}");
        // And once more, from what was exported.
        let other = Case::new();
        import(&other, &back, &["--format", "ftm"]);
        let again = other.at("weer.ftm.json");
        other.run("interchange", &["export", again.to_str().unwrap(), "--format", "ftm"]).done();
        assert_eq!(said(&std::fs::read_to_string(&again).unwrap()), said(WHOLE), "{more:?}");
    }
    let zeppelin = case.json("entities", &["--type", "Zeppelin"]);
    let statements = case.json("statements", &[zeppelin[0]["id"].as_str().unwrap()]);
    let captain = statements.as_array().unwrap().iter().find(|said| said["property"] == "captain").unwrap();
    let ada = case.json("entities", &["--query", "Vuurtoren"])[0]["id"].clone();
    assert_eq!(captain["entity"], ada, "it points at the entity that came in, not at the file's id: {captain}");
    let statements =
        case.json("statements", &[case.json("entities", &["--type", "Vehicle"])[0]["id"].as_str().unwrap()]);
    let vehicle: Vec<(&str, &str)> = statements
        .as_array()
        .unwrap()
        .iter()
        .map(|said| (said["property"].as_str().unwrap(), said["value"].as_str().unwrap()))
        .collect();
    assert!(vehicle.contains(&("type", "Vehicle")) && vehicle.contains(&("vehicleType", "bestelbus")), "{vehicle:?}");
}

#[test]
fn two_owners_are_two_lines_on_a_chart_and_in_other_programs() {
    let case = Case::new();
    import(&case, &case.write("heen.ftm.json", WHOLE), &["--chart", "Alles"]);
    let measures = case.json("chart", &["measures", "--chart", "Alles"]);
    let links = measures["links"].as_array().unwrap();
    assert_eq!(links.len(), 6, "five links, one of them with two owners: {links:?}");
    let ids: std::collections::BTreeSet<&str> = links.iter().map(|link| link["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 6, "each line is one of its own: {links:?}");
    for line in &ids {
        let statements = case.json("statements", &[*line]);
        assert!(statements.as_array().unwrap().iter().any(|said| said["property"] == "type"), "{line}: {statements}");
    }
    let paths = case.json("chart", &["paths", "Ada Vuurtoren", "Bram Boei", "--type", "Ownership"]);
    assert_eq!(paths["paths"].as_array().unwrap().len(), 1, "they own the same company: {paths}");
    for format in ["graphml", "gexf", "csv"] {
        let file = case.at(format!("uit.{format}"));
        case.run("interchange", &["export", file.to_str().unwrap(), "--format", format]).done();
        let other = Case::new();
        let report = import(&other, &file, &["--format", format]);
        assert_eq!((&report["links"], &report["rejected"]), (&json!(6), &json!([])), "{format}: {report}");
    }
    let list = std::fs::read_to_string(case.at("uit.csv")).unwrap();
    let mut rows = csv_rows(&list);
    let head = rows.remove(0);
    let column = |name: &str| head.iter().position(|column| column == name).unwrap_or_else(|| panic!("{name}: {list}"));
    let (kind, directed) = (column("type"), column("directed"));
    for row in rows {
        let expected = if row[kind] == "Family" { "false" } else { "true" };
        assert_eq!(row[directed], expected, "each line says whether it goes one way or both: {row:?}");
    }
}

/// Cells without quotes or line breaks in them.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn a_csv_export_counts_what_it_wrote_and_calls_entities_as_they_are_shown() {
    let case = Case::new();
    let ftm = r#"{"id":"p1","schema":"Person","properties":{"name":["Zandkreuk","Wouter Zandkreuk"]}}
{"id":"p2","schema":"Person","properties":{"name":["Alleen"]}}
{"id":"c1","schema":"Company","properties":{"name":["Baken B.V."]}}
{"id":"d1","schema":"Directorship","properties":{"director":["p1"],"organization":["c1"]}}
"#;
    import(&case, &case.write("in.ftm.json", ftm), &["--format", "ftm"]);
    let file = case.at("uit.csv");
    let told = case.json("interchange", &["export", file.to_str().unwrap(), "--format", "csv"]);
    assert_eq!((&told["entities"], &told["links"]), (&json!(3), &json!(1)), "{told}");
    let rows = |name: &str| std::fs::read_to_string(case.at(name)).unwrap().lines().count() - 1;
    assert_eq!((rows("uit-entities.csv"), rows("uit.csv")), (3, 1));
    assert_eq!(told["files"].as_array().unwrap().len(), 2, "both files are named: {told}");
    let links = std::fs::read_to_string(&file).unwrap();
    let shown = links.contains(",Wouter Zandkreuk,") && !links.contains(",Zandkreuk,");
    assert!(shown, "called as it is shown: {links}");
}

#[test]
fn records_of_different_files_are_one_only_where_they_can_be() {
    let case = Case::new();
    let count = |report: &Value| ["entities", "links", "merged"].map(|name| report[name].as_u64().unwrap());
    let list = import(&case, &case.write("s1.csv", "source,target\na,b\n"), &["--format", "csv"]);
    assert_eq!(count(&list), [2, 1, 0]);
    // The id of another format, in a file of the same source, is not the name in the list.
    let vessel = r#"{"id":"a","schema":"Vessel","properties":{"name":["De Alfa"]}}"#;
    let report = import(&case, &case.write("schip.ftm.json", vessel), &["--format", "ftm"]);
    assert_eq!(count(&report), [1, 0, 0]);
    // A list of the same source calls it so too, and says more of it.
    let nodes = import(&case, &case.write("n.csv", "id,label,type\na,Alfa,Person\n"), &["--format", "csv"]);
    assert_eq!((count(&nodes), &nodes["rejected"]), ([0, 0, 1], &json!([])), "joined, not new: {nodes}");
    let people = case.json("entities", &["--type", "Person"]);
    assert_eq!(people.as_array().unwrap().len(), 1, "what was said without a type has one now: {people}");
    assert_eq!(case.json("entities", &["--type", "Vessel"]).as_array().unwrap().len(), 1);
    // Mentioned without its type again, it stays what it is.
    let again = import(&case, &case.write("s2.csv", "source,target\na,c\n"), &["--format", "csv"]);
    assert_eq!((count(&again), &again["rejected"]), ([1, 1, 0], &json!([])), "{again}");
    // Of another type it is another: left out with the reason, and what hangs on it with it.
    let digest = case.digest();
    let clash = "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Alfa\"]}}\n\
                 {\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"a\"],\"asset\":[\"x\"]}}\n\
                 {\"id\":\"x\",\"schema\":\"Company\",\"properties\":{\"name\":[\"X B.V.\"]}}\n";
    let report = import(&case, &case.write("botst.ftm.json", clash), &["--format", "ftm"]);
    assert_eq!(count(&report), [1, 0, 0], "{report}");
    let reasons: Vec<&str> =
        report["rejected"].as_array().unwrap().iter().map(|left| left["reason"].as_str().unwrap()).collect();
    assert!(reasons[0].contains("'a' is a Person here and was a Vessel"), "{reasons:?}");
    assert!(reasons.len() == 2 && reasons[1].contains("there is no 'a'"), "{reasons:?}");
    let link = "{\"id\":\"a\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"x\"],\"asset\":[\"x\"]}}\n\
                {\"id\":\"x\",\"schema\":\"Company\",\"properties\":{\"name\":[\"X B.V.\"]}}\n";
    let report = import(&case, &case.write("verband.ftm.json", link), &["--format", "ftm"]);
    assert_eq!((count(&report), report["rejected"].as_array().unwrap().len()), ([0, 0, 0], 1), "{report}");
    assert_ne!(case.digest(), digest);
}

#[test]
fn links_of_two_lists_of_one_source_stay_apart() {
    let case = Case::new();
    let heads = "source,target,type,date,amount\n";
    let take = |name: &str, text: String| {
        let report = import(&case, &case.write(name, text), &["--format", "csv"]);
        assert_eq!(report["rejected"], json!([]), "{report}");
        ["entities", "links", "merged"].map(|name| report[name].as_u64().unwrap())
    };
    let january = format!("{heads}A,B,Payment,2024-01-05,100\nA,B,Payment,2024-01-05,100\n");
    assert_eq!(take("jan.csv", january.clone()), [2, 2, 0], "two rows that say the same are two payments");
    assert_eq!(take("feb.csv", format!("{heads}A,B,Payment,2024-02-05,200\n")), [0, 1, 0]);
    assert_eq!(take("both.csv", format!("{january}A,B,Payment,2024-02-05,200\n")), [0, 0, 0], "known already");
    // Gephi numbers the links of each export from 0.
    let numbered = "Source,Target,Type,Id\n";
    assert_eq!(take("g1.csv", format!("{numbered}a,b,Directed,0\n")), [2, 1, 0]);
    assert_eq!(take("g2.csv", format!("{numbered}c,d,Directed,0\n")), [2, 1, 0]);
    let payments = case.json("entities", &["--type", "Payment"]);
    assert_eq!(payments.as_array().unwrap().len(), 3, "{payments}");
    for payment in payments.as_array().unwrap() {
        let said = case.json("statements", &[payment["id"].as_str().unwrap()]);
        let amounts = said.as_array().unwrap().iter().filter(|said| said["property"] == "amount").count();
        assert_eq!(amounts, 1, "one payment, one amount: {said}");
    }
    let links = case.json("entities", &["--type", "UnknownLink"]);
    for link in links.as_array().unwrap() {
        let said = case.json("statements", &[link["id"].as_str().unwrap()]);
        let ends = said.as_array().unwrap().iter().filter(|said| !said["entity"].is_null()).count();
        assert_eq!(ends, 2, "a link joins two: {said}");
    }
}

#[test]
fn a_column_of_amounts_is_read_as_people_wrote_it() {
    let amounts = |text: &str| {
        let case = Case::new();
        import(&case, &case.write("lijst.csv", text), &["--format", "csv"]);
        let file = case.at("uit.ftm.json");
        case.run("interchange", &["export", file.to_str().unwrap(), "--format", "ftm"]).done();
        let mut found: Vec<String> = std::fs::read_to_string(file)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .filter_map(|entity| entity["properties"]["amount"][0].as_str().map(str::to_owned))
            .collect();
        found.sort();
        found
    };
    let dutch = amounts("source;target;type;amount\na;b;Payment;1.500\na;c;Payment;12,50\na;d;Payment;2.000,00\n");
    assert_eq!(dutch, ["12.50", "1500", "2000.00"]);
    assert_eq!(amounts("source;target;type;amount\na;b;Payment;1.500\n"), ["1500"], "the comma is left to decimals");
    assert_eq!(amounts("source,target,type,amount\na,b,Payment,1.500\n"), ["1.500"], "as programs write");
}

#[test]
fn values_that_are_none_are_listed_and_the_rest_comes_in() {
    let case = Case::new();
    let ftm = r#"{"id":"p","schema":"Person","properties":{"birthDate":["1990-02-31"],"height":["NaN"],"country":["nl"]}}
{"id":"q","schema":"Person","properties":{"name":["Quirijn Zand"]}}
{"id":"b1","schema":"Payment","properties":{"payer":["p"],"beneficiary":["q"],"amount":["veel"],"date":["gisteren"]}}
{"id":"b2","schema":"Payment","properties":{"payer":["p"],"beneficiary":["q"],"amount":["1.500,00"],"date":["31-12-2024"]}}
{"id":"o","schema":"Ownership","properties":{"owner":["p"]}}
"#;
    let report = import(&case, &case.write("fout.ftm.json", ftm), &["--format", "ftm"]);
    let rows: Vec<(u64, &str)> = report["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["line"].as_u64().unwrap(), row["reason"].as_str().unwrap()))
        .collect();
    assert_eq!(
        rows,
        [
            (1, "birthDate of 'p' left out: '1990-02-31' is not a date"),
            (1, "height of 'p' left out: 'NaN' is not a number"),
            (3, "amount of 'b1' left out: 'veel' is not a number"),
            (3, "date of 'b1' left out: 'gisteren' is not a date"),
            (5, "a link without source or target"),
        ]
    );
    assert_eq!((&report["entities"], &report["links"]), (&json!(2), &json!(2)));
    let people = case.json("entities", &["--type", "Person"]);
    let labels: Vec<&str> = people.as_array().unwrap().iter().filter_map(|one| one["label"].as_str()).collect();
    assert!(labels.contains(&"Quirijn Zand") && !labels.contains(&"nl"), "a country is no name: {people}");
    let file = case.at("uit.ftm.json");
    case.run("interchange", &["export", file.to_str().unwrap(), "--format", "ftm"]).done();
    let out = std::fs::read_to_string(file).unwrap();
    assert!(out.contains("\"1500.00\"") && out.contains("\"2024-12-31\""), "read as people write it: {out}");
}
