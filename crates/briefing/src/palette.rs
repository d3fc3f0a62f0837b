//! Colours of paper: the light theme of the window (`ui/src/theme/tokens.css`), and the palette of Okabe and Ito.

use std::fmt;

use koplamp_model::{Paint, Rgb};

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// The palette of Okabe and Ito ("Color Universal Design", 2008), in their order: black, orange, sky blue, bluish green, yellow, blue,
/// vermilion, reddish purple. The numbers in a scene are places in it.
pub const PALETTE: [Colour; 8] = [
    Colour(0x00, 0x00, 0x00),
    Colour(0xe6, 0x9f, 0x00),
    Colour(0x56, 0xb4, 0xe9),
    Colour(0x00, 0x9e, 0x73),
    Colour(0xf0, 0xe4, 0x42),
    Colour(0x00, 0x72, 0xb2),
    Colour(0xd5, 0x5e, 0x00),
    Colour(0xcc, 0x79, 0xa7),
];

/// `--surface`.
pub const SURFACE: Colour = Colour(0xff, 0xff, 0xff);
/// `--ground`.
pub const GROUND: Colour = Colour(0xf3, 0xf4, 0xf6);
/// `--line`.
pub const LINE: Colour = Colour(0xdc, 0xdf, 0xe5);
/// `--line-control`.
pub const LINE_CONTROL: Colour = Colour(0x85, 0x8d, 0x9b);
/// `--ink`.
pub const INK: Colour = Colour(0x14, 0x17, 0x1c);
/// `--ink-2`.
pub const INK_2: Colour = Colour(0x41, 0x48, 0x53);
/// `--ink-3`.
pub const INK_3: Colour = Colour(0x5c, 0x64, 0x72);
/// `--caution-ground`: behind notes.
pub const NOTE_GROUND: Colour = Colour(0xfd, 0xf2, 0xd8);
/// `--caution`: around notes.
pub const NOTE_LINE: Colour = Colour(0x7d, 0x52, 0x00);

/// The colour at a place of [`PALETTE`]; grey for a place that it does not have.
pub fn category(place: u8) -> Colour {
    PALETTE.get(usize::from(place)).copied().unwrap_or(LINE_CONTROL)
}

/// A colour of a scene, as paper has it.
pub fn paint(paint: Paint) -> Colour {
    match paint {
        Paint::Palette(place) => category(place),
        Paint::Own(Rgb(red, green, blue)) => Colour(red, green, blue),
    }
}

impl Colour {
    /// The colour inside a node: 18 per cent of its own on white.
    pub fn tint(self) -> Self {
        let mix = |part: u8| u8::try_from((u32::from(part) * 18 + 255 * 82 + 50) / 100).unwrap_or(u8::MAX);
        Self(mix(self.0), mix(self.1), mix(self.2))
    }
}

impl fmt::Display for Colour {
    /// `#rrggbb`.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The window's colours are the reference.
    #[test]
    fn colours_are_those_of_the_windows_light_theme() {
        let tokens = include_str!("../../../ui/src/theme/tokens.css");
        let light = tokens.split("data-theme=\"light\"").nth(1).unwrap().split('}').next().unwrap();
        for (name, colour) in [
            ("surface", SURFACE),
            ("ground", GROUND),
            ("line", LINE),
            ("line-control", LINE_CONTROL),
            ("ink", INK),
            ("ink-2", INK_2),
            ("ink-3", INK_3),
            ("caution-ground", NOTE_GROUND),
            ("caution", NOTE_LINE),
        ] {
            assert!(light.contains(&format!("--{name}: {colour};")), "{name} is not {colour}");
        }
    }

    #[test]
    fn a_tint_lies_between_white_and_the_colour() {
        assert_eq!(Colour(0, 114, 178).tint(), Colour(209, 230, 241));
        assert_eq!(SURFACE.tint(), SURFACE);
    }
}
