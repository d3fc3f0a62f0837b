//! A small schema with FollowTheMoney's names, and reading with it.

#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::Path;

use koplamp_interchange::{Format, InterchangeError, Limits};
use koplamp_model::{Draft, DraftValue, Exchange, Schema};
use serde_json::{Value, json};

/// The schema of the tests.
pub fn schema() -> Schema {
    let kind = |name: &str, nl: &str, extends: &[&str], link: Value, caption: &[&str], properties: &[(&str, &str)]| {
        let properties: Vec<Value> = properties
            .iter()
            .map(|(name, kind)| json!({ "name": name, "nl": name, "en": name, "kind": kind }))
            .collect();
        json!({
            "name": name, "extends": extends, "nl": nl, "en": name, "nl_plural": nl, "en_plural": name, "icon": "thing",
            "shape": "circle", "colour": 0, "link": link, "caption": caption, "properties": properties,
        })
    };
    let ends = |source: &str, target: &str, directed: bool, nl: &str, en: &str| json!({ "source": source, "target": target, "directed": directed, "nl": nl, "en": en });
    let none = Value::Null;
    serde_json::from_value(json!({ "version": "2026-01-01", "types": [
        kind("Thing", "Ding", &[], none.clone(), &["name"], &[("name", "name"), ("addressEntity", "entity"), ("country", "country")]),
        kind("LegalEntity", "Rechtspersoon", &["Thing"], none.clone(), &[], &[("email", "email")]),
        kind("Person", "Persoon", &["LegalEntity"], none.clone(), &[], &[("birthDate", "date")]),
        kind("Company", "Bedrijf", &["LegalEntity"], none.clone(), &[], &[("registrationNumber", "identifier")]),
        kind("Address", "Adres", &["Thing"], none.clone(), &["full", "name"], &[("full", "address")]),
        kind("Vehicle", "Voertuig", &["Thing"], none.clone(), &[], &[]),
        kind("BankAccount", "Bankrekening", &["Thing"], none.clone(), &["iban", "name"], &[("iban", "identifier"), ("holder", "name")]),
        kind("PhoneNumber", "Telefoonnummer", &["Thing"], none.clone(), &["number"], &[("number", "phone")]),
        kind("Ownership", "Eigendom", &[], ends("owner", "asset", true, "is eigenaar van", "owns"), &["role"],
            &[("owner", "entity"), ("asset", "entity"), ("role", "text"), ("percentage", "number"), ("startDate", "date"), ("endDate", "date")]),
        kind("Family", "Familie", &[], ends("person", "relative", false, "is familie van", "is related to"), &["relationship"],
            &[("person", "entity"), ("relative", "entity"), ("relationship", "text")]),
        kind("Payment", "Betaling", &[], ends("payer", "beneficiary", true, "betaalt aan", "pays"), &["purpose"],
            &[("payer", "entity"), ("beneficiary", "entity"), ("date", "date"), ("amount", "amount"), ("currency", "text"), ("purpose", "text")]),
        kind("Call", "Gesprek", &[], ends("caller", "callee", true, "belt", "calls"), &[],
            &[("caller", "entity"), ("callee", "entity"), ("date", "date"), ("duration", "number")]),
        kind("UnknownLink", "Verband", &[], ends("subject", "object", true, "heeft een verband met", "is linked to"), &["role"],
            &[("subject", "entity"), ("object", "entity"), ("role", "text"), ("date", "date"), ("amount", "amount")]),
    ]}))
    .expect("a schema")
}

/// Reads with the limits of every day.
pub fn read(format: Format, bytes: &[u8]) -> Result<Exchange, InterchangeError> {
    koplamp_interchange::read(format, bytes, &schema(), &Limits::default(), &mut |_| true)
}

/// Writes.
pub fn write(format: Format, drafts: &[Draft]) -> Vec<u8> {
    koplamp_interchange::write(format, drafts, &schema()).expect("written")
}

/// A file of the folder `tests/fixtures`.
pub fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The draft of a key.
pub fn find<'a>(exchange: &'a Exchange, key: &str) -> &'a Draft {
    exchange.drafts.iter().find(|draft| draft.key == key).unwrap_or_else(|| panic!("no {key} in {exchange:#?}"))
}

/// The words of a property.
pub fn said<'a>(draft: &'a Draft, property: &str) -> Vec<&'a str> {
    let values = draft.properties.get(property).map(Vec::as_slice).unwrap_or_default();
    values
        .iter()
        .map(|value| match value {
            DraftValue::Text(text) | DraftValue::Key(text) => text.as_str(),
        })
        .collect()
}

/// A draft of words, and of keys where a value begins with `@`.
pub fn draft(key: &str, kind: &str, properties: &[(&str, &str)]) -> Draft {
    let mut said: BTreeMap<String, Vec<DraftValue>> = BTreeMap::new();
    for (property, value) in properties {
        let value = match value.strip_prefix('@') {
            Some(key) => DraftValue::Key(key.to_owned()),
            None => DraftValue::Text((*value).to_owned()),
        };
        said.entry((*property).to_owned()).or_default().push(value);
    }
    Draft {
        key: key.to_owned(),
        kind: kind.to_owned(),
        properties: said,
        line: 0,
        quote: String::new(),
        position: None,
    }
}

/// What a draft says, without the place in a file that it was read at: sorted by key.
pub fn bare(drafts: &[Draft]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> =
        drafts.iter().map(|draft| Draft { line: 0, quote: String::new(), ..draft.clone() }).collect();
    drafts.sort_by(|a, b| a.key.cmp(&b.key));
    drafts
}

/// That no draft names a key that there is not, keys are unique, and each has its line.
pub fn assert_whole(exchange: &Exchange) {
    let keys: std::collections::HashSet<&str> = exchange.drafts.iter().map(|draft| draft.key.as_str()).collect();
    assert_eq!(keys.len(), exchange.drafts.len(), "keys are unique");
    for draft in &exchange.drafts {
        assert!(draft.line > 0 && draft.quote.chars().count() <= 500, "{draft:?}");
        for value in draft.properties.values().flatten() {
            if let DraftValue::Key(key) = value {
                assert!(keys.contains(key.as_str()), "{} names {key}", draft.key);
            }
        }
    }
    assert!(exchange.rejected.iter().all(|rejected| rejected.line > 0 && !rejected.reason.is_empty()));
}

/// Links of a list without their keys, which are made of all that is said of them.
pub fn unnumbered(mut links: Vec<Draft>) -> Vec<Draft> {
    links.iter_mut().for_each(|link| link.key.clear());
    links.sort_by_key(|link| format!("{link:?}"));
    links
}
