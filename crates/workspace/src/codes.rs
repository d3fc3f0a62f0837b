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
