//! Number plates.

use koplamp_model::IdentifierKind;

use super::text::{Text, is_word};
use super::{Candidate, Normal};

/// The series in which Dutch plates are issued (RDW, sidecodes 1 to 14): A a letter, 9 a digit.
const SERIES: [&[u8; 8]; 14] = [
    b"AA-99-99",
    b"99-99-AA",
    b"99-AA-99",
    b"AA-99-AA",
    b"AA-AA-99",
    b"99-AA-AA",
    b"99-AAA-9",
    b"9-AAA-99",
    b"AA-999-A",
    b"A-999-AA",
    b"AAA-99-A",
    b"A-99-AAA",
    b"9-AA-999",
    b"999-AA-9",
];
/// The last of them in which vowels were issued.
const VOWELS_UNTIL: usize = 3;

const VEHICLE: &[&str] = &[
    "kenteken*",
    "voertuig*",
    "auto",
    "auto's",
    "personenauto*",
    "bestelauto*",
    "bestelbus*",
    "bus",
    "busje",
    "vrachtauto*",
    "vrachtwagen*",
    "trekker*",
    "oplegger*",
    "aanhanger*",
    "scooter*",
    "motor",
    "motorfiets*",
    "anpr*",
    "taxi",
    "huurauto*",
    "bedrijfsauto*",
    "rijdend*",
    "plate*",
    "licence plate*",
    "license plate*",
    "registration*",
    "vehicle*",
    "car",
    "van",
    "truck",
    "lorry",
];

/// A Dutch number plate (Regeling kentekens en kentekenplaten; the series are those of the RDW), also with letters that are not issued.
///
/// With dashes the form speaks for itself (75), unless a series that may have vowels has one (40). Without dashes it is one word among
/// many (25); with spaces, in small letters, or without dashes in one of the three oldest series it needs a word that speaks of vehicles.
pub(super) fn plate(text: &Text, start: usize) -> Option<Candidate> {
    if !text.at(start).is_ascii_alphanumeric() {
        return None;
    }
    let joined = text.slice(start, start + 6);
    let (series, end, dashed) = match series(text.slice(start, start + 8), true) {
        Some(series) => (series, start + 8, true),
        None => (series(joined, false)?, start + 6, false),
    };
    let glued = |place: u8, beyond: u8| matches!(place, b'-' | b'/' | b'.') && is_word(beyond);
    if !text.ends(end)
        || glued(text.before(start), text.before(start.saturating_sub(1)))
        || glued(text.at(end), text.at(end + 1))
    {
        return None;
    }
    let value = text.slice(start, end);
    let spaced = dashed && value.contains(&b' ');
    let capital = !value.iter().any(u8::is_ascii_lowercase);
    let vowel = value.iter().any(|byte| matches!(byte.to_ascii_uppercase(), b'A' | b'E' | b'I' | b'O' | b'U'));
    let old = series < VOWELS_UNTIL;
    let vowel = vowel && !is_trailer(value);
    if vowel && !old {
        return None;
    }
    let named = text.named(start, end, VEHICLE).is_some();
    let confidence = match (dashed && !spaced, named) {
        (true, true) if capital => 92,
        (true, true) => 80,
        (false, true) if capital => 80,
        (false, true) if !spaced => 60,
        (true, false) if capital && !text.is_other_number(start) => {
            if vowel {
                40
            } else {
                75
            }
        }
        (false, false) if capital && !spaced && !old => 25,
        _ => return None,
    };
    let normal = value.iter().filter(|byte| byte.is_ascii_alphanumeric());
    let normal = normal.map(|byte| char::from(byte.to_ascii_uppercase())).collect();
    Some(Candidate { kind: IdentifierKind::Plate, start, end, confidence, normal: Normal::Is(normal) })
}

/// Whether the plate is one of a heavy trailer, which begin with O; no other vowel may stand in it.
fn is_trailer(value: &[u8]) -> bool {
    let vowels =
        value.iter().filter(|byte| matches!(byte.to_ascii_uppercase(), b'A' | b'E' | b'I' | b'O' | b'U')).count();
    vowels == 1 && matches!(value, [b'O' | b'o', second, ..] if second.is_ascii_alphabetic())
}

/// Which of the series this is, with or without dashes.
fn series(text: &[u8], dashed: bool) -> Option<usize> {
    // Both separators are the same: `12 AB-34` is something else.
    let mut separators = text.iter().filter(|byte| !byte.is_ascii_alphanumeric());
    if separators.next() != separators.next() {
        return None;
    }
    let fits = |series: &[u8; 8]| {
        let mut expected = series.iter().filter(|byte| dashed || **byte != b'-');
        text.iter().all(|byte| match expected.next() {
            Some(b'A') => byte.is_ascii_alphabetic(),
            Some(b'9') => byte.is_ascii_digit(),
            Some(_) => matches!(byte, b'-' | b' '),
            None => false,
        }) && expected.next().is_none()
    };
    SERIES.iter().position(|series| fits(series))
}
