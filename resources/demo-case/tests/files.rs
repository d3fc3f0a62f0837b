//! The rendered files, read back by libraries that had no part in writing them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its own helpers too")]

use koplamp_demo_case::{DemoCase, Kind, load, render};
use mail_parser::{MessageParser, MimeHeaders, PartType};
use std::{
    fs::{self, File},
    io::{Cursor, Read},
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// The small case of these tests, rendered once.
static OUT: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let out = tempfile::tempdir().unwrap();
    render(&case(), out.path()).unwrap();
    out
});

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/case")
}

fn case() -> DemoCase {
    load(&folder()).unwrap()
}

fn bytes(file: &str) -> Vec<u8> {
    fs::read(OUT.path().join(file)).unwrap()
}

#[test]
fn every_document_of_its_own_is_written_and_told() {
    let out = tempfile::tempdir().unwrap();
    let case = case();
    let rendered = render(&case, out.path()).unwrap();
    assert_eq!((case.name.as_str(), case.documents.len(), rendered.len()), ("Proefzaak", 10, 8));
    for file in &rendered {
        assert!(fs::metadata(&file.path).unwrap().len() > 0, "{} is empty", file.path.display());
        assert!(file.path.starts_with(out.path().join(&file.organisation)));
    }
    assert!(!out.path().join("politie/eerder.eml").exists(), "a mail that exists only as an attachment");
    assert_eq!(rendered.iter().filter(|file| file.kind == Kind::Eml).count(), 1);
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let again = tempfile::tempdir().unwrap();
    for file in render(&case(), again.path()).unwrap() {
        let name = file.path.strip_prefix(again.path()).unwrap();
        assert!(fs::read(&file.path).unwrap() == bytes(name.to_str().unwrap()), "{} differs", name.display());
    }
}

#[test]
fn a_pdf_has_its_text_on_numbered_pages() {
    let pdf = lopdf::Document::load_mem(&bytes("politie/pv-bevindingen-bus.pdf")).unwrap();
    let pages: Vec<String> = pdf.get_pages().keys().map(|page| pdf.extract_text(&[*page]).unwrap()).collect();
    let count = pages.len();
    assert!(count >= 3, "text of two pages and a page break, but {count} pages");
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Pagina {} van {count}", index + 1)), "page {}: {page}", index + 1);
        assert!(page.contains("PL9900-2025000001-1"), "the reference is on every page: {page}");
    }
    let all = squeezed(&pages.concat());
    for day in 1..=21 {
        assert!(all.contains(&format!("Opdag{day}zagenwij,verbalisanten,dewittebestelbus")), "paragraph {day}: {all}");
    }
    // Ligatures, diacritics, the euro sign, a list within a list, a cell of several lines, inline code.
    for words in ["officiële levering", "Café \"De Zeeëgel\"", "Bedrag in €", "1.250,00", "rood", "SLOTWOORD"] {
        assert!(all.contains(&squeezed(words)), "{words} in {all}");
    }
    assert_eq!(all.matches("Proces-verbaalvanbevindingen:dewittebus").count(), count, "title once, then in each head");
    let last = squeezed(pages.last().unwrap());
    assert!(last.contains("OpgemaaktteGrijsmonde"), "after the break: {last}");
    assert!(!last.contains("containerzegels"), "what stands before the page break: {last}");
}

