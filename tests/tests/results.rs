//! What leaves in an organisation's words, and the results of a search on paper: what was asked, in whose sense, under which marking; kept in the log.

use koplamp_model::ChartSettings;
use koplamp_tests::{Case, answers, scratch};
use koplamp_workspace::{Job, Language, Script, Worker, WrittenText};
use serde_json::{Value, json};

fn imported() -> Case {
    let case = Case::new();
    case.json("glossary", &["seed"]);
    for (organisation, name, marking, text) in [
        ("politie", "pv.txt", "tlp:green", "Op 3 mei deed de beveiliger aangifte van diefstal."),
        ("belastingdienst", "brief.txt", "tlp:amber", "=1+1 De aangifte omzetbelasting is niet gedaan."),
        ("fiod", "memo.txt", "tlp:green", "De belastingaangifte over 2024 klopt niet."),
    ] {
        let file = case.write(&format!("{organisation}/{name}"), text);
        let labels = ["--organisation", organisation, "--source", "@bron", "--purpose", "wpg-8", "--marking", marking];
        case.run("import", &[&[file.to_str().unwrap()][..], &labels[..]].concat()).done();
    }
    case
}

#[test]
fn the_results_of_a_search_leave_with_all_that_was_asked() {
    let case = imported();
    let lens = ["aangifte", "--sense", "strict", "--lens", "belastingdienst"];
    let asked = case.json("search", &lens);
    let own = &asked["expansions"][0];
    let off = format!("{}:{}", own["concept"].as_str().unwrap(), own["term"].as_str().unwrap());
    let ask = [&lens[..], &["--off", off.as_str()]].concat();
    let found = case.json("search", &ask);
    let write = |name: &str| {
        let file = case.at(name);
        let answer = case.json("search", &[&ask[..], &["--to", file.to_str().unwrap()]].concat());
        assert_eq!(answer["documents"], found["total"], "{answer}");
        std::fs::read_to_string(file).unwrap()
    };
    let paper: Value = serde_json::from_str(&write("gevonden.json")).unwrap();
    assert_eq!(
        (&paper["query"], &paper["mode"], &paper["lens"]),
        (&json!("aangifte"), &json!("strict"), &json!("belastingdienst"))
    );
    assert_eq!((&paper["expansions"], &paper["total"]), (&found["expansions"], &found["total"]));
    assert!(
        paper["expansions"].as_array().unwrap().iter().any(|one| one["off"] == true),
        "what was off is told: {paper}"
    );
    assert_eq!(
        (&paper["marking"], &paper["purposes"]),
        (&json!("tlp:amber"), &json!(["wpg-8"])),
        "the strictest of the hits"
    );
    let passages = |answer: &Value| -> Vec<Value> {
        answer["hits"].as_array().unwrap().iter().map(|hit| hit["passages"].clone()).collect()
    };
    assert_eq!(passages(&paper), passages(&found));

    let table = write("gevonden.csv");
    assert!(table.starts_with("markering,TLP:AMBER"), "the banner comes first: {table}");
    for said in ["zoekvraag,aangifte", "alleen deze betekenis", "Belastingdienst", "'=1+1", "'@bron"] {
        assert!(table.contains(said), "{said}: {table}");
    }
    assert!(!table.lines().flat_map(|line| line.split(',')).any(|cell| cell.starts_with(['=', '@', '+'])), "{table}");

    let log = case.json::<&str>("log", &[]);
    let kinds: Vec<&str> =
        log["entries"].as_array().unwrap().iter().filter_map(|entry| entry["act"]["kind"].as_str()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "disclosed").count(), 2, "{kinds:?}");
    let text = log.to_string();
    assert!(text.contains("results_csv") && text.contains("results_json"), "{text}");
    case.run("search", &["aangifte", "--to", case.at("gevonden.xlsx").to_str().unwrap()]).refused(2);
}

#[test]
fn what_is_put_aside_leaves_with_its_number_and_the_marking_is_that_of_what_is_written() {
    let case = imported();
    let file = case.at("politie.csv");
    let ask = ["aangifte", "--sense", "warn", "--lens", "politie", "--language", "en", "--to", file.to_str().unwrap()];
    assert_eq!(case.json("search", &ask)["documents"], 1);
    let table = std::fs::read_to_string(&file).unwrap();
    assert!(table.starts_with("marking,TLP:GREEN"), "only the police's report is in it: {table}");
    let aside = table.lines().skip_while(|line| !line.starts_with("put aside")).nth(1).expect("a row");
    assert!(aside.starts_with("aangifte,") && aside.ends_with(",1"), "{aside}");
}

