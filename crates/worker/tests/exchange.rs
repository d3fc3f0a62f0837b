//! Other programs' files in the real worker process: what it answers, and what a hostile file can do, which is nothing.

use std::io::{Cursor, Read, Write};
use std::time::Duration;

use koplamp_intake::{Limits, TaskError, Worker};
use koplamp_interchange::task::{Disbelief, Refused, Request, Trial, What, receive, receive_trial};
use koplamp_interchange::{Format, read};
use koplamp_model::{Exchange, Failure, Reason, Schema};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use zip::write::{SimpleFileOptions, ZipWriter};

fn worker(limits: Limits) -> Worker {
    Worker::at(env!("CARGO_BIN_EXE_koplamp-worker"), limits)
}

fn ask<T: Send>(
    worker: &Worker,
    what: What,
    file: &[u8],
    receive: impl FnOnce(&mut dyn Read) -> Result<Result<T, Refused>, Disbelief> + Send,
) -> Result<Result<T, Refused>, TaskError> {
    let request = Request { schema: Schema::built_in().version.clone(), what };
    worker.run("exchange", &serde_json::to_vec(&request).expect("it is plain"), file, receive, &|| false)
}

fn exchanged(worker: &Worker, format: Format, file: &[u8]) -> Result<Result<Exchange, Refused>, TaskError> {
    ask(worker, What::Read(format), file, |pipe| receive(pipe, &koplamp_interchange::Limits::default()))
}

fn tried(worker: &Worker, file: &[u8]) -> Result<Result<Trial, Refused>, TaskError> {
    ask(worker, What::Try(None), file, |pipe| receive_trial(pipe, None, &koplamp_interchange::Limits::default()))
}

fn failure<T: std::fmt::Debug>(result: Result<Result<T, Refused>, TaskError>) -> Failure {
    match result {
        Err(TaskError::Failed(failure)) => failure,
        other => panic!("expected the end of the worker, got {other:?}"),
    }
}

