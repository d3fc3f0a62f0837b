//! The form in which all text is kept.
//!
//! Offsets refer to the text as kept, so this form must never change: a passage quoted today has to be found at the same place
//! in ten years. For that reason nothing is normalised (NFC and the like belong to search).

use koplamp_model::Page;

/// Characters after which a long text breaks to a new page, at the next end of a line.
const PAGE_CHARS: usize = 100_000;

/// The text with `\n` as its only line end and its only control character but `\t`, ending in `\n` unless it is empty.
pub(crate) fn clean(text: &str) -> String {
    let mut kept = String::with_capacity(text.len() + 1);
    let mut chars = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                kept.push('\n');
            }
            '\n' | '\x0b' | '\x0c' | '\u{85}' => kept.push('\n'),
            '\t' => kept.push('\t'),
            c if c.is_control() => {}
            c => kept.push(c),
        }
    }
    if !kept.is_empty() && !kept.ends_with('\n') {
        kept.push('\n');
    }
    kept
}

/// Whether `clean` would leave the text as it is.
pub(crate) fn is_clean(text: &str) -> bool {
    (text.is_empty() || text.ends_with('\n'))
        && !text.starts_with('\u{feff}')
        && !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t')
}

/// One line of display text (a title, a name): without control characters, runs of white space as one space, at most `limit`
/// characters. `None` when nothing is left.
pub(crate) fn line(text: &str, limit: usize) -> Option<String> {
    let mut kept = String::new();
    let mut count = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if count > 0 {
            if count + 1 >= limit {
                break;
            }
            kept.push(' ');
            count += 1;
        }
        for c in word.chars().take(limit - count) {
            kept.push(c);
            count += 1;
        }
    }
    (!kept.is_empty()).then_some(kept)
}

/// The text in pages: one, unless it is so long that a window would choke on it.
///
/// Where a page ends depends on the text alone, so the same bytes always give the same pages.
pub(crate) fn pages(text: &str) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut page = String::new();
    let mut count = 0;
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        // A line longer than a page is cut too: it is no sentence but data.
        while !rest.is_empty() {
            let room = (2 * PAGE_CHARS).saturating_sub(count);
            let cut = rest.char_indices().nth(room).map_or(rest.len(), |(at, _)| at);
            let (head, tail) = rest.split_at(cut);
            page.push_str(head);
            count += head.chars().count();
            if !tail.is_empty() || count >= PAGE_CHARS {
                push(&mut pages, &page, None);
                page.clear();
                count = 0;
            }
            rest = tail;
        }
    }
    if !page.is_empty() {
        push(&mut pages, &page, None);
    }
    pages
}

/// Adds a page with the next number, its text cleaned.
pub(crate) fn push(pages: &mut Vec<Page>, text: &str, label: Option<String>) {
    let number = u32::try_from(pages.len() + 1).unwrap_or(u32::MAX);
    pages.push(Page { number, label, text: clean(text) });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form() {
        for (given, kept) in [
            ("", ""),
            ("a", "a\n"),
            ("a\r\nb\rc\nd", "a\nb\nc\nd\n"),
            ("\u{feff}a\0b\x07\x0cc\td\u{9f}\u{85}e", "ab\nc\tde\n".replace("de", "d\ne").as_str()),
            ("e\u{301}", "e\u{301}\n"),
        ] {
            assert_eq!(clean(given), kept, "given {given:?}");
            assert!(is_clean(&clean(given)), "cleaning is idempotent on {given:?}");
        }
    }

    #[test]
    fn long_text_breaks_at_line_ends() {
        let text: String = (0..30_000).map(|n| format!("regel {n}\n")).collect();
        let pages = pages(&text);
        assert_eq!(pages.iter().map(|page| page.text.as_str()).collect::<String>(), text);
        assert!(pages.len() > 1 && pages.iter().all(|page| page.text.chars().count() < PAGE_CHARS + 20));
        assert_eq!(
            pages.iter().map(|page| page.number).collect::<Vec<_>>(),
            (1..=pages.len() as u32).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_line_without_end_breaks_too() {
        let pages = pages(&"é".repeat(5 * PAGE_CHARS));
        assert_eq!(pages.len(), 3);
        assert!(pages.iter().all(|page| page.text.chars().count() <= 2 * PAGE_CHARS + 1));
    }

    #[test]
    fn lines_for_display() {
        assert_eq!(line(" Een\r\n  titel\0 ", 100).as_deref(), Some("Een titel"));
        assert_eq!(line("abcdef ghi", 4).as_deref(), Some("abcd"));
        assert_eq!(line("\t\n", 9), None);
    }
}