/// A glossary of the police that ties types and a property of the schema to concepts by their names.
const WORDS: &str = "term;definitie;code\nsubject;op wie een onderzoek zich richt;Person\nkennis;wie iemand kent;Associate\n\
    geboren;dag van de geboorte;birthDate\n";

/// Two people who know each other.
fn people() -> Value {
    json!({ "statements": [{ "organisation": "politie", "purpose": "wpg-8", "things": [
        { "as": "a", "type": "Person", "says": { "name": "A. Bokkelaar", "birthDate": "1981-09-12" } },
        { "as": "b", "type": "Person", "says": { "name": "W. Zandkreuk" } },
        { "type": "Associate", "says": { "person": "@a", "associate": "@b" } },
    ] }] })
}

#[test]
fn a_chart_leaves_in_the_words_of_an_organisation() {
    let case = Case::new();
    let words = case.write("woorden.csv", WORDS);
    case.run("glossary", &["import", words.to_str().unwrap(), "--organisation", "politie"]).done();
    let script = case.write("mensen.json", people().to_string());
    case.run("record", &[script.to_str().unwrap(), "--chart", "Kaart"]).done();
    let draw = |more: &[&str]| {
        let file = case.at("kaart.svg");
        case.run("briefing", &[&["--chart", "Kaart", "--overwrite", "--to", file.to_str().unwrap()], more].concat())
            .done();
        std::fs::read_to_string(file).unwrap()
    };
    let (plain, police) = (draw(&[]), draw(&["--lens", "politie"]));
    for (usual, own) in [("Personen", "Subject"), ("Bekende", "Kennis")] {
        assert!(plain.contains(usual) && !plain.contains(&format!(">{own}<")), "{own}: {plain}");
        assert!(police.contains(&format!(">{own}<")) && !police.contains(usual), "{own}: {police}");
    }
    assert!(police.contains("in de woorden van Politie") && !plain.contains("in de woorden van"), "{police}");
    assert!(draw(&["--lens", "politie", "--language", "en"]).contains("in the words of Police"));
    let other = draw(&["--lens", "douane"]);
    assert!(
        other.contains("Personen") && other.contains("in de woorden van Douane"),
        "without a word of its own: {other}"
    );
    case.run("briefing", &["--chart", "Kaart", "--to", "x.svg", "--lens", "!"]).refused(2);
    // Data for other programs keeps the names that all programs know.
    let table = case.at("kaart.graphml");
    case.run("interchange", &["export", table.to_str().unwrap(), "--format", "graphml", "--chart", "Kaart"]).done();
    let table = std::fs::read_to_string(table).unwrap();
    assert!(table.contains("Person") && !table.contains("subject"), "{table}");
}

#[test]
fn what_is_drawn_is_in_the_words_of_the_lens_down_to_the_lines_under_a_name() {
    let folder = scratch::folder();
    let workspace = answers::create(&folder.path().join("zaak.koplamp"), &folder.path().join("secret")).unwrap();
    let words = folder.path().join("woorden.csv");
    std::fs::write(&words, WORDS).unwrap();
    let worker = Worker::beside_this_program().unwrap();
    workspace.import_glossary(&words, "politie", None, false, &worker, &Job::unwatched()).unwrap();
    let made = workspace.record(&serde_json::from_value::<Script>(people()).unwrap(), false).unwrap();
    let entities: Vec<_> = made.entities.values().copied().collect();
    let (chart, _) = workspace.make_chart("Kaart", &entities).unwrap();
    let settings = ChartSettings { attributes: vec!["birthDate".into()], ..ChartSettings::default() };
    workspace.set_chart(chart, "Kaart", &settings).unwrap();
    let lines = |lens: Option<&str>| -> Vec<String> {
        let view = workspace.chart_view(chart, Language::Nl, lens, None).unwrap();
        view.scene.nodes.into_iter().flat_map(|node| node.attributes).collect()
    };
    assert_eq!(lines(Some("politie")), ["Geboren: 1981-09-12"]);
    assert_eq!(lines(None), ["Geboortedatum: 1981-09-12"]);
    let text = WrittenText { text: "De subjecten hebben kennis van elkaar.".into(), organisation: "politie".into() };
    let read = workspace.text_senses(&[text], Some("douane")).unwrap();
    let [senses] = read.as_slice() else { panic!("{read:?}") };
    let meant: Vec<_> = senses.words.iter().map(|word| (word.mark.start, word.mark.ambiguous, word.card)).collect();
    assert_eq!(meant, [(3, false, 0), (20, false, 1)], "the words of the glossary, inflected too, with their cards");
    assert_eq!(senses.cards[0].there.definitions[0].text, "op wie een onderzoek zich richt");
}
