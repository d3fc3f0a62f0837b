//! From glyphs with places to words and lines.
//!
//! A PDF says where each glyph stands and nothing of words. Glyphs on one baseline make a line; a gap makes a space, a wide gap a
//! tab, as between the columns of a table. Lines are read from top to bottom, so the rows of a bank statement stay whole. Only where
//! the file itself writes one column of running text and then, higher up and beside it, another, is it read by columns.

use super::glyphs::Glyph;
use super::paragraphs::{self, Line};

/// Gap between glyphs, in ems, that separates words. Letters of a word stand closer, and a narrow space is wider.
const WORD_GAP: f64 = 0.17;
/// Gap that separates cells of a table.
const CELL_GAP: f64 = 2.0;
/// Distance of baselines, in ems, that counts as the same line: less than a footnote mark is raised.
const SAME_LINE: f64 = 0.45;
/// Lines and mean characters of a line that make a column of running text rather than cells of a table.
const COLUMN_LINES: usize = 4;
const COLUMN_CHARACTERS: usize = 20;

/// The text of a page.
pub(super) fn text(glyphs: &[Glyph]) -> String {
    let mut angles: Vec<u16> = Vec::new();
    for glyph in glyphs {
        if !angles.contains(&glyph.angle) {
            angles.push(glyph.angle);
        }
    }
    // Upright text first; a stamp along the margin does not cut it up.
    angles.sort_by_key(|&angle| angle != 0);
    let mut text = String::new();
    for angle in angles {
        let turned: Vec<&Glyph> = glyphs.iter().filter(|glyph| glyph.angle == angle).collect();
        for region in regions(&turned) {
            paragraphs::write(&mut text, &lines(region));
        }
    }
    text
}

/// A piece of a line in the order in which the file writes it.
struct Fragment {
    /// Its glyphs in the page's.
    start: usize,
    end: usize,
    left: f64,
    right: f64,
    across: f64,
    size: f64,
    characters: usize,
}

/// Cuts the glyphs where a column of running text ends and one beside it begins.
fn regions<'g>(glyphs: &[&'g Glyph]) -> Vec<Vec<&'g Glyph>> {
    let fragments = fragments(glyphs);
    let mut cuts = vec![0];
    let mut last = 0;
    for at in 1..fragments.len() {
        let (Some(before), Some(here)) = (fragments.get(at - 1), fragments.get(at)) else { continue };
        if here.across >= before.across - before.size {
            continue;
        }
        // The file jumps up. Is what follows a column beside what came before?
        let top = here.across;
        let left_start = fragments
            .get(last..at)
            .unwrap_or_default()
            .iter()
            .rposition(|f| f.across < top - f.size)
            .map_or(last, |n| last + n + 1);
        let left = fragments.get(left_start..at).unwrap_or_default();
        let edge = left.iter().fold(f64::MIN, |edge, fragment| edge.max(fragment.right));
        let bottom = left.iter().fold(f64::MIN, |bottom, fragment| bottom.max(fragment.across));
        let rest = fragments.get(at..).unwrap_or_default();
        let length = rest.iter().take_while(|f| f.left >= edge && f.across <= bottom + 20.0 * f.size).count();
        let right = rest.get(..length).unwrap_or_default();
        if is_column(left) && is_column(right) {
            cuts.extend([left_start, at]);
            last = at;
        }
    }
    cuts.dedup();
    cuts.push(fragments.len());
    let glyph_at = |cut: usize| fragments.get(cut).map_or(glyphs.len(), |fragment| fragment.start);
    cuts.windows(2)
        .filter_map(|pair| match pair {
            [from, to] => glyphs.get(glyph_at(*from)..glyph_at(*to)).map(<[_]>::to_vec),
            _ => None,
        })
        .collect()
}

/// Whether these fragments, one below another, are running text.
fn is_column(fragments: &[Fragment]) -> bool {
    let characters: usize = fragments.iter().map(|fragment| fragment.characters).sum();
    let falling = fragments.windows(2).all(|pair| match pair {
        [above, below] => below.across > above.across - above.size,
        _ => true,
    });
    fragments.len() >= COLUMN_LINES && characters >= COLUMN_CHARACTERS * fragments.len() && falling
}

fn fragments(glyphs: &[&Glyph]) -> Vec<Fragment> {
    let mut fragments: Vec<Fragment> = Vec::new();
    for (at, glyph) in glyphs.iter().enumerate() {
        let end = glyph.along + glyph.advance;
        match fragments.last_mut() {
            Some(last)
                if (glyph.across - last.across).abs() <= SAME_LINE * last.size
                    && glyph.along >= last.left - last.size
                    && glyph.along - last.right <= CELL_GAP * last.size =>
            {
                last.end = at + 1;
                last.right = last.right.max(end);
                last.characters += 1;
            }
            _ => fragments.push(Fragment {
                start: at,
                end: at + 1,
                left: glyph.along,
                right: end,
                across: glyph.across,
                size: glyph.size,
                characters: 1,
            }),
        }
    }
    fragments
}

/// Glyphs on one baseline.
struct Row<'g> {
    across: f64,
    size: f64,
    glyphs: Vec<&'g Glyph>,
}

