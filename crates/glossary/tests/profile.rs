//! The rules of the profile and of mappings, on files that break one each.

mod common;

use std::collections::BTreeSet;

use common::broken::{BROKEN, PREFIXES, SOUND};
use common::{files, graph_of, isomorphic, seed_files};
use koplamp_glossary::{Format, Limits, RULES, Read, check, read, write};
use koplamp_model::{ConceptStatus, Glossary, Relation, TermKind, Violation};

fn take(turtle: &str) -> Read {
    let file = format!("{PREFIXES}{turtle}");
    read(Format::Turtle, file.as_bytes(), "politie", &Limits::default(), &mut |_| true).expect("read")
}

fn rules(violations: &[Violation]) -> BTreeSet<&str> {
    violations.iter().map(|violation| violation.rule.as_str()).collect()
}

#[test]
fn every_rule_of_the_profile_is_noticed_and_no_other() {
    assert_eq!(take(SOUND).violations, []);
    for (rule, broken) in BROKEN {
        let found = take(&format!("{SOUND}{broken}\n"));
        let mut codes = rules(&found.violations);
        // The rule of mappings says so too.
        codes.remove("mapping-excluded");
        assert_eq!(codes, BTreeSet::from([*rule]), "{broken}\n{:?}", found.violations);
        let violation = found.violations.iter().find(|violation| violation.rule == *rule).expect("there");
        assert!(!violation.message.contains("{}"), "{}", violation.message);
        assert!(violation.parameters.iter().all(|said| violation.message.contains(said.as_str())), "{violation:?}");
        // A glossary that was read is judged as its file was.
        let mut of_file: Vec<Violation> = found.violations.clone();
        of_file.retain(|violation| violation.rule != "mapping-excluded");
        of_file.iter_mut().for_each(|violation| violation.line = None);
        assert_eq!(check(&found.glossary).expect("written"), of_file, "{broken}");
    }
    let tried: BTreeSet<&str> = BROKEN.iter().map(|(rule, _)| *rule).chain(["more"]).collect();
    let all: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(tried, all, "each rule is tried");
    let document = include_str!("../../../docs/glossary-files.md");
    for rule in RULES {
        let row = format!("| `{}` | {} |", rule.code, if rule.mandatory { "yes" } else { "no" });
        assert!(document.contains(&row), "{} stands in the document", rule.code);
    }
}

#[test]
fn a_broken_rule_has_the_line_of_its_subject() {
    let read = take(&format!("{SOUND}\n\n:c a skos:Concept ;\n skos:inScheme :s ;\n skos:prefLabel \"c\"@nl .\n"));
    let [violation] = read.violations.as_slice() else { panic!("{:?}", read.violations) };
    // The prefixes take eight lines, the sound part six.
    assert_eq!((violation.rule.as_str(), violation.line), ("definition-missing", Some(17)));
    assert_eq!(violation.subject, "http://example.org/c");
    assert!(violation.mandatory && violation.message.starts_with("'c' has no definition"), "{}", violation.message);
}

#[test]
fn many_remarks_are_counted() {
    let many: String = (0..3_000)
        .map(|n| format!(":c{n} a skos:Concept ; skos:inScheme :s ; skos:prefLabel \"c{n}\"@nl .\n"))
        .collect();
    let read = take(&format!("{SOUND}{many}:a skos:altLabel \"aa\" .\n"));
    assert_eq!(read.violations.iter().filter(|violation| violation.rule == "definition-missing").count(), 1_000);
    assert!(read.violations.iter().any(|violation| violation.message.starts_with("2000 more remarks")));
    assert!(read.violations.iter().any(|violation| violation.rule == "label-language"), "others are not pushed out");
}

#[test]
fn the_seed_breaks_no_rule() {
    let whole: Vec<u8> = seed_files().into_iter().flat_map(|(_, bytes)| bytes).collect();
    let read = read(Format::Turtle, &whole, "politie", &Limits::default(), &mut |_| true).expect("read");
    assert_eq!(read.violations, []);
    let Glossary { schemes, concepts, terms, mappings, .. } = &read.glossary;
    assert_eq!((schemes.len(), concepts.len(), mappings.len()), (6, 115, 112));
    assert!(terms.iter().all(|term| term.iri.is_some()), "each is a label of its own");
    assert!(concepts.iter().all(|concept| concept.status == ConceptStatus::Proposed && !concept.sources.is_empty()));
    assert!(mappings.iter().all(|mapping| !mapping.to_organisation.is_empty() && !mapping.proposed_by.is_empty()));
    assert_eq!(mappings.iter().filter(|mapping| mapping.relation == Relation::NoEquivalent).count(), 9);
    assert_eq!(terms.iter().filter(|term| term.kind == TermKind::Jargon).count(), 24);
    let report = concepts.iter().find(|concept| concept.iri.ends_with("/aangifte-strafbaar-feit")).expect("there");
    assert!(report.hints.contains(&"slachtoffer".to_owned()), "{:?}", report.hints);
    let law = "Wetboek van Strafvordering, artikel 161, https://wetten.overheid.nl/";
    assert!(report.sources.iter().any(|source| source.text.starts_with(law)), "{:?}", report.sources);
}

