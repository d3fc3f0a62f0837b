//! Padmé: sizes that say little.
//!
//! Nikitin, Barman, Lueks, Underwood, Hubaux, Ford: *Reducing Metadata Leakage from Encrypted Files and Communication with PURBs*,
//! PoPETs 2019(4), algorithm 1. A length keeps as many significant bits as its exponent has bits; the rest is rounded up. Of a
//! length below L only O(log log L) bits show, for at most 12 % more bytes, and less the larger the file.

/// The padded size for `length` bytes, the length of something in memory (at most `isize::MAX`).
pub(crate) fn padded_length(length: usize) -> usize {
    let Some(exponent) = length.checked_ilog2().filter(|exponent| *exponent > 0) else {
        return length;
    };
    let significant = exponent.ilog2() + 1;
    let mask = (1 << (exponent - significant)) - 1;
    length.saturating_add(mask) & !mask
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_of_the_paper() {
        // Up to 8 bytes nothing is added; the largest relative overhead of all is at 9 bytes: 10, that is 11.11 % (section 4.3).
        for length in 0..=8 {
            assert_eq!(padded_length(length), length);
        }
        assert_eq!(padded_length(9), 10);
        // Worked by hand from algorithm 1: E = 9, S = 4, 5 bits cleared; E = 20, S = 5, 15 bits; E = 30, S = 5, 25 bits.
        assert_eq!(padded_length(1_000), 1_024);
        assert_eq!(padded_length(1_048_577), 1_048_576 + 32_768);
        assert_eq!(padded_length((1 << 30) + 1), (1 << 30) + (1 << 25));
    }

    proptest! {
        #[test]
        fn overhead_is_bounded_and_padding_is_stable(bits in 1..62u32, rest in any::<usize>()) {
            let length = (1_usize << bits) | (rest & ((1 << bits) - 1));
            let padded = padded_length(length);
            prop_assert!(padded >= length);
            prop_assert!((padded - length) as f64 / length as f64 <= 1.0 / 9.0);
            prop_assert_eq!(padded_length(padded), padded);
            prop_assert!(padded_length(length - 1) <= padded);
        }
    }

    #[test]
    fn few_sizes_are_left() {
        let sizes: std::collections::HashSet<_> = (1 << 16..1 << 17).map(padded_length).collect();
        assert_eq!(sizes.len(), 33, "65,536 lengths give 32 sizes and the next power of two");
    }
}
