//! The links of a scene: lines between nodes, side by side where there are several, loops at a node.

use koplamp_model::{Link, Paint, SceneLink};

use super::SceneRequest;
use super::curve::{End, Point, around, between};
use super::measure::{LINE, LINK_FONT, text_width};
use super::nodes::Drawn;
use super::parallel::{Tie, Way, lines, words};
use super::style::Styles;

/// Width of a line that stands for one link.
pub(crate) const WIDTH: f64 = 1.5;
/// Widest line, before a rule makes it wider.
const WIDEST: f64 = 6.0;
/// Least and most distance between the middles of two lines of a pair.
const APART: (f64, f64) = (18.0, 44.0);
/// All lines of a pair together are no wider than this.
const FAN: f64 = 800.0;

/// Draws the links of these places in the network whose ends are drawn; those within a collapsed group are not.
pub(crate) fn draw(request: &SceneRequest, styles: &Styles, drawn: &Drawn, visible: &[u32]) -> Vec<SceneLink> {
    let network = request.network;
    let place = |node: u32| drawn.place.get(node as usize).copied().flatten();
    let mut ties: Vec<Tie> = visible
        .iter()
        .filter_map(|&at| {
            let link = network.links.get(at as usize)?;
            let (source, target) = (place(link.source)?, place(link.target)?);
            let inside = source == target && drawn.nodes[source as usize].count > 1;
            let way = match (link.directed, source <= target) {
                (false, _) => Way::Both,
                (true, true) => Way::Down,
                (true, false) => Way::Up,
            };
            let (low, high) = (source.min(target), source.max(target));
            (!inside && (link.source == link.target || source != target)).then_some(Tie {
                low,
                high,
                way,
                kind: &link.kind,
                link: at,
            })
        })
        .collect();
    ties.sort_unstable();
    let mut links = Vec::with_capacity(ties.len());
    for pair in ties.chunk_by(|a, b| (a.low, a.high) == (b.low, b.high)) {
        let lines = lines(pair, request.settings.parallel);
        let first = links.len();
        links.extend(lines.iter().filter_map(|line| plain(request, styles, line)));
        spread(drawn, &mut links[first..]);
    }
    links
}

/// A line without its course.
fn plain(request: &SceneRequest, styles: &Styles, line: &[Tie]) -> Option<SceneLink> {
    let tie = line.first()?;
    let members: Vec<&Link> = line.iter().filter_map(|tie| request.network.links.get(tie.link as usize)).collect();
    let ruled = styles.links.get(tie.link as usize).copied().unwrap_or_default();
    let alike = line.iter().all(|tie| styles.links.get(tie.link as usize) == Some(&ruled));
    let ruled = if alike { ruled } else { super::style::Ruled::default() };
    let style = styles.line(tie.kind);
    let width = (WIDTH * style.width + 0.7 * (members.len() as f64).log2()).min(WIDEST.max(WIDTH * style.width));
    let outside = |link: &&Link| match (link.days, request.brush) {
        (Some((first, last)), Some((from, to))) => first > to || last < from,
        _ => false,
    };
    let (source, target) = if tie.way == Way::Up { (tie.high, tie.low) } else { (tie.low, tie.high) };
    Some(SceneLink {
        ids: members.iter().map(|link| link.id).collect(),
        kind: tie.kind.to_string(),
        source,
        target,
        from: (0.0, 0.0),
        control: (0.0, 0.0),
        to: (0.0, 0.0),
        arrow: tie.way != Way::Both,
        back: false,
        width: width * f64::from(ruled.size.unwrap_or(100)) / 100.0,
        colour: ruled.colour.map(Paint::Palette).or(style.colour),
        line: style.line,
        label: words(request, styles, &members),
        label_at: None,
        hypothesis: members.iter().all(|link| link.passages == 0),
        dimmed: members.iter().all(outside),
    })
}

/// Gives the lines of one pair their courses, side by side and the same to both sides.
fn spread(drawn: &Drawn, links: &mut [SceneLink]) {
    let end = |place: u32| {
        let node = &drawn.nodes[place as usize];
        End { at: (node.x, node.y), shape: node.shape, radius: node.radius }
    };
    let Some(first) = links.first() else { return };
    let (low, high) = (first.source.min(first.target), first.source.max(first.target));
    let apart = distance(end(low).at, end(high).at, links);
    let middle = (links.len() as f64 - 1.0) / 2.0;
    for (at, link) in links.iter_mut().enumerate() {
        let bend = (at as f64 - middle) * apart;
        let course = if low == high {
            around(end(low), at)
        } else {
            // Sides are told from the lower to the higher place, whichever way the link goes.
            between(end(link.source), end(link.target), if link.source == low { bend } else { -bend })
        };
        (link.from, link.control, link.to) = course;
    }
}

/// How far the middles of neighbouring lines are apart: so far that their words do not meet, within limits.
fn distance(low: Point, high: Point, links: &[SceneLink]) -> f64 {
    if links.len() < 2 {
        return 0.0;
    }
    let (dx, dy) = (high.0 - low.0, high.1 - low.1);
    let length = dx.hypot(dy).max(1e-9);
    let widest = links.iter().map(|link| text_width(&link.label, LINK_FONT)).fold(0.0, f64::max);
    let across = (widest + 8.0) / (dy / length).abs().max(1e-9);
    let down = (LINK_FONT * LINE + 2.0) / (dx / length).abs().max(1e-9);
    across.min(down).clamp(APART.0, APART.1).min(FAN / (links.len() as f64 - 1.0))
}
