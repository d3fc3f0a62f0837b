//! The code lists that are built in.

use std::{cmp::Reverse, collections::BTreeMap, sync::LazyLock};

use koplamp_chart::Language;
use koplamp_model::{Code, CodeList, Codes};

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    let list = |json| serde_json::from_str(json).expect("a test reads every built-in code list");
    Codes {
        organisations: list(include_str!("../../../resources/codes/organisations.json")),
        purposes: list(include_str!("../../../resources/codes/purposes.json")),
        markings: list(include_str!("../../../resources/codes/markings.json")),
    }
});

/// Organisations, purposes and markings. Legal texts change: these are examples with a date, and a later version reads others.
pub fn codes() -> &'static Codes {
    &CODES
}

/// How strict a marking is; what the list does not have counts as the strictest: nobody can say that it is not.
pub(crate) fn rank(marking: &str) -> u8 {
    CODES.markings.codes.iter().find(|known| known.code == marking).map_or(u8::MAX, |known| known.rank)
}

/// The strictest of some markings; none when there are none.
pub(crate) fn strictest(markings: impl IntoIterator<Item = String>) -> Option<String> {
    markings.into_iter().max_by_key(|marking| rank(marking))
}

/// The strictest marking of each scheme, the strictest of all first. The Traffic Light Protocol (`tlp:`) says who may be told, the markings of the
/// state how it is kept: neither implies the other, and what bears both is bound by both.
pub(crate) fn strictest_of_each(markings: impl IntoIterator<Item = String>) -> Vec<String> {
    let scheme = |marking: &str| marking.split_once(':').map_or_else(String::new, |(scheme, _)| scheme.to_owned());
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for marking in markings {
        let strictest = found.entry(scheme(&marking)).or_insert_with(|| marking.clone());
        if rank(&marking) > rank(strictest) {
            *strictest = marking;
        }
    }
    let mut found: Vec<String> = found.into_values().collect();
    found.sort_by_key(|marking| Reverse(rank(marking)));
    found
}

/// What stands in the banner of what leaves: these markings by their names; that there is none, when there are none.
pub(crate) fn banner(markings: &[String], language: Language) -> String {
    let names = markings.iter().map(|code| named(&CODES.markings, code, language));
    match (markings, language) {
        ([], Language::Nl) => "Niet gemarkeerd".to_owned(),
        ([], Language::En) => "Not marked".to_owned(),
        _ => names.collect::<Vec<_>>().join(" · "),
    }
}

/// What a list calls a code; what it does not have is called by itself.
pub(crate) fn named(list: &CodeList, code: &str, language: Language) -> String {
    let found = list.codes.iter().find(|known| known.code == code);
    let name = |known: &Code| if language == Language::Nl { known.nl.clone() } else { known.en.clone() };
    found.map_or_else(|| code.to_owned(), name)
}

/// Whether a marking is stricter than another; any is stricter than none.
pub(crate) fn is_stricter(marking: &str, than: Option<&str>) -> bool {
    than.is_none_or(|than| rank(marking) > rank(than))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_that_do_not_imply_each_other_both_bind() {
        let of = |codes: &[&str]| strictest_of_each(codes.iter().map(|code| (*code).to_owned()));
        let both = of(&["tlp:amber", "dep-v", "tlp:red", "tlp:clear"]);
        assert_eq!(both, ["dep-v", "tlp:red"]);
        assert_eq!(banner(&both, Language::Nl), "Departementaal Vertrouwelijk · TLP:RED");
        assert_eq!(of(&["tlp:green", "tlp:clear"]), ["tlp:green"]);
        assert_eq!(banner(&of(&[]), Language::En), "Not marked");
        // What the list does not know counts as the strictest, and is a scheme of its own when it says so.
        assert_eq!(of(&["nato:x", "tlp:red"]), ["nato:x", "tlp:red"]);
    }

    #[test]
    fn every_built_in_list_reads_and_has_codes() {
        let codes = super::codes();
        for list in [&codes.organisations, &codes.purposes, &codes.markings] {
            assert!(!list.codes.is_empty());
        }
    }
}
