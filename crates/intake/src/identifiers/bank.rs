//! Bank accounts.

use iban::IbanLike;
use koplamp_model::IdentifierKind;

use super::digits::account_eleven_test;
use super::text::{Text, is_word};
use super::{Candidate, Normal};

/// Letters and digits of the longest account number, and of the shortest.
const LONGEST: usize = 34;
const SHORTEST: usize = 15;

/// An IBAN (ISO 13616-1): length and structure of its country from the SWIFT registry, check digits modulo 97.
///
/// Spaces, points and dashes may stand between its characters, and one line break with the spaces around it. A Dutch account that passes
/// the eleven-test is surer still.
pub(super) fn iban(text: &Text, start: usize) -> Option<Candidate> {
    if !(text.at(start).is_ascii_alphabetic() && text.at(start + 1).is_ascii_alphabetic())
        || is_word(text.before(start))
    {
        return None;
    }
    let mut code = String::with_capacity(LONGEST);
    let mut place = start;
    let mut accepted = None;
    while code.len() < LONGEST && text.at(place).is_ascii_alphanumeric() {
        code.push(char::from(text.at(place).to_ascii_uppercase()));
        place += 1;
        // The shape shows after four characters; most words end here.
        if matches!(code.len(), 3 | 4) && !code.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if code.len() >= SHORTEST && text.ends(place) {
            accepted = code.parse::<iban::Iban>().ok().map(|iban| (iban, place)).or(accepted);
        }
        place = if code.len() == 1 { place } else { after_separator(text, place) };
    }
    let (iban, end) = accepted?;
    let normal = iban.electronic_str().to_owned();
    let account = normal.get(8..).filter(|_| normal.starts_with("NL"));
    let confidence = if account.is_some_and(|account| account_eleven_test(account.as_bytes())) { 99 } else { 97 };
    Some(Candidate { kind: IdentifierKind::Iban, start, end, confidence, normal: Normal::Is(normal) })
}

/// The place after one separator, or after a line break with up to three spaces around it.
fn after_separator(text: &Text, place: usize) -> usize {
    let end = (place..place + 4).find(|place| !matches!(text.at(*place), b' ' | b'\n')).unwrap_or(place);
    let breaks = text.slice(place, end).iter().filter(|byte| **byte == b'\n').count();
    match text.at(place) {
        b'.' | b'-' => place + 1,
        b' ' | b'\n' if breaks == 1 || (breaks == 0 && end == place + 1) => end,
        _ => place,
    }
}
