//! Documents that were made to hurt, fed to the real worker process: each costs its own line in the failure list and nothing else.

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::time::Duration;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use koplamp_intake::{Limits, ReadError, Reading, Unread, Worker};
use koplamp_model::{Kind, Reason};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use zip::write::{SimpleFileOptions, ZipWriter};

fn worker() -> Worker {
    let limits = Limits { cpu: Duration::from_secs(20), wall: Duration::from_secs(300), ..Limits::default() };
    Worker::at(env!("CARGO_BIN_EXE_koplamp-worker"), limits)
}

/// Reads with the worker; anything but a reading or a reason fails the test.
fn read_with(worker: &Worker, name: &str, bytes: &[u8]) -> Result<Reading, Unread> {
    match worker.read(name, bytes, &|| false) {
        Ok(reading) => Ok(reading),
        Err(ReadError::Unread(unread)) => Err(unread),
        Err(other) => panic!("{name}: {other}"),
    }
}

fn read(name: &str, bytes: &[u8]) -> Result<Reading, Unread> {
    read_with(&worker(), name, bytes)
}

fn reason(result: &Result<Reading, Unread>) -> Option<Reason> {
    match result {
        Ok(reading) => reading.failure.as_ref().map(|failure| failure.reason),
        Err(unread) => Some(unread.failure.reason),
    }
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).expect("started");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

/// A Word file with this main part.
fn docx(document: &str) -> Vec<u8> {
    archive(&[
        (
            "[Content_Types].xml",
            br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
        ("word/document.xml", document.as_bytes()),
    ])
}

const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn body(inside: &str) -> String {
    format!(r#"<?xml version="1.0" encoding="UTF-8"?><w:document {WORD}><w:body>{inside}</w:body></w:document>"#)
}

/// A PDF of these objects, numbered from 1; the first is the catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(table, "{offset:010} 00000 n ");
    }
    let _ = write!(table, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.extend(table.bytes());
    file
}

/// A PDF with one page, these resources and this content stream, and further objects from number 6.
fn pdf_page(resources: &str, content: Vec<u8>, more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> {resources} >> >>")
            .into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        content,
    ];
    objects.extend(more);
    pdf(&objects)
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<< /Length {} {dictionary} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

fn deflated(size: usize, byte: u8) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let block = vec![byte; 1 << 20];
    for _ in 0..size >> 20 {
        encoder.write_all(&block).expect("written");
    }
    encoder.finish().expect("finished")
}

fn mail() -> Vec<u8> {
    b"From: a@example.org\r\nTo: b@example.org\r\nSubject: onderwerp\r\nDate: Sat, 1 Mar 2025 12:00:00 +0100\r\nMIME-Version: 1.0\r\n\
      Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nEen bericht.\r\n\
      --x\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjcK\r\n--x--\r\n"
        .to_vec()
}

#[test]
fn a_flat_archive_bomb() {
    let zeros = vec![0; 300 << 20];
    let result = read("a.zip", &archive(&[("eerst.txt", b"tekst"), ("bom", &zeros), ("laatst.txt", b"ook")]));
    assert_eq!(reason(&result), Some(Reason::TooLarge));
    let reading = result.expect("the rest is delivered");
    let names: Vec<&str> = reading.attachments.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["eerst.txt", "laatst.txt"]);
    assert_eq!(reading.pages[0].text, "eerst.txt\nbom\nlaatst.txt\n", "what was left out is named");
}

#[test]
fn a_nested_archive_bomb_opens_one_level_a_run() {
    let inner = archive(&[("bom", &vec![0; 300 << 20])]);
    let names: Vec<String> = (0..16).map(|n| format!("{n}.zip")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), inner.as_slice())).collect();
    let outer = read("a.zip", &archive(&members)).expect("reads");
    assert_eq!((outer.attachments.len(), &outer.failure), (16, &None));
    assert!(outer.attachments.iter().all(|file| file.bytes == inner), "still packed");
    assert_eq!(reason(&read("0.zip", &outer.attachments[0].bytes)), Some(Reason::TooLarge));
}

#[test]
fn names_that_climb() {
    let zip = archive(&[("../../../etc/cron.d/x", b"1"), ("/root/.ssh/authorized_keys", b"2"), ("a/../../b", b"3")]);
    let reading = read("a.zip", &zip).expect("reads");
    let mail = b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream; name=\"..\\\\..\\\\x.exe\"\r\n\r\nMZ\r\n";
    let attached = read("a.eml", mail).expect("reads");
    let files: Vec<&str> =
        reading.attachments.iter().chain(&attached.attachments).map(|file| file.name.as_str()).collect();
    assert_eq!(files, ["etc/cron.d/x", "root/.ssh/authorized_keys", "a/b", "x.exe"]);
}

