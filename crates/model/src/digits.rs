//! Check digits that more than one room looks at.

/// The remainder modulo 97 of a text in which A stands for 10 and Z for 35 (ISO 7064, MOD 97-10).
pub fn modulo_97(text: &[u8]) -> u32 {
    text.iter().fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte.to_ascii_uppercase().wrapping_sub(b'A')) + 10) % 97,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn published_example() {
        // The Wikipedia page on the IBAN.
        assert_eq!(super::modulo_97(b"WEST12345698765432GB82"), 1);
        assert_ne!(super::modulo_97(b"WEST12345698765432GB83"), 1);
    }
}
