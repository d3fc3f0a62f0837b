//! The glossary that is built in: a first proposal for six organisations, of which nothing is agreed.

use koplamp_glossary::Format;
use koplamp_intake::Worker;

use super::import::read;
use crate::{GlossaryReport, Job, Workspace, WorkspaceError};

/// The files. Each scheme says whose it is; the mappings are of those who have the concepts that they start from.
const FILES: [&[u8]; 7] = [
    include_bytes!("../../../../resources/glossary/politie.ttl"),
    include_bytes!("../../../../resources/glossary/om.ttl"),
    include_bytes!("../../../../resources/glossary/belastingdienst.ttl"),
    include_bytes!("../../../../resources/glossary/douane.ttl"),
    include_bytes!("../../../../resources/glossary/fiod.ttl"),
    include_bytes!("../../../../resources/glossary/kmar.ttl"),
    include_bytes!("../../../../resources/glossary/mappings.ttl"),
];

impl Workspace {
    /// Takes in the glossary that is built in, in one act. It is read as any file is; taking it in again adds nothing.
    ///
    /// # Errors
    /// When the worker cannot be started, or the database does not take it.
    pub fn seed_glossary(&self, worker: &Worker, job: &Job) -> Result<GlossaryReport, WorkspaceError> {
        // Turtle files one behind the other are one Turtle file, in which the mappings find the concepts that they name.
        let bytes = FILES.join(&b'\n');
        let incoming = read(&bytes, Format::Turtle, self.vault().organisation(), worker, job)?;
        self.take_glossary(incoming, false)
    }
}
