//! Where the lines of a file stand in the pages that were read from it.

use std::hash::{DefaultHasher, Hash, Hasher};

use koplamp_model::Page;

/// Characters of a line that are kept as the quote of a passage.
const QUOTE: usize = 300;
/// Bytes of text that are looked through for what is not a line of its own. A file of a hundred megabytes in one line would else be looked
/// through once for each of its records.
const MOST_SEARCHED: usize = 8 << 30;

/// Finds lines in the pages of a document, the next one after the last.
pub(crate) struct Lines {
    pages: Vec<Page>,
    /// Every line, by what its words hash to and then by its place.
    places: Vec<Place>,
    /// The line that was found last: page and byte.
    last: (u32, u32),
    /// Where to look next for what is not a line of its own: page, byte and character.
    next: (usize, usize, usize),
    left: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    hash: u64,
    page: u32,
    byte: u32,
    character: u32,
}

/// Page, first character and one past the last, and the words.
type Found = (u32, u32, u32, String);

impl Lines {
    pub(crate) fn of(pages: Vec<Page>) -> Self {
        let mut places = Vec::new();
        for (at, page) in pages.iter().enumerate() {
            let (mut byte, mut character) = (0, 0);
            for line in page.text.split_inclusive('\n') {
                let words = line.trim_start();
                let indent = line.len() - words.len();
                let before = line.get(..indent).map_or(0, |white| white.chars().count());
                let place = |number: usize| u32::try_from(number).ok();
                if let (false, Some(page), Some(byte), Some(character)) =
                    (words.is_empty(), place(at), place(byte + indent), place(character + before))
                {
                    places.push(Place { hash: hash(beginning(words)), page, byte, character });
                }
                byte += line.len();
                character += line.chars().count();
            }
        }
        places.sort_unstable();
        Self { pages, places, last: (0, 0), next: (0, 0, 0), left: MOST_SEARCHED }
    }

    /// The next place where a line stands; of one that stands only before, the first. What is not a line of its own is found as well, as long
    /// as that does not take too much looking.
    pub(crate) fn find(&mut self, line: &str) -> Option<Found> {
        let line = beginning(line.trim_start());
        if line.is_empty() {
            return None;
        }
        self.line(line).or_else(|| self.part(line))
    }

    fn line(&mut self, line: &str) -> Option<Found> {
        let hash = hash(line);
        let first = self.places.partition_point(|place| place.hash < hash);
        let alike = || {
            let alike = self.places.get(first..).unwrap_or_default().iter();
            alike.take_while(|place| place.hash == hash).filter(|place| self.stands(line, place))
        };
        // The same line may tell of several records: it is found again.
        let place = *alike().find(|place| (place.page, place.byte) >= self.last).or_else(|| alike().next())?;
        self.last = (place.page, place.byte);
        let number = self.pages.get(place.page as usize)?.number;
        let end = place.character.checked_add(u32::try_from(line.chars().count()).ok()?)?;
        Some((number, place.character, end, line.to_owned()))
    }

    fn stands(&self, line: &str, place: &Place) -> bool {
        let page = self.pages.get(place.page as usize);
        page.and_then(|page| page.text.get(place.byte as usize..)).is_some_and(|rest| rest.starts_with(line))
    }

    /// A part of a line, or several lines: from where the last one stood, else from the beginning.
    fn part(&mut self, words: &str) -> Option<Found> {
        let before = self.next;
        self.part_from_here(words).or_else(|| {
            self.next = (0, 0, 0);
            let found = self.part_from_here(words);
            self.next = before;
            found
        })
    }

    fn part_from_here(&mut self, words: &str) -> Option<Found> {
        while let Some(page) = self.pages.get(self.next.0) {
            let (at, byte, character) = self.next;
            let rest = page.text.get(byte..)?;
            self.left = self.left.checked_sub(rest.len())?;
            if let Some(found) = rest.find(words) {
                let start = character + rest.get(..found)?.chars().count();
                self.next = (at, byte + found, start);
                let place = |at: usize| u32::try_from(at).ok();
                return Some((page.number, place(start)?, place(start + words.chars().count())?, words.to_owned()));
            }
            self.next = (at + 1, 0, 0);
        }
        None
    }
}

/// What is kept of a line as its quote.
fn beginning(line: &str) -> &str {
    let line = line.trim_end();
    line.char_indices().nth(QUOTE).and_then(|(at, _)| line.get(..at)).unwrap_or(line)
}

fn hash(words: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: u32, text: &str) -> Page {
        Page { number, label: None, text: text.into() }
    }

    fn place(found: Option<Found>) -> Option<(u32, u32, u32)> {
        found.map(|(page, start, end, _)| (page, start, end))
    }

    #[test]
    fn lines_are_found_one_after_the_other_and_again() {
        let mut lines = Lines::of(vec![page(1, "één;2\ntwee;3\n"), page(2, "drie;4\néén;2\n")]);
        assert_eq!(place(lines.find("één;2\n")), Some((1, 0, 5)));
        assert_eq!(place(lines.find("twee;3")), Some((1, 6, 12)));
        assert_eq!(place(lines.find("drie;4")), Some((2, 0, 6)));
        assert_eq!(place(lines.find("één;2")), Some((2, 7, 12)));
        assert_eq!(place(lines.find("twee;3")), Some((1, 6, 12)), "from the beginning");
        assert_eq!(place(lines.find("vier")), None);
    }

    #[test]
    fn parts_of_a_line_and_rows_of_several_lines_are_found_too() {
        let mut lines = Lines::of(vec![page(1, "<a/><b/><a/>\n  \"één\n twee\";3\n"), page(2, "\tvier;5  \n")]);
        assert_eq!(place(lines.find("<b/>")), Some((1, 4, 8)));
        assert_eq!(place(lines.find("<a/>")), Some((1, 8, 12)), "the next one");
        assert_eq!(place(lines.find("\"één\n twee\";3")), Some((1, 15, 28)));
        assert_eq!(place(lines.find("vier;5")), Some((2, 1, 7)), "white space around it is not part of it");
    }

    #[test]
    fn of_a_long_line_the_beginning_is_quoted() {
        let long = "é".repeat(900);
        let mut lines = Lines::of(vec![page(1, &format!("kop\n{long}\n"))]);
        let (_, start, end, quote) = lines.find(&long[..1_000]).unwrap();
        assert_eq!((start, end, quote.chars().count()), (4, 304, 300));
    }

    #[test]
    fn looking_comes_to_an_end() {
        let mut lines = Lines::of(vec![page(1, "<a/><b/>")]);
        lines.left = 20;
        assert!(lines.find("<b/>").is_some() && lines.find("<c/>").is_none());
        assert_eq!(lines.find("<b/>"), None, "nobody waits for ever");
    }
}
