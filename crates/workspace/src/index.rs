//! Keeping the search index in step with the documents.
//!
//! The database knows which documents the index does not show yet, and which commit of the index it has seen. A commit begins with a
//! note of its nonce and ends with a note that it is done; after a crash either nonce is good, and an index with any other is an old
//! copy. The index is a cache: on any doubt it is thrown away and made again, and the user is told.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use koplamp_model::DocumentId;
use koplamp_search::{Entry, Index, IndexError, Opened, Options, SealedDirectory, Senses};
use koplamp_vault::Vault;

use crate::glossary::Kept;
use crate::{Notice, WorkspaceError};

/// Documents in one commit of the index.
const BATCH: u32 = 2_000;

/// The index of an open workspace.
pub(crate) struct Indexer {
    index: RwLock<Option<Index>>,
    /// One catching up at a time.
    catching_up: Mutex<()>,
    notices: Mutex<Vec<Notice>>,
    glossary: Arc<Kept>,
}

impl Indexer {
    /// Opens the index and brings it in step.
    pub(crate) fn open(vault: &Vault, glossary: Arc<Kept>) -> Result<Self, WorkspaceError> {
        let indexer =
            Self { index: RwLock::new(None), catching_up: Mutex::new(()), notices: Mutex::new(Vec::new()), glossary };
        match open(vault)? {
            Ok(index) => indexer.put(Some(index)),
            Err(reason) => indexer.replace(vault, reason)?,
        }
        indexer.catch_up(vault)?;
        Ok(indexer)
    }

    /// Shows everything that changed. Returns when it can be found.
    pub(crate) fn catch_up(&self, vault: &Vault) -> Result<(), WorkspaceError> {
        self.or_rebuild(vault, |index| self.step(vault, index))
    }

    fn step(&self, vault: &Vault, index: &Index) -> Result<(), WorkspaceError> {
        let _one_at_a_time = self.catching_up.lock().unwrap_or_else(PoisonError::into_inner);
        self.note_changed_words(vault, index)?;
        loop {
            let waiting = vault.unindexed(BATCH)?;
            if waiting.is_empty() {
                return Ok(());
            }
            for (document, _) in &waiting {
                self.show(vault, index, *document)?;
            }
            let nonce = DocumentId::random().to_string();
            vault.begin_index(&nonce)?;
            index.commit(&nonce)?;
            vault.confirm_index(&nonce, &waiting)?;
        }
    }

    /// Puts a document into the index as it is now, or takes it out when it is gone.
    fn show(&self, vault: &Vault, index: &Index, document: DocumentId) -> Result<(), WorkspaceError> {
        use koplamp_vault::VaultError::NoSuchDocument;
        let found = match vault.document(document) {
            Err(NoSuchDocument(_)) => return Ok(index.remove(document)?),
            found => found?,
        };
        let pages = vault.pages(document, 1, u32::MAX)?;
        let senses = self.glossary.get(vault)?;
        let senses = Senses {
            title: senses.lexicon.marks(&found.title, &found.labels.organisation, found.kind, &[]),
            pages: senses.senses_of(vault, &found, &pages)?,
        };
        let entry = Entry {
            id: document,
            title: &found.title,
            path: &found.path,
            kind: found.kind,
            labels: &found.labels,
            date: found.date.as_deref(),
            pages: &pages,
            senses: &senses,
        };
        Ok(index.put(&entry)?)
    }

    /// After a change of the glossary: puts the documents that hold a word whose senses changed on the list of what is to be indexed.
    fn note_changed_words(&self, vault: &Vault, index: &Index) -> Result<(), WorkspaceError> {
        let changed = vault.changed_words()?;
        if changed.is_empty() {
            return Ok(());
        }
        // Those that are kept may be from before the change.
        self.glossary.forget();
        let mut holding = BTreeSet::new();
        for (word, _) in &changed {
            holding.extend(index.holding(word)?);
        }
        let holding: Vec<DocumentId> = holding.into_iter().collect();
        Ok(vault.note_senses(&changed, &holding)?)
    }

