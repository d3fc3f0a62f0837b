//! The words that a sheet adds of its own, in both languages, and how it writes numbers and days.

use time::Date;

use crate::Language::{self, En, Nl};

const MONTHS: [[&str; 2]; 12] = [
    ["januari", "January"],
    ["februari", "February"],
    ["maart", "March"],
    ["april", "April"],
    ["mei", "May"],
    ["juni", "June"],
    ["juli", "July"],
    ["augustus", "August"],
    ["september", "September"],
    ["oktober", "October"],
    ["november", "November"],
    ["december", "December"],
];

impl Language {
    /// The tag of the language (BCP 47).
    pub(crate) fn tag(self) -> &'static str {
        self.of("nl", "en")
    }

    fn of(self, nl: &'static str, en: &'static str) -> &'static str {
        match self {
            Nl => nl,
            En => en,
        }
    }

    pub(crate) fn legend(self) -> &'static str {
        self.of("Legenda", "Legend")
    }

    /// `in the words of Police`.
    pub(crate) fn words_of(self, organisation: &str) -> String {
        format!("{} {organisation}", self.of("in de woorden van", "in the words of"))
    }

    pub(crate) fn hypothesis(self) -> &'static str {
        self.of("Vermoeden, zonder passage", "Hypothesis, without a passage")
    }

    pub(crate) fn bundle(self) -> &'static str {
        self.of("Meer relaties in één lijn", "Several links in one line")
    }

    pub(crate) fn more(self) -> &'static str {
        self.of("Relaties die hier niet getekend zijn", "Links not drawn here")
    }

    pub(crate) fn nothing(self) -> &'static str {
        self.of("Dit schema is leeg", "This chart is empty")
    }

    /// `12 entiteiten, 1 relatie`.
    pub(crate) fn counts(self, entities: u64, links: u64) -> String {
        let entity = if entities == 1 { self.of("entiteit", "entity") } else { self.of("entiteiten", "entities") };
        let link = if links == 1 { self.of("relatie", "link") } else { self.of("relaties", "links") };
        format!("{} {entity}, {} {link}", self.number(entities), self.number(links))
    }

    /// A number with its thousands apart: `20.000`, `20,000`.
    pub(crate) fn number(self, value: u64) -> String {
        let digits = value.to_string();
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push_str(self.of(".", ","));
            }
            text.push(digit);
        }
        text
    }

    /// `scale 62%`: the part of the size on the screen.
    pub(crate) fn scale(self, scale: f64) -> String {
        format!("{} {:.0}%", self.of("schaal", "scale"), scale * 100.0)
    }

    /// `page 1 of 2`.
    pub(crate) fn page(self, page: usize, pages: usize) -> String {
        match self {
            Nl => format!("pagina {page} van {pages}"),
            En => format!("page {page} of {pages}"),
        }
    }

    /// `27 november 2026`.
    pub(crate) fn day(self, date: Date) -> String {
        let [nl, en] = MONTHS.get(usize::from(u8::from(date.month())) - 1).copied().unwrap_or_default();
        format!("{} {} {}", date.day(), self.of(nl, en), date.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Month;

    #[test]
    fn numbers_and_days_are_written_as_the_language_does() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(|value| Nl.number(value)), ["0", "999", "1.000", "1.234.567"]);
        assert_eq!(En.counts(1, 20_000), "1 entity, 20,000 links");
        let day = Date::from_calendar_date(2026, Month::December, 1).unwrap();
        assert_eq!((Nl.day(day), En.day(day)), ("1 december 2026".to_owned(), "1 December 2026".to_owned()));
    }
}
