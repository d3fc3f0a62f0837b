//! Numbers that look random and follow from a seed: SplitMix64 (Steele, Lea, Flood 2014), as a function of place and not as a stream,
//! so that a node's numbers do not change when another node comes or goes.

/// A number in `0.0..1.0` that follows from the seed and a place.
pub(crate) fn noise(seed: u64, place: u64) -> f64 {
    let mut mixed = seed.wrapping_add(place.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}

/// A place in the unit disc's square that follows from the seed and a place.
pub(crate) fn jitter(seed: u64, place: u64) -> (f64, f64) {
    (2.0 * noise(seed, 2 * place) - 1.0, 2.0 * noise(seed, 2 * place + 1) - 1.0)
}
