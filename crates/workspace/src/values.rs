//! What can be stated: values in the form that their property asks for, periods that end after they begin, ends of links that are no links.

use koplamp_model::PropertyKind;

use crate::WorkspaceError;
use crate::days::days;
use crate::statements::invalid;

/// Longest value or quote, in characters.
pub(crate) const MOST_CHARACTERS: usize = 4_000;

/// Why something cannot be stated so. Each has a code of its own, for whoever typed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unfit {
    /// A date is asked for.
    #[error(
        "{property}: '{text}' is no date: YYYY, YYYY-MM or YYYY-MM-DD is expected, perhaps with T and a time behind it"
    )]
    Date {
        /// The property, or `valid_from`, `valid_to`.
        property: String,
        /// What was given.
        text: String,
    },
    /// A number is asked for.
    #[error("{property}: '{text}' is no number: digits are expected, with a point before decimals")]
    Number {
        /// The property.
        property: String,
        /// What was given.
        text: String,
    },
    /// An amount is asked for.
    #[error("{property}: '{text}' is no amount: digits are expected, with a point before decimals, as 1234.56")]
    Amount {
        /// The property.
        property: String,
        /// What was given.
        text: String,
    },
    /// A period that ends before it begins.
    #[error("a period cannot end ({to}) before it begins ({from})")]
    Period {
        /// When it begins.
        from: String,
        /// When it ends.
        to: String,
    },
    /// A link that joins a link.
    #[error("{property}: a link joins entities, not itself or another link")]
    LinkEnd {
        /// The property of the end.
        property: String,
    },
}

impl Unfit {
    /// What the window says beside the code: what was typed, and where.
    pub(crate) fn details(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Date { property, text } | Self::Number { property, text } | Self::Amount { property, text } => {
                vec![("property", property.clone()), ("text", text.clone())]
            }
            Self::Period { from, to } => vec![("from", from.clone()), ("to", to.clone())],
            Self::LinkEnd { property } => vec![("property", property.clone())],
        }
    }
}

/// The text without what nobody sees: control characters but for tab and line end, and those that turn its direction (Unicode's `Bidi_Control`).
pub(crate) fn clean(text: &str) -> String {
    let hidden = |c: char| {
        (c.is_control() && c != '\t' && c != '\n')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(hidden) { text.chars().filter(|c| !hidden(*c)).collect() } else { text.to_owned() }
}

/// Words as a statement keeps them.
///
/// # Errors
/// When nothing is left of them, there are too many, or they are not what a property of this kind holds.
pub(crate) fn value(kind: Option<PropertyKind>, property: &str, text: &str) -> Result<String, WorkspaceError> {
    let text = clean(text).trim().to_owned();
    if text.is_empty() {
        return Err(invalid("value", "must not be empty"));
    }
    if text.chars().count() > MOST_CHARACTERS {
        return Err(invalid("value", &format!("has at most {MOST_CHARACTERS} characters")));
    }
    if let Some(kind) = kind {
        fits(kind, property, &text)?;
    }
    Ok(text)
}

/// Whether words are what a property of this kind holds.
///
/// # Errors
/// When it holds dates, numbers or amounts, and they are none.
pub(crate) fn fits(kind: PropertyKind, property: &str, text: &str) -> Result<(), Unfit> {
    let said = || (property.to_owned(), text.to_owned());
    match kind {
        PropertyKind::Date if !is_date(text) => {
            let (property, text) = said();
            Err(Unfit::Date { property, text })
        }
        PropertyKind::Number if !is_number(text) => {
            let (property, text) = said();
            Err(Unfit::Number { property, text })
        }
        PropertyKind::Amount if !is_amount(text) => {
            let (property, text) = said();
            Err(Unfit::Amount { property, text })
        }
        _ => Ok(()),
    }
}

/// A date as statements keep it; none when it is empty.
///
/// # Errors
/// When it is no date.
pub(crate) fn moment(property: &str, text: Option<&str>) -> Result<Option<String>, WorkspaceError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    match is_date(text) {
        true => Ok(Some(text.to_owned())),
        false => Err(Unfit::Date { property: property.to_owned(), text: text.to_owned() }.into()),
    }
}

/// From when until when something held.
///
/// # Errors
/// When one is no date, or it ends before it begins.
pub(crate) fn period(from: Option<&str>, to: Option<&str>) -> Result<(Option<String>, Option<String>), WorkspaceError> {
    let (from, to) = (moment("valid_from", from)?, moment("valid_to", to)?);
    match from.as_deref().zip(to.as_deref()) {
        Some((from, to)) if is_backward(from, to) => {
            Err(Unfit::Period { from: from.to_owned(), to: to.to_owned() }.into())
        }
        _ => Ok((from, to)),
    }
}