/// Sorts the glyphs into lines, from top to bottom.
fn lines(mut glyphs: Vec<&Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.across.total_cmp(&b.across));
    let mut rows: Vec<Row<'_>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if (glyph.across - row.across).abs() <= SAME_LINE * row.size.min(glyph.size) => {
                row.size = row.size.max(glyph.size);
                row.glyphs.push(glyph);
            }
            _ => rows.push(Row { across: glyph.across, size: glyph.size, glyphs: vec![glyph] }),
        }
    }
    rows.into_iter().filter_map(line).collect()
}

/// The line that these glyphs make; none when they are all blank.
fn line(mut row: Row<'_>) -> Option<Line> {
    row.glyphs.sort_by(|a, b| a.along.total_cmp(&b.along));
    let text = words(&row.glyphs);
    let first_word = text.split([' ', '\t']).next()?.chars().count();
    let inked = || row.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
    let end = |glyph: &&Glyph| glyph.along + glyph.advance;
    let mut characters = 0;
    let first_word_end = inked().find(|glyph| {
        characters += glyph.text.trim().chars().count();
        characters >= first_word
    });
    Some(Line {
        left: inked().next()?.along,
        first_word_end: first_word_end.map(end)?,
        right: inked().next_back().map(end)?,
        across: row.across,
        size: row.size,
        text,
    })
}

/// The text of one line.
fn words(glyphs: &[&Glyph]) -> String {
    let mut text = String::new();
    let mut before: Option<&Glyph> = None;
    let mut wanted = None;
    for glyph in glyphs {
        if glyph.text.trim().is_empty() {
            // A space is as wide as it says; the gap it leaves is judged with the next glyph.
            wanted = wanted.or(Some(' '));
            continue;
        }
        if let Some(before) = before {
            // Bold is sometimes made by drawing twice, and outlined text is drawn twice.
            if glyph.text == before.text && (glyph.along - before.along).abs() < 0.2 * glyph.size.min(before.advance) {
                continue;
            }
            let gap = glyph.along - (before.along + before.advance);
            let size = glyph.size.min(before.size);
            if gap > CELL_GAP * size {
                wanted = Some('\t');
            } else if gap > WORD_GAP * size {
                wanted = Some(' ');
            }
            text.extend(wanted);
        }
        wanted = None;
        text.push_str(glyph.text.trim());
        before = Some(glyph);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Glyphs of a text at a place, each half an em wide, words a quarter of an em apart.
    fn line(glyphs: &mut Vec<Glyph>, along: f64, across: f64, text: &str) {
        let mut at = along;
        for c in text.chars() {
            if c == ' ' {
                at += 2.5;
                continue;
            }
            glyphs.push(Glyph { text: c.to_string(), angle: 0, along: at, across, advance: 5.0, size: 10.0 });
            at += 5.0;
        }
    }

    #[test]
    fn gaps_make_words_and_cells() {
        let mut glyphs = Vec::new();
        line(&mut glyphs, 300.0, 50.0, "12,50");
        line(&mut glyphs, 10.0, 50.2, "aan Jansen");
        line(&mut glyphs, 10.0, 90.0, "einde");
        line(&mut glyphs, 10.0, 38.0, "naar wie");
        assert_eq!(text(&glyphs), "naar wie\naan Jansen\t12,50\n\neinde\n");
    }

    #[test]
    fn text_drawn_twice_is_read_once() {
        let mut glyphs = Vec::new();
        line(&mut glyphs, 10.0, 50.0, "kassa");
        line(&mut glyphs, 10.3, 50.0, "kassa");
        assert_eq!(text(&glyphs), "kassa\n");
    }

    #[test]
    fn running_text_in_columns_is_read_by_columns() {
        let mut glyphs = Vec::new();
        line(&mut glyphs, 10.0, 20.0, "Een kop over de hele breedte van de pagina en nog wat meer woorden");
        for (left, name) in [(10.0, "links"), (300.0, "rechts")] {
            for n in 0..6 {
                line(&mut glyphs, left, 50.0 + 12.0 * f64::from(n), &format!("dit is {name} regel {n} van de kolom"));
            }
        }
        line(&mut glyphs, 10.0, 300.0, "voettekst");
        let text = text(&glyphs);
        let found: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        assert!(found[0].starts_with("Een kop"), "{text}");
        assert_eq!((found[1].matches("links").count(), found[1].matches("rechts").count()), (6, 0), "{text}");
        assert_eq!((found[2].matches("links").count(), found[2].matches("rechts").count()), (0, 6), "{text}");
        assert_eq!(found[3], "voettekst");
    }

    #[test]
    fn a_table_written_by_columns_is_read_by_rows() {
        let mut glyphs = Vec::new();
        for (left, name) in [(10.0, "datum"), (200.0, "bedrag")] {
            for n in 0..6 {
                line(&mut glyphs, left, 50.0 + 12.0 * f64::from(n), &format!("{name}{n}"));
            }
        }
        assert!(text(&glyphs).starts_with("datum0\tbedrag0\ndatum1\tbedrag1\n"), "{}", text(&glyphs));
    }
}
