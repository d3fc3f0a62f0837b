//! Statements, suggestions, merges and charts by the command line, on the demo case with what its analysts stated.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_model::{DocumentId, Page};
use koplamp_tests::case::PASSPHRASE;
use koplamp_tests::demo::{demo, import};
use koplamp_tests::{Case, answers};
use koplamp_workspace::EntityQuery;
use serde_json::Value;

/// The demo case with its statements recorded, on a chart.
fn recorded() -> Case {
    let case = Case::new();
    import(&case);
    let script = demo().statements();
    case.json("record", &[script.to_str().unwrap(), "--chart", "Grijsmonde"]);
    case
}

fn array(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("a list is expected: {value}"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("'{key}' is words: {value}"))
}

#[test]
fn every_statement_of_the_demo_case_stands_at_its_passage() {
    let case = recorded();
    let entities = case.json::<&str>("entities", &[]);
    assert!(array(&entities).len() > 100, "{} entities", array(&entities).len());
    let one = &array(&entities)[0];
    let statements = case.json("statements", &[text(one, "id")]);
    assert_eq!(one["statements"].as_u64(), Some(array(&statements).len() as u64), "{one}");
    for key in [
        "id",
        "property",
        "document",
        "page",
        "start",
        "end",
        "quote",
        "organisation",
        "purpose",
        "marking",
        "grade",
        "valid_from",
        "valid_to",
        "recorded",
        "by",
    ] {
        assert!(statements[0].get(key).is_some(), "'{key}' is promised: {}", statements[0]);
    }

    // All of them, without starting a program for each.
    let workspace = answers::open(&case.workspace(), &case.device_secret_file(), PASSPHRASE).unwrap();
    let all = EntityQuery { links: true, ..EntityQuery::default() };
    let mut texts: BTreeMap<DocumentId, Vec<Page>> = BTreeMap::new();
    let (mut checked, mut hypotheses, mut links) = (0, 0, 0);
    for entity in workspace.entities(&all, u32::MAX, 0).unwrap().entities {
        let view = workspace.entity(entity.id).unwrap();
        links += usize::from(view.ends.is_some());
        for statement in &view.statements {
            let Some(evidence) = &statement.fact.evidence else {
                hypotheses += 1;
                continue;
            };
            let document = evidence.document;
            let pages = texts.entry(document).or_insert_with(|| workspace.pages(document, 1, u32::MAX).unwrap());
            let page = &pages[evidence.page as usize - 1].text;
            let length = (evidence.end - evidence.start) as usize;
            let cut: String = page.chars().skip(evidence.start as usize).take(length).collect();
            assert_eq!(evidence.quote, cut, "{statement:?}");
            checked += 1;
        }
    }
    println!("{checked} statements stand at their passages, {hypotheses} are hypotheses, {links} links");
    assert!(checked > 1_200 && links > 200, "{checked} statements, {links} links");
    workspace.close("end").unwrap();
    let digest = case.digest();
    assert_eq!(case.json("doctor", &["--rebuild"])["state_digest"], digest, "the log gives all of it again");
}

#[test]
fn the_brokers_stand_among_the_first_once_what_is_one_is_one() {
    let case = Case::new();
    import(&case);
    let script = demo().statements();
    case.json("record", &[script.to_str().unwrap(), "--merges", "--chart", "Grijsmonde"]);
    let ranking = case.json("chart", &["brokers", "--chart", "Grijsmonde"]);
    let names: Vec<&str> = array(&ranking["brokers"]).iter().map(|broker| text(broker, "label")).collect();
    let top: BTreeSet<&str> = names.iter().take(3).copied().collect();
    assert!(top.iter().any(|name| name.contains("Kloosterziel")), "{names:?}");
    assert!(top.iter().any(|name| name.contains("Vaalmeer")), "{names:?}");
    for broker in array(&ranking["brokers"]).iter().take(2) {
        assert!(!array(&broker["reasons"]).is_empty(), "a rank has its reasons: {broker}");
    }
    let before = case.digest();
    let merged = array(&case.json("entities", &["--type", "Person"])).len();
    let broker =
        array(&ranking["brokers"]).iter().find(|broker| text(broker, "label").contains("Kloosterziel")).unwrap();
    case.run("unmerge", &[text(broker, "id")]).done();
    let parted = array(&case.json("entities", &["--type", "Person"])).len();
    assert!(parted > merged, "one judgement less, more entities: {merged}, {parted}");
    case.run::<&str>("undo", &[]).done();
    assert_eq!(case.digest(), before, "undo gives back exactly what was");
}

