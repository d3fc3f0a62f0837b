//! What the index keeps of a document. It stores no text: passages are cut from the pages that the vault keeps.

use koplamp_model::{DocumentId, Kind, Labels, Page};
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};

use crate::analysis::{CODE, EXACT, STEM};
use crate::query;
use crate::senses::{Senses, mark_words, placed};

/// A document as it goes into the index.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Its id; an entry with this id that is there already is replaced.
    pub id: DocumentId,
    /// What it is called.
    pub title: &'a str,
    /// The path under which it was imported.
    pub path: &'a str,
    /// What its bytes are.
    pub kind: Kind,
    /// Its labels.
    pub labels: &'a Labels,
    /// The date that it gives itself, `YYYY-MM-DD`; what is no date is left out.
    pub date: Option<&'a str>,
    /// Its text.
    pub pages: &'a [Page],
    /// Terms of the glossary in the title, and in each page: as many lists as there are pages, or none.
    pub senses: &'a Senses,
}

/// Names of the columns that collectors read.
pub(crate) const ID_HIGH: &str = "id_high";
pub(crate) const ID_LOW: &str = "id_low";
pub(crate) const DAY: &str = "day";
pub(crate) const ORGANISATION: &str = "organisation";
pub(crate) const KIND: &str = "kind";

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    id: Field,
    id_high: Field,
    id_low: Field,
    pub title: Field,
    pub title_stem: Field,
    pub body: Field,
    pub body_stem: Field,
    pub sense: Field,
    path: Field,
    organisation: Field,
    kind: Field,
    source: Field,
    purpose: Field,
    marking: Field,
    pub day: Field,
}

impl Fields {
    /// The schema and its fields.
    pub fn define() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let text = |tokenizer: &str, record| {
            TextOptions::default()
                .set_indexing_options(TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record))
        };
        let exact = text(EXACT, IndexRecordOption::WithFreqsAndPositions);
        let stem = text(STEM, IndexRecordOption::WithFreqs);
        let code = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(CODE)
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false),
        );
        let number = NumericOptions::default() | FAST;
        let fields = Self {
            id: schema.add_bytes_field("id", BytesOptions::default().set_indexed()),
            // The id as two columns: reading it back for a hit then costs two look-ups and no decompression.
            id_high: schema.add_u64_field(ID_HIGH, number.clone()),
            id_low: schema.add_u64_field(ID_LOW, number.clone()),
            title: schema.add_text_field("title", exact.clone()),
            title_stem: schema.add_text_field("title_stem", stem.clone()),
            body: schema.add_text_field("body", exact.clone()),
            body_stem: schema.add_text_field("body_stem", stem),
            sense: schema.add_text_field("sense", text(CODE, IndexRecordOption::WithFreqs)),
            path: schema.add_text_field("path", exact.clone()),
            organisation: schema.add_text_field(ORGANISATION, code.clone() | FAST),
            kind: schema.add_text_field(KIND, code.clone() | FAST),
            source: schema.add_text_field("source", exact),
            purpose: schema.add_text_field("purpose", code.clone()),
            marking: schema.add_text_field("marking", code),
            day: schema.add_u64_field(DAY, number),
        };
        (schema.build(), fields)
    }

    /// The entry as tantivy takes it.
    pub fn document(&self, entry: &Entry<'_>) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        let (high, low) = split(entry.id);
        document.add_bytes(self.id, entry.id.as_bytes());
        document.add_u64(self.id_high, high);
        document.add_u64(self.id_low, low);
        document.add_text(self.title, entry.title);
        document.add_text(self.title_stem, entry.title);
        for page in entry.pages {
            document.add_text(self.body, &page.text);
            document.add_text(self.body_stem, &page.text);
        }
        let titled = std::iter::once((entry.title, entry.senses.title.as_slice()));
        let paged = entry.pages.iter().map(|page| page.text.as_str()).zip(entry.senses.pages.iter().map(Vec::as_slice));
        for (text, marks) in titled.chain(paged) {
            for (mark, bytes) in placed(text, marks) {
                for word in mark_words(mark, &text[bytes]) {
                    document.add_text(self.sense, word);
                }
            }
        }
        document.add_text(self.path, entry.path);
        document.add_text(self.organisation, &entry.labels.organisation);
        document.add_text(self.kind, entry.kind.code());
        document.add_text(self.source, &entry.labels.source);
        document.add_text(self.purpose, &entry.labels.purpose);
        if let Some(marking) = &entry.labels.marking {
            document.add_text(self.marking, marking);
        }
        if let Some(day) = entry.date.and_then(query::day_number) {
            document.add_u64(self.day, u64::from(day));
        }
        document
    }

    /// The term by which a document is found to be replaced or removed.
    pub fn id_term(&self, id: DocumentId) -> Term {
        Term::from_field_bytes(self.id, id.as_bytes())
    }

    /// The field that a query's field is looked up in as typed.
    pub fn exact(&self, field: query::Field) -> Field {
        match field {
            query::Field::Title => self.title,
            query::Field::Body => self.body,
            query::Field::Path => self.path,
            query::Field::Organisation => self.organisation,
            query::Field::Kind => self.kind,
            query::Field::Source => self.source,
            query::Field::Purpose => self.purpose,
            query::Field::Marking => self.marking,
            query::Field::Date => self.day,
        }
    }

    /// The field that a query's field is looked up in by stem.
    pub fn stem(&self, field: query::Field) -> Option<Field> {
        match field {
            query::Field::Title => Some(self.title_stem),
            query::Field::Body => Some(self.body_stem),
            _ => None,
        }
    }
}

fn split(id: DocumentId) -> (u64, u64) {
    let number = u128::from_be_bytes(*id.as_bytes());
    ((number >> 64) as u64, number as u64)
}

/// The id that was kept in two columns.
pub(crate) fn join(high: u64, low: u64) -> DocumentId {
    DocumentId::from_bytes(((u128::from(high) << 64) | u128::from(low)).to_be_bytes())
}
