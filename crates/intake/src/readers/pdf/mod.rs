//! PDF: the text layer, page by page.

mod glyphs;
mod labels;
mod layout;
mod paragraphs;

use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RectExt, TransformExt, interpret_page};
use hayro_syntax::metadata::Metadata;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf as File};
use koplamp_model::{Failure, Kind, Reason};

use self::glyphs::Collector;
use super::{MAX_LINE, MAX_PAGES, Reader, Source};
use crate::reading::{Reading, failure};
use crate::{clean, date};

/// Bytes of text after which the rest of a file is not read: more than any book, and the interpreter does not bound itself.
const MAX_TEXT: usize = 64 << 20;

/// A PDF file.
pub(super) struct Pdf;

impl Reader for Pdf {
    fn kind(&self) -> Kind {
        Kind::Pdf
    }

    fn read(&self, source: &Source<'_>) -> Result<Reading, Failure> {
        let file = File::new(source.bytes.to_vec()).map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
                failure(Reason::Encrypted, "A PDF that is protected with a password.")
            }
            LoadPdfError::Decryption(_) => {
                failure(Reason::Encrypted, "A PDF that is encrypted in a way that cannot be read.")
            }
            LoadPdfError::Invalid => failure(Reason::Damaged, "No pages could be found in this PDF."),
        })?;
        let pages = file.pages();
        let labels = labels::labels(&file, pages.len().min(MAX_PAGES));
        let cache = InterpreterCache::new();
        let mut reading = Reading::of_pages(Kind::Pdf, Vec::new());
        let mut tally = Tally::default();
        for (page, label) in pages.iter().zip(labels) {
            let mut collector = Collector::default();
            let transform = page.initial_transform(true).to_kurbo();
            let bounds = page.intersected_crop_box().to_kurbo();
            let mut context = Context::new(transform, bounds, &cache, file.xref(), InterpreterSettings::default());
            interpret_page(page, &mut context, &mut collector);
            let text = clean::clean(&layout::text(&collector.glyphs));
            tally.add(&collector, &text);
            clean::push(&mut reading.pages, &text, label.and_then(|label| clean::line(&label, MAX_LINE)));
            if tally.bytes > MAX_TEXT {
                break;
            }
        }
        reading.failure = tally.failure(pages.len());
        describe(&mut reading, file.metadata());
        Ok(reading)
    }
}

/// What the document information dictionary says.
fn describe(reading: &mut Reading, metadata: &Metadata) {
    reading.title = metadata.title.as_deref().map(text_string);
    reading.author = metadata.author.as_deref().map(text_string);
    let date = metadata.creation_date.or(metadata.modification_date);
    reading.date = date.and_then(|date| date::from_parts(date.year.into(), date.month, date.day));
}

/// A text string (ISO 32000-2, 7.9.2): UTF-16BE or UTF-8 with its mark, else PDFDocEncoding (annex D).
fn text_string(bytes: &[u8]) -> String {
    const FROM_80: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned();
    }
    let decode = |byte: &u8| {
        byte.checked_sub(0x80).and_then(|at| FROM_80.get(usize::from(at))).copied().unwrap_or(char::from(*byte))
    };
    bytes.iter().map(decode).collect()
}

/// What the pages gave, to tell whether that is all there is to read.
#[derive(Default)]
struct Tally {
    pages: usize,
    bytes: usize,
    characters: usize,
    /// Glyphs of which the file does not say what character they are.
    unknown: usize,
    /// Pages that show pictures and no text.
    pictures: Vec<usize>,
    cut: bool,
}

impl Tally {
    fn add(&mut self, collector: &Collector, text: &str) {
        self.pages += 1;
        self.bytes += text.len();
        self.characters += text.chars().filter(|c| !c.is_whitespace()).count();
        self.unknown += text.chars().filter(|&c| c == '\u{fffd}').count();
        self.cut |= collector.is_full();
        if collector.shows_picture && text.trim().is_empty() {
            self.pictures.push(self.pages);
        }
    }

    fn failure(&self, pages: usize) -> Option<Failure> {
        if self.cut || self.pages < pages {
            return Some(failure(
                Reason::TooLarge,
                format!("Only the text of {} of {pages} pages was kept.", self.pages),
            ));
        }
        if self.characters == 0 {
            return Some(failure(Reason::NoText, "The PDF has no text layer: its pages are pictures or empty."));
        }
        if self.unknown * 5 > self.characters {
            let message = "The PDF does not say what characters it shows, so much of its text cannot be read.";
            return Some(failure(Reason::NoText, message));
        }
        if self.pictures.is_empty() {
            return None;
        }
        let some: Vec<String> = self.pictures.iter().take(10).map(ToString::to_string).collect();
        let more = if self.pictures.len() > some.len() { " and more" } else { "" };
        let (count, list) = (self.pictures.len(), some.join(", "));
        Some(failure(Reason::NoText, format!("{count} of {pages} pages are pictures without text: {list}{more}.")))
    }
}

#[cfg(test)]
mod tests;
