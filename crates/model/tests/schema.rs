//! The schema, its icons and the grading schemes that lie in `resources/` hold together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use koplamp_model::{GradingList, GradingScheme, IdentifierKind, PropertyKind, Schema, Shape, TYPE};

const FILES: [&str; 8] = ["base", "parties", "things", "identifiers", "places", "events", "links", "flags"];

fn resources() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../resources")
}

fn read<T: serde::de::DeserializeOwned>(path: PathBuf) -> T {
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn schema() -> Schema {
    Schema::joined(FILES.map(|file| read(resources().join(format!("schema/{file}.json")))))
}

fn grading(code: &str) -> GradingScheme {
    let list: GradingList = read(resources().join("codes/grading.json"));
    list.schemes.into_iter().find(|scheme| scheme.code == code).expect("a scheme of this code")
}

/// Panics on an empty text, on one with space around it, and on one that was there before.
fn unique<'a>(what: &str, texts: impl IntoIterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for text in texts {
        assert!(!text.is_empty() && text.trim() == text, "{what}: '{text}'");
        assert!(seen.insert(text.to_lowercase()), "{what}: '{text}' twice");
    }
}

#[test]
fn every_file_is_read_and_has_the_same_version() {
    let mut there: Vec<String> = fs::read_dir(resources().join("schema"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".json").map(str::to_owned))
        .collect();
    there.sort();
    let mut known = FILES.map(str::to_owned);
    known.sort();
    assert_eq!(there, known);
    for file in FILES {
        let part: Schema = read(resources().join(format!("schema/{file}.json")));
        assert_eq!(part.version, schema().version, "{file}");
        let links = part.types.iter().filter(|known| known.link.is_some()).count();
        assert_eq!(links, if file == "links" { part.types.len() } else { 0 }, "{file}");
        assert!(part.types.iter().all(|known| known.is_abstract == (file == "base")), "{file}");
    }
}

#[test]
fn no_key_is_misspelt() {
    // What serde leaves out because it does not know it would be missing when written again.
    for file in FILES {
        let raw: serde_json::Value = read(resources().join(format!("schema/{file}.json")));
        let typed: Schema = serde_json::from_value(raw.clone()).unwrap();
        assert_within(&raw, &serde_json::to_value(&typed).unwrap(), file);
    }
    let raw: serde_json::Value = read(resources().join("codes/grading.json"));
    let typed: GradingList = serde_json::from_value(raw.clone()).unwrap();
    assert_within(&raw, &serde_json::to_value(&typed).unwrap(), "grading");
}

fn assert_within(raw: &serde_json::Value, written: &serde_json::Value, at: &str) {
    match raw {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                let written = written.get(key).unwrap_or_else(|| panic!("{at}: unknown key '{key}'"));
                assert_within(value, written, &format!("{at}.{key}"));
            }
        }
        serde_json::Value::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                assert_within(value, &written[place], &format!("{at}[{place}]"));
            }
        }
        _ => assert_eq!(raw, written, "{at}"),
    }
}

#[test]
fn names_and_labels_are_unique_in_both_languages() {
    let schema = schema();
    unique("type", schema.types.iter().map(|known| known.name.as_str()));
    unique("nl", schema.types.iter().map(|known| known.nl.as_str()));
    unique("en", schema.types.iter().map(|known| known.en.as_str()));
    unique("nl_plural", schema.types.iter().map(|known| known.nl_plural.as_str()));
    unique("en_plural", schema.types.iter().map(|known| known.en_plural.as_str()));
    for known in &schema.types {
        let name = &known.name;
        unique(name, known.properties.iter().map(|property| property.name.as_str()));
        let all = schema.properties(name);
        unique(&format!("{name}, nl"), all.iter().map(|property| property.nl.as_str()));
        unique(&format!("{name}, en"), all.iter().map(|property| property.en.as_str()));
    }
    unique("nl verb", schema.types.iter().filter_map(|known| Some(known.link.as_ref()?.nl.as_str())));
    unique("en verb", schema.types.iter().filter_map(|known| Some(known.link.as_ref()?.en.as_str())));
}

