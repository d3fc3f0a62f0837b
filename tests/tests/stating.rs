//! What is stated by hand is what its property asks for; what names several is refused with the candidates.

use koplamp_tests::Case;
use koplamp_tests::case::Ran;
use serde_json::{Value, json};

/// Records things as a hypothesis.
fn record(case: &Case, things: &Value) -> Ran {
    let statements = json!([{ "organisation": "politie", "purpose": "wpg-8", "things": things }]);
    let file = case.write("uitspraken.json", json!({ "statements": statements }).to_string());
    case.run("record", &[file.to_str().unwrap()])
}

fn id(case: &Case, name: &str) -> String {
    case.json("entities", &["--query", name])[0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_no_date_number_amount_or_period_is_not_recorded() {
    let case = Case::new();
    let digest = case.digest();
    let person = |says: Value| json!([{ "as": "p", "type": "Person", "says": says }]);
    for (things, said) in [
        (person(json!({ "birthDate": "31-31-1999" })), "birthDate: '31-31-1999' is no date"),
        (person(json!({ "birthDate": "2025-02-31" })), "'2025-02-31' is no date"),
        (person(json!({ "height": "NaN" })), "'NaN' is no number"),
        (json!([{ "as": "y", "type": "Payment", "says": { "amount": "-12,x" } }]), "'-12,x' is no amount"),
        (
            json!([{ "as": "y", "type": "Payment", "says": { "amount": "12" } },
                   { "as": "y", "type": "Payment", "says": { "payer": "@y", "beneficiary": "@y" } }]),
            "a link joins entities",
        ),
        (
            json!([{ "as": "a", "type": "Person", "says": { "name": "A" } },
                   { "as": "m", "type": "Directorship",
                     "says": { "director": "@a", "organization": "@a", "startDate": "2025-03-20", "endDate": "2020-01-01" } }]),
            "cannot end (2020-01-01) before it begins (2025-03-20)",
        ),
    ] {
        let refused = record(&case, &things).refused(1);
        assert!(refused.err.contains(said), "{said}: {}", refused.err);
    }
    assert_eq!(case.digest(), digest);
    record(&case, &person(json!({ "name": "Ada\u{0}\u{202e} Boei", "birthDate": "1999-02", "height": "1.82" }))).done();
    assert_eq!(case.json("entities", &["--query", "Ada"])[0]["label"], "Ada Boei", "what nobody sees is not kept");
}

#[test]
fn an_import_leaves_out_what_is_clearly_broken_and_cleans_as_one_does_by_hand() {
    let case = Case::new();
    let ftm = "{\"id\":\"p\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ada\\u0000\\u202e Boei\"],\"birthDate\":[\"omstreeks 1980\"]}}\n\
               {\"id\":\"c\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Baken B.V.\"]}}\n\
               {\"id\":\"d\",\"schema\":\"Directorship\",\"properties\":{\"director\":[\"p\"],\"organization\":[\"c\"],\"startDate\":[\"2025\"],\"endDate\":[\"2020\"]}}\n\
               {\"id\":\"e\",\"schema\":\"Directorship\",\"properties\":{\"director\":[\"p\"],\"organization\":[\"c\"]}}\n\
               {\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"e\"],\"asset\":[\"e\"]}}\n";
    let list = "id,label,type\np,Bram\u{202e} Boei,Person\n";
    for (name, text, format) in [("in.ftm.json", ftm, "ftm"), ("in.csv", list, "csv")] {
        let file = case.write(name, text);
        let labels = ["--organisation", "fiod", "--source", "Uitwisseling", "--purpose", "awr-toezicht"];
        let import = [&["import", file.to_str().unwrap(), "--format", format], &labels[..]].concat();
        let report = case.json("interchange", &import);
        let reasons: Vec<&str> =
            report["rejected"].as_array().unwrap().iter().map(|left| left["reason"].as_str().unwrap()).collect();
        match format {
            "ftm" => assert_eq!(
                reasons,
                [
                    "birthDate of 'p' left out: 'omstreeks 1980' is not a date",
                    "'d' ends (2020) before it begins (2025)",
                    "link 'o' joins the link 'e': a link joins entities"
                ],
                "{report}"
            ),
            _ => assert!(reasons.is_empty(), "{report}"),
        }
    }
    let people = case.json("entities", &["--type", "Person"]);
    let names: Vec<&str> = people.as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ada Boei", "Bram Boei"]);
}

#[test]
fn a_slip_of_the_pen_is_told() {
    let case = Case::new();
    let things = json!([{ "as": "p", "type": "Person", "says": { "name": "Ada Boei", "spaceship": "ja" } },
                        { "as": "n", "type": "Nope", "says": { "name": "Wat" } }]);
    let file = case.write(
        "things.json",
        json!({ "statements": [{ "organisation": "politie", "purpose": "wpg-8", "things": things }] }).to_string(),
    );
    let told = case.json("record", &[file.to_str().unwrap()]);
    assert_eq!(told["unknown"], json!(["Nope", "Person.spaceship"]), "{told}");
}

#[test]
fn entities_of_types_that_do_not_go_together_are_one_only_for_a_reason() {
    let case = Case::new();
    record(
        &case,
        &json!([{ "as": "p", "type": "Person", "says": { "name": "Noordster" } },
                { "as": "v", "type": "Vessel", "says": { "name": "De Noorderzon" } }]),
    )
    .done();
    let (one, other) = (id(&case, "Noordster"), id(&case, "Noorderzon"));
    let digest = case.digest();
    let refused = case.run("merge", &[one.as_str(), &other]).refused(1);
    assert!(refused.err.contains("Person") && refused.err.contains("reason"), "{}", refused.err);
    assert_eq!(case.digest(), digest);
    case.run("merge", &[one.as_str(), &other, "--reason", "bijnaam van de schipper en zijn schip"]).done();
    case.run("unmerge", &[one.as_str()]).done();
    let again = case.run("unmerge", &[one.as_str()]).refused(1);
    assert!(again.err.contains("is not made of several"), "{}", again.err);
}

#[test]
fn merges_that_lead_in_a_circle_are_refused_and_those_before_are_taken_apart_exactly() {
    let case = Case::new();
    let person = |name: &str| json!({ "as": name, "type": "Person", "says": { "name": name } });
    record(&case, &json!([person("Ada Boei"), person("Bram Ton"), person("Cees Kade")])).done();
    let [ada, bram, cees] = ["Ada Boei", "Bram Ton", "Cees Kade"].map(|name| id(&case, name));
    let apart = case.json::<&str>("entities", &[]);
    case.run("merge", &[ada.as_str(), &bram]).done();
    case.run("merge", &[bram.as_str(), &cees]).done();
    let digest = case.digest();
    for (one, other, said) in [(&cees, &ada, "they are one already"), (&ada, &ada, "at least two different ones")] {
        let refused = case.run("merge", &[one.as_str(), other]).refused(1);
        assert!(refused.err.contains(said), "{}", refused.err);
        assert_eq!(case.digest(), digest);
    }
    case.run("unmerge", &[cees.as_str()]).done();
    case.run("unmerge", &[ada.as_str()]).done();
    assert_eq!(case.json::<&str>("entities", &[]), apart, "as they were");
}

#[test]
fn a_name_that_several_have_is_refused_with_the_candidates() {
    let case = Case::new();
    record(
        &case,
        &json!([{ "as": "a", "type": "Address", "says": { "full": "Lantaarnsteeg 40, Grijsmonde" } },
                { "as": "p", "type": "Person", "says": { "name": "Ada Boei" } }]),
    )
    .done();
    let charts: Vec<String> =
        (0..2).map(|_| case.json("chart", &["new", "Dubbel"])["chart"].as_str().unwrap().to_owned()).collect();
    let refused = case.run("chart", &["measures", "--chart", "Dubbel"]).refused(1);
    assert!(charts.iter().all(|chart| refused.err.contains(chart)), "it names both: {}", refused.err);
    case.json("chart", &["measures", "--chart", &charts[1]]);
    let digest = case.digest();
    let file = case.write("in.csv", "source,target\na,b\n");
    let labels = ["--organisation", "fiod", "--source", "Lijst", "--purpose", "awr-toezicht"];
    let import = [&["import", file.to_str().unwrap(), "--chart", "Dubbel"], &labels[..]].concat();
    case.run("interchange", &import).refused(1);
    assert_eq!(case.digest(), digest, "nothing came in");

    let file = case.at("kaart.svg");
    for selection in [
        "Lantaarnsteeg 40, Grijsmonde".to_owned(),
        "\"Lantaarnsteeg 40, Grijsmonde\",Ada Boei".to_owned(),
        format!("{},Ada Boei", id(&case, "Lantaarnsteeg")),
    ] {
        let written = ["--chart", &charts[0], "--to", file.to_str().unwrap(), "--overwrite", "--selection", &selection];
        case.run("briefing", &written).done();
        let svg = std::fs::read_to_string(&file).unwrap();
        let nodes = svg.matches("data-place").count();
        assert_eq!(nodes, if selection.contains("Ada") { 2 } else { 1 }, "{selection}");
    }
    let several = [
        "--chart",
        &charts[0],
        "--to",
        file.to_str().unwrap(),
        "--overwrite",
        "--selection",
        "Lantaarnsteeg 40, Grijsmonde",
        "--selection",
        "Ada Boei",
    ];
    case.run("briefing", &several).done();
    assert_eq!(std::fs::read_to_string(&file).unwrap().matches("data-place").count(), 2);
}
