//! Sets the sheet: marking, title, chart, legend, foot, marking. Once as large as the chart needs (SVG, PNG), once on paper (PDF).

use std::collections::BTreeSet;

use koplamp_model::Scene;

use crate::{
    BriefingError, Sheet,
    chart::{self, Extent},
    fonts::{self, FAMILIES, Weight},
    legend::Legend,
    palette::{Colour, INK, INK_2, INK_3, LINE, SURFACE},
    pen::{Anchor, Pen, Px, TEXT, Type, clean},
};

/// Around everything, in pixels.
const MARGIN: f64 = 32.0;
const BANNER: f64 = 26.0;
const FOOT: f64 = 30.0;
/// Between chart and what is above and below it.
const GAP: f64 = 20.0;
/// Narrower than this no title or legend is readable.
const NARROWEST: f64 = 640.0;
/// Paper across, in pixels of 1/96 inch: A4, A3, A2, A1 and A0 lying (ISO 216).
const PAPER: [(f64, f64); 5] = [
    (297.0 * MM, 210.0 * MM),
    (420.0 * MM, 297.0 * MM),
    (594.0 * MM, 420.0 * MM),
    (841.0 * MM, 594.0 * MM),
    (1189.0 * MM, 841.0 * MM),
];
const MM: f64 = 96.0 / 25.4;
/// Below this part of their size labels are too small to read (7 points), and the next size of paper is taken.
const SMALLEST: f64 = 0.78;
/// The part of a page that a legend may take; a longer one has pages of its own.
const LEGEND_PART: f64 = 0.35;

const TITLE: Type = Type { anchor: Anchor::Start, weight: Weight::SemiBold, size: 24.0, ink: INK };
const BY: Type = Type { anchor: Anchor::Start, weight: Weight::Regular, size: 13.0, ink: INK_2 };
const SMALL: Type = Type { anchor: Anchor::Start, weight: Weight::Regular, size: 11.0, ink: INK_3 };

/// A page: an SVG and its size in pixels.
pub struct Page {
    /// The whole document.
    pub svg: String,
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
    /// The characters of its words.
    pub used: BTreeSet<char>,
}

/// What is on a page beside its head and foot.
struct Content<'a> {
    chart: Option<(f64, f64, f64)>,
    legend: Option<(f64, usize, usize)>,
    foot: &'a [String],
}

/// The sheet with the chart at its size on the screen. `fonts` says whether they are embedded.
///
/// # Errors
/// [`BriefingError::Length`] and [`BriefingError::Font`].
pub fn free(scene: &Scene, sheet: &Sheet, fonts: bool) -> Result<Page, BriefingError> {
    chart::check(scene)?;
    let reach = chart::extent(scene).unwrap_or(Extent { left: 0.0, top: 0.0, right: 0.0, bottom: 80.0 });
    let inside = reach.width().max(NARROWEST).ceil();
    let legend = Legend::new(&scene.legend, sheet, inside);
    let top = head_height(sheet, inside) + GAP;
    let legend_top = top + reach.height() + GAP;
    let below = Legend::height(legend.rows());
    let width = inside + 2.0 * MARGIN;
    let height = (legend_top + below + GAP + FOOT + BANNER).ceil();
    // A whole number of pixels, so that the pixels of the picture are those of the chart.
    let x = (MARGIN + (inside - reach.width()) / 2.0 - reach.left).round();
    let content = Content {
        chart: Some((x, (top - reach.top).round(), 1.0)),
        legend: Some((legend_top, 0, legend.rows())),
        foot: &[],
    };
    page(scene, sheet, &legend, (width, height), &content, fonts)
}

