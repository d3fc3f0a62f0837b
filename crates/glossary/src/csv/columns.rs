//! The columns that are understood.

/// What a column says of a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// Its name on the web; made from code or term when there is none.
    Iri,
    /// Its code in the scheme; tells two concepts of the same term apart.
    Notation,
    /// The preferred term: there must be one.
    Term,
    /// Other good terms.
    Alternatives,
    /// Terms to be found by, not to be shown.
    Hidden,
    /// Terms that are said among colleagues.
    Jargon,
    /// Terms that are no longer to be used.
    Deprecated,
    /// What it means: there must be one.
    Definition,
    /// Where that comes from: law, article, page.
    Source,
    /// How it is used, and how not.
    ScopeNote,
    /// Uses of it.
    Examples,
    /// Notes for the next editor.
    Notes,
    /// How far the organisation stands behind it.
    Status,
    /// Who answers for it.
    Owner,
    /// From when it holds.
    ValidFrom,
    /// Until when it holds.
    ValidTo,
    /// Wider concepts of the table, by code, term or name.
    Broader,
    /// Concepts of the table that it has to do with, by code, term or name.
    Related,
    /// Words that speak for this meaning.
    Hints,
    /// The language of the row, by BCP 47; Dutch when there is none.
    Language,
}

/// Each column with the headers that are understood, the Dutch one first; capitals, spaces, `-` and `_` make no difference.
const COLUMNS: &[(Column, &[&str])] = &[
    (Column::Iri, &["iri", "uri", "identifier"]),
    (Column::Notation, &["code", "notatie", "notation"]),
    (Column::Term, &["term", "voorkeursterm", "begrip", "preferred term", "preferred", "prefLabel", "concept"]),
    (
        Column::Alternatives,
        &[
            "synoniemen",
            "synoniem",
            "alternatieve termen",
            "alternatieve term",
            "synonyms",
            "synonym",
            "alternatives",
            "altLabel",
        ],
    ),
    (Column::Hidden, &["zoektermen", "zoekterm", "hidden terms", "hidden", "hiddenLabel"]),
    (Column::Jargon, &["jargon"]),
    (Column::Deprecated, &["verouderde termen", "verouderd", "deprecated terms"]),
    (Column::Definition, &["definitie", "betekenis", "omschrijving", "definition", "meaning"]),
    (Column::Source, &["bron", "bronnen", "source", "sources"]),
    (Column::ScopeNote, &["toelichting", "scope note", "scopeNote"]),
    (Column::Examples, &["voorbeeld", "voorbeelden", "example", "examples"]),
    (Column::Notes, &["redactionele notitie", "opmerking", "opmerkingen", "editorial note", "editorialNote"]),
    (Column::Status, &["status"]),
    (Column::Owner, &["eigenaar", "owner"]),
    (Column::ValidFrom, &["geldig vanaf", "geldig van", "valid from"]),
    (Column::ValidTo, &["geldig tot", "geldig tot en met", "valid to"]),
    (Column::Broader, &["ruimer", "ruimer begrip", "bovenliggend begrip", "broader"]),
    (Column::Related, &["verwant", "gerelateerd", "gerelateerd begrip", "related"]),
    (Column::Hints, &["contextwoorden", "context", "context words", "hints"]),
    (Column::Language, &["taal", "language"]),
];

/// The columns that are understood, each with its headers, the Dutch one first.
pub const fn columns() -> &'static [(Column, &'static [&'static str])] {
    COLUMNS
}

impl Column {
    /// The column of a header.
    pub(super) fn of(header: &str) -> Option<Self> {
        let header = plain(header);
        COLUMNS.iter().find(|(_, names)| names.iter().any(|name| plain(name) == header)).map(|(column, _)| *column)
    }
}

fn plain(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_header_names_one_column() {
        let names: Vec<String> = COLUMNS.iter().flat_map(|(_, names)| names.iter().map(|name| plain(name))).collect();
        // `scope note` and `scopeNote` are one header.
        let different: HashSet<(Option<Column>, &String)> = names.iter().map(|name| (Column::of(name), name)).collect();
        let headers: HashSet<&String> = names.iter().collect();
        assert_eq!(different.len(), headers.len());
        let document = include_str!("../../../../docs/glossary-files.md");
        for (_, names) in COLUMNS {
            let row: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            assert!(document.contains(&format!("| {} |", row.join(", "))), "{names:?} stand in the document");
        }
        assert_eq!(Column::of("Geldig_vanaf "), Some(Column::ValidFrom));
        assert_eq!(Column::of("PREFERRED-TERM"), Some(Column::Term));
        assert_eq!(Column::of("kleur"), None);
    }
}
