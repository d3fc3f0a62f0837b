//! Room for the words of links: they lie over no node, no words of a node, no note and not over each other. A link whose words find no room on
//! its course goes without them; they stand in the table, and over all when the link is chosen.

use std::collections::HashMap;

use koplamp_model::Scene;

use super::bounds::{Bounds, of_note, parts};
use super::curve::along;
use super::measure::{LINE, LINK_FONT, text_width};

/// Where along a link its words may stand, the best place first.
const ALONG: [f64; 9] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
/// Air beside words.
const AIR: f64 = 3.0;
/// Edge of the squares in which neighbours are looked for, in pixels.
const SQUARE: f64 = 64.0;

/// What is taken, by square.
#[derive(Default)]
struct Taken {
    squares: HashMap<(i64, i64), Vec<Bounds>>,
}

impl Taken {
    fn squares((left, top, right, bottom): Bounds) -> impl Iterator<Item = (i64, i64)> {
        let at = |length: f64| (length / SQUARE).floor() as i64;
        (at(left)..=at(right)).flat_map(move |x| (at(top)..=at(bottom)).map(move |y| (x, y)))
    }

    fn free(&self, box_: Bounds) -> bool {
        let apart = |other: &Bounds| box_.0 >= other.2 || other.0 >= box_.2 || box_.1 >= other.3 || other.1 >= box_.3;
        Self::squares(box_).filter_map(|square| self.squares.get(&square)).flatten().all(apart)
    }

    fn take(&mut self, box_: Bounds) {
        for square in Self::squares(box_) {
            self.squares.entry(square).or_default().push(box_);
        }
    }
}

/// Says where the words of each link stand: those that stand for most links choose first.
pub(crate) fn find(scene: &mut Scene) {
    let mut taken = Taken::default();
    let sound = |box_: &Bounds| [box_.0, box_.1, box_.2, box_.3].iter().all(|edge| edge.abs() < 1e9);
    scene
        .nodes
        .iter()
        .flat_map(parts)
        .chain(scene.notes.iter().map(of_note))
        .filter(sound)
        .for_each(|box_| taken.take(box_));
    let mut order: Vec<usize> = (0..scene.links.len()).filter(|at| !scene.links[*at].label.is_empty()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(scene.links[*at].ids.len()));
    for at in order {
        let link = &mut scene.links[at];
        let half = text_width(&link.label, LINK_FONT) / 2.0 + AIR;
        let high = LINK_FONT * LINE / 2.0;
        let place = ALONG.into_iter().find_map(|part| {
            let (x, y) = along((link.from, link.control, link.to), part);
            let box_ = (x - half, y - high, x + half, y + high);
            (sound(&box_) && taken.free(box_)).then_some((part, box_))
        });
        link.label_at = place.map(|(part, _)| part);
        if let Some((_, box_)) = place {
            taken.take(box_);
        }
    }
}
