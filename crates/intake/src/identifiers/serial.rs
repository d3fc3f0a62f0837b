//! Numbers of things: containers, ships, telephones, vehicles.

use koplamp_model::IdentifierKind;

use super::digits::{container_remainder, imo, luhn, vin};
use super::text::{Text, is_word};
use super::{Candidate, Normal};

const SHIP: &[&str] = &["imo", "imo-nummer*", "imonummer*", "imo-number*"];
const DEVICE: &[&str] = &["imei*", "toestel*", "handset*", "smartphone*", "telefoon*", "gsm*", "device*", "phone*"];
const SUBSCRIBER: &[&str] = &["imsi*", "simkaart*", "iccid*"];
const CHASSIS: &[&str] = &[
    "vin",
    "vin-*",
    "chassis*",
    "voertuigidentificatie*",
    "identificatienummer*",
    "framenummer*",
    "vehicle identification*",
];

/// A freight container (ISO 6346): owner's code, `U`, `J` or `Z`, six digits, check digit. A remainder of 10 is written as 0 and then
/// proves less.
pub(super) fn container(text: &Text, start: usize) -> Option<Candidate> {
    let owner = text.slice(start, start + 4);
    let category = *owner.get(3)?;
    if !owner.iter().all(u8::is_ascii_uppercase) || !matches!(category, b'U' | b'J' | b'Z') {
        return None;
    }
    let mut code = owner.to_vec();
    let mut place = start + 4;
    while code.len() < 11 {
        place += usize::from(matches!(text.at(place), b' ' | b'-' | b'.' | b'/'));
        if !text.at(place).is_ascii_digit() {
            return None;
        }
        code.push(text.at(place));
        place += 1;
    }
    let remainder = container_remainder(code.get(..10)?);
    if !text.stands_alone(start, place) || u32::from(code.last()? - b'0') != remainder % 10 {
        return None;
    }
    let confidence = match (remainder, category) {
        (10, _) => 60,
        (_, b'U') => 95,
        _ => 80,
    };
    let normal = Normal::Is(String::from_utf8(code).ok()?);
    Some(Candidate { kind: IdentifierKind::Container, start, end: place, confidence, normal })
}

/// A ship's number (IMO resolution A.1117(30)): seven digits, the last from a weighted sum, and the word IMO at most 25 characters away.
pub(super) fn ship(text: &Text, start: usize) -> Option<Candidate> {
    // The number may be glued to the word.
    let glued = text.slice(start, start + 3).eq_ignore_ascii_case(b"IMO") && text.at(start + 3).is_ascii_digit();
    let digits_from = if glued { start + 3 } else { start };
    let (digits, end) = text.grouped(digits_from, &[7])?;
    if !imo(&digits) || !text.stands_alone(start, end) {
        return None;
    }
    if !glued && text.named(start, end, SHIP).is_none_or(|distance| distance > 25) {
        return None;
    }
    let normal = Normal::Is(String::from_utf8(digits).ok()?);
    Some(Candidate { kind: IdentifierKind::Imo, start: digits_from, end, confidence: 95, normal })
}

/// A mobile device (IMEI, 3GPP TS 23.003): fifteen digits with a Luhn sum. Without a word that speaks of devices it may be anything (30),
/// with one that speaks of subscribers it is none.
pub(super) fn device(text: &Text, start: usize) -> Option<Candidate> {
    if !text.at(start).is_ascii_digit() {
        return None;
    }
    let shapes: [&[usize]; 6] = [&[15], &[2, 6, 6, 1], &[6, 2, 6, 1], &[8, 6, 1], &[14, 1], &[6, 8, 1]];
    let (digits, end) = text.any_grouped(start, &shapes)?;
    let all_zero = digits.iter().all(|digit| *digit == b'0');
    if !luhn(&digits) || all_zero {
        return None;
    }
    let (device, subscriber) = (text.named(start, end, DEVICE), text.named(start, end, SUBSCRIBER));
    let confidence = match (device, subscriber) {
        (_, Some(subscriber)) if device.is_none_or(|device| subscriber < device) => return None,
        (Some(_), _) => 95,
        (None, _) if text.is_other_number(start) => return None,
        (None, _) => 30,
    };
    let normal = Normal::Is(String::from_utf8(digits).ok()?);
    Some(Candidate { kind: IdentifierKind::Imei, start, end, confidence, normal })
}

/// A vehicle identification number (ISO 3779): 17 characters without I, O and Q, and digits at the end. Only North America (first
/// character 1 to 5) has a check digit (49 CFR 565.15), and there it must be right; elsewhere it takes a word to be sure.
pub(super) fn vehicle(text: &Text, start: usize) -> Option<Candidate> {
    let (value, end) = (text.slice(start, start + 17), start + 17);
    let allowed =
        |byte: &u8| (byte.is_ascii_uppercase() || byte.is_ascii_digit()) && !matches!(byte, b'I' | b'O' | b'Q');
    if value.len() != 17 || !value.iter().all(allowed) || is_word(text.before(start)) || !text.stands_alone(start, end)
    {
        return None;
    }
    let letters = value.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    if letters < 2 || text.digits(end - 4, 4) != 4 {
        return None;
    }
    let american = matches!(value.first(), Some(b'1'..=b'5'));
    let confidence = match (american, text.named(start, end, CHASSIS).is_some()) {
        (true, _) if !vin(value) => return None,
        (_, true) => 95,
        (true, false) => 90,
        (false, false) if vin(value) => 60,
        (false, false) => 40,
    };
    Some(Candidate { kind: IdentifierKind::Vin, start, end, confidence, normal: Normal::Is(text.ascii(start, end)) })
}
