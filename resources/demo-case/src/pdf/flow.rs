//! Text flowing down the pages.

use super::{
    Fonts,
    sheet::{A4, Bar, Ink, Placed, Sheet},
    wrap,
};
use crate::markdown::{Block, Span, Style, text};

/// The type that a document is set in, in points.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    pub size: f32,
    pub leading: f32,
    pub mono: bool,
}

/// Why text cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum Unsettable {
    #[error("no font has the character `{0}` (U+{code:04X})", code = u32::from(*.0))]
    Glyph(char),
    #[error("a table row is higher than a page; split it")]
    Row,
}

impl From<char> for Unsettable {
    fn from(character: char) -> Self {
        Self::Glyph(character)
    }
}

/// A left and a right edge that text is set between.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    pub left: f32,
    pub right: f32,
}

impl Measure {
    pub const PAGE: Self = Self { left: A4.left, right: A4.right };

    pub fn width(self) -> f32 {
        self.right - self.left
    }

    fn indented(self, by: f32) -> Self {
        Self { left: self.left + by, ..self }
    }
}

/// The pages so far, and where the next line goes.
pub struct Flow<'f> {
    pub fonts: &'f Fonts,
    pub face: Type,
    pub sheets: Vec<Sheet>,
    /// The upper edge of the next line.
    pub y: f32,
}

impl<'f> Flow<'f> {
    pub fn new(fonts: &'f Fonts, face: Type) -> Self {
        Self { fonts, face, sheets: vec![Sheet::default()], y: A4.top }
    }

    /// Goes to a new page unless this height is left.
    pub fn need(&mut self, height: f32) {
        if self.y + height > A4.bottom {
            self.break_page();
        }
    }

    pub fn break_page(&mut self) {
        self.sheets.push(Sheet::default());
        self.y = A4.top;
    }

    /// Puts a line without moving on; `x` is its left edge.
    pub fn put(&mut self, line: &[Span], x: f32, baseline: f32, size: f32, ink: Ink) -> Result<(), Unsettable> {
        let line: Vec<Span> = line.iter().map(|span| self.dressed(span)).collect();
        let runs = wrap::shape(self.fonts, &line)?;
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.texts.push(Placed { x, baseline, size, ink, runs });
        }
        Ok(())
    }

    pub fn bar(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.bars.push(Bar { x, y, width, height, ink });
        }
    }

    pub fn blocks(&mut self, blocks: &[Block], measure: Measure) -> Result<(), Unsettable> {
        blocks.iter().try_for_each(|block| self.block(block, measure))
    }

    fn block(&mut self, block: &Block, measure: Measure) -> Result<(), Unsettable> {
        let Type { size, leading, .. } = self.face;
        match block {
            Block::Heading { level, text } => self.heading(*level, text, measure),
            Block::Paragraph(text) => {
                self.lines(text, measure, size, leading)?;
                self.y += leading * 0.5;
                Ok(())
            }
            Block::List { start, items } => self.list(*start, items, measure),
            Block::Quote(blocks) => self.blocks(blocks, measure.indented(18.0)),
            Block::Code(code) => self.code(code, measure),
            Block::Table(table) => super::table::set(self, table, measure),
            Block::PageBreak => {
                self.break_page();
                Ok(())
            }
        }
    }

    /// Sets text line by line.
    pub fn lines(&mut self, text: &[Span], measure: Measure, size: f32, leading: f32) -> Result<(), Unsettable> {
        let text: Vec<Span> = text.iter().map(|span| self.dressed(span)).collect();
        for line in wrap::wrap(self.fonts, &text, size, measure.width())? {
            self.need(leading);
            self.put(&line, measure.left, self.y + leading * 0.75, size, Ink::Black)?;
            self.y += leading;
        }
        Ok(())
    }

    fn heading(&mut self, level: u8, text: &[Span], measure: Measure) -> Result<(), Unsettable> {
        let Type { size, leading, mono } = self.face;
        let factor = match level {
            _ if mono => 1.0,
            1 => 1.35,
            2 => 1.18,
            _ => 1.04,
        };
        if self.y > A4.top {
            self.y += leading * 0.5;
        }
        // A heading does not stand alone at the foot of a page.
        self.need(leading * (factor + 2.5));
        let bold = |span: &Span| Span { style: Style { bold: true, ..span.style }, ..span.clone() };
        let text: Vec<Span> = text.iter().map(bold).collect();
        self.lines(&text, measure, size * factor, leading * factor)?;
        self.y += leading * 0.25;
        Ok(())
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], measure: Measure) -> Result<(), Unsettable> {
        let Type { size, leading, .. } = self.face;
        let indent = if start.is_some() { size * 2.0 } else { size * 1.4 };
        for (index, item) in items.iter().enumerate() {
            self.need(leading);
            let mark = match start {
                Some(start) => format!("{}.", start + index as u64),
                None => "–".to_string(),
            };
            self.put(&text(mark, Style::default()), measure.left, self.y + leading * 0.75, size, Ink::Black)?;
            self.blocks(item, measure.indented(indent))?;
            // Items stand closer together than paragraphs do.
            self.y -= leading * 0.35;
        }
        self.y += leading * 0.35;
        Ok(())
    }

    fn code(&mut self, code: &str, measure: Measure) -> Result<(), Unsettable> {
        let (size, leading) = (self.face.size * 0.85, self.face.leading * 0.88);
        for line in code.lines() {
            self.need(leading);
            let line = text(line, Style { mono: true, ..Style::default() });
            self.put(&line, measure.left, self.y + leading * 0.75, size, Ink::Black)?;
            self.y += leading;
        }
        self.y += leading * 0.5;
        Ok(())
    }

    /// A typed page has one type for everything.
    pub fn dressed(&self, span: &Span) -> Span {
        Span { text: span.text.clone(), style: Style { mono: span.style.mono || self.face.mono, ..span.style } }
    }
}
