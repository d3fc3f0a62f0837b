//! Searching in the sense of an organisation, by the command line: which documents each mode finds, what it says it looked for, and what the log keeps.

use std::collections::BTreeSet;

use koplamp_tests::Case;
use serde_json::Value;

/// Files of three organisations, with what the word means in each.
const FILES: [(&str, &str, &str); 6] = [
    ("politie", "pv-diefstal.txt", "Op 3 mei deed de beveiliger aangifte van diefstal van een zegel."),
    ("belastingdienst", "brief-omzet.txt", "U hebt de aangifte omzetbelasting over het derde kwartaal niet gedaan."),
    ("belastingdienst", "notitie.txt", "De strafaangifte waar de collega naar vroeg ligt niet bij ons."),
    ("douane", "invoer.txt", "De aangifte voor de regeling in het vrije verkeer is aanvaard."),
    ("fiod", "memo.txt", "De belastingaangifte over 2024 klopt niet met de bankrekening."),
    ("kmar", "balie.txt", "Aan de balie deed zij aangifte van vermissing van haar paspoort."),
];

fn filled() -> Case {
    let case = Case::new();
    case.json("glossary", &["seed"]);
    for (organisation, name, text) in FILES {
        let file = case.write(&format!("{organisation}/{name}"), text);
        let file = file.to_str().unwrap();
        let labels = ["--organisation", organisation, "--source", "proef", "--purpose", "wpg-8"];
        case.run("import", &[&[file][..], &labels[..]].concat()).done();
    }
    case
}

/// One more document.
trait Add {
    fn add(&self, organisation: &str, name: &str, text: &str);
}

impl Add for Case {
    fn add(&self, organisation: &str, name: &str, text: &str) {
        let file = self.write(&format!("{organisation}/{name}"), text);
        let labels = ["--organisation", organisation, "--source", "proef", "--purpose", "wpg-8"];
        self.run("import", &[&[file.to_str().unwrap()][..], &labels[..]].concat()).done();
    }
}

fn search(case: &Case, arguments: &[&str]) -> Value {
    case.json("search", arguments)
}

/// The names of the files found.
fn found(answer: &Value) -> BTreeSet<&str> {
    let hits = answer["hits"].as_array().unwrap();
    let names: BTreeSet<&str> =
        hits.iter().map(|hit| hit["path"].as_str().unwrap().rsplit('/').next().unwrap()).collect();
    assert_eq!(names.len() as u64, answer["total"].as_u64().unwrap(), "{answer}");
    names
}

fn set<'a>(names: &[&'a str]) -> BTreeSet<&'a str> {
    names.iter().copied().collect()
}

#[test]
fn each_mode_finds_its_own_documents() {
    let case = filled();
    let plain = search(&case, &["aangifte"]);
    assert_eq!(found(&plain), set(&["pv-diefstal.txt", "brief-omzet.txt", "invoer.txt", "balie.txt"]));
    assert!(plain["expansions"].as_array().unwrap().is_empty() && plain.get("folded").is_none());

    let tax = search(&case, &["aangifte", "--sense", "strict", "--lens", "belastingdienst"]);
    let taxed = found(&tax);
    assert!(taxed.contains("brief-omzet.txt") && taxed.contains("memo.txt"), "{taxed:?}");
    assert!(["pv-diefstal.txt", "invoer.txt", "balie.txt"].iter().all(|other| !taxed.contains(other)), "{taxed:?}");
    let police = search(&case, &["aangifte", "--sense", "strict", "--lens", "politie"]);
    assert_eq!(
        found(&police),
        set(&["pv-diefstal.txt", "notitie.txt"]),
        "its own word, and the other term of the same sense"
    );

    let agreed = search(&case, &["aangifte", "--sense", "bridge", "--lens", "belastingdienst"]);
    assert_eq!(found(&agreed), taxed, "nothing of the seed is agreed, so that nothing is bridged");
    let ask = ["aangifte", "--sense", "bridge", "--proposed", "--lens", "belastingdienst"];
    assert!(!found(&search(&case, &ask)).contains("invoer.txt"), "what is only related waits until it is asked for");
    let bridged = search(&case, &[&ask[..], &["--related"]].concat());
    let beyond: BTreeSet<&str> = found(&bridged).difference(&taxed).copied().collect();
    assert!(beyond.contains("invoer.txt"), "the customs' declaration is related: {beyond:?}");
    assert!(!beyond.contains("pv-diefstal.txt"), "the police's report is a false friend: {beyond:?}");
    assert_eq!(found(&bridged).len(), taxed.len() + beyond.len(), "bridge never loses what strict finds");

    let warned = search(&case, &["aangifte", "--sense", "warn", "--lens", "belastingdienst"]);
    assert_eq!(found(&warned), set(&["brief-omzet.txt"]), "the others are put aside");
    let aside: Vec<(&str, u64)> = warned["folded"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["organisation"].as_str().unwrap(), one["hits"].as_u64().unwrap()))
        .collect();
    let all: u64 = aside.iter().map(|(_, hits)| hits).sum();
    assert_eq!(all, 3, "each of the other documents stands under its sense: {aside:?}");
    for organisation in ["politie", "douane", "kmar"] {
        assert!(aside.iter().any(|(other, _)| *other == organisation), "{organisation}: {aside:?}");
    }
}

