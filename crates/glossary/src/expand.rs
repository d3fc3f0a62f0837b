//! What a word of a query becomes: the searcher's organisation picks its sense, and mappings lead to what the others call it.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_language::{Stems, Word, fold, words};
use koplamp_model::{Because, Compound, ConceptId, MappingStatus, Relation, SenseMode, TermExpansion};

use crate::Lexicon;
use crate::aside::{Aside, put_aside};
use crate::meanings::{Meanings, Tie};

/// How a word is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The word, or several that are one term.
    pub word: &'a str,
    /// Whether it stands in quotation marks: then it is meant as it is.
    pub quoted: bool,
    /// Code of the searcher's organisation.
    pub lens: &'a str,
    /// How words of several senses are treated.
    pub mode: SenseMode,
    /// Whether mappings that are not agreed (proposed, or to be looked at again) count as well. Disputed ones never do.
    pub with_proposed: bool,
    /// Whether what only has to do with the word is looked for as well.
    pub with_related: bool,
    /// Expansions that are switched off: concept and term, as the expansion names them.
    pub off: &'a BTreeSet<(ConceptId, String)>,
}

/// What a word of a query becomes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expanded {
    /// Look for any of these instead of the word; when it is empty, for the word as it was typed.
    pub any: Vec<Alternative>,
    /// Whether the word as it was typed is looked for beside them: it has one sense, so that there is nothing to choose.
    pub beside: bool,
    /// What is looked for beside the word as typed, with what is switched off; hits are not counted yet.
    pub expansions: Vec<TermExpansion>,
    /// Senses whose hits are put aside.
    pub aside: Vec<Aside>,
    /// How the word is said in the senses that are not put aside.
    pub kept: Vec<Part>,
}

/// One of the things to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Weight among 1, in thousandths.
    pub weight: u32,
    /// A document must have all of them: several of a compound equivalent with *and*.
    pub all: Vec<Part>,
}

/// A meaning to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The concept.
    pub concept: ConceptId,
    /// The terms by which it is looked for.
    pub terms: Vec<String>,
    /// Whether these are all of its terms, so that the concept alone can be looked for.
    pub whole: bool,
}

/// What a hit by way of a relation weighs, in thousandths; none when it leads nowhere. What is the same counts as the word itself; all that is narrower is
/// meant too, and says it in part; of what is wider only some is meant; what only has to do with it comes last.
pub const fn weight(relation: Relation) -> Option<u32> {
    match relation {
        Relation::Same => Some(1_000),
        Relation::NearlySame => Some(800),
        Relation::Narrower => Some(700),
        Relation::Wider => Some(500),
        Relation::Related => Some(300),
        Relation::FalseFriend | Relation::NoEquivalent => None,
    }
}

/// What a word of a query becomes. Nothing changes for a word that is quoted, that no glossary has, or that means several things of which none at the
/// searcher's organisation. A word of one sense is ambiguous to nobody: it stays as it is, and only [`SenseMode::Bridge`] adds to it what mappings
/// lead to, whoever searches.
///
/// Which mappings hold is a matter of the day that `meanings` are of ([`Meanings::on`]).
pub fn expand(lexicon: &Lexicon, meanings: &Meanings, asked: &Asked) -> Expanded {
    let senses = if asked.quoted { Vec::new() } else { lexicon.senses(asked.word) };
    let own: Vec<ConceptId> = senses.iter().copied().filter(|sense| meanings.uses(asked.lens, *sense)).collect();
    let mut expanded = Expanded::default();
    if let [only] = senses.as_slice() {
        if asked.mode == SenseMode::Bridge {
            expanded.bridge(meanings, asked, &[*only]);
            expanded.beside = !expanded.any.is_empty();
        }
        return expanded;
    }
    if own.is_empty() {
        return expanded;
    }
    let typed = stemmed(asked.word);
    if asked.mode == SenseMode::Warn {
        (expanded.aside, expanded.kept) = put_aside(lexicon, meanings, asked, &senses, &own);
        return expanded;
    }
    for concept in &own {
        let part = expanded.part(meanings, asked, *concept, 1_000, None, |stems| *stems == typed);
        expanded.any.extend(part.map(|part| Alternative { weight: 1_000, all: vec![part] }));
    }
    if asked.mode == SenseMode::Bridge {
        expanded.bridge(meanings, asked, &own);
    }
    expanded
}

