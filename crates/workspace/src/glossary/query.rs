//! What a query becomes by the glossary: the sense that each of its words is looked for in, and what the others call it.

use std::collections::BTreeSet;

use koplamp_glossary::{Aside, Asked, Expanded, Lexicon, Meanings, Part, expand};
use koplamp_model::{ConceptId, Document, DocumentId, Folded, SenseMode, TermExpansion};
use koplamp_search::{Filters, Index, Query, SenseAlternative, SenseChoice, SenseStand, SenseTerms, Text};
use koplamp_vault::Vault;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::kept::Ready;
use crate::WorkspaceError;
use crate::statements::invalid;

/// Words of a query that are looked at together: a term that is longer is a sentence.
const LONGEST: usize = 8;

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
    /// Only what is put aside because of this sense, instead of the rest.
    #[serde(default)]
    pub unfold: Option<Unfolded>,
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

/// A sense that was put aside, to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Unfolded {
    /// The concept.
    #[ts(type = "string")]
    pub concept: ConceptId,
    /// The word of the query, as what was put aside names it.
    pub word: String,
}

/// What the words of a query are looked for as.
#[derive(Debug, Clone, Default)]
pub(crate) struct Read {
    /// For each word that the glossary has a say in, what is looked for instead. Where what was put aside is shown, the one word and sense: other
    /// words are as typed then, since a document may be out for several.
    pub(crate) choices: Vec<SenseChoice>,
    /// Where what was put aside is shown: the choices by which it was put aside. What they find is not shown.
    pub(crate) except: Option<Vec<SenseChoice>>,
    expansions: Vec<TermExpansion>,
    folded: Vec<(Folded, SenseStand)>,
}

impl Read {
    /// Reads the words of a query through the eyes of the organisation `lens`.
    ///
    /// # Errors
    /// When a sense is to be shown that is not put aside.
    pub(crate) fn of(query: &Query, ready: &Ready, ask: &SenseAsk, lens: &str) -> Result<Self, WorkspaceError> {
        // The question is asked today: it follows the mappings that hold today, whatever the date of a document.
        let meanings = Meanings::on(&ready.glossary, &crate::days::today());
        let off: BTreeSet<(ConceptId, String)> = ask.off.iter().map(|one| (one.concept, one.term.clone())).collect();
        let mut read = Self::default();
        let mut words: Vec<String> = Vec::new();
        for word in query.runs().iter().flat_map(|run| terms(&ready.lexicon, run)) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        for word in words {
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
            read.choose(word, expanded);
        }
        if let Some(wanted) = &ask.unfold {
            read.unfold(wanted)?;
        }
        Ok(read)
    }

    fn choose(&mut self, word: String, expanded: Expanded) {
        self.expansions.extend(expanded.expansions);
        let stand = if !expanded.any.is_empty() {
            let alternatives = expanded.any.into_iter().map(|alternative| SenseAlternative {
                weight: alternative.weight,
                all: alternative
                    .all
                    .into_iter()
                    .map(|part| SenseTerms { concept: part.concept, terms: (!part.whole).then_some(part.terms) })
                    .collect(),
            });
            if expanded.beside {
                SenseStand::Beside(alternatives.collect())
            } else {
                SenseStand::Any(alternatives.collect())
            }
        } else if !expanded.aside.is_empty() {
            let said = |part: Part| SenseTerms { concept: part.concept, terms: Some(part.terms) };
            let kept: Vec<SenseTerms> = expanded.kept.into_iter().map(said).collect();
            let mut aside = Vec::with_capacity(expanded.aside.len());
            for Aside { folded, part } in expanded.aside {
                let sense = said(part);
                aside.push(sense.clone());
                self.folded.push((folded, SenseStand::Only { sense, without: kept.clone() }));
            }
            SenseStand::Aside { aside, kept }
        } else {
            // Of which nothing is to be said: it is looked for as it was typed, and so are the words of a term.
            return;
        };
        self.choices.push(SenseChoice { word, stand });
    }

    /// Turns it round: only what was put aside because of a sense is shown.
    fn unfold(&mut self, wanted: &Unfolded) -> Result<(), WorkspaceError> {
        let is = |folded: &Folded| folded.concept == wanted.concept && folded.word == wanted.word;
        let Some((_, stand)) = self.folded.iter().find(|(folded, _)| is(folded)) else {
            let message = format!("nothing of '{}' in the sense {} is put aside here", wanted.word, wanted.concept);
            return Err(invalid("unfold", &message));
        };
        let turned = vec![SenseChoice { word: wanted.word.clone(), stand: stand.clone() }];
        self.except = Some(std::mem::replace(&mut self.choices, turned));
        Ok(())
    }

