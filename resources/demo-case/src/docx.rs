//! Word documents, as an office writes them: styles for headings, numbered lists, tables, core properties.

use crate::{
    Language, Result, Source, archive, dates, html,
    markdown::{Block, Span, Table, titled_blocks},
    organisations,
};
use docx_rs::{
    AbstractNumbering, BreakType, Docx, Footer, IndentLevel, Level, LevelJc, LevelText, LineSpacing, NumPages,
    NumberFormat, Numbering, NumberingId, PageMargin, PageNum, Paragraph, Run, RunFonts, SpecialIndentType, Start,
    Style, StyleType, TableCell, TableRow, WidthType,
};
use std::io::{Cursor, Read};
use time::format_description::well_known::Rfc3339;
use zip::{DateTime, ZipArchive, result::ZipResult};

/// The width of the text, in twentieths of a point: A4 less margins of 25 mm.
const TEXT_WIDTH: usize = 9070;

/// The document.
///
/// # Errors
/// The archive of the document cannot be written.
pub fn render(source: &Source) -> Result<Vec<u8>> {
    let mut writer = Writer { docx: template(source), lists: 0 };
    writer.paragraph(Paragraph::new().style("Letterhead").add_run(Run::new().add_text(bearer(source))));
    writer.paragraph(Paragraph::new().style("Details").add_run(Run::new().add_text(details(source))));
    writer.blocks(&titled_blocks(&source.title, &source.body), 0);
    let mut parts = writer.docx.build();
    // The library has no way to set title, author and language.
    parts.doc_props.core = core_properties(source);
    let mut packed = Cursor::new(Vec::new());
    parts.pack(&mut packed).map_err(|error| source.unrenderable(error))?;
    repack(packed, archive::dos_time(source)).map_err(|error| source.unrenderable(error))
}

/// Compresses the parts, which the library only stores, and dates them by the document instead of by the clock.
fn repack(packed: Cursor<Vec<u8>>, written: DateTime) -> ZipResult<Vec<u8>> {
    let mut archive = ZipArchive::new(packed)?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index)?;
        if part.is_file() {
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes)?;
            parts.push((part.name()?.to_string(), bytes));
        }
    }
    archive::pack(parts.iter().map(|(name, bytes)| archive::Entry { name, written, bytes }))
}

fn bearer(source: &Source) -> &str {
    source.letterhead.as_deref().unwrap_or_else(|| organisations::name(&source.organisation))
}

fn details(source: &Source) -> String {
    let date = dates::written(source.date, source.language);
    let (reference, author) = (&source.reference, &source.author);
    match source.language {
        Language::Nl => format!("Datum: {date} | Kenmerk: {reference} | Opgemaakt door: {author}"),
        Language::En => format!("Date: {date} | Reference: {reference} | Author: {author}"),
    }
}

fn template(source: &Source) -> Docx {
    let style = |id: &str, size: usize, before: u32, after: u32| {
        Style::new(id, StyleType::Paragraph).size(size).line_spacing(LineSpacing::new().before(before).after(after))
    };
    let heading = |level: usize, size: usize| {
        style(&format!("Heading{level}"), size, 240, 80).name(format!("heading {level}")).bold().outline_lvl(level - 1)
    };
    let (page, of, notice) = match source.language {
        Language::Nl => ("pagina ", " van ", "fictief demonstratiemateriaal"),
        Language::En => ("page ", " of ", "fictitious demonstration material"),
    };
    let foot = Paragraph::new()
        .style("Details")
        .add_run(Run::new().add_text(format!("{} – {notice} – {page}", source.reference)))
        .add_page_num(PageNum::new())
        .add_run(Run::new().add_text(of))
        .add_num_pages(NumPages::new());
    Docx::new()
        .page_size(11906, 16838)
        .page_margin(PageMargin {
            top: 1418,
            right: 1418,
            bottom: 1418,
            left: 1418,
            header: 709,
            footer: 709,
            gutter: 0,
        })
        .default_fonts(RunFonts::new().ascii("Calibri").hi_ansi("Calibri").cs("Calibri"))
        .default_size(21)
        .default_line_spacing(LineSpacing::new().after(120))
        .add_style(style("Letterhead", 34, 0, 60).name("Letterhead").bold().color("154273"))
        .add_style(style("Details", 17, 0, 240).name("Details").color("5A5A5A"))
        .add_style(heading(1, 30))
        .add_style(heading(2, 25))
        .add_style(heading(3, 22))
        .footer(Footer::new().add_paragraph(foot))
}

