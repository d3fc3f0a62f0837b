//! The demo case, taken in as its organisations deliver it, against its answer key.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_tests::Case;
use koplamp_tests::demo::{demo, import};
use serde_json::Value;

#[test]
fn the_demo_case_answers_as_its_key_says() {
    let case = Case::new();
    let reports = import(&case);
    counts(&case, &reports);
    joins(&case);
    queries(&case);
    quotes(&case);
    let digest = case.digest();
    assert_eq!(case.json("doctor", &["--rebuild"])["state_digest"], digest);
}

/// Every file is a document, every attached one, too; scans are the only ones without text.
fn counts(case: &Case, reports: &BTreeMap<String, Value>) {
    let documents = case.documents();
    for row in tables("documents") {
        let organisation = row["organisation"].as_str().unwrap();
        let count = |key: &str| u64::try_from(row[key].as_integer().unwrap()).unwrap();
        let of = documents.iter().filter(|document| document["labels"]["organisation"] == organisation);
        let (files, members): (Vec<_>, Vec<_>) = of.partition(|document| document["parent"].is_null());
        assert_eq!(files.len() as u64, count("files"), "files of {organisation}");
        let attached = members.iter().map(|member| name(&member["path"])).collect::<BTreeSet<_>>();
        let expected =
            demo().case.documents.iter().filter(|source| source.organisation == organisation && source.attached_only);
        for source in expected {
            let file = source.file.rsplit('/').next().unwrap();
            assert!(attached.contains(file), "{file} is in a mail or archive of {organisation}: {attached:?}");
        }
        let failed = reports[organisation]["failed"].as_array().unwrap();
        let scans = row["kinds"].get("png").map_or(0, |count| count.as_integer().unwrap());
        // A scan that is also sent along stands on the list twice.
        let names: BTreeSet<_> = failed.iter().map(|line| name(&line["path"])).collect();
        assert_eq!(i64::try_from(names.len()).unwrap(), scans, "only scans have no text: {failed:?}");
        assert!(failed.iter().all(|line| line["reason"] == "no_text"), "{failed:?}");
    }
}

/// The exact words of each join are found in the two documents that it joins.
fn joins(case: &Case) {
    for join in tables("join") {
        for side in ["a", "b"] {
            let text = join[side]["text"].as_str().unwrap();
            let file = join[side]["file"].as_str().unwrap();
            let found = found(case, &format!("=\"{text}\""));
            assert!(found.contains(file), "{}: {text:?} stands in {file}; found in {found:?}", join["id"]);
        }
        let named: BTreeSet<&str> = strings(&join["files"]);
        let organisations: BTreeSet<_> = named.iter().filter_map(|file| file.split('/').next()).collect();
        assert!(organisations.len() >= 2, "{}: a join puts two organisations together", join["id"]);
    }
}

/// Every query of the key finds the files that the key names, and where it says so no others.
fn queries(case: &Case) {
    let mut wrong = Vec::new();
    for query in tables("query") {
        let text = query["text"].as_str().unwrap();
        let found = found(case, text);
        let expected: BTreeSet<String> = strings(&query["files"]).into_iter().map(str::to_owned).collect();
        let missing: Vec<_> = expected.difference(&found).collect();
        // The key speaks of texts; an archive is also found by the names of its members.
        let besides: Vec<_> = found.difference(&expected).filter(|file| !file.ends_with(".zip")).collect();
        if !missing.is_empty() || (query["exact"].as_bool().unwrap() && !besides.is_empty()) {
            wrong.push(format!("{text}: missing {missing:?}, besides {besides:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every passage of every hit stands where it says.
fn quotes(case: &Case) {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut checked = 0;
    for query in ["Kloosterziel", "container AND (kade OR Pekelkade)"] {
        let found = case.json("search", &[query, "--limit", "30"]);
        for hit in found["hits"].as_array().unwrap() {
            let id = hit["document"].as_str().unwrap();
            let pages = texts
                .entry(id.to_owned())
                .or_insert_with(|| case.run("text", &[id]).done().text().split('\u{c}').map(str::to_owned).collect());
            for passage in hit["passages"].as_array().unwrap() {
                let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
                let (start, end) = (number(&passage["start"]), number(&passage["end"]));
                let cut: String = pages[number(&passage["page"]) - 1].chars().skip(start).take(end - start).collect();
                assert_eq!(passage["quote"], cut, "{}", hit["path"]);
                checked += 1;
            }
        }
    }
    assert!(checked >= 20, "{checked} passages are too few to say anything");
}

/// The files that hold what was found: an attachment counts as its own file of the demo case.
fn found(case: &Case, query: &str) -> BTreeSet<String> {
    let found = case.json("search", &[query, "--limit", "500"]);
    let hits = found["hits"].as_array().unwrap();
    hits.iter().map(|hit| demo().source_of(hit["path"].as_str().unwrap())).collect()
}

fn tables(name: &str) -> impl Iterator<Item = toml::Value> {
    let tables = demo().answers[name].as_array().expect("a list of tables");
    tables.iter().cloned()
}

fn strings(value: &toml::Value) -> BTreeSet<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

fn name(path: &Value) -> &str {
    path.as_str().unwrap().rsplit('/').next().unwrap()
}
