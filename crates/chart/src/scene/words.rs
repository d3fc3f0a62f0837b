//! Words of a chart: captions in lines, numbers and sums as a language writes them.

use std::collections::BTreeMap;

use koplamp_model::{EntityType, Flag};

/// The language of a chart's words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Dutch: `€ 41.500,50`.
    #[default]
    Nl,
    /// English: `€41,500.50`.
    En,
}

/// Letters in a line.
const WIDE: usize = 24;
/// Lines of a caption.
const LINES: usize = 2;

impl Language {
    /// The name of a type, of one or of several.
    pub(crate) fn name(self, kind: &EntityType, several: bool) -> &str {
        match (self, several) {
            (Self::Nl, false) => &kind.nl,
            (Self::Nl, true) => &kind.nl_plural,
            (Self::En, false) => &kind.en,
            (Self::En, true) => &kind.en_plural,
        }
    }

    /// What a flag says.
    pub(crate) fn flag(self, flag: &Flag) -> &str {
        match self {
            Self::Nl => &flag.nl,
            Self::En => &flag.en,
        }
    }

    /// What the undated are called.
    pub(crate) fn undated(self) -> &'static str {
        match self {
            Self::Nl => "Zonder datum",
            Self::En => "Undated",
        }
    }

    /// A name as it is said: one that is only a moment (`2025-03-12T04:16`) as a date of the language (`12-03-2025 04:16`).
    pub(crate) fn said(self, name: &str) -> String {
        let (day, time) = name.split_once(['T', ' ']).unwrap_or((name, ""));
        let digits = |text: &str, many: &[usize], mark: char| {
            let parts: Vec<&str> = text.split(mark).collect();
            parts.len() == many.len()
                && parts
                    .iter()
                    .zip(many)
                    .all(|(part, many)| part.len() == *many && part.bytes().all(|one| one.is_ascii_digit()))
        };
        let timed = time.is_empty() || digits(time, &[2, 2], ':') || digits(time, &[2, 2, 2], ':');
        if !digits(day, &[4, 2, 2], '-') || !timed || (time.is_empty() && day.len() != name.len()) {
            return name.to_string();
        }
        let parts: Vec<&str> = day.split('-').rev().collect();
        let day = parts.join(if self == Self::Nl { "-" } else { "/" });
        let clock: String = time.chars().take(5).collect();
        if clock.is_empty() { day } else { format!("{day} {clock}") }
    }

    /// A whole number with its thousands apart: `41.500`.
    pub fn whole(self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(if self == Self::Nl { '.' } else { ',' });
            }
            text.push(digit);
        }
        text
    }

    /// An amount: cents only when there are any, the sign of the currency where it has one that is widely known, else its code.
    pub fn amount(self, amount: f64, currency: Option<&str>) -> String {
        let cents = (amount.abs() * 100.0).round();
        // A float beyond this does not hold its cents; nobody reads them there.
        let cents = if cents < 9e15 { cents as u64 } else { 9_000_000_000_000_000 };
        let mut number = self.whole(cents / 100);
        if !cents.is_multiple_of(100) {
            number.push(if self == Self::Nl { ',' } else { '.' });
            number.push_str(&format!("{:02}", cents % 100));
        }
        let sign = if amount < 0.0 && cents > 0 { "-" } else { "" };
        match (currency, self) {
            (None, _) => format!("{sign}{number}"),
            (Some(code), Self::Nl) => format!("{} {sign}{number}", symbol(code)),
            (Some(code), Self::En) if symbol(code) == code => format!("{code} {sign}{number}"),
            (Some(code), Self::En) => format!("{sign}{}{number}", symbol(code)),
        }
    }

    /// Sums, a currency each: `€ 41.500 + $ 300`.
    pub(crate) fn sums(self, sums: &BTreeMap<Option<&str>, f64>) -> String {
        let each: Vec<String> = sums.iter().map(|(currency, sum)| self.amount(*sum, *currency)).collect();
        each.join(" + ")
    }
}

fn symbol(code: &str) -> &str {
    match code {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        _ => code,
    }
}

/// A name as it stands within a sentence: its first letter small, unless it is an abbreviation.
pub(crate) fn small(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if second.is_none_or(|second| !second.is_uppercase()) => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_string(),
    }
}

/// A text of at most so many letters; what is left out ends in an ellipsis.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_string();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A caption in at most two lines of about 24 letters, broken between words where that can be; what is left out ends in an ellipsis.
pub fn caption(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        for piece in letters.chunks(WIDE) {
            match lines.last_mut() {
                Some(line) if line.chars().count() + 1 + piece.len() <= WIDE => {
                    line.push(' ');
                    line.extend(piece);
                }
                _ => lines.push(piece.iter().collect()),
            }
        }
        if lines.len() > LINES {
            break;
        }
    }
    let rest = lines.split_off(lines.len().min(LINES));
    if let (Some(line), Some(more)) = (lines.last_mut(), rest.first()) {
        *line = shortened(&format!("{line} {more}"), WIDE);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_have_two_lines_at_most() {
        for (text, lines) in [
            ("", vec![]),
            ("Jan de Vries", vec!["Jan de Vries"]),
            ("Sophie van den Heuvel-Janssen", vec!["Sophie van den", "Heuvel-Janssen"]),
            (
                "Stichting tot Behoud van de Oude Haven te Rotterdam",
                vec!["Stichting tot Behoud van", "de Oude Haven te Rotter…"],
            ),
            ("0123456789012345678901234567890", vec!["012345678901234567890123", "4567890"]),
            ("een twee\u{a0}drie", vec!["een twee drie"]),
        ] {
            assert_eq!(caption(text), lines, "{text}");
        }
    }

    #[test]
    fn amounts_are_written_as_the_language_writes_them() {
        for (amount, currency, nl, en) in [
            (41_500.0, Some("EUR"), "€ 41.500", "€41,500"),
            (1_234_567.5, Some("USD"), "$ 1.234.567,50", "$1,234,567.50"),
            (0.1 + 0.2, Some("CHF"), "CHF 0,30", "CHF 0.30"),
            (-999.999, Some("GBP"), "£ -1.000", "-£1,000"),
            (12.0, None, "12", "12"),
        ] {
            assert_eq!(Language::Nl.amount(amount, currency), nl);
            assert_eq!(Language::En.amount(amount, currency), en);
        }
    }

    #[test]
    fn names_within_a_sentence_begin_small() {
        for (name, within) in [("Betalingen", "betalingen"), ("IBAN", "IBAN"), ("", "")] {
            assert_eq!(small(name), within);
        }
    }
}
