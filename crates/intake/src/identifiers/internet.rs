//! Addresses on the internet.

use std::net::{Ipv4Addr, Ipv6Addr};

use koplamp_model::IdentifierKind;

use super::text::{EURO, LETTER, OTHER, POUND, Text, UNDERSCORE, is_word};
use super::{Candidate, MAX_LENGTH, Normal};

const HOST: &[&str] = &[
    "ip",
    "ip-*",
    "ipv4*",
    "ipv6*",
    "server*",
    "host*",
    "inlog*",
    "ingelogd",
    "login*",
    "logged",
    "router*",
    "verbinding*",
    "vpn",
    "poort",
    "netwerk*",
    "adres",
    "address",
    "connection*",
    "dns",
];
const VERSION: &[&str] = &[
    "versie*",
    "version*",
    "v",
    "release*",
    "build",
    "firmware*",
    "update",
    "paragraaf",
    "par",
    "hoofdstuk",
    "artikel",
    "art",
    "bijlage",
    "sectie",
    "section",
    "chapter",
];

/// A mail address (RFC 5322 dot-atom without quotes, RFC 6531 letters; a host name with a dot and letters at its end). The normal form is
/// in small letters: that two mailboxes differ only in case is allowed, and does not happen.
pub(super) fn mail(text: &Text, sign: usize) -> Option<Candidate> {
    if text.at(sign) != b'@' {
        return None;
    }
    let local = |byte: u8| is_word(byte) || matches!(byte, b'.' | b'-' | b'+' | b'%' | b'\'' | UNDERSCORE);
    let mut start = sign - (1..=64.min(sign)).take_while(|back| local(text.at(sign - back))).count();
    while start < sign && !is_word(text.at(start)) && text.at(start) != UNDERSCORE {
        start += 1;
    }
    let end = host_end(text, sign + 1);
    let top = (sign + 1..end).rev().find(|place| text.at(*place) == b'.')?;
    let letters = text.slice(top + 1, end).iter().all(|byte| byte.is_ascii_alphabetic() || *byte == LETTER);
    if start == sign || text.before(sign) == b'.' || end - top < 3 || !letters || text.at(end) == b'@' {
        return None;
    }
    let normal = Normal::Of(|value| value.to_lowercase());
    Some(Candidate { kind: IdentifierKind::Email, start, end, confidence: 96, normal })
}

/// Where a host name ends: labels of letters, digits and dashes between single points.
fn host_end(text: &Text, start: usize) -> usize {
    let inside = |place: usize| match text.at(place) {
        b'-' => true,
        b'.' => is_word(text.at(place + 1)) && is_word(text.before(place)),
        byte => is_word(byte),
    };
    let mut end = start + (0..253).take_while(|ahead| inside(start + ahead)).count();
    while end > start && !is_word(text.before(end)) {
        end -= 1;
    }
    end
}

