//! Numbers that Dutch authorities give to people, firms and taxpayers.

use koplamp_model::IdentifierKind;

use super::digits::{eleven_test, modulo_97};
use super::text::{Text, is_word};
use super::{Candidate, Normal};

const PERSON: &[&str] = &[
    "bsn*",
    "burgerservice*",
    "sofi",
    "sofinummer*",
    "sofi-nummer*",
    "sofinr*",
    "persoonsnummer*",
    "citizen service number",
];
const ENTITY: &[&str] = &["rsin*", "fiscaal nummer", "fiscaalnummer", "fi-nummer"];
const REGISTER: &[&str] =
    &["kvk*", "k.v.k*", "kamer van koophandel", "handelsregister*", "trade register*", "chamber of commerce", "coc"];
const VAT: &[&str] = &["btw*", "b.t.w*", "vat", "omzetbelasting*"];

const NINE: &[&[usize]] = &[&[9], &[3, 3, 3], &[4, 2, 3]];
const EIGHT: &[&[usize]] = &[&[8], &[4, 4], &[2, 2, 2, 2], &[2, 3, 3]];

/// A BSN (Wet algemene bepalingen burgerservicenummer; eleven-test: Logisch ontwerp BSN) or an RSIN (Handelsregisterbesluit 2008; same
/// test). Both are nine digits of one range, so a word has to tell them apart; without one it may be a BSN, with a confidence of 30,
/// since every eleventh number passes. Eight digits are an old number without its zero, and only found with a word.
pub(super) fn person_or_entity(text: &Text, start: usize) -> Option<Candidate> {
    if !text.at(start).is_ascii_digit() {
        return None;
    }
    let nine = text.any_grouped(start, NINE);
    let short = nine.is_none();
    let (mut digits, end) = nine.or_else(|| text.any_grouped(start, &[&[8], &[4, 2, 2]]))?;
    if short {
        digits.insert(0, b'0');
    }
    if !eleven_test(&digits) {
        return None;
    }
    let (person, entity) = (text.named(start, end, PERSON), text.named(start, end, ENTITY));
    let nearer = |words, than: usize| text.named(start, end, words).is_some_and(|distance| distance < than);
    let (kind, confidence) = match (person, entity) {
        // A register's number has eight digits too.
        (Some(person), _) if short && !nearer(REGISTER, person) && !nearer(ENTITY, person) => (IdentifierKind::Bsn, 85),
        _ if short => return None,
        (None, Some(_)) => (IdentifierKind::Rsin, 95),
        (Some(person), Some(entity)) if entity < person => (IdentifierKind::Rsin, 95),
        (Some(_), _) => (IdentifierKind::Bsn, 95),
        (None, None) => match assessment(text, end) {
            Some(kind) => (kind, 60),
            None if text.is_other_number(start) => return None,
            None => (IdentifierKind::Bsn, 30),
        },
    };
    Some(Candidate { kind, start, end, confidence, normal: Normal::Is(String::from_utf8(digits).ok()?) })
}

/// Whose number begins that of a tax assessment (Belastingdienst): after `.H.`, of income tax, a person's; after the letters of turnover,
/// wage and corporation tax mostly that of an entity.
fn assessment(text: &Text, end: usize) -> Option<IdentifierKind> {
    match (text.at(end), text.at(end + 1), text.at(end + 2), text.at(end + 3).is_ascii_digit()) {
        (b'.', b'H' | b'W', b'.', true) => Some(IdentifierKind::Bsn),
        (b'.', b'F' | b'A' | b'L' | b'V', b'.', true) => Some(IdentifierKind::Rsin),
        _ => None,
    }
}

/// A number in the trade register (Handelsregisterwet 2007): eight digits without any check, so only with a word that names it.
pub(super) fn trade_register(text: &Text, start: usize) -> Option<Candidate> {
    if !text.at(start).is_ascii_digit() {
        return None;
    }
    let (digits, end) = text.any_grouped(start, EIGHT)?;
    let register = text.named(start, end, REGISTER)?;
    if [PERSON, VAT].iter().any(|words| text.named(start, end, words).is_some_and(|other| other < register))
        || (text.is_other_number(start) && register > 2)
    {
        return None;
    }
    let confidence = if register <= 20 { 90 } else { 75 };
    Some(Candidate {
        kind: IdentifierKind::Kvk,
        start,
        end,
        confidence,
        normal: Normal::Is(String::from_utf8(digits).ok()?),
    })
}

/// A Dutch VAT identification number (Wet op de omzetbelasting 1968; Belastingdienst): `NL`, nine digits, `B`, two digits. The digits of
/// a legal entity are its RSIN and pass the eleven-test; the whole number of a sole trader gives 1 modulo 97 (in use since 2020).
/// Without `NL` it is only found where the digits pass the eleven-test.
pub(super) fn vat(text: &Text, start: usize) -> Option<Candidate> {
    let space = |place: usize| place + usize::from(matches!(text.at(place), b' ' | b'.' | b'-'));
    let country = text.slice(start, start + 2).eq_ignore_ascii_case(b"NL") && !is_word(text.before(start));
    let digits_from = if country { space(start + 2) } else { start };
    if !text.at(digits_from).is_ascii_digit() {
        return None;
    }
    let (digits, after) = NINE.iter().find_map(|shape| text.grouped(digits_from, shape))?;
    let letter = space(after);
    let suffix = space(letter + 1);
    let end = suffix + 2;
    if !text.at(letter).eq_ignore_ascii_case(&b'B') || text.digits(suffix, 3) != 2 || text.number(suffix, end) == 0 {
        return None;
    }
    if !text.stands_alone(start, end) {
        return None;
    }
    let normal = format!("NL{}B{}", String::from_utf8(digits.clone()).ok()?, text.ascii(suffix, end));
    let (entity, trader) = (eleven_test(&digits), modulo_97(normal.as_bytes()) == 1);
    let confidence = match (country, text.named(start, end, VAT).is_some()) {
        (true, true) => 98,
        (true, false) => 95,
        (false, true) => 90,
        (false, false) => 80,
    };
    (entity || (country && trader)).then_some(Candidate {
        kind: IdentifierKind::VatId,
        start,
        end,
        confidence,
        normal: Normal::Is(normal),
    })
}
