//! Mappings as SSSOM/TSV (Matentzoglu et al., "A Simple Standard for Sharing Ontological Mappings", Database, 2022;
//! <https://w3id.org/sssom/>): a row a mapping, with its justification.
//!
//! A false friend is `skos:exactMatch` with the modifier `Not`; no equivalent is the object `sssom:NoTermFound`, with the scheme in which
//! there is none. Where a mapping stands and what it rests on have no column of their own: they are in `other`, as `status=…|basis=…`.

use std::collections::{BTreeMap, HashMap, HashSet};

use koplamp_model::{
    Compound, Concept, ConceptId, ConceptMapping, Glossary, Justification, Relation, Review, ReviewVerdict, Scheme,
    TermKind, Words,
};

use crate::skos::{Coded, status_code};
use crate::{Format, GlossaryError};

const COLUMNS: [&str; 16] = [
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "object_type",
    "mapping_justification",
    "subject_source",
    "subject_source_version",
    "object_source",
    "object_source_version",
    "author_label",
    "reviewer_label",
    "comment",
    "other",
];

/// Writes the mappings, or those from and to an organisation's concepts. Mappings of concepts that are not here are left out.
pub(crate) fn write(glossary: &Glossary, organisation: Option<&str>) -> Result<Vec<u8>, GlossaryError> {
    let of = Of::new(glossary);
    let statuses = crate::statuses(glossary);
    let mut rows = Vec::new();
    let mut names = Names::default();
    for mapping in &glossary.mappings {
        let Some(from) = of.concepts.get(&mapping.from.concept) else { continue };
        let to: Option<Vec<&Concept>> = mapping.to.iter().map(|end| of.concepts.get(&end.concept).copied()).collect();
        let Some(to) = to else { continue };
        let sides = std::iter::once(*from).chain(to.iter().copied());
        let ours = |code: &str| {
            sides.clone().any(|concept| of.scheme(concept).is_some_and(|scheme| scheme.organisation == code))
        };
        if organisation.is_some_and(|code| !ours(code) && mapping.to_organisation != code) {
            continue;
        }
        let status = statuses.get(&mapping.id).copied().map(status_code).unwrap_or_default();
        rows.push(row(mapping, from, &to, &of, &mut names, status));
    }
    rows.sort_unstable();
    let failed = |error: &dyn std::fmt::Display| GlossaryError::Write {
        subject: Format::Sssom.name().to_owned(),
        reason: error.to_string(),
    };
    let mut bytes = names.header().into_bytes();
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(&mut bytes);
    writer.write_record(COLUMNS).map_err(|error| failed(&error))?;
    for row in &rows {
        writer.write_record(row).map_err(|error| failed(&error))?;
    }
    writer.flush().map_err(|error| failed(&error))?;
    drop(writer);
    Ok(bytes)
}

/// What is looked up for a row.
struct Of<'a> {
    concepts: HashMap<ConceptId, &'a Concept>,
    labels: HashMap<ConceptId, &'a str>,
    schemes: HashMap<koplamp_model::SchemeId, &'a Scheme>,
    by_organisation: BTreeMap<&'a str, &'a Scheme>,
    reviews: &'a [Review],
}

impl<'a> Of<'a> {
    fn new(glossary: &'a Glossary) -> Self {
        let mut labels: HashMap<ConceptId, &Words> = HashMap::new();
        for term in glossary.terms.iter().filter(|term| term.kind == TermKind::Preferred) {
            let dutch = term.form.language.as_deref() == Some("nl");
            let known = labels.entry(term.concept).or_insert(&term.form);
            if dutch {
                *known = &term.form;
            }
        }
        Self {
            concepts: glossary.concepts.iter().map(|concept| (concept.id, concept)).collect(),
            labels: labels.into_iter().map(|(concept, words)| (concept, words.text.as_str())).collect(),
            schemes: glossary.schemes.iter().map(|scheme| (scheme.id, scheme)).collect(),
            by_organisation: glossary.schemes.iter().rev().map(|at| (at.organisation.as_str(), at)).collect(),
            reviews: &glossary.reviews,
        }
    }

    fn scheme(&self, concept: &Concept) -> Option<&'a Scheme> {
        self.schemes.get(&concept.scheme).copied()
    }

    fn label(&self, concept: &Concept) -> &'a str {
        self.labels.get(&concept.id).copied().unwrap_or_default()
    }
}

