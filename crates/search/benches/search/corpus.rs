//! Documents made by chance, the same for the same seed: Dutch and English words by Zipf's law, names, numbers, dates.

use std::collections::HashMap;

use koplamp_model::{DocumentId, Kind, Labels, Page};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

const FUNCTION_WORDS: &str = "de het een van en in is dat op te zijn met voor niet aan er om door als bij naar the of and to in \
    that was for with his by from they have not";
const STEMS: &str = "bank belasting betaal boek brief container contract controle dienst douane factuur fiscaal geld goed haven \
    handel huis kantoor kas kenteken kist klant koerier krediet kust lading land loods markt meld munt nota notaris omzet onder \
    onderzoek opslag order pand partij plan politie post prijs rechter rederij reken rente reis schip schuld sleutel spoor steun \
    straat termijn transport trein vaar veiling verslag vervoer vergunning verkoop vlucht voertuig voorraad vracht waarde wagen \
    water weg werk winkel winst zaak zeehaven zegel zending amount broker cargo claim company crew dock driver export freight \
    import invoice ledger loan market office owner payment port record sale seal ship stock tax trade truck vessel warehouse";
const ENDINGS: [&str; 16] = [
    "", "en", "s", "er", "ing", "ingen", "je", "lijk", "ed", "ment", "heid", "kosten", "nummer", "plaats", "bureau",
    "recht",
];
const NAMES: &str =
    "Jan Piet Fatima Karin Ahmed Sanne Joris Lotte Marek Ewa Noor Bram Daan Emma Luuk Sven Tess Yara Wouter Femke";
const SURNAMES: &str = "Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Koster Prins Blom Huisman \
    Postma Kuiper Veenstra Kramer Willems Scholten Verhoeven Martens Timmer Schipper Sanders Koning Maas Molenaar";
pub const ORGANISATIONS: [&str; 6] = ["Politie", "OM", "Belastingdienst", "Douane", "FIOD", "KMar"];
const KINDS: [Kind; 6] = [Kind::Pdf, Kind::Docx, Kind::Eml, Kind::Html, Kind::Txt, Kind::Csv];

/// A document made by chance.
pub struct Doc {
    pub id: DocumentId,
    pub title: String,
    pub kind: Kind,
    pub labels: Labels,
    pub date: String,
    pub pages: Vec<Page>,
}

/// The documents, and in how many of them each word of the vocabulary stands.
pub struct Corpus {
    pub docs: Vec<Doc>,
    pub frequency: HashMap<String, u32>,
}

/// Words by rank, the most frequent first: function words, then compounds of one to three stems with endings.
fn vocabulary(random: &mut StdRng, size: usize) -> Vec<String> {
    let mut words: Vec<String> = FUNCTION_WORDS.split_whitespace().map(String::from).collect();
    let stems: Vec<&str> = STEMS.split_whitespace().collect();
    let mut known: std::collections::HashSet<String> = words.iter().cloned().collect();
    while words.len() < size {
        let parts = if words.len() < 1_000 { 1 } else { random.random_range(1..=3) };
        let mut word: String = (0..parts).map(|_| *stems.choose(random).unwrap_or(&"zaak")).collect();
        word.push_str(ENDINGS.choose(random).unwrap_or(&""));
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// Makes `count` documents of one or two pages, about 3.5 kB.
pub fn make(count: usize, seed: u64) -> Corpus {
    let mut random = StdRng::seed_from_u64(seed);
    let words = vocabulary(&mut random, 60_000);
    // Cumulative weights of Zipf's law with exponent 1, so that a word is drawn by bisection.
    let weights: Vec<f64> = (1..=words.len())
        .scan(0.0, |sum, rank| {
            *sum += 1.0 / (rank as f64 + 2.7);
            Some(*sum)
        })
        .collect();
    let total = weights.last().copied().unwrap_or(1.0);
    let names: Vec<&str> = NAMES.split_whitespace().collect();
    let surnames: Vec<&str> = SURNAMES.split_whitespace().collect();
    let mut frequency: HashMap<String, u32> = HashMap::new();
    let mut docs = Vec::with_capacity(count);
    for _ in 0..count {
        let mut used = std::collections::HashSet::new();
        let mut draw = |random: &mut StdRng| {
            let at = weights.partition_point(|&weight| weight < random.random::<f64>() * total);
            let word = words[at.min(words.len() - 1)].as_str();
            used.insert(word);
            word
        };
        let (year, month, day) =
            (random.random_range(2015..2026), random.random_range(1..13), random.random_range(1..29));
        let title: Vec<&str> = (0..4).map(|_| draw(&mut random)).collect();
        let mut pages = Vec::new();
        for number in 1..=random.random_range(1..=2_u32) {
            let mut text = String::new();
            for _ in 0..random.random_range(6..14) {
                sentence(&mut text, &mut random, &mut draw, &names, &surnames);
            }
            pages.push(Page { number, label: None, text });
        }
        let labels = Labels {
            organisation: (*ORGANISATIONS.choose(&mut random).unwrap_or(&"OM")).into(),
            source: format!("systeem {}", random.random_range(0..40)),
            purpose: "rik".into(),
            marking: Some("intern".into()),
            handling: None,
        };
        docs.push(Doc {
            id: DocumentId::from_bytes(random.random()),
            title: title.join(" "),
            kind: *KINDS.choose(&mut random).unwrap_or(&Kind::Txt),
            labels,
            date: format!("{year}-{month:02}-{day:02}"),
            pages,
        });
        for word in used {
            *frequency.entry(word.to_owned()).or_default() += 1;
        }
    }
    Corpus { docs, frequency }
}

fn sentence<'w>(
    text: &mut String,
    random: &mut StdRng,
    draw: &mut impl FnMut(&mut StdRng) -> &'w str,
    names: &[&str],
    surnames: &[&str],
) {
    for number in 0..random.random_range(8..22) {
        if number > 0 {
            text.push(' ');
        }
        match random.random_range(0..60) {
            0 => {
                let name = names.choose(random).unwrap_or(&"Jan");
                let surname = surnames.choose(random).unwrap_or(&"Bos");
                text.push_str(&format!("{name} {surname}{}", random.random_range(1..200)));
            }
            1 => text.push_str(&format!("NL00XBNK{:010}", random.random_range(0..10_000_000_000_u64))),
            2 => text.push_str(&format!(
                "{}-{}-{}",
                random.random_range(1..29),
                random.random_range(1..13),
                random.random_range(2015..2026)
            )),
            3 => text.push_str(&format!("{},{:02}", random.random_range(1..100_000), random.random_range(0..100))),
            _ => text.push_str(draw(random)),
        }
    }
    text.push_str(". ");
}
