//! The reference that a document bears in its letterhead and at the foot of its pages.

use std::path::Path;

/// What the number of a document is called, in a table or before a colon.
const LABELS: [&str; 9] = [
    "proces-verbaalnummer",
    "parketnummer",
    "meldingnummer",
    "zaaknummer",
    "dossiernummer",
    "ons kenmerk",
    "kenmerk",
    "our reference",
    "reference",
];

/// The reference that the text itself gives under one of the usual labels.
pub fn within(body: &str) -> Option<String> {
    body.lines().find_map(|line| {
        let line = line.replace("**", "");
        let (label, value) = line.trim().trim_start_matches('|').split_once(['|', ':'])?;
        LABELS.contains(&label.trim().to_lowercase().as_str()).then_some(())?;
        let value = value.trim().trim_end_matches('|').trim();
        (!value.is_empty() && value.len() <= 40).then(|| value.to_string())
    })
}

/// A reference such as `FIOD/2025/014`, of the organisation, the year, and the number that opens the name of the source.
pub fn numbered(organisation: &str, year: i32, source: &Path) -> String {
    let prefix = match organisation {
        "politie" => "POL",
        "belastingdienst" => "BLD",
        "douane" => "DOU",
        other => &other.to_uppercase(),
    };
    let stem = source.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let number = stem.split('-').next().unwrap_or_default();
    format!("{prefix}/{year}/{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_under_its_label_only() {
        let table = "# Titel\n\n| Onderdeel | Gegeven |\n|---|---|\n| Proces-verbaalnummer | PL9900-1 |\n";
        assert_eq!(within(table).as_deref(), Some("PL9900-1"));
        assert_eq!(within("**Parketnummer:** 99/031706-25\n").as_deref(), Some("99/031706-25"));
        assert_eq!(within("Uw kenmerk: 12\nHet kenmerk is onbekend: ja"), None);
        assert_eq!(numbered("fiod", 2025, Path::new("documents/fiod/014-brief.md")), "FIOD/2025/014");
    }
}
