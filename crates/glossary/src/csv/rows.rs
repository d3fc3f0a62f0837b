//! Rows to concepts.

use std::collections::{BTreeMap, HashMap};

use csv::StringRecord;
use koplamp_model::{
    Concept, ConceptId, ConceptStatus, Glossary, RejectedRow, RowRefusal, Scheme, Term, TermKind, Words,
};
use time::{Date, Month};

use super::Column;
use super::table::Table;
use crate::Limits;

/// What rows became.
pub(super) struct Taken {
    pub glossary: Glossary,
    pub rejected: Vec<RejectedRow>,
    /// The line of each concept, by its name.
    pub lines: HashMap<String, u64>,
}

/// Makes a concept of each row that can be one.
pub(super) fn take(table: &Table, scheme: Scheme, limits: &Limits) -> Taken {
    let mut taken = Taken { glossary: Glossary::default(), rejected: Vec::new(), lines: HashMap::new() };
    let mut refer: Vec<(usize, u64, Vec<String>, Vec<String>)> = Vec::new();
    // Code, term and name of each concept, in small letters; none when it stands for several.
    let mut by_word: HashMap<String, Option<String>> = HashMap::new();
    for (line, row) in &table.rows {
        let (concept, terms) = match concept(table, row, &scheme, limits, &taken.lines) {
            Ok(made) => made,
            Err(why) => {
                taken.rejected.push(RejectedRow::new(*line, why));
                continue;
            }
        };
        taken.lines.insert(concept.iri.clone(), *line);
        for word in [Some(&concept.iri), concept.notation.as_ref(), terms.first().map(|term| &term.form.text)] {
            let Some(word) = word.map(|word| word.to_lowercase()) else { continue };
            by_word
                .entry(word)
                .and_modify(|known| *known = known.take().filter(|known| *known == concept.iri))
                .or_insert_with(|| Some(concept.iri.clone()));
        }
        refer.push((
            taken.glossary.concepts.len(),
            *line,
            values(table.cell(row, Column::Broader)),
            values(table.cell(row, Column::Related)),
        ));
        taken.glossary.concepts.push(concept);
        taken.glossary.terms.extend(terms);
    }
    for (at, line, broader, related) in refer {
        let Some(concept) = taken.glossary.concepts.get_mut(at) else { continue };
        for (words, into) in [(broader, &mut concept.broader), (related, &mut concept.related)] {
            for word in words {
                match by_word.get(&word.to_lowercase()) {
                    Some(Some(iri)) if !into.contains(iri) => into.push(iri.clone()),
                    Some(Some(_)) => {}
                    Some(None) => {
                        taken.rejected.push(RejectedRow::new(line, RowRefusal::Several { cell: short(&word) }));
                    }
                    None => taken.rejected.push(RejectedRow::new(line, RowRefusal::Nothing { cell: short(&word) })),
                }
            }
        }
    }
    taken.glossary.schemes.push(scheme);
    taken
}

