//! The glossary in: a file of terms becomes records, or is refused whole.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::Path;

use koplamp_glossary::task::{self, Request};
use koplamp_glossary::{
    Concepts, Conflict, Format, GlossaryError, Limits, Meanings, Read, may_add, names_of_ends, taken_over,
};
use koplamp_intake::Worker;
use koplamp_model::{
    Change, ConceptId, ConceptMappingId, Glossary, GlossaryId, GlossaryRecord, Operation, RejectedRow, Term, Violation,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::beside::{
    answers_to_other_words, closed_circles, keep_described, name_sides, raise_versions, still_unknown, take_up,
};
use crate::statements::invalid;
use crate::{Job, Workspace, WorkspaceError};

/// Records in one operation: its payload stays small enough to be read at once.
const BATCH: usize = 500;
/// The worker's name for reading files of terms.
const TASK: &str = "glossary";

/// What an import of a glossary did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GlossaryReport {
    /// Concepts that came in or say something else now.
    pub concepts: u32,
    /// Terms that came in or say something else now.
    pub terms: u32,
    /// Mappings that came in or say something else now.
    pub mappings: u32,
    /// What breaks a rule of the profile, or cannot stand beside what is there.
    pub violations: Vec<Violation>,
    /// Rows of a table that were left out, and why.
    pub rejected: Vec<RejectedRow>,
    /// Whether nothing was kept, because a mandatory rule is broken and nobody accepted that.
    pub refused: bool,
    /// What changed; none when everything was there already, or it was refused.
    pub change: Option<Change>,
}

impl Workspace {
    /// Takes in a file of terms: SKOS in Turtle, JSON-LD or RDF/XML, or a table. Of the concepts in it, it is the last word: their terms are
    /// then those of the file, and a changed meaning puts their mappings to "recheck". What it does not name stays as it is. Taking it in
    /// again adds nothing.
    ///
    /// # Errors
    /// When the file cannot be read as what it should be: then nothing of it is kept, and the error names the line.
    pub fn import_glossary(
        &self,
        file: &Path,
        organisation: &str,
        format: Option<Format>,
        accept_violations: bool,
        worker: &Worker,
        job: &Job,
    ) -> Result<GlossaryReport, WorkspaceError> {
        let organisation = self.known_organisation(organisation)?;
        let bytes = contents(file)?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let format = format.or_else(|| Format::guess(&name, &bytes)).ok_or_else(|| {
            invalid("format", &format!("'{name}' is none of turtle, jsonld, rdfxml, csv; name the format if it is"))
        })?;
        let incoming = read(&bytes, format, &organisation, worker, job)?;
        self.take_glossary(incoming, accept_violations)
    }

    /// Keeps what came in, as far as it is new, in one act.
    pub(super) fn take_glossary(
        &self,
        incoming: Read,
        accept_violations: bool,
    ) -> Result<GlossaryReport, WorkspaceError> {
        let Read { mut glossary, mut violations, rejected } = incoming;
        let ready = self.glossary()?;
        let before = &ready.glossary;
        violations = still_unknown(violations, before);
        violations.extend(taken_over(&glossary, before));
        keep_described(&mut glossary, before);
        raise_versions(&mut glossary, before);
        let union = together(before, &glossary);
        violations.extend(closed_circles(&violations, before, &union));
        name_sides(&mut glossary, before, &union);
        let met = take_up(&mut glossary, &union);
        violations.extend(leave_out_excluded(&mut glossary, before, &union, &met));
        violations.sort();
        violations.dedup();
        if !accept_violations && violations.iter().any(|violation| violation.mandatory) {
            return Ok(GlossaryReport { violations, rejected, refused: true, ..GlossaryReport::default() });
        }
        let records = changed(&glossary, before);
        let dropped = left_out(&glossary, before);
        let count = |of: fn(&GlossaryRecord) -> bool| {
            u32::try_from(records.iter().filter(|record| of(record)).count()).unwrap_or(u32::MAX)
        };
        let mut report = GlossaryReport {
            concepts: count(|record| matches!(record, GlossaryRecord::Concept(_))),
            terms: count(|record| matches!(record, GlossaryRecord::Term(_))),
            mappings: count(|record| matches!(record, GlossaryRecord::Mapping(_))),
            violations,
            rejected,
            refused: false,
            change: None,
        };
        let mut operations = operations(records, dropped, &union, self.vault().organisation());
        operations.extend(answers_to_other_words(&glossary, before));
        if !operations.is_empty() {
            report.change = Some(self.change(operations)?);
        }
        Ok(report)
    }
}