#[test]
fn suggestions_become_statements_or_are_never_heard_of_again() {
    let case = Case::new();
    import(&case);
    let beginning = case.digest();
    let waiting = case.json("suggestions", &["--kind", "phone"]);
    let all = array(&waiting);
    for key in ["id", "kind", "value", "normal", "document", "page", "start", "end", "confidence"] {
        assert!(all[0].get(key).is_some(), "'{key}' is promised: {}", all[0]);
    }
    // The first join of the key: one number, two organisations.
    let joined: Vec<&Value> = all.iter().filter(|found| found["normal"] == "+31600471283").collect();
    let documents: BTreeSet<&str> = joined.iter().map(|found| text(found, "document")).collect();
    assert!(documents.len() >= 2, "it stands in documents of two organisations: {joined:?}");
    let ids: Vec<&str> = joined.iter().map(|found| text(found, "id")).collect();
    case.run("accept", &ids).done();
    let phones = case.json("entities", &["--type", "PhoneNumber"]);
    assert_eq!(array(&phones).len(), 1, "it is one entity, wherever it stands: {phones}");
    let statements = case.json("statements", &[text(&array(&phones)[0], "id")]);
    let organisations: BTreeSet<&str> = array(&statements).iter().map(|said| text(said, "organisation")).collect();
    assert!(organisations.len() >= 2, "each organisation states it itself: {organisations:?}");
    case.run("accept", &ids).refused(1);
    let left = array(&case.json("suggestions", &["--kind", "phone"])).len();
    assert_eq!(left, all.len() - ids.len());

    let other = array(&case.json("suggestions", &["--kind", "phone"]))[0].clone();
    case.run("reject", &[text(&other, "id"), "--never"]).done();
    let waiting = case.json("suggestions", &["--kind", "phone"]);
    assert!(array(&waiting).iter().all(|found| found["normal"] != other["normal"]), "its value is ignored everywhere");
    case.run("suggestions", &["--kind", "schoenmaat"]).refused(2);
    for _ in 0..2 {
        case.run::<&str>("undo", &[]).done();
    }
    assert_eq!(case.digest(), beginning, "with both undone the case is as it was");
}

#[test]
fn measures_paths_key_players_and_layouts_answer_in_json() {
    let case = Case::new();
    import(&case);
    let script = demo().statements();
    let recorded = case.json("record", &[script.to_str().unwrap(), "--chart", "Grijsmonde"]);
    let named = |name: &str| text(&recorded["entities"], name);
    let measures = case.json("chart", &["measures", "--chart", "Grijsmonde"]);
    for key in [
        "id",
        "label",
        "degree",
        "betweenness",
        "betweenness_normalised",
        "closeness",
        "eigenvector",
        "pagerank",
        "core",
        "community",
        "articulation",
    ] {
        assert!(measures["entities"][0].get(key).is_some(), "'{key}' is promised: {}", measures["entities"][0]);
    }
    for key in ["source", "target", "betweenness", "bridge"] {
        assert!(measures["links"][0].get(key).is_some(), "'{key}' is promised: {}", measures["links"][0]);
    }
    assert!(measures["convention"].is_object() && measures["modularity"].is_number());
    let counted = case.json("chart", &["measures", "--parallel", "count", "--directed"]);
    assert_ne!(measures["entities"], counted["entities"], "another convention, other numbers");

    let paths = case.json("chart", &["paths", named("vaalmeer-kmar"), "De Wit"]);
    let first = &paths["paths"][0];
    assert_eq!(array(&first["labels"]).len(), 3, "they meet at one telephone: {first}");
    let timed = case.json(
        "chart",
        &["paths", named("vaalmeer-kmar"), named("wit-douane"), "--time-ordered", "--k", "3", "--max-gap", "3650"],
    );
    assert!(timed["paths"].is_array());
    case.run("chart", &["paths", named("vaalmeer-kmar"), "zo heet er geen"]).refused(1);

    let players = case.json("chart", &["keyplayers", "--k", "2"]);
    assert_eq!(players["method"], "exact");
    assert!(
        array(&players["sets"])
            .iter()
            .all(|set| array(&set["entities"]).len() == 2 && set["fragmentation"].is_number())
    );

    let one = case.json("chart", &["layout", "--name", "force", "--seed", "1"]);
    assert_eq!(one, case.json("chart", &["layout", "--name", "force", "--seed", "1"]), "same seed, same picture");
    assert_ne!(one["positions"], case.json("chart", &["layout", "--name", "force", "--seed", "2"])["positions"]);
    case.run("chart", &["layout", "--name", "spiraal"]).refused(1);
}

#[test]
fn a_chart_is_written_as_svg_pdf_and_png_with_its_marking() {
    let case = recorded();
    for (ending, begins) in [("svg", b"<svg".as_slice()), ("pdf", b"%PDF-"), ("png", b"\x89PNG")] {
        let file = case.at(format!("kaart.{ending}"));
        case.run("briefing", &["--chart", "Grijsmonde", "--to", file.to_str().unwrap()]).done();
        let bytes = std::fs::read(&file).unwrap();
        let head = &bytes[..bytes.len().min(200)];
        assert!(head.windows(begins.len()).any(|window| window == begins), "{ending}");
    }
    let svg = std::fs::read_to_string(case.at("kaart.svg")).unwrap();
    let shown = |words: &str| svg.contains(words);
    assert!(
        shown("Departementaal Vertrouwelijk") && shown("Grijsmonde") && shown("@font-face"),
        "marking, title and font are in it"
    );
    case.run("briefing", &["--chart", "Grijsmonde", "--to", case.at("kaart.doc").to_str().unwrap()]).refused(2);
    let inside = case.workspace().join("kaart.svg");
    case.run("briefing", &["--chart", "Grijsmonde", "--to", inside.to_str().unwrap()]).refused(1);
    let log = case.json::<&str>("log", &[]);
    let disclosed = array(&log["entries"]).iter().filter(|entry| entry["act"]["kind"] == "disclosed").count();
    assert!(disclosed >= 3, "each leaving is logged: {disclosed}");
}
