//! Telephone numbers.

use koplamp_model::IdentifierKind;

use super::text::{Text, is_word};
use super::{Candidate, Normal};

const PHONE: &[&str] = &[
    "tel",
    "telefoon*",
    "telnr*",
    "mobiel*",
    "gsm*",
    "bel",
    "belde",
    "bellen",
    "gebeld",
    "belt",
    "bereikbaar*",
    "nummer",
    "telefoneer*",
    "whatsapp*",
    "signal",
    "sms*",
    "fax*",
    "phone*",
    "telephone*",
    "mobile*",
    "call*",
    "cell*",
    "t",
    "m",
];

/// The three-digit area codes, and those of numbers without a place (Nummerplan telefoon- en ISDN-diensten).
const AREAS: &[&str] = &[
    "010", "013", "015", "020", "023", "024", "026", "030", "033", "035", "036", "038", "040", "043", "045", "046",
    "050", "053", "055", "058", "070", "071", "072", "073", "074", "075", "076", "077", "078", "079", "084", "085",
    "087", "088", "091",
];
/// Numbers for services, which may be short.
const SERVICES: &[&str] = &["0800", "0900", "0906", "0909"];

/// Country codes with the most digits that follow them there (ITU-T E.164 and the countries' plans); for others E.164 allows 15 in all.
const COUNTRIES: &[(&str, usize)] = &[
    ("1", 10),
    ("20", 10),
    ("27", 9),
    ("30", 10),
    ("31", 9),
    ("32", 9),
    ("33", 9),
    ("34", 9),
    ("36", 9),
    ("39", 11),
    ("40", 9),
    ("41", 9),
    ("43", 13),
    ("44", 10),
    ("45", 8),
    ("46", 9),
    ("47", 8),
    ("48", 9),
    ("49", 11),
    ("51", 9),
    ("52", 10),
    ("53", 8),
    ("54", 11),
    ("55", 11),
    ("56", 9),
    ("57", 10),
    ("58", 10),
    ("60", 10),
    ("61", 9),
    ("62", 12),
    ("63", 10),
    ("64", 10),
    ("65", 8),
    ("66", 9),
    ("7", 10),
    ("81", 10),
    ("82", 10),
    ("84", 10),
    ("86", 11),
    ("90", 10),
    ("91", 10),
    ("92", 10),
    ("93", 9),
    ("94", 9),
    ("95", 10),
    ("98", 10),
    ("212", 9),
    ("213", 9),
    ("216", 8),
    ("351", 9),
    ("352", 9),
    ("353", 9),
    ("355", 9),
    ("358", 10),
    ("359", 9),
    ("370", 8),
    ("380", 9),
    ("381", 9),
    ("385", 9),
    ("420", 9),
    ("421", 9),
    ("593", 9),
    ("595", 9),
    ("597", 7),
    ("598", 8),
    ("599", 8),
    ("852", 8),
    ("971", 9),
    ("972", 9),
];
/// Digits of the longest number that is looked at: a zero may stand in brackets, and two before the country.
const LOOK: usize = 18;

/// A digit of a number: its value, the place after it, and whether it begins a group.
struct Digit {
    value: u8,
    end: usize,
    begins: bool,
}

/// A telephone number: Dutch in its national or international form (Nummerplan telefoon- en ISDN-diensten), foreign with its country code
/// (ITU-T E.164). The normal form is that of E.164. Nothing in a number checks itself; form and words decide.
pub(super) fn phone(text: &Text, start: usize) -> Option<Candidate> {
    let first = text.at(start);
    let bracket = usize::from(first == b'(');
    let plus = text.at(start + bracket) == b'+';
    if !(plus || text.at(start + bracket) == b'0')
        || is_word(text.before(start))
        || (matches!(text.before(start), b'-' | b'.' | b',' | b'/' | b':' | b'+' | b'(')
            && text.before(start.saturating_sub(1)).is_ascii_digit())
    {
        return None;
    }
    let digits = read(text, start + bracket + usize::from(plus));
    let values: String = digits.iter().map(|digit| char::from(digit.value)).collect();
    let abroad = plus || (values.starts_with("00") && !values.starts_with("000"));
    let (count, normal, confidence) = if abroad {
        let prefix = if plus { 0 } else { 2 };
        let (count, normal) = international(values.get(prefix..)?, digits.get(prefix..)?)?;
        (count + prefix, normal, if plus { 85 } else { 60 })
    } else {
        national(&values, &digits)?
    };
    let end = digits.get(count.checked_sub(1)?)?.end;
    let joined = matches!(text.at(end), b'-' | b'/' | b'.' | b',' | b':') && text.at(end + 1).is_ascii_digit();
    if !text.ends(end) || joined {
        return None;
    }
    let named = text.named(start, end, PHONE).is_some();
    if !plus && !named && (text.is_other_number(start) || follows_bank_code(text, start)) {
        return None;
    }
    let confidence = if named { 95 } else { confidence };
    Some(Candidate { kind: IdentifierKind::Phone, start, end, confidence, normal: Normal::Is(normal) })
}

