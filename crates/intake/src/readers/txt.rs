//! Plain text.

use koplamp_model::{Failure, Kind};

use super::{Reader, Source, refuse_long_text, text_pages};
use crate::{encoding, reading::Reading};

/// Plain text in any encoding.
pub(super) struct Txt;

impl Reader for Txt {
    fn kind(&self) -> Kind {
        Kind::Txt
    }

    fn read(&self, source: &Source<'_>) -> Result<Reading, Failure> {
        refuse_long_text(source)?;
        Ok(Reading::of_pages(Kind::Txt, text_pages(&encoding::decode(source.bytes, None))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_the_one_form() {
        let reading = Txt.read(&Source { name: "a.txt", bytes: b"\xef\xbb\xbfeen\r\ntw\xc3\xa9\0e" }).expect("reads");
        assert_eq!(reading.pages.len(), 1);
        assert_eq!(reading.pages[0].text, "een\ntwée\n");
        assert_eq!(reading.failure, None);
    }
}
