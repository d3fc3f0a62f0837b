//! Days, counted from 1970-01-01.

use time::{Date, Month, OffsetDateTime};

/// The first and last day of `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or of a moment that begins so; none for anything else.
pub(crate) fn days(text: &str) -> Option<(i32, i32)> {
    let text = text.split(['T', ' ']).next()?;
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: Option<u8> = parts.next().map(|month| month.parse().ok()).map_or(Some(None), |month| month.map(Some))?;
    let day: Option<u8> = parts.next().map(|day| day.parse().ok()).map_or(Some(None), |day| day.map(Some))?;
    if parts.next().is_some() {
        return None;
    }
    let first_month = Month::try_from(month.unwrap_or(1)).ok()?;
    let last_month = Month::try_from(month.unwrap_or(12)).ok()?;
    let first = Date::from_calendar_date(year, first_month, day.unwrap_or(1)).ok()?;
    let last = Date::from_calendar_date(year, last_month, day.unwrap_or(last_month.length(year))).ok()?;
    Some((since_1970(first), since_1970(last)))
}

/// Today by the computer's clock, in UTC: `YYYY-MM-DD`.
pub(crate) fn today() -> String {
    let today = OffsetDateTime::now_utc().date();
    format!("{:04}-{:02}-{:02}", today.year(), u8::from(today.month()), today.day())
}

fn since_1970(date: Date) -> i32 {
    const FIRST: Date = match Date::from_ordinal_date(1970, 1) {
        Ok(first) => first,
        Err(_) => Date::MIN,
    };
    date.to_julian_day() - FIRST.to_julian_day()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_date_is_all_of_its_days() {
        for (text, expected) in [
            ("1970-01-01", Some((0, 0))),
            ("1970", Some((0, 364))),
            ("2024-02", Some((19_754, 19_782))),
            ("2025-03-12T04:16", Some((20_159, 20_159))),
            ("2025-02-30", None),
            ("12-03-2025", None),
            ("2025-1-1-1", None),
            ("", None),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
    }
}
