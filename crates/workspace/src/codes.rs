//! The code lists that are built in.

use std::sync::LazyLock;

use koplamp_model::Codes;

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

/// Whether a marking is stricter than another; any is stricter than none.
pub(crate) fn is_stricter(marking: &str, than: Option<&str>) -> bool {
    than.is_none_or(|than| rank(marking) > rank(than))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_built_in_list_reads_and_has_codes() {
        let codes = super::codes();
        for list in [&codes.organisations, &codes.purposes, &codes.markings] {
            assert!(!list.codes.is_empty());
        }
    }
}
