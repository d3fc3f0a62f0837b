//! Measures a table of a million rows: `cargo run --release -p koplamp-interchange --example million [ROWS]`.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fmt::Write as _;
use std::time::Instant;

use koplamp_interchange::{Format, Limits, TableKind, map_each, propose, read, read_table};
use koplamp_model::Schema;

/// Accounts and payments, as much of them as the table has.
const SCHEMA: &str = r#"{"version":"", "types":[
    {"name":"BankAccount","nl":"","en":"","nl_plural":"","en_plural":"","icon":"","shape":"hexagon","colour":0,"properties":[
        {"name":"iban","nl":"","en":"","kind":"identifier"}, {"name":"name","nl":"","en":"","kind":"name"}]},
    {"name":"Payment","nl":"","en":"","nl_plural":"","en_plural":"","icon":"","shape":"circle","colour":0,
        "link":{"source":"payer","target":"beneficiary","directed":true,"nl":"","en":""}, "properties":[
        {"name":"date","nl":"","en":"","kind":"date"}, {"name":"amount","nl":"","en":"","kind":"amount"},
        {"name":"purpose","nl":"","en":"","kind":"text"}]}]}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let rows: u64 = std::env::args().nth(1).map_or(Ok(1_000_000), |rows| rows.parse())?;
    let schema: Schema = serde_json::from_str(SCHEMA)?;
    let limits = Limits::default();
    let mut text = String::from("Datum;Rekening;Tegenrekening;Naam tegenpartij;Bedrag;Omschrijving\n");
    for row in 0..rows {
        let (other, day) = (row * 7_919 % 50_021, row % 28 + 1);
        writeln!(
            text,
            "{day:02}-01-2025;NL91ABNA0417164300;NL20INGB{other:010};Naam {other};-{}.{:03},50;Overboeking {row}",
            row % 9 + 1,
            row % 1000
        )?;
    }
    println!("{rows} rows, {} MB; resident {} MB", text.len() >> 20, resident()?);
    let start = Instant::now();
    let table = read_table(text.as_bytes(), TableKind::Csv, &limits, &mut |_| true)?;
    println!("read_table: {:.2} s; resident {} MB", start.elapsed().as_secs_f64(), resident()?);
    let mapping = propose(&table, &schema);
    let (start, mut drafts) = (Instant::now(), 0u64);
    let (rejected, _) = map_each(&table, &mapping, &schema, &limits, &mut |_| true, &mut |_| drafts += 1)?;
    let seconds = start.elapsed().as_secs_f64();
    println!("map_each: {seconds:.2} s, {drafts} drafts, {} rejected; resident {} MB", rejected.len(), resident()?);
    drop(table);
    let mut lines = String::new();
    for row in 0..rows {
        writeln!(
            lines,
            "{{\"id\":\"p{row}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"Naam {row}\"],\"country\":[\"nl\"]}}}}"
        )?;
    }
    let start = Instant::now();
    let exchange = read(Format::Ftm, lines.as_bytes(), &schema, &limits, &mut |_| true)?;
    let seconds = start.elapsed().as_secs_f64();
    println!("FollowTheMoney: {seconds:.2} s, {} drafts; resident {} MB", exchange.drafts.len(), resident()?);
    Ok(())
}

/// Memory that is held now, in MB (Linux only).
fn resident() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    Ok(line.split_whitespace().nth(1).unwrap_or("0").parse::<u64>()? / 1024)
}
