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

#[test]
fn the_contradictions_of_the_key_are_shown_with_both_sources() {
    let case = Case::new();
    import(&case);
    case.json("record", &[demo().statements().to_str().unwrap(), "--merges"]);
    let workspace = answers::open(&case.workspace(), &case.device_secret_file(), PASSPHRASE).unwrap();
    let paths: BTreeMap<DocumentId, String> = workspace
        .documents(koplamp_workspace::DocumentFilter::All, u32::MAX, 0)
        .unwrap()
        .documents
        .into_iter()
        .map(|document| (document.id, document.path))
        .collect();
    let all = EntityQuery { links: true, ..EntityQuery::default() };
    // Of each contradiction: entity, property, and the files that each of its values rests on.
    let mut found: Vec<(String, String, Vec<BTreeSet<String>>)> = Vec::new();
    for entity in workspace.entities(&all, u32::MAX, 0).unwrap().entities {
        let view = workspace.entity(entity.id).unwrap();
        for contradiction in &view.contradictions {
            let sides = contradiction.values.iter().map(|(_, ids)| {
                let of_side = view.statements.iter().filter(|statement| ids.contains(&statement.fact.id));
                of_side.filter_map(|said| Some(paths[&said.fact.evidence.as_ref()?.document].clone())).collect()
            });
            found.push((view.entity.label.clone(), contradiction.property.clone(), sides.collect()));
        }
    }
    let file = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let rests = |side: &BTreeSet<String>, wanted: &str| side.iter().any(|path| file(path) == file(wanted));
    let key = demo().answers["contradiction"].as_array().unwrap();
    for contradiction in key {
        let side = |side: &str| contradiction[side]["file"].as_str().unwrap();
        let (one, other) = (side("a"), side("b"));
        let shown = found.iter().any(|(_, _, sides)| {
            sides.iter().enumerate().any(|(at, side)| {
                rests(side, one) && sides.iter().enumerate().any(|(place, side)| place != at && rests(side, other))
            })
        });
        let id = contradiction["id"].as_str().unwrap();
        // Of the fifth, two containers are only supposed to be one: nobody has judged them to be.
        assert_eq!(shown, id != "C5", "{id}, {}: {found:#?}", contradiction["subject"]);
    }
    // What is no contradiction is not shown as one: all of them are of the key, or known.
    let others: Vec<_> = found
        .iter()
        .filter(|(_, property, _)| {
            !["amount", "status", "birthDate", "weight", "demurrage"].contains(&property.as_str())
        })
        .collect();
    println!("{} contradictions: {found:#?}", found.len());
    assert!(found.len() <= 12, "few enough to look at: {others:#?}");
    workspace.close("end").unwrap();
}

#[test]
fn the_judgements_that_made_an_entity_one_come_in_the_order_in_which_they_were_made() {
    let case = recorded();
    let named = |name: &str| {
        let found = case.json("entities", &["--query", name, "--type", "Person"]);
        array(&found).iter().map(|one| text(one, "id").to_owned()).collect::<Vec<_>>()
    };
    let ids = named("Kloosterziel");
    assert!(ids.len() >= 6, "{ids:?}");
    let one = &ids[0];
    for (number, other) in ids[1..6].iter().enumerate() {
        let merged = case.run("merge", &[one, other, "--reason", &format!("reden {number}")]).done();
        assert!(merged.text().contains("Kloosterziel"), "it says what was merged: {}", merged.text());
    }
    let workspace = answers::open(&case.workspace(), &case.device_secret_file(), PASSPHRASE).unwrap();
    let view = workspace.entity(one.parse().unwrap()).unwrap();
    let reasons: Vec<&str> = view.merges.iter().map(|merge| merge.reason.as_str()).collect();
    assert_eq!(reasons, ["reden 0", "reden 1", "reden 2", "reden 3", "reden 4"]);
    workspace.close("end").unwrap();
    case.run("unmerge", &[one]).done();
    let left = answers::open(&case.workspace(), &case.device_secret_file(), PASSPHRASE).unwrap();
    assert_eq!(left.entity(one.parse().unwrap()).unwrap().merges.len(), 4, "the last one is withdrawn");
    left.close("end").unwrap();
}

