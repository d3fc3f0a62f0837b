//! What a search puts aside in a warning: where a word of the query means something else than to the searcher's organisation, on its own or inside a
//! longer term (`summiere aangifte`).
//!
//! A longer term of another organisation is kept when its meaning is a kind of what the searcher means, or mapped as the same; else it is another
//! sense, as the strict search takes it for one.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_model::{ConceptId, Folded, FoldedWhy, Relation};

use crate::expand::{Asked, Part, holds};
use crate::meanings::Meanings;
use crate::{Lexicon, Tie};

/// Characters of a definition that are enough to know it by.
const FIRST_WORDS: usize = 80;

/// A sense whose hits are put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// How it is told; hits are not counted yet.
    pub folded: Folded,
    /// By which terms the word is said in this sense.
    pub part: Part,
}

/// Of the `senses` of a word, of which `own` are the searcher's: those that are put aside, and how the word is said in those that are kept.
pub(crate) fn put_aside(
    lexicon: &Lexicon,
    meanings: &Meanings,
    asked: &Asked,
    senses: &[ConceptId],
    own: &[ConceptId],
) -> (Vec<Aside>, Vec<Part>) {
    let same = |tie: &Tie| matches!(tie.relation, Relation::Same | Relation::NearlySame) && tie.compound().is_none();
    let reached = own
        .iter()
        .flat_map(|concept| meanings.ties(*concept))
        .filter(|tie| same(tie) && holds(tie, asked))
        .flat_map(|tie| tie.others());
    let kept: BTreeSet<ConceptId> = own.iter().copied().chain(reached).collect();
    // In the order in which the senses are told, those of longer terms last.
    let mut order: Vec<ConceptId> = senses.to_vec();
    let mut said: BTreeMap<ConceptId, Vec<String>> =
        senses.iter().map(|sense| (*sense, vec![asked.word.to_owned()])).collect();
    for (concept, term) in lexicon.longer(asked.word) {
        if !order.contains(&concept) {
            order.push(concept);
        }
        said.entry(concept).or_default().push(term.to_owned());
    }
    let is_kept = |concept: ConceptId| {
        kept.contains(&concept)
            || !senses.contains(&concept)
                && (meanings.uses(asked.lens, concept)
                    || meanings.wider(concept).iter().any(|wider| kept.contains(wider)))
    };
    let (mut aside, mut left) = (Vec::new(), Vec::new());
    for concept in order {
        let part = Part { concept, terms: said.remove(&concept).unwrap_or_default(), whole: false };
        if is_kept(concept) {
            left.push(part);
        } else {
            let folded = Folded {
                word: asked.word.to_owned(),
                organisation: meanings.organisation(concept).to_owned(),
                sense: meanings.called(concept, "nl").to_owned(),
                concept,
                definition: first_words(meanings, concept),
                why: why(meanings, own, concept, senses.contains(&concept)),
                hits: 0,
            };
            aside.push(Aside { folded, part });
        }
    }
    (aside, left)
}

/// Why a sense is not the searcher's. A mapping as a false friend says most.
fn why(meanings: &Meanings, own: &[ConceptId], concept: ConceptId, same_word: bool) -> FoldedWhy {
    let mut ties: Vec<Tie> = own.iter().flat_map(|own| meanings.ties(*own)).collect();
    ties.retain(|tie| tie.compound().is_none() && tie.others().any(|other| other == concept));
    ties.sort_by_key(|tie| (tie.relation != Relation::FalseFriend, tie.relation));
    match ties.first() {
        Some(tie) => {
            let said = [&tie.mapping.difference, &tie.mapping.consequence];
            let says = said.into_iter().find_map(|said| meanings.in_language(said, "nl")).unwrap_or_default();
            FoldedWhy::Mapped { relation: tie.relation, status: tie.status, says: says.to_owned() }
        }
        None if same_word => FoldedWhy::OtherSense,
        None => FoldedWhy::LongerTerm,
    }
}

/// The first words of a definition, with a sign that it goes on.
fn first_words(meanings: &Meanings, concept: ConceptId) -> String {
    let definitions = meanings.concept(concept).map_or(&[][..], |known| &known.definitions);
    let text = meanings.in_language(definitions, "nl").unwrap_or_default();
    let mut first = String::new();
    for word in text.split_whitespace() {
        if !first.is_empty() && first.chars().count() + word.chars().count() >= FIRST_WORDS {
            return first.trim_end_matches([',', ';', ':']).to_owned() + " …";
        }
        if !first.is_empty() {
            first.push(' ');
        }
        first.push_str(word);
    }
    first
}
