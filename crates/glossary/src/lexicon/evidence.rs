//! Evidence: words that, standing near a term, speak for one of its meanings.
//!
//! Strongest are the hints of a concept, its other terms, and the name of its organisation (`bij de politie`). Weaker are the terms of concepts that it
//! has to do with, and the words of its definition and examples (Lesk 1986), as far as few definitions have them. What speaks for a meaning speaks
//! almost as much for one that is mapped as the same, or nearly: else an organisation that wrote few hints would lose its own word.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use koplamp_language::{fold, words};
use koplamp_model::{Concept, ConceptId, Glossary, MappingStatus, Relation, Words};

use super::symbols::{Pattern, Symbols};
use super::text::Token;
use super::tree::Tree;

/// A hint, a term, or the name of the organisation.
const PLAIN: f32 = 1.0;
/// A form of several words: chance does not put them together.
const PHRASE: f32 = 1.3;
/// A term of a wider, narrower or related concept of the scheme.
const KIN: f32 = 0.5;
/// A word of the definition or an example, when only one definition has it.
const TOLD: f32 = 0.3;
/// What is left for a meaning that is mapped as (nearly) the same.
const SAME: f32 = 0.9;
/// A word that is a part of a compound.
const PART: f32 = 0.7;
/// Words of definitions that are shorter say little.
const SHORTEST_TOLD: usize = 5;

/// What speaks for what, by node of the tree.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    by_node: HashMap<u32, Box<[(u32, f32)]>>,
    /// The organisations that a form is a name of: it speaks for all that they mean.
    names: HashMap<u32, Vec<Box<str>>>,
}

/// A word or words in a text that speak for meanings.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    /// Where in the tree it ends; the same for inflections of the same.
    pub node: u32,
    pub bytes: (usize, usize),
    pub words: (usize, usize),
    pub sentence: u32,
    /// Share of its strength that it has here.
    pub share: f32,
}

type Collected = BTreeMap<Pattern, BTreeMap<u32, f32>>;

impl Evidence {
    pub(super) fn new(
        glossary: &Glossary,
        numbers: &HashMap<ConceptId, u32>,
        symbols: &mut Symbols,
        tree: &mut Tree,
    ) -> Self {
        let mut collected = Collected::new();
        let mut note = |symbols: &mut Symbols, form: &Words, number: u32, strength: f32| {
            for pattern in symbols.patterns(form) {
                let strength = if pattern.len() > 1 { strength * PHRASE } else { strength };
                let slot = collected.entry(pattern).or_default().entry(number).or_insert(0.0);
                *slot = slot.max(strength);
            }
        };
        let dutch = |text: &str| Words { text: text.to_owned(), language: Some("nl".into()) };
        let mut terms: HashMap<ConceptId, Vec<&Words>> = HashMap::new();
        for term in &glossary.terms {
            terms.entry(term.concept).or_default().push(&term.form);
        }
        let by_iri: HashMap<&str, &Concept> =
            glossary.concepts.iter().map(|concept| (concept.iri.as_str(), concept)).collect();
        let told = told(glossary);
        for concept in &glossary.concepts {
            let Some(number) = numbers.get(&concept.id).copied() else { continue };
            for hint in &concept.hints {
                note(symbols, &dutch(hint), number, PLAIN);
                symbols.in_compounds(hint);
            }
            for form in terms.get(&concept.id).into_iter().flatten() {
                note(symbols, form, number, PLAIN);
            }
            let kin = concept.broader.iter().chain(&concept.narrower).chain(&concept.related);
            for form in kin.filter_map(|iri| by_iri.get(iri.as_str())).filter_map(|kin| terms.get(&kin.id)).flatten() {
                note(symbols, form, number, KIN);
            }
            for (word, strength) in told.get(&concept.id).into_iter().flatten() {
                note(symbols, &dutch(word), number, *strength);
            }
        }
        share_among_same(glossary, numbers, &mut collected);
        let mut by_node = HashMap::new();
        for (pattern, speaks_for) in collected {
            if let Some(node) = tree.add(&pattern) {
                by_node.insert(node, speaks_for.into_iter().collect());
            }
        }
        let mut names: HashMap<u32, Vec<Box<str>>> = HashMap::new();
        for (organisation, name) in organisations(glossary) {
            symbols.in_compounds(&name);
            for node in symbols.patterns(&dutch(&name)).iter().filter_map(|pattern| tree.add(pattern)) {
                names.entry(node).or_default().push(organisation.into());
            }
        }
        Self { by_node, names }
    }

    /// How strongly a hit speaks for a concept of `organisation`, in a document of `author`: that this names itself says nothing.
    pub(super) fn strength(&self, hit: &Hit, number: u32, organisation: &str, author: &str) -> f32 {
        let own = self.by_node.get(&hit.node).and_then(|speaks_for| {
            let at = speaks_for.binary_search_by_key(&number, |(number, _)| *number).ok()?;
            speaks_for.get(at).map(|(_, strength)| *strength)
        });
        let named = organisation != author
            && self.names.get(&hit.node).is_some_and(|names| names.iter().any(|name| **name == *organisation));
        own.unwrap_or(0.0).max(if named { PLAIN } else { 0.0 }) * hit.share
    }

