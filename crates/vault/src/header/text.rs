//! The header as text: JSON whose last two fields are a MAC and a checksum, each over all lines before its own.
//!
//! So anyone can check a copy for damage without a key: `head -n -2 header | sha256sum` gives the checksum.

use aws_lc_rs::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use super::{FORMAT, HeaderError, VERSION};

const MAC: &str = "  \"mac\": \"";
const CHECKSUM: &str = "  \"checksum\": \"";
const DIGITS: usize = 64;

/// The fields before the MAC, as lines: what the MAC is made over.
pub(super) fn body(fields: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(fields).expect("the header's fields have text for keys");
    format!("{},\n", json.trim_end_matches(['}', '\n']))
}

/// The whole file.
pub(super) fn whole(body: &str, mac: &[u8; 32]) -> String {
    let mut text = format!("{body}{MAC}{}\",\n", hex::encode(mac));
    let checksum = hex::encode(digest(&SHA256, text.as_bytes()));
    text.push_str(&format!("{CHECKSUM}{checksum}\"\n}}\n"));
    text
}

/// What every version of the header has.
#[derive(Deserialize)]
struct Preamble {
    format: String,
    version: u32,
}

/// The fields and the MAC of a whole file, after its checksum has been found right.
pub(super) fn parse<T: for<'de> Deserialize<'de>>(text: &str) -> Result<(T, [u8; 32]), HeaderError> {
    let (checked, checksum) = split_last_field(text, CHECKSUM, "\"\n}\n").ok_or(HeaderError::Damaged)?;
    if digest(&SHA256, checked.as_bytes()).as_ref() != checksum {
        return Err(HeaderError::Damaged);
    }
    // From here on the file is as its writer left it: what does not fit is of another version, or made by hand.
    let preamble: Preamble = serde_json::from_str(text).map_err(|_| HeaderError::Damaged)?;
    if preamble.format != FORMAT {
        return Err(HeaderError::Damaged);
    }
    if preamble.version != VERSION {
        return Err(HeaderError::UnsupportedVersion { version: preamble.version });
    }
    let (_, mac) = split_last_field(checked, MAC, "\",\n").ok_or(HeaderError::Damaged)?;
    let fields = serde_json::from_str(text).map_err(|_| HeaderError::Damaged)?;
    Ok((fields, mac))
}

/// Splits `text` where its last field begins, which is the line `before`, 64 hexadecimal digits, `after`.
fn split_last_field<'a>(text: &'a str, before: &str, after: &str) -> Option<(&'a str, [u8; 32])> {
    let rest = text.strip_suffix(after)?;
    let (rest, digits) = rest.split_at_checked(rest.len().checked_sub(DIGITS)?)?;
    if digits.bytes().any(|digit| digit.is_ascii_uppercase()) {
        return None;
    }
    let mut bytes = [0; 32];
    hex::decode_to_slice(digits, &mut bytes).ok()?;
    Some((rest.strip_suffix(before)?, bytes))
}
