//! Stems: what the inflections of a word have in common.

use frostem::{Algorithm, Stemmer};

use crate::fold::{fold_into, lower};

/// The stems of one word. The order of the steps matters: lower case, stem, fold; folding first breaks the rules for `kopieën`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stems {
    /// By the Dutch rules.
    pub dutch: String,
    /// By the English rules; none when they give the same.
    pub english: Option<String>,
}

impl Stems {
    /// The stems of a word as it stands in the text; none for what is not inflected: anything with a digit in it.
    pub fn of(word: &str) -> Option<Self> {
        let mut lowered = String::with_capacity(word.len());
        lower(word, &mut lowered);
        if lowered.is_empty() || lowered.chars().any(char::is_numeric) {
            return None;
        }
        let by = |algorithm| {
            let mut folded = String::with_capacity(lowered.len());
            fold_into(&Stemmer::new(algorithm).stem(&lowered), &mut folded);
            folded
        };
        let (dutch, english) = (by(Algorithm::Dutch), by(Algorithm::English));
        if dutch.is_empty() {
            return None;
        }
        let english = (english != dutch && !english.is_empty()).then_some(english);
        Some(Self { dutch, english })
    }

    /// The stems, one or two.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.dutch.as_str()).chain(self.english.as_deref())
    }

    /// Whether two words share a stem.
    pub fn meet(&self, other: &Self) -> bool {
        self.iter().any(|stem| other.iter().any(|theirs| stem == theirs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of a dictionary form and an inflection that the rules must bring together; what they cannot do is not listed.
    #[test]
    fn inflections_meet() {
        for (one, other) in [
            ("rekening", "rekeningen"),
            ("betaling", "betalingen"),
            ("rechter", "rechters"),
            ("huis", "huizen"),
            ("container", "containers"),
            ("vergunning", "vergunningen"),
            ("aangifte", "aangiften"),
            ("foto", "foto's"),
            ("patiënt", "patiënten"),
            ("payment", "payments"),
            ("invoice", "invoices"),
            ("driving", "drives"),
            ("company", "companies"),
        ] {
            let (a, b) = (Stems::of(one).unwrap_or_default(), Stems::of(other).unwrap_or_default());
            assert!(a.meet(&b), "{one} {a:?}, {other} {b:?}");
        }
    }

    #[test]
    fn different_words_stay_apart() {
        for (one, other) in [("politie", "politiek"), ("bank", "bankier"), ("haven", "have"), ("invoice", "voice")] {
            let (a, b) = (Stems::of(one).unwrap_or_default(), Stems::of(other).unwrap_or_default());
            assert!(!a.meet(&b), "{one} {a:?}, {other} {b:?}");
        }
    }

    #[test]
    fn what_has_a_digit_in_it_is_not_inflected() {
        assert_eq!(Stems::of("NL91ABNA0417164300"), None);
        assert_eq!(Stems::of("2024"), None);
    }
}
