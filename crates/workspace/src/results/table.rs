//! The results of a search as rows for a spreadsheet. A cell that a spreadsheet program would run as a formula is written with an apostrophe before it.

use koplamp_model::{SenseMode, TermExpansion};
use serde::Serialize;

use super::{Received, Results};
use crate::codes::named;
use crate::{Language, WorkspaceError};

/// The file: what was asked, what was looked for beside it, what was put aside, and a row a passage; an empty row between.
pub(super) fn write(results: &Results, language: Language) -> Result<Vec<u8>, WorkspaceError> {
    let mut rows = head(results, language);
    let own = |of: &[&str]| of.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    if !results.expansions.is_empty() {
        rows.push(Vec::new());
        rows.push(own(match language {
            Language::Nl => &[
                "ook gezocht: woord",
                "term",
                "begrip",
                "organisatie",
                "relatie",
                "stand",
                "gewicht",
                "uitgezet",
                "documenten",
            ],
            Language::En => &[
                "also looked for: word",
                "term",
                "concept",
                "organisation",
                "relation",
                "status",
                "weight",
                "switched off",
                "documents",
            ],
        }));
        rows.extend(results.expansions.iter().map(|one| expansion(one, language)));
    }
    if !results.folded.is_empty() {
        rows.push(Vec::new());
        rows.push(own(match language {
            Language::Nl => &["apart gehouden: woord", "organisatie", "betekenis", "begrip", "documenten"],
            Language::En => &["put aside: word", "organisation", "sense", "concept", "documents"],
        }));
        rows.extend(results.folded.iter().map(|folded| {
            let organisation = named(&crate::codes().organisations, &folded.organisation, language);
            vec![
                folded.word.clone(),
                organisation,
                folded.sense.clone(),
                folded.concept.to_string(),
                folded.hits.to_string(),
            ]
        }));
    }
    rows.push(Vec::new());
    rows.push(own(match language {
        Language::Nl => &[
            "document",
            "titel",
            "pad",
            "organisatie",
            "bron",
            "doel",
            "markering",
            "behandeling",
            "soort",
            "datum",
            "bladzijde",
            "passage",
        ],
        Language::En => &[
            "document",
            "title",
            "path",
            "organisation",
            "source",
            "purpose",
            "marking",
            "handling",
            "kind",
            "date",
            "page",
            "passage",
        ],
    }));
    rows.extend(results.hits.iter().flat_map(|one| hit(one, language)));
    Ok(koplamp_interchange::rows(&rows)?)
}

/// What was asked, a row each: what it is, and its value.
fn head(results: &Results, language: Language) -> Vec<Vec<String>> {
    let codes = crate::codes();
    let of = |nl: &'static str, en: &'static str| if language == Language::Nl { nl } else { en };
    let yes = |yes: bool| if yes { of("ja", "yes") } else { of("nee", "no") }.to_owned();
    let mut rows = vec![
        (of("markering", "marking"), results.banner.clone()),
        (of("zoekvraag", "query"), results.query.clone()),
        (of("datum", "date"), results.date.clone()),
        (of("door", "by"), results.by.clone()),
        (of("documenten", "documents"), results.total.to_string()),
    ];
    rows.extend(results.purposes.iter().map(|code| (of("doel", "purpose"), named(&codes.purposes, code, language))));
    rows.extend(results.filters.iter().map(|filter| (of("alleen", "only"), filter.clone())));
    if let Some(mode) = results.mode {
        let mode = match mode {
            SenseMode::Strict => of("alleen deze betekenis", "only this sense"),
            SenseMode::Bridge => of("ook hoe anderen het noemen", "also what others call it"),
            SenseMode::Warn => of("waarschuw", "warn"),
        };
        rows.push((of("betekenissen", "senses"), mode.to_owned()));
        rows.push((of("ook wat is voorgesteld", "proposed mappings too"), yes(results.proposed)));
        rows.push((of("ook wat samenhangt", "what is related too"), yes(results.related)));
    }
    rows.extend(results.lens.iter().map(|lens| (of("bril", "lens"), named(&codes.organisations, lens, language))));
    rows.into_iter().map(|(what, value)| vec![what.to_owned(), value]).collect()
}

