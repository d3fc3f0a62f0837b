//! Randomness that can be repeated.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// The variable that gives a run the seed of an earlier one.
pub const VARIABLE: &str = "KOPLAMP_SEED";

/// A generator for the test `name`, with its seed: the one in `KOPLAMP_SEED`, else a new one. It prints which.
pub fn generator(name: &str) -> (u64, StdRng) {
    let seed = match std::env::var(VARIABLE) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{VARIABLE}={text} is not a whole number")),
        Err(_) => rand::rng().random_range(0..u64::from(u32::MAX)),
    };
    println!("{name}: repeat with {VARIABLE}={seed}");
    (seed, StdRng::seed_from_u64(seed))
}

/// A number of rounds: what the variable says, else `usual`. For longer runs than the usual one.
pub fn rounds(variable: &str, usual: usize) -> usize {
    match std::env::var(variable) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{variable}={text} is not a whole number")),
        Err(_) => usual,
    }
}

/// A word of `length` letters that no dictionary has.
pub fn word(rng: &mut StdRng, length: usize) -> String {
    (0..length).map(|_| char::from(b"abcdefghijklmnopqrstuvwxyz"[rng.random_range(0..26)])).collect()
}
