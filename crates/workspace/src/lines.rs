//! Where the lines of a file stand in the pages that were read from it.

use koplamp_model::Page;

/// Characters of a line that are kept as the quote of a passage.
const QUOTE: usize = 300;

/// Finds lines in the pages of a document, the next one after the last.
pub(crate) struct Lines {
    pages: Vec<Page>,
    page: usize,
    /// Where to go on: byte, and character.
    at: (usize, usize),
}

impl Lines {
    pub(crate) fn of(pages: Vec<Page>) -> Self {
        Self { pages, page: 0, at: (0, 0) }
    }

    /// Page, first and last character, and the words, of the next place where a line stands; of a line that stands before, from the beginning.
    pub(crate) fn find(&mut self, line: &str) -> Option<(u32, u32, u32, String)> {
        let line: String = line.trim_matches(['\r', '\n']).chars().take(QUOTE).collect();
        if line.trim().is_empty() {
            return None;
        }
        let before = (self.page, self.at);
        self.find_from_here(&line).or_else(|| {
            (self.page, self.at) = (0, (0, 0));
            let found = self.find_from_here(&line);
            (self.page, self.at) = before;
            found
        })
    }

    fn find_from_here(&mut self, line: &str) -> Option<(u32, u32, u32, String)> {
        while let Some(page) = self.pages.get(self.page) {
            let (byte, character) = self.at;
            let rest = page.text.get(byte..)?;
            if let Some(found) = rest.find(line) {
                let start = character + rest.get(..found)?.chars().count();
                // The same line may tell of several records: it is found again.
                self.at = (byte + found, start);
                let place = |at: usize| u32::try_from(at).ok();
                return Some((page.number, place(start)?, place(start + line.chars().count())?, line.to_owned()));
            }
            self.page += 1;
            self.at = (0, 0);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_one_after_the_other_and_again() {
        let page = |number, text: &str| Page { number, label: None, text: text.into() };
        let mut lines = Lines::of(vec![page(1, "één;2\ntwee;3\n"), page(2, "drie;4\néén;2\n")]);
        let place = |found: Option<(u32, u32, u32, String)>| found.map(|(page, start, end, _)| (page, start, end));
        assert_eq!(place(lines.find("één;2\n")), Some((1, 0, 5)));
        assert_eq!(place(lines.find("twee;3")), Some((1, 6, 12)));
        assert_eq!(place(lines.find("drie;4")), Some((2, 0, 6)));
        assert_eq!(place(lines.find("één;2")), Some((2, 7, 12)));
        assert_eq!(place(lines.find("twee;3")), Some((1, 6, 12)), "from the beginning");
        assert_eq!(place(lines.find("vier")), None);
    }
}