#[test]
fn parents_exist_and_make_no_circle() {
    let schema = schema();
    for known in &schema.types {
        for parent in &known.extends {
            assert!(schema.find(parent).is_some(), "{} extends {parent}", known.name);
            assert!(!schema.is_a(parent, &known.name), "{} extends itself over {parent}", known.name);
        }
        let root = if known.link.is_some() { "Interval" } else { "Thing" };
        assert!(known.is_abstract || schema.is_a(&known.name, root), "{} is no {root}", known.name);
    }
}

#[test]
fn properties_fit_their_kind_and_their_parents() {
    use PropertyKind::{Address, Email, Entity, Identifier, Phone, Url};
    let schema = schema();
    for known in &schema.types {
        for property in &known.properties {
            let at = format!("{}.{}", known.name, property.name);
            assert_ne!(property.name, TYPE, "{at}");
            assert_eq!(property.kind == Entity, property.range.is_some(), "{at}");
            assert!(property.range.as_ref().is_none_or(|range| schema.find(range).is_some()), "{at}");
            assert!(
                !property.identifying || matches!(property.kind, Identifier | Phone | Email | Url | Address),
                "{at} cannot identify"
            );
            for parent in schema.line(&known.name).into_iter().skip(1) {
                let inherited = parent.properties.iter().find(|other| other.name == property.name);
                assert!(inherited.is_none_or(|other| other.kind == property.kind), "{at} differs from {}", parent.name);
            }
        }
    }
}

#[test]
fn links_join_entity_properties_and_other_types_have_a_caption() {
    let schema = schema();
    for known in &schema.types {
        let name = &known.name;
        for property in &known.caption {
            assert!(schema.property(name, property).is_some(), "{name} is called by {property}");
        }
        if let Some(ends) = &known.link {
            assert_eq!(schema.ends(name), Some(ends));
            assert_ne!(ends.source, ends.target, "{name}");
            for end in [&ends.source, &ends.target] {
                assert_eq!(schema.property(name, end).map(|end| end.kind), Some(PropertyKind::Entity), "{name}.{end}");
            }
        } else if !known.is_abstract {
            assert!(!schema.caption(name).is_empty(), "{name}");
            assert!(schema.ends(name).is_none(), "{name}");
        }
    }
}

