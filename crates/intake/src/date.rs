//! Dates as documents write them, to `YYYY-MM-DD`.

use time::{Date, Month};

/// The date, if it exists and lies in a year that a document can bear.
pub(crate) fn from_parts(year: i32, month: u8, day: u8) -> Option<String> {
    let month = Month::try_from(month).ok()?;
    if !(1900..=2200).contains(&year) {
        return None;
    }
    Date::from_calendar_date(year, month, day).ok()?;
    Some(format!("{year:04}-{:02}-{day:02}", u8::from(month)))
}

/// The date at the start of an ISO 8601 time stamp (`2025-03-01T12:00:00Z`), as it stands: in its own time zone.
pub(crate) fn from_iso(text: &str) -> Option<String> {
    let mut parts = text.trim().get(..10)?.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if [year, month, day].iter().any(|part| !part.bytes().all(|b| b.is_ascii_digit())) || parts.next().is_some() {
        return None;
    }
    from_parts(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso() {
        for (text, date) in [
            ("2025-03-01T12:00:00Z", Some("2025-03-01")),
            (" 2024-02-29 ", Some("2024-02-29")),
            ("2025-02-29", None),
            ("0000-00-00", None),
            ("12025-1-1", None),
            ("éééééééé", None),
        ] {
            assert_eq!(from_iso(text).as_deref(), date, "{text}");
        }
    }
}