#[test]
fn what_was_looked_for_can_be_switched_off_and_stands_in_the_log() {
    let case = filled();
    let ask = ["aangifte", "--sense", "bridge", "--proposed", "--related", "--lens", "belastingdienst"];
    let answer = search(&case, &ask);
    let expansions = answer["expansions"].as_array().unwrap();
    let bridge = expansions.iter().find(|one| one["organisation"] == "douane" && one["hits"] != 0).unwrap();
    assert_eq!((&bridge["because"]["relation"], &bridge["because"]["status"]), (&"related".into(), &"proposed".into()));
    let mut arguments: Vec<String> = ask.iter().map(|text| (*text).to_owned()).collect();
    for one in expansions.iter().filter(|one| one["concept"] == bridge["concept"]) {
        let off = format!("{}:{}", one["concept"].as_str().unwrap(), one["term"].as_str().unwrap());
        arguments.extend(["--off".to_owned(), off]);
    }
    let without = case.json("search", &arguments);
    assert!(found(&answer).contains("invoer.txt") && !found(&without).contains("invoer.txt"));
    let off = without["expansions"].as_array().unwrap().iter().filter(|one| one["off"] == true).count();
    assert!(off > 0, "what is off is still told: {without}");

    let log = case.json::<&str>("log", &[]).to_string();
    assert!(log.contains(r"aangifte\nbridge\tbelastingdienst\tproposed\trelated\n"), "{log}");
    let (term, hits) = (bridge["term"].as_str().unwrap(), &bridge["hits"]);
    assert!(log.contains(&format!(r"\nalso\taangifte\t{term}\tdouane\t{hits}")), "{log}");
    assert!(log.contains(&format!(r"\noff\taangifte\t{term}\tdouane\t{hits}")), "{log}");
}

#[test]
fn a_quoted_word_and_a_word_of_one_sense_stay_as_they_are() {
    let case = filled();
    for query in ["\"aangifte\"", "=aangifte", "bankrekening", "zegel OR paspoort"] {
        let plain = search(&case, &[query]);
        for mode in ["strict", "bridge", "warn"] {
            let read = search(&case, &[query, "--sense", mode, "--lens", "belastingdienst"]);
            assert_eq!(found(&read), found(&plain), "{query} {mode}");
            assert!(read["expansions"].as_array().unwrap().is_empty(), "{query} {mode}: {read}");
        }
    }
    let passage = &search(&case, &["aangifte", "--sense", "strict", "--lens", "politie"])["hits"][0]["passages"][0];
    assert_eq!(
        passage["highlights"].as_array().unwrap().len(),
        1,
        "the word is marked where it has the sense: {passage}"
    );
    case.run("search", &["aangifte", "--lens", "politie"]).refused(2);
    case.run("search", &["aangifte", "--sense", "strict", "--off", "niets"]).refused(2);
}