/// A web address (RFC 3986; WHATWG URL for what people leave out): `http`, `https` or `ftp`, also in the disarmed form `hxxp`, or a name
/// that begins with `www.`, to which the normal form gives `https`. Scheme and host are in small letters there, and disarmed points are
/// points again.
pub(super) fn url(text: &Text, start: usize) -> Option<Candidate> {
    const SCHEMES: [&str; 5] = ["https://", "http://", "hxxps://", "hxxp://", "ftp://"];
    if is_word(text.before(start)) || !matches!(text.at(start).to_ascii_lowercase(), b'h' | b'f' | b'w') {
        return None;
    }
    let starts = |prefix: &str| text.slice(start, start + prefix.len()).eq_ignore_ascii_case(prefix.as_bytes());
    let scheme = SCHEMES.iter().find(|scheme| starts(scheme)).map(|scheme| scheme.len());
    let host = scheme.or_else(|| starts("www.").then_some(0))? + start;
    if scheme.is_none() && matches!(text.before(start), b'.' | b'@' | b'/' | b'-') {
        return None;
    }
    let allowed = |byte: u8| {
        !matches!(
            byte,
            b' ' | b'\n' | b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`' | b';' | EURO | POUND | OTHER
        )
    };
    let length = (0..MAX_LENGTH).take_while(|ahead| allowed(text.at(start + ahead))).count();
    let end = without_trailing(text, host, start + length);
    let name = text.slice(host, end);
    let stop = name.iter().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(name.len());
    let name = name.get(..stop)?;
    let dotted = name.iter().any(|byte| matches!(byte, b'.' | b':')) || name.eq_ignore_ascii_case(b"localhost");
    let opens = name.first().is_some_and(|first| is_word(*first) || *first == b'[');
    if !dotted || !opens || (scheme.is_none() && name.iter().filter(|byte| **byte == b'.').count() < 2) {
        return None;
    }
    Some(Candidate { kind: IdentifierKind::Url, start, end, confidence: 97, normal: Normal::Of(normal_url) })
}

/// The end without the characters that belong to the sentence: signs, and brackets that were opened before the address.
fn without_trailing(text: &Text, start: usize, mut end: usize) -> usize {
    let count = |byte: u8| text.slice(start, end).iter().filter(|other| **other == byte).count();
    let mut round = count(b')').saturating_sub(count(b'('));
    let mut square = count(b']').saturating_sub(count(b'['));
    while end > start {
        match text.before(end) {
            b'.' | b',' | b':' | b'!' | b'?' | b'\'' | b'*' => {}
            b')' if round > 0 => round -= 1,
            b']' if square > 0 => square -= 1,
            _ => break,
        }
        end -= 1;
    }
    end
}

fn normal_url(value: &str) -> String {
    let (scheme, rest) = value.split_once("://").unwrap_or(("https", value));
    let scheme = scheme.to_lowercase().replace("hxxp", "http");
    let stop = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(stop);
    let host = host.to_lowercase().replace("[.]", ".");
    format!("{scheme}://{host}{}", if path == "/" { "" } else { path })
}

/// An internet address of version 4 (RFC 791), four numbers up to 255 without zeros before them. Numbers of versions and chapters look
/// the same: what follows such a word is none, and four single digits without a word for a host are hardly one (30).
pub(super) fn ipv4(text: &Text, start: usize) -> Option<Candidate> {
    if !text.at(start).is_ascii_digit() {
        return None;
    }
    let length = (0..16).take_while(|ahead| matches!(text.at(start + ahead), b'0'..=b'9' | b'.')).count();
    let end = start + length - usize::from(text.at(start + length - 1) == b'.');
    let value = text.ascii(start, end);
    let address: Ipv4Addr = value.parse().ok()?;
    let port = text.at(end) == b':' && text.at(end + 1).is_ascii_digit();
    if !(port || text.stands_alone(start, end)) || matches!(text.before(start), b'.' | b'-' | UNDERSCORE) {
        return None;
    }
    let host = text.named(start, end, HOST);
    let version = text.named_before(start, 25, VERSION);
    if version.is_some_and(|version| version < 12 && host.is_none_or(|host| version < host)) {
        return None;
    }
    let confidence = match (host, address.octets().iter().all(|octet| *octet < 10)) {
        (Some(_), _) => 92,
        (None, true) => 30,
        (None, false) => 65,
    };
    Some(Candidate { kind: IdentifierKind::Ip, start, end, confidence, normal: Normal::Is(address.to_string()) })
}

/// An internet address of version 6 (RFC 4291); its normal form is that of RFC 5952. Fewer than three groups need a word for a host.
pub(super) fn ipv6(text: &Text, start: usize) -> Option<Candidate> {
    let part = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    if !part(text.at(start)) || text.at(start) == b'.' || part(text.before(start)) || is_word(text.before(start)) {
        return None;
    }
    let length = (0..46).take_while(|ahead| part(text.at(start + ahead))).count();
    let mut end = start + length;
    if matches!(text.before(end), b'.' | b':') && !text.slice(start, end).ends_with(b"::") {
        end -= 1;
    }
    let value = text.slice(start, end);
    if value.iter().filter(|byte| **byte == b':').count() < 2 || !text.ends(end) {
        return None;
    }
    let address: Ipv6Addr = text.ascii(start, end).parse().ok()?;
    let groups = value.split(|byte| *byte == b':').filter(|group| !group.is_empty()).count();
    let digits = value.iter().any(u8::is_ascii_digit);
    let confidence = match (groups, text.named(start, end, HOST).is_some()) {
        (3.., true) => 97,
        (3.., false) if digits => 90,
        (_, true) if digits => 80,
        _ => return None,
    };
    Some(Candidate { kind: IdentifierKind::Ip, start, end, confidence, normal: Normal::Is(address.to_string()) })
}
