use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use super::UnlockError;

/// What Argon2id (RFC 9106) costs a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KdfParameters {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// Parameters below the floor, or above what this program spends on opening a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "Argon2id takes at least 64 MiB, 3 passes and 4 lanes here, and at most 1 GiB, 16 passes and 16 lanes; \
     {} KiB, {} passes and {} lanes were asked for", .0.memory_kib, .0.passes, .0.lanes
)]
pub struct KdfLimits(KdfParameters);

const MOST: KdfParameters = KdfParameters { memory_kib: 1024 * 1024, passes: 16, lanes: 16 };

impl KdfParameters {
    /// The second choice that RFC 9106 recommends (section 4): 64 MiB, 3 passes, 4 lanes. Also the floor for new workspaces.
    pub const RECOMMENDED: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 4 };

    /// These parameters: memory in KiB, passes over it, and lanes.
    ///
    /// # Errors
    /// [`KdfLimits`] below the floor of [`KdfParameters::RECOMMENDED`], or above 1 GiB, 16 passes and 16 lanes.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, KdfLimits> {
        let parameters = Self { memory_kib, passes, lanes };
        let floor = Self::RECOMMENDED;
        if memory_kib < floor.memory_kib || passes < floor.passes || lanes < floor.lanes || !parameters.are_bearable() {
            return Err(KdfLimits(parameters));
        }
        Ok(parameters)
    }

    /// Parameters that keep nobody out: 64 KiB, one pass, one lane. For tests, which open workspaces by the thousand.
    pub const fn weak_for_tests() -> Self {
        Self { memory_kib: 64, passes: 1, lanes: 1 }
    }

    /// Whether this program spends that much. Asked of parameters from a file, so that a changed file cannot exhaust the memory.
    /// There is no floor for these: weaker ones than those it was made with just do not open it.
    pub(super) fn are_bearable(self) -> bool {
        // Argon2 itself asks for 8 KiB a lane.
        (1..=MOST.lanes).contains(&self.lanes)
            && (1..=MOST.passes).contains(&self.passes)
            && (8 * self.lanes..=MOST.memory_kib).contains(&self.memory_kib)
    }

    /// The bytes that a wrapped key is bound to.
    pub(super) fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&self.memory_kib.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.passes.to_le_bytes());
        bytes[8..].copy_from_slice(&self.lanes.to_le_bytes());
        bytes
    }

    /// Argon2id of the passphrase in Unicode's composed form (NFC): keyboards differ in how they type an é.
    pub(super) fn stretch(self, passphrase: &str, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, UnlockError> {
        // Composed text has at most three times the bytes (Unicode Standard Annex #15), so this never reallocates.
        let mut composed = Zeroizing::new(String::with_capacity(3 * passphrase.len()));
        composed.extend(passphrase.nfc());

        let parameters =
            Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|_| UnlockError::OutOfMemory)?;
        let mut memory = WipedBlocks(Vec::new());
        memory.0.try_reserve_exact(parameters.block_count()).map_err(|_| UnlockError::OutOfMemory)?;
        memory.0.resize(parameters.block_count(), Block::default());
        let mut stretched = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
            .hash_password_into_with_memory(composed.as_bytes(), salt, stretched.as_mut_slice(), &mut memory.0)
            .map_err(|_| UnlockError::OutOfMemory)?;
        Ok(stretched)
    }
}

/// Argon2's memory holds what would spare a guesser the work.
struct WipedBlocks(Vec<Block>);

impl Drop for WipedBlocks {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(Zeroize::zeroize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floor_and_ceiling_hold() {
        assert_eq!(KdfParameters::new(65_536, 3, 4), Ok(KdfParameters::RECOMMENDED));
        assert!(KdfParameters::new(1024 * 1024, 16, 16).is_ok());
        for (memory, passes, lanes) in
            [(65_535, 3, 4), (65_536, 2, 4), (65_536, 3, 3), (1024 * 1024 + 1, 3, 4), (65_536, 17, 4), (65_536, 3, 17)]
        {
            assert!(KdfParameters::new(memory, passes, lanes).is_err(), "{memory} KiB, {passes} passes, {lanes} lanes");
        }
        assert!(KdfParameters::RECOMMENDED.are_bearable());
        assert!(KdfParameters::weak_for_tests().are_bearable());
        for (memory_kib, passes, lanes) in
            [(u32::MAX, 3, 4), (65_536, u32::MAX, 4), (65_536, 3, u32::MAX), (7, 1, 1), (64, 0, 1), (64, 1, 0)]
        {
            assert!(!KdfParameters { memory_kib, passes, lanes }.are_bearable());
        }
    }

    #[test]
    fn a_passphrase_is_the_same_however_it_is_typed() {
        let stretch = |passphrase| KdfParameters::weak_for_tests().stretch(passphrase, &[7; 16]).unwrap();
        assert_eq!(stretch("caf\u{e9} \u{1e9b}\u{323}"), stretch("cafe\u{301} \u{17f}\u{323}\u{307}"));
        assert_ne!(stretch("café"), stretch("cafe"));
        // The longest growth under NFC: one character of two bytes becomes three of six.
        stretch(&"\u{390}\u{1f82}\u{fb2c}\u{1d160}".repeat(50));
    }
}
