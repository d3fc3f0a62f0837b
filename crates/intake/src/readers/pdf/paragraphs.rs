//! From lines to paragraphs.
//!
//! A printed line ends where the paper does; a reader's paragraph does not. A line goes on in the next one when the next one's first word
//! would not have fitted on it: what a typesetter decides, read backwards. Rows of a table and items of a list stay lines of their own.

use std::collections::HashMap;
use std::mem;

/// Distance of baselines, in ems, that shows as an empty line.
const EMPTY_LINE: f64 = 2.2;
/// Distance of baselines within a paragraph, as a share of the closest on the page.
const SAME_PARAGRAPH: f64 = 1.25;
/// How far, in ems, the lines of one paragraph start from each other: its first may be indented.
const INDENT: f64 = 4.0;
/// A line with fewer characters than this is no running text, however narrow the page: a line of an address, a heading.
const RUNNING_TEXT: usize = 30;
/// Width of a space, in ems.
const SPACE: f64 = 0.25;

/// A line of a page, in points.
pub(super) struct Line {
    pub text: String,
    /// Where its first word starts and ends, and where its last word ends.
    pub left: f64,
    pub first_word_end: f64,
    pub right: f64,
    /// Its baseline, growing downwards.
    pub across: f64,
    pub size: f64,
}

impl Line {
    fn is_row(&self) -> bool {
        self.text.contains('\t')
    }

    /// Its size in half points: sizes that differ by less look the same.
    #[expect(clippy::cast_possible_truncation, reason = "it saturates, and no type is that large")]
    fn half_points(&self) -> i32 {
        (self.size * 2.0).round() as i32
    }
}

/// How the page sets type of one size.
struct Setting {
    /// Where its running text ends on the right.
    margin: f64,
    /// Distance of its baselines.
    leading: f64,
}

impl Setting {
    fn of(lines: &[Line]) -> HashMap<i32, Self> {
        let mut settings: HashMap<i32, Self> = HashMap::new();
        let mut above: Option<&Line> = None;
        for line in lines {
            let setting = settings.entry(line.half_points()).or_insert(Self { margin: f64::MIN, leading: f64::MAX });
            if !line.is_row() {
                setting.margin = setting.margin.max(line.right);
            }
            if let Some(above) = above.filter(|above| above.half_points() == line.half_points()) {
                setting.leading = setting.leading.min(line.across - above.across);
            }
            above = Some(line);
        }
        settings
    }
}

/// Appends the lines, from top to bottom, as paragraphs.
pub(super) fn write(text: &mut String, lines: &[Line]) {
    let settings = Setting::of(lines);
    let mut paragraph = String::new();
    for (at, line) in lines.iter().enumerate() {
        paragraph.push_str(&line.text);
        match lines.get(at + 1) {
            Some(next) if goes_on(line, next, &settings) => join(&mut paragraph, &next.text),
            next => {
                text.push_str(&mem::take(&mut paragraph));
                text.push('\n');
                if next.is_some_and(|next| next.across - line.across > EMPTY_LINE * line.size.max(next.size)) {
                    text.push('\n');
                }
            }
        }
    }
}

fn goes_on(line: &Line, next: &Line, settings: &HashMap<i32, Setting>) -> bool {
    let Some(setting) = settings.get(&line.half_points()) else { return false };
    let word = next.first_word_end - next.left;
    !line.is_row()
        && !next.is_row()
        && next.half_points() == line.half_points()
        && (line.left - next.left).abs() <= INDENT * line.size
        && next.across - line.across <= SAME_PARAGRAPH * setting.leading
        && line.right + SPACE * line.size + word > setting.margin
        && line.text.chars().count() >= RUNNING_TEXT
        && !starts_item(&next.text)
}

/// Whether the line is the first of an item of a list: `• `, `- `, `3. `, `b) `.
fn starts_item(text: &str) -> bool {
    let Some((mark, _)) = text.split_once(' ') else { return false };
    if matches!(mark, "•" | "-" | "–" | "—" | "*" | "▪" | "◦" | "·" | "o" | "\u{f0b7}" | "□" | "☐" | "☒")
    {
        return true;
    }
    mark.strip_suffix(['.', ')']).is_some_and(|number| {
        !number.is_empty()
            && (number.chars().all(|c| c.is_ascii_digit() || c == '.')
                || (number.len() == 1 && number.chars().all(|c| c.is_ascii_alphabetic())))
    })
}

