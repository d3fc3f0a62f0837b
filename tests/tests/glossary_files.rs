//! Files of a glossary beside each other, by the command line: what one says of another's concepts, and the same said twice.

use koplamp_tests::Case;
use serde_json::Value;

const PREFIXES: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ex: <https://ex.example/> . \
                        @prefix dct: <http://purl.org/dc/terms/> .\n";

fn concept(scheme: &str, name: &str, more: &str) -> String {
    format!(
        "ex:{name} a skos:Concept ; skos:inScheme ex:{scheme} ; skos:prefLabel \"{name}\"@nl ; skos:definition \"een {name}\"@nl ; \
         dct:source \"wet\"{more} .\n"
    )
}

fn scheme(name: &str) -> String {
    format!("ex:{name} a skos:ConceptScheme ; dct:title \"{name}\"@nl .\n")
}

fn import(case: &Case, name: &str, text: &str, organisation: &str) -> Value {
    let file = case.write(name, format!("{PREFIXES}{text}"));
    case.json("glossary", &["import", file.to_str().unwrap(), "--organisation", organisation])
}

/// Two organisations each say in their own file how the same two concepts are related, and not alike.
#[test]
fn files_that_contradict_each_other_are_told_and_one_relation_stands() {
    let nearly = scheme("s") + &concept("s", "alfa", " ; skos:closeMatch ex:gamma");
    let same = scheme("t") + &concept("t", "gamma", " ; skos:exactMatch ex:alfa");
    for order in [[&nearly, &same], [&same, &nearly]] {
        let case = Case::new();
        let of = |text: &String| if *text == nearly { "politie" } else { "om" };
        import(&case, "een.ttl", order[0], of(order[0]));
        // No file is refused for what another one says.
        let second = import(&case, "twee.ttl", order[1], of(order[1]));
        let told = second["violations"].as_array().unwrap().iter().filter(|violation| {
            let rule = violation["rule"].as_str().unwrap();
            rule == "mapping-excluded" || rule == "mapping-no-difference"
        });
        assert!(told.count() > 0, "that the two do not agree is told: {second}");
        let mappings = case.json("glossary", &["mappings"]);
        assert_eq!(mappings["mappings"].as_array().unwrap().len(), 1, "{mappings}");
        let out = case.at("uit.ttl");
        case.run("glossary", &["export", out.to_str().unwrap(), "--format", "turtle"]).done();
        let out = std::fs::read_to_string(out).unwrap();
        let related = out.matches("skos:exactMatch").count() + out.matches("skos:closeMatch").count();
        assert_eq!(related, 1, "two relations of one pair exclude each other: {out}");
    }
}

/// The mappings of the seed, in a file of their own, say what the seed says.
#[test]
fn the_same_mappings_in_another_file_change_nothing_for_long() {
    let case = Case::new();
    case.json("glossary", &["seed"]);
    let root = env!("CARGO_MANIFEST_DIR");
    let file = format!("{root}/../resources/glossary/mappings.ttl");
    let import = || case.json("glossary", &["import", &file, "--organisation", "belastingdienst"]);
    import();
    let none = case.json("glossary", &["mappings"]);
    let empty =
        none["mappings"].as_array().unwrap().iter().filter(|view| view["mapping"]["to_organisation"] == "").count();
    assert_eq!(empty, 0, "each mapping is with an organisation: {none}");
    let digest = case.digest();
    assert_eq!(case.json("glossary", &["seed"])["mappings"], 0);
    assert_eq!(import()["mappings"], 0);
    assert_eq!(case.digest(), digest, "taken in again it adds nothing");
}
