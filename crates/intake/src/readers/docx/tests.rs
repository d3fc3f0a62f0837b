//! Word files, put together part by part.

use std::io::Write;

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

fn file(parts: &[(&str, &str)]) -> Vec<u8> {
    let types = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;
    let top = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;
    let inner = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>"#;
    let fixed = [("[Content_Types].xml", types), ("_rels/.rels", top), ("word/_rels/document.xml.rels", inner)];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in fixed.iter().chain(parts) {
        writer.start_file(*name, SimpleFileOptions::default()).expect("started");
        writer.write_all(text.as_bytes()).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

#[test]
fn text_tables_notes_margins_and_properties() {
    let document = format!(
        r#"<?xml version="1.0"?><w:document {W}><w:body>
        <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Proces-verbaal</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">Verdachte </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>J. Jansen</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:tab/><w:t>na tab</w:t><w:br/><w:t>nieuwe regel</w:t></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>naam</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>bedrag</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Jansen</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12,50</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        <w:p><w:ins w:id="1" w:author="x"><w:r><w:t>ingevoegd</w:t></w:r></w:ins><w:del w:id="2" w:author="x"><w:r><w:delText>geschrapt</w:delText></w:r></w:del></w:p>
        <w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:t>Tweede bladzijde</w:t></w:r></w:p>
        <w:sectPr><w:headerReference w:type="default" r:id="r1"/></w:sectPr></w:body></w:document>"#
    );
    let header = format!(r#"<w:hdr {W}><w:p><w:r><w:t>Eenheid Rivierenland</w:t></w:r></w:p></w:hdr>"#);
    let notes = format!(
        r#"<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>ook bekend als Jan</w:t></w:r></w:p></w:footnote></w:footnotes>"#
    );
    let core = r#"<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>De titel</dc:title><dc:creator>A. de Vries</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">2025-03-01T10:00:00Z</dcterms:created></cp:coreProperties>"#;
    let parts = [
        ("word/document.xml", document.as_str()),
        ("word/header1.xml", &header),
        ("word/footnotes.xml", &notes),
        ("docProps/core.xml", core),
    ];
    let reading = Docx.read(&Source { name: "a.docx", bytes: &file(&parts) }).expect("reads");
    assert_eq!(reading.failure, None);
    assert_eq!((reading.title.as_deref(), reading.author.as_deref()), (Some("De titel"), Some("A. de Vries")));
    assert_eq!(reading.date.as_deref(), Some("2025-03-01"));
    let texts: Vec<&str> = reading.pages.iter().map(|page| page.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Eenheid Rivierenland\nProces-verbaal\nVerdachte J. Jansen[2]\tna tab\nnieuwe regel\nnaam\tbedrag\nJansen\t12,50\ningevoegd\n",
            "Tweede bladzijde\n[2] ook bekend als Jan\n"
        ]
    );
}

#[test]
fn a_file_cut_short_gives_what_it_holds() {
    let paragraphs: String =
        (0..5000).map(|n| format!("<w:p><w:r><w:t>alinea {n} {}</w:t></w:r></w:p>", n * 7919 % 10_007)).collect();
    let document = format!(r#"<?xml version="1.0"?><w:document {W}><w:body>{paragraphs}</w:body></w:document>"#);
    let bytes = file(&[("word/document.xml", &document)]);
    let cut = &bytes[..bytes.len() / 2];
    let reading = Docx.read(&Source { name: "a.docx", bytes: cut }).expect("a part");
    assert_eq!(reading.failure.map(|failure| failure.reason), Some(Reason::Damaged));
    assert!(reading.pages[0].text.starts_with("alinea 0 0\nalinea 1 7919\n"));
    let nothing = Docx.read(&Source { name: "a.docx", bytes: &bytes[..600] });
    assert_eq!(nothing.map_err(|failure| failure.reason), Err(Reason::Damaged));
}
