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
