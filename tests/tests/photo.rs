//! Photos of entities by the command line: a picture document is chosen, drawn on paper, taken back; hostile pictures are refused.

use koplamp_tests::case::import_arguments;
use koplamp_tests::{Case, files};
use serde_json::{Value, json};

const FTM: &str = r#"{"id":"p1","schema":"Person","properties":{"name":["Ada Vuurtoren"]}}
{"id":"c1","schema":"Company","properties":{"name":["Baken B.V."]}}
"#;

/// A case with a chart of a person and a company.
fn charted() -> Case {
    let case = Case::new();
    let file = case.write("in.ftm.json", FTM);
    let labels = ["--organisation", "fiod", "--source", "Proef", "--purpose", "awr-toezicht", "--format", "ftm"];
    let import = ["import", file.to_str().unwrap(), "--chart", "Kaart"];
    case.json("interchange", &[&import[..], &labels[..]].concat());
    case
}

fn drawn(case: &Case, name: &str) -> Vec<u8> {
    let file = case.at(name);
    case.run("briefing", &["--chart", "Kaart", "--to", file.to_str().unwrap()]).done();
    std::fs::read(file).unwrap()
}

fn svg(case: &Case, name: &str) -> String {
    String::from_utf8(drawn(case, name)).unwrap()
}

#[test]
fn a_picture_becomes_the_photo_of_an_entity() {
    let case = charted();
    let (plain, plain_png) = (svg(&case, "kaal.svg"), drawn(&case, "kaal.png"));
    assert!(!plain.contains("<image"));
    let picture = case.write("portret.png", files::png(600, 800));
    let labels = ["--marking", "tlp:red"].map(std::ffi::OsStr::new);
    case.json("import", &[&import_arguments(&[&picture])[..], &labels[..]].concat());
    let before = case.digest();
    let document = case.id("portret.png");
    case.json("photo", &["Ada Vuurtoren", &document]);

    let statements = case.json("statements", &["Ada Vuurtoren"]);
    let photo = statements.as_array().unwrap().iter().find(|said| said["property"] == "photo").unwrap().clone();
    assert_eq!((&photo["value"], &photo["document"]), (&json!("portret.png"), &json!(document)), "{photo}");
    assert_eq!(photo["marking"], "tlp:red", "the marking of the document holds for the photo");

    let page = svg(&case, "foto.svg");
    assert_eq!(page.matches("<image").count(), 1, "one of the two has a photo");
    assert!(page.contains("href=\"data:image/jpeg;base64,/9j/") && page.contains("clip-path=\"url(#photo-"));
    assert!(page.contains("TLP:RED"), "and for the chart that it is on");
    assert_ne!(drawn(&case, "foto.png"), plain_png);
    let original = std::fs::read(&picture).unwrap();
    let pdf = drawn(&case, "foto.pdf");
    let within = |bytes: &[u8]| bytes.windows(64).any(|part| part == &original[original.len() / 2..][..64]);
    assert!(!within(&pdf) && !within(page.as_bytes()), "the file itself goes nowhere");

    assert_eq!(case.json("doctor", &["--rebuild"])["ok"], true);
    assert_eq!(svg(&case, "weer.svg"), page, "made again after a rebuild it is the same");
    case.run::<&str>("undo", &[]).done();
    assert_eq!(case.digest(), before);
    assert!(!svg(&case, "terug.svg").contains("<image"));
    case.run::<&str>("redo", &[]).done();
    assert_eq!(svg(&case, "redo.svg"), page);

    // The last one that was stated is shown.
    let other = case.write("ander.png", files::png(300, 300));
    case.import(&[&other]);
    case.json("photo", &["Ada Vuurtoren", &case.id("ander.png")]);
    let changed = svg(&case, "ander.svg");
    assert_eq!(changed.matches("<image").count(), 1);
    assert_ne!(changed, page);
}

#[test]
fn a_hostile_picture_is_refused_with_its_reason_and_leaves_nothing() {
    let case = charted();
    let whole = files::png(200, 200);
    // It says that it is 60,000 by 60,000.
    let mut bomb = whole.clone();
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let sum = crc(&bomb[12..29]).to_be_bytes();
    bomb[29..33].copy_from_slice(&sum);
    let files: [(&str, Vec<u8>, &str); 4] = [
        ("kapot.png", whole[..whole.len() / 2].to_vec(), "damaged or cut short"),
        ("bom.png", bomb, "larger than"),
        ("tekst.txt", b"Dit is geen foto.".to_vec(), "neither a PNG nor a JPEG"),
        ("leugen.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01".to_vec(), "damaged or cut short"),
    ];
    for (name, bytes, _) in &files {
        let file = case.write(name, bytes);
        // A picture has no text to be read: that is told, and it is a document all the same.
        case.run("import", &import_arguments(&[&file]));
    }
    let digest = case.digest();
    for (name, _, said) in &files {
        let ran = case.run("photo", &["Ada Vuurtoren", &case.id(name)]).refused(1);
        assert!(ran.err.contains(said), "{name}: {}", ran.err);
    }
    assert_eq!(case.digest(), digest);
    let unknown: Value = json!("00112233445566778899aabbccddeeff");
    case.run("photo", &["Ada Vuurtoren", unknown.as_str().unwrap()]).refused(1);
}

/// CRC-32 of ISO 3309, which PNG's chunks end with.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    })
}