/// The bytes of a file of terms.
fn contents(path: &Path) -> Result<Vec<u8>, WorkspaceError> {
    let error = |source| WorkspaceError::Io { action: "read", path: path.display().to_string(), source };
    let about = std::fs::metadata(path).map_err(error)?;
    if !about.is_file() {
        return Err(invalid("file", &format!("{} is no plain file", path.display())));
    }
    let (found, limit) = (about.len(), Limits::default().bytes);
    if found > limit {
        return Err(GlossaryError::TooLarge { found, limit }.into());
    }
    std::fs::read(path).map_err(error)
}

/// Has the worker read a file of terms, in its cage.
pub(super) fn read(
    bytes: &[u8],
    format: Format,
    organisation: &str,
    worker: &Worker,
    job: &Job,
) -> Result<Read, WorkspaceError> {
    let request = serde_json::to_vec(&Request::new(format, organisation))
        .map_err(|error| invalid("format", &error.to_string()))?;
    let worker = worker.clone().with_limits(koplamp_intake::Limits::of_tables());
    let receive = |pipe: &mut dyn io::Read| task::receive(pipe, &Limits::default());
    Ok(worker.run(TASK, &request, bytes, receive, &|| job.cancelled())??)
}

/// What stands when a file has come in: its records, and those that it does not name.
fn together(before: &Glossary, glossary: &Glossary) -> Glossary {
    let mut union = glossary.clone();
    let schemes: BTreeSet<_> = glossary.schemes.iter().map(|scheme| scheme.id).collect();
    let concepts: BTreeSet<_> = glossary.concepts.iter().map(|concept| concept.id).collect();
    union.schemes.extend(before.schemes.iter().filter(|scheme| !schemes.contains(&scheme.id)).cloned());
    union.concepts.extend(before.concepts.iter().filter(|concept| !concepts.contains(&concept.id)).cloned());
    let mappings: BTreeSet<_> = glossary.mappings.iter().map(|mapping| mapping.id).collect();
    union.mappings.extend(before.mappings.iter().filter(|mapping| !mappings.contains(&mapping.id)).cloned());
    union.terms.extend(before.terms.iter().filter(|term| !concepts.contains(&term.concept)).cloned());
    union
}

/// Takes out the mappings that cannot stand beside others, and tells why. One whose other side is not here yet is told, and waits for it.
///
/// What is `met` was said by files before this one, or of concepts of others: it is told, and this file is not refused for it.
fn leave_out_excluded(
    glossary: &mut Glossary,
    before: &Glossary,
    union: &Glossary,
    met: &BTreeSet<ConceptMappingId>,
) -> Vec<Violation> {
    let concepts = Concepts::new(union);
    let meanings = Meanings::new(union);
    let replaced: BTreeSet<_> = glossary.mappings.iter().map(|mapping| mapping.id).collect();
    let mut standing: Vec<_> =
        before.mappings.iter().filter(|mapping| !replaced.contains(&mapping.id)).cloned().collect();
    let mut violations = Vec::new();
    glossary.mappings.retain(|mapping| {
        let answer = may_add(mapping, &standing, &concepts);
        let stands = matches!(answer, Ok(()) | Err(Conflict::Unknown(_)));
        if stands {
            standing.push(mapping.clone());
        }
        if let Err(conflict) = answer {
            let in_file = names_of_ends(mapping);
            let named = |concept: ConceptId| match (concepts.get(concept), in_file.get(&concept)) {
                (Some(known), _) => known.iri.clone(),
                (None, Some(name)) => name.clone(),
                (None, None) => concept.to_string(),
            };
            let called = |concept: ConceptId| match meanings.called(concept, "nl") {
                "" => named(concept),
                word => word.to_owned(),
            };
            violations.push(Violation {
                subject: named(mapping.from.concept),
                rule: conflict.code().to_owned(),
                // What is there already, or waits for another file, breaks no rule: it is only left out.
                mandatory: !met.contains(&mapping.id)
                    && !matches!(
                        conflict,
                        Conflict::Already(_) | Conflict::Unknown(_) | Conflict::OtherOrganisation { .. }
                    ),
                message: conflict.message(named),
                parameters: conflict.told(mapping, called),
                line: None,
            });
        }
        stands
    });
    violations
}