/// The sheet on paper, lying: the smallest on which the chart can be read, from A4 to A0. The chart is made smaller where it must, never larger.
///
/// # Errors
/// [`BriefingError::Length`] and [`BriefingError::Font`].
pub fn pages(scene: &Scene, sheet: &Sheet) -> Result<Vec<Page>, BriefingError> {
    chart::check(scene)?;
    let reach = chart::extent(scene).unwrap_or(Extent { left: 0.0, top: 0.0, right: 0.0, bottom: 80.0 });
    let mut best = None;
    for paper in PAPER {
        let inside = paper.0 - 2.0 * MARGIN;
        let legend = Legend::new(&scene.legend, sheet, inside);
        let top = head_height(sheet, inside) + GAP;
        let bottom = paper.1 - BANNER - FOOT - GAP;
        let below = Legend::height(legend.rows());
        let together = below <= (bottom - top) * LEGEND_PART;
        let room = bottom - top - if together && below > 0.0 { below + GAP } else { 0.0 };
        let scale = (inside / reach.width().max(1.0)).min(room / reach.height().max(1.0)).min(1.0);
        best = Some((paper, legend, top, bottom, together, room, scale));
        if scale >= SMALLEST {
            break;
        }
    }
    let Some((paper, legend, top, bottom, together, room, scale)) = best else { return Ok(Vec::new()) };
    let inside = paper.0 - 2.0 * MARGIN;
    let at = (
        MARGIN + (inside - reach.width() * scale) / 2.0 - reach.left * scale,
        top + (room - reach.height() * scale) / 2.0 - reach.top * scale,
        scale,
    );
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a page has between one and a hundred rows"
    )]
    let fitting = (((bottom - top - crate::legend::HEADING) / crate::legend::ROW).floor() as usize).max(1);
    let more = if together { 0 } else { legend.rows().div_ceil(fitting) };
    let count = 1 + more;
    let words = |number: usize| match count {
        1 => vec![sheet.language.scale(scale)],
        _ if number == 1 => vec![sheet.language.scale(scale), sheet.language.page(1, count)],
        _ => vec![sheet.language.page(number, count)],
    };
    let rows = if together { legend.rows() } else { 0 };
    let first = Content {
        chart: Some(at),
        legend: (rows > 0).then(|| (bottom - Legend::height(rows), 0, rows)),
        foot: &words(1),
    };
    let mut made = vec![page(scene, sheet, &legend, paper, &first, false)?];
    for number in 0..more {
        let content = Content { chart: None, legend: Some((top, number * fitting, fitting)), foot: &words(number + 2) };
        made.push(page(scene, sheet, &legend, paper, &content, false)?);
    }
    Ok(made)
}

fn page(
    scene: &Scene,
    sheet: &Sheet,
    legend: &Legend<'_>,
    (width, height): (f64, f64),
    content: &Content<'_>,
    fonts: bool,
) -> Result<Page, BriefingError> {
    let mut pen = Pen::default();
    pen.leaf("rect", &[("width", &Px(width)), ("height", &Px(height)), ("fill", &SURFACE)]);
    head(&mut pen, sheet, width);
    if let Some((x, y, scale)) = content.chart {
        let place = if (scale - 1.0).abs() < f64::EPSILON {
            format!("translate({} {})", Px(x), Px(y))
        } else {
            format!("translate({} {}) scale({scale:.6})", Px(x), Px(y))
        };
        pen.open("g", &[("id", &"chart"), ("transform", &place)]);
        chart::draw(&mut pen, scene, &sheet.photos);
        pen.close("g");
        if scene.nodes.is_empty() && scene.notes.is_empty() {
            pen.words(
                (width / 2.0, height / 2.0),
                Type { anchor: Anchor::Middle, ink: INK_3, ..BY },
                sheet.language.nothing(),
            );
        }
    }
    if let Some((top, first, rows)) = content.legend {
        legend.draw(&mut pen, (MARGIN, top), first, rows);
    }
    foot(&mut pen, scene, sheet, (width, height), content.foot);
    let (body, used) = pen.finish();
    let style =
        if fonts { fonts::style(&used.each_ref().map(|(weight, letters)| (*weight, letters)))? } else { String::new() };
    let svg = document(sheet, (width, height), &style, &body);
    Ok(Page { svg, width, height, used: used.into_iter().flat_map(|(_, letters)| letters).collect() })
}

