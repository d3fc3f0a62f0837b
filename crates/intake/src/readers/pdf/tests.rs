//! PDF files written by hand, object by object.

use std::fmt::Write;

use super::*;

/// A PDF of these objects (numbered from 1; the first is the catalog), with this trailer entry.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut pdf = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(pdf.len());
        let _ = write!(pdf, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = pdf.len();
    let _ = write!(pdf, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(pdf, "{offset:010} 00000 n ");
    }
    let _ =
        write!(pdf, "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    pdf.into_bytes()
}

/// A PDF with a page for each content stream.
fn document(contents: &[&str], catalog: &str, trailer: &str) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|n| format!("{} 0 R ", 5 + 2 * n)).collect();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", contents.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Title (Proces\\055verbaal) /Author <FEFF004A00E90061006E> /CreationDate (D:20250301120000+01'00') >>"
            .to_owned(),
    ];
    for (n, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            6 + 2 * n
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    file(&objects, trailer)
}

fn read(bytes: &[u8]) -> Result<Reading, Failure> {
    Pdf.read(&Source { name: "a.pdf", bytes })
}

#[test]
fn pages_lines_and_properties() {
    let first = "BT /F1 12 Tf 72 700 Td (Op 1 maart zag verbalisant) Tj 0 -14 Td (een ge\\357mporteerde auto.) Tj ET";
    let second = "BT /F1 12 Tf 1 0 0 1 300 500 Tm (rechts) Tj 1 0 0 1 72 500 Tm [(li) -20 (nks) -400 (hier)] TJ ET";
    let reading = read(&document(&[first, second], "", "/Info 4 0 R")).expect("reads");
    let texts: Vec<&str> = reading.pages.iter().map(|page| page.text.as_str()).collect();
    assert_eq!(texts, ["Op 1 maart zag verbalisant\neen geïmporteerde auto.\n", "links hier\trechts\n"]);
    assert_eq!(reading.title.as_deref(), Some("Proces-verbaal"));
    assert_eq!(reading.author.as_deref(), Some("Jéan"));
    assert_eq!(reading.date.as_deref(), Some("2025-03-01"));
    assert_eq!((reading.failure, reading.pages[0].label.as_deref()), (None, None));
}

#[test]
fn marks_above_the_line_stay_on_it() {
    let text = "BT /F1 12 Tf 72 700 Td (12 m) Tj /F1 7 Tf 5 Ts (2) Tj 0 Ts /F1 12 Tf ( vloer) Tj ET";
    assert_eq!(read(&document(&[text], "", "")).expect("reads").pages[0].text, "12 m2 vloer\n");
}

#[test]
fn labels_of_pages() {
    let text = "BT /F1 12 Tf 72 700 Td (x) Tj ET";
    let catalog = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /P (A-) /St 7 >>] >>";
    let reading = read(&document(&[text; 4], catalog, "")).expect("reads");
    let labels: Vec<_> = reading.pages.iter().filter_map(|page| page.label.as_deref()).collect();
    assert_eq!(labels, ["i", "ii", "A-7", "A-8"]);
}

#[test]
fn turned_text_and_invisible_text_are_read() {
    let turned =
        "BT /F1 12 Tf 0 1 -1 0 72 100 Tm (langs de rand) Tj ET BT 3 Tr /F1 12 Tf 72 700 Td (onzichtbare laag) Tj ET";
    let reading = read(&document(&[turned], "", "")).expect("reads");
    assert_eq!(reading.pages[0].text, "onzichtbare laag\nlangs de rand\n");
}

#[test]
fn a_file_without_text_says_so() {
    let picture = "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \0 EI Q";
    let reading = read(&document(&[picture], "", "")).expect("reads");
    assert_eq!(reading.failure.map(|failure| failure.reason), Some(Reason::NoText));
    assert_eq!(reading.pages.len(), 1, "the page is there for character recognition");
    let mixed = read(&document(&["BT /F1 12 Tf 72 700 Td (tekst) Tj ET", picture], "", "")).expect("reads");
    let failure = mixed.failure.expect("told");
    assert_eq!(
        (failure.reason, failure.message.as_str()),
        (Reason::NoText, "1 of 2 pages are pictures without text: 2.")
    );
}

#[test]
fn encrypted_and_broken_are_told_apart() {
    let encrypt = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 \
        /O <0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef> \
        /U <0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef> >> /ID [<00> <00>]";
    let reason = |bytes: &[u8]| read(bytes).map(|_| ()).map_err(|failure| failure.reason);
    assert_eq!(reason(&document(&["BT ET"], "", encrypt)), Err(Reason::Encrypted));
    assert_eq!(reason(b"%PDF-1.7\nrubbish"), Err(Reason::Damaged));
}

#[test]
fn text_strings() {
    for (bytes, text) in
        [(&b"\xfe\xff\0a\x20\xac"[..], "a€"), (b"\xef\xbb\xbf\xc3\xa9", "é"), (b"caf\xe9 \xa0 \x84", "café € —")]
    {
        assert_eq!(text_string(bytes), text);
    }
}