fn row(
    mapping: &ConceptMapping,
    from: &Concept,
    to: &[&Concept],
    of: &Of<'_>,
    names: &mut Names,
    status: &str,
) -> Vec<String> {
    let (predicate, modifier) = match mapping.relation {
        Relation::Same | Relation::NoEquivalent => ("skos:exactMatch", ""),
        Relation::NearlySame => ("skos:closeMatch", ""),
        Relation::Wider => ("skos:broadMatch", ""),
        Relation::Narrower => ("skos:narrowMatch", ""),
        Relation::Related => ("skos:relatedMatch", ""),
        Relation::FalseFriend => ("skos:exactMatch", "Not"),
    };
    let between = match mapping.compound {
        Some(Compound::Or) => " OR ",
        _ => " AND ",
    };
    let objects: Vec<String> = to.iter().map(|concept| names.short(&concept.iri)).collect();
    let labels: Vec<&str> = to.iter().map(|concept| of.label(concept)).collect();
    let (object, label, kind) = match objects.as_slice() {
        [] => ("sssom:NoTermFound".to_owned(), String::new(), ""),
        [one] => (one.clone(), labels.concat(), ""),
        several => (format!("({})", several.join(between)), labels.join(between), "composed entity expression"),
    };
    let justification = match mapping.justification {
        Justification::Lexical => "semapv:LexicalMatching",
        Justification::Law | Justification::Expert | Justification::Practice => "semapv:ManualMappingCuration",
    };
    let mut source = |scheme: Option<&Scheme>| match scheme {
        Some(scheme) => (names.short(&scheme.iri), scheme.version.clone().unwrap_or_default()),
        None => (String::new(), String::new()),
    };
    let (subject_source, subject_version) = source(of.scheme(from));
    let object_scheme = to
        .first()
        .and_then(|to| of.scheme(to))
        .or_else(|| of.by_organisation.get(mapping.to_organisation.as_str()).copied());
    let (object_source, object_version) = source(object_scheme);
    let mut last: BTreeMap<&str, &Review> = BTreeMap::new();
    for review in of.reviews.iter().filter(|review| review.mapping == mapping.id) {
        last.insert(&review.organisation, review);
    }
    let reviewers: Vec<&str> = last
        .into_values()
        .filter(|review| review.verdict == ReviewVerdict::Accept)
        .map(|review| review.organisation.as_str())
        .collect();
    let comment = [&mapping.difference, &mapping.consequence]
        .into_iter()
        .filter_map(|words| {
            words.iter().find(|words| words.language.as_deref() == Some("nl")).or_else(|| words.first())
        })
        .map(|words| words.text.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let cells = [
        names.short(&from.iri),
        of.label(from).to_owned(),
        predicate.to_owned(),
        modifier.to_owned(),
        object,
        label,
        kind.to_owned(),
        justification.to_owned(),
        subject_source,
        subject_version,
        object_source,
        object_version,
        mapping.proposed_by.clone(),
        reviewers.join("|"),
        comment,
        format!("status={status}|basis={}", mapping.justification.code()),
    ];
    // A cell is one line, and has no tab.
    cells.into_iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Names in short, as the format wants them, by what they begin with.
#[derive(Default)]
struct Names {
    prefixes: BTreeMap<String, String>,
    taken: HashSet<String>,
}

impl Names {
    /// A name in short.
    fn short(&mut self, iri: &str) -> String {
        let at = iri.rfind(['#', '/', ':']).map_or(0, |at| at + 1);
        let (space, local) = iri.split_at(at);
        if let Some(prefix) = self.prefixes.get(space) {
            return format!("{prefix}:{local}");
        }
        // The last part of what it begins with, if it is a word.
        let word: String = space
            .trim_end_matches(['#', '/', ':'])
            .rsplit(['#', '/', ':'])
            .next()
            .unwrap_or_default()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let word =
            if word.starts_with(|c: char| c.is_ascii_alphabetic()) { word.to_lowercase() } else { "ns".to_owned() };
        let known = ["skos", "sssom", "semapv"];
        let free = |name: &String| !known.contains(&name.as_str()) && !self.taken.contains(name);
        let numbered = (2u32..).map(|number| format!("{word}{number}"));
        let prefix = std::iter::once(word.clone()).chain(numbered).find(free).unwrap_or_default();
        self.taken.insert(prefix.clone());
        self.prefixes.insert(space.to_owned(), prefix.clone());
        format!("{prefix}:{local}")
    }

    /// What stands before the table.
    fn header(&self) -> String {
        let mut header = String::from(
            "#mapping_set_id: urn:koplamp:mappings\n#license: https://w3id.org/sssom/license/unspecified\n#curie_map:\n",
        );
        let known = [
            ("semapv", "https://w3id.org/semapv/vocab/"),
            ("skos", "http://www.w3.org/2004/02/skos/core#"),
            ("sssom", "https://w3id.org/sssom/"),
        ];
        let own = self.prefixes.iter().map(|(space, prefix)| (prefix.as_str(), space.as_str()));
        for (prefix, space) in own.chain(known) {
            header.push_str(&format!("#  {prefix}: \"{space}\"\n"));
        }
        header
    }
}