/// The concept and the terms of a row.
fn concept(
    table: &Table,
    row: &StringRecord,
    scheme: &Scheme,
    limits: &Limits,
    lines: &HashMap<String, u64>,
) -> Result<(Concept, Vec<Term>), RowRefusal> {
    let cell = |column| table.cell(row, column);
    if row.iter().any(|cell| limits.is_long(cell)) {
        return Err(RowRefusal::CellTooLong { limit: u32::try_from(limits.value).unwrap_or(u32::MAX) });
    }
    let language = match cell(Column::Language) {
        "" => "nl".to_owned(),
        language if is_language(language) => language.to_lowercase(),
        language => return Err(RowRefusal::NoLanguage { cell: short(language) }),
    };
    let words = |text: &str| Words { text: text.to_owned(), language: Some(language.clone()) };
    let many = |column| values(cell(column)).iter().map(|text| words(text)).collect::<Vec<_>>();
    let term = cell(Column::Term);
    if term.is_empty() {
        return Err(RowRefusal::NoTerm);
    }
    let notation = Some(cell(Column::Notation)).filter(|code| !code.is_empty()).map(str::to_owned);
    let iri = match cell(Column::Iri) {
        "" => format!("{}:{}", scheme.iri, part(notation.as_deref().unwrap_or(&term.to_lowercase()))),
        iri if crate::skos::is_name(iri) => iri.to_owned(),
        iri => return Err(RowRefusal::NoName { cell: short(iri) }),
    };
    if let Some(there) = lines.get(&iri) {
        return Err(RowRefusal::Double { first: u32::try_from(*there).unwrap_or(u32::MAX) });
    }
    let days = [cell(Column::ValidFrom), cell(Column::ValidTo)].map(day);
    let [valid_from, valid_to] = days;
    let id = ConceptId::of(&[b"concept", iri.as_bytes()]);
    let concept = Concept {
        id,
        scheme: scheme.id,
        iri,
        version: 1,
        definitions: Some(cell(Column::Definition)).filter(|text| !text.is_empty()).map(words).into_iter().collect(),
        sources: many(Column::Source),
        scope_notes: Some(cell(Column::ScopeNote)).filter(|text| !text.is_empty()).map(words).into_iter().collect(),
        examples: many(Column::Examples),
        notes: many(Column::Notes),
        notation,
        status: status(cell(Column::Status))?,
        owner: Some(cell(Column::Owner)).filter(|text| !text.is_empty()).map(str::to_owned),
        valid_from: valid_from?,
        valid_to: valid_to?,
        broader: Vec::new(),
        narrower: Vec::new(),
        related: Vec::new(),
        hints: {
            let mut hints = values(cell(Column::Hints));
            hints.sort_unstable();
            hints
        },
        used_by: Vec::new(),
        default_for: Vec::new(),
        other: String::new(),
    };
    let mut terms: BTreeMap<koplamp_model::TermId, ()> = BTreeMap::new();
    let mut all = Vec::new();
    let kinds = [
        (vec![term.to_owned()], TermKind::Preferred),
        (values(cell(Column::Alternatives)), TermKind::Alternative),
        (values(cell(Column::Jargon)), TermKind::Jargon),
        (values(cell(Column::Hidden)), TermKind::Hidden),
        (values(cell(Column::Deprecated)), TermKind::Deprecated),
    ];
    for (form, kind) in kinds.into_iter().flat_map(|(forms, kind)| forms.into_iter().map(move |form| (form, kind))) {
        let form = words(&form);
        let made = Term::id_of(id, kind, &form);
        if terms.insert(made, ()).is_none() {
            all.push(Term {
                id: made,
                concept: id,
                form,
                kind,
                register: None,
                region: None,
                source: None,
                iri: None,
                other: String::new(),
            });
        }
    }
    Ok((concept, all))
}

/// The values of a cell: divided by `|`, or on lines of their own; each once.
fn values(cell: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in cell.split(['|', '\n']).map(str::trim).filter(|value| !value.is_empty()) {
        if !values.iter().any(|known| known == value) {
            values.push(value.to_owned());
        }
    }
    values
}

fn status(text: &str) -> Result<ConceptStatus, RowRefusal> {
    match text.to_lowercase().as_str() {
        "" | "proposed" | "voorgesteld" | "voorstel" | "concept" => Ok(ConceptStatus::Proposed),
        "accepted" | "vastgesteld" | "akkoord" => Ok(ConceptStatus::Accepted),
        "deprecated" | "vervallen" | "verouderd" => Ok(ConceptStatus::Deprecated),
        _ => Err(RowRefusal::NoStatus { cell: short(text) }),
    }
}

/// A day, month or year; `31-12-2025` too.
fn day(text: &str) -> Result<Option<String>, RowRefusal> {
    if text.is_empty() {
        return Ok(None);
    }
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let turned = || {
        let mut parts = text.split(['-', '/']).collect::<Vec<_>>();
        parts.reverse();
        parts.join("-")
    };
    let day = match shape.as_str() {
        "0000" | "0000-00" | "0000-00-00" => Some(text.to_owned()),
        "00-00-0000" | "00/00/0000" => Some(turned()),
        _ => None,
    };
    match day.filter(|day| is_on_the_calendar(day)) {
        Some(day) => Ok(Some(day)),
        None => Err(RowRefusal::NoDay { cell: short(text) }),
    }
}

/// What a refusal shows of a cell.
fn short(cell: &str) -> String {
    cell.chars().take(RowRefusal::SHOWN).collect()
}

/// Whether there is such a day, month or year: of `2025-02`, the first day is asked.
fn is_on_the_calendar(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| part.parse::<u16>().ok());
    let year = parts.next().flatten();
    let mut next = || parts.next().map_or(Some(1), |part| part.and_then(|part| u8::try_from(part).ok()));
    let (month, day) = (next().and_then(|month| Month::try_from(month).ok()), next());
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return false };
    Date::from_calendar_date(i32::from(year), month, day).is_ok()
}

/// Whether a text has the shape of a language tag.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let plain = |part: &str| !part.is_empty() && part.len() <= 8 && part.chars().all(|c| c.is_ascii_alphanumeric());
    (2..=3).contains(&first.len()) && first.chars().all(|c| c.is_ascii_alphabetic()) && parts.all(plain)
}

/// A text as part of a name on the web: what cannot stand there is written by its bytes.
pub(super) fn part(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            b' ' => "-".to_owned(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
