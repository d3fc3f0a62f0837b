//! Coverage: where the glossary has gaps, as the documents of the case show. It is where an expert starts.

use koplamp_glossary::{Counting, Coverage, Meanings};
use koplamp_model::Audit;
use koplamp_vault::DocumentFilter;

use crate::{Job, Workspace, WorkspaceError};

impl Workspace {
    /// Which words of the documents no glossary knows, and which words two organisations use and nobody mapped; of each at most `most`, the
    /// most frequent first. Kept for the auditor: it brings together what different organisations wrote.
    ///
    /// # Errors
    /// When the database cannot be read, or the job is cancelled.
    pub fn coverage(&self, most: usize, job: &Job) -> Result<Coverage, WorkspaceError> {
        let (total, documents) = self.vault().documents(DocumentFilter::All, u32::MAX, 0)?;
        self.vault().audit(Audit::Combined { what: "coverage".into(), entities: u64::from(total) })?;
        let ready = self.glossary()?;
        let mut counting = Counting::new(&ready.lexicon);
        for (place, document) in (0_u32..).zip(&documents) {
            for page in self.vault().pages(document.id, 1, u32::MAX)? {
                counting.page(&page.text, &document.labels.organisation, document.kind);
            }
            if !job.share("coverage", f64::from(place + 1) / f64::from(total.max(1))) {
                return Err(WorkspaceError::Cancelled);
            }
        }
        Ok(counting.finish(&Meanings::new(&ready.glossary), most))
    }
}
