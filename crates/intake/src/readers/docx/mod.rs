//! Word files (Office Open XML).

mod salvage;

use std::io::Cursor;

use koplamp_model::{Failure, Kind, Reason};
use office_oxide::ir::{DocumentIR, Element, HeaderFooter, InlineContent, List, Note, Section, SectionBreakType};
use office_oxide::limits::Limits;
use office_oxide::options::ParseOptions;
use office_oxide::{Document, DocumentFormat};

use super::{Reader, Source, text_pages};
use crate::reading::{Reading, failure};
use crate::{clean, date};

/// Tables within tables that are read. Deeper ones the library replaces by a sentence of its own, which is no text of the document.
const MAX_DEPTH: usize = 90;

/// A Word file.
pub(super) struct Docx;

impl Reader for Docx {
    fn kind(&self) -> Kind {
        Kind::Docx
    }

    fn read(&self, source: &Source<'_>) -> Result<Reading, Failure> {
        let mut options = ParseOptions::default();
        options.limits = Limits::strict();
        // Text formatted as hidden is text of the document. Deleted text is not: between the words that replaced it, it would
        // make a quotation that nobody ever wrote.
        options.include_hidden_text = true;
        options.include_deleted_text = false;
        let cursor = Cursor::new(source.bytes.to_vec());
        let document = match Document::from_reader_with(cursor, DocumentFormat::Docx, &options) {
            Ok(document) => document,
            Err(error) => return salvaged(source, refusal(&error)),
        };
        let content = document.to_ir();
        let mut reading = Reading::of_pages(Kind::Docx, Vec::new());
        reading.title = content.metadata.title.clone();
        reading.author = content.metadata.author.clone();
        let dates = [&content.metadata.created, &content.metadata.modified];
        reading.date = dates.into_iter().flatten().find_map(|text| date::from_iso(text));
        let (pages, is_cut) = pages(&content);
        for text in pages {
            // A page that the author filled beyond what a window shows is cut like any long text.
            for page in clean::pages(&clean::clean(&text)) {
                clean::push(&mut reading.pages, &page.text, None);
            }
        }
        let losses = document.damage().iter().filter(|damage| damage.is_loss()).count();
        if is_cut {
            reading.failure = Some(failure(
                Reason::TooLarge,
                "Tables within tables beyond any depth that people make were left out.",
            ));
        } else if losses > 0 || content.metadata.text_truncated {
            reading.failure =
                Some(failure(Reason::Damaged, format!("{} parts of the file could not be read.", losses.max(1))));
        }
        Ok(reading)
    }
}

/// What can be had of a file that is damaged, with the failure; a file that was refused for another reason stays refused.
fn salvaged(source: &Source<'_>, failure: Failure) -> Result<Reading, Failure> {
    let text = if failure.reason == Reason::Damaged { salvage::text(source.bytes) } else { None };
    let text = text.ok_or_else(|| failure.clone())?;
    let mut reading = Reading::of_pages(Kind::Docx, text_pages(&text));
    reading.failure =
        Some(Failure { message: "The file is damaged: only a part of its text could be read.".to_owned(), ..failure });
    Ok(reading)
}

/// Why the library would not read the file.
fn refusal(error: &office_oxide::OfficeError) -> Failure {
    use office_oxide::OfficeError::{Core, Docx, Panic, UnsupportedFormat};
    use office_oxide::core::Error::{DecompressionLimit, PackageLimit};
    use office_oxide::docx::DocxError;
    match error {
        Core(DecompressionLimit { .. } | PackageLimit(_))
        | Docx(DocxError::Core(DecompressionLimit { .. } | PackageLimit(_))) => {
            failure(Reason::TooLarge, "The file expands to more than a document may hold.")
        }
        // The kind is known, so this is the thread that the library reads in.
        UnsupportedFormat(_) => failure(Reason::Memory, "There was no memory to read this file."),
        Panic(_) => failure(Reason::Crashed, "The reader gave up on this file."),
        _ => failure(Reason::Damaged, "The file is no readable Word file."),
    }
}

/// The text between the page breaks that the author set. Where lines and pages break by themselves is Word's business on the day.
/// With it, whether anything was left out.
fn pages(content: &DocumentIR) -> (Vec<String>, bool) {
    let mut writer = Writer::at(0);
    let mut shown: Vec<String> = Vec::new();
    for (number, section) in content.sections.iter().enumerate() {
        if number > 0 && section.break_type != SectionBreakType::Continuous {
            writer.page();
        }
        // Most sections repeat the heading of the one before.
        writer.margin([&section.header, &section.first_page_header, &section.even_page_header], &mut shown);
        writer.elements(&section.elements);
        writer.margin(footers(section), &mut shown);
    }
    writer.pages.retain(|page| !page.trim().is_empty());
    (writer.pages, writer.is_cut)
}