#[test]
fn a_pdf_names_its_title_author_and_date_and_embeds_its_fonts() {
    let pdf = lopdf::Document::load_mem(&bytes("politie/pv-bevindingen-bus.pdf")).unwrap();
    let info = pdf.get_dictionary(pdf.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    let value = |key: &[u8]| lopdf::decode_text_string(info.get(key).unwrap()).unwrap();
    assert_eq!(value(b"Title"), "Proces-verbaal van bevindingen: de witte bus");
    assert_eq!(value(b"Author"), "L. Maanschijn, brigadier");
    assert_eq!(value(b"CreationDate"), "D:20250312093000+01'00");
    let descriptors = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts: Vec<_> = descriptors.filter(|dict| dict.has_type(b"FontDescriptor")).collect();
    assert!(fonts.len() >= 3, "serif, bold serif and fixed width, but {} fonts", fonts.len());
    assert!(fonts.iter().all(|font| font.has(b"FontFile3") || font.has(b"FontFile2")));
}

#[test]
fn a_word_document_has_headings_tables_and_properties() {
    let packed = bytes("fiod/notitie.docx");
    let mut archive = zip::ZipArchive::new(Cursor::new(&packed)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let body = part("word/document.xml");
    for wanted in
        ["Fiscale inlichtingen", "Noordkil Vastgoed B.V.", "<w:tbl>", "250.000", "Heading2", "w:type=\"page\""]
    {
        assert!(body.contains(wanted), "{wanted} in {body}");
    }
    assert!(body.contains("<w:b />") || body.contains("<w:b/>"), "bold text in {body}");
    let core = part("docProps/core.xml");
    assert!(core.contains("<dc:title>Notitie geldstromen &amp; rekeningen</dc:title>"), "{core}");
    assert!(
        core.contains("<dc:creator>H. Boterkooper</dc:creator>") && core.contains("2025-02-03T11:00:00Z"),
        "{core}"
    );
    assert!(part("word/numbering.xml").contains("decimal"));
    assert!(part("word/footer1.xml").contains("NUMPAGES"));
}

#[test]
fn a_mail_has_its_headers_and_its_attachments_byte_for_byte() {
    let raw = bytes("politie/mail-bus.eml");
    assert!(raw.is_ascii(), "no mail server may damage it");
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(mail.subject(), Some("Bus gezien – graag reactie vóór vrijdag"));
    let from = mail.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("Lé Maanschijn"), Some("l.maanschijn@politie.example")));
    assert_eq!(mail.to().unwrap().iter().count(), 2);
    assert_eq!(mail.cc().unwrap().first().unwrap().name(), Some("Douane Grijsmonde"));
    assert_eq!(mail.message_id(), Some("20250701-1622@politie.example"));
    assert_eq!(mail.in_reply_to().as_text(), Some("20250630-0800@politie.example"));
    assert_eq!(mail.date().unwrap().to_rfc3339(), "2025-07-01T16:22:00+02:00");
    let text = mail.body_text(0).unwrap().replace("\r\n", "\n");
    assert_eq!(
        text.trim_end(),
        "Auke,\n\nBijgaand het proces-verbaal. De eigenaar van café De Zeeëgel wil € 250 zien.\n\nLé"
    );

    let attached: Vec<_> = mail.attachments().collect();
    let names: Vec<_> = attached.iter().map(|part| part.attachment_name().unwrap()).collect();
    assert_eq!(names, ["pv-bevindingen-bus.pdf", "aangifte.csv", "eerder.eml", "notitie.docx"]);
    assert_eq!(attached[0].contents(), bytes("politie/pv-bevindingen-bus.pdf"));
    assert_eq!(attached[3].contents(), bytes("fiod/notitie.docx"));
    let kind = attached[3].content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype().map(|kind| kind.starts_with("vnd.openxml"))), ("application", Some(true)));
    // The reader decodes text; encoded again it must be the bytes of the file.
    let PartType::Text(csv) = &attached[1].body else { panic!("a CSV is text") };
    let (encoded, _, lossy) = encoding_rs::WINDOWS_1252.encode(csv);
    assert!(!lossy);
    assert_eq!(encoded, bytes("douane/aangifte.csv"));
    let inner = attached[2].message().expect("a mail within the mail");
    assert_eq!(inner.subject(), Some("Waar is de bus?"));
    assert!(inner.body_text(0).unwrap().contains("vóór de zitting"));
}

#[test]
fn an_archive_lists_and_holds_its_members() {
    let mut archive = zip::ZipArchive::new(File::open(OUT.path().join("douane/stukken.zip")).unwrap()).unwrap();
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        found.push((entry.name().unwrap().to_string(), entry.last_modified().unwrap().to_string(), content));
    }
    let names: Vec<_> = found.iter().map(|entry| entry.0.as_str()).collect();
    assert_eq!(names, ["letter.html", "mail-bus.eml", "kladblok.txt"]);
    assert_eq!(found[0].2, bytes("douane/letter.html"));
    assert_eq!(found[1].2, bytes("politie/mail-bus.eml"));
    assert_eq!(found[1].1, "2025-07-01 16:22:00");
    assert_eq!(found[2].2, "# geen kop, maar tekst\nbel K. over *de bus*\n".as_bytes());
}

#[test]
fn a_scan_is_a_grey_page_with_ink_on_it() {
    let decoder = png::Decoder::new(Cursor::new(bytes("politie/brief.png")));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height, info.color_type), (1653, 2338, png::ColorType::Grayscale));
    assert_eq!(reader.info().pixel_dims.unwrap().xppu, 7874, "200 pixels an inch");
    let dark = pixels.iter().filter(|pixel| **pixel < 110).count();
    let light = pixels.iter().filter(|pixel| **pixel > 230).count();
    assert!((5_000..200_000).contains(&dark), "{dark} dark pixels of {}", pixels.len());
    assert!(light > pixels.len() * 8 / 10, "{light} light pixels of {}", pixels.len());
    let mean = pixels.iter().map(|pixel| u64::from(*pixel)).sum::<u64>() / pixels.len() as u64;
    assert!((225..245).contains(&mean), "paper of {mean}");
}

#[test]
fn text_files_are_in_the_encoding_that_their_source_names() {
    let csv = bytes("douane/aangifte.csv");
    assert!(csv.starts_with(b"nummer;omschrijving;waarde\n0031;ge\xebmailleerde pannen;\x80 1.250\n"));
    assert_eq!(
        String::from_utf8(bytes("fiod/logboek.md")).unwrap(),
        "# Logboek\n\n- 5 februari: rekening opgevraagd\n"
    );
    let html = String::from_utf8(bytes("douane/letter.html")).unwrap();
    assert!(html.contains("<meta charset=\"utf-8\">\n<title>Reply &lt;draft&gt; &amp; annex</title>"), "{html}");
    assert!(html.contains("<h1>Reply &lt;draft") && html.contains("<strong>no</strong>") && html.contains("<table>"));
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
