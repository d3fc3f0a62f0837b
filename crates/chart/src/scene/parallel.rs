//! Links between the same two nodes: which lines they become. Each its own, or one a direction and type with number and sum.

use std::collections::BTreeMap;

use koplamp_model::{Link, Parallel};

use super::SceneRequest;
use super::style::Styles;
use super::words::{shortened, small};

/// Up to so many links each keep a line of their own when nobody chose.
const FAN: usize = 5;
/// Letters of a link's own words.
const WORDS: usize = 24;

/// Which way a line goes between the two nodes of a pair, the lower place in the scene first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    Down,
    Both,
    Up,
}

/// A link between two nodes of the scene. Sorts by pair, so that a pair's links stand together, then by way, so that one way's lines lie on
/// one side; then by type and by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tie<'a> {
    pub low: u32,
    pub high: u32,
    pub way: Way,
    pub kind: &'a str,
    pub link: u32,
}

/// The lines that the links of one pair become, each with the links it stands for.
pub(crate) fn lines<'t, 'a>(ties: &'t [Tie<'a>], parallel: Parallel) -> Vec<&'t [Tie<'a>]> {
    let bundled = match parallel {
        Parallel::Fan => false,
        Parallel::Bundle => true,
        Parallel::Auto => ties.len() > FAN,
    };
    if bundled { ties.chunk_by(|a, b| (a.way, a.kind) == (b.way, b.kind)).collect() } else { ties.chunks(1).collect() }
}

/// The words of a line: of one link its name and amount, of several their number, type and sums.
pub(crate) fn words(request: &SceneRequest, styles: &Styles, line: &[&Link]) -> String {
    let language = request.language;
    let Some(first) = line.first() else { return String::new() };
    let mut sums: BTreeMap<Option<&str>, f64> = BTreeMap::new();
    for link in line {
        if let Some(amount) = link.amount.filter(|amount| amount.is_finite()) {
            *sums.entry(link.currency.as_deref()).or_default() += amount;
        }
    }
    let several = line.len() > 1;
    let name = styles.kind(&first.kind).map_or(first.kind.as_str(), |kind| language.name(kind, several));
    let own = if several {
        format!("{} {}", language.whole(line.len() as u64), small(name))
    } else if first.label.is_empty() {
        small(name)
    } else {
        shortened(&language.said(&first.label), WORDS)
    };
    if sums.is_empty() { own } else { format!("{own} · {}", language.sums(&sums)) }
}