/// The customs' declarant has one meaning and one name there; what the tax administration calls it is another word.
#[test]
fn bridge_finds_what_others_call_a_word_of_one_sense() {
    let case = Case::new();
    for (organisation, table) in [
        ("douane", "term;definitie\ninklaarder;wie goederen aangeeft\n"),
        ("belastingdienst", "term;definitie\ngoederenagent;wie voor een ander aangeeft\n"),
    ] {
        let file = case.write(&format!("{organisation}.csv"), table);
        case.run("glossary", &["import", file.to_str().unwrap(), "--organisation", organisation]).done();
        let text =
            if organisation == "douane" { "De inklaarder meldde zich." } else { "De goederenagent meldde zich." };
        let file = case.write(&format!("{organisation}/stuk.txt"), text);
        let labels = ["--organisation", organisation, "--source", "proef", "--purpose", "wpg-8"];
        case.run("import", &[&[file.to_str().unwrap()][..], &labels[..]].concat()).done();
    }
    let map = |more: &[&str]| {
        let arguments = [&["map", "douane:inklaarder", "same", "belastingdienst:goederenagent"], more].concat();
        case.json("glossary", &arguments)["mapping"].as_str().unwrap().to_owned()
    };
    let total = |ask: &[&str]| {
        let answer = case.json("search", &[&["inklaarder", "--lens", "belastingdienst"], ask].concat());
        (answer["total"].as_u64().unwrap(), answer["expansions"].as_array().unwrap().len())
    };
    let mapping = map(&[]);
    assert_eq!(total(&["--sense", "bridge"]), (1, 0), "nobody has agreed");
    assert_eq!(total(&["--sense", "bridge", "--proposed"]), (2, 1));
    for organisation in ["douane", "belastingdienst"] {
        case.run("glossary", &["review", &mapping, "--accept", "--organisation", organisation]).done();
    }
    assert_eq!(total(&["--sense", "bridge"]), (2, 1), "both have");
    for mode in ["strict", "warn"] {
        assert_eq!(total(&["--sense", mode]), (1, 0), "{mode} leaves a word of one sense as it is");
    }
    case.run::<&str>("undo", &[]).done();
    case.run::<&str>("undo", &[]).done();
    case.run::<&str>("undo", &[]).done();
    map(&["--valid-to", "2020"]);
    assert_eq!(total(&["--sense", "bridge", "--proposed"]), (1, 0), "what no longer holds today leads nowhere");
}

/// The documents that were put aside, by the term that their sense goes by.
fn aside(answer: &Value) -> Vec<(&str, &str, u64)> {
    let rows = answer["folded"].as_array().unwrap().iter();
    rows.map(|one| {
        (one["organisation"].as_str().unwrap(), one["sense"].as_str().unwrap(), one["hits"].as_u64().unwrap())
    })
    .collect()
}

#[test]
fn a_number_tells_what_the_word_brings_and_what_is_out_because_of_it() {
    let case = filled();
    let warn = |query: &str| search(&case, &[query, "--sense", "warn", "--lens", "belastingdienst"]);
    let alone = warn("aangifte");
    let either = warn("aangifte OR bankrekening");
    assert_eq!(found(&either), set(&["brief-omzet.txt", "memo.txt"]));
    assert_eq!(aside(&either), aside(&alone), "the other word brings what it brings by itself");
    let shown = warn("aangifte OR paspoort");
    assert_eq!(found(&shown), set(&["brief-omzet.txt", "balie.txt"]));
    let out: u64 = aside(&shown).iter().map(|(.., hits)| hits).sum();
    assert_eq!(out, 2, "what is found by the other word is not put aside: {shown}");

    let strict = |query: &str| search(&case, &[query, "--sense", "strict", "--lens", "belastingdienst"]);
    let terms = |answer: &Value| -> Vec<(String, u64)> {
        let expansions = answer["expansions"].as_array().unwrap().iter();
        expansions.map(|one| (one["term"].as_str().unwrap().to_owned(), one["hits"].as_u64().unwrap())).collect()
    };
    let alone = terms(&strict("aangifte"));
    assert!(alone.contains(&("belastingaangifte".into(), 1)) && alone.contains(&("tax return".into(), 0)), "{alone:?}");
    assert_eq!(terms(&strict("aangifte OR paspoort")), alone);
}