#[test]
fn entities_in_a_word_file_do_not_expand() {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let billion = format!(
        r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "haha">{laughs}]><w:document {WORD}><w:body>{}</w:body></w:document>"#,
        paragraph("voor &l9; na")
    );
    let outside = format!(
        r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {WORD}><w:body>{}</w:body></w:document>"#,
        paragraph("voor &e; na")
    );
    for document in [billion, outside] {
        let result = read("a.docx", &docx(&document));
        if let Ok(reading) = &result {
            let text: String = reading.pages.iter().map(|page| page.text.as_str()).collect();
            assert!(text.len() < 1000 && !text.contains("root:"), "{text}");
        }
    }
    assert_eq!(read("a.docx", &docx(&body(&paragraph("gewoon")))).expect("reads").pages[0].text, "gewoon\n");
}

#[test]
fn a_word_file_that_swells() {
    let result = read("a.docx", &docx(&body(&paragraph(&" ".repeat(400 << 20)))));
    assert_eq!(reason(&result), Some(Reason::TooLarge), "{result:?}");
    assert_eq!(result.expect_err("nothing to deliver").kind, Kind::Docx);
}

#[test]
fn a_word_file_without_bottom() {
    let deep = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(50_000), "</w:tc></w:tr></w:tbl>".repeat(50_000));
    let result = read("a.docx", &docx(&body(&deep)));
    assert_eq!(reason(&result), Some(Reason::TooLarge), "{result:?}");
    assert!(!result.is_ok_and(|reading| reading.has_text()), "no text that the document does not hold");
}

#[test]
fn pages_of_endless_depth_and_width() {
    let deep = format!("<html>{}diep", "<div>".repeat(1_000_000));
    assert_eq!(read("a.html", deep.as_bytes()).expect("reads").pages[0].text, "diep\n");
    let wide = |count: usize, quote: &str| {
        let attributes: String = (0..count).map(|n| format!("a{n}={quote}b{quote} ")).collect();
        read("a.html", format!("<html><p {attributes}>breed").as_bytes())
    };
    for (count, quote) in [(300_000, ""), (200, "\"")] {
        assert_eq!(wide(count, quote).expect("reads").pages[0].text, "breed\n");
    }
    // The tokenizer calls itself for each quoted value. How many it stands depends on how it was compiled; it takes nobody along.
    if let Err(unread) = wide(300_000, "\"") {
        assert_eq!((unread.kind, unread.failure.reason), (Kind::Html, Reason::Crashed));
    }
    let quotes = format!("{}diep\n", ">".repeat(100_000));
    assert!(read("a.md", quotes.as_bytes()).is_ok_and(|reading| reading.has_text()));
    let links = "[".repeat(100_000);
    assert!(read("a.md", links.as_bytes()).is_ok_and(|reading| reading.has_text()));
}

#[test]
fn mail_of_endless_depth() {
    let mut deep = String::from("From: a@example.org\r\nMIME-Version: 1.0\r\n");
    for n in 0..3000 {
        let _ = write!(deep, "Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
    }
    let nested = "Content-Type: message/rfc822\r\n\r\nFrom: a@example.org\r\n".repeat(3000);
    let headers: String = (0..200_000).map(|n| format!("X-H{n}: v\r\n")).collect();
    for mail in [deep, format!("From: a@example.org\r\n{nested}"), format!("From: a@example.org\r\n{headers}\r\ntekst")]
    {
        let reading = read("a.eml", mail.as_bytes()).expect("reads");
        assert_eq!(reading.kind, Kind::Eml);
        assert!(reading.attachments.len() <= 1, "one level a run");
    }
}

#[test]
fn a_pdf_that_swells() {
    let bomb = stream("/Filter /FlateDecode", &deflated(2 << 30, b' '));
    let result = read("a.pdf", &pdf_page("", bomb, Vec::new()));
    assert_eq!(reason(&result), Some(Reason::Memory), "{result:?}");
    assert_eq!(result.expect_err("nothing to deliver").kind, Kind::Pdf);
}

/// A form that draws the next one twice, thirty deep: a thousand million forms.
fn endless_pdf() -> Vec<u8> {
    let forms = (0..30).map(|n| {
        let resources =
            if n < 29 { format!("/Resources << /XObject << /X {} 0 R >> >>", n + 7) } else { String::new() };
        stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 1 1] {resources}"), b"/X Do /X Do")
    });
    pdf_page("/XObject << /X 6 0 R >>", stream("", b"/X Do"), forms.collect())
}

#[test]
fn a_pdf_without_end_is_stopped_by_its_processor_time() {
    let short = worker().with_limits(Limits { cpu: Duration::from_secs(1), ..Limits::default() });
    let result = read_with(&short, "a.pdf", &endless_pdf());
    assert_eq!(reason(&result), Some(Reason::Timeout), "{result:?}");
    assert_eq!(result.expect_err("nothing to deliver").kind, Kind::Pdf);
}