#[test]
fn what_makes_no_sense_is_refused_by_its_name() {
    let case = recorded();
    let digest = case.digest();
    let picture = case.at("kaart.svg");
    let briefing = |selection: &str| {
        case.run("briefing", &["--chart", "Grijsmonde", "--to", picture.to_str().unwrap(), "--selection", selection])
    };
    for selection in ["", " ", "Stichting Zwingelden,"] {
        let refused = briefing(selection).refused(2);
        assert!(refused.err.contains("names no entity"), "{selection:?}: {}", refused.err);
        assert!(!picture.exists());
    }
    let named = |query: &str, at: usize| text(&array(&case.json("entities", &["--query", query]))[at], "id").to_owned();
    let (from, to) = (named("Zilverzwin", 0), named("Kraanhaven", 0));
    for (option, value, said) in [
        ("--min-amount", "NaN", "an amount is expected"),
        ("--min-amount", "inf", "an amount is expected"),
        ("--min-amount", "-infinity", "an amount is expected"),
        ("--min-amount", "veel", "an amount is expected"),
        ("--min-amount", "-5", "0 or more"),
        ("--k", "0", "--k"),
        ("--max-gap", "-3", "days is expected"),
        ("--max-gap", "2.5", "days is expected"),
    ] {
        let refused = case.run("chart", &["paths", &from, &to, option, value]).refused(2);
        assert!(refused.err.contains(said) && refused.err.contains(value), "{option} {value}: {}", refused.err);
    }
    case.json("chart", &["paths", &from, &to, "--min-amount", "0", "--max-gap", "0"]);
    for (verb, arguments) in [
        ("entities", vec!["--type", "Persoon"]),
        ("chart", vec!["paths", &from, &to, "--type", "Persoon"]),
        ("chart", vec!["keyplayers", "--k", "1", "--type", "Persoon"]),
    ] {
        let refused = case.run(verb, &arguments).refused(1);
        assert!(refused.err.contains("'Persoon' is no type"), "{}", refused.err);
        let known = if arguments[0] == "paths" { "Ownership" } else { "Person" };
        assert!(refused.err.contains(known), "it names those that there are: {}", refused.err);
    }
    let refused = case.run("suggestions", &["--kind", "schoenmaat"]).refused(2);
    assert!(refused.err.contains("'schoenmaat'") && refused.err.contains("iban"), "{}", refused.err);

    let script = demo().statements();
    for chart in ["", "  ", &"x".repeat(300)] {
        let refused = case.run("record", &[script.to_str().unwrap(), "--chart", chart]).refused(1);
        assert!(refused.err.contains("a chart has a name"), "{}", refused.err);
    }
    assert_eq!(case.digest(), digest, "nothing is recorded for a chart that cannot be made");
}

#[test]
fn a_merge_names_what_it_merges_and_warns_of_an_earlier_judgement() {
    let case = recorded();
    let found = case.json("entities", &["--query", "Kloosterziel", "--type", "Person"]);
    let [one, other] = [0, 1].map(|at| text(&array(&found)[at], "id").to_owned());
    let apart = case.run("merge", &[one.as_str(), &other, "--distinct"]).done();
    assert!(apart.text().starts_with("Kept apart: ") && apart.text().contains("Kloosterziel"), "{}", apart.text());
    let merged = case.run("merge", &[one.as_str(), &other]).done();
    assert!(merged.text().starts_with("Merged: ") && merged.text().contains("Kloosterziel"), "{}", merged.text());
    assert!(merged.err.contains("were judged not to be one before"), "{}", merged.err);
    let third = text(&array(&found)[2], "id").to_owned();
    assert!(case.run("merge", &[one.as_str(), &third]).done().err.is_empty());
}

#[test]
fn suggestions_of_a_removed_document_wait_no_more() {
    let case = Case::new();
    import(&case);
    let waiting = case.json("suggestions", &["--kind", "plate"]);
    let (id, document) = (text(&waiting[0], "id").to_owned(), text(&waiting[0], "document").to_owned());
    case.run("remove", &[&document]).done();
    let digest = case.digest();
    for (verb, more) in [("accept", None), ("reject", None), ("reject", Some("--never"))] {
        let arguments: Vec<&str> = std::iter::once(id.as_str()).chain(more).collect();
        let refused = case.run(verb, &arguments).refused(1);
        assert!(refused.err.contains(&document), "it names the document: {}", refused.err);
    }
    assert_eq!(case.digest(), digest);
}
