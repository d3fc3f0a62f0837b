//! A small corpus by hand, and an index of it in any directory.
#![allow(dead_code, reason = "each test file is a crate of its own and uses its part")]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;

use koplamp_model::{DocumentId, Kind, Labels, Page};
use koplamp_search::{Entry, Filters, Found, Index, Opened, Options, Request, SearchError, Senses, Text};
use koplamp_vault::{Key, SealedFolder};

/// A document of the corpus.
#[derive(Debug, Clone)]
pub struct Doc {
    pub number: u8,
    pub title: String,
    pub kind: Kind,
    pub organisation: String,
    pub date: Option<String>,
    pub pages: Vec<Page>,
}

impl Doc {
    pub fn new(number: u8, title: &str, kind: Kind, organisation: &str, date: &str, pages: &[&str]) -> Self {
        Self {
            number,
            title: title.into(),
            kind,
            organisation: organisation.into(),
            date: (!date.is_empty()).then(|| date.into()),
            pages: (1..).zip(pages).map(|(number, text)| Page { number, label: None, text: (*text).into() }).collect(),
        }
    }

    pub fn id(&self) -> DocumentId {
        DocumentId::from_bytes([self.number; 16])
    }

    pub fn labels(&self) -> Labels {
        Labels {
            organisation: self.organisation.clone(),
            source: "Basisvoorziening Opsporing".into(),
            purpose: "rik".into(),
            marking: Some("intern".into()),
            handling: None,
        }
    }
}

/// Invented documents, Dutch and English; their numbers are what the tables of answers name.
pub fn corpus() -> Vec<Doc> {
    use Kind::{Csv, Docx, Eml, Html, Pdf, Txt};
    vec![
        Doc::new(
            1,
            "Aangifte diefstal lading",
            Pdf,
            "Politie",
            "2023-11-02",
            &[
                "Op 2 november deed de expediteur aangifte van diefstal van een container. De container stond op de kade van Verwulft.",
                "De aangever verklaarde dat hij de rekeningen nooit had gezien. Het kenteken van de huurauto was 12-XYZ-3.",
            ],
        ),
        Doc::new(
            2,
            "Aanslag vennootschapsbelasting",
            Docx,
            "Belastingdienst",
            "2024-01-15",
            &[
                "De aanslag over 2022 is opgelegd. De rekening NL00XBNK0123456789 staat op naam van de heer J. de Vries.",
            ],
        ),
        Doc::new(
            3,
            "Controle container",
            Html,
            "Douane",
            "2024-05-03",
            &[
                "Bij de controle zijn twee containers geopend. De douane-expediteur was aanwezig. Kopieën van de facturen zijn bijgevoegd.",
            ],
        ),
        Doc::new(
            4,
            "RE: betaling",
            Eml,
            "FIOD",
            "2024-05-31",
            &[
                "Please pay the invoices today. The payments go through the exchange, driving is done by Jan van den Berg.",
            ],
        ),
        Doc::new(
            5,
            "Afschrift",
            Csv,
            "FIOD",
            "2024-06-01",
            &["datum;bedrag;naam\n2024-06-01;1250,00;J. de Vries\n2024-06-02;980,50;Café Ĳzer\n"],
        ),
        Doc::new(
            6,
            "Verslag observatie",
            Txt,
            "Politie",
            "",
            &[
                "De foto's van het huis zijn genomen. De huizen aan de overzijde waren leeg. Het geld werd door de koerier gebracht.",
            ],
        ),
        Doc::new(
            7,
            "Tip over koerier",
            Txt,
            "Politie",
            "2024-12-31",
            &[
                "Een koerier haalt elke week geld op. Hij belt met 06-00000012 en mailt via een e-mail-\nadres. Vrouwe Berg den van kent hij niet.",
            ],
        ),
        Doc::new(
            8,
            "Notulen overleg",
            Pdf,
            "OM",
            "2025-02-10",
            &[
                "Besproken: de valse factuur, de belastingaangifte en de vergunningen. Geen aanslag op te leggen.",
                "Actie: de officier vraagt een vordering aan. Einde.",
            ],
        ),
    ]
}

pub fn put_all(index: &Index, docs: &[Doc]) {
    for doc in docs {
        let labels = doc.labels();
        let path = format!("zaak/{}.bin", doc.number);
        let entry = Entry {
            id: doc.id(),
            title: &doc.title,
            path: &path,
            kind: doc.kind,
            labels: &labels,
            date: doc.date.as_deref(),
            pages: &doc.pages,
            senses: &Senses::default(),
        };
        index.put(&entry).unwrap();
    }
}

pub fn options() -> Options {
    Options { writer_memory: 15_000_000, ..Options::default() }
}

pub fn fresh(opened: Opened) -> Index {
    match opened {
        Opened::Fresh(index) => index,
        Opened::Ready { .. } => panic!("the index was not new"),
        Opened::Unusable(reason) => panic!("{reason}"),
    }
}

pub fn ready(opened: Opened) -> (Index, String, u64) {
    match opened {
        Opened::Ready { index, commit, documents } => (index, commit, documents),
        Opened::Fresh(_) => panic!("the index was empty"),
        Opened::Unusable(reason) => panic!("{reason}"),
    }
}

/// An index of documents in memory.
pub fn in_memory(docs: &[Doc]) -> Index {
    let index = fresh(Index::open(tantivy::directory::RamDirectory::create(), options()).unwrap());
    put_all(&index, docs);
    index.commit("nonce").unwrap();
    index
}

pub fn folder(path: &Path) -> SealedFolder {
    SealedFolder::open(path, &Key::from_bytes(&[3; 32])).unwrap()
}

pub fn request(query: &str) -> Request {
    Request {
        query: query.into(),
        filters: Filters::default(),
        limit: 100,
        offset: 0,
        facets: false,
        senses: Vec::new(),
        except: None,
    }
}

pub fn search(index: &Index, docs: &[Doc], request: &Request) -> Result<Found, SearchError> {
    let texts: BTreeMap<DocumentId, &Vec<Page>> = docs.iter().map(|doc| (doc.id(), &doc.pages)).collect();
    index.search(request, &|id| Ok::<_, Infallible>(Text { pages: texts[&id].clone(), senses: Vec::new() }))
}

/// The numbers of the documents found, in order of number.
pub fn numbers(found: &Found) -> Vec<u8> {
    let mut numbers: Vec<u8> = found.hits.iter().map(|hit| hit.document.as_bytes()[0]).collect();
    numbers.sort_unstable();
    numbers
}
