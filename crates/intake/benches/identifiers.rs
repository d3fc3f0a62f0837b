//! How fast identifiers are found, in ordinary text and in texts that are meant to be slow: `cargo bench -p koplamp-intake --bench
//! identifiers`. The last column is the time for four times the text: about 4 when the time is linear.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::time::{Duration, Instant};

use koplamp_intake::identifiers::find;

const SIZE: usize = 500_000;

fn main() {
    let ordinary = "Op woensdag 2 oktober 2024, omstreeks 14:20 uur, reed de grijze bestelbus Q-481-XK naar de loods. De bestuurder \
                    zweeg over de € 46.500 en over het nummer 06-0047 1283; zijn rekening NL91 ABNA 0417 1643 00 was leeg. ";
    println!("{:<28} {:>8} {:>10} {:>6}", "text", "MB/s", "found/MB", "x4");
    for (name, unit) in [
        ("a report", ordinary),
        ("prose", "De zee lag stil en niemand sprak over het schip dat in de nacht was vertrokken. "),
        ("digits", "0123456789"),
        ("one digit, one space", "1 "),
        ("digits and points", "1.1.1.1"),
        ("zeros and spaces", "0 0 0 0 06 "),
        ("dashed plates", "12-AB-34-"),
        ("beginnings of accounts", "NL91 ABNA 0417 1643 01 "),
        ("signs", "@.@.@-+(€$"),
        ("addresses", "a@a.a.a.a.a.a."),
        ("one web address", "https://a.a/((("),
        ("web addresses and brackets", "http://a.a)"),
        ("eight digits", "12345678 "),
        ("nine digits", "123456782 "),
        ("colons", "1:1:"),
        ("letters without a space", "ab"),
    ] {
        let (time, found) = measure(&unit.repeat(SIZE / unit.len()));
        let (longer, _) = measure(&unit.repeat(4 * SIZE / unit.len()));
        let megabytes = SIZE as f64 / 1e6;
        let ratio = longer.as_secs_f64() / time.as_secs_f64();
        println!("{name:<28} {:>8.1} {:>10.0} {ratio:>6.1}", megabytes / time.as_secs_f64(), found as f64 / megabytes);
    }
}

/// The shortest of three runs, and what was found.
fn measure(text: &str) -> (Duration, usize) {
    let mut best = Duration::MAX;
    let mut found = 0;
    for _ in 0..3 {
        let started = Instant::now();
        found = find(text).len();
        best = best.min(started.elapsed());
    }
    (best, found)
}
