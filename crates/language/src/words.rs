//! Where the words of a text are.
//!
//! A word is a run of letters and digits. Runs that are tied by one hyphen or apostrophe are indexed as their parts and, at the
//! place of the first part, as one joined word as well: `e-mail` is found by `email`, `06-12345678` by `0612345678`, `foto's`
//! by `fotos`. So is a word that was divided at the end of a line.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// More parts than this are a list or a line of code, not a word.
const MAX_JOINED: usize = 6;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// As it stands in the text.
    pub raw: &'t str,
    /// Its place in the text, in bytes.
    pub bytes: Range<usize>,
    /// Its number in the text, from 0; a joined word has that of its first part.
    pub position: usize,
    /// Number of parts: more than 1 for a joined word.
    pub parts: usize,
}

/// The words of a text, in the order of their positions, a joined word before its parts.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, position: 0, chain: Vec::new(), next: 0 }
}

/// Iterator of [`words`].
pub struct Words<'t> {
    text: &'t str,
    at: usize,
    position: usize,
    chain: Vec<Word<'t>>,
    next: usize,
}

impl<'t> Iterator for Words<'t> {
    type Item = Word<'t>;

    fn next(&mut self) -> Option<Word<'t>> {
        if self.next == self.chain.len() && !self.read_chain() {
            return None;
        }
        let word = self.chain.get(self.next).cloned();
        self.next += 1;
        word
    }
}

impl<'t> Words<'t> {
    /// Reads the next run and those that are tied to it. False at the end of the text.
    fn read_chain(&mut self) -> bool {
        self.chain.clear();
        self.next = 0;
        let Some(start) = self.find_start() else { return false };
        let mut run = self.run_from(start);
        loop {
            self.push(run.clone(), 1);
            match tie(self.text, run.end) {
                Some(start) => run = self.run_from(start),
                None => break,
            }
        }
        self.at = run.end;
        let parts = self.chain.len();
        if (2..=MAX_JOINED).contains(&parts) {
            let first = self.position;
            self.push(start..run.end, parts);
            self.chain.rotate_right(1);
            if let Some(joined) = self.chain.first_mut() {
                joined.position = first;
            }
            for (offset, part) in self.chain.iter_mut().skip(1).enumerate() {
                part.position = first + offset;
            }
        } else {
            for (offset, part) in self.chain.iter_mut().enumerate() {
                part.position = self.position + offset;
            }
        }
        self.position += parts;
        true
    }

    fn push(&mut self, bytes: Range<usize>, parts: usize) {
        self.chain.push(Word { raw: &self.text[bytes.clone()], bytes, position: 0, parts });
    }

    fn find_start(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    return Some(at);
                }
                at += 1;
            } else {
                let c = self.text[at..].chars().next()?;
                if starts_word(c) {
                    return Some(at);
                }
                at += c.len_utf8();
            }
        }
        None
    }

    fn run_from(&self, start: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let mut end = start;
        while let Some(&byte) = bytes.get(end) {
            if byte.is_ascii_alphanumeric() {
                end += 1;
                continue;
            }
            if byte.is_ascii() {
                break;
            }
            match self.text[end..].chars().next() {
                Some(c) if within_word(c) => end += c.len_utf8(),
                _ => break,
            }
        }
        start..end
    }
}

/// A letter or digit that has a folded form. A combining mark can be alphabetic, but on its own it is no word.
fn starts_word(c: char) -> bool {
    c.is_alphanumeric() && !is_combining_mark(c)
}

/// Accents that were typed as separate characters, and characters that nobody sees: soft hyphen, joiners.
fn within_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}')
}

/// Where the next run starts when one mark ties it to the run that ends here.
fn tie(text: &str, end: usize) -> Option<usize> {
    let mut rest = text[end..].chars();
    let mark = rest.next()?;
    if !matches!(mark, '-' | '\'' | '’' | '‐' | '‑') {
        return None;
    }
    let next = rest.next()?;
    if starts_word(next) {
        return Some(end + mark.len_utf8());
    }
    // A word divided at the end of a line goes on in lower case.
    if matches!(mark, '-' | '‐') && next == '\n' {
        let rest = &text[end + mark.len_utf8() + 1..];
        let start = rest.find(|c| c != ' ')?;
        if rest[start..].chars().next()?.is_lowercase() {
            return Some(end + mark.len_utf8() + 1 + start);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn listed(text: &str) -> Vec<(String, usize)> {
        words(text).map(|word| (crate::fold(word.raw), word.position)).collect()
    }

    fn expected(words: &[(&str, usize)]) -> Vec<(String, usize)> {
        words.iter().map(|&(word, position)| (word.into(), position)).collect()
    }

    #[test]
    fn tied_parts_are_found_joined_and_apart() {
        assert_eq!(listed("De e-mail kwam."), expected(&[("de", 0), ("email", 1), ("e", 1), ("mail", 2), ("kwam", 3)]));
        assert_eq!(listed("foto’s"), expected(&[("fotos", 0), ("foto", 0), ("s", 1)]));
        assert_eq!(listed("'s-Gravenhage"), expected(&[("sgravenhage", 0), ("s", 0), ("gravenhage", 1)]));
        assert_eq!(listed("a--b - c"), expected(&[("a", 0), ("b", 1), ("c", 2)]));
    }

    #[test]
    fn a_word_divided_at_the_end_of_a_line_is_one() {
        assert_eq!(
            listed("de belasting-\n  dienst"),
            expected(&[("de", 0), ("belastingdienst", 1), ("belasting", 1), ("dienst", 2)])
        );
        assert_eq!(listed("Jan-\nPiet"), expected(&[("jan", 0), ("piet", 1)]));
    }

    #[test]
    fn accents_typed_apart_stay_in_their_word() {
        assert_eq!(listed("cafe\u{301}s soft\u{ad}hyphen"), expected(&[("cafes", 0), ("softhyphen", 1)]));
    }

    proptest! {
        #[test]
        fn places_are_those_of_the_text_and_positions_never_go_back(text in "(\\PC|[-' \n]|[a-zé0-9]){0,60}") {
            let mut position = 0;
            for word in words(&text) {
                prop_assert_eq!(&text[word.bytes.clone()], word.raw);
                prop_assert!(word.position >= position);
                position = word.position;
            }
        }
    }
}