/// Whether a period ends on a day before it begins. Of what is no date, nobody knows.
pub(crate) fn is_backward(from: &str, to: &str) -> bool {
    days(from).zip(days(to)).is_some_and(|((begins, _), (_, ends))| begins > ends)
}

/// Whether every beginning that is said of something lies after every end.
pub(crate) fn backward<'a>(starts: &[&'a str], ends: &[&'a str]) -> Option<(&'a str, &'a str)> {
    let all = starts.iter().all(|start| ends.iter().all(|end| is_backward(start, end)));
    starts.first().zip(ends.first()).filter(|_| all).map(|(start, end)| (*start, *end))
}

fn is_date(text: &str) -> bool {
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let lengths: Vec<usize> = date.split('-').map(str::len).collect();
    let plain = date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let whole = matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2]);
    plain && whole && days(date).is_some() && time.is_none_or(|time| lengths.len() == 3 && is_time(time))
}

/// `HH:MM`, with seconds and parts of them, and a zone.
fn is_time(text: &str) -> bool {
    let (clock, zone) = match text.find(['Z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let clock = clock.split_once('.').map_or(clock, |(clock, _)| clock);
    let parts: Vec<Option<u8>> = clock.split(':').map(|part| part.parse().ok().filter(|_| part.len() == 2)).collect();
    let zone_fits = zone.chars().all(|c| c.is_ascii_digit() || matches!(c, 'Z' | '+' | '-' | ':')) && zone.len() <= 6;
    let fits = |part: &Option<u8>, below: u8| part.is_some_and(|part| part < below);
    zone_fits
        && match parts.as_slice() {
            [hour, minute] => fits(hour, 24) && fits(minute, 60),
            [hour, minute, second] => fits(hour, 24) && fits(minute, 60) && fits(second, 61),
            _ => false,
        }
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite) && text.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_amount(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let bare = text.strip_prefix('-').unwrap_or(text);
    bare.split_once('.').map_or_else(|| digits(bare), |(whole, part)| digits(whole) && digits(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_what_its_property_asks_for() {
        let fits = |kind, text| value(Some(kind), "x", text).is_ok();
        for text in
            ["1999", "1999-02", "1999-02-28", "2025-03-12T04:16", "2025-03-12 04:16:59.5Z", "2025-03-12T04:16+01:00"]
        {
            assert!(fits(PropertyKind::Date, text), "{text}");
        }
        for text in [
            "31-31-1999",
            "2025-02-31",
            "2025-2-1",
            "2025-+1",
            "2025-03-12Tx",
            "2025-03T04:16",
            "gisteren",
            "2025-03-12T25:00",
        ] {
            assert!(!fits(PropertyKind::Date, text), "{text}");
        }
        for (text, number, amount) in [
            ("12", true, true),
            ("-12.50", true, true),
            ("1e3", true, false),
            ("NaN", false, false),
            ("inf", false, false),
            ("-12,x", false, false),
            ("12,50", false, false),
            (".", false, false),
        ] {
            assert_eq!(
                (fits(PropertyKind::Number, text), fits(PropertyKind::Amount, text)),
                (number, amount),
                "{text}"
            );
        }
        assert!(fits(PropertyKind::Text, "31-31-1999") && value(None, "x", "-12,x").is_ok());
    }

    #[test]
    fn what_nobody_sees_is_not_kept() {
        assert_eq!(value(None, "name", " Ada\u{0}\u{202e} Boei\u{200f} ").unwrap(), "Ada Boei");
        assert!(value(None, "name", "\u{202e}\u{0}").is_err());
        assert_eq!(clean("twee\nregels\té"), "twee\nregels\té");
    }

    #[test]
    fn a_period_ends_after_it_begins() {
        assert!(period(Some("2025-03-20"), Some("2020-01-01")).is_err());
        assert!(period(Some("2025-03"), Some("2025")).is_ok() && period(Some("2025"), None).is_ok());
        assert!(period(Some("2025-02-31"), None).is_err());
        assert_eq!(backward(&["2025"], &["2020", "2019"]), Some(("2025", "2020")));
        assert_eq!(backward(&["2025", "2018"], &["2020"]), None);
        assert_eq!(backward(&["2025"], &[]), None);
    }
}