#[test]
fn a_pdf_without_end_is_stopped_by_the_clock() {
    let short = worker().with_limits(Limits { wall: Duration::from_millis(500), ..Limits::default() });
    let result = read_with(&short, "a.pdf", &endless_pdf());
    assert_eq!(reason(&result), Some(Reason::Timeout), "{result:?}");
    assert_eq!(result.expect_err("nothing to deliver").kind, Kind::Pdf);
}

#[test]
fn a_pdf_without_bottom() {
    let short = worker().with_limits(Limits { cpu: Duration::from_secs(2), ..Limits::default() });
    for open in ["[", "<< /A "] {
        let deep = open.repeat(500_000);
        let in_content = pdf_page("", stream("", format!("BT {deep}").as_bytes()), Vec::new());
        let in_objects = pdf_page(&format!("/ExtGState {deep}"), stream("", b"BT ET"), Vec::new());
        for file in [in_content, in_objects] {
            let result = read_with(&short, "a.pdf", &file);
            assert!(reason(&result).is_some(), "no text, so a reason: {result:?}");
        }
    }
}

#[test]
fn larger_than_is_read() {
    // Not written to: it takes no memory.
    let huge = vec![0; (512 << 20) + 1];
    let result = read("a.csv", &huge);
    assert_eq!(reason(&result), Some(Reason::TooLarge));
    let long = "a;b;c\n".repeat(23 << 20);
    assert_eq!(reason(&read("a.csv", long.as_bytes())), Some(Reason::TooLarge));
}

/// A sound file of each kind.
fn sound() -> Vec<(&'static str, Vec<u8>)> {
    let text = b"BT /F1 12 Tf 72 700 Td (Op 1 maart zag verbalisant een auto.) Tj ET".repeat(20);
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&text).expect("written");
    let content = stream("/Filter /FlateDecode", &encoder.finish().expect("finished"));
    let table: String = (0..200).map(|n| format!("{n};\"Jansen\";{n},50\n")).collect();
    let paragraphs: String = (0..50).map(|n| paragraph(&format!("alinea {n} van het proces-verbaal"))).collect();
    vec![
        ("a.pdf", pdf_page("", content, Vec::new())),
        ("a.docx", docx(&body(&paragraphs))),
        ("a.eml", mail()),
        ("a.zip", archive(&[("a.txt", &b"tekst ".repeat(100)), ("b/c.csv", table.as_bytes())])),
        (
            "a.html",
            b"<!DOCTYPE html><html><head><title>t</title><body><table><tr><td>a<td>b</table><p>caf&eacute;".to_vec(),
        ),
        ("a.md", b"# Kop\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- x\n  - y\n\n[l](http://example.org) `c`\n".to_vec()),
        ("a.csv", table.into_bytes()),
        ("a.txt", "één zin met accenten, en nog één. ".repeat(20).into_bytes()),
    ]
}

#[test]
fn cut_and_changed_files_of_every_kind() {
    const SEED: u64 = 20_250_301;
    println!("seed {SEED}");
    let mut random = StdRng::seed_from_u64(SEED);
    let worker = worker();
    let (mut trials, mut whole, mut partial, mut refused) = (0, 0, 0, 0);
    for (name, bytes) in sound() {
        let reading = read_with(&worker, name, &bytes).unwrap_or_else(|unread| panic!("{name} is sound: {unread}"));
        assert!(reading.failure.is_none() && reading.has_text(), "{name} is sound: {reading:?}");
        for n in 0..60 {
            let mut mutant = bytes.clone();
            if n % 3 == 0 {
                mutant.truncate(random.random_range(1..bytes.len()));
            } else {
                for _ in 0..random.random_range(1..=20) {
                    let at = random.random_range(0..mutant.len());
                    mutant[at] ^= 1 << random.random_range(0..8);
                }
            }
            let result = read_with(&worker, name, &mutant);
            assert_ne!(reason(&result), Some(Reason::Crashed), "{name}, trial {n}, seed {SEED}: {result:?}");
            trials += 1;
            match result {
                Ok(reading) if reading.failure.is_none() => whole += 1,
                Ok(_) => partial += 1,
                Err(_) => refused += 1,
            }
        }
    }
    println!("{trials} mutants: {whole} read, {partial} read in part, {refused} refused");
    assert!(trials >= 300 && whole > 0 && refused > 0);
}

#[test]
fn the_same_bytes_give_the_same_reading() {
    for (name, bytes) in sound() {
        assert_eq!(read(name, &bytes), read(name, &bytes), "{name}");
    }
}
