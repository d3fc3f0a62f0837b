//! Colours that readers cannot tell apart, or hardly see: said of a style sheet, never forbidden, because shape, icon and line say the same.
//!
//! How a colour looks to a colour-blind reader: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
//! Deficiency" (IEEE TVCG 15(6), 2009), severity 1, in linear light. How far two colours are apart: the distance in Oklab (Ottosson, 2020).
//! What is faint: contrast below 3 to 1 with the ground (WCAG 2.2, success criterion 1.4.11).

use std::collections::BTreeSet;

use koplamp_model::{Paint, Rgb, Schema, StyleSheet};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How somebody sees colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Vision {
    /// With all three kinds of cone.
    Usual,
    /// Without those for red.
    Protan,
    /// Without those for green.
    Deutan,
    /// Without those for blue.
    Tritan,
}

/// What a chart is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Ground {
    /// Paper, and the window's light theme.
    Light,
    /// The window's dark theme.
    Dark,
}

/// What is to be said of the colours of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export)]
pub enum Concern {
    /// Two types have colours that differ, and look alike.
    Alike {
        /// A type.
        one: String,
        /// The other.
        other: String,
        /// To whom.
        to: Vec<Vision>,
    },
    /// A colour is hardly seen.
    Faint {
        /// The type.
        #[serde(rename = "type")]
        kind: String,
        /// On which ground.
        on: Ground,
        /// Its contrast with that ground in hundredths: 225 is 2.25 to 1.
        contrast: u16,
    },
}

/// Colours nearer than this look alike. The palette of Okabe and Ito, which was made for colour-blind readers, has none so near; the red and
/// green that are known not to be told apart (`#d62728`, `#2ca02c`) are at 0.04.
const NEAR: f64 = 0.07;
/// Least contrast, in hundredths.
const CONTRAST: u16 = 300;
/// Most concerns that are told of one sheet.
const MOST: usize = 200;

/// The palette as the light theme and paper have it, and as the dark theme has it; `ui/src/theme/chart.css`.
const PALETTE: [[Rgb; 8]; 2] = [
    [
        Rgb(0x00, 0x00, 0x00),
        Rgb(0xe6, 0x9f, 0x00),
        Rgb(0x56, 0xb4, 0xe9),
        Rgb(0x00, 0x9e, 0x73),
        Rgb(0xf0, 0xe4, 0x42),
        Rgb(0x00, 0x72, 0xb2),
        Rgb(0xd5, 0x5e, 0x00),
        Rgb(0xcc, 0x79, 0xa7),
    ],
    [
        Rgb(0xb4, 0xba, 0xc5),
        Rgb(0xe6, 0x9f, 0x00),
        Rgb(0x56, 0xb4, 0xe9),
        Rgb(0x22, 0xb9, 0x8e),
        Rgb(0xe5, 0xda, 0x43),
        Rgb(0x4d, 0x9f, 0xdb),
        Rgb(0xf0, 0x80, 0x3c),
        Rgb(0xd9, 0x8f, 0xb5),
    ],
];
/// `--surface` of the light and of the dark theme.
const GROUNDS: [(Ground, Rgb); 2] = [(Ground::Light, Rgb(0xff, 0xff, 0xff)), (Ground::Dark, Rgb(0x1b, 0x1e, 0x23))];