/// A workbook of one sheet, with these shared strings.
fn workbook(strings: &str, sheet: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        ("xl/sharedStrings.xml", strings.replace("<sst", &format!(r#"<sst xmlns="{main}""#))),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>"#),
        ),
    ] {
        writer.start_file(name, SimpleFileOptions::default()).expect("started");
        writer.write_all(text.as_bytes()).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

const ROWS: &str = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>"#;

#[test]
fn reads_what_the_reader_reads() {
    let worker = worker(Limits::of_tables());
    let lines: String = (0..20_000)
        .map(|n| format!("{{\"id\":\"p{n}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"Naam {n}\"]}}}}\n"))
        .collect();
    let limits = koplamp_interchange::Limits::default();
    let here = read(Format::Ftm, lines.as_bytes(), Schema::built_in(), &limits, &mut |_| true).unwrap();
    assert_eq!(here.drafts.len(), 20_000);
    let there = exchanged(&worker, Format::Ftm, lines.as_bytes()).unwrap().unwrap();
    assert!(there == here, "the process adds nothing and loses nothing");

    let book = workbook("<sst><si><t>Naam</t></si><si><t>Bedrag</t></si></sst>", ROWS);
    let trial = tried(&worker, &book).unwrap().unwrap();
    assert_eq!((trial.columns, trial.total), (vec!["Naam".to_owned(), "Bedrag".to_owned()], 1));
}

#[test]
fn a_bad_file_is_refused_with_its_line() {
    let worker = worker(Limits::of_tables());
    let deep = format!("<?xml version=\"1.0\"?>\n<graphml>{}", "<graph>".repeat(100_000));
    for (format, file, said) in [
        (Format::GraphMl, "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aa\">]>\n<graphml/>", "line 2"),
        (Format::GraphMl, deep.as_str(), "line 2"),
        (Format::Ftm, "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{}}\n{\"id\":", "line 2"),
        (Format::Gexf, "<gexf><graph><nodes></graph></nodes></gexf>", "line 1"),
        (Format::Anx, "<Chart><ChartItemCollection>", "line"),
    ] {
        let refused = exchanged(&worker, format, file.as_bytes()).unwrap().expect_err("refused").to_string();
        assert!(refused.contains(said), "{refused}");
    }
}

#[test]
fn a_workbook_that_ends_the_process_ends_this_one() {
    // Room for so many strings is asked for at once; the allocator's refusal ends the process, and no panic can be caught.
    let greedy = workbook(r#"<sst uniqueCount="400000000000"><si><t>a</t></si></sst>"#, ROWS);
    assert!(greedy.len() < 2_000);
    assert_eq!(failure(tried(&worker(Limits::of_tables()), &greedy)).reason, Reason::Memory);
    // It unpacks to less than a file may have, and needs several times that.
    let swelling = workbook(&format!("<sst>{}</sst>", "<si><t>a</t></si>".repeat(1 << 20)), ROWS);
    let tight = worker(Limits { memory: 64 << 20, ..Limits::of_tables() });
    assert_eq!(failure(tried(&tight, &swelling)).reason, Reason::Memory);
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let bomb = workbook("<sst/>", &" ".repeat((1 << 30) + 1));
    let refused = tried(&worker(Limits::of_tables()), &bomb).unwrap().expect_err("refused").to_string();
    assert!(refused.contains("at most 1073741824 are read"), "{refused}");
}

#[test]
fn time_is_bounded_and_it_can_be_cancelled() {
    let table = "a;b\n".repeat(20 << 20);
    let hasty = worker(Limits { wall: Duration::from_millis(50), ..Limits::of_tables() });
    assert_eq!(failure(tried(&hasty, table.as_bytes())).reason, Reason::Timeout);
    let request = serde_json::to_vec(&Request { schema: String::new(), what: What::Try(None) }).unwrap();
    let unheard = |pipe: &mut dyn Read| pipe.read_to_end(&mut Vec::new());
    let ran = worker(Limits::of_tables()).run("exchange", &request, table.as_bytes(), unheard, &|| true);
    assert!(matches!(ran, Err(TaskError::Cancelled)), "{ran:?}");
}

#[test]
fn cut_and_changed_files_of_every_format() {
    const SEED: u64 = 20_250_302;
    println!("seed {SEED}");
    let mut random = StdRng::seed_from_u64(SEED);
    let worker = worker(Limits::of_tables());
    let graphml = "<?xml version=\"1.0\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"><graph edgedefault=\"directed\"><node id=\"a\"/><node id=\"b\"/><edge source=\"a\" target=\"b\"/></graph></graphml>";
    let gexf = "<gexf version=\"1.3\"><graph><nodes><node id=\"a\" label=\"A\"/><node id=\"b\" label=\"B\"/></nodes><edges><edge source=\"a\" target=\"b\"/></edges></graph></gexf>";
    let anx = "<Chart><ChartItemCollection><ChartItem Label=\"A\"><End><Entity EntityId=\"e1\" Identity=\"A\"><Icon><IconStyle Type=\"Person\"/></Icon></Entity></End></ChartItem></ChartItemCollection></Chart>";
    let ftm = "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ada\"]}}\n";
    let list = "source,target,type,date,amount\nA,B,Payment,2025-01-02,10\n";
    let book = workbook("<sst><si><t>Naam</t></si><si><t>Bedrag</t></si></sst>", ROWS);
    let files: [(Option<Format>, &[u8]); 6] = [
        (Some(Format::GraphMl), graphml.as_bytes()),
        (Some(Format::Gexf), gexf.as_bytes()),
        (Some(Format::Anx), anx.as_bytes()),
        (Some(Format::Ftm), ftm.as_bytes()),
        (Some(Format::Csv), list.as_bytes()),
        (None, &book),
    ];
    let (mut read, mut refused) = (0, 0);
    for (format, bytes) in files {
        let run = |bytes: &[u8]| match format {
            Some(format) => exchanged(&worker, format, bytes).map(|answer| answer.map(drop)),
            None => tried(&worker, bytes).map(|answer| answer.map(drop)),
        };
        assert_eq!(run(bytes).unwrap(), Ok(()), "{format:?} is sound");
        for n in 0..30 {
            let mut mutant = bytes.to_vec();
            if n % 3 == 0 {
                mutant.truncate(random.random_range(1..bytes.len()));
            } else {
                for _ in 0..random.random_range(1..=10) {
                    let at = random.random_range(0..mutant.len());
                    mutant[at] ^= 1 << random.random_range(0..8);
                }
            }
            match run(&mutant) {
                Ok(Ok(())) => read += 1,
                Ok(Err(_)) => refused += 1,
                Err(other) => panic!("{format:?}, trial {n}, seed {SEED}: {other}"),
            }
        }
    }
    println!("{read} mutants read, {refused} refused");
    assert!(read > 0 && refused > 0);
}
