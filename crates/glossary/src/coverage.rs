//! Coverage: where the glossary has gaps, as the documents of a case show. It is fed page by page.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use koplamp_language::{Stems, fold, words};
use koplamp_model::{ConceptId, Kind};
use serde::Serialize;
use ts_rs::TS;

use crate::meanings::Meanings;
use crate::{Lexicon, everyday_words, stop_words};

/// So many different unknown words are counted at once. When more come, the rarest are let go, so a word that is counted late may have been seen a few
/// times more; frequent ones are not let go.
const COUNTED: usize = 50_000;
/// So many forms of a word are told apart when its most frequent one is chosen.
const FORMS: usize = 8;
/// From so many pages on it shows which words stand on nearly all of them.
const PAGES: u64 = 20;
/// Shorter words are not counted.
const SHORTEST: usize = 4;

/// Where the glossary has gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Coverage {
    /// Words that no glossary knows, the most frequent first; those that stand on half of all pages or more, as in the heads and feet of forms, last.
    pub unknown: Vec<UnknownWord>,
    /// Words of the glossary that documents of several organisations use, and that nobody mapped between them, the most frequent first.
    pub unmapped: Vec<UnmappedWord>,
    /// Words that have several meanings in one scheme of which some are mapped to nothing.
    pub several: Vec<SeveralSenses>,
}

/// A word that no glossary knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct UnknownWord {
    /// The word, in its most frequent form.
    pub word: String,
    /// How often it stands in the documents.
    #[ts(type = "number")]
    pub count: u64,
    /// Codes of the organisations whose documents have it.
    pub organisations: Vec<String>,
}

/// A word that organisations use and nobody mapped between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct UnmappedWord {
    /// The word, in its most frequent form.
    pub word: String,
    /// How often it stands in the documents.
    #[ts(type = "number")]
    pub count: u64,
    /// The pairs of organisations whose documents both have it and between which no mapping of a meaning of it exists.
    pub between: Vec<(String, String)>,
}

/// A word with several meanings in one scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SeveralSenses {
    /// The word.
    pub word: String,
    /// Code of the organisation.
    pub organisation: String,
    /// Its meanings there that are mapped to nothing.
    #[ts(type = "string[]")]
    pub unmapped: Vec<ConceptId>,
}

/// Counts the words of documents.
#[derive(Debug)]
pub struct Counting<'l> {
    lexicon: &'l Lexicon,
    stop: HashSet<String>,
    unknown: HashMap<Box<str>, Count>,
    /// By what a term can mean: inflections and synonyms of one set of meanings are one word.
    known: HashMap<Vec<u32>, Count>,
    organisations: Vec<Box<str>>,
    pages: u64,
    counted: usize,
}

#[derive(Debug, Default)]
struct Count {
    count: u64,
    /// On how many pages, and the last of them.
    pages: (u64, u64),
    forms: BTreeMap<Box<str>, u64>,
    organisations: BTreeSet<usize>,
}

impl Count {
    fn add(&mut self, form: &str, organisation: usize, page: u64) {
        self.count += 1;
        if self.pages.1 != page {
            self.pages = (self.pages.0 + 1, page);
        }
        self.organisations.insert(organisation);
        if self.forms.len() < FORMS || self.forms.contains_key(form) {
            *self.forms.entry(form.into()).or_default() += 1;
        }
    }

    fn form(&self) -> String {
        let most = self.forms.iter().max_by_key(|(form, count)| (**count, std::cmp::Reverse(form.len())));
        most.map(|(form, _)| form.to_string()).unwrap_or_default()
    }
}

