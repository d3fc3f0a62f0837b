//! The room that a node takes.

/// The box that a node and its label fill, seen from the node's centre, in pixels at scale 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Half of its width.
    pub half: f64,
    /// From the centre to its top.
    pub above: f64,
    /// From the centre to its bottom.
    pub below: f64,
}

/// Space that is kept free between two boxes.
pub(crate) const MARGIN: f64 = 8.0;

impl Default for Extent {
    /// A node of the usual size with a label of one short line.
    fn default() -> Self {
        Self { half: 45.0, above: 17.0, below: 36.0 }
    }
}

impl Extent {
    /// Itself, with anything that is no length replaced: a layout does not hang on a caller's NaN.
    pub(crate) fn sane(self) -> Self {
        let length = |value: f64, usual: f64| if value.is_finite() { value.clamp(0.0, 1e4) } else { usual };
        let usual = Self::default();
        Self {
            half: length(self.half, usual.half),
            above: length(self.above, usual.above),
            below: length(self.below, usual.below),
        }
    }

    /// Width and height, margin included.
    pub(crate) fn size(self) -> (f64, f64) {
        (2.0 * self.half + MARGIN, self.above + self.below + MARGIN)
    }

    /// How far two boxes at these places reach into each other, across and down; positive in both when they overlap.
    pub(crate) fn overlap(self, at: (f64, f64), other: Self, there: (f64, f64)) -> (f64, f64) {
        let across = self.half + other.half - (at.0 - there.0).abs();
        let down = (at.1 + self.below).min(there.1 + other.below) - (at.1 - self.above).max(there.1 - other.above);
        (across, down)
    }

    /// Whether two boxes at these places keep their distance.
    pub(crate) fn clear(self, at: (f64, f64), other: Self, there: (f64, f64)) -> bool {
        let (across, down) = self.overlap(at, other, there);
        across <= -MARGIN || down <= -MARGIN
    }
}

/// Left, top, right, bottom of boxes.
pub(crate) fn bounds(positions: &[(f64, f64)], extents: &[Extent]) -> Option<(f64, f64, f64, f64)> {
    positions
        .iter()
        .zip(extents)
        .map(|(at, box_)| (at.0 - box_.half, at.1 - box_.above, at.0 + box_.half, at.1 + box_.below))
        .reduce(|a, b| (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3)))
}
