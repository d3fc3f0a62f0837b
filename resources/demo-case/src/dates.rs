//! Dates as they are written on paper and in the headers of files.

use crate::{Language, Source};
use time::{Date, Month, OffsetDateTime, UtcOffset, Weekday};

const DUTCH: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// `12 maart 2025` or `12 March 2025`.
pub fn written(date: Date, language: Language) -> String {
    let month = match language {
        Language::Nl => DUTCH.get(usize::from(u8::from(date.month())) - 1).map_or(String::new(), ToString::to_string),
        Language::En => date.month().to_string(),
    };
    format!("{} {month} {}", date.day(), date.year())
}

/// The moment at which a document was written, with the offset of the Netherlands on that day.
pub fn moment(source: &Source) -> OffsetDateTime {
    let hours = if summer(source.date) { 2 } else { 1 };
    let offset = UtcOffset::from_hms(hours, 0, 0).unwrap_or(UtcOffset::UTC);
    source.date.with_time(source.time).assume_offset(offset)
}

/// Summer time of the European Union: from the last Sunday of March up to the last Sunday of October.
fn summer(date: Date) -> bool {
    match date.month() {
        Month::March => date >= last_sunday(date),
        Month::October => date < last_sunday(date),
        month => (Month::April as u8..=Month::September as u8).contains(&(month as u8)),
    }
}

/// Of a month with 31 days.
fn last_sunday(date: Date) -> Date {
    let last = date.replace_day(31).unwrap_or(date);
    if last.weekday() == Weekday::Sunday { last } else { last.prev_occurrence(Weekday::Sunday) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn summer_time_turns_on_the_last_sundays() {
        assert!(!summer(date!(2025 - 03 - 29)) && summer(date!(2025 - 03 - 30)));
        assert!(summer(date!(2025 - 10 - 25)) && !summer(date!(2025 - 10 - 26)));
        assert!(!summer(date!(2024 - 03 - 30)) && summer(date!(2024 - 03 - 31)), "a month that ends on a Sunday");
        assert!(summer(date!(2025 - 07 - 01)) && !summer(date!(2025 - 12 - 31)));
    }

    #[test]
    fn dates_are_written_in_the_language_of_the_document() {
        assert_eq!(written(date!(2025 - 03 - 12), Language::Nl), "12 maart 2025");
        assert_eq!(written(date!(2025 - 03 - 12), Language::En), "12 March 2025");
    }
}
