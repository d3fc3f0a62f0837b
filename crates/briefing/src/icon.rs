//! The icons of the types, as they lie in `resources/icons/types`: strokes on a field of 24 by 24.

use crate::{
    palette::Colour,
    pen::{Pen, Px},
};

/// Name and drawing, sorted by name.
static ICONS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/icons.rs"));

/// The names of all icons, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    ICONS.iter().map(|(name, _)| *name)
}

/// Draws the icon with its middle at `x`, `y`, `size` wide and high. A name that is not known leaves nothing.
pub fn draw(pen: &mut Pen, name: &str, (x, y): (f64, f64), size: f64, ink: Colour) {
    let Some((_, drawing)) =
        ICONS.binary_search_by_key(&name, |(known, _)| known).ok().and_then(|place| ICONS.get(place))
    else {
        return;
    };
    let half = size / 2.0;
    let place = format!("translate({} {}) scale({:.4})", Px(x - half), Px(y - half), size / 24.0);
    pen.open(
        "g",
        &[
            ("transform", &place),
            ("fill", &"none"),
            ("stroke", &ink),
            ("stroke-width", &2),
            ("stroke-linecap", &"round"),
            ("stroke-linejoin", &"round"),
        ],
    );
    pen.own(drawing);
    pen.close("g");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_are_strokes_only() {
        assert!(ICONS.len() >= 3 && ICONS.is_sorted());
        for (name, drawing) in ICONS {
            let file = format!("<g>{drawing}</g>");
            let parsed = roxmltree::Document::parse(&file).unwrap();
            for element in parsed.root_element().children().filter(roxmltree::Node::is_element) {
                let tag = element.tag_name().name();
                assert!(
                    ["path", "circle", "ellipse", "rect", "line", "polyline", "polygon"].contains(&tag),
                    "{name}: {tag}"
                );
            }
        }
    }
}