fn expansion(one: &TermExpansion, language: Language) -> Vec<String> {
    let of = |nl: &'static str, en: &'static str| if language == Language::Nl { nl } else { en };
    let organisation = named(&crate::codes().organisations, &one.organisation, language);
    let (relation, status) = one.because.map_or_else(
        || (of("eigen woord voor hetzelfde", "own word for the same").to_owned(), String::new()),
        |because| (code(&because.relation), code(&because.status)),
    );
    let off = if one.off { of("ja", "yes") } else { of("nee", "no") };
    vec![
        one.word.clone(),
        one.term.clone(),
        one.concept.to_string(),
        organisation,
        relation,
        status,
        one.weight.to_string(),
        off.to_owned(),
        one.hits.to_string(),
    ]
}

/// A row a passage; one that matched by its title alone has a row without.
fn hit(one: &Received, language: Language) -> Vec<Vec<String>> {
    let Received { hit, source, purpose, handling } = one;
    let codes = crate::codes();
    let marking = hit.marking.as_deref().map(|code| named(&codes.markings, code, language)).unwrap_or_default();
    let document = [
        hit.document.to_string(),
        hit.title.clone(),
        hit.path.clone(),
        named(&codes.organisations, &hit.organisation, language),
        source.clone(),
        named(&codes.purposes, purpose, language),
        marking,
        handling.clone().unwrap_or_default(),
        code(&hit.kind),
        hit.date.clone().unwrap_or_default(),
    ];
    let row = |place: [String; 2]| document.iter().cloned().chain(place).collect::<Vec<_>>();
    if hit.passages.is_empty() {
        return vec![row(Default::default())];
    }
    let passage = |passage: &koplamp_model::Passage| {
        // A cell is one line.
        let quote = passage.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        row([passage.page.to_string(), quote])
    };
    hit.passages.iter().map(passage).collect()
}

/// What a code of the model is written as.
fn code(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use koplamp_model::{Because, ConceptId, DocumentId, Folded, FoldedWhy, Kind, MappingStatus, Passage, Relation};

    use super::*;
    use crate::Hit;

    fn results() -> Results {
        let concept = ConceptId::of(&[b"aangifte"]);
        let because = Some(Because { relation: Relation::NearlySame, status: MappingStatus::Agreed });
        let (word, organisation) = ("aangifte".to_owned(), "fiod".to_owned());
        let expansion = TermExpansion {
            word: word.clone(),
            term: "=opgave".into(),
            concept,
            organisation,
            because,
            weight: 800,
            off: true,
            hits: 3,
        };
        let folded = Folded {
            word,
            organisation: "politie".into(),
            sense: "aangifte".into(),
            concept,
            definition: String::new(),
            why: FoldedWhy::OtherSense,
            hits: 7,
        };
        let passage =
            Passage { page: 2, start: 0, end: 21, quote: "@SUM(A1:A9)\n  en meer".into(), highlights: Vec::new() };
        let hit = Hit {
            document: DocumentId::of(&[b"een"]),
            path: "a/b.txt".into(),
            title: "+31 is geen som, =1+1 wel".into(),
            organisation: "fiod".into(),
            marking: Some("tlp:amber".into()),
            kind: Kind::Txt,
            date: None,
            score: 1.0,
            passages: vec![passage],
        };
        Results {
            marking: Some("tlp:amber".into()),
            banner: "TLP:AMBER".into(),
            date: "2026-11-27".into(),
            by: "FIOD · A. de Vries".into(),
            query: "=cmd|' /C calc'!A0".into(),
            filters: vec!["kind: txt".into()],
            mode: Some(SenseMode::Bridge),
            lens: Some("belastingdienst".into()),
            proposed: true,
            related: false,
            purposes: ["wpg-8".to_owned()].into(),
            total: 1,
            expansions: vec![expansion],
            folded: vec![folded],
            hits: vec![Received { hit, source: "-BVH".into(), purpose: "wpg-8".into(), handling: None }],
        }
    }

    #[test]
    fn no_cell_is_a_formula_and_everything_that_was_asked_is_there() {
        for language in [Language::Nl, Language::En] {
            let written = String::from_utf8(write(&results(), language).unwrap()).unwrap();
            for cell in ["'=cmd|' /C calc'!A0", "'=opgave", "'@SUM(A1:A9) en meer", "'+31 is geen som", "'-BVH"] {
                assert!(written.contains(cell), "{cell}: {written}");
            }
            let started =
                |row: &str| row.split(',').any(|cell| cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']));
            assert!(!written.lines().any(started), "{written}");
            for said in ["TLP:AMBER", "2026-11-27", "nearly_same", "agreed", "kind: txt"] {
                assert!(written.contains(said), "{said}: {written}");
            }
            assert!(written.lines().any(|row| row.ends_with(",7")), "what was put aside is counted: {written}");
        }
    }
}