#[test]
fn a_file_of_mappings_is_settled_by_what_is_known() {
    let (mappings, schemes): (Vec<_>, Vec<_>) = seed_files().into_iter().partition(|(name, _)| name == "mappings.ttl");
    let bytes = |files: Vec<(String, Vec<u8>)>| files.into_iter().flat_map(|(_, bytes)| bytes).collect::<Vec<u8>>();
    let (mappings, schemes) = (bytes(mappings), bytes(schemes));
    let take = |bytes: &[u8]| read(Format::Turtle, bytes, "om", &Limits::default(), &mut |_| true).expect("read");
    let (known, mut alone) = (take(&schemes).glossary, take(&mappings));
    assert!(alone.glossary.schemes.is_empty());
    assert_eq!(alone.violations, [], "what is not in the file may be known");
    let whole = take(&[schemes.as_slice(), &mappings].concat()).glossary;

    let mut unknown = alone.clone();
    unknown.settle(&Glossary::default());
    assert_eq!(rules(&unknown.violations), BTreeSet::from(["unknown-concept"]));

    alone.settle(&known);
    assert_eq!(alone.violations, []);
    for (found, wanted) in alone.glossary.mappings.iter().zip(&whole.mappings) {
        let sides = |mapping: &koplamp_model::ConceptMapping| {
            (mapping.id, mapping.proposed_by.clone(), mapping.to_organisation.clone())
        };
        assert_eq!(sides(found), sides(wanted));
    }
    // What came in two files goes out as what they say together.
    let mut together = known;
    together.mappings = alone.glossary.mappings;
    let written = write(Format::Turtle, &together, None).expect("written");
    let wanted = graph_of(Format::Turtle, &[schemes.as_slice(), &mappings].concat());
    assert!(isomorphic(&graph_of(Format::Turtle, &written), &wanted));
}