#[test]
fn every_type_has_an_icon_an_outline_and_a_colour() {
    let schema = schema();
    let folder = resources().join("icons/types");
    let flags = schema.flags.iter().map(|known| known.icon.as_str());
    let used: BTreeSet<&str> = schema.types.iter().map(|known| known.icon.as_str()).chain(flags).collect();
    for icon in &used {
        let text = fs::read_to_string(folder.join(format!("{icon}.svg"))).unwrap_or_else(|_| panic!("{icon}"));
        assert!(text.starts_with("<svg ") && text.contains(r#"stroke="currentColor""#), "{icon}");
        assert!(
            text.contains(r#"viewBox="0 0 24 24""#) && !text.contains("<!--") && !text.contains("class="),
            "{icon}"
        );
    }
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let there: BTreeSet<String> = files.filter_map(|file| Some(file.strip_suffix(".svg")?.to_owned())).collect();
    assert_eq!(there.iter().map(String::as_str).collect::<BTreeSet<_>>(), used);
    assert!(fs::read_to_string(folder.join("LICENSE")).unwrap().starts_with("ISC License"));

    for known in &schema.types {
        assert!(known.colour <= 7, "{}", known.name);
        assert!(known.link.is_none() || known.shape == Shape::Octagon, "{}", known.name);
    }
    let look = |name: &str| schema.find(name).map(|known| (known.shape, known.colour)).unwrap();
    let neighbours = [
        (
            "Person",
            "Company Organization PublicBody Group BankAccount PhoneNumber Address Vehicle Device Event Passport",
        ),
        ("Company", "BankAccount PhoneNumber Address Vessel Container Consignment RealEstate WebAddress MailAddress"),
        ("Container", "Vessel Goods Consignment Location Vehicle Seizure"),
        ("BankAccount", "CryptoWallet LegalEntity Contract"),
        ("PhoneNumber", "SimCard Device MailAddress UserAccount IpAddress"),
    ];
    for (one, others) in neighbours {
        for other in others.split(' ') {
            assert_ne!(look(one).1, look(other).1, "{one} and {other} have one colour");
        }
    }
}

#[test]
fn a_flag_says_what_it_follows_from() {
    let schema = schema();
    unique("flag", schema.flags.iter().map(|flag| flag.name.as_str()));
    unique("nl", schema.flags.iter().map(|flag| flag.nl.as_str()));
    unique("en", schema.flags.iter().map(|flag| flag.en.as_str()));
    for flag in &schema.flags {
        assert!(flag.colour <= 7 && (flag.property.is_some() || flag.value.is_none()), "{}", flag.name);
        let stated = |property: &String| schema.property("Person", property).is_some();
        assert!(flag.property.as_ref().is_none_or(stated), "{}: nobody can state it of a person", flag.name);
    }
    assert!(schema.flags.iter().any(|flag| flag.property.is_none()), "some are put there by hand");
}

#[test]
fn lookups_follow_the_parents() {
    let schema = schema();
    let line = |name| schema.line(name).into_iter().map(|known| known.name.as_str()).collect::<Vec<_>>().join(" ");
    assert_eq!(line("Company"), "Company Organization Asset LegalEntity Thing Value ContactParty PaymentParty");
    assert_eq!(line("Directorship"), "Directorship Interest Interval");
    assert_eq!(line("NoSuchType"), "");
    for (name, ancestor, expected) in [
        ("Company", "Asset", true),
        ("Company", "LegalEntity", true),
        ("Person", "Asset", false),
        ("Vessel", "Vehicle", true),
        ("Vehicle", "Vessel", false),
        ("PhoneNumber", "ContactParty", true),
        ("CryptoWallet", "PaymentParty", true),
        ("Passport", "Interval", true),
        ("NoSuchType", "NoSuchType", true),
    ] {
        assert_eq!(schema.is_a(name, ancestor), expected, "{name} {ancestor}");
    }
    // The nearest label counts, once.
    let plates: Vec<_> =
        schema.properties("Vessel").into_iter().filter(|known| known.name == "registrationNumber").collect();
    assert_eq!(plates.iter().map(|known| known.nl.as_str()).collect::<Vec<_>>(), ["Registratienummer"]);
    assert_eq!(schema.property("Vehicle", "registrationNumber").unwrap().nl, "Kenteken");
    assert_eq!(schema.property("Person", "name").unwrap().kind, PropertyKind::Name);
    assert!(schema.property("Person", "imoNumber").is_none());
    assert_eq!(schema.caption("Membership"), ["role", "summary"]);
    assert_eq!(schema.caption("BankAccount").first().unwrap(), "iban");
    let ends = schema.ends("Payment").unwrap();
    assert_eq!((ends.source.as_str(), ends.target.as_str(), ends.directed), ("payer", "beneficiary", true));
    assert!(!schema.ends("Family").unwrap().directed && schema.ends("Person").is_none());
}

#[test]
fn every_kind_of_identifier_has_a_place() {
    let schema = schema();
    for kind in IdentifierKind::ALL {
        let (name, property) = match kind {
            IdentifierKind::Iban => ("BankAccount", "iban"),
            IdentifierKind::Bsn => ("Person", "idNumber"),
            IdentifierKind::Kvk => ("Company", "registrationNumber"),
            IdentifierKind::Rsin => ("Company", "taxNumber"),
            IdentifierKind::VatId => ("Company", "vatCode"),
            IdentifierKind::Plate => ("Vehicle", "registrationNumber"),
            IdentifierKind::Phone => ("PhoneNumber", "phone"),
            IdentifierKind::Email => ("MailAddress", "email"),
            IdentifierKind::Url => ("WebAddress", "website"),
            IdentifierKind::Ip => ("IpAddress", "ipAddress"),
            IdentifierKind::Container => ("Container", "containerNumber"),
            IdentifierKind::Imo => ("Vessel", "imoNumber"),
            IdentifierKind::Crypto => ("CryptoWallet", "publicKey"),
            IdentifierKind::Imei => ("Device", "imei"),
            IdentifierKind::Vin => ("Vehicle", "vin"),
            // They belong to a link or an event, and identify nothing.
            IdentifierKind::Amount | IdentifierKind::Date => continue,
        };
        assert!(schema.property(name, property).is_some_and(|known| known.identifying), "{name}.{property}");
        let readme = fs::read_to_string(resources().join("schema/README.md")).unwrap();
        assert!(
            readme
                .lines()
                .any(|line| line.starts_with('|') && line.contains(name) && line.contains(&format!("`{property}` |"))),
            "the page does not say where {name}.{property} goes"
        );
    }
}

#[derive(serde::Deserialize)]
struct Theirs {
    name: String,
    extends: Vec<String>,
    properties: Vec<String>,
    ends: Option<(String, String, bool)>,
}

/// Reference: the types of FollowTheMoney 4.11.2 (PyPI), written by `data/write_followthemoney.py`.
#[test]
fn names_differ_from_follow_the_money_only_where_we_say_so() {
    let list: Vec<Theirs> = read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/followthemoney.json"));
    let theirs: BTreeMap<&str, &Theirs> = list.iter().map(|known| (known.name.as_str(), known)).collect();
    fn has(theirs: &BTreeMap<&str, &Theirs>, name: &str, property: &str) -> bool {
        theirs[name].properties.iter().any(|known| known == property)
            || theirs[name].extends.iter().any(|parent| has(theirs, parent, property))
    }
    let mut types = Vec::new();
    let mut properties = Vec::new();
    let mut ends = Vec::new();
    for known in &schema().types {
        let name = known.name.as_str();
        let Some(their) = theirs.get(name) else {
            types.push(name.to_owned());
            continue;
        };
        let new = known.properties.iter().filter(|property| !has(&theirs, name, &property.name));
        properties.extend(new.map(|property| format!("{name}.{}", property.name)));
        let ours = known.link.as_ref().map(|ends| (ends.source.clone(), ends.target.clone(), ends.directed));
        if ours != their.ends {
            ends.push(name.to_owned());
        }
    }
    assert_eq!(
        types.join(" "),
        "Place ContactParty PaymentParty Group Container Consignment Goods Weapon Device PhoneNumber SimCard MailAddress \
         WebAddress IpAddress Location Seizure Delivery Meeting Use Registration Residence Sighting Travel Transport \
         Containment Involvement"
    );
    assert_eq!(
        properties.join(" "),
        "Thing.photo Vehicle.vin Vehicle.vehicleType Vehicle.colour Contract.contractNumber Contract.contractType UserAccount.accountId \
         Identification.documentType Event.eventType Trip.bookingNumber Payment.paymentMethod Message.service"
    );
    assert_eq!(ends, ["Call", "Message"]);
}

#[test]
fn grades_are_read_and_compared() {
    let (admiralty, europol) = (grading("admiralty"), grading("europol"));
    for scheme in [&admiralty, &europol] {
        for half in [&scheme.source, &scheme.information] {
            unique(&scheme.code, half.iter().map(|known| known.code.as_str()));
            unique(&scheme.code, half.iter().map(|known| known.nl.as_str()));
            unique(&scheme.code, half.iter().map(|known| known.en.as_str()));
        }
    }
    for (scheme, grade, places) in [
        (&admiralty, "A1", Some((0, 0))),
        (&admiralty, "B2", Some((1, 1))),
        (&admiralty, "F6", Some((5, 5))),
        (&europol, "X4", Some((3, 3))),
        (&europol, "D1", None),
        (&europol, "A5", None),
        (&admiralty, "G1", None),
        (&admiralty, "B", None),
        (&admiralty, "B22", None),
        (&admiralty, "b2", None),
        (&admiralty, "", None),
    ] {
        assert_eq!(scheme.parse(grade), places, "{} {grade}", scheme.code);
    }
    for (scheme, least, yes, no) in [
        (&admiralty, "B2", "A1 B1 A2 B2", "C1 B3 A3 E5 F2 B6 F6 X1 2B"),
        (&admiralty, "E5", "A1 E5 C3", "F1 A6 F6"),
        (&admiralty, "F6", "A1 E5", "F1 A6 F6"),
        (&europol, "X4", "A1 C4", "X1 X4"),
        (&europol, "B2", "A1 B1 A2 B2", "C1 B3 X1 A4 X4"),
        // 4 is the lowest judgement and not the lack of one: article 29 of Regulation (EU) 2016/794.
        (&europol, "B4", "A1 B4 A4", "C1 X1 X4"),
        (&europol, "nonsense", "", "A1 B4"),
    ] {
        for grade in yes.split_whitespace() {
            assert!(scheme.reaches(grade, least), "{grade} is {least} or better in {}", scheme.code);
        }
        for grade in no.split_whitespace() {
            assert!(!scheme.reaches(grade, least), "{grade} is not {least} or better in {}", scheme.code);
        }
    }
}