/// The records that are new or say something else.
fn changed(glossary: &Glossary, before: &Glossary) -> Vec<GlossaryRecord> {
    fn fresh<T: Clone + PartialEq, I: std::hash::Hash + Eq>(
        now: &[T],
        before: &[T],
        id: impl Fn(&T) -> I,
        record: impl Fn(T) -> GlossaryRecord,
    ) -> Vec<GlossaryRecord> {
        let known: HashMap<I, &T> = before.iter().map(|record| (id(record), record)).collect();
        now.iter().filter(|record| known.get(&id(record)) != Some(record)).cloned().map(record).collect()
    }
    let mut records = fresh(&glossary.schemes, &before.schemes, |scheme| scheme.id, GlossaryRecord::Scheme);
    records.extend(fresh(&glossary.concepts, &before.concepts, |concept| concept.id, GlossaryRecord::Concept));
    records.extend(fresh(&glossary.terms, &before.terms, |term| term.id, GlossaryRecord::Term));
    records.extend(fresh(&glossary.mappings, &before.mappings, |mapping| mapping.id, GlossaryRecord::Mapping));
    records
}

/// The terms that concepts of the file had and no longer have.
fn left_out<'g>(glossary: &Glossary, before: &'g Glossary) -> Vec<&'g Term> {
    let concepts: BTreeSet<ConceptId> = glossary.concepts.iter().map(|concept| concept.id).collect();
    let terms: BTreeSet<_> = glossary.terms.iter().map(|term| term.id).collect();
    before.terms.iter().filter(|term| concepts.contains(&term.concept) && !terms.contains(&term.id)).collect()
}

/// The operations that keep and drop these records, each of the organisation whose they are.
fn operations(records: Vec<GlossaryRecord>, dropped: Vec<&Term>, union: &Glossary, own: &str) -> Vec<Operation> {
    let concepts = Concepts::new(union);
    let schemes: HashMap<_, _> = union.schemes.iter().map(|scheme| (scheme.id, scheme.organisation.as_str())).collect();
    let of = |concept| concepts.organisation(concept).unwrap_or(own).to_owned();
    let mut parts: BTreeMap<String, (Vec<GlossaryRecord>, Vec<GlossaryId>)> = BTreeMap::new();
    for record in records {
        let organisation = match &record {
            GlossaryRecord::Scheme(scheme) => scheme.organisation.clone(),
            GlossaryRecord::Concept(concept) => schemes.get(&concept.scheme).copied().unwrap_or(own).to_owned(),
            GlossaryRecord::Term(term) => of(term.concept),
            GlossaryRecord::Mapping(mapping) => mapping.proposed_by.clone(),
        };
        parts.entry(organisation).or_default().0.push(record);
    }
    for term in dropped {
        parts.entry(of(term.concept)).or_default().1.push(GlossaryId::Term(term.id));
    }
    let mut operations = Vec::new();
    for (organisation, (set, dropped)) in parts {
        let change = |set, dropped| Operation::GlossaryChanged { organisation: organisation.clone(), set, dropped };
        let mut set = set.into_iter().peekable();
        while set.peek().is_some() {
            operations.push(change(set.by_ref().take(BATCH).collect(), Vec::new()));
        }
        operations.extend(dropped.chunks(BATCH).map(|dropped| change(Vec::new(), dropped.to_vec())));
    }
    operations
}