impl Expanded {
    /// Adds what mappings lead to from these concepts.
    fn bridge(&mut self, meanings: &Meanings, asked: &Asked, own: &[ConceptId]) {
        for (weight, because, concepts) in bridges(meanings, asked, own) {
            let parts: Vec<Option<Part>> = concepts
                .iter()
                .map(|concept| self.part(meanings, asked, *concept, weight, Some(because), |_| false))
                .collect();
            // A compound of which one part is switched off says something else.
            if let Some(all) = parts.into_iter().collect() {
                self.any.push(Alternative { weight, all });
            }
        }
    }

    /// The part that looks for a concept, with an expansion for each of its terms but those that were typed; none when all its terms are off.
    fn part(
        &mut self,
        meanings: &Meanings,
        asked: &Asked,
        concept: ConceptId,
        weight: u32,
        because: Option<Because>,
        typed: impl Fn(&[String]) -> bool,
    ) -> Option<Part> {
        let mut terms: Vec<String> = Vec::new();
        let mut whole = true;
        let mut once: BTreeSet<Vec<String>> = BTreeSet::new();
        for form in meanings.terms(concept).iter().map(|term| &term.form.text) {
            let stems = stemmed(form);
            let as_typed = typed(&stems);
            if !once.insert(stems) {
                continue;
            }
            let off = asked.off.contains(&(concept, form.clone()));
            if !as_typed {
                self.expansions.push(TermExpansion {
                    word: asked.word.to_owned(),
                    term: form.clone(),
                    concept,
                    organisation: meanings.organisation(concept).to_owned(),
                    because,
                    weight,
                    off,
                    hits: 0,
                });
            }
            if off && !as_typed {
                whole = false;
            } else {
                terms.push(form.clone());
            }
        }
        (!terms.is_empty()).then_some(Part { concept, terms, whole })
    }
}

/// Where agreed mappings, and others if asked, lead from these concepts: each with its weight, why, and the concepts that must be there
/// together. What is reached in several ways is reached by the heaviest.
fn bridges(meanings: &Meanings, asked: &Asked, own: &[ConceptId]) -> Vec<(u32, Because, Vec<ConceptId>)> {
    let mut reached: BTreeMap<Vec<ConceptId>, (u32, Because)> = BTreeMap::new();
    let wanted = |tie: &Tie| holds(tie, asked) && (asked.with_related || tie.relation != Relation::Related);
    for tie in own.iter().flat_map(|concept| meanings.ties(*concept)).filter(wanted) {
        let Some(weight) = weight(tie.relation) else { continue };
        let others: Vec<ConceptId> = tie.others().collect();
        let ways = match tie.compound() {
            Some(Compound::Or) => others.into_iter().map(|other| vec![other]).collect(),
            Some(Compound::And) | None => vec![others],
        };
        let because = Because { relation: tie.relation, status: tie.status };
        for way in ways.into_iter().filter(|way| !way.is_empty() && !way.iter().any(|other| own.contains(other))) {
            let best = reached.entry(way).or_insert((weight, because));
            if weight > best.0 {
                *best = (weight, because);
            }
        }
    }
    let mut bridges: Vec<_> = reached.into_iter().map(|(way, (weight, because))| (weight, because, way)).collect();
    bridges.sort_by_key(|(weight, ..)| std::cmp::Reverse(*weight));
    bridges
}

/// A term without its inflections: forms that differ in nothing else are one expansion.
fn stemmed(form: &str) -> Vec<String> {
    let stem = |word: Word| Stems::of(word.raw).map_or_else(|| fold(word.raw), |stems| stems.dutch);
    words(form).filter(|word| word.parts == 1).map(stem).collect()
}

/// Whether a mapping counts for who asks.
pub(crate) fn holds(tie: &Tie, asked: &Asked) -> bool {
    match tie.status {
        MappingStatus::Agreed => true,
        MappingStatus::Proposed | MappingStatus::Recheck => asked.with_proposed,
        MappingStatus::Disputed => false,
    }
}