/// Readies the end of a line for the next one: a space between words, nothing where a word was broken.
fn join(line: &mut String, next: &str) {
    if line.ends_with('\u{ad}') {
        line.pop();
        return;
    }
    let mut from_end = line.chars().rev();
    let hyphen = matches!(from_end.next(), Some('-' | '\u{2010}'));
    let after_letter = from_end.next().is_some_and(char::is_alphabetic);
    let word: String = next.chars().take_while(|c| c.is_alphabetic()).collect();
    match next.chars().next() {
        // `in- en uitvoer`
        _ if hyphen && matches!(word.as_str(), "en" | "of" | "and" | "or") => line.push(' '),
        Some(c) if hyphen && after_letter && c.is_lowercase() => {
            line.pop();
        }
        // `Noord-Holland`, `KCT-770412`
        _ if hyphen && after_letter => {}
        _ => line.push(' '),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines below each other, each character 5 points wide, twelve points apart, and `extra` more before some.
    fn page(lines: &[(&str, f64)]) -> String {
        let mut across = 0.0;
        let width = |text: &str| 5.0 * f64::from(u16::try_from(text.chars().count()).unwrap());
        let lines: Vec<Line> = lines
            .iter()
            .map(|&(line, extra)| {
                across += 12.0 + extra;
                Line {
                    text: line.to_owned(),
                    left: 50.0,
                    first_word_end: 50.0 + width(line.split(' ').next().unwrap()),
                    right: 50.0 + width(line),
                    across,
                    size: 10.0,
                }
            })
            .collect();
        let mut text = String::new();
        write(&mut text, &lines);
        text
    }

    #[test]
    fn a_line_goes_on_when_the_next_word_would_not_have_fitted() {
        let text = page(&[
            ("Op dinsdag 5 maart verscheen voor mij een", 0.0),
            ("persoon die mij opgaf te zijn: Harm Steen.", 0.0),
            ("Hij deed aangifte.", 0.0),
            ("De waarde van de zegels is gering, ongeveer", 0.0),
            ("zestig euro.", 0.0),
        ]);
        assert_eq!(
            text,
            "Op dinsdag 5 maart verscheen voor mij een persoon die mij opgaf te zijn: Harm Steen. Hij deed aangifte.\n\
             De waarde van de zegels is gering, ongeveer zestig euro.\n"
        );
    }

    #[test]
    fn a_wider_gap_ends_a_paragraph() {
        let text = page(&[
            ("Deze regel loopt tot aan de rand van het blad", 0.0),
            ("en gaat door tot hier en is dan helemaal vol.", 0.0),
            ("Een nieuwe alinea na een beetje meer ruimte", 6.0),
            ("En een na een lege regel.", 15.0),
        ]);
        assert_eq!(text.lines().collect::<Vec<_>>().len(), 4, "{text}");
        assert!(text.contains("ruimte\n\nEn een"), "{text}");
    }

    #[test]
    fn rows_items_and_addresses_stay_lines() {
        for lines in [
            ["Zeilmakersweg 12", "4321 AB Grijsmonde", "Nederland"],
            ["Overboeking naar rekening van de koper\t12,50", "Overboeking naar de rekening\t13,50", "Saldo\t0,00"],
            ["Het eerste punt is zo lang als de regel", "- het tweede punt van de lijst", "2. het derde punt"],
        ] {
            let text = page(&lines.map(|line| (line, 0.0)));
            assert_eq!(text, format!("{}\n", lines.join("\n")));
        }
    }

    #[test]
    fn broken_words_are_made_whole() {
        for (first, second, whole) in [
            ("De kast is van metaal en hangt bij de nacht-", "ploeg.", "nachtploeg."),
            ("De kast is van metaal en hangt in Noord-", "Holland.", "Noord-Holland."),
            ("De kast is van metaal en heeft nummer KCT-", "770412.", "KCT-770412."),
            ("De kast is van metaal en is voor de in-", "en uitvoer.", "in- en uitvoer."),
            ("De kast is van metaal en hangt bij de nacht\u{ad}", "ploeg.", "nachtploeg."),
        ] {
            let text = page(&[(first, 0.0), (second, 0.0)]);
            assert!(text.ends_with(&format!("{whole}\n")), "{text}");
        }
    }
}
