//! Dates in a query: a year, a month or a day, and ranges of them.

use time::{Date, Month};

/// A span of days, both ends included; a day is written as the number `YYYYMMDD`, which orders as time does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day; none is the beginning of time.
    pub from: Option<u32>,
    /// The last day; none is the end of time.
    pub to: Option<u32>,
}

/// Why a date was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DateProblem {
    /// Not a date.
    Unreadable(String),
    /// It ends before it begins.
    Reversed,
}

impl Days {
    /// Reads `2024`, `2024-05`, `2024-05-03`, `3-5-2024`, `A..B`, `A..`, `..B`, `>A`, `>=A`, `<A`, `<=A`.
    pub(crate) fn parse(text: &str) -> Result<Self, DateProblem> {
        let days = if let Some(rest) = text.strip_prefix(">=") {
            Self { from: Some(span(rest)?.0), to: None }
        } else if let Some(rest) = text.strip_prefix("<=") {
            Self { from: None, to: Some(span(rest)?.1) }
        } else if let Some(rest) = text.strip_prefix('>') {
            Self { from: Some(span(rest)?.1 + 1), to: None }
        } else if let Some(rest) = text.strip_prefix('<') {
            Self { from: None, to: Some(span(rest)?.0 - 1) }
        } else if let Some((from, to)) = text.split_once("..") {
            let end = |text: &str| if text.is_empty() { Ok(None) } else { span(text).map(Some) };
            let (from, to) = (end(from)?, end(to)?);
            if from.is_none() && to.is_none() {
                return Err(DateProblem::Unreadable(text.to_owned()));
            }
            Self { from: from.map(|span| span.0), to: to.map(|span| span.1) }
        } else {
            let (from, to) = span(text)?;
            Self { from: Some(from), to: Some(to) }
        };
        match (days.from, days.to) {
            (Some(from), Some(to)) if from > to => Err(DateProblem::Reversed),
            _ => Ok(days),
        }
    }
}

/// A day of a document, `YYYY-MM-DD`, as the number that is indexed. None when it is not a day that exists.
pub(crate) fn day_number(text: &str) -> Option<u32> {
    match text.split('-').collect::<Vec<_>>()[..] {
        [y, m, d] if y.len() == 4 => day(y, m, d),
        _ => None,
    }
}

/// First and last day of a date. The last need not exist (31 June): numbers are compared, not days.
fn span(text: &str) -> Result<(u32, u32), DateProblem> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let read = match parts[..] {
        [y] if y.len() == 4 => number(y).filter(|&y| y > 0).map(|y| (y * 10_000 + 101, y * 10_000 + 1231)),
        [y, m] | [m, y] if y.len() == 4 && (1..=2).contains(&m.len()) => month(y, m),
        [y, m, d] if y.len() == 4 => day(y, m, d).map(|day| (day, day)),
        [d, m, y] if y.len() == 4 => day(y, m, d).map(|day| (day, day)),
        _ => None,
    };
    read.ok_or_else(|| DateProblem::Unreadable(text.to_owned()))
}

fn month(y: &str, m: &str) -> Option<(u32, u32)> {
    let (y, m) = (number(y)?, number(m)?);
    (y > 0 && (1..=12).contains(&m)).then_some((y * 10_000 + m * 100 + 1, y * 10_000 + m * 100 + 31))
}

fn day(y: &str, m: &str, d: &str) -> Option<u32> {
    let (y, m, d) = (number(y)?, number(m)?, number(d)?);
    let month = Month::try_from(u8::try_from(m).ok()?).ok()?;
    Date::from_calendar_date(i32::try_from(y).ok()?, month, u8::try_from(d).ok()?).ok()?;
    (y > 0).then_some(y * 10_000 + m * 100 + d)
}

fn number(digits: &str) -> Option<u32> {
    let plain = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_ranges_are_read() {
        for (text, from, to) in [
            ("2024", Some(20240101), Some(20241231)),
            ("2024-05", Some(20240501), Some(20240531)),
            ("2024-02-29", Some(20240229), Some(20240229)),
            ("3-5-2024", Some(20240503), Some(20240503)),
            ("2024-01-01..2024-06-30", Some(20240101), Some(20240630)),
            ("2023..2024-02", Some(20230101), Some(20240231)),
            ("2024..", Some(20240101), None),
            ("..2024", None, Some(20241231)),
            (">2024-05", Some(20240532), None),
            (">=2024-05", Some(20240501), None),
            ("<2024", None, Some(20240100)),
            ("<=2024", None, Some(20241231)),
        ] {
            assert_eq!(Days::parse(text), Ok(Days { from, to }), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "..", ">", "24", "2024-13", "2023-02-29", "2024-5-32", "0000", "20240101", "mei", "2024-05-03-01"]
        {
            assert!(matches!(Days::parse(text), Err(DateProblem::Unreadable(_))), "{text}");
        }
        assert_eq!(Days::parse("2024..2023"), Err(DateProblem::Reversed));
    }
}