/// Linear light to linear light, by vision.
const SEEN: [(Vision, [[f64; 3]; 3]); 4] = [
    (Vision::Usual, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        Vision::Protan,
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        Vision::Deutan,
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        Vision::Tritan,
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

/// What is to be said of the colours of a sheet: first of what is faint, then of what looks alike. Types of entity are compared with each
/// other, and types of link; two that have the same colour have it on purpose.
pub fn concerns(sheet: &StyleSheet, schema: &Schema) -> Vec<Concern> {
    let coloured: Vec<(&str, Paint)> =
        sheet.types.iter().filter_map(|style| Some((style.kind.as_str(), style.colour?))).collect();
    let mut all = Vec::new();
    for (kind, paint) in &coloured {
        for (theme, (on, ground)) in GROUNDS.into_iter().enumerate() {
            let contrast = contrast(shown(*paint, theme), ground);
            if contrast < CONTRAST {
                all.push(Concern::Faint { kind: (*kind).to_owned(), on, contrast });
            }
        }
    }
    let is_link = |kind: &str| schema.ends(kind).is_some();
    for (at, (one, first)) in coloured.iter().enumerate() {
        for (other, second) in coloured.iter().skip(at + 1) {
            if first == second || is_link(one) != is_link(other) {
                continue;
            }
            let to = alike(*first, *second);
            if !to.is_empty() {
                all.push(Concern::Alike { one: (*one).to_owned(), other: (*other).to_owned(), to });
            }
            if all.len() >= MOST {
                return all;
            }
        }
    }
    all
}

/// To whom two colours look alike, on paper.
fn alike(one: Paint, other: Paint) -> Vec<Vision> {
    let [one, other] = [one, other].map(|paint| linear(shown(paint, 0)));
    let near = |matrix: [[f64; 3]; 3]| {
        let [one, other] = [one, other].map(|light| oklab(through(matrix, light)));
        let squares: f64 = one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum();
        squares.sqrt() < NEAR
    };
    let to: BTreeSet<Vision> = SEEN.into_iter().filter(|(_, matrix)| near(*matrix)).map(|(vision, _)| vision).collect();
    // What nobody tells apart needs no list of who does not.
    if to.contains(&Vision::Usual) { vec![Vision::Usual] } else { to.into_iter().collect() }
}

/// A colour as a theme shows it.
fn shown(paint: Paint, theme: usize) -> Rgb {
    match paint {
        Paint::Own(colour) => colour,
        Paint::Palette(place) => {
            let of = PALETTE.get(theme).and_then(|palette| palette.get(usize::from(place)));
            of.copied().unwrap_or(Rgb(0x85, 0x8d, 0x9b))
        }
    }
}

/// Linear light of sRGB (IEC 61966-2-1), each part 0 to 1.
fn linear(Rgb(red, green, blue): Rgb) -> [f64; 3] {
    [red, green, blue].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn through(matrix: [[f64; 3]; 3], light: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(light).map(|(share, part)| share * part).sum::<f64>().clamp(0.0, 1.0))
}

fn oklab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let cone = |r: f64, g: f64, b: f64| (r * red + g * green + b * blue).max(0.0).cbrt();
    let long = cone(0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9);
    let middle = cone(0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6);
    let short = cone(0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5);
    [
        0.210_454_255_3 * long + 0.793_617_785 * middle - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205 * middle + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766 * short,
    ]
}

/// Contrast in hundredths, 100 to 2100 (WCAG 2.2, relative luminance).
fn contrast(one: Rgb, other: Rgb) -> u16 {
    let luminance = |colour: Rgb| {
        let [red, green, blue] = linear(colour);
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let (one, other) = (luminance(one), luminance(other));
    ((one.max(other) / one.min(other)) * 100.0).round() as u16
}

#[cfg(test)]
mod tests {
    use koplamp_model::{StyleSheetId, TypeStyle};

    use super::*;

    fn own(digits: &str) -> Paint {
        Paint::Own(Rgb::parse(digits).unwrap())
    }

    fn sheet(types: &[(&str, Paint)]) -> StyleSheet {
        let types = types.iter().map(|(kind, colour)| TypeStyle {
            kind: (*kind).to_owned(),
            colour: Some(*colour),
            shape: None,
            icon: None,
            line: None,
            width: None,
        });
        StyleSheet { id: StyleSheetId::random(), name: "x".into(), organisation: "om".into(), types: types.collect() }
    }

    /// Both are known: the one is made for colour-blind readers, the other is what they cannot tell apart (matplotlib's "tab:red", "tab:green").
    #[test]
    fn the_safe_palette_passes_and_red_and_green_do_not() {
        for one in 0..8 {
            for other in one + 1..8 {
                assert_eq!(alike(Paint::Palette(one), Paint::Palette(other)), [], "{one} {other}");
            }
        }
        assert_eq!(alike(own("#d62728"), own("#2ca02c")), [Vision::Deutan]);
        assert_eq!(alike(own("#ff7f0e"), own("#2ca02c")), [Vision::Protan]);
        assert_eq!(alike(own("#0072b2"), own("#0070b0")), [Vision::Usual]);
    }

    /// Values of the WebAIM contrast checker.
    #[test]
    fn contrast_is_that_of_the_guideline() {
        assert_eq!(contrast(Rgb(0, 0, 0), Rgb(255, 255, 255)), 2100);
        assert_eq!(contrast(Rgb(0x77, 0x77, 0x77), Rgb(255, 255, 255)), 448);
        assert_eq!(contrast(Rgb(0xe6, 0x9f, 0x00), Rgb(255, 255, 255)), 225);
    }

    #[test]
    fn a_sheet_is_told_what_its_colours_do() {
        let schema = Schema::built_in();
        let found = concerns(
            &sheet(&[
                ("Person", own("#d62728")),
                ("Company", own("#2ca02c")),
                ("Ownership", own("#2ca12c")),
                ("Vehicle", own("#fff8c0")),
                ("Vessel", own("#101418")),
                ("Airplane", own("#101418")),
            ]),
            schema,
        );
        let faint: Vec<(&str, Ground)> = found
            .iter()
            .filter_map(|concern| match concern {
                Concern::Faint { kind, on, contrast } if *contrast < 300 => Some((kind.as_str(), *on)),
                _ => None,
            })
            .collect();
        assert_eq!(faint, [("Vehicle", Ground::Light), ("Vessel", Ground::Dark), ("Airplane", Ground::Dark)]);
        let alike: Vec<(&str, &str)> = found
            .iter()
            .filter_map(|concern| match concern {
                Concern::Alike { one, other, .. } => Some((one.as_str(), other.as_str())),
                Concern::Faint { .. } => None,
            })
            .collect();
        assert_eq!(
            alike,
            [("Person", "Company")],
            "a link is not taken for an entity, and the same on purpose is no fault"
        );
        assert_eq!(concerns(&sheet(&[("Person", Paint::Palette(5)), ("Company", Paint::Palette(6))]), schema), []);
    }

    /// The window's colours are the reference.
    #[test]
    fn the_palette_is_the_windows() {
        let css = include_str!("../../../ui/src/theme/chart.css");
        let tokens = include_str!("../../../ui/src/theme/tokens.css");
        for ((theme, palette), (_, ground)) in ["light", "dark"].into_iter().zip(PALETTE).zip(GROUNDS) {
            let of = |css: &str| {
                let rest = css.split(&format!("data-theme=\"{theme}\"")).nth(1).unwrap().to_owned();
                rest.split('}').next().unwrap().to_owned()
            };
            for (place, colour) in palette.into_iter().enumerate() {
                assert!(of(css).contains(&format!("--chart-line-{place}: {colour};")), "{theme} {place}");
            }
            assert!(of(tokens).contains(&format!("--surface: {ground};")), "{theme}");
        }
    }
}
