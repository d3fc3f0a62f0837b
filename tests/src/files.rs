//! Files of the kinds that intake reads, written here byte by byte, so that no library of the program's own has made them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A PDF with a page for each text; lines divided by `\n`. Letters of WinAnsi's ASCII half only.
pub fn pdf(pages: &[&str]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|n| format!("{} 0 R ", 4 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (n, text) in pages.iter().enumerate() {
        let mut content = String::from("BT /F1 12 Tf 14 TL 72 760 Td\n");
        for line in text.lines() {
            let line = line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
            let _ = writeln!(content, "({line}) Tj T*");
        }
        content.push_str("ET");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * n
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut pdf = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        offsets.push(pdf.len());
        let _ = write!(pdf, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = pdf.len();
    let _ = write!(pdf, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(pdf, "{offset:010} 00000 n ");
    }
    let _ = write!(pdf, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    pdf.into_bytes()
}

/// A ZIP of these members, not compressed: what leaks of it can be seen.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in members {
        archive.start_file(*name, plain).expect("an archive in memory takes a member");
        archive.write_all(bytes).expect("an archive in memory takes bytes");
    }
    archive.finish().expect("an archive in memory can be closed").into_inner()
}

/// A Word document of these paragraphs.
pub fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let types = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let relations = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let body: String = paragraphs
        .iter()
        .map(|text| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(text)))
        .collect();
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

/// A mail with a text and attachments of plain text.
pub fn eml(from: &str, subject: &str, text: &str, attachments: &[(&str, &str)]) -> Vec<u8> {
    let mut mail = format!(
        "From: {from}\r\nTo: ontvanger@posthoorn.example\r\nSubject: {subject}\r\nDate: Mon, 3 Mar 2025 09:30:00 +0100\r\n\
         Message-ID: <{subject}.1@posthoorn.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"grens\"\r\n\r\n\
         --grens\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    );
    for (name, content) in attachments {
        let _ = write!(
            mail,
            "--grens\r\nContent-Type: text/plain; charset=utf-8; name=\"{name}\"\r\n\
             Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{content}\r\n"
        );
    }
    mail.push_str("--grens--\r\n");
    mail.into_bytes()
}

/// A web page with this title and paragraph.
pub fn html(title: &str, paragraph: &str) -> Vec<u8> {
    let (title, paragraph) = (escaped(title), escaped(paragraph));
    format!("<!doctype html><html lang=\"nl\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1><p>{paragraph}</p></body></html>")
        .into_bytes()
}

/// Text in UTF-16, little-endian, with a byte order mark.
pub fn utf16(text: &str) -> Vec<u8> {
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A PNG picture of a face on a blue ground, as wide and high as is said.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let (middle, side) = ((f64::from(width) / 2.0, f64::from(height) / 2.0), f64::from(width.min(height)));
    let disc = |x: u32, y: u32, at: (f64, f64), radius: f64| {
        let (across, down) = (f64::from(x) - middle.0 - at.0 * side, f64::from(y) - middle.1 - at.1 * side);
        across.hypot(down) < radius * side
    };
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let eyes = disc(x, y, (-0.12, -0.08), 0.04) || disc(x, y, (0.12, -0.08), 0.04);
            let face = disc(x, y, (0.0, 0.0), 0.32);
            let body = disc(x, y, (0.0, 0.62), 0.4);
            pixels.extend(match (eyes, face, body) {
                (true, _, _) => [40, 30, 20],
                (_, true, _) => [224, 172, 105],
                (_, _, true) => [120, 40, 90],
                _ => [40, 110, 170],
            });
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a PNG can be written");
    writer.write_image_data(&pixels).expect("a PNG can be written");
    writer.finish().expect("a PNG can be written");
    file
}
