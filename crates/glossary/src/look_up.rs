//! Looking a word up: what it means at each organisation, and the card of a word in a document.

use koplamp_model::{Compound, ConceptId, ConceptMappingId, ConceptStatus, MappingStatus, Relation, TermKind, Words};
use serde::Serialize;
use ts_rs::TS;

use crate::Lexicon;
use crate::meanings::{Meanings, Tie};

/// A meaning, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Entry {
    /// The concept.
    #[ts(type = "string")]
    pub concept: ConceptId,
    /// Its name on the web.
    pub iri: String,
    /// Code of the organisation whose meaning it is.
    pub organisation: String,
    /// Codes of the organisations that mean this too, without a concept of their own.
    pub used_by: Vec<String>,
    /// Its terms, the preferred first; hidden ones are not among them.
    pub terms: Vec<EntryTerm>,
    /// What it means.
    pub definitions: Vec<Words>,
    /// How it is used, and how not.
    pub scope_notes: Vec<Words>,
    /// Where the definition comes from.
    pub sources: Vec<Words>,
    /// How far its owner stands behind it.
    pub status: ConceptStatus,
    /// How it relates to meanings of others: false friends first, then the nearest.
    pub mappings: Vec<EntryMapping>,
}

/// A term of a meaning, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct EntryTerm {
    /// The word or words.
    pub form: Words,
    /// How it is used.
    pub kind: TermKind,
}

/// A mapping of a meaning, seen from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct EntryMapping {
    /// The mapping.
    #[ts(type = "string")]
    pub mapping: ConceptMappingId,
    /// What the other is, seen from this meaning.
    pub relation: Relation,
    /// Where the mapping stands.
    pub status: MappingStatus,
    /// Code of the organisation on the other side.
    pub organisation: String,
    /// The meanings on the other side, each with what it is called there; none of "no equivalent".
    pub others: Vec<Other>,
    /// How several on the other side go together.
    pub compound: Option<Compound>,
    /// From when it holds.
    pub valid_from: Option<String>,
    /// Until when it holds.
    pub valid_to: Option<String>,
    /// What differs.
    pub difference: Vec<Words>,
    /// What goes wrong when somebody takes the one for the other.
    pub consequence: Vec<Words>,
}

/// A meaning of another organisation, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Other {
    /// The concept.
    #[ts(type = "string")]
    pub concept: ConceptId,
    /// What it is called there.
    pub term: String,
}

/// What a word in a document means, for a reader of another organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Card {
    /// What it means here, with its source.
    pub there: Entry,
    /// What the same word means at the reader's organisation, with the relation between the two; none when the reader's organisation does not
    /// have the word, or means this by it too.
    pub here: Vec<Here>,
    /// What the reader's organisation calls what is meant here: the ties of that meaning with the reader's organisation.
    pub called: Vec<EntryMapping>,
}

/// A meaning of the same word at the reader's organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Here {
    /// The meaning.
    pub entry: Entry,
    /// What it is, seen from the meaning in the document, and what goes wrong when they are confused; none when nobody mapped them.
    pub mapping: Option<EntryMapping>,
}

/// What a word, or several that are one term, means: the meanings of the organisation `first` in front, then those of the others.
pub fn look_up(lexicon: &Lexicon, meanings: &Meanings, word: &str, first: Option<&str>) -> Vec<Entry> {
    let mut entries: Vec<Entry> =
        lexicon.senses(word).into_iter().filter_map(|concept| entry(meanings, concept)).collect();
    entries.sort_by(|a, b| {
        let other = |entry: &Entry| !first.is_some_and(|first| meanings.uses(first, entry.concept));
        (other(a), &a.organisation).cmp(&(other(b), &b.organisation))
    });
    entries
}

/// The card of `word` in a document where it means `concept`, for a reader of organisation `lens`; none when the concept is not known.
pub fn card(lexicon: &Lexicon, meanings: &Meanings, word: &str, concept: ConceptId, lens: &str) -> Option<Card> {
    let there = entry(meanings, concept)?;
    let shared = meanings.uses(lens, concept);
    let tied = |other: ConceptId| {
        there.mappings.iter().find(|mapping| mapping.others.iter().any(|tied| tied.concept == other)).cloned()
    };
    let here = lexicon
        .senses(word)
        .into_iter()
        .filter(|other| *other != concept && !shared && meanings.uses(lens, *other))
        .filter_map(|other| Some(Here { entry: entry(meanings, other)?, mapping: tied(other) }))
        .collect();
    // Of the reader's organisation is also what it only uses.
    let ours = |mapping: &EntryMapping| {
        let used = |other: &Other| meanings.uses(lens, other.concept);
        mapping.organisation == lens || (!mapping.others.is_empty() && mapping.others.iter().all(used))
    };
    let called = |mapping: &&EntryMapping| ours(mapping) && !matches!(mapping.relation, Relation::FalseFriend);
    let called = there.mappings.iter().filter(called).cloned().collect();
    Some(Card { there, here, called })
}

/// A meaning as it is shown.
pub fn entry(meanings: &Meanings, concept: ConceptId) -> Option<Entry> {
    let known = meanings.concept(concept)?;
    let shown = meanings.terms(concept).iter().filter(|term| term.kind != TermKind::Hidden);
    let mut ties = meanings.ties(concept);
    ties.sort_by_key(|tie| (tie.relation != Relation::FalseFriend, tie.relation));
    Some(Entry {
        concept,
        iri: known.iri.clone(),
        organisation: meanings.organisation(concept).to_owned(),
        used_by: known.used_by.clone(),
        terms: shown.map(|term| EntryTerm { form: term.form.clone(), kind: term.kind }).collect(),
        definitions: known.definitions.clone(),
        scope_notes: known.scope_notes.clone(),
        sources: known.sources.clone(),
        status: known.status,
        mappings: ties.iter().map(|tie| mapping(meanings, tie)).collect(),
    })
}

fn mapping(meanings: &Meanings, tie: &Tie) -> EntryMapping {
    let organisation = if tie.forth {
        tie.mapping.to_organisation.clone()
    } else {
        meanings.organisation(tie.mapping.from.concept).to_owned()
    };
    EntryMapping {
        mapping: tie.mapping.id,
        relation: tie.relation,
        status: tie.status,
        organisation,
        others: tie
            .others()
            .map(|concept| Other { concept, term: meanings.called(concept, "nl").to_owned() })
            .collect(),
        compound: tie.compound(),
        valid_from: tie.mapping.valid_from.clone(),
        valid_to: tie.mapping.valid_to.clone(),
        difference: tie.mapping.difference.clone(),
        consequence: tie.mapping.consequence.clone(),
    }
}
