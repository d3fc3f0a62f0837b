//! Senses of words where they stand in documents: worked out for a page, and said by a person.

use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

use koplamp_glossary::{Card, Meanings, card};
use koplamp_language::fold;
use koplamp_model::{Change, ConceptId, DocumentId, Kind, Operation, SenseMark};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::kept::{Ready, quote};
use crate::statements::invalid;
use crate::{Workspace, WorkspaceError};

/// A word of the glossary on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MarkedWord {
    /// Its place and its sense.
    #[serde(flatten)]
    #[ts(flatten)]
    pub mark: SenseMark,
    /// Its card: a place in the list of cards.
    pub card: u32,
}

/// The words of the glossary on a page, with what their cards say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PageSenses {
    /// The page, from 1.
    pub page: u32,
    /// Code of the organisation whose document it is.
    pub organisation: String,
    /// The words, in reading order.
    pub words: Vec<MarkedWord>,
    /// What they mean, a card for each different word and sense: in the document, and at the reader's organisation.
    pub cards: Vec<Card>,
}

/// A text that somebody wrote in the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct WrittenText {
    /// The text.
    pub text: String,
    /// Code of the organisation that speaks.
    pub organisation: String,
}

/// The words of the glossary in such a text, with what their cards say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TextSenses {
    /// The words, in reading order.
    pub words: Vec<MarkedWord>,
    /// What they mean, a card for each different word and sense.
    pub cards: Vec<Card>,
}

/// The marks of a text with their cards, one for each different word and sense.
fn with_cards(
    ready: &Ready,
    meanings: &Meanings,
    text: &str,
    marks: Vec<SenseMark>,
    lens: &str,
) -> (Vec<MarkedWord>, Vec<Card>) {
    let mut cards: Vec<Card> = Vec::new();
    let mut known: HashMap<(String, ConceptId), u32> = HashMap::new();
    let words = marks.into_iter().filter_map(|mark| {
        let word = quote(text, mark.start, mark.end)?;
        let concept = mark.sense.concept;
        let card = match known.entry((fold(&word), concept)) {
            Occupied(place) => *place.get(),
            Vacant(place) => {
                cards.push(card(&ready.lexicon, meanings, &word, concept, lens)?);
                *place.insert(u32::try_from(cards.len() - 1).ok()?)
            }
        };
        Some(MarkedWord { mark, card })
    });
    (words.collect(), cards)
}

impl Workspace {
    /// The words of the glossary on pages `from..=to` of a document, read by an organisation (none: the workspace's own). The first time, it
    /// is kept for the auditor that the document is read.
    ///
    /// # Errors
    /// When the document is not there, or `lens` is no organisation.
    pub fn page_senses(
        &self,
        document: DocumentId,
        from: u32,
        to: u32,
        lens: Option<&str>,
    ) -> Result<Vec<PageSenses>, WorkspaceError> {
        let lens = self.lens(lens)?;
        let found = self.vault().document(document)?;
        self.consult_once(document)?;
        let ready = self.glossary()?;
        let pages = self.vault().pages(document, from, to)?;
        // A document is read by what held when it was written; one without a date by what holds today.
        let meanings = Meanings::on(&ready.glossary, &found.date.clone().unwrap_or_else(crate::days::today));
        let marks = ready.senses_of(self.vault(), &found, &pages)?;
        let senses = pages.iter().zip(marks).map(|(page, marks)| {
            let (words, cards) = with_cards(&ready, &meanings, &page.text, marks, &lens);
            PageSenses { page: page.number, organisation: found.labels.organisation.clone(), words, cards }
        });
        Ok(senses.collect())
    }

    /// The words of the glossary in texts that people wrote (a value, a note on a chart, a definition), read by an organisation (none: the
    /// workspace's own). What they mean follows from the organisation that speaks and from the words around; nobody can fix it there.
    ///
    /// # Errors
    /// When the database cannot be read, or `lens` is no organisation.
    pub fn text_senses(&self, texts: &[WrittenText], lens: Option<&str>) -> Result<Vec<TextSenses>, WorkspaceError> {
        let lens = self.lens(lens)?;
        let ready = self.glossary()?;
        // What somebody writes here is read by what holds today.
        let meanings = Meanings::on(&ready.glossary, &crate::days::today());
        let senses = texts.iter().map(|WrittenText { text, organisation }| {
            let marks = ready.lexicon.marks(text, organisation, Kind::Txt, &[]);
            let (words, cards) = with_cards(&ready, &meanings, text, marks, &lens);
            TextSenses { words, cards }
        });
        Ok(senses.collect())
    }

    /// Keeps which sense a word has where it stands; none takes that back.
    ///
    /// # Errors
    /// When the document, the place or the concept is not there.
    pub fn fix_sense(
        &self,
        document: DocumentId,
        page: u32,
        start: u32,
        end: u32,
        concept: Option<ConceptId>,
    ) -> Result<Change, WorkspaceError> {
        self.vault().document(document)?;
        let ready = self.glossary()?;
        if let Some(concept) = concept
            && !ready.glossary.concepts.iter().any(|known| known.id == concept)
        {
            return Err(WorkspaceError::NoSuchConcept(concept.to_string()));
        }
        let pages = self.vault().pages(document, page, page)?;
        let text = pages.first().ok_or_else(|| invalid("page", &format!("the document has no page {page}")))?;
        let quote = quote(&text.text, start, end).filter(|quote| !quote.trim().is_empty());
        let quote =
            quote.ok_or_else(|| invalid("place", &format!("there is no word at {start}..{end} on page {page}")))?;
        self.change(vec![Operation::SenseFixed { document, page, start, end, quote, concept }])
    }
}
