//! The glossary by the command line: the seed in, words looked up, mappings proposed and answered, files out and in again, broken ones refused,
//! all of it taken back.

use std::path::Path;

use koplamp_tests::Case;
use serde_json::{Value, json};

fn glossary(case: &Case, arguments: &[&str]) -> Value {
    case.json("glossary", arguments)
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The arguments that map a concept of the police to one of the tax administration.
fn map<'a>(relation: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["map", "politie:bevel", relation, "belastingdienst:opdracht"], more].concat()
}

/// The arguments by which an organisation answers a mapping.
fn answer_to<'a>(mapping: &'a str, organisation: &'static str, verdict: &[&'static str]) -> Vec<&'a str> {
    [&["review", mapping, "--organisation", organisation], verdict].concat()
}

/// The concepts of an organisation for a word.
fn senses<'v>(found: &'v Value, organisation: &str) -> Vec<&'v Value> {
    let senses = found["senses"].as_array().unwrap();
    senses.iter().filter(|sense| sense["organisation"] == organisation).collect()
}

/// The mappings of a sense with an organisation.
fn with<'v>(sense: &'v Value, organisation: &str) -> Vec<&'v Value> {
    let mappings = sense["mappings"].as_array().unwrap();
    mappings.iter().filter(|mapping| mapping["organisation"] == organisation).collect()
}

fn undo_all(case: &Case) -> u32 {
    (0..).find(|_| case.run::<&str>("undo", &[]).code != 0).unwrap()
}

#[test]
fn the_seed_comes_in_once_and_tells_what_a_word_means_where() {
    let case = Case::new();
    let empty = case.digest();
    let report = glossary(&case, &["seed"]);
    println!("seed: {} concepts, {} terms, {} mappings", report["concepts"], report["terms"], report["mappings"]);
    assert!(report["concepts"].as_u64().unwrap() >= 60, "{report}");
    assert!(report["mappings"].as_u64().unwrap() >= 40, "{report}");
    let broken = report["violations"].as_array().unwrap().iter().filter(|violation| violation["mandatory"] == true);
    assert_eq!(broken.count(), 0, "the seed keeps the mandatory rules: {}", report["violations"]);
    let full = case.digest();
    let again = glossary(&case, &["seed"]);
    assert_eq!((&again["concepts"], &again["terms"], &again["mappings"]), (&json!(0), &json!(0), &json!(0)));
    assert_eq!(case.digest(), full, "a second time adds nothing");

    let found = glossary(&case, &["look-up", "aangiften", "--lens", "belastingdienst"]);
    assert_eq!(found["senses"][0]["organisation"], "belastingdienst", "the reader's own sense comes first");
    for organisation in ["politie", "belastingdienst", "douane", "kmar"] {
        let own = senses(&found, organisation);
        assert!(!own.is_empty(), "{organisation}: {found}");
        assert!(!own[0]["definitions"].as_array().unwrap().is_empty(), "{organisation}: {found}");
    }
    let police = senses(&found, "politie")[0];
    let friend = with(police, "belastingdienst")[0];
    assert_eq!((&friend["relation"], &friend["status"]), (&json!("false_friend"), &json!("proposed")), "{friend}");
    assert!(!friend["consequence"].as_array().unwrap().is_empty(), "it says what goes wrong: {friend}");
    let agreed = glossary(&case, &["mappings", "--status", "agreed"]);
    assert_eq!(agreed["mappings"], json!([]), "nothing of the seed is agreed");
    let none = glossary(&case, &["mappings", "--status", "proposed"]);
    let none = none["mappings"].as_array().unwrap().iter().find(|view| view["relation"] == "no_equivalent").unwrap();
    assert!(none["to"] == json!([]) && !none["to_organisation"].as_str().unwrap().is_empty(), "{none}");

    let rebuilt = case.json("doctor", &["--rebuild"]);
    assert_eq!(rebuilt["ok"], true, "{rebuilt}");
    assert_eq!(case.digest(), full);
    assert_eq!(undo_all(&case), 1, "the seed is one act");
    assert_eq!(case.digest(), empty);
    assert_eq!(glossary(&case, &["look-up", "aangifte"])["senses"], json!([]));
}