#[test]
fn a_row_names_the_sense_that_was_put_aside_and_shows_exactly_that() {
    let case = filled();
    case.add("douane", "binnenbrengen.txt", "De summiere aangifte bij binnenbrengen kwam van de vervoerder.");
    for query in ["aangifte", "aangifte OR zegel"] {
        let ask = [query, "--sense", "warn", "--lens", "politie"];
        let warned = search(&case, &ask);
        let shown = found(&warned);
        let rows = warned["folded"].as_array().unwrap();
        assert!(rows.len() > 3, "{warned}");
        for row in rows {
            let text = |key: &str| row[key].as_str().unwrap_or_else(|| panic!("{key}: {row}"));
            assert!(!text("definition").is_empty() && text("concept").len() == 32, "{row}");
            let unfold = format!("{}:{}", text("concept"), text("word"));
            let only = search(&case, &[&ask[..], &["--unfold", &unfold]].concat());
            assert_eq!(only["total"], row["hits"], "{row}");
            assert!(found(&only).is_disjoint(&shown), "{row}");
            assert_eq!(only["folded"], warned["folded"], "the rows stay as they are");
        }
        let named: Vec<(&str, &str)> = aside(&warned).iter().map(|(of, sense, _)| (*of, *sense)).collect();
        assert!(
            named.contains(&("douane", "douaneaangifte"))
                && named.contains(&("douane", "summiere aangifte bij binnenbrengen")),
            "{named:?}"
        );
        let why = |sense: &str| &rows.iter().find(|row| row["sense"] == sense).unwrap()["why"];
        assert_eq!(why("belastingaangifte")["code"], "mapped");
        assert_eq!(why("belastingaangifte")["relation"], "false_friend");
        assert_eq!(why("summiere aangifte bij binnenbrengen")["code"], "longer_term");
    }
    let none =
        ["aangifte", "--sense", "warn", "--lens", "politie", "--unfold", "00000000000000000000000000000000:aangifte"];
    case.run("search", &none).refused(1);
}

#[test]
fn passages_show_the_places_of_the_sense_that_is_looked_for() {
    let case = filled();
    let text = "Zij doet aangifte van diefstal van haar fiets. De brief over de aangifte omzetbelasting van de inspecteur ligt op kantoor. \
        Over de summiere aangifte van de container weet zij niets.";
    case.add("politie", "gemengd.txt", text);
    for mode in ["warn", "strict"] {
        let answer = search(&case, &["aangifte", "--sense", mode, "--lens", "politie"]);
        let hits = answer["hits"].as_array().unwrap();
        let mixed = hits.iter().find(|hit| hit["path"].as_str().unwrap().ends_with("gemengd.txt")).unwrap();
        let marked: usize =
            mixed["passages"].as_array().unwrap().iter().map(|one| one["highlights"].as_array().unwrap().len()).sum();
        assert_eq!(marked, 1, "{mode}: {mixed}");
    }
}

#[test]
fn an_organisation_that_nobody_knows_is_refused_with_those_there_are() {
    let case = filled();
    let file = case.write("termen.csv", "term;definitie\nzegel;Een verzegeling.\n");
    let file = file.to_str().unwrap();
    let target = case.at("uit.ttl");
    let target = target.to_str().unwrap();
    for (verb, arguments) in [
        ("search", vec!["aangifte", "--sense", "strict", "--lens", "marsman"]),
        ("glossary", vec!["look-up", "aangifte", "--lens", "marsman"]),
        ("glossary", vec!["import", file, "--organisation", "marsman"]),
        ("glossary", vec!["export", target, "--format", "turtle", "--organisation", "marsman"]),
        ("chart", vec!["overlay", "only-one", "--organisation", "marsman"]),
    ] {
        let refused = case.run(verb, &arguments);
        let said = refused.err.clone();
        refused.refused(2);
        assert!(said.contains("marsman") && said.contains("belastingdienst"), "{verb} {arguments:?}: {said}");
    }
    assert!(!std::path::Path::new(target).exists());
    let log = case.json::<&str>("log", &[]).to_string();
    assert!(!log.contains("marsman"), "what was refused is no search: {log}");
}