    /// The expansions and what was put aside, each with the number of documents that are in the result, or out of it, because of it.
    pub(crate) fn counted(
        &self,
        index: &Index,
        query: &Query,
        filters: &Filters,
    ) -> Result<(Vec<TermExpansion>, Vec<Folded>), WorkspaceError> {
        let choices = self.except.as_ref().unwrap_or(&self.choices);
        let count = |one: &[SenseChoice], other: &[SenseChoice]| {
            index.count(&query.clone().with_senses(one).except(query.clone().with_senses(other)), filters)
        };
        let mut expansions = self.expansions.clone();
        for expansion in &mut expansions {
            let without = with(choices, &expansion.word, SenseStand::Any(Vec::new()));
            let only = with(choices, &expansion.word, SenseStand::Any(self.ways(expansion)));
            expansion.hits = count(&only, &without)?;
        }
        let mut folded = Vec::with_capacity(self.folded.len());
        for (one, stand) in &self.folded {
            // The other words as typed: what is out for two words stands in the rows of both, and nothing in none.
            let only = [SenseChoice { word: one.word.clone(), stand: stand.clone() }];
            let out = query.clone().holding(&only).except(query.clone().with_senses(choices));
            folded.push(Folded { hits: index.count(&out, filters)?, ..one.clone() });
        }
        folded.retain(|one| one.hits > 0);
        Ok((expansions, folded))
    }

    /// The ways in which an expansion finds a document: its term, with what must stand beside it in a compound equivalent.
    fn ways(&self, expansion: &TermExpansion) -> Vec<SenseAlternative> {
        let term = SenseTerms { concept: expansion.concept, terms: Some(vec![expansion.term.clone()]) };
        let of_word = |choice: &&SenseChoice| choice.word == expansion.word;
        let any = self.choices.iter().find(of_word).map(|choice| match &choice.stand {
            SenseStand::Any(any) | SenseStand::Beside(any) => any.as_slice(),
            SenseStand::Aside { .. } | SenseStand::Only { .. } => &[],
        });
        let mut ways = vec![];
        for way in any.unwrap_or_default() {
            if way.all.iter().any(|part| part.concept == expansion.concept) {
                let narrowed = |part: &SenseTerms| {
                    if part.concept == expansion.concept { term.clone() } else { part.clone() }
                };
                ways.push(SenseAlternative { weight: way.weight, all: way.all.iter().map(narrowed).collect() });
            }
        }
        if ways.is_empty() {
            ways.push(SenseAlternative { weight: expansion.weight, all: vec![term] });
        }
        ways
    }

    /// Whether places in a text depend on the senses of its words.
    pub(crate) fn marks_places(&self) -> bool {
        !self.choices.is_empty()
    }

    /// What was looked for beside the words as typed, for the log: a line of codes each, with tabs between.
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
        let line = |code: &str, word: &str, term: &str, organisation: &str, hits: u64| {
            // A term may hold anything; a line of the log is one.
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            [code, &plain(word), &plain(term), organisation, &hits.to_string()].join("\t")
        };
        let expanded = expansions
            .iter()
            .map(|one| line(if one.off { "off" } else { "also" }, &one.word, &one.term, &one.organisation, one.hits));
        let shown = |one: &Folded| {
            ask.unfold.as_ref().is_some_and(|wanted| wanted.concept == one.concept && wanted.word == one.word)
        };
        let aside = folded.iter().map(|one| {
            line(if shown(one) { "unfolded" } else { "aside" }, &one.word, &one.sense, &one.organisation, one.hits)
        });
        let bridge = ask.mode == SenseMode::Bridge;
        let proposed = if bridge && ask.proposed { "\tproposed" } else { "" };
        let related = if bridge && ask.related { "\trelated" } else { "" };
        std::iter::once(format!("{mode}\t{lens}{proposed}{related}")).chain(expanded).chain(aside).collect()
    }
}

/// The choices with another stand for a word.
fn with(choices: &[SenseChoice], word: &str, stand: SenseStand) -> Vec<SenseChoice> {
    let mut choices = choices.to_vec();
    choices.retain(|choice| choice.word != word);
    choices.push(SenseChoice { word: word.to_owned(), stand });
    choices
}

/// The words of a run, those that are one term together, the longest first.
fn terms(lexicon: &Lexicon, run: &[String]) -> Vec<String> {
    let mut terms = Vec::new();
    let mut rest = run;
    loop {
        let longest = (2..=rest.len().min(LONGEST)).rev().find_map(|length| {
            let together = rest.get(..length)?.join(" ");
            (!lexicon.senses(&together).is_empty()).then_some((length, together))
        });
        let Some((length, term)) = longest.or_else(|| Some((1, rest.first()?.clone()))) else { break };
        terms.push(term);
        rest = rest.get(length..).unwrap_or_default();
    }
    terms
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
