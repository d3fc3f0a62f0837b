//! A document of 500 pages marked up with the seed, against what cannot be done faster and knows less, by turns over the same pages:
//!
//! - *letters*: `aho-corasick` finds the terms and hints of the seed letter by letter, without inflections, sentences or senses;
//! - *stems*: the words of the pages and the stems of each, remembered by word, which is what the search index pays in any case.
//!
//! `cargo bench -p koplamp-glossary --bench marks`; with `-- --check` it fails above the agreed ratios.

use std::collections::{BTreeSet, HashMap};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use aho_corasick::{AhoCorasick, MatchKind};
use anyhow::{Context, Result, bail};
use koplamp_glossary::{Format, Lexicon, Limits, read};
use koplamp_language::{Stems, words};
use koplamp_model::{Glossary, Kind};

const PAGES: usize = 500;
/// Characters of a page of a printed report.
const PAGE: usize = 3_000;
/// How often each is measured; the median counts.
const TIMES: usize = 9;
/// Most that marking up may take, as a multiple of finding letters and of finding stems.
const GOALS: [f64; 2] = [7.0, 4.0];

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let glossary = seed(&root)?;
    let pages = pages(&root)?;
    let lexicon = Lexicon::new(&glossary);
    let letters = letters(&glossary)?;
    let mut times: [Vec<f64>; 3] = Default::default();
    let mut found = [0; 2];
    for _ in 0..TIMES {
        let begin = Instant::now();
        found[0] = pages.iter().map(|page| lexicon.marks(page, "politie", Kind::Pdf, &[]).len()).sum();
        times[0].push(begin.elapsed().as_secs_f64() * 1e3);
        let begin = Instant::now();
        found[1] = pages.iter().map(|page| letters.find_iter(page).count()).sum();
        times[1].push(begin.elapsed().as_secs_f64() * 1e3);
        let begin = Instant::now();
        stems(&pages);
        times[2].push(begin.elapsed().as_secs_f64() * 1e3);
    }
    let [ours, letters, stems] = times.map(median);
    let ratios = [ours / letters, ours / stems];
    report(&format!(
        "{PAGES} pages: {ours:.1} ms, {} marks; letters {letters:.1} ms, {} finds; stems {stems:.1} ms",
        found[0], found[1]
    ));
    report(&format!(
        "ratio to letters {:.2} (goal {}), to stems {:.2} (goal {})",
        ratios[0], GOALS[0], ratios[1], GOALS[1]
    ));
    if env::args().any(|argument| argument == "--check") && ratios.iter().zip(GOALS).any(|(ratio, goal)| *ratio > goal)
    {
        bail!("marking up is slower than was agreed");
    }
    Ok(())
}

#[allow(clippy::print_stdout)]
fn report(line: &str) {
    println!("{line}");
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

fn seed(root: &Path) -> Result<Glossary> {
    let mut turtle = String::new();
    for name in ["belastingdienst", "douane", "fiod", "kmar", "om", "politie", "mappings"] {
        turtle.push_str(&fs::read_to_string(root.join(format!("resources/glossary/{name}.ttl")))?);
    }
    Ok(read(Format::Turtle, turtle.as_bytes(), "politie", &Limits::default(), &mut |_| true)?.glossary)
}

/// The documents of the demo case, one after the other and again, in pages.
fn pages(root: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for folder in fs::read_dir(root.join("resources/demo-case/documents"))? {
        for file in fs::read_dir(folder?.path())? {
            files.push(file?.path());
        }
    }
    files.sort();
    let mut text = String::new();
    for file in &files {
        let source = fs::read_to_string(file)?;
        let (_, body) = source.rsplit_once("\n+++\n").context("front matter")?;
        text.push_str(body);
    }
    let characters: Vec<char> = text.chars().collect();
    let pages = characters.chunks(PAGE).cycle().take(PAGES);
    Ok(pages.map(|page| page.iter().collect()).collect())
}

fn letters(glossary: &Glossary) -> Result<AhoCorasick> {
    let terms = glossary.terms.iter().map(|term| &term.form.text);
    let hints = glossary.concepts.iter().flat_map(|concept| &concept.hints);
    let forms: BTreeSet<&String> = terms.chain(hints).collect();
    Ok(AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(forms)?)
}

fn stems(pages: &[String]) {
    let mut memory: HashMap<&str, Option<Stems>> = HashMap::new();
    for word in pages.iter().flat_map(|page| words(page)) {
        black_box(memory.entry(word.raw).or_insert_with(|| Stems::of(word.raw)).as_ref());
    }
}