#[test]
fn mappings_that_exclude_each_other_are_told() {
    let record = |name: &str, from: &str, relation: &str, to: &str| {
        format!(
            ":{name} a sssom:Mapping ; owl:annotatedSource :{from} ; owl:annotatedProperty {relation} ; owl:annotatedTarget :{to} ; g:difference \"d\"@nl .\n"
        )
    };
    let codes = |turtle: String| {
        let read = take(&format!("{SOUND}{turtle}"));
        rules(&read.violations).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let two = |one: &str, other: &str| codes(record("m", "a", one, "x") + &record("n", "x", other, "a"));
    assert_eq!(two("g:falseFriend", "skos:exactMatch"), ["mapping-excluded"]);
    assert_eq!(two("skos:closeMatch", "g:falseFriend"), ["mapping-excluded"]);
    assert_eq!(two("skos:broadMatch", "skos:relatedMatch"), ["mapping-excluded"]);
    assert_eq!(two("skos:broadMatch", "skos:narrowMatch"), [""; 0]);
    assert_eq!(two("g:falseFriend", "skos:relatedMatch"), [""; 0]);
    assert_eq!(
        codes(":m a sssom:Mapping ; owl:annotatedSource :a ; owl:annotatedProperty skos:exactMatch .\n".into()),
        ["mapping-incomplete"]
    );
    assert_eq!(codes(record("m", "a", "skos:exactMatch", "a")), ["mapping-to-itself"]);
    // SSSOM's way to say false friend.
    let negated = record("m", "a", "skos:exactMatch", "x") + ":m sssom:predicate_modifier \"Not\" .\n";
    assert_eq!(take(&format!("{SOUND}{negated}")).glossary.mappings[0].relation, Relation::FalseFriend);
}

#[test]
fn plain_mappings_are_one_for_a_pair_and_stay_plain() {
    let plain = ":a skos:exactMatch :x . :x skos:exactMatch :a . :b skos:broadMatch :y . :y skos:narrowMatch :b .\n";
    let read = take(&format!("{SOUND}{plain}"));
    assert_eq!(read.glossary.mappings.len(), 2);
    let organisations: Vec<_> =
        read.glossary.mappings.iter().map(|at| (at.proposed_by.as_str(), at.to_organisation.as_str())).collect();
    assert_eq!(organisations, [("politie", "douane"), ("politie", "douane")]);
    // Once there is more to say, it becomes a record beside the statement.
    let mut changed = read.glossary;
    changed.mappings[0].consequence = vec![koplamp_model::Words { text: "let op".into(), language: Some("nl".into()) }];
    let written = write(Format::Turtle, &changed, None).expect("written");
    let again = common::glossary(Format::Turtle, &written);
    assert_eq!(again.mappings.len(), 2);
    let ids = |glossary: &Glossary| glossary.mappings.iter().map(|mapping| mapping.id).collect::<BTreeSet<_>>();
    assert_eq!(ids(&again), ids(&changed));
    assert!(again.mappings.iter().any(|mapping| mapping.consequence == changed.mappings[0].consequence));
}

#[test]
fn what_was_changed_is_not_said_as_it_was() {
    let read = take(&format!(
        "{SOUND}:a g:status \"proposed\" ; g:version 1 ; dct:source [ dct:title \"oud\"@nl ] ; g:hint [ g:context \"oud\"@nl , \"blijft\"@nl ] .\n:s owl:versionInfo \"1\"@nl .\n"
    ));
    let mut glossary = read.glossary;
    let concept = glossary.concepts.iter_mut().find(|concept| concept.iri.ends_with("/a")).expect("there");
    concept.status = ConceptStatus::Accepted;
    concept.version = 2;
    concept.sources =
        vec![koplamp_model::Words { text: "nieuw, https://example.org/wet".into(), language: Some("nl".into()) }];
    concept.hints = vec!["blijft".into(), "nieuw".into()];
    glossary.schemes[0].version = Some("2".into());
    let written = String::from_utf8(write(Format::Turtle, &glossary, None).expect("written")).expect("text");
    let again = common::glossary(Format::Turtle, written.as_bytes());
    let found = again.concepts.iter().find(|concept| concept.iri.ends_with("/a")).expect("there");
    let wanted = glossary.concepts.iter().find(|concept| concept.iri.ends_with("/a")).expect("there");
    assert_eq!((found.status, found.version), (wanted.status, wanted.version));
    assert_eq!((&found.sources, &found.hints), (&wanted.sources, &wanted.hints), "{written}");
    assert_eq!(again.schemes[0].version.as_deref(), Some("2"));
}

#[test]
fn an_organisation_goes_out_by_itself() {
    let whole: Vec<u8> = seed_files().into_iter().flat_map(|(_, bytes)| bytes).collect();
    let glossary = common::glossary(Format::Turtle, &whole);
    for organisation in ["politie", "om", "belastingdienst", "douane", "fiod", "kmar"] {
        let written = write(Format::JsonLd, &glossary, Some(organisation)).expect("written");
        let again = read(Format::JsonLd, &written, "?", &Limits::default(), &mut |_| true).expect("read").glossary;
        assert_eq!(again.schemes.len(), 1, "{organisation}");
        assert_eq!(again.schemes[0].organisation, organisation);
        let own = |glossary: &Glossary| {
            let scheme = glossary.schemes.iter().find(|scheme| scheme.organisation == organisation).expect("there").id;
            glossary
                .concepts
                .iter()
                .filter(|concept| concept.scheme == scheme)
                .cloned()
                .map(|mut concept| {
                    concept.other.clear();
                    concept
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(own(&again), own(&glossary), "{organisation}: with its sources and hints");
    }
}

#[test]
fn files_without_a_scheme_or_with_several_are_taken() {
    let none = take(":a a skos:Concept ; skos:prefLabel \"a\"@nl ; skos:definition \"een a\"@nl .\n");
    assert_eq!(none.glossary.schemes[0].iri, "urn:koplamp:scheme:politie");
    assert_eq!(rules(&none.violations), BTreeSet::from(["scheme-missing"]));
    let heritage = files("tests/data/glossary/public", "ttl").remove(0).1;
    assert_eq!(common::glossary(Format::Turtle, &heritage).schemes.len(), 2);
    let both = take(&format!("{SOUND}:a skos:inScheme :t .\n"));
    assert_eq!(both.glossary.schemes.len(), 2);
    let top = take(":s skos:hasTopConcept :a . :a a skos:Concept ; skos:prefLabel \"a\"@nl .\n");
    assert_eq!(top.glossary.schemes[0].iri, "http://example.org/s");
    let graphs = "{\"@id\": \"http://example.org/g\", \"@graph\": [{\"@id\": \"http://example.org/a\", \"@type\": \"http://www.w3.org/2004/02/skos/core#Concept\"}]}";
    let read = read(Format::JsonLd, graphs.as_bytes(), "om", &Limits::default(), &mut |_| true).expect("read");
    assert!(rules(&read.violations).contains("named-graph"));
}
