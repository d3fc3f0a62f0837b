//! The glossary kept ready in memory: its records, and the lexicon made of them. Made when it is first asked for, and anew when it changed.

use std::sync::{Arc, Mutex, PoisonError};

use koplamp_glossary::Lexicon;
use koplamp_model::{Document, Glossary, Page, SenseMark};
use koplamp_vault::Vault;

use crate::WorkspaceError;

/// The glossary as it stands, ready for texts.
pub(crate) struct Ready {
    pub(crate) glossary: Glossary,
    pub(crate) lexicon: Lexicon,
}

/// Where it is kept.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Option<Arc<Ready>>>);

impl Kept {
    /// The glossary as it stands.
    pub(crate) fn get(&self, vault: &Vault) -> Result<Arc<Ready>, WorkspaceError> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ready) = kept.as_ref() {
            return Ok(Arc::clone(ready));
        }
        let glossary = vault.glossary()?;
        let lexicon = Lexicon::new(&glossary);
        let ready = Arc::new(Ready { glossary, lexicon });
        *kept = Some(Arc::clone(&ready));
        Ok(ready)
    }

    /// Forgets it: it changed.
    pub(crate) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Ready {
    /// The words of the glossary in these pages of a document, one list a page, each with its sense. What a person said of a place counts
    /// above all, as long as the same word stands there.
    pub(crate) fn senses_of(
        &self,
        vault: &Vault,
        document: &Document,
        pages: &[Page],
    ) -> Result<Vec<Vec<SenseMark>>, WorkspaceError> {
        if self.glossary.terms.is_empty() {
            return Ok(vec![Vec::new(); pages.len()]);
        }
        let fixed = vault.fixed_senses(document.id)?;
        let marks = pages.iter().map(|page| {
            let here = fixed.iter().filter(|fixed| {
                fixed.page == page.number
                    && quote(&page.text, fixed.start, fixed.end).as_deref() == Some(fixed.quote.as_str())
            });
            let here: Vec<_> = here.map(|fixed| (fixed.start..fixed.end, fixed.concept)).collect();
            self.lexicon.marks(&page.text, &document.labels.organisation, document.kind, &here)
        });
        Ok(marks.collect())
    }
}

/// The characters `start..end` of a text; none when there are not so many.
pub(super) fn quote(text: &str, start: u32, end: u32) -> Option<String> {
    let length = end.checked_sub(start).filter(|length| *length > 0)? as usize;
    let quote: String = text.chars().skip(start as usize).take(length).collect();
    (quote.chars().count() == length).then_some(quote)
}
