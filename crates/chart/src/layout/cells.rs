//! Which boxes may touch which: the plane in squares, and in each the boxes that reach into it.
//!
//! A table of chains without the squares' own numbers (spatial hashing): squares that share a chain only mean that a box is looked at in vain.

use super::extent::{Extent, MARGIN};

/// The end of a chain.
const END: u32 = u32::MAX;
/// A box reaches into at most so many squares each way, or one large box would fill the table.
const MOST: f64 = 32.0;

/// Boxes by the squares of the plane that they reach into.
pub(crate) struct Cells {
    side: (f64, f64),
    /// First entry of each chain; their number is a power of two.
    heads: Vec<u32>,
    /// Box, and the next entry of its chain.
    entries: Vec<(u32, u32)>,
}

impl Cells {
    /// The boxes where they stand now.
    pub(crate) fn new(positions: &[(f64, f64)], extents: &[Extent]) -> Self {
        let share = 1.0 / extents.len().max(1) as f64;
        let (mut mean, mut most) = ((0.0, 0.0), (0.0_f64, 0.0_f64));
        for (across, down) in extents.iter().map(|one| one.size()) {
            mean = (mean.0 + across * share, mean.1 + down * share);
            most = (most.0.max(across), most.1.max(down));
        }
        let side = (mean.0.max(most.0 / MOST).max(1.0), mean.1.max(most.1 / MOST).max(1.0));
        let chains = (positions.len() * 4).next_power_of_two();
        let mut cells = Self { side, heads: vec![END; chains], entries: Vec::with_capacity(positions.len() * 4) };
        for (node, (at, extent)) in positions.iter().zip(extents).enumerate() {
            cells.put_in(node, *at, *extent);
        }
        cells
    }

    /// A box comes to stand here.
    pub(crate) fn put_in(&mut self, node: usize, at: (f64, f64), extent: Extent) {
        for chain in self.squares(at, extent) {
            let entry = self.entries.len() as u32;
            self.entries.push((node as u32, self.heads[chain]));
            self.heads[chain] = entry;
        }
    }

    /// A box goes from where it stood.
    pub(crate) fn take_out(&mut self, node: usize, at: (f64, f64), extent: Extent) {
        for chain in self.squares(at, extent) {
            let mut before = END;
            let mut entry = self.heads[chain];
            while entry != END {
                let (other, next) = self.entries[entry as usize];
                if other as usize == node {
                    match before {
                        END => self.heads[chain] = next,
                        before => self.entries[before as usize].1 = next,
                    }
                    break;
                }
                (before, entry) = (entry, next);
            }
        }
    }

    /// The boxes that may lie within the margin of one that stands here, itself included, some of them more than once; always in the same order.
    pub(crate) fn near(&self, at: (f64, f64), extent: Extent) -> impl Iterator<Item = usize> {
        self.squares(at, extent).flat_map(move |chain| {
            let mut entry = self.heads[chain];
            std::iter::from_fn(move || {
                let (node, next) = *self.entries.get(entry as usize)?;
                entry = next;
                Some(node as usize)
            })
        })
    }

    /// The chains of the squares that a box and half of the margin around it reach into: two boxes that are closer than the margin share one.
    fn squares(&self, at: (f64, f64), extent: Extent) -> impl Iterator<Item = usize> + use<> {
        let square = |value: f64, side: f64| (value / side).floor() as i64;
        let half = MARGIN / 2.0;
        let across = square(at.0 - extent.half - half, self.side.0)..=square(at.0 + extent.half + half, self.side.0);
        let down = square(at.1 - extent.above - half, self.side.1)..=square(at.1 + extent.below + half, self.side.1);
        let mask = self.heads.len() - 1;
        across.flat_map(move |x| down.clone().map(move |y| chain(x, y) & mask))
    }
}

/// Mixes the numbers of a square (multiplication by odd numbers without a pattern; the upper half of the product depends on all bits).
fn chain(x: i64, y: i64) -> usize {
    let mixed = (x as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (y as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    (mixed.wrapping_mul(0xFF51_AFD7_ED55_8CCD) >> 32) as usize
}
