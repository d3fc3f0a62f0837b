//! How wide words are: IBM Plex Sans, the typeface of the window and of briefings, in its regular weight.
//!
//! The advances are those of the font files in the npm package `@fontsource/ibm-plex-sans` 5.3.0 (OFL-1.1), in thousandths of the font size,
//! without kerning. A letter that is not in the table counts as a wide one: a box may be too large, but nothing sticks out of it.

/// Font size of the labels of nodes, of notes and of the names of frames.
pub const NODE_FONT: f64 = 12.0;
/// Font size of the labels of links.
pub const LINK_FONT: f64 = 11.0;
/// From one baseline to the next, in font sizes.
pub const LINE: f64 = 1.25;
/// How far letters reach below their baseline, in font sizes.
pub(crate) const DESCENT: f64 = 0.275;

/// Of a letter that the table does not have.
const UNKNOWN: u16 = 1000;

/// U+0020 to U+007E.
const ASCII: [u16; 95] = [
    236, 284, 419, 713, 598, 927, 694, 242, 335, 335, 450, 600, 272, 399, 272, 383, 600, 600, 600, 600, 600, 600, 600,
    600, 600, 600, 292, 292, 600, 600, 600, 477, 891, 641, 653, 621, 671, 583, 559, 695, 707, 400, 510, 634, 501, 812,
    707, 708, 606, 708, 640, 581, 572, 678, 609, 891, 613, 593, 580, 317, 383, 317, 600, 565, 600, 534, 580, 503, 580,
    549, 324, 528, 568, 250, 250, 527, 272, 873, 568, 560, 580, 580, 367, 487, 351, 568, 492, 768, 507, 499, 464, 343,
    314, 343, 600,
];

/// U+00A0 to U+017F.
const LATIN: [u16; 224] = [
    236, 284, 514, 595, 612, 605, 314, 586, 600, 776, 399, 513, 600, 0, 476, 600, 468, 600, 346, 346, 600, 573, 652,
    326, 600, 359, 398, 513, 847, 872, 824, 467, 641, 641, 641, 641, 641, 641, 907, 621, 583, 583, 583, 583, 400, 400,
    400, 400, 674, 707, 708, 708, 708, 708, 708, 600, 708, 678, 678, 678, 678, 593, 606, 640, 534, 534, 534, 534, 534,
    534, 864, 503, 549, 549, 549, 549, 250, 250, 250, 250, 555, 568, 560, 560, 560, 560, 560, 600, 568, 568, 568, 568,
    568, 499, 580, 499, 641, 534, 641, 534, 641, 534, 621, 503, 621, 503, 621, 503, 621, 503, 671, 603, 674, 583, 583,
    549, 583, 549, 583, 549, 583, 549, 583, 549, 695, 531, 695, 531, 695, 531, 695, 531, 707, 568, 713, 568, 400, 250,
    400, 250, 400, 250, 400, 250, 400, 250, 645, 496, 510, 250, 634, 527, 527, 501, 272, 501, 272, 501, 274, 501, 358,
    508, 278, 707, 568, 707, 568, 707, 568, 811, 707, 568, 708, 560, 708, 560, 708, 560, 985, 931, 640, 367, 640, 367,
    640, 367, 581, 487, 581, 487, 581, 487, 581, 487, 572, 351, 572, 351, 582, 357, 678, 568, 678, 568, 678, 568, 678,
    568, 678, 568, 678, 568, 891, 768, 593, 499, 593, 580, 464, 580, 464, 580, 464, 278,
];

/// Width of a line of words at this font size, in pixels.
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|letter| f64::from(advance(letter))).sum::<f64>() * size / 1000.0
}

fn advance(letter: char) -> u16 {
    let code = letter as usize;
    let found = match code {
        0x20..0x7F => ASCII.get(code - 0x20),
        0xA0..0x180 => LATIN.get(code - 0xA0),
        _ => None,
    };
    found.copied().unwrap_or(match letter {
        '€' => 625,
        '…' => 803,
        '–' => 588,
        '—' => 780,
        '‘' | '’' => 273,
        '“' | '”' => 475,
        '•' => 396,
        _ => UNKNOWN,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // By fontTools from ibm-plex-sans-latin-400-normal.woff2: k 527, o 560, p 580, l 272, a 534, m 873; € 625, the dot 326.
        assert!((text_width("koplamp", 1000.0) - 3926.0).abs() < 1e-9);
        assert!((text_width("€·", 10.0) - 9.51).abs() < 1e-9);
        assert!(text_width("漢", 12.0) >= 12.0, "unknown letters are wide");
    }
}
