//! Pictures as pixels: where in them the edge of something drawn is.

use std::io::Cursor;

/// A picture in red, green and blue.
pub struct Pixels {
    width: usize,
    height: usize,
    parts: usize,
    bytes: Vec<u8>,
}

/// Something drawn with a border of one colour, as large as it should be. Lengths are pixels of the picture.
#[derive(Debug, Clone, Copy)]
pub struct Outline {
    /// Its middle: from the left and from the top.
    pub middle: (f64, f64),
    /// From the middle to the furthest point of its border.
    pub radius: f64,
    /// How wide its border is drawn.
    pub width: f64,
    /// Red, green and blue of its border.
    pub colour: [u8; 3],
}

impl Pixels {
    /// Of a PNG with eight bits a colour.
    ///
    /// # Panics
    /// When it is none.
    pub fn of_png(png: &[u8]) -> Self {
        let mut reader = png::Decoder::new(Cursor::new(png)).read_info().expect("a PNG");
        let mut bytes = vec![0; reader.output_buffer_size().expect("a picture that fits")];
        let info = reader.next_frame(&mut bytes).expect("a whole PNG");
        assert_eq!(info.bit_depth, png::BitDepth::Eight, "eight bits a colour");
        let size = |pixels: u32| usize::try_from(pixels).expect("a picture that fits");
        Self { width: size(info.width), height: size(info.height), parts: info.color_type.samples(), bytes }
    }

    /// The colour at a point between pixels; none outside. The middle of the first pixel is at (0.5, 0.5).
    fn colour(&self, x: f64, y: f64) -> Option<[f64; 3]> {
        let (x, y) = (x - 0.5, y - 0.5);
        if x < 0.0 || y < 0.0 || x + 1.0 >= self.width as f64 || y + 1.0 >= self.height as f64 {
            return None;
        }
        let (left, top) = (x.floor(), y.floor());
        let part = |column: usize, row: usize, part: usize| {
            f64::from(self.bytes[((top as usize + row) * self.width + left as usize + column) * self.parts + part])
        };
        let (right, below) = (x - left, y - top);
        Some([0, 1, 2].map(|one| {
            let above = part(0, 0, one) * (1.0 - right) + part(1, 0, one) * right;
            let under = part(0, 1, one) * (1.0 - right) + part(1, 1, one) * right;
            above * (1.0 - below) + under * below
        }))
    }

    /// How far from the middle the border runs in this direction (radians from the right, clockwise); none where it cannot be seen,
    /// because something else lies over it. It is looked for up to so many pixels further out than it should be.
    pub fn border(&self, outline: &Outline, direction: f64, reach: f64) -> Option<f64> {
        const STEP: f64 = 0.1;
        /// So like its colour is the border where it is drawn whole.
        const LIKE: f64 = 0.6;
        /// So much wider than it is drawn an edge looks that does not fall on whole pixels.
        const SOFT: f64 = 2.0;
        let Outline { middle, radius, width, colour } = *outline;
        let like = |away: f64| {
            let (x, y) = (middle.0 + away * direction.cos(), middle.1 + away * direction.sin());
            let seen = self.colour(x, y)?;
            let off = (0..3).map(|part| (seen[part] - f64::from(colour[part])).abs()).sum::<f64>();
            // White is as unlike as what is around it and its tint inside.
            let white = (0..3).map(|part| 255.0 - f64::from(colour[part])).sum::<f64>();
            Some((1.0 - off / (0.8 * white)).max(0.0))
        };
        let from = radius * 0.4;
        let steps = ((radius + reach - from) / STEP) as u32;
        let along = (0..=steps).map(|step| from + f64::from(step) * STEP);
        let along: Vec<(f64, f64)> = along.map(|away| like(away).map(|like| (away, like))).collect::<Option<_>>()?;
        let (at, most) = along.iter().copied().fold((0.0, 0.0), |best, one| if one.1 > best.1 { one } else { best });
        if most < LIKE {
            return None;
        }
        // The border is all that is like it on both sides; with what lies against it, a letter or a link, it would be too wide, and its middle
        // elsewhere.
        let peak = along.iter().position(|one| one.0 >= at)?;
        let unlike = |one: &(f64, f64)| one.1 < most / 3.0;
        let inner = along[..peak].iter().rposition(unlike)?;
        let outer = peak + along[peak..].iter().position(unlike)?;
        if (outer - inner) as f64 * STEP > width + SOFT {
            return None;
        }
        let (sum, weight) = along[inner..outer]
            .iter()
            .fold((0.0, 0.0), |(sum, weight), (away, like)| (sum + away * like, weight + like));
        Some(sum / weight)
    }
}
