//! Nothing in the clear: planted words, a file name and a mail address are in no file that the program leaves anywhere, in no encoding,
//! also when an import was killed in the middle.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, SystemTime};

use koplamp_tests::case::{Case, import_arguments};
use koplamp_tests::leaks::Canary;
use koplamp_tests::process::Group;
use koplamp_tests::{files, seed};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::Value;

const FILES: usize = 500;

/// What is planted. Random, so that no program and no other test has it in it.
struct Planted {
    word: String,
    name: String,
    address: String,
}

impl Planted {
    fn new(rng: &mut StdRng) -> Self {
        let mut word = |length| seed::word(rng, length);
        Self { word: word(16), name: word(14), address: format!("{}@{}.example", word(10), word(8)) }
    }

    /// What to look for: the index may keep a word without its ending.
    fn canary(&self) -> Canary {
        Canary::new(&[&self.word[..12], &self.name[..12], &self.address, &self.address[..10]])
    }
}

#[test]
fn planted_words_are_in_no_file_after_500_documents_and_a_kill() {
    let (_, mut rng) = seed::generator("canary");
    // File systems keep times in coarse steps.
    let began = SystemTime::now() - Duration::from_secs(2);
    let planted = Planted::new(&mut rng);
    let sources = koplamp_tests::scratch::folder();
    let folder = sources.path().join("levering");
    write_files(&folder, &planted, &mut rng);
    let canary = planted.canary();
    let (known, _) = canary.below(&folder, began);
    for encoding in ["UTF-8", "UTF-16LE", "UTF-16BE"] {
        let what = format!("{} ({encoding})", &planted.word[..12]);
        assert!(
            known.iter().any(|leak| leak.what == what),
            "what was planted can be found where it was planted: {what}"
        );
    }

    let undisturbed = Case::new();
    let report = undisturbed.import(&[&folder]);
    let killed = Case::new();
    kill_while_importing(&killed, &folder);
    let before = killed.documents().len();
    let resumed = killed.import(&[&folder]);
    println!("{before} documents survived the kill, {} came after it", resumed["imported"]);

    let (one, two) = (contents(&undisturbed), contents(&killed));
    assert_eq!(one.len(), undisturbed.documents().len(), "no document is there twice");
    assert_eq!(two.len(), killed.documents().len(), "resuming brings no document a second time");
    assert!(one.len() >= FILES && before < one.len(), "the kill fell in the middle: {before} of {}", one.len());
    assert_eq!(one, two, "an import that was killed and resumed brings what an undisturbed one brings");
    assert_eq!(report["failed"].as_array().map(Vec::len), Some(0), "{}", report["failed"]);
    for case in [&undisturbed, &killed] {
        use_it(case, &planted);
        case.digest();
    }

    let mut looked = 0;
    for case in [&undisturbed, &killed] {
        assert_eq!(std::fs::read_dir(case.temporary()).unwrap().count(), 0, "no temporary file is left");
        for place in [case.workspace(), case.at("home")] {
            let (leaks, files) = canary.below(&place, SystemTime::UNIX_EPOCH);
            assert!(leaks.is_empty(), "{leaks:?}");
            looked += files;
        }
    }
    for place in ["/tmp", "/var/tmp", "/dev/shm"] {
        let (leaks, files) = canary.below(Path::new(place), began);
        assert!(leaks.is_empty(), "{leaks:?}");
        looked += files;
    }
    println!("{looked} files looked through");
    assert!(looked > 2 * FILES, "there is a blob for each document to look at, at least: {looked}");
}

/// What a person does with a case: search, read, take out, rename.
fn use_it(case: &Case, planted: &Planted) {
    let found = case.json("search", &[&planted.word, "--facets"]);
    assert!(found["total"].as_u64().unwrap() > 0, "what was planted can be searched for");
    let document = found["hits"][0]["document"].as_str().unwrap();
    assert!(case.run("text", &[document]).done().text().contains(&planted.word));
    case.run("original", &[document]).done();
    case.run("rename", &[document, &planted.word]).done();
    case.run("searches", &["--save", &planted.word, &planted.address]).done();
    case.run::<&str>("undo", &[]).done();
}

fn kill_while_importing(case: &Case, folder: &Path) {
    let mut command = case.verb("import", &import_arguments(&[folder]));
    let mut import = Group::start(command.arg("--json").stdout(Stdio::null()).stderr(Stdio::null()));
    let blobs = case.workspace().join("blobs");
    // Far enough for some documents to be kept and others to be in hand; nothing depends on how long that takes.
    while std::fs::read_dir(&blobs).map_or(0, Iterator::count) < FILES / 3 {
        assert!(import.child().try_wait().unwrap().is_none(), "the import ended before it could be killed");
        thread::sleep(Duration::from_millis(1));
    }
    import.kill();
}

/// The documents by path, with what they are, hold and say.
fn contents(case: &Case) -> BTreeMap<String, Value> {
    let listed = case.documents().into_iter().map(|mut document| {
        let path = document["path"].as_str().unwrap().to_owned();
        let fields = document.as_object_mut().unwrap();
        fields.retain(|name, _| {
            ["title", "kind", "sha256", "size", "pages", "date", "failure", "labels"].contains(&name.as_str())
        });
        (path, document)
    });
    listed.collect()
}

fn write_files(folder: &Path, planted: &Planted, rng: &mut StdRng) {
    let Planted { word, name, address } = planted;
    std::fs::create_dir_all(folder.join("bij lagen")).unwrap();
    for number in 0..FILES {
        let filler: Vec<String> = (0..rng.random_range(5..80))
            .map(|_| {
                let length = rng.random_range(2..12);
                seed::word(rng, length)
            })
            .collect();
        let text = format!("Stuk {number} over {word}.\n{}\nVan {address}.", filler.join(" "));
        let stem = if number % 50 == 0 { format!("{name}-{number}") } else { format!("stuk-{number}") };
        let (ending, bytes) = match number % 8 {
            0 => ("txt", text.into_bytes()),
            1 => ("txt", files::utf16(&text)),
            2 => ("html", files::html(word, &text)),
            3 => ("md", format!("# {word}\n\n{text}\n").into_bytes()),
            4 => ("csv", format!("nummer;woord;adres\n{number};{word};{address}\n").into_bytes()),
            5 => ("eml", files::eml(address, word, &text, &[(&format!("{name}.txt"), &text)])),
            6 => ("pdf", files::pdf(&[&text, word])),
            _ if number % 16 == 7 => ("zip", files::zip(&[(&format!("{name}/{number}.txt"), text.as_bytes())])),
            _ => ("docx", files::docx(&[&text, word])),
        };
        let below = if number % 5 == 0 { folder.join("bij lagen") } else { folder.to_owned() };
        std::fs::write(below.join(format!("{stem}.{ending}")), bytes).unwrap();
    }
    // In the other byte order, so that the search for it is known to work.
    let big: Vec<u8> = [0xfeff].into_iter().chain(word.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    std::fs::write(folder.join("andersom.txt"), big).unwrap();
}
