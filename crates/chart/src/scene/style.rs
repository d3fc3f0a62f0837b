//! Styles: those of the types, the style sheet that goes before them, and the rules that go before both.

use std::collections::HashMap;

use koplamp_model::{EntityType, LAST_PLACE, Line, Paint, Shape, StyleSheet, TypeStyle, WIDTHS};

use super::SceneRequest;
use crate::filter::Sight;

/// How a node of a type looks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Style {
    pub icon: String,
    pub shape: Shape,
    pub colour: Paint,
}

/// How the line of a type of link looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LineStyle {
    pub colour: Option<Paint>,
    pub line: Line,
    /// Part of the usual width.
    pub width: f64,
}

/// What the rules say of one node or link; the last rule that says something counts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Ruled {
    pub colour: Option<u8>,
    pub size: Option<u16>,
    pub shape: Option<Shape>,
}

/// All styles of a chart.
#[derive(Debug)]
pub(crate) struct Styles<'a> {
    kinds: HashMap<&'a str, Option<&'a EntityType>>,
    sheet: HashMap<&'a str, &'a TypeStyle>,
    usual: Style,
    /// Parallel to the nodes of the network.
    pub nodes: Vec<Ruled>,
    /// Parallel to the links.
    pub links: Vec<Ruled>,
    /// Of each rule, which nodes and links it is about.
    pub about: Vec<crate::filter::Matches>,
}

/// Colours that there are, and sizes that make sense, in per cent: a rule from elsewhere may say anything.
pub(crate) const COLOURS: u8 = LAST_PLACE;
const SIZES: (u16, u16) = (25, 400);

impl<'a> Styles<'a> {
    pub(crate) fn new(request: &SceneRequest<'a>, sight: &Sight<'a>) -> Self {
        let (network, schema) = (request.network, request.schema);
        let mut kinds = HashMap::new();
        let nodes = network.nodes.iter().map(|node| node.kind.as_str());
        for kind in nodes.chain(network.links.iter().map(|link| link.kind.as_str())) {
            kinds.entry(kind).or_insert_with(|| schema.find(kind));
        }
        let thing = schema.find("Thing");
        let usual = Style {
            icon: thing.map(|thing| thing.icon.clone()).unwrap_or_default(),
            shape: thing.map_or(Shape::Diamond, |thing| thing.shape),
            colour: thing.map_or(0, |thing| thing.colour.min(COLOURS)).into(),
        };
        let mut nodes = vec![Ruled::default(); network.nodes.len()];
        let mut links = vec![Ruled::default(); network.links.len()];
        let mut about = Vec::new();
        for rule in &request.settings.rules {
            let described = sight.described(&rule.matches);
            let apply = |ruled: &mut Ruled| {
                ruled.colour = rule.colour.map(|colour| colour.min(COLOURS)).or(ruled.colour);
                ruled.size = rule.size.map(|size| size.clamp(SIZES.0, SIZES.1)).or(ruled.size);
                ruled.shape = rule.shape.or(ruled.shape);
            };
            nodes.iter_mut().zip(&described.nodes).filter(|(_, about)| **about).for_each(|(ruled, _)| apply(ruled));
            links.iter_mut().zip(&described.links).filter(|(_, about)| **about).for_each(|(ruled, _)| apply(ruled));
            about.push(described);
        }
        let sheet = request.sheet.into_iter().flat_map(|sheet: &StyleSheet| &sheet.types);
        let sheet = sheet.map(|style| (style.kind.as_str(), style)).collect();
        Self { kinds, sheet, usual, nodes, links, about }
    }

    /// What the schema says of a type.
    pub(crate) fn kind(&self, kind: &str) -> Option<&'a EntityType> {
        self.kinds.get(kind).copied().flatten()
    }

    /// How a type looks; one that the schema does not have looks like a thing.
    pub(crate) fn style(&self, kind: &str) -> Style {
        let Style { icon, shape, colour } = self.kind(kind).map_or_else(
            || self.usual.clone(),
            |known| Style { icon: known.icon.clone(), shape: known.shape, colour: known.colour.min(COLOURS).into() },
        );
        let Some(own) = self.sheet.get(kind) else { return Style { icon, shape, colour } };
        Style {
            icon: own.icon.clone().unwrap_or(icon),
            shape: own.shape.unwrap_or(shape),
            colour: own.colour.map_or(colour, within),
        }
    }

    /// How the line of a type of link looks.
    pub(crate) fn line(&self, kind: &str) -> LineStyle {
        let own = self.sheet.get(kind);
        let width = own.and_then(|own| own.width).unwrap_or(100).clamp(WIDTHS.0, WIDTHS.1);
        LineStyle {
            colour: own.and_then(|own| own.colour).map(within),
            line: own.and_then(|own| own.line).unwrap_or_default(),
            width: f64::from(width) / 100.0,
        }
    }
}

/// A colour that there is.
fn within(paint: Paint) -> Paint {
    match paint {
        Paint::Palette(place) => Paint::Palette(place.min(COLOURS)),
        Paint::Own(_) => paint,
    }
}