/// A document may be out for two words at once: each row shows it then, and none is lost.
#[test]
fn what_is_shown_and_what_is_put_aside_are_together_what_the_words_find() {
    let case = filled();
    case.add(
        "belastingdienst",
        "boek.txt",
        "De controle van de aangifte omzetbelasting is aangekondigd met een aanslag.",
    );
    case.add(
        "politie",
        "straat.txt",
        "Bij de controle op straat deed hij aangifte van diefstal na een aanslag op zijn huis.",
    );
    case.add("douane", "kade.txt", "De controle van de aangifte gebeurde op de kade.");
    case.add("kmar", "grens.txt", "Na de controle deed zij aangifte van vermissing.");
    case.add("fiod", "zaak.txt", "Het onderzoek naar de aanslag en de aangifte loopt.");
    let mut out_for_two = 0;
    for query in [
        "aangifte controle",
        "aangifte OR controle",
        "aangifte AND (controle OR aanslag)",
        "aangifte aanslag controle",
        "(aangifte controle) OR onderzoek",
        "controle NOT fiets",
    ] {
        let plain = search(&case, &[query]);
        for lens in ["politie", "belastingdienst", "douane", "fiod", "kmar", "om"] {
            let ask = [query, "--sense", "warn", "--lens", lens];
            let warned = search(&case, &ask);
            let mut all: BTreeSet<String> = found(&warned).into_iter().map(str::to_owned).collect();
            let mut rows = 0;
            for row in warned["folded"].as_array().unwrap() {
                let text = |key: &str| row[key].as_str().unwrap();
                let unfold = format!("{}:{}", text("concept"), text("word"));
                let only = search(&case, &[&ask[..], &["--unfold", &unfold]].concat());
                assert_eq!(only["total"], row["hits"], "{query} {lens}: {row}");
                rows += found(&only).len();
                all.extend(found(&only).into_iter().map(str::to_owned));
            }
            out_for_two += usize::from(rows > all.len() - found(&warned).len());
            let all: BTreeSet<&str> = all.iter().map(String::as_str).collect();
            assert_eq!(all, found(&plain), "{query} {lens}: {warned}");
        }
    }
    assert!(out_for_two > 0, "no document is out for two words: this test shows nothing");
}

#[test]
fn what_is_put_aside_is_told_in_warn_only() {
    let case = filled();
    let keys = |arguments: &[&str]| {
        let answer = search(&case, arguments);
        (answer.get("expansions").is_some(), answer.get("folded").is_some())
    };
    assert_eq!(keys(&["aangifte"]), (true, false));
    for (mode, folded) in [("strict", false), ("bridge", false), ("warn", true)] {
        assert_eq!(keys(&["aangifte", "--sense", mode, "--lens", "politie"]), (true, folded), "{mode}");
        assert_eq!(keys(&["fiets", "--sense", mode, "--lens", "politie"]), (true, folded), "{mode}");
    }
}

#[test]
fn a_term_of_several_words_of_one_sense_stays_as_it_was_typed() {
    let case = filled();
    case.add("douane", "koffie.txt", "Voor de koffie is een aangifte ten invoer gedaan.");
    case.add("douane", "meer.txt", "Er zijn twee aangiften ten invoer gedaan.");
    case.add("douane", "los.txt", "De invoer begon ten tijde van de aangifte.");
    case.add("om", "lang.txt", "De ontneming van wederrechtelijk verkregen voordeel is gevorderd.");
    for query in [
        "aangifte ten invoer",
        "koffie aangifte ten invoer",
        "\"aangifte ten invoer\"",
        "aangifte  TEN invoer OR paspoort",
        "wederrechtelijk verkregen voordeel",
    ] {
        let plain = search(&case, &[query]);
        assert!(plain["total"].as_u64() > Some(0), "{query}");
        for mode in ["strict", "bridge", "warn"] {
            let asked = search(&case, &[query, "--sense", mode, "--lens", "politie"]);
            assert_eq!(found(&asked), found(&plain), "{query} {mode}");
            assert_eq!(asked["expansions"], plain["expansions"], "{query} {mode}");
        }
    }
}