#[test]
fn a_mapping_is_agreed_by_both_sides_and_looked_at_again_when_a_meaning_changes() {
    let case = Case::new();
    glossary(&case, &["import", path(&case.write("a.ttl", ORDER)), "--organisation", "politie"]);
    glossary(&case, &["import", path(&case.write("b.ttl", RETURN)), "--organisation", "belastingdienst"]);
    let before = case.digest();
    let nearly = case.run("glossary", &map("nearly_same", &[]));
    assert!(nearly.refused(1).err.contains("difference"), "what differs must be said");
    let made = glossary(&case, &map("nearly_same", &["--difference", "Een bevel komt van een officier."]));
    assert_eq!((&made["status"], &made["proposed_by"]), (&json!("proposed"), &json!("politie")), "{made}");
    let mapping = made["mapping"].as_str().unwrap();
    let review = |organisation, verdict: &[&'static str]| answer_to(mapping, organisation, verdict);
    let status = |answer: &Value| answer["status"].as_str().unwrap().to_owned();
    assert_eq!(status(&glossary(&case, &review("politie", &["--accept"]))), "proposed", "one side is not enough");
    assert!(case.run("glossary", &review("douane", &["--accept"])).refused(1).err.contains("neither side"));
    let disputed =
        glossary(&case, &review("belastingdienst", &["--dispute", "--reason", "Bij ons is het geen bevel."]));
    assert_eq!(status(&disputed), "disputed");
    assert_eq!(disputed["reviews"][0]["reason"], "Bij ons is het geen bevel.", "{disputed}");
    assert_eq!(status(&glossary(&case, &review("belastingdienst", &["--accept"]))), "agreed");

    let excluded = case.run("glossary", &map("same", &[])).refused(1);
    assert!(excluded.err.contains("nearly the same"), "it says what excludes it: {}", excluded.err);
    let friend = case.run("glossary", &map("false-friend", &[])).refused(1);
    assert!(friend.err.contains(mapping), "and which: {}", friend.err);
    assert_eq!(case.run("glossary", &map("soort-van", &[])).code, 2, "a relation that there is not is a usage error");

    let changed = ORDER.replace("Opdracht van een officier", "Schriftelijke opdracht van een officier");
    let report = glossary(&case, &["import", path(&case.write("a2.ttl", changed)), "--organisation", "politie"]);
    assert_eq!((&report["concepts"], &report["terms"]), (&json!(1), &json!(0)), "{report}");
    let views = glossary(&case, &["mappings"]);
    assert_eq!(status(&views["mappings"][0]), "recheck", "a changed meaning has to be looked at again");
    glossary(&case, &review("politie", &["--accept"]));
    assert_eq!(status(&glossary(&case, &review("belastingdienst", &["--accept"]))), "agreed");

    let rebuilt = case.json("doctor", &["--rebuild"]);
    assert_eq!(rebuilt["ok"], true, "{rebuilt}");
    for _ in 0..7 {
        case.run::<&str>("undo", &[]).done();
    }
    assert_eq!(case.digest(), before, "seven acts taken back give the glossary from before them");
}

#[test]
fn a_review_is_of_somebody_and_one_person_does_not_agree_with_themselves() {
    let case = Case::new();
    glossary(&case, &["import", path(&case.write("a.ttl", ORDER)), "--organisation", "politie"]);
    glossary(&case, &["import", path(&case.write("b.ttl", RETURN)), "--organisation", "belastingdienst"]);
    let made = glossary(&case, &map("wider", &[]));
    let mapping = made["mapping"].as_str().unwrap();
    let review = |organisation, verdict: &[&'static str]| glossary(&case, &answer_to(mapping, organisation, verdict));
    let own = review("politie", &["--accept"]);
    assert_eq!(
        (&own["reviews"][0]["reviewer"], &own["reviews"][0]["person"]),
        (&json!("A. de Tester"), &json!("A. de Tester"))
    );
    let other =
        case.run("glossary", &answer_to(mapping, "politie", &["--accept", "--reviewer", "B. Ander"])).refused(1);
    assert!(other.err.contains("A. de Tester"), "it says who speaks for the police here: {}", other.err);

    let same = review("belastingdienst", &["--accept", "--reviewer", "a. de tester"]);
    assert_eq!(same["status"], "proposed", "one person says yes for both sides: {same}");
    let unnamed = review("belastingdienst", &["--accept"]);
    assert_eq!(unnamed["status"], "agreed");
    assert_eq!(
        (&unnamed["reviews"][0]["reviewer"], &unnamed["reviews"][0]["person"]),
        (&Value::Null, &json!("A. de Tester"))
    );
    let named = review("belastingdienst", &["--accept", "--reviewer", "C. Inspecteur"]);
    assert_eq!((&named["status"], &named["reviews"][0]["reviewer"]), (&json!("agreed"), &json!("C. Inspecteur")));
    let told = case.run("glossary", &answer_to(mapping, "belastingdienst", &["--accept"])).done();
    let told = String::from_utf8(told.out).unwrap();
    assert!(told.contains("entered by A. de Tester for belastingdienst"), "it is seen who entered it: {told}");

    let log = case.json::<&str>("log", &[]);
    let entries = log["entries"].as_array().unwrap().iter();
    let streams: Vec<_> =
        entries.filter(|entry| entry["act"]["kind"] == "mapping_reviewed").map(|one| &one["compartment"]).collect();
    assert_eq!(streams, ["politie"; 5], "what the police enter is in the stream of the police");
}

#[test]
fn a_changed_meaning_is_looked_at_again_though_its_mappings_are_in_the_same_file() {
    let case = Case::new();
    let import = |name: &str, text: &str| {
        glossary(&case, &["import", path(&case.write(name, text)), "--organisation", "politie"])
    };
    let counts = |report: &Value| ["concepts", "terms", "mappings"].map(|of| report[of].as_u64().unwrap());
    let tie = || glossary(&case, &["mappings"])["mappings"][0].clone();
    assert_eq!(counts(&import("a.ttl", &both(TIE))), [2, 2, 1]);
    let id = tie()["mapping"].as_str().unwrap().to_owned();
    let agree = || {
        glossary(&case, &answer_to(&id, "politie", &["--accept"]));
        glossary(&case, &answer_to(&id, "belastingdienst", &["--accept"]))["status"].clone()
    };
    assert_eq!(agree(), "agreed");
    let file = case.at("uit.ttl");
    glossary(&case, &["export", path(&file), "--format", "turtle"]);
    let out = std::fs::read_to_string(&file).unwrap();
    let changed = out.replace("Opdracht van een officier", "Schriftelijke opdracht van een officier");
    assert_ne!(changed, out);
    let before = case.digest();
    assert_eq!(counts(&import("b.ttl", &changed)), [1, 0, 0], "the concept says something else, the mapping does not");
    assert_eq!((&tie()["status"], &tie()["from"]["version"]), (&json!("recheck"), &json!(1)), "{}", tie());
    let once = case.digest();
    assert_eq!(counts(&import("b.ttl", &changed)), [0, 0, 0]);
    assert_eq!(case.digest(), once, "and it stays so when the file comes again");
    assert_eq!(agree(), "agreed", "they looked at what stands now");
    for _ in 0..3 {
        case.run::<&str>("undo", &[]).done();
    }
    assert_eq!(case.digest(), before);
    assert_eq!(tie()["status"], "agreed");

    let wider = out.replace("relatedMatch", "broadMatch");
    assert_eq!(counts(&import("c.ttl", &wider)), [0, 0, 1]);
    assert_eq!(
        (&tie()["status"], &tie()["reviews"]),
        (&json!("proposed"), &json!([])),
        "other words wait for both sides"
    );

    let other = Case::new();
    let planted =
        both(&TIE.replace("opdracht> .", "opdracht> ; g:fromVersion 99 ; g:toVersion 99 ; g:status \"agreed\" ."));
    glossary(&other, &["import", path(&other.write("d.ttl", planted)), "--organisation", "politie"]);
    let seen = glossary(&other, &["mappings"]);
    assert_eq!(seen["mappings"][0]["status"], "recheck", "made on versions that there are not: {seen}");
}

#[test]
fn a_scheme_stays_with_the_organisation_that_it_came_from() {
    let case = Case::new();
    glossary(&case, &["import", path(&case.write("a.ttl", both(TIE))), "--organisation", "politie"]);
    let id = glossary(&case, &["mappings"])["mappings"][0]["mapping"].as_str().unwrap().to_owned();
    glossary(&case, &answer_to(&id, "politie", &["--accept"]));
    assert_eq!(glossary(&case, &answer_to(&id, "belastingdienst", &["--accept"]))["status"], "agreed");
    let before = case.digest();
    let taken = |name: &str, text: &str, more: &[&str]| {
        let file = case.write(name, text);
        case.run("glossary", &[&["import", path(&file), "--organisation", "douane", "--json"], more].concat())
    };
    let rule = |text: &str| {
        let ran = taken("b.ttl", text, &[]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        let report = ran.json();
        let violations = report["violations"].as_array().unwrap();
        let broken: Vec<_> = violations.iter().filter(|one| one["mandatory"] == true).collect();
        assert_eq!(broken.len(), 1, "{report}");
        assert!(broken[0]["message"].as_str().unwrap().contains("belastingdienst"), "it says whose it is: {report}");
        broken[0]["rule"].as_str().unwrap().to_owned()
    };
    assert_eq!(rule(RETURN), "scheme-other-organisation", "a file that does not say whose it is");
    let elsewhere = RETURN.replace("<https://voorbeeld.example/belasting>", "<https://voorbeeld.example/douane>");
    assert_eq!(rule(&elsewhere), "concept-other-organisation", "in a scheme of another name");
    let two = format!(
        "{}<https://voorbeeld.example/nieuw> a skos:Concept ; skos:prefLabel \"nieuw\"@nl ; skos:definition \"nieuw\"@nl ;\n\
        skos:inScheme <https://voorbeeld.example/douane> , <https://voorbeeld.example/belasting> .\n\
        <https://voorbeeld.example/douane> a skos:ConceptScheme ; dct:title \"D\"@nl .\n",
        both("")
    );
    assert_eq!(rule(&two), "concept-two-organisations", "in the schemes of two");
    assert_eq!(case.digest(), before, "nothing of it was kept");

    taken("c.ttl", RETURN, &["--accept-violations"]).done();
    let seen = glossary(&case, &["mappings"]);
    assert_eq!(seen["mappings"][0]["status"], "recheck", "who agreed has it no more: {seen}");
}

#[test]
fn a_glossary_goes_out_and_comes_in_elsewhere() {
    let case = Case::new();
    glossary(&case, &["seed"]);
    let look_up = |case: &Case| glossary(case, &["look-up", "controle"]);
    for format in ["turtle", "jsonld"] {
        let file = case.at(format!("uit.{format}"));
        let told = glossary(&case, &["export", path(&file), "--format", format]);
        assert!(told["concepts"].as_u64().unwrap() >= 60, "{told}");
        let other = Case::new();
        let report = glossary(&other, &["import", path(&file), "--organisation", "politie", "--format", format]);
        assert_eq!(report["concepts"], told["concepts"], "{format}");
        assert_eq!(report["mappings"], told["mappings"], "{format}");
        assert_eq!(look_up(&other), look_up(&case), "{format}: the same word means the same");
        let again = other.at("weer");
        glossary(&other, &["export", path(&again), "--format", format]);
        assert!(std::fs::read(&again).unwrap() == std::fs::read(&file).unwrap(), "{format}: the same goes out again");
    }
    let rows = case.at("uit.tsv");
    glossary(&case, &["export", path(&rows), "--format", "sssom", "--organisation", "douane"]);
    let rows = std::fs::read_to_string(rows).unwrap();
    assert!(rows.contains("predicate_modifier") && rows.contains("Not"), "false friends go out as negated: {rows}");
    let log = case.json::<&str>("log", &[]);
    let left = log["entries"].as_array().unwrap().iter().filter(|entry| entry["act"]["kind"] == "disclosed");
    let left: Vec<&Value> = left.map(|entry| &entry["act"]["subject"]).collect();
    assert_eq!(left, ["sssom", "jsonld", "turtle"], "it is kept that it left");
    let code = case.run("glossary", &["export", path(&case.at("uit.rdf")), "--format", "rdfxml"]).code;
    assert_eq!(code, 1, "what is only read is not written");
}

#[test]
fn each_organisations_file_comes_in_by_itself_and_its_mappings_wait_for_the_others() {
    let case = Case::new();
    glossary(&case, &["seed"]);
    let [whole, again] = ["alles.ttl", "weer.ttl"].map(|name| case.at(name));
    glossary(&case, &["export", path(&whole), "--format", "turtle"]);
    let all = |case: &Case| glossary(case, &["mappings"])["mappings"].as_array().unwrap().clone();
    let waits = |views: &[Value]| views.iter().filter(|view| view["missing"] != json!([])).cloned().collect::<Vec<_>>();
    let other = Case::new();
    let file = |organisation: &str| case.at(format!("{organisation}.ttl"));
    let import =
        |organisation: &str| glossary(&other, &["import", path(&file(organisation)), "--organisation", organisation]);
    for organisation in ["politie", "om", "belastingdienst", "douane", "fiod", "kmar"] {
        let target = file(organisation);
        let arguments = ["export", path(&target), "--format", "turtle", "--organisation", organisation];
        let told = glossary(&case, &arguments);
        let report = import(organisation);
        let remarks = report["violations"].as_array().unwrap();
        assert!(remarks.iter().all(|remark| remark["mandatory"] == false), "{organisation}: {report}");
        if organisation != "politie" {
            continue;
        }
        assert_eq!(report["mappings"], told["mappings"], "all of them are kept: {report}");
        let waiting = waits(&all(&other));
        let unknown: Vec<_> = remarks.iter().filter(|remark| remark["rule"] == "unknown-concept").collect();
        println!("{} of {} mappings wait", waiting.len(), told["mappings"]);
        assert!(!waiting.is_empty() && !unknown.is_empty(), "{report}");
        assert!(
            unknown.iter().all(|remark| remark["message"].as_str().unwrap().contains("concept https://")),
            "{report}"
        );
        let sides = |view: &Value| [&view["from"]["organisation"], &view["to_organisation"]].map(|side| side != "");
        assert!(waiting.iter().all(|view| view["status"] == "proposed" && sides(view) == [true, true]), "{waiting:?}");
        let id = waiting[0]["mapping"].as_str().unwrap();
        let refused = refusal(&other, &answer_to(id, "politie", &["--accept"]));
        assert!(refused.contains(waiting[0]["missing"][0].as_str().unwrap()), "it says what is not here: {refused}");
    }
    assert_eq!(waits(&all(&other)), Vec::<Value>::new(), "nothing waits when all are there");
    assert_eq!(all(&other).len(), all(&case).len());
    assert!(all(&other).iter().all(|view| view["status"] == "proposed"));
    glossary(&other, &["export", path(&again), "--format", "turtle"]);
    assert!(std::fs::read(&again).unwrap() == std::fs::read(&whole).unwrap(), "the parts are the whole");
    let report = import("politie");
    assert_eq!(["concepts", "terms", "mappings"].map(|of| &report[of]), [&json!(0); 3], "again adds nothing");
}

#[test]
fn a_plain_statement_becomes_a_mapping_when_the_other_concept_comes() {
    let case = Case::new();
    let order = ORDER
        .replace("skos:prefLabel", "skos:relatedMatch <https://voorbeeld.example/belasting/opdracht> ; skos:prefLabel");
    let import = |name: &str, text: &str, organisation: &str| {
        let report = glossary(&case, &["import", path(&case.write(name, text)), "--organisation", organisation]);
        report["mappings"].as_u64().unwrap()
    };
    assert_eq!(import("a.ttl", &order, "politie"), 0);
    assert_eq!(import("b.ttl", RETURN, "belastingdienst"), 1, "now both are here");
    let views = glossary(&case, &["mappings"]);
    let view = &views["mappings"][0];
    assert_eq!((&view["relation"], &view["proposed_by"]), (&json!("related"), &json!("politie")), "{view}");
    let full = case.digest();
    assert_eq!(import("a.ttl", &order, "politie") + import("b.ttl", RETURN, "belastingdienst"), 0);
    assert_eq!(case.digest(), full, "again adds nothing");
}

/// Why something was refused.
fn refusal(case: &Case, arguments: &[&str]) -> String {
    case.run("glossary", arguments).refused(1).err
}

#[test]
fn relations_reach_concepts_of_earlier_files_and_may_close_a_circle_with_them() {
    let case = Case::new();
    let order = ORDER.lines().filter(|line| !line.contains("opConcept")).collect::<Vec<_>>().join("\n");
    let import = |name: &str, text: &str| {
        glossary(&case, &["import", path(&case.write(name, text)), "--organisation", "politie"])
    };
    import("a.ttl", &order);
    let more = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
        <https://voorbeeld.example/politie/last> a skos:Concept ; skos:inScheme <https://voorbeeld.example/politie> ;\n\
        skos:prefLabel \"last\"@nl ; skos:definition \"Bevel op schrift.\"@nl ; skos:broader <https://voorbeeld.example/politie/bevel> .\n";
    let report = import("b.ttl", more);
    assert_eq!((&report["concepts"], &report["violations"]), (&json!(1), &json!([])), "{report}");
    let file = case.at("uit.ttl");
    glossary(&case, &["export", path(&file), "--format", "turtle"]);
    let out = std::fs::read_to_string(&file).unwrap();
    assert!(out.contains("dct:title \"Proef\"@nl"), "a file that only names the scheme leaves it as it is: {out}");
    let circle =
        order.replace("skos:prefLabel", "skos:broader <https://voorbeeld.example/politie/last> ; skos:prefLabel");
    let report = import("c.ttl", &circle);
    let violations = report["violations"].as_array().unwrap();
    let [violation] = violations.iter().filter(|one| one["rule"] == "wider-cycle").collect::<Vec<_>>()[..] else {
        panic!("{report}")
    };
    let message = violation["message"].as_str().unwrap();
    assert!(message.contains("bevel > last > bevel"), "{message}");
    let report = import(
        "d.ttl",
        &format!("{order}\n<https://voorbeeld.example/politie/bevel> skos:closeMatch <https://elders.example/x> ."),
    );
    assert!(report["violations"].as_array().unwrap().iter().all(|one| one["rule"] != "wider-cycle"), "{report}");
}

#[test]
fn what_breaks_a_mandatory_rule_is_refused_whole() {
    let case = Case::new();
    let before = case.digest();
    let file = case.write("leeg.ttl", ORDER.replace("skos:definition", "skos:scopeNote"));
    let arguments = ["import", path(&file), "--organisation", "politie", "--json"];
    let ran = case.run("glossary", &arguments);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("--accept-violations"), "it says the way out: {}", ran.err);
    let report = ran.json();
    assert_eq!(report["concepts"], 0);
    let violation = &report["violations"][0];
    assert!(violation["subject"].as_str().unwrap().ends_with("bevel"), "it names the concept: {report}");
    assert!(!violation["message"].as_str().unwrap().is_empty() && violation["rule"].is_string(), "{report}");
    assert_eq!(case.digest(), before, "nothing of it was kept");
    let accepted = glossary(&case, &[&arguments[..4], &["--accept-violations"]].concat());
    assert_eq!(accepted["concepts"], 1, "{accepted}");

    let broken = case.write("stuk.ttl", format!("{ORDER}\nbevel a skos:Concept .\n"));
    let ran = case.run("glossary", &["import", path(&broken), "--organisation", "politie"]).refused(1);
    assert!(ran.err.contains("line "), "a broken file is refused with its line: {}", ran.err);
    let ran = case.run("glossary", &["import", path(&case.at("weg.ttl")), "--organisation", "politie"]).refused(1);
    assert!(ran.err.contains("weg.ttl"), "{}", ran.err);
}

#[test]
fn coverage_tells_what_no_glossary_knows_and_what_nobody_mapped() {
    let case = Case::new();
    glossary(&case, &["import", path(&case.write("a.ttl", ORDER)), "--organisation", "politie"]);
    for (organisation, text) in [
        ("politie", "De officier gaf een bevel. De katvanger kwam met een katvanger."),
        ("belastingdienst", "Het bevel van de inspecteur. Een katvanger betaalde."),
    ] {
        let file = case.write(&format!("{organisation}.txt"), text);
        let labels = ["--organisation", organisation, "--source", "Proef", "--purpose", "wpg-8"];
        case.run("import", &[&[path(&file)], &labels[..]].concat()).done();
    }
    let found = glossary(&case, &["coverage"]);
    let unknown = &found["unknown"][0];
    assert_eq!((&unknown["word"], &unknown["count"]), (&json!("katvanger"), &json!(3)), "{found}");
    assert_eq!(unknown["organisations"], json!(["belastingdienst", "politie"]));
    assert_eq!(found["unmapped"][0]["word"], "bevel", "{found}");
    assert_eq!(found["unmapped"][0]["between"], json!([["belastingdienst", "politie"]]));
}

#[test]
fn a_person_says_which_sense_a_word_has_here() {
    let case = Case::new();
    glossary(&case, &["seed"]);
    let file = case.write("pv.txt", "Op 3 mei deed hij aangifte bij de politie.");
    case.import(&[&file]);
    let (document, before) = (case.id("pv.txt"), case.digest());
    let said = glossary(&case, &["sense", &document, "1", "18", "26", "belastingdienst:aangifte"]);
    assert_eq!((&said["act"]["kind"], &said["act"]["subject"]), (&json!("sense_fixed"), &json!("aangifte")), "{said}");
    assert_eq!(said["documents"], json!([document]));
    let after = case.digest();
    assert_ne!(after, before);
    case.run("glossary", &["sense", &document, "1", "90", "99", "belastingdienst:aangifte"]).refused(1);
    case.run("glossary", &["sense", &document, "1", "18", "26", "belastingdienst:zeppelin"]).refused(1);
    glossary(&case, &["sense", &document, "1", "18", "26"]);
    assert_eq!(case.digest(), before, "and takes it back");
    case.run::<&str>("undo", &[]).done();
    assert_eq!(case.digest(), after);
}

/// Both concepts, each of its organisation, with this mapping between them: all in one file.
fn both(tie: &str) -> String {
    let of = |file: &str, organisation: &str| {
        file.replace(
            "\"Proef\"@nl",
            &format!("\"Proef\"@nl ; <https://koplamp.example/ns/glossary#organisation> \"{organisation}\""),
        )
    };
    [of(ORDER, "politie"), of(RETURN, "belastingdienst"), tie.to_owned()].concat()
}

/// A mapping from the one to the other.
const TIE: &str = r#"@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix g: <https://koplamp.example/ns/glossary#> .
<https://voorbeeld.example/verband> a <https://w3id.org/sssom/Mapping> ;
  owl:annotatedSource <https://voorbeeld.example/politie/bevel> ;
  owl:annotatedProperty skos:relatedMatch ;
  owl:annotatedTarget <https://voorbeeld.example/belasting/opdracht> .
"#;

/// A concept of the police.
const ORDER: &str = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
<https://voorbeeld.example/politie> a skos:ConceptScheme ; dct:title "Proef"@nl .
<https://voorbeeld.example/politie/bevel> a skos:Concept ;
  skos:inScheme <https://voorbeeld.example/politie> ;
  skos:topConceptOf <https://voorbeeld.example/politie> ;
  skos:prefLabel "bevel"@nl ;
  skos:definition "Opdracht van een officier om iets te doen."@nl ;
  dct:source "Proefwet, artikel 1" .
<https://voorbeeld.example/politie> skos:hasTopConcept <https://voorbeeld.example/politie/bevel> .
"#;

/// A concept of the tax administration.
const RETURN: &str = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
<https://voorbeeld.example/belasting> a skos:ConceptScheme ; dct:title "Proef"@nl .
<https://voorbeeld.example/belasting/opdracht> a skos:Concept ;
  skos:inScheme <https://voorbeeld.example/belasting> ;
  skos:topConceptOf <https://voorbeeld.example/belasting> ;
  skos:prefLabel "opdracht"@nl ;
  skos:definition "Verzoek van een inspecteur om gegevens te geven."@nl ;
  dct:source "Proefwet, artikel 2" .
<https://voorbeeld.example/belasting> skos:hasTopConcept <https://voorbeeld.example/belasting/opdracht> .
"#;
