//! The hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014).
//!
//! It orders operations and breaks ties; it authorises nothing and blocks nothing, so a clock that is years wrong does no harm.

use serde::{Deserialize, Serialize};

/// 48 bits of milliseconds since 1970 (UTC) and 16 bits of counter, in one number that orders as time does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// Milliseconds since 1970 (UTC), as the device's clock claimed them.
    pub const fn millis(self) -> u64 {
        self.0 >> 16
    }
}

/// A clock that never repeats and never goes back, whatever the device's clock does.
#[derive(Debug, Default)]
pub struct Clock {
    last: u64,
}

impl Clock {
    /// A clock that has seen `last`: every later timestamp is greater.
    pub const fn after(last: Timestamp) -> Self {
        Self { last: last.0 }
    }

    /// The next timestamp, given the device's clock in milliseconds since 1970.
    pub fn tick(&mut self, now_millis: u64) -> Timestamp {
        let physical = (now_millis & 0xffff_ffff_ffff) << 16;
        self.last = physical.max(self.last.saturating_add(1));
        Timestamp(self.last)
    }

    /// Takes note of a timestamp made elsewhere.
    pub fn observe(&mut self, other: Timestamp) {
        self.last = self.last.max(other.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn timestamps_increase_whatever_the_device_clock_does(readings in prop::collection::vec(0u64..1 << 48, 2..50)) {
            let mut clock = Clock::default();
            let stamps: Vec<_> = readings.iter().map(|&now| clock.tick(now)).collect();
            prop_assert!(stamps.windows(2).all(|pair| pair[0] < pair[1]), "{stamps:?}");
        }
    }

    #[test]
    fn a_timestamp_tells_the_device_clock() {
        assert_eq!(Clock::default().tick(1_700_000_000_123).millis(), 1_700_000_000_123);
    }
}
