//! Amounts of money.

use koplamp_model::IdentifierKind;

use super::text::{EURO, POUND, Text, is_word};
use super::{Candidate, Normal};

/// Groups of digits of the longest amount.
const GROUPS: usize = 6;
/// Digits of the longest group.
const DIGITS: usize = 12;

/// How a currency is written, its code in ISO 4217, and how sure that is.
const CURRENCIES: &[(&str, &str, u8)] = &[
    ("euro's", "EUR", 95),
    ("euros", "EUR", 95),
    ("euro", "EUR", 95),
    ("eur", "EUR", 95),
    ("us$", "USD", 95),
    ("usd", "USD", 95),
    ("$", "USD", 80),
    ("us dollars", "USD", 95),
    ("us-dollar", "USD", 95),
    ("dollars", "USD", 75),
    ("dollar", "USD", 75),
    ("gbp", "GBP", 95),
];
/// Words that make an amount larger.
const FACTORS: &[(&str, u128)] = &[
    ("miljoen", 1_000_000),
    ("million", 1_000_000),
    ("mln.", 1_000_000),
    ("mln", 1_000_000),
    ("miljard", 1_000_000_000),
    ("billion", 1_000_000_000),
    ("mld.", 1_000_000_000),
    ("mld", 1_000_000_000),
    ("duizend", 1000),
    ("thousand", 1000),
    ("k", 1000),
    ("m", 1_000_000),
];

/// An amount of money with its currency before or after it (codes of ISO 4217; Dutch and English ways of writing numbers). The normal form
/// is the code and a number with two decimals: `EUR 412350.00`.
///
/// One point or comma with three digits after it parts thousands, with one or two digits after it decimals. Where only that rule decides,
/// it is 85.
pub(super) fn amount(text: &Text, start: usize) -> Option<Candidate> {
    if is_word(text.before(start)) {
        return None;
    }
    let found = if text.at(start).is_ascii_digit() { after(text, start) } else { before(text, start) };
    let (end, currency, sum, confidence) = found?;
    let normal = Normal::Is(format!("{currency} {}.{:02}", sum / 100, sum % 100));
    Some(Candidate { kind: IdentifierKind::Amount, start, end, confidence, normal })
}

