//! What holds for any drafts, and for any damage.

mod common;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use common::{assert_whole, bare, fixture, read, schema, write};
use koplamp_interchange::{Format, Limits, TableKind, map, propose, read_table, write_nodes};
use koplamp_model::{Draft, DraftValue, Position};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Words as people and hostile files have them. XML has no place for other control characters.
const WORDS: &str = "[a-z=+@'\"\\[\\],;:|<>&\\\\ \t\r\né€\u{1F600}0-9-]{1,12}";

fn text() -> impl Strategy<Value = DraftValue> {
    // Around, cells of tables have no space.
    WORDS.prop_map(|words| DraftValue::Text(format!("v{words}v")))
}

/// Words that begin like a formula or a list.
fn sharp() -> impl Strategy<Value = DraftValue> {
    "['=+@\\[-]{1,3}[a-z\"\\]]{1,4}".prop_map(DraftValue::Text)
}

fn values() -> impl Strategy<Value = Vec<DraftValue>> {
    proptest::collection::btree_set(prop_oneof![text(), sharp()], 1..3).prop_map(|values| values.into_iter().collect())
}

fn position() -> impl Strategy<Value = Option<Position>> {
    proptest::option::of((-1e6..1e6, -1e6..1e6).prop_map(|(x, y)| Position { x, y }))
}

/// Entities with links between them; also of unknown types, with unknown properties and with names that formats use themselves.
fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let property = prop_oneof![
        "[a-z]{1,8}x",
        Just("name".to_owned()),
        Just("label".to_owned()),
        Just("x".to_owned()),
        Just("Id".to_owned())
    ];
    let properties = || proptest::collection::btree_map(property.clone(), values(), 0..4);
    let kind = prop_oneof![Just("Person"), Just("Company"), Just("Vehicle"), Just("Kraken")];
    let entity = (kind, properties(), position());
    let kind = prop_oneof![Just("Ownership"), Just("Family"), Just("UnknownLink")];
    let link = (kind, properties(), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    (proptest::collection::vec(entity, 1..6), proptest::collection::vec(link, 0..6)).prop_map(|(entities, links)| {
        let mut drafts: Vec<Draft> = Vec::new();
        for (at, (kind, properties, position)) in entities.into_iter().enumerate() {
            let key = format!("n{at}");
            drafts.push(Draft { key, kind: kind.to_owned(), properties, line: 0, quote: String::new(), position });
        }
        let count = drafts.len();
        let schema = schema();
        for (at, (kind, mut properties, source, target)) in links.into_iter().enumerate() {
            let ends = schema.ends(kind).expect("a link");
            let key = |index: prop::sample::Index| vec![DraftValue::Key(format!("n{}", index.index(count)))];
            properties.insert(ends.source.clone(), key(source));
            properties.insert(ends.target.clone(), key(target));
            let key = format!("l{at}");
            drafts.push(Draft {
                key,
                kind: kind.to_owned(),
                properties,
                line: 0,
                quote: String::new(),
                position: None,
            });
        }
        drafts
    })
}

