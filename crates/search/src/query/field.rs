//! The fields that can be asked for, in Dutch and in English.

/// A field of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// What the document is called.
    Title,
    /// Its text.
    Body,
    /// The path under which it was imported.
    Path,
    /// Code of the organisation it came from.
    Organisation,
    /// What its bytes are.
    Kind,
    /// The system or person it came from.
    Source,
    /// Code of the purpose.
    Purpose,
    /// Code of the marking.
    Marking,
    /// The date that it gives itself.
    Date,
}

/// How a field's values are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Words of a text.
    Text,
    /// A code, compared as a whole.
    Code,
    /// A day or a span of days.
    Date,
}

/// Every name of every field; the first of a field in each language is the one that is suggested.
const NAMES: [(&str, Field); 22] = [
    ("title", Field::Title),
    ("titel", Field::Title),
    ("body", Field::Body),
    ("tekst", Field::Body),
    ("text", Field::Body),
    ("path", Field::Path),
    ("pad", Field::Path),
    ("organisation", Field::Organisation),
    ("organisatie", Field::Organisation),
    ("organization", Field::Organisation),
    ("kind", Field::Kind),
    ("soort", Field::Kind),
    ("source", Field::Source),
    ("bron", Field::Source),
    ("purpose", Field::Purpose),
    ("doel", Field::Purpose),
    ("marking", Field::Marking),
    ("markering", Field::Marking),
    ("rubricering", Field::Marking),
    ("date", Field::Date),
    ("datum", Field::Date),
    ("file", Field::Path),
];

impl Field {
    /// The field of this name, in either language and any case.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        NAMES.iter().find(|(known, _)| *known == name).map(|&(_, field)| field)
    }

    pub(crate) const fn shape(self) -> Shape {
        match self {
            Self::Title | Self::Body | Self::Path | Self::Source => Shape::Text,
            Self::Organisation | Self::Kind | Self::Purpose | Self::Marking => Shape::Code,
            Self::Date => Shape::Date,
        }
    }
}

/// Names that somebody who typed `name` may have meant, the nearest first; every English name when none is near.
pub(crate) fn suggestions(name: &str) -> Vec<String> {
    let name = name.to_lowercase();
    let mut near: Vec<(usize, &str)> = NAMES
        .iter()
        .map(|&(known, _)| (distance(&name, known), known))
        .filter(|&(distance, known)| distance <= 2 || (name.chars().count() >= 3 && known.starts_with(&name)))
        .collect();
    near.sort();
    if near.is_empty() {
        let english = ["title", "body", "path", "organisation", "kind", "source", "purpose", "marking", "date"];
        return english.map(String::from).to_vec();
    }
    near.into_iter().take(3).map(|(_, known)| known.to_owned()).collect()
}

/// Levenshtein distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_field_that_was_meant() {
        assert_eq!(suggestions("titl")[0], "titel");
        assert!(suggestions("organisatoin").contains(&"organisation".to_owned()));
        assert_eq!(suggestions("dat")[0], "date");
        assert!(suggestions("xyzzy").contains(&"organisation".to_owned()));
    }
}
