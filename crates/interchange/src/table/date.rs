//! Dates of tables to `YYYY-MM-DD`, with a time after a `T` where there is one.

use time::{Date, Duration, Month, Time};

/// Days from Excel's day 0 (1899-12-30, with its leap year 1900 that was none) that are taken for a date: 1927 to 2173. Other numbers
/// of five digits are no dates that a table would have.
const SERIALS: std::ops::RangeInclusive<i64> = 10_000..=99_999;

/// A date in one of the ways in which Dutch and international tables write it. The day stands before the month unless the year is
/// first; a date for which that cannot be is none, because a table that mixes both orders cannot be read.
pub(crate) fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let (day, time) = match text.find(['T', ' ']) {
        Some(at) => (text.get(..at)?, Some(text.get(at + 1..)?.trim())),
        None => (text, None),
    };
    let day = day_of(day)?;
    match time {
        None | Some("") => Some(day),
        Some(time) if day.len() == 10 => Some(format!("{day}T{}", clock(time)?)),
        Some(_) => None,
    }
}

/// A time of day to `HH:MM:SS`. A zone behind it is left out when it is UTC, and not understood otherwise.
pub(super) fn clock(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('Z');
    let mut parts = text.split(':');
    let hour = two(parts.next()?)?;
    let minute = two(parts.next()?)?;
    let second = parts.next().map_or(Some(0), |second| two(second.split(['.', ',']).next()?))?;
    if parts.next().is_some() {
        return None;
    }
    let time = Time::from_hms(hour, minute, second).ok()?;
    Some(format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second()))
}

fn two(digits: &str) -> Option<u8> {
    ((1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())?
}

fn day_of(text: &str) -> Option<String> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [one] if digits(one) => match one.len() {
            4 => Some(format!("{:04}", year(one)?)),
            5 => {
                let days = one.parse::<i64>().ok().filter(|days| SERIALS.contains(days))?;
                let zero = Date::from_calendar_date(1899, Month::December, 30).ok()?;
                iso(zero.checked_add(Duration::days(days))?)
            }
            8 => calendar(one.get(..4)?, one.get(4..6)?, one.get(6..)?),
            _ => None,
        },
        // A sheet keeps the time of a serial number behind its point.
        [days, rest] if text.contains('.') && days.len() == 5 && digits(rest) => day_of(days),
        [year, month] if year.len() == 4 && text.contains('-') => {
            let (year, month) = (self::year(year)?, Month::try_from(two(month)?).ok()?);
            Some(format!("{year:04}-{:02}", u8::from(month)))
        }
        [year, month, day] if year.len() == 4 => calendar(year, month, day),
        [day, month, year] if year.len() == 4 => calendar(year, month, day),
        _ => None,
    }
}

fn year(text: &str) -> Option<i32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?.filter(|year| (1..=9999).contains(year))
}

fn calendar(year: &str, month: &str, day: &str) -> Option<String> {
    iso(Date::from_calendar_date(self::year(year)?, Month::try_from(two(month)?).ok()?, two(day)?).ok()?)
}

fn iso(date: Date) -> Option<String> {
    Some(format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (text, found) in [
            ("31-12-2025", Some("2025-12-31")),
            ("2025-12-31", Some("2025-12-31")),
            ("31/12/2025", Some("2025-12-31")),
            ("1-2-2025", Some("2025-02-01")),
            ("31.12.2025", Some("2025-12-31")),
            ("20251231", Some("2025-12-31")),
            ("2025/12/31", Some("2025-12-31")),
            // 2025-01-01 is 45658 in Excel (Microsoft's documentation of DATEVALUE gives 40777 for 2011-08-22).
            ("45658", Some("2025-01-01")),
            ("40777", Some("2011-08-22")),
            ("45658.5", Some("2025-01-01")),
            ("2025", Some("2025")),
            ("2025-12", Some("2025-12")),
            ("31-12-2025 23:59", Some("2025-12-31T23:59:00")),
            ("2025-12-31T23:59:58Z", Some("2025-12-31T23:59:58")),
            ("2024-02-29", Some("2024-02-29")),
            ("2025-02-29", None),
            ("12/31/2025", None),
            ("31-12-25", None),
            ("2025-12-31 25:00", None),
            ("2025-12-31T10:00:00+02:00", None),
            ("gisteren", None),
            ("-1", None),
            ("99999999", None),
            ("", None),
            ("€€€€€", None),
        ] {
            assert_eq!(date(text).as_deref(), found, "{text}");
        }
    }
}