    fn knows(&self, node: u32) -> bool {
        self.by_node.contains_key(&node) || self.names.contains_key(&node)
    }

    /// The words of a text that speak for a meaning, in their order.
    pub(super) fn hits(&self, tokens: &[Token], tree: &Tree) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let hit = |node: u32, last: &Token, share: f32| Hit {
                node,
                bytes: (token.bytes.0, last.bytes.1),
                words: (token.position, last.position + last.parts),
                sentence: token.sentence,
                share,
            };
            tree.walk(tokens, at, &mut |node, end| {
                if let Some(last) = tokens.get(end).filter(|_| self.knows(node)) {
                    hits.push(hit(node, last, 1.0));
                }
            });
            let whole: Vec<u32> = token.keys.iter().filter_map(|key| tree.single(*key)).collect();
            for node in token.compound.iter().filter_map(|part| tree.single(*part)) {
                if self.knows(node) && !whole.contains(&node) {
                    hits.push(hit(node, token, PART));
                }
            }
        }
        hits
    }
}

/// Organisations and how they are called: by their code, and by the words of their schemes' titles that no other organisation's have.
fn organisations(glossary: &Glossary) -> Vec<(&str, String)> {
    let mut titled: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut names: BTreeSet<(&str, String)> = BTreeSet::new();
    for scheme in &glossary.schemes {
        let code = scheme.organisation.as_str();
        names.insert((code, if code.len() <= 3 { code.to_uppercase() } else { code.to_owned() }));
        for word in scheme.title.iter().flat_map(|title| words(&title.text)) {
            if word.raw.chars().count() >= SHORTEST_TOLD {
                titled.entry(word.raw.to_lowercase()).or_default().insert(code);
            }
        }
    }
    let several = names.len() > 1;
    names.extend(titled.into_iter().filter(|_| several).filter_map(|(word, codes)| {
        let mut codes = codes.into_iter();
        codes.next().filter(|_| codes.next().is_none()).map(|code| (code, word))
    }));
    names.into_iter().collect()
}

/// The words of definitions, scope notes and examples, each with its strength: the fewer concepts have it, the stronger.
fn told(glossary: &Glossary) -> HashMap<ConceptId, Vec<(String, f32)>> {
    let stop: HashSet<String> = crate::stop_words().map(fold).collect();
    let mut by_concept: HashMap<ConceptId, Vec<String>> = HashMap::new();
    let mut count: HashMap<String, u16> = HashMap::new();
    for concept in &glossary.concepts {
        let texts = concept.definitions.iter().chain(&concept.scope_notes).chain(&concept.examples);
        let mut once: Vec<String> = texts
            .flat_map(|text| words(&text.text))
            .map(|word| fold(word.raw))
            .filter(|word| word.len() >= SHORTEST_TOLD && !stop.contains(word))
            .collect();
        once.sort_unstable();
        once.dedup();
        for word in &once {
            *count.entry(word.clone()).or_default() += 1;
        }
        by_concept.insert(concept.id, once);
    }
    let strength = |word: &String| TOLD / f32::from(count.get(word).copied().unwrap_or(1)).sqrt();
    let weighed = |words: Vec<String>| words.into_iter().map(|word| (word.clone(), strength(&word))).collect();
    by_concept.into_iter().map(|(concept, words)| (concept, weighed(words))).collect()
}

/// Gives what speaks for a meaning to those that are mapped as the same or nearly so, unless a side disputes that.
fn share_among_same(glossary: &Glossary, numbers: &HashMap<ConceptId, u32>, collected: &mut Collected) {
    let statuses = crate::statuses(glossary);
    let mut same: HashMap<u32, Vec<u32>> = HashMap::new();
    for mapping in &glossary.mappings {
        let holds = statuses.get(&mapping.id) != Some(&MappingStatus::Disputed);
        if let (Relation::Same | Relation::NearlySame, [to], true) = (mapping.relation, mapping.to.as_slice(), holds)
            && let (Some(from), Some(to)) = (numbers.get(&mapping.from.concept), numbers.get(&to.concept))
        {
            same.entry(*from).or_default().push(*to);
            same.entry(*to).or_default().push(*from);
        }
    }
    for speaks_for in collected.values_mut() {
        let given: Vec<(u32, f32)> = speaks_for
            .iter()
            .flat_map(|(number, strength)| {
                same.get(number).into_iter().flatten().map(move |other| (*other, strength * SAME))
            })
            .collect();
        for (other, strength) in given {
            let slot = speaks_for.entry(other).or_insert(0.0);
            *slot = slot.max(strength);
        }
    }
}
