//! The legend: what the styles in use mean. It says what the scene's legend says, in its order, and nothing else.

use std::fmt::Display;

use koplamp_model::{LegendEntry, Line, SceneLink, Shape};

use crate::{
    Sheet,
    fonts::Weight,
    icon, link, node,
    palette::{INK, INK_2, INK_3, LINE_CONTROL, category, paint},
    pen::{Anchor, Pen, TEXT, Type, clean},
};

/// Height of a row.
pub const ROW: f64 = 24.0;
/// Height of the heading with the distance below it.
pub const HEADING: f64 = 24.0;
const GLYPH: f64 = 40.0;
const GAP: f64 = 28.0;
const WIDEST: f64 = 320.0;
const NAME: Type = Type { anchor: Anchor::Start, weight: Weight::Regular, size: TEXT, ink: INK };
const COUNT: Type = Type { ink: INK_3, ..NAME };

/// A legend, set in columns.
pub struct Legend<'a> {
    sheet: &'a Sheet,
    entries: Vec<(&'a LegendEntry, String, String)>,
    column: f64,
    columns: usize,
}

impl<'a> Legend<'a> {
    /// Sets the entries in columns as wide as the widest, as many as fit beside each other.
    pub fn new(entries: &'a [LegendEntry], sheet: &'a Sheet, width: f64) -> Self {
        let entries: Vec<_> = entries.iter().map(|entry| said(entry, sheet)).collect();
        let widest = entries
            .iter()
            .map(|(_, name, count)| GLYPH + NAME.weight.width(name, TEXT) + 8.0 + COUNT.weight.width(count, TEXT))
            .fold(0.0, f64::max);
        let column = widest.min(width) + GAP;
        let columns =
            (1..=entries.len().max(1)).rev().find(|count| columns_width(*count, column) <= width + GAP).unwrap_or(1);
        Self { sheet, entries, column, columns }
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.entries.len().div_ceil(self.columns)
    }

    /// Height of that many rows with the heading; nothing for none.
    pub fn height(rows: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far fewer rows than a float can count")]
        if rows == 0 { 0.0 } else { HEADING + rows as f64 * ROW }
    }

    /// Draws `rows` rows, the first of which is `first`, with the heading above. Columns are filled from top to bottom.
    pub fn draw(&self, pen: &mut Pen, (left, top): (f64, f64), first: usize, rows: usize) {
        let from = first * self.columns;
        let shown: Vec<_> = self.entries.iter().skip(from).take(rows * self.columns).collect();
        if shown.is_empty() {
            return;
        }
        let deep = shown.len().div_ceil(self.columns);
        pen.open("g", &[("id", &"legend")]);
        pen.words(
            (left, top + 13.0),
            Type { weight: Weight::SemiBold, size: 13.0, ..NAME },
            self.sheet.language.legend(),
        );
        for (place, (entry, name, count)) in shown.into_iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "far fewer entries than a float can count")]
            let (x, y) =
                (left + (place / deep) as f64 * self.column, top + HEADING + ((place % deep) as f64 + 0.5) * ROW);
            pen.open("g", &[("data-legend", &kind(entry))]);
            glyph(pen, entry, (x + 14.0, y));
            pen.words((x + GLYPH, y + 4.0), NAME, name);
            pen.words((x + GLYPH + NAME.weight.width(name, TEXT) + 8.0, y + 4.0), COUNT, count);
            pen.close("g");
        }
        pen.close("g");
    }
}

fn columns_width(count: usize, column: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far fewer columns than a float can count")]
    let count = count as f64;
    count * column
}

fn kind(entry: &LegendEntry) -> &dyn Display {
    match entry {
        LegendEntry::Entity { kind, .. } | LegendEntry::Link { kind, .. } => kind,
        LegendEntry::Rule { name, .. } => name,
        LegendEntry::Hypothesis { .. } => &"hypothesis",
        LegendEntry::Bundle { .. } => &"bundle",
        LegendEntry::Flag { words, .. } => words,
        LegendEntry::More => &"more",
    }
}

/// An entry with its words and its number.
fn said<'a>(entry: &'a LegendEntry, sheet: &Sheet) -> (&'a LegendEntry, String, String) {
    let language = sheet.language;
    let named = |kind: &String| sheet.names.get(kind).unwrap_or(kind).clone();
    let number = |count: &u32| language.number(u64::from(*count));
    let (name, count) = match entry {
        LegendEntry::Entity { kind, count, .. } | LegendEntry::Link { kind, count, .. } => (named(kind), number(count)),
        LegendEntry::Hypothesis { count } => (language.hypothesis().to_owned(), number(count)),
        LegendEntry::Bundle { count } => (language.bundle().to_owned(), number(count)),
        LegendEntry::Rule { name, size, .. } => (name.clone(), size.map(|size| format!("{size}%")).unwrap_or_default()),
        LegendEntry::Flag { words, count, .. } => (words.clone(), number(count)),
        LegendEntry::More => (language.more().to_owned(), String::new()),
    };
    (entry, Weight::Regular.fit(clean(&name), TEXT, WIDEST), count)
}

/// The style itself, around `x`, `y`, drawn by what draws it on the chart.
fn glyph(pen: &mut Pen, entry: &LegendEntry, (x, y): (f64, f64)) {
    match entry {
        LegendEntry::Entity { icon, shape, colour, .. } => {
            node::outline(pen, *shape, (x, y), 10.0, paint(*colour), false);
            icon::draw(pen, icon, (x, y), 11.0, INK_2);
        }
        LegendEntry::Link { directed, colour, line, width, .. } => {
            // A wide line stays within its row.
            let drawn = SceneLink { colour: *colour, line: *line, ..sample((x, y), *directed, false, width.min(6.0)) };
            link::line(pen, &drawn);
        }
        LegendEntry::Hypothesis { .. } => link::line(pen, &sample((x, y), false, true, 1.5)),
        LegendEntry::Bundle { .. } => link::line(pen, &sample((x, y), false, false, 4.0)),
        // A rule without a colour or an outline of its own leaves the usual ones: shown as a ring in grey.
        LegendEntry::Rule { colour, shape, .. } => {
            let shape = shape.unwrap_or(Shape::Circle);
            node::outline(pen, shape, (x, y), 8.0, colour.map_or(LINE_CONTROL, category), false);
        }
        LegendEntry::Flag { icon, colour, .. } => node::flag(pen, (x, y), icon, *colour),
        LegendEntry::More => node::badge(pen, (x, y), "+1", false),
    }
}

fn sample((x, y): (f64, f64), arrow: bool, hypothesis: bool, width: f64) -> SceneLink {
    SceneLink {
        ids: Vec::new(),
        kind: String::new(),
        source: 0,
        target: 0,
        from: (x - 14.0, y),
        control: (x, y),
        to: (x + 14.0, y),
        arrow,
        back: false,
        width,
        colour: None,
        line: Line::Solid,
        label: String::new(),
        label_at: None,
        hypothesis,
        dimmed: false,
    }
}