fn document(sheet: &Sheet, (width, height): (f64, f64), style: &str, body: &str) -> String {
    let mut pen = Pen::default();
    pen.own("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let view = format!("0 0 {} {}", Px(width), Px(height));
    pen.open(
        "svg",
        &[
            ("xmlns", &"http://www.w3.org/2000/svg"),
            ("width", &Px(width)),
            ("height", &Px(height)),
            ("viewBox", &view),
            ("xml:lang", &sheet.language.tag()),
            ("role", &"img"),
            ("font-family", &FAMILIES),
            // Else browsers round the width of each letter to whole pixels.
            ("text-rendering", &"geometricPrecision"),
            ("font-size", &Px(TEXT)),
        ],
    );
    pen.own("<title>");
    pen.own(&quick_xml::escape::escape(clean(&sheet.title).as_str()));
    pen.own("</title>\n");
    if !style.is_empty() {
        pen.own("<style>");
        pen.own(style);
        pen.own("</style>\n");
    }
    pen.own(body);
    pen.close("svg");
    pen.finish().0
}

fn title(sheet: &Sheet, inside: f64) -> Vec<String> {
    TITLE.weight.wrap(&clean(&sheet.title), TITLE.size, inside, 3)
}

fn head_height(sheet: &Sheet, inside: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "three lines at most")]
    let lines = title(sheet, inside).len() as f64;
    BANNER + 18.0 + lines * 30.0 + 36.0
}

fn head(pen: &mut Pen, sheet: &Sheet, width: f64) {
    banner(pen, sheet, width, 0.0, "marking-top");
    let inside = width - 2.0 * MARGIN;
    pen.open("g", &[("id", &"title")]);
    let mut baseline = BANNER + 18.0 - 6.0;
    for line in title(sheet, inside) {
        baseline += 30.0;
        pen.words((MARGIN, baseline), TITLE, &line);
    }
    let day = sheet.language.day(sheet.date);
    let by = clean(&sheet.by);
    let line =
        if by.trim().is_empty() { day } else { format!("{} · {day}", BY.weight.fit(by, BY.size, inside - 160.0)) };
    pen.words((MARGIN, baseline + 22.0), BY, &line);
    rule(pen, width, baseline + 40.0);
    pen.close("g");
}

fn foot(pen: &mut Pen, scene: &Scene, sheet: &Sheet, (width, height): (f64, f64), more: &[String]) {
    let baseline = height - BANNER - 11.0;
    pen.open("g", &[("id", &"foot")]);
    rule(pen, width, height - BANNER - FOOT);
    let entities = scene.nodes.iter().map(|node| u64::from(node.count.max(1))).sum();
    let links = scene.links.iter().map(|link| u64::try_from(link.ids.len().max(1)).unwrap_or(u64::MAX)).sum();
    let words = sheet.words_of.as_deref().map(|organisation| clean(&sheet.language.words_of(organisation)));
    let said: Vec<String> =
        std::iter::once(sheet.language.counts(entities, links)).chain(words).chain(more.iter().cloned()).collect();
    pen.words((MARGIN, baseline), SMALL, &said.join(" · "));
    pen.words((width - MARGIN, baseline), Type { anchor: Anchor::End, ..SMALL }, &sheet.language.day(sheet.date));
    pen.close("g");
    banner(pen, sheet, width, height - BANNER, "marking-bottom");
}

fn rule(pen: &mut Pen, width: f64, y: f64) {
    let path = format!("M{} {}H{}", Px(MARGIN), Px(y.round() + 0.5), Px(width - MARGIN));
    pen.leaf("path", &[("d", &path), ("fill", &"none"), ("stroke", &LINE)]);
}

fn banner(pen: &mut Pen, sheet: &Sheet, width: f64, top: f64, id: &str) {
    let (ground, ink): (Colour, Colour) = (sheet.marking.ground, sheet.marking.ink);
    pen.open("g", &[("id", &id)]);
    pen.leaf("rect", &[("y", &Px(top)), ("width", &Px(width)), ("height", &Px(BANNER)), ("fill", &ground)]);
    let words = Weight::SemiBold.fit(clean(&sheet.marking.text), 13.0, width - 2.0 * MARGIN);
    let look = Type { anchor: Anchor::Middle, weight: Weight::SemiBold, size: 13.0, ink };
    pen.words((width / 2.0, top + 17.5), look, &words);
    pen.close("g");
}
