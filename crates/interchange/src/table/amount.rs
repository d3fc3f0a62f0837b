//! Amounts of tables to plain numbers: `1234.56`.

/// Which sign stands before decimals in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decimals {
    /// `1.234,56`.
    Comma,
    /// `1,234.56`.
    Point,
    /// No cell says it.
    Unknown,
}

impl Decimals {
    /// What the cells of a column say. When they say both, each is read for itself.
    pub(crate) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Self::Unknown;
        for cell in cells {
            match (said(cell), found) {
                (Self::Unknown, _) => {}
                (one, Self::Unknown) => found = one,
                (one, other) if one == other => {}
                _ => return Self::Unknown,
            }
        }
        found
    }
}

/// What one cell says: the last of two different signs, or a single one that does not stand before three digits.
fn said(cell: &str) -> Decimals {
    let (comma, point) = (cell.rfind(','), cell.rfind('.'));
    let single = |sign: char, at: usize| {
        let behind = cell.get(at + 1..).unwrap_or_default().chars().take_while(char::is_ascii_digit).count();
        let before = cell.get(..at).unwrap_or_default();
        let digits = before.chars().filter(char::is_ascii_digit).count();
        // A group of three behind at most three others is thousands; `0,125` is not.
        let grouped = behind == 3
            && (1..=3).contains(&digits)
            && !before.trim_start_matches(|c: char| !c.is_ascii_digit()).starts_with('0');
        cell.matches(sign).count() == 1 && !grouped
    };
    match (comma, point) {
        (Some(comma), Some(point)) if comma > point => Decimals::Comma,
        (Some(_), Some(_)) => Decimals::Point,
        (Some(comma), None) if single(',', comma) => Decimals::Comma,
        (None, Some(point)) if single('.', point) => Decimals::Point,
        _ => Decimals::Unknown,
    }
}

/// An amount as a plain number: an optional `-`, digits, and perhaps `.` with digits. A currency's sign or code before or behind it, a
/// `+`, a minus behind it and `,-` are understood; anything else is not. The number keeps its decimals as written.
pub(crate) fn amount(text: &str, decimals: Decimals) -> Option<String> {
    let mut rest = text.trim();
    let mut negative = false;
    let is_currency = |c: char| c.is_alphabetic() || matches!(c, '€' | '$' | '£' | '¥');
    // Sign and currency stand in either order.
    for _ in 0..2 {
        rest = rest.trim_start_matches(is_currency).trim_start();
        if let Some(behind) = rest.strip_prefix(['-', '\u{2212}']) {
            if negative {
                return None;
            }
            negative = true;
            rest = behind.trim_start();
        } else if let Some(behind) = rest.strip_prefix('+') {
            rest = behind.trim_start();
        }
    }
    rest = rest.trim_end_matches(is_currency).trim_end();
    if let Some(before) = rest.strip_suffix(",-").or_else(|| rest.strip_suffix(".-")) {
        rest = before;
    } else if let Some(before) = rest.strip_suffix('-').filter(|_| !negative) {
        negative = true;
        rest = before.trim_end();
    }
    let decimal = match (decimals, said(rest)) {
        (_, Decimals::Comma) => Some(','),
        (_, Decimals::Point) => Some('.'),
        (Decimals::Comma, _) => Some(','),
        (Decimals::Point, _) => Some('.'),
        _ => None,
    };
    let (whole, fraction) = match decimal.and_then(|sign| rest.rsplit_once(sign)) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (rest, None),
    };
    let thousands = match decimal {
        Some(',') => ".",
        Some(_) => ",",
        None if rest.contains(',') => ",",
        None => ".",
    };
    let groups: Vec<&str> =
        whole.split([' ', '\u{a0}', '\u{202f}', '\'']).flat_map(|part| part.split(thousands)).collect();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let well = |(at, group): (usize, &&str)| digits(group) && (at == 0 || group.len() == 3);
    if !groups.iter().enumerate().all(well)
        || (groups.len() > 1 && !groups.first().is_some_and(|group| (1..=3).contains(&group.len())))
    {
        return None;
    }
    let whole: String = groups.concat();
    let fraction = fraction.unwrap_or_default();
    // Eighteen digits are more money than there is.
    if !digits(fraction) || (whole.is_empty() && fraction.is_empty()) || whole.len() > 18 || fraction.len() > 18 {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let is_zero = whole == "0" && fraction.bytes().all(|byte| byte == b'0');
    let sign = if negative && !is_zero { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::Decimals::{Comma, Point, Unknown};
    use super::*;

    #[test]
    fn table() {
        for (text, decimals, found) in [
            ("1.234,56", Unknown, Some("1234.56")),
            ("1,234.56", Unknown, Some("1234.56")),
            ("€ 12,50", Unknown, Some("12.50")),
            ("-12,50", Unknown, Some("-12.50")),
            ("€ -12,50", Unknown, Some("-12.50")),
            ("-€ 12,50", Unknown, Some("-12.50")),
            ("12,50-", Unknown, Some("-12.50")),
            ("+12.5", Unknown, Some("12.5")),
            ("EUR 1.000.000", Unknown, Some("1000000")),
            ("1.000.000,00 EUR", Unknown, Some("1000000.00")),
            ("1.234", Unknown, Some("1234")),
            ("1.234", Comma, Some("1234")),
            ("1.234", Point, Some("1.234")),
            ("1,234", Comma, Some("1.234")),
            ("0.125", Unknown, Some("0.125")),
            ("12,-", Unknown, Some("12")),
            ("1 234,56", Unknown, Some("1234.56")),
            ("007", Unknown, Some("7")),
            ("-0,00", Unknown, Some("0.00")),
            (",50", Unknown, Some("0.50")),
            ("1.23.4", Unknown, None),
            ("1,2,3", Unknown, None),
            ("12..5", Unknown, None),
            ("--5", Unknown, None),
            ("NaN", Unknown, None),
            ("inf", Unknown, None),
            ("1e400", Unknown, None),
            ("twaalf", Unknown, None),
            ("", Unknown, None),
            ("9999999999999999999999", Unknown, None),
        ] {
            assert_eq!(amount(text, decimals).as_deref(), found, "{text} {decimals:?}");
        }
    }

    #[test]
    fn a_column_says_how_it_is_written() {
        assert_eq!(Decimals::of(["1.234", "12,50", "3"].into_iter()), Comma);
        assert_eq!(Decimals::of(["1,234", "12.50", "3"].into_iter()), Point);
        assert_eq!(Decimals::of(["1.234", "3"].into_iter()), Unknown);
        assert_eq!(Decimals::of(["12,50", "12.50"].into_iter()), Unknown);
    }
}
