//! Random acts about the glossary: concepts written, changed and dropped, mappings proposed and answered, senses fixed.

use std::fmt;

use koplamp_model::{
    ConceptId, ConceptMappingId, ConceptStatus, Document, DocumentId, Justification, Relation, ReviewVerdict, TermKind,
    Words,
};
use koplamp_workspace::{ConceptDraft, ConceptView, MappingDraft, TermDraft, Workspace, WorkspaceError};
use rand::RngExt;
use rand::rngs::StdRng;

use crate::history::VOCABULARY;
use crate::seed;

const ORGANISATIONS: [&str; 3] = ["politie", "belastingdienst", "douane"];

/// An act to do.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each is the method of the workspace of that name")]
pub enum Wording {
    Set(Box<ConceptDraft>),
    Drop(ConceptId),
    Propose(Box<MappingDraft>),
    DropMapping(ConceptMappingId),
    Review(ConceptMappingId, String, Option<ReviewVerdict>),
    Fix(DocumentId, (u32, u32, u32), Option<ConceptId>),
}

impl fmt::Display for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = format!("{self:?}");
        f.write_str(whole.split(['(', '{']).next().unwrap_or_default())
    }
}

impl Wording {
    /// An act that can be done now; none when there is nothing yet to do it to.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn choose(
        workspace: &Workspace,
        documents: &[Document],
        rng: &mut StdRng,
    ) -> Result<Option<Self>, WorkspaceError> {
        let concepts = workspace.concepts(None, None, u32::MAX, 0)?.concepts;
        let mappings = workspace.concept_mappings(None)?;
        let concept = |rng: &mut StdRng| &concepts[rng.random_range(0..concepts.len())];
        Ok(match rng.random_range(0..100) {
            0..30 => Some(Self::Set(Box::new(draft(None, rng)))),
            30..45 if !concepts.is_empty() => Some(Self::Set(Box::new(draft(Some(concept(rng)), rng)))),
            45..52 if !concepts.is_empty() => Some(Self::Drop(concept(rng).concept.id)),
            52..70 if concepts.len() > 1 => {
                let (from, to) = (concept(rng), concept(rng));
                Some(Self::Propose(Box::new(mapping(from.concept.id, to.concept.id, rng))))
            }
            70..74 if !mappings.is_empty() => {
                Some(Self::DropMapping(mappings[rng.random_range(0..mappings.len())].mapping.id))
            }
            74..90 if !mappings.is_empty() => {
                let view = &mappings[rng.random_range(0..mappings.len())];
                let sides = [&view.from_organisation, &view.mapping.to_organisation];
                let verdicts = [Some(ReviewVerdict::Accept), Some(ReviewVerdict::Dispute), None];
                let organisation = sides[rng.random_range(0..2)].clone();
                Some(Self::Review(view.mapping.id, organisation, verdicts[rng.random_range(0..3)]))
            }
            90..100 if !concepts.is_empty() && !documents.is_empty() => {
                let document = documents[rng.random_range(0..documents.len())].id;
                let pages = workspace.page_senses(document, 1, 1, None)?;
                let words = pages.first().map(|page| page.words.as_slice()).unwrap_or_default();
                let chosen = (!words.is_empty()).then(|| words[rng.random_range(0..words.len())].mark.clone());
                let said = rng.random_bool(0.8).then(|| concept(rng).concept.id);
                chosen.map(|mark| Self::Fix(document, (1, mark.start, mark.end), said))
            }
            _ => None,
        })
    }

    /// Does it.
    ///
    /// # Errors
    /// As the method of the workspace.
    pub fn run(&self, workspace: &Workspace) -> Result<(), WorkspaceError> {
        match self {
            Self::Set(draft) => workspace.set_concept(draft).map(drop),
            Self::Drop(concept) => workspace.drop_concept(*concept).map(drop),
            Self::Propose(draft) => workspace.propose_mapping(draft).map(drop),
            Self::DropMapping(mapping) => workspace.drop_concept_mapping(*mapping).map(drop),
            Self::Review(mapping, organisation, verdict) => {
                workspace.review_mapping(*mapping, organisation, *verdict, None, "daarom").map(drop)
            }
            Self::Fix(document, (page, start, end), concept) => {
                workspace.fix_sense(*document, *page, *start, *end, *concept).map(drop)
            }
        }
    }
}

/// A concept for a word of the vocabulary: a new one, or one that is there, said differently.
fn draft(of: Option<&ConceptView>, rng: &mut StdRng) -> ConceptDraft {
    let words = |text: String| vec![Words { text, language: Some("nl".into()) }];
    let form = Words { text: VOCABULARY[rng.random_range(0..VOCABULARY.len())].into(), language: Some("nl".into()) };
    let term = |form: Words, kind| TermDraft { form, kind, register: None, region: None, source: None };
    let other = Words { text: seed::word(rng, 7), language: Some("nl".into()) };
    ConceptDraft {
        concept: of.map(|view| view.concept.id),
        organisation: ORGANISATIONS[rng.random_range(0..ORGANISATIONS.len())].into(),
        terms: vec![term(form, TermKind::Preferred), term(other, TermKind::Jargon)],
        definitions: words(format!("Dat wat {} heet", seed::word(rng, 6))),
        sources: words("Proefwet, artikel 1".into()),
        scope_notes: Vec::new(),
        examples: Vec::new(),
        notes: Vec::new(),
        notation: None,
        status: ConceptStatus::Proposed,
        owner: None,
        valid_from: None,
        valid_to: None,
        hints: vec![seed::word(rng, 5)],
    }
}

fn mapping(from: ConceptId, to: ConceptId, rng: &mut StdRng) -> MappingDraft {
    use Relation::{FalseFriend, Narrower, NearlySame, Related, Same, Wider};
    let relations = [Same, NearlySame, Wider, Narrower, Related, FalseFriend];
    MappingDraft {
        mapping: None,
        from,
        relation: relations[rng.random_range(0..relations.len())],
        to: vec![to],
        compound: None,
        to_organisation: None,
        difference: vec![Words { text: seed::word(rng, 8), language: Some("nl".into()) }],
        consequence: Vec::new(),
        justification: Justification::Practice,
        proposed_by: None,
        valid_from: None,
        valid_to: None,
    }
}