fn footers(section: &Section) -> [&Option<HeaderFooter>; 3] {
    [&section.footer, &section.first_page_footer, &section.even_page_footer]
}

struct Writer {
    pages: Vec<String>,
    /// Tables around this place.
    depth: usize,
    is_cut: bool,
}

impl Writer {
    fn at(depth: usize) -> Self {
        Self { pages: vec![String::new()], depth, is_cut: false }
    }

    /// The text of elements within a cell, a note or a margin, where page breaks mean nothing.
    fn flat(&mut self, elements: &[Element], depth: usize) -> String {
        let mut writer = Self::at(depth);
        writer.elements(elements);
        self.is_cut |= writer.is_cut;
        writer.pages.concat()
    }

    fn text(&mut self, text: &str) {
        if let Some(page) = self.pages.last_mut() {
            page.push_str(text);
        }
    }

    /// Ends the line, if one is begun.
    fn line(&mut self) {
        if self.pages.last().is_some_and(|page| !page.is_empty() && !page.ends_with('\n')) {
            self.text("\n");
        }
    }

    fn page(&mut self) {
        if self.pages.last().is_some_and(|page| !page.is_empty()) {
            self.pages.push(String::new());
        }
    }

    /// Headers or footers, each text once in the document.
    fn margin(&mut self, margins: [&Option<HeaderFooter>; 3], shown: &mut Vec<String>) {
        for margin in margins.into_iter().flatten() {
            let text = self.flat(&margin.content, 0);
            if !text.trim().is_empty() && !shown.contains(&text) {
                self.line();
                self.text(&text);
                self.line();
                shown.push(text);
            }
        }
    }

    fn elements(&mut self, elements: &[Element]) {
        for element in elements {
            self.element(element);
        }
    }

    fn element(&mut self, element: &Element) {
        match element {
            Element::Heading(heading) => {
                if heading.page_break_before {
                    self.page();
                }
                self.paragraph(&heading.content);
            }
            Element::Paragraph(paragraph) => {
                if paragraph.page_break_before {
                    self.page();
                }
                self.paragraph(&paragraph.content);
            }
            Element::Table(_) if self.depth >= MAX_DEPTH => self.is_cut = true,
            Element::Table(table) => {
                self.line();
                let depth = self.depth + 1;
                for row in &table.rows {
                    let cells: Vec<String> =
                        row.cells.iter().map(|cell| self.flat(&cell.content, depth).trim_end().to_owned()).collect();
                    self.text(cells.join("\t").trim_end());
                    self.line();
                }
            }
            Element::List(list) => self.list(list),
            Element::TextBox(text_box) => self.elements(&text_box.content),
            Element::Footnote(note) | Element::Endnote(note) => self.note(note),
            Element::CodeBlock(code) => {
                self.line();
                self.text(&code.content);
                self.line();
            }
            Element::Image(image) => {
                // What the author says that the picture shows.
                if let Some(description) = &image.alt_text {
                    self.line();
                    self.text(description);
                    self.line();
                }
            }
            Element::PageBreak => {
                self.line();
                self.page();
            }
            _ => self.line(),
        }
    }

    fn paragraph(&mut self, content: &[InlineContent]) {
        self.line();
        for inline in content {
            match inline {
                InlineContent::Text(span) => self.text(&span.text),
                InlineContent::LineBreak => self.text("\n"),
                InlineContent::FootnoteRef(note) | InlineContent::EndnoteRef(note) => {
                    self.text(&format!("[{}]", note.note_id))
                }
                _ => {}
            }
        }
        // An empty paragraph is an empty line.
        self.text("\n");
    }

    fn list(&mut self, list: &List) {
        for item in &list.items {
            self.elements(&item.content);
            if let Some(nested) = &item.nested {
                self.list(nested);
            }
        }
    }

    fn note(&mut self, note: &Note) {
        self.line();
        let mark = note.marker.clone().unwrap_or_else(|| note.id.to_string());
        self.text(&format!("[{mark}] "));
        let text = self.flat(&note.content, self.depth);
        self.text(text.trim());
        self.line();
    }
}

#[cfg(test)]
mod tests;