type Found = (usize, &'static str, u128, u8);

/// The currency stands before the number.
fn before(text: &Text, start: usize) -> Option<Found> {
    let (place, currency, sure) = currency(text, start)?;
    let number = number(text, spaces(text, place, 2), true)?;
    let (end, sum) = scaled(text, &number)?;
    let sure = if text.slice(start, place).eq_ignore_ascii_case(b"euro") { 70 } else { sure };
    (text.ends(end) && text.at(end) != b'%').then_some((end, currency, sum, sure.min(number.confidence)))
}

/// The currency stands after the number.
fn after(text: &Text, start: usize) -> Option<Found> {
    let joined =
        matches!(text.before(start), b'.' | b',' | b'-' | b'/' | b':') && is_word(text.before(start.saturating_sub(1)));
    if joined {
        return None;
    }
    let number = number(text, start, false)?;
    let (place, sum) = scaled(text, &number)?;
    let (end, currency, sure) = currency(text, spaces(text, place, 1))?;
    // `5 $ 100`: the sign belongs to what follows.
    if text.digits(spaces(text, end, 1), 1) == 1 && !text.before(end).is_ascii_alphabetic() {
        return None;
    }
    text.ends(end).then_some((end, currency, sum, sure.min(number.confidence)))
}

fn spaces(text: &Text, place: usize, most: usize) -> usize {
    place + (0..most).take_while(|ahead| matches!(text.at(place + ahead), b' ' | b'\n')).count()
}

fn currency(text: &Text, place: usize) -> Option<(usize, &'static str, u8)> {
    match text.at(place) {
        EURO => return Some((place + 1, "EUR", 97)),
        POUND => return Some((place + 1, "GBP", 95)),
        b'$' | b'D' | b'd' | b'E' | b'e' | b'G' | b'g' | b'U' | b'u' => {}
        _ => return None,
    }
    CURRENCIES.iter().find_map(|(written, code, sure)| {
        let end = place + written.len();
        let stands = text.slice(place, end).eq_ignore_ascii_case(written.as_bytes());
        let whole = written.ends_with('$') || !text.at(end).is_ascii_alphabetic();
        (stands && whole).then_some((end, *code, *sure))
    })
}

/// A number as it is written: digits before and after the decimal sign.
struct Number {
    whole: u128,
    decimals: u128,
    /// How many decimals there are.
    places: u32,
    end: usize,
    confidence: u8,
}

/// The number at this place. `spaced` allows spaces between thousands when decimals follow them.
fn number(text: &Text, start: usize, spaced: bool) -> Option<Number> {
    let mut groups: Vec<(u8, usize, usize)> = Vec::with_capacity(GROUPS);
    let mut place = start;
    loop {
        let length = text.digits(place, DIGITS + 1);
        if length == 0 || length > DIGITS || groups.len() == GROUPS {
            return None;
        }
        let separator = if groups.is_empty() { b' ' } else { text.before(place) };
        groups.push((separator, place, place + length));
        place += length;
        let joins =
            matches!(text.at(place), b'.' | b',') || (spaced && text.at(place) == b' ' && groups_go_on(text, place));
        if !(joins && text.at(place + 1).is_ascii_digit()) {
            break;
        }
        place += 1;
    }
    let value = |(_, from, to): &(u8, usize, usize)| {
        text.slice(*from, *to).iter().fold(0u128, |sum, byte| sum * 10 + u128::from(byte.wrapping_sub(b'0')))
    };
    let length = |(_, from, to): &(u8, usize, usize)| to - from;
    let (last, rest) = groups.split_last()?;
    let decimal = !rest.is_empty() && length(last) < 3;
    let thousands = if decimal { rest } else { groups.as_slice() };
    let (first, parts) = thousands.split_first()?;
    let sign = parts.first().map(|part| part.0);
    if parts.iter().any(|part| length(part) != 3 || Some(part.0) != sign)
        || (!parts.is_empty() && length(first) > 3)
        || (decimal && Some(last.0) == sign)
    {
        return None;
    }
    let whole = parts.iter().fold(value(first), |sum, part| sum * 1000 + value(part));
    let (decimals, places) = if decimal { (value(last), length(last) as u32) } else { (0, 0) };
    let confidence = if groups.len() == 2 && !decimal { 85 } else { 99 };
    // `2.400,-` and `2.400,--`: no cents.
    let dashes = (1..=2).take_while(|ahead| text.at(place + ahead) == b'-').count();
    let dashed = matches!(text.at(place), b',' | b'.') && dashes > 0;
    let end = if dashed { place + 1 + dashes } else { place };
    Some(Number { whole, decimals, places, end, confidence })
}

/// Whether `185 000,00` goes on here: groups of three digits, then decimals.
fn groups_go_on(text: &Text, place: usize) -> bool {
    let mut place = place;
    while text.at(place) == b' ' && text.digits(place + 1, 4) == 3 {
        place += 4;
        if matches!(text.at(place), b'.' | b',') {
            return text.digits(place + 1, 3) == 2;
        }
    }
    false
}

/// The sum in cents, and where it ends, with the word after it that makes it larger.
fn scaled(text: &Text, number: &Number) -> Option<(usize, u128)> {
    let place = spaces(text, number.end, 1);
    let factor = FACTORS.iter().find_map(|(word, factor)| {
        let end = place + word.len();
        // Single letters only where they touch the number: `25k`.
        let near = word.len() > 1 || place == number.end;
        let stands = near && text.slice(place, end).eq_ignore_ascii_case(word.as_bytes()) && text.ends(end);
        stands.then_some((end, *factor))
    });
    let (end, factor) = factor.unwrap_or((number.end, 1));
    let cents = number.whole.checked_mul(100)?.checked_mul(factor)?;
    let decimals = (number.decimals * 100).checked_mul(factor)? / 10u128.pow(number.places);
    Some((end, cents.checked_add(decimals)?))
}