    /// Runs `work` on the index; when the index turns out to be damaged, makes it again and runs `work` once more.
    pub(crate) fn or_rebuild<T>(
        &self,
        vault: &Vault,
        work: impl Fn(&Index) -> Result<T, WorkspaceError>,
    ) -> Result<T, WorkspaceError> {
        match self.with(&work) {
            Err(error) => match damage(&error) {
                Some(reason) => {
                    self.rebuild(vault, reason)?;
                    self.with(&work)
                }
                None => Err(error),
            },
            done => done,
        }
    }

    /// Throws the index away, makes it again and tells why.
    pub(crate) fn rebuild(&self, vault: &Vault, reason: String) -> Result<(), WorkspaceError> {
        self.replace(vault, reason)?;
        // A fresh index that is damaged at once is a disk that loses what is written: making it again would not help.
        self.with(|index| self.step(vault, index))
    }

    /// Reads all of the index and checks it.
    pub(crate) fn verify(&self) -> Result<(), WorkspaceError> {
        self.with(|index| Ok(index.verify()?))
    }

    /// What the user has to be told.
    pub(crate) fn notices(&self) -> Vec<Notice> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Closes the index, so that nothing of it stays in memory.
    pub(crate) fn close(&self) -> Result<(), WorkspaceError> {
        match self.index.write().unwrap_or_else(PoisonError::into_inner).take() {
            Some(index) => Ok(index.close()?),
            None => Ok(()),
        }
    }

    fn replace(&self, vault: &Vault, reason: String) -> Result<(), WorkspaceError> {
        if let Some(old) = self.index.write().unwrap_or_else(PoisonError::into_inner).take() {
            // It is damaged: that it does not close in good order is no news.
            drop(old.close());
        }
        vault.discard_index()?;
        self.notices.lock().unwrap_or_else(PoisonError::into_inner).push(Notice::IndexRebuilt { reason });
        match open(vault)? {
            Ok(index) => {
                self.put(Some(index));
                Ok(())
            }
            Err(reason) => Err(IndexError::Damaged(reason).into()),
        }
    }

    fn put(&self, index: Option<Index>) {
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = index;
    }

    fn with<T>(&self, work: impl FnOnce(&Index) -> Result<T, WorkspaceError>) -> Result<T, WorkspaceError> {
        match self.index.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            Some(index) => work(index),
            None => Err(IndexError::Damaged("it is closed".into()).into()),
        }
    }
}

/// The index, or why it must not be used.
fn open(vault: &Vault) -> Result<Result<Index, String>, WorkspaceError> {
    let directory = SealedDirectory::new(vault.index_folder()?, SealedDirectory::MEMORY);
    let known = vault.index_commits()?;
    Ok(match Index::open(directory, Options::default())? {
        Opened::Fresh(index) if known.is_empty() => Ok(index),
        Opened::Fresh(_) => Err("it is gone".into()),
        Opened::Ready { index, commit, .. } if known.contains(&commit) => {
            // After a crash it may be the commit that was being made: from now on it is the one that belongs to the database.
            vault.confirm_index(&commit, &[])?;
            Ok(index)
        }
        Opened::Ready { .. } => Err("it is not the one that belongs to the database (an old copy?)".into()),
        Opened::Unusable(reason) => Err(reason.to_string()),
    })
}

