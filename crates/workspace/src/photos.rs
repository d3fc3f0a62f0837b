//! Photos of entities: a picture document of the case, chosen as a statement; its portrait is made in the caged worker, and kept.

use koplamp_intake::{Worker, portrait};
use koplamp_model::{Change, DocumentId, EntityId, Evidence, Fact, Operation, PHOTO, Recording, StatementId, Value};

use crate::statements::{PassagePlace, Stated, invalid};
use crate::{Job, Workspace, WorkspaceError};

/// The worker's name for making a portrait.
const TASK: &str = "portrait";

impl Workspace {
    /// The portrait of a picture document: a JPEG, small and square. It is made when it is asked for first, and kept.
    ///
    /// # Errors
    /// When the document is not there, or no portrait can be made of it: the error says why.
    pub fn portrait(&self, document: DocumentId, worker: &Worker) -> Result<Vec<u8>, WorkspaceError> {
        self.vault().document(document)?;
        if let Some(kept) = self.vault().portrait(document)? {
            return Ok(kept);
        }
        let original = self.vault().original(document)?;
        let receive = |pipe: &mut dyn std::io::Read| portrait::receive(pipe);
        let job = Job::unwatched();
        let made = worker.run(TASK, &[], &original, receive, &|| job.cancelled())??;
        self.vault().keep_portrait(document, &made)?;
        Ok(made)
    }

    /// Chooses a picture document as the photo of an entity: a statement that rests on the document, with its labels. The last one that
    /// is stated is the one that is shown; withdrawing it brings the one before it back.
    ///
    /// # Errors
    /// When entity or document are not there, or no portrait can be made of the document.
    pub fn choose_photo(
        &self,
        entity: EntityId,
        document: DocumentId,
        worker: &Worker,
    ) -> Result<Change, WorkspaceError> {
        if self.with_known(|known| known.item(entity).is_none_or(|item| !item.ends.is_empty()))? {
            return Err(invalid("entity", "a photo is of an entity that is there, not of a link"));
        }
        self.portrait(document, worker)?;
        let found = self.vault().document(document)?;
        let place = PassagePlace { document, page: 1, start: 0, end: 0 };
        let standing = self.standing(&Stated { passage: Some(place), ..Stated::default() })?;
        let fact = Fact {
            id: StatementId::random(),
            entity,
            property: PHOTO.to_owned(),
            value: Value::Text(found.title),
            evidence: Some(Evidence::whole(document)),
            valid_from: None,
            valid_to: None,
        };
        self.change(vec![Operation::Recorded(Recording { standing, facts: vec![fact] })])
    }

    /// The document that shows an entity, if one was chosen.
    ///
    /// # Errors
    /// When what is known cannot be read.
    pub fn photo(&self, entity: EntityId) -> Result<Option<DocumentId>, WorkspaceError> {
        self.with_known(|known| known.item(entity).and_then(|item| item.photo))
    }
}
