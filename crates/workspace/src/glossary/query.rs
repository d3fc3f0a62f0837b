//! What a query becomes by the glossary: the sense that each of its words is looked for in, and what the others call it.

use std::collections::BTreeSet;

use koplamp_glossary::{Asked, Meanings, expand};
use koplamp_model::{ConceptId, Document, DocumentId, Folded, SenseMode, TermExpansion};
use koplamp_search::{Filters, Index, Query, SenseAlternative, SenseChoice, SenseStand, SenseTerms, Text};
use koplamp_vault::Vault;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::kept::Ready;
use crate::WorkspaceError;

/// How words that mean different things are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SenseAsk {
    /// Only the reader's sense, also what the others call it, or all with the other senses put aside.
    pub mode: SenseMode,
    /// Code of the reader's organisation; none is the workspace's own.
    pub lens: Option<String>,
    /// Whether mappings that are only proposed lead to what the others call it, too.
    #[serde(default)]
    pub proposed: bool,
    /// Whether what only has to do with a word is looked for as well.
    #[serde(default)]
    pub related: bool,
    /// Expansions that are switched off.
    #[serde(default)]
    pub off: Vec<SwitchedOff>,
}

/// An expansion that is switched off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SwitchedOff {
    /// The concept.
    #[ts(type = "string")]
    pub concept: ConceptId,
    /// The term, as the expansion names it.
    pub term: String,
}

/// What the words of a query are looked for as.
#[derive(Debug, Clone, Default)]
pub(crate) struct Read {
    /// For each word that the glossary has a say in.
    pub(crate) choices: Vec<SenseChoice>,
    expansions: Vec<TermExpansion>,
    folded: Vec<(Folded, SenseStand)>,
}

impl Read {
    /// Reads the words of a query through the eyes of the organisation `lens`.
    pub(crate) fn of(query: &Query, ready: &Ready, ask: &SenseAsk, lens: &str) -> Self {
        // The question is asked today: it follows the mappings that hold today, whatever the date of a document.
        let meanings = Meanings::on(&ready.glossary, &crate::days::today());
        let off: BTreeSet<(ConceptId, String)> = ask.off.iter().map(|one| (one.concept, one.term.clone())).collect();
        let mut read = Self::default();
        for word in query.words() {
            let asked = Asked {
                word: &word,
                quoted: false,
                lens,
                mode: ask.mode,
                with_proposed: ask.proposed,
                with_related: ask.related,
                off: &off,
            };
            let expanded = expand(&ready.lexicon, &meanings, &asked);
            read.expansions.extend(expanded.expansions);
            if !expanded.any.is_empty() {
                let any = expanded.any.into_iter().map(|alternative| SenseAlternative {
                    weight: alternative.weight,
                    all: alternative
                        .all
                        .into_iter()
                        .map(|part| SenseTerms { concept: part.concept, terms: (!part.whole).then_some(part.terms) })
                        .collect(),
                });
                let stand = if expanded.beside { SenseStand::Beside } else { SenseStand::Any };
                read.choices.push(SenseChoice { word, stand: stand(any.collect()) });
            } else if !expanded.folded.is_empty() {
                // By any term of the sense: the word may stand in a longer one.
                let said = |concept| SenseTerms { concept, terms: None };
                let aside: BTreeSet<ConceptId> = expanded.folded.iter().map(|folded| folded.sense).collect();
                let kept: Vec<SenseTerms> =
                    ready.lexicon.senses(&word).into_iter().filter(|sense| !aside.contains(sense)).map(said).collect();
                read.folded.extend(expanded.folded.into_iter().map(|folded| {
                    let stand = SenseStand::Only { sense: said(folded.sense), without: kept.clone() };
                    (folded, stand)
                }));
                let aside = aside.into_iter().map(said).collect();
                read.choices.push(SenseChoice { word: word.clone(), stand: SenseStand::Aside { aside, kept } });
            }
        }
        read
    }

    /// The expansions and what was put aside, each with the number of documents that it brings, or would bring.
    pub(crate) fn counted(
        &self,
        index: &Index,
        query: &Query,
        filters: &Filters,
    ) -> Result<(Vec<TermExpansion>, Vec<Folded>), WorkspaceError> {
        let count = |word: &str, stand: SenseStand| {
            let mut choices = self.choices.clone();
            choices.retain(|choice| choice.word != word);
            choices.push(SenseChoice { word: word.to_owned(), stand });
            index.count(&query.clone().with_senses(&choices), filters)
        };
        let mut expansions = self.expansions.clone();
        for expansion in &mut expansions {
            let terms = SenseTerms { concept: expansion.concept, terms: Some(vec![expansion.term.clone()]) };
            let any = vec![SenseAlternative { weight: 1000, all: vec![terms] }];
            expansion.hits = count(&expansion.word, SenseStand::Any(any))?;
        }
        let mut folded = Vec::with_capacity(self.folded.len());
        for (one, stand) in &self.folded {
            folded.push(Folded { hits: count(&one.word, stand.clone())?, ..one.clone() });
        }
        folded.retain(|one| one.hits > 0);
        Ok((expansions, folded))
    }

    /// Whether places in a text depend on the senses of its words.
    pub(crate) fn marks_places(&self) -> bool {
        self.choices.iter().any(|choice| matches!(choice.stand, SenseStand::Any(_) | SenseStand::Beside(_)))
    }

    /// What was looked for beside the words as typed, for the log: a line each.
    pub(crate) fn described(
        ask: &SenseAsk,
        lens: &str,
        expansions: &[TermExpansion],
        folded: &[Folded],
    ) -> Vec<String> {
        let mode = match ask.mode {
            SenseMode::Strict => "strict",
            SenseMode::Bridge => "bridge",
            SenseMode::Warn => "warn",
        };
        let bridge = ask.mode == SenseMode::Bridge;
        let proposed = if bridge && ask.proposed { ", proposed mappings too" } else { "" };
        let related = if bridge && ask.related { ", what is related too" } else { "" };
        let expanded = expansions.iter().map(|one| {
            let state = if one.off { "off: " } else { "" };
            format!("{state}{} -> {} ({}), {} documents", one.word, one.term, one.organisation, one.hits)
        });
        let aside = folded.iter().map(|one| {
            format!("aside: {} in the sense of {} ({}), {} documents", one.word, one.organisation, one.sense, one.hits)
        });
        std::iter::once(format!("{mode}{proposed}{related}, through the eyes of {lens}"))
            .chain(expanded)
            .chain(aside)
            .collect()
    }
}

impl Ready {
    /// A document's text, with its words' senses where they decide on the places that match.
    pub(crate) fn text(&self, vault: &Vault, document: DocumentId, senses: bool) -> Result<Text, WorkspaceError> {
        let pages = vault.pages(document, 1, u32::MAX)?;
        let senses = if senses {
            let found: Document = vault.document(document)?;
            self.senses_of(vault, &found, &pages)?
        } else {
            Vec::new()
        };
        Ok(Text { pages, senses })
    }
}
