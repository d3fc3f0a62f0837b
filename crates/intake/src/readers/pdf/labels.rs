//! What a PDF calls its pages: `iv`, `A-3` (ISO 32000-2, 12.4.2).

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, String as PdfString};

/// Nodes of the number tree that are looked at: a broken one may lead in circles.
const MAX_NODES: usize = 1000;

/// The label of each page, where it has one that differs from its number.
pub(super) fn labels(file: &Pdf, pages: usize) -> Vec<Option<String>> {
    let mut ranges = ranges(file).unwrap_or_default();
    ranges.sort_by_key(|range| range.from);
    let mut labels: Vec<Option<String>> = vec![None; pages];
    for (at, range) in ranges.iter().enumerate() {
        let end = ranges.get(at + 1).map_or(pages, |next| next.from.min(pages));
        for page in range.from..end {
            let label = range.label(page - range.from);
            if let Some(place) = labels.get_mut(page)
                && label != (page + 1).to_string()
                && !label.is_empty()
            {
                *place = Some(label);
            }
        }
    }
    labels
}

/// Pages from `from` on, numbered alike.
struct Range {
    from: usize,
    style: Option<u8>,
    prefix: String,
    start: usize,
}

impl Range {
    fn label(&self, offset: usize) -> String {
        let number = self.start.saturating_add(offset);
        let numeral = match self.style {
            Some(b'D') => number.to_string(),
            Some(b'r') => roman(number).to_lowercase(),
            Some(b'R') => roman(number),
            Some(b'a') => letters(number).to_lowercase(),
            Some(b'A') => letters(number),
            _ => String::new(),
        };
        format!("{}{numeral}", self.prefix)
    }
}

fn ranges(file: &Pdf) -> Option<Vec<Range>> {
    let catalog: Dict<'_> = file.xref().get(file.xref().root_id())?;
    let mut nodes = vec![catalog.get::<Dict<'_>>("PageLabels")?];
    let mut ranges = Vec::new();
    let mut seen = 0;
    while let Some(node) = nodes.pop() {
        seen += 1;
        if seen > MAX_NODES {
            return None;
        }
        if let Some(kids) = node.get::<Array<'_>>("Kids") {
            nodes.extend(kids.iter::<Dict<'_>>().take(MAX_NODES));
        }
        if let Some(numbers) = node.get::<Array<'_>>("Nums") {
            let mut items = numbers.flex_iter();
            while let (Some(from), Some(range)) = (items.next::<i32>(), items.next::<Dict<'_>>()) {
                ranges.push(Range {
                    from: usize::try_from(from).ok()?,
                    style: range.get::<Name<'_>>("S").and_then(|style| style.as_str().bytes().next()),
                    prefix: range
                        .get::<PdfString<'_>>("P")
                        .map(|prefix| super::text_string(prefix.as_bytes()))
                        .unwrap_or_default(),
                    start: range.get::<i32>("St").and_then(|start| usize::try_from(start).ok()).unwrap_or(1),
                });
                if ranges.len() > MAX_NODES {
                    return None;
                }
            }
        }
    }
    Some(ranges)
}

fn roman(number: usize) -> String {
    const NUMERALS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    // Nobody writes larger ones.
    let mut rest = if number < 5000 { number } else { return number.to_string() };
    let mut text = String::new();
    for (value, numeral) in NUMERALS {
        while rest >= value {
            text.push_str(numeral);
            rest -= value;
        }
    }
    text
}

/// A to Z, then AA to ZZ, and so on.
fn letters(number: usize) -> String {
    let Some(at) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    String::from(letter).repeat((at / 26 + 1).min(20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        assert_eq!([1, 4, 9, 1994].map(roman), ["I", "IV", "IX", "MCMXCIV"]);
        assert_eq!([1, 26, 27, 53].map(letters), ["A", "Z", "AA", "AAA"]);
    }
}
