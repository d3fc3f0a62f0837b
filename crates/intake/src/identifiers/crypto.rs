//! Addresses of crypto currencies.

use koplamp_model::IdentifierKind;
use sha2::{Digest, Sha256};
use sha3::Keccak256;

use super::text::{Text, is_word};
use super::{Candidate, Normal};

/// A Bitcoin address (base58check with the prefixes of the main net, and bech32 or bech32m: BIP 173, BIP 350) or an Ethereum address
/// (EIP-55). The first three prove themselves (99); an Ethereum address in letters of one case has nothing to prove it (75).
///
/// The normal form of an Ethereum address has the case of EIP-55, that of a bech32 address is in small letters.
pub(super) fn wallet(text: &Text, start: usize) -> Option<Candidate> {
    if is_word(text.before(start)) || !matches!(text.at(start), b'0' | b'1' | b'3' | b'b' | b'B') {
        return None;
    }
    let length = (0..91).take_while(|ahead| text.at(start + ahead).is_ascii_alphanumeric()).count();
    let end = start + length;
    if !text.ends(end) {
        return None;
    }
    let found = match (text.at(start), text.at(start + 1)) {
        (b'1' | b'3', _) if (26..=35).contains(&length) => base58(text, start, end),
        (b'b' | b'B', b'c' | b'C') if (14..=90).contains(&length) => segwit(text, start, end),
        (b'0', b'x') if length == 42 => ethereum(text, start, end),
        _ => None,
    };
    let (confidence, normal) = found?;
    Some(Candidate { kind: IdentifierKind::Crypto, start, end, confidence, normal: Normal::Is(normal) })
}

fn base58(text: &Text, start: usize, end: usize) -> Option<(u8, String)> {
    let bytes = bs58::decode(text.slice(start, end)).into_vec().ok()?;
    let (payload, sum) = bytes.split_at_checked(21)?;
    let version = matches!(payload.first(), Some(0 | 5));
    let digest = Sha256::digest(Sha256::digest(payload));
    (version && sum.len() == 4 && digest.starts_with(sum)).then(|| (99, text.ascii(start, end)))
}

fn segwit(text: &Text, start: usize, end: usize) -> Option<(u8, String)> {
    let address = text.ascii(start, end);
    let (network, _, _) = bech32::segwit::decode(&address).ok()?;
    (network == bech32::hrp::BC).then(|| (99, address.to_ascii_lowercase()))
}

fn ethereum(text: &Text, start: usize, end: usize) -> Option<(u8, String)> {
    let hex = text.ascii(start + 2, end);
    if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let proper = eip55(&hex);
    let mixed = hex.contains(|c: char| c.is_ascii_lowercase()) && hex.contains(|c: char| c.is_ascii_uppercase());
    let confidence = if mixed { 99 } else { 75 };
    (!mixed || proper == hex).then(|| (confidence, format!("0x{proper}")))
}

/// The forty digits in the case of EIP-55: a letter is large where the digest of the small ones has a high digit.
fn eip55(hex: &str) -> String {
    let small = hex.to_ascii_lowercase();
    let digest = Keccak256::digest(small.as_bytes());
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    small.chars().zip(digits).map(|(c, digit)| if digit > 7 { c.to_ascii_uppercase() } else { c }).collect()
}
