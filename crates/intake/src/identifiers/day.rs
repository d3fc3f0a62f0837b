//! Dates.

use koplamp_model::IdentifierKind;

use super::text::{EURO, Text, is_word};
use super::{Candidate, Normal};
use crate::date;

/// Names and abbreviations of the months, Dutch and English; longer ones first.
const MONTHS: &[(&str, u8)] = &[
    ("januari", 1),
    ("january", 1),
    ("jan", 1),
    ("februari", 2),
    ("february", 2),
    ("feb", 2),
    ("maart", 3),
    ("march", 3),
    ("mrt", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("mei", 5),
    ("may", 5),
    ("juni", 6),
    ("june", 6),
    ("jun", 6),
    ("juli", 7),
    ("july", 7),
    ("jul", 7),
    ("augustus", 8),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("oktober", 10),
    ("october", 10),
    ("okt", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];
const ORDINALS: &[&str] = &["ste", "st", "nd", "rd", "th", "de", "e"];
/// Words after which numbers with points are no days.
const CHAPTERS: &[&str] =
    &["artikel", "art", "paragraaf", "par", "hoofdstuk", "versie*", "version*", "v", "release", "bijlage"];

/// A day that exists, from 1900 to 2200, with its year: in numbers (day first as in Dutch and British English; year first as in ISO 8601;
/// month first, with slashes, only where nothing else is possible), or with the month's name in Dutch or English. The normal form is that
/// of ISO 8601.
///
/// A year of two digits is of this century up to 49 and of the one before from 50 on; with an apostrophe it is 85, without 55.
pub(super) fn day(text: &Text, start: usize) -> Option<Candidate> {
    if is_word(text.before(start)) {
        return None;
    }
    let (end, normal, confidence) = match text.at(start) {
        b'0'..=b'9' => numeric(text, start).or_else(|| named(text, start)),
        b'A'..=b'Z' | b'a'..=b'z' => month_first(text, start),
        _ => None,
    }?;
    Some(Candidate { kind: IdentifierKind::Date, start, end, confidence, normal: Normal::Is(normal) })
}

type Found = (usize, String, u8);

fn numeric(text: &Text, start: usize) -> Option<Found> {
    let (first, second, third) = (text.digits(start, 5), start, start);
    let separator = text.at(second + first);
    if !matches!(separator, b'-' | b'/' | b'.') || !matches!(first, 1 | 2 | 4) {
        return None;
    }
    let second = third + first + 1;
    let middle = text.digits(second, 3);
    let third = second + middle + 1;
    let last = text.digits(third, 5);
    let end = third + last;
    if !matches!(middle, 1 | 2) || text.at(second + middle) != separator {
        return None;
    }
    let joined_before = text.before(start) == separator && is_word(text.before(start.saturating_sub(1)));
    let joined_after = text.at(end) == separator && is_word(text.at(end + 1));
    let time = text.at(end) == b'T' && text.at(end + 1).is_ascii_digit();
    if joined_before || joined_after || !(text.ends(end) || time) {
        return None;
    }
    // A sum of money that was written badly.
    let money =
        text.before(start) == EURO || (text.before(start) == b' ' && text.before(start.saturating_sub(1)) == EURO);
    if separator == b'.' && money {
        return None;
    }
    if separator == b'.' && text.named_before(start, 20, CHAPTERS).is_some_and(|distance| distance < 3) {
        return None;
    }
    let (one, two, three) =
        (text.number(start, start + first), text.number(second, second + middle), text.number(third, end));
    match (first, last) {
        (4, 1 | 2) => Some((end, exists(one, two, three)?, 95)),
        (1 | 2, 4) => match exists(three, two, one) {
            Some(day) => Some((end, day, 95)),
            None if separator == b'/' => Some((end, exists(three, one, two)?, 60)),
            None => None,
        },
        (1 | 2, 2) if middle == 2 => Some((end, exists(century(three), two, one)?, 55)),
        _ => None,
    }
}

/// `31 december 2025`, `1st of May 2025`, `31 dec. '25`, `31-dec-25`.
fn named(text: &Text, start: usize) -> Option<Found> {
    let length = text.digits(start, 3);
    if !(1..=2).contains(&length) || text.before(start) == b'-' {
        return None;
    }
    let day = text.number(start, start + length);
    let place = ordinal(text, start + length);
    let place = gap(text, place, b"-. \n")?;
    let place =
        text.word(place, "of").or_else(|| text.word(place, "van")).map_or(Some(place), |end| gap(text, end, b" \n"))?;
    let (place, month) = month(text, place)?;
    let place = place + usize::from(text.at(place) == b'.');
    let (end, year, confidence) = year(text, gap(text, place, b", -\n").unwrap_or(place), text.at(place) == b'-')?;
    Some((end, exists(year, u32::from(month), day)?, confidence))
}

/// `December 31, 2025`.
fn month_first(text: &Text, start: usize) -> Option<Found> {
    // Most words are no month, and no number follows them: that is seen at once.
    let letters = (0..10).take_while(|ahead| text.at(start + ahead).is_ascii_alphabetic()).count();
    if !(3..=9).contains(&letters) || !(1..4).any(|ahead| text.at(start + letters + ahead).is_ascii_digit()) {
        return None;
    }
    let (place, month) = month(text, start)?;
    let place = gap(text, place + usize::from(text.at(place) == b'.'), b" \n")?;
    let length = text.digits(place, 3);
    if !(1..=2).contains(&length) {
        return None;
    }
    let day = text.number(place, place + length);
    let place = gap(text, ordinal(text, place + length), b", \n")?;
    let (end, year, confidence) = year(text, place, false)?;
    Some((end, exists(year, u32::from(month), day)?, confidence))
}

/// The place after one to three of these signs.
fn gap(text: &Text, place: usize, signs: &[u8]) -> Option<usize> {
    let length = (0..3).take_while(|ahead| signs.contains(&text.at(place + ahead))).count();
    (length > 0).then_some(place + length)
}

fn ordinal(text: &Text, place: usize) -> usize {
    ORDINALS.iter().find_map(|word| text.word(place, word)).unwrap_or(place)
}

fn month(text: &Text, place: usize) -> Option<(usize, u8)> {
    MONTHS.iter().find_map(|(name, month)| Some((text.word(place, name)?, *month)))
}

/// The year: four digits, or two after an apostrophe or, if `short`, by themselves.
fn year(text: &Text, place: usize, short: bool) -> Option<(usize, u32, u8)> {
    let apostrophe = text.at(place) == b'\'';
    let start = place + usize::from(apostrophe);
    let length = text.digits(start, 5);
    let end = start + length;
    if !text.ends(end) || (text.at(end) == b'-' && is_word(text.at(end + 1))) {
        return None;
    }
    match length {
        4 => Some((end, text.number(start, end), 95)),
        2 if apostrophe => Some((end, century(text.number(start, end)), 85)),
        2 if short => Some((end, century(text.number(start, end)), 70)),
        _ => None,
    }
}

fn century(year: u32) -> u32 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

fn exists(year: u32, month: u32, day: u32) -> Option<String> {
    date::from_parts(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}