struct Writer {
    docx: Docx,
    /// How many lists there are; each has a numbering of its own, so that each starts anew.
    lists: usize,
}

impl Writer {
    fn paragraph(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        blocks.iter().for_each(|block| self.block(block, depth));
    }

    fn block(&mut self, block: &Block, depth: usize) {
        let indent = i32::try_from(depth * 360).unwrap_or_default();
        match block {
            Block::Heading { level, text } => {
                let style = format!("Heading{}", level.min(&3));
                self.paragraph(with_runs(Paragraph::new().style(&style).keep_next(true), text));
            }
            Block::Paragraph(text) => {
                self.paragraph(with_runs(Paragraph::new().indent(Some(indent), None, None, None), text));
            }
            Block::Quote(blocks) => self.blocks(blocks, depth + 1),
            Block::Code(code) => {
                for line in code.lines() {
                    let run = Run::new().add_text(line).fonts(mono()).size(18);
                    self.paragraph(Paragraph::new().indent(Some(indent), None, None, None).add_run(run));
                }
            }
            Block::List { start, items } => self.list(*start, items, depth),
            Block::Table(table) => self.docx = std::mem::take(&mut self.docx).add_table(word_table(table)),
            Block::PageBreak => self.paragraph(Paragraph::new().add_run(Run::new().add_break(BreakType::Page))),
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], depth: usize) {
        // The library keeps the first number for a numbering of its own.
        self.lists += 1;
        let id = self.lists + 1;
        let (format, mark) = match start {
            Some(_) => ("decimal", format!("%{}.", depth + 1)),
            None => ("bullet", "–".to_string()),
        };
        let first = Start::new(start.and_then(|start| usize::try_from(start).ok()).unwrap_or(1));
        let indent = i32::try_from((depth + 1) * 360).unwrap_or_default();
        let level = Level::new(depth, first, NumberFormat::new(format), LevelText::new(mark), LevelJc::new("left"))
            .indent(Some(indent), Some(SpecialIndentType::Hanging(360)), None, None);
        self.docx = std::mem::take(&mut self.docx)
            .add_abstract_numbering(AbstractNumbering::new(id).add_level(level))
            .add_numbering(Numbering::new(id, id));
        for item in items {
            let Some((head, rest)) = item.split_first() else { continue };
            match head {
                Block::Paragraph(text) => {
                    let numbered = Paragraph::new().numbering(NumberingId::new(id), IndentLevel::new(depth));
                    self.paragraph(with_runs(numbered, text));
                }
                other => self.block(other, depth + 1),
            }
            self.blocks(rest, depth + 1);
        }
    }
}

fn word_table(table: &Table) -> docx_rs::Table {
    let width = TEXT_WIDTH / table.columns.len().max(1);
    let rows = table.rows.iter().map(|row| {
        let cell = |text: &Vec<Span>| {
            let paragraph = with_runs(Paragraph::new().line_spacing(LineSpacing::new().after(20)), text);
            TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph)
        };
        TableRow::new(row.iter().map(cell).collect()).cant_split()
    });
    docx_rs::Table::new(rows.collect()).set_grid(vec![width; table.columns.len()]).width(TEXT_WIDTH, WidthType::Dxa)
}

fn with_runs(paragraph: Paragraph, text: &[Span]) -> Paragraph {
    text.iter().fold(paragraph, |paragraph, span| {
        let run = match span.text.as_str() {
            "\n" => Run::new().add_break(BreakType::TextWrapping),
            text => Run::new().add_text(text),
        };
        let run = if span.style.bold { run.bold() } else { run };
        let run = if span.style.italic { run.italic() } else { run };
        paragraph.add_run(if span.style.mono { run.fonts(mono()) } else { run })
    })
}

fn mono() -> RunFonts {
    RunFonts::new().ascii("Consolas").hi_ansi("Consolas").cs("Consolas")
}

/// ECMA-376 part 2, section 8: the properties that every office program shows.
fn core_properties(source: &Source) -> Vec<u8> {
    let written = dates::moment(source).to_offset(time::UtcOffset::UTC).format(&Rfc3339).unwrap_or_default();
    let (title, author) = (html::escaped(&source.title), html::escaped(&source.author));
    let language = source.language.code();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:creator>{author}</dc:creator><dc:language>{language}</dc:language>\
         <cp:lastModifiedBy>{author}</cp:lastModifiedBy>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{written}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{written}</dcterms:modified></cp:coreProperties>"
    )
    .into_bytes()
}