impl<'l> Counting<'l> {
    /// Nothing counted yet.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self::with_room(lexicon, COUNTED)
    }

    /// As [`Counting::new`], for at most so many different unknown words at once.
    pub fn with_room(lexicon: &'l Lexicon, counted: usize) -> Self {
        Self {
            lexicon,
            stop: stop_words().chain(everyday_words()).map(fold).collect(),
            unknown: HashMap::new(),
            known: HashMap::new(),
            organisations: Vec::new(),
            pages: 0,
            counted,
        }
    }

    /// Counts the words of a page of this organisation. Words with a capital are taken for names, and numbers for numbers: neither is counted as unknown.
    pub fn page(&mut self, text: &str, organisation: &str, kind: Kind) {
        let organisation = self.organisation(organisation);
        self.pages += 1;
        let terms = self.lexicon.terms(text, kind);
        for term in &terms {
            let mut senses = term.senses.clone();
            senses.sort_unstable();
            let form = text.get(term.bytes.0..term.bytes.1).unwrap_or_default().to_lowercase();
            self.known.entry(senses).or_default().add(&form, organisation, self.pages);
        }
        let mut next = terms.iter().peekable();
        for word in words(text).filter(|word| word.parts == 1) {
            while next.next_if(|term| term.words.1 <= word.position).is_some() {}
            let in_term = next.peek().is_some_and(|term| term.words.0 <= word.position);
            let written_as_word = word.raw.chars().next().is_some_and(char::is_lowercase);
            if in_term || !written_as_word || word.raw.chars().count() < SHORTEST {
                continue;
            }
            let folded = fold(word.raw);
            if self.stop.contains(&folded) {
                continue;
            }
            let Some(stems) = Stems::of(word.raw) else { continue };
            self.unknown.entry(stems.dutch.into()).or_default().add(word.raw, organisation, self.pages);
            if self.unknown.len() > self.counted {
                self.let_go();
            }
        }
    }

    fn organisation(&mut self, code: &str) -> usize {
        let at = self.organisations.iter().position(|known| **known == *code);
        at.unwrap_or_else(|| {
            self.organisations.push(code.into());
            self.organisations.len() - 1
        })
    }

    /// Lets the rarer half of the unknown words go.
    fn let_go(&mut self) {
        let mut counts: Vec<u64> = self.unknown.values().map(|known| known.count).collect();
        let middle = counts.len() / 2;
        let (_, median, _) = counts.select_nth_unstable(middle);
        let least = *median;
        self.unknown.retain(|_, known| known.count > least);
    }

    /// What came of it: of each list at most `most`.
    pub fn finish(self, meanings: &Meanings, most: usize) -> Coverage {
        let codes = |set: &BTreeSet<usize>| -> Vec<String> {
            let mut codes: Vec<String> =
                set.iter().filter_map(|at| self.organisations.get(*at)).map(ToString::to_string).collect();
            codes.sort_unstable();
            codes
        };
        let everywhere = |known: &Count| self.pages >= PAGES && known.pages.0 * 2 >= self.pages;
        let mut unknown: Vec<(bool, UnknownWord)> = self
            .unknown
            .values()
            .map(|known| {
                let (word, organisations) = (known.form(), codes(&known.organisations));
                (everywhere(known), UnknownWord { word, count: known.count, organisations })
            })
            .collect();
        unknown.sort_by(|(last, a), (other_last, b)| {
            last.cmp(other_last).then_with(|| b.count.cmp(&a.count)).then_with(|| a.word.cmp(&b.word))
        });
        unknown.truncate(most);
        let unknown = unknown.into_iter().map(|(_, word)| word).collect();
        let (mut unmapped, mut several) = (Vec::new(), Vec::new());
        for (senses, known) in &self.known {
            let senses = self.lexicon.ids(senses);
            let between = pairs(&codes(&known.organisations))
                .filter(|(one, other)| !is_mapped(meanings, &senses, one, other))
                .collect::<Vec<_>>();
            if !between.is_empty() {
                unmapped.push(UnmappedWord { word: known.form(), count: known.count, between });
            }
            several.extend(several_senses(meanings, &senses, &known.form()));
        }
        unmapped.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word)));
        unmapped.truncate(most);
        several.sort_by(|a, b| (&a.word, &a.organisation).cmp(&(&b.word, &b.organisation)));
        several.truncate(most);
        Coverage { unknown, unmapped, several }
    }
}

fn pairs(codes: &[String]) -> impl Iterator<Item = (String, String)> {
    let after = |(at, one): (usize, &String)| -> Vec<(String, String)> {
        codes.iter().skip(at + 1).map(|other| (one.clone(), other.clone())).collect()
    };
    codes.iter().enumerate().flat_map(after).collect::<Vec<_>>().into_iter()
}

/// Whether two organisations share a meaning of a word, or a mapping, whatever it says, joins one at the one with the other organisation.
fn is_mapped(meanings: &Meanings, senses: &[ConceptId], one: &str, other: &str) -> bool {
    senses.iter().any(|sense| {
        let uses = |organisation| meanings.uses(organisation, *sense);
        let reaches = |wanted: &str| {
            meanings.ties(*sense).iter().any(|tie| {
                tie.forth && tie.mapping.to_organisation == wanted
                    || tie.others().any(|concept| meanings.uses(wanted, concept))
            })
        };
        uses(one) && (uses(other) || reaches(other)) || uses(other) && reaches(one)
    })
}

fn several_senses(meanings: &Meanings, senses: &[ConceptId], word: &str) -> Vec<SeveralSenses> {
    let mut by_organisation: BTreeMap<&str, Vec<ConceptId>> = BTreeMap::new();
    for sense in senses {
        by_organisation.entry(meanings.organisation(*sense)).or_default().push(*sense);
    }
    let gaps = |(organisation, senses): (&str, Vec<ConceptId>)| {
        let unmapped: Vec<ConceptId> =
            senses.iter().copied().filter(|sense| meanings.ties(*sense).is_empty()).collect();
        let gap = SeveralSenses { word: word.to_owned(), organisation: organisation.to_owned(), unmapped };
        (senses.len() > 1 && !gap.unmapped.is_empty()).then_some(gap)
    };
    by_organisation.into_iter().filter_map(gaps).collect()
}
