//! Check digits.

pub(super) use koplamp_model::modulo_97;

/// The eleven-test of BSN and RSIN: nine digits with the weights 9 to 2 and -1 give a multiple of 11 (Logisch ontwerp BSN, appendix 4;
/// the RSIN follows the same rule). A number of zeros only is none.
pub(super) fn eleven_test(digits: &[u8]) -> bool {
    let sum: i32 = digits.iter().zip([9, 8, 7, 6, 5, 4, 3, 2, -1]).map(|(digit, weight)| value(*digit) * weight).sum();
    digits.len() == 9 && sum % 11 == 0 && digits.iter().any(|digit| *digit != b'0')
}

/// The eleven-test of a Dutch bank account: ten digits with the weights 10 to 1 (Betaalvereniging Nederland). New accounts need not pass.
pub(super) fn account_eleven_test(digits: &[u8]) -> bool {
    let sum: i32 = digits.iter().zip((1..=10).rev()).map(|(digit, weight)| value(*digit) * weight).sum();
    digits.len() == 10 && sum % 11 == 0
}

/// The Luhn sum (ISO/IEC 7812-1, annex B; for the IMEI 3GPP TS 23.003, annex B).
pub(super) fn luhn(digits: &[u8]) -> bool {
    let doubled = |digit: i32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let sum: i32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| if place % 2 == 1 { doubled(value(*digit)) } else { value(*digit) })
        .sum();
    sum % 10 == 0
}

/// The remainder modulo 11 of a container's ten first characters (ISO 6346, annex A): 10 is written as 0.
pub(super) fn container_remainder(code: &[u8]) -> u32 {
    let sum: u32 = code.iter().zip(0..10).map(|(byte, power)| container_value(*byte) << power).sum();
    sum % 11
}

/// A is 10, and the multiples of 11 are left out.
fn container_value(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        _ => {
            let letter = u32::from(byte.to_ascii_uppercase().wrapping_sub(b'A'));
            10 + letter + letter.div_ceil(10)
        }
    }
}

/// The sum of a ship's number: six digits with the weights 7 to 2 end in the seventh (IMO resolution A.1117(30)).
pub(super) fn imo(digits: &[u8]) -> bool {
    let sum: i32 = digits.iter().zip((2..=7).rev()).map(|(digit, weight)| value(*digit) * weight).sum();
    digits.len() == 7 && digits.last().is_some_and(|last| sum % 10 == value(*last))
}

/// The check digit of a North American vehicle number: the ninth character (49 CFR 565.15).
pub(super) fn vin(text: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    const VALUES: &[u8; 26] = b"12345678012345070923456789";
    let value = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        _ => VALUES.get(usize::from(byte.wrapping_sub(b'A'))).map_or(0, |digit| u32::from(digit - b'0')),
    };
    let sum: u32 = text.iter().zip(WEIGHTS).map(|(byte, weight)| value(*byte) * weight).sum();
    let expected = if sum % 11 == 10 { b'X' } else { b'0' + (sum % 11) as u8 };
    text.len() == 17 && text.get(8) == Some(&expected)
}

fn value(digit: u8) -> i32 {
    i32::from(digit.wrapping_sub(b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each from outside: Logius' and the tax authority's test numbers, ISO 6346's own CSQU 305438-3, the IMO's own 9074729 and the
    /// Wikipedia pages on VIN (1M8GDM9AXKP042788) and IMEI (49-015420-323751-8).
    #[test]
    fn published_examples() {
        assert!(eleven_test(b"111222333") && eleven_test(b"123456782") && eleven_test(b"002564440"));
        assert!(!eleven_test(b"000000000") && !eleven_test(b"123456789"));
        assert!(account_eleven_test(b"0417164300") && !account_eleven_test(b"0417164301"));
        assert_eq!(modulo_97(b"WEST12345698765432GB82"), 1);
        assert!(luhn(b"490154203237518") && !luhn(b"490154203237517"));
        assert_eq!(container_remainder(b"CSQU305438"), 3);
        assert!(imo(b"9074729") && !imo(b"9074728"));
        assert!(vin(b"1M8GDM9AXKP042788") && vin(b"11111111111111111") && !vin(b"1M8GDM9A1KP042788"));
    }
}