/// Why an error means that the index must be made again; none when it means something else.
fn damage(error: &WorkspaceError) -> Option<String> {
    use koplamp_search::SearchError;
    match error {
        WorkspaceError::Index(IndexError::Damaged(reason))
        | WorkspaceError::Search(SearchError::Index(IndexError::Damaged(reason))) => Some(reason.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use koplamp_model::{
        Concept, ConceptId, ConceptStatus, GlossaryRecord, Import, Kind, Labels, Operation, Page, Scheme, SchemeId,
        Term, TermKind, Words,
    };
    use koplamp_vault::Reading;

    use super::*;
    use crate::{DeviceSecretSource, KdfParameters, NewWorkspace, Workspace};

    fn document(vault: &Vault, text: &str) -> DocumentId {
        let document = DocumentId::random();
        let import = Import {
            document,
            parent: None,
            blob: None,
            sha256: String::new(),
            size: 0,
            path: format!("{document}.txt"),
            labels: Labels {
                organisation: "politie".into(),
                source: "proef".into(),
                purpose: "wpg-8".into(),
                marking: None,
                handling: None,
            },
            failure: None,
        };
        let reading = Reading {
            kind: Kind::Txt,
            title: None,
            author: None,
            date: None,
            pages: vec![Page { number: 1, label: None, text: text.into() }],
            identifiers: Vec::new(),
            failure: None,
        };
        vault.act(None, vec![Operation::DocumentImported(import)], &[(document, reading)]).unwrap();
        document
    }

    /// A concept that goes by this word.
    fn concept(word: &str) -> Operation {
        let (scheme, concept) = (SchemeId::of(&[b"proef"]), ConceptId::of(&[word.as_bytes()]));
        let form = Words { text: word.into(), language: Some("nl".into()) };
        let set = vec![
            GlossaryRecord::Scheme(Scheme {
                id: scheme,
                iri: "urn:proef".into(),
                organisation: "politie".into(),
                title: Vec::new(),
                version: None,
                other: String::new(),
            }),
            GlossaryRecord::Concept(Concept {
                id: concept,
                scheme,
                iri: format!("urn:proef:{word}"),
                version: 1,
                definitions: vec![form.clone()],
                sources: Vec::new(),
                scope_notes: Vec::new(),
                examples: Vec::new(),
                notes: Vec::new(),
                notation: None,
                status: ConceptStatus::Proposed,
                owner: None,
                valid_from: None,
                valid_to: None,
                broader: Vec::new(),
                narrower: Vec::new(),
                related: Vec::new(),
                hints: Vec::new(),
                used_by: Vec::new(),
                default_for: Vec::new(),
                other: String::new(),
            }),
            GlossaryRecord::Term(Term {
                id: Term::id_of(concept, TermKind::Preferred, &form),
                concept,
                form,
                kind: TermKind::Preferred,
                register: None,
                region: None,
                source: None,
                iri: None,
                other: String::new(),
            }),
        ];
        Operation::GlossaryChanged { organisation: "politie".into(), set, dropped: Vec::new() }
    }

    #[test]
    fn a_changed_glossary_has_only_the_documents_indexed_again_that_hold_a_word_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let new = NewWorkspace {
            name: "Zaak",
            organisation: "politie",
            person: "Jan",
            passphrase: "vier woorden op een rij",
            device_secret: &DeviceSecretSource::File(folder.path().join("s")),
        };
        let parameters = KdfParameters::weak_for_tests();
        let workspace = Workspace::create_with(&folder.path().join("z"), &new, parameters).unwrap().workspace;
        let vault = workspace.vault();
        let holding = [document(vault, "Hij deed aangifte."), document(vault, "Twee aangiften, en geen betaling.")];
        document(vault, "Hij betaalde.");
        workspace.show_changes().unwrap();
        assert!(vault.unindexed(9).unwrap().is_empty());

        vault.act(None, vec![concept("aangifte")], &[]).unwrap();
        let indexer = workspace.indexer();
        indexer.with(|index| indexer.note_changed_words(vault, index)).unwrap();
        let waiting: BTreeSet<DocumentId> = vault.unindexed(9).unwrap().into_iter().map(|(id, _)| id).collect();
        assert_eq!(waiting, BTreeSet::from(holding));
        assert!(vault.changed_words().unwrap().is_empty(), "the word is done with");
        workspace.show_changes().unwrap();
        assert!(vault.unindexed(9).unwrap().is_empty());
        let lexicon = &workspace.glossary().unwrap().lexicon;
        assert_eq!(lexicon.senses("aangifte").len(), 1, "what is kept ready is the glossary from after the change");
    }
}
