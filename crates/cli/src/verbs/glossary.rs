//! The glossary: in and out, looked up, mapped, answered.

use std::path::Path;

use koplamp_model::{ConceptMapping, Relation, Review, ReviewVerdict, Words};
use koplamp_workspace::{
    GlossaryFormat, GlossaryReport, Job, LookUp, MappingDraft, MappingView, Target, Worker, Workspace, WorkspaceError,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::case::change;
use super::chart::job;
use super::documents::id;
use super::with_workspace;
use crate::arguments::{Common, GlossaryAct};
use crate::output::{self, Failed};

pub fn glossary(common: &Common, folder: &Path, act: &GlossaryAct) -> Result<(), Failed> {
    match act {
        GlossaryAct::Import { file, organisation, format, accept_violations } => {
            let format = format.as_deref().map(self::format).transpose()?;
            take_in(common, folder, |workspace, worker, job| {
                workspace.import_glossary(file, organisation, format, *accept_violations, worker, job)
            })
        }
        GlossaryAct::Seed => take_in(common, folder, Workspace::seed_glossary),
        GlossaryAct::Export { file, format, organisation, overwrite } => {
            let target = Target { path: file, overwrite: *overwrite };
            export(common, folder, &target, self::format(format)?, organisation.as_deref())
        }
        GlossaryAct::LookUp { word, lens } => {
            let found = with_workspace(common, folder, |workspace| Ok(workspace.look_up(word, lens.as_deref())?))?;
            if common.json { output::json(&found) } else { print_look_up(&found) }
        }
        GlossaryAct::Map { .. } => map(common, folder, act),
        GlossaryAct::Review { mapping, dispute, organisation, reviewer, reason, .. } => {
            let verdict = if *dispute { ReviewVerdict::Dispute } else { ReviewVerdict::Accept };
            let view = with_workspace(common, folder, |workspace| {
                let mapping = workspace.mapping_named(mapping)?;
                workspace.review_mapping(mapping, organisation, Some(verdict), reviewer.as_deref(), reason)?;
                Ok(workspace.concept_mapping(mapping)?)
            })?;
            told(common, &view)?;
            if common.json { Ok(()) } else { view.reviews.iter().try_for_each(|review| output::line(said(review))) }
        }
        GlossaryAct::Mappings { status } => {
            let status = status.as_deref().map(|code| of_code("status", code)).transpose()?;
            let (views, offers) = with_workspace(common, folder, |workspace| {
                Ok((workspace.concept_mappings(status)?, workspace.offered_mappings()?))
            })?;
            if common.json {
                let views: Vec<Value> = views.iter().map(mapping_json).collect();
                return output::json(&json!({ "mappings": views, "offered": offers }));
            }
            views.iter().try_for_each(|view| output::line(mapping_line(view)))?;
            offers.iter().try_for_each(|offer| {
                output::line(format!(
                    "{}:{} may be the same as {}:{}, by a chain of {}",
                    offer.from_organisation,
                    offer.from_label,
                    offer.to_organisation,
                    offer.to_label,
                    output::count(offer.through.len() as u64, "mapping", "mappings")
                ))
            })
        }
        GlossaryAct::Drop { what } => {
            change(common, folder, "Dropped", |workspace| match workspace.mapping_named(what) {
                Ok(mapping) => workspace.drop_concept_mapping(mapping),
                Err(_) => workspace.drop_concept(workspace.concept_named(what)?),
            })
        }
        GlossaryAct::Coverage { limit } => coverage(common, folder, *limit),
        GlossaryAct::Sense { document, page, start, end, concept } => {
            let document = id(document)?;
            change(common, folder, "Said", |workspace| {
                let concept = concept.as_deref().map(|concept| workspace.concept_named(concept)).transpose()?;
                workspace.fix_sense(document, *page, *start, *end, concept)
            })
        }
    }
}

fn take_in(
    common: &Common,
    folder: &Path,
    act: impl FnOnce(&Workspace, &Worker, &Job) -> Result<GlossaryReport, WorkspaceError>,
) -> Result<(), Failed> {
    let worker = Worker::beside_this_program().map_err(WorkspaceError::from)?;
    let report = with_workspace(common, folder, |workspace| Ok(act(workspace, &worker, &job(common))?))?;
    let GlossaryReport { concepts, terms, mappings, violations, rejected, refused, .. } = &report;
    if common.json {
        let answer = json!({
            "concepts": concepts, "terms": terms, "mappings": mappings, "violations": violations, "rejected": rejected,
        });
        output::json(&answer)?;
    } else {
        for violation in violations {
            let line = violation.line.map(|line| format!("line {line}: ")).unwrap_or_default();
            let must = if violation.mandatory { "must" } else { "should" };
            output::line(format!("{line}{}: {must}: {} ({})", violation.subject, violation.message, violation.rule))?;
        }
        for row in rejected {
            output::line(format!("line {}: left out: {}", row.line, row.reason))?;
        }
        if !refused {
            output::line(format!(
                "{}, {}, {}",
                output::count(*concepts, "concept", "concepts"),
                output::count(*terms, "term", "terms"),
                output::count(*mappings, "mapping", "mappings")
            ))?;
        }
    }
    if *refused {
        let broken = violations.iter().filter(|violation| violation.mandatory).count();
        let broken = output::count(broken as u64, "mandatory rule is", "mandatory rules are");
        return Err(Failed::Refused(format!(
            "{broken} broken, and nothing of the file was kept; mend it, or take it in with --accept-violations"
        )));
    }
    Ok(())
}

fn export(
    common: &Common,
    folder: &Path,
    target: &Target<'_>,
    format: GlossaryFormat,
    organisation: Option<&str>,
) -> Result<(), Failed> {
    let (concepts, mappings) =
        with_workspace(common, folder, |workspace| Ok(workspace.export_glossary(format, organisation, target)?))?;
    if common.json {
        let answer = json!({ "file": target.path, "format": format, "concepts": concepts, "mappings": mappings });
        return output::json(&answer);
    }
    let concepts = output::count(concepts, "concept", "concepts");
    output::line(format!(
        "{concepts}, {} written to {}",
        output::count(mappings, "mapping", "mappings"),
        target.path.display()
    ))
}

fn map(common: &Common, folder: &Path, act: &GlossaryAct) -> Result<(), Failed> {
    let GlossaryAct::Map {
        from,
        relation,
        to,
        difference,
        consequence,
        justification,
        compound,
        organisation,
        side,
        valid_from,
        valid_to,
    } = act
    else {
        return Ok(());
    };
    let relation = self::relation(relation)?;
    let none = relation == Relation::NoEquivalent;
    let words = |text: &str| match text.trim() {
        "" => Vec::new(),
        text => vec![Words { text: text.to_owned(), language: Some("nl".to_owned()) }],
    };
    let (difference, consequence) = (words(difference), words(consequence));
    let justification = of_code("justification", justification)?;
    let compound = compound.as_deref().map(|code| of_code("compound", code)).transpose()?;
    let view = with_workspace(common, folder, |workspace| {
        let named = |to: &String| workspace.concept_named(to);
        let (concepts, to_organisation) = match (none, to.as_slice()) {
            (true, [organisation]) => (Vec::new(), Some(organisation.clone())),
            (true, _) => {
                return Err(Failed::Usage("no_equivalent names one organisation: the one that has none".into()));
            }
            (false, to) => (to.iter().map(named).collect::<Result<_, _>>()?, side.clone()),
        };
        let draft = MappingDraft {
            mapping: None,
            from: workspace.concept_named(from)?,
            relation,
            to: concepts,
            compound,
            to_organisation,
            difference,
            consequence,
            justification,
            proposed_by: organisation.clone(),
            valid_from: valid_from.clone(),
            valid_to: valid_to.clone(),
        };
        let (mapping, _) = workspace.propose_mapping(&draft)?;
        Ok(workspace.concept_mapping(mapping)?)
    })?;
    told(common, &view)
}

fn coverage(common: &Common, folder: &Path, limit: usize) -> Result<(), Failed> {
    let found = with_workspace(common, folder, |workspace| Ok(workspace.coverage(limit, &job(common))?))?;
    if common.json {
        return output::json(&found);
    }
    output::line("Words that no glossary knows:")?;
    for word in &found.unknown {
        output::line(format!("{:>7}  {}  ({})", word.count, word.word, word.organisations.join(", ")))?;
    }
    output::line("Words of several organisations that nobody mapped:")?;
    for word in &found.unmapped {
        let between: Vec<String> = word.between.iter().map(|(one, other)| format!("{one}-{other}")).collect();
        output::line(format!("{:>7}  {}  ({})", word.count, word.word, between.join(", ")))?;
    }
    for word in &found.several {
        let senses = output::count(word.unmapped.len() as u64, "meaning", "meanings");
        output::line(format!("{}: '{}' has {senses} that nobody mapped", word.organisation, word.word))?;
    }
    Ok(())
}

fn told(common: &Common, view: &MappingView) -> Result<(), Failed> {
    if common.json { output::json(&mapping_json(view)) } else { output::line(mapping_line(view)) }
}

fn mapping_json(view: &MappingView) -> Value {
    let ConceptMapping { id, from, relation, to, compound, to_organisation, difference, consequence, .. } =
        &view.mapping;
    json!({
        "mapping": id, "status": view.status, "relation": relation,
        "from": { "organisation": view.from_organisation, "concept": from.concept, "version": from.version,
            "label": view.from_label },
        "to": to.iter().zip(&view.to_labels).map(|(to, label)| json!({
            "organisation": to_organisation, "concept": to.concept, "version": to.version, "label": label,
        })).collect::<Vec<_>>(),
        "to_organisation": to_organisation, "compound": compound, "difference": difference,
        "consequence": consequence, "justification": view.mapping.justification,
        "proposed_by": view.mapping.proposed_by, "valid_from": view.mapping.valid_from,
        "valid_to": view.mapping.valid_to, "reviews": view.reviews,
        "missing": view.missing,
    })
}

fn print_look_up(found: &LookUp) -> Result<(), Failed> {
    if found.senses.is_empty() {
        return output::line(format!("No glossary knows '{}'.", found.word));
    }
    for sense in &found.senses {
        let dutch = sense.terms.iter().find(|term| term.form.language.as_deref() == Some("nl"));
        let label = dutch.or(sense.terms.first()).map_or(sense.iri.as_str(), |term| &term.form.text);
        output::line(format!("{}: {label} ({})", sense.organisation, sense.concept))?;
        for words in sense.definitions.iter().chain(&sense.sources) {
            output::line(format!("    {}", words.text))?;
        }
        for mapping in &sense.mappings {
            let others: Vec<&str> = mapping.others.iter().map(|other| other.term.as_str()).collect();
            output::line(format!(
                "    {} {}:{} [{}] {}{}{}",
                code(json!(mapping.relation)),
                mapping.organisation,
                others.join(" + "),
                code(json!(mapping.status)),
                mapping.mapping,
                first(&mapping.difference),
                first(&mapping.consequence)
            ))?;
        }
    }
    Ok(())
}

fn mapping_line(view: &MappingView) -> String {
    let missing = if view.missing.is_empty() { "" } else { " (other side not here yet)" };
    let to = if view.to_labels.is_empty() { String::new() } else { format!(":{}", view.to_labels.join(" + ")) };
    format!(
        "{}:{} {} {}{to} [{}]{missing} {}{}{}",
        view.from_organisation,
        view.from_label,
        code(json!(view.mapping.relation)),
        view.mapping.to_organisation,
        code(json!(view.status)),
        view.mapping.id,
        first(&view.mapping.difference),
        first(&view.mapping.consequence)
    )
}

/// What an organisation says of a mapping, whose judgement that is, and who entered it.
fn said(review: &Review) -> String {
    let why = if review.reason.is_empty() { String::new() } else { format!(": {}", review.reason) };
    let verdict = code(json!(review.verdict));
    match &review.reviewer {
        Some(reviewer) if *reviewer == review.person => {
            format!("    {}: {verdict} by {reviewer}{why}", review.organisation)
        }
        Some(reviewer) => {
            format!("    {0}: {verdict} by {reviewer}, entered by {1} for {0}{why}", review.organisation, review.person)
        }
        None => format!("    {0}: {verdict}, entered by {1} for {0}{why}", review.organisation, review.person),
    }
}

/// What a code of the model is written as.
fn code(value: Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn first(words: &[Words]) -> String {
    words.first().map(|words| format!("; {}", words.text)).unwrap_or_default()
}

fn format(code: &str) -> Result<GlossaryFormat, Failed> {
    GlossaryFormat::from_code(code).ok_or_else(|| {
        Failed::Usage(format!("'{code}' is no format: turtle, jsonld, rdfxml, csv or sssom is expected"))
    })
}

/// A relation by our name for it, or by that of SKOS.
fn relation(name: &str) -> Result<Relation, Failed> {
    match name.strip_prefix("skos:").unwrap_or(name) {
        "exactMatch" => Ok(Relation::Same),
        "closeMatch" => Ok(Relation::NearlySame),
        "broadMatch" => Ok(Relation::Wider),
        "narrowMatch" => Ok(Relation::Narrower),
        "relatedMatch" => Ok(Relation::Related),
        code => of_code("relation", &code.replace('-', "_")),
    }
}

/// What a code of the model stands for.
fn of_code<T: DeserializeOwned>(what: &str, code: &str) -> Result<T, Failed> {
    serde_json::from_value(json!(code)).map_err(|error| Failed::Usage(format!("{what}: {error}")))
}