/// Whether the four capitals of a Dutch bank stand before: the rest of an account number that was written down wrongly.
fn follows_bank_code(text: &Text, start: usize) -> bool {
    let end = start - usize::from(matches!(text.before(start), b' ' | b'.'));
    let code = text.slice(end.saturating_sub(4), end);
    code.len() == 4 && code.iter().all(u8::is_ascii_uppercase)
}

/// The digits from here, with at most three signs between two of them, on one line.
fn read(text: &Text, start: usize) -> Vec<Digit> {
    let mut digits: Vec<Digit> = Vec::with_capacity(LOOK);
    let mut place = start;
    while digits.len() < LOOK {
        let signs = (0..4)
            .take_while(|ahead| matches!(text.at(place + ahead), b' ' | b'-' | b'.' | b'/' | b'(' | b')'))
            .count();
        let value = text.at(place + signs);
        if signs > 3 || !value.is_ascii_digit() {
            break;
        }
        place += signs + 1;
        digits.push(Digit { value, end: place, begins: signs > 0 });
    }
    digits
}

/// How many digits after the international prefix belong to the number, and its normal form.
fn international(values: &str, digits: &[Digit]) -> Option<(usize, String)> {
    let (country, most) = COUNTRIES.iter().find(|(code, _)| values.starts_with(code)).copied().or_else(|| {
        values.get(..3).filter(|code| matches!(code.as_bytes().first(), Some(b'2'..=b'9'))).map(|code| (code, 12))
    })?;
    // The zero of `+31 (0)6` is not part of it; Italian numbers have one that is.
    let zero = usize::from(country != "39" && values.get(country.len()..)?.starts_with('0'));
    let from = country.len() + zero;
    let least = if country == "31" { 9 } else { 7.min(most) };
    // A number ends where a group of digits ends.
    let ends_group = |count: &usize| digits.get(*count).is_none_or(|next| next.begins);
    let count = (from + least..=(from + most).min(digits.len())).rev().find(ends_group)?;
    let number = values.get(from..count)?;
    (!number.starts_with('0')).then(|| (count, format!("+{country}{number}")))
}

/// How many digits belong to a number in its national form, its normal form, and how sure the form is.
fn national(values: &str, digits: &[Digit]) -> Option<(usize, String, u8)> {
    if !values.starts_with('0') || values.starts_with("00") {
        return None;
    }
    let first = digits.iter().skip(1).position(|digit| digit.begins).map_or(digits.len(), |at| at + 1);
    let area = values.get(..first)?;
    let ends = |count: usize| count <= digits.len() && digits.get(count).is_none_or(|next| next.begins);
    let service = values.get(..4).is_some_and(|code| SERVICES.contains(&code));
    if service {
        let count = [11, 8].into_iter().find(|count| ends(*count))?;
        return Some((count, normal(values, count)?, if first == 4 { 80 } else { 40 }));
    }
    if !ends(10) {
        return None;
    }
    let groups: Vec<usize> = lengths(digits.get(..10)?);
    let known = values.get(..3).is_some_and(|code| AREAS.contains(&code));
    let confidence = match (groups.as_slice(), area) {
        // Two, two and four digits: a day.
        ([2, 2, 4, ..], _) | ([_, _, _, _, _, _, ..], _) => return None,
        ([10], _) if values.starts_with("06") => 70,
        ([10], _) if known || matches!(values.as_bytes().get(1), Some(b'1'..=b'5')) => 40,
        ([2, ..], "06") => 80,
        ([3, ..], area) if AREAS.contains(&area) => 75,
        ([4, ..], area) if !known && matches!(area.as_bytes().get(1), Some(b'1'..=b'5')) => 70,
        ([4, 3, 3] | [4, 2, 2, 2], area) if area.starts_with("06") => 60,
        _ => return None,
    };
    Some((10, normal(values, 10)?, confidence))
}

fn normal(values: &str, count: usize) -> Option<String> {
    Some(format!("+31{}", values.get(1..count)?))
}

/// The lengths of the groups.
fn lengths(digits: &[Digit]) -> Vec<usize> {
    let mut lengths = Vec::new();
    for digit in digits {
        match lengths.last_mut() {
            Some(last) if !digit.begins => *last += 1,
            _ => lengths.push(1),
        }
    }
    lengths
}
