//! What can go wrong when a scene is written.

/// Why a scene could not be written.
#[derive(Debug, thiserror::Error)]
pub enum BriefingError {
    /// A length or position is not a number, or farther away than any chart is.
    #[error("{what} has the value {value}, which cannot be drawn; lay the chart out again")]
    Length {
        /// Which one.
        what: String,
        /// Its value.
        value: f64,
    },
    /// The picture would take too much memory.
    #[error(
        "a picture of {width} by {height} pixels is too large; choose a scale of at most {most:.2}, write part of the chart, or write SVG"
    )]
    TooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
        /// The largest scale that is possible.
        most: f32,
    },
    /// The scale is not a number above zero.
    #[error("the scale {0} is no number above zero; 1 is the size on the screen, 2 suits paper")]
    Scale(f32),
    /// A font of the program could not be cut down to the characters in use.
    #[error("the font {font} could not be embedded ({reason}); this program is damaged, install it again")]
    Font {
        /// Name of the font.
        font: &'static str,
        /// What the subsetter said.
        reason: String,
    },
    /// The drawing could not be read back to make pages or pixels of it.
    #[error("the drawing could not be turned into {into}: {reason}; write SVG instead, and report this")]
    Convert {
        /// `a PDF` or `a picture`.
        into: &'static str,
        /// What the library said.
        reason: String,
    },
}
