//! The Markdown of a body as the blocks that the renderers of paper and of Word documents set.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// What of Markdown the sources use.
pub const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub style: Style,
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    pub bold: bool,
    pub italic: bool,
    pub mono: bool,
}

impl Style {
    pub const BOLD: Self = Self { bold: true, italic: false, mono: false };
}

/// Text with styles; a line break is a span that is `\n`.
pub type Text = Vec<Span>;

/// Text in one style.
pub fn text(text: impl Into<String>, style: Style) -> Text {
    vec![Span { text: text.into(), style }]
}

/// The characters without their styles.
pub fn plain(text: &[Span]) -> String {
    text.iter().map(|span| span.text.as_str()).collect()
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading { level: u8, text: Text },
    Paragraph(Text),
    List { start: Option<u64>, items: Vec<Vec<Block>> },
    Quote(Vec<Block>),
    Code(String),
    Table(Table),
    PageBreak,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<Column>,
    /// The first row is the heading.
    pub rows: Vec<Vec<Text>>,
}

/// Which side of a column its text keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Left,
    Centre,
    Right,
}

/// The blocks of `markdown`.
pub fn blocks(markdown: &str) -> Vec<Block> {
    Reader { events: Parser::new_ext(markdown, OPTIONS) }.blocks()
}

/// The blocks of a whole document: its text below its title, unless the text opens with a title of its own.
pub fn titled_blocks(title: &str, markdown: &str) -> Vec<Block> {
    let mut blocks = blocks(markdown);
    if !opens_with_title(&blocks) {
        blocks.insert(0, Block::Heading { level: 1, text: text(title, Style::default()) });
    }
    blocks
}

/// Whether the first block is a heading of the first level.
pub fn opens_with_title(blocks: &[Block]) -> bool {
    matches!(blocks.first(), Some(Block::Heading { level: 1, .. }))
}

struct Reader<'a> {
    events: Parser<'a>,
}

impl Reader<'_> {
    /// Blocks up to the end of the element that holds them. Text outside a paragraph, as in a tight list, becomes one.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut loose = Text::new();
        while let Some(event) = self.events.next() {
            if let Some(span) = inline(&event, Style::default()) {
                loose.push(span);
                continue;
            }
            if let Event::Start(tag) = &event
                && let Some(style) = emphasis(tag, Style::default())
            {
                loose.extend(self.text(style));
                continue;
            }
            if !loose.is_empty() {
                blocks.push(Block::Paragraph(std::mem::take(&mut loose)));
            }
            match event {
                Event::Start(tag) => blocks.extend(self.block(tag)),
                Event::Rule => blocks.push(Block::PageBreak),
                Event::End(_) => return blocks,
                _ => {}
            }
        }
        if !loose.is_empty() {
            blocks.push(Block::Paragraph(loose));
        }
        blocks
    }

    fn block(&mut self, tag: Tag) -> Option<Block> {
        Some(match tag {
            Tag::Heading { level, .. } => Block::Heading { level: depth(level), text: self.text(Style::default()) },
            Tag::Paragraph => Block::Paragraph(self.text(Style::default())),
            Tag::BlockQuote(_) => Block::Quote(self.blocks()),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                Block::Code(plain(&self.text(Style::default())).trim_end().to_string())
            }
            Tag::List(start) => {
                let mut items = Vec::new();
                while let Some(Event::Start(_)) = self.events.next() {
                    items.push(self.blocks());
                }
                Block::List { start, items }
            }
            Tag::Table(alignments) => self.table(&alignments),
            // Raw HTML and the like: the sources have none, and none is drawn.
            _ => {
                self.blocks();
                return None;
            }
        })
    }

    fn table(&mut self, alignments: &[Alignment]) -> Block {
        let column = |alignment: &Alignment| match alignment {
            Alignment::Right => Column::Right,
            Alignment::Center => Column::Centre,
            Alignment::None | Alignment::Left => Column::Left,
        };
        let mut rows = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let style = Style { bold: rows.len() == 1, ..Style::default() };
                    let cell = self.text(style);
                    if let Some(row) = rows.last_mut() {
                        row.push(cell);
                    }
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Block::Table(Table { columns: alignments.iter().map(column).collect(), rows })
    }

    /// Text up to the end of the element that holds it.
    fn text(&mut self, style: Style) -> Text {
        let mut text = Text::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(tag) => text.extend(self.text(emphasis(&tag, style).unwrap_or(style))),
                Event::End(_) => break,
                event => text.extend(inline(&event, style)),
            }
        }
        text
    }
}

fn inline(event: &Event, style: Style) -> Option<Span> {
    Some(match event {
        Event::Text(text) => Span { text: text.to_string(), style },
        Event::Code(text) => Span { text: text.to_string(), style: Style { mono: true, ..style } },
        // The sources hold one paragraph a line; where one line follows another, as in an address, both are meant.
        Event::SoftBreak | Event::HardBreak => Span { text: "\n".into(), style },
        _ => return None,
    })
}

fn emphasis(tag: &Tag, style: Style) -> Option<Style> {
    match tag {
        Tag::Strong => Some(Style { bold: true, ..style }),
        Tag::Emphasis => Some(Style { italic: true, ..style }),
        Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough => Some(style),
        _ => None,
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tight_list_and_a_table_keep_their_styles() {
        let blocks =
            blocks("1. een **twee**\n2. drie\n\n| a | b |\n|---|--:|\n| *x* | 1 |\n\n---\n\nregel\nvolgende\n");
        let plain_style = Style::default();
        let span = |text: &str, style| Span { text: text.into(), style };
        assert_eq!(
            blocks[0],
            Block::List {
                start: Some(1),
                items: vec![
                    vec![Block::Paragraph(vec![span("een ", plain_style), span("twee", Style::BOLD)])],
                    vec![Block::Paragraph(vec![span("drie", plain_style)])],
                ],
            }
        );
        let Block::Table(table) = &blocks[1] else { panic!("a table, not {:?}", blocks[1]) };
        assert_eq!(table.columns, [Column::Left, Column::Right]);
        assert_eq!(table.rows[0][1], [span("b", Style::BOLD)]);
        assert_eq!(table.rows[1][0], [span("x", Style { italic: true, ..plain_style })]);
        assert_eq!(blocks[2], Block::PageBreak);
        assert_eq!(plain(&text_of(&blocks[3])), "regel\nvolgende");
    }

    #[test]
    fn a_text_with_a_title_of_its_own_gets_no_other() {
        let title = |markdown| match titled_blocks("Titel", markdown).first() {
            Some(Block::Heading { level: 1, text }) => plain(text),
            other => panic!("a title, not {other:?}"),
        };
        assert_eq!(title("# Eigen *titel*\n\ntekst"), "Eigen titel");
        assert_eq!(title("## Paragraaf\n\ntekst"), "Titel");
        assert_eq!(title(""), "Titel");
    }

    fn text_of(block: &Block) -> Text {
        match block {
            Block::Paragraph(text) => text.clone(),
            other => panic!("a paragraph, not {other:?}"),
        }
    }
}