/// Values are a set in some order: a name that is the label comes first.
fn sorted(drafts: &[Draft]) -> Vec<Draft> {
    let mut drafts = bare(drafts);
    for values in drafts.iter_mut().flat_map(|draft| draft.properties.values_mut()) {
        values.sort();
    }
    drafts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(drafts in drafts()) {
        for format in [Format::Ftm, Format::GraphMl, Format::Gexf] {
            let bytes = write(format, &drafts);
            let exchange = read(format, &bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let mut expected = drafts.clone();
            if format == Format::Ftm {
                expected.iter_mut().for_each(|draft| draft.position = None);
            }
            prop_assert_eq!(&exchange.rejected, &vec![], "{}", String::from_utf8_lossy(&bytes));
            prop_assert_eq!(sorted(&exchange.drafts), sorted(&expected), "{}", String::from_utf8_lossy(&bytes));
            prop_assert_eq!(Format::guess("", &bytes), Some(format));
        }
    }

    #[test]
    fn lists_are_read(drafts in drafts()) {
        let is_link = |draft: &Draft| schema().ends(&draft.kind).is_some();
        let (links, entities): (Vec<Draft>, Vec<Draft>) = drafts.iter().cloned().partition(is_link);
        let bytes = write(Format::Csv, &drafts);
        let exchange = read(Format::Csv, &bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read_links: Vec<Draft> = exchange.drafts.iter().filter(|draft| is_link(draft)).cloned().collect();
        let links = common::unnumbered(sorted(&links));
        prop_assert_eq!(common::unnumbered(sorted(&read_links)), links, "{}", String::from_utf8_lossy(&bytes));
        let bytes = write_nodes(&drafts, &schema()).expect("written");
        let exchange = read(Format::Csv, &bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(sorted(&exchange.drafts), sorted(&entities), "{}", String::from_utf8_lossy(&bytes));
    }
}

fn damage(bytes: &mut Vec<u8>, random: &mut StdRng) {
    for _ in 0..random.random_range(1..4) {
        if bytes.is_empty() {
            return;
        }
        let at = random.random_range(0..bytes.len());
        match random.random_range(0..5) {
            0 => bytes[at] = random.random(),
            1 => bytes[at] ^= 1 << random.random_range(0..8),
            2 => bytes.truncate(at),
            3 => {
                bytes.remove(at);
            }
            _ => {
                let end = (at + random.random_range(1..60)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
}

/// A workbook of which one part is damaged.
fn repacked(book: &[u8], random: &mut StdRng) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(book)).expect("a workbook");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let chosen = random.random_range(0..archive.len());
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).expect("unpacked");
        if at == chosen {
            damage(&mut bytes, random);
        }
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let name = member.name().expect("its name").into_owned();
        writer.start_file(name, stored).expect("a part begins");
        writer.write_all(&bytes).expect("a part");
    }
    writer.finish().expect("packed").into_inner()
}

/// Damaged files are an error or something whole; never a panic.
#[test]
fn damage_is_survived() {
    let seed: u64 = std::env::var("KOPLAMP_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random);
    println!("KOPLAMP_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let csv = b"source;target;type;date;amount\na;b;Payment;31-12-2025;1.234,56\nb;\"c;d\";kent;;\n".to_vec();
    let files = [
        (Format::Ftm, fixture("entities.ftm.json")),
        (Format::GraphMl, fixture("multi.graphml")),
        (Format::GraphMl, fixture("yed.graphml")),
        (Format::Gexf, fixture("gephi.gexf")),
        (Format::Anx, fixture("chart.anx")),
        (Format::Csv, csv.clone()),
    ];
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for (format, whole) in &files {
        for _ in 0..1_000 {
            let mut bytes = whole.clone();
            damage(&mut bytes, &mut random);
            let count = counts.entry(format.code()).or_default();
            match read(*format, &bytes) {
                Ok(exchange) => {
                    assert_whole(&exchange);
                    count.0 += 1;
                }
                Err(error) => {
                    assert!(!error.to_string().is_empty());
                    count.1 += 1;
                }
            }
        }
    }
    let (schema, limits) = (schema(), Limits::default());
    for (kind, whole, rounds) in [(TableKind::Csv, csv, 1_000), (TableKind::Xlsx, fixture("bank.xlsx"), 1_000)] {
        for _ in 0..rounds {
            let mut bytes = whole.clone();
            damage(&mut bytes, &mut random);
            let Ok(table) = read_table(&bytes, kind, &limits, &mut |_| true) else { continue };
            let exchange =
                map(&table, &propose(&table, &schema), &schema, &limits, &mut |_| true).expect("its own mapping");
            assert_whole(&exchange);
        }
    }
    // Damage to a packed file is seen by its checksums; so one part is damaged, and all packed again.
    let book = fixture("bank.xlsx");
    for _ in 0..1_000 {
        let bytes = repacked(&book, &mut random);
        let count = counts.entry("xlsx").or_default();
        match read_table(&bytes, TableKind::Xlsx, &limits, &mut |_| true) {
            Ok(table) => {
                let mapping = propose(&table, &schema);
                assert_whole(&map(&table, &mapping, &schema, &limits, &mut |_| true).expect("its own mapping"));
                count.0 += 1;
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                count.1 += 1;
            }
        }
    }
    println!("read / error: {counts:?}");
}
